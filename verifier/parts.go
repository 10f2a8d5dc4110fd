package verifier

import (
	"crypto/sha256"
	"strings"

	"github.com/sealcheck/sealcheck/verifier/credential"
	"github.com/sealcheck/sealcheck/verifier/envelope"
	"github.com/sealcheck/sealcheck/verifier/internal/member"
	"github.com/sealcheck/sealcheck/verifier/internal/strictjson"
	"github.com/sealcheck/sealcheck/verifier/report"
)

// How the credentials of one file hang together. Each is verified by itself;
// nothing here makes any of them better.

// hold makes the subject for one credential that stands in this one.
func (s *subject) hold(inner credential.Inner) *subject {
	held := &subject{run: s.run, name: s.name, within: s, stands: inner, endorses: inner.About.Kind != 0}
	held.envelope = envelope.Envelope{Path: s.envelope.Path + inner.Path}
	if inner.Value.Kind() == strictjson.Absent {
		held.envelope.Path = inner.Path // XML stands in nothing but XML
	}
	// The same text is the same credential, and two of it are not more than one.
	text := inner.Value.Text()
	switch inner.Value.Kind() {
	case strictjson.String:
	case strictjson.Absent:
		text = inner.XML.Form()
	default:
		text = string(inner.Value.Append(nil))
	}
	sum := sha256.Sum256([]byte(text))
	held.twice = s.met[sum]
	if s.met == nil {
		s.run.met = map[[sha256.Size]byte]bool{}
	}
	s.met[sum] = true
	return held
}

// inside opens one credential that stands in this one.
func (s *subject) inside(inner credential.Inner) (envelope.Envelope, report.Findings) {
	if inner.Value.Kind() == strictjson.Absent {
		return s.envelope.InnerXML(inner.XML)
	}
	return s.envelope.Inner(inner.Value, inner.Path)
}

// belongs says what there is to say about where a credential stands.
func (s *subject) belongs() report.Findings {
	var findings report.Findings
	if s.twice {
		findings.Add(report.CredentialTwice, "")
	}
	if !s.endorses {
		return findings
	}
	kind, other := s.credential.Endorses(s.stands.About, s.within.credential.Named)
	findings.Add(endorsing[kind], "", "what", other)
	return findings
}

// endorsing are the codes for what an endorsement is about.
var endorsing = [...]report.Code{
	report.CredentialEndorsesOther, credential.ACredential: report.CredentialEndorsesCredential,
	credential.AnAchievement: report.CredentialEndorsesAchievement, credential.AnIssuer: report.CredentialEndorsesIssuer,
	credential.ALearner: report.CredentialEndorsesLearner, credential.ABody: report.CredentialEndorsesBody,
}

// presented compares who a signed presentation names as its holder with the
// subjects of a credential in it (VC-DATA-MODEL-2.0 4.13). The names are
// compared and nothing else: whether the holder did sign, the presentation's
// own entry says, and whether for the one who asks, nobody can say here.
func (s *subject) presented() report.Code {
	code := report.HolderPresented
	holder := s.within.named().ID
	for _, subject := range member.Entries(s.credential.Document, "", "credentialSubject") {
		switch id := subject.Value.At("id").Text(); {
		case id != "" && id == holder:
			return report.HolderIsSubject
		case strings.HasPrefix(id, "did:") && strings.HasPrefix(holder, "did:"):
			code = report.HolderOther
		}
	}
	return code
}

// place notes how an entry hangs together with the others.
func (s *subject) place(judged *report.Credential) {
	if s.within != nil {
		judged.Of, judged.Role = s.within.envelope.Path, report.RolePart
	}
	switch {
	case s.endorses:
		judged.Role = report.RoleEndorsement
	case s.credential == nil:
	case s.credential.Presentation():
		judged.Role = report.RolePresentation
		if !s.signs {
			judged.Role = report.RoleWrapper
		}
	case len(s.credential.Inner) > 0:
		judged.Role = report.RoleRecord
	}
}

// aside says whether the file's verdict and headline do without an entry. An
// endorsement is about a credential, and whoever wrote it, it takes nothing
// away from that (T37). A presentation claims nothing by itself: where it
// keeps the rules and hands over something else, nothing hangs on its being
// signed by nobody, or by a holder whom no list names, or for an occasion that
// is over; anybody could take it off. One that has claims of its own stands for
// them.
func (s *subject) aside(judged *report.Credential) {
	switch judged.Role {
	case report.RoleEndorsement:
		judged.Aside = true
	case report.RolePresentation, report.RoleWrapper:
		_, claims := member.Get(s.credential.Document, "credentialSubject")
		sound := judged.Headline >= report.Unlisted || judged.Headline == report.Expired ||
			judged.Headline == report.NotSigned && judged.Checks[0].Outcome.Lets() && judged.Checks[1].Outcome.Lets()
		s.apart = sound && !claims && len(s.inner) > 0
		judged.Aside = s.apart
	}
}
