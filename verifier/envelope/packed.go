package envelope

import (
	"bytes"

	"github.com/sealcheck/sealcheck/verifier/internal/cborld"
	"github.com/sealcheck/sealcheck/verifier/internal/limits"
	"github.com/sealcheck/sealcheck/verifier/internal/strictjson"
	"github.com/sealcheck/sealcheck/verifier/report"
)

// packed opens the text of a code in which a credential is packed: "VP1-" and
// CBOR-LD. ok is false for every other text. A space may be the last digit of
// the text, so that it is read with what was peeled off first.
func (o *opener) packed(whole, peeled []byte) (e Envelope, err error, ok bool) {
	data, known := cborld.Text(string(bytes.TrimRight(whole, "\r\n")))
	if data == nil {
		data, known = cborld.Text(string(peeled))
	} else {
		o.notes = nil
	}
	switch {
	case !known:
		return Envelope{}, nil, false
	case data == nil:
		return Envelope{}, report.NewProblem(report.EnvelopeVpDamaged, "not all of its characters are digits"), true
	case o.depth >= limits.EnvelopeDepth:
		return Envelope{}, report.NewProblem(report.EnvelopeTooDeep, ""), true
	}
	o.depth++
	unpacked, err := cborld.Unpack(data, o.source)
	if err != nil {
		return Envelope{}, err, true
	}
	o.around.Add(report.EnvelopeVpUnpacked, "")
	document := unpacked.Readings[0]
	if document.Kind() != strictjson.Object {
		return Envelope{}, unknown(document), true
	}
	e, err = o.object(document)
	// A token in it stands there as it was signed.
	if e.Form == JSON && !unpacked.Exact {
		e.Packed, e.Readings = true, unpacked.Readings[1:]
	}
	return e, err, true
}
