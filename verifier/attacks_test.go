package verifier_test

import (
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
	"math/big"
	"strconv"
	"strings"
	"testing"

	"github.com/sealcheck/sealcheck/verifier/internal/yardstick"
	"github.com/sealcheck/sealcheck/verifier/report"
)

// Each test of this file is an attack, or an honest file in bad company, that
// once came out wrong.

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

// expect compares the headline and tells the checks where it differs.
func expect(t *testing.T, name string, got *report.Report, want report.Headline) {
	t.Helper()
	if got.Headline == want {
		return
	}
	t.Errorf("%s: %s, want %s: %s", name, got.Headline, want, sentence(got))
	for _, check := range got.Credentials[0].Checks {
		t.Logf("%-10s %-8s %v", check.Name, check.Outcome, check.Findings)
	}
}

// soon fails where a file keeps the verifier busy. The bound is generous: what
// it is to catch took twenty times as long.
func soon(t *testing.T, run func()) {
	t.Helper()
	if spent := yardstick.Units(run); spent > 30_000 {
		t.Errorf("took %.0f units", spent)
	}
}

func oid(numbers ...int) asn1.ObjectIdentifier { return numbers }

// qualified is a qcStatements extension with one QcType: 1 for signatures of
// persons, 2 for seals of organisations.
func qualified(t *testing.T, kind int) pkix.Extension {
	t.Helper()
	type statement struct {
		ID   asn1.ObjectIdentifier
		Info []asn1.ObjectIdentifier
	}
	value, err := asn1.Marshal([]statement{{oid(0, 4, 0, 1862, 1, 6), []asn1.ObjectIdentifier{oid(0, 4, 0, 1862, 1, 6, kind)}}})
	if err != nil {
		t.Fatal(err)
	}
	return pkix.Extension{Id: oid(1, 3, 6, 1, 5, 5, 7, 1, 3), Value: value}
}

// TestAttackEmployeeSealsAsEmployer: the certificate of a natural person may
// name an employer. It makes nobody the employer (ETSI EN 319 412-2).
func TestAttackEmployeeSealsAsEmployer(t *testing.T) {
	root, rootKey := certificate(t, "Sealing CA", "", nil, nil)
	lists := authorities("CAs", root)
	employed := func(extra ...pkix.AttributeTypeAndValue) pkix.Name {
		return pkix.Name{CommonName: "JANE DOE", Organization: []string{"Famous University"}, Country: []string{"XX"},
			ExtraNames: append(extra, pkix.AttributeTypeAndValue{Type: oid(2, 5, 4, 97), Value: "NTRXX-1"})}
	}
	surname := pkix.AttributeTypeAndValue{Type: oid(2, 5, 4, 4), Value: "DOE"}
	pseudonym := pkix.AttributeTypeAndValue{Type: oid(2, 5, 4, 65), Value: "JD"}
	listed := strings.TrimSuffix(lists, "}") + `,"issuers":[` + entry("Famous University", `{"organisation":"NTRXX-1"}`) + `]}`
	for _, test := range []struct {
		name     string
		template *x509.Certificate
		want     report.Headline
	}{
		{"surname", &x509.Certificate{Subject: employed(surname)}, report.WrongKey},
		{"pseudonym", &x509.Certificate{Subject: employed(pseudonym)}, report.WrongKey},
		{"QcType eSign", &x509.Certificate{Subject: employed(), ExtraExtensions: []pkix.Extension{qualified(t, 1)}}, report.WrongKey},
		{"QcType eSeal, which names whoever is responsible", &x509.Certificate{Subject: employed(surname), ExtraExtensions: []pkix.Extension{qualified(t, 2)}}, report.Verified},
		{"organisation", &x509.Certificate{Subject: employed()}, report.Verified},
	} {
		leaf, key := issued(t, test.template, root, rootKey)
		file := seal(t, leaf, key, diploma("Famous University", "NTRXX-1", "Famous University", "NTRXX-1"))
		expect(t, test.name, judged(t, nil, file, lists), test.want)
		expect(t, test.name+", organisation listed", judged(t, nil, file, listed), test.want)
	}
	leaf, key := issued(t, &x509.Certificate{Subject: employed(surname)}, root, rootKey)
	expect(t, "the person as herself", judged(t, nil, seal(t, leaf, key, diploma("Jane Doe", "", "Jane Doe", "")), lists), report.Verified)
}

