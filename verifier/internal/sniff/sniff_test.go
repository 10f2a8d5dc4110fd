package sniff

import (
	"encoding/base64"
	"encoding/hex"
	"strings"
	"testing"

	"github.com/sealcheck/sealcheck/verifier/internal/limits"
	"github.com/sealcheck/sealcheck/verifier/report"
)

// code is the code of a problem without its check, "" for none.
func code(err error) string { return strings.TrimPrefix(string(report.CodeOf(err)), "envelope.") }

func TestBinary(t *testing.T) {
	for _, row := range []struct{ name, data, want string }{
		{"PDF", "%PDF-1.7\n", "pdf"},
		{"PDF behind a header", "HTTP junk\n%PDF-1.7\n", "pdf"},
		{"PDF too far behind", strings.Repeat("x", 1024) + "%PDF-1.7\n", ""},
		{"PNG", "\x89PNG\r\n\x1a\n", "png"},
		{"PNG cut short", "\x89PNG\r\n", "unknown"},
		{"WebP", "RIFF\x00\x00\x00\x00WEBPVP8 ", "image"},
		{"ZIP", "PK\x03\x04rest", "zip"},
		{"Word", "PK\x03\x04" + strings.Repeat(".", 26) + "[Content_Types].xml", "office"},
		{"gzip", "\x1f\x8b\x08", "gzip"},
		{"bitmap", "BM\x00\x01\x00\x00\x00\x00\x00\x00\x36\x00\x00\x00\x28", "image"},
		{"a text that begins like a bitmap", "BMW was founded in 1916.", ""},
		{"UTF-16", "\xff\xfe{\x00", "utf16"},
		{"UTF-16 without mark", "{\x00\"\x00", "utf16"},
		{"COSE", "\xd2\x84\x43\xa1\x01\x26\xa0\x40\x40", "cbor"},
		{"HTML", "<!doctype html><title>x</title>", "html"},
		{"login page", "<html><title>Sign in</title>", "login_page"},
		{"mail", "From: a@b.example\r\nSubject: x\r\n\r\nhello", "email"},
		{"JSON", `{"a":1}`, ""},
		{"broken JSON", `{"a":` + "\xff", ""}, // strict JSON has more to say
		{"text", "hello", ""},
		{"no text", "\x00\x01\x02", "unknown"},
		{"nothing", "", ""},
	} {
		t.Run(row.name, func(t *testing.T) {
			if got := code(Binary([]byte(row.data))); got != row.want {
				t.Errorf("%q, want %q", got, row.want)
			}
		})
	}
}

func TestText(t *testing.T) {
	cose := "\xd2\x84\x58\x20" + strings.Repeat("a", 32) + "\xa0\x40\x40"
	for _, row := range []struct{ name, data, want string }{
		{"PEM key", "-----BEGIN PUBLIC KEY-----\nAAAA", "key"},
		{"PEM of something else", "-----BEGIN PGP MESSAGE-----\nAAAA", "text"},
		{"SSH key", "ssh-ed25519 AAAAC3 me", "key"},
		{"link", "https://example.org/1", "link"},
		{"link without scheme", "www.example.org", "link"},
		{"DID", "did:web:example.org", "link"},
		{"shortcut", "[InternetShortcut]\r\nURL=https://example.org/1\r\n", "link"},
		{"a sentence with a link", "see https://example.org/1", "text"},
		{"Learning Machine code", "VP1-0|abc", "vp_code"},
		{"CBOR in hexadecimal", hex.EncodeToString([]byte(cose)), "cbor"},
		{"CBOR in base64, in lines", base64.StdEncoding.EncodeToString([]byte(cose))[:20] + "\n" + base64.StdEncoding.EncodeToString([]byte(cose))[20:], "cbor"},
		{"base64 of nothing known", base64.StdEncoding.EncodeToString([]byte(strings.Repeat("a", 32))), "text"},
		{"short word", "deadbeef", "text"},
		{"XML", "<?xml version='1.0'?><x/>", "xml"},
		{"SVG", "<svg xmlns='x'/>", "svg"},
		{"Europass", "<?xml version='1.0'?><europassCredential/>", "europass_xml"},
		{"N-Quads", "<https://x> <https://y> _:b .", "text"},
	} {
		t.Run(row.name, func(t *testing.T) {
			if got := code(Text([]byte(row.data))); got != row.want {
				t.Errorf("%q, want %q", got, row.want)
			}
		})
	}
}

