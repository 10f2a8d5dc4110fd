package status

import (
	"context"
	"crypto/x509"
	"crypto/x509/pkix"
	"encoding/asn1"
	"encoding/base64"
	"encoding/json"
	"encoding/pem"
	"fmt"
	"os"
	"strings"
	"testing"
	"time"

	"github.com/sealcheck/sealcheck/verifier/credential"
	"github.com/sealcheck/sealcheck/verifier/fetch"
	"github.com/sealcheck/sealcheck/verifier/internal/limits"
	sample "github.com/sealcheck/sealcheck/verifier/internal/sampleauthority"
	"github.com/sealcheck/sealcheck/verifier/key"
	"github.com/sealcheck/sealcheck/verifier/proof"
	"github.com/sealcheck/sealcheck/verifier/report"
)

// answers is a network: an address, and what it answers with.
type answers map[string][]byte

func (a answers) Get(_ context.Context, request fetch.Request) (fetch.Response, error) {
	body, ok := a[request.Address]
	if !ok || request.Kind != fetch.Revocation {
		return fetch.Response{}, fetch.ErrUnreachable
	}
	if len(body) == 0 {
		return fetch.Response{Status: 404}, nil
	}
	return fetch.Response{Status: 200, Body: body}, nil
}

// sealed is a question about a seal on day 1, with what it carries.
func sealed(network answers, carried proof.Revocation, chain ...*sample.Authority) Question {
	at := sample.Day(1)
	k := &key.Key{Source: key.Certificate}
	for _, one := range chain {
		k.Chain = append(k.Chain, one.Certificate)
	}
	return Question{
		Credential: &credential.Credential{Issuer: credential.Issuer{ID: "https://issuer.example"}}, Proof: &proof.Proof{Seal: true, Revocation: carried},
		Key: k, At: at, Session: fetch.NewSession(network, at, nil),
	}
}

type vouched []*x509.Certificate

func (v vouched) Vouched(certificate *x509.Certificate) bool {
	for _, own := range v {
		if own.Equal(certificate) {
			return true
		}
	}
	return false
}

func (v vouched) Named(subject []byte) (list []*x509.Certificate) {
	for _, own := range v {
		if string(own.RawSubject) == string(subject) {
			list = append(list, own)
		}
	}
	return list
}

