package proof

import (
	"errors"
	"testing"

	"github.com/sealcheck/sealcheck/verifier/internal/signature"
)

// TestStartAll: checks are started in order, so many at a time, each is waited
// for in order and once, and the first that fails ends it.
func TestStartAll(t *testing.T) {
	wrong := errors.New("wrong")
	for _, row := range []struct{ count, fails int }{{1, -1}, {1, 0}, {together, -1}, {together + 1, -1}, {3 * together, -1}, {3 * together, 0}, {3 * together, together + 5}, {3 * together, 3*together - 1}} {
		started, ended := 0, 0
		wait := startAll(row.count, func(i int) signature.Wait {
			if i != started || started-ended > together {
				t.Fatalf("%v: %d started after %d, %d waited for", row, i, started, ended)
			}
			started++
			return func() error {
				if i != ended {
					t.Fatalf("%v: %d waited for after %d", row, i, ended)
				}
				ended++
				if i == row.fails {
					return wrong
				}
				return nil
			}
		})
		if started != min(row.count, together) || ended != 0 {
			t.Errorf("%v: %d started, %d waited for", row, started, ended)
		}
		if err := wait(); (row.fails < 0) != (err == nil) || row.fails < 0 && ended != row.count || row.fails >= 0 && ended != row.fails+1 {
			t.Errorf("%v: %v, %d waited for", row, err, ended)
		}
	}
}
