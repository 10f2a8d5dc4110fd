package key

import (
	"context"
	"crypto/ecdsa"
	"crypto/ed25519"
	"crypto/elliptic"
	"crypto/rsa"
	"crypto/x509"
	"encoding/base64"
	"math/big"
	mathrand "math/rand"
	"strings"
	"testing"
	"time"

	"github.com/sealcheck/sealcheck/verifier/fetch"
	"github.com/sealcheck/sealcheck/verifier/internal/multibase"
	"github.com/sealcheck/sealcheck/verifier/internal/secp256k1"
	"github.com/sealcheck/sealcheck/verifier/internal/strictjson"
	"github.com/sealcheck/sealcheck/verifier/proof"
	"github.com/sealcheck/sealcheck/verifier/report"
)

var at = time.Date(2026, 11, 21, 12, 0, 0, 0, time.UTC)

func b64(data []byte) string { return base64.RawURLEncoding.EncodeToString(data) }

// edKey gives one Ed25519 key per number.
func edKey(n byte) ed25519.PublicKey {
	seed := make([]byte, 32)
	seed[0] = n
	return ed25519.NewKeyFromSeed(seed).Public().(ed25519.PublicKey)
}

// point gives the n-th multiple of a curve's base point.
func point(curve elliptic.Curve, n byte) *ecdsa.PublicKey {
	scalar := make([]byte, (curve.Params().N.BitLen()+7)/8)
	scalar[len(scalar)-1] = n
	private, err := ecdsa.ParseRawPrivateKey(curve, scalar)
	if err != nil {
		panic(err)
	}
	return &private.PublicKey
}

// The base point of secp256k1 (SEC 2 2.4.1).
func koblitz() *secp256k1.PublicKey {
	x, _ := new(big.Int).SetString("79be667ef9dcbbac55a06295ce870b07029bfcdb2dce28d959f2815b16f81798", 16)
	y, _ := new(big.Int).SetString("483ada7726a3c4655da4fbfc0e1108a8fd17b448a68554199c47d08ffb10d4b8", 16)
	return &secp256k1.PublicKey{X: x, Y: y}
}

// rsaPublic makes a modulus of the length asked for. Nobody checks that it is
// a product of two primes.
func rsaPublic(bits int) *rsa.PublicKey {
	n := new(big.Int).Rand(mathrand.New(mathrand.NewSource(int64(bits))), new(big.Int).Lsh(big.NewInt(1), uint(bits-1)))
	n.SetBit(n, bits-1, 1).SetBit(n, 0, 1)
	return &rsa.PublicKey{N: n, E: 65537}
}

func jwkOf(public any) string {
	switch public := public.(type) {
	case ed25519.PublicKey:
		return `{"kty":"OKP","crv":"Ed25519","x":"` + b64(public) + `"}`
	case *ecdsa.PublicKey:
		data, _ := public.Bytes()
		size := len(data) / 2
		return pointJWK(public.Curve.Params().Name, b64(data[1:1+size]), b64(data[1+size:]))
	case *secp256k1.PublicKey:
		return pointJWK("secp256k1", b64(public.X.FillBytes(make([]byte, 32))), b64(public.Y.FillBytes(make([]byte, 32))))
	case *rsa.PublicKey:
		return `{"e":"` + b64(big.NewInt(int64(public.E)).Bytes()) + `","kty":"RSA","n":"` + b64(public.N.Bytes()) + `"}`
	}
	panic("no such key")
}

// with adds members to a JSON object.
func with(object, members string) string {
	return strings.TrimSuffix(strings.TrimSpace(object), "}") + "," + members + "}"
}

func varint(code uint64) []byte {
	var out []byte
	for ; code >= 0x80; code >>= 7 {
		out = append(out, byte(code)|0x80)
	}
	return append(out, byte(code))
}

func encode(code uint64, data []byte) string {
	return "z" + multibase.EncodeBase58(append(varint(code), data...))
}

func edMultibase(n byte) string { return encode(codeEd25519, edKey(n)) }

func parse(t testing.TB, text string) strictjson.Value {
	t.Helper()
	value, err := strictjson.Parse([]byte(text))
	if err != nil {
		t.Fatalf("%v in %s", err, text)
	}
	return value
}

// answers is a network: address or DID to body.
type answers map[string]string

