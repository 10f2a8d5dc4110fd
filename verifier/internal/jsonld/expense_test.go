package jsonld

import (
	"fmt"
	"github.com/sealcheck/sealcheck/verifier/internal/yardstick"
	"strings"
	"testing"
)

// TestExpense reads documents that are made to take long: each ends, accepted
// or refused, in a time that no reader minds.
func TestExpense(t *testing.T) {
	many := func(n int, format string) string {
		var list []string
		for i := range n {
			list = append(list, strings.ReplaceAll(format, "%d", fmt.Sprint(i)))
		}
		return strings.Join(list, ", ")
	}
	library := NewLibrary(source)
	for name, document := range map[string]string{
		"aliases of @type":                `{"@context": {` + many(40_000, `"t%d": "@type"`) + `}, ` + many(40_000, `"t%d": "urn:t"`) + `}`,
		"aliases told again":              `{"@context": [{` + many(45_000, `"t%d": "@type"`) + `}, {` + many(45_000, `"t%d": "@id"`) + `}], "urn:p": 1}`,
		"types with contexts":             `{"@context": {` + many(16_000, `"t%d": {"@id": "urn:t%d", "@context": {"a": "urn:a"}}`) + `}, "@type": "t1"}`,
		"types with contexts, all used":   `{"@context": {` + many(8_000, `"t%d": {"@id": "urn:t%d", "@context": {"a": "urn:a"}}`) + `}, "@type": [` + many(8_000, `"t%d"`) + `]}`,
		"one type after the other":        `{"@context": {` + many(8_000, `"t%d": {"@id": "urn:t%d", "@context": {"a": "urn:a"}}`) + `}, "urn:p": [` + many(8_000, `{"@type": "t%d", "a": 1}`) + `]}`,
		"credentials with contexts":       `{"@context": ["` + v2 + `", {` + many(20_000, `"t%d": "urn:t"`) + `}], "type": "VerifiablePresentation", "verifiableCredential": [` + many(12_000, `{"@context": [{"n%d": "urn:n"}], "n%d": 1}`) + `]}`,
		"known contexts over new ones":    `{"@context": "` + v2 + `", "type": "VerifiablePresentation", "verifiableCredential": [` + many(8_000, `{"@context": [{"n%d": "urn:n"}, "https://test.example/plain"], "n%d": 1}`) + `]}`,
		"known contexts in all the nodes": `{"@context": "` + v1 + `", "urn:p": [` + many(20_000, `{"@context": ["https://test.example/plain", "`+v1+`"], "title": "x"}`) + `]}`,
		"chains of prefixes":              `{"@context": {` + many(25_000, `"t%d": {"@id": "t%dx:a"}, "t%dx": "urn:p"`) + `}, "urn:p": 1}`,
		"long words":                      `{"@context": {"p": "urn:` + strings.Repeat("x", 1<<20) + `"}, ` + many(50_000, `"p:%d": 1`) + `}`,
		"long keys":                       `{"urn:` + strings.Repeat("x", 4<<20) + `": [` + many(50_000, `{"urn:p": %d}`) + `]}`,
		"undefined at the end":            `{"urn:p": [` + many(60_000, `{"urn:p": %d}`) + `, {"nobody": 1}]}`,
		"an index map":                    `{"@context": "https://test.example/plain", "byTitle": {` + many(40_000, `"k%d": {"@id": "urn:a"}`) + `}}`,
		"lists in lists":                  `{"urn:p": ` + strings.Repeat(`{"@list": [`, 20) + many(50_000, `%d`) + strings.Repeat(`]}`, 20) + `}`,
	} {
		value := parse(t, document)
		for _, o := range []Options{{Lossless: true, Trace: true}, {}} {
			outcome := "accepted"
			spent := yardstick.Units(func() {
				expanded, err := library.Expand(value, o)
				if err == nil {
					_, err = expanded.Quads()
				}
				if err != nil {
					outcome = string(err.(*Error).Code) + err.(*Error).Name
				} else {
					expanded.Origins()
				}
			})
			t.Logf("%s (lossless %v): %s in %.0f units", name, o.Lossless, outcome, spent)
			if spent > 30_000 {
				t.Errorf("%s takes %.0f units", name, spent)
			}
		}
	}
}
