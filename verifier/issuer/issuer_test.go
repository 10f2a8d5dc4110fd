package issuer

import (
	"crypto/ed25519"
	"crypto/x509"
	"crypto/x509/pkix"
	"encoding/asn1"
	"fmt"
	"math/big"
	"net/url"
	"strings"
	"testing"
	"time"

	"github.com/sealcheck/sealcheck/verifier/credential"
	"github.com/sealcheck/sealcheck/verifier/key"
	"github.com/sealcheck/sealcheck/verifier/proof"
	"github.com/sealcheck/sealcheck/verifier/report"
)

const (
	web     = "did:web:uni.example"
	ebsi    = "did:ebsi:zxaYaUtb8pvoAtYNWbKcveg"
	own     = "did:key:z6MkhaXgBZDvotDkL5257faiztiGiC2QtKLGpbnnEGta2doK"
	ownJWK  = "did:jwk:eyJrdHkiOiJPS1AifQ"
	page    = "https://uni.example/issuer"
	evil    = "did:web:evil.example"
	evilWeb = "https://evil.example/keys"
	foreign = "did:key:z6MkpTHR8VNsBxYAAWHut2Geadd9jSwuBV8xRoAnwWsdvktH"
)

func codes(findings report.Findings) string {
	var all []string
	for _, f := range findings {
		all = append(all, strings.TrimPrefix(string(f.Code), "issuer."))
	}
	return strings.Join(all, " ")
}

func named(id string) credential.Issuer {
	return credential.Issuer{ID: id, Party: credential.Party{ID: id}}
}

