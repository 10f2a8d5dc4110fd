package verifier_test

import (
	"crypto"
	"encoding/json"
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	"github.com/sealcheck/sealcheck/verifier/internal/contexts"
	"github.com/sealcheck/sealcheck/verifier/internal/jsonld"
	"github.com/sealcheck/sealcheck/verifier/internal/linked"
	"github.com/sealcheck/sealcheck/verifier/internal/rdf"
	"github.com/sealcheck/sealcheck/verifier/internal/strictjson"
	"github.com/sealcheck/sealcheck/verifier/report"
)

// author writes a graph as a document, in any of the ways in which that can be
// done: each node in as many places as it likes, forwards or reversed, under
// the words of the document that the graph was made of or under addresses.
type author struct {
	random *rand.Rand
	quads  []rdf.Quad
	words  []string // under which each statement stood, or ""
	given  []strictjson.Value
	left   map[int]bool
	places map[rdf.Term][]*place
	terms  map[string]any // of a context of its own
	wild   bool
	// contexts are those of nodes below the root.
	contexts map[string]strictjson.Value
}

// place is one of the places where a node is written.
type place struct {
	node    rdf.Term
	members map[string][]any
	reverse map[string][]any
}

func (p *place) add(key string, value any) { p.members[key] = append(p.members[key], value) }

// MarshalJSON writes members in a random order, which that of a map is not.
func (p *place) MarshalJSON() ([]byte, error) {
	all := map[string]any{}
	for key, values := range p.members {
		all[key] = values
		if len(values) == 1 {
			all[key] = values[0]
		}
	}
	if len(p.reverse) > 0 {
		all["@reverse"] = p.reverse
	}
	return json.Marshal(all)
}

func newAuthor(random *rand.Rand, library *jsonld.Library, document strictjson.Value) (*author, error) {
	expanded, err := library.Expand(document, jsonld.Options{Lossless: true, Trace: true, Direction: "i18n-datatype"})
	if err != nil {
		return nil, err
	}
	quads, err := expanded.Quads()
	if err != nil {
		return nil, err
	}
	a := &author{random: random, contexts: map[string]strictjson.Value{}}
	for i, origin := range expanded.Origins() {
		if quads[i].Graph.Kind != rdf.None {
			continue // it is written with its name
		}
		value, word := document, ""
		for _, token := range strings.Split(origin, "/")[1:] {
			token = strings.NewReplacer("~1", "/", "~0", "~").Replace(token)
			if value.Kind() == strictjson.Array {
				var at int
				fmt.Sscan(token, &at)
				value = value.Items()[at]
			} else {
				value, word = value.At(token), token
			}
		}
		if strings.HasPrefix(quads[i].Predicate.Value, "http://www.w3.org/1999/02/22-rdf-syntax-ns#") && !strings.HasSuffix(quads[i].Predicate.Value, "#type") {
			word, value = "", strictjson.Value{} // of a list
		}
		a.quads, a.words, a.given = append(a.quads, quads[i]), append(a.words, word), append(a.given, value)
	}
	var look func(value strictjson.Value)
	look = func(value strictjson.Value) {
		if context, ok := value.Get("@context"); ok && !value.Is(document) {
			a.contexts[value.At("id").Text()] = context
		}
		for _, m := range value.Members() {
			look(m.Value)
		}
		for _, item := range value.Items() {
			look(item)
		}
	}
	look(document)
	return a, nil
}

func (a *author) chance(n int) bool { return a.random.IntN(n) == 0 }

// write is a document that begins with a node.
func (a *author) write(root rdf.Term, context strictjson.Value) string {
	a.left, a.places, a.terms = map[int]bool{}, map[rdf.Term][]*place{}, map[string]any{}
	for i := range a.quads {
		a.left[i] = true
	}
	a.wild = a.chance(2)
	first := a.node(root, 0)
	for len(a.left) > 0 {
		progress := false
		for i := range a.quads {
			if places := a.places[a.quads[i].Subject]; a.left[i] && places != nil {
				a.fill(places[a.random.IntN(len(places))], 0, 1)
				progress = true
				break
			}
		}
		if !progress {
			return ""
		}
	}
	for i := range a.quads {
		places := a.places[a.quads[i].Subject]
		if a.quads[i].Subject.Kind == rdf.Blank && len(places) == 1 && !a.chance(5) {
			delete(places[0].members, "@id")
			delete(places[0].members, "id")
		}
	}
	list := []any{}
	for _, one := range context.List() {
		list = append(list, json.RawMessage(one.Append(nil)))
	}
	if len(a.terms) > 0 {
		list = append(list, a.terms)
	}
	var text []byte
	if a.chance(12) {
		text, _ = json.Marshal(map[string]any{"@context": list, "@graph": []any{first}})
	} else {
		first.members["@context"] = []any{list}
		text, _ = json.Marshal(first)
	}
	return string(text)
}

