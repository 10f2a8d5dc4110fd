package publickey

import (
	"crypto/elliptic"
	"crypto/x509"
	"encoding/pem"
	"strings"
	"testing"

	"github.com/sealcheck/sealcheck/verifier/internal/multibase"
	"github.com/sealcheck/sealcheck/verifier/internal/samplekey"
	"github.com/sealcheck/sealcheck/verifier/internal/strictjson"
	"github.com/sealcheck/sealcheck/verifier/report"
)

func block(kind string, der []byte) string {
	return string(pem.EncodeToMemory(&pem.Block{Type: kind, Bytes: der}))
}

func spki(t testing.TB, public any) string {
	t.Helper()
	der, err := x509.MarshalPKIXPublicKey(public)
	if err != nil {
		t.Fatal(err)
	}
	return block("PUBLIC KEY", der)
}

func TestMultikey(t *testing.T) {
	p256 := samplekey.Compress(samplekey.Point(elliptic.P256(), 5))
	long := append(append([]byte{}, samplekey.Ed25519(1)...), 0)
	rows := []struct {
		name, text, kind string
		code             report.Code
	}{
		{"ed25519", samplekey.Multikey(codeEd25519, samplekey.Ed25519(1)), Ed25519, ""},
		{"p256", samplekey.Multikey(codeP256, p256), P256, ""},
		{"rsa", samplekey.Multikey(codeRSA, x509.MarshalPKCS1PublicKey(samplekey.RSA(2048))), RSA, ""},
		{"jwk", samplekey.Multikey(codeJWK, []byte(samplekey.JWK(samplekey.Secp256k1()))), Secp256k1, ""},
		{"rsa weak", samplekey.Multikey(codeRSA, x509.MarshalPKCS1PublicKey(samplekey.RSA(1024))), "", report.KeyWeak},
		{"short", samplekey.Multikey(codeEd25519, samplekey.Ed25519(1)[:31]), "", report.KeyMalformed},
		{"long", samplekey.Multikey(codeEd25519, long), "", report.KeyMalformed},
		{"jwk that is no JSON", samplekey.Multikey(codeJWK, []byte("{")), "", report.KeyMalformed},
		{"for agreement", samplekey.Multikey(codeX448, samplekey.Ed25519(1)), "", report.KeyNotForAssertion},
		{"ed448", samplekey.Multikey(codeEd448, samplekey.Ed25519(1)), "", report.KeyTypeUnsupported},
		{"unknown code", samplekey.Multikey(0x99, samplekey.Ed25519(1)), "", report.KeyTypeUnsupported},
		// What is no Multikey at all has the code that the caller gives.
		{"no multibase", "6Mk", "", report.KeyIdentifierMalformed},
		{"nothing", "", "", report.KeyIdentifierMalformed},
	}
	for _, row := range rows {
		t.Run(row.name, func(t *testing.T) {
			public, err := FromMultikey(row.text, report.KeyIdentifierMalformed)
			if report.CodeOf(err) != row.code || err == nil && Kind(public) != row.kind {
				t.Errorf("%q %v, want %q %q", Kind(public), err, row.kind, row.code)
			}
		})
	}
}

func TestLooksLikeKey(t *testing.T) {
	for name, want := range map[string]bool{
		samplekey.Multikey(codeEd25519, samplekey.Ed25519(1)): true,
		samplekey.Multikey(codeX25519, samplekey.Ed25519(1)):  true, // of no use, but a key
		samplekey.Multikey(codeEd25519, make([]byte, 32)):     true,
		samplekey.Multikey(codeEd25519, []byte("short")):      false,
		samplekey.Multikey(0x99, samplekey.Ed25519(1)):        false,
		"": false, "key-1": false, "z": false, "z6Mk": false, "zebra": false,
	} {
		if LooksLikeKey(name) != want {
			t.Errorf("%q: %v", name, !want)
		}
	}
}

func TestPEM(t *testing.T) {
	ed := spki(t, samplekey.Ed25519(1))
	rows := []struct {
		name, text, kind string
		code             report.Code
	}{
		{"spki", ed, Ed25519, ""},
		{"spki p384", spki(t, samplekey.Point(elliptic.P384(), 3)), P384, ""},
		{"pkcs1", block("RSA PUBLIC KEY", x509.MarshalPKCS1PublicKey(samplekey.RSA(2048))), RSA, ""},
		{"text in front", "my key\n" + ed, Ed25519, ""},
		{"space behind", ed + " \n", Ed25519, ""},
		{"text behind", ed + "x", "", report.KeyMalformed},
		{"two", ed + ed, "", report.KeyMalformed},
		{"weak", spki(t, samplekey.RSA(1024)), "", report.KeyWeak},
		{"p224", spki(t, samplekey.Point(elliptic.P224(), 3)), "", report.KeyTypeUnsupported},
		{"private", block("PRIVATE KEY", nil), "", report.KeyPrivate},
		{"private, encrypted", block("ENCRYPTED PRIVATE KEY", nil), "", report.KeyPrivate},
		{"private, EC", block("EC PRIVATE KEY", nil), "", report.KeyPrivate},
		{"other block", block("CERTIFICATE REQUEST", []byte{0}), "", report.KeyMalformed},
		{"no DER", block("PUBLIC KEY", []byte{1, 2}), "", report.KeyMalformed},
		{"no certificate", block("CERTIFICATE", []byte{1, 2}), "", report.KeyMalformed},
		{"no PEM", "hello", "", report.KeyMalformed},
	}
	for _, row := range rows {
		t.Run(row.name, func(t *testing.T) {
			public, err := FromPEM([]byte(row.text))
			if report.CodeOf(err) != row.code || err == nil && Kind(public) != row.kind {
				t.Errorf("%q %v, want %q %q", Kind(public), err, row.kind, row.code)
			}
		})
	}
}

