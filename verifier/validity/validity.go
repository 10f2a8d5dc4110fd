// Package validity judges the dates of a credential, its proof and its seal's
// certificate at a given instant. It looks at no clock.
package validity

import (
	"time"

	"github.com/sealcheck/sealcheck/verifier/credential"
	"github.com/sealcheck/sealcheck/verifier/internal/limits"
	"github.com/sealcheck/sealcheck/verifier/key"
	"github.com/sealcheck/sealcheck/verifier/proof"
	"github.com/sealcheck/sealcheck/verifier/report"
)

// justNow is how long after its end a credential is said to have ended a
// moment ago, so that a wrong clock comes to mind (asks.md 22).
const justNow = 10 * time.Minute

// Check judges at the instant `at`. p and k may be nil where no proof or key
// was found. The latest of several beginnings and the earliest of several
// ends decide. A beginning is granted limits.ClockTolerance, an end nothing
// (design.md 3). Dates in facts are UTC, RFC 3339, or a bare date for a whole
// day.
func Check(c *credential.Credential, p *proof.Proof, k *key.Key, at time.Time) report.Findings {
	var findings report.Findings
	s := survey(c.Dates)
	for _, date := range s.unreadable {
		findings.Add(report.ValidityDateUnreadable, "", "date", date.Text, "what", date.Path)
	}
	in := len(s.unreadable) == 0
	in = begun(&findings, s, at) && in
	in = lasts(&findings, s, at) && in
	for _, date := range [...]credential.Date{s.from, s.until} {
		if date.WholeDay {
			findings.Add(report.ValidityWholeDay, "", "date", show(date), "what", date.Path)
		}
	}
	proven(&findings, p, at)
	certified(&findings, k, at)
	// What the holder did not show may still be there (T21).
	selective := p != nil && (p.Selective || p.EndHidden)
	begins, ends := s.from.Readable, s.until.Readable
	if p != nil && p.Selective {
		// A claim of the token, which is always shown, stands for none of the
		// credential's own dates: these may be narrower (VC-JOSE-COSE 3.1.3).
		begins, ends = s.begins, s.ends
		if in && !begins {
			findings.Add(report.ValidityStartMayBeHidden, "")
		}
	}
	switch {
	case s.none() && selective:
		findings.Add(report.ValidityEndMayBeHidden, "")
	case s.none():
		findings.Add(report.ValidityNoDates, "")
	case in:
		findings.Add(report.ValidityInForce, "", "from", show(s.from), "until", show(s.until))
		switch {
		case ends:
		case selective:
			findings.Add(report.ValidityEndMayBeHidden, "")
		default:
			findings.Add(report.ValidityNoEnd, "")
		}
	}
	return findings
}

// bounds is what the dates come to: the latest beginning and the earliest
// end, each unreadable (the zero Date) where there is none.
type bounds struct {
	from, until credential.Date
	last        credential.Date // the latest end
	// begins and ends say that the data model's own words for both are there.
	begins, ends bool
	unreadable   []credential.Date
}

func (b bounds) none() bool {
	return !b.from.Readable && !b.until.Readable && len(b.unreadable) == 0
}

func survey(dates []credential.Date) bounds {
	var b bounds
	for _, date := range dates {
		switch {
		case date.Bound != credential.From && date.Bound != credential.Until:
		case !date.Readable:
			b.unreadable = append(b.unreadable, date)
		case date.Bound == credential.From:
			b.begins = b.begins || !date.Aside
			if !b.from.Readable || date.Time.After(b.from.Time) {
				b.from = date
			}
		default:
			b.ends = b.ends || !date.Aside
			if !b.until.Readable || date.End().Before(b.until.End()) {
				b.until = date
			}
			if !b.last.Readable || date.End().After(b.last.End()) {
				b.last = date
			}
		}
	}
	return b
}

// begun says whether the credential has begun. VC-DATA-MODEL-2.0 4.9: it is
// not valid before validFrom.
func begun(findings *report.Findings, b bounds, at time.Time) bool {
	if !b.from.Readable || !b.from.Time.After(at) {
		return true
	}
	if tolerated(b.from.Time, at) {
		findings.Add(report.ValidityWithinTolerance, "", "date", show(b.from), "what", b.from.Path)
		return true
	}
	findings.Add(report.ValidityNotYetValid, "", "date", show(b.from), "what", b.from.Path)
	return false
}

// lasts says whether it has not ended: it holds until the instant validUntil,
// which is no longer part of it.
func lasts(findings *report.Findings, b bounds, at time.Time) bool {
	if b.last.Readable && !b.last.End().Equal(b.until.End()) {
		findings.Add(report.ValiditySeveralEnds, "", "date", show(b.until), "other", show(b.last))
	}
	if !b.until.Readable || at.Before(b.until.End()) {
		return true
	}
	code := report.ValidityExpired
	if at.Before(b.until.End().Add(justNow)) {
		code = report.ValidityExpiredJustNow
	}
	findings.Add(code, "", "date", show(b.until), "what", b.until.Path)
	return false
}

// proven looks at the dates of the proof itself: it ends at `expires`, and
// cannot have been made later than now.
func proven(findings *report.Findings, p *proof.Proof, at time.Time) {
	if p == nil {
		return
	}
	if !p.Expires.IsZero() && !p.Expires.After(at) {
		findings.Add(report.ValidityProofExpired, "", "date", stamp(p.Expires))
	}
	if created := p.Reference.Created; !created.IsZero() && created.After(at) && !tolerated(created, at) {
		findings.Add(report.ValidityProofInFuture, "", "date", stamp(created))
	}
}

// certified looks at the certificate behind a seal. While the sealing time is
// only the sealer's word, a seal under a certificate that has ended may have
// been made before or after its end: that stays open (edc.md 2). RFC 5280
// 4.1.2.5: notAfter is still part of it.
func certified(findings *report.Findings, k *key.Key, at time.Time) {
	if k == nil || len(k.Chain) == 0 {
		return
	}
	// A certificate that begins later than now has been in force at no time.
	if start := k.Chain[0].NotBefore; start.After(at) && !tolerated(start, at) {
		findings.Add(report.ValidityNotYetValid, "", "date", stamp(start))
	}
	if end := k.Chain[0].NotAfter; at.After(end) {
		findings.Add(report.ValidityCertificateExpired, "", "date", stamp(end))
	}
}

// tolerated says whether a later instant is near enough to be another clock's
// now.
func tolerated(later, at time.Time) bool {
	return !later.After(at.Add(limits.ClockTolerance * time.Second))
}

func show(date credential.Date) string {
	switch {
	case !date.Readable:
		return ""
	case date.WholeDay:
		return date.Time.UTC().Format(time.DateOnly)
	}
	return stamp(date.Time)
}

func stamp(t time.Time) string { return t.UTC().Format(time.RFC3339) }
