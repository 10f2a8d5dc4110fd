package disclosure

import (
	"bytes"
	"crypto"
	"crypto/elliptic"
	"crypto/sha256"
	"slices"
	"strings"
	"testing"

	library "github.com/fxamacker/cbor/v2"

	"github.com/sealcheck/sealcheck/verifier/internal/limits"
	"github.com/sealcheck/sealcheck/verifier/internal/rdf"
	"github.com/sealcheck/sealcheck/verifier/internal/rdfc"
	"github.com/sealcheck/sealcheck/verifier/internal/samplekey"
	"github.com/sealcheck/sealcheck/verifier/report"
)

// encode writes a value, by the general library.
func encode(t testing.TB, kind byte, members ...any) []byte {
	t.Helper()
	mode, err := library.EncOptions{Sort: library.SortCanonical}.EncMode()
	if err != nil {
		t.Fatal(err)
	}
	data, err := mode.Marshal(members)
	if err != nil {
		t.Fatal(err)
	}
	return append([]byte{0xd9, 0x5d, kind}, data...)
}

func digest(n byte) []byte { return bytes.Repeat([]byte{n}, 32) }

var p256 = append([]byte{0x80, 0x24}, samplekey.Compress(samplekey.Point(elliptic.P256(), 3))...)

type byteMap = map[int][]byte

// ecdsaMembers are those of a good value, to be changed.
func ecdsaMembers(change func(m []any)) []any {
	m := []any{make([]byte, 64), p256, [][]byte{make([]byte, 64), make([]byte, 64)}, byteMap{0: digest(1), 1: digest(2)}, []int{0, 2, 30}}
	change(m)
	return m
}

func bbsMembers(change func(m []any)) []any {
	m := []any{make([]byte, 272+3*32), map[int]int{0: 2, 1: 0}, []int{0, 1}, []int{0, 4}, []byte("header")}
	change(m)
	return m
}

func nothing([]any) {}

