// Package trust answers who vouches for an issuer, for what, according to
// lists given as data. A list is never fetched here, and what cannot be read
// of one makes the answer unknown: a missing list could have withdrawn the
// issuer.
package trust

import (
	"bytes"
	"crypto/sha256"
	"crypto/x509"
	"encoding/base64"
	"encoding/hex"
	"fmt"
	"strings"
	"time"

	"github.com/sealcheck/sealcheck/verifier/internal/limits"
	"github.com/sealcheck/sealcheck/verifier/internal/strictjson"
	"github.com/sealcheck/sealcheck/verifier/report"
)

// Source is one list as the host loaded it.
type Source struct {
	Name string // shown until the list's own name is known
	Data []byte // the list, JSON, see Parse
	Err  error  // why it could not be loaded; Data is then ignored
}

// List is a parsed list. It is immutable.
type List struct {
	Name            string
	Issued, Expires time.Time // Expires may be zero: the list does not say
	Test            bool      // a test list proves nothing about anybody
	SHA256          string    // of its bytes, lower-case hex

	authorities []authority
	entries     []entry
}

// authority is a certification authority whose certificates identify
// organisations.
type authority struct {
	name        string
	spki        string            // SHA-256 of SubjectPublicKeyInfo, lower-case hex
	certificate *x509.Certificate // nil where the list gives only the key
	from, until time.Time
}

// entry is one issuer on a list.
type entry struct {
	names       []string // the first is the one shown
	identity    bool
	issuing     bool
	types       []string // credential types it may award; empty: everything
	from, until time.Time
	test        bool
	withdrawn   time.Time // zero: not withdrawn
	reason      string

	dids, spkis, organisations []string
	// statusServices are the DIDs and addresses, besides the issuer's own,
	// that sign its status lists; statusOrder is "left", "right" or "".
	statusServices []string
	statusOrder    string
	domains        []domain
}

type domain struct{ host, prefix string }

// Parse reads a list in our own form:
//
//	{"sealcheckTrustList":1, "name":"…", "url":"https://…",
//	 "issued":"2026-01-01T00:00:00Z", "expires":"…", "test":false,
//	 "authorities":[{"name":"…","certificate":"<base64 DER>","publicKey":"<sha-256 of SPKI, hex>","from":"…","until":"…"}],
//	 "issuers":[{"names":{"en":"…"},"country":"XX","vouches":["identity","issuing"],
//	   "for":{"types":["OpenBadgeCredential"]},"from":"…","until":"…","test":true,"source":"https://…",
//	   "withdrawn":{"since":"…","reason":"…"},
//	   "statusServices":["did:…"], "statusOrder":"left",
//	   "identifiers":[{"did":"…"},{"domain":"…","prefix":"/path/"},{"publicKey":"<hex>"},{"organisation":"…"}]}]}
//
// Anything that it does not understand is an error: half a list could hide a
// withdrawal.
func Parse(data []byte) (*List, error) {
	if len(data) > limits.TrustListBytes {
		return nil, fmt.Errorf("larger than %d bytes", limits.TrustListBytes)
	}
	value, err := strictjson.Parse(data)
	if err != nil {
		return nil, err
	}
	r := reader{}
	version := r.object(value, "list", "sealcheckTrustList", "name", "url", "issued", "expires", "test",
		"authorities", "issuers", "note").At("sealcheckTrustList")
	if n, exact := version.Int(); !exact || n != 1 {
		return nil, fmt.Errorf("not a Sealcheck trust list of version 1")
	}
	sum := sha256.Sum256(data)
	list := &List{
		Name:    r.text(value, "name", true),
		Issued:  r.time(value, "issued", true),
		Expires: r.time(value, "expires", false),
		Test:    r.flag(value, "test"),
		SHA256:  hex.EncodeToString(sum[:]),
	}
	for _, item := range r.array(value, "authorities") {
		list.authorities = append(list.authorities, r.authority(item))
	}
	for _, item := range r.array(value, "issuers") {
		list.entries = append(list.entries, r.entry(item))
	}
	if len(list.entries)+len(list.authorities) > limits.TrustEntries {
		r.fail("more than %d entries", limits.TrustEntries)
	}
	if r.err != nil {
		return nil, r.err
	}
	return list, nil
}

// reader keeps the first error, so that reading stays a list of members.
type reader struct{ err error }

func (r *reader) fail(format string, args ...any) {
	if r.err == nil {
		r.err = fmt.Errorf(format, args...)
	}
}

