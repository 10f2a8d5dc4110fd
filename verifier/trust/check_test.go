package trust

import (
	"crypto/ed25519"
	"crypto/x509"
	"crypto/x509/pkix"
	"encoding/asn1"
	"encoding/base64"
	"errors"
	"fmt"
	"math/big"
	"strings"
	"testing"
	"time"

	"github.com/sealcheck/sealcheck/verifier/credential"
	"github.com/sealcheck/sealcheck/verifier/internal/limits"
	"github.com/sealcheck/sealcheck/verifier/key"
	"github.com/sealcheck/sealcheck/verifier/report"
)

var at = time.Date(2026, 11, 21, 12, 0, 0, 0, time.UTC)

const (
	web  = "did:web:uni.example"
	page = "https://uni.example/"
)

func codes(findings report.Findings) string {
	var all []string
	for _, f := range findings {
		all = append(all, strings.TrimPrefix(string(f.Code), "trust."))
	}
	return strings.Join(all, " ")
}

// credentialOf is a credential of an issuer, with "Uni" for its name.
func credentialOf(id string) *credential.Credential {
	c := &credential.Credential{Types: []string{"VerifiableCredential", "OpenBadgeCredential"}}
	c.Issuer.ID, c.Issuer.Party.ID = id, id
	c.Issuer.Names = []credential.Name{{Value: "Uni"}}
	return c
}

// keyOf is a key that an identifier lists.
func keyOf(id string) *key.Key { return &key.Key{Source: key.DIDDocument, ListedBy: id} }

func sampleKeys(t testing.TB) []*key.Key {
	root := newAuthority(t, authorityTemplate("Root"), nil)
	return []*key.Key{
		keyOf(web), keyOf("https://uni.example/a"), {Source: key.Given},
		{Source: key.Certificate, Chain: []*x509.Certificate{root.issue(t, leafTemplate("Uni", "VATDE-1")).certificate}},
	}
}

// issuers writes a list of one issuer, with further members.
func issuers(name, members, identifier string) string {
	if members != "" {
		members += ","
	}
	return strings.Replace(listText(`"issuers":[{"names":{"en":"Uni"},`+members+`"identifiers":[`+identifier+`]}]`), `"List"`, `"`+name+`"`, 1)
}

func loadAll(texts ...string) *Lists {
	var sources []Source
	for i, text := range texts {
		source := Source{Name: fmt.Sprint("source ", i), Data: []byte(text)}
		if text == "" {
			source.Err = errors.New("no answer")
		}
		sources = append(sources, source)
	}
	return Load(sources)
}

