package envelope

import (
	"bytes"
	"compress/zlib"
	"encoding/base64"
	"encoding/binary"
	"hash/crc32"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/sealcheck/sealcheck/verifier/internal/limits"
	"github.com/sealcheck/sealcheck/verifier/report"
)

// chunk writes one chunk of a PNG.
func chunk(name, data string) string {
	out := binary.BigEndian.AppendUint32(nil, uint32(len(data)))
	out = append(append(out, name...), data...)
	return string(binary.BigEndian.AppendUint32(out, crc32.ChecksumIEEE(out[4:])))
}

// picture is a PNG of one pixel with further chunks.
func picture(chunks ...string) string {
	return "\x89PNG\r\n\x1a\n" + chunk("IHDR", "\x00\x00\x00\x01\x00\x00\x00\x01\x08\x00\x00\x00\x00") + strings.Join(chunks, "") +
		chunk("IDAT", zlibbed("\x00\x00")) + chunk("IEND", "")
}

func iTXt(keyword, text string) string { return chunk("iTXt", keyword+"\x00\x00\x00\x00\x00"+text) }

func packed(keyword, text string) string {
	return chunk("iTXt", keyword+"\x00\x01\x00\x00\x00"+zlibbed(text))
}

func zlibbed(text string) string {
	var out bytes.Buffer
	w := zlib.NewWriter(&out)
	w.Write([]byte(text))
	w.Close()
	return out.String()
}

func drawing(content string) string {
	return `<?xml version="1.0" encoding="UTF-8"?><svg xmlns="http://www.w3.org/2000/svg" xmlns:o="https://purl.imsglobal.org/ob/v3p0" xmlns:old="http://openbadges.org" xmlns:c="https://purl.imsglobal.org/clr/v2p0">` +
		content + `<path d="M0 0"/></svg>`
}

func cdata(text string) string { return "<![CDATA[" + text + "]]>" }

func b64std(text string) string { return base64.StdEncoding.EncodeToString([]byte(text)) }

// emptyZIP is an archive with nothing in it and a comment of so many bytes.
func emptyZIP(comment int) string {
	return "PK\x05\x06" + strings.Repeat("\x00", 16) + string([]byte{byte(comment), byte(comment >> 8)})
}