// object insists on an object whose members are all among the known ones.
func (r *reader) object(value strictjson.Value, what string, known ...string) strictjson.Value {
	if value.Kind() != strictjson.Object {
		r.fail("%s is not an object", what)
		return strictjson.Value{}
	}
next:
	for _, member := range value.Members() {
		for _, key := range known {
			if member.Key == key {
				continue next
			}
		}
		r.fail("%s has a member %q that this version does not know", what, member.Key)
	}
	return value
}

func (r *reader) text(value strictjson.Value, key string, must bool) string {
	member, ok := value.Get(key)
	if !ok {
		if must {
			r.fail("%s is missing", key)
		}
		return ""
	}
	if member.Kind() != strictjson.String || member.Text() == "" {
		r.fail("%s is not a text", key)
	}
	return member.Text()
}

func (r *reader) time(value strictjson.Value, key string, must bool) time.Time {
	text := r.text(value, key, must)
	if text == "" {
		return time.Time{}
	}
	t, err := time.Parse(time.RFC3339, text)
	// The zero time stands for none: a withdrawal since then would be none.
	if err != nil || t.IsZero() {
		r.fail("%s is not a date and time", key)
	}
	return t.UTC()
}

func (r *reader) flag(value strictjson.Value, key string) bool {
	member, ok := value.Get(key)
	if ok && member.Kind() != strictjson.Bool {
		r.fail("%s is neither true nor false", key)
	}
	return member.Truth()
}

func (r *reader) array(value strictjson.Value, key string) []strictjson.Value {
	member, ok := value.Get(key)
	if ok && member.Kind() != strictjson.Array {
		r.fail("%s is not an array", key)
	}
	return member.Items()
}

func (r *reader) digest(value strictjson.Value, key string) string {
	text := strings.ToLower(r.text(value, key, false))
	if text != "" {
		if raw, err := hex.DecodeString(text); err != nil || len(raw) != sha256.Size {
			r.fail("%s is not a SHA-256 in hex", key)
		}
	}
	return text
}

func (r *reader) authority(value strictjson.Value) authority {
	r.object(value, "authority", "name", "certificate", "publicKey", "from", "until", "source")
	a := authority{
		name: r.text(value, "name", true),
		spki: r.digest(value, "publicKey"),
		from: r.time(value, "from", false), until: r.time(value, "until", false),
	}
	if text := r.text(value, "certificate", false); text != "" {
		der, err := base64.StdEncoding.DecodeString(text)
		if err == nil {
			a.certificate, err = x509.ParseCertificate(der)
		}
		if err != nil {
			r.fail("certificate of authority %q cannot be read", a.name)
			return a
		}
		own := spkiOf(a.certificate)
		if a.spki != "" && a.spki != own {
			r.fail("certificate and publicKey of authority %q differ", a.name)
		}
		a.spki = own
	}
	if a.spki == "" {
		r.fail("authority %q has neither certificate nor publicKey", a.name)
	}
	return a
}

func (r *reader) entry(value strictjson.Value) entry {
	r.object(value, "issuer", "names", "country", "vouches", "for", "from", "until", "test", "withdrawn",
		"source", "identifiers", "statusServices", "statusOrder", "note")
	e := entry{
		from: r.time(value, "from", false), until: r.time(value, "until", false),
		test: r.flag(value, "test"),
	}
	names := value.At("names")
	for _, name := range names.Members() {
		if name.Value.Kind() != strictjson.String || name.Value.Text() == "" {
			r.fail("a name is not a text")
		}
		// English first, then the list's own order.
		if name.Key == "en" {
			e.names = append([]string{name.Value.Text()}, e.names...)
		} else {
			e.names = append(e.names, name.Value.Text())
		}
	}
	if len(e.names) == 0 {
		r.fail("an issuer has no name")
	}
	for _, item := range r.array(value, "vouches") {
		switch item.Text() {
		case "identity":
			e.identity = true
		case "issuing":
			// Who may award has been identified as well.
			e.identity, e.issuing = true, true
		default:
			r.fail("an entry cannot vouch for %q", item.Text())
		}
	}
	if withdrawn, ok := value.Get("withdrawn"); ok {
		r.object(withdrawn, "withdrawn", "since", "reason")
		e.withdrawn = r.time(withdrawn, "since", true)
		e.reason = r.text(withdrawn, "reason", false)
	}
	if !e.identity && e.withdrawn.IsZero() {
		r.fail("an issuer is vouched for nothing")
	}
	if scope, ok := value.Get("for"); ok {
		r.object(scope, "for", "types")
		for _, item := range r.array(scope, "types") {
			if item.Text() == "" {
				r.fail("a type is not a text")
			}
			e.types = append(e.types, item.Text())
		}
		if len(e.types) == 0 {
			r.fail("a scope is empty")
		}
	}
	for _, item := range r.array(value, "statusServices") {
		if item.Kind() != strictjson.String || item.Text() == "" {
			r.fail("a status service is not a text")
		}
		e.statusServices = append(e.statusServices, item.Text())
	}
	if e.statusOrder = r.text(value, "statusOrder", false); e.statusOrder != "" && e.statusOrder != "left" && e.statusOrder != "right" {
		r.fail("statusOrder is %q; it can be left or right", e.statusOrder)
	}
	for _, item := range r.array(value, "identifiers") {
		r.identifier(&e, item)
	}
	if len(e.dids)+len(e.spkis)+len(e.organisations)+len(e.domains) == 0 {
		r.fail("an issuer has no identifier")
	}
	return e
}

