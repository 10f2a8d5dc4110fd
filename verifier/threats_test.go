package verifier_test

import (
	"context"
	"crypto/ed25519"
	"crypto/rand"
	"crypto/rsa"
	"crypto/sha256"
	"crypto/x509"
	"crypto/x509/pkix"
	"encoding/asn1"
	"encoding/base64"
	"encoding/json"
	"math/big"
	"strings"
	"testing"
	"time"

	"crypto"

	"github.com/sealcheck/sealcheck/site/locales"
	"github.com/sealcheck/sealcheck/verifier"
	"github.com/sealcheck/sealcheck/verifier/fetch"
	"github.com/sealcheck/sealcheck/verifier/report"
	"github.com/sealcheck/sealcheck/verifier/trust"
)

// instant is when the attacks of this file are judged.
var instant = time.Date(2026, 6, 1, 12, 0, 0, 0, time.UTC)

var b64 = base64.RawURLEncoding.EncodeToString

// signer is an Ed25519 key of this file's own; the scenarios of the manifest
// are signed by independent libraries.
type signer struct {
	private ed25519.PrivateKey
	public  ed25519.PublicKey
}

func newSigner(seed byte) signer {
	private := ed25519.NewKeyFromSeed([]byte(strings.Repeat(string(rune('a'+seed)), ed25519.SeedSize)))
	return signer{private, private.Public().(ed25519.PublicKey)}
}

func (s signer) jwk() map[string]any {
	return map[string]any{"kty": "OKP", "crv": "Ed25519", "x": b64(s.public)}
}

// did is the did:jwk of the key.
func (s signer) did() string {
	text, _ := json.Marshal(s.jwk())
	return "did:jwk:" + b64(text)
}

// document is a DID document that lists the key as #key-1.
func (s signer) document(did string) string {
	text, _ := json.Marshal(map[string]any{
		"@context": "https://www.w3.org/ns/did/v1", "id": did,
		"verificationMethod": []any{map[string]any{"id": did + "#key-1", "type": "JsonWebKey", "controller": did, "publicKeyJwk": s.jwk()}},
		"assertionMethod":    []any{did + "#key-1"},
	})
	return string(text)
}

func (s signer) jwt(header, payload map[string]any) []byte {
	header["alg"] = "EdDSA"
	h, _ := json.Marshal(header)
	p, _ := json.Marshal(payload)
	input := b64(h) + "." + b64(p)
	return []byte(input + "." + b64(ed25519.Sign(s.private, []byte(input))))
}

// badge is an Open Badge 3.0 by the named issuer.
func badge(issuer any) map[string]any {
	return map[string]any{
		"@context":  []any{"https://www.w3.org/ns/credentials/v2", "https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.3.json"},
		"id":        "urn:uuid:6b2f0c0e-7a51-4f8e-9d7b-0c2f1f3f5a11",
		"type":      []any{"VerifiableCredential", "OpenBadgeCredential"},
		"issuer":    issuer,
		"validFrom": "2026-01-01T00:00:00Z",
		"credentialSubject": map[string]any{"type": []any{"AchievementSubject"}, "achievement": map[string]any{
			"id": "urn:uuid:0c2f1f3f-7a51-4f8e-9d7b-6b2f0c0e5a11", "type": []any{"Achievement"}, "name": "Welding, level 2",
			"description": "d", "criteria": map[string]any{"narrative": "n"}}},
	}
}

func profile(id, name string) map[string]any {
	return map[string]any{"id": id, "type": []any{"Profile"}, "name": name}
}

// web answers from a map of address to body; everything else is not there.
type web map[string]string

func (w web) Get(_ context.Context, request fetch.Request) (fetch.Response, error) {
	body, ok := w[request.Address]
	if !ok {
		return fetch.Response{}, fetch.ErrUnreachable
	}
	return fetch.Response{Status: 200, ContentType: "application/json", Body: []byte(body), Time: instant}, nil
}

func judged(t *testing.T, getter fetch.Getter, file []byte, lists ...string) *report.Report {
	t.Helper()
	config := verifier.Config{Getter: getter, Now: func() time.Time { return instant }}
	for _, list := range lists {
		config.Trust = append(config.Trust, trust.Source{Name: "list", Data: []byte(list)})
	}
	got := verify(t, config, file)
	wellFormed(t, got, report.Demands{})
	return got
}