// Every kind of issuer, with keys of every source.
func TestCheck(t *testing.T) {
	const at = "https://uni.example/keys.json"
	rows := []struct {
		name, issuer string
		reference    string
		key          key.Key
		want         string
	}{
		// A DID: its own document decides, exact text.
		{"did, listed", web, web + "#k", key.Key{Source: key.DIDDocument, ListedBy: web}, "lists_key"},
		{"did, key set that it lists", web, at, key.Key{Source: key.KeySet, ListedBy: web, Address: at}, "lists_key"},
		{"did, header key that it lists", web, "", key.Key{Source: key.DIDDocument, ListedBy: web}, "lists_key"},
		{"did of another method, recorded", ebsi, ebsi + "#k", key.Key{Source: key.DIDDocument, ListedBy: ebsi}, "lists_key"},
		{"did, another's document", web, evil + "#k", key.Key{Source: key.DIDDocument, ListedBy: evil}, "foreign_key"},
		{"did, one below", web, web + ":law#k", key.Key{Source: key.DIDDocument, ListedBy: web + ":law"}, "foreign_key"},
		{"did, one above", web + ":law", web + "#k", key.Key{Source: key.DIDDocument, ListedBy: web}, "foreign_key"},
		{"did, in capitals", web, "did:web:Uni.example#k", key.Key{Source: key.DIDDocument, ListedBy: "did:web:Uni.example"}, "foreign_key"},
		{"did, document that speaks for nobody", web, web + "#k", key.Key{Source: key.DIDDocument}, "foreign_key"},
		{"did, a did:key", web, foreign, key.Key{Source: key.DIDKey, ListedBy: foreign}, "foreign_key"},
		{"did, key set, unlisted", web, evilWeb, key.Key{Source: key.KeySet, Address: evilWeb, IssuerDocument: key.Read}, "foreign_key"},
		{"did, key set, no document", web, evilWeb, key.Key{Source: key.KeySet, Address: evilWeb, IssuerDocument: key.Absent}, "foreign_key"},
		{"did, key set, document down", web, evilWeb, key.Key{Source: key.KeySet, Address: evilWeb, IssuerDocument: key.Unavailable}, "unreachable"},
		{"did, profile of another host", web, evilWeb, key.Key{Source: key.Profile, ListedBy: evilWeb, Address: evilWeb, IssuerDocument: key.Read}, "foreign_key"},
		// The host of a did:web is no origin: its document is the only word.
		{"did, key on its host", web, at, key.Key{Source: key.KeySet, Address: at, IssuerDocument: key.Read}, "foreign_key"},

		// A DID that is its key.
		{"did:key", own, own, key.Key{Source: key.DIDKey, ListedBy: own}, "is_key"},
		{"did:jwk", ownJWK, ownJWK + "#0", key.Key{Source: key.DIDJWK, ListedBy: ownJWK}, "is_key"},
		{"did:key, another", own, foreign, key.Key{Source: key.DIDKey, ListedBy: foreign}, "foreign_key"},
		{"did:key, did:jwk of the same key", own, ownJWK, key.Key{Source: key.DIDJWK, ListedBy: ownJWK}, "foreign_key"},
		{"did:key, header", own, "", key.Key{Source: key.Header}, "key_unbound"},
		{"did:key, header, down", own, "", key.Key{Source: key.Header, IssuerDocument: key.Unavailable}, "key_unbound"},
		{"did:key, key set, down", own, evilWeb, key.Key{Source: key.KeySet, Address: evilWeb, IssuerDocument: key.Unavailable}, "foreign_key"},

		// A key that the file brings along.
		{"did, header, not listed", web, "", key.Key{Source: key.Header, IssuerDocument: key.Read}, "key_unbound"},
		{"did, header, no document", web, "", key.Key{Source: key.Header, IssuerDocument: key.Absent}, "key_unbound"},
		{"did, header, down", web, "", key.Key{Source: key.Header, IssuerDocument: key.Unavailable}, "unreachable"},
		{"did, header, not asked", web, "", key.Key{Source: key.Header}, "unreachable"},
		{"address, header, not listed", page, "", key.Key{Source: key.Header, IssuerDocument: key.Read}, "key_unbound"},
		{"address, header, no document", page, "", key.Key{Source: key.Header, IssuerDocument: key.Absent}, "key_unbound"},
		{"address, header, down", page, "", key.Key{Source: key.Header, IssuerDocument: key.Unavailable}, "unreachable"},
		{"address, header, not asked", page, "", key.Key{Source: key.Header}, "unreachable"},

		// An address: the document there decides, else the host at most.
		{"address, listed", page, page + "#k", key.Key{Source: key.Profile, ListedBy: page, Address: page}, "lists_key"},
		{"address, its key set", page, at + "#k", key.Key{Source: key.KeySet, ListedBy: page, Address: at}, "lists_key"},
		{"address, lists a did:key", page, foreign, key.Key{Source: key.DIDKey, ListedBy: page}, "lists_key"},
		{"address, lists a DID's key", page, web + "#k", key.Key{Source: key.DIDDocument, ListedBy: page}, "lists_key"},
		{"address, same host, not listed", page, at, key.Key{Source: key.KeySet, Address: at, IssuerDocument: key.Read}, "host_only"},
		{"address, same host, document down", page, at, key.Key{Source: key.KeySet, Address: at, IssuerDocument: key.Unavailable}, "host_only"},
		{"address, same host in capitals", page, at, key.Key{Source: key.KeySet, Address: "https://UNI.example:443/k", IssuerDocument: key.Read}, "host_only"},
		{"address, same host, lists for itself", page, at, key.Key{Source: key.Profile, ListedBy: at, Address: at, IssuerDocument: key.Read}, "host_only"},
		{"address, another port", page, at, key.Key{Source: key.KeySet, Address: "https://uni.example:8443/k", IssuerDocument: key.Read}, "foreign_host"},
		{"address, a host below", page, at, key.Key{Source: key.KeySet, Address: "https://www.uni.example/k", IssuerDocument: key.Read}, "foreign_host"},
		{"address, another host", page, evilWeb, key.Key{Source: key.KeySet, Address: evilWeb, IssuerDocument: key.Read}, "foreign_host"},
		{"address, another host lists for itself", page, evilWeb, key.Key{Source: key.Profile, ListedBy: evilWeb, Address: evilWeb, IssuerDocument: key.Read}, "foreign_host"},
		{"address, another host, no document", page, evilWeb, key.Key{Source: key.KeySet, Address: evilWeb, IssuerDocument: key.Absent}, "foreign_host"},
		{"address, another host, document down", page, evilWeb, key.Key{Source: key.KeySet, Address: evilWeb, IssuerDocument: key.Unavailable}, "unreachable"},
		{"address, a DID, not listed", page, web + "#k", key.Key{Source: key.DIDDocument, ListedBy: web, IssuerDocument: key.Read}, "foreign_key"},
		{"address, a DID, no document", page, web + "#k", key.Key{Source: key.DIDDocument, ListedBy: web, IssuerDocument: key.Absent}, "foreign_key"},
		{"address, a DID, document down", page, web + "#k", key.Key{Source: key.DIDDocument, ListedBy: web, IssuerDocument: key.Unavailable}, "unreachable"},

		// The user's own key never proves anything, and never disproves.
		{"did, given", web, web + "#k", key.Key{Source: key.Given}, "by_your_key"},
		{"address, given", page, page, key.Key{Source: key.Given, IssuerDocument: key.Unavailable}, "by_your_key"},
		{"name, given", "urn:uuid:1", "", key.Key{Source: key.Given}, "by_your_key"},
		{"nobody, given", "", "", key.Key{Source: key.Given}, "not_an_identifier"},

		// What names no place has no key.
		{"name", "urn:uuid:1", foreign, key.Key{Source: key.DIDKey, ListedBy: foreign}, "not_an_identifier"},
		{"name that its key lists", "urn:uuid:1", at, key.Key{Source: key.Profile, ListedBy: "urn:uuid:1", Address: at}, "not_an_identifier"},
		{"mail", "mailto:a@uni.example", "", key.Key{Source: key.Header}, "not_an_identifier"},
		{"nobody", "", foreign, key.Key{Source: key.DIDKey, ListedBy: foreign}, "not_an_identifier"},

		// Addresses that are never asked: nothing is known of what is there.
		{"plain http", "http://uni.example/issuer", foreign, key.Key{Source: key.DIDKey, ListedBy: foreign}, "unreachable"},
		{"plain http, same host", "http://uni.example/issuer", at, key.Key{Source: key.KeySet, Address: at}, "unreachable"},
		{"letters beyond ASCII", "https://üni.example/issuer", foreign, key.Key{Source: key.DIDKey, ListedBy: foreign}, "unreachable"},
		{"IP address", "https://127.0.0.1/issuer", foreign, key.Key{Source: key.DIDKey, ListedBy: foreign}, "unreachable"},
	}
	for _, row := range rows {
		t.Run(row.name, func(t *testing.T) {
			for _, sealed := range []bool{false, true} { // for a certificate only
				findings := Check(named(row.issuer), proof.Reference{KeyID: row.reference}, &row.key, sealed)
				if got := codes(findings); got != row.want {
					t.Errorf("%s, want %s", got, row.want)
				}
				claimed := named(row.issuer)
				claimed.ClaimedID = "did:example:other"
				if got := codes(Check(claimed, proof.Reference{KeyID: row.reference}, &row.key, sealed)); got != "claim_differs" {
					t.Errorf("%s although iss differs", got)
				}
			}
		})
	}
}