func (a answers) Get(_ context.Context, request fetch.Request) (fetch.Response, error) {
	body, ok := a[request.Address]
	if !ok {
		return fetch.Response{}, fetch.ErrUnreachable
	}
	if body == "404" {
		return fetch.Response{Status: 404}, nil
	}
	return fetch.Response{Status: 200, Body: []byte(body), Time: at}, nil
}

var edOnly = []string{"Ed25519"}

func ref(keyID string) proof.Reference {
	return proof.Reference{KeyID: keyID, Purpose: "assertionMethod", Algorithm: "EdDSA", Curves: edOnly}
}

func find(network fetch.Getter, ref proof.Reference, issuer string, given ...GivenKey) ([]Key, report.Findings) {
	f := &Finder{Session: fetch.NewSession(network, at), Given: given, At: at}
	return f.Find(context.Background(), ref, issuer)
}

func codes(findings report.Findings) string {
	var all []string
	for _, f := range findings {
		all = append(all, string(f.Code))
	}
	return strings.Join(all, " ")
}

// want holds the findings against codes, and says that a key comes with a
// pass and only with one.
func want(t *testing.T, keys []Key, findings report.Findings, expected string) {
	t.Helper()
	if got := codes(findings); got != expected {
		t.Errorf("codes %q, want %q (%v)", got, expected, findings)
	}
	if (len(keys) > 0) != findings.Outcome().Lets() {
		t.Errorf("%d keys with outcome %v", len(keys), findings.Outcome())
	}
}

func TestPublicKey(t *testing.T) {
	p256 := jwkOf(point(elliptic.P256(), 7))
	rows := []struct {
		name, jwk string
		kind      string
		code      report.Code
	}{
		{"ed25519", jwkOf(edKey(1)), "Ed25519", ""},
		{"p256", p256, "P-256", ""},
		{"p384", jwkOf(point(elliptic.P384(), 7)), "P-384", ""},
		{"p521", jwkOf(point(elliptic.P521(), 7)), "P-521", ""},
		{"secp256k1", jwkOf(koblitz()), "secp256k1", ""},
		{"rsa 2048", jwkOf(rsaPublic(2048)), "RSA", ""},
		{"rsa 8192", jwkOf(rsaPublic(8192)), "RSA", ""},
		{"rsa 2047", jwkOf(rsaPublic(2047)), "", report.KeyWeak},
		{"rsa 1024", jwkOf(rsaPublic(1024)), "", report.KeyWeak},
		{"rsa 8193", jwkOf(rsaPublic(8193)), "", report.KeyWeak},
		{"rsa e=1", strings.Replace(jwkOf(rsaPublic(2048)), "AQAB", "AQ", 1), "", report.KeyWeak},
		{"rsa e=2", strings.Replace(jwkOf(rsaPublic(2048)), "AQAB", "Ag", 1), "", report.KeyWeak},
		{"rsa e=65536", strings.Replace(jwkOf(rsaPublic(2048)), "AQAB", "AQAA", 1), "", report.KeyWeak},
		{"rsa e=0", strings.Replace(jwkOf(rsaPublic(2048)), "AQAB", "AA", 1), "", report.KeyWeak},
		{"rsa e of 5 bytes", strings.Replace(jwkOf(rsaPublic(2048)), "AQAB", "AQAAAAE", 1), "", report.KeyMalformed},
		{"rsa even", jwkOf(&rsa.PublicKey{N: new(big.Int).Lsh(big.NewInt(1), 2047), E: 65537}), "", report.KeyMalformed},
		{"rsa without n", `{"kty":"RSA","e":"AQAB"}`, "", report.KeyMalformed},
		{"off curve", strings.Replace(p256, `"y":"`, `"y":"`, 1)[:len(p256)-4] + `AA"}`, "", report.KeyMalformed},
		{"p256 as p384", strings.Replace(p256, "P-256", "P-384", 1), "", report.KeyMalformed},
		{"p256 as secp256k1", strings.Replace(p256, "P-256", "secp256k1", 1), "", report.KeyMalformed},
		{"secp256k1 as p256", strings.Replace(jwkOf(koblitz()), "secp256k1", "P-256", 1), "", report.KeyMalformed},
		{"point at infinity", pointJWK("P-256", b64(make([]byte, 32)), b64(make([]byte, 32))), "", report.KeyMalformed},
		{"short x", pointJWK("P-256", b64(make([]byte, 31)), b64(make([]byte, 32))), "", report.KeyMalformed},
		{"no y", `{"kty":"EC","crv":"P-256","x":"AA"}`, "", report.KeyMalformed},
		{"padding", pointJWK("P-256", b64(make([]byte, 32))+"=", b64(make([]byte, 32))), "", report.KeyMalformed},
		{"private", with(p256, `"d":"AA"`), "", report.KeyPrivate},
		{"private rsa", with(jwkOf(rsaPublic(2048)), `"dp":"AA"`), "", report.KeyPrivate},
		{"private null", with(jwkOf(edKey(1)), `"d":null`), "", report.KeyPrivate},
		{"oct", `{"kty":"oct","k":"AAAA"}`, "", report.KeyMalformed},
		{"x25519", strings.Replace(jwkOf(edKey(1)), "Ed25519", "X25519", 1), "", report.KeyNotForAssertion},
		{"ed448", strings.Replace(jwkOf(edKey(1)), "Ed25519", "Ed448", 1), "", report.KeyTypeUnsupported},
		{"brainpool", strings.Replace(p256, "P-256", "BP-256", 1), "", report.KeyTypeUnsupported},
		{"unknown", `{"kty":"AKP"}`, "", report.KeyTypeUnsupported},
		{"no kty", `{}`, "", report.KeyMalformed},
		{"kty is a number", `{"kty":1}`, "", report.KeyMalformed},
		{"text", `"x"`, "", report.KeyMalformed},
		{"short ed25519", `{"kty":"OKP","crv":"Ed25519","x":"` + b64(make([]byte, 31)) + `"}`, "", report.KeyMalformed},
		{"ed25519 no point", `{"kty":"OKP","crv":"Ed25519","x":"` + b64(append([]byte{2}, make([]byte, 31)...)) + `"}`, "", report.KeyMalformed},
	}
	for _, row := range rows {
		t.Run(row.name, func(t *testing.T) {
			public, err := publicKey(parse(t, row.jwk))
			if codeOf(err) != row.code {
				t.Fatalf("%v, want %q", err, row.code)
			}
			if err == nil && (kindOf(public) != row.kind || sound(public) != nil) {
				t.Errorf("kind %q, sound %v", kindOf(public), sound(public))
			}
		})
	}
}