func (r *reader) identifier(e *entry, value strictjson.Value) {
	r.object(value, "identifier", "did", "domain", "prefix", "publicKey", "organisation")
	_, prefixed := value.Get("prefix")
	_, hosted := value.Get("domain")
	if n := len(value.Members()); n != 1 && !(n == 2 && prefixed && hosted) {
		r.fail("an identifier must be exactly one of did, domain, publicKey, organisation")
		return
	}
	switch key := value.Members()[0].Key; {
	case key == "did":
		did := r.text(value, "did", true)
		if !strings.HasPrefix(did, "did:") || strings.ContainsAny(did, "#?/") {
			r.fail("%q is not a DID", did)
		}
		e.dids = append(e.dids, did)
	case key == "domain" || key == "prefix":
		d := domain{strings.ToLower(r.text(value, "domain", true)), r.text(value, "prefix", false)}
		// What is no host as addresses write it, such as one with letters
		// outside ASCII, would never match, not even for a withdrawal.
		if strings.Trim(d.host, ".-:") != d.host || strings.ContainsFunc(d.host, notOfHost) {
			r.fail("%q is not a domain", d.host)
		}
		// A prefix that does not end at a path boundary would let
		// /university match /university-of-fraud.
		if d.prefix != "" && (len(d.prefix) < 2 || d.prefix[0] != '/' || !strings.HasSuffix(d.prefix, "/")) {
			r.fail("prefix %q must begin and end with a slash", d.prefix)
		}
		e.domains = append(e.domains, d)
	case key == "publicKey":
		e.spkis = append(e.spkis, r.digest(value, "publicKey"))
	default:
		e.organisations = append(e.organisations, r.text(value, "organisation", true))
	}
}

func notOfHost(c rune) bool {
	return (c < 'a' || c > 'z') && (c < '0' || c > '9') && c != '.' && c != '-' && c != ':'
}

// spkiOf is the SHA-256 of the certificate's SubjectPublicKeyInfo, hex.
func spkiOf(certificate *x509.Certificate) string {
	sum := sha256.Sum256(certificate.RawSubjectPublicKeyInfo)
	return hex.EncodeToString(sum[:])
}

// Lists are the lists in use, with those that could not be read.
type Lists struct {
	lists  []*List
	broken []report.List // with Problem set
	detail []string      // of broken, same order
}

// Load parses all sources. A source that cannot be used is kept as a problem.
func Load(sources []Source) *Lists {
	l := &Lists{}
	for _, source := range sources {
		sum := sha256.Sum256(source.Data)
		broken := report.List{Name: source.Name, SHA256: hex.EncodeToString(sum[:])}
		if source.Err != nil {
			broken.Problem, broken.SHA256 = report.TrustListUnreachable, ""
			l.broken, l.detail = append(l.broken, broken), append(l.detail, source.Err.Error())
			continue
		}
		list, err := Parse(bytes.TrimPrefix(source.Data, []byte("\ufeff")))
		if err != nil {
			broken.Problem = report.TrustListInvalid
			l.broken, l.detail = append(l.broken, broken), append(l.detail, err.Error())
			continue
		}
		list.SHA256 = broken.SHA256
		l.lists = append(l.lists, list)
	}
	return l
}

// Describe lists the lists for the report.
func (l *Lists) Describe() []report.List {
	all := make([]report.List, 0, len(l.lists)+len(l.broken))
	for _, list := range l.lists {
		described := report.List{Name: list.Name, SHA256: list.SHA256, Test: list.Test}
		described.Issued = &list.Issued
		if !list.Expires.IsZero() {
			described.Expires = &list.Expires
		}
		all = append(all, described)
	}
	return append(all, l.broken...)
}
