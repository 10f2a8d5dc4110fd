package publickey

import (
	"strings"
	"sync"
	"testing"

	"github.com/sealcheck/sealcheck/verifier/internal/limits"
	"github.com/sealcheck/sealcheck/verifier/report"
)

// TestKeep: a key that is kept is found by its whole text only, what is no key
// is never kept, and there are never more than the limit.
func TestKeep(t *testing.T) {
	const text = "zDnaerDaTF5BXEavCrfRZEk316dpbLsfPDZ3WJ5hRTPFU2169" // W3C did:key, P-256
	first, err := FromMultikey(text, report.KeyMalformed)
	if err != nil {
		t.Fatal(err)
	}
	var all sync.WaitGroup
	for range 8 {
		all.Go(func() {
			if again, err := FromMultikey(text, report.KeyMalformed); err != nil || again != first {
				t.Errorf("%v, %v", again, err)
			}
			for _, other := range []string{text[:len(text)-1], text + "1", "z" + text, strings.ToLower(text), text[1:]} {
				if key, err := FromMultikey(other, report.KeyMalformed); err == nil {
					t.Errorf("%s: %v", other, key)
				}
			}
		})
	}
	all.Wait()
	var some keeping
	for i := range 3 * limits.KeysKept {
		some.put("z"+strings.Repeat("1", i%100)+strings.Repeat("2", i/100), i)
	}
	some.put("z"+strings.Repeat("3", mostText), 1)
	some.put("u1", 1)
	if n := len(some.keys); n == 0 || n > limits.KeysKept || some.get("u1") != nil {
		t.Errorf("%d keys", n)
	}
}
