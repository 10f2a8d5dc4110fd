package proof

import (
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/rsa"
	"math/big"
	"strings"
	"testing"

	"github.com/sealcheck/sealcheck/verifier/internal/signature"
	"github.com/sealcheck/sealcheck/verifier/report"
)

func TestVerifyEveryAlgorithm(t *testing.T) {
	for i := range signature.Algorithms {
		a := &signature.Algorithms[i]
		t.Run(a.Name, func(t *testing.T) {
			for _, header := range []string{
				`{"alg":"` + a.Name + `","kid":"did:example:1#k"}`,
				// With crit the library is passed by.
				`{"alg":"` + a.Name + `","kid":"did:example:1#k","b64":true,"crit":["b64"]}`,
			} {
				file := token(a.Name, header, credentialText)
				proofs, findings := read(t, file, false)
				if findings.Outcome() != report.Pass || !findings.Has(report.ProofJws) {
					t.Fatalf("%s: %v", header, findings)
				}
				p := &proofs[0]
				if p.Suite != Suite(a.Name) || p.Path != "/signatures/0" || p.Reference.KeyID != "did:example:1#k" ||
					p.Reference.Algorithm != a.Name || p.Reference.Purpose != AssertionMethod || p.Reference.Curves[0] != a.Curve {
					t.Errorf("%s: %+v", header, p)
				}
				if err := Verify(p, pairs()[a.Curve][0].public, nil); err != nil {
					t.Errorf("%s: %v", header, err)
				}
				if code := codeOf(Verify(p, pairs()[a.Curve][1].public, nil)); code != report.SignatureMismatch {
					t.Errorf("%s: another key gives %q", header, code)
				}
			}
		})
	}
}

// TestEveryKeyWithEveryAlgorithm: the key decides (T1). Whatever the header
// says, only a key of the right kind is used.
func TestEveryKeyWithEveryAlgorithm(t *testing.T) {
	for i := range signature.Algorithms {
		a := &signature.Algorithms[i]
		proofs, _ := read(t, token(a.Name, `{"alg":"`+a.Name+`","kid":"k"}`, credentialText), false)
		for kind, keys := range pairs() {
			want := report.KeyAlgorithmMismatch
			if kind == a.Curve {
				want = ""
			}
			if got := codeOf(Verify(&proofs[0], keys[0].public, nil)); got != want {
				t.Errorf("%s with a key of %s: %q, want %q", a.Name, kind, got, want)
			}
		}
		for _, thing := range []any{nil, "text", []byte("secret"), pairs()[a.Curve][0].private, (*rsa.PublicKey)(nil), (*ecdsa.PublicKey)(nil), &ecdsa.PublicKey{}, &rsa.PublicKey{}} {
			if got := codeOf(Verify(&proofs[0], thing, nil)); got != report.KeyAlgorithmMismatch {
				t.Errorf("%s with %T: %q", a.Name, thing, got)
			}
		}
	}
}

// TestMutations changes a token in every place, one character at a time: it
// must not verify with any.
func TestMutations(t *testing.T) {
	for i := range signature.Algorithms {
		a := &signature.Algorithms[i]
		public := pairs()[a.Curve][0].public
		file := token(a.Name, `{"alg":"`+a.Name+`","kid":"k"}`, `{"type":"VerifiableCredential"}`)
		for at := range file {
			for _, c := range []byte{'A', 'B', '.', '='} {
				if file[at] == c {
					continue
				}
				changed := []byte(file)
				changed[at] = c
				if code := verdict(t, string(changed), false, public); code == "" {
					t.Fatalf("%s: verifies with %q at %d", a.Name, c, at)
				}
			}
		}
		for name, changed := range map[string]string{
			"truncated": file[:len(file)-4], "longer": file + "AAAA", "doubled": file + "." + file,
			"without signature": file[:strings.LastIndexByte(file, '.')+1],
		} {
			if code := verdict(t, changed, false, public); code == "" {
				t.Errorf("%s: %s verifies", a.Name, name)
			}
		}
	}
}