func TestCertificate(t *testing.T) {
	const place, rootPlace = "https://ca.example/1.crl", "https://root.example/1.crl"
	root := sample.New(t, "Root", nil, nil)
	twin := sample.New(t, "Root", nil, nil)
	ca := sample.New(t, "Authority", root, func(c *x509.Certificate) { sample.Places(c, rootPlace) })
	leaf := root.Leaf(t, "Seal", place)
	plain := root.Leaf(t, "Plain")
	web := root.Leaf(t, "Web", "http://ca.example/1.crl", "ldap://ca.example/1.crl", "ocsp http://ca.example/ocsp")
	asked := root.Leaf(t, "Asked", "ocsp https://ca.example/ocsp")
	deep := ca.Leaf(t, "Deep", place)
	responder := root.Responder(t, "Responder")
	checked := sample.New(t, "Checked", root, func(c *x509.Certificate) {
		c.IsCA, c.KeyUsage = false, x509.KeyUsageDigitalSignature
		c.ExtKeyUsage = []x509.ExtKeyUsage{x509.ExtKeyUsageOCSPSigning}
		sample.Places(c, rootPlace)
	})
	gone := func(a *sample.Authority, reason int) x509.RevocationListEntry {
		return sample.Entry(a.Certificate, sample.Day(-3), reason)
	}
	list := func(by *sample.Authority, from, until int, entries ...x509.RevocationListEntry) []byte {
		return by.List(t, from, until, nil, entries...)
	}
	special := func(id asn1.ObjectIdentifier, value ...byte) []byte {
		return root.List(t, 0, 9, func(l *x509.RevocationList) {
			l.ExtraExtensions = []pkix.Extension{{Id: id, Critical: true, Value: value}}
		})
	}
	delta, indirect := special(asn1.ObjectIdentifier{2, 5, 29, 27}, 2, 1, 1), special(asn1.ObjectIdentifier{2, 5, 29, 28}, 0x30, 3, 0x84, 1, 0xff)
	some, critical := special(asn1.ObjectIdentifier{2, 5, 29, 28}, 0x30, 4, 0x83, 2, 5, 0x40), special(asn1.ObjectIdentifier{1, 2, 3}, 5, 0)
	response := func(by, about *sample.Authority, answer sample.Answer, carry ...*sample.Authority) []byte {
		answer.Certificate, answer.Issuer = about.Certificate, root.Certificate
		for _, one := range carry {
			answer.Carry = append(answer.Carry, one.Certificate)
		}
		return by.Response(t, answer)
	}
	certificates := func(all ...*sample.Authority) (list [][]byte) {
		for _, one := range all {
			list = append(list, one.Certificate.Raw)
		}
		return list
	}
	lists := func(all ...[]byte) proof.Revocation { return proof.Revocation{CRLs: all} }
	responses := func(all ...[]byte) proof.Revocation { return proof.Revocation{OCSPs: all} }
	good := list(root, 0, 9)
	chain := func(all ...*sample.Authority) []*sample.Authority { return all }
	tests := []struct {
		name    string
		network answers
		carried proof.Revocation
		chain   []*sample.Authority
		want    string // codes, without "status.certificate_"
		rows    string // mechanism, from and code of each certificate
	}{
		{"nothing published", nil, proof.Revocation{}, chain(plain, root), "", ""},
		{"nothing published, and good", nil, lists(good), chain(plain, root), "good", "crl file good"},
		{"nothing published, and garbage", nil, lists([]byte("x")), chain(plain, root), "", ""},
		{"nobody answers", nil, proof.Revocation{}, chain(leaf, root), "unchecked", "crl  unchecked"},
		{"nothing there", answers{place: nil}, proof.Revocation{}, chain(leaf, root), "unchecked", "crl  unchecked"},
		{"no issuer", answers{place: good}, proof.Revocation{}, chain(leaf), "unchecked", "crl  unchecked"},
		{"only a namesake of the issuer", answers{place: good}, proof.Revocation{}, chain(leaf, twin), "unchecked", "crl  unchecked"},
		{"the issuer beside", nil, proof.Revocation{CRLs: [][]byte{good}, Certificates: certificates(twin, root)}, chain(leaf), "good", "crl file good"},
		{"no place that can be asked", answers{"http://ca.example/1.crl": good}, proof.Revocation{}, chain(web, root), "unchecked", "crl  unchecked"},

		{"carried, good", nil, lists(good), chain(leaf, root), "good", "crl file good"},
		{"carried, withdrawn", nil, lists(list(root, 0, 9, gone(leaf, 1))), chain(leaf, root), "revoked", "crl file revoked"},
		{"carried, withdrawn, old", nil, lists(list(root, -30, -20, gone(leaf, 1))), chain(leaf, root), "revoked", "crl file revoked"},
		{"carried, withdrawn, beside good", answers{place: good}, lists(good, list(root, -30, -20, gone(leaf, 1))), chain(leaf, root), "revoked", "crl file revoked"},
		{"carried, withdrawn, to come", nil, lists(list(root, 5, 9, gone(leaf, 1))), chain(leaf, root), "revoked", "crl file revoked"},
		{"carried, on hold", nil, lists(list(root, 0, 9, gone(leaf, 6))), chain(leaf, root), "on_hold", "crl file on_hold"},
		{"on hold, lifted since", nil, lists(list(root, -1, 9, gone(leaf, 6)), good), chain(leaf, root), "good", "crl file good"},
		{"put on hold since", nil, lists(list(root, -1, 9), list(root, 0, 9, gone(leaf, 6))), chain(leaf, root), "on_hold", "crl file on_hold"},
		{"on hold and not, of one day", nil, lists(good, list(root, 0, 9, gone(leaf, 6))), chain(leaf, root), "on_hold", "crl file on_hold"},
		{"an old hold, lifted since", answers{place: good}, lists(list(root, -9, -5, gone(leaf, 6))), chain(leaf, root), "good", "crl network good"},
		{"an old hold, and no answer", nil, lists(list(root, -9, -5, gone(leaf, 6))), chain(leaf, root), "on_hold", "crl file on_hold"},
		{"an old hold, lifted, old", nil, lists(list(root, -9, -5, gone(leaf, 6)), list(root, -8, -4)), chain(leaf, root), "old", "crl file old"},
		{"old", nil, lists(list(root, -9, -5)), chain(leaf, root), "old", "crl file old"},
		{"old, and a new one", answers{place: good}, lists(list(root, -9, -5)), chain(leaf, root), "good", "crl network good"},
		{"old, and a new one that withdraws", answers{place: list(root, 0, 9, gone(leaf, 1))}, lists(list(root, -9, -5)), chain(leaf, root), "revoked", "crl network revoked"},
		{"old, and garbage", answers{place: []byte("<html>")}, lists(list(root, -9, -5)), chain(leaf, root), "old", "crl file old"},
		{"to come", nil, lists(list(root, 5, 9)), chain(leaf, root), "unchecked", "crl file unchecked"},
		{"by a namesake", nil, lists(list(twin, 0, 9)), chain(leaf, root), "untrusted", "crl file untrusted"},
		{"by a namesake, withdrawn", nil, lists(list(twin, 0, 9, gone(leaf, 1))), chain(leaf, root), "untrusted", "crl file untrusted"},
		{"by a namesake, and a good one", nil, lists(list(twin, 0, 9, gone(leaf, 1)), good), chain(leaf, root), "good", "crl file good"},
		{"another authority's", nil, lists(list(ca, 0, 9)), chain(leaf, root), "unchecked", "crl  unchecked"},
		{"garbage", nil, lists([]byte("x")), chain(leaf, root), "malformed", "crl file malformed"},
		{"garbage, and a good one", nil, lists([]byte("x"), good), chain(leaf, root), "good", "crl file good"},
		{"truncated", nil, lists(good[:len(good)-1]), chain(leaf, root), "malformed", "crl file malformed"},
		{"left out", nil, proof.Revocation{Malformed: true}, chain(leaf, root), "malformed", "crl file malformed"},
		{"a delta", nil, lists(delta), chain(leaf, root), "unchecked", "crl file unchecked"},
		{"indirect", nil, lists(indirect), chain(leaf, root), "unchecked", "crl file unchecked"},
		{"of some reasons", nil, lists(some), chain(leaf, root), "unchecked", "crl file unchecked"},
		{"a critical extension", nil, lists(critical), chain(leaf, root), "unchecked", "crl file unchecked"},

		{"published, good", answers{place: good}, proof.Revocation{}, chain(leaf, root), "good", "crl network good"},
		{"published, in PEM", answers{place: pem.EncodeToMemory(&pem.Block{Type: "X509 CRL", Bytes: good})}, proof.Revocation{}, chain(leaf, root), "good", "crl network good"},
		{"published, withdrawn", answers{place: list(root, 0, 9, gone(leaf, 1))}, proof.Revocation{}, chain(leaf, root), "revoked", "crl network revoked"},
		{"published, old", answers{place: list(root, -9, -5)}, proof.Revocation{}, chain(leaf, root), "old", "crl network old"},
		{"published by a namesake", answers{place: list(twin, 0, 9)}, proof.Revocation{}, chain(leaf, root), "untrusted", "crl network untrusted"},
		{"published, another's", answers{place: list(ca, 0, 9)}, proof.Revocation{}, chain(leaf, root), "unchecked", "crl network unchecked"},
		{"published, a page", answers{place: []byte("<html>")}, proof.Revocation{}, chain(leaf, root), "malformed", "crl network malformed"},
		{"published, too large", answers{place: make([]byte, limits.RevocationBytes+1)}, proof.Revocation{}, chain(leaf, root), "unchecked", "crl  unchecked"},

		{"answered, good", nil, responses(response(root, leaf, sample.Answer{Until: 9})), chain(leaf, root), "good", "ocsp file good"},
		{"answered by a responder", nil, responses(response(responder, leaf, sample.Answer{Until: 9}, responder)), chain(leaf, root), "good", "ocsp file good"},
		{"answered, withdrawn", nil, responses(response(root, leaf, sample.Answer{State: "revoked", Reason: 1, Until: 9})), chain(leaf, root), "revoked", "ocsp file revoked"},
		{"answered, on hold", nil, responses(response(root, leaf, sample.Answer{State: "revoked", Reason: 6, Until: 9})), chain(leaf, root), "on_hold", "ocsp file on_hold"},
		{"answered, not known", nil, responses(response(root, leaf, sample.Answer{State: "unknown", Until: 9})), chain(leaf, root), "unchecked", "ocsp file unchecked"},
		{"answered, withdrawn beside a good list", nil, proof.Revocation{CRLs: [][]byte{good}, OCSPs: [][]byte{response(root, leaf, sample.Answer{State: "revoked"})}}, chain(leaf, root), "revoked", "ocsp file revoked"},
		{"answered about another", nil, responses(response(root, plain, sample.Answer{Until: 9})), chain(leaf, root), "unchecked", "crl  unchecked"},
		{"answered by nobody known", nil, responses(response(twin, leaf, sample.Answer{Until: 9})), chain(leaf, root), "untrusted", "ocsp file untrusted"},
		{"answered long ago", nil, responses(response(root, leaf, sample.Answer{From: -9, Made: -9, Until: -5})), chain(leaf, root), "old", "ocsp file old"},
		{"answered long ago, without end", nil, responses(response(root, leaf, sample.Answer{From: -9, Made: -9})), chain(leaf, root), "old", "ocsp file old"},
		{"answered yesterday, without end", nil, responses(response(root, leaf, sample.Answer{})), chain(leaf, root), "good", "ocsp file good"},
		{"answered, garbage", nil, responses([]byte{0x30, 0}), chain(leaf, root), "malformed", "crl file malformed"},
		{"no answer", nil, responses(response(root, leaf, sample.Answer{Status: 6})), chain(leaf, root), "unchecked", "crl  unchecked"},
		{"answered by one that is to be checked", nil, responses(response(checked, leaf, sample.Answer{Until: 9}, checked)), chain(leaf, root), "unchecked", "ocsp file unchecked"},
		{"by one that was checked", answers{rootPlace: good}, responses(response(checked, leaf, sample.Answer{Until: 9}, checked)), chain(leaf, root), "good", "ocsp file good"},
		{"by one that was withdrawn", answers{rootPlace: list(root, 0, 9, gone(checked, 1))}, responses(response(checked, leaf, sample.Answer{Until: 9}, checked)), chain(leaf, root), "untrusted", "ocsp file untrusted"},

		{"all the way", answers{place: list(ca, 0, 9), rootPlace: good}, proof.Revocation{}, chain(deep, ca, root), "good", "crl network good, crl network good"},
		{"in another order", nil, lists(good, list(ca, 0, 9)), chain(deep, root, ca), "good", "crl file good, crl file good"},
		{"the authority withdrawn", nil, lists(list(root, 0, 9, gone(ca, 2)), list(ca, 0, 9)), chain(deep, ca, root), "revoked", "crl file good, crl file revoked"},
		{"the authority not checked", nil, lists(list(ca, 0, 9)), chain(deep, ca, root), "unchecked", "crl file good, crl  unchecked"},
		{"the authority under nobody", nil, lists(list(ca, 0, 9), good), chain(deep, ca), "unchecked", "crl file good, crl  unchecked"},
		{"the authority not in the chain", nil, proof.Revocation{CRLs: [][]byte{list(ca, 0, 9)}, Certificates: certificates(ca, root)}, chain(deep), "good", "crl file good"},
		{"the root's word on itself", nil, lists(list(root, 0, 9, gone(root, 1))), chain(leaf, root), "good", "crl file good"},
		{"strangers in the chain", nil, lists(good), chain(leaf, twin, plain, ca, root), "good", "crl file good"},
	}
	for _, test := range tests {
		q := sealed(test.network, test.carried, test.chain...)
		evidence, findings := q.certificate(context.Background())
		var rows []string
		for _, row := range evidence {
			rows = append(rows, row.Mechanism+" "+row.From+" "+strings.TrimPrefix(string(row.Code), "status.certificate_"))
		}
		if got := strings.ReplaceAll(codes(findings), "certificate_", ""); got != test.want || strings.Join(rows, ", ") != test.rows {
			t.Errorf("%s: %q %q, not %q: %v", test.name, got, rows, test.want, findings)
		}
		for _, f := range findings {
			code := f.Code
			if (code == report.StatusCertificateRevoked || code == report.StatusCertificateOnHold || code == report.StatusCertificateOld || code == report.StatusCertificateGood) && f.Facts["date"] == "" {
				t.Errorf("%s: no date: %v", test.name, f)
			}
		}
	}

	// Below an authority that a list vouches for, nothing more is asked; its
	// certificate need not be in the file.
	for _, test := range []struct {
		name  string
		lists vouched
		chain []*sample.Authority
		want  string
	}{
		{"the authority, in the file", vouched{ca.Certificate}, chain(deep, ca), "good"},
		{"the authority, not in the file", vouched{ca.Certificate}, chain(deep), "good"},
		{"the root, not in the file", vouched{root.Certificate}, chain(deep, ca), "unchecked"},
	} {
		q := sealed(answers{place: list(ca, 0, 9)}, proof.Revocation{}, test.chain...)
		q.Authorities = test.lists
		if _, findings := q.certificate(context.Background()); strings.TrimPrefix(codes(findings), "certificate_") != test.want {
			t.Errorf("%s: %v", test.name, findings)
		}
	}

	// Handed in beside the file, among other things.
	q := sealed(nil, proof.Revocation{}, leaf, root)
	q.Supplied = []Supplied{{Data: []byte("{}")}, {Data: []byte{0x30}}, {Data: pem.EncodeToMemory(&pem.Block{Type: "X509 CRL", Bytes: good})}}
	if evidence, findings := q.certificate(context.Background()); codes(findings) != "certificate_good" || evidence[0].From != fromSupplied || evidence[0].Address != place {
		t.Error(evidence, findings)
	}
	q.Supplied = []Supplied{{Data: response(root, leaf, sample.Answer{State: "revoked", Reason: 4, Since: -2}), InFile: true}}
	evidence, findings := q.certificate(context.Background())
	if codes(findings) != "certificate_revoked" || evidence[0].From != fromFile || findings[0].Facts["reason"] != "superseded" || findings[0].Facts["date"] != "2025-12-30T00:00:00Z" {
		t.Error(evidence, findings)
	}

	// A responder is asked by an address alone.
	var address string
	q = sealed(nil, proof.Revocation{}, asked, root)
	q.Session = fetch.NewSession(fetch.GetterFunc(func(_ context.Context, request fetch.Request) (fetch.Response, error) {
		address = request.Address
		return fetch.Response{Status: 200, Body: response(root, asked, sample.Answer{Until: 9, SHA1: true})}, nil
	}), q.At, nil)
	if evidence, findings := q.certificate(context.Background()); codes(findings) != "certificate_good" || evidence[0].Mechanism != byResponse || evidence[0].From != fromNetwork {
		t.Error(evidence, findings)
	}
	if !strings.HasPrefix(address, "https://ca.example/ocsp/ME") {
		t.Error(address)
	}
}