// Each outcome, and which goes before which where several lists speak.
func TestCheck(t *testing.T) {
	const (
		identity  = `"vouches":["identity"]`
		issuing   = `"vouches":["issuing"]`
		did       = `{"did":"did:web:uni.example"}`
		other     = `{"did":"did:web:other.example"}`
		gone      = `,"withdrawn":{"since":"2026-05-01T00:00:00Z","reason":"closed"}`
		unread    = ""
		malformed = `{}`
	)
	good := issuers("Good", identity, did)
	may := issuers("May", issuing, did)
	nobody := issuers("Nobody", identity, other)
	withdrawn := issuers("Gone", identity+gone, did)
	scope := issuers("Scope", identity+`,"for":{"types":["ClrCredential"]}`, did)
	inScope := issuers("In scope", identity+`,"for":{"types":["ClrCredential","OpenBadgeCredential"]}`, did)
	test := strings.Replace(issuers("Test", identity, did), `{"sealcheck`, `{"test":true,"sealcheck`, 1)
	testEntry := issuers("Test entry", identity+`,"test":true`, did)
	ended := issuers("Ended", identity+`,"until":"2026-11-21T11:59:59Z"`, did)
	begins := issuers("Begins", identity+`,"from":"2026-11-21T12:00:01Z"`, did)
	lasts := issuers("Lasts", identity+`,"from":"2026-11-21T12:00:00Z","until":"2026-11-21T12:00:00Z"`, did)
	expires := func(text, date string) string {
		return strings.Replace(text, `"issued"`, `"expires":"`+date+`","issued"`, 1)
	}
	issued := func(text, date string) string { return strings.Replace(text, "2026-01-01T00:00:00Z", date, 1) }
	rows := []struct {
		name  string
		lists []string
		want  string
		list  string // that the answer rests on
	}{
		{"no list", nil, "not_configured", ""},
		{"empty list", []string{listText()}, "not_listed", ""},
		{"listed", []string{good}, "listed", "Good"},
		{"may issue", []string{may}, "listed may_issue", "May"},
		{"nobody", []string{nobody}, "not_listed", ""},
		{"withdrawn", []string{withdrawn}, "withdrawn", "Gone"},
		{"withdrawn only now", []string{issuers("Gone", identity+`,"withdrawn":{"since":"2026-11-21T12:00:00Z"}`, did)}, "withdrawn", "Gone"},
		{"withdrawn in a second", []string{issuers("Gone", identity+`,"withdrawn":{"since":"2026-11-21T12:00:01Z"}`, did)}, "listed", "Gone"},
		{"withdrawn in a second, else nothing", []string{issuers("Gone", `"withdrawn":{"since":"2026-11-21T12:00:01Z"}`, did)}, "not_listed", ""},
		{"withdrawn, else nothing", []string{issuers("Gone", strings.TrimPrefix(gone, ","), did)}, "withdrawn", "Gone"},
		{"out of scope", []string{scope}, "out_of_scope", "Scope"},
		{"in scope", []string{inScope}, "listed", "In scope"},
		{"test list", []string{test}, "test_list", "Test"},
		{"test entry", []string{testEntry}, "test_list", "Test entry"},
		{"ended", []string{ended}, "not_in_force", ""},
		{"begins", []string{begins}, "not_in_force", ""},
		{"lasts this second", []string{lasts}, "listed", "Lasts"},
		{"stale", []string{expires(good, "2026-11-21T11:54:59Z")}, "list_stale", "Good"},
		{"stale by less than the tolerance", []string{expires(good, "2026-11-21T11:55:00Z")}, "listed", "Good"},
		{"of the future", []string{issued(good, "2026-11-21T12:05:01Z")}, "list_stale", "Good"},
		{"of the future by less than the tolerance", []string{issued(good, "2026-11-21T12:05:00Z")}, "listed", "Good"},
		{"stale, names another", []string{expires(nobody, "2026-06-01T00:00:00Z")}, "list_stale", "Nobody"},
		{"unreachable", []string{unread}, "list_unreachable not_listed", ""},
		{"malformed", []string{malformed}, "list_invalid not_listed", ""},

		// Withdrawn goes before everything, wherever it stands, and is believed
		// of a list that has grown old.
		{"withdrawn and listed", []string{good, withdrawn}, "withdrawn", "Gone"},
		{"withdrawn and may issue", []string{withdrawn, may}, "withdrawn", "Gone"},
		{"withdrawn by a stale list", []string{good, expires(withdrawn, "2026-06-01T00:00:00Z")}, "withdrawn", "Gone"},
		{"withdrawn by a test list", []string{good, strings.Replace(withdrawn, `{"sealcheck`, `{"test":true,"sealcheck`, 1)}, "withdrawn", "Gone"},
		{"withdrawn and listed by one list", []string{strings.Replace(withdrawn, `]}]}`, `]},`+anyone+`]}`, 1)}, "withdrawn", "Gone"},
		{"withdrawn entry that has ended", []string{issuers("Gone", identity+gone+`,"until":"2026-06-01T00:00:00Z"`, did)}, "withdrawn", "Gone"},
		// A list that could not be read may have withdrawn it.
		{"listed and unreachable", []string{good, unread}, "list_unreachable listed", "Good"},
		{"withdrawn and malformed", []string{malformed, withdrawn}, "list_invalid withdrawn", "Gone"},
		// Listed by one is listed.
		{"listed twice", []string{good, may}, "listed may_issue", "May"},
		{"listed, then not", []string{good, nobody}, "listed", "Good"},
		{"listed, elsewhere out of scope", []string{scope, good}, "listed", "Good"},
		{"listed, elsewhere for tests", []string{test, good}, "listed", "Good"},
		{"listed, elsewhere ended", []string{ended, good}, "listed", "Good"},
		{"listed, elsewhere stale", []string{expires(good, "2026-06-01T00:00:00Z"), may}, "listed may_issue", "May"},
		// Among those that do not vouch, the most telling first.
		{"out of scope and stale", []string{expires(good, "2026-06-01T00:00:00Z"), scope}, "out_of_scope", "Scope"},
		{"out of scope and test", []string{test, scope}, "out_of_scope", "Scope"},
		{"stale that names it, and another", []string{expires(nobody, "2026-06-01T00:00:00Z"), expires(good, "2026-06-01T00:00:00Z")}, "list_stale", "Good"},
		{"stale and test", []string{test, expires(nobody, "2026-06-01T00:00:00Z")}, "list_stale", "Nobody"},
		{"test and ended", []string{ended, test}, "test_list", "Test"},
		{"ended and nobody", []string{nobody, ended}, "not_in_force", ""},
		{"first of two", []string{strings.Replace(good, "Good", "Best", 1), good}, "listed", "Best"},
	}
	for _, row := range rows {
		t.Run(row.name, func(t *testing.T) {
			standing, findings := loadAll(row.lists...).Check(credentialOf(web), keyOf(web), at)
			if got := codes(findings); got != row.want || standing.List != row.list {
				t.Errorf("%s by %q, want %s by %q", got, standing.List, row.want, row.list)
			}
			if standing.Issuing != findings.Has(report.TrustMayIssue) || (standing.Since != "") != findings.Has(report.TrustWithdrawn) {
				t.Errorf("%+v with %v", standing, findings)
			}
		})
	}
	standing, findings := loadAll(withdrawn).Check(credentialOf(web), keyOf(web), at)
	if standing.Name != "Uni" || standing.Since != "2026-05-01T00:00:00Z" || findings[0].Facts["reason"] != "closed" {
		t.Errorf("%+v %v", standing, findings)
	}
}

