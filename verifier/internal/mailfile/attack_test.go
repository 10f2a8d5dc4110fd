package mailfile

import (
	"fmt"
	"strings"
	"testing"

	"github.com/sealcheck/sealcheck/verifier/internal/limits"
	"github.com/sealcheck/sealcheck/verifier/internal/yardstick"
)

// TestFloods: messages that are made to be long to take apart are not.
func TestFloods(t *testing.T) {
	part := func(header string) string { return "--b\nContent-Type: text/plain\n" + header + "\n\nx\n" }
	head := "Content-Type: multipart/mixed; boundary=b\n\n"
	fill := func(text string) string { return strings.Repeat(text, (limits.HeaderBytes-100)/len(text)) }
	many := func(header string) string {
		return head + strings.Repeat(part(header), min(limits.MailParts-2, 30<<20/len(part(header))))
	}
	var nested strings.Builder
	for i := range limits.MailDepth {
		fmt.Fprintf(&nested, "Content-Type: multipart/mixed; boundary=%s\n\n--%[1]s\n", strings.Repeat("b", limits.MailDepth-i))
	}
	for name, message := range map[string]string{
		"words in names":       many("Content-Disposition: attachment; filename=\"" + fill("=?Q?Q?") + "\""),
		"whole words in names": many("Content-Disposition: attachment; filename=\"" + fill("=?a?Q?b?=") + "\""),
		"words that never end": many("Content-Disposition: attachment; filename=\"" + fill("=?") + "\""),
		"lines that go on":     many("Content-Disposition: attachment; filename=a" + strings.Repeat("\n ;", 5000)),
		"fields":               many("Content-Type: x" + strings.Repeat("; a=b", 5000)),
		"names in pieces":      many("Content-Disposition: attachment" + strings.Repeat("; filename*0=a", 1000)),
		"boundaries":           head + strings.Repeat("--b\n", 8<<20),
		"nearly boundaries":    head + strings.Repeat("--bb\n", 6<<20),
		"nested":               nested.String() + strings.Repeat("--bbbbbbbbbbbbbbbbbb\n", 1<<20),
		"fields of one letter": strings.Repeat("a:\n", 10<<20),
		"other fields":         strings.Repeat("Content-A:\n ", 2<<20),
		"forwarded":            strings.Repeat("Content-Type: message/rfc822\n\n", limits.MailDepth) + strings.Repeat("x: y\n", 5<<20),
		"many kinds of fields": func() string {
			var b strings.Builder
			for i := range 1 << 20 {
				fmt.Fprintf(&b, "Content-%d: x\n", i)
			}
			return b.String()
		}(),
	} {
		spent := yardstick.Units(func() {
			parts, _ := Parts([]byte(message))
			for i := range parts {
				parts[i].Bytes()
			}
		})
		t.Logf("%s: %d bytes, %.0f units", name, len(message), spent)
		if spent > 6000 {
			t.Errorf("%s: %.0f units for %d bytes", name, spent, len(message))
		}
	}
}
