package linked

import (
	"strings"

	"github.com/sealcheck/sealcheck/verifier/internal/jsonld"
	"github.com/sealcheck/sealcheck/verifier/internal/strictjson"
	"github.com/sealcheck/sealcheck/verifier/report"
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
// asks for "name" gets what is signed as a name, or nothing.
func Reading(document strictjson.Value, expanded *jsonld.Expanded, own Words) strictjson.Value {
	r := restater{expanded: expanded, own: own}
	return r.value(document)
}

type restater struct {
	expanded *jsonld.Expanded
	own      Words
}

func (r *restater) value(value strictjson.Value) strictjson.Value {
	switch value.Kind() {
	case strictjson.Array:
		items := make([]strictjson.Value, len(value.Items()))
		for i, item := range value.Items() {
			items[i] = r.value(item)
		}
		return strictjson.NewArray(items)
	case strictjson.Object:
		return r.object(value.Members())
	default:
		return value
	}
}

func (r *restater) object(members []strictjson.Member) strictjson.Value {
	out := make([]strictjson.Member, 0, len(members))
	var places map[string]int // of keys in out, once one has been replaced
	for i := range members {
		m := &members[i]
		next := strictjson.Member{Key: m.Key, Value: m.Value}
		meaning, known := r.expanded.Meaning(m)
		switch {
		case m.Key == "@context":
		case known && meaning.Property == "@type":
			next.Value = r.types(m.Value, meaning.Types)
		default:
			next.Value = r.value(m.Value)
			if known && r.foreign(m.Key, meaning.Property) {
				next.Key = meaning.Property
			}
		}
		if next.Key != m.Key && places == nil {
			places = make(map[string]int, len(members))
			for at := range out {
				places[out[at].Key] = at
			}
		}
		if places != nil {
			if at, twice := places[next.Key]; twice {
				both := append([]strictjson.Value(nil), out[at].Value.List()...)
				out[at].Value = strictjson.NewArray(append(both, next.Value.List()...))
				continue
			}
			places[next.Key] = len(out)
		}
		out = append(out, next)
	}
	return strictjson.NewObject(out)
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
	local := address[strings.LastIndexAny(address, "#/")+1:]
	if !strings.EqualFold(local, word) {
		return false
	}
	for _, vocabulary := range public {
		if strings.HasPrefix(address, vocabulary) {
			return true
		}
	}
	return false
}

// words are the terms of the data model by which is decided what a credential
// is worth.
var words = map[string]bool{
	"issuer": true, "holder": true, "credentialSubject": true, "credentialStatus": true,
	"credentialSchema": true, "validFrom": true, "validUntil": true,
	"evidence": true, "termsOfUse": true, "refreshService": true, "relatedResource": true,
	"verifiableCredential": true, "proof": true,
}

// old are those of version 1.1 alone.
var old = map[string]bool{"issuanceDate": true, "expirationDate": true}

// checkModel refuses a document that plays with the words of the data model
// (T8): one that defines them itself, even where that has no effect, and one in
// which something else stands for them, an issuer or an end date that a reader
// of JSON does not see. The error is a *report.Problem with
// context.term_redefined.
func checkModel(document strictjson.Value, expanded *jsonld.Expanded) error {
	for _, item := range document.Items() {
		if err := checkModel(item, expanded); err != nil {
			return err
		}
	}
	members := document.Members()
	for i := range members {
		m := &members[i]
		if m.Key == "@context" {
			if err := checkContext(m.Value); err != nil {
				return err
			}
			continue
		}
		meaning, _ := expanded.Meaning(m)
		word, ours := strings.CutPrefix(meaning.Property, model)
		if ours && word != m.Key {
			return report.NewProblem(report.ContextTermRedefined, meaning.Property, "what", report.Clip(m.Key))
		}
		if err := checkModel(m.Value, expanded); err != nil {
			return err
		}
	}
	return nil
}

// checkContext looks at the contexts that are written into a document. Words
// of version 1.1 alone are free under version 2.0, which does not read them.
func checkContext(contexts strictjson.Value) error {
	second := false
	for _, context := range contexts.List() {
		second = second || context.Text() == "https://www.w3.org/ns/credentials/v2"
	}
	for _, context := range contexts.List() {
		for _, term := range context.Members() {
			address := term.Value
			if address.Kind() == strictjson.Object {
				address = address.At("@id")
			}
			if (words[term.Key] || !second && old[term.Key]) && address.Text() != model+term.Key {
				return report.NewProblem(report.ContextTermRedefined, "", "what", term.Key)
			}
		}
	}
	return nil
}
