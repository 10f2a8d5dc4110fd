package envelope

import (
	"bytes"
	"encoding/base64"
	"encoding/hex"
	"strings"

	"github.com/sealcheck/sealcheck/verifier/fetch"
	"github.com/sealcheck/sealcheck/verifier/report"
)

// file opens the bytes of a file: it looks for the formats that are no text
// first.
func (o *opener) file(data []byte) (Envelope, error) {
	if problem := binaryProblem(data); problem != nil {
		return Envelope{}, problem
	}
	return o.text(data)
}

// signature is how a binary format begins.
type signature struct {
	at    int
	magic string
	code  report.Code
	what  string
}

var signatures = [...]signature{
	{0, "%PDF-", report.EnvelopePdf, ""},
	{0, "\x89PNG\r\n\x1a\n", report.EnvelopePng, ""},
	{0, "\xff\xd8\xff", report.EnvelopeImage, "JPEG"},
	{0, "GIF87a", report.EnvelopeImage, "GIF"},
	{0, "GIF89a", report.EnvelopeImage, "GIF"},
	{8, "WEBP", report.EnvelopeImage, "WebP"},
	{0, "II*\x00", report.EnvelopeImage, "TIFF"},
	{0, "MM\x00*", report.EnvelopeImage, "TIFF"},
	{4, "ftyphe", report.EnvelopeImage, "HEIC"},
	{4, "ftypmif1", report.EnvelopeImage, "HEIC"},
	{4, "ftypmsf1", report.EnvelopeImage, "HEIC"},
	{4, "ftypavi", report.EnvelopeImage, "AVIF"},
	{0, "\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", report.EnvelopeOffice, "OLE"},
	{0, "\x1f\x8b", report.EnvelopeGzip, ""},
}

// binaryProblem says what a file that is no text seems to be; nil for a text.
func binaryProblem(data []byte) error {
	for _, s := range signatures {
		if len(data) >= s.at && bytes.HasPrefix(data[s.at:], []byte(s.magic)) {
			return report.NewProblem(s.code, s.what, "what", s.what)
		}
	}
	switch {
	case bytes.HasPrefix(data, []byte("PK\x03\x04")) || bytes.HasPrefix(data, []byte("PK\x05\x06")):
		return zipProblem(data)
	case isBitmap(data):
		return report.NewProblem(report.EnvelopeImage, "BMP", "what", "BMP")
	case isUTF16(data):
		return report.NewProblem(report.EnvelopeUtf16, "")
	case isCBOR(data):
		return report.NewProblem(report.EnvelopeCbor, "")
	case isDER(data):
		return report.NewProblem(report.EnvelopeKey, "DER", "what", "DER")
	}
	start := bytes.TrimLeft(bytes.TrimPrefix(data, []byte(mark)), jsonSpace)
	if len(start) > 0 && bytes.IndexByte([]byte("{[\"'`"), start[0]) >= 0 || bytes.HasPrefix(start, []byte("eyJ")) {
		return nil // strict JSON has more to say of these
	}
	// ISO 32000 readers accept a header anywhere in the first 1024 bytes.
	if bytes.Contains(data[:min(len(data), 1024)], []byte("%PDF-")) {
		return report.NewProblem(report.EnvelopePdf, "")
	}
	if problem := markup(start); problem != nil {
		return problem
	}
	if isMail(start) {
		return report.NewProblem(report.EnvelopeEmail, "")
	}
	if !isText(data) {
		return report.NewProblem(report.EnvelopeUnknown, "begins with "+hex.EncodeToString(data[:min(len(data), 16)]))
	}
	return nil
}

// zipProblem tells office documents, which are ZIP files with certain names
// at the front, from others.
func zipProblem(data []byte) error {
	front := data[:min(len(data), 4096)]
	for _, name := range [...]string{
		"[Content_Types].xml", "_rels/.rels", "word/", "xl/", "ppt/", "docProps/",
		"mimetypeapplication/vnd.oasis.opendocument", "Index/Document.iwa",
	} {
		if bytes.Contains(front, []byte(name)) {
			return report.NewProblem(report.EnvelopeOffice, name)
		}
	}
	return report.NewProblem(report.EnvelopeZip, "")
}

func isBitmap(data []byte) bool {
	return len(data) > 14 && data[0] == 'B' && data[1] == 'M' && data[6]|data[7]|data[8]|data[9] == 0
}

