package verifier_test

import (
	"bytes"
	"crypto"
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/rsa"
	"crypto/sha256"
	"crypto/x509"
	"crypto/x509/pkix"
	"encoding/asn1"
	"encoding/base64"
	"encoding/json"
	"fmt"
	"math/big"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/sealcheck/sealcheck/verifier/report"
)

var _ = fmt.Sprint
var _ = bytes.NewReader
var _ = ecdsa.Verify
var _ = elliptic.P256
var _ = strconv.Itoa
var _ = time.Now
var _ = big.NewInt
var _ = asn1.Marshal
var _ = pkix.Name{}

func show(t *testing.T, name string, got *report.Report) {
	t.Helper()
	t.Logf("### %s: %s/%s  %s", name, got.Verdict, got.Headline, sentence(got))
	for _, c := range got.Credentials {
		for _, check := range c.Checks {
			t.Logf("   %-10s %-8s %v", check.Name, check.Outcome, check.Findings)
		}
	}
}

// issued makes a certificate from a template of the attacker's choice.
func issued(t testing.TB, template *x509.Certificate, parent *x509.Certificate, parentKey *rsa.PrivateKey) (*x509.Certificate, *rsa.PrivateKey) {
	t.Helper()
	private, err := rsa.GenerateKey(rand.Reader, 2048)
	if err != nil {
		t.Fatal(err)
	}
	if template.SerialNumber == nil {
		template.SerialNumber = big.NewInt(9)
	}
	if template.NotBefore.IsZero() {
		template.NotBefore, template.NotAfter = instant.AddDate(-1, 0, 0), instant.AddDate(1, 0, 0)
	}
	if template.KeyUsage == 0 {
		template.KeyUsage = x509.KeyUsageDigitalSignature
	}
	by, byKey := parent, parentKey
	if parent == nil {
		by, byKey = template, private
	}
	der, err := x509.CreateCertificate(rand.Reader, template, by, &private.PublicKey, byKey)
	if err != nil {
		t.Fatal(err)
	}
	parsed, err := x509.ParseCertificate(der)
	if err != nil {
		t.Fatal(err)
	}
	return parsed, private
}

// rsaJWT is a compact JWS with x5c.
func rsaJWT(t testing.TB, key *rsa.PrivateKey, header, payload map[string]any) []byte {
	header["alg"] = "RS256"
	h, _ := json.Marshal(header)
	p, _ := json.Marshal(payload)
	input := b64(h) + "." + b64(p)
	sum := sha256.Sum256([]byte(input))
	signature, err := rsa.SignPKCS1v15(nil, key, crypto.SHA256, sum[:])
	if err != nil {
		t.Fatal(err)
	}
	return []byte(input + "." + b64(signature))
}

func x5c(chain ...*x509.Certificate) []any {
	var all []any
	for _, c := range chain {
		all = append(all, base64.StdEncoding.EncodeToString(c.Raw))
	}
	return all
}

// sealChain is seal with a whole chain.
func sealChain(t testing.TB, chain []*x509.Certificate, private *rsa.PrivateKey, document map[string]any) []byte {
	payload, _ := json.Marshal(document)
	digest := sha256.Sum256(chain[0].Raw)
	header, _ := json.Marshal(map[string]any{"alg": "RS256", "cty": "json", "typ": "jose+json", "x5t#S256": b64(digest[:]),
		"x5c": x5c(chain...), "b64": false, "sigT": "2026-02-01T00:00:00Z", "crit": []any{"b64", "sigT"}})
	sum := sha256.Sum256([]byte(b64(header) + "." + string(payload)))
	signature, err := rsa.SignPKCS1v15(nil, private, crypto.SHA256, sum[:])
	if err != nil {
		t.Fatal(err)
	}
	file, _ := json.Marshal(map[string]any{"payload": string(payload), "signatures": []any{map[string]any{"protected": b64(header), "signature": b64(signature)}}})
	return file
}

func authorities(name string, certs ...*x509.Certificate) string {
	var parts []string
	for _, c := range certs {
		parts = append(parts, `{"name":"CA","certificate":"`+base64.StdEncoding.EncodeToString(c.Raw)+`"}`)
	}
	return `{"sealcheckTrustList":1,"name":"` + name + `","issued":"2026-01-01T00:00:00Z","authorities":[` + strings.Join(parts, ",") + `]}`
}

func general(payload map[string]any, signers ...func(input string) (header map[string]any, sign func([]byte) []byte)) []byte {
	p, _ := json.Marshal(payload)
	var signatures []any
	for _, s := range signers {
		header, sign := s("")
		h, _ := json.Marshal(header)
		signatures = append(signatures, map[string]any{"protected": b64(h), "signature": b64(sign([]byte(b64(h) + "." + b64(p))))})
	}
	file, _ := json.Marshal(map[string]any{"payload": b64(p), "signatures": signatures})
	return file
}

func by(s signer, header map[string]any) func(string) (map[string]any, func([]byte) []byte) {
	return func(string) (map[string]any, func([]byte) []byte) {
		if header["alg"] == nil {
			header["alg"] = "EdDSA"
		}
		return header, func(input []byte) []byte {
			signature, _ := s.private.Sign(nil, input, crypto.Hash(0))
			return signature
		}
	}
}