func TestPNG(t *testing.T) {
	const badge = "openbadgecredential"
	tests := []struct{ name, file, want, fact string }{
		{"JSON", picture(iTXt(badge, vc)), "baked_png json picture_unsigned", ""},
		{"JSON with a brace in a text", picture(iTXt(badge, `{"a":"}{"}`)), "baked_png json picture_unsigned", ""},
		{"JWT", picture(iTXt(badge, signed)), "baked_png jws_compact picture_unsigned", ""},
		{"SD-JWT", picture(iTXt(badge, signed+"~")), "baked_png sd_compact picture_unsigned", ""},
		{"JWT with a line end", picture(iTXt(badge, signed+"\n")), "baked_png jws_compact picture_unsigned", ""},
		{"old badge", picture(iTXt("openbadges", vc)), "baked_png json picture_unsigned", ""},
		{"record", picture(iTXt("clrcredential", vc)), "baked_png json picture_unsigned", ""},
		{"after the image", strings.TrimSuffix(picture(), chunk("IEND", "")) + iTXt(badge, vc) + chunk("IEND", ""), "baked_png json picture_unsigned", ""},
		{"compressed", picture(packed(badge, vc)), "baked_png json baked_compressed picture_unsigned", ""},
		{"keyword in capitals", picture(iTXt("OpenBadgeCredential", vc)), "baked_png json baked_unusual picture_unsigned", "keyword OpenBadgeCredential"},
		{"zTXt", picture(chunk("zTXt", badge+"\x00\x00"+zlibbed(vc))), "baked_png json baked_unusual baked_compressed picture_unsigned", "zTXt"},
		{"tEXt", picture(chunk("tEXt", badge+"\x00"+vc)), "baked_png json baked_unusual picture_unsigned", "tEXt"},
		{"zeros behind", picture(iTXt(badge, vc)) + "\x00\x00\n", "baked_png json picture_unsigned", ""},

		{"link", picture(chunk("tEXt", "openbadges\x00https://badges.example/1 ")), "baked_png baked_address picture_unsigned", ""},
		{"link that is never asked", picture(chunk("tEXt", "openbadges\x00https://127.0.0.1/1 ")), "baked_png baked_link", "https://127.0.0.1/1"},
		{"link in iTXt", picture(iTXt("openbadges", "https://badges.example/1")), "baked_png baked_address picture_unsigned", ""},
		{"nothing", picture(chunk("tEXt", "Software\x00x")), "png", ""},
		{"nothing but the keyword", picture(iTXt(badge, " \n")), "png", ""},
		{"the word in another text", picture(chunk("tEXt", "Comment\x00"+badge+vc)), "png", ""},
		{"two", picture(iTXt(badge, vc), iTXt(badge, signed)), "baked_several", "iTXt openbadgecredential, iTXt openbadgecredential"},
		{"twice the same", picture(iTXt(badge, vc), iTXt(badge, vc)), "baked_several", ""},
		{"two kinds", picture(iTXt("openbadges", vc), iTXt(badge, vc)), "baked_several", "iTXt openbadges, iTXt openbadgecredential"},
		{"a second one in capitals", picture(iTXt(badge, vc), iTXt("OPENBADGES", vc)), "baked_several", ""},
		{"a second one packed", picture(iTXt(badge, vc), chunk("zTXt", badge+"\x00\x00")), "baked_several", ""},
		{"a second one that is empty", picture(iTXt(badge, ""), iTXt(badge, vc)), "baked_several", ""},
		{"truncated", picture(iTXt(badge, vc))[:90], "picture_truncated", ""},
		{"a length of 200 MB", picture()[:33] + "\x0b\xeb\xc2\x00iTXt" + badge, "picture_truncated", "iTXt"},
		{"checksum", strings.Replace(picture(iTXt(badge, vc)), "Verifiable", "Verifiabel", 1), "picture_damaged", "iTXt"},
		{"checksum of something else", strings.Replace(picture(iTXt(badge, vc), chunk("tEXt", "Software\x00x")), "Software", "Sofware.", 1), "picture_damaged", "tEXt"},
		{"a bomb", picture(packed(badge, strings.Repeat("0", limits.FileBytes+1))), "baked_too_large", "iTXt"},
		{"packed and broken", picture(chunk("iTXt", badge+"\x00\x01\x00\x00\x00x")), "picture_damaged", ""},
		{"ZIP behind", picture(iTXt(badge, vc)) + "PK\x03\x04" + strings.Repeat("x", 40) + emptyZIP(0), "picture_trailing", "ZIP"},
		{"ZIP behind something", picture(iTXt(badge, vc)) + "xx" + emptyZIP(0), "picture_trailing", "ZIP"},
		{"ZIP in a chunk", picture(iTXt(badge, vc), chunk("prVt", emptyZIP(4+12+len(zlibbed("\x00\x00"))+12))), "picture_trailing", "ZIP"},
		{"PDF in a chunk", picture(chunk("prVt", "%PDF-1.7"), iTXt(badge, vc)), "picture_trailing", "PDF"},
		{"PNG behind", picture(iTXt(badge, vc)) + picture(iTXt(badge, signed)), "picture_trailing", "PNG"},
		{"bytes behind", picture(iTXt(badge, vc)) + "abc", "picture_trailing", "3 bytes"},
		{"bytes behind a picture without anything", picture() + "abc", "png", ""},
		{"no JSON", picture(iTXt(badge, `{"a":`)), "baked_png json_truncated", ""},
		{"two objects", picture(iTXt(badge, `{}{}`)), "baked_png json_trailing", ""},
		{"not UTF-8", picture(iTXt(badge, "{\"a\":\"\xe9\"}")), "baked_png json_utf8", ""},
		{"a page", picture(iTXt(badge, "<html></html>")), "baked_png html", ""},
		{"a picture in a picture", picture(iTXt(badge, "data:image/png;base64,"+b64std(picture(iTXt(badge, signed))))), "baked_png baked_png jws_compact picture_unsigned data_address", ""},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) { expectFact(t, test.file, test.want, test.fact) })
	}
}