// The table must hold exactly the points whose eightfold is the neutral one.
func TestSmallOrder(t *testing.T) {
	p := new(big.Int).Sub(new(big.Int).Lsh(big.NewInt(1), 255), big.NewInt(19))
	for _, text := range smallOrder {
		little := make([]byte, 32)
		for i := range little {
			little[i] = byte(hexDigit(text[2*i])<<4 | hexDigit(text[2*i+1]))
		}
		for _, sign := range []byte{0, 0x80} {
			point := append([]byte(nil), little...)
			point[31] |= sign
			if _, err := ed25519Key(point); codeOf(err) != report.KeyWeak {
				t.Errorf("%x: %v", point, err)
			}
		}
		// Three doublings must end in the neutral point, y = 1.
		y := new(big.Int)
		for i := 31; i >= 0; i-- {
			y.Or(y.Lsh(y, 8), big.NewInt(int64(little[i])))
		}
		y.Mod(y, p)
		for range 3 {
			y = doubled(y, p)
		}
		if y.Cmp(big.NewInt(1)) != 0 {
			t.Errorf("%s is not of small order", text)
		}
	}
	for n := byte(1); n < 50; n++ {
		if _, err := ed25519Key(edKey(n)); err != nil {
			t.Errorf("key %d: %v", n, err)
		}
	}
}

// doubled gives the y coordinate of 2P: (y²+x²)/(2+x²-y²), x²=(y²-1)/(dy²+1).
func doubled(y, p *big.Int) *big.Int {
	one := big.NewInt(1)
	divide := func(a, b *big.Int) *big.Int {
		return new(big.Int).Mod(new(big.Int).Mul(a, new(big.Int).ModInverse(new(big.Int).Mod(b, p), p)), p)
	}
	d := divide(big.NewInt(-121665), big.NewInt(121666))
	y2 := new(big.Int).Mul(y, y)
	x2 := divide(new(big.Int).Sub(y2, one), new(big.Int).Add(new(big.Int).Mul(d, y2), one))
	numerator := new(big.Int).Add(y2, x2)
	denominator := new(big.Int).Sub(new(big.Int).Add(big.NewInt(2), x2), y2)
	return divide(numerator, denominator)
}

