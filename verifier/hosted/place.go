package hosted

import (
	"net/url"
	"strings"

	"github.com/sealcheck/sealcheck/verifier/fetch"
	"github.com/sealcheck/sealcheck/verifier/internal/member"
	"github.com/sealcheck/sealcheck/verifier/internal/strictjson"
)

func web(address string) bool {
	return strings.HasPrefix(address, "https://") || strings.HasPrefix(address, "http://")
}

// secure is the address that is asked, see fetch.Secure.
func (s *search) secure(address string) string {
	secured := fetch.Secure(address)
	s.old = s.old || secured != address
	return secured
}

// same says whether two addresses are the same but for http and https.
func same(a, b string) bool { return fetch.Secure(a) == fetch.Secure(b) }

// within says whether an address lies where an issuer says that its badges
// are. Open Badges 2.0 VerificationObject: it begins with one of `startsWith`,
// its host is one of `allowedOrigins`; where neither is stated, it is of the
// same origin as the profile. Where both are, both must hold. A beginning
// counts within its own origin only: "https://example.org" is no beginning of
// an address of example.org.evil.com.
func within(address string, profile strictjson.Value, issuer string) bool {
	scope := single(profile.At("verification"))
	starts, stated := member.Get(scope, "startsWith")
	origins, listed := member.Get(scope, "allowedOrigins")
	if fetch.Origin(address) == "" {
		return false
	}
	if !stated && !listed {
		return fetch.SameOrigin(address, issuer)
	}
	begins, hosted := !stated, !listed
	for _, start := range member.Texts(starts) {
		start = fetch.Secure(start)
		begins = begins || fetch.SameOrigin(start, address) && strings.HasPrefix(address, start)
	}
	for _, origin := range member.Texts(origins) {
		// A host name; some write the whole origin.
		if !web(origin) {
			origin = "https://" + origin
		}
		if u, err := url.Parse(origin); err == nil && strings.Trim(u.Path, "/") == "" && u.RawQuery == "" {
			hosted = hosted || fetch.SameOrigin(fetch.Secure(origin), address)
		}
	}
	return begins && hosted
}
