package proof

import (
	"maps"
	"slices"

	"github.com/sealcheck/sealcheck/verifier/envelope"
	"github.com/sealcheck/sealcheck/verifier/internal/linked"
	"github.com/sealcheck/sealcheck/verifier/internal/sdjwt"
	"github.com/sealcheck/sealcheck/verifier/report"
)

// Read reads every proof of an envelope, in order, without any cryptography:
// the embedded proofs of a JSON document, or the signatures of a JWS (an
// embedded proof inside a signed payload then counts for nothing).
// content says what the document is: a presentation admits another purpose
// and other media types than a credential, a status list token has one media
// type of its own.
//
// document is the JSON document without its proof, as linked data: the suites
// that sign its meaning read it from there, and several proofs share the work.
//
// Every proof is returned, also one that Verify cannot check: its Supported
// is false, and a finding says why. The findings are those of check `proof`.
func Read(e envelope.Envelope, content Content, document *linked.Document) ([]Proof, report.Findings) {
	var members []member
	switch {
	case e.Form == envelope.JSON:
		embedded, ending := embeddedProofs(e.Document)
		if ending != nil {
			return nil, report.Findings{*ending}
		}
		for i := range embedded {
			members = append(members, readEmbedded(e.Document, embedded[i], content == APresentation, document))
		}
	case e.SD != nil:
		for i := range e.JWS.Signatures {
			members = append(members, readDisclosing(e, i, content))
		}
	case e.JWS != nil && sdjwt.Hides(e.Document):
		// The token of an SD-JWT of which all else was cut off, as no library
		// makes it: what it has digests of may be its end (RFC 9901 4).
		return nil, report.Findings{report.NewFinding(report.ProofTypeWrong, "digests, and no tilde")}
	case e.JWS != nil:
		for i := range e.JWS.Signatures {
			members = append(members, readSignature(e.JWS, i, content))
		}
	case e.Form == envelope.XML && len(e.Seals) == 0:
		return nil, report.Findings{report.NewFinding(report.ProofNone, "")}
	case e.Form == envelope.XML:
		for i := range e.Seals {
			members = append(members, readXML(e.Seals, i))
		}
	case e.COSE != nil:
		members = append(members, readCOSE(e.COSE, content))
	}
	if len(members) == 0 {
		return nil, report.Findings{report.NewFinding(report.InternalUnexpected, "an envelope without document and signature")}
	}
	return gather(members)
}

// member is one proof of a set with what was found about it.
type member struct {
	proof    Proof
	findings report.Findings
	// unknown is what to say if nothing of the whole set can be checked; set
	// for a suite that is not known here.
	unknown *report.Finding
	// good is the code to say when nothing is wrong.
	good report.Code
}

func (m *member) add(code report.Code, detail string, pairs ...string) {
	m.findings.Add(code, detail, pairs...)
}

// gather puts a set together. One broken member makes the whole check fail; a
// member of an unknown suite is only remarked on where another can be checked
// (VC-DATA-INTEGRITY 2.1.1: the proofs of a set stand each for itself).
func gather(members []member) ([]Proof, report.Findings) {
	supported := false
	for i := range members {
		supported = supported || members[i].proof.Supported()
	}
	var proofs []Proof
	var findings report.Findings
	for i := range members {
		m := &members[i]
		proofs = append(proofs, m.proof)
		for _, finding := range m.findings {
			// What is wrong with the document keeps each of its proofs from
			// being checked, and is said once.
			if !slices.ContainsFunc(findings, func(f report.Finding) bool { return same(f, finding) }) {
				findings = append(findings, finding)
			}
		}
		switch {
		case m.unknown != nil && supported:
			findings.Add(report.ProofSetMemberUnknown, m.proof.Path, "suite", string(m.proof.Suite))
		case m.unknown != nil:
			findings = append(findings, *m.unknown)
		case m.proof.Supported():
			findings.Add(m.good, "", "suite", string(m.proof.Suite))
		}
	}
	return proofs, findings
}

func same(a, b report.Finding) bool {
	return a.Code == b.Code && a.Detail == b.Detail && maps.Equal(a.Facts, b.Facts)
}
