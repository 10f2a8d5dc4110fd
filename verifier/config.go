package verifier

import (
	"fmt"
	"time"

	"github.com/sealcheck/sealcheck/verifier/fetch"
	"github.com/sealcheck/sealcheck/verifier/internal/signature"
	"github.com/sealcheck/sealcheck/verifier/trust"
)

// Primitive is a host's own way to verify signatures.
type Primitive = signature.Primitive

// Config is what a host injects. The zero Config verifies offline, without
// any trust list, by the strict policy; only Now has no default that a pure
// core could have, and must be set.
type Config struct {
	// Getter answers the core's requests; nil answers none.
	Getter fetch.Getter
	// Now gives the instant to judge at. The core has no clock of its own.
	Now func() time.Time
	// Trust are the lists that the user relies on. One that could not be
	// loaded stands here with its error: it makes the trust check unknown,
	// never absent.
	Trust []trust.Source
	// Policy is what is asked beyond the facts; the zero Policy is strict.
	Policy Policy
	// Signatures is the host's own way to verify signatures where it is
	// faster, such as WebCrypto; nil leaves it all to the core.
	Signatures Primitive
	// Given are keys that the user hands in: JWK, JWK Set, PEM, verification
	// method or DID document, one text each.
	Given [][]byte
	// Contexts are JSON-LD contexts that the user adds to the known ones, by
	// address.
	Contexts map[string][]byte
	// Memory is what is remembered of status lists between one file and the
	// next; nil remembers nothing. Several Verifiers may share one.
	Memory *fetch.Memory
	// StatusLists are status lists, or certificate revocation lists, that the
	// user hands in beside the file, in the order in which they are tried: at
	// most MostLists, each of at most MostListBytes. They are judged as those
	// of the network are, and by their age.
	StatusLists [][]byte
	// MostUnpacked is how many bytes the files in one file may take when they
	// are unpacked; 0 is as many as the core ever unpacks, 64 MiB. A host with
	// little memory sets less.
	MostUnpacked int
}

// checkLists counts the lists that were handed in. What is in them is not
// looked at: a list that cannot be used is a finding of the file that needs it.
func (c *Config) checkLists() error {
	if len(c.StatusLists) > MostLists {
		return fmt.Errorf("%d status lists are handed in; at most %d are read", len(c.StatusLists), MostLists)
	}
	for i, list := range c.StatusLists {
		if len(list) > MostListBytes {
			return fmt.Errorf("status list %d has more than %d bytes", i+1, MostListBytes)
		}
	}
	return nil
}