// RFC 7638 3.1 and RFC 8037 A.3 print these thumbprints.
func TestThumbprint(t *testing.T) {
	rows := map[string]string{
		`{"kty":"OKP","crv":"Ed25519","x":"11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo"}`: "kPrK_qmxVWaYVA9wwBF6Iuo3vVzz7TxHCTwXBygrS4k",
		`{"kty":"RSA","n":"0vx7agoebGcQSuuPiLJXZptN9nndrQmbXEps2aiAFbWhM78LhWx4cbbfAAtVT86zwu1RK7aPFFxuhDR1L6tSoc_BJECPebWKRXjBZCiFV4n3oknjhMstn64tZ_2W-5JsGY4Hc5n9yBXArwl93lqt7_RN5w6Cf0h4QyQ5v-65YGjQR0_FDW2QvzqY368QQMicAtaSqzs8KJZgnYb9c7d0zgdAZHzu6qMQvRL5hajrn1n91CbOpbISD08qNLyrdkt-bFTWhAI4vMQFh6WeZu0fM4lFd2NcRwr3XPksINHaQ-G_xBniIqbw0Ls1jF44-csFCur-kEgU8awapJzKnqDKgw","e":"AQAB","alg":"RS256","kid":"2011-04-29"}`: "NzbLsXh8uDCcd-6MNwXF4W_7noWXFZAfHkxZsRGC9Xs",
	}
	for jwk, expected := range rows {
		public, err := publicKey(parse(t, jwk))
		if err != nil || thumbprint(public) != expected {
			t.Errorf("%v, %s, want %s", err, thumbprint(public), expected)
		}
	}
}

func compress(public *ecdsa.PublicKey) []byte {
	return elliptic.MarshalCompressed(public.Curve, public.X, public.Y)
}

