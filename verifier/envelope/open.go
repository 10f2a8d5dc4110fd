package envelope

import (
	"bytes"
	"strconv"

	"github.com/sealcheck/sealcheck/verifier/internal/cborld"
	"github.com/sealcheck/sealcheck/verifier/internal/contexts"
	"github.com/sealcheck/sealcheck/verifier/internal/jws"
	"github.com/sealcheck/sealcheck/verifier/internal/limits"
	"github.com/sealcheck/sealcheck/verifier/internal/sdjwt"
	"github.com/sealcheck/sealcheck/verifier/internal/strictjson"
	"github.com/sealcheck/sealcheck/verifier/report"
)

// Open finds out what a file is, by its bytes alone, and takes the wrapping
// off. Names and content types are never relied on. What cannot be read gives
// the zero Envelope and a finding that says what it seems to be.
func Open(data []byte) (Envelope, report.Findings) { return OpenWith(data, contexts.Documents) }

// OpenWith is Open with contexts of somebody's own, with which a packed code can
// be unpacked: source gives the documents of every known edition of one.
func OpenWith(data []byte, source cborld.Source) (Envelope, report.Findings) {
	o := opener{source: source}
	if len(data) > limits.FileBytes {
		return o.finish(Envelope{}, report.NewProblem(report.EnvelopeTooLarge, "", "size", strconv.Itoa(len(data))))
	}
	return o.finish(o.file(data))
}

// Inner opens what a presentation holds: an object, or a string in which a
// JWS or a data: address stands. Path is the JSON pointer of value.
func (e Envelope) Inner(value strictjson.Value, path string) (Envelope, report.Findings) {
	o := opener{path: path, depth: e.Depth + 1, source: contexts.Documents}
	if o.depth > limits.EnvelopeDepth {
		return o.finish(Envelope{}, report.NewProblem(report.EnvelopeTooDeep, ""))
	}
	switch value.Kind() {
	case strictjson.Object:
		inner, findings := o.finish(o.object(value))
		inner.Packed = e.Packed && inner.Form == JSON
		return inner, findings
	case strictjson.String:
		return o.finish(o.text([]byte(value.Text())))
	default:
		return o.finish(Envelope{}, unknown(value))
	}
}

// opener opens one envelope and collects what there is to say on the way.
type opener struct {
	path   string
	depth  int
	source cborld.Source
	// around is what the envelope was found in, notes what else there is to say.
	around, notes report.Findings
}

func (o *opener) finish(e Envelope, err error) (Envelope, report.Findings) {
	if err != nil {
		return Envelope{}, append(o.around, report.FindingOf(err))
	}
	code := formCodes[e.Form]
	if len(e.Parts) > 0 && e.Parts[0].number > 0 {
		code = report.EnvelopeXmlParts
	}
	if e.Form == Address && !o.pictured() {
		code = report.EnvelopeBadgeAddress
	}
	return e, append(append(o.around, report.NewFinding(code, "")), o.notes...)
}

// formCodes say what was opened.
var formCodes = map[Form]report.Code{
	JSON: report.EnvelopeJson, CompactJWS: report.EnvelopeJwsCompact, JSONJWS: report.EnvelopeJwsJson,
	COSESign1: report.EnvelopeCose, SDJWT: report.EnvelopeSdCompact, JSONSDJWT: report.EnvelopeSdJson,
	XML: report.EnvelopeXmlCredential, Address: report.EnvelopeBakedAddress,
}

// note adds a finding that does not stop anything, once.
func (o *opener) note(code report.Code) {
	if !o.notes.Has(code) {
		o.notes.Add(code, "")
	}
}

// object opens a JSON object: a JWS in JSON, one of the known wrappers around
// a JWS, or a document that carries its own proof.
func (o *opener) object(value strictjson.Value) (Envelope, error) {
	if isJWS(value) {
		return o.signedJSON(value)
	}
	if isJWE(value) {
		return Envelope{}, report.NewProblem(report.EnvelopeJwe, "")
	}
	if isEnveloped(value) {
		return o.enveloped(value)
	}
	if token, ok := wrapped(value); ok {
		o.note(report.EnvelopeJwtMember)
		return o.token([]byte(token))
	}
	if isKey(value) {
		return Envelope{}, report.NewProblem(report.EnvelopeKey, "")
	}
	return Envelope{Form: JSON, Path: o.path, Document: value, Depth: o.depth}, nil
}

func (o *opener) signedJSON(value strictjson.Value) (Envelope, error) {
	m, err := jws.ParseJSON(value)
	if err != nil {
		return Envelope{}, err
	}
	if sdjwt.InJSON(value, m) {
		return o.shownJSON(value, m)
	}
	return o.message(m)
}

// message makes an Envelope of a JWS that was taken apart.
func (o *opener) message(m *jws.Message) (Envelope, error) {
	e := Envelope{Form: CompactJWS, Path: o.path, JWS: m, Depth: o.depth}
	if m.Form != jws.Compact {
		e.Form = JSONJWS
	}
	// A payload that does not even begin like an object is somebody else's
	// JWS and no broken credential. One that does is read strictly.
	if !beginsObject(m.Content) {
		return e, nil
	}
	content := bytes.TrimPrefix(m.Content, []byte(mark))
	if len(content) < len(m.Content) {
		o.note(report.EnvelopeWhitespace)
	}
	document, err := strictjson.Parse(content)
	if err != nil {
		return Envelope{}, jsonProblem(err, "payload")
	}
	e.Document = document
	return e, nil
}
