package markup

import (
	"bytes"
	"strconv"
	"strings"
	"unicode/utf8"
)

// Append appends what a piece of text stands for: with characters in the place
// of references and one kind of line ends, or as it is where it stood in a CDATA
// section. The scanner has found it well-formed.
func Append(into, raw []byte, literal bool) []byte {
	if literal {
		return appendLines(into, raw)
	}
	into, _ = expand(into, raw, appendLines)
	return into
}

// expand puts characters in the place of references and appends the text to
// into; plain appends what is no reference. Any word that is not of XML itself
// would have to be defined somewhere, and is refused: why is then not "".
func expand(into, raw []byte, plain func(into, text []byte) []byte) (text []byte, why string) {
	for {
		at := bytes.IndexByte(raw, '&')
		if at < 0 {
			return plain(into, raw), ""
		}
		into = plain(into, raw[:at])
		const longest = len("&#x0010FFFF;")
		end := bytes.IndexByte(raw[at:min(len(raw), at+longest)], ';')
		if end < 0 {
			return nil, "a reference"
		}
		text, ok := character(string(raw[at+1 : at+end]))
		if !ok {
			return nil, "a reference to a definition"
		}
		raw = raw[at+end+1:]
		into = append(into, text...)
	}
}

// nothing keeps no text: what is only looked over.
func nothing(into, _ []byte) []byte { return into }

// character is what a reference stands for: a number, or one of the words that
// every XML knows (XML 1.0 4.1, 4.6).
func character(name string) (string, bool) {
	switch name {
	case "lt":
		return "<", true
	case "gt":
		return ">", true
	case "amp":
		return "&", true
	case "apos":
		return "'", true
	case "quot":
		return `"`, true
	}
	digits, numbered := strings.CutPrefix(name, "#")
	if !numbered {
		return "", false
	}
	base := 10
	if hex, ok := strings.CutPrefix(digits, "x"); ok {
		digits, base = hex, 16
	}
	n, err := strconv.ParseUint(digits, base, 32)
	if err != nil || n > utf8.MaxRune || !utf8.ValidRune(rune(n)) || n == 0xfffe || n == 0xffff ||
		n < ' ' && n != '\t' && n != '\n' && n != '\r' {
		return "", false
	}
	return string(rune(n)), true
}

// appendLines appends a text with one kind of line ends (XML 1.0 2.11).
func appendLines(into, text []byte) []byte {
	for {
		at := bytes.IndexByte(text, '\r')
		if at < 0 {
			return append(into, text...)
		}
		into = append(append(into, text[:at]...), '\n')
		text = bytes.TrimPrefix(text[at+1:], []byte{'\n'})
	}
}

// appendSpaces appends the value of an attribute, in which every white space is
// a space (XML 1.0 3.3.3).
func appendSpaces(into, text []byte) []byte {
	start := len(into)
	into = appendLines(into, text)
	for i := start; i < len(into); i++ {
		if into[i] == '\n' || into[i] == '\t' {
			into[i] = ' '
		}
	}
	return into
}
