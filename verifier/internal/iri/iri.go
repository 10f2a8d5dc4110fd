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
	if web := strings.ToLower(scheme); web == "http" || web == "https" {
		host := strings.TrimPrefix(rest, "//")
		return host != rest && host != "" && !strings.ContainsRune("/?#:", rune(host[0]))
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
		switch c := text[i]; {
		case c <= ' ' || c == 0x7f || strings.IndexByte("\"<>\\^`{|}", c) >= 0:
			return false
		case c == '%' && (i+2 >= len(text) || !isHex(text[i+1]) || !isHex(text[i+2])):
			return false
		}
	}
	return true
}

func isHex(c byte) bool {
	return c >= '0' && c <= '9' || c|0x20 >= 'a' && c|0x20 <= 'f'
}