func (a *author) more(node rdf.Term) bool {
	for i := range a.quads {
		if a.left[i] && a.quads[i].Subject == node {
			return true
		}
	}
	return false
}

// cell says whether a node is part of an RDF list.
func (a *author) cell(node rdf.Term) bool {
	return node.Kind == rdf.Blank && slices.ContainsFunc(a.quads, func(q rdf.Quad) bool { return q.Subject == node && strings.HasSuffix(q.Predicate.Value, "#first") })
}

func (a *author) node(node rdf.Term, depth int) *place {
	p := &place{node: node, members: map[string][]any{}, reverse: map[string][]any{}}
	a.places[node] = append(a.places[node], p)
	if context := a.contexts[node.Value]; context.Kind() != strictjson.Absent && node.Kind == rdf.IRI {
		p.add("@context", json.RawMessage(context.Append(nil)))
	}
	id := node.Value
	if node.Kind == rdf.Blank {
		id = "_:" + id
	}
	key := "id"
	if a.wild && a.chance(10) {
		key = "@id"
	}
	p.members[key] = []any{id}
	switch {
	case a.chance(12): // a bare reference
	case a.chance(8):
		a.fill(p, depth, 3)
	default:
		a.fill(p, depth, 1)
	}
	return p
}

// fill writes some of what is left to be said of a node: one in so many.
func (a *author) fill(p *place, depth, one int) {
	order := a.random.Perm(len(a.quads))
	for _, i := range order { // types first: words hang on them
		q := &a.quads[i]
		if q.Subject == p.node && strings.HasSuffix(q.Predicate.Value, "#type") && (a.left[i] || !a.chance(10)) {
			delete(a.left, i)
			word := a.given[i].Text()
			if word == "" || a.wild && a.chance(12) {
				word = q.Object.Value
			}
			if !slices.Contains(p.members["type"], any(word)) {
				p.add("type", word)
			}
		}
	}
	for _, i := range order {
		q := &a.quads[i]
		if !a.left[i] || strings.HasSuffix(q.Predicate.Value, "#type") {
			continue
		}
		switch {
		case q.Subject == p.node && a.chance(one):
			delete(a.left, i)
			a.state(p, i, depth)
			if a.wild && a.chance(40) {
				a.state(p, i, depth)
			}
		case q.Object == p.node && q.Object.Kind != rdf.Literal && a.wild && a.chance(6):
			delete(a.left, i)
			p.reverse[q.Predicate.Value] = append(p.reverse[q.Predicate.Value], a.node(q.Subject, depth+1))
		}
	}
}

func (a *author) state(p *place, i, depth int) {
	q, word := &a.quads[i], a.words[i]
	own := word == "" || a.cell(q.Object) || strings.HasPrefix(word, "@") || a.wild && a.chance(15)
	if own {
		word = q.Predicate.Value
		if a.chance(3) {
			for name, address := range a.terms {
				if address == word {
					word = name
				}
			}
			if word == q.Predicate.Value {
				word = fmt.Sprintf("zz%d", len(a.terms))
				if a.chance(3) {
					word = []string{"note", "title", "fullName", "altLabel", "awardedDate", "prefLabel", "legalName", "statusList"}[a.random.IntN(8)]
				}
				if _, there := a.terms[word]; there {
					word = q.Predicate.Value
				} else {
					a.terms[word] = q.Predicate.Value
				}
			}
		}
	}
	var value any
	switch {
	case strings.HasSuffix(q.Predicate.Value, "security#proof"):
		word, value = "proof", json.RawMessage(a.given[i].Append(nil))
	case q.Object.Kind != rdf.Literal && (q.Object.Value == "http://www.w3.org/1999/02/22-rdf-syntax-ns#nil" || len(a.places[q.Object]) > 40):
		id := q.Object.Value
		if q.Object.Kind == rdf.Blank {
			id = "_:" + id
		}
		value = map[string]any{"id": id}
	case q.Object.Kind == rdf.IRI && !own && a.given[i].Kind() == strictjson.String && !a.more(q.Object) && !a.chance(4):
		value = a.given[i].Text()
	case q.Object.Kind != rdf.Literal:
		value = a.node(q.Object, depth+1)
	case !own && a.given[i].Kind() != strictjson.Object && !(a.wild && a.chance(12)):
		value = json.RawMessage(a.given[i].Append(nil))
	case q.Object.Language != "":
		value = map[string]any{"@value": q.Object.Value, "@language": q.Object.Language}
	default:
		value = map[string]any{"@value": q.Object.Value, "@type": q.Object.Datatype}
	}
	if a.wild && a.chance(25) {
		value = map[string]any{"@set": []any{value}}
	}
	if a.wild && a.chance(25) {
		value = []any{value}
	}
	p.add(word, value)
}

