package key

import (
	"context"
	"crypto/elliptic"
	"crypto/x509"
	"encoding/base64"
	"strings"
	"testing"
	"time"

	"github.com/cloudflare/circl/ecc/bls12381"

	"github.com/sealcheck/sealcheck/verifier/fetch"
	"github.com/sealcheck/sealcheck/verifier/internal/multibase"
	"github.com/sealcheck/sealcheck/verifier/internal/publickey"
	"github.com/sealcheck/sealcheck/verifier/internal/samplekey"
	"github.com/sealcheck/sealcheck/verifier/internal/strictjson"
	"github.com/sealcheck/sealcheck/verifier/proof"
	"github.com/sealcheck/sealcheck/verifier/report"
)

var at = time.Date(2026, 11, 21, 12, 0, 0, 0, time.UTC)

// The sample keys, by short names.
var (
	edKey     = samplekey.Ed25519
	point     = samplekey.Point
	koblitz   = samplekey.Secp256k1
	rsaPublic = samplekey.RSA
	jwkOf     = samplekey.JWK
	encode    = samplekey.Multikey
	compress  = samplekey.Compress

	kindOf     = publickey.Kind
	sound      = publickey.Check
	thumbprint = publickey.Thumbprint
	codeOf     = report.CodeOf
)

// The multicodec codes of public keys (multiformats table).
const (
	codeSecp256k1 = 0xe7
	codeBLS12381  = 0xeb
	codeX25519    = 0xec
	codeEd25519   = 0xed
	codeP256      = 0x1200
	codeP384      = 0x1201
	codeP521      = 0x1202
	codeRSA       = 0x1205
	codeJWK       = 0xeb51
)

func b64(data []byte) string { return base64.RawURLEncoding.EncodeToString(data) }

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
	f := &Finder{Session: fetch.NewSession(network, at, nil), Given: given, At: at}
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
		{"jwk in another order", encode(codeJWK, []byte(`{"kty":"OKP","crv":"Ed25519","x":"`+b64(edKey(1))+`"}`)), "", "", report.KeyIdentifierMalformed},
		{"jwk with a space", encode(codeJWK, []byte(strings.Replace(jwkOf(k), ":", ": ", 1))), "", "", report.KeyIdentifierMalformed},
		{"jwk secp256k1", encode(codeJWK, []byte(jwkOf(k))), "zBhB", "secp256k1", ""},
		{"x25519", encode(codeX25519, edKey(1)), "z6LS", "", report.KeyNotForAssertion},
		{"bls", encode(codeBLS12381, bls12381.G2Generator().BytesCompressed()), "zUC7", "BLS12-381-G2", ""},
		{"bls uncompressed", encode(codeBLS12381, bls12381.G2Generator().Bytes()), "", "", report.KeyMalformed},
		{"bls identity", encode(codeBLS12381, append([]byte{0xC0}, make([]byte, 95)...)), "", "", report.KeyMalformed},
		{"bls off curve", encode(codeBLS12381, append([]byte{0x80}, make([]byte, 95)...)), "", "", report.KeyMalformed},
		{"unknown code", encode(0x55, edKey(1)), "", "", report.KeyTypeUnsupported},
		{"short", encode(codeEd25519, edKey(1)[:31]), "", "", report.KeyMalformed},
		{"long", encode(codeEd25519, append(append([]byte{}, edKey(1)...), 0)), "", "", report.KeyMalformed},
		{"p256 uncompressed", encode(codeP256, append([]byte{4}, make([]byte, 64)...)), "", "", report.KeyMalformed},
		{"p256 bad sign", encode(codeP256, append([]byte{5}, p256[1:]...)), "", "", report.KeyMalformed},
		{"p256 data as p384", encode(codeP384, p256), "", "", report.KeyMalformed},
		{"p256 off curve", encode(codeP256, samplekey.OffCurve()), "", "", report.KeyMalformed},
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

func TestWebAddressGuard(t *testing.T) {
	// What the mapping lets through is still held against fetch.Allowed.
	for _, did := range []string{"did:web:localhost", "did:web:localhost%3A3000:a", "did:web:printer.local", "did:web:127.0.0.1.nip.io"} {
		keys, findings := find(answers{}, ref(did+"#k"), did)
		want(t, keys, findings, "key.address_refused")
	}
}
