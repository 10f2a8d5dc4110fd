package jsonld

import (
	"errors"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	"github.com/sealcheck/sealcheck/verifier/internal/rdf"
	"github.com/sealcheck/sealcheck/verifier/internal/strictjson"
)

// FuzzExpand: whatever stands in a document, expansion ends, with an error
// that has a code or with an expanded document. What a lossless reading
// accepts says the same to any reader, and once more when it is expanded
// again; every statement has an origin.
func FuzzExpand(f *testing.F) {
	for _, seed := range []string{
		smallBadge, badge(1),
		with(plainContext, `"title": ["x", {"@value": 1.5}], "steps": [["a"], {"@list": []}], "names": {"de": "x", "@none": ["y"]}, "parts": [{"title": "z"}]`),
		with(plainContext, `"byId": {"urn:a": {"title": "x"}}, "byIndex": {"@none": "x"}, "byTitle": {"a": {"id": "urn:x"}}, "@reverse": {"part": {"id": "urn:y"}}`),
		with(plainContext, `"@nest": {"title": "x"}, "@included": {"title": "y"}, "@index": "z", "@graph": [{"title": "x"}], "type": ["Local", "Far"]`),
		with(`["https://test.example/plain", {"@vocab": "urn:v#", "@language": "de", "@base": "urn:b", "@protected": true, "a": {"@id": "b:c", "@type": "@json"}}]`, `"a": [{"b": null}], "q": true`),
		with(`{"@version": 1.1, "@import": "https://test.example/vocab", "x": {"@reverse": "y", "@container": ["@index", "@set"]}, "z": {"@context": null}}`, `"x": {"a": {}}, "z": {"@type": "_:t"}`),
		with(`{"@propagate": false, "t": {"@id": "@type"}, "d": {"@id": "urn:d", "@direction": "rtl", "@language": null, "@nest": "n", "@prefix": true}}`, `"t": "T", "d": "x"`),
		`[{"@id": "_:a", "@graph": [{"@id": "_:a"}]}, {"@set": [null]}, {"@value": {"@id": 1}, "@type": "@json"}]`,
	} {
		f.Add([]byte(seed))
	}
	library := NewLibrary(source)
	f.Fuzz(func(t *testing.T, data []byte) { checkReadings(t, library, data) })
}

// TestRandom does the same for documents that are put together from words and
// keywords at random, which meet more of them than any change of bytes.
func TestRandom(t *testing.T) {
	library := NewLibrary(source)
	accepted := 0
	const count = 20_000
	for i := range count {
		g := generator{rand.New(rand.NewPCG(uint64(i), 7))}
		if checkReadings(t, library, []byte(g.document())) {
			accepted++
		}
	}
	if accepted < count/20 || accepted > count*19/20 {
		t.Errorf("%d of %d are accepted: too few of either to mean anything", accepted, count)
	}
}

// generator makes documents over the context plain.
type generator struct{ *rand.Rand }

func (g generator) pick(list ...string) string { return list[g.IntN(len(list))] }

func (g generator) document() string {
	context := plainContext
	if g.IntN(4) == 0 {
		context = g.pick(
			`["https://test.example/plain", {"mine": {"@id": "urn:mine", "@type": "@id"}, "Mine": {"@id": "urn:Mine", "@context": {"mine2": "urn:mine2"}}}]`,
			`["https://test.example/plain", "https://test.example/language"]`,
			`["https://test.example/plain", {"@vocab": "https://v.example/#"}]`,
			`["https://test.example/guarded", "https://test.example/plain"]`,
		)
	}
	members := g.members(0)[1:]
	if members != "}" {
		members = ", " + members
	}
	return `{"@context": ` + context + members
}

func (g generator) members(depth int) string {
	seen := map[string]bool{"@context": depth == 0}
	var members []string
	for range 1 + g.IntN(4) {
		key := g.pick("title", "title", "part", "part", "link", "word", "steps", "names", "parts", "byId", "byTitle", "holder", "inner", "id", "id", "type", "type",
			"near", "far", "https://ex.example/full", "ex:compact", "@reverse", "@graph", "mine", "mine2", "urn:x")
		if g.IntN(12) == 0 {
			key = g.pick("@set", "@list", "@value", "@language", "@id", "@type", "@index", "byIndex", "name", "Kind", "@context", "@included", "@nest", "nobody", "_:b")
		}
		if seen[key] {
			continue
		}
		seen[key] = true
		members = append(members, `"`+key+`": `+g.value(key, depth+1))
	}
	return "{" + strings.Join(members, ", ") + "}"
}