// All combinations: who passes is listed by the very issuer, and a server that
// does not answer is never called forgery, except between identifiers of which
// neither has to be asked.
func TestCheckInvariants(t *testing.T) {
	sources := []key.Source{key.DIDKey, key.DIDJWK, key.DIDDocument, key.Profile, key.KeySet, key.Header, key.Given}
	issuers := []string{web, ebsi, own, ownJWK, page, "http://uni.example/", "urn:uuid:1", "", "x"}
	lists := []string{"", web, own, ownJWK, page, evil, foreign, evilWeb}
	addresses := []string{"", page, "https://uni.example/other", evilWeb}
	references := []string{"", "k", web + "#k", own, page, evilWeb + "#k", foreign}
	for _, source := range sources {
		for _, id := range issuers {
			for _, listedBy := range lists {
				for _, address := range addresses {
					for _, reference := range references {
						for state := key.NotAsked; state <= key.Unavailable; state++ {
							k := &key.Key{Source: source, ListedBy: listedBy, Address: address, IssuerDocument: state}
							findings := Check(named(id), proof.Reference{KeyID: reference}, k, false)
							where := fmt.Sprintf("%s %q listed by %q at %q, reference %q, state %d: %v", source, id, listedBy, address, reference, state, findings)
							outcome := findings.Outcome()
							if len(findings) != 1 {
								t.Fatal(where)
							}
							if outcome == report.Pass && (listedBy != id || id == "" || source == key.Given) {
								t.Fatal("passed: ", where)
							}
							if outcome == report.Fail && state == key.Unavailable && (id == web || id == ebsi || id == page) {
								t.Fatal("forged because a server is down: ", where)
							}
						}
					}
				}
			}
		}
	}
}