func list(issuers ...string) string {
	return `{"sealcheckTrustList":1,"name":"Test register","issued":"2026-01-01T00:00:00Z","issuers":[` + strings.Join(issuers, ",") + `]}`
}

func entry(name, identifiers string) string {
	return `{"names":{"en":"` + name + `"},"vouches":["identity"],"identifiers":[` + identifiers + `]}`
}

// sentence is what a person reads.
func sentence(r *report.Report) string {
	return locales.Text("en", "saying."+r.Saying.Key, r.Saying.Facts)
}

const victim = "did:web:harvard.example"

// TestT3HeaderKeys: keys that the file itself brings along are candidates at
// most (T3). Each attack is signed correctly, and none is ever green.
func TestT3HeaderKeys(t *testing.T) {
	attacker, harvard := newSigner(0), newSigner(1)
	site := web{
		"https://harvard.example/.well-known/did.json": harvard.document(victim),
		"https://harvard.example/issuer":               `{"id":"https://harvard.example/issuer","type":"Profile","name":"Harvard"}`,
		"https://attacker.example/key":                 func() string { text, _ := json.Marshal(attacker.jwk()); return string(text) }(),
		"https://attacker.example/jwks": func() string {
			text, _ := json.Marshal(map[string]any{"keys": []any{attacker.jwk()}})
			return string(text)
		}(),
	}
	listed := list(entry("Harvard", `{"did":"`+victim+`"},{"domain":"harvard.example","prefix":"/issuer/"},{"domain":"harvard.example"}`))
	private := attacker.jwk()
	private["d"] = b64(attacker.private.Seed())

	tests := []struct {
		name   string
		issuer string
		header map[string]any
		want   []report.Headline
	}{
		{"own jwk, https issuer", "https://harvard.example/issuer", map[string]any{"jwk": attacker.jwk()}, []report.Headline{report.WrongKey}},
		{"own jwk, did:web issuer", victim, map[string]any{"jwk": attacker.jwk()}, []report.Headline{report.WrongKey}},
		{"own jwk with the issuer's kid", victim, map[string]any{"jwk": attacker.jwk(), "kid": victim + "#key-1"}, []report.Headline{report.Mismatch}},
		{"own jwk, private part and all", victim, map[string]any{"jwk": private}, []report.Headline{report.Refused}},
		{"own jwk, did:key issuer", "did:key:z6MkpTHR8VNsBxYAAWHut2Geadd9jSwuBV8xRoAnwWsdvktH", map[string]any{"jwk": attacker.jwk()}, []report.Headline{report.WrongKey}},
		{"kid on the attacker's host", "https://harvard.example/issuer", map[string]any{"kid": "https://attacker.example/key"}, []report.Headline{report.WrongKey}},
		{"kid in the attacker's key set", "https://harvard.example/issuer", map[string]any{"kid": "https://attacker.example/jwks#1"}, []report.Headline{report.WrongKey, report.Incomplete}},
		{"kid on the attacker's host, did:web issuer", victim, map[string]any{"kid": "https://attacker.example/key"}, []report.Headline{report.WrongKey}},
		{"kid is the attacker's DID", victim, map[string]any{"kid": attacker.did() + "#0"}, []report.Headline{report.WrongKey}},
		{"DID fragment that is a key", victim, map[string]any{"kid": victim + "#" + multikey(attacker.public)}, []report.Headline{report.WrongKey}},
		{"jku and x5u", victim, map[string]any{"jku": "https://attacker.example/jwks", "x5u": "https://attacker.example/cert"}, []report.Headline{report.Mismatch, report.Incomplete}},
		{"kid with path traversal", "https://harvard.example/issuer", map[string]any{"kid": "https://harvard.example/issuer/../../attacker.example/key"}, []report.Headline{report.Refused, report.Incomplete, report.WrongKey}},
		{"kid file:", victim, map[string]any{"kid": "file:///etc/passwd"}, []report.Headline{report.Refused, report.Incomplete, report.WrongKey, report.Mismatch}},
		{"kid data:", victim, map[string]any{"kid": "data:application/json," + b64([]byte(`{}`))}, []report.Headline{report.Refused, report.Incomplete, report.WrongKey, report.Mismatch}},
		{"kid http", "https://harvard.example/issuer", map[string]any{"kid": "http://harvard.example/key"}, []report.Headline{report.Refused, report.Incomplete, report.WrongKey, report.Mismatch}},
		{"x5c, self-signed, CN=Harvard", "https://harvard.example/issuer", map[string]any{"x5c": []any{base64.StdEncoding.EncodeToString(selfSigned(t, attacker, "Harvard"))}}, []report.Headline{report.WrongKey}},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			test.header["typ"] = "JWT"
			got := judged(t, site, attacker.jwt(test.header, badge(profile(test.issuer, "Harvard"))), listed)
			ok := false
			for _, want := range test.want {
				ok = ok || got.Headline == want
			}
			if !ok || got.Verdict == report.Valid {
				t.Errorf("%s/%s, want %v", got.Verdict, got.Headline, test.want)
				for _, check := range got.Credentials[0].Checks {
					t.Logf("%-10s %-8s %v", check.Name, check.Outcome, check.Findings)
				}
			}
			for _, consulted := range got.Consulted {
				if strings.Contains(consulted.Address, "attacker.example/jwks") && test.header["jku"] != nil {
					t.Error("jku was fetched")
				}
			}
		})
	}
	// The negative control: Harvard's own key under the same list.
	got := judged(t, site, harvard.jwt(map[string]any{"kid": victim + "#key-1"}, badge(profile(victim, "Harvard"))), listed)
	if got.Headline != report.Verified {
		t.Errorf("Harvard's own badge is %s", got.Headline)
	}
}

