package verifier

import (
	"fmt"
	"time"

	"github.com/sealcheck/sealcheck/verifier/internal/limits"
)

// MostBytes is the largest file that can be verified. A host that reads from
// strangers stops at one more, which tells that there was too much.
const MostBytes = limits.FileBytes

// MostLists and MostListBytes are how many status lists may be handed in
// beside a file (Config.StatusLists), and how large each may be.
const (
	MostLists     = limits.ListsSupplied
	MostListBytes = limits.ListBytes
)

// With returns a verifier with another clock and policy and with the same
// lists, keys, contexts and network. Nothing is read again, so a host can do
// this for each request. It returns an error where New would.
func (v *Verifier) With(now func() time.Time, policy Policy) (*Verifier, error) {
	if err := policy.check(); err != nil {
		return nil, fmt.Errorf("verifier: %w", err)
	}
	if policy.Name == "" {
		policy.Name = "strict"
	}
	other := *v
	other.config.Policy = policy
	if now != nil {
		other.config.Now = now
	}
	return &other, nil
}
