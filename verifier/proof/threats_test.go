package proof

import (
	"crypto/ecdh"
	"crypto/ecdsa"
	"crypto/ed25519"
	"crypto/elliptic"
	"crypto/hmac"
	"crypto/rand"
	"crypto/rsa"
	"crypto/sha256"
	"crypto/x509"
	"encoding/base64"
	"encoding/hex"
	"encoding/json"
	"encoding/pem"
	"fmt"
	"go/parser"
	gotoken "go/token"
	"io/fs"
	"math/big"
	"path/filepath"
	"strings"
	"testing"

	"github.com/sealcheck/sealcheck/verifier/internal/jws"
	"github.com/sealcheck/sealcheck/verifier/internal/signature"
	"github.com/sealcheck/sealcheck/verifier/report"
)

// TestT1Algorithms: alg none, a public key used as a secret, and algorithms
// that do not belong to the key. Each is refused at Read or at Verify.
func TestT1Algorithms(t *testing.T) {
	p256, p384, rsaKey := pairs()[P256][0], pairs()[P384][0], pairs()[RSA][0]
	signed := func(header, alg string, private any) string {
		input := b64(header) + "." + b64(credentialText)
		return input + "." + b64(string(sign(algorithmNamed(alg), private, []byte(input))))
	}
	tests := []struct {
		name, file string
		public     any
		want       report.Code
	}{
		{"none without signature", b64(`{"alg":"none"}`) + "." + b64(credentialText) + ".", p256.public, report.ProofAlgorithmNone},
		{"ES256 header, key of P-384", signed(`{"alg":"ES256","kid":"k"}`, "ES384", p384.private), p384.public, report.KeyAlgorithmMismatch},
		{"RS256 header, PSS signature", signed(`{"alg":"RS256","kid":"k"}`, "PS256", rsaKey.private), rsaKey.public, report.SignatureMismatch},
		{"PS256 header, PKCS1 signature", signed(`{"alg":"PS256","kid":"k"}`, "RS256", rsaKey.private), rsaKey.public, report.SignatureMismatch},
		{"RS512 header, RS256 signature", signed(`{"alg":"RS512","kid":"k"}`, "RS256", rsaKey.private), rsaKey.public, report.SignatureMismatch},
		{"ES256 header, RSA key", signed(`{"alg":"ES256","kid":"k"}`, "RS256", rsaKey.private), rsaKey.public, report.KeyAlgorithmMismatch},
		{"ES256K header, key of P-256", signed(`{"alg":"ES256K","kid":"k"}`, "ES256", p256.private), p256.public, report.KeyAlgorithmMismatch},
		{"alg twice", signed(`{"alg":"ES256","alg":"none","kid":"k"}`, "ES256", p256.private), p256.public, "?"},
		{"alg twice, escaped", signed(`{"alg":"ES256","\u0061lg":"none","kid":"k"}`, "ES256", p256.private), p256.public, "?"},
		{"alg and ALG", signed(`{"alg":"ES256","ALG":"none","kid":"k"}`, "ES256", p256.private), p256.public, report.ProofHeaderMalformed},
		{"ALG only", signed(`{"ALG":"ES256","kid":"k"}`, "ES256", p256.private), p256.public, report.ProofHeaderMalformed},
		{"no alg", signed(`{"kid":"k"}`, "ES256", p256.private), p256.public, report.ProofAlgorithmMissing},
		{"alg is null", signed(`{"alg":null,"kid":"k"}`, "ES256", p256.private), p256.public, report.ProofHeaderMalformed},
		{"alg in a list", signed(`{"alg":["ES256"],"kid":"k"}`, "ES256", p256.private), p256.public, report.ProofHeaderMalformed},
		{"alg in lower case", signed(`{"alg":"es256","kid":"k"}`, "ES256", p256.private), p256.public, report.ProofAlgorithmUnknown},
		{"alg with a space", signed(`{"alg":"ES256 ","kid":"k"}`, "ES256", p256.private), p256.public, report.ProofAlgorithmUnknown},
		{"an encryption algorithm", signed(`{"alg":"RSA-OAEP","kid":"k"}`, "ES256", p256.private), p256.public, report.ProofAlgorithmUnknown},
		{"RS1", signed(`{"alg":"RS1","kid":"k"}`, "RS256", rsaKey.private), rsaKey.public, report.ProofAlgorithmUnknown},
	}
	for _, name := range []string{"none", "None", "nOnE", "NONE", ""} {
		tests = append(tests, struct {
			name, file string
			public     any
			want       report.Code
		}{"alg " + name, signed(`{"alg":"`+name+`","kid":"k"}`, "ES256", p256.private), p256.public, report.ProofAlgorithmNone})
	}
	for _, secret := range secrets(t, p256) {
		for _, alg := range []string{"HS256", "hs256", "HS384", "HS512"} {
			input := b64(`{"alg":"`+alg+`","kid":"k"}`) + "." + b64(credentialText)
			mac := hmac.New(sha256.New, secret)
			mac.Write([]byte(input))
			file := input + "." + b64(string(mac.Sum(nil)))
			for _, public := range []any{p256.public, secret, string(secret)} {
				tests = append(tests, struct {
					name, file string
					public     any
					want       report.Code
				}{alg, file, public, report.ProofAlgorithmSymmetric})
			}
		}
	}
	for _, test := range tests {
		got := verdict(t, test.file, false, test.public)
		if got == "" || test.want != "?" && got != test.want {
			t.Errorf("%s: %q, want %q", test.name, got, test.want)
		}
	}

	// EdDSA with X25519: the same 32 bytes as a key for another purpose.
	proofs, _ := read(t, signed(`{"alg":"EdDSA","kid":"k"}`, "EdDSA", pairs()[Ed25519][0].private), false)
	x25519, _ := ecdh.X25519().GenerateKey(rand.Reader)
	for _, public := range []any{x25519.PublicKey(), x25519.PublicKey().Bytes(), [32]byte{}} {
		if got := codeOf(Verify(&proofs[0], public, nil)); got != report.KeyAlgorithmMismatch {
			t.Errorf("EdDSA with %T: %q", public, got)
		}
	}
}

