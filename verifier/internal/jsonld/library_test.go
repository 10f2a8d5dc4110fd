package jsonld

import (
	"fmt"
	"strings"
	"sync"
	"testing"

	"github.com/sealcheck/sealcheck/verifier/internal/contexts"
	"github.com/sealcheck/sealcheck/verifier/internal/limits"
	"github.com/sealcheck/sealcheck/verifier/internal/strictjson"
	"github.com/sealcheck/sealcheck/verifier/report"
)

// TestVariants: every combination of the versions of contexts can be chosen,
// the first address changing fastest, and the first versions come first.
func TestVariants(t *testing.T) {
	counts := map[string]int{"https://c.example/one": 1, "https://c.example/two": 2, "https://c.example/three": 3, "https://c.example/nine": 9}
	library := NewLibrary(func(address string) (versions []strictjson.Value) {
		name := address[strings.LastIndexByte(address, '/')+1:]
		for i := range counts[address] {
			versions = append(versions, parse(t, fmt.Sprintf(`{"@context": {"%s": "urn:%s:%d"}}`, name, name, i)))
		}
		return versions
	})
	tests := []struct {
		document string
		count    int
		want     []string // the property of each variant's statements, in order
	}{
		{`{"urn:p": 1}`, 1, []string{"urn:p"}},
		{`{"@context": "https://c.example/one", "one": 1}`, 1, []string{"urn:one:0"}},
		{`{"@context": ["https://c.example/three", "https://c.example/one"], "three": 1}`, 3, []string{"urn:three:0", "urn:three:1", "urn:three:2"}},
		{`{"@context": ["https://c.example/two", "https://c.example/three", "https://c.example/two"], "two": 1, "three": 1}`, 6, []string{
			"urn:two:0 urn:three:0", "urn:two:1 urn:three:0", "urn:two:0 urn:three:1", "urn:two:1 urn:three:1", "urn:two:0 urn:three:2", "urn:two:1 urn:three:2"}},
		{`{"urn:p": {"@context": "https://c.example/two", "two": 1}}`, 2, []string{"urn:p urn:two:0", "urn:p urn:two:1"}},
		{`{"@context": "https://c.example/nobody", "urn:p": {"@context": "https://c.example/two", "two": 1}}`, 2, nil},
		{`{"@context": ["https://c.example/nine", "https://c.example/two"], "nine": 1}`, limits.ContextVariants, nil},
	}
	for _, test := range tests {
		document := parse(t, test.document)
		if got := library.Variants(document); got != test.count {
			t.Errorf("%s: %d variants, want %d", test.document, got, test.count)
		}
		for i, want := range test.want {
			expanded, err := library.Expand(document, Options{Lossless: true, Variant: i})
			if err != nil {
				t.Fatal(err)
			}
			quads, err := expanded.Quads()
			if err != nil {
				t.Fatal(err)
			}
			var got []string
			for _, q := range quads {
				got = append(got, q.Predicate.Value)
			}
			for _, property := range strings.Fields(want) {
				if !strings.Contains(strings.Join(got, " "), property) {
					t.Errorf("%s, variant %d: %v, want %s", test.document, i, got, want)
				}
			}
		}
	}
}

// TestLibraryAsksOnce: each known address is asked for once, and no context is
// compiled for a second document.
func TestLibraryAsksOnce(t *testing.T) {
	asked := map[string]int{}
	library := NewLibrary(func(address string) []strictjson.Value {
		asked[address]++
		return contexts.Find(address)
	})
	document := parse(t, badge(2))
	for range 3 {
		if _, err := library.Expand(document, Options{Lossless: true}); err != nil {
			t.Fatal(err)
		}
		library.Variants(document)
	}
	for address, times := range asked {
		if times != 1 {
			t.Errorf("%s asked for %d times", address, times)
		}
	}
	kept := library.roots[1].shelf.kept.Load()
	if _, err := library.Expand(parse(t, badge(5)), Options{Lossless: true}); err != nil {
		t.Fatal(err)
	}
	if now := library.roots[1].shelf.kept.Load(); now != kept || kept == 0 {
		t.Errorf("%d contexts kept, then %d", kept, now)
	}
}

