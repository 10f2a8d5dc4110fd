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
	"http://www.w3.org/ns/adms#",
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
		if m.Key == "verifiableCredential" {
			continue // each is a document of its own, with its own words
		}
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
// says about a node by its id is put together wherever the node stands, and
// one text or number in an array is that text or number: which place says
// what, and how, is not signed. ok is false where nodes hold each other so
// often that their tree would be too large.
func Reading(document strictjson.Value, expanded *jsonld.Expanded, own Words, signed bool) (reading strictjson.Value, ok bool) {
	r := restater{expanded: expanded, own: own, signed: signed, left: limits.JSONTokens, known: map[string]known{}}
	if signed {
		r.places = map[string][]strictjson.Value{}
		r.find(document, "")
	}
	reading = r.value(document, "")
	return reading, r.left >= 0
}

type restater struct {
	expanded *jsonld.Expanded
	own      Words
	signed   bool
	// places are the objects that say something about a node, by graph and id.
	places map[string][]strictjson.Value
	known  map[string]known
	within []string // the nodes that are being put together
	cuts   int      // how often a node stood within itself
	left   int      // how many members may still be written
}

// known is a node that has been put together, and how many members it holds.
type known struct {
	value strictjson.Value
	size  int
}

// references are the words under which a bare text is the id of a node that
// readers look into.
var references = set(`issuer holder credentialSubject awardedBy awardingBody hasClaim achievement result criteria grade
	gradeStatus provenBy specifiedBy`)

// inner names a graph of its own: one value of a property (see separate).
func inner(graph, key string, n int) string { return graph + "/" + key + "/" + strconv.Itoa(n) }

// find notes where nodes are described, by graph.
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
				r.find(item, inner(graph, m.Key, n))
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
		return r.array(value, graph)
	case strictjson.Object:
		if text, ok := plain(value); ok {
			return text
		}
		return r.node(value, graph)
	default:
		return value
	}
}

func (r *restater) array(value strictjson.Value, graph string) strictjson.Value {
	items := make([]strictjson.Value, 0, len(value.Items()))
	listed := map[string]bool{}
	for _, item := range value.Items() {
		// In a graph, a node that is listed twice is there once.
		if id := item.At("id").Text(); id != "" && r.signed {
			if listed[id] {
				continue
			}
			listed[id] = true
		}
		items = append(items, r.value(item, graph))
	}
	if r.signed && len(items) == 1 {
		switch items[0].Kind() {
		case strictjson.String, strictjson.Number, strictjson.Bool:
			return items[0]
		}
	}
	return strictjson.NewArray(items)
}

// node is an object with all that is said about it in its graph.
func (r *restater) node(value strictjson.Value, graph string) strictjson.Value {
	key := graph + " " + value.At("id").Text()
	places := r.places[key]
	if len(places) == 0 {
		return r.object(value.Members(), graph)
	}
	if k, before := r.known[key]; before {
		r.left -= k.size
		return k.value
	}
	for _, outer := range r.within {
		if outer == key { // it stands within itself
			r.cuts++
			return value.Only("id", "type")
		}
	}
	cuts, left := r.cuts, r.left
	r.within = append(r.within, key)
	all := append([]strictjson.Member(nil), value.Members()...) // what stands here comes first
	for _, place := range places {
		if &place.Members()[0] != &value.Members()[0] {
			all = append(all, place.Members()...)
		}
	}
	made := r.object(all, graph)
	r.within = r.within[:len(r.within)-1]
	if r.cuts == cuts { // the same wherever it stands
		r.known[key] = known{made, left - r.left}
	}
	return made
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
		return strictjson.NewObject(nil) // Reading says that it is not to be used
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
		case known && r.signed && separate(meaning.Property):
			next.Value = r.graphs(m, graph)
		case r.signed && references[m.Key] && m.Value.Kind() == strictjson.String && len(r.places[graph+" "+m.Value.Text()]) > 0:
			next.Value = r.node(r.places[graph+" "+m.Value.Text()][0], graph)
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
func (r *restater) graphs(m *strictjson.Member, graph string) strictjson.Value {
	if m.Value.Kind() != strictjson.Array {
		return r.value(m.Value, inner(graph, m.Key, 0))
	}
	items := make([]strictjson.Value, len(m.Value.Items()))
	for n, item := range m.Value.Items() {
		items[n] = r.value(item, inner(graph, m.Key, n))
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