// expectFact opens a file, compares the codes in any order of the remarks, and
// looks for a fact.
func expectFact(t *testing.T, file, want, fact string) {
	t.Helper()
	e, findings := Open([]byte(file))
	got, found := strings.Fields(codes(findings)), fact == ""
	for _, code := range strings.Fields(want) {
		for i := range got {
			if got[i] == code {
				got = append(got[:i:i], got[i+1:]...)
				break
			} else if i == len(got)-1 {
				t.Errorf("got %v, want %s", findings, want)
			}
		}
	}
	for _, finding := range findings {
		for _, value := range finding.Facts {
			found = found || value == fact
		}
	}
	if len(got) > 0 || !found || findings.Outcome().Lets() != (e.Form != "") {
		t.Errorf("got %s %v, want %s %s", e.Form, findings, want, fact)
	}
}

func TestSVG(t *testing.T) {
	tests := []struct{ name, file, want, fact string }{
		{"JWT", drawing(`<o:credential verify="` + signed + `"></o:credential>`), "baked_svg jws_compact picture_unsigned", ""},
		{"JSON", drawing("<o:credential>\n  " + cdata("\r\n"+vc+"\n") + "\n</o:credential>"), "baked_svg json picture_unsigned", ""},
		{"JSON as text", drawing("<o:credential>" + strings.ReplaceAll(vc, `"`, "&quot;") + "</o:credential>"), "baked_svg json picture_unsigned", ""},
		{"old badge with its address", drawing(`<old:assertion verify="https://badges.example/1">` + cdata(vc) + "</old:assertion>"), "baked_svg json picture_unsigned", ""},
		{"record", drawing(`<c:credential verify="` + signed + `"/>`), "baked_svg jws_compact picture_unsigned", ""},
		{"script", drawing(`<script>alert(1)</script><o:credential verify="` + signed + `"/>`), "baked_svg jws_compact picture_unsigned", ""},
		{"with a DOCTYPE", "<!DOCTYPE svg PUBLIC '-//W3C//DTD SVG 1.1//EN' 'http://www.w3.org/Graphics/SVG/1.1/DTD/svg11.dtd'>" + strings.TrimPrefix(drawing(`<o:credential verify="`+signed+`"/>`), `<?xml version="1.0" encoding="UTF-8"?>`), "baked_svg jws_compact picture_unsigned", ""},
		{"odd namespace", `<svg xmlns:o="https://purl.imsglobal.org/spec/ob/v3p0"><o:credential verify="` + signed + `"/></svg>`, "baked_svg jws_compact baked_unusual picture_unsigned", "namespace"},
		{"link", drawing(`<old:assertion verify="https://badges.example/1"/>`), "baked_svg baked_address picture_unsigned", ""},
		{"nothing", drawing(""), "svg", ""},
		{"an empty element", drawing("<o:credential> </o:credential>"), "svg", ""},
		{"in a comment", drawing(`<!--<o:credential verify="` + signed + `"/>-->`), "svg", ""},
		{"two", drawing(`<o:credential verify="` + signed + `"/><old:assertion>` + cdata(vc) + `</old:assertion>`), "baked_several", "credential, assertion"},
		{"two in one", drawing(`<o:credential verify="` + signed + `">` + cdata(vc) + `</o:credential>`), "baked_several", "verify, credential"},
		{"two objects", drawing("<o:credential>" + cdata(vc) + cdata(vc) + "</o:credential>"), "baked_svg json_trailing", ""},
		{"definitions", `<!DOCTYPE svg [<!ENTITY x "y">]>` + `<svg xmlns:o="https://purl.imsglobal.org/ob/v3p0"><o:credential>&x;</o:credential></svg>`, "svg_definitions", ""},
		{"unknown word", drawing("<o:credential>&x;</o:credential>"), "svg_malformed", ""},
		{"truncated", drawing(`<o:credential verify="` + signed + `"/>`)[:300], "svg_malformed", ""},
		{"an archive behind", drawing(`<o:credential verify="`+signed+`"/>`) + emptyZIP(0), "svg_malformed", ""},
		{"Latin-1", `<?xml version="1.0" encoding="ISO-8859-1"?><svg>é</svg>`, "svg_malformed", ""},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) { expectFact(t, test.file, test.want, test.fact) })
	}
}

