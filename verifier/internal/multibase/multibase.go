// Package multibase decodes the texts in which keys and signatures are
// written: multibase (the two bases that CID 1.0 2.4 admits), strict
// base64url, and the unsigned varint that says what kind of key follows. Each
// value has exactly one spelling here; every other is an error.
package multibase

import "errors"

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

// sextets are the values of the characters of base64url (RFC 4648 5), 0xff for
// any other.
var sextets = func() (table [256]byte) {
	for i := range table {
		table[i] = 0xff
	}
	for i, c := range []byte("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_") {
		table[c] = byte(i)
	}
	return table
}()

// Base64URL decodes base64url as JOSE has it (RFC 7515 2): no padding, no
// white space, no line break, no bits left over after the last byte, with which
// several texts would decode to the same. The empty text is no bytes. The
// standard decoder skips line breaks, and takes three times as long where it is
// compiled to WebAssembly.
func Base64URL(text string) ([]byte, error) {
	data := make([]byte, len(text)*3/4)
	to := data
	for len(text) >= 4 {
		a, b, c, d := sextets[text[0]], sextets[text[1]], sextets[text[2]], sextets[text[3]]
		if a|b|c|d > 63 {
			return nil, errBase64
		}
		to[2], to[1], to[0] = c<<6|d, b<<4|c>>2, a<<2|b>>4
		text, to = text[4:], to[3:]
	}
	switch len(text) {
	case 1:
		return nil, errBase64
	case 2:
		a, b := sextets[text[0]], sextets[text[1]]
		if a|b > 63 || b&15 != 0 {
			return nil, errBase64
		}
		to[0] = a<<2 | b>>4
	case 3:
		a, b, c := sextets[text[0]], sextets[text[1]], sextets[text[2]]
		if a|b|c > 63 || c&3 != 0 {
			return nil, errBase64
		}
		to[1], to[0] = b<<4|c>>2, a<<2|b>>4
	}
	return data, nil
}
