package proof

import (
	"crypto"
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/sealcheck/sealcheck/verifier/internal/limits"
	"github.com/sealcheck/sealcheck/verifier/internal/multibase"
	"github.com/sealcheck/sealcheck/verifier/internal/strictjson"
	"github.com/sealcheck/sealcheck/verifier/internal/yardstick"
	"github.com/sealcheck/sealcheck/verifier/report"
)

// chained makes an eddsa-jcs-2022 proof with an id that builds on earlier
// ones; key is 0 or 1.
func chained(t testing.TB, key int, id, previous string, earlier ...string) string {
	t.Helper()
	text := eddsaOptions
	if id != "" {
		text = strings.Replace(text, `{`, `{"id":"`+id+`",`, 1)
	}
	if previous != "" {
		text = strings.TrimSuffix(text, "}") + `,"previousProof":` + previous + `}`
	}
	document, options := mustJSON(t, plainDocument), mustJSON(t, text)
	if len(earlier) > 0 {
		document = document.With("proof", mustJSON(t, several(earlier...)))
	}
	data, err := hashData(crypto.SHA256, document, options)
	if err != nil {
		t.Fatal(err)
	}
	value := "z" + multibase.EncodeBase58(sign(algorithmNamed("EdDSA"), pairs()[Ed25519][key].private, data))
	return string(options.With("proofValue", strictjson.NewString(value)).Append(nil))
}

func several(proofs ...string) string { return "[" + strings.Join(proofs, ",") + "]" }

// TestProofChain: each proof is over the document with the proofs that it names, in
// the order in which it names them, wherever they stand.
func TestProofChain(t *testing.T) {
	a, b := chained(t, 0, "urn:a", ""), chained(t, 1, "urn:b", "")
	c := chained(t, 0, "urn:c", `["urn:b","urn:a"]`, b, a)
	d := chained(t, 1, "", `"urn:c"`, c)
	keys := [...]int{0, 1, 0, 1}
	proofs, findings := read(t, withProof(t, plainDocument, several(a, b, c, d)), false)
	if findings.Outcome() != report.Pass || !findings.Has(report.ProofChain) || len(proofs) != 4 {
		t.Fatalf("%v", findings)
	}
	for i, want := range [][]int{nil, nil, {1, 0}, {2}} {
		if !slices.Equal(proofs[i].After, want) {
			t.Errorf("proof %d builds on %v, want %v", i, proofs[i].After, want)
		}
		if err := Verify(&proofs[i], pairs()[Ed25519][keys[i]].public, nil); err != nil {
			t.Errorf("proof %d: %v", i, err)
		}
	}
	// In another order in the file they are the same.
	proofs, findings = read(t, withProof(t, plainDocument, several(d, c, b, a)), false)
	if !findings.Outcome().Lets() || !slices.Equal(proofs[0].After, []int{1}) || !slices.Equal(proofs[1].After, []int{2, 3}) {
		t.Fatalf("%v", findings)
	}
	for i := range proofs {
		if err := Verify(&proofs[i], pairs()[Ed25519][keys[3-i]].public, nil); err != nil {
			t.Errorf("the other way round, proof %d: %v", i, err)
		}
	}
	// An unchained set says nothing of chains.
	if _, findings = read(t, withProof(t, plainDocument, several(a, b)), false); findings.Has(report.ProofChain) {
		t.Errorf("%v", findings)
	}

	// Whatever changes in an earlier proof breaks every one that covers it:
	// the bits of its value, its key, its time; or one that is left out.
	for name, change := range map[string]func(string) string{
		"another value": func(p string) string {
			return strings.Replace(p, mustJSON(t, p).At("proofValue").Text(), "z"+strings.Repeat("3", 87), 1)
		},
		"another time":   func(p string) string { return strings.Replace(p, "03:04:05", "03:04:06", 1) },
		"another method": func(p string) string { return strings.Replace(p, "#z6M", "#z6N", 1) },
		"one more word":  func(p string) string { return strings.Replace(p, "{", `{"nonce":"1",`, 1) },
	} {
		proofs, findings := read(t, withProof(t, plainDocument, several(change(a), b, c)), false)
		if findings.Outcome() == report.Pass && codeOf(Verify(&proofs[2], pairs()[Ed25519][0].public, nil)) != report.SignatureMismatch {
			t.Errorf("%s: %v", name, findings)
		}
	}
	// A chained proof without its previousProof is not the one that was made.
	alone := strings.Replace(c, `,"previousProof":["urn:b","urn:a"]`, "", 1)
	if got := verdict(t, withProof(t, plainDocument, several(a, b, alone)), false, pairs()[Ed25519][0].public); got != report.SignatureMismatch {
		t.Errorf("%q", got)
	}
	// The order is part of what such a suite signs.
	other := strings.Replace(c, `["urn:b","urn:a"]`, `["urn:a","urn:b"]`, 1)
	if got := codeOf(Verify(&first(read(t, withProof(t, plainDocument, several(other, a, b)), false))[0], pairs()[Ed25519][0].public, nil)); got != report.SignatureMismatch {
		t.Errorf("%q", got)
	}
}