// An entry by DID or domain counts for a key that the identifier itself lists.
func TestCheckKey(t *testing.T) {
	lists := loadAll(issuers("Good", `"vouches":["identity"]`, `{"did":"`+web+`"},{"domain":"uni.example"}`))
	gone := loadAll(issuers("Gone", `"withdrawn":{"since":"2026-01-01T00:00:00Z"}`, `{"did":"`+web+`"},{"domain":"uni.example"}`))
	goneDID := loadAll(issuers("Gone", `"withdrawn":{"since":"2026-01-01T00:00:00Z"}`, `{"did":"`+web+`"}`))
	rows := []struct {
		name   string
		issuer string
		key    key.Key
		want   string
		gone   string
	}{
		{"did document", web, key.Key{Source: key.DIDDocument, ListedBy: web}, "listed", "withdrawn"},
		{"address", page, key.Key{Source: key.Profile, ListedBy: page, Address: page}, "listed", "withdrawn"},
		{"key set of the address", page, key.Key{Source: key.KeySet, ListedBy: page, Address: page + "k"}, "listed", "withdrawn"},
		{"same host only", page, key.Key{Source: key.KeySet, Address: page + "k"}, "not_listed", "withdrawn"},
		{"given", web, key.Key{Source: key.Given}, "not_listed", "withdrawn"},
		{"given, claims to be listed", web, key.Key{Source: key.Given, ListedBy: web}, "not_listed", "withdrawn"},
		{"header", web, key.Key{Source: key.Header}, "not_listed", "withdrawn"},
		{"another's key", web, key.Key{Source: key.DIDDocument, ListedBy: "did:web:evil.example"}, "not_listed", "withdrawn"},
		{"certificate", web, key.Key{Source: key.Certificate}, "not_listed", "withdrawn"},
		{"certificate of a key that it lists", web, key.Key{Source: key.Certificate, ListedBy: web}, "listed", "withdrawn"},
		{"another issuer with its key", "did:web:evil.example", key.Key{Source: key.DIDDocument, ListedBy: web}, "not_listed", "not_listed"},
		{"no issuer", "", key.Key{Source: key.DIDDocument}, "not_listed", "not_listed"},
		// In another case it is another identifier, but as withdrawn as before.
		{"in capitals", "did:web:UNI.example", key.Key{Source: key.DIDDocument, ListedBy: "did:web:UNI.example"}, "listed", "withdrawn"},
	}
	for _, row := range rows {
		t.Run(row.name, func(t *testing.T) {
			if _, findings := lists.Check(credentialOf(row.issuer), &row.key, at); codes(findings) != row.want {
				t.Errorf("%v, want %s", findings, row.want)
			}
			if _, findings := gone.Check(credentialOf(row.issuer), &row.key, at); codes(findings) != row.gone {
				t.Errorf("%v, want %s", findings, row.gone)
			}
			if !strings.HasPrefix(row.issuer, "did:") {
				return
			}
			if _, findings := goneDID.Check(credentialOf(row.issuer), &row.key, at); codes(findings) != row.gone {
				t.Errorf("by DID alone: %v, want %s", findings, row.gone)
			}
		})
	}
}