func TestExplore(t *testing.T) {
	harvard, witness, attacker := newSigner(1), newSigner(2), newSigner(0)
	_ = attacker
	site := web{"https://harvard.example/.well-known/did.json": harvard.document(victim)}
	listed := list(entry("Harvard", `{"did":"`+victim+`"}`))

	// set: issuer unsupported + witness good
	show(t, "issuer unsupported + witness did:jwk", judged(t, site, general(badge(profile(victim, "Harvard")),
		by(harvard, map[string]any{"kid": victim + "#key-1", "alg": "FOO"}), by(witness, map[string]any{"kid": witness.did() + "#0"})), listed))
	show(t, "issuer unreachable + witness did:jwk", judged(t, web{}, general(badge(profile(victim, "Harvard")),
		by(harvard, map[string]any{"kid": victim + "#key-1"}), by(witness, map[string]any{"kid": witness.did() + "#0"})), listed))
	replaced := web{"https://harvard.example/.well-known/did.json": newSigner(7).document(victim)}
	show(t, "issuer replaced + witness did:jwk", judged(t, replaced, general(badge(profile(victim, "Harvard")),
		by(harvard, map[string]any{"kid": victim + "#key-1"}), by(witness, map[string]any{"kid": witness.did() + "#0"})), listed))
	wit := "did:web:witness.example"
	both := web{"https://harvard.example/.well-known/did.json": harvard.document(victim), "https://witness.example/.well-known/did.json": newSigner(7).document(wit)}
	show(t, "issuer good + witness replaced", judged(t, both, general(badge(profile(victim, "Harvard")),
		by(harvard, map[string]any{"kid": victim + "#key-1"}), by(witness, map[string]any{"kid": wit + "#key-1"})), listed))

	// issuer did:web down, key at https of same org
	jwk, _ := json.Marshal(harvard.jwk())
	show(t, "did:web down, https kid", judged(t, web{"https://harvard.example/key": string(jwk)},
		harvard.jwt(map[string]any{"kid": "https://harvard.example/key"}, badge(profile(victim, "Harvard"))), listed))
	show(t, "did:web down, https kid down", judged(t, web{},
		harvard.jwt(map[string]any{"kid": "https://harvard.example/key"}, badge(profile(victim, "Harvard"))), listed))
	page := "https://harvard.example/issuer"
	cdn := `{"id":"` + page + `","type":"Profile","jwks_uri":"https://keys.example/jwks"}`
	set := `{"keys":[` + string(jwk) + `]}`
	jwt := harvard.jwt(map[string]any{"kid": "https://keys.example/jwks"}, badge(profile(page, "Harvard")))
	show(t, "https cdn up", judged(t, web{page: cdn, "https://keys.example/jwks": set}, jwt, listed))
	show(t, "https cdn profile down", judged(t, web{"https://keys.example/jwks": set}, jwt, listed))
	show(t, "https cdn all down", judged(t, web{}, jwt, listed))

	// replaced by another type
	p256, _ := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	x, y := p256.X.FillBytes(make([]byte, 32)), p256.Y.FillBytes(make([]byte, 32))
	other := `{"id":"` + victim + `","verificationMethod":[{"id":"` + victim + `#key-1","type":"JsonWebKey","controller":"` + victim + `","publicKeyJwk":{"kty":"EC","crv":"P-256","x":"` + b64(x) + `","y":"` + b64(y) + `"}}],"assertionMethod":["` + victim + `#key-1"]}`
	show(t, "replaced by P-256", judged(t, web{"https://harvard.example/.well-known/did.json": other},
		harvard.jwt(map[string]any{"kid": victim + "#key-1"}, badge(profile(victim, "Harvard"))), listed))

	// status claim
	st := badge(profile(victim, "Harvard"))
	st["status"] = map[string]any{"status_list": map[string]any{"idx": 1, "uri": "https://harvard.example/status"}}
	show(t, "status claim", judged(t, site, harvard.jwt(map[string]any{"kid": victim + "#key-1", "typ": "vc+jwt"}, st), listed))
	v1 := map[string]any{"iss": victim, "nbf": 1767225600, "credentialStatus": map[string]any{"type": "StatusList2021Entry", "id": "https://harvard.example/status#1"},
		"vc": map[string]any{"@context": []any{"https://www.w3.org/2018/credentials/v1"}, "type": []any{"VerifiableCredential"}, "issuer": victim, "credentialSubject": map[string]any{"name": "A"}}}
	show(t, "status beside vc", judged(t, site, harvard.jwt(map[string]any{"kid": victim + "#key-1", "typ": "JWT"}, v1), listed))

	// listed path/case variants; withdrawal evasion
	withdrawn := list(`{"names":{"en":"Harvard"},"vouches":["identity"],"withdrawn":{"since":"2026-02-01T00:00:00Z"},"identifiers":[{"did":"` + victim + `"}]}`)
	domain := list(entry("Harvard", `{"domain":"harvard.example"}`))
	cased := "did:web:HARVARD.example"
	show(t, "withdrawn DID, cased", judged(t, web{"https://harvard.example/.well-known/did.json": harvard.document(cased)},
		harvard.jwt(map[string]any{"kid": cased + "#key-1"}, badge(profile(cased, "Harvard"))), withdrawn, domain))
	// issuer ids
	for _, id := range []string{"urn:uuid:6b2f0c0e-7a51-4f8e-9d7b-0c2f1f3f5a11", "http://harvard.example/issuer", "https://universität.example/issuer", "https://harvard.example/issuer#me", "https://my_school.example/issuer", "did:web:my_school.example"} {
		show(t, "issuer "+id, judged(t, site, harvard.jwt(map[string]any{"jwk": harvard.jwk()}, badge(profile(id, "Harvard"))), listed))
	}
}
