// Package status asks whether a credential still stands, or has been revoked
// or suspended. Every entry that the credential names is looked at, one file
// per mechanism; the worst answer counts. An entry that nobody could look up
// never reads as good standing (asks.md 1), and a list is believed only where
// it is signed by whoever may say so (asks.md 3).
package status

import (
	"context"
	"strconv"
	"time"

	"github.com/sealcheck/sealcheck/verifier/credential"
	"github.com/sealcheck/sealcheck/verifier/fetch"
	"github.com/sealcheck/sealcheck/verifier/internal/limits"
	"github.com/sealcheck/sealcheck/verifier/internal/strictjson"
	"github.com/sealcheck/sealcheck/verifier/report"
)

// mechanisms are the types of entries that can be looked up.
var mechanisms = map[string]func(*lookup, context.Context){
	"BitstringStatusListEntry": (*lookup).bitstring,
	"StatusList2021Entry":      (*lookup).list2021,
	"RevocationList2020Status": (*lookup).list2020,
	"SuspensionList2020Status": (*lookup).list2020,
	"1EdTechRevocationList":    (*lookup).oneEdTech,
	tokenEntry:                 (*lookup).token,
	hostedEntry:                (*lookup).hosted,
	badgeListEntry:             (*lookup).badgeList,
}

// Check looks at every entry that the credential names, and at whether the
// certificate behind its seal was withdrawn. It gives the evidence for each
// beside the findings.
func Check(ctx context.Context, q Question) ([]report.Standing, report.Findings) {
	var evidence []report.Standing
	var findings report.Findings
	c := q.Credential
	entries := append(c.Status[:len(c.Status):len(c.Status)], besideCredential(c)...)
	switch {
	case len(entries) > limits.StatusEntries:
		findings.Add(report.StatusTooMany, "")
	default:
		for _, entry := range entries {
			l := lookup{Question: &q, entry: entry}
			l.run(ctx)
			if len(l.findings) == 0 {
				// An entry of which nothing is said has not been looked up.
				l.unbelieved = false
				l.end(report.InternalUnexpected, "an entry without an answer")
			}
			evidence = append(evidence, l.Standing)
			findings = append(findings, l.findings...)
		}
	}
	if q.Proof != nil && q.Proof.Selective && !(q.Proof.StandingFixed && len(entries) > 0) {
		// Who presents it may have left out an entry, or a part of one, and so
		// hide that it was withdrawn (T21).
		findings.Add(report.StatusMayBeHidden, "")
	} else if len(entries) == 0 {
		findings.Add(report.StatusNonePublished, "")
	}
	more, certified := q.certificate(ctx)
	evidence, findings = append(evidence, more...), append(findings, certified...)
	if c.Refresh != "" {
		findings.Add(report.StatusRefreshOffered, "", "host", fetch.Host(c.Refresh), "address", c.Refresh)
	}
	return evidence, findings
}

// lookup is the work on one entry. Its Standing is filled on the way, so that
// what was found out is told wherever it ends.
type lookup struct {
	*Question
	report.Standing
	entry    credential.Status
	findings report.Findings
	remarks  report.Findings // told only where the list is believed
	later    bool            // the list is from after the instant judged at
	stale    report.Code     // why its "good" is not enough, or ""
	// unbelieved says that the list is read for the evidence alone: what came
	// out has been said, and what it says changes nothing (asks 6).
	unbelieved bool
}

func (l *lookup) run(ctx context.Context) {
	l.Standing.Path, l.Standing.Mechanism = l.entry.Path, l.entry.Type
	if l.entry.Type == "" {
		l.end(report.StatusMalformed, "no type")
		return
	}
	look, known := mechanisms[l.entry.Type]
	if !known {
		l.Standing.Address = l.entry.Value.At("statusListCredential").Text()
		if l.Standing.Address == "" {
			l.Standing.Address = l.entry.ID
		}
		l.end(report.StatusUnsupported, "", "type", l.entry.Type)
		return
	}
	look(l, ctx)
}