// TestAttackWithdrawnElsewhere: what one list has withdrawn, no other list and
// no other way of writing the same name brings back.
func TestAttackWithdrawnElsewhere(t *testing.T) {
	withdrawn := func(identifiers string) string {
		return list(`{"names":{"en":"Company Ltd"},"vouches":["identity"],"withdrawn":{"since":"2026-02-01T00:00:00Z"},"identifiers":[` + identifiers + `]}`)
	}
	root, rootKey := certificate(t, "Sealing CA", "", nil, nil)
	leaf, leafKey := certificate(t, "Company Ltd", "NTRXX-1", root, rootKey)
	file := seal(t, leaf, leafKey, diploma("Company Ltd", "NTRXX-1", "Company Ltd", "NTRXX-1"))
	expect(t, "not withdrawn", judged(t, nil, file, authorities("CAs", root)), report.Verified)
	expect(t, "organisation, in a list without authorities",
		judged(t, nil, file, authorities("CAs", root), withdrawn(`{"organisation":"NTRXX-1"}`)), report.Delisted)

	cased, me := "did:web:HARVARD.example", newSigner(1)
	site := web{"https://harvard.example/.well-known/did.json": me.document(cased)}
	expect(t, "DID in another case, domain still listed", judged(t, site,
		me.jwt(map[string]any{"kid": cased + "#key-1"}, badge(profile(cased, "Harvard"))),
		withdrawn(`{"did":"`+victim+`"}`), list(entry("Harvard", `{"domain":"harvard.example"}`))), report.Delisted)

	uri := &x509.Certificate{Subject: pkix.Name{CommonName: "Company Ltd", Organization: []string{"Company Ltd"}}, DNSNames: []string{"company.example"}}
	web, webKey := issued(t, uri, root, rootKey)
	const address = "https://company.example/"
	signed := rsaJWT(t, webKey, map[string]any{"x5c": x5c(web)}, badge(profile(address, "Company Ltd")))
	expect(t, "address under a certificate", judged(t, nil, signed, authorities("CAs", root)), report.Verified)
	expect(t, "address withdrawn, certificate listed",
		judged(t, nil, signed, authorities("CAs", root), withdrawn(`{"domain":"company.example"}`)), report.Delisted)
}