// design.md 2: a domain is exactly itself, and nothing below it.
func TestDomain(t *testing.T) {
	host, deep, port := domain{"uni.example", ""}, domain{"uni.example", "/university/"}, domain{"uni.example:8443", ""}
	rows := []struct {
		d    domain
		id   string
		want bool
	}{
		{host, "did:web:uni.example", true},
		{host, "did:web:UNI.example", true},
		{host, "https://uni.example", true},
		{host, "https://uni.example/", true},
		{host, "https://uni.example:443/", false}, // another identifier for the same place: no guess
		{host, "did:web:uni.example:law", false},
		{host, "did:web:uni.example:", false},
		{host, "did:web:uni.example%3A8443", false},
		{host, "did:web:law.uni.example", false},
		{host, "did:web:uni.example.evil.example", false},
		{host, "did:web:eviluni.example", false},
		{host, "did:web:example", false},
		{host, "did:webs:uni.example", false},
		{host, "did:webvh:uni.example", false},
		{host, "did:key:uni.example", false},
		{host, "https://uni.example/issuer", false},
		{host, "https://uni.example?x", false},
		{host, "https://uni.example#x", false},
		{host, "https://uni.example:8443/", false},
		{host, "https://law.uni.example/", false},
		{host, "https://uni.example.evil.example/", false},
		{host, "https://uni.example@evil.example/", false},
		{host, "https://evil.example/uni.example", false},
		{host, "http://uni.example/", false},
		{host, "uni.example", false},
		{host, "", false},
		{port, "https://uni.example:8443/", true},
		{port, "https://uni.example/", false},

		{deep, "did:web:uni.example:university", true},
		{deep, "did:web:uni.example:university:law", true},
		{deep, "https://uni.example/university", true},
		{deep, "https://uni.example/university/", true},
		{deep, "https://uni.example/university/law", true},
		{deep, "did:web:uni.example", false},
		{deep, "https://uni.example/", false},
		{deep, "did:web:uni.example:university-of-fraud", false},
		{deep, "https://uni.example/university-of-fraud", false},
		{deep, "https://uni.example/university-of-fraud/university/", false},
		{deep, "https://uni.example/UNIVERSITY/", false},
		{deep, "https://uni.example/x/university/", false},
		{deep, "https://uni.example/university/%2e%2e/fraud", false},
		{deep, "https://uni.example/university/?next=/fraud", false},
		{deep, "https://uni.example/university#x", false},
		{deep, "https://evil.example/university/", false},
		{deep, "did:web:evil.example:university", false},
		{deep, "did:web:uni.example:x:university", false},
	}
	for _, row := range rows {
		if row.d.names(identify(row.id)) != row.want {
			t.Errorf("%+v names %q: %v", row.d, row.id, !row.want)
		}
	}
}

// authorityKey is a certificate with the key that it certifies.
type authorityKey struct {
	certificate *x509.Certificate
	private     ed25519.PrivateKey
}

var serial int64

func authorityTemplate(name string) *x509.Certificate {
	return &x509.Certificate{
		Subject: pkix.Name{CommonName: name}, IsCA: true, BasicConstraintsValid: true, KeyUsage: x509.KeyUsageCertSign,
		NotBefore: at.AddDate(-5, 0, 0), NotAfter: at.AddDate(5, 0, 0),
	}
}

func leafTemplate(organisation, identifier string) *x509.Certificate {
	template := &x509.Certificate{
		Subject:  pkix.Name{Organization: []string{organisation}},
		KeyUsage: x509.KeyUsageContentCommitment, NotBefore: at.AddDate(-1, 0, 0), NotAfter: at.AddDate(1, 0, 0),
	}
	if identifier != "" {
		template.Subject.ExtraNames = []pkix.AttributeTypeAndValue{{Type: asn1.ObjectIdentifier{2, 5, 4, 97}, Value: identifier}}
	}
	return template
}

// newAuthority makes a certificate, always the same for a given order of
// calls; without a parent it signs itself.
func newAuthority(t testing.TB, template *x509.Certificate, parent *authorityKey) *authorityKey {
	t.Helper()
	serial++
	seed := make([]byte, 32)
	big.NewInt(serial).FillBytes(seed)
	return newWithKey(t, template, parent, ed25519.NewKeyFromSeed(seed))
}

func newWithKey(t testing.TB, template *x509.Certificate, parent *authorityKey, private ed25519.PrivateKey) *authorityKey {
	t.Helper()
	serial++
	template.SerialNumber = big.NewInt(serial)
	above, signer := template, private
	if parent != nil {
		above, signer = parent.certificate, parent.private
	}
	der, err := x509.CreateCertificate(nil, template, above, private.Public(), signer)
	if err != nil {
		t.Fatal(err)
	}
	certificate, err := x509.ParseCertificate(der)
	if err != nil {
		t.Fatal(err)
	}
	return &authorityKey{certificate, private}
}

