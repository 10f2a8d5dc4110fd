package jsonld

import (
	"strconv"

	"github.com/sealcheck/sealcheck/verifier/internal/limits"
	"github.com/sealcheck/sealcheck/verifier/internal/strictjson"
)

// trace is where the meanings of an object's members begin. The address of the
// first member tells which object it is.
type trace struct {
	first *strictjson.Member
	at    int
}

// trace makes room for the meanings of some members and says where.
func (x *expander) trace(members []strictjson.Member) int {
	at := len(x.meanings)
	if !x.options.Trace || len(members) == 0 {
		return at
	}
	x.traces = append(x.traces, trace{&members[0], at})
	for range members {
		x.meanings = append(x.meanings, Meaning{})
	}
	return at
}

func (x *expander) mark(at int, property string) {
	if x.options.Trace {
		x.meanings[at].Property = property
	}
}

// markTypes keeps what a member that means @type was taken for.
func (x *expander) markTypes(at int, types []typeName) {
	if !x.options.Trace {
		return
	}
	start := len(x.typeTexts)
	for i := range types {
		x.typeTexts = append(x.typeTexts, types[i].iri)
	}
	x.meanings[at] = Meaning{Property: "@type", Types: x.typeTexts[start:len(x.typeTexts):len(x.typeTexts)]}
}

// Meaning is what a member of an object of the document means. The zero Meaning
// is that of members that the expansion did not come by, and of keys that are
// no terms, such as those of language maps.
type Meaning struct {
	// Property is the IRI that the key stands for, or a keyword ("@id",
	// "@type", "@context", ...); "" where the key means nothing.
	Property string
	// Types are the IRIs of the values of a member that means @type, in
	// order.
	Types []string
}

// Known says whether the member has a meaning.
func (m *Meaning) Known() bool { return m.Property != "" }

// Meanings tells, with Options.Trace, what the members of an object mean, in
// their order. They are the Members of a value in the document that was
// expanded (strictjson values are immutable and share their members, so that an
// address is an identity, and a copy is something else). Of members of any
// other object there is nothing to tell, which is nil.
func (e *Expanded) Meanings(members []strictjson.Member) []Meaning {
	if len(members) == 0 {
		return nil
	}
	// Readers go through a document as the expansion did.
	if e.next >= len(e.traces) || e.traces[e.next].first != &members[0] {
		place, ok := e.place(&members[0])
		if !ok {
			return nil
		}
		e.next = place
	}
	at := e.traces[e.next].at
	e.next++
	return e.meanings[at : at+len(members)]
}

// place is the place in traces of the object with this first member.
func (e *Expanded) place(first *strictjson.Member) (int, bool) {
	if len(e.traces) > 0 && e.traces[0].first == first {
		return 0, true
	}
	if e.places == nil {
		e.places = make(map[*strictjson.Member]int, len(e.traces))
		for i := range e.traces {
			e.places[e.traces[i].first] = i
		}
	}
	place, ok := e.places[first]
	return place, ok
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