// Without a key, only what the reference itself gives away is said.
func TestCheckWithoutKey(t *testing.T) {
	const skipped = "internal.skipped"
	rows := []struct{ issuer, reference, want string }{
		{web, evil + "#k", "foreign_key"},
		{web, evil + "?x=y#k", "foreign_key"},
		{web, web + "#k", skipped},
		{web, web + "?x=y#k", skipped},
		{web, "k", skipped},
		{web, "", skipped},
		{web, evilWeb, skipped}, // its document may name that key
		{own, evilWeb, "foreign_key"},
		{own, "", skipped},
		{page, evilWeb, skipped},
		{page, evil + "#k", skipped},
		{page, page + "#k", skipped},
		{"", evil, "not_an_identifier"},
		{"urn:uuid:1", evil, skipped},
	}
	for _, row := range rows {
		if got := codes(Check(named(row.issuer), proof.Reference{KeyID: row.reference}, nil, false)); got != row.want {
			t.Errorf("%q, %q: %s, want %s", row.issuer, row.reference, got, row.want)
		}
	}
}

var (
	leafKey = ed25519.NewKeyFromSeed(make([]byte, 32))
	caKey   = ed25519.NewKeyFromSeed([]byte("another seed of thirty-two bytes"))
)

// subject makes the name of a certificate: "O=Uni" "CN=…" "C=…" "ID=…" (the
// organizationIdentifier) "SN=…" (surname).
func subject(parts ...string) pkix.Name {
	oids := map[string]asn1.ObjectIdentifier{
		"O": {2, 5, 4, 10}, "CN": {2, 5, 4, 3}, "C": {2, 5, 4, 6}, "ID": {2, 5, 4, 97}, "SN": {2, 5, 4, 4},
	}
	var name pkix.Name
	for _, part := range parts {
		attribute, value, _ := strings.Cut(part, "=")
		name.ExtraNames = append(name.ExtraNames, pkix.AttributeTypeAndValue{Type: oids[attribute], Value: value})
	}
	return name
}

// certificateOf makes a leaf of an authority, or one that signed itself.
func certificateOf(t testing.TB, name pkix.Name, selfSigned bool, alternatives ...string) *x509.Certificate {
	t.Helper()
	template := &x509.Certificate{
		SerialNumber: big.NewInt(1), Subject: name,
		NotBefore: time.Date(2026, 1, 1, 0, 0, 0, 0, time.UTC), NotAfter: time.Date(2027, 1, 1, 0, 0, 0, 0, time.UTC),
	}
	for _, alternative := range alternatives {
		if u, err := url.Parse(alternative); err == nil && u.Scheme != "" {
			template.URIs = append(template.URIs, u)
		} else {
			template.DNSNames = append(template.DNSNames, alternative)
		}
	}
	parent, signer := &x509.Certificate{Subject: pkix.Name{CommonName: "Authority"}}, caKey
	if selfSigned {
		parent, signer = template, leafKey
	}
	der, err := x509.CreateCertificate(nil, template, parent, leafKey.Public(), signer)
	if err != nil {
		t.Fatal(err)
	}
	certificate, err := x509.ParseCertificate(der)
	if err != nil {
		t.Fatal(err)
	}
	return certificate
}

// party names an issuer by id, names and ("#…") identifiers.
func party(id string, texts ...string) credential.Issuer {
	issuer := named(id)
	for _, text := range texts {
		if identifier, ok := strings.CutPrefix(text, "#"); ok {
			issuer.Identifiers = append(issuer.Identifiers, identifier)
		} else {
			issuer.Names = append(issuer.Names, credential.Name{Value: text})
		}
	}
	return issuer
}

