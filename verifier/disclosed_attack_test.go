package verifier_test

import (
	"testing"

	"github.com/sealcheck/sealcheck/verifier/report"
)

// TestAttackDisclosedDates: where a learner keeps the credential's own dates
// back, the claims of the token that are always shown do not stand for them.
func TestAttackDisclosedDates(t *testing.T) {
	harvard := newSigner(1)
	kid := victim + "#key-1"
	site := web{
		"https://harvard.example/.well-known/did.json": harvard.document(victim),
		listAddress: string(harvard.jwt(map[string]any{"typ": "vc+jwt", "kid": kid}, bitstringList(victim, packed(bits(131072, 3))))),
	}
	lists := list(entry("Harvard", `{"did":"`+victim+`"}`))
	const late, from = "2029-01-01T00:00:00Z", "2026-01-01T00:00:00Z"
	const end, start = `["s","validUntil","2026-01-02T00:00:00Z"]`, `["s","validFrom","2027-01-02T00:00:00Z"]`
	for _, row := range []struct {
		name       string
		members    object
		disclosure string
		hidden     report.Headline
		shown      report.Headline
	}{
		{"nothing that decides", object{"validUntil": late}, `["s","name","x"]`, report.Verified, report.Verified},
		{"its end, behind exp", object{"exp": 1830297600}, end, report.Incomplete, report.Expired},
		{"its end, behind that of another model", object{"expirationDate": late}, end, report.Incomplete, report.Expired},
		{"its beginning, behind nbf", object{"validFrom": nil, "nbf": 1767225600, "validUntil": late}, start, report.Incomplete, report.NotYetValid},
		{"its beginning, behind that of another model", object{"validFrom": nil, "issuanceDate": from, "validUntil": late}, start, report.Incomplete, report.NotYetValid},
	} {
		b := badgeWith(victim, statusEntry())
		b["_sd"] = []any{"%1"}
		for name, value := range row.members {
			if b[name] = value; value == nil {
				delete(b, name)
			}
		}
		file := disclosed(harvard, object{"typ": "vc+sd-jwt", "kid": kid}, b, row.disclosure)
		expect(t, row.name, judged(t, site, append(untilded(file), '~'), lists), row.hidden)
		expect(t, row.name+", shown", judged(t, site, file, lists), row.shown)
	}
}
