package proof

import (
	"testing"

	"github.com/sealcheck/sealcheck/verifier/envelope"
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
	f.Fuzz(func(t *testing.T, data []byte, presentation bool) {
		e, findings := envelope.Open(data)
		if !findings.Outcome().Lets() {
			return
		}
		proofs, findings := Read(e, presentation)
		if len(findings) == 0 {
			t.Fatal("nothing found")
		}
		supported := false
		for i := range proofs {
			supported = supported || proofs[i].Supported()
			for _, keys := range pairs() {
				if Verify(&proofs[i], keys[1].public) == nil {
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