func (a *authorityKey) issue(t testing.TB, template *x509.Certificate) *authorityKey {
	t.Helper()
	return newAuthority(t, template, a)
}

func chainOf(keys ...*authorityKey) []*x509.Certificate {
	var chain []*x509.Certificate
	for _, k := range keys {
		chain = append(chain, k.certificate)
	}
	return chain
}

// certified lists an authority by certificate, with further members.
func certified(a *authorityKey, members string) string {
	return authorityText(`"name":"Root","certificate":"` + base64.StdEncoding.EncodeToString(a.certificate.Raw) + `"` + members)
}

// byKey lists an authority by its key alone.
func byKey(a *authorityKey) string {
	return authorityText(`"name":"Root","publicKey":"` + spkiOf(a.certificate) + `"`)
}

func checkChain(list string, chain []*x509.Certificate) (Standing, string) {
	c := credentialOf("urn:org:1")
	standing, findings := loadAll(list).Check(c, &key.Key{Source: key.Certificate, Chain: chain}, at)
	return standing, codes(findings)
}

// Which certificates lead to a listed authority, and which only seem to.
func TestPath(t *testing.T) {
	with := func(template *x509.Certificate, change func(*x509.Certificate)) *x509.Certificate {
		change(template)
		return template
	}
	years := func(from, until int) func(*x509.Certificate) {
		return func(c *x509.Certificate) { c.NotBefore, c.NotAfter = at.AddDate(from, 0, 0), at.AddDate(until, 0, 0) }
	}
	sealing := func() *x509.Certificate { return leafTemplate("Uni", "VATDE-1") }

	root := newAuthority(t, authorityTemplate("Root"), nil)
	middle := root.issue(t, authorityTemplate("Middle"))
	leaf := middle.issue(t, sealing())
	direct := root.issue(t, sealing())
	forged := newAuthority(t, authorityTemplate("Root"), nil)
	forgedMiddle := forged.issue(t, authorityTemplate("Middle"))

	noDepth := newAuthority(t, with(authorityTemplate("Root"), func(c *x509.Certificate) { c.MaxPathLenZero = true }), nil)
	underNoDepth := noDepth.issue(t, authorityTemplate("Middle"))
	oneDeep := newAuthority(t, with(authorityTemplate("Root"), func(c *x509.Certificate) { c.MaxPathLen = 1 }), nil)
	first := oneDeep.issue(t, authorityTemplate("First"))
	second := first.issue(t, authorityTemplate("Second"))

	expired := root.issue(t, with(authorityTemplate("Expired"), years(-4, -2)))
	closed := root.issue(t, with(authorityTemplate("Closed"), years(-4, 0)))
	future := root.issue(t, with(authorityTemplate("Future"), years(1, 2)))
	noAuthority := root.issue(t, with(sealing(), func(c *x509.Certificate) { c.Subject.CommonName = "Nobody" }))
	noSigner := root.issue(t, with(authorityTemplate("No signer"), func(c *x509.Certificate) { c.KeyUsage = x509.KeyUsageDigitalSignature }))
	constrained := root.issue(t, with(authorityTemplate("Constrained"), func(c *x509.Certificate) {
		c.PermittedDNSDomainsCritical, c.PermittedDNSDomains = true, []string{"uni.example"}
	}))
	server := func(usage x509.ExtKeyUsage) *authorityKey {
		return root.issue(t, with(sealing(), func(c *x509.Certificate) { c.ExtKeyUsage = []x509.ExtKeyUsage{usage} }))
	}
	deep := []*authorityKey{root}
	for i := range 4 {
		deep = append(deep, deep[i].issue(t, authorityTemplate(fmt.Sprint("Level ", i))))
	}
	reversed := func(keys []*authorityKey) (all []*authorityKey) {
		for i := len(keys) - 1; i >= 0; i-- {
			all = append(all, keys[i])
		}
		return all
	}
	// The authority's own key in a certificate that somebody else made.
	stolen := newWithKey(t, authorityTemplate("Thief"), forged, root.private)
	// The same key under another name, in a leaf, and without its bounds.
	renamed := newWithKey(t, authorityTemplate("Renamed"), nil, root.private)
	asLeaf := newWithKey(t, sealing(), nil, root.private)
	looser := newWithKey(t, authorityTemplate("Root"), nil, noDepth.private)
	rows := []struct {
		name  string
		list  string
		chain []*x509.Certificate
		want  string
	}{
		{"directly under the root", certified(root, ""), chainOf(direct), "listed"},
		{"root in the file as well", certified(root, ""), chainOf(direct, root), "listed"},
		{"root by key, in the file", byKey(root), chainOf(direct, root), "listed"},
		{"root by key, not in the file", byKey(root), chainOf(direct), "not_listed"},
		{"one between", certified(root, ""), chainOf(leaf, middle), "listed"},
		{"one between, in any order", certified(root, ""), chainOf(leaf, root, forged, middle), "listed"},
		{"the one between is listed", certified(middle, ""), chainOf(leaf), "listed"},
		{"the one between is listed by key", byKey(middle), chainOf(leaf, middle), "listed"},
		{"the one between is missing", certified(root, ""), chainOf(leaf), "not_listed"},
		{"the one between is missing, root there", certified(root, ""), chainOf(leaf, root), "not_listed"},
		{"another list", certified(forged, ""), chainOf(leaf, middle, root), "not_listed"},

		// Another root of the same name.
		{"forged root", certified(root, ""), chainOf(forged.issue(t, sealing()), forged), "not_listed"},
		{"forged root, genuine one beside", certified(root, ""), chainOf(forged.issue(t, sealing()), root, forged), "not_listed"},
		{"forged root by key", byKey(root), chainOf(forged.issue(t, sealing()), forged, root), "not_listed"},
		{"forged one between", certified(root, ""), chainOf(forgedMiddle.issue(t, sealing()), forgedMiddle, root), "not_listed"},
		{"forged leaf under the genuine one between", certified(root, ""), chainOf(forgedMiddle.issue(t, sealing()), middle, root), "not_listed"},
		{"root's key in a stranger's certificate, unused", byKey(root), chainOf(forged.issue(t, sealing()), stolen, forged), "not_listed"},
		{"root's key under another name", certified(renamed, ""), chainOf(direct), "not_listed"},
		{"root's key in the leaf", byKey(root), chainOf(asLeaf), "not_listed"},
		{"signed by itself", certified(root, ""), chainOf(newAuthority(t, sealing(), nil)), "not_listed"},
		{"signed by itself, root beside", certified(root, ""), chainOf(newAuthority(t, sealing(), nil), middle, root), "not_listed"},

		// Authorities in name only, or out of their bounds.
		{"under no authority", certified(root, ""), chainOf(noAuthority.issue(t, sealing()), noAuthority), "not_listed"},
		{"under one that may not sign", certified(root, ""), chainOf(noSigner.issue(t, sealing()), noSigner), "not_listed"},
		{"under one that had expired", certified(root, ""), chainOf(expired.issue(t, sealing()), expired), "not_listed"},
		{"under one that has expired since", certified(root, ""), chainOf(closed.issue(t, sealing()), closed), "listed"},
		{"under one of the future", certified(root, ""), chainOf(future.issue(t, sealing()), future), "not_listed"},
		{"under one of certain names only", certified(root, ""), chainOf(constrained.issue(t, sealing()), constrained), "not_listed"},
		{"no depth, directly", certified(noDepth, ""), chainOf(noDepth.issue(t, sealing())), "listed"},
		{"no depth, one between", certified(noDepth, ""), chainOf(underNoDepth.issue(t, sealing()), underNoDepth), "not_listed"},
		{"no depth, by key, one between", byKey(noDepth), chainOf(underNoDepth.issue(t, sealing()), underNoDepth, noDepth), "not_listed"},
		{"no depth, but in the file's copy", certified(noDepth, ""), chainOf(underNoDepth.issue(t, sealing()), underNoDepth, looser), "not_listed"},
		{"depth of one, one between", certified(oneDeep, ""), chainOf(first.issue(t, sealing()), first), "listed"},
		{"depth of one, two between", certified(oneDeep, ""), chainOf(second.issue(t, sealing()), first, second), "not_listed"},
		{"depth of one, two between, by key", byKey(oneDeep), chainOf(second.issue(t, sealing()), first, second, oneDeep), "not_listed"},
		{"three between", certified(root, ""), chainOf(append([]*authorityKey{deep[3].issue(t, sealing())}, reversed(deep[:4])...)...), "listed"},
		{"four between", certified(root, ""), chainOf(append([]*authorityKey{deep[4].issue(t, sealing())}, reversed(deep)...)...), "not_listed"},
		{"too many certificates", certified(root, ""), append(chainOf(direct), make([]*x509.Certificate, limits.Certificates)...), "not_listed"},

		// Leaves that seal nothing.
		{"an authority itself", certified(root, ""), chainOf(middle), "not_listed"},
		{"the root itself", certified(root, ""), chainOf(root), "not_listed"},
		{"of a web server", certified(root, ""), chainOf(server(x509.ExtKeyUsageServerAuth)), "not_listed"},
		{"for code", certified(root, ""), chainOf(server(x509.ExtKeyUsageCodeSigning)), "not_listed"},
		{"for mail", certified(root, ""), chainOf(server(x509.ExtKeyUsageEmailProtection)), "listed"},
		{"without a name", certified(root, ""), chainOf(root.issue(t, leafTemplate("", ""))), "not_listed"},

		// When the list believes its authority.
		{"in its time", certified(root, `,"from":"2026-01-01T00:00:00Z","until":"2026-12-31T00:00:00Z"`), chainOf(direct), "listed"},
		{"before its time", certified(root, `,"from":"2026-11-21T12:00:01Z"`), chainOf(direct), "not_listed"},
		{"after its time", certified(root, `,"until":"2026-11-21T11:59:59Z"`), chainOf(direct), "not_listed"},
		{"on a test list", strings.Replace(certified(root, ""), `{"sealcheck`, `{"test":true,"sealcheck`, 1), chainOf(direct), "test_list"},
		{"on a stale list", strings.Replace(certified(root, ""), `"issued"`, `"expires":"2026-06-01T00:00:00Z","issued"`, 1), chainOf(direct), "list_stale"},
	}
	for _, row := range rows {
		t.Run(row.name, func(t *testing.T) {
			standing, got := checkChain(row.list, row.chain)
			if got != row.want {
				t.Fatalf("%s, want %s", got, row.want)
			}
			if got == "listed" && (standing.Name != "Uni" || standing.Issuing) {
				t.Errorf("%+v", standing)
			}
		})
	}
}