func first(proofs []Proof, _ report.Findings) []Proof { return proofs }

func TestProofChainMalformed(t *testing.T) {
	long := `"urn:a"` + strings.Repeat(`,"urn:a"`, 100_000)
	for _, previous := range []string{
		`"urn:x"`, `"urn:A"`, `""`, `null`, `5`, `true`, `{"id":"urn:a"}`, `[]`, `[null]`, `[["urn:a"]]`, `["urn:a",""]`, `["urn:a","urn:x"]`,
		`["urn:a","urn:a"]`, `"urn:self"`, `["urn:a","urn:self"]`, `"urn:twice"`, `"urn:number"`, `"5"`, `[` + long + `]`,
	} {
		plain := chained(t, 0, "urn:a", "")
		twice := chained(t, 0, "urn:twice", "")
		number := strings.Replace(plain, `"urn:a"`, `5`, 1)
		bad := chained(t, 0, "urn:self", previous)
		proofs, findings := read(t, withProof(t, plainDocument, several(plain, twice, twice, number, bad)), false)
		if findings.Outcome() != report.Fail || !findings.Has(report.ProofChainMalformed) || proofs[4].Supported() || proofs[4].After != nil {
			t.Errorf("%.60s: %v", previous, findings)
		}
	}
	// In a single proof there is nothing that it could name but itself.
	for _, previous := range []string{`"urn:self"`, `"urn:x"`} {
		if got := verdict(t, withProof(t, plainDocument, chained(t, 0, "urn:self", previous)), false, pairs()[Ed25519][0].public); got != report.ProofChainMalformed {
			t.Errorf("%s: %q", previous, got)
		}
	}
}

// TestProofChainCircular: of proofs that build on each other none can have been
// made first; and looking for that costs no more than the proofs there are.
func TestProofChainCircular(t *testing.T) {
	a, b := chained(t, 0, "urn:a", `"urn:b"`), chained(t, 0, "urn:b", `"urn:a"`)
	c, d := chained(t, 0, "urn:c", `"urn:a"`), chained(t, 0, "urn:d", "")
	proofs, findings := read(t, withProof(t, plainDocument, several(a, b, c, d)), false)
	if findings.Outcome() != report.Fail || proofs[0].Supported() || proofs[1].Supported() || !proofs[3].Supported() {
		t.Errorf("%v", findings)
	}
	var names, all []string
	for i := range limits.Proofs {
		names = append(names, fmt.Sprintf(`"urn:%d"`, i))
	}
	for i := range limits.Proofs {
		others := slices.Delete(slices.Clone(names), i, i+1)
		all = append(all, chained(t, 0, fmt.Sprintf("urn:%d", i), several(others...)))
	}
	took := yardstick.Units(func() { proofs, findings = read(t, withProof(t, plainDocument, several(all...)), false) })
	if findings.Outcome() != report.Fail || slices.ContainsFunc(proofs, func(p Proof) bool { return p.Supported() }) {
		t.Errorf("%v", findings)
	}
	if took > 5000 {
		t.Errorf("took %.0f units", took)
	}
}

// TestProofChainUnknown: a chained proof of a suite that is not known stays
// unknown, and one that builds on it is told where it stands.
func TestProofChainUnknown(t *testing.T) {
	unknown := `{"id":"urn:u","type":"DataIntegrityProof","cryptosuite":"later-2030","verificationMethod":"did:a#b","proofPurpose":"assertionMethod","previousProof":"urn:x"}`
	a := chained(t, 0, "urn:a", `"urn:u"`, unknown)
	proofs, findings := read(t, withProof(t, plainDocument, several(unknown, a)), false)
	if findings.Outcome() != report.Warn || proofs[0].Supported() || !slices.Equal(proofs[1].After, []int{0}) {
		t.Errorf("%v", findings)
	}
	if err := Verify(&proofs[1], pairs()[Ed25519][0].public, nil); err != nil {
		t.Error(err)
	}
}
