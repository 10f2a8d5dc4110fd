package did

import (
	"net/url"
	"strings"
	"testing"

	"github.com/sealcheck/sealcheck/verifier/report"
)

func FuzzParse(f *testing.F) {
	for _, seed := range []string{"did:web:example.com%3A3000:a", "did:key:z6Mk", "did:web:example.com:%2e%2e", "did:x:%41", "did:ebsi:zxaYaUtb8pvoAtYNWbKcveg"} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, text string) {
		method, specific, err := Parse(text)
		if err != nil {
			if report.CodeOf(err) != report.KeyIdentifierMalformed {
				t.Error(err)
			}
			return
		}
		if "did:"+method+":"+specific != text {
			t.Errorf("%q is not %q and %q", text, method, specific)
		}
		if address, err := EBSIAddress(text, specific); err == nil && (address != ebsiRegister+text || !strings.HasPrefix(specific, "z") || len(specific) > 25) {
			t.Errorf("%q: %q", text, address)
		}
		address, err := WebAddress(text, specific)
		if err != nil {
			return
		}
		// The address has the host that the identifier begins with, and leads
		// to a document below it.
		u, err := url.Parse(address)
		host, _, _ := strings.Cut(specific, ":")
		if err != nil || u.Host != strings.ReplaceAll(strings.ToLower(host), "%3a", ":") || !strings.HasSuffix(u.Path, "/did.json") ||
			strings.Contains(u.Path, "/../") || strings.Contains(u.Path, "//") || u.RawQuery != "" || u.User != nil {
			t.Errorf("%q leads to %q", text, address)
		}
	})
}
