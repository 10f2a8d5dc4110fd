package proof

import (
	"crypto"
	"strings"
	"testing"

	"github.com/sealcheck/sealcheck/verifier/internal/linked"
	"github.com/sealcheck/sealcheck/verifier/internal/multibase"
	"github.com/sealcheck/sealcheck/verifier/internal/strictjson"
	"github.com/sealcheck/sealcheck/verifier/report"
)

// oldDocument is a credential of VC 1.1 with the contexts of all old suites.
const oldDocument = `{"@context":["https://www.w3.org/2018/credentials/v1","https://w3id.org/security/suites/ed25519-2020/v1",` +
	`"https://w3id.org/security/suites/jws-2020/v1"],"type":["VerifiableCredential"],"issuer":"did:example:1",` +
	`"issuanceDate":"2024-01-02T03:04:05Z","credentialSubject":{"id":"did:example:2"}}`

// oldOptions are the options of a proof of an old suite.
func oldOptions(suite string) string {
	return `{"type":"` + suite + `","created":"2024-01-02T03:04:05Z","verificationMethod":"did:example:1#k","proofPurpose":"assertionMethod"}`
}

// resolved says that every id is that of one key.
func resolved(public any) func(string) any { return func(string) any { return public } }

// TestLegacySuites: each old suite with each key that it takes, and with none
// that it does not.
func TestLegacySuites(t *testing.T) {
	for _, test := range []struct {
		suite  string
		kinds  []string
		within string // where the value stands
	}{
		{"Ed25519Signature2020", []string{Ed25519}, "proofValue"},
		{"Ed25519Signature2018", []string{Ed25519}, "jws"},
		{"JsonWebSignature2020", []string{Ed25519, P256, P384, Secp256k1, RSA}, "jws"},
		{"EcdsaSecp256k1Signature2019", []string{Secp256k1}, "jws"},
	} {
		for _, kind := range test.kinds {
			file := withProof(t, oldDocument, signMeaning(t, library(), kind, oldDocument, oldOptions(test.suite)))
			proofs, findings := meant(t, file)
			if findings.Outcome() != report.Warn || !findings.Has(report.ProofLegacySuite) || !findings.Has(report.ProofDataIntegrity) {
				t.Errorf("%s with %s: %v", test.suite, kind, findings)
				continue
			}
			p := &proofs[0]
			if p.Suite != Suite(test.suite) || !contains(p.Reference.Curves, kind) || len(p.Reference.Curves) != 1 ||
				(p.Reference.Algorithm != "") != (test.within == "jws") {
				t.Errorf("%s: %+v", test.suite, p)
			}
			if err := Verify(p, pairs()[kind][0].public, nil); err != nil {
				t.Errorf("%s with %s: %v", test.suite, kind, err)
			}
			if got := codeOf(Verify(p, pairs()[kind][1].public, nil)); got != report.SignatureMismatch {
				t.Errorf("%s with another key of %s: %q", test.suite, kind, got)
			}
			for other, keys := range pairs() {
				if got := codeOf(Verify(p, keys[0].public, nil)); other != kind && got != report.KeyAlgorithmMismatch {
					t.Errorf("%s of %s with a key of %s: %q", test.suite, kind, other, got)
				}
			}
			if len(p.Remarks()) != 0 || p.Reading() != 0 {
				t.Errorf("%s: %v", test.suite, p.Remarks())
			}
		}
	}
}

// TestSecp256k1Value: the suite has been written with a proofValue, too.
func TestSecp256k1Value(t *testing.T) {
	options := mustJSON(t, oldOptions("EcdsaSecp256k1Signature2019"))
	document := mustJSON(t, oldDocument)
	data := statementsOf(t, document, options)
	value := "z" + multibase.EncodeBase58(sign(algorithmNamed("ES256K"), pairs()[Secp256k1][0].private, data))
	file := withProof(t, oldDocument, string(options.With("proofValue", strictjson.NewString(value)).Append(nil)))
	if got := becomes(t, file, library(), resolved(pairs()[Secp256k1][0].public)); got != "" {
		t.Errorf("%q", got)
	}
	if got := becomes(t, file, library(), resolved(pairs()[Secp256k1][1].public)); got != report.SignatureMismatch {
		t.Errorf("%q", got)
	}
	if got := becomes(t, strings.Replace(file, "did:example:2", "did:example:3", 1), library(), resolved(pairs()[Secp256k1][0].public)); got != report.SignatureMismatch {
		t.Errorf("%q", got)
	}
}

