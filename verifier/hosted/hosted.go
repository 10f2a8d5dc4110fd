// Package hosted puts Open Badges before 3.0 together. Such a badge is in
// pieces: the award, what it stands for and who issued it each have an address
// of their own. A hosted badge has no signature at all: its issuer's website
// answers for it, and what counts is what the website says now, not what the
// file says. So all of it is asked for before anything is judged (Open Badges
// 2.0, Verification).
package hosted

import (
	"bytes"
	"context"
	"strings"
	"time"

	"github.com/sealcheck/sealcheck/verifier/credential"
	"github.com/sealcheck/sealcheck/verifier/fetch"
	"github.com/sealcheck/sealcheck/verifier/internal/member"
	"github.com/sealcheck/sealcheck/verifier/internal/strictjson"
	"github.com/sealcheck/sealcheck/verifier/report"
)

// Question is a badge as a file has it, and whom to ask.
type Question struct {
	Credential *credential.Credential // its Badge is not nil
	File       strictjson.Value       // the award as it stands in the file; Absent where only its address is known
	Session    *fetch.Session
	// Identifies says by what the address of a part gives away whose badge is
	// checked.
	Identifies func(address string) fetch.Identification
}

// Answer is the badge, put together as far as its parts could be had.
type Answer struct {
	// Document is the award with what it stands for in `badge`, and that with
	// its issuer. For a hosted badge it is what the website keeps, or, where that
	// could not be had, what the file says; Kept tells which.
	Document strictjson.Value
	Kept     bool
	// Remarks are about the parts, for the check of the credential; Proof is
	// the check of the proof of a hosted badge; Issuer says whether the badge
	// is kept where its issuer says that its badges are, and, for a signed one,
	// only what is against it.
	Remarks, Proof, Issuer report.Findings
	// IssuerID is the https address at which the issuer's profile was read, or
	// "". Creator is the address of the key of a signed badge, "" where none is
	// named.
	IssuerID, Creator string
	// At says where the parts of Document were read; a part that stands in
	// another one has no place of its own.
	At []Place
	// Withdrawn says that the website says so, with the reason that it gives;
	// Read is when it was asked.
	Withdrawn bool
	Reason    string
	Read      time.Time
	// ListElsewhere says that the issuer's list of what it has withdrawn does
	// not stand where its badges may stand.
	ListElsewhere bool
}

// Place says that what stands at a pointer in an Answer's Document was read at
// an address.
type Place struct{ Pointer, Address string }

// Path is where a value of Document really stands: an address with the JSON
// pointer in what was read there as its fragment, or the pointer in the file.
func (a *Answer) Path(pointer string) string {
	for i := len(a.At) - 1; i >= 0; i-- {
		if rest, ok := strings.CutPrefix(pointer, a.At[i].Pointer); ok && strings.HasPrefix(rest, "/") {
			return a.At[i].Address + "#" + rest
		}
	}
	return pointer
}

// search is the work on one badge.
type search struct {
	*Question
	Answer
	ctx     context.Context
	award   strictjson.Value
	places  []string // where the award is kept, and where what it stands for is
	led     []led    // and the websites that led on when they were asked for these
	host    string
	old     bool // an address of plain http was asked over https
	asked   string
	profile strictjson.Value
	before  strictjson.Value // the profile where it was before it moved
}

// Open asks for the parts of a badge. Every way in which that can fail has a
// code; nothing that could not be had is ever taken for a confirmation.
func Open(ctx context.Context, q Question) Answer {
	s := &search{Question: &q, ctx: ctx, award: q.File}
	s.Document = q.File
	badge := q.Credential.Badge
	switch {
	case badge.Signed:
	case badge.Address == "":
		s.Proof.Add(report.ProofHostedNowhere, "")
		return s.Answer
	case !s.confirm(badge.Address):
		s.remark()
		return s.Answer
	}
	class, issuer := s.parts()
	switch {
	case s.award.Kind() != strictjson.Object:
	case class.Kind() == strictjson.Object:
		s.Document = s.award.With("badge", class)
	case s.Kept:
		// What the file says of what could not be read is not the website's word.
		s.Document = s.award
	}
	if s.Kept && !s.Withdrawn {
		if what := differs(q.File, s.award, s.Document); what != "" {
			s.Proof.Add(report.ProofHostedDiffers, "", s.facts("what", what)...)
		} else {
			s.Proof.Add(report.ProofHostedMatch, "", s.facts()...)
		}
	}
	if badge.Signed {
		s.signed(badge, class)
	}
	switch {
	case len(s.Issuer) == 0:
		s.bind(issuer)
	case s.Withdrawn && s.Issuer.Has(report.IssuerHostedUnread):
		// The website of the badge itself says so; who else is in it does not
		// matter any more.
		s.Issuer = nil
		s.Issuer.Add(report.IssuerHostedOnly, "", s.facts()...)
	}
	s.remark()
	return s.Answer
}