func TestDIDKey(t *testing.T) {
	k := koblitz()
	kData := append([]byte{2 + byte(k.Y.Bit(0))}, k.X.FillBytes(make([]byte, 32))...)
	p256 := compress(point(elliptic.P256(), 5))
	rows := []struct {
		name, text, prefix, kind string
		code                     report.Code
	}{
		{"ed25519", encode(codeEd25519, edKey(1)), "z6Mk", "Ed25519", ""},
		{"secp256k1", encode(codeSecp256k1, kData), "zQ3s", "secp256k1", ""},
		{"p256", encode(codeP256, p256), "zDn", "P-256", ""},
		{"p384", encode(codeP384, compress(point(elliptic.P384(), 5))), "z82L", "P-384", ""},
		{"p521", encode(codeP521, compress(point(elliptic.P521(), 5))), "z2J9", "P-521", ""},
		{"rsa", encode(codeRSA, x509.MarshalPKCS1PublicKey(rsaPublic(2048))), "z4MX", "RSA", ""},
		{"jwk", encode(codeJWK, []byte(jwkOf(point(elliptic.P256(), 5)))), "z2dm", "P-256", ""},
		{"jwk secp256k1", encode(codeJWK, []byte(jwkOf(k))), "zBhB", "secp256k1", ""},
		{"x25519", encode(codeX25519, edKey(1)), "z6LS", "", report.KeyNotForAssertion},
		{"bls", encode(codeBLS12381, append([]byte{0x80}, make([]byte, 95)...)), "", "", report.KeyTypeUnsupported},
		{"unknown code", encode(0x55, edKey(1)), "", "", report.KeyTypeUnsupported},
		{"short", encode(codeEd25519, edKey(1)[:31]), "", "", report.KeyMalformed},
		{"long", encode(codeEd25519, append(append([]byte{}, edKey(1)...), 0)), "", "", report.KeyMalformed},
		{"p256 uncompressed", encode(codeP256, append([]byte{4}, make([]byte, 64)...)), "", "", report.KeyMalformed},
		{"p256 bad sign", encode(codeP256, append([]byte{5}, p256[1:]...)), "", "", report.KeyMalformed},
		{"p256 data as p384", encode(codeP384, p256), "", "", report.KeyMalformed},
		{"p256 off curve", encode(codeP256, offCurve()), "", "", report.KeyMalformed},
		{"secp256k1 hybrid", encode(codeSecp256k1, append([]byte{6}, kData[1:]...)), "", "", report.KeyMalformed},
		{"small order", encode(codeEd25519, make([]byte, 32)), "", "", report.KeyWeak},
		{"rsa weak", encode(codeRSA, x509.MarshalPKCS1PublicKey(rsaPublic(1024))), "", "", report.KeyWeak},
		{"rsa trailing", encode(codeRSA, append(x509.MarshalPKCS1PublicKey(rsaPublic(2048)), 0)), "", "", report.KeyMalformed},
		{"jwk private", encode(codeJWK, []byte(with(jwkOf(edKey(1)), `"d":"AA"`))), "", "", report.KeyPrivate},
		{"jwk twice", encode(codeJWK, []byte(`{"kty":"OKP","kty":"OKP"}`)), "", "", report.KeyMalformed},
		{"varint not canonical", "z" + multibase.EncodeBase58(append([]byte{0xed, 0x81, 0x00}, edKey(1)...)), "", "", report.KeyIdentifierMalformed},
		{"varint open", "z" + multibase.EncodeBase58([]byte{0xed, 0x81}), "", "", report.KeyIdentifierMalformed},
		{"base64url", "u" + b64(append(varint(codeEd25519), edKey(1)...)), "", "", report.KeyIdentifierMalformed},
		{"empty", "z", "", "", report.KeyIdentifierMalformed},
		{"not base58", "z6Mk0OIl", "", "", report.KeyIdentifierMalformed},
	}
	for _, row := range rows {
		t.Run(row.name, func(t *testing.T) {
			if row.prefix != "" && !strings.HasPrefix(row.text, row.prefix) {
				t.Errorf("begins with %.5s, want %s", row.text, row.prefix)
			}
			did := "did:key:" + row.text
			keys, findings := find(nil, proof.Reference{KeyID: did + "#" + row.text, Purpose: "assertionMethod"}, did)
			if row.code != "" {
				want(t, keys, findings, string(row.code))
				return
			}
			want(t, keys, findings, "key.did_key")
			k := keys[0]
			if k.Source != DIDKey || !k.Inseparable || k.ListedBy != did || k.ID != did+"#"+row.text || k.Loose || kindOf(k.Public) != row.kind {
				t.Errorf("%+v", k)
			}
		})
	}
}

// offCurve is an x for which P-256 has no y.
func offCurve() []byte {
	data := make([]byte, 33)
	for data[0] = 2; ; data[32]++ {
		if x, _ := elliptic.UnmarshalCompressed(elliptic.P256(), data); x == nil {
			return data
		}
	}
}

func TestSelfContained(t *testing.T) {
	z := edMultibase(1)
	did := "did:key:" + z
	jwkDID := "did:jwk:" + b64([]byte(jwkOf(edKey(2))))
	secret := "did:jwk:" + b64([]byte(with(jwkOf(edKey(2)), `"d":"AA"`)))
	sealing := "did:jwk:" + b64([]byte(with(jwkOf(edKey(2)), `"use":"enc"`)))
	other := "did:jwk:" + b64([]byte(with(jwkOf(edKey(2)), `"alg":"ES256"`)))
	rows := []struct {
		name, keyID, issuer, codes, listedBy string
	}{
		{"bare", did, did, "key.did_key key.reference_loose", did},
		{"foreign fragment", did + "#" + edMultibase(2), did, "key.identifier_malformed", ""},
		{"short fragment", did + "#key-1", did, "key.identifier_malformed", ""},
		{"query", did + "?a=b#" + z, did, "key.method_unsupported", ""},
		{"relative", "#" + z, did, "key.did_key", did},
		{"no reference", "", did, "key.did_key key.reference_loose", did},
		{"thumbprint", thumbprint(edKey(1)), did, "key.did_key key.reference_loose", did},
		{"jwk", jwkDID + "#0", jwkDID, "key.did_jwk", jwkDID},
		{"jwk bare", jwkDID, jwkDID, "key.did_jwk key.reference_loose", jwkDID},
		{"jwk thumbprint", jwkDID + "#" + thumbprint(edKey(2)), jwkDID, "key.did_jwk key.reference_loose", jwkDID},
		{"jwk private", secret + "#0", secret, "key.private", ""},
		{"jwk for encryption", sealing + "#0", sealing, "key.not_for_assertion", ""},
		{"jwk for another algorithm", other + "#0", other, "key.algorithm_mismatch", ""},
		{"jwk padded", jwkDID + "=#0", "", "key.identifier_malformed", ""},
		{"jwk no JSON", "did:jwk:AAAA#0", "", "key.identifier_malformed", ""},
		{"capital method", "did:KEY:" + z, "", "key.identifier_malformed", ""},
		{"no identifier", "did:key:", "", "key.identifier_malformed", ""},
		{"space", "did:key: " + z, "", "key.identifier_malformed", ""},
		{"too long", "did:key:z" + strings.Repeat("1", 9000), "", "key.identifier_malformed", ""},
		{"somebody else's", did + "#" + z, "did:key:" + edMultibase(9), "key.did_key", did},
	}
	for _, row := range rows {
		t.Run(row.name, func(t *testing.T) {
			keys, findings := find(nil, ref(row.keyID), row.issuer)
			want(t, keys, findings, row.codes)
			if len(keys) > 0 && (keys[0].ListedBy != row.listedBy || !keys[0].Inseparable) {
				t.Errorf("%+v", keys[0])
			}
		})
	}
	r := ref(did)
	r.Curves = []string{"P-256"}
	keys, findings := find(nil, r, did)
	want(t, keys, findings, "key.algorithm_mismatch")
}