func TestCheckCertificate(t *testing.T) {
	const sealed, other = true, false
	uni := subject("O=Uni Nord", "CN=Uni Nord eSeal", "ID=VATDE-123456789", "C=DE")
	numberless := subject("O=Uni Nord")
	rows := []struct {
		name   string
		issuer credential.Issuer
		leaf   *x509.Certificate
		sealed bool
		want   string
	}{
		// European Digital Credentials: named by the certificate.
		{"name", party("urn:org:1", "Uni Nord"), certificateOf(t, uni, false), sealed, "certificate_matches"},
		{"name, otherwise spelt", party("urn:org:1", "UNI-NORD"), certificateOf(t, uni, false), sealed, "certificate_matches"},
		{"common name", party("urn:org:1", "Uni Nord eSeal"), certificateOf(t, uni, false), sealed, "certificate_matches"},
		{"both", party("urn:org:1", "Uni Nord", "Uni Nord eSeal"), certificateOf(t, uni, false), sealed, "certificate_matches"},
		{"name and number", party("urn:org:1", "Uni Nord", "#VATDE-123456789"), certificateOf(t, uni, false), sealed, "certificate_matches"},
		{"name and bare number", party("urn:org:1", "Uni Nord", "#123456789"), certificateOf(t, uni, false), sealed, "certificate_matches"},
		{"name and one of two numbers", party("urn:org:1", "Uni Nord", "#HRB 1", "#VATDE-123456789"), certificateOf(t, uni, false), sealed, "certificate_matches"},
		{"number alone", party("urn:org:1", "#VATDE-123456789"), certificateOf(t, uni, false), sealed, "certificate_matches"},
		{"web address of the issuer counts for nothing", party(page, "Uni Nord"), certificateOf(t, uni, false), sealed, "certificate_matches"},
		{"self-signed: for trust to say", party("urn:org:1", "Uni Nord"), certificateOf(t, uni, true), sealed, "certificate_matches"},
		{"number of a certificate that has none", party("urn:org:1", "Uni Nord", "#VATDE-1"), certificateOf(t, numberless, false), sealed, "certificate_matches"},
		{"another name", party("urn:org:1", "Uni Süd"), certificateOf(t, uni, false), sealed, "foreign_certificate"},
		{"one of two names is another's", party("urn:org:1", "Uni Nord", "Harvard"), certificateOf(t, uni, false), sealed, "foreign_certificate"},
		{"famous name over one's own number", party("urn:org:1", "Harvard", "#VATDE-123456789"), certificateOf(t, uni, false), sealed, "foreign_certificate"},
		{"name with another's number", party("urn:org:1", "Uni Nord", "#VATDE-999"), certificateOf(t, uni, false), sealed, "foreign_certificate"},
		{"name with the number of another country", party("urn:org:1", "Uni Nord", "#VATFR-123456789"), certificateOf(t, uni, false), sealed, "foreign_certificate"},
		{"another's number alone", party("urn:org:1", "#VATDE-999"), certificateOf(t, uni, false), sealed, "foreign_certificate"},
		{"neither name nor number", party("urn:org:1"), certificateOf(t, uni, false), sealed, "foreign_certificate"},
		{"nobody", party(""), certificateOf(t, uni, false), sealed, "foreign_certificate"},
		{"no subject", party("urn:org:1", "Uni Nord"), certificateOf(t, subject(), false), sealed, "foreign_certificate"},
		{"no name on either side", party("urn:org:1", ""), certificateOf(t, subject(), false), sealed, "foreign_certificate"},
		{"person, by the employer's name", party("urn:org:1", "Uni Nord"), certificateOf(t, subject("O=Uni Nord", "CN=Eva Roth", "SN=Roth", "ID=VATDE-1"), false), sealed, "foreign_certificate"},
		{"person, by the employer's number", party("urn:org:1", "#VATDE-1"), certificateOf(t, subject("O=Uni Nord", "CN=Eva Roth", "SN=Roth", "ID=VATDE-1"), false), sealed, "foreign_certificate"},
		{"person, by name", party("urn:org:1", "Eva Roth"), certificateOf(t, subject("O=Uni Nord", "CN=Eva Roth", "SN=Roth"), false), sealed, "certificate_matches"},
		// A DID can be proven: a name does not stand in for it.
		{"DID, name alone", party(web, "Uni Nord"), certificateOf(t, uni, false), sealed, "foreign_certificate"},
		{"DID in the certificate", party(web, "Uni Nord"), certificateOf(t, uni, false, web), sealed, "certificate_matches"},

		// Any other credential: named by its address.
		{"address in the certificate", party(page, "Uni Nord"), certificateOf(t, uni, false, page), other, "certificate_matches"},
		{"host in the certificate", party(page), certificateOf(t, uni, false, "uni.example"), other, "certificate_matches"},
		{"host in capitals", party("https://UNI.example/issuer"), certificateOf(t, uni, false, "uni.Example"), other, "certificate_matches"},
		{"DID as a URI", party(web), certificateOf(t, uni, false, web), other, "certificate_matches"},
		{"host of the DID", party(web), certificateOf(t, uni, false, "uni.example"), other, "foreign_certificate"},
		{"another port", party("https://uni.example:8443/issuer"), certificateOf(t, uni, false, "uni.example"), other, "foreign_certificate"},
		{"another path", party(page), certificateOf(t, uni, false, page+"/x"), other, "foreign_certificate"},
		{"wildcard", party(page), certificateOf(t, uni, false, "*.example"), other, "foreign_certificate"},
		{"name only", party(page, "Uni Nord"), certificateOf(t, uni, false, "evil.example"), other, "certificate_name_only"},
		{"DID, name only", party(web, "Uni Nord"), certificateOf(t, uni, false), other, "certificate_name_only"},
		{"another name and address", party(page, "Uni Süd"), certificateOf(t, uni, false, "evil.example"), other, "foreign_certificate"},
		{"self-signed with the address", party(page, "Uni Nord"), certificateOf(t, uni, true, page, "uni.example"), other, "foreign_certificate"},
		{"self-signed with the DID", party(web, "Uni Nord"), certificateOf(t, uni, true, web), other, "foreign_certificate"},
		{"not named by an address", party("urn:org:1", "Uni Nord"), certificateOf(t, uni, false), other, "certificate_matches"},
		{"not named by an address, another's", party("urn:org:1", "Uni Süd"), certificateOf(t, uni, false), other, "foreign_certificate"},
	}
	for _, row := range rows {
		t.Run(row.name, func(t *testing.T) {
			k := &key.Key{Source: key.Certificate, Chain: []*x509.Certificate{row.leaf}}
			if got := codes(Check(row.issuer, proof.Reference{}, k, row.sealed)); got != row.want {
				t.Errorf("%s, want %s", got, row.want)
			}
		})
	}
}

