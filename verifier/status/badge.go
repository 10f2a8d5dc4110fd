package status

import (
	"context"
	"strings"

	"github.com/sealcheck/sealcheck/verifier/credential"
	"github.com/sealcheck/sealcheck/verifier/fetch"
	"github.com/sealcheck/sealcheck/verifier/internal/member"
	"github.com/sealcheck/sealcheck/verifier/internal/strictjson"
	"github.com/sealcheck/sealcheck/verifier/report"
)

// The two ways in which the standing of an Open Badge before 3.0 is told, as
// evidence names them. No file can name them: they count for such badges only.
const (
	hostedEntry    = "HostedBadge"
	badgeListEntry = "RevocationList"
)

// OfBadge are the entries that say where the standing of an Open Badge before
// 3.0 can be looked up: the website that keeps a hosted one has been asked
// already; that of a signed one stands in the list that its issuer's profile
// names (Open Badges 2.0 RevocationList).
func OfBadge(c *credential.Credential) []credential.Status {
	if !c.Badge.Signed {
		return []credential.Status{{Type: hostedEntry, ID: fetch.Secure(c.Badge.Address), Path: "/verification"}}
	}
	issuer := c.Document.At("badge", "issuer")
	if list, named := member.Get(issuer, "revocationList"); named {
		return []credential.Status{{Type: badgeListEntry, ID: fetch.Secure(list.Text()), Path: "/badge/issuer/revocationList", Value: list}}
	}
	return nil
}

// recipient is the identity of whoever an Open Badge before 3.0 was given to,
// or its hash.
func recipient(c *credential.Credential) string {
	if c.Badge == nil {
		return ""
	}
	to := c.Document.At("recipient")
	return to.Text() + to.At("identity").Text()
}

// hosted tells what the website that keeps a badge was found to say.
func (l *lookup) hosted(context.Context) {
	b := l.Credential.Badge
	if b == nil || b.Signed {
		l.end(report.StatusUnsupported, "", "type", l.entry.Type)
		return
	}
	l.Standing.Purpose, l.Standing.From = revocation, fromNetwork
	l.place(l.entry.ID)
	l.Standing.Reason = b.Reason
	// What it says later than the instant judged at tells about that instant
	// only where it is good.
	later := b.Read.After(l.At.Add(tolerance))
	switch {
	case b.Withdrawn && later:
		l.end(report.StatusAtUnknown, "")
	case b.Withdrawn:
		l.Standing.Value = number(1)
		l.end(report.StatusHostedWithdrawn, "")
	case later:
		l.Standing.Value = number(0)
		l.end(report.StatusGoodSince, "")
	default:
		l.Standing.Value = number(0)
		l.end(report.StatusHostedGood, "")
	}
}

// badgeList looks a signed badge up in its issuer's list: a plain document that
// names what was withdrawn by id or uid. Nobody signs it; it counts where it
// stands among the badges of its issuer.
func (l *lookup) badgeList(ctx context.Context) {
	b := l.Credential.Badge
	if b == nil || !b.Signed {
		l.end(report.StatusUnsupported, "", "type", l.entry.Type)
		return
	}
	l.Standing.Purpose = revocation
	l.place(l.entry.ID)
	id, uid := l.Credential.ID, l.Credential.Document.At("uid").Text()
	switch {
	case l.Standing.Address == "" || id == "" && uid == "":
		l.end(report.StatusMalformed, "no address of the list, or no id that could stand in it")
		return
	case b.ListElsewhere:
		l.end(report.StatusListOtherHost, "", "issuer", l.Credential.Issuer.ID)
		return
	}
	response, ok := l.get(ctx, l.Standing.Address)
	if !ok {
		return
	}
	if last := response.Address; last != "" && !fetch.SameOrigin(last, l.Standing.Address) {
		l.end(report.StatusListOtherHost, "", "issuer", l.Credential.Issuer.ID)
		return
	}
	if !l.spend(1 + len(response.Body)>>18) {
		l.end(report.InternalTooMuchWork, "more lists than one file may ask to be read")
		return
	}
	list := l.badges(response.Body, b.Version)
	document := list.document
	if document.Kind() != strictjson.Object {
		l.end(report.StatusListUnreadable, "")
		return
	}
	for _, said := range [...]struct {
		member, is string
		code       report.Code
	}{{"id", l.Standing.Address, report.StatusListOtherAddress}, {"issuer", l.Credential.Issuer.ID, report.StatusListOtherSigner}} {
		value := document.At(said.member)
		if value.Kind() == strictjson.Object {
			value = value.At("id")
		}
		if named := value.Text(); named != "" && fetch.Secure(named) != said.is {
			l.end(said.code, "", "list", named, "signer", named)
			return
		}
	}
	l.later = response.Time.After(l.At.Add(tolerance))
	l.remark(report.StatusListHostOnly)
	found, revoked := list.exact[fetch.Secure(id)]
	if !revoked && uid != "" {
		found, revoked = list.exact[uid]
	}
	switch {
	case list.code != "":
		l.end(list.code, "revokedAssertions")
	case revoked:
		l.Standing.Value = number(1)
		if l.Standing.Reason = report.Clip(found.At("revocationReason").Text()); b.Version != "2.0" {
			l.Standing.Reason = report.Clip(found.Text())
		}
		l.judge(report.StatusRevoked)
	case list.bare[bare(id)] || list.bare[bare(uid)]:
		l.end(report.StatusListMalformed, "an entry that is the same but for its spelling")
	default:
		l.Standing.Value = number(0)
		l.judge(report.StatusGood)
	}
}

// badges reads a list of withdrawn badges, once for all that it is asked about.
func (l *lookup) badges(body []byte, version string) *Plain {
	name := version + " " + l.Standing.Address
	if known, ok := l.Plain[name]; ok {
		return known
	}
	list := &Plain{exact: map[string]strictjson.Value{}, bare: map[string]bool{}}
	list.document, _ = strictjson.Parse(body)
	list.code = list.withdrawn(version)
	if l.Plain != nil {
		l.Plain[name] = list
	}
	return list
}

// withdrawn notes what a list names. Open Badges 2.0 RevocationList: an array of
// ids, or of objects with an id or uid. Open Badges 1.0: an object whose members
// are the ids, with the reasons.
func (p *Plain) withdrawn(version string) report.Code {
	add := func(name string, entry strictjson.Value) {
		if name != "" {
			p.exact[name], p.exact[fetch.Secure(name)], p.bare[bare(name)] = entry, entry, true
		}
	}
	entries, there := member.Get(p.document, "revokedAssertions")
	switch {
	case there && entries.Kind() != strictjson.Array && entries.Kind() != strictjson.Object,
		!there && version == "2.0":
		return report.StatusListMalformed
	case !there:
		for _, m := range p.document.Members() {
			if !strings.HasPrefix(m.Key, "@") {
				add(m.Key, m.Value)
			}
		}
		return ""
	}
	for _, entry := range entries.List() {
		text, byUID := entry.Text(), entry.At("uid").Text()
		if entry.Kind() == strictjson.Object {
			text = entry.At("id").Text()
		}
		if text == "" && byUID == "" {
			return report.StatusListMalformed
		}
		add(text, entry)
		add(byUID, entry)
	}
	return ""
}
