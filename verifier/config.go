package verifier

import (
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
}
