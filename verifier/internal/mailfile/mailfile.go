// Package mailfile takes an e-mail message apart (RFC 5322, 2045 to 2047, 2231):
// what is attached to it, and what is attached to messages in it.
package mailfile

import (
	"bytes"
	"encoding/base64"
	"errors"
	"strings"
	"unicode/utf8"

	"github.com/sealcheck/sealcheck/verifier/internal/limits"
)

var (
	// ErrDamaged: what is attached is not encoded as the message says.
	ErrDamaged = errors.New("mailfile: damaged")
	// ErrTooMany: the message has more parts than may be, or they nest deeper.
	ErrTooMany = errors.New("mailfile: too many parts")
)

// Part is one part of a message that holds no others.
type Part struct {
	Name string // "" where it bears none
	Type string // media type, lower case
	// Body says that it is what the writer wrote, and not attached.
	Body bool

	encoding string
	data     []byte
}

// Parts takes a message apart. The error is ErrTooMany.
func Parts(message []byte) ([]Part, error) {
	m := &mail{left: limits.MailParts}
	err := m.entity(message, 0)
	return m.parts, err
}

type mail struct {
	parts []Part
	left  int
}

// entity reads header and body of a message or of one of its parts.
func (m *mail) entity(data []byte, depth int) error {
	if m.left--; m.left < 0 || depth > limits.MailDepth {
		return ErrTooMany
	}
	header, body := cut(data)
	mediaType, parameters := split(string(header["content-type"]))
	if mediaType == "" {
		mediaType = "text/plain" // RFC 2045 5.2
	}
	encoding := strings.ToLower(string(bytes.TrimSpace(header["content-transfer-encoding"])))
	if strings.HasPrefix(mediaType, "multipart/") {
		if boundary := parameter(parameters, "boundary"); boundary != "" {
			for _, part := range divided(body, boundary, m.left) {
				if err := m.entity(part, depth+1); err != nil {
					return err
				}
			}
			return nil
		}
	}
	disposition, more := split(string(header["content-disposition"]))
	part := Part{Name: parameter(more, "filename"), Type: mediaType, encoding: encoding, data: body}
	if part.Name == "" {
		part.Name = parameter(parameters, "name")
	}
	if mediaType == "message/rfc822" {
		if inner, err := part.Bytes(); err == nil {
			return m.entity(inner, depth+1)
		}
	}
	part.Body = part.Name == "" && disposition != "attachment" && strings.HasPrefix(mediaType, "text/")
	m.parts = append(m.parts, part)
	return nil
}

// cut takes the header off: the fields about the content by lower-case name,
// the first of each (RFC 5322 2.2), and what follows the empty line.
func cut(data []byte) (map[string][]byte, []byte) {
	header := map[string][]byte{}
	name, value := "", []byte(nil) // of the field that may go on in the next line
	keep := func() {
		if _, there := header[name]; !there && name != "" && len(value) <= limits.HeaderBytes {
			header[name] = value
		}
	}
	for len(data) > 0 {
		line, rest, _ := bytes.Cut(data, []byte{'\n'})
		data = rest
		line = bytes.TrimSuffix(line, []byte{'\r'})
		if len(line) == 0 {
			break
		}
		if line[0] == ' ' || line[0] == '\t' { // goes on with the line before
			if name != "" && len(value) <= limits.HeaderBytes {
				value = append(append(value, ' '), bytes.TrimSpace(line)...)
			}
			continue
		}
		keep()
		field, after, _ := bytes.Cut(line, []byte{':'})
		name, value = "", nil
		for _, known := range [...]string{"content-type", "content-transfer-encoding", "content-disposition"} {
			if len(field) > 11 && len(field) < 100 && strings.EqualFold(string(bytes.TrimSpace(field)), known) {
				name, value = known, bytes.Clone(bytes.TrimSpace(after))
			}
		}
	}
	keep()
	return header, data
}

