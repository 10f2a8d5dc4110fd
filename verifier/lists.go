package verifier

import (
	"context"
	"crypto/sha256"
	"slices"
	"time"

	"github.com/sealcheck/sealcheck/verifier/credential"
	"github.com/sealcheck/sealcheck/verifier/envelope"
	"github.com/sealcheck/sealcheck/verifier/internal/limits"
	"github.com/sealcheck/sealcheck/verifier/internal/member"
	"github.com/sealcheck/sealcheck/verifier/internal/strictjson"
	"github.com/sealcheck/sealcheck/verifier/report"
	"github.com/sealcheck/sealcheck/verifier/status"
)

// notOfLists are the checks that a status list does not go through: its own
// standing is not looked up (depth 1), and who may sign it package status
// decides.
var notOfLists = [...]report.CheckName{report.CheckStatus, report.CheckTrust, report.CheckHolder, report.CheckSchema}

// openList verifies a status list by the same steps as a credential. Each is
// verified once, however many credentials refer to it; one that does not name
// its issuer, once for each issuer that it is held against.
func (r *run) openList(ctx context.Context, name string, data []byte, issuer credential.Issuer) status.List {
	if known, ok := r.lists[name]; ok {
		return known
	}
	held := name + "\n" + issuer.ID
	if known, ok := r.lists[held]; ok {
		return known
	}
	if r.work += 1 + len(data)>>16; r.work > limits.Work {
		list := status.List{Report: report.Credential{Headline: report.Incomplete}}
		list.Report.Checks = append(list.Report.Checks, report.NewCheck(report.CheckEnvelope, report.Findings{report.NewFinding(report.InternalTooMuchWork, "")}))
		return list
	}
	s := &subject{run: r, list: true, referrer: issuer}
	s.findings = guarded(func() report.Findings {
		opened, findings := envelope.Open(data)
		s.envelope = opened
		return findings
	})
	s.begin(ctx)
	list := status.List{Report: s.judge(ctx), Credential: s.credential, Key: s.key(), Signer: s.named().ID, Signed: s.signed()}
	list.Report.Description = nil // of no learner
	if s.best < len(s.proofs) {
		list.Selective = s.proofs[s.best].Chosen()
	}
	if s.credential != nil && s.credential.ListType == credential.TokenStatusList && s.credential.Issuer.ID == "" {
		name = held
	}
	if r.lists == nil {
		r.lists = map[string]status.List{}
	}
	r.lists[name] = list
	return list
}

// intake looks at what was handed in no further than to tell what it says it
// is and where it stands, which asks nobody for anything.
func intake(data []byte, inFile bool) status.Supplied {
	sum := sha256.Sum256(data)
	supplied := status.Supplied{Data: data, Name: "supplied " + string(sum[:]), InFile: inFile}
	guarded(func() report.Findings {
		opened, findings := envelope.Open(data)
		supplied.Address = credential.ListAddress(opened)
		return findings
	})
	return supplied
}

// spend counts work that a status list makes.
func (r *run) spend(steps int) bool {
	r.work += steps
	return r.work <= limits.Work
}

// signed is the instant at which a document says that it was signed; zero where
// it does not say.
func (s *subject) signed() time.Time {
	var at time.Time
	if s.best < len(s.proofs) {
		at = s.proofs[s.best].Reference.Created
	}
	if s.credential != nil {
		if seconds, exact := s.credential.Claims.At("iat").Int(); exact && seconds > 0 && time.Unix(seconds, 0).After(at) {
			at = time.Unix(seconds, 0).UTC()
		}
	}
	return at
}

// carried takes the status lists out of what a document holds, to be used
// where one of its credentials refers to them, and gives the others.
func (s *subject) carried() []credential.Inner {
	var others []credential.Inner
	lists := 0
	for _, inner := range s.credential.Inner {
		list := false
		if types := member.Texts(inner.Value.At("type")); len(types) > 0 && !slices.Contains(types, "EnvelopedVerifiableCredential") {
			list = credential.IsList(envelope.Envelope{Form: envelope.JSON, Document: inner.Value})
		} else {
			list = s.opensToList(inner)
		}
		if !list {
			others = append(others, inner)
			continue
		}
		if lists++; lists > limits.ListsSupplied {
			continue // said by lists_carried; no list is judged as a credential
		}
		data := inner.Value.Append(nil)
		if inner.Value.Kind() == strictjson.String {
			data = []byte(inner.Value.Text())
		}
		s.supplied = append(s.supplied, intake(data, true))
	}
	return others
}

// opensToList opens what stands in an envelope of its own.
func (s *subject) opensToList(inner credential.Inner) (list bool) {
	guarded(func() report.Findings {
		opened, findings := s.envelope.Inner(inner.Value, inner.Path)
		list = credential.IsList(opened)
		return findings
	})
	return list
}
