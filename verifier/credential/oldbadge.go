package credential

import (
	"math"
	"slices"
	"strings"
	"time"

	"github.com/sealcheck/sealcheck/verifier/envelope"
	"github.com/sealcheck/sealcheck/verifier/internal/member"
	"github.com/sealcheck/sealcheck/verifier/internal/strictjson"
	"github.com/sealcheck/sealcheck/verifier/report"
)

// Badge is what is particular to Open Badges before 3.0: how they are to be
// confirmed, and what has been found out about that (package hosted).
type Badge struct {
	Version string // "2.0", "1.0" (which stands for 1.1 too) or "0.5"
	// Signed says that it is to be confirmed by a signature; otherwise the
	// website at Address answers for it.
	Signed bool
	// Address is where it says that it is kept, as written; "" where it names
	// no web address.
	Address string
	// Creator is the address of the key that it says it is signed with, "" where
	// the issuer's profile has to be looked at.
	Creator string
	// Extended says that something was added to it of which it is not known here
	// how it has to be written.
	Extended bool

	// Withdrawn says that the website says so, and Reason why, as written.
	// Read is when it was asked.
	Withdrawn bool
	Reason    string
	Read      time.Time
	// ListElsewhere says that the issuer's list of what it has withdrawn does
	// not stand where the issuer says that its badges stand.
	ListElsewhere bool
}

// The contexts of Open Badges, and an older place of theirs.
var badgeContexts = []string{
	"https://w3id.org/openbadges/v1", "https://w3id.org/openbadges/v2",
	"https://openbadgespec.org/v1", "https://openbadgespec.org/v2",
}

// badgeParts are the other documents that a badge is made of.
var badgeParts = []string{"BadgeClass", "Issuer", "Profile", "CryptographicKey", "RevocationList", "Endorsement", "Criteria", "AlignmentObject"}

// OldBadge reads an Open Badge before version 3.0 that has been put together:
// the award with what it stands for in `badge`, and that with its issuer.
func OldBadge(document strictjson.Value) (*Credential, report.Findings) {
	r := &reader{c: &Credential{Format: Other, Document: document}}
	if r.detectBadge(document); r.c.Format != OpenBadge2 && r.c.Format != OpenBadge1 {
		r.badgePart()
		return r.c, r.findings
	}
	r.common()
	r.oldBadge()
	return r.c, r.findings
}

// detectBadge recognises an Open Badge before 3.0. Those before 1.1 have
// neither context nor type; their members tell.
func (r *reader) detectBadge(document strictjson.Value) {
	c := r.c
	types, contexts := member.Texts(document.At("type")), member.Texts(document.At("@context"))
	open := false
	for _, context := range contexts {
		open = open || slices.Contains(badgeContexts, strings.Replace(context, "http://", "https://", 1))
		if strings.HasSuffix(context, "/v1") && c.Badge == nil {
			c.Badge = &Badge{Version: "1.0"}
		}
	}
	if document.At("@context").Kind() == strictjson.Object {
		_, open = document.At("@context").Get("obi")
	}
	badge, hasBadge := member.Get(document, "badge")
	_, hasRecipient := member.Get(document, "recipient")
	_, old := member.Get(document, "verify")
	_, origin := member.Get(badge.At("issuer"), "origin")
	// What a badge of version 1.0 stands for, which had no type either.
	class := len(types) == 0 && len(contexts) == 0 && web(document.At("criteria").Text()) && web(document.At("issuer").Text())
	switch {
	case slices.Contains(types, "Assertion"):
		c.Format = OpenBadge2
	case len(types) == 0 && len(contexts) == 0 && hasRecipient && origin:
		c.Format, c.Badge = OpenBadge1, &Badge{Version: "0.5"}
	case len(types) == 0 && (open || len(contexts) == 0) && hasRecipient && hasBadge && old:
		c.Format, c.Badge = OpenBadge1, &Badge{Version: "1.0"}
	case open && (hasBadge || hasRecipient):
		c.Format = OpenBadge2 // what is missing will be said
	case open, class, len(types) > 0 && len(contexts) == 0 && slices.Contains(badgeParts, types[0]):
		c.Format, c.Badge = Other, nil
		r.part = true
		return
	default:
		c.Badge = nil
		return
	}
	if c.Badge == nil {
		c.Badge = &Badge{Version: "2.0"}
	}
	if c.Badge.Version == "1.0" {
		c.Format = OpenBadge1
	}
	// Open Badges 2.0: the context says what the words mean. 1.0 and before
	// had none.
	if c.Format == OpenBadge2 && !open {
		r.at(report.CredentialContextMissing, "/@context", "")
	}
}

