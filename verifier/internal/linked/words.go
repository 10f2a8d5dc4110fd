package linked

import (
	"slices"
	"strings"

	"github.com/sealcheck/sealcheck/verifier/internal/jsonld"
	"github.com/sealcheck/sealcheck/verifier/internal/strictjson"
)

// Words tells what the words of a document stand for that does not only use
// public contexts: names are the terms that its own contexts define.
type Words struct {
	names map[string]bool
	vocab bool // every word that no context defines has a meaning of their making
}

// Own finds the words that a document gives a meaning of its own: by contexts
// that are written into it, or whose address pinned does not know (those that
// the user added; get gives them).
func Own(document strictjson.Value, pinned func(address string) bool, get func(address string) strictjson.Value) Words {
	w := Words{names: map[string]bool{}}
	w.gather(document, pinned, get)
	return w
}

// Any says whether there are such words at all.
func (w Words) Any() bool { return w.vocab || len(w.names) > 0 }

func (w *Words) gather(value strictjson.Value, pinned func(string) bool, get func(string) strictjson.Value) {
	items, members := value.Items(), value.Members()
	for i := range items {
		if items[i].Kind() >= strictjson.Array {
			w.gather(items[i], pinned, get)
		}
	}
	for i := range members {
		m := &members[i]
		if m.Key == "verifiableCredential" {
			continue // each is a document of its own, with its own words
		}
		if m.Key != "@context" {
			if m.Value.Kind() >= strictjson.Array {
				w.gather(m.Value, pinned, get)
			}
			continue
		}
		for _, context := range m.Value.List() {
			switch address := context.Text(); {
			case context.Kind() == strictjson.Object:
				w.define(context)
			case address != "" && !pinned(address):
				for _, own := range get(address).At("@context").List() {
					w.define(own)
				}
			}
		}
	}
}

// define takes the terms of a context, and of those inside its terms.
func (w *Words) define(context strictjson.Value) {
	for _, m := range context.Members() {
		switch {
		case m.Key == "@vocab":
			w.vocab = true
		case !strings.HasPrefix(m.Key, "@"):
			w.names[m.Key] = true
			for _, scoped := range m.Value.At("@context").List() {
				w.define(scoped)
			}
		}
	}
}

// Restated is the document in words that a reader may take as they stand, where
// its text is what is signed: a key or type to which the document's own contexts
// give another meaning than the public one is replaced by the address that it
// stands for. So whoever asks for "name" gets what is meant as a name, or
// nothing. Texts that are written as value objects without a language become
// plain ones.
func Restated(document strictjson.Value, expanded *jsonld.Expanded, own Words) strictjson.Value {
	r := restater{expanded: expanded, own: own}
	restated, _ := r.value(document)
	return restated
}

// restater writes a document anew. What it does not have to change stays what
// it was, and is not copied.
type restater struct {
	expanded *jsonld.Expanded
	own      Words
}

// value is a value as it is to be read, and whether that is something else
// than it was.
func (r *restater) value(value strictjson.Value) (strictjson.Value, bool) {
	switch value.Kind() {
	case strictjson.Array:
		return r.array(value)
	case strictjson.Object:
		if text, ok := plain(value); ok {
			return text, true
		}
		return r.object(value)
	default:
		return value, false
	}
}

func (r *restater) array(value strictjson.Value) (strictjson.Value, bool) {
	was := value.Items()
	var items []strictjson.Value // once something changes
	for i := range was {
		next, changed := r.value(was[i])
		if changed && items == nil {
			items = slices.Clone(was)
		}
		if changed {
			items[i] = next
		}
	}
	if items == nil {
		return value, false
	}
	return strictjson.NewArray(items), true
}

// plain is the value of a value object that has nothing besides it but a type.
func plain(value strictjson.Value) (strictjson.Value, bool) {
	inner, ok := value.Get("@value")
	_, typed := value.Get("@type")
	if !ok || len(value.Members()) > 2 || len(value.Members()) == 2 && !typed {
		return value, false
	}
	switch inner.Kind() {
	case strictjson.String, strictjson.Number, strictjson.Bool:
		return inner, true
	}
	return value, false
}

func (r *restater) object(object strictjson.Value) (strictjson.Value, bool) {
	was := object.Members()
	meanings := r.expanded.Meanings(was)
	var w *merged
	for i := range was {
		next, changed := r.member(&was[i], meanings, i)
		if changed && w == nil {
			w = &merged{out: make([]strictjson.Member, 0, len(was)), places: make(map[string]int, len(was))}
			for j := range i {
				w.add(was[j])
			}
		}
		if w != nil {
			w.add(next)
		}
	}
	if w == nil {
		return object, false
	}
	for at, values := range w.more {
		w.out[at].Value = strictjson.NewArray(values)
	}
	return strictjson.NewObject(w.out), true
}

// member is a member as it is to be read, and whether that is something else
// than it was.
func (r *restater) member(m *strictjson.Member, meanings []jsonld.Meaning, i int) (next strictjson.Member, changed bool) {
	next = strictjson.Member{Key: m.Key, Value: m.Value}
	var meaning jsonld.Meaning
	if meanings != nil {
		meaning = meanings[i]
	}
	switch {
	case m.Key == "@context":
	case meaning.Property == "@type":
		next.Value, changed = r.types(m.Value, meaning.Types)
	default:
		next.Value, changed = r.value(m.Value)
		if r.foreign(m.Key, meaning.Property) {
			next.Key, changed = meaning.Property, true
		}
	}
	return next, changed
}

// merged are the members of an object that is written anew.
type merged struct {
	out    []strictjson.Member
	places map[string]int             // of keys in out
	more   map[int][]strictjson.Value // of those that stand there several times
}

// add adds a member. What two keys say that stand for the same comes together.
func (w *merged) add(next strictjson.Member) {
	if at, twice := w.places[next.Key]; twice {
		if w.more == nil {
			w.more = map[int][]strictjson.Value{}
		}
		if w.more[at] == nil {
			w.more[at] = slices.Clone(w.out[at].Value.List())
		}
		w.more[at] = append(w.more[at], next.Value.List()...)
		return
	}
	w.places[next.Key] = len(w.out)
	w.out = append(w.out, next)
}

// types are the values of a type member, as they were where none is replaced.
func (r *restater) types(value strictjson.Value, means []string) (strictjson.Value, bool) {
	list := value.List()
	if len(list) != len(means) {
		return value, false
	}
	var types []strictjson.Value
	for i, item := range list {
		if !r.foreign(item.Text(), means[i]) {
			continue
		}
		if types == nil {
			types = slices.Clone(list)
		}
		types[i] = strictjson.NewString(means[i])
	}
	if types == nil {
		return value, false
	}
	return strictjson.NewArray(types), true
}

// foreign says whether a word has another than its public meaning. Keywords
// are no words, and a word without meaning is as good as any.
func (r *restater) foreign(word, means string) bool {
	if means == "" || means[0] == '@' || !r.own.vocab && !r.own.names[word] {
		return false
	}
	return !publicly(word, means)
}

// publicly says whether an address is the public meaning of a word.
func publicly(word, address string) bool {
	return strings.EqualFold(local(address), word) && published(address)
}