// secrets are the spellings of a public key that a careless verifier would
// take for a shared secret.
func secrets(t *testing.T, p pair) [][]byte {
	der, err := x509.MarshalPKIXPublicKey(p.public)
	if err != nil {
		t.Fatal(err)
	}
	k := p.public.(*ecdsa.PublicKey)
	jwk := fmt.Sprintf(`{"crv":"P-256","kty":"EC","x":"%s","y":"%s"}`,
		b64(string(k.X.FillBytes(make([]byte, 32)))), b64(string(k.Y.FillBytes(make([]byte, 32)))))
	return [][]byte{der, pem.EncodeToMemory(&pem.Block{Type: "PUBLIC KEY", Bytes: der}), []byte(jwk)}
}

// TestT1NoSymmetricCode: none of our packages names the one package with
// which a message authentication code could be checked.
func TestT1NoSymmetricCode(t *testing.T) {
	files := 0
	err := filepath.WalkDir("..", func(path string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() || !strings.HasSuffix(path, ".go") || strings.HasSuffix(path, "_test.go") {
			return err
		}
		files++
		file, err := parser.ParseFile(gotoken.NewFileSet(), path, nil, parser.ImportsOnly)
		if err != nil {
			return nil // somebody else's test will say so
		}
		for _, spec := range file.Imports {
			if spec.Path.Value == `"crypto/hmac"` {
				t.Errorf("%s imports crypto/hmac", path)
			}
		}
		return nil
	})
	if err != nil || files < 10 {
		t.Fatalf("%d files, %v", files, err)
	}
	for _, a := range signature.Algorithms {
		if strings.HasPrefix(strings.ToUpper(a.Name), "HS") || strings.HasPrefix(a.Library, "HS") {
			t.Errorf("%s is symmetric", a.Name)
		}
	}
}

// TestT2Wycheproof runs signature primitives and JWS through our own code.
func TestT2Wycheproof(t *testing.T) {
	type test struct {
		ID            int `json:"tcId"`
		Comment       string
		Msg, Sig, JWS any
		Result        string
		Flags         []string
	}
	type group struct {
		Public       json.RawMessage
		PublicKey    struct{ PK, Uncompressed string }
		PublicKeyDer string
		Sha          string
		Tests        []test
	}
	load := func(name string) []group {
		var file struct{ TestGroups []group }
		if err := json.Unmarshal(vector(t, "wycheproof/"+name), &file); err != nil {
			t.Fatal(err)
		}
		return file.TestGroups
	}
	unhex := func(text any) []byte {
		data, err := hex.DecodeString(fmt.Sprint(text))
		if err != nil {
			t.Fatal(err)
		}
		return data
	}

	count := 0
	check := func(file string, test test, got bool) {
		count++
		// "acceptable" is a PKCS #1 digest without its NULL: either is right.
		if want := test.Result == "valid"; got != want && test.Result != "acceptable" {
			t.Errorf("%s %d (%s): verifies %v, is %s", file, test.ID, test.Comment, got, test.Result)
		}
	}
	primitive := func(file, alg string) {
		a := algorithmNamed(alg)
		for _, g := range load(file) {
			public, err := x509.ParsePKIXPublicKey(unhex(g.PublicKeyDer))
			if err != nil {
				t.Fatal(err)
			}
			for _, test := range g.Tests {
				value := unhex(test.Sig)
				check(file, test, signature.WellFormed(public, value) == nil && a.Check(unhex(test.Msg), value, public) == nil)
			}
		}
	}
	primitive("ed25519_test.json", "EdDSA")
	primitive("ecdsa_secp256r1_sha256_p1363_test.json", "ES256")
	primitive("rsa_signature_2048_sha256_test.json", "RS256")

	for _, g := range load("json_web_signature_test.json") {
		public := jwkKey(t, g.Public)
		for _, test := range g.Tests {
			text, ok := test.JWS.(string)
			if !ok {
				data, _ := json.Marshal(test.JWS)
				text = string(data)
			}
			count++
			got := verifiesJWS(t, text, public)
			want := test.Result == "valid" && public != nil
			// What use and algorithm a JWK itself admits is package key's to
			// say: the key that comes here is the bare one.
			if strings.HasPrefix(test.Comment, "rejectWrong") || strings.HasPrefix(test.Comment, "UsingRS") || strings.HasPrefix(test.Comment, "UsingPS") {
				continue
			}
			if got != want {
				t.Errorf("json_web_signature_test.json %d (%s): verifies %v, is %s: %.90s", test.ID, test.Comment, got, test.Result, text)
			}
		}
	}
	t.Logf("%d tests", count)
}