// everything is all that a report says of a credential, in no order and without
// places.
func everything(c report.Credential) string {
	var lines []string
	line := func(parts ...any) { lines = append(lines, fmt.Sprintln(parts...)) }
	line("head", c.Headline, c.Verdict, c.Format, c.Role, c.Securing)
	for _, check := range c.Checks {
		codes := slices.DeleteFunc(slices.Clone(check.Codes), func(code report.Code) bool { return code == report.CredentialContextInline })
		slices.Sort(codes)
		line(check.Name, slices.Compact(codes))
	}
	if d := c.Description; d != nil {
		line(d.Claim, d.IssuerID, d.ID)
		types := slices.Clone(d.Types)
		slices.Sort(types)
		line("types", slices.Compact(types))
		for i, texts := range d.Texts() {
			for _, text := range texts {
				line(i, text.Value, text.Language, text.Chosen)
			}
		}
	}
	slices.Sort(lines)
	return strings.Join(lines, "")
}

// TestAuthors: however somebody writes the graph that was signed, it is refused,
// or says the same to whoever reads it.
func TestAuthors(t *testing.T) {
	library := jsonld.NewLibrary(contexts.Find)
	random := rand.New(rand.NewPCG(8, 2026))
	rounds := 300
	if testing.Short() {
		rounds = 60
	}
	for number, honest := range authored() {
		document, err := strictjson.Parse([]byte(honest))
		if err != nil {
			t.Fatal(err)
		}
		a, err := newAuthor(random, library, document)
		if err != nil {
			t.Fatal(number, err)
		}
		signed, err := linked.New(document, library).Digest(crypto.SHA256, 0)
		if err != nil {
			t.Fatal(err)
		}
		proof := signGraph(t, library, honest)
		want := everything(judgeGraph(t, honest, proof))
		root := a.quads[0].Subject
		for i := range a.quads {
			if a.quads[i].Subject.Value == document.At("id").Text() || document.At("id").Text() == "" && a.quads[i].Subject.Value == "b0" {
				root = a.quads[i].Subject
			}
		}
		count := map[string]int{}
		for range rounds {
			start := root
			if a.chance(6) {
				start = a.quads[random.IntN(len(a.quads))].Subject
			}
			text := a.write(start, document.At("@context"))
			value, err := strictjson.Parse([]byte(text))
			if err != nil {
				count["not written"]++
				continue
			}
			d := linked.New(value, library)
			digest, err := d.Digest(crypto.SHA256, 0)
			if err != nil {
				count[string(report.CodeOf(err))]++
				continue
			}
			if string(digest) != string(signed) {
				count["another graph"]++
				continue
			}
			judged := judgeGraph(t, text, proof)
			if judged.Headline == report.Refused || judged.Headline == report.Unreadable {
				count["refused "+string(judged.Checks[2].Codes[0])]++
				continue
			}
			read, _ := d.Read(0)
			if read.Is(value) {
				count["as it is"]++
			}
			if got := everything(judged); got != want {
				count["otherwise"]++
				if count["otherwise"] < 4 {
					t.Errorf("%d: %s\n%s\nis read as\n%s\nsigned was\n%s", number, text, proof, got, want)
				}
				continue
			}
			count["same"]++
		}
		t.Log(number, count)
		if count["same"]*4 < rounds {
			t.Errorf("%d: too few hold", number)
		}
	}
}