// TestManySignatures: however many lists in the right name a seal carries, the
// work comes to an end, and what was not looked at is told.
func TestManySignatures(t *testing.T) {
	root, twin := sample.New(t, "Root", nil, nil), sample.New(t, "Root", nil, nil)
	leaf := root.Leaf(t, "Seal", "https://ca.example/1.crl")
	var carried proof.Revocation
	for range limits.SealSignatures {
		carried.CRLs = append(carried.CRLs, twin.List(t, 0, 9, nil))
	}
	carried.CRLs = append(carried.CRLs, root.List(t, 0, 9, nil))
	if _, findings := sealed(nil, carried, leaf, root).certificate(context.Background()); findings.Outcome() != report.Unknown {
		t.Error(findings)
	}
	// Ten authorities that are one another's issuers by name.
	chain := []*sample.Authority{leaf}
	for range limits.Certificates - 1 {
		chain = append(chain, sample.New(t, "Root", twin, nil))
	}
	if _, findings := sealed(nil, proof.Revocation{}, chain...).certificate(context.Background()); findings.Outcome() != report.Unknown {
		t.Error(findings)
	}
}

// thirdParty are the seals of others with revocation data in them, and what
// comes out at the instant at which the source says to judge them; then the
// same two years later.
var thirdParty = []struct{ file, at, want, later string }{
	{"eu-edc/credential-signed.jsonld", "2022-12-21T18:50:21Z", "ocsp good", "ocsp old"},
	{"eu-edc/eseal/json_sealed_advanced.json", "2022-07-25T14:36:56Z", "ocsp good, ocsp good", "ocsp old, ocsp old"},
	{"eu-edc/eseal/json_to_seal-signed-jades-baseline-lta.json", "2022-08-19T11:10:45Z", "ocsp good", "ocsp old"},
	{"eu-elm/Sample-MC-Annex1-signed.jsonld", "2023-09-27T11:54:17Z", "ocsp good", "ocsp old"},
	// Answered by a responder that another authority certified (RFC 6960
	// 4.2.2.2).
	{"esig-dss/jades/double-lta-in-container.json", "2021-01-25T10:22:13Z", "ocsp untrusted, crl good", "ocsp untrusted, crl old"},
	{"esig-dss/jades/jades-double-sig-different-etsiU.json", "2021-01-25T12:35:32Z", "ocsp untrusted, crl good", "ocsp untrusted, crl old"},
	{"esig-dss/jades/jades-lta-copied-arctst.json", "2023-12-08T09:27:47Z", "ocsp good, crl good", "ocsp old, crl old"},
	{"esig-dss/jades/jades-lta-with-etsiU-whitespaces.json", "2021-01-25T10:20:02Z", "ocsp untrusted, crl good", "ocsp untrusted, crl old"},
	// Its certificates are signed with SHA-3, which nothing here checks.
	{"esig-dss/specs-jades/jades-lta.json", "2020-07-14T13:03:45Z", "ocsp unchecked", "ocsp unchecked"},
}

