package sniff

import (
	"bytes"
	"encoding/base64"
	"encoding/hex"
	"strings"
	"unicode/utf8"

	"github.com/sealcheck/sealcheck/verifier/fetch"
	"github.com/sealcheck/sealcheck/verifier/report"
)

const (
	mark  = "\uFEFF"  // the byte order mark
	space = " \t\r\n" // RFC 8259 2
)

// Text says what a text that holds no credential seems to be.
func Text(data []byte) error {
	single := bytes.IndexAny(data, space) < 0
	switch {
	case bytes.HasPrefix(data, []byte("VP1-")):
		return report.NewProblem(report.EnvelopeVpCode, "")
	case bytes.HasPrefix(data, []byte("-----BEGIN ")) && isPEMKey(data):
		return report.NewProblem(report.EnvelopeKey, "PEM", "what", "PEM")
	case bytes.HasPrefix(data, []byte("ssh-")) && bytes.Contains(data, []byte(" AAAA")):
		return report.NewProblem(report.EnvelopeKey, "SSH", "what", "SSH")
	case Shortcut(data) != "":
		return linkProblem(Shortcut(data))
	case single && IsLink(data):
		return linkProblem(string(data))
	case isMail(data):
		return report.NewProblem(report.EnvelopeEmail, "")
	}
	if problem := markup(data); problem != nil {
		return problem
	}
	if problem := known(Decoded(data)); problem != nil {
		return problem
	}
	return report.NewProblem(report.EnvelopeText, "")
}

func isPEMKey(data []byte) bool {
	line, _, _ := bytes.Cut(data, []byte{'\n'})
	line = bytes.TrimRight(line, "\r \t")
	return bytes.HasSuffix(line, []byte("KEY-----")) || bytes.HasSuffix(line, []byte("CERTIFICATE-----"))
}

// IsLink says whether a word is an address: scheme "://", a DID, or a bare
// "www." name.
func IsLink(data []byte) bool {
	if HasPrefixFold(data, "did:") || HasPrefixFold(data, "www.") {
		return true
	}
	scheme, _, found := bytes.Cut(data, []byte("://"))
	if !found || len(scheme) == 0 || len(scheme) > 40 {
		return false
	}
	for _, c := range scheme {
		if (c|0x20 < 'a' || c|0x20 > 'z') && (c < '0' || c > '9') && c != '+' && c != '-' && c != '.' {
			return false
		}
	}
	return true
}

func linkProblem(address string) error {
	if len(address) > 4 && strings.EqualFold(address[:4], "www.") {
		address = "https://" + address
	}
	return report.NewProblem(report.EnvelopeLink, "", "host", fetch.Host(address))
}

// Shortcut is the address in a file that holds a link and nothing else, as a
// browser leaves one on the desktop: of Windows (.url, .website), of Linux
// (.desktop), of macOS (.webloc, a property list in XML or in its binary form).
// It is "" for any other file.
func Shortcut(data []byte) string {
	text := strings.TrimSpace(strings.TrimPrefix(string(data[:min(len(data), 16<<10)]), mark))
	switch {
	case HasPrefixFold([]byte(text), "[InternetShortcut]"), HasPrefixFold([]byte(text), "[Desktop Entry]"):
		for _, line := range strings.Split(text, "\n") {
			if name, value, ok := strings.Cut(strings.TrimSpace(line), "="); ok && strings.EqualFold(strings.TrimSpace(name), "URL") {
				return strings.TrimSpace(value)
			}
		}
	case strings.HasPrefix(text, "bplist00"):
		if _, rest, ok := strings.Cut(text, "URL"); ok && strings.Contains(rest, "://") {
			// A string is followed by what is no character of an address.
			start := strings.Index(rest, "http")
			end := max(start, 0)
			for end < len(rest) && rest[end] > ' ' && rest[end] < 0x7f {
				end++
			}
			return rest[max(start, 0):end]
		}
	case strings.HasPrefix(text, "<") && strings.Contains(text[:min(len(text), 400)], "<plist"):
		if _, rest, ok := strings.Cut(text, "<key>URL</key>"); ok {
			_, rest, _ = strings.Cut(rest, "<string>")
			address, _, _ := strings.Cut(rest, "</string>")
			return strings.ReplaceAll(strings.TrimSpace(address), "&amp;", "&")
		}
	}
	return ""
}

// isMail says whether a text begins with the header lines of a message (RFC
// 5322 3.6), at least two that only mail has.
func isMail(data []byte) bool {
	head := data[:min(len(data), 16<<10)]
	if !bytes.HasPrefix(head, []byte("From ")) {
		colon := bytes.IndexAny(head, ": \r\n")
		if colon <= 0 || head[colon] != ':' {
			return false
		}
	}
	found := 0
	for len(head) > 0 && found < 2 {
		line, rest, _ := bytes.Cut(head, []byte{'\n'})
		head = rest
		if len(bytes.TrimSpace(line)) == 0 {
			break // the header ends here
		}
		for _, name := range [...]string{
			"received:", "from:", "to:", "subject:", "date:", "mime-version:", "message-id:",
			"delivered-to:", "return-path:", "dkim-signature:", "reply-to:",
		} {
			if HasPrefixFold(line, name) {
				found++
			}
		}
	}
	return found >= 2
}

// Decoded is what stands in a long word of base64 or hexadecimal, nil for any
// other text: some tools print binary credentials so.
func Decoded(data []byte) []byte {
	const least = 32
	word := bytes.TrimRight(WithoutSpace(data), "=")
	if len(word) < least {
		return nil
	}
	if plain, err := hex.DecodeString(string(word)); err == nil {
		return plain
	}
	for _, encoding := range [...]*base64.Encoding{base64.RawStdEncoding, base64.RawURLEncoding} {
		if plain, err := encoding.AppendDecode(nil, word); err == nil {
			return plain
		}
	}
	return nil
}

// known is what decoded bytes are, where they begin like a format of ours.
func known(data []byte) error {
	if isCBOR(data) {
		return cborProblem(data, "as text")
	}
	if isDER(data) {
		return report.NewProblem(report.EnvelopeKey, "as text", "what", "DER")
	}
	for _, s := range signatures {
		if len(data) >= s.at && bytes.HasPrefix(data[s.at:], []byte(s.magic)) {
			return report.NewProblem(s.code, "as text", "what", s.what)
		}
	}
	return nil
}

// WithoutSpace is the text without the white space that mail programs and terminals
// put into long lines.
func WithoutSpace(data []byte) []byte {
	if !bytes.ContainsAny(data, space) {
		return data
	}
	kept := make([]byte, 0, len(data))
	for _, c := range data {
		if bytes.IndexByte([]byte(space), c) < 0 {
			kept = append(kept, c)
		}
	}
	return kept
}

// HasPrefixFold says whether data begins with prefix, letters large or small.
func HasPrefixFold(data []byte, prefix string) bool {
	return len(data) >= len(prefix) && bytes.EqualFold(data[:len(prefix)], []byte(prefix))
}

func isText(data []byte) bool {
	return utf8.Valid(data) && bytes.IndexByte(data, 0) < 0
}
