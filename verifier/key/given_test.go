package key

import (
	"crypto/ed25519"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/x509"
	"crypto/x509/pkix"
	"encoding/base64"
	"encoding/pem"
	"math/big"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/sealcheck/sealcheck/verifier/internal/strictjson"
	"github.com/sealcheck/sealcheck/verifier/proof"
	"github.com/sealcheck/sealcheck/verifier/report"
)

// certificateOf makes a self-signed certificate, valid in 2026.
func certificateOf(usage x509.KeyUsage) ([]byte, ed25519.PublicKey) {
	private := ed25519.NewKeyFromSeed(make([]byte, 32))
	template := &x509.Certificate{
		SerialNumber: big.NewInt(1), Subject: pkix.Name{Organization: []string{"Example University"}}, KeyUsage: usage,
		NotBefore: time.Date(2026, 1, 1, 0, 0, 0, 0, time.UTC), NotAfter: time.Date(2026, 12, 31, 0, 0, 0, 0, time.UTC),
	}
	public := private.Public().(ed25519.PublicKey)
	der, err := x509.CreateCertificate(rand.Reader, template, template, public, private)
	if err != nil {
		panic(err)
	}
	return der, public
}

func TestCertificate(t *testing.T) {
	der, public := certificateOf(x509.KeyUsageDigitalSignature)
	commitment, _ := certificateOf(x509.KeyUsageContentCommitment)
	silent, _ := certificateOf(0)
	sealing, _ := certificateOf(x509.KeyUsageKeyEncipherment)
	document := did(`"assertionMethod":[` + methodText("#k", web, 1, "") + `]`)
	revoked := did(`"assertionMethod":[` + methodText("#k", web, 1, `,"revoked":"2020-01-01T00:00:00Z"`) + `]`)
	rows := []struct {
		name    string
		network answers
		keyID   string
		chain   [][]byte
		bound   bool
		created string
		codes   string
	}{
		{"seal", nil, "", [][]byte{der, der}, true, "2026-06-01T00:00:00Z", "key.certificate"},
		{"seal with a reference", document, web + "#k", [][]byte{der}, true, "", "key.certificate"},
		{"unbound", nil, "MIGUMIGOpIG", [][]byte{der}, false, "", "key.certificate"},
		{"content commitment", nil, "", [][]byte{commitment}, true, "", "key.certificate"},
		{"no key usage", nil, "", [][]byte{silent}, true, "", "key.certificate"},
		{"for encryption", nil, "", [][]byte{sealing}, true, "", "key.certificate_usage"},
		{"signed before", nil, "", [][]byte{der}, true, "2025-12-31T23:59:59Z", "key.certificate_not_valid_then"},
		{"signed after", nil, "", [][]byte{der}, true, "2027-01-01T00:00:00Z", "key.certificate_not_valid_then"},
		{"malformed", nil, "", [][]byte{der[:50]}, true, "", "key.certificate_malformed"},
		{"malformed issuer", nil, "", [][]byte{der, {1}}, true, "", "key.certificate"},
		{"too many", nil, "", [][]byte{der, der, der, der, der, der, der, der, der, der, der}, true, "", "key.certificate_malformed"},
		{"both", document, web + "#k", [][]byte{der}, false, "", "key.did_document key.certificate"},
		{"reference down", nil, web + "#k", [][]byte{der}, false, "", "key.certificate"},
		{"reference revoked", revoked, web + "#k", [][]byte{der}, false, "", "key.revoked"},
		{"reference good, certificate not", document, web + "#k", [][]byte{sealing}, false, "", "key.did_document"},
		{"both bad", nil, web + "#k", [][]byte{sealing}, false, "", "key.unreachable"},
	}
	for _, r := range rows {
		t.Run(r.name, func(t *testing.T) {
			reference := ref(r.keyID)
			reference.Chain, reference.Bound = r.chain, r.bound
			if r.created != "" {
				reference.Created, _ = time.Parse(time.RFC3339, r.created)
			}
			keys, findings := find(r.network, reference, web)
			want(t, keys, findings, r.codes)
			for _, k := range keys {
				if k.Source == Certificate && (k.Inseparable != r.bound || k.ListedBy != "" || len(k.Chain) == 0 || !public.Equal(k.Public)) {
					t.Errorf("%+v", k)
				}
			}
		})
	}
	reference := ref("")
	reference.Chain, reference.Curves = [][]byte{der}, []string{"RSA"}
	keys, findings := find(nil, reference, web)
	want(t, keys, findings, "key.algorithm_mismatch")
}

func given(t testing.TB, text string) []GivenKey {
	t.Helper()
	keys, err := ParseGiven([]byte(text))
	if err != nil {
		t.Fatalf("%v in %s", err, text)
	}
	return keys
}