// TestLibraryIsBounded: no order of known contexts and no inline context lets
// what is kept grow without end.
func TestLibraryIsBounded(t *testing.T) {
	library := NewLibrary(func(address string) []strictjson.Value {
		return []strictjson.Value{parse(t, `{"@context": {"p": "urn:p", "Kind": {"@id": "urn:k", "@context": {"q": "urn:q"}}}}`)}
	})
	for i := range 3 * limits.ContextsKept {
		document := fmt.Sprintf(`{"@context": ["https://c.example/%d"], "@type": "Kind", "p": 1, "q": 2}`, i)
		if _, err := library.Expand(parse(t, document), Options{Lossless: true}); err != nil {
			t.Fatal(err)
		}
		if kept := library.roots[1].shelf.kept.Load(); kept > limits.ContextsKept+2 {
			t.Fatalf("%d contexts are kept", kept)
		}
	}
	library = NewLibrary(source)
	for i := range 100 {
		document := fmt.Sprintf(`{"@context": ["https://test.example/plain", {"Mine": {"@id": "urn:k", "@context": {"q": "urn:q%d"}}}, "https://test.example/rtl"], "type": "Mine", "q": 2}`, i)
		if _, err := library.Expand(parse(t, document), Options{Lossless: true}); err != nil {
			t.Fatal(err)
		}
	}
	if kept := library.roots[1].shelf.kept.Load(); kept != 1 {
		t.Errorf("%d contexts are kept of documents with contexts of their own", kept)
	}
}

// TestLibraryIsSafe reads many documents at the same time; the race detector
// watches, and all must come out the same.
func TestLibraryIsSafe(t *testing.T) {
	library := NewLibrary(contexts.Find)
	var group sync.WaitGroup
	results := make([]string, 16)
	for i := range results {
		group.Add(1)
		go func() {
			defer group.Done()
			expanded, err := library.Expand(parse(t, badge(3)), Options{Lossless: true, Trace: true})
			if err != nil {
				t.Error(err)
				return
			}
			results[i] = string(expanded.JSON().Append(nil))
		}()
	}
	group.Wait()
	for _, one := range results {
		if one != results[0] {
			t.Error("not all came out the same")
		}
	}
}

// TestKnownContexts: every context that we ship is one, in the reading of the
// specification, which looks at all of it at once.
func TestKnownContexts(t *testing.T) {
	library := NewLibrary(contexts.Find)
	for _, address := range []string{v1, v2, badges, "https://w3id.org/security/v2", "https://www.w3.org/ns/did/v1", "https://w3id.org/dcc/v1"} {
		for i := range library.Variants(parse(t, `{"@context": "`+address+`"}`)) {
			if _, err := library.Expand(parse(t, `{"@context": "`+address+`"}`), Options{Variant: i}); err != nil {
				t.Error(err)
			}
		}
	}
}

// TestDeepScopes: contexts that bring themselves along end with the document.
func TestDeepScopes(t *testing.T) {
	depth := limits.JSONDepth - 2
	document := `{"@context": "https://test.example/again", "deeper": ` + strings.Repeat(`{"deeper": `, depth) + `{"title": "x"}` + strings.Repeat("}", depth) + "}"
	if broken := refusal(t, NewLibrary(source), document); broken != nil {
		t.Error(broken)
	}
	// Every context brings all others: trying all ways would never end.
	library := NewLibrary(func(address string) []strictjson.Value {
		var terms []string
		for i := range 30 {
			terms = append(terms, fmt.Sprintf(`"t%d": {"@id": "urn:t%d", "@context": "https://c.example/%d"}`, i, i, i))
		}
		return []strictjson.Value{parse(t, `{"@context": {`+strings.Join(terms, ",")+`}}`)}
	})
	text := `{"@context": "https://c.example/0", "t1": {"t2": {"t3": 1}}}`
	if broken := refusal(t, library, text); broken != nil {
		t.Error(broken)
	}
	_, err := library.Expand(parse(t, text), Options{})
	if broken, ok := err.(*Error); !ok || broken.Code != report.ContextTooMany {
		t.Error(err)
	}
}