// TestAttackConstrainedAuthority: an authority that may certify only its own
// company, or only leaves, certifies no university.
func TestAttackConstrainedAuthority(t *testing.T) {
	root, rootKey := certificate(t, "Sealing CA", "", nil, nil)
	authority := func(name string, depth int, parent *x509.Certificate, parentKey *rsa.PrivateKey, extra ...pkix.Extension) (*x509.Certificate, *rsa.PrivateKey) {
		return issued(t, &x509.Certificate{Subject: pkix.Name{CommonName: name}, IsCA: true, BasicConstraintsValid: true, MaxPathLen: depth,
			MaxPathLenZero: depth == 0, KeyUsage: x509.KeyUsageCertSign, ExtraExtensions: extra}, parent, parentKey)
	}
	judge := func(name string, want report.Headline, key *rsa.PrivateKey, chain ...*x509.Certificate) {
		t.Helper()
		file := sealChain(t, chain, key, diploma("Famous University", "NTRXX-9", "Famous University", "NTRXX-9"))
		expect(t, name, judged(t, nil, file, authorities("CAs", root)), want)
	}
	plain, plainKey := authority("Plain", -1, root, rootKey)
	leaf, leafKey := certificate(t, "Famous University", "NTRXX-9", plain, plainKey)
	judge("no constraint", report.Verified, leafKey, leaf, plain)

	rdn, _ := asn1.Marshal(pkix.Name{Organization: []string{"Company Ltd"}}.ToRDNSequence())
	subtree, _ := asn1.Marshal(struct {
		Permitted []struct{ Base asn1.RawValue } `asn1:"tag:0"`
	}{[]struct{ Base asn1.RawValue }{{asn1.RawValue{Class: 2, Tag: 4, IsCompound: true, Bytes: rdn}}}})
	for _, critical := range []bool{true, false} {
		sub, subKey := authority("Company CA", -1, root, rootKey, pkix.Extension{Id: oid(2, 5, 29, 30), Critical: critical, Value: subtree})
		leaf, leafKey := certificate(t, "Famous University", "NTRXX-9", sub, subKey)
		judge("name constraints", report.Unlisted, leafKey, leaf, sub)
	}
	odd, oddKey := authority("Odd CA", -1, root, rootKey, pkix.Extension{Id: oid(1, 2, 3, 4), Critical: true, Value: []byte{5, 0}})
	leaf, leafKey = certificate(t, "Famous University", "NTRXX-9", odd, oddKey)
	judge("unknown critical extension", report.Unlisted, leafKey, leaf, odd)

	one, oneKey := authority("One", 1, root, rootKey)
	two, twoKey := authority("Two", -1, one, oneKey)
	three, threeKey := authority("Three", -1, two, twoKey)
	leaf, leafKey = certificate(t, "Famous University", "NTRXX-9", two, twoKey)
	judge("path as long as allowed", report.Verified, leafKey, leaf, two, one)
	leaf, leafKey = certificate(t, "Famous University", "NTRXX-9", three, threeKey)
	judge("path too long", report.Unlisted, leafKey, leaf, three, two, one)

	// Honest: two authorities have certified the same one; the first leads
	// nowhere.
	other, otherKey := certificate(t, "Other root", "", nil, nil)
	cross := *plain
	der, err := x509.CreateCertificate(rand.Reader, &x509.Certificate{SerialNumber: big.NewInt(3), Subject: cross.Subject, NotBefore: cross.NotBefore, NotAfter: cross.NotAfter,
		IsCA: true, BasicConstraintsValid: true, KeyUsage: x509.KeyUsageCertSign}, other, plain.PublicKey, otherKey)
	if err != nil {
		t.Fatal(err)
	}
	crossed, _ := x509.ParseCertificate(der)
	leaf, leafKey = certificate(t, "Famous University", "NTRXX-9", plain, plainKey)
	judge("cross-signed", report.Verified, leafKey, leaf, crossed, plain)
}

// TestAttackForeignNumber: the number that a body has in one country is not
// that of another country's body.
func TestAttackForeignNumber(t *testing.T) {
	root, rootKey := certificate(t, "Sealing CA", "", nil, nil)
	leaf, key := certificate(t, "Company Ltd", "VATXX-1", root, rootKey)
	for number, want := range map[string]report.Headline{"VATYY-1": report.Identified, "VATXX-1": report.Verified, "1": report.Verified} {
		document := diploma("Company Ltd", "VATXX-1", "", number)
		process := document["credentialSubject"].(map[string]any)["hasClaim"].(map[string]any)["awardedBy"].(map[string]any)
		delete(process["awardingBody"].(map[string]any), "legalName")
		expect(t, "awarder "+number, judged(t, nil, seal(t, leaf, key, document), authorities("CAs", root)), want)
	}
	expect(t, "issuer of another country",
		judged(t, nil, seal(t, leaf, key, diploma("Company Ltd", "VATYY-1", "Company Ltd", "")), authorities("CAs", root)), report.WrongKey)
}

// TestAttackCertificateOfTomorrow: a certificate that has not begun proves
// nothing yet, also where the token does not say when it was made.
func TestAttackCertificateOfTomorrow(t *testing.T) {
	root, rootKey := certificate(t, "Sealing CA", "", nil, nil)
	leaf, key := issued(t, &x509.Certificate{Subject: pkix.Name{CommonName: "C", Organization: []string{"C"}}, DNSNames: []string{"c.example"},
		NotBefore: instant.AddDate(0, 1, 0), NotAfter: instant.AddDate(0, 5, 0)}, root, rootKey)
	file := rsaJWT(t, key, map[string]any{"x5c": x5c(leaf)}, badge(profile("https://c.example/", "C")))
	expect(t, "later", judged(t, nil, file, authorities("CAs", root)), report.NotYetValid)
}