func TestParseGiven(t *testing.T) {
	private, err := x509.MarshalPKCS8PrivateKey(ed25519.NewKeyFromSeed(make([]byte, 32)))
	if err != nil {
		t.Fatal(err)
	}
	der, _ := certificateOf(0)
	block := func(kind string, der []byte) string {
		return string(pem.EncodeToMemory(&pem.Block{Type: kind, Bytes: der}))
	}
	jwk := jwkOf(edKey(1))
	rows := []struct {
		name, text string
		number     int
		code       report.Code
	}{
		{"jwk", jwk, 1, ""},
		{"key pair", with(jwk, `"d":"AA","key_ops":["sign"]`), 1, ""},
		{"set", `{"keys":[` + jwk + `,` + jwkOf(point(elliptic.P256(), 2)) + `]}`, 2, ""},
		{"set with an odd one", `{"keys":[{"kty":"oct","k":"AA"},` + jwk + `]}`, 1, ""},
		{"array", `[` + jwk + `,` + methodText(web+"#k", web, 1, "") + `]`, 2, ""},
		{"method", methodText(web+"#k", web, 1, ""), 1, ""},
		{"method with secret", methodText(web+"#k", web, 1, `,"secretKeyMultibase":"z1"`), 1, ""},
		{"id and jwk", `{"id":"` + web + `#k","publicKeyJwk":` + with(jwk, `"d":"AA"`) + `}`, 1, ""},
		{"document", didText(`"assertionMethod":[` + methodText("#k", web, 1, "") + `]`), 1, ""},
		{"resolution result", `{"didDocument":` + didText(`"assertionMethod":[`+methodText("#k", web, 1, "")+`]`) + `}`, 1, ""},
		{"profile", cid(profile, `"jwks":{"keys":[`+jwk+`]}`), 1, ""},
		{"spki", "\n" + pemOf(edKey(1)), 1, ""},
		{"two spki", pemOf(edKey(1)) + pemOf(edKey(2)), 2, ""},
		{"pkcs1", block("RSA PUBLIC KEY", x509.MarshalPKCS1PublicKey(rsaPublic(2048))), 1, ""},
		{"certificate", block("CERTIFICATE", der), 1, ""},
		{"private pem", block("PRIVATE KEY", private), 0, report.KeyPrivate},
		{"weak", jwkOf(rsaPublic(1024)), 0, report.KeyWeak},
		{"symmetric", `{"kty":"oct","k":"AA"}`, 0, report.KeyMalformed},
		{"x25519", strings.Replace(jwk, "Ed25519", "X25519", 1), 0, report.KeyNotForAssertion},
		{"document of no key", didText(`"controller":"x"`), 0, report.KeyMalformed},
		{"document that lists none", didText(`"verificationMethod":[` + methodText("#k", web, 1, "") + `]`), 0, report.KeyNotForAssertion},
		{"empty array", `[]`, 0, report.KeyMalformed},
		{"text", `"x"`, 0, report.KeyMalformed},
		{"nothing", ``, 0, report.KeyMalformed},
		{"no JSON", `hello`, 0, report.KeyMalformed},
		{"other JSON", `{"a":1}`, 0, report.KeyDocumentInvalid},
		{"broken pem", "-----BEGIN PUBLIC KEY-----\nAAAA", 0, report.KeyMalformed},
		{"too many", `[` + strings.Repeat(jwk+",", 100) + jwk + `]`, 0, report.KeyDocumentTooLarge},
	}
	for _, row := range rows {
		t.Run(row.name, func(t *testing.T) {
			keys, err := ParseGiven([]byte(row.text))
			if len(keys) != row.number || codeOf(err) != row.code {
				t.Errorf("%d keys, %v; want %d, %q", len(keys), err, row.number, row.code)
			}
		})
	}
}