func (s *search) facts(more ...string) []string {
	return append(more, "host", s.host, "address", s.asked)
}

func (s *search) remark() {
	if s.old {
		s.Remarks.Add(report.CredentialBadgeOldAddress, "")
	}
}

// confirm asks the website for the award, and says whether there is anything
// to go on with: the award as it is kept, or the answer that it was withdrawn.
func (s *search) confirm(address string) bool {
	value, response, code, detail := s.ask(address)
	// One that calls itself something else may have moved there: to an address
	// that is asked then, and where the award stands in its own right.
	if own := value.At("id").Text(); code == "" && web(own) && !same(own, address) {
		address = own
		value, response, code, detail = s.ask(address)
		if code == "" && same(value.At("id").Text(), own) {
			s.Remarks.Add(report.CredentialBadgeMoved, "", "address", s.asked)
		}
	}
	s.places = []string{s.asked}
	s.lead(s.asked, response.Address)
	// Open Badges 2.0: a badge that is gone (410), or that says `revoked`, was
	// withdrawn. One that is not found was not: that is no answer (asks 4).
	revoked := revoked(value)
	if response.Status == 410 || code == "" && revoked {
		if id := value.At("id").Text(); revoked && id != "" && !same(id, address) {
			s.Proof.Add(report.ProofHostedOther, "", s.facts("what", id)...)
			return false
		}
		s.Withdrawn, s.Reason = true, report.Clip(value.At("revocationReason").Text())
		s.Proof.Add(report.ProofHostedWithdrawn, "", s.facts()...)
		if _, whole := member.Get(value, "badge"); whole {
			s.keep(value)
		}
		return s.award.Kind() == strictjson.Object || s.withdrawnBare()
	}
	if code != "" {
		s.Proof.Add(code, detail, s.facts()...)
		return false
	}
	kept, _ := credential.OldBadge(value)
	if kept.Badge == nil || kept.Badge.Signed {
		s.Proof.Add(report.ProofHostedNotBadge, "", s.facts()...)
		return false
	}
	// What is kept at an address and calls itself something else is something
	// else. The earliest badges say nothing about where they are kept.
	if named := kept.Badge.Address; named != "" && !same(named, address) || named == "" && value.At("id").Text() != "" {
		s.Proof.Add(report.ProofHostedOther, "", s.facts("what", kept.ID)...)
		return false
	}
	s.keep(value)
	return true
}

// ask asks for the award.
func (s *search) ask(address string) (strictjson.Value, fetch.Response, report.Code, string) {
	s.asked = s.secure(address)
	s.host = fetch.Host(s.asked)
	value, response, code, detail := s.read(fetch.Request{
		Address: s.asked, Kind: fetch.Badge, Reason: s.asked, Identifies: fetch.ByCredentialID,
	})
	s.Read = response.Time
	return value, response, code, detail
}

// led says where the answer came from that was asked for at an address.
type led struct{ from, to string }

// lead notes where a website led, "" where it did not.
func (s *search) lead(from, to string) {
	if to != "" {
		s.led = append(s.led, led{from, to})
	}
}

// astray says that a website led on to a place of which its issuer says nothing.
// It may mean to, as after a change of its name; but some lead anybody anywhere.
func (s *search) astray(l led) {
	s.Issuer.Add(report.IssuerHostedLed, "", "host", fetch.Host(l.from), "address", l.to)
}

// revoked says whether an award says that it was withdrawn: early websites write
// the word as a text or a number. Anything but a no is one.
func revoked(award strictjson.Value) bool {
	value, stated := member.Get(award, "revoked")
	switch value.Kind() {
	case strictjson.Bool:
		return value.Truth()
	case strictjson.String:
		return value.Text() != "" && !strings.EqualFold(value.Text(), "false")
	case strictjson.Number:
		n, exact := value.Int()
		return n != 0 || !exact
	default:
		return stated
	}
}

// keep takes what the website keeps for the award.
func (s *search) keep(award strictjson.Value) {
	s.award, s.Kept, s.At = award, true, []Place{{"", s.asked}}
}

// withdrawnBare is a badge of which only the address was known, and of which
// the website says no more than that it is gone.
func (s *search) withdrawnBare() bool {
	s.Issuer.Add(report.IssuerHostedOnly, "", s.facts()...)
	return false
}