// statementsOf is what an old suite signs.
func statementsOf(t testing.TB, document, options strictjson.Value) []byte {
	t.Helper()
	var data []byte
	for _, value := range []strictjson.Value{options.With("@context", document.At("@context")), document} {
		digest, err := linked.New(value, library()).Digest(crypto.SHA256, 0)
		if err != nil {
			t.Fatal(err)
		}
		data = append(data, digest...)
	}
	return data
}

// TestDetachedHeader: the signature is good in every case, the header decides.
func TestDetachedHeader(t *testing.T) {
	document, options := mustJSON(t, oldDocument), mustJSON(t, oldOptions("JsonWebSignature2020"))
	data := statementsOf(t, document, options)
	for header, want := range map[string]report.Code{
		`{"alg":"EdDSA","b64":false,"crit":["b64"]}`:                              "",
		`{"crit":["b64"],"b64":false,"alg":"EdDSA"}`:                              "",
		`{"alg":"EdDSA","b64":false,"crit":["b64"],"kid":"k"}`:                    "",
		`{"alg":"EdDSA","b64":false,"crit":["b64"],"jku":"https://x.example"}`:    "",
		`{"alg":"EdDSA","b64":false,"crit":["b64"],"typ":"JOSE"}`:                 "",
		`{"alg":"EdDSA","b64":false,"crit":["b64"],"typ":"at+jwt"}`:               report.ProofTypeWrong,
		`{"alg":"EdDSA","b64":false,"crit":["b64"],"typ":5}`:                      report.ProofHeaderMalformed,
		`{"alg":"EdDSA","b64":false}`:                                             report.ProofB64NotCritical,
		`{"alg":"EdDSA"}`:                                                         report.ProofB64Malformed,
		`{"alg":"EdDSA","b64":true,"crit":["b64"]}`:                               report.ProofB64Malformed,
		`{"alg":"EdDSA","b64":"false","crit":["b64"]}`:                            report.ProofB64Malformed,
		`{"alg":"EdDSA","b64":0,"crit":["b64"]}`:                                  report.ProofB64Malformed,
		`{"alg":"EdDSA","b64":null,"crit":["b64"]}`:                               report.ProofB64Malformed,
		`{"alg":"EdDSA","crit":["b64"]}`:                                          report.ProofCritAbsent,
		`{"alg":"EdDSA","b64":false,"crit":[]}`:                                   report.ProofCritEmpty,
		`{"alg":"EdDSA","b64":false,"crit":"b64"}`:                                report.ProofCritMalformed,
		`{"alg":"EdDSA","b64":false,"crit":["b64","b64"]}`:                        report.ProofCritDuplicate,
		`{"alg":"EdDSA","b64":false,"crit":["b64","x"],"x":1}`:                    report.ProofCritUnknown,
		`{"alg":"EdDSA","b64":false,"crit":["b64","exp"],"exp":1}`:                report.ProofCritUnknown,
		`{"alg":"EdDSA","b64":false,"crit":["alg"]}`:                              report.ProofCritStandard,
		`{"alg":"EdDSA","B64":false,"crit":["B64"]}`:                              report.ProofHeaderMalformed,
		`{"ALG":"EdDSA","b64":false,"crit":["b64"]}`:                              report.ProofHeaderMalformed,
		`{"b64":false,"crit":["b64"]}`:                                            report.ProofAlgorithmMissing,
		`{"alg":"none","b64":false,"crit":["b64"]}`:                               report.ProofAlgorithmNone,
		`{"alg":"NONE","b64":false,"crit":["b64"]}`:                               report.ProofAlgorithmNone,
		`{"alg":"","b64":false,"crit":["b64"]}`:                                   report.ProofAlgorithmNone,
		`{"alg":"HS256","b64":false,"crit":["b64"]}`:                              report.ProofAlgorithmSymmetric,
		`{"alg":"hs512","b64":false,"crit":["b64"]}`:                              report.ProofAlgorithmSymmetric,
		`{"alg":["EdDSA"],"b64":false,"crit":["b64"]}`:                            report.ProofHeaderMalformed,
		`{"alg":null,"b64":false,"crit":["b64"]}`:                                 report.ProofHeaderMalformed,
		`{"alg":"eddsa","b64":false,"crit":["b64"]}`:                              report.ProofAlgorithmUnknown,
		`{"alg":"Ed25519","b64":false,"crit":["b64"]}`:                            report.ProofAlgorithmUnknown,
		`{"alg":"ES512","b64":false,"crit":["b64"]}`:                              report.ProofAlgorithmUnknown,
		`{"alg":"ES256","b64":false,"crit":["b64"]}`:                              report.KeyAlgorithmMismatch,
		`{"alg":"RS256","b64":false,"crit":["b64"]}`:                              report.KeyAlgorithmMismatch,
		`{"alg":"EdDSA","alg":"none","b64":false,"crit":["b64"]}`:                 report.ProofValueMalformed,
		`{"alg":"EdDSA","b64":false,"crit":["b64"],"sigT":"2024-01-02T03:04:05"}`: "",
		`["EdDSA"]`: report.ProofValueMalformed,
		`EdDSA`:     report.ProofValueMalformed,
	} {
		file := withProof(t, oldDocument, string(options.With("jws", strictjson.NewString(detach("EdDSA", header, data))).Append(nil)))
		if got := becomes(t, file, library(), resolved(pairs()[Ed25519][0].public)); got != want {
			t.Errorf("%s: %q, want %q", header, got, want)
		}
	}
	good := detach("EdDSA", `{"alg":"EdDSA","b64":false,"crit":["b64"]}`, data)
	protected, value, _ := strings.Cut(good, "..")
	for jws, want := range map[string]report.Code{
		good:                                 "",
		``:                                   report.ProofValueMissing,
		protected + `..`:                     report.ProofSignatureEmpty,
		protected + `.` + b64("x"):           report.ProofValueMalformed,
		protected + `.x.` + value:            report.ProofValueMalformed,
		protected + `...` + value:            report.ProofValueMalformed,
		protected + `.` + value:              report.ProofValueMalformed,
		` ` + good:                           report.ProofValueMalformed,
		good + `=`:                           report.ProofValueMalformed,
		good + "\n":                          report.ProofValueMalformed,
		good + `AAAA`:                        report.SignatureMalformed,
		protected + `..` + value[:40]:        report.SignatureMalformed,
		`..` + value:                         report.ProofValueMalformed,
		strings.Repeat("A", mostDetached+1):  report.ProofValueMalformed,
		protected + strings.Repeat(".", 100): report.ProofValueMalformed,
	} {
		file := withProof(t, oldDocument, string(options.With("jws", strictjson.NewString(jws)).Append(nil)))
		if got := becomes(t, file, library(), resolved(pairs()[Ed25519][0].public)); got != want {
			t.Errorf("%.80s: %q, want %q", jws, got, want)
		}
	}
	for members, want := range map[string]report.Code{
		`"jws":"` + good + `"`:                     "",
		`"jws":null`:                               report.ProofValueMalformed,
		`"jws":["` + good + `"]`:                   report.ProofValueMalformed,
		`"jws":{}`:                                 report.ProofValueMalformed,
		`"proofValue":"z11"`:                       report.ProofValueMissing,
		`"signatureValue":"` + good + `"`:          report.ProofValueMissing,
		`"jws":"` + good + `","proofValue":"z11"`:  report.ProofMalformed,
		`"jws":"` + good + `","proofValue":null`:   report.ProofMalformed,
		`"jws":"` + good + `","cryptosuite":"x"`:   report.ContextTermUndefined,
		`"jws":"` + good + `","signatureValue":""`: report.ContextTermUndefined,
	} {
		file := withProof(t, oldDocument, strings.TrimSuffix(oldOptions("JsonWebSignature2020"), "}")+`,`+members+`}`)
		if got := becomes(t, file, library(), resolved(pairs()[Ed25519][0].public)); got != want {
			t.Errorf("%.80s: %q, want %q", members, got, want)
		}
	}
}