func (g generator) value(key string, depth int) string {
	if g.IntN(10) > 0 {
		switch key {
		case "id", "@id", "link", "mine":
			return g.pick(`"urn:a"`, `"urn:b"`, `"_:a"`, `"_:b"`, `"https://ex.example/#c"`, `"ex:d"`)
		case "type", "@type":
			return g.pick(`"Kind"`, `"Local"`, `["Far"]`, `["Local", "Far"]`, `"urn:T"`, `"ex:T"`, `"Mine"`, `"_:t"`)
		case "word":
			return g.pick(`"title"`, `"Kind"`, `"urn:w"`, `"ex:w"`)
		case "@language":
			return `"de"`
		case "names":
			return `{"de": ` + g.pick(`"x"`, `["x", "y"]`, `[]`, `null`) + `, "@none": "z"}`
		case "byId":
			return `{"urn:` + g.pick("a", "e") + `": ` + g.node(depth) + `}`
		case "byTitle":
			return `{"` + g.pick("k", "l") + `": ` + g.node(depth) + `}`
		case "@reverse":
			return `{"` + g.pick("part", "link", "ex:r") + `": ` + g.node(depth) + `}`
		case "@context":
			return g.pick(`"https://test.example/vocab"`, `"https://test.example/plain"`, `null`, `{}`)
		case "parts", "@graph":
			if g.IntN(2) == 0 {
				return "[" + g.node(depth) + ", " + g.node(depth) + "]"
			}
			return g.node(depth)
		}
	}
	switch g.IntN(9) {
	case 0:
		return "[" + g.value("", depth) + ", " + g.value("", depth) + "]"
	case 1:
		return g.pick(`1`, `1.5`, `true`, `[]`, `null`, `"relative"`, `""`, `[null]`)
	case 2:
		return g.pick(`{"@value": "v", "@language": "fr"}`, `{"@value": 2, "@type": "ex:N"}`, `{"@value": "x", "@type": "@json"}`, `{"@type": "@json", "@value": {"b": [1.0], "a": null}}`, `{"@value": null}`, `{"@set": ["s"]}`, `{"@list": ["l", ["m"]]}`, `{"@list": []}`, `{"@set": []}`, `{"@language": "de"}`)
	case 3, 4, 5:
		return g.node(depth)
	}
	return g.pick(`"x"`, `"y"`, `"urn:z"`)
}

func (g generator) node(depth int) string {
	if depth > 4 {
		return `{"title": "deep"}`
	}
	if g.IntN(8) == 0 {
		return g.pick(`{"id": "urn:a"}`, `{}`, `{"@id": "_:a"}`)
	}
	return g.members(depth)
}

// checkReadings reads a document in both ways and says whether it is accepted
// without loss.
func checkReadings(t *testing.T, library *Library, data []byte) bool {
	document, err := strictjson.Parse(data)
	if err != nil {
		return false
	}
	fuzzOne(t, library, document, Options{Base: "https://base.example/x"})
	strict := fuzzOne(t, library, document, Options{Lossless: true, Trace: true})
	if strict == nil {
		return false
	}
	quads, _ := strict.Quads()
	for _, q := range quads {
		if strings.Count(q.Subject.Value, "#") > 1 || strings.Count(q.Predicate.Value, "#") > 1 || strings.Count(q.Object.Value, "#") > 1 {
			return true // no IRI for all readers
		}
	}
	if strings.Contains(string(data), `"@language": null`) {
		return true // an error for some readers
	}
	if loose := fuzzOne(t, library, document, Options{}); loose == nil || !sameQuads(loose, quads) {
		t.Errorf("another reader sees something else in %s", data)
	}
	again, err := library.Expand(strict.JSON(), Options{Lossless: true})
	if err != nil || !sameQuads(again, quads) {
		t.Errorf("expanded again: %v, %s", err, strict.JSON().Append(nil))
	}
	if origins := strict.Origins(); len(origins) != len(quads) {
		t.Errorf("%d origins of %d statements", len(origins), len(quads))
	}
	return true
}

func fuzzOne(t *testing.T, library *Library, document strictjson.Value, o Options) *Expanded {
	expanded, err := library.Expand(document, o)
	if err == nil {
		_, err = expanded.Quads()
	}
	if err == nil {
		return expanded
	}
	var broken *Error
	if !errors.As(err, &broken) || broken.Problem().Code.Check() == "" || broken.Name == "" && !o.Lossless {
		t.Fatalf("%v", err)
	}
	return nil
}

// sameQuads compares statements without the labels of blank nodes: the order
// in which nodes are met is the same.
func sameQuads(e *Expanded, want []rdf.Quad) bool {
	got, err := e.Quads()
	if err != nil || len(got) != len(want) {
		return false
	}
	lines := func(quads []rdf.Quad) []string {
		out := make([]string, len(quads))
		for i, q := range quads {
			for _, term := range []*rdf.Term{&q.Subject, &q.Object, &q.Graph} {
				if term.Kind == rdf.Blank {
					term.Value = "_"
				}
			}
			out[i] = string(rdf.AppendQuad(nil, &q))
		}
		slices.Sort(out)
		return out
	}
	return slices.Equal(lines(got), lines(want))
}
