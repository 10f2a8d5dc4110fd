package jsonld

import (
	"strconv"

	"github.com/sealcheck/sealcheck/verifier/internal/limits"
	"github.com/sealcheck/sealcheck/verifier/internal/strictjson"
)

// mark keeps what a member was taken for, and typeMark the types that it
// gives. They are only put in order when somebody asks.
type mark struct {
	member   *strictjson.Member
	property string
}

type typeMark struct {
	member *strictjson.Member
	types  []typeName
}

func (x *expander) mark(m *strictjson.Member, property string) {
	x.marks = append(x.marks, mark{m, property})
}

// Meaning is what a member of an object of the document means.
type Meaning struct {
	// Property is the IRI that the key stands for, or a keyword ("@id",
	// "@type", "@context", ...); "" where the key means nothing.
	Property string
	// Types are the IRIs of the values of a member that means @type, in
	// order.
	Types []string
}

// Meaning tells, with Options.Trace, what a member means. The member is given
// by its address in the document that was expanded (strictjson values are
// immutable and share their members, so that the address is its identity); ok
// is false for one that the expansion did not come by, and for keys that are
// no terms, such as those of language maps.
func (e *Expanded) Meaning(member *strictjson.Member) (Meaning, bool) {
	if e.meanings == nil {
		e.meanings = make(map[*strictjson.Member]Meaning, len(e.marks))
		for _, m := range e.marks {
			e.meanings[m.member] = Meaning{Property: m.property}
		}
		for _, m := range e.typeMarks {
			meaning := Meaning{Property: "@type", Types: make([]string, len(m.types))}
			for i := range m.types {
				meaning.Types[i] = m.types[i].iri
			}
			e.meanings[m.member] = meaning
		}
	}
	meaning, ok := e.meanings[member]
	return meaning, ok
}

// Origins says, with Options.Trace, for each of Quads the JSON pointer of the
// value that it was made from. Beyond limits.FileBytes of pointers, which only
// an attack has, they are "".
func (e *Expanded) Origins() []string {
	if !e.options.Trace {
		return nil
	}
	if e.origins == nil {
		if _, err := e.Quads(); err != nil {
			return nil
		}
		places := make(map[*strictjson.Value]string, len(e.sources))
		for _, source := range e.sources {
			places[source] = ""
		}
		room := limits.FileBytes
		locate(&e.document, nil, places, &room)
		e.origins = make([]string, len(e.sources))
		for i, source := range e.sources {
			if room -= len(places[source]); room < 0 {
				break
			}
			e.origins[i] = places[source]
		}
	}
	return e.origins
}

// locate fills in the JSON pointers of the values that are asked for.
func locate(value *strictjson.Value, pointer []byte, places map[*strictjson.Value]string, room *int) {
	if _, ok := places[value]; ok && *room >= len(pointer) {
		*room -= len(pointer)
		places[value] = string(pointer)
	}
	items := value.Items()
	for i := range items {
		locate(&items[i], strconv.AppendInt(append(pointer, '/'), int64(i), 10), places, room)
	}
	members := value.Members()
	for i := range members {
		locate(&members[i].Value, appendToken(pointer, members[i].Key), places, room)
	}
}