// TestAttackDigitsBeyondTheSignature: canonical JSON signs doubles; digits
// that no double has can be changed by anybody and are not shown.
func TestAttackDigitsBeyondTheSignature(t *testing.T) {
	document := badge(newSigner(0).did())
	subject := document["credentialSubject"].(map[string]any)
	subject["creditsEarned"] = json.Number("4.99999999999999999999")
	text, _ := json.Marshal(document)
	got := judged(t, nil, text)
	for _, detail := range got.Credentials[0].Description.Details {
		if strings.Contains(detail.Path, "creditsEarned") && detail.Value != "5" {
			t.Errorf("shown as %s", detail.Value)
		}
	}
	for _, literal := range []string{"4.5", "60", "1e2", "4.50", "0.1"} {
		subject["creditsEarned"] = json.Number(literal)
		text, _ := json.Marshal(document)
		if details := judged(t, nil, text).Credentials[0].Description.Details; details[len(details)-1].Value != literal {
			t.Errorf("%s is shown as %v", literal, details[len(details)-1].Value)
		}
	}
}

// TestAttackWitness: what a witness has signed beside the issuer makes no
// honest file a forged one, whatever could not be asked, and no forged one
// good.
func TestAttackWitness(t *testing.T) {
	harvard, witness, other := newSigner(1), newSigner(2), newSigner(7)
	const notary = "did:web:notary.example"
	home, office := "https://harvard.example/.well-known/did.json", "https://notary.example/.well-known/did.json"
	listed := list(entry("Harvard", `{"did":"`+victim+`"}`), entry("Notary", `{"did":"`+notary+`"},{"did":"`+witness.did()+`"}`))
	issuer := func() func(string) (map[string]any, func([]byte) []byte) {
		return by(harvard, map[string]any{"kid": victim + "#key-1"})
	}
	stranger := func() func(string) (map[string]any, func([]byte) []byte) {
		return by(witness, map[string]any{"kid": witness.did() + "#0"})
	}
	unknown := by(harvard, map[string]any{"kid": victim + "#key-1", "alg": "ML-DSA-44"})
	for _, test := range []struct {
		name string
		site web
		file []byte
		want report.Headline
	}{
		{"both good", web{home: harvard.document(victim)}, general(badge(victim), issuer(), stranger()), report.Verified},
		{"issuer's suite unknown", web{home: harvard.document(victim)}, general(badge(victim), unknown, stranger()), report.Incomplete},
		{"issuer unreachable", web{}, general(badge(victim), issuer(), stranger()), report.Incomplete},
		{"issuer unreachable, witness first", web{}, general(badge(victim), stranger(), issuer()), report.Incomplete},
		{"issuer has replaced its key", web{home: other.document(victim)}, general(badge(victim), issuer(), stranger()), report.Mismatch},
		{"notary has replaced its key", web{home: harvard.document(victim), office: other.document(notary)},
			general(badge(victim), issuer(), by(witness, map[string]any{"kid": notary + "#key-1"})), report.Incomplete},
		{"witness alone", web{home: harvard.document(victim)}, general(badge(victim), stranger()), report.WrongKey},
		{"witness twice", web{home: harvard.document(victim)}, general(badge(victim), stranger(), stranger()), report.WrongKey},
		{"a broken signature of a key that is its name", web{home: harvard.document(victim)},
			general(badge(victim), issuer(), by(other, map[string]any{"kid": witness.did() + "#0"})), report.Refused},
	} {
		got := judged(t, test.site, test.file, listed)
		expect(t, test.name, got, test.want)
		if test.name == "issuer unreachable" && !strings.Contains(sentence(got), "harvard.example") {
			t.Errorf("does not say whom to ask: %s", sentence(got))
		}
	}
}