// Only the method's type says what base58 alone holds.
func TestBase58(t *testing.T) {
	ed := multibase.EncodeBase58(samplekey.Ed25519(1))
	p256 := multibase.EncodeBase58(samplekey.Compress(samplekey.Point(elliptic.P256(), 3)))
	rows := []struct {
		text, method, kind string
		code               report.Code
	}{
		{ed, "Ed25519VerificationKey2018", Ed25519, ""},
		{ed, "Ed25519VerificationKey2020", Ed25519, ""},
		{p256, "EcdsaSecp256r1VerificationKey2019", P256, ""},
		{p256, "EcdsaSecp256k1VerificationKey2019", Secp256k1, ""}, // its x is on both curves
		{p256, "Ed25519VerificationKey2018", "", report.KeyMalformed},
		{ed, "X25519KeyAgreementKey2019", "", report.KeyTypeUnsupported},
		{ed, "", "", report.KeyTypeUnsupported},
		{"0OIl", "Ed25519VerificationKey2018", "", report.KeyMalformed},
		{"", "Ed25519VerificationKey2018", "", report.KeyMalformed},
	}
	for _, row := range rows {
		public, err := FromBase58(row.text, row.method)
		if report.CodeOf(err) != row.code || err == nil && Kind(public) != row.kind {
			t.Errorf("%s: %q %v, want %q %q", row.method, Kind(public), err, row.kind, row.code)
		}
	}
}

func TestCheckPurpose(t *testing.T) {
	const forbidden, other = report.KeyNotForAssertion, report.KeyAlgorithmMismatch
	rows := []struct {
		jwk, algorithm string
		code           report.Code
	}{
		{`{}`, "EdDSA", ""},
		{`{"use":"sig","key_ops":["verify"],"alg":"EdDSA"}`, "EdDSA", ""},
		{`{"use":"enc"}`, "", forbidden},
		{`{"use":"SIG"}`, "", forbidden},
		{`{"use":null}`, "", forbidden},
		{`{"key_ops":[]}`, "", forbidden},
		{`{"key_ops":["sign"]}`, "", forbidden},
		{`{"key_ops":"verify"}`, "", forbidden},
		{`{"key_ops":["sign","verify"]}`, "", ""},
		{`{"alg":"Ed25519"}`, "EdDSA", ""},
		{`{"alg":"EdDSA"}`, "Ed25519", ""},
		{`{"alg":"ES256"}`, "EdDSA", other},
		{`{"alg":"ES256"}`, "", ""}, // a suite without an algorithm of JOSE
		{`{"alg":"es256"}`, "ES256", other},
		{`{"alg":1}`, "ES256", other},
	}
	for _, row := range rows {
		if err := CheckPurpose(parse(t, row.jwk), row.algorithm); report.CodeOf(err) != row.code {
			t.Errorf("%s for %q: %v, want %q", row.jwk, row.algorithm, err, row.code)
		}
	}
	if err := CheckPurpose(strictjson.Value{}, "ES256"); err != nil {
		t.Error("no JWK: ", err)
	}
}

func TestCheckKind(t *testing.T) {
	key := samplekey.Ed25519(1)
	if CheckKind(key, nil, "") != nil || CheckKind(key, []string{P256, Ed25519}, "") != nil {
		t.Error("refused")
	}
	if err := CheckKind(key, []string{P256}, "ES256"); report.CodeOf(err) != report.KeyAlgorithmMismatch {
		t.Error(err)
	}
	if err := CheckKind("a text", []string{P256}, "ES256"); report.CodeOf(err) != report.KeyAlgorithmMismatch {
		t.Error(err)
	}
}

// Whatever comes out of foreign bytes has been checked, and what does not has
// a code.
func FuzzEncoded(f *testing.F) {
	f.Add([]byte(samplekey.JWK(samplekey.Point(elliptic.P256(), 5))))
	f.Add([]byte(samplekey.JWK(samplekey.RSA(2048))))
	f.Add([]byte(samplekey.Multikey(codeEd25519, samplekey.Ed25519(1))))
	f.Add([]byte(samplekey.Multikey(codeP384, samplekey.Compress(samplekey.Point(elliptic.P384(), 5)))))
	f.Add([]byte(spki(f, samplekey.Point(elliptic.P521(), 5))))
	f.Add([]byte(multibase.EncodeBase58(samplekey.Ed25519(1))))
	f.Fuzz(func(t *testing.T, data []byte) {
		read := func(public any, err error) {
			if err != nil {
				if code := report.CodeOf(err); !strings.HasPrefix(string(code), "key.") {
					t.Errorf("%v", err)
				}
				return
			}
			if Check(public) != nil || Kind(public) == "" || Thumbprint(public) == "" {
				t.Errorf("an unchecked key %v", public)
			}
		}
		if value, err := strictjson.Parse(data); err == nil {
			read(FromJWK(value))
		}
		read(FromMultikey(string(data), report.KeyMalformed))
		read(FromPEM(data))
		for _, kind := range []string{"Ed25519VerificationKey2018", "EcdsaSecp256k1VerificationKey2019", "EcdsaSecp256r1VerificationKey2019"} {
			read(FromBase58(string(data), kind))
		}
		LooksLikeKey(string(data))
	})
}