func TestParseECDSA(t *testing.T) {
	e, err := ParseECDSA(encode(t, 1, ecdsaMembers(nothing)...))
	if err != nil {
		t.Fatal(err)
	}
	if len(e.Signatures) != 2 || len(e.Base) != 64 || !bytes.Equal(e.KeyText, p256) || !e.Key.Equal(samplekey.Point(elliptic.P256(), 3)) ||
		!slices.Equal(e.Mandatory, []int{0, 2, 30}) || len(e.Labels) != 2 || e.Labels[0] != "uAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQE" {
		t.Errorf("%+v", e)
	}
	// Nothing mandatory, nothing chosen, no blank node: each can be.
	if _, err := ParseECDSA(encode(t, 1, make([]byte, 64), p256, []int{}, byteMap{}, []int{})); err != nil {
		t.Error(err)
	}

	good := encode(t, 1, ecdsaMembers(nothing)...)
	set := func(place int, value any) []byte {
		return encode(t, 1, ecdsaMembers(func(m []any) { m[place] = value })...)
	}
	many := make([][]byte, limits.SignedStatements+1)
	for i := range many {
		many[i] = make([]byte, 64)
	}
	rows := []struct {
		name  string
		value []byte
		code  report.Code
	}{
		{"base", encode(t, 0, ecdsaMembers(nothing)...), report.ProofBaseProof},
		{"base that is cut", []byte{0xd9, 0x5d, 0}, report.ProofBaseProof},
		{"nothing", nil, ""}, {"header only", good[:3], ""}, {"cut header", good[:2], ""},
		{"another header", append([]byte{0xd9, 0x5c, 1}, good[3:]...), ""},
		{"of bbs", append([]byte{0xd9, 0x5d, 3}, good[3:]...), ""},
		{"bytes behind", append(slices.Clone(good), 0), ""},
		{"four members", encode(t, 1, ecdsaMembers(nothing)[:4]...), ""},
		{"six members", encode(t, 1, append(ecdsaMembers(nothing), 1)...), ""},
		{"base signature short", set(0, make([]byte, 63)), ""},
		{"base signature long", set(0, make([]byte, 65)), ""},
		{"base signature as text", set(0, strings.Repeat("a", 64)), ""},
		{"base signature tagged", set(0, library.Tag{Number: 64, Content: make([]byte, 64)}), ""},
		{"key short", set(1, p256[:34]), ""},
		{"key long", set(1, append(slices.Clone(p256), 0)), ""},
		{"key of P-384", set(1, append([]byte{0x81}, p256[1:]...)), ""},
		{"key off curve", set(1, append([]byte{0x80, 0x24}, samplekey.OffCurve()...)), ""},
		{"key uncompressed", set(1, append([]byte{0x80, 0x24, 4}, p256[3:]...)), ""},
		{"signature short", set(2, [][]byte{make([]byte, 64), make([]byte, 63)}), ""},
		{"signature empty", set(2, [][]byte{{}}), ""},
		{"signatures no array", set(2, make([]byte, 64)), ""},
		{"too many signatures", set(2, many), ""},
		{"labels no map", set(3, []int{}), ""},
		{"label short", set(3, byteMap{0: digest(1)[:31]}), ""},
		{"label empty", set(3, byteMap{0: {}}), ""},
		{"label a number", set(3, map[int]int{0: 1}), ""},
		{"label doubled", set(3, byteMap{0: digest(1), 1: digest(1)}), ""},
		{"label left out", set(3, byteMap{0: digest(1), 2: digest(2)}), ""},
		{"label below zero", set(3, byteMap{-1: digest(1), 0: digest(2)}), ""},
		{"label by text", set(3, map[string][]byte{"0": digest(1)}), ""},
		{"places not in order", set(4, []int{2, 0}), ""},
		{"places doubled", set(4, []int{2, 2}), ""},
		{"place below zero", set(4, []int{-1, 2}), ""},
		{"place too high", set(4, []int{limits.Quads}), ""},
		{"place far too high", set(4, []uint64{1 << 63}), ""},
		{"place broken", set(4, []float64{1.5}), ""},
		{"places null", set(4, nil), ""},
	}
	for _, row := range rows {
		want := row.code
		if want == "" {
			want = report.ProofDisclosureMalformed
		}
		if e, err := ParseECDSA(row.value); report.CodeOf(err) != want || e != nil {
			t.Errorf("%s: %v, want %s", row.name, err, want)
		}
	}
	for i := 3; i < len(good); i++ {
		if _, err := ParseECDSA(good[:i]); report.CodeOf(err) != report.ProofDisclosureMalformed {
			t.Errorf("cut to %d: %v", i, err)
		}
	}
	// A key twice, and keys in another order, which no map forbids.
	twice := bytes.Replace(good, append([]byte{1, 0x58, 32}, digest(2)...), append([]byte{0, 0x58, 32}, digest(2)...), 1)
	if _, err := ParseECDSA(twice); bytes.Equal(twice, good) || report.CodeOf(err) != report.ProofDisclosureMalformed {
		t.Error("a label twice:", err)
	}
	one, two := append([]byte{0, 0x58, 32}, digest(1)...), append([]byte{1, 0x58, 32}, digest(2)...)
	swapped := bytes.Replace(good, slices.Concat(one, two), slices.Concat(two, one), 1)
	if other, err := ParseECDSA(swapped); bytes.Equal(swapped, good) || err != nil || !slices.Equal(other.Labels, e.Labels) {
		t.Error("labels in another order:", err)
	}
}

