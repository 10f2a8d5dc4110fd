// Package sniff says what a file seems to be that is no credential, by its
// bytes alone, so that whoever brought it can be told what to ask for. Every
// answer is a *report.Problem with a code of check envelope.
package sniff

import (
	"bytes"
	"encoding/hex"
	"errors"

	"github.com/sealcheck/sealcheck/verifier/report"
)

// Binary says what a file that is no text seems to be; nil for a text.
func Binary(data []byte) error {
	for _, s := range signatures {
		if len(data) >= s.at && bytes.HasPrefix(data[s.at:], []byte(s.magic)) {
			// A message that was saved by Outlook (MS-OXMSG 2.2).
			if s.what == "OLE" && bytes.Contains(data, []byte("_\x00_\x00s\x00u\x00b\x00s\x00t\x00g\x001\x00")) {
				return report.NewProblem(report.EnvelopeOutlook, "")
			}
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
		return cborProblem(data, "")
	case isDER(data):
		return report.NewProblem(report.EnvelopeKey, "DER", "what", "DER")
	}
	start := bytes.TrimLeft(bytes.TrimPrefix(data, []byte(mark)), space)
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

// IsSVG says whether a file is a drawing.
func IsSVG(data []byte) bool { return isMarkup(data, report.EnvelopeSvg) }

// IsEuropass says whether a file is XML of Europass: at its front stand its
// namespace or the name of its root, and in both of them this word.
func IsEuropass(data []byte) bool {
	return bytes.Contains(data[:min(len(data), 1<<20)], []byte("europa")) && isMarkup(data, report.EnvelopeEuropassXml)
}

func isMarkup(data []byte, code report.Code) bool {
	start := bytes.TrimLeft(bytes.TrimPrefix(data, []byte(mark)), space)
	if len(start) == 0 || start[0] != '<' || (rootName(start) == "svg") != (code == report.EnvelopeSvg) {
		return false
	}
	var problem *report.Problem
	return errors.As(Binary(data), &problem) && problem.Code == code
}

func isBitmap(data []byte) bool {
	return len(data) > 14 && data[0] == 'B' && data[1] == 'M' && data[6]|data[7]|data[8]|data[9] == 0
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
	{0, "Rar!\x1a\x07", report.EnvelopeArchive, "RAR"},
	{0, "7z\xbc\xaf\x27\x1c", report.EnvelopeArchive, "7z"},
	{0, "\xfd7zXZ\x00", report.EnvelopeArchive, "xz"},
	{4, "1AY&SY", report.EnvelopeArchive, "bzip2"},
	{257, "ustar", report.EnvelopeArchive, "tar"},
	{0, "\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", report.EnvelopeOffice, "OLE"},
	{0, "\x1f\x8b", report.EnvelopeGzip, ""},
}

// zipProblem tells office documents from other ZIP files: by the name of their
// first file, and for names that anybody may give a folder by a list of types
// (ECMA-376 part 2, 6.2.3) besides.
func zipProblem(data []byte) error {
	const header = 30 // before the first name
	first := data[min(len(data), header):min(len(data), 4096)]
	types := "[Content_Types].xml"
	for _, name := range [...]string{
		"mimetypeapplication/vnd.oasis.opendocument", "Index/Document.iwa",
		types, "_rels/", "word/", "xl/", "ppt/", "docProps/", "customXml/",
	} {
		if bytes.HasPrefix(first, []byte(name)) && (name[0] == 'm' || name[0] == 'I' || bytes.Contains(data, []byte(types))) {
			return report.NewProblem(report.EnvelopeOffice, name)
		}
	}
	return report.NewProblem(report.EnvelopeZip, "")
}