// TestAttackOutageAccusesNobody: an issuer whose page is down may still list
// the key that lies elsewhere.
func TestAttackOutageAccusesNobody(t *testing.T) {
	harvard, attacker := newSigner(1), newSigner(0)
	jwk, _ := json.Marshal(harvard.jwk())
	const page, set, home = "https://harvard.example/issuer", "https://keys.example/jwks", "https://harvard.example/.well-known/did.json"
	keys := `{"keys":[` + string(jwk) + `]}`
	elsewhere := harvard.jwt(map[string]any{"kid": set}, badge(profile(page, "Harvard")))
	byDID := harvard.jwt(map[string]any{"kid": set}, badge(profile(victim, "Harvard")))
	for _, test := range []struct {
		name string
		site web
		file []byte
		want report.Headline
	}{
		{"all up", web{page: `{"id":"` + page + `","jwks_uri":"` + set + `"}`, set: keys}, elsewhere, report.Unlisted},
		{"page down", web{set: keys}, elsewhere, report.Incomplete},
		{"all down", web{}, elsewhere, report.Incomplete},
		{"page does not list it", web{page: `{"id":"` + page + `"}`, set: keys}, elsewhere, report.WrongKey},
		{"DID document down", web{set: keys}, byDID, report.Incomplete},
		{"DID document and keys down", web{}, byDID, report.Incomplete},
		{"DID document does not list it", web{home: attacker.document(victim), set: keys}, byDID, report.WrongKey},
		{"a did:jwk lists nothing else", web{}, harvard.jwt(map[string]any{"kid": set}, badge(attacker.did())), report.WrongKey},
		{"another DID", web{}, attacker.jwt(map[string]any{"kid": attacker.did() + "#0"}, badge(victim)), report.WrongKey},
	} {
		expect(t, test.name, judged(t, test.site, test.file), test.want)
	}
	for _, id := range []string{"http://harvard.example/issuer", "https://universität.example/issuer", "https://my_school.example/issuer"} {
		file := harvard.jwt(map[string]any{"jwk": harvard.jwk()}, badge(profile(id, "Harvard")))
		expect(t, "an address that is never asked, "+id, judged(t, nil, file), report.Incomplete)
	}
}