func TestParseBBS(t *testing.T) {
	b, err := ParseBBS(encode(t, 3, bbsMembers(nothing)...))
	if err != nil {
		t.Fatal(err)
	}
	if b.Bound || b.Signed != 5 || !slices.Equal(b.Labels, Labels{"b2", "b0"}) || !slices.Equal(b.Mandatory, []int{0, 1}) ||
		!slices.Equal(b.Selective, []int{0, 4}) || string(b.Presentation) != "header" || len(b.Proof) != 272+3*32 {
		t.Errorf("%+v", b)
	}
	b, err = ParseBBS(encode(t, 5, append(bbsMembers(func(m []any) { m[3] = []int{0, 2} }), 3)...))
	if err != nil || !b.Bound || b.Signed != 3 {
		t.Errorf("%+v %v", b, err)
	}
	set := func(place int, value any) []byte {
		return encode(t, 3, bbsMembers(func(m []any) { m[place] = value })...)
	}
	bind := func(count any, change func(m []any)) []byte {
		return encode(t, 5, append(bbsMembers(change), count)...)
	}
	for _, row := range []struct {
		name  string
		value []byte
		code  report.Code
	}{
		{"base", encode(t, 2), report.ProofBaseProof},
		{"base, bound", encode(t, 4), report.ProofBaseProof},
		{"base, pseudonym", encode(t, 6), report.ProofBaseProof},
		{"base, both", encode(t, 8), report.ProofBaseProof},
		{"pseudonym", encode(t, 7, bbsMembers(nothing)...), report.ProofFeatureUnsupported},
		{"both", encode(t, 9, bbsMembers(nothing)...), report.ProofFeatureUnsupported},
		{"of ecdsa", encode(t, 1, bbsMembers(nothing)...), ""},
		{"unknown", encode(t, 10, bbsMembers(nothing)...), ""},
		{"six members", encode(t, 3, append(bbsMembers(nothing), 5)...), ""},
		{"bound, five members", encode(t, 5, bbsMembers(nothing)...), ""},
		{"proof short", set(0, make([]byte, 271)), ""},
		{"proof of no whole scalars", set(0, make([]byte, 273)), ""},
		{"proof of too many", set(0, make([]byte, 272+32*limits.SignedStatements)), ""},
		{"labels of bytes", set(1, byteMap{0: digest(1)}), ""},
		{"label doubled", set(1, map[int]int{0: 1, 1: 1}), ""},
		{"label left out", set(1, map[int]int{0: 1, 3: 2}), ""},
		{"label below zero", set(1, map[int]int{0: -1}), ""},
		{"label far too high", set(1, map[int]uint64{0: 1 << 40}), ""},
		{"mandatory not in order", set(2, []int{1, 0}), ""},
		{"chosen not in order", set(3, []int{1, 0}), ""},
		{"chosen doubled", set(3, []int{1, 1}), ""},
		{"chosen too high", set(3, []int{0, 5}), ""},
		{"presentation null", set(4, nil), ""},
		{"presentation a text", set(4, "header"), ""},
		{"bound to nothing", bind(5, nothing), ""},
		{"bound, too many", bind(6, nothing), ""},
		{"bound, below zero", bind(-1, nothing), ""},
		{"bound, chosen of the holder", bind(4, nothing), ""},
		{"bound, null", bind(nil, nothing), ""},
	} {
		want := row.code
		if want == "" {
			want = report.ProofDisclosureMalformed
		}
		if b, err := ParseBBS(row.value); report.CodeOf(err) != want || b != nil {
			t.Errorf("%s: %v, want %s", row.name, err, want)
		}
	}
	if _, err := ParseBBS(encode(t, 7)); report.CodeOf(err) != report.ProofFeatureUnsupported {
		t.Error(err)
	} else if p := err.(*report.Problem); p.Facts["what"] != "pseudonym" {
		t.Errorf("%v", p.Facts)
	}
}

func canonical(t testing.TB) *rdfc.Canonical {
	t.Helper()
	iri := func(v string) rdf.Term { return rdf.Term{Kind: rdf.IRI, Value: v} }
	blank := func(v string) rdf.Term { return rdf.Term{Kind: rdf.Blank, Value: v} }
	text := func(v string) rdf.Term { return rdf.Term{Kind: rdf.Literal, Value: v, Datatype: rdf.String} }
	c, err := rdfc.Canonicalize([]rdf.Quad{
		{Subject: blank("x"), Predicate: iri("urn:to"), Object: blank("y")},
		{Subject: blank("x"), Predicate: iri("urn:name"), Object: text("c14n0")},
		{Subject: blank("y"), Predicate: iri("urn:name"), Object: text("_:c14n1 .")},
		{Subject: iri("urn:z"), Predicate: iri("urn:in"), Object: text("z"), Graph: blank("y")},
	}, crypto.SHA256)
	if err != nil {
		t.Fatal(err)
	}
	return c
}