func TestGiven(t *testing.T) {
	jwk := jwkOf(edKey(1))
	thumb := thumbprint(edKey(1))
	document := did(`"assertionMethod":[` + methodText("#k", web, 2, "") + `]`)
	method := methodText(web+"#k", web, 1, "")
	const example = "did:example:123"
	rows := []struct {
		name, given   string
		network       answers
		keyID, issuer string
		codes         string
		sources       string
	}{
		{"nameless", jwk, nil, web + "#k", web, "key.given", "given"},
		{"pem", pemOf(edKey(1)), nil, web + "#k", web, "key.given", "given"},
		{"by id", method, nil, web + "#k", web, "key.given", "given"},
		{"by kid", with(jwk, `"kid":"`+web+`#k"`), nil, web + "#k", web, "key.given", "given"},
		{"by kid, short", with(jwk, `"kid":"k"`), nil, web + "#k", web, "key.given", "given"},
		{"by relative id", `{"id":"#k","publicKeyJwk":` + jwk + `}`, nil, web + "#k", web, "key.given", "given"},
		{"by thumbprint", with(jwk, `"kid":"other"`), nil, thumb, profile, "key.given", "given"},
		{"by thumbprint fragment", with(jwk, `"kid":"other"`), nil, web + "#" + thumb, web, "key.given", "given"},
		{"by controller", `{"controller":"` + web + `","publicKeyJwk":` + jwk + `}`, nil, web + "#k", web, "key.given", "given"},
		{"by controller of no reference", method, nil, "", web, "key.given", "given"},
		{"by controller of a bare DID", method, nil, web, web, "key.given", "given"},
		{"by short name in the issuer", method, nil, "k", web, "key.given", "given"},
		{"document", didText(`"assertionMethod":[` + method + `]`), nil, web + "#k", web, "key.given", "given"},
		{"method that we cannot resolve", methodText(example+"#key-0", example, 1, ""), nil, example + "#key-0", example, "key.given", "given"},
		{"behind the published key", method, document, web + "#k", web, "key.did_document", "did-document given"},
		{"the published key itself", methodText(web+"#k", web, 2, ""), document, web + "#k", web, "key.did_document", "did-document"},
		{"for a rotated key", methodText(web+"#old", web, 1, ""), document, web + "#old", web, "key.given", "given"},
		{"the header's key", jwk, document, "", web, "key.given", "given"},

		{"another id", methodText(web+"#x", web, 1, ""), nil, web + "#k", web, "key.unreachable", ""},
		{"another kid", with(jwk, `"kid":"x"`), nil, web + "#k", web, "key.unreachable", ""},
		{"kid, but no reference", with(jwk, `"kid":"x"`), nil, "", web, "key.unreachable", ""},
		{"same name, another owner", methodText("did:web:evil.example#k", "did:web:evil.example", 1, ""), nil, web + "#k", web, "key.unreachable", ""},
		{"same short name, another owner", methodText("did:web:evil.example#k", "did:web:evil.example", 1, ""), nil, "k", web, "key.unreachable", ""},
		{"wrong type", jwkOf(point(elliptic.P256(), 2)), nil, web + "#k", web, "key.unreachable", ""},
		{"wrong algorithm", with(jwk, `"alg":"ES256"`), nil, web + "#k", web, "key.unreachable", ""},
		{"revoked", methodText(web+"#k", web, 1, `,"revoked":"2020-01-01T00:00:00Z"`), nil, web + "#k", web, "key.unreachable", ""},
		{"for authentication", didText(`"authentication":[` + method + `]`), nil, web + "#k", web, "key.unreachable", ""},
		{"against a decision", method, did(`"verificationMethod":[` + method + `]`), web + "#k", web, "key.not_for_assertion", ""},
		{"against a fragment that is a key", jwk, document, web + "#" + edMultibase(6), web, "key.fragment_is_key", ""},
		{"beside a did:key", jwkOf(edKey(2)), nil, "did:key:" + edMultibase(1) + "#" + edMultibase(1), "", "key.did_key", "did:key"},
	}
	for _, r := range rows {
		t.Run(r.name, func(t *testing.T) {
			reference := ref(r.keyID)
			if r.name == "the header's key" {
				reference.HeaderKey = parse(t, jwk)
			}
			found, findings := find(r.network, reference, r.issuer, given(t, r.given)...)
			want(t, found, findings, r.codes)
			var sources []string
			for _, k := range found {
				sources = append(sources, string(k.Source))
				if k.Source == Given && k.ListedBy != "" {
					t.Errorf("a given key is listed by %s", k.ListedBy)
				}
			}
			if got := strings.Join(sources, " "); got != r.sources {
				t.Errorf("sources %q, want %q", got, r.sources)
			}
		})
	}
}

func FuzzParseGiven(f *testing.F) {
	f.Add([]byte(jwkOf(edKey(1))))
	f.Add([]byte(`{"keys":[` + with(jwkOf(edKey(1)), `"kid":"k"`) + `]}`))
	f.Add([]byte(methodText(web+"#k", web, 1, "")))
	f.Add([]byte(didText(`"assertionMethod":[` + methodText("#k", web, 1, "") + `]`)))
	f.Add([]byte(pemOf(rsaPublic(2048))))
	f.Fuzz(func(t *testing.T, data []byte) {
		keys, err := ParseGiven(data)
		if (err == nil) != (len(keys) > 0) || codeOf(err) == report.InternalUnexpected {
			t.Fatalf("%d keys, %v", len(keys), err)
		}
		found, _ := find(answers{}, ref(web+"#k"), web, keys...)
		for _, k := range found {
			if sound(k.Public) != nil || k.Source != Given || k.ListedBy != "" {
				t.Errorf("%+v", k)
			}
		}
	})
}