// TestT6IssuerIsController: the issuer is the controller of the key, exact
// string, and documents are for the DID that was asked for (T6).
func TestT6IssuerIsController(t *testing.T) {
	attacker, mit := newSigner(0), newSigner(2)
	const did = "did:web:mit.example"
	site := web{"https://mit.example/.well-known/did.json": mit.document(did)}
	tests := []struct {
		name string
		site web
		file []byte
		want report.Headline
	}{
		{"did:web issuer, attacker's did:jwk", site, attacker.jwt(map[string]any{"kid": attacker.did() + "#0"}, badge(did)), report.WrongKey},
		{"same, and the issuer's host is down", web{}, attacker.jwt(map[string]any{"kid": attacker.did() + "#0"}, badge(did)), report.WrongKey},
		{"issuer in another case", site, mit.jwt(map[string]any{"kid": did + "#key-1"}, badge("did:web:MIT.example")), report.WrongKey},
		{"document of another DID", web{"https://mit.example/.well-known/did.json": mit.document("did:web:other.example")}, mit.jwt(map[string]any{"kid": did + "#key-1"}, badge(did)), report.Incomplete},
		{"its own", site, mit.jwt(map[string]any{"kid": did + "#key-1"}, badge(did)), report.Unlisted},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			if got := judged(t, test.site, test.file); got.Headline != test.want {
				t.Errorf("%s, want %s: %v", got.Headline, test.want, got.Credentials[0].Checks[3:6])
			}
		})
	}
}

// TestReplacedKey: a did:web key replaced under the same id is a mismatch, in
// words that accuse nobody.
func TestReplacedKey(t *testing.T) {
	old, current := newSigner(3), newSigner(4)
	file := old.jwt(map[string]any{"kid": victim + "#key-1"}, badge(victim))
	got := judged(t, web{"https://harvard.example/.well-known/did.json": current.document(victim)}, file)
	if got.Headline != report.Mismatch {
		t.Fatalf("%s", got.Headline)
	}
	if text := sentence(got); !strings.Contains(text, "or ") {
		t.Errorf("the sentence leaves no other explanation: %s", text)
	}
}

// TestFamousNameByUnknownKey: a badge that says Harvard, signed by anybody's
// key, is unlisted, and the sentence says who it calls itself.
func TestFamousNameByUnknownKey(t *testing.T) {
	attacker := newSigner(0)
	file := attacker.jwt(map[string]any{"kid": attacker.did() + "#0"}, badge(profile(attacker.did(), "Harvard University")))
	for _, lists := range [][]string{nil, {list(entry("Harvard University", `{"did":"`+victim+`"}`))}} {
		got := judged(t, nil, file, lists...)
		text := sentence(got)
		if got.Headline != report.Unlisted || got.Verdict != report.Indeterminate || !strings.Contains(text, "calls itself") || !strings.Contains(text, "Harvard University") {
			t.Errorf("%s: %s", got.Headline, text)
		}
	}
}