func TestWebAddress(t *testing.T) {
	rows := map[string]string{
		"did:web:example.com":                   "https://example.com/.well-known/did.json",
		"did:web:Example.COM":                   "https://example.com/.well-known/did.json",
		"did:web:example.com%3A3000":            "https://example.com:3000/.well-known/did.json",
		"did:web:example.com%3a3000:user:alice": "https://example.com:3000/user/alice/did.json",
		"did:web:w3c-ccg.github.io:user:a_b-c":  "https://w3c-ccg.github.io/user/a_b-c/did.json",
		"did:web:example.com:caf%C3%A9":         "https://example.com/caf%C3%A9/did.json",
		"did:web:xn--mnchen-3ya.example":        "https://xn--mnchen-3ya.example/.well-known/did.json",
		"did:web:127.0.0.1":                     "",
		"did:web:127.1":                         "",
		"did:web:0x7f000001":                    "",
		"did:web:2130706433":                    "",
		"did:web:%5B%3A%3A1%5D":                 "",
		"did:web:user%40example.com":            "",
		"did:web:example.com%2Fpath":            "",
		"did:web:example.com%3A":                "",
		"did:web:example.com%3A0":               "",
		"did:web:example.com%3A80a":             "",
		"did:web:example.com%3A123456":          "",
		"did:web:example.com:":                  "",
		"did:web::example.com":                  "",
		"did:web:example.com::a":                "",
		"did:web:example.com:..":                "",
		"did:web:example.com:%2e%2E":            "",
		"did:web:example.com:.":                 "",
		"did:web:example.com:a%2Fb":             "",
		"did:web:example.com:a%5Cb":             "",
		"did:web:example.com:a%00":              "",
		"did:web:example.com:a%3Fb":             "",
		"did:web:example.com:a%23b":             "",
		"did:web:example.com.":                  "",
		"did:web:example.com:a%zz":              "",
		"did:web:example.com%3A3000%3A3000":     "",
		"did:web:exam ple.com":                  "",
		"did:web:exämple.com":                   "",
		"did:web:example.com%3A443:%40alice":    "https://example.com:443/%40alice/did.json",
	}
	for did, expected := range rows {
		_, specific, err := parseDID(did)
		address := ""
		if err == nil {
			address, err = webAddress(did, specific)
		}
		if address != expected || expected == "" && codeOf(err) != report.KeyIdentifierMalformed {
			t.Errorf("%s: %q %v, want %q", did, address, err, expected)
		}
	}
	// What the mapping lets through is still held against fetch.Allowed.
	for _, did := range []string{"did:web:localhost", "did:web:localhost%3A3000:a", "did:web:printer.local", "did:web:127.0.0.1.nip.io"} {
		keys, findings := find(answers{}, ref(did+"#k"), did)
		want(t, keys, findings, "key.address_refused")
	}
}
