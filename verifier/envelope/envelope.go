// Package envelope finds out what a file is and takes the wrapping off: bytes
// in, one Envelope out for the file, from which inner ones can be opened. It
// proves nothing.
package envelope

import (
	"github.com/sealcheck/sealcheck/verifier/internal/jws"
	"github.com/sealcheck/sealcheck/verifier/internal/strictjson"
)

// Form is how a credential is wrapped.
type Form string

const (
	JSON       Form = "json"        // a JSON object; its proof, if any, is embedded
	CompactJWS Form = "jws-compact" // header.payload.signature
	JSONJWS    Form = "jws-json"    // JWS JSON serialisation, general or flattened
)

// Envelope is one wrapped document.
type Envelope struct {
	Form Form
	// Path is where the envelope stands in the file: "" for the file itself,
	// else a JSON pointer, e.g. "/verifiableCredential/0".
	Path string
	// Document is the JSON object inside: the file's own object, or the
	// payload of the JWS. Absent where a payload is not a JSON object.
	Document strictjson.Value
	// JWS is the signed message, nil for Form JSON.
	JWS *jws.Message
	// Depth is how many envelopes this one lies in.
	Depth int
}
