package report

import (
	"fmt"
	"slices"
)

// Headline is what a person reads first. The order of the constants is the
// order of the table in design.md 2: the first that applies is said.
type Headline uint8

const (
	HeadlineNone Headline = iota // no headline; never in a report
	Unreadable
	NotSigned
	Refused
	Altered
	Mismatch
	WrongKey
	Revoked
	Delisted
	Expired
	NotYetValid
	Suspended
	Incomplete
	Unlisted
	Identified
	Verified
)

var headlines = [...]struct {
	name    string
	verdict Verdict
}{
	HeadlineNone: {"", Indeterminate},
	Unreadable:   {"unreadable", Invalid},
	NotSigned:    {"not_signed", Indeterminate},
	Refused:      {"refused", Invalid},
	Altered:      {"altered", Invalid},
	Mismatch:     {"mismatch", Invalid},
	WrongKey:     {"wrong_key", Invalid},
	Revoked:      {"revoked", Invalid},
	Delisted:     {"delisted", Invalid},
	Expired:      {"expired", Invalid},
	NotYetValid:  {"not_yet_valid", Invalid},
	Suspended:    {"suspended", Indeterminate},
	Incomplete:   {"incomplete", Indeterminate},
	Unlisted:     {"unlisted", Indeterminate},
	Identified:   {"identified", Indeterminate},
	Verified:     {"verified", Valid},
}

// Headlines lists all headlines in table order.
func Headlines() []Headline {
	all := make([]Headline, 0, len(headlines)-1)
	for h := Unreadable; h <= Verified; h++ {
		all = append(all, h)
	}
	return all
}

func (h Headline) String() string {
	if int(h) < len(headlines) {
		return headlines[h].name
	}
	return ""
}

// MarshalText gives the name that the report's JSON carries.
func (h Headline) MarshalText() ([]byte, error) { return []byte(h.String()), nil }

// UnmarshalText reads the name back; any other text is an error.
func (h *Headline) UnmarshalText(text []byte) error {
	for i := range headlines {
		if i > 0 && headlines[i].name == string(text) {
			*h = Headline(i)
			return nil
		}
	}
	return fmt.Errorf("report: no headline is called %q", text)
}

// Demands is what of a policy the headline depends on. The zero value is the
// strict one.
type Demands struct {
	// Accept holds the headlines that count as valid besides Verified; only
	// Identified and Unlisted may stand in it.
	Accept []Headline
	// Optional holds checks that may stay unknown or skipped. Only validity,
	// status and trust may; none may ignore a failure.
	Optional []CheckName
	// Require holds checks that must pass although the strict policy does
	// not ask for them: holder, schema.
	Require []CheckName
}

// required are the checks without which the strict policy decides nothing: all
// but the last two.
var required = CheckNames[:len(CheckNames)-2]

// failing is the headline of a failed check whose code names none, in the order
// of CheckNames.
var failing = [len(CheckNames)]Headline{
	Unreadable, Refused, Refused, Refused, Mismatch, WrongKey, Refused, Incomplete, Incomplete,
}

// missing is what a check that is not there is taken for: an unknown one.
var missing Check

// inOrder puts checks in the order of CheckNames.
func inOrder(checks []Check) (all [len(CheckNames)]*Check) {
	for i, name := range CheckNames {
		all[i] = &missing
		if i < len(checks) && checks[i].Name == name {
			all[i] = &checks[i] // as in every report
			continue
		}
		for j := range checks {
			if checks[j].Name == name {
				all[i] = &checks[j]
			}
		}
	}
	return all
}

// SumUp gives verdict and headline of one credential's checks: a pure
// function, so that headline and rows can never disagree. Checks that are
// missing count as unknown.
func SumUp(checks []Check, demands Demands) (Verdict, Headline) {
	all := inOrder(checks)
	proof, key, signature, issuer, trust := all[2], all[3], all[4], all[5], all[8]

	// What is said of standing and dates is said only of a credential whose
	// signature and issuer passed: before that the file's own words about
	// itself prove nothing.
	// For a badge that its issuer's website answers for, that answer stands in
	// the place of the signature.
	answered := proof.Lets() && key.answered(KeyHosted) && signature.answered(SignatureHosted) &&
		proof.has(ProofHostedMatch, ProofHostedDiffers, ProofHostedWithdrawn)
	genuine := (answered || signature.Outcome.Lets()) && issuer.Outcome.Lets()

	headline := Verified
	say := func(h Headline) {
		if h >= Revoked && h <= Suspended && !genuine {
			h = Incomplete
		}
		if h != HeadlineNone && h < headline {
			headline = h
		}
	}

	for i, check := range all {
		name := CheckNames[i]
		demanded := i < len(required) || slices.Contains(demands.Require, name)
		said := HeadlineNone
		for j := range check.Findings {
			row := check.Findings[j].Code.row()
			if row.Outcome == check.Outcome && row.Says != HeadlineNone {
				if said == HeadlineNone || row.Says < said {
					said = row.Says
				}
			}
		}
		switch check.Outcome {
		case Fail:
			if said == HeadlineNone {
				said = failing[i]
			}
			if said == HeadlineNone && demanded {
				said = Refused // holder or schema, required by policy
			}
			say(said)
		case Unknown, Skipped:
			if demanded && !slices.Contains(demands.Optional, name) {
				say(Incomplete)
			}
		case Warn:
			switch {
			case said != HeadlineNone:
				say(said)
			case name == CheckIssuer || name == CheckTrust:
				// A remark on who the issuer is leaves the issuer unproven.
				say(Unlisted)
			}
		case None:
			if answered && (name == CheckKey || name == CheckSignature) {
				// Only the website's word that it is as the file says counts
				// like a signature.
				if !proof.has(ProofHostedMatch) {
					say(Incomplete)
				}
				continue
			}
			switch name {
			case CheckProof, CheckSignature:
				say(NotSigned)
			case CheckEnvelope, CheckCredential:
				say(Unreadable)
			case CheckKey, CheckIssuer:
				say(Incomplete)
			case CheckTrust:
				say(Unlisted)
			default:
				if slices.Contains(demands.Require, name) {
					say(Incomplete)
				}
			}
		case Pass:
		}
	}

	// A policy that does without the trust check has not learnt who the
	// issuer is: the best that can be said is that nobody vouches for it.
	if headline == Verified && trust.Outcome != Pass {
		headline = Unlisted
	}

	verdict := headlines[headline].verdict
	if (headline == Identified || headline == Unlisted) && slices.Contains(demands.Accept, headline) {
		verdict = Valid
	}
	return verdict, headline
}

// Worst gives the file's verdict and headline from those of its credentials:
// invalid before indeterminate before valid, then table order. Those aside are
// left out while there is any other. No credential at all is unreadable.
func Worst(credentials []Credential) (int, Verdict, Headline) {
	rank := func(c *Credential) int {
		r := [...]int{Invalid: 0, Indeterminate: 1, Valid: 2}[c.Verdict]
		if c.Aside {
			r += 3
		}
		return r*100 + int(c.Headline)
	}
	if len(credentials) == 0 {
		return -1, Invalid, Unreadable
	}
	worst := 0
	for i := range credentials {
		if rank(&credentials[i]) < rank(&credentials[worst]) {
			worst = i
		}
	}
	return worst, credentials[worst].Verdict, credentials[worst].Headline
}
