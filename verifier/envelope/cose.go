package envelope

import (
	"bytes"
	"errors"

	"github.com/sealcheck/sealcheck/verifier/internal/cbor"
	"github.com/sealcheck/sealcheck/verifier/internal/cose"
	"github.com/sealcheck/sealcheck/verifier/internal/strictjson"
	"github.com/sealcheck/sealcheck/verifier/report"
)

// signedCBOR opens a COSE_Sign1 message: a status list token
// (draft-ietf-oauth-status-list 5.2), whose payload is CBOR, or a credential or
// presentation, whose payload is JSON (VC-JOSE-COSE 3.3). ok is false for
// everything else, also for a message of another use, or one that is written
// longer than it need be, which COSE allows: neither is read.
// Whether the header says what the payload is, package proof decides.
func (o *opener) signedCBOR(data []byte) (e Envelope, err error, ok bool) {
	// RFC 8949 3.4.6: a tag that only says that CBOR follows.
	data = bytes.TrimPrefix(data, []byte("\xd9\xd9\xf7"))
	if !cose.Is(data) {
		return Envelope{}, nil, false
	}
	m, err := cose.Parse(data)
	switch {
	case err != nil && cose.Tagged(data) && !errors.Is(err, cbor.ErrPreferred):
		return Envelope{}, report.NewProblem(report.EnvelopeCoseMalformed, err.Error()), true
	case err != nil:
		return Envelope{}, nil, false
	}
	e = Envelope{Form: COSESign1, Path: o.path, COSE: m, Depth: o.depth}
	json := beginsObject(m.Payload)
	switch {
	case m.IsStatusList():
		if e.Document, err = m.StatusList(); err != nil {
			return Envelope{}, report.NewProblem(report.EnvelopeCbor, err.Error()), true
		}
	case json:
		if e.Document, err = strictjson.Parse(bytes.TrimPrefix(m.Payload, []byte(mark))); err != nil {
			return Envelope{}, jsonProblem(err, "payload"), true
		}
	case !m.IsCredential():
		return Envelope{}, nil, false
	}
	return e, nil, true
}