// isUTF16 says whether a text is in UTF-16 or UTF-32, in either byte order,
// with a byte order mark or without.
func isUTF16(data []byte) bool {
	if len(data) < 4 {
		return false
	}
	if bytes.HasPrefix(data, []byte{0xfe, 0xff}) || bytes.HasPrefix(data, []byte{0xff, 0xfe}) ||
		bytes.HasPrefix(data, []byte{0, 0, 0xfe, 0xff}) {
		return true
	}
	plain := func(c byte) bool { return c >= ' ' && c < 0x7f || c == '\n' || c == '\r' || c == '\t' }
	return plain(data[0]) && data[1] == 0 && (plain(data[2]) || data[2] == 0) && data[3] == 0 ||
		data[0] == 0 && plain(data[3]) && data[2] == 0 && (plain(data[1]) || data[1] == 0)
}

// isDER says whether the file is one DER SEQUENCE, as certificates and keys
// are, and no CMS message or PKCS #12 store.
func isDER(data []byte) bool {
	if len(data) < 64 || data[0] != 0x30 {
		return false
	}
	length, size := 0, 2
	switch data[1] {
	case 0x81:
		length, size = int(data[2]), 3
	case 0x82:
		length, size = int(data[2])<<8|int(data[3]), 4
	default:
		length = int(data[1])
	}
	pkcs7 := []byte{0x06, 0x09, 0x2a, 0x86, 0x48, 0x86, 0xf7, 0x0d, 0x01, 0x07}
	return length+size == len(data) && !bytes.Contains(data[:40], pkcs7)
}

// textProblem says what a text that holds no credential seems to be.
func textProblem(data []byte) error {
	single := bytes.IndexAny(data, jsonSpace) < 0
	switch {
	case bytes.HasPrefix(data, []byte("VP1-")):
		return report.NewProblem(report.EnvelopeVpCode, "")
	case bytes.HasPrefix(data, []byte("-----BEGIN ")) && isPEMKey(data):
		return report.NewProblem(report.EnvelopeKey, "PEM", "what", "PEM")
	case bytes.HasPrefix(data, []byte("ssh-")) && bytes.Contains(data, []byte(" AAAA")):
		return report.NewProblem(report.EnvelopeKey, "SSH", "what", "SSH")
	case hasPrefixFold(data, "[InternetShortcut]"):
		return linkProblem(shortcut(data))
	case single && isLink(data):
		return linkProblem(string(data))
	case isMail(data):
		return report.NewProblem(report.EnvelopeEmail, "")
	}
	if problem := markup(data); problem != nil {
		return problem
	}
	if problem := encoded(data); problem != nil {
		return problem
	}
	return report.NewProblem(report.EnvelopeText, "")
}

func isPEMKey(data []byte) bool {
	line, _, _ := bytes.Cut(data, []byte{'\n'})
	line = bytes.TrimRight(line, "\r \t")
	return bytes.HasSuffix(line, []byte("KEY-----")) || bytes.HasSuffix(line, []byte("CERTIFICATE-----"))
}

// isLink says whether a word is an address: scheme "://", a DID, or a bare
// "www." name.
func isLink(data []byte) bool {
	if hasPrefixFold(data, "did:") || hasPrefixFold(data, "www.") {
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

// shortcut is the address in a Windows .url file.
func shortcut(data []byte) string {
	for _, line := range strings.Split(string(data[:min(len(data), 4096)]), "\n") {
		if name, value, ok := strings.Cut(strings.TrimSpace(line), "="); ok && strings.EqualFold(name, "URL") {
			return value
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
			if hasPrefixFold(line, name) {
				found++
			}
		}
	}
	return found >= 2
}

// encoded looks into a long word of base64 or hexadecimal: some tools print
// binary credentials so.
func encoded(data []byte) error {
	const least = 32
	word := bytes.TrimRight(tidy(data), "=")
	if len(word) < least {
		return nil
	}
	if plain, err := hex.DecodeString(string(word)); err == nil {
		return known(plain)
	}
	for _, encoding := range [...]*base64.Encoding{base64.RawStdEncoding, base64.RawURLEncoding} {
		if plain, err := encoding.AppendDecode(nil, word); err == nil {
			return known(plain)
		}
	}
	return nil
}

// known is what decoded bytes are, where they begin like a format of ours.
func known(data []byte) error {
	if isCBOR(data) {
		return report.NewProblem(report.EnvelopeCbor, "as text")
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
