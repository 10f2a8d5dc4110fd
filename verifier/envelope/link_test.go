package envelope

import (
	"net/url"
	"strings"
	"testing"

	"github.com/sealcheck/sealcheck/verifier/internal/limits"
)

// TestLinkCarries: a credential is read from the link in which it stands, and
// whatever is wrong with it is said of it.
func TestLinkCarries(t *testing.T) {
	const to = "https://checker.example/#verify?vc="
	for _, test := range []struct{ name, file, want, fact string }{
		{"JWT", to + signed, "link_carries jws_compact", "checker.example"},
		{"JSON", to + vc, "link_carries json", "checker.example"},
		{"JSON with spaces", to + strings.Replace(vc, ":", ": ", 1), "link_carries json", ""},
		{"encoded", to + url.QueryEscape(vc), "link_carries json", ""},
		{"in a shortcut", "[InternetShortcut]\nURL=" + to + signed + "\n", "link_carries jws_compact", ""},
		{"no host", "app:///open?vc=" + signed, "link_carries jws_compact", ""},
		{"broken", to + `{"a":1,}`, "link_carries json_syntax", ""},
		{"twice", to + `{"a":1,"a":2}`, "link_carries json_duplicate_key", ""},
		{"no credential", to + "eyJhIjoxfQ.x", "link_carries jws_malformed", ""},
		{"a link in a link", to + "https://other.example/?vc=" + signed, "link_carries jws_compact", ""},
		{"another link", to + "https://other.example/1", "link_verifier", "https://other.example/1"},
		{"data", to + "data:application/vc+jwt," + signed, "link_carries data_address jws_compact", ""},
		{"two lines", to + "x\n" + signed, "text", ""},
	} {
		t.Run(test.name, func(t *testing.T) { expectFact(t, test.file, test.want, test.fact) })
	}
	// In a picture a link is the address of the badge.
	expectFact(t, picture(iTXt("openbadges", "https://www.credly.com/badges/0c2f4c0e")), "baked_png baked_address picture_unsigned", "")
	file := signed
	for range limits.EnvelopeDepth {
		file = picture(iTXt("openbadges", file))
		file = "https://checker.example/?vc=data:image/png;base64," + b64std(file)
	}
	if _, findings := Open([]byte(file)); findings.Outcome().Lets() {
		t.Error(findings)
	}
}
