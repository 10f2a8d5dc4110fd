// Package link says what a link seems to lead to, by its text alone: nothing is
// asked. Learners send links where a file was asked for, and whoever holds one
// wants to know how to come to the file.
package link

import (
	"bytes"
	"encoding/hex"
	"strings"

	"github.com/sealcheck/sealcheck/verifier/fetch"
	"github.com/sealcheck/sealcheck/verifier/internal/multibase"
	"github.com/sealcheck/sealcheck/verifier/internal/strictjson"
	"github.com/sealcheck/sealcheck/verifier/report"
)

// Link is what is known of a link.
type Link struct {
	// Code says what can be done, envelope.link where nothing is known. Two say
	// that there is more: envelope.link_carries with Content, and
	// envelope.badge_address where Address can be asked for the badge.
	Code report.Code
	// Name is what the website or the protocol calls itself, "" where unknown.
	Name string
	// Host is that of the link, "" where it has none.
	Host string
	// Address is where to go: to the credential where the link only carries its
	// https address along, else to where the link itself leads. "" where that is
	// not known.
	Address string
	// Content is a credential that stands in the link itself.
	Content []byte
}

// Problem is the finding for a link that nobody here follows.
func (l Link) Problem() error {
	return report.NewProblem(l.Code, "", "name", l.Name, "host", l.Host, "address", l.Address)
}

// Is says whether Read knows a text of one word though it is no address with a
// scheme and "://".
func Is(text string) bool {
	if known, _ := byScheme(text); known.Code != "" {
		return true
	}
	host, rest, ok := strings.Cut(text, "/")
	if !ok || rest == "" {
		return false
	}
	for i := range sites {
		if below(strings.ToLower(host), sites[i].host) {
			return true
		}
	}
	return false
}

// Read says what a link of one word leads to.
func Read(text string) Link {
	if known, ok := byScheme(text); ok {
		return known
	}
	p := split(text)
	l := Link{Code: report.EnvelopeLink, Host: p.host}
	if l.Host == "" {
		l.Host = fetch.Host(text)
	}
	inner := p.inner()
	if l.Content = p.content(); l.Content == nil && inner != "" {
		p := split(inner)
		l.Content = p.content()
	}
	if l.Content != nil {
		l.Code = report.EnvelopeLinkCarries
		return l
	}
	if p.host == "" {
		return l
	}
	l.Address = p.scheme + "://" + p.rest
	switch {
	case p.forWallet():
		l.Code = report.EnvelopeLinkWallet
		return l
	case p.hosted("/badges/badge.php") && p.value("hash") != "":
		l.Code, l.Name = report.EnvelopeLinkBadge, "Moodle"
		return l
	}
	// A link to another verifier: what it is about is the address that it
	// carries along.
	if inner != "" {
		l.Code, l.Address = report.EnvelopeLinkVerifier, inner
		if below(p.host, "verifierplus.org") {
			l.Name = "VerifierPlus"
		}
		return l
	}
	for i := range sites {
		s := &sites[i]
		if !below(p.host, s.host) || !begins(p.path, s.path) || !begins(p.fragment, s.fragment) {
			continue
		}
		l.Code, l.Name = s.code, s.name
		switch s.code {
		case report.EnvelopeLinkVerifier:
			// Where VerifierPlus keeps it as a file (its own API).
			l.Address = "https://" + p.host + "/api" + p.path
		case report.EnvelopeLinkOpencerts:
			// The key with which it is encrypted may stand in the fragment.
			l.Address, _, _ = strings.Cut(l.Address, "#")
			if inner := opencerts(p.value("q")); inner != "" {
				l.Address = inner
			}
		}
		if l.Code == report.EnvelopeLinkBadge && strings.HasPrefix(p.host, "api.") && p.keepsBadge() {
			l.Code = report.EnvelopeBadgeAddress
		}
		return l
	}
	if p.keepsBadge() && fetch.Allowed(l.Address) {
		l.Code = report.EnvelopeBadgeAddress
	}
	return l
}

// keepsBadge says whether an address looks like one at which an Open Badge of
// before 3.0 is kept for programs: servers call it an assertion.
func (p *parts) keepsBadge() bool {
	before, name := "", p.path
	if at := strings.LastIndexByte(p.path, '/'); at >= 0 {
		before, name = p.path[:at], p.path[at+1:]
	}
	return name != "" && (strings.HasSuffix(before, "/assertions") || strings.HasSuffix(before, "/assertion")) ||
		strings.HasSuffix(p.path, "/badges/assertion.php") && p.value("b") != "" // Moodle
}