// TestAttackWork: a file cannot keep the verifier busy.
func TestAttackWork(t *testing.T) {
	if testing.Short() {
		t.Skip()
	}
	me := newSigner(1)
	texts := func(prefix string, n int) []any {
		all := make([]any, n)
		for i := range all {
			all[i] = prefix + strconv.Itoa(1000000+i)
		}
		return all
	}
	payload, _ := json.Marshal(badge(me.did()))

	t.Run("names", func(t *testing.T) {
		document := diploma("X", "1", "Y", "2")
		document["issuer"].(map[string]any)["legalName"] = texts("a", 90000)
		process := document["credentialSubject"].(map[string]any)["hasClaim"].(map[string]any)["awardedBy"].(map[string]any)
		process["awardingBody"].(map[string]any)["legalName"] = texts("b", 90000)
		text, _ := json.Marshal(document)
		soon(t, func() { judged(t, nil, text) })
	})
	t.Run("headers", func(t *testing.T) {
		protected, unprotected := map[string]any{"alg": "EdDSA"}, map[string]any{}
		for i := range 12000 {
			protected["a"+strconv.Itoa(1000000+i)] = 1
		}
		for i := range 90000 {
			unprotected["a"+strconv.Itoa(2000000+i)] = 1
		}
		header, _ := json.Marshal(protected)
		file, _ := json.Marshal(map[string]any{"payload": b64(payload), "protected": b64(header), "header": unprotected, "signature": b64(make([]byte, 64))})
		soon(t, func() { judged(t, nil, file) })
	})
	t.Run("certificates in etsiU", func(t *testing.T) {
		header, _ := json.Marshal(map[string]any{"alg": "RS256", "sigT": "2026-02-01T00:00:00Z", "x5t#S256": strings.Repeat("A", 180000), "crit": []any{"sigT"}})
		values := make([]any, 30000)
		for i := range values {
			values[i] = map[string]any{"x509Cert": map[string]any{"val": "AAAA"}}
		}
		file, _ := json.Marshal(map[string]any{"payload": b64(payload), "protected": b64(header), "signature": b64(make([]byte, 256)),
			"header": map[string]any{"etsiU": []any{map[string]any{"xVals": values}}}})
		soon(t, func() { judged(t, nil, file) })
	})
	// presentation holds 199 credentials with ten signatures each.
	presentation := func(kid string, alg string, length int) []byte {
		header, _ := json.Marshal(map[string]any{"alg": alg, "kid": kid})
		signatures := make([]any, 10)
		for i := range signatures {
			signatures[i] = map[string]any{"protected": b64(header), "signature": b64([]byte(strings.Repeat("x", length)))}
		}
		did, _, _ := strings.Cut(kid, "#")
		payload, _ := json.Marshal(badge(did))
		inner := make([]any, 199)
		for i := range inner {
			inner[i] = map[string]any{"payload": b64(payload), "signatures": signatures}
		}
		file, _ := json.Marshal(map[string]any{"@context": []any{"https://www.w3.org/2018/credentials/v1"}, "type": []any{"VerifiablePresentation"}, "verifiableCredential": inner})
		return file
	}
	t.Run("long RSA keys", func(t *testing.T) {
		n := new(big.Int).Sub(new(big.Int).Lsh(big.NewInt(1), 8192), big.NewInt(1))
		jwk, _ := json.Marshal(map[string]any{"kty": "RSA", "n": b64(n.Bytes()), "e": b64(big.NewInt(1<<31 - 1).Bytes())})
		file := presentation("did:jwk:"+b64(jwk)+"#0", "PS256", 1024)
		soon(t, func() {
			got := judged(t, nil, file)
			if last := got.Credentials[len(got.Credentials)-1]; last.Headline != report.Incomplete {
				t.Errorf("the last one is %s", last.Headline)
			}
		})
	})
	t.Run("a large DID document", func(t *testing.T) {
		const did = "did:web:attacker.example"
		document, _ := json.Marshal(map[string]any{"id": did, "verificationMethod": []any{}, "assertionMethod": []any{}, "x": texts("", 90000)})
		soon(t, func() {
			judged(t, web{"https://attacker.example/.well-known/did.json": string(document)}, presentation(did+"#nope", "ES256", 64))
		})
	})
	t.Run("a giant key in a chain", func(t *testing.T) {
		root, rootKey := certificate(t, "Sealing CA", "", nil, nil)
		leaf, leafKey := certificate(t, "Company Ltd", "NTRXX-1", root, rootKey)
		n := new(big.Int).Sub(new(big.Int).Lsh(big.NewInt(1), 1000000), big.NewInt(1))
		der, err := x509.CreateCertificate(rand.Reader, &x509.Certificate{SerialNumber: big.NewInt(7), NotBefore: instant.AddDate(-2, 0, 0), NotAfter: instant.AddDate(1, 0, 0),
			Subject: root.Subject, IsCA: true, BasicConstraintsValid: true, KeyUsage: x509.KeyUsageCertSign}, root, &rsa.PublicKey{N: n, E: 1<<31 - 1}, rootKey)
		if err != nil {
			t.Fatal(err)
		}
		giant, err := x509.ParseCertificate(der)
		if err != nil {
			t.Skip(err)
		}
		file := sealChain(t, []*x509.Certificate{leaf, giant}, leafKey, diploma("Company Ltd", "NTRXX-1", "Company Ltd", "NTRXX-1"))
		soon(t, func() { expect(t, "giant", judged(t, nil, file, authorities("CAs", root)), report.Verified) })
	})
	t.Run("a full honest presentation", func(t *testing.T) {
		inner := make([]any, 199)
		for i := range inner {
			inner[i] = string(me.jwt(map[string]any{"kid": victim + "#key-1"}, badge(victim)))
		}
		file, _ := json.Marshal(map[string]any{"@context": []any{"https://www.w3.org/2018/credentials/v1"}, "type": []any{"VerifiablePresentation"}, "verifiableCredential": inner})
		got := judged(t, web{"https://harvard.example/.well-known/did.json": me.document(victim)}, file)
		for _, c := range got.Credentials[1:] {
			if c.Headline != report.Unlisted {
				t.Fatalf("%s is %s", c.Path, c.Headline)
			}
		}
	})
}

