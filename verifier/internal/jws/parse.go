package jws

import (
	"bytes"
	"strconv"

	"github.com/sealcheck/sealcheck/verifier/internal/limits"
	"github.com/sealcheck/sealcheck/verifier/internal/multibase"
	"github.com/sealcheck/sealcheck/verifier/internal/strictjson"
	"github.com/sealcheck/sealcheck/verifier/report"
)

// Parse takes a compact serialisation apart (RFC 7515 7.1): exactly three
// parts, nothing around them. The signature may be empty and the payload too;
// package proof decides about that. Errors are *report.Problem.
func Parse(data []byte) (*Message, error) {
	// Dots are counted before anything is cut: a file of nothing but dots
	// must not become a million strings (T13).
	if dots := bytes.Count(data, []byte{'.'}); dots != 2 {
		return nil, malformed(strconv.Itoa(dots+1) + " parts instead of 3")
	}
	first := bytes.IndexByte(data, '.')
	last := bytes.LastIndexByte(data, '.')
	signature := Signature{}
	if err := signature.setProtected(string(data[:first])); err != nil {
		return nil, err
	}
	if err := signature.setValue(string(data[last+1:])); err != nil {
		return nil, err
	}
	m := &Message{Form: Compact, Payload: string(data[first+1 : last]), Signatures: []Signature{signature}}
	// RFC 7797 5.2: a payload that is written as it is between two full stops
	// has only printable ASCII characters besides the full stop.
	if signature.Unencoded {
		for i := 0; i < len(m.Payload); i++ {
			if c := m.Payload[i]; c < ' ' || c >= 0x7f {
				return nil, report.NewProblem(report.EnvelopeJwsPayload, "an unencoded compact payload may hold printable ASCII only")
			}
		}
	}
	return m, m.readContent()
}

// ParseJSON takes a JSON serialisation apart, general or flattened (RFC 7515
// 7.2). A missing payload is a detached one and reads as empty. Errors are
// *report.Problem.
func ParseJSON(value strictjson.Value) (*Message, error) {
	if value.Kind() != strictjson.Object {
		return nil, malformed("not an object")
	}
	m := &Message{}
	if payload, ok := value.Get("payload"); ok {
		if payload.Kind() != strictjson.String {
			return nil, malformed("payload is not a string")
		}
		m.Payload = payload.Text()
	}
	entries, general := value.Get("signatures")
	if !general {
		m.Form = Flattened
		signature, err := readSignature(value, "")
		if err != nil {
			return nil, err
		}
		m.Signatures = []Signature{signature}
		return m, m.readContent()
	}

	m.Form = General
	// RFC 7515 7.2.2: one message is written in one of the two forms. With
	// both, two readers could look at two different signatures.
	for _, name := range [...]string{"signature", "protected", "header"} {
		if _, both := value.Get(name); both {
			return nil, malformed("both signatures and " + name)
		}
	}
	if entries.Kind() != strictjson.Array {
		return nil, malformed("signatures is not an array")
	}
	switch n := len(entries.Items()); {
	case n == 0:
		return nil, report.NewProblem(report.EnvelopeNoSignatures, "")
	case n > limits.Proofs:
		return nil, report.NewProblem(report.EnvelopeTooManySignatures, "", "count", strconv.Itoa(n))
	}
	for i, entry := range entries.Items() {
		signature, err := readSignature(entry, "/signatures/"+strconv.Itoa(i))
		if err != nil {
			return nil, err
		}
		m.Signatures = append(m.Signatures, signature)
	}
	return m, m.readContent()
}

// readSignature reads the members protected, header and signature of an
// object at a path. That no name stands in both headers (RFC 7515 7.2.1) is
// a rule about what headers say, and package proof's.
func readSignature(value strictjson.Value, path string) (Signature, error) {
	s := Signature{}
	if value.Kind() != strictjson.Object {
		return s, malformed(path + " is not an object")
	}
	protected, hasProtected := value.Get("protected")
	if hasProtected {
		// RFC 7515 7.2.1: an empty protected header is left out, not written.
		if protected.Kind() != strictjson.String || protected.Text() == "" {
			return s, badHeader(path+"/protected is not a string with something in it", "protected")
		}
		if err := s.setProtected(protected.Text()); err != nil {
			return s, err
		}
	}
	header, hasHeader := value.Get("header")
	if hasHeader {
		if header.Kind() != strictjson.Object {
			return s, badHeader(path+"/header is not an object", "header")
		}
		s.Unprotected = header
	}
	if !hasProtected && !hasHeader {
		return s, badHeader(path+" has neither protected nor header", "protected")
	}
	signature, ok := value.Get("signature")
	if !ok || signature.Kind() != strictjson.String {
		return s, malformed(path + "/signature is not a string")
	}
	return s, s.setValue(signature.Text())
}

// setProtected decodes a protected header.
func (s *Signature) setProtected(text string) error {
	if len(text) > limits.HeaderBytes {
		return badHeader("longer than "+strconv.Itoa(limits.HeaderBytes)+" characters", "protected")
	}
	data, err := multibase.Base64URL(text)
	if err != nil {
		return badBase64("header")
	}
	header, err := strictjson.Parse(data)
	if err != nil {
		return badHeader(err.Error(), "protected")
	}
	if header.Kind() != strictjson.Object {
		return badHeader("not a JSON object", "protected")
	}
	s.Protected, s.Header = text, header
	// RFC 7797 3: only a protected b64 counts, and only false changes
	// anything. Whether it may be there, and is true or false, is for proof.
	b64 := header.At("b64")
	s.Unencoded = b64.Kind() == strictjson.Bool && !b64.Truth()
	return nil
}

func (s *Signature) setValue(text string) (err error) {
	if s.Value, err = multibase.Base64URL(text); err != nil {
		return badBase64("signature")
	}
	return nil
}

// readContent decodes the payload as the protected headers say.
func (m *Message) readContent() error {
	// RFC 7797 3: all signatures of a message agree on b64, or the same text
	// would be two payloads.
	for i := range m.Signatures {
		if m.Signatures[i].Unencoded != m.Signatures[0].Unencoded {
			return report.NewProblem(report.EnvelopeJwsPayload, "the signatures disagree on b64")
		}
	}
	if m.Signatures[0].Unencoded {
		m.Content = []byte(m.Payload)
		return nil
	}
	content, err := multibase.Base64URL(m.Payload)
	if err != nil {
		return badBase64("payload")
	}
	m.Content = content
	return nil
}

func malformed(detail string) error {
	return report.NewProblem(report.EnvelopeJwsMalformed, detail)
}

func badHeader(detail, what string) error {
	return report.NewProblem(report.EnvelopeJwsHeader, detail, "what", what)
}

func badBase64(what string) error {
	return report.NewProblem(report.EnvelopeJwsBase64, "", "what", what)
}
