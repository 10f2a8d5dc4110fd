package linked

import (
	"strconv"
	"strings"

	"github.com/sealcheck/sealcheck/verifier/internal/jsonld"
	"github.com/sealcheck/sealcheck/verifier/internal/member"
	"github.com/sealcheck/sealcheck/verifier/internal/strictjson"
	"github.com/sealcheck/sealcheck/verifier/report"
)

// A signature over RDF covers a graph. One graph can be written as many trees,
// and who reads a tree by short names sees something else in each: a key
// spelled as an address hides a result, a reversed property moves an end date
// under the issuer. So what is read must stand in the one form in which
// credentials are written: every word that readers know by its own name, every
// node's identifier as "id" and type as "type", the credential at the root.
// Anything that could be written so, and is not, is refused.

// words are the terms of the data model by which is decided what a credential
// is worth.
var words = set(`issuer holder credentialSubject credentialStatus credentialSchema validFrom validUntil evidence
	termsOfUse refreshService relatedResource verifiableCredential proof`)

// old are those of version 1.1 alone.
var old = set("issuanceDate expirationDate")

// shown are the other words that readers know, as they write them.
var shown = set(`name legalName prefLabel altLabel title fullName givenName familyName description
	achievement achievementType creditsAvailable creditsEarned ECTS SBU assessmentType participationType
	alignment targetType targetCode result value status achievedLevel criteria narrative identifier hashed
	identityType identityHash awardedDate awardingDate awardingBody awardedBy hasClaim specifiedBy provenBy
	grade noteLiteral gradeStatus learningOutcome learningOutcomeSummary eqfLevel volumeOfLearning creditPoint
	point framework mode dcType influencedBy displayParameter notation eIDASIdentifier registration
	vatIdentifier taxIdentifier address addressCountryCode addressCountry location countryCode spatial hasPart
	subCredentials issued statusPurpose statusListIndex statusListCredential statusSize statusMessage
	statusReference`)

// called are the names of shown in lower case: vocabularies differ from the
// words in that.
var called = func() map[string]bool {
	all := set("type eidaslegalidentifier") // see odd
	for word := range shown {
		all[strings.ToLower(word)] = true
	}
	return all
}()

// odd are words of public contexts that are called otherwise in their
// vocabulary.
var odd = map[string]string{
	"addressCountryCode": "countrycode", "dateIssued": "issued", "dcType": "type",
	"eIDASIdentifier": "eidaslegalidentifier", "family_name": "familyname", "given_name": "givenname",
	"identity": "identityhash", "name": "preflabel",
}

func set(text string) map[string]bool {
	all := map[string]bool{}
	for _, word := range strings.Fields(text) {
		all[word] = true
	}
	return all
}

// CheckForm refuses a document that is not in the form that readers expect,
// see above. The error is a *report.Problem: context.form_unusual, or
// context.term_redefined where a word of the data model is meddled with (T8);
// or whatever keeps the document from being expanded at all.
func (d *Document) CheckForm() error {
	if d.checked == nil {
		err := d.checkForm()
		d.checked = &err
	}
	return *d.checked
}

// checkForm looks at every reading of the contexts that there is: the
// signature may hold for any of them.
func (d *Document) checkForm() error {
	var first error
	some := false
	for variant := range d.Readings() {
		expanded, err := d.Expanded(variant)
		if err != nil {
			if first == nil {
				first = err
			}
			continue
		}
		some = true
		f := former{expanded: expanded, own: Own(d.Value, never, nothing), root: d.Value.At("id").Text()}
		if err := f.object(d.Value, "", true, true); err != nil {
			return err
		}
	}
	if some {
		return nil
	}
	return first
}

func never(string) bool { return true } // every address counts as public here: only what is written into the document matters

func nothing(string) strictjson.Value { return strictjson.Value{} }

type former struct {
	expanded *jsonld.Expanded
	own      Words
	root     string // the credential's id
}

func unusual(path, what string) error {
	return report.NewProblem(report.ContextFormUnusual, path, "what", report.Clip(what))
}

// value checks one value; graph says that it lies in the graph of the root.
func (f *former) value(value strictjson.Value, path string, graph bool) error {
	switch value.Kind() {
	case strictjson.Object:
		return f.object(value, path, false, graph)
	case strictjson.Array:
		for i, item := range value.Items() {
			if item.Kind() == strictjson.Array {
				return unusual(path, "[[")
			}
			if err := f.value(item, path+"/"+strconv.Itoa(i), graph); err != nil {
				return err
			}
		}
	}
	return nil
}

func (f *former) object(object strictjson.Value, path string, root, graph bool) error {
	members := object.Members()
	known := false // whether this is a node or value, and no map or JSON literal
	for i := range members {
		_, meant := f.expanded.Meaning(&members[i])
		known = known || meant
	}
	_, literal := object.Get("@value")
	again := !root && graph && f.root != "" && object.At("id").Text() == f.root
	for i := range members {
		m := &members[i]
		at := path + "/" + member.Token(m.Key)
		if m.Key == "@context" {
			if err := f.contexts(m.Value, at, false); err != nil {
				return err
			}
			continue
		}
		meaning, meant := f.expanded.Meaning(m)
		if known {
			if err := f.member(m, meaning, at, literal, again); err != nil {
				return err
			}
		}
		inner := graph && !(meant && separate(meaning.Property))
		if literal && m.Key == "@value" {
			continue // a JSON literal may hold anything
		}
		if err := f.value(m.Value, at, inner); err != nil {
			return err
		}
	}
	return nil
}

