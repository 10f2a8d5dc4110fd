package proof

import (
	"crypto"
	"strings"
	"testing"

	"github.com/sealcheck/sealcheck/verifier/internal/multibase"
	"github.com/sealcheck/sealcheck/verifier/internal/strictjson"
	"github.com/sealcheck/sealcheck/verifier/report"
)

func mustJSON(t testing.TB, text string) strictjson.Value {
	t.Helper()
	value, err := strictjson.Parse([]byte(text))
	if err != nil {
		t.Fatal(err)
	}
	return value
}

// embed makes one Data Integrity proof with the key of a kind. options is the
// proof without its value; the hash of the parts is that of the suite.
func embed(t testing.TB, kind, document, options string) string {
	t.Helper()
	doc, opts := mustJSON(t, document).Without("proof"), mustJSON(t, options)
	if context, ok := opts.Get("@context"); ok {
		doc = doc.With("@context", context)
	}
	hash, alg := crypto.SHA256, map[string]string{Ed25519: "EdDSA", P256: "ES256", P384: "ES384"}[kind]
	if kind == P384 {
		hash = crypto.SHA384
	}
	data, err := hashData(hash, doc, opts)
	if err != nil {
		t.Fatal(err)
	}
	value := "z" + multibase.EncodeBase58(sign(algorithmNamed(alg), pairs()[kind][0].private, data))
	return string(opts.With("proofValue", strictjson.NewString(value)).Append(nil))
}

func withProof(t testing.TB, document, proof string) string {
	return string(mustJSON(t, document).With("proof", mustJSON(t, proof)).Append(nil))
}

const (
	plainDocument = `{"@context":["https://www.w3.org/ns/credentials/v2","https://e.example/c"],"type":["VerifiableCredential"],"issuer":"did:key:z6M","credentialSubject":{"name":"Ü \u20ac","n":1.50}}`
	eddsaOptions  = `{"type":"DataIntegrityProof","cryptosuite":"eddsa-jcs-2022","created":"2026-01-02T03:04:05Z","verificationMethod":"did:key:z6M#z6M","proofPurpose":"assertionMethod"}`
	ecdsaOptions  = `{"type":"DataIntegrityProof","cryptosuite":"ecdsa-jcs-2019","verificationMethod":"did:key:zDn#zDn","proofPurpose":"assertionMethod","expires":"2030-01-01T00:00:00+01:00"}`
)

func TestJCSSuites(t *testing.T) {
	for _, test := range []struct{ kind, options string }{{Ed25519, eddsaOptions}, {P256, ecdsaOptions}, {P384, ecdsaOptions}} {
		file := withProof(t, plainDocument, embed(t, test.kind, plainDocument, test.options))
		proofs, findings := read(t, file, false)
		if findings.Outcome() != report.Pass || !findings.Has(report.ProofDataIntegrity) {
			t.Fatalf("%s: %v", test.kind, findings)
		}
		p := &proofs[0]
		if p.Path != "/proof" || !strings.HasPrefix(p.Reference.KeyID, "did:key:") || p.Reference.Purpose != AssertionMethod || p.Reference.Algorithm != "" ||
			p.Reference.Created.IsZero() == p.Expires.IsZero() {
			t.Errorf("%s: %+v", test.kind, p)
		}
		public := pairs()[test.kind][0].public
		if err := Verify(p, public, nil); err != nil {
			t.Errorf("%s: %v", test.kind, err)
		}
		if got := codeOf(Verify(p, pairs()[test.kind][1].public, nil)); got != report.SignatureMismatch {
			t.Errorf("%s: another key: %q", test.kind, got)
		}
		for kind, keys := range pairs() {
			if got := codeOf(Verify(p, keys[0].public, nil)); kind != test.kind && (got == "" || !contains(p.Reference.Curves, kind) && got != report.KeyAlgorithmMismatch) {
				t.Errorf("%s: a key of %s: %q", test.kind, kind, got)
			}
		}
		// The same JSON written otherwise is the same document; any other
		// change is not.
		for from, to := range map[string]string{`1.50`: `15e-1`, `,"type":`: ` , "type" :`, `"Ü `: `"\u00dc `} {
			if got := verdict(t, strings.Replace(file, from, to, 1), false, public); got != "" {
				t.Errorf("%s: %s: %q", test.kind, to, got)
			}
		}
		for from, to := range map[string]string{
			`1.50`: `1.51`, `"Ü `: `"U `, `did:key:`: `did:web:`, `"VerifiableCredential"`: `"VerifiableCredential","Extra"`,
			`"proof":`: `"added":null,"proof":`, `"type":"DataIntegrityProof"`: `"type":"DataIntegrityProof","nonce":"1"`,
			`https://e.example/c`: `https://e.example/d`, `#z`: `#y`,
		} {
			if !strings.Contains(file, from) {
				t.Fatal(from)
			}
			if got := verdict(t, strings.Replace(file, from, to, 1), false, public); got != report.SignatureMismatch {
				t.Errorf("%s: %s: %q", test.kind, to, got)
			}
		}
	}
}

