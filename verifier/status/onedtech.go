package status

import (
	"context"
	"net/url"
	"slices"
	"strings"

	"github.com/sealcheck/sealcheck/verifier/fetch"
	"github.com/sealcheck/sealcheck/verifier/internal/member"
	"github.com/sealcheck/sealcheck/verifier/internal/strictjson"
	"github.com/sealcheck/sealcheck/verifier/report"
)

const oneEdTechEntry = "1EdTechRevocationList"

// oneEdTech looks up a 1EdTechRevocationList: a plain document at the entry's
// id that names what was revoked. Nobody signs it; what it says is worth as
// much as the connection to a website that is the issuer's own.
func (l *lookup) oneEdTech(ctx context.Context) {
	l.Standing.Purpose = revocation
	l.place(l.entry.ID)
	if l.Standing.Address == "" {
		l.end(report.StatusMalformed, "id")
		return
	}
	if l.Credential.ID == "" {
		// Entries name credentials by id; one without could never be found.
		l.end(report.StatusMalformed, "the credential has no id")
		return
	}
	response, ok := l.get(ctx, l.Standing.Address)
	if !ok {
		return
	}
	host, home := fetch.Host(l.Standing.Address), issuerHost(l.Credential.Issuer.ID)
	last := l.Standing.Address
	if response.Address != "" {
		last = response.Address
	}
	if byCertificate(l.Key) || !ofHost(host, home) || !ofHost(fetch.Host(last), home) {
		l.end(report.StatusListOtherHost, "", "issuer", l.Credential.Issuer.ID)
		return
	}
	if !l.spend(1 + len(response.Body)>>18) {
		l.end(report.InternalTooMuchWork, "more lists than one file may ask to be read")
		return
	}
	list := l.plain(response.Body)
	if list.code != "" {
		l.end(list.code, "revokedCredential")
		return
	}
	document := list.document
	if id := document.At("id").Text(); id != "" && id != l.Standing.Address {
		l.end(report.StatusListOtherAddress, "", "list", id)
		return
	}
	issuer := document.At("issuer")
	if issuer.Kind() == strictjson.Object {
		issuer = issuer.At("id")
	}
	if named := issuer.Text(); named != "" && named != l.Credential.Issuer.ID {
		l.end(report.StatusListOtherSigner, "", "signer", named, "issuer", l.Credential.Issuer.ID)
		return
	}
	if response.Time.After(l.At.Add(tolerance)) {
		l.later = true
	}
	l.remark(report.StatusListHostOnly)
	item, revoked := list.exact[l.Credential.ID]
	switch {
	case revoked:
		l.Standing.Value = number(1)
		l.Standing.Reason = report.Clip(item.At("revocationReason").Text())
		l.judge(report.StatusRevoked)
		return
	case list.bare[bare(l.Credential.ID)]:
		// The same but for how it is written: that is hardly another one, and
		// no proof that it is this one.
		l.end(report.StatusListMalformed, "an entry that is the same but for its spelling")
		return
	}
	l.Standing.Value = number(0)
	l.judge(report.StatusGood)
}

// Plain is a list that nobody signed, read.
type Plain struct {
	document strictjson.Value
	code     report.Code                 // what is wrong with it, or ""
	exact    map[string]strictjson.Value // what is revoked, by id
	bare     map[string]bool             // the same ids, see bare
}

// plain reads the list, once for all entries that refer to it.
func (l *lookup) plain(body []byte) *Plain {
	if known, ok := l.Plain[l.Standing.Address]; ok {
		return known
	}
	list := readPlain(body)
	if l.Plain != nil {
		l.Plain[l.Standing.Address] = list
	}
	return list
}

func readPlain(body []byte) *Plain {
	document, err := strictjson.Parse(body)
	if err != nil || document.Kind() != strictjson.Object {
		return &Plain{code: report.StatusListUnreadable}
	}
	entries, code := revokedIn(document)
	list := &Plain{document: document, code: code, exact: map[string]strictjson.Value{}, bare: map[string]bool{}}
	for _, item := range entries {
		id := item.Text()
		if item.Kind() == strictjson.Object {
			id = item.At("id").Text()
			if revoked, stated := member.Get(item, "revoked"); stated && !revoked.Truth() {
				continue
			}
		}
		list.exact[id], list.bare[bare(id)] = item, true
	}
	return list
}

// known are the members that such a list may have. In another one something
// else could be revoked.
var known = []string{"@context", "id", "type", "issuer", "revokedCredential", "revokedCredentials", "name", "description", "proof"}

// revokedIn gives the entries of a list, or the code of what is wrong with it:
// each names a credential, by an object with an id, or, as older lists do, by
// the id alone.
func revokedIn(document strictjson.Value) ([]strictjson.Value, report.Code) {
	var entries []strictjson.Value
	there := false
	for _, name := range [...]string{"revokedCredential", "revokedCredentials"} {
		list, ok := member.Get(document, name)
		if !ok {
			continue
		}
		there = true
		if list.Kind() != strictjson.Array && list.Kind() != strictjson.Object {
			return nil, report.StatusListMalformed
		}
		entries = append(entries, list.List()...)
	}
	if !there {
		return nil, report.StatusListWrongType
	}
	for _, other := range document.Members() {
		if !slices.Contains(known, other.Key) {
			return nil, report.StatusListMalformed
		}
	}
	for _, item := range entries {
		id := item
		if item.Kind() == strictjson.Object {
			id = item.At("id")
			if revoked, stated := member.Get(item, "revoked"); stated && revoked.Kind() != strictjson.Bool {
				return nil, report.StatusListMalformed
			}
		}
		if id.Text() == "" {
			return nil, report.StatusListMalformed
		}
	}
	return entries, ""
}

// bare is an identifier without what writers of lists get wrong: case, spaces,
// percent-encoding, the prefix of a UUID, slashes at the end.
func bare(id string) string {
	if plain, err := url.PathUnescape(id); err == nil {
		id = plain
	}
	id = strings.TrimRight(strings.ToLower(strings.TrimSpace(id)), "/")
	return strings.TrimPrefix(id, "urn:uuid:")
}

func number(n int) *int { return &n }

// issuerHost is the host that an issuer's identifier proves control of, or "".
// On a host that many share, a path proves nothing about the rest of it.
func issuerHost(id string) string {
	if rest, ok := strings.CutPrefix(id, "did:web:"); ok {
		host, _, below := strings.Cut(rest, ":")
		if below {
			return ""
		}
		return strings.ReplaceAll(strings.ReplaceAll(host, "%3A", ":"), "%3a", ":")
	}
	if fetch.Origin(id) == "" {
		return ""
	}
	return fetch.Host(id)
}

// ofHost says whether a host is the issuer's own or one below it: those are
// the issuer's to give out. The other way round proves nothing, and which
// parts of a name belong to one owner no rule can tell.
func ofHost(host, home string) bool {
	host, home = strings.ToLower(host), strings.ToLower(home)
	return home != "" && (host == home || strings.HasSuffix(host, "."+home))
}
