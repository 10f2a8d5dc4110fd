package linked

import (
	"strconv"
	"strings"

	"github.com/sealcheck/sealcheck/verifier/internal/jsonld"
	"github.com/sealcheck/sealcheck/verifier/internal/limits"
	"github.com/sealcheck/sealcheck/verifier/internal/strictjson"
)

// model is where the terms of the data model live. What decides about a
// credential (issuer, dates, status) is read by these words.
const model = "https://www.w3.org/2018/credentials#"

// public are the vocabularies whose words mean what their names say.
var public = [...]string{
	model,
	"https://www.w3.org/ns/credentials/",
	"https://w3id.org/vc/status-list#",
	"https://purl.imsglobal.org/spec/vc/",
	"https://imsglobal.github.io/openbadges-specification/ob_v3p0.html#",
	"https://w3id.org/dcc/v1#",
	"https://w3id.org/vc-revocation-list-2020#",
	"https://w3id.org/openbadges#",
	"https://schema.org/", "http://schema.org/",
	"http://data.europa.eu/snb/model",
	"http://purl.org/dc/terms/",
	"http://www.w3.org/2004/02/skos/core#",
	"http://xmlns.com/foaf/0.1/",
	"http://www.w3.org/ns/regorg#",
}

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
	for _, item := range value.Items() {
		w.gather(item, pinned, get)
	}
	for _, m := range value.Members() {
		if m.Key != "@context" {
			w.gather(m.Value, pinned, get)
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

// Reading is the document in words that a reader may take as they stand: a
// key or type to which the document's own contexts give another meaning than
// the public one is replaced by the address that it stands for. So whoever
// asks for "name" gets what is signed as a name, or nothing. Texts that are
// written as value objects without a language become plain ones.
//
// Where a signature covers the graph (signed), everything that the document
// says about a node by its id is put together wherever the node stands: which
// of its places says what is not signed.
func Reading(document strictjson.Value, expanded *jsonld.Expanded, own Words, signed bool) strictjson.Value {
	r := restater{expanded: expanded, own: own, left: limits.JSONTokens}
	if signed {
		r.places = map[string][]strictjson.Value{}
		r.find(document, "")
		for id, places := range r.places {
			if len(places) < 2 {
				delete(r.places, id)
			}
		}
	}
	return r.value(document, "")
}

type restater struct {
	expanded *jsonld.Expanded
	own      Words
	// places are the objects that say something about one node, by graph and
	// id, where there are several.
	places map[string][]strictjson.Value
	within []string // the nodes of places that are being put together
	left   int      // how many members may still be written
}

// find notes where nodes are described. graph tells the graphs of a document
// apart: each value of verifiableCredential is one.
func (r *restater) find(value strictjson.Value, graph string) {
	for _, item := range value.Items() {
		r.find(item, graph)
	}
	members := value.Members()
	said := false
	for i := range members {
		m := &members[i]
		meaning, known := r.expanded.Meaning(m)
		said = said || known && !strings.HasPrefix(meaning.Property, "@")
		if m.Key == "@context" {
			continue
		}
		if known && separate(meaning.Property) {
			for n, item := range m.Value.List() {
				r.find(item, graph+"/"+strconv.Itoa(n))
			}
			continue
		}
		r.find(m.Value, graph)
	}
	if id := value.At("id").Text(); said && id != "" {
		r.places[graph+" "+id] = append(r.places[graph+" "+id], value)
	}
}

func (r *restater) value(value strictjson.Value, graph string) strictjson.Value {
	switch value.Kind() {
	case strictjson.Array:
		items := make([]strictjson.Value, 0, len(value.Items()))
		listed := map[string]int{}
		for _, item := range value.Items() {
			next := r.value(item, graph)
			// In a graph, a node that is listed twice is there once, with all
			// that is said of it at any of its places.
			if id := item.At("id").Text(); id != "" && r.places != nil {
				if at, twice := listed[id]; twice {
					if len(next.Members()) > len(items[at].Members()) {
						items[at] = next
					}
					continue
				}
				listed[id] = len(items)
			}
			items = append(items, next)
		}
		return strictjson.NewArray(items)
	case strictjson.Object:
		if text, ok := plain(value); ok {
			return text
		}
		key := graph + " " + value.At("id").Text()
		places := r.places[key]
		if len(places) == 0 {
			return r.object(value.Members(), graph)
		}
		for _, outer := range r.within {
			if outer == key { // it stands within itself
				return value.Only("id", "type")
			}
		}
		r.within = append(r.within, key)
		defer func() { r.within = r.within[:len(r.within)-1] }()
		all := append([]strictjson.Member(nil), value.Members()...) // what stands here comes first
		for _, place := range places {
			if &place.Members()[0] != &value.Members()[0] {
				all = append(all, place.Members()...)
			}
		}
		return r.object(all, graph)
	default:
		return value
	}
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

func (r *restater) object(members []strictjson.Member, graph string) strictjson.Value {
	if r.left -= len(members); r.left < 0 {
		return strictjson.NewObject(nil) // nodes that hold each other many times over; nothing of it is shown
	}
	out := make([]strictjson.Member, 0, len(members))
	places := make(map[string]int, len(members)) // of keys in out
	for i := range members {
		m := &members[i]
		next := strictjson.Member{Key: m.Key, Value: m.Value}
		meaning, known := r.expanded.Meaning(m)
		switch {
		case m.Key == "@context":
		case known && meaning.Property == "@type":
			next.Value = r.types(m.Value, meaning.Types)
		case known && r.places != nil && separate(meaning.Property):
			next.Value = r.graphs(m.Value, graph)
		default:
			next.Value = r.value(m.Value, graph)
			if known && r.foreign(m.Key, meaning.Property) {
				next.Key = meaning.Property
			}
		}
		if at, twice := places[next.Key]; twice {
			out[at].Value = together(out[at].Value, next.Value)
			continue
		}
		places[next.Key] = len(out)
		out = append(out, next)
	}
	return strictjson.NewObject(out)
}

// graphs are the values of a property that each are a graph.
func (r *restater) graphs(value strictjson.Value, graph string) strictjson.Value {
	if value.Kind() != strictjson.Array {
		return r.value(value, graph+"/0")
	}
	items := make([]strictjson.Value, len(value.Items()))
	for n, item := range value.Items() {
		items[n] = r.value(item, graph+"/"+strconv.Itoa(n))
	}
	return strictjson.NewArray(items)
}

// together are the values of two members that say the same of one node, each
// once.
func together(a, b strictjson.Value) strictjson.Value {
	all := append([]strictjson.Value(nil), a.List()...)
next:
	for _, value := range b.List() {
		for _, known := range all {
			if known.Equal(value) {
				continue next
			}
		}
		all = append(all, value)
	}
	if len(all) == 1 {
		return all[0]
	}
	return strictjson.NewArray(all)
}

// types are the values of a type member, as they were where none is replaced.
func (r *restater) types(value strictjson.Value, means []string) strictjson.Value {
	list := value.List()
	if len(list) != len(means) {
		return value
	}
	types := make([]strictjson.Value, len(list))
	replaced := false
	for i, item := range list {
		types[i] = item
		if r.foreign(item.Text(), means[i]) {
			types[i], replaced = strictjson.NewString(means[i]), true
		}
	}
	if !replaced {
		return value
	}
	return strictjson.NewArray(types)
}

// foreign says whether a word has another than its public meaning. Keywords
// are no words, and a word without meaning is as good as any.
func (r *restater) foreign(word, means string) bool {
	if means == "" || strings.HasPrefix(means, "@") || !r.own.vocab && !r.own.names[word] {
		return false
	}
	return !publicly(word, means)
}

// publicly says whether an address is the public meaning of a word.
func publicly(word, address string) bool {
	return strings.EqualFold(local(address), word) && published(address)
}