// TestPictureDepth: pictures in pictures come to an end.
func TestPictureDepth(t *testing.T) {
	file := picture(iTXt("openbadges", signed))
	for range limits.EnvelopeDepth {
		file = picture(iTXt("openbadges", "data:image/png;base64,"+b64std(file)))
	}
	_, findings := Open([]byte(file))
	if !findings.Has(report.EnvelopeTooDeep) {
		t.Error(findings)
	}
	e, _ := Open([]byte(picture(iTXt("openbadgecredential", vc))))
	if e.Depth != 1 || e.Path != "" {
		t.Errorf("depth %d at %q", e.Depth, e.Path)
	}
}

// TestPictureVectors: pictures of others, each with what Open has to say of it.
func TestPictureVectors(t *testing.T) {
	files := []struct{ file, want string }{
		{"1edtech-validator/ob30/simple-json.png", "baked_png json picture_unsigned"},
		{"1edtech-validator/ob30/simple-jwt.png", "baked_png jws_compact picture_unsigned"},
		{"1edtech-validator/ob30/simple-jwt.svg", "baked_svg jws_compact picture_unsigned"},
		{"1edtech-validator/ob20/simple-badge.png", "baked_png json picture_unsigned"},
		{"1edtech-validator/ob20/assets/robotics-badge.png", "png"},
		{"1edtech-validator/ob20/assets/beths-robot-badge.png", "png"},
		{"badgr-server/unbaked_image.png", "png"},
		{"esig-dss/jades-support/sample.png", "png"},
		{"mozilla-openbadges-bakery/unbaked.png", "png"},
		{"mozilla-openbadges-bakery/baked.svg", "baked_svg json picture_unsigned"},
		{"mozilla-openbadges-bakery/bad-json.svg", "baked_svg json_syntax"},
	}
	read := 0
	for _, test := range files {
		data, err := os.ReadFile(filepath.Join(vectors, test.file))
		if err != nil {
			if os.Getenv("CI") != "" {
				t.Error(err)
			}
			continue
		}
		read++
		expectFact(t, string(data), test.want, "")
		// Whatever byte of it is changed or wherever it ends, nothing else comes
		// out than a damaged picture or the same text.
		e, _ := Open(data)
		for at := 0; at < len(data); at += 1 + len(data)/200 {
			changed := bytes.Clone(data)
			changed[at] ^= 0x20
			if other, findings := Open(changed); strings.HasSuffix(test.file, ".png") && findings.Outcome().Lets() {
				t.Errorf("%s: byte %d changed: %v %v", test.file, at, other.Form, findings)
			}
			if other, findings := Open(bytes.TrimSpace(data)[:min(at, len(bytes.TrimSpace(data))-1)]); e.Form != "" && other.Form != "" {
				t.Errorf("%s: cut at %d: %v", test.file, at, findings)
			}
		}
	}
	if read == 0 {
		t.Skip("0 pictures: the folder is not here")
	}
	t.Logf("%d pictures", read)
}