// divided are the parts between lines that begin with the boundary (RFC 2046
// 5.1.1), no more than so many.
func divided(body []byte, boundary string, most int) [][]byte {
	mark := []byte("--" + boundary)
	var parts [][]byte
	start, at := -1, 0
	for at < len(body) && len(parts) <= most {
		end := bytes.IndexByte(body[at:], '\n') + 1
		if end == 0 {
			end = len(body) - at
		}
		line := body[at : at+end]
		if bytes.HasPrefix(line, mark) {
			after := bytes.TrimRight(line[len(mark):], " \t\r\n")
			if len(after) == 0 || string(after) == "--" {
				if start >= 0 {
					parts = append(parts, unbroken(body[start:at]))
				}
				if start = at + end; len(after) > 0 {
					return parts
				}
			}
		}
		at += end
	}
	if start >= 0 && start <= len(body) {
		parts = append(parts, body[start:]) // its end is missing
	}
	return parts
}

// unbroken leaves out the line break before a boundary, which belongs to it.
func unbroken(data []byte) []byte {
	return bytes.TrimSuffix(bytes.TrimSuffix(data, []byte{'\n'}), []byte{'\r'})
}

// split takes a field's value apart: the value in lower case, and its
// parameters as name, value, name, value (RFC 2045 5.1).
func split(field string) (string, []string) {
	value, rest, _ := strings.Cut(field, ";")
	var parameters []string
	for rest = strings.TrimSpace(rest); rest != "" && len(parameters) < 200; {
		name, after, found := strings.Cut(rest, "=")
		if !found {
			break
		}
		after = strings.TrimSpace(after)
		content := ""
		if strings.HasPrefix(after, `"`) {
			content, after = quoted(after[1:])
			_, after, _ = strings.Cut(after, ";")
		} else {
			content, after, _ = strings.Cut(after, ";")
		}
		name = strings.ToLower(strings.Trim(name, "; \t"))
		parameters = append(parameters, name, strings.TrimSpace(content))
		rest = strings.TrimSpace(after)
	}
	return strings.ToLower(strings.TrimSpace(value)), parameters
}

// quoted reads up to the closing quotation mark.
func quoted(text string) (string, string) {
	var plain strings.Builder
	for i := 0; i < len(text); i++ {
		switch c := text[i]; {
		case c == '"':
			return plain.String(), text[i+1:]
		case c == '\\' && i+1 < len(text):
			i++
			plain.WriteByte(text[i])
		default:
			plain.WriteByte(c)
		}
	}
	return plain.String(), ""
}

// parameter finds one by its name, also in pieces (name*0, name*1) and with its
// characters encoded (name*, name*0*), as RFC 2231 has them, or as RFC 2047
// has words of a text.
func parameter(parameters []string, name string) string {
	find := func(name string) (string, bool) {
		for i := 0; i+1 < len(parameters); i += 2 {
			if parameters[i] == name {
				return parameters[i+1], true
			}
		}
		return "", false
	}
	if value, ok := find(name + "*"); ok {
		return charset(value)
	}
	if value, ok := find(name); ok {
		return decoded(value)
	}
	whole, encoded := "", false
	for i := range 100 {
		piece := name + "*" + string(rune('0'+i%10))
		if i > 9 {
			piece = name + "*" + string(rune('0'+i/10)) + string(rune('0'+i%10))
		}
		if value, ok := find(piece + "*"); ok {
			encoded = encoded || i == 0
			whole += value
		} else if value, ok := find(piece); ok {
			whole += value
		} else {
			break
		}
	}
	if encoded {
		return charset(whole)
	}
	return whole
}

// charset decodes charset'language'text, %XX for a byte.
func charset(value string) string {
	parts := strings.SplitN(value, "'", 3)
	if len(parts) < 3 {
		return value
	}
	return latin(hexed([]byte(parts[2]), '%'))
}