// TestLengthByCurve: 64 bytes fit P-256 and 96 P-384; the key decides.
func TestLengthByCurve(t *testing.T) {
	proofs, _ := read(t, withProof(t, plainDocument, embed(t, P256, plainDocument, ecdsaOptions)), false)
	if got := codeOf(Verify(&proofs[0], pairs()[P384][0].public, nil)); got != report.SignatureMalformed {
		t.Errorf("%q", got)
	}
}

func TestProofContext(t *testing.T) {
	one, two := `"https://www.w3.org/ns/credentials/v2"`, `"https://e.example/c"`
	options := func(context string) string {
		return strings.TrimSuffix(eddsaOptions, "}") + `,"@context":` + context + `}`
	}
	for _, test := range []struct {
		document, proof string
		want            report.Code
		unsigned        bool
	}{
		{`[` + one + `,` + two + `]`, `[` + one + `,` + two + `]`, "", false},
		{`[` + one + `,` + two + `]`, `[` + one + `]`, "", true},
		{`[` + one + `,` + two + `]`, one, "", true},
		{one, `[` + one + `]`, "", false},
		{`[` + one + `,` + two + `]`, `[` + two + `]`, report.ProofContextMismatch, false},
		{`[` + one + `,` + two + `]`, `[` + two + `,` + one + `]`, report.ProofContextMismatch, false},
		{`[` + one + `]`, `[` + one + `,` + two + `]`, report.ProofContextMismatch, false},
		{`[` + one + `,{"a":"b"}]`, `[` + one + `,{"a":"c"}]`, report.ProofContextMismatch, false},
	} {
		document := strings.Replace(plainDocument, `[`+one+`,`+two+`]`, test.document, 1)
		file := withProof(t, document, embed(t, Ed25519, document, options(test.proof)))
		if got := verdict(t, file, false, pairs()[Ed25519][0].public); got != test.want {
			t.Errorf("document %s, proof %s: %q, want %q", test.document, test.proof, got, test.want)
		}
		if _, findings := read(t, file, false); findings.Has(report.ProofContextUnsigned) != test.unsigned {
			t.Errorf("document %s, proof %s: %v", test.document, test.proof, findings)
		}
	}
}

