// Package iri says whether texts can be addresses: absolute URIs (RFC 3986), or
// IRIs (RFC 3987).
package iri

import (
	"strings"
)

// Absolute says whether a text is an absolute URI (RFC 3986 4.3), with
// characters outside ASCII let pass (RFC 3987): a scheme, a colon, something
// behind it, and no character that an address cannot hold.
func Absolute(text string) bool {
	scheme, rest, found := strings.Cut(text, ":")
	if !found || rest == "" || !isScheme(scheme) || !Plain(rest) {
		return false
	}
	if !strings.EqualFold(scheme, "http") && !strings.EqualFold(scheme, "https") {
		return true
	}
	if len(rest) < 3 || rest[:2] != "//" {
		return false
	}
	switch rest[2] {
	case '/', '?', '#', ':':
		return false
	}
	return true
}

func isScheme(scheme string) bool {
	for i := 0; i < len(scheme); i++ {
		c := scheme[i] | 0x20 // letters to lower case; digits, "+", "-", "." keep their meaning
		letter := c >= 'a' && c <= 'z'
		if !letter && (i == 0 || !(scheme[i] >= '0' && scheme[i] <= '9' || strings.IndexByte("+-.", scheme[i]) >= 0)) {
			return false
		}
	}
	return scheme != ""
}

// Plain says whether every character may stand in an IRI.
func Plain(text string) bool {
	for i := 0; i < len(text); i++ {
		if !special[text[i]] {
			continue
		}
		if text[i] != '%' || i+2 >= len(text) || !isHex(text[i+1]) || !isHex(text[i+2]) {
			return false
		}
	}
	return true
}

// special are the bytes that no IRI holds, and "%", which two digits must
// follow.
var special = func() (table [256]bool) {
	for c := range table {
		table[c] = c <= ' ' || c == 0x7f || strings.IndexByte("%\"<>\\^`{|}", byte(c)) >= 0
	}
	return table
}()

func isHex(c byte) bool {
	return c >= '0' && c <= '9' || c|0x20 >= 'a' && c|0x20 <= 'f'
}
