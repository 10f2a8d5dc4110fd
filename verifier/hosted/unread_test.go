package hosted

import (
	"testing"

	"github.com/sealcheck/sealcheck/verifier/fetch"
)

// TestUnread: each way in which nothing can be read has a code.
func TestUnread(t *testing.T) {
	for failure := fetch.NoFailure + 1; failure < fetch.Failures; failure++ {
		if unread[failure] == "" {
			t.Errorf("none for %d", failure)
		}
	}
}