// byScheme knows a text by how it begins.
func byScheme(text string) (Link, bool) {
	for i := range schemes {
		s := &schemes[i]
		if len(text) > len(s.scheme) && strings.EqualFold(text[:len(s.scheme)], s.scheme) {
			return Link{Code: s.code, Name: s.name}, true
		}
	}
	return Link{}, false
}

// parts are those of a web address; rest is all behind the scheme. host is in
// small letters, with a port that is not the usual one, and only there where the
// address has no user, no odd character and no number for a name.
type parts struct {
	scheme, rest, host, path, query, fragment string
}

func split(text string) parts {
	p := parts{scheme: "https"}
	rest := text
	if scheme, after, ok := strings.Cut(text, "://"); ok && strings.IndexAny(scheme, "/?#") < 0 {
		p.scheme, rest = strings.ToLower(scheme), after
	}
	p.rest = rest
	end := strings.IndexAny(rest, `/\?#`)
	if end < 0 {
		end = len(rest)
	}
	if (p.scheme == "https" || p.scheme == "http") && fetch.Allowed("https://"+rest[:end]+"/") {
		p.host = strings.TrimSuffix(strings.ToLower(rest[:end]), ":443")
	}
	rest = rest[end:]
	rest, p.fragment, _ = strings.Cut(rest, "#")
	p.path, p.query, _ = strings.Cut(rest, "?")
	return p
}

// below says whether a host is a name or below it. A name that only ends alike
// is another one.
func below(host, name string) bool {
	return host == name || strings.HasSuffix(host, "."+name)
}

// begins says whether a text begins so, with something behind a slash.
func begins(text, start string) bool {
	return strings.HasPrefix(text, start) && (len(text) > len(start) || !strings.HasSuffix(start, "/"))
}

func (p *parts) hosted(path string) bool { return p.host != "" && strings.HasSuffix(p.path, path) }

// value is that of a name in the query, as it stands, up to the next one.
func (p *parts) value(name string) string {
	value := after(p.query, name)
	value, _, _ = strings.Cut(value, "&")
	return value
}

// after is all that stands behind a name of a query.
func after(query, name string) string {
	for rest := query; ; {
		if strings.HasPrefix(rest, name+"=") {
			return rest[len(name)+1:]
		}
		at := strings.IndexByte(rest, '&')
		if at < 0 {
			return ""
		}
		rest = rest[at+1:]
	}
}

// forWallet says whether a page is asked to hand something to a wallet
// (OpenID4VCI 4.1, OpenID4VP 5; the Learner Credential Wallet's own requests).
func (p *parts) forWallet() bool {
	return p.value("credential_offer") != "" || p.value("credential_offer_uri") != "" ||
		p.value("client_id") != "" && (p.value("request_uri") != "" || p.value("request") != "" || p.value("dcql_query") != "") ||
		p.value("presentation_definition") != ""
}

// inner is the https address that a verifier's link carries along: all that
// stands behind vc=, since writers do not always encode it, or for badgecheck
// the url.
func (p *parts) inner() string {
	query := p.query
	if rest, ok := strings.CutPrefix(strings.TrimPrefix(p.fragment, "/"), "verify?"); ok {
		query = rest
	}
	value := after(query, "vc")
	if value == "" && strings.Contains(p.host, "badgecheck") {
		value = after(query, "url")
		if at := strings.Index(value, "&identity__"); at >= 0 {
			value = value[:at]
		}
		if !strings.Contains(value, "://") {
			value, _, _ = strings.Cut(value, "&")
		}
	} else if query == p.query && p.fragment != "" && strings.Contains(value, "://") {
		value += "#" + p.fragment // not encoded: it belongs to the inner address
	}
	return address(value)
}

// address is an https address that may be percent-encoded as a whole; "" for
// anything else.
func address(value string) string {
	if len(value) > 8 && !strings.Contains(value[:8], ":") {
		value = decoded(value)
	}
	whole, _, _ := strings.Cut(value, "#")
	if !fetch.Allowed(whole) {
		return ""
	}
	return value
}