// authored are the graphs that are written anew.
func authored() []string {
	bare := withoutIDs(written())
	return []string{
		written(), written("END", "", "STATUS", ""), bare,
		written("END", "", "STATUS", "", "EVIDENCE", "", "ACHIEVEMENT", `"achievement":{"id":"urn:a:1","type":["Achievement"],"name":"Welding","tag":["x","y"],"description":"d","creditsAvailable":5.5,"alignment":[{"type":["Alignment"],"targetName":"Welder","targetUrl":"https://w.example/1","targetType":"ext:EQF","targetCode":"4"},{"type":["Alignment"],"targetName":"Q","targetUrl":"https://w.example/2","targetType":"ext:QualityAssurance"}],"criteria":{"narrative":"n"},"resultDescription":[{"id":"urn:rd:1","type":["ResultDescription"],"name":"Grade","resultType":"LetterGrade","allowedValue":["A","F"]}]}`,
			"RESULT", `"creditsEarned":3,"result":[{"type":["Result"],"resultDescription":"urn:rd:1","value":"F","status":"Failed"},{"type":["Result"],"value":"A"}]`),
		// an endorsement of the credential by its issuer, in it
		written("END", "", "STATUS", "", "EVIDENCE", "", "NAMED", `,"endorsement":[{"@context":["https://www.w3.org/ns/credentials/v2","https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.3.json"],"id":"urn:e:1","type":["VerifiableCredential","EndorsementCredential"],"name":"Endorsed","issuer":{"id":"`+university+`","type":["Profile"],"name":"Westerlund University"},"validFrom":"2026-01-01T00:00:00Z","credentialSubject":{"id":"`+credentialID+`","type":["EndorsementSubject"],"endorsementComment":"good"}}]`),
		// data model 1.1
		`{"@context":["https://www.w3.org/2018/credentials/v1","https://w3id.org/security/data-integrity/v2","https://w3id.org/dcc/v1"],"id":"` + credentialID + `","type":["VerifiableCredential","LearningCredential"],"name":"Master","issuer":{"id":"` + university + `","name":"Westerlund University"},"issuanceDate":"2026-01-01T00:00:00Z","expirationDate":"2026-02-01T00:00:00Z","credentialSubject":{"id":"did:example:learner","name":"Jane","hasCredential":{"type":["EducationalOccupationalCredential"],"name":"Degree","description":"d"}}}`,
		// undefined terms
		`{"@context":["https://www.w3.org/ns/credentials/v2","https://www.w3.org/ns/credentials/undefined-terms/v2"],"id":"` + credentialID + `","type":["VerifiableCredential","Diploma"],"name":"Master","issuer":{"id":"` + university + `","name":"Westerlund University","legalName":"W"},"validFrom":"2026-01-01T00:00:00Z","statusList":{"id":"https://university.example/s#1","type":"BitstringStatusListEntry","statusPurpose":"revocation","statusListIndex":"1","statusListCredential":"https://university.example/s"},"credentialSubject":{"id":"did:example:learner","name":{"@value":"Jane","@language":"en"},"result":{"status":"Failed"},"achievement":{"name":"x"}}}`,
		`{"@context":["https://www.w3.org/ns/credentials/v2","https://www.w3.org/ns/credentials/undefined-terms/v2"],"id":"` + credentialID + `","type":["VerifiableCredential","Diploma"],"name":"Master","issuer":"` + university + `","validFrom":"2026-01-01T00:00:00Z","credentialSubject":[{"name":"Jane"},{"name":"Joe"}],"status_list":[{"type":"x","idx":3}],"expiry":"2020"}`,
		`{"@context":["https://www.w3.org/ns/credentials/v2","https://www.w3.org/ns/credentials/undefined-terms/v2"],"id":"` + credentialID + `","type":["VerifiableCredential","Diploma"],"name":"Master","issuer":"` + university + `","validFrom":"2026-01-01T00:00:00Z","credentialSubject":{"name":"Jane"},"status":{"status_list":{"idx":3,"uri":"https://university.example/t"}}}`,
		`{"@context":["https://www.w3.org/ns/credentials/v2","https://www.w3.org/ns/credentials/undefined-terms/v2"],"id":"` + credentialID + `","type":["VerifiableCredential","Diploma"],"name":"Master","issuer":"` + university + `","validFrom":"2026-01-01T00:00:00Z","credentialSubject":{"name":"Jane"},"status":{"status_list":{"idx":3,"uri":"https://university.example/t"},"other":{"id":"https://university.example/o"},"another":{"uri":"https://university.example/o"}}}`,
		`{"@context":["https://www.w3.org/ns/credentials/v2","https://www.w3.org/ns/credentials/undefined-terms/v2"],"id":"` + credentialID + `","type":["VerifiableCredential","Diploma"],"name":"Master","issuer":"` + university + `","validFrom":"2026-01-01T00:00:00Z","credentialSubject":{"name":"Jane"},"status":{"in":{"this":{"uri":"https://university.example/t"}}}}`,
		`{"@context":["https://www.w3.org/ns/credentials/v2","https://www.w3.org/ns/credentials/undefined-terms/v2"],"id":"` + credentialID + `","type":["VerifiableCredential","Diploma"],"name":"Master","issuer":"` + university + `","validFrom":"2026-01-01T00:00:00Z","credentialSubject":{"name":"Jane"},"CredentialStatus":{"type":"TokenStatus","status_list":{"idx":3,"uri":"https://university.example/t"}}}`,
	}
}
