package proof

import (
	"strings"
	"testing"

	"github.com/sealcheck/sealcheck/verifier/envelope"
	"github.com/sealcheck/sealcheck/verifier/internal/linked"
	"github.com/sealcheck/sealcheck/verifier/report"
)

// FuzzRead: whatever the file, reading says something, nothing verifies with
// keys that have signed none of it, and what may go on can be checked.
func FuzzRead(f *testing.F) {
	f.Add([]byte(token("ES256", `{"alg":"ES256","kid":"k","crit":["b64"],"b64":true}`, credentialText)), false)
	f.Add([]byte(token("EdDSA", `{"alg":"EdDSA","jwk":{"kty":"OKP"},"x5c":["AAAA"],"typ":"vp+jwt"}`, credentialText)), true)
	f.Add([]byte(seal(`{"etsiU":["e30",{}]}`)), false)
	f.Add([]byte(withProof(f, plainDocument, embed(f, Ed25519, plainDocument, eddsaOptions))), false)
	f.Add([]byte(`{"@context":[],"type":"VerifiableCredential","proof":[{"type":"DataIntegrityProof"},null]}`), false)
	f.Add([]byte(withProof(f, plainDocument, several(chained(f, 0, "urn:a", ""), chained(f, 0, "", `["urn:a"]`, chained(f, 0, "urn:a", ""))))), false)
	f.Add([]byte(withProof(f, plainDocument, several(chained(f, 0, "urn:a", `"urn:b"`), chained(f, 0, "urn:b", `"urn:a"`)))), false)
	for _, name := range [...]string{"Ed25519Signature2020", "Ed25519Signature2018", "JsonWebSignature2020", "EcdsaSecp256k1Signature2019"} {
		jws := detach("EdDSA", `{"alg":"EdDSA","b64":false,"crit":["b64"]}`, []byte("x"))
		f.Add([]byte(withProof(f, oldDocument, strings.Replace(oldOptions(name), "{", `{"jws":"`+jws+`",`, 1))), false)
		f.Add([]byte(withProof(f, oldDocument, strings.Replace(oldOptions(name), "{", `{"proofValue":"`+base58Text(make([]byte, 64))+`",`, 1))), true)
	}
	for _, options := range [...]string{eddsaMeaning, ecdsaMeaning, strings.Replace(eddsaMeaning, "{", `{"@context":["https://www.w3.org/ns/credentials/v2"],"id":"urn:a",`, 1)} {
		f.Add([]byte(withProof(f, meaningDocument, strings.Replace(options, "{", `{"proofValue":"`+base58Text(make([]byte, 64))+`",`, 1))), false)
	}
	f.Fuzz(func(t *testing.T, data []byte, presentation bool) {
		e, findings := envelope.Open(data)
		if !findings.Outcome().Lets() {
			return
		}
		var document *linked.Document
		if e.Form == envelope.JSON {
			document = linked.New(e.Document.Without("proof"), library())
		}
		proofs, findings := Read(e, contentOf(presentation), document)
		if len(findings) == 0 {
			t.Fatal("nothing found")
		}
		supported := false
		for i := range proofs {
			for _, place := range proofs[i].After {
				if place == i || place < 0 || place >= len(proofs) {
					t.Fatalf("proof %d builds on %d", i, place)
				}
			}
			supported = supported || proofs[i].Supported()
			for _, keys := range pairs() {
				if Verify(&proofs[i], keys[1].public, nil) == nil {
					t.Fatal("verifies with a key that has never signed")
				}
			}
		}
		if findings.Outcome().Lets() && !supported {
			t.Fatalf("may go on with nothing to check: %v", findings)
		}
		for _, finding := range findings {
			if finding.Code == report.InternalUnexpected {
				t.Fatalf("%v", findings)
			}
		}
	})
}