func TestVectorsRevocation(t *testing.T) {
	missing := 0
	for _, vector := range thirdParty {
		data, err := os.ReadFile("../../../shared/vectors/" + vector.file)
		if err != nil {
			missing++
			continue
		}
		at, err := time.Parse(time.RFC3339, vector.at)
		if err != nil {
			t.Fatal(err)
		}
		k, carried := openSeal(t, data)
		judge := func(at time.Time) string {
			q := Question{Credential: &credential.Credential{}, Proof: &proof.Proof{Revocation: carried}, Key: k, At: at, Session: fetch.NewSession(nil, at, nil)}
			evidence, findings := q.certificate(context.Background())
			var rows []string
			for _, row := range evidence {
				rows = append(rows, row.Mechanism+" "+strings.TrimPrefix(string(row.Code), "status.certificate_"))
			}
			t.Logf("%s: %v", vector.file, findings)
			return strings.Join(rows, ", ")
		}
		if got := judge(at); got != vector.want {
			t.Errorf("%s: %s, not %s", vector.file, got, vector.want)
		}
		if got := judge(at.AddDate(2, 0, 0)); got != vector.later {
			t.Errorf("%s two years later: %s, not %s", vector.file, got, vector.later)
		}
	}
	if missing > 0 {
		if os.Getenv("CI") != "" {
			t.Fatalf("%d third-party seals are not there", missing)
		}
		t.Skipf("%d third-party seals are not there", missing)
	}
}