func TestEmbeddedRules(t *testing.T) {
	public := pairs()[Ed25519][0].public
	for _, test := range []struct {
		name, from, to string
		presentation   bool
		want           report.Code
	}{
		{"no purpose", `,"proofPurpose":"assertionMethod"`, ``, false, report.ProofPurposeMissing},
		{"purpose null", `"assertionMethod"`, `null`, false, report.ProofMalformed},
		{"purpose list", `"assertionMethod"`, `["assertionMethod"]`, false, report.ProofMalformed},
		{"purpose authentication", `assertionMethod`, `authentication`, false, report.ProofPurposeWrong},
		{"purpose delegation", `assertionMethod`, `capabilityDelegation`, true, report.ProofPurposeWrong},
		{"purpose in another case", `assertionMethod`, `AssertionMethod`, false, report.ProofPurposeWrong},
		{"a presentation to log in", `assertionMethod`, `authentication`, true, ""},
		{"a presentation that asserts", `x`, `x`, true, ""},
		{"no method", `"verificationMethod":"did:key:z6M#z6M",`, ``, false, report.ProofMethodMissing},
		{"empty method", `did:key:z6M#z6M`, ``, false, report.ProofMethodMissing},
		{"a method that is a key", `"did:key:z6M#z6M"`, `{"id":"did:key:z6M#z6M","type":"Multikey"}`, false, report.ProofMalformed},
		{"created without zone", `05Z`, `05`, false, report.ProofCreatedMalformed},
		{"created on a day", `T03:04:05Z`, ``, false, report.ProofCreatedMalformed},
		{"created a number", `"2026-01-02T03:04:05Z"`, `5`, false, report.ProofCreatedMalformed},
		{"created empty", `2026-01-02T03:04:05Z`, ``, false, report.ProofCreatedMalformed},
		{"expires malformed", `"created"`, `"expires":"never","created"`, false, report.ProofExpiresMalformed},
		{"expires null", `"created"`, `"expires":null,"created"`, false, report.ProofExpiresMalformed},
		{"a chain", `"created"`, `"previousProof":"urn:uuid:1","created"`, false, report.ProofChainMalformed},
		{"an RDF suite", `eddsa-jcs-2022`, `eddsa-rdfc-2099`, false, report.ProofSuiteUnsupported},
		{"a suite in another case", `eddsa-jcs-2022`, `EDDSA-JCS-2022`, false, report.ProofSuiteUnsupported},
		{"another type", `DataIntegrityProof`, `JsonWebSignature2099`, false, report.ProofSuiteUnsupported},
		{"a suite for other keys", `eddsa-jcs-2022`, `ecdsa-jcs-2019`, false, report.KeyAlgorithmMismatch},
	} {
		options := strings.Replace(eddsaOptions, test.from, test.to, 1)
		file := withProof(t, plainDocument, embed(t, Ed25519, plainDocument, options))
		if got := verdict(t, file, test.presentation, public); got != test.want {
			t.Errorf("%s: %q, want %q", test.name, got, test.want)
		}
	}
	for name, want := range map[string]report.Code{
		`"proofValue":null`: report.ProofValueMalformed, `"proofValue":""`: report.ProofValueMissing, `"x":1`: report.ProofValueMissing,
		`"proofValue":"z"`: report.ProofValueMalformed, `"proofValue":"u` + strings.Repeat("A", 86) + `"`: report.ProofValueMalformed,
		`"proofValue":"z` + strings.Repeat("2", 87) + `"`: report.ProofValueMalformed, `"proofValue":"z0OIl"`: report.ProofValueMalformed,
		`"proofValue":"z` + strings.Repeat("2", 5000) + `"`:                report.ProofValueMalformed,
		`"proofValue":"z` + multibase.EncodeBase58(make([]byte, 63)) + `"`: report.ProofValueMalformed,
		`"proofValue":"z` + multibase.EncodeBase58(make([]byte, 96)) + `"`: report.ProofValueMalformed,
		`"proofValue":"z` + multibase.EncodeBase58(make([]byte, 64)) + `"`: report.SignatureMismatch,
		`"jws":"e30..AA"`: report.ProofValueMissing,
	} {
		file := withProof(t, plainDocument, strings.TrimSuffix(eddsaOptions, "}")+`,`+name+`}`)
		if got := verdict(t, file, false, public); got != want {
			t.Errorf("%.60s: %q, want %q", name, got, want)
		}
	}
}

// TestDisclosedValue: the values of selective disclosure are base64url, and no
// longer than 64 KB.
func TestDisclosedValue(t *testing.T) {
	for text, want := range map[string]int{
		"uAAAA": 3, "u2V0B": 3, "u" + strings.Repeat("A", (mostDisclosed*4+2)/3): mostDisclosed,
		"u": -1, "": -1, "zAAAA": -1, "uA": -1, "uAB": -1, "uAA==": -1, "uAA\n": -1, "U2V0B": -1, "uAA AA": -1,
		"u" + strings.Repeat("A", (mostDisclosed*4+2)/3+1): -1, "u" + strings.Repeat("A", 1<<20): -1,
	} {
		value := strictjson.NewObject([]strictjson.Member{{Key: "proofValue", Value: strictjson.NewString(text)}})
		bytes, err := (&Proof{}).readValue(value, nil)
		if (err == nil) != (want >= 0) || err == nil && len(bytes) != want {
			t.Errorf("%.20q of %d: %d bytes, %v", text, len(text), len(bytes), err)
		}
	}
}

func TestDomain(t *testing.T) {
	options := strings.TrimSuffix(eddsaOptions, "}") + `,"domain":"a.example","challenge":"1"}`
	file := withProof(t, plainDocument, embed(t, Ed25519, plainDocument, options))
	if _, findings := read(t, file, false); findings.Outcome() != report.Warn || !findings.Has(report.ProofDomainUnexpected) {
		t.Errorf("on a credential: %v", findings)
	}
	if _, findings := read(t, file, true); findings.Outcome() != report.Pass {
		t.Errorf("on a presentation: %v", findings)
	}
}

