package verifier

import (
	"context"

	"github.com/sealcheck/sealcheck/verifier/credential"
	"github.com/sealcheck/sealcheck/verifier/fetch"
	"github.com/sealcheck/sealcheck/verifier/hosted"
	"github.com/sealcheck/sealcheck/verifier/internal/limits"
	"github.com/sealcheck/sealcheck/verifier/internal/strictjson"
	"github.com/sealcheck/sealcheck/verifier/key"
	"github.com/sealcheck/sealcheck/verifier/proof"
	"github.com/sealcheck/sealcheck/verifier/report"
	"github.com/sealcheck/sealcheck/verifier/status"
)

// Open Badges before 3.0 are in pieces, and most of them bear no signature. The
// pieces are asked for before anything else is judged, and from then on the
// badge is what they say. The steps are those of any other credential; for a
// hosted one the website's answer stands where proof, key and signature do.

// assemble puts a badge together and reads it anew.
func (s *subject) assemble(ctx context.Context, findings report.Findings) report.Findings {
	file := s.credential
	if file.Badge.Signed && s.envelope.JWS == nil {
		// It says that it is signed, and is not: nothing needs to be asked.
		return findings
	}
	if s.envelope.JWS != nil {
		// Whatever it says of itself, a signature is there to be checked.
		file.Badge.Signed, file.Badge.Address = true, ""
	}
	if s.work > limits.Work {
		var much report.Findings
		much.Add(report.InternalTooMuchWork, "more to read than one file may ask for")
		s.badge = &hosted.Answer{Proof: much, Issuer: much}
		return findings
	}
	before := s.session.Handed()
	answer := hosted.Open(ctx, hosted.Question{
		Credential: file, File: s.envelope.Document, Session: s.session,
		Identifies: func(address string) fetch.Identification { return status.Identifies(address, file) },
	})
	s.work += (s.session.Handed() - before) >> 13
	s.badge = &answer
	if answer.Document.Kind() == strictjson.Object {
		var read *credential.Credential
		if read, findings = credential.OldBadge(answer.Document); read.Badge == nil {
			return findings
		}
		read.Claims = file.Claims
		s.credential = read
	}
	c := s.credential
	b := c.Badge
	b.Signed, b.Address = file.Badge.Signed, file.Badge.Address
	if answer.Kept {
		b.Address = answer.At[0].Address
	}
	b.Withdrawn, b.Reason, b.Read, b.ListElsewhere = answer.Withdrawn, answer.Reason, answer.Read, answer.ListElsewhere
	c.Issuer.ID = fetch.Secure(c.Issuer.ID)
	if answer.IssuerID != "" {
		c.Issuer.ID = answer.IssuerID
	}
	c.Status = status.OfBadge(c)
	return append(append(findings, answer.Remarks...), s.belongs()...)
}

// hosted says that the badge bears no signature and is confirmed, if at all, by
// its issuer's website.
func (s *subject) hosted() bool { return !s.credential.Badge.Signed }

// answered takes the website's answer for the proofs.
func (s *subject) answered() report.Findings {
	a := attempt{proof: &proof.Proof{}, key: &key.Key{Source: key.Hosted}, issuer: s.badge.Issuer}
	a.found.Add(report.KeyHosted, "")
	a.signature.Add(report.SignatureHosted, "")
	// What the issuer's own page says of where its badges are is what binds
	// the badge to it; nothing less does.
	if a.issuer.Outcome() == report.Pass {
		a.key.ListedBy, a.key.Address = s.badge.IssuerID, s.badge.IssuerID
	}
	s.proofs, s.attempts = nil, []attempt{a}
	return s.badge.Proof
}

// keyholder is whose document is asked for a key. That of a badge, which has
// been asked for already and could not be had, is not asked for again.
func (s *subject) keyholder() string {
	if s.badge != nil && s.badge.Issuer.Has(report.IssuerHostedUnread) {
		return ""
	}
	return s.named().ID
}

// refer sets where the key of a signed badge is looked for: where the badge
// says, or else its issuer's profile. What the header says of it plays no part
// (T3).
func (s *subject) refer(proofs []proof.Proof, findings report.Findings) report.Findings {
	for i := range proofs {
		ref := &proofs[i].Reference
		ref.KeyID, ref.HeaderKey, ref.Chain, ref.Bound = s.badge.Creator, strictjson.Value{}, nil, false
		ref.Badge, ref.Listed = true, s.credential.Badge.Version == "2.0"
	}
	kept := findings[:0:0]
	for _, finding := range findings {
		if finding.Code != report.ProofKeyReferenceMissing {
			kept = append(kept, finding)
		}
	}
	return kept
}
