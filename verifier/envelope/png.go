package envelope

import (
	"bytes"
	"errors"
	"strconv"
	"strings"

	"github.com/sealcheck/sealcheck/verifier/internal/limits"
	"github.com/sealcheck/sealcheck/verifier/internal/pngchunk"
	"github.com/sealcheck/sealcheck/verifier/internal/zipfile"
	"github.com/sealcheck/sealcheck/verifier/report"
)

// keywords are those under which a badge stands in a PNG: Open Badges 2.0, Open
// Badges 3.0 (OPEN-BADGES-3.0 5.3.1.1), and CLR 2.0 by 1EdTech's own validator.
var keywords = [...]string{"openbadges", "openbadgecredential", "clrcredential"}

// keyword is the known keyword that a text is meant to have, or "". Letters
// large or small and spaces around it make it an unusual one, not another.
func keyword(written string) string {
	for _, known := range keywords {
		if strings.EqualFold(strings.TrimSpace(written), known) {
			return known
		}
	}
	return ""
}

// png opens a picture in which a credential is baked.
func (o *opener) png(data []byte) (Envelope, error) {
	picture, err := pngchunk.Read(data, func(written string) bool { return keyword(written) != "" })
	if err != nil {
		return Envelope{}, pngProblem(err)
	}
	switch len(picture.Texts) {
	case 0:
		return Envelope{}, report.NewProblem(report.EnvelopePng, "")
	case 1:
	default:
		var found []string
		for i := range picture.Texts {
			found = append(found, picture.Texts[i].Chunk+" "+picture.Texts[i].Keyword)
		}
		return Envelope{}, several(found)
	}
	if what := second(data, picture.After); what != "" {
		return Envelope{}, report.NewProblem(report.EnvelopePictureTrailing, "", "what", what)
	}
	text := &picture.Texts[0]
	content, err := text.Content(limits.FileBytes)
	if err != nil {
		return Envelope{}, pngProblem(err)
	}
	if blankText(content) {
		return Envelope{}, report.NewProblem(report.EnvelopePng, "an empty text")
	}
	// OPEN-BADGES-3.0 5.3.1.1: an iTXt chunk. The tEXt chunk of an older
	// practice held an address and nothing else.
	switch {
	case text.Keyword != keyword(text.Keyword):
		o.unusual("keyword " + text.Keyword)
	case text.Chunk == "zTXt", text.Chunk == "tEXt" && (text.Keyword != keywords[0] || beginsObject(content) || startsToken(bytes.TrimSpace(content))):
		o.unusual(text.Chunk)
	}
	// The same: compression MUST NOT be used.
	if text.Packed {
		o.note(report.EnvelopeBakedCompressed)
	}
	return o.baked(report.EnvelopeBakedPng, content)
}

func pngProblem(err error) error {
	var broken *pngchunk.Error
	if !errors.As(err, &broken) {
		return err
	}
	code := report.EnvelopePictureDamaged
	switch broken.Reason {
	case pngchunk.Truncated:
		code = report.EnvelopePictureTruncated
	case pngchunk.TooLarge:
		code = report.EnvelopeBakedTooLarge
	}
	return report.NewProblem(code, broken.Detail, "what", broken.Chunk)
}

// second says what else the bytes of a picture could be opened as, or "" (T34).
// Zeros and white space after its end are nothing.
func second(data, after []byte) string {
	after = bytes.Trim(after, "\x00"+jsonSpace)
	switch {
	// ISO 32000 readers accept a header anywhere in the first 1024 bytes.
	case bytes.Contains(data[:min(len(data), 1024)], []byte("%PDF-")), bytes.HasPrefix(after, []byte("%PDF-")):
		return "PDF"
	case bytes.HasPrefix(after, []byte("PK\x03\x04")), zipfile.End(data) >= 0:
		return "ZIP"
	case pngchunk.Is(after):
		return "PNG"
	case len(after) > 0:
		return strconv.Itoa(len(after)) + " bytes"
	default:
		return ""
	}
}