// verifiesJWS says whether a message is accepted. Its payload is any text.
func verifiesJWS(t *testing.T, text string, public any) bool {
	m, err := jws.Parse([]byte(text))
	if err != nil {
		return false
	}
	member := readSignature(m, 0, ACredential)
	ours := Verify(&member.proof, public, nil) == nil
	if ours && member.findings.Outcome() == report.Fail {
		t.Error("refused and verified")
	}
	return ours
}

// jwkKey decodes a public JWK; nil for a symmetric one or none.
func jwkKey(t *testing.T, data []byte) any {
	var k struct{ Kty, Crv, X, Y, N, E string }
	if len(data) == 0 {
		return nil
	}
	if err := json.Unmarshal(data, &k); err != nil {
		t.Fatal(err)
	}
	number := func(text string) *big.Int {
		b, err := base64.RawURLEncoding.DecodeString(text)
		if err != nil {
			t.Fatal(err)
		}
		return new(big.Int).SetBytes(b)
	}
	switch {
	case k.N != "":
		return &rsa.PublicKey{N: number(k.N), E: int(number(k.E).Int64())}
	case k.Crv == "Ed25519":
		return ed25519.PublicKey(number(k.X).FillBytes(make([]byte, 32)))
	case k.Crv == "secp256k1":
		return secpKey(t, number(k.X), number(k.Y))
	case k.X != "":
		curve := map[string]elliptic.Curve{"P-256": elliptic.P256(), "P-384": elliptic.P384(), "P-521": elliptic.P521()}[k.Crv]
		return &ecdsa.PublicKey{Curve: curve, X: number(k.X), Y: number(k.Y)}
	}
	return nil
}

// TestT3HeaderKeys: what the header says of its key is kept as a candidate,
// and addresses in it are named and never followed.
func TestT3HeaderKeys(t *testing.T) {
	header := `{"alg":"ES256","kid":"https://attacker.example/k","jwk":{"kty":"EC"},"jku":"https://attacker.example/j","x5u":"file:///etc/passwd"}`
	proofs, findings := read(t, token("ES256", header, credentialText), false)
	if findings.Outcome() != report.Warn || !findings.Has(report.ProofKeyAddressIgnored) {
		t.Errorf("%v", findings)
	}
	ref := proofs[0].Reference
	if ref.KeyID != "https://attacker.example/k" || ref.HeaderKey.At("kty").Text() != "EC" || ref.Bound || ref.Chain != nil {
		t.Errorf("%+v", ref)
	}
}

// TestT19NothingIsNoProof: a member `proof` that holds none is no signature,
// and nothing that Read did not accept can be verified.
func TestT19NothingIsNoProof(t *testing.T) {
	for text, want := range map[string]report.Code{
		``:                                       report.ProofNone,
		`,"proof":null`:                          report.ProofMalformed,
		`,"proof":[]`:                            report.ProofMalformed,
		`,"proof":{}`:                            report.ProofMalformed,
		`,"proof":""`:                            report.ProofMalformed,
		`,"proof":true`:                          report.ProofMalformed,
		`,"proof":0`:                             report.ProofMalformed,
		`,"proof":[null]`:                        report.ProofMalformed,
		`,"proof":[[]]`:                          report.ProofMalformed,
		`,"proof":[{}]`:                          report.ProofMalformed,
		`,"proof":"z3FXQjecWufY46"`:              report.ProofMalformed,
		`,"proof":{"type":""}`:                   report.ProofMalformed,
		`,"proof":{"type":["Data"]}`:             report.ProofMalformed,
		`,"proof":{"type":"DataIntegrityProof"}`: report.ProofMalformed,
		`,"proof":{"type":"DataIntegrityProof","cryptosuite":""}`: report.ProofMalformed,
		`,"proof":{"type":"DataIntegrityProof","cryptosuite":1}`:  report.ProofMalformed,
		`,"proof":[` + strings.Repeat(`{},`, 10) + `{}]`:          report.ProofTooMany,
	} {
		proofs, findings := read(t, `{"@context":["https://www.w3.org/ns/credentials/v2"],"type":["VerifiableCredential"]`+text+`}`, false)
		if !findings.Has(want) || findings.Outcome() != want.Outcome() || findings.Outcome().Lets() {
			t.Errorf("%s: %v, want %s", text, findings, want)
		}
		for i := range proofs {
			if proofs[i].Supported() || Verify(&proofs[i], pairs()[Ed25519][0].public, nil) == nil {
				t.Errorf("%s: can be verified", text)
			}
		}
	}
}