// end says what came out, with the facts that are known by then.
func (l *lookup) end(code report.Code, detail string, pairs ...string) {
	if l.unbelieved {
		return
	}
	if l.Standing.Code == "" {
		l.Standing.Code = code
	}
	l.findings = append(l.findings, l.finding(code, detail, pairs...))
}

// fail ends a lookup by an error that knows its code.
func (l *lookup) fail(err error) {
	finding := report.FindingOf(err)
	l.end(finding.Code, finding.Detail)
}

func (l *lookup) finding(code report.Code, detail string, pairs ...string) report.Finding {
	s := &l.Standing
	facts := append(pairs, "host", fetch.Host(s.Address), "address", s.Address, "index", s.Index, "purpose", s.Purpose, "what", s.Path)
	if s.Value != nil {
		facts = append(facts, "value", strconv.Itoa(*s.Value))
	}
	return report.NewFinding(code, detail, facts...)
}

// remark keeps what is to be said beside a list that is believed.
func (l *lookup) remark(code report.Code, pairs ...string) {
	l.remarks = append(l.remarks, l.finding(code, "", pairs...))
}

// judge ends a lookup with what the list says: set is the code for an entry
// that is set, StatusGood for one that is not. What a list says later than
// the instant judged at tells about that instant only where what it says
// cannot be taken back (design of issue 5, as of).
func (l *lookup) judge(set report.Code) {
	if l.unbelieved {
		return
	}
	code := set
	switch {
	case set == report.StatusGood && l.stale != "":
		// What came with the file could be from before a withdrawal; who hands
		// it in may have chosen it.
		l.end(l.stale, "", "date", stamp(l.Standing.Issued))
		return
	case set == report.StatusGood && l.later && l.Standing.Purpose == suspension:
		// It may have been suspended then and let go since.
		code = report.StatusAtUnknown
	case set == report.StatusGood && l.later:
		code = report.StatusGoodSince
	case l.later && (set == report.StatusRevoked || set == report.StatusSuspended):
		code = report.StatusAtUnknown
	case l.stale != "" && set != report.StatusRevoked:
		// A revocation is not taken back by growing old; all else may be.
		l.end(l.stale, "", "date", stamp(l.Standing.Issued))
		return
	}
	l.end(code, "")
	l.findings = append(l.findings, l.remarks...)
}

// The purposes that have a meaning here (BITSTRING-STATUS-LIST 2.1).
const (
	revocation = "revocation"
	suspension = "suspension"
	refresh    = "refresh"
	message    = "message"
)

// said is what a mark under a purpose means.
func said(purpose string) report.Code {
	switch purpose {
	case revocation:
		return report.StatusRevoked
	case suspension:
		return report.StatusSuspended
	case refresh:
		return report.StatusRefreshSet
	default:
		return report.StatusPurposeUnknown
	}
}

// besideCredential are the claims of a VC-JWT 1.1 that say where standing can
// be looked up, and stand beside the credential instead of in it. They are not
// where the data model has them; but who wrote them has a way to revoke, and
// the opposite must not be said. Those under `status` that refer to a token
// are among the credential's own already.
func besideCredential(c *credential.Credential) []credential.Status {
	var list []credential.Status
	claim, _ := c.Claims.Get("credentialStatus")
	if c.Root == "" {
		return nil
	}
	for i, item := range claim.List() {
		if item.Kind() == strictjson.Null {
			continue
		}
		path := "/credentialStatus"
		if claim.Kind() == strictjson.Array {
			path += "/" + strconv.Itoa(i)
		}
		list = append(list, credential.Status{Type: item.At("type").Text(), ID: item.At("id").Text(), Path: path, Value: item})
	}
	return list
}

func stamp(t *time.Time) string {
	if t == nil {
		return ""
	}
	return t.UTC().Format(time.RFC3339)
}
