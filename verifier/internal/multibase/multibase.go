// Package multibase decodes the texts in which keys and signatures are
// written: multibase (the two bases that CID 1.0 2.4 admits), strict
// base64url, and the unsigned varint that says what kind of key follows. Each
// value has exactly one spelling here; every other is an error.
package multibase

import (
	"encoding/base64"
	"errors"
)

// mostCharacters bounds a multibase text: base58 costs quadratic work, and
// the longest honest value, an RSA-8192 key, has about 1,500 characters.
const mostCharacters = 8 << 10

var (
	errEmpty  = errors.New("multibase: empty text")
	errPrefix = errors.New("multibase: a base other than base58btc (z) or base64url (u)")
	errBase64 = errors.New("multibase: not base64url without padding")
)

// Decode decodes a multibase text: "z" and base58btc, or "u" and base64url
// without padding. The text has at most 8193 characters.
func Decode(text string) ([]byte, error) {
	if text == "" {
		return nil, errEmpty
	}
	if len(text) > mostCharacters+1 {
		return nil, errLong
	}
	switch text[0] {
	case 'z':
		return DecodeBase58(text[1:])
	case 'u':
		return Base64URL(text[1:])
	default:
		return nil, errPrefix
	}
}

// strict also refuses bits that are set after the last byte: without it four
// texts would decode to the same single byte.
var strict = base64.RawURLEncoding.Strict()

// Base64URL decodes base64url as JOSE has it (RFC 7515 2): no padding, no
// white space, no line break, no bits left over. The empty text is no bytes.
func Base64URL(text string) ([]byte, error) {
	// The standard decoder skips line breaks, so that is looked at first.
	for i := 0; i < len(text); i++ {
		if text[i] == '\n' || text[i] == '\r' {
			return nil, errBase64
		}
	}
	data, err := strict.DecodeString(text)
	if err != nil {
		return nil, errBase64
	}
	return data, nil
}