func TestSignatureValues(t *testing.T) {
	build := func(alg string, change func([]byte) []byte) string {
		a := algorithmNamed(alg)
		input := b64(`{"alg":"`+alg+`","kid":"k"}`) + "." + b64(credentialText)
		return input + "." + b64(string(change(sign(a, pairs()[a.Curve][0].private, []byte(input)))))
	}
	half := func(s []byte, at int, with []byte) []byte {
		s = clone(s)
		copy(s[at*len(s)/2:], with)
		return s
	}
	zero := make([]byte, 66)
	pad := func(n *big.Int, size int) []byte { return n.FillBytes(make([]byte, size)) }
	tests := []struct {
		name, alg string
		change    func([]byte) []byte
		want      report.Code
	}{
		{"r zero", "ES256", func(s []byte) []byte { return half(s, 0, zero[:32]) }, report.SignatureMalformed},
		{"s zero", "ES256", func(s []byte) []byte { return half(s, 1, zero[:32]) }, report.SignatureMalformed},
		{"both zero", "ES256", func(s []byte) []byte { return zero[:64] }, report.SignatureMalformed},
		{"both zero", "ES384", func(s []byte) []byte { return make([]byte, 96) }, report.SignatureMalformed},
		{"both zero", "ES512", func(s []byte) []byte { return make([]byte, 132) }, report.SignatureMalformed},
		{"both zero", "ES256K", func(s []byte) []byte { return zero[:64] }, report.SignatureMalformed},
		{"r = n", "ES256", func(s []byte) []byte { return half(s, 0, pad(elliptic.P256().Params().N, 32)) }, report.SignatureMalformed},
		{"s = n", "ES384", func(s []byte) []byte { return half(s, 1, pad(elliptic.P384().Params().N, 48)) }, report.SignatureMalformed},
		{"n-s", "ES256", func(s []byte) []byte {
			high := new(big.Int).Sub(elliptic.P256().Params().N, new(big.Int).SetBytes(s[32:]))
			return half(s, 1, pad(high, 32))
		}, ""},
		{"one byte less", "ES256", func(s []byte) []byte { return s[:63] }, report.SignatureMalformed},
		{"DER", "ES256", func(s []byte) []byte { return append([]byte{0x30, 0x44, 2, 32}, s...) }, report.SignatureMalformed},
		{"of P-384", "ES256", func(s []byte) []byte { return append(s, s[:32]...) }, report.SignatureMalformed},
		{"one byte less", "EdDSA", func(s []byte) []byte { return s[:63] }, report.SignatureMalformed},
		{"one byte more", "EdDSA", func(s []byte) []byte { return append(s, 0) }, report.SignatureMalformed},
		{"one byte more", "ES256K", func(s []byte) []byte { return append(s, 0) }, report.SignatureMalformed},
		{"too short", "RS256", func(s []byte) []byte { return s[:255] }, report.SignatureMalformed},
		{"of a longer key", "RS256", func(s []byte) []byte { return append(s, s...) }, report.SignatureMismatch},
		{"too long", "RS256", func(s []byte) []byte { return make([]byte, 1025) }, report.SignatureMalformed},
		{"none", "RS256", func(s []byte) []byte { return nil }, report.ProofSignatureEmpty},
		{"none", "EdDSA", func(s []byte) []byte { return nil }, report.ProofSignatureEmpty},
		// RFC 8032 5.1.7: S must be below L (T2).
		{"S + L", "EdDSA", func(s []byte) []byte {
			order, _ := new(big.Int).SetString("7237005577332262213973186563042994240857116359379907606001950938285454250989", 10)
			little := clone(s[32:])
			for i, j := 0, 31; i < j; i, j = i+1, j-1 {
				little[i], little[j] = little[j], little[i]
			}
			sum := pad(order.Add(order, new(big.Int).SetBytes(little)), 32)
			for i, j := 0, 31; i < j; i, j = i+1, j-1 {
				sum[i], sum[j] = sum[j], sum[i]
			}
			return half(s, 1, sum)
		}, report.SignatureMismatch},
	}
	for _, test := range tests {
		public := pairs()[algorithmNamed(test.alg).Curve][0].public
		if got := verdict(t, build(test.alg, test.change), false, public); got != test.want {
			t.Errorf("%s %s: %q, want %q", test.alg, test.name, got, test.want)
		}
	}
}

// TestSaltLength: a salt of another length breaks a rule, but is no forgery.
func TestSaltLength(t *testing.T) {
	a := algorithmNamed("PS256")
	input := b64(`{"alg":"PS256","kid":"k"}`) + "." + b64(credentialText)
	h := a.Hash.New()
	h.Write([]byte(input))
	key := pairs()[RSA][0].private.(*rsa.PrivateKey)
	signature, err := rsa.SignPSS(rand.Reader, key, a.Hash, h.Sum(nil), &rsa.PSSOptions{SaltLength: 20})
	if err != nil {
		t.Fatal(err)
	}
	if got := verdict(t, input+"."+b64(string(signature)), false, &key.PublicKey); got != report.SignatureMalformed {
		t.Errorf("got %q", got)
	}
}

func TestWeakKeys(t *testing.T) {
	proofs, _ := read(t, token("RS256", `{"alg":"RS256","kid":"k"}`, credentialText), false)
	good := pairs()[RSA][0].public.(*rsa.PublicKey)
	short := new(big.Int).Rsh(good.N, 1024)
	for name, key := range map[string]*rsa.PublicKey{
		"1024 bits": {N: short, E: 65537}, "e = 1": {N: good.N, E: 1}, "e = 2": {N: good.N, E: 2}, "e = 0": {N: good.N},
		"16384 bits": {N: new(big.Int).Lsh(good.N, 16384-2048), E: 65537},
	} {
		if got := codeOf(Verify(&proofs[0], key, nil)); got != report.KeyWeak {
			t.Errorf("%s: %q", name, got)
		}
	}
	proofs, _ = read(t, token("ES256", `{"alg":"ES256","kid":"k"}`, credentialText), false)
	off := &ecdsa.PublicKey{Curve: elliptic.P256(), X: big.NewInt(1), Y: big.NewInt(1)}
	if Verify(&proofs[0], off, nil) == nil {
		t.Error("a point off the curve verifies")
	}
}

func TestVerifyNothing(t *testing.T) {
	for _, p := range []*Proof{nil, {}, {Suite: "bbs-2023"}} {
		if got := codeOf(Verify(p, pairs()[Ed25519][0].public, nil)); got != report.ProofSuiteUnsupported {
			t.Errorf("%v: %q", p, got)
		}
	}
}