// Entries by organisation and by key, for a signer with a certificate.
func TestCertificateEntries(t *testing.T) {
	root := newAuthority(t, authorityTemplate("Root"), nil)
	leaf := root.issue(t, leafTemplate("Uni", "VATDE-1"))
	stray := newAuthority(t, leafTemplate("Uni", "VATDE-1"), nil)
	other := root.issue(t, leafTemplate("Other", "VATDE-2"))
	anchor := strings.TrimSuffix(strings.TrimPrefix(certified(root, ""), strings.TrimSuffix(listText(), "}")), "}")
	and := func(text, members string) string { return strings.TrimSuffix(text, "}") + members + "}" }
	organisation := issuers("Listed", `"vouches":["issuing"]`, `{"organisation":"VATDE-1"}`)
	ownKey := issuers("Listed", `"vouches":["identity"]`, `{"publicKey":"`+spkiOf(leaf.certificate)+`"}`)
	gone := `"withdrawn":{"since":"2026-01-01T00:00:00Z"}`
	rows := []struct {
		name  string
		list  string
		chain []*x509.Certificate
		want  string
	}{
		{"organisation under an authority", and(organisation, anchor), chainOf(leaf), "listed may_issue"},
		{"organisation in small letters", and(strings.Replace(organisation, "VATDE-1", "vatde-1", 1), anchor), chainOf(leaf), "listed may_issue"},
		{"organisation by number alone: the authority's word", and(strings.Replace(organisation, "VATDE-1", "1", 1), anchor), chainOf(leaf), "listed"},
		{"organisation, no authority", organisation, chainOf(leaf), "path_broken"},
		{"organisation, signed by itself", and(organisation, anchor), chainOf(stray), "path_broken"},
		{"another organisation", and(organisation, anchor), chainOf(other), "listed name_differs"},
		{"its key", ownKey, chainOf(leaf), "listed"},
		{"its key in another's certificate", ownKey, chainOf(newWithKey(t, leafTemplate("Harvard", ""), nil, leaf.private)), "listed"},
		{"another's key", ownKey, chainOf(other), "not_listed"},
		{"its key further up", ownKey, chainOf(other, leaf), "not_listed"},
		{"organisation withdrawn", and(issuers("Gone", gone, `{"organisation":"VATDE-1"}`), anchor), chainOf(leaf), "withdrawn"},
		{"organisation withdrawn, no authority", issuers("Gone", gone, `{"organisation":"VATDE-1"}`), chainOf(leaf), "withdrawn"},
		{"key withdrawn", and(issuers("Gone", gone, `{"publicKey":"`+spkiOf(leaf.certificate)+`"}`), anchor), chainOf(leaf), "withdrawn"},
		{"another's key withdrawn", and(issuers("Gone", gone, `{"publicKey":"`+spkiOf(other.certificate)+`"}`), anchor), chainOf(leaf), "listed"},
	}
	for _, row := range rows {
		t.Run(row.name, func(t *testing.T) {
			if _, err := Parse([]byte(row.list)); err != nil {
				t.Fatal(err)
			}
			if _, got := checkChain(row.list, row.chain); got != row.want {
				t.Errorf("%s, want %s", got, row.want)
			}
		})
	}
}