func TestCBOR(t *testing.T) {
	for data, want := range map[string]bool{
		"\x82\x01\x02":                         true,  // [1, 2]
		"\xa1\x61a\xf6":                        true,  // {"a": null}
		"\x9f\x01\xff":                         true,  // of indefinite length
		"\x82\x01":                             false, // cut short
		"\x82\x01\x02\x03":                     false, // something behind
		"\x9f\x01":                             false, // never ends
		"\xbb\xff\xff\xff\xff\xff\xff\xff\xff": false, // longer than any file
		strings.Repeat("\x81", limits.JSONDepth+2) + "\x01": false,
		"\xd2\x84\x43\xa1": true,  // COSE_Sign1, cut short
		"\xd2\x84":         false, // a text
		"":                 false,
		"\x01\x02":         false,
	} {
		if isCBOR([]byte(data)) != want {
			t.Errorf("%x: %v", data, !want)
		}
	}
}

// Whatever the bytes, there is an answer, and it is about the envelope.
func FuzzSniff(f *testing.F) {
	for _, seed := range []string{"%PDF-", "PK\x03\x04", "\x82\x01\x02", "<html><title>login", "From: a\nTo: b\n", "https://x", "\xd2\x84", "0123456789abcdef0123456789abcdef"} {
		f.Add([]byte(seed))
	}
	f.Fuzz(func(t *testing.T, data []byte) {
		for _, err := range []error{Binary(data), Text(data)} {
			if err != nil && !strings.HasPrefix(string(report.CodeOf(err)), "envelope.") {
				t.Error(err)
			}
		}
		if Text(data) == nil {
			t.Error("a text is nothing")
		}
		if len(WithoutSpace(data)) > len(data) {
			t.Error("longer without space")
		}
	})
}

func TestShortcut(t *testing.T) {
	const to = "https://badges.example/assertions/4f2a?a=1&b=2"
	plist := `<?xml version="1.0" encoding="UTF-8"?>
<!DOCTYPE plist PUBLIC "-//Apple//DTD PLIST 1.0//EN" "http://www.apple.com/DTDs/PropertyList-1.0.dtd">
<plist version="1.0"><dict><key>URL</key><string>https://badges.example/assertions/4f2a?a=1&amp;b=2</string></dict></plist>`
	for name, test := range map[string][2]string{
		"Windows":             {"[InternetShortcut]\r\nIDList=\r\nURL=" + to + "\r\nIconIndex=0\r\n", to},
		"Linux":               {"\n[Desktop Entry]\nType=Link\nName=Badge\nURL=" + to + "\nIcon=x\n", to},
		"Linux, a program":    {"[Desktop Entry]\nType=Application\nExec=rm\n", ""},
		"macOS":               {plist, to},
		"macOS, binary":       {"bplist00\xd1\x01\x02SURL_\x10\x2e" + to + "\x08\x0b\x0f", to},
		"macOS, another list": {strings.ReplaceAll(plist, "URL", "Name"), ""},
		"binary, another one": {"bplist00\xd1\x01\x02SURL", ""},
		"a text about them":   {"Look into [InternetShortcut]\nURL=" + to, ""},
		"nothing":             {"", ""},
	} {
		if got := Shortcut([]byte(test[0])); got != test[1] {
			t.Errorf("%s: %q", name, got)
		}
	}
}

func FuzzShortcut(f *testing.F) {
	f.Add([]byte("[InternetShortcut]\nURL=x"))
	f.Add([]byte("bplist00URL://http"))
	f.Add([]byte("<plist><key>URL</key><string>"))
	f.Fuzz(func(t *testing.T, data []byte) { Shortcut(data) })
}
