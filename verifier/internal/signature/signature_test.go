package signature

import (
	"bytes"
	"crypto"
	"crypto/ed25519"
	"crypto/elliptic"
	"crypto/rsa"
	"testing"

	"github.com/sealcheck/sealcheck/verifier/internal/publickey"
	"github.com/sealcheck/sealcheck/verifier/internal/samplekey"
	"github.com/sealcheck/sealcheck/verifier/report"
)

// keys has one key of every kind.
var keys = map[string]any{
	publickey.Ed25519: samplekey.Ed25519(1), publickey.Secp256k1: samplekey.Secp256k1(), publickey.RSA: samplekey.RSA(2048),
	publickey.P256: samplekey.Point(elliptic.P256(), 3), publickey.P384: samplekey.Point(elliptic.P384(), 3), publickey.P521: samplekey.Point(elliptic.P521(), 3),
}

// The key, not the header, decides which algorithm may be used.
func TestAdmit(t *testing.T) {
	for i := range Algorithms {
		a := &Algorithms[i]
		for kind, public := range keys {
			got, err := Admit(public, a.Curve)
			if (kind == a.Curve) != (err == nil) || err == nil && got != kind {
				t.Errorf("%s with %s: %q %v", a.Name, kind, got, err)
			}
		}
	}
	for name, row := range map[string]struct {
		public any
		code   report.Code
	}{
		"nothing":       {nil, report.KeyAlgorithmMismatch},
		"secret":        {[]byte("secret"), report.KeyAlgorithmMismatch},
		"private":       {ed25519.NewKeyFromSeed(make([]byte, 32)), report.KeyAlgorithmMismatch},
		"short":         {ed25519.PublicKey{1}, report.KeyAlgorithmMismatch},
		"no number":     {&rsa.PublicKey{}, report.KeyAlgorithmMismatch},
		"nil":           {(*rsa.PublicKey)(nil), report.KeyAlgorithmMismatch},
		"P-224":         {samplekey.Point(elliptic.P224(), 3), report.KeyAlgorithmMismatch},
		"weak":          {samplekey.RSA(1024), report.KeyWeak},
		"too long":      {samplekey.RSA(8193), report.KeyWeak},
		"exponent of 1": {&rsa.PublicKey{N: samplekey.RSA(2048).N, E: 1}, report.KeyWeak},
	} {
		if _, err := Admit(row.public, publickey.Ed25519, publickey.P256, publickey.RSA); report.CodeOf(err) != row.code {
			t.Errorf("%s: %v, want %q", name, err, row.code)
		}
	}
}

// T2: zeros, the order itself and other lengths are signatures of nobody.
func TestWellFormed(t *testing.T) {
	ones := func(n int) []byte { return bytes.Repeat([]byte{1}, n) }
	order := elliptic.P256().Params().N.Bytes()
	for _, row := range []struct {
		kind  string
		value []byte
		good  bool
	}{
		{publickey.Ed25519, ones(64), true}, {publickey.Ed25519, ones(63), false}, {publickey.Ed25519, nil, false},
		{publickey.P256, ones(64), true}, {publickey.P256, make([]byte, 64), false}, {publickey.P256, ones(65), false},
		{publickey.P256, append(ones(32), make([]byte, 32)...), false}, {publickey.P256, append(make([]byte, 32), ones(32)...), false},
		{publickey.P256, append(ones(32), order...), false}, {publickey.P256, append(append([]byte{}, order...), ones(32)...), false},
		{publickey.P384, ones(96), true}, {publickey.P521, ones(132), true}, {publickey.P521, bytes.Repeat([]byte{0xff}, 132), false},
		{publickey.Secp256k1, ones(64), true}, {publickey.Secp256k1, bytes.Repeat([]byte{0xff}, 64), false},
		{publickey.RSA, ones(256), true}, {publickey.RSA, ones(1024), true}, {publickey.RSA, ones(255), false}, {publickey.RSA, ones(1025), false},
	} {
		if err := WellFormed(keys[row.kind], row.value); (err == nil) != row.good || err != nil && report.CodeOf(err) != report.SignatureMalformed {
			t.Errorf("%s with %d bytes: %v", row.kind, len(row.value), err)
		}
	}
}

// No value that was not made with the key is its signature.
func FuzzCheck(f *testing.F) {
	f.Add([]byte("text"), bytes.Repeat([]byte{1}, 64))
	f.Add([]byte(""), make([]byte, 256))
	private := ed25519.NewKeyFromSeed(make([]byte, 32))
	f.Fuzz(func(t *testing.T, input, value []byte) {
		for i := range Algorithms {
			for _, public := range keys {
				if _, err := Admit(public, Algorithms[i].Curve); err != nil {
					continue
				}
				err := Algorithms[i].Check(input, value, public)
				if code := report.CodeOf(err); code != report.SignatureMismatch && code != report.SignatureMalformed {
					t.Errorf("%s: %v", Algorithms[i].Name, err)
				}
			}
		}
		if StartECDSA(nil, keys[publickey.P256], crypto.SHA256, input, value)() == nil {
			t.Error("verifies")
		}
		if err := StartEd25519(nil, private.Public(), input, ed25519.Sign(private, input))(); err != nil {
			t.Error(err)
		}
	})
}