// badgePart says of what kind a part of a badge is.
func (r *reader) badgePart() {
	document := r.c.Document
	code := report.CredentialBadgePart
	_, criteria := member.Get(document, "criteria")
	switch types := member.Texts(document.At("type")); {
	case slices.Contains(types, "BadgeClass"), len(types) == 0 && criteria:
		code = report.CredentialBadgeClass
	case slices.Contains(types, "Issuer"), slices.Contains(types, "Profile"):
		code = report.CredentialBadgeProfile
	}
	r.c.Format = OpenBadge2
	if _, ok := member.Get(document, "@context"); !ok && len(member.Texts(document.At("type"))) == 0 {
		r.c.Format = OpenBadge1
	}
	for _, context := range member.Texts(document.At("@context")) {
		if strings.HasSuffix(context, "/v1") {
			r.c.Format = OpenBadge1
		}
	}
	r.add(code, "")
}

// badgeAddress is a badge of which only the address is known.
func (r *reader) badgeAddress(address string) {
	r.c.Format, r.c.ID, r.c.Badge = OpenBadge2, address, &Badge{Version: "2.0", Address: address}
	r.add(report.CredentialBadgeAddress, "")
}

// oldBadge reads what an award says.
func (r *reader) oldBadge() {
	c, b := r.c, r.c.Badge
	r.add(map[string]report.Code{"0.5": report.CredentialBadge05, "1.0": report.CredentialBadge1, "2.0": report.CredentialBadge2}[b.Version], "")
	r.howConfirmed()
	badge, ok := r.get("badge")
	if items := badge.Items(); len(items) == 1 {
		badge = items[0]
	}
	if !ok || badge.Text() == "" && badge.Kind() != strictjson.Object {
		r.at(report.CredentialMemberMalformed, "/badge", "")
	}
	// Open Badges 2.0 Assertion: to whom it was given is required, and says of
	// what kind it is.
	recipient, ok := r.get("recipient")
	if !ok {
		r.at(report.CredentialSubjectMissing, "/recipient", "")
	} else if named := recipient.At("identity").Text() != "" || b.Version == "0.5" && recipient.Text() != ""; !named {
		r.at(report.CredentialSubjectMalformed, "/recipient", "")
	}
	// The same: an image is an address; one that stands in the file itself is
	// for what the badge stands for only.
	if image, _ := r.get("image"); b.Version == "2.0" && strings.HasPrefix(strings.ToLower(image.Text()), "data:") {
		r.at(report.CredentialMemberMalformed, "/image", "a data: address")
	}
	r.badgeDates()
	r.extended(c.Document)
	issuer, ok := member.Get(badge, "issuer")
	if items := issuer.Items(); len(items) == 1 {
		issuer = items[0]
	}
	if ok {
		c.Issuer.Party = ReadParty(issuer, "/badge/issuer")
		c.Issuer.ID = c.Issuer.Party.ID
		if origin := issuer.At("origin").Text(); c.Issuer.ID == "" && origin != "" {
			c.Issuer.ID = origin
		}
	}
}