// TestProofSet: each proof of a set is over the document without any (T37).
func TestProofSet(t *testing.T) {
	one, two := embed(t, Ed25519, plainDocument, eddsaOptions), embed(t, P256, plainDocument, ecdsaOptions)
	unknown := `{"type":"DataIntegrityProof","cryptosuite":"later-2030","verificationMethod":"did:a#b","proofPurpose":"assertionMethod"}`
	old := `{"type":"Signature1999"}`
	broken := strings.Replace(two, "assertionMethod", "authentication", 1)

	proofs, findings := read(t, withProof(t, plainDocument, `[`+one+`,`+two+`]`), false)
	if findings.Outcome() != report.Pass || len(proofs) != 2 || proofs[1].Path != "/proof/1" ||
		Verify(&proofs[0], pairs()[Ed25519][0].public, nil) != nil || Verify(&proofs[1], pairs()[P256][0].public, nil) != nil {
		t.Errorf("two good ones: %v", findings)
	}
	for _, member := range []string{unknown, old} {
		proofs, findings = read(t, withProof(t, plainDocument, `[`+member+`,`+one+`]`), false)
		if findings.Outcome() != report.Warn || !findings.Has(report.ProofSetMemberUnknown) || findings.Has(report.ProofSuiteUnsupported) ||
			proofs[0].Supported() || Verify(&proofs[1], pairs()[Ed25519][0].public, nil) != nil {
			t.Errorf("one unknown: %v", findings)
		}
		proofs, findings = read(t, withProof(t, plainDocument, `[`+member+`,`+member+`]`), false)
		if findings.Outcome() != report.Unknown || !findings.Has(report.ProofSuiteUnsupported) || len(proofs) != 2 {
			t.Errorf("all unknown: %v", findings)
		}
	}
	if _, findings = read(t, withProof(t, plainDocument, `[`+one+`,`+broken+`]`), false); findings.Outcome() != report.Fail {
		t.Errorf("one broken: %v", findings)
	}
	if _, findings = read(t, withProof(t, plainDocument, `[`+one+`,null]`), false); !findings.Has(report.ProofMalformed) {
		t.Errorf("one null: %v", findings)
	}
	// A set with one proof is a set.
	if proofs, _ = read(t, withProof(t, plainDocument, `[`+one+`]`), false); proofs[0].Path != "/proof/0" || Verify(&proofs[0], pairs()[Ed25519][0].public, nil) != nil {
		t.Error("a set of one does not verify")
	}
}

func TestDateTimeStamp(t *testing.T) {
	for text, want := range map[string]string{
		"2026-01-02T03:04:05Z": "2026-01-02T03:04:05Z", "2026-01-02T03:04:05.250Z": "2026-01-02T03:04:05.25Z",
		"2026-01-02T03:04:05+01:00": "2026-01-02T02:04:05Z", "2026-01-02T03:04:05-14:00": "2026-01-02T17:04:05Z",
		"2024-02-29T00:00:00Z": "2024-02-29T00:00:00Z",
		"":                     "", "2026-01-02": "", "2026-01-02T03:04:05": "", "2026-01-02T03:04:05z": "", "2026-01-02t03:04:05Z": "",
		"2026-01-02 03:04:05Z": "", "2026-01-02T3:04:05Z": "", "2026-01-02T03:04:05,5Z": "", "2026-01-02T03:04:05.Z": "",
		"2026-02-30T03:04:05Z": "", "2025-02-29T00:00:00Z": "", "2026-01-02T24:00:00Z": "", "2026-01-02T03:04:60Z": "", "2026-13-02T03:04:05Z": "",
		"2026-01-02T03:04:05+14:01": "", "2026-01-02T03:04:05+1:00": "", "2026-01-02T03:04:05+0100": "", "2026-01-02T03:04:05Z ": "",
		"12026-01-02T03:04:05Z": "", "-2026-01-02T03:04:05Z": "", "٢٠٢٦-01-02T03:04:05Z": "",
		"2026-01-02T03:04:05." + strings.Repeat("0", 100) + "Z": "",
	} {
		got, ok := dateTimeStamp(text)
		if ok != (want != "") || ok && got.Format("2006-01-02T15:04:05.999Z") != want {
			t.Errorf("%q: %v %v", text, got, ok)
		}
	}
}