const vectors = "../../../shared/vectors"

// What people really hand in, as third parties publish it beside their
// credentials: each must parse, and mean the key that its credential means.
func TestThirdPartyKeys(t *testing.T) {
	if _, err := os.Stat(vectors); err != nil {
		if os.Getenv("CI") != "" {
			t.Fatal("no third-party vectors")
		}
		t.Skip("no third-party vectors: key files not read")
	}
	patterns := []string{
		"w3c-vc-jose-cose-test-suite/vm-*.json", "dif-jws-test-suite/keys/*.json", "trustbloc-vc-go/jwt/*.jwk",
		"spruceid-ssi/tests/did-example-foo.json", "spruceid-ssi/tests/did-example-bar.json",
		"spruceid-ssi/tests/lds-ed25519-2020-issuer0.jsonld", "ebsi-npm/*.jwk.json",
	}
	for _, pattern := range patterns {
		files, _ := filepath.Glob(filepath.Join(vectors, pattern))
		if len(files) == 0 {
			t.Errorf("no %s", pattern)
		}
		for _, file := range files {
			data, err := os.ReadFile(file)
			if err != nil {
				t.Fatal(err)
			}
			if keys, err := ParseGiven(data); err != nil || len(keys) == 0 {
				t.Errorf("%s: %d keys, %v", file, len(keys), err)
			}
		}
	}
	// The did:key of EBSI's natural persons, P-256 and secp256k1.
	files, _ := filepath.Glob(filepath.Join(vectors, "ebsi-npm/did-key-*.txt"))
	for _, file := range files {
		data, _ := os.ReadFile(file)
		did := strings.TrimSpace(string(data))
		found, findings := find(nil, proof.Reference{KeyID: did + "#" + did[8:], Purpose: "assertionMethod"}, did)
		want(t, found, findings, "key.did_key")
	}
	matchManifest(t)
}

// matchManifest holds every credential of the manifest that comes with a key
// file against that file.
func matchManifest(t *testing.T) {
	data, err := os.ReadFile(filepath.Join(vectors, "manifest.json"))
	if err != nil {
		t.Fatal(err)
	}
	matched := 0
	for _, entry := range parse(t, string(data)).At("entries").Items() {
		file := entry.At("file").Text()
		// Two that name the wrong key, or none that we read.
		if !strings.HasSuffix(file, ".jwt") && !strings.HasSuffix(file, ".json") && !strings.HasSuffix(file, ".txt") ||
			strings.Contains(file, "unknown-extensions") {
			continue
		}
		folder, _, _ := strings.Cut(file, "/")
		for _, need := range entry.At("needs").List() {
			keyData, err := os.ReadFile(filepath.Join(vectors, folder, need.Text()))
			if err != nil {
				keyData, err = os.ReadFile(filepath.Join(vectors, need.Text()))
			}
			if err != nil || !strings.Contains(need.Text(), "vm-") && !strings.Contains(need.Text(), "key") &&
				!strings.Contains(need.Text(), "jwk") && !strings.Contains(need.Text(), "did-example") {
				continue
			}
			keyID, issuer := referenceOf(t, filepath.Join(vectors, file))
			if keyID == "" || strings.HasPrefix(keyID, "did:key:") {
				continue
			}
			// A suite's failing files sometimes come with another's key.
			if entry.At("expect").Text() == "invalid" {
				continue
			}
			found, findings := find(answers{}, proof.Reference{KeyID: keyID, Purpose: "assertionMethod"}, issuer, given(t, string(keyData))...)
			if codes(findings) != "key.given" || len(found) != 1 {
				t.Errorf("%s (%s) with %s: %v, %d keys", file, keyID, need.Text(), findings, len(found))
			}
			matched++
		}
	}
	if matched < 40 {
		t.Errorf("only %d credentials with key files", matched)
	}
}

// referenceOf reads key reference and issuer of a credential, loosely.
func referenceOf(t *testing.T, file string) (keyID, issuer string) {
	t.Helper()
	data, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	text := strings.TrimSpace(string(data))
	if value, err := strictjson.Parse([]byte(text)); err == nil {
		if jwt := value.At("jwt").Text(); jwt != "" {
			text = jwt
		} else {
			issuer = value.At("issuer").Text() + value.At("issuer", "id").Text() + value.At("holder").Text()
			return value.At("proof", "verificationMethod").Text(), issuer
		}
	}
	parts := strings.Split(text, ".")
	if len(parts) < 3 {
		return "", ""
	}
	part := func(i int) strictjson.Value {
		data, _ := base64.RawURLEncoding.DecodeString(parts[i])
		value, _ := strictjson.Parse(data)
		return value
	}
	return part(0).At("kid").Text(), part(1).At("iss").Text()
}