// separate says whether a property holds a graph of its own.
func separate(property string) bool {
	return property == model+"verifiableCredential" || property == "https://w3id.org/security#proof"
}

// member checks how one member is spelled. again says that it belongs to a
// second place where the credential itself is described.
func (f *former) member(m *strictjson.Member, meaning jsonld.Meaning, at string, literal, again bool) error {
	switch {
	case m.Key == "@reverse" || m.Key == "@set" || m.Key == "@graph":
		return unusual(at, m.Key)
	case strings.HasPrefix(meaning.Property, "@") && m.Key != meaning.Property && m.Key != "id" && m.Key != "type":
		return unusual(at, m.Key) // a keyword by another name
	case meaning.Property == "@id" && m.Key != "id":
		return unusual(at, m.Key)
	case meaning.Property == "@id":
		// An identifier that is shown must be the one that is meant.
		if prefix, _, ok := strings.Cut(m.Value.Text(), ":"); ok && f.own.names[prefix] {
			return unusual(at, m.Value.Text())
		}
	case meaning.Property == "@type" && m.Key != "type" && !literal:
		return unusual(at, m.Key)
	case meaning.Property == "@type":
		for i, item := range m.Value.List() {
			if i >= len(meaning.Types) {
				break
			}
			if again && meaning.Types[i] == model+"VerifiableCredential" {
				return unusual(at, item.Text())
			}
			if f.odd(item.Text(), meaning.Types[i]) {
				return unusual(at, item.Text())
			}
		}
	case strings.HasPrefix(meaning.Property, model):
		if again || m.Key != meaning.Property[len(model):] {
			return report.NewProblem(report.ContextTermRedefined, at, "what", report.Clip(m.Key))
		}
	case f.misspelt(m.Key, meaning.Property):
		return unusual(at, m.Key)
	}
	return nil
}

// odd says whether a type of a public vocabulary stands under another name
// than public contexts give it.
func (f *former) odd(word, means string) bool {
	return published(means) && (strings.Contains(word, ":") || f.own.names[word] && local(means) != word)
}

// misspelt says whether a key stands for a property that readers know by
// another word.
func (f *former) misspelt(key, property string) bool {
	if !published(property) {
		return false
	}
	if strings.Contains(key, ":") {
		return true
	}
	name := strings.ToLower(local(property))
	if !called[name] || odd[key] == name && !f.own.names[key] {
		return false
	}
	return !shown[key] || strings.ToLower(key) != name
}

// published says whether an address belongs to a vocabulary that readers know.
func published(address string) bool {
	for _, vocabulary := range public {
		if strings.HasPrefix(address, vocabulary) {
			return true
		}
	}
	return false
}

// local is the name of a term in its vocabulary, without the number by which
// some tell terms of one name apart.
func local(address string) string {
	name := address[strings.LastIndexAny(address, "#/")+1:]
	if n := len(name); n > 2 && name[n-2] == '-' && name[n-1] >= '0' && name[n-1] <= '9' {
		name = name[:n-2]
	}
	return name
}

// contexts looks at the contexts that are written into a document: they may
// not give words of the data model a meaning of their own, and not say that
// words that readers know stand anywhere but directly in their node. Words of
// version 1.1 alone are free under version 2.0, which does not read them; inside
// a term (scoped) a word means what it means there, which Reading sees.
func (f *former) contexts(contexts strictjson.Value, at string, scoped bool) error {
	second := false
	for _, context := range contexts.List() {
		second = second || context.Text() == "https://www.w3.org/ns/credentials/v2"
	}
	for _, context := range contexts.List() {
		for _, term := range context.Members() {
			if err := f.contexts(term.Value.At("@context"), at, true); err != nil {
				return err
			}
			address := term.Value
			if address.Kind() == strictjson.Object {
				address = address.At("@id")
			}
			if !scoped && (words[term.Key] || !second && old[term.Key]) && address.Text() != model+term.Key {
				return report.NewProblem(report.ContextTermRedefined, at, "what", term.Key)
			}
			_, reversed := term.Value.Get("@reverse")
			alias := term.Key == "id" || term.Key == "type"
			keyword := strings.HasPrefix(address.Text(), "@") && !(alias && address.Text() == "@"+term.Key)
			if !strings.HasPrefix(term.Key, "@") && (reversed || keyword) {
				return unusual(at, term.Key)
			}
			if !shown[term.Key] && !words[term.Key] {
				continue
			}
			for _, container := range term.Value.At("@container").List() {
				if kind := container.Text(); kind != "@set" && kind != "@language" {
					return unusual(at, term.Key)
				}
			}
			if term.Value.At("@type").Text() == "@json" {
				return unusual(at, term.Key)
			}
		}
	}
	return nil
}
