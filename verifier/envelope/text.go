package envelope

import (
	"bytes"
	"errors"
	"unicode"

	"github.com/sealcheck/sealcheck/verifier/internal/jws"
	"github.com/sealcheck/sealcheck/verifier/internal/limits"
	"github.com/sealcheck/sealcheck/verifier/internal/multibase"
	"github.com/sealcheck/sealcheck/verifier/internal/pngchunk"
	"github.com/sealcheck/sealcheck/verifier/internal/sdjwt"
	"github.com/sealcheck/sealcheck/verifier/internal/sniff"
	"github.com/sealcheck/sealcheck/verifier/internal/strictjson"
	"github.com/sealcheck/sealcheck/verifier/report"
)

const (
	mark      = "\uFEFF"  // the byte order mark
	jsonSpace = " \t\r\n" // RFC 8259 2
	quotes    = "\"'`"    // what mail programs, shells and chats put around a token
	mostPeels = 3         // how many layers of quotes are taken off
)

// file opens the bytes of a file: it looks for the formats that are no text
// first.
func (o *opener) file(data []byte) (Envelope, error) {
	if e, err, ok := o.signedCBOR(data); ok {
		return e, err
	}
	if e, err, ok := o.picture(data); ok {
		return e, err
	}
	if address := sniff.Shortcut(data); address != "" {
		return o.text([]byte(address))
	}
	if problem := sniff.Binary(data); problem != nil {
		return Envelope{}, problem
	}
	return o.text(data)
}

// text opens a text: a file that is no binary format, or a string inside
// another document.
func (o *opener) text(data []byte) (Envelope, error) {
	whole := data
	data = o.peel(data)
	if len(data) == 0 {
		return Envelope{}, report.NewProblem(report.EnvelopeEmpty, "")
	}
	switch {
	case bytes.HasPrefix(data, []byte(`{\rtf`)):
		return Envelope{}, report.NewProblem(report.EnvelopeOffice, "RTF")
	case data[0] == '{':
		value, err := strictjson.Parse(data)
		if err != nil {
			return Envelope{}, jsonProblem(err, "file")
		}
		return o.object(value)
	case isDataAddress(data):
		return o.dataAddress(data)
	case startsToken(data):
		return o.token(data)
	}
	if e, err, ok := o.packed(whole, data); ok {
		return e, err
	}
	// JSON that is no object: a list is not searched, since which of its
	// members is meant would be a guess.
	if value, err := strictjson.Parse(data); err == nil {
		return Envelope{}, unknown(value)
	} else if beginsList(data) {
		return Envelope{}, jsonProblem(err, "file")
	}
	// Programs that show a picture or a binary message as text write it in
	// base64 or in hexadecimal digits.
	if plain := sniff.Decoded(data); pngchunk.Is(plain) {
		return o.png(plain)
	} else if e, err, ok := o.signedCBOR(plain); ok {
		return e, err
	}
	if e, err, ok := o.link(data); ok {
		return e, err
	}
	return Envelope{}, sniff.Text(data)
}

// peel takes away what stands around a text: white space, byte order marks,
// quotes. A JSON string is replaced by its value. JSON's own white space is
// no news; the rest is noted.
func (o *opener) peel(data []byte) []byte {
	for range mostPeels {
		data = o.trim(data)
		if len(data) < 2 || data[0] != data[len(data)-1] || bytes.IndexByte([]byte(quotes), data[0]) < 0 {
			return data
		}
		o.note(report.EnvelopeWhitespace)
		if value, err := strictjson.Parse(data); err == nil {
			data = []byte(value.Text())
		} else {
			data = data[1 : len(data)-1]
		}
	}
	return o.trim(data)
}

func (o *opener) trim(data []byte) []byte {
	data = bytes.Trim(data, jsonSpace)
	trimmed := bytes.TrimFunc(data, blank)
	if len(trimmed) < len(data) {
		o.note(report.EnvelopeWhitespace)
	}
	return trimmed
}

// blank is what a person cannot see at the edge of a text. NUL is not among
// them: it belongs to no text.
func blank(r rune) bool {
	switch r {
	case '\uFEFF', '\u200B', '\u200C', '\u200D', '\u2060', '\u200E', '\u200F':
		return true
	}
	return unicode.IsSpace(r)
}

// startsToken says whether a text begins like a compact JWS or JWE: a part of
// base64url in which a JSON object stands.
func startsToken(data []byte) bool {
	// base64url of `{"`, as nearly every header begins
	if bytes.HasPrefix(data, []byte("eyJ")) {
		return true
	}
	end := bytes.IndexByte(data, '.')
	if end < 0 || end > limits.HeaderBytes {
		return false
	}
	header, err := multibase.Base64URL(string(sniff.WithoutSpace(data[:end])))
	if err != nil {
		return false
	}
	// A payload that begins so: a JWS with a header that no reader should take.
	if bytes.HasPrefix(data[end:], []byte(".eyJ")) && bytes.Count(data, []byte{'.'}) == 2 {
		return true
	}
	if !beginsObject(header) {
		return false
	}
	// A header that breaks a rule is still one, and jws says which; a text
	// that is no JSON at all only looked like one.
	var broken *strictjson.Error
	_, err = strictjson.Parse(header)
	return !errors.As(err, &broken) || broken.Reason > strictjson.Truncated
}

// token opens a compact JWS or SD-JWT and says what it is where it is another token.
func (o *opener) token(data []byte) (Envelope, error) {
	// RFC 9901 4: disclosures follow the JWS, each after a tilde.
	if sdjwt.Separated(data) {
		return o.shown(data)
	}
	m, err := jws.Parse(data)
	if err == nil {
		return o.message(m)
	}
	// RFC 7516 7.1: a compact JWE has five parts.
	if bytes.Count(data, []byte{'.'}) == 4 {
		return Envelope{}, report.NewProblem(report.EnvelopeJwe, "")
	}
	cleaned := sniff.WithoutSpace(data)
	if len(cleaned) == len(data) {
		return Envelope{}, err
	}
	m, cleanedErr := jws.Parse(cleaned)
	if cleanedErr != nil {
		return Envelope{}, cleanedErr
	}
	// Where the payload is not encoded, white space may belong to it.
	if m.Signatures[0].Unencoded {
		return Envelope{}, err
	}
	o.note(report.EnvelopeWhitespace)
	return o.message(m)
}

// beginsList says whether a text begins like a JSON array of objects, strings
// or arrays.
func beginsList(data []byte) bool {
	if len(data) == 0 || data[0] != '[' {
		return false
	}
	rest := bytes.TrimLeft(data[1:], jsonSpace)
	return len(rest) > 0 && bytes.IndexByte([]byte(`{["`), rest[0]) >= 0
}
