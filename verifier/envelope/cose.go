package envelope

import (
	"github.com/sealcheck/sealcheck/verifier/internal/cose"
	"github.com/sealcheck/sealcheck/verifier/report"
)

// signedCBOR opens a status list token in CBOR
// (draft-ietf-oauth-status-list 5.2). ok is false for everything else, which
// is not read: of COSE_Sign1 messages only those whose protected header says
// that they are such a token.
func (o *opener) signedCBOR(data []byte) (e Envelope, err error, ok bool) {
	if !cose.Is(data) {
		return Envelope{}, nil, false
	}
	m, err := cose.Parse(data)
	if err != nil || !m.IsStatusList() {
		return Envelope{}, nil, false
	}
	document, err := m.StatusList()
	if err != nil {
		return Envelope{}, report.NewProblem(report.EnvelopeCbor, err.Error()), true
	}
	return Envelope{Form: COSESign1, Path: o.path, Document: document, COSE: m, Depth: o.depth}, nil, true
}