// Who awards it, where the file names other bodies than the signer.
func TestAwarders(t *testing.T) {
	plain := issuers("List", `"vouches":["identity"]`, `{"did":"`+web+`"}`)
	numbered := issuers("List", `"vouches":["identity"]`, `{"did":"`+web+`"},{"organisation":"VATDE-1"}`)
	body := func(id string, texts ...string) credential.Party {
		p := credential.Party{ID: id}
		for _, text := range texts {
			if number, ok := strings.CutPrefix(text, "#"); ok {
				p.Identifiers = append(p.Identifiers, number)
			} else {
				p.Names = append(p.Names, credential.Name{Value: text})
			}
		}
		return p
	}
	rows := []struct {
		name     string
		list     string
		awarders []credential.Party
		want     string // the awarder that is not proven; "-" for one that has no name
	}{
		{"nobody named", plain, nil, ""},
		{"the proven name", plain, []credential.Party{body("urn:org:2", "UNI")}, ""},
		{"another name", plain, []credential.Party{body("urn:org:2", "Harvard")}, "Harvard"},
		{"one proven name and another", plain, []credential.Party{body("urn:org:2", "Uni", "Harvard")}, "Uni"},
		{"the second of two", plain, []credential.Party{body("", "Uni"), body("", "Harvard")}, "Harvard"},
		{"the issuer's id", plain, []credential.Party{body(web)}, ""},
		{"the issuer's id with another name", plain, []credential.Party{body(web, "Harvard")}, "Harvard"},
		{"another id", plain, []credential.Party{body("urn:org:2")}, "urn:org:2"},
		{"name and a number that nobody knows", plain, []credential.Party{body("", "Uni", "#VATDE-9")}, ""},
		{"number that nobody knows", plain, []credential.Party{body("", "#VATDE-9")}, "-"},
		{"name and proven number", numbered, []credential.Party{body("", "Uni", "#VATDE-1")}, ""},
		{"name and bare number", numbered, []credential.Party{body("", "Uni", "#1")}, ""},
		{"name and one proven number of two", numbered, []credential.Party{body("", "Uni", "#HRB 7", "#VATDE-1")}, ""},
		{"name and another's number", numbered, []credential.Party{body("", "Uni", "#VATDE-2")}, "Uni"},
		{"another name and the proven number", numbered, []credential.Party{body("", "Harvard", "#VATDE-1")}, "Harvard"},
		{"proven number alone", numbered, []credential.Party{body("", "#VATDE-1")}, ""},
		{"another's number alone", numbered, []credential.Party{body("urn:org:2", "#VATDE-2")}, "urn:org:2"},
		{"nothing but a path", plain, []credential.Party{body("")}, "-"},
	}
	for _, row := range rows {
		t.Run(row.name, func(t *testing.T) {
			c := credentialOf(web)
			c.Awarders = row.awarders
			standing, findings := loadAll(row.list).Check(c, keyOf(web), at)
			unproven := findings.Has(report.TrustAwarderUnproven)
			if unproven != (row.want != "") || standing.Awarder != strings.Trim(row.want, "-") {
				t.Errorf("%+v %v, want %q", standing, findings, row.want)
			}
			if !findings.Has(report.TrustListed) {
				t.Error(findings)
			}
		})
	}
}

// What the file calls its issuer, beside what the list calls it.
func TestNameDiffers(t *testing.T) {
	list := issuers("List", `"vouches":["identity"]`, `{"did":"`+web+`"}`)
	for name, differs := range map[string]bool{"Uni": false, "UNI.": false, "Harvard": true, "Uni\u200b": true, "Unі": true, "": true} {
		c := credentialOf(web)
		c.Issuer.Names = []credential.Name{{Value: "Uni"}, {Value: name}}
		_, findings := loadAll(list).Check(c, keyOf(web), at)
		if findings.Has(report.TrustNameDiffers) != differs || findings.Outcome() != report.Pass {
			t.Errorf("%q: %v", name, findings)
		}
	}
}