func TestSplit(t *testing.T) {
	c := canonical(t)
	x, y := int(c.Labels["x"][4]-'0'), int(c.Labels["y"][4]-'0')
	labels := make(Labels, 2)
	labels[x], labels[y] = "b9", "b5"
	all := []string{
		"<urn:z> <urn:in> \"z\" _:b5 .\n",
		"_:b5 <urn:name> \"_:c14n1 .\" .\n",
		"_:b9 <urn:name> \"c14n0\" .\n",
		"_:b9 <urn:to> _:b5 .\n",
	}
	p, err := Split(c, labels, []int{0, 2})
	if err != nil {
		t.Fatal(err)
	}
	sum := sha256.Sum256([]byte(all[0] + all[2]))
	if !bytes.Equal(p.MandatoryHash, sum[:]) || !slices.Equal(p.Others, []string{all[1], all[3]}) {
		t.Errorf("%q", p.Others)
	}
	// The places are those before the new labels.
	for i, place := range p.Chosen {
		want := strings.NewReplacer("_:b5 <", "_:c14n"+string(rune('0'+y))+" <", "_:b9 <", "_:c14n"+string(rune('0'+x))+" <", "_:b5 .", "_:c14n"+string(rune('0'+y))+" .").Replace(p.Others[i])
		if c.Lines[place] != want {
			t.Errorf("%q is from %q", p.Others[i], c.Lines[place])
		}
	}
	if !strings.HasPrefix(c.Lines[p.Mandatory[0]], "<urn:z>") || len(p.Mandatory) != 2 {
		t.Error(p.Mandatory)
	}
	// All and none are fine.
	if p, err := Split(c, labels, []int{0, 1, 2, 3}); err != nil || len(p.Others) != 0 {
		t.Error(err)
	}
	empty := sha256.Sum256(nil)
	if p, err := Split(c, labels, nil); err != nil || len(p.Others) != 4 || !bytes.Equal(p.MandatoryHash, empty[:]) {
		t.Error(err)
	}
	for name, bad := range map[string]func() error{
		"a label less":  func() error { _, err := Split(c, labels[:1], nil); return err },
		"a label more":  func() error { _, err := Split(c, append(slices.Clone(labels), "b7"), nil); return err },
		"place too far": func() error { _, err := Split(c, labels, []int{4}); return err },
	} {
		if err := bad(); report.CodeOf(err) != report.SignatureMismatch {
			t.Errorf("%s: %v", name, err)
		}
	}
}

func FuzzParse(f *testing.F) {
	f.Add(encode(f, 1, ecdsaMembers(nothing)...))
	f.Add(encode(f, 3, bbsMembers(nothing)...))
	f.Add(encode(f, 5, append(bbsMembers(func(m []any) { m[3] = []int{0, 2} }), 3)...))
	f.Add(encode(f, 1, make([]byte, 64), p256, []int{}, byteMap{}, []int{}))
	c := canonical(f)
	f.Fuzz(func(t *testing.T, data []byte) {
		e, err := ParseECDSA(data)
		if err == nil {
			for _, signature := range append(e.Signatures, e.Base) {
				if len(signature) != 64 {
					t.Fatal("a signature of another length")
				}
			}
			sound(t, c, e.Labels, e.Mandatory)
		}
		b, err := ParseBBS(data)
		if err == nil {
			if b.Signed > limits.SignedStatements || !rising(b.Selective, b.Signed) {
				t.Fatalf("%+v", b)
			}
			sound(t, c, b.Labels, b.Mandatory)
		}
		if e != nil && b != nil {
			t.Fatal("of both kinds")
		}
	})
}

// sound: labels name each node once, and a split loses no statement.
func sound(t *testing.T, c *rdfc.Canonical, labels Labels, mandatory []int) {
	known := map[string]bool{}
	for _, label := range labels {
		if len(label) < 2 || known[label] {
			t.Fatalf("%q", labels)
		}
		known[label] = true
	}
	p, err := Split(c, labels, mandatory)
	if err != nil {
		return
	}
	places := append(slices.Clone(p.Mandatory), p.Chosen...)
	slices.Sort(places)
	if len(places) != len(c.Lines) || len(slices.Compact(places)) != len(c.Lines) || len(p.Others) != len(p.Chosen) || len(p.Mandatory) != len(mandatory) {
		t.Fatalf("%+v", p)
	}
}