// part is one part of a badge: what it stands for, or its issuer.
type part struct {
	value   strictjson.Value
	address string           // the https address at which it was read, "" for one that stands in the award
	last    string           // where redirects led
	before  strictjson.Value // what it said at the address from which it has moved, or Absent
}

// parts asks for what the badge stands for and for its issuer. The first value
// holds the second one as its `issuer`. What is wrong goes into Issuer.
func (s *search) parts() (class, issuer strictjson.Value) {
	c, ok := s.part(single(s.award.At("badge")), fetch.BadgeClass)
	if !ok {
		return strictjson.Value{}, strictjson.Value{}
	}
	if c.address != "" {
		s.At = append(s.At, Place{"/badge", c.address})
		s.places = append(s.places, c.address)
		s.lead(c.address, c.last)
	}
	named := single(c.value.At("issuer"))
	i, ok := s.part(named, fetch.Profile)
	if !ok {
		return c.value, strictjson.Value{}
	}
	if i.last != "" && !fetch.SameOrigin(i.last, i.address) {
		s.astray(led{i.address, i.last})
		return c.value, strictjson.Value{}
	}
	if i.address != "" {
		s.At = append(s.At, Place{"/badge/issuer", i.address})
		s.IssuerID = i.address
		i.value = i.value.With("id", strictjson.NewString(i.address))
	}
	s.profile, s.before = i.value, i.before
	return c.value.With("issuer", i.value), i.value
}

func single(value strictjson.Value) strictjson.Value {
	if items := value.Items(); len(items) == 1 {
		return items[0]
	}
	return value
}

// part takes one part: from its address where it has one, also where a copy of
// it stands in the file, for that one can be any (1EdTech's own validator does
// so); as it stands where it has none.
func (s *search) part(value strictjson.Value, kind fetch.Kind) (part, bool) {
	id := value.Text()
	if value.Kind() == strictjson.Object {
		if id = value.At("id").Text(); !web(id) {
			return part{value: value}, true
		}
	}
	if !web(id) {
		s.Issuer.Add(report.IssuerHostedUnread, "no address", "host", s.host)
		return part{}, false
	}
	p, ok := s.fetch(id, kind)
	if !ok {
		return p, false
	}
	own := p.value.At("id").Text()
	if own == "" || same(own, id) {
		// The earliest say nothing about where they are kept.
		p.value = p.value.With("id", strictjson.NewString(p.address))
		return p, true
	}
	// It calls itself something else: if that is an address at which the same
	// is said, it has moved there; else it is something else.
	if web(own) {
		moved, ok := s.fetch(own, kind)
		if !ok {
			return p, false
		}
		if same(moved.value.At("id").Text(), own) {
			s.Remarks.Add(report.CredentialBadgeMoved, "", "address", moved.address)
			moved.before = p.value
			return moved, true
		}
	}
	s.Issuer.Add(report.IssuerHostedOther, "", "address", p.address, "what", own)
	return p, false
}

// fetch reads a part at its address.
func (s *search) fetch(id string, kind fetch.Kind) (part, bool) {
	p := part{address: s.secure(id)}
	request := fetch.Request{Address: p.address, Kind: kind, Reason: p.address}
	// Whoever has been asked for the award itself learns nothing new.
	if !fetch.SameOrigin(p.address, s.asked) && s.Identifies != nil {
		// A long random part is in the addresses of many issuers; what names the
		// award or the learner is in none that is for all.
		if how := s.Identifies(p.address); kind == fetch.BadgeClass || how == fetch.ByCredentialID {
			request.Identifies = how
		}
	}
	value, response, code, detail := s.read(request)
	if code != "" {
		if detail == "" {
			detail = string(code)
		}
		s.Issuer.Add(report.IssuerHostedUnread, detail, "host", fetch.Host(p.address), "address", p.address)
		return p, false
	}
	if p.value = value; response.Address != p.address {
		p.last = response.Address
	}
	return p, true
}

// signed looks at the parts of a signed badge: they are not signed themselves,
// and where its key is.
func (s *search) signed(badge *credential.Badge, class strictjson.Value) {
	if len(s.places) > 0 {
		s.Remarks.Add(report.CredentialBadgeParts, "", "host", fetch.Host(s.places[0]))
	}
	if list := s.profile.At("revocationList").Text(); list != "" {
		s.ListElsewhere = !within(s.secure(list), s.profile, s.IssuerID)
	}
	s.Creator = badge.Creator
	if keys := s.profile.At("publicKey").List(); s.Creator == "" && len(keys) == 1 {
		if s.Creator = keys[0].Text(); s.Creator == "" {
			s.Creator = keys[0].At("id").Text()
		}
	}
	if s.Creator != "" {
		s.Creator = s.secure(s.Creator)
	}
	// A key is for many badges: an address that names one is not asked.
	if s.Identifies != nil && s.Identifies(s.Creator) == fetch.ByCredentialID {
		s.Creator = ""
	}
}

