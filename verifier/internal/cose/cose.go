// Package cose takes a COSE_Sign1 message (RFC 9052 4.2) apart: bytes in, the
// headers, the payload and the signature out. It proves nothing and decides
// nothing about the headers.
package cose

import (
	"encoding/binary"
	"errors"

	"github.com/sealcheck/sealcheck/verifier/internal/cbor"
	"github.com/sealcheck/sealcheck/verifier/internal/limits"
)

// The header parameters that are read here (RFC 9052 3.1, RFC 9360, RFC 9596, RFC 9597).
const (
	Algorithm    = 1
	Critical     = 2
	ContentType  = 3
	KeyID        = 4
	HeaderClaims = 15 // RFC 9597
	Type         = 16
	Chain        = 33 // x5chain
	Thumbprint   = 34 // x5t
	ChainURL     = 35 // x5u
)

// What can be wrong with a message, beside what package cbor says.
var (
	ErrTag    = errors.New("cose: not tagged as COSE_Sign1")
	ErrForm   = errors.New("cose: not the four parts of COSE_Sign1")
	ErrHeader = errors.New("cose: a header too large")
	ErrLabel  = errors.New("cose: a label that is neither an integer nor a text")
)

// tag is that of COSE_Sign1 (RFC 9052 2).
const tag = 18

// Label is the name of a header parameter: an integer, or a text.
type Label struct {
	Number int64
	Text   string // "" for an integer
}

// Parameter is one parameter of a header.
type Parameter struct {
	Label Label
	// Value is one item of CBOR, well-formed.
	Value []byte
}

// Header are the parameters in the order of the message, no label twice.
type Header []Parameter

// Get reads the value of a parameter with an integer for a label.
func (h Header) Get(number int64) (*cbor.Reader, bool) { return h.Find(Label{Number: number}) }

// Find reads the value of a parameter.
func (h Header) Find(label Label) (*cbor.Reader, bool) {
	for i := range h {
		if h[i].Label == label {
			return cbor.NewReader(h[i].Value), true
		}
	}
	return nil, false
}

// Message is a COSE_Sign1 message.
type Message struct {
	Protected, Unprotected Header
	// Payload are the bytes that are signed; Detached says that the message
	// does not hold them.
	Payload   []byte
	Detached  bool
	Signature []byte

	protected []byte // as signed
}

// Tagged says whether a file begins like a tagged COSE_Sign1 message.
func Tagged(data []byte) bool { return len(data) > 2 && data[0] == 0xd2 && data[1] == fourParts }

// Is says whether a file begins like a COSE_Sign1 message, tagged or, as RFC
// 9052 2 also has it, not: an array of four that begins with a byte string.
func Is(data []byte) bool {
	return Tagged(data) || len(data) > 2 && data[0] == fourParts && data[1]>>5 == byte(cbor.Bytes)
}

const fourParts = 0x84 // an array of four

// Parse takes a message apart. The parts are parts of data, which must not
// change. Errors are those of this package and of package cbor.
func Parse(data []byte) (*Message, error) {
	r := cbor.NewReader(data)
	if r.Kind() == cbor.Tag && r.Tag() != tag {
		return nil, ErrTag
	}
	if r.Kind() != cbor.Array || r.Array() != 4 {
		return nil, ErrForm
	}
	m := &Message{protected: r.Bytes()}
	// RFC 9052 3: an empty header is written as no bytes, and older writers
	// have an empty map.
	if len(m.protected) > 0 {
		inner := cbor.NewReader(m.protected)
		if err := m.Protected.read(inner); err != nil {
			return nil, err
		}
		if err := inner.Close(); err != nil {
			return nil, err
		}
	}
	if err := m.Unprotected.read(r); err != nil {
		return nil, err
	}
	if r.Kind() == cbor.Simple {
		if item := r.Item(); len(item) != 1 || item[0] != nothing {
			return nil, ErrForm
		}
		m.Detached = true
	} else {
		m.Payload = r.Bytes()
	}
	m.Signature = r.Bytes()
	return m, r.Close()
}

const nothing = 0xf6 // null (RFC 8949 3.3)

// read reads a header from the reader that stands before it.
func (h *Header) read(r *cbor.Reader) error {
	read := 0
	seen := map[Label]bool{}
	for n := r.Map(); n > 0 && !r.Failed(); n-- {
		var label Label
		switch r.Kind() {
		case cbor.Number, cbor.Negative:
			label.Number = r.Integer()
		case cbor.Text:
			if label.Text = r.Text(); label.Text == "" && !r.Failed() {
				return ErrLabel
			}
		default:
			return ErrLabel
		}
		if seen[label] {
			return cbor.ErrTwice
		}
		seen[label] = true
		value := r.Item()
		if read += len(value) + len(label.Text); read > limits.HeaderBytes {
			return ErrHeader
		}
		*h = append(*h, Parameter{label, value})
	}
	return r.Err()
}

// SigningInput are the bytes that are signed: the Sig_structure (RFC 9052 4.4)
// without external data.
func (m *Message) SigningInput() []byte {
	// RFC 9052 3: an empty protected header counts as no bytes at all.
	protected := m.protected
	if len(m.Protected) == 0 {
		protected = nil
	}
	const context = "Signature1"
	input := make([]byte, 0, len(context)+len(protected)+len(m.Payload)+32)
	input = append(input, 0x84, 0x60|byte(len(context)))
	input = append(input, context...)
	input = appendBytes(input, protected)
	input = appendBytes(input, nil)
	return appendBytes(input, m.Payload)
}

// appendBytes writes a byte string.
func appendBytes(to, value []byte) []byte {
	const bytes = byte(cbor.Bytes) << 5
	switch n := uint64(len(value)); {
	case n < 24:
		to = append(to, bytes|byte(n))
	case n < 1<<8:
		to = append(to, bytes|24, byte(n))
	case n < 1<<16:
		to = binary.BigEndian.AppendUint16(append(to, bytes|25), uint16(n))
	case n < 1<<32:
		to = binary.BigEndian.AppendUint32(append(to, bytes|26), uint32(n))
	default:
		to = binary.BigEndian.AppendUint64(append(to, bytes|27), n)
	}
	return append(to, value...)
}