// TestAttackDoubleSpelling: names that differ in nothing that a register
// writes are one name; others are not.
func TestAttackDoubleSpelling(t *testing.T) {
	root, rootKey := certificate(t, "Sealing CA", "", nil, nil)
	for _, test := range []struct {
		certified, claimed string
		want               report.Headline
	}{
		{"ΠΑΝΕΠΙΣΤΗΜΙΟ ΑΘΗΝΑΣ", "Πανεπιστήμιο Αθήνας", report.Verified},
		{"Софийски университет", "Софийски университет", report.Verified},
		{"Company Ltd", "Cоmpany Ltd", report.WrongKey}, // a Cyrillic о
		{"Company Ltd", "Company\u200b Ltd", report.WrongKey},
		{"Company Ltd", "Company Ltd 2", report.WrongKey},
		{"...", "...", report.WrongKey},
	} {
		leaf, key := certificate(t, test.certified, "", root, rootKey)
		file := seal(t, leaf, key, diploma(test.claimed, "", test.claimed, ""))
		expect(t, test.claimed, judged(t, nil, file, authorities("CAs", root)), test.want)
	}
}

// TestAttackStatusBesideCredential: a way to revoke that stands beside the
// claim vc is still one.
func TestAttackStatusBesideCredential(t *testing.T) {
	harvard := newSigner(1)
	site := web{"https://harvard.example/.well-known/did.json": harvard.document(victim)}
	listed := list(entry("Harvard", `{"did":"`+victim+`"}`))
	vc := map[string]any{"@context": []any{"https://www.w3.org/2018/credentials/v1"}, "type": []any{"VerifiableCredential"}, "issuer": victim, "credentialSubject": map[string]any{"name": "A"}}
	token := map[string]any{"status_list": map[string]any{"idx": 1, "uri": "https://harvard.example/status"}}
	for _, test := range []struct {
		name    string
		payload map[string]any
		want    report.Headline
	}{
		{"none", map[string]any{"iss": victim, "nbf": 1767225600, "vc": vc}, report.Verified},
		{"credentialStatus", map[string]any{"iss": victim, "nbf": 1767225600, "vc": vc, "credentialStatus": map[string]any{"type": "StatusList2021Entry", "id": "https://harvard.example/status#1"}}, report.Incomplete},
		{"token status list", map[string]any{"iss": victim, "nbf": 1767225600, "vc": vc, "status": token}, report.Incomplete},
	} {
		expect(t, test.name, judged(t, site, harvard.jwt(map[string]any{"kid": victim + "#key-1"}, test.payload), listed), test.want)
	}
	root := badge(victim)
	root["status"] = token
	expect(t, "token status list in the credential", judged(t, site, harvard.jwt(map[string]any{"kid": victim + "#key-1"}, root), listed), report.Incomplete)
}

// TestAttackReplacedByAnotherKind: an issuer that replaced its key by one of
// another kind under the same id has replaced its key.
func TestAttackReplacedByAnotherKind(t *testing.T) {
	private, _ := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	point, err := private.PublicKey.Bytes()
	if err != nil {
		t.Fatal(err)
	}
	document, _ := json.Marshal(map[string]any{"id": victim, "assertionMethod": []any{map[string]any{"id": victim + "#key-1", "type": "JsonWebKey", "controller": victim,
		"publicKeyJwk": map[string]any{"kty": "EC", "crv": "P-256", "x": b64(point[1:33]), "y": b64(point[33:])}}}})
	got := judged(t, web{"https://harvard.example/.well-known/did.json": string(document)},
		newSigner(1).jwt(map[string]any{"kid": victim + "#key-1"}, badge(victim)))
	expect(t, "replaced by P-256", got, report.Mismatch)
}