// bind holds the places of the badge against what its issuer says about where
// its badges are.
func (s *search) bind(issuer strictjson.Value) {
	if s.IssuerID == "" {
		// An issuer that only stands in the badge can be given any name. Where
		// it says on which website it is, that must be the one.
		origin := issuer.At("origin").Text()
		for _, place := range s.places {
			if origin != "" && !fetch.SameOrigin(s.secure(origin), place) || s.asked != "" && !fetch.SameOrigin(s.asked, place) {
				s.Issuer.Add(report.IssuerHostedElsewhere, "", "host", fetch.Host(place), "issuer", origin)
				return
			}
		}
		for _, l := range s.led {
			if !fetch.SameOrigin(l.from, l.to) {
				s.astray(l)
				return
			}
		}
		if !s.Credential.Badge.Signed {
			s.Issuer.Add(report.IssuerHostedOnly, "", s.facts()...)
		}
		return
	}
	for _, place := range s.places {
		if !s.holds(place) {
			s.Issuer.Add(report.IssuerHostedElsewhere, "", "host", fetch.Host(place), "address", place, "issuer", s.IssuerID)
			return
		}
	}
	for _, l := range s.led {
		if !s.holds(l.to) {
			s.astray(l)
			return
		}
	}
	switch {
	case s.Credential.Badge.Signed:
	case strings.ContainsRune(s.IssuerID, '?'):
		// What answers a query is the host's, but may be about anybody.
		s.Issuer.Add(report.IssuerHostedOnly, "", s.facts()...)
	default:
		s.Issuer.Add(report.IssuerHosted, "", "host", fetch.Host(s.IssuerID), "issuer", s.IssuerID)
	}
}

// holds says whether a place lies where the issuer says that its badges are. A
// profile that has moved may not say more than it did.
func (s *search) holds(place string) bool {
	return within(place, s.profile, s.IssuerID) && (s.before.Kind() != strictjson.Object || within(place, s.before, s.IssuerID))
}

// read asks for one JSON object and gives the code of what is wrong where there
// is none. The body of an answer that it is gone is read as far as it can be.
// What the host calls its answer plays no part (asks 20).
func (s *search) read(request fetch.Request) (value strictjson.Value, response fetch.Response, code report.Code, detail string) {
	response, err := s.Session.Get(s.ctx, request)
	failure := fetch.FailureOf(request, response, err)
	body := bytes.TrimSpace(bytes.TrimPrefix(bytes.TrimSpace(response.Body), []byte("\ufeff")))
	switch failure {
	case fetch.NoFailure:
	case fetch.FailedGone:
		if len(response.Body) <= request.Kind.MaxBody() {
			value, _ = strictjson.Parse(body)
		}
		return value, response, report.ProofHostedNotFound, "410"
	default:
		return value, response, unread[failure], ""
	}
	value, err = strictjson.Parse(body)
	if err != nil {
		return strictjson.Value{}, response, report.ProofHostedUnreadable, err.Error()
	}
	if value.Kind() != strictjson.Object {
		code = report.ProofHostedNotBadge
	}
	return value, response, code, ""
}

// unread has the code for each way in which an address gave no document.
var unread = [fetch.Failures]report.Code{
	fetch.FailedUnreachable: report.ProofHostedUnreachable,
	fetch.FailedOffline:     report.ProofHostedOffline,
	fetch.FailedNotAllowed:  report.ProofHostedNotAllowed,
	fetch.FailedIdentifies:  report.ProofHostedPrivate,
	fetch.FailedAddress:     report.ProofHostedAddress,
	fetch.FailedTooMany:     report.ProofHostedTooMany,
	fetch.FailedTimeout:     report.ProofHostedTimeout,
	fetch.FailedName:        report.ProofHostedNameUnknown,
	fetch.FailedClosed:      report.ProofHostedClosed,
	fetch.FailedNotFound:    report.ProofHostedNotFound,
	fetch.FailedGone:        report.ProofHostedNotFound,
	fetch.FailedForbidden:   report.ProofHostedForbidden,
	fetch.FailedServer:      report.ProofHostedServerError,
	fetch.FailedTooLarge:    report.ProofHostedTooLarge,
	fetch.FailedEmpty:       report.ProofHostedEmpty,
	fetch.FailedLogin:       report.ProofHostedLogin,
	fetch.FailedPage:        report.ProofHostedPage,
}