// opencerts is the address of the document in OpenCerts' action.
func opencerts(value string) string {
	action, err := strictjson.Parse([]byte(decoded(value)))
	if err != nil {
		return ""
	}
	return address(action.At("payload").At("uri").Text())
}

// names are those under which a credential itself may stand in a link.
var names = [...]string{"vc", "vp", "c", "credential", "presentation", "jwt", "sd_jwt"}

// content is a credential that stands in the link. Everything behind the name
// belongs to it as far as it can.
func (p *parts) content() []byte {
	fragment := strings.TrimPrefix(p.fragment, "/")
	if _, query, ok := strings.Cut(fragment, "?"); ok && !strings.ContainsAny(fragment[:len(fragment)-len(query)], "{%.") {
		fragment = query
	}
	query := p.query
	if p.fragment != "" {
		query += "#" + p.fragment
	}
	for _, name := range names {
		for _, part := range [...]string{query, fragment} {
			if found := carried(after(part, name)); found != nil {
				return found
			}
		}
	}
	// Without a name only a token is one: a page may keep anything else there.
	if found := carried(fragment); strings.HasPrefix(fragment, "eyJ") && bytes.IndexByte(found, '.') > 0 {
		return found
	}
	return nil
}

// carried is the credential with which a value begins, nil if it begins with
// none: JSON, a token, JSON in base64url, or a data: address.
func carried(value string) []byte {
	switch {
	case strings.HasPrefix(value, "eyJ"):
		value = cutAt(value, "&#?/ ")
		value = decoded(value)
		if strings.ContainsAny(value, ".~") {
			return []byte(value)
		}
		if plain, err := multibase.Base64URL(strings.TrimRight(value, "=")); err == nil {
			return plain
		}
		return nil
	case fold(value, "data:"):
		return []byte(cutAt(value, "&#"))
	case fold(value, "data%3A"):
		return []byte(decoded(cutAt(value, "&#")))
	case fold(value, "%7B"):
		// Some encode no & and no #, so all of it is taken up to the last brace.
		if end := max(strings.LastIndex(value, "%7D"), strings.LastIndex(value, "%7d")); end > 0 {
			value = value[:end+3]
		}
		// A writer of forms has written spaces as +, and everything that JSON
		// cannot do without in hexadecimal; others leave : and , as they are.
		if !strings.ContainsAny(value, ":,") && !strings.Contains(value, "%20") {
			value = strings.ReplaceAll(value, "+", " ")
		}
		value = decoded(value)
	}
	// Nothing that encodes leaves quotes: this was written as it is.
	if end := strings.LastIndexByte(value, '}'); strings.HasPrefix(value, "{") && end > 0 {
		return []byte(value[:end+1])
	}
	return nil
}

func fold(value, start string) bool {
	return len(value) >= len(start) && strings.EqualFold(value[:len(start)], start)
}

func cutAt(value, any string) string {
	if at := strings.IndexAny(value, any); at >= 0 {
		return value[:at]
	}
	return value
}

// decoded is a text with its percent-encodings resolved; one that is none stays
// as it is.
func decoded(text string) string {
	if strings.IndexByte(text, '%') < 0 {
		return text
	}
	plain := make([]byte, 0, len(text))
	for i := 0; i < len(text); i++ {
		var two [1]byte
		if text[i] == '%' && i+2 < len(text) {
			if _, err := hex.Decode(two[:], []byte(text[i+1:i+3])); err == nil {
				plain = append(plain, two[0])
				i += 2
				continue
			}
		}
		plain = append(plain, text[i])
	}
	return string(plain)
}

// base45 is the alphabet of RFC 9285, in which codes hold bytes.
const base45 = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ $%*+-./:"

// Packed says whether a text is that of a code which holds something packed with
// zlib in base45 and says no more of itself, as PixelPass and MOSIP's claim 169
// have it.
func Packed(text string) bool {
	const least, most = 32, 4296 // what fits into a QR code (ISO/IEC 18004, 40-L)
	if len(text) < least || len(text) > most {
		return false
	}
	number, factor := 0, 1
	for i := 0; i < len(text); i++ {
		digit := strings.IndexByte(base45, text[i])
		if digit < 0 {
			return false
		}
		if i < 3 {
			number, factor = number+digit*factor, factor*45
		}
	}
	// RFC 1950 2.2: deflate, and a check.
	return number>>8 == 0x78 && number%31 == 0
}
