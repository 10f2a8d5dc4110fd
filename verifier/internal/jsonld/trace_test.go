package jsonld

import (
	"slices"
	"strings"
	"testing"

	"github.com/sealcheck/sealcheck/verifier/internal/contexts"
	"github.com/sealcheck/sealcheck/verifier/internal/rdf"
	"github.com/sealcheck/sealcheck/verifier/internal/strictjson"
)

// TestMeaning: what a member means is told by its address.
func TestMeaning(t *testing.T) {
	document := parse(t, with(`["`+v2+`", {"grade": "urn:grade", "exam": "`+v2+`#exam"}]`, `"type": ["VerifiableCredential", "https://ex.example/Kind"],
		"id": "urn:uuid:1", "https://ex.example/p": {"@value": "x", "@type": "https://ex.example/T"},
		"credentialSubject": {"grade": "A", "exam": {"@list": [{"grade": "B"}]}}`))
	expanded, err := NewLibrary(contexts.Find).Expand(document, Options{Lossless: true, Trace: true})
	if err != nil {
		t.Fatal(err)
	}
	got := map[string]string{}
	var walk func(value *strictjson.Value, pointer string)
	walk = func(value *strictjson.Value, pointer string) {
		for i := range value.Items() {
			walk(&value.Items()[i], pointer+"/*")
		}
		for i := range value.Members() {
			m := &value.Members()[i]
			if meaning := expanded.Meanings(value.Members()); meaning != nil && meaning[i].Known() {
				meaning := meaning[i]
				got[pointer+"/"+m.Key] = strings.Join(append([]string{meaning.Property}, meaning.Types...), " ")
			}
			walk(&m.Value, pointer+"/"+m.Key)
		}
	}
	walk(&document, "")
	want := map[string]string{
		"/@context":                             "@context",
		"/type":                                 "@type https://www.w3.org/2018/credentials#VerifiableCredential https://ex.example/Kind",
		"/id":                                   "@id",
		"/https://ex.example/p":                 "https://ex.example/p",
		"/https://ex.example/p/@value":          "@value",
		"/https://ex.example/p/@type":           "@type https://ex.example/T",
		"/credentialSubject":                    "https://www.w3.org/2018/credentials#credentialSubject",
		"/credentialSubject/grade":              "urn:grade",
		"/credentialSubject/exam":               v2 + "#exam",
		"/credentialSubject/exam/@list":         "@list",
		"/credentialSubject/exam/@list/*/grade": "urn:grade",
	}
	for key, meaning := range want {
		if got[key] != meaning {
			t.Errorf("%s means %q, want %q", key, got[key], meaning)
		}
	}
	for key := range got {
		if _, ok := want[key]; !ok {
			t.Errorf("%s means %q", key, got[key])
		}
	}
	if expanded.Meanings(slices.Clone(document.Members())) != nil {
		t.Error("members of nothing mean something")
	}
}

// TestOrigins: each statement is said by one value of the document.
func TestOrigins(t *testing.T) {
	document := parse(t, with(plainContext, `"id": "urn:a", "type": ["Kind", "urn:k"], "title": ["x", {"@value": "y"}], "steps": ["s", {"title": "z"}],
		"link": "urn:b", "names": {"de": ["n", "m"]}, "parts": {"id": "urn:g", "title": "w"}, "@reverse": {"part": {"id": "urn:c", "title": "v"}},
		"byTitle": {"k": {"id": "urn:d"}}`))
	expanded, err := NewLibrary(source).Expand(document, Options{Lossless: true, Trace: true})
	if err != nil {
		t.Fatal(err)
	}
	quads, err := expanded.Quads()
	if err != nil {
		t.Fatal(err)
	}
	var got []string
	for i, origin := range expanded.Origins() {
		q := quads[i]
		name := q.Predicate.Value[strings.LastIndexAny(q.Predicate.Value, "#:")+1:]
		object := q.Object.Value
		if q.Object.Kind == rdf.Blank {
			object = "_"
		}
		got = append(got, origin+" "+name+" "+object)
	}
	want := []string{
		"/type/0 type https://ex.example/#Kind", "/type/1 type urn:k", "/title/0 title x", "/title/1 title y",
		"/steps steps _", "/steps/0 first s", "/steps rest _", "/steps/1 first _", "/steps/1/title title z",
		"/steps rest http://www.w3.org/1999/02/22-rdf-syntax-ns#nil", "/link link urn:b", "/names/de/0 names n", "/names/de/1 names m",
		"/parts parts _", "/parts/title title w", "/@reverse/part part urn:a", "/@reverse/part/title title v",
		"/byTitle/k byTitle urn:d", "/byTitle/k title k",
	}
	slices.Sort(got)
	slices.Sort(want)
	if !slices.Equal(got, want) {
		t.Errorf("got\n%s\nwant\n%s", strings.Join(got, "\n"), strings.Join(want, "\n"))
	}
	if expanded, err = NewLibrary(source).Expand(document, Options{}); err != nil || expanded.Origins() != nil {
		t.Error("origins without a trace")
	}
	if expanded.Meanings(document.Members()) != nil {
		t.Error("a meaning without a trace")
	}
}
