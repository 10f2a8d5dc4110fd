package publickey

import (
	"crypto/elliptic"
	"crypto/rsa"
	"encoding/base64"
	"encoding/hex"
	"math/big"
	"strings"
	"testing"

	"github.com/sealcheck/sealcheck/verifier/internal/samplekey"
	"github.com/sealcheck/sealcheck/verifier/internal/strictjson"
	"github.com/sealcheck/sealcheck/verifier/report"
)

func b64(data []byte) string { return base64.RawURLEncoding.EncodeToString(data) }

// with adds members to a JSON object.
func with(object, members string) string {
	return strings.TrimSuffix(strings.TrimSpace(object), "}") + "," + members + "}"
}

func parse(t testing.TB, text string) strictjson.Value {
	t.Helper()
	value, err := strictjson.Parse([]byte(text))
	if err != nil {
		t.Fatalf("%v in %s", err, text)
	}
	return value
}

func TestJWK(t *testing.T) {
	p256 := samplekey.JWK(samplekey.Point(elliptic.P256(), 7))
	rows := []struct {
		name, jwk string
		kind      string
		code      report.Code
	}{
		{"ed25519", samplekey.JWK(samplekey.Ed25519(1)), "Ed25519", ""},
		{"p256", p256, "P-256", ""},
		{"p384", samplekey.JWK(samplekey.Point(elliptic.P384(), 7)), "P-384", ""},
		{"p521", samplekey.JWK(samplekey.Point(elliptic.P521(), 7)), "P-521", ""},
		{"secp256k1", samplekey.JWK(samplekey.Secp256k1()), "secp256k1", ""},
		{"rsa 2048", samplekey.JWK(samplekey.RSA(2048)), "RSA", ""},
		{"rsa 8192", samplekey.JWK(samplekey.RSA(8192)), "RSA", ""},
		{"rsa 2047", samplekey.JWK(samplekey.RSA(2047)), "", report.KeyWeak},
		{"rsa 1024", samplekey.JWK(samplekey.RSA(1024)), "", report.KeyWeak},
		{"rsa 8193", samplekey.JWK(samplekey.RSA(8193)), "", report.KeyWeak},
		{"rsa e=1", strings.Replace(samplekey.JWK(samplekey.RSA(2048)), "AQAB", "AQ", 1), "", report.KeyWeak},
		{"rsa e=2", strings.Replace(samplekey.JWK(samplekey.RSA(2048)), "AQAB", "Ag", 1), "", report.KeyWeak},
		{"rsa e=65536", strings.Replace(samplekey.JWK(samplekey.RSA(2048)), "AQAB", "AQAA", 1), "", report.KeyWeak},
		{"rsa e=0", strings.Replace(samplekey.JWK(samplekey.RSA(2048)), "AQAB", "AA", 1), "", report.KeyWeak},
		{"rsa e of 5 bytes", strings.Replace(samplekey.JWK(samplekey.RSA(2048)), "AQAB", "AQAAAAE", 1), "", report.KeyMalformed},
		{"rsa even", samplekey.JWK(&rsa.PublicKey{N: new(big.Int).Lsh(big.NewInt(1), 2047), E: 65537}), "", report.KeyMalformed},
		{"rsa without n", `{"kty":"RSA","e":"AQAB"}`, "", report.KeyMalformed},
		{"off curve", strings.Replace(p256, `"y":"`, `"y":"`, 1)[:len(p256)-4] + `AA"}`, "", report.KeyMalformed},
		{"p256 as p384", strings.Replace(p256, "P-256", "P-384", 1), "", report.KeyMalformed},
		{"p256 as secp256k1", strings.Replace(p256, "P-256", "secp256k1", 1), "", report.KeyMalformed},
		{"secp256k1 as p256", strings.Replace(samplekey.JWK(samplekey.Secp256k1()), "secp256k1", "P-256", 1), "", report.KeyMalformed},
		{"point at infinity", pointJWK("P-256", b64(make([]byte, 32)), b64(make([]byte, 32))), "", report.KeyMalformed},
		{"short x", pointJWK("P-256", b64(make([]byte, 31)), b64(make([]byte, 32))), "", report.KeyMalformed},
		{"no y", `{"kty":"EC","crv":"P-256","x":"AA"}`, "", report.KeyMalformed},
		{"padding", pointJWK("P-256", b64(make([]byte, 32))+"=", b64(make([]byte, 32))), "", report.KeyMalformed},
		{"private", with(p256, `"d":"AA"`), "", report.KeyPrivate},
		{"private rsa", with(samplekey.JWK(samplekey.RSA(2048)), `"dp":"AA"`), "", report.KeyPrivate},
		{"private null", with(samplekey.JWK(samplekey.Ed25519(1)), `"d":null`), "", report.KeyPrivate},
		{"oct", `{"kty":"oct","k":"AAAA"}`, "", report.KeyMalformed},
		{"x25519", strings.Replace(samplekey.JWK(samplekey.Ed25519(1)), "Ed25519", "X25519", 1), "", report.KeyNotForAssertion},
		{"ed448", strings.Replace(samplekey.JWK(samplekey.Ed25519(1)), "Ed25519", "Ed448", 1), "", report.KeyTypeUnsupported},
		{"brainpool", strings.Replace(p256, "P-256", "BP-256", 1), "", report.KeyTypeUnsupported},
		{"unknown", `{"kty":"AKP"}`, "", report.KeyTypeUnsupported},
		{"no kty", `{}`, "", report.KeyMalformed},
		{"kty is a number", `{"kty":1}`, "", report.KeyMalformed},
		{"text", `"x"`, "", report.KeyMalformed},
		{"short ed25519", `{"kty":"OKP","crv":"Ed25519","x":"` + b64(make([]byte, 31)) + `"}`, "", report.KeyMalformed},
		{"ed25519 no samplekey.Point", `{"kty":"OKP","crv":"Ed25519","x":"` + b64(append([]byte{2}, make([]byte, 31)...)) + `"}`, "", report.KeyMalformed},
	}
	for _, row := range rows {
		t.Run(row.name, func(t *testing.T) {
			public, err := FromJWK(parse(t, row.jwk))
			if report.CodeOf(err) != row.code {
				t.Fatalf("%v, want %q", err, row.code)
			}
			if err == nil && (Kind(public) != row.kind || Check(public) != nil) {
				t.Errorf("kind %q, Check %v", Kind(public), Check(public))
			}
		})
	}
}

// The table must hold exactly the points whose eightfold is the neutral one.
func TestSmallOrder(t *testing.T) {
	p := new(big.Int).Sub(new(big.Int).Lsh(big.NewInt(1), 255), big.NewInt(19))
	for _, text := range smallOrder {
		little, err := hex.DecodeString(text)
		if err != nil {
			t.Fatal(err)
		}
		for _, sign := range []byte{0, 0x80} {
			point := append([]byte(nil), little...)
			point[31] |= sign
			if _, err := FromEd25519(point); report.CodeOf(err) != report.KeyWeak {
				t.Errorf("%x: %v", point, err)
			}
		}
		// Three doublings must end in the neutral samplekey.Point, y = 1.
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
		if _, err := FromEd25519(samplekey.Ed25519(n)); err != nil {
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
		public, err := FromJWK(parse(t, jwk))
		if err != nil || Thumbprint(public) != expected {
			t.Errorf("%v, %s, want %s", err, Thumbprint(public), expected)
		}
	}
}