// openSeal reads the first signature of a JAdES file, apart from what is
// tested.
func openSeal(t *testing.T, data []byte) (*key.Key, proof.Revocation) {
	t.Helper()
	type object struct{ Val []byte }
	type signature struct {
		Protected string
		Header    struct{ EtsiU []json.RawMessage }
	}
	var file struct {
		signature
		Signatures []signature
	}
	var header struct{ X5c [][]byte }
	var carried proof.Revocation
	check := func(err error) {
		if err != nil {
			t.Fatal(err)
		}
	}
	check(json.Unmarshal(data, &file))
	first := file.signature
	if len(file.Signatures) > 0 {
		first = file.Signatures[0]
	}
	protected, err := base64.RawURLEncoding.DecodeString(first.Protected)
	check(err)
	check(json.Unmarshal(protected, &header))
	k := &key.Key{Source: key.Certificate}
	for _, der := range header.X5c {
		certificate, err := x509.ParseCertificate(der)
		check(err)
		k.Chain = append(k.Chain, certificate)
	}
	for _, raw := range first.Header.EtsiU {
		var text string
		if json.Unmarshal(raw, &text) == nil {
			raw, err = base64.RawURLEncoding.DecodeString(text)
			check(err)
		}
		var component struct {
			XVals []struct{ X509Cert object }
			RVals struct{ CrlVals, OcspVals []object }
		}
		check(json.Unmarshal(raw, &component))
		for _, one := range component.XVals {
			carried.Certificates = append(carried.Certificates, one.X509Cert.Val)
		}
		for _, one := range component.RVals.CrlVals {
			carried.CRLs = append(carried.CRLs, one.Val)
		}
		for _, one := range component.RVals.OcspVals {
			carried.OCSPs = append(carried.OCSPs, one.Val)
		}
	}
	if len(carried.CRLs)+len(carried.OCSPs) == 0 {
		t.Fatal(fmt.Sprint("nothing carried: ", len(data)))
	}
	return k, carried
}