func TestSubject(t *testing.T) {
	rows := []struct {
		name pkix.Name
		want Organisation
	}{
		{subject("O=Uni", "CN=Seal", "C=DE", "ID=VATDE-1"), Organisation{"Uni", "Seal", "VATDE-1", "DE"}},
		{subject("CN=Uni"), Organisation{"Uni", "Uni", "", ""}},
		{subject("O=Uni"), Organisation{"Uni", "", "", ""}},
		{subject("O=", "CN=Uni"), Organisation{"Uni", "Uni", "", ""}},
		{subject(), Organisation{}},
		{subject("O=Uni", "CN=Eva", "SN=Roth", "ID=VATDE-1", "C=DE"), Organisation{"Eva", "Eva", "", "DE"}},
	}
	for _, row := range rows {
		if got := Subject(certificateOf(t, row.name, false)); got != row.want {
			t.Errorf("%+v, want %+v", got, row.want)
		}
	}
}

// The stated type of a qualified certificate goes before the names.
func TestNaturalPerson(t *testing.T) {
	statement := func(oids ...asn1.ObjectIdentifier) []byte {
		info, err := asn1.Marshal(oids)
		if err != nil {
			t.Fatal(err)
		}
		value, err := asn1.Marshal([]struct {
			ID   asn1.ObjectIdentifier
			Info asn1.RawValue
		}{{qcType, asn1.RawValue{FullBytes: info}}})
		if err != nil {
			t.Fatal(err)
		}
		return value
	}
	person, body := subject("CN=Eva", "SN=Roth"), subject("O=Uni")
	rows := []struct {
		name      string
		subject   pkix.Name
		statement []byte
		want      bool
	}{
		{"seal", body, statement(qcSeal), false},
		{"signature", body, statement(qcSignature), true},
		{"seal, with a surname", person, statement(qcSeal), false},
		{"both", person, statement(qcSignature, qcSeal), false},
		{"neither, with a surname", person, nil, true},
		{"neither", body, nil, false},
		{"garbage", body, []byte{0x30, 0xff}, false},
		{"garbage, with a surname", person, []byte{1, 2, 3}, true},
	}
	for _, row := range rows {
		certificate := certificateOf(t, row.subject, false)
		if row.statement != nil {
			certificate.Extensions = append(certificate.Extensions, pkix.Extension{Id: qcStatements, Value: row.statement})
		}
		if naturalPerson(certificate) != row.want {
			t.Errorf("%s: %v", row.name, !row.want)
		}
	}
}