// decoded replaces words =?charset?Q?...?= and =?charset?B?...?= (RFC 2047),
// which have no place in parameters and are written there by many.
func decoded(value string) string {
	var out strings.Builder
	for {
		start := strings.Index(value, "=?")
		var parts []string
		if start >= 0 {
			parts = strings.SplitN(value[start+2:], "?", 4)
		}
		if len(parts) < 4 || !strings.HasPrefix(parts[3], "=") {
			out.WriteString(value)
			return out.String()
		}
		content := []byte(nil)
		switch strings.ToUpper(parts[1]) {
		case "B":
			content, _ = base64.RawStdEncoding.DecodeString(strings.TrimRight(parts[2], "="))
		case "Q":
			content = hexed([]byte(strings.ReplaceAll(parts[2], "_", " ")), '=')
		default:
			out.WriteString(value)
			return out.String()
		}
		if before := value[:start]; strings.TrimSpace(before) != "" || out.Len() == 0 { // 6.2: space between words is none
			out.WriteString(before)
		}
		out.WriteString(latin(content))
		value = parts[3][1:]
	}
}

// latin takes everything that is no UTF-8 for Latin-1, whatever it is said to
// be: it is a name only.
func latin(data []byte) string {
	if utf8.Valid(data) {
		return string(data)
	}
	runes := make([]rune, 0, len(data))
	for _, c := range data {
		runes = append(runes, rune(c))
	}
	return string(runes)
}

// hexed decodes bytes that are written as a mark and two hexadecimal digits.
func hexed(data []byte, mark byte) []byte {
	out := make([]byte, 0, len(data))
	for i := 0; i < len(data); i++ {
		if data[i] == mark && i+2 < len(data) {
			high, low := digit(data[i+1]), digit(data[i+2])
			if high < 16 && low < 16 {
				out = append(out, high<<4|low)
				i += 2
				continue
			}
		}
		out = append(out, data[i])
	}
	return out
}

func digit(c byte) byte {
	switch {
	case c >= '0' && c <= '9':
		return c - '0'
	case c|0x20 >= 'a' && c|0x20 <= 'f':
		return c | 0x20 - 'a' + 10
	}
	return 255
}

// Size is how many bytes the part takes at most.
func (p *Part) Size() int { return len(p.data) }

// Bytes decodes the part (RFC 2045 6). The error is ErrDamaged.
func (p *Part) Bytes() ([]byte, error) {
	switch p.encoding {
	case "base64":
		// 6.8: characters outside of the alphabet are left out, and the first
		// that fills up is the end: a list may have written its own lines below.
		text := make([]byte, 0, len(p.data))
		for _, c := range p.data {
			if c == '=' {
				break
			}
			if c|0x20 >= 'a' && c|0x20 <= 'z' || c >= '0' && c <= '9' || c == '+' || c == '/' {
				text = append(text, c)
			}
		}
		plain := make([]byte, base64.RawStdEncoding.DecodedLen(len(text)))
		n, err := base64.RawStdEncoding.Decode(plain, text)
		if err != nil {
			return nil, ErrDamaged
		}
		return plain[:n], nil
	case "quoted-printable":
		var plain []byte
		for rest := p.data; len(rest) > 0; {
			line, after, more := bytes.Cut(rest, []byte{'\n'})
			ending := rest[len(line) : len(rest)-len(after)]
			if stripped := bytes.TrimSuffix(line, []byte{'\r'}); len(stripped) < len(line) {
				line, ending = stripped, []byte("\r\n")
			}
			line = bytes.TrimRight(line, " \t")
			soft := bytes.HasSuffix(line, []byte{'='})
			plain = append(plain, hexed(bytes.TrimSuffix(line, []byte{'='}), '=')...)
			if !soft && more {
				plain = append(plain, ending...)
			}
			rest = after
		}
		return plain, nil
	}
	return p.data, nil
}
