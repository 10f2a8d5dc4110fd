package verifier_test

import (
	"encoding/binary"
	"hash/crc32"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/sealcheck/sealcheck/verifier"
	"github.com/sealcheck/sealcheck/verifier/report"
)

// bake puts a text into a PNG of one pixel.
func bake(keyword string, text []byte) []byte {
	out := []byte("\x89PNG\r\n\x1a\n")
	for _, chunk := range [...]string{"IHDR\x00\x00\x00\x01\x00\x00\x00\x01\x08\x00\x00\x00\x00", "iTXt" + keyword + "\x00\x00\x00\x00\x00" + string(text), "IDAT\x78\x9c\x63\x60\x00\x00\x00\x02\x00\x01", "IEND"} {
		out = append(binary.BigEndian.AppendUint32(out, uint32(len(chunk)-4)), chunk...)
		out = binary.BigEndian.AppendUint32(out, crc32.ChecksumIEEE([]byte(chunk)))
	}
	return out
}

// TestPictureChangesNothing: a credential in a picture is judged exactly as it
// is without one; only what is said of the file itself differs.
func TestPictureChangesNothing(t *testing.T) {
	compared := 0
	for i, s := range scenarios(t) {
		extension := filepath.Ext(s.File)
		if i%5 != 0 || extension != ".json" && extension != ".jwt" && extension != ".jsonld" || s.Expect.Headline == report.Unreadable || s.Expect.Headline == report.Refused {
			continue
		}
		file := read(t, s.File)
		config := s.config(t, s.network(t))
		alone, baked := verify(t, config, file), verify(t, config, bake("openbadgecredential", file))
		compared++
		if baked.Headline != alone.Headline || baked.Verdict != alone.Verdict || len(baked.Credentials) != len(alone.Credentials) {
			t.Errorf("%s: %s in a picture, else %s", s.ID, baked.Headline, alone.Headline)
			continue
		}
		for j := range alone.Credentials {
			for k, check := range alone.Credentials[j].Checks {
				other := baked.Credentials[j].Checks[k]
				if check.Name == report.CheckEnvelope && j == 0 {
					if other.Outcome != report.Warn || !slices.Contains(other.Codes, report.EnvelopeBakedPng) || !slices.Contains(other.Codes, report.EnvelopePictureUnsigned) {
						t.Errorf("%s: %v", s.ID, other.Findings)
					}
				} else if check.Outcome != other.Outcome || !slices.Equal(check.Codes, other.Codes) {
					t.Errorf("%s: %s is %v in a picture, else %v", s.ID, check.Name, other.Codes, check.Codes)
				}
			}
		}
	}
	if compared < 100 {
		t.Errorf("only %d files", compared)
	}
}

// TestPicturesOfOthers: badges that others have baked are read, and their
// signatures hold.
func TestPicturesOfOthers(t *testing.T) {
	const issuer = "https://example.com/issuers/876543"
	const text = "z6MkrvfzkMnvCroEUP2DVc9SHPE48CRsvHiVSusHioxTYu1x"
	known := web{issuer: `{"@context":"https://www.w3.org/ns/cid/v1","id":"` + issuer + `","verificationMethod":[{"id":"` + issuer + "#" + text + `","type":"Multikey","controller":"` + issuer + `","publicKeyMultibase":"` + text + `"}],"assertionMethod":["` + issuer + "#" + text + `"]}`}
	tests := []struct {
		file      string
		headline  report.Headline
		signature report.Outcome
		codes     []report.Code
	}{
		{"1edtech-validator/ob30/simple-json.png", report.Unlisted, report.Pass, []report.Code{report.EnvelopeBakedPng, report.EnvelopeJson, report.CredentialOpenBadge3}},
		{"1edtech-validator/ob30/simple-jwt.png", report.Incomplete, report.Pass, []report.Code{report.EnvelopeBakedPng, report.EnvelopeJwsCompact, report.CredentialOpenBadge3, report.IssuerUnreachable}},
		{"1edtech-validator/ob30/simple-jwt.svg", report.Incomplete, report.Pass, []report.Code{report.EnvelopeBakedSvg, report.EnvelopeJwsCompact, report.CredentialOpenBadge3, report.IssuerUnreachable}},
	}
	for _, test := range tests {
		data, err := os.ReadFile(filepath.Join(vectors, test.file))
		if err != nil {
			if os.Getenv("CI") != "" {
				t.Fatal(err)
			}
			t.Skip("skipped: the third-party vectors are not here")
		}
		at := time.Date(2026, 1, 1, 0, 0, 0, 0, time.UTC)
		got := verify(t, verifier.Config{Getter: known, Now: func() time.Time { return at }}, data)
		var all []report.Code
		for _, check := range got.Credentials[0].Checks {
			all = append(all, check.Codes...)
			if check.Name == report.CheckSignature && check.Outcome != test.signature {
				t.Errorf("%s: signature %v", test.file, check.Findings)
			}
		}
		for _, code := range test.codes {
			if !slices.Contains(all, code) {
				t.Errorf("%s: %s is not in %v", test.file, code, all)
			}
		}
		if got.Headline != test.headline {
			t.Errorf("%s: %s %v", test.file, got.Headline, all)
		}
		if !strings.Contains(sentence(got), "example.com") && test.headline == report.Unlisted {
			t.Errorf("%s: %s", test.file, sentence(got))
		}
	}
}