// TestCompanySealOverFamousAwarder: a company whose identity is proven seals a
// credential that a famous university is said to award. Never verified.
func TestCompanySealOverFamousAwarder(t *testing.T) {
	authority, authorityKey := certificate(t, "Sealing CA", "", nil, nil)
	leaf, leafKey := certificate(t, "Company Ltd", "NTRXX-1", authority, authorityKey)
	trusted := `{"sealcheckTrustList":1,"name":"CAs","issued":"2026-01-01T00:00:00Z","authorities":[{"name":"CA","certificate":"` +
		base64.StdEncoding.EncodeToString(authority.Raw) + `"}]}`
	for _, test := range []struct {
		issuer, identifier, awarder, awarderID string
		want                                   report.Headline
	}{
		{"Company Ltd", "NTRXX-1", "Company Ltd", "NTRXX-1", report.Verified},
		{"COMPANY, LTD.", "1", "Company Ltd", "", report.Verified},
		{"Company Ltd", "NTRXX-1", "Famous University", "NTRXX-9", report.Identified},
		{"Company Ltd", "NTRXX-1", "Famous University", "NTRXX-1", report.Identified},
		{"Company Ltd", "NTRXX-1", "Famous University", "", report.Identified},
		{"Company Ltd", "NTRXX-1", "Company Ltd", "NTRXX-9", report.Identified},
		{"Famous University", "NTRXX-1", "Famous University", "NTRXX-1", report.WrongKey},
		{"Famous University", "NTRXX-9", "Famous University", "NTRXX-9", report.WrongKey},
		{"Company Ltd", "NTRXX-9", "Company Ltd", "", report.WrongKey},
	} {
		file := seal(t, leaf, leafKey, diploma(test.issuer, test.identifier, test.awarder, test.awarderID))
		got := judged(t, nil, file, trusted)
		if got.Headline != test.want {
			t.Errorf("issuer %s %s, awarder %s %s: %s, want %s", test.issuer, test.identifier, test.awarder, test.awarderID, got.Headline, test.want)
			for _, check := range got.Credentials[0].Checks {
				t.Logf("%-10s %-8s %v", check.Name, check.Outcome, check.Findings)
			}
		}
		if unlisted := judged(t, nil, file); unlisted.Verdict == report.Valid {
			t.Errorf("valid without any list")
		}
	}
	// A certificate that calls itself the authority proves nothing.
	forged, forgedKey := certificate(t, "Sealing CA", "", nil, nil)
	fake, fakeKey := certificate(t, "Company Ltd", "NTRXX-1", forged, forgedKey)
	file := seal(t, fake, fakeKey, diploma("Company Ltd", "NTRXX-1", "Company Ltd", "NTRXX-1"))
	if got := judged(t, nil, file, trusted); got.Headline != report.Unlisted {
		t.Errorf("a seal under a forged authority is %s", got.Headline)
	}
}

