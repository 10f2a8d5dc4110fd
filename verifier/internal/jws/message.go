// Package jws takes the three serialisations of a JSON Web Signature apart,
// strictly (RFC 7515 7), without verifying anything. It knows no algorithm.
package jws

import "github.com/sealcheck/sealcheck/verifier/internal/strictjson"

// Form is how the JWS was written down.
type Form uint8

const (
	Compact Form = iota + 1
	General
	Flattened
)

// Message is a JWS taken apart.
type Message struct {
	Form Form
	// Payload is the payload's text as it stands in the message: base64url,
	// or, where a header says b64:false, the payload itself. In a JSON
	// serialisation it is the value of the JSON string.
	Payload string
	// Content is the payload's bytes: Payload decoded, or Payload itself
	// where every signature says b64:false (RFC 7797 3).
	Content    []byte
	Signatures []Signature
}

// Signature is one signature of a Message.
type Signature struct {
	Protected   string           // the protected header as written, base64url
	Header      strictjson.Value // the protected header, an Object; Absent where there is none
	Unprotected strictjson.Value // the unprotected header, an Object, or Absent
	Value       []byte           // the signature's bytes
	Unencoded   bool             // the protected header says b64:false
}

// SigningInput is the bytes that were signed: protected header, a full stop,
// payload (RFC 7515 5.1; RFC 7797 3).
func (m *Message) SigningInput(s *Signature) []byte {
	input := make([]byte, 0, len(s.Protected)+1+len(m.Payload))
	input = append(input, s.Protected...)
	input = append(input, '.')
	return append(input, m.Payload...)
}