// TestRS256: made by some signers, and as sound as what the suite asks for.
func TestRS256(t *testing.T) {
	document, options := mustJSON(t, oldDocument), mustJSON(t, oldOptions("JsonWebSignature2020"))
	data := statementsOf(t, document, options)
	for alg, want := range map[string]report.Code{"RS256": "", "PS256": "", "RS512": report.ProofAlgorithmUnknown, "PS384": report.ProofAlgorithmUnknown} {
		jws := detach(alg, `{"alg":"`+alg+`","b64":false,"crit":["b64"]}`, data)
		file := withProof(t, oldDocument, string(options.With("jws", strictjson.NewString(jws)).Append(nil)))
		if got := becomes(t, file, library(), resolved(pairs()[RSA][0].public)); got != want {
			t.Errorf("%s: %q, want %q", alg, got, want)
		}
	}
}

// TestDataIntegrityContext: a document of VC 1.1 may lack the context of its
// proof's words; they are read with it then.
func TestDataIntegrityContext(t *testing.T) {
	bare := `{"@context":"https://www.w3.org/2018/credentials/v1","type":["VerifiableCredential"],"issuer":"did:example:1",` +
		`"issuanceDate":"2024-01-02T03:04:05Z","credentialSubject":{"id":"did:example:2"}}`
	options := strings.TrimSuffix(eddsaMeaning, "}") + `,"@context":["https://www.w3.org/2018/credentials/v1","` + dataIntegrityContext + `"]}`
	proof := mustJSON(t, signMeaning(t, library(), Ed25519, bare, options)).Without("@context")
	file := withProof(t, bare, string(proof.Append(nil)))
	if got := becomes(t, file, library(), resolved(pairs()[Ed25519][0].public)); got != "" {
		t.Errorf("%q", got)
	}
	// Whatever stands first.
	moved := strings.Replace(strings.Replace(file, `"created":"2026-01-02T03:04:05Z",`, ``, 1), `"proof":{`, `"proof":{"created":"2026-01-02T03:04:05Z",`, 1)
	if got := becomes(t, moved, library(), resolved(pairs()[Ed25519][0].public)); got != "" || moved == file {
		t.Errorf("%q", got)
	}
	if got := becomes(t, strings.Replace(file, `"proof":{`, `"proof":{"unheard":"1",`, 1), library(), resolved(pairs()[Ed25519][0].public)); got != report.ContextTermUndefined {
		t.Errorf("%q", got)
	}
}