// howConfirmed reads how it says that it is to be confirmed.
func (r *reader) howConfirmed() {
	c, b := r.c, r.c.Badge
	how, stated := r.get("verification")
	old, oldStated := r.get("verify")
	if !stated {
		how = old
	}
	for _, kind := range member.Texts(how.At("type")) {
		switch strings.ToLower(kind) {
		case "signed", "signedbadge":
			b.Signed = true
		}
	}
	// Open Badges 2.0: an award is kept at its id; before, at verify.url.
	address := how.At("url").Text()
	if web(c.ID) && !(b.Version == "1.0" && oldStated && web(address)) {
		address = c.ID
	}
	if web(address) && !b.Signed {
		b.Address = address
	}
	b.Creator = how.At("creator").Text()
	if b.Creator == "" && b.Signed {
		b.Creator = how.At("url").Text()
	}
	if c.ID == "" {
		c.ID = r.c.Document.At("uid").Text()
	}
}

func web(address string) bool {
	return strings.HasPrefix(address, "https://") || strings.HasPrefix(address, "http://")
}

// badgeDates reads when it was given and until when it holds. Nobody can have
// been given a badge later than now, so that the day of issuing is its
// beginning. What cannot be read is left to package validity: early badges
// write dates in many ways.
func (r *reader) badgeDates() {
	for _, b := range [...]struct {
		member string
		bound  Bound
	}{{"issuedOn", From}, {"issued_on", From}, {"expires", Until}} {
		value, ok := r.get(b.member)
		if !ok {
			continue
		}
		date := Date{Bound: b.bound, Text: value.Text(), Path: r.path(b.member)}
		if value.Kind() == strictjson.Number {
			// Open Badges 1.0: seconds since 1970.
			date.Text = value.Literal()
			if seconds, exact := value.Int(); exact && seconds > 0 && seconds < math.MaxInt32*2 {
				date.Time, date.Readable = time.Unix(seconds, 0).UTC(), true
			}
		} else {
			date.Time, date.WholeDay, date.Readable = ParseDate(usualDate(date.Text), b.bound, DayOrTime)
		}
		r.c.Dates = append(r.c.Dates, date)
	}
}

// BadgeDate reads a date as Open Badges before 3.0 write it: an instant, or a
// whole day.
func BadgeDate(text string) (at time.Time, wholeDay, readable bool) {
	return ParseDate(usualDate(text), From, DayOrTime)
}

// usualDate puts a date of ISO 8601 as early badges write it (20130221T1518Z,
// 2013-02-21T15:18-0500) into the usual form. What is no date stays none.
func usualDate(text string) string {
	day, rest, timed := strings.Cut(text, "T")
	if len(day) == 8 && !strings.Contains(day, "-") {
		day = day[:4] + "-" + day[4:6] + "-" + day[6:]
	}
	if !timed {
		return day
	}
	zone := ""
	if i := strings.IndexAny(rest, "Z+-"); i >= 0 {
		rest, zone = rest[:i], rest[i:]
	}
	clock, fraction, fractional := strings.Cut(rest, ".")
	if !strings.Contains(clock, ":") && (len(clock) == 4 || len(clock) == 6) {
		if clock = clock[:2] + ":" + clock[2:]; len(clock) == 7 {
			clock = clock[:5] + ":" + clock[5:]
		}
	}
	if len(clock) == len("15:18") {
		clock += ":00"
	}
	if fractional {
		clock += "." + fraction
	}
	if len(zone) == len("-0500") && !strings.Contains(zone, ":") {
		zone = zone[:3] + ":" + zone[3:]
	}
	return day + "T" + clock + zone
}

// addressed reads an envelope that holds nothing but the address of a badge.
func (r *reader) addressed(e envelope.Envelope) bool {
	if e.Form != envelope.Address {
		return false
	}
	r.badgeAddress(e.Address)
	return true
}

// Hashed says whether the recipient of an Open Badge before 3.0 is given by the
// hash of an address, so that only who knows the address can tell. Version 0.5
// wrote the hash ("sha256$...") where the address would stand.
func Hashed(recipient strictjson.Value) bool {
	if text := recipient.Text(); text != "" {
		return strings.Contains(text, "$") && !strings.Contains(text, "@")
	}
	hashed := recipient.At("hashed")
	return hashed.Truth() || strings.EqualFold(hashed.Text(), "true")
}