// TestT19Unproven: a proof member that proves nothing is never taken for one,
// and every check matters: an otherwise verified file with one thing wrong is
// never valid.
func TestT19Unproven(t *testing.T) {
	for _, proof := range []any{nil, []any{}, map[string]any{}, "", 1, true, []any{nil}, []any{map[string]any{}}, map[string]any{"type": "DataIntegrityProof"}} {
		document := badge(victim)
		document["proof"] = proof
		text, _ := json.Marshal(document)
		if got := judged(t, nil, text); got.Verdict == report.Valid || got.Headline >= report.Unlisted {
			t.Errorf("proof %v: %s", proof, got.Headline)
		}
	}
	harvard := newSigner(1)
	site := web{"https://harvard.example/.well-known/did.json": harvard.document(victim)}
	listed := list(entry("Harvard", `{"did":"`+victim+`"}`))
	good := func() map[string]any { return badge(profile(victim, "Harvard")) }
	header := func() map[string]any { return map[string]any{"kid": victim + "#key-1", "typ": "JWT"} }
	if got := judged(t, site, harvard.jwt(header(), good()), listed); got.Headline != report.Verified {
		t.Fatalf("the good one is %s", got.Headline)
	}
	with := func(key string, value any) map[string]any { c := good(); c[key] = value; return c }
	mutations := map[string][]byte{
		"ended":             harvard.jwt(header(), with("validUntil", "2026-05-31T00:00:00Z")),
		"not begun":         harvard.jwt(header(), with("validFrom", "2027-01-01T00:00:00Z")),
		"has a status":      harvard.jwt(header(), with("credentialStatus", map[string]any{"type": "Unheard", "id": "https://s.example/1"})),
		"other issuer":      harvard.jwt(header(), with("issuer", "did:web:yale.example")),
		"no issuer":         harvard.jwt(header(), with("issuer", nil)),
		"no type":           harvard.jwt(header(), with("type", "Thing")),
		"no context":        harvard.jwt(header(), with("@context", nil)),
		"exp passed":        harvard.jwt(header(), with("exp", 1)),
		"iss of another":    harvard.jwt(header(), with("iss", "did:web:yale.example")),
		"unsigned":          []byte(strings.Join(strings.Split(string(harvard.jwt(header(), good())), ".")[:2], ".") + "."),
		"signed by another": newSigner(5).jwt(header(), good()),
	}
	for name, file := range mutations {
		if got := judged(t, site, file, listed); got.Verdict == report.Valid {
			t.Errorf("%s: %s", name, got.Headline)
		}
	}
	if got := judged(t, nil, harvard.jwt(header(), good()), listed); got.Headline != report.Incomplete {
		t.Errorf("offline: %s", got.Headline)
	}
}

// TestNothingFetchedOnTheSide: a credential with ten hostile addresses, signed
// by a key that needs no network, makes no request at all (T11, T4).
func TestNothingFetchedOnTheSide(t *testing.T) {
	me := newSigner(6)
	document := badge(map[string]any{"id": me.did(), "type": "Profile", "name": "N", "image": "https://track.example/1", "url": "https://track.example/2"})
	document["credentialSchema"] = map[string]any{"id": "https://track.example/3", "type": "JsonSchema"}
	document["refreshService"] = map[string]any{"id": "https://track.example/4", "type": "1EdTechCredentialRefresh"}
	document["evidence"] = map[string]any{"id": "https://track.example/5", "type": "Evidence"}
	document["termsOfUse"] = map[string]any{"id": "https://track.example/6", "type": "T"}
	document["@context"] = append(document["@context"].([]any), "https://track.example/7")
	got := judged(t, fetch.GetterFunc(func(_ context.Context, request fetch.Request) (fetch.Response, error) {
		t.Errorf("asked for %s", request.Address)
		return fetch.Response{}, fetch.ErrUnreachable
	}), me.jwt(map[string]any{"kid": me.did() + "#0", "jku": "https://track.example/8", "x5u": "https://track.example/9"}, document))
	if got.Headline != report.Unlisted || len(got.Wanted)+len(got.Consulted) != 0 {
		t.Errorf("%s, %v %v", got.Headline, got.Wanted, got.Consulted)
	}
}

// multikey is the base58btc Multikey of an Ed25519 key.
func multikey(public ed25519.PublicKey) string {
	const alphabet = "123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz"
	n := new(big.Int).SetBytes(append([]byte{0xed, 0x01}, public...))
	text, digit, base := "", new(big.Int), big.NewInt(58)
	for n.Sign() > 0 {
		n.DivMod(n, base, digit)
		text = string(alphabet[digit.Int64()]) + text
	}
	return "z" + text
}

func selfSigned(t *testing.T, s signer, name string) []byte {
	t.Helper()
	template := &x509.Certificate{SerialNumber: big.NewInt(1), Subject: pkix.Name{CommonName: name, Organization: []string{name}},
		NotBefore: instant.AddDate(-1, 0, 0), NotAfter: instant.AddDate(1, 0, 0), KeyUsage: x509.KeyUsageDigitalSignature}
	der, err := x509.CreateCertificate(rand.Reader, template, template, s.public, s.private)
	if err != nil {
		t.Fatal(err)
	}
	return der
}

