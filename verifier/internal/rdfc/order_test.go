package rdfc

import (
	"cmp"
	"crypto"
	"math/rand/v2"
	"slices"
	"testing"
	"unicode/utf16"

	"github.com/sealcheck/sealcheck/verifier/internal/rdf"
)

// TestCompareUnits compares with the units themselves.
func TestCompareUnits(t *testing.T) {
	random := rand.New(rand.NewPCG(1, 2))
	runes := []rune("a~é\u07ff\u0800\ud7ff\ue000\uf8ff\uff01\uffff\U00010000\U0001f393\U0010ffff")
	text := func() string {
		var all []rune
		for range random.IntN(4) {
			all = append(all, runes[random.IntN(len(runes))])
		}
		return string(all)
	}
	for range 20_000 {
		a, b := text(), text()
		want := slices.Compare(utf16.Encode([]rune(a)), utf16.Encode([]rune(b)))
		if got := cmp.Compare(compareUnits([]byte(a), []byte(b)), 0); got != want {
			t.Fatalf("%q and %q: %d, want %d", a, b, got, want)
		}
		if (cmp.Compare(a, b) != want) && !mixed([]byte(a+b)) {
			t.Fatalf("%q and %q are ordered differently", a, b)
		}
	}
}

// TestByUnits: the same lines in another order, and nothing else.
func TestByUnits(t *testing.T) {
	quad := func(object string) rdf.Quad {
		return rdf.Quad{Subject: rdf.Term{Kind: rdf.Blank, Value: "a"}, Predicate: rdf.Term{Kind: rdf.IRI, Value: "urn:p"},
			Object: rdf.Term{Kind: rdf.Literal, Value: object, Datatype: rdf.String}}
	}
	quads := []rdf.Quad{quad("\U0001f393"), quad("\uff01"), quad("a")}
	lines := func(f *Form, err error) []string {
		if err != nil {
			t.Fatal(err)
		}
		if !f.Mixed() {
			t.Error("not mixed")
		}
		return f.Canonical().Lines
	}
	points, units := lines(New(quads, crypto.SHA256)), lines(NewByUnits(quads, crypto.SHA256))
	if slices.Equal(points, units) || !slices.IsSorted(points) || units[1] != points[2] || units[2] != points[1] || units[0] != points[0] {
		t.Errorf("%q %q", points, units)
	}
	if f, err := New(quads[:1], crypto.SHA256); err != nil || f.Mixed() {
		t.Error("mixed", err)
	}
}