// TestLegacyContext: the document of an old suite may lack its context, as the
// signers of its day let it; what the proof says is then read with it, and
// means the same.
func TestLegacyContext(t *testing.T) {
	bare := strings.Replace(oldDocument, `,"https://w3id.org/security/suites/ed25519-2020/v1","https://w3id.org/security/suites/jws-2020/v1"`, "", 1)
	if bare == oldDocument {
		t.Fatal("nothing left out")
	}
	for _, suite := range []string{"Ed25519Signature2020", "Ed25519Signature2018", "JsonWebSignature2020"} {
		options := strings.TrimSuffix(oldOptions(suite), "}") + `,"@context":` + string(mustJSON(t, oldDocument).At("@context").Append(nil)) + `}`
		proof := mustJSON(t, signMeaning(t, library(), Ed25519, bare, options)).Without("@context")
		file := withProof(t, bare, string(proof.Append(nil)))
		if got := becomes(t, file, library(), resolved(pairs()[Ed25519][0].public)); got != "" {
			t.Errorf("%s: %q", suite, got)
		}
		if got := becomes(t, strings.Replace(file, "03:04:05Z\",\"verif", "03:04:06Z\",\"verif", 1), library(), resolved(pairs()[Ed25519][0].public)); got != report.SignatureMismatch {
			t.Errorf("%s with another time: %q", suite, got)
		}
	}
}