// certificate issues one under the parent, or a self-signed authority.
func certificate(t testing.TB, name, identifier string, parent *x509.Certificate, parentKey *rsa.PrivateKey) (*x509.Certificate, *rsa.PrivateKey) {
	t.Helper()
	private, err := rsa.GenerateKey(rand.Reader, 2048)
	if err != nil {
		t.Fatal(err)
	}
	template := &x509.Certificate{SerialNumber: big.NewInt(7), NotBefore: instant.AddDate(-1, 0, 0), NotAfter: instant.AddDate(1, 0, 0),
		Subject: pkix.Name{CommonName: name, Organization: []string{name}, Country: []string{"XX"}}, KeyUsage: x509.KeyUsageDigitalSignature}
	if identifier != "" {
		template.Subject.ExtraNames = []pkix.AttributeTypeAndValue{{Type: asn1.ObjectIdentifier{2, 5, 4, 97}, Value: identifier}}
	}
	signedBy, signingKey := parent, parentKey
	if parent == nil {
		template.IsCA, template.BasicConstraintsValid, template.KeyUsage = true, true, x509.KeyUsageCertSign
		signedBy, signingKey = template, private
	}
	der, err := x509.CreateCertificate(rand.Reader, template, signedBy, &private.PublicKey, signingKey)
	if err != nil {
		t.Fatal(err)
	}
	parsed, err := x509.ParseCertificate(der)
	if err != nil {
		t.Fatal(err)
	}
	return parsed, private
}

func diploma(issuer, identifier, awarder, awarderID string) map[string]any {
	body := map[string]any{"id": "urn:epass:org:2", "type": "Organisation", "legalName": map[string]any{"en": awarder}}
	if awarderID != "" {
		body["eIDASIdentifier"] = map[string]any{"id": "urn:epass:id:2", "type": "LegalIdentifier", "notation": awarderID}
	}
	return map[string]any{
		"@context": []any{"https://www.w3.org/2018/credentials/v1", "http://data.europa.eu/snb/model/context/edc-ap"},
		"id":       "urn:credential:1", "type": []any{"VerifiableCredential", "EuropeanDigitalCredential"},
		"issuanceDate": "2026-02-01T00:00:00Z", "issued": "2026-02-01T00:00:00Z", "validFrom": "2026-02-01T00:00:00Z",
		"issuer": map[string]any{"id": "urn:epass:org:1", "type": "Organisation", "legalName": map[string]any{"en": issuer},
			"eIDASIdentifier": map[string]any{"id": "urn:epass:id:1", "type": "LegalIdentifier", "notation": identifier}},
		"credentialSubject": map[string]any{"id": "urn:epass:person:1", "type": "Person", "fullName": map[string]any{"en": "A B"},
			"hasClaim": map[string]any{"id": "urn:epass:c:1", "type": "LearningAchievement", "title": map[string]any{"en": "T"},
				"awardedBy": map[string]any{"id": "urn:epass:a:1", "type": "AwardingProcess", "awardingBody": body}}},
		"credentialSchema": map[string]any{"id": "http://data.europa.eu/snb/model/ap/edc-generic-full", "type": "ShaclValidator2017"},
		"displayParameter": map[string]any{"id": "urn:epass:d:1", "type": "DisplayParameter", "title": map[string]any{"en": "T"}},
	}
}

// seal makes a JAdES baseline-B seal as European Digital Credentials bear it.
func seal(t testing.TB, leaf *x509.Certificate, private *rsa.PrivateKey, document map[string]any) []byte {
	t.Helper()
	payload, _ := json.Marshal(document)
	digest := sha256.Sum256(leaf.Raw)
	header, _ := json.Marshal(map[string]any{"alg": "RS256", "cty": "json", "typ": "jose+json", "x5t#S256": b64(digest[:]),
		"x5c": []any{base64.StdEncoding.EncodeToString(leaf.Raw)}, "b64": false, "sigT": "2026-02-01T00:00:00Z", "crit": []any{"b64", "sigT"}})
	sum := sha256.Sum256([]byte(b64(header) + "." + string(payload)))
	signature, err := rsa.SignPKCS1v15(nil, private, crypto.SHA256, sum[:])
	if err != nil {
		t.Fatal(err)
	}
	file, _ := json.Marshal(map[string]any{"payload": string(payload), "signatures": []any{map[string]any{"protected": b64(header), "signature": b64(signature)}}})
	return file
}
