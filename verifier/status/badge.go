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
	document, err := strictjson.Parse(response.Body)
	if err != nil || document.Kind() != strictjson.Object {
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
	found, near, code := withdrawn(document, b.Version, id, uid)
	switch {
	case code != "":
		l.end(code, "revokedAssertions")
	case found.Kind() != strictjson.Absent:
		l.Standing.Value = number(1)
		if l.Standing.Reason = report.Clip(found.At("revocationReason").Text()); b.Version != "2.0" {
			l.Standing.Reason = report.Clip(found.Text())
		}
		l.judge(report.StatusRevoked)
	case near:
		l.end(report.StatusListMalformed, "an entry that is the same but for its spelling")
	default:
		l.Standing.Value = number(0)
		l.judge(report.StatusGood)
	}
}

// withdrawn looks for a badge in a list. Open Badges 2.0 RevocationList: an
// array of ids, or of objects with an id or uid. Open Badges 1.0: an object
// whose members are the ids, with the reasons.
func withdrawn(list strictjson.Value, version, id, uid string) (found strictjson.Value, near bool, code report.Code) {
	is := func(name string) bool {
		if name == "" {
			return false
		}
		near = near || bare(name) == bare(id) || bare(name) == bare(uid)
		return fetch.Secure(name) == fetch.Secure(id) || name == uid
	}
	entries, there := member.Get(list, "revokedAssertions")
	switch {
	case there && entries.Kind() != strictjson.Array && entries.Kind() != strictjson.Object,
		!there && version == "2.0":
		return found, false, report.StatusListMalformed
	case !there:
		for _, m := range list.Members() {
			if !strings.HasPrefix(m.Key, "@") && is(m.Key) {
				return m.Value, true, ""
			}
		}
		return found, near, ""
	}
	for _, entry := range entries.List() {
		text, byUID := entry.Text(), entry.At("uid").Text()
		if entry.Kind() == strictjson.Object {
			text = entry.At("id").Text()
		}
		if text == "" && byUID == "" {
			return strictjson.Value{}, false, report.StatusListMalformed
		}
		if is(text) || is(byUID) {
			found = entry
		}
	}
	return found, near, ""
}
