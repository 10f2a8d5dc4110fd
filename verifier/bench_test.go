package verifier_test

import (
	"context"
	"testing"
	"time"

	"github.com/sealcheck/sealcheck/verifier"
)

// BenchmarkVerify times whole verifications, report included, of one file of
// each kind of signature. Absolute times are printed, never asserted.
func BenchmarkVerify(b *testing.B) {
	me := newSigner(9)
	authority, authorityKey := certificate(b, "Sealing CA", "", nil, nil)
	leaf, leafKey := certificate(b, "Company Ltd", "NTRXX-1", authority, authorityKey)
	for _, kind := range []struct {
		name string
		file []byte
	}{
		{"open badge, EdDSA JWT", me.jwt(map[string]any{"kid": me.did() + "#0", "typ": "JWT"}, badge(profile(me.did(), "N")))},
		{"diploma, JAdES seal RS256", seal(b, leaf, leafKey, diploma("Company Ltd", "NTRXX-1", "Company Ltd", "NTRXX-1"))},
		{"not signed", []byte(`{"@context":["https://www.w3.org/ns/credentials/v2"],"type":["VerifiableCredential"],"issuer":"did:web:a.example","credentialSubject":{"id":"urn:1"}}`)},
		{"not a credential", []byte("%PDF-1.7 ...")},
	} {
		b.Run(kind.name, func(b *testing.B) {
			v, err := verifier.New(verifier.Config{Now: func() time.Time { return instant }})
			if err != nil {
				b.Fatal(err)
			}
			b.ReportAllocs()
			for b.Loop() {
				v.Verify(context.Background(), kind.file)
			}
		})
	}
}
