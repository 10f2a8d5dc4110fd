package status

import (
	"context"
	"time"

	"github.com/sealcheck/sealcheck/verifier/credential"
	"github.com/sealcheck/sealcheck/verifier/fetch"
	"github.com/sealcheck/sealcheck/verifier/key"
	"github.com/sealcheck/sealcheck/verifier/proof"
	"github.com/sealcheck/sealcheck/verifier/report"
)

// Question is everything on which the answer depends.
type Question struct {
	Credential *credential.Credential
	Proof      *proof.Proof // the proof on which the verdict rests; may be nil
	Key        *key.Key     // the key that signed; may be nil
	At         time.Time
	Session    *fetch.Session
	// Open verifies what was found at a list's address as a document of its
	// own, by the same pipeline. It is handed in, so that this package need
	// not know the pipeline (design.md 2).
	Open Opener
	// Supplied are lists that came in the same file or were handed in beside
	// it, in the order in which they are to be tried.
	Supplied []Supplied
	// Keeps says whether a trust list names the signer as one that keeps the
	// lists of this issuer; nil says no.
	Keeps func(signer string) bool
	// FromRight says whether a trust list records that this issuer's lists of
	// 2020 and 2021 are counted from the right, and whether it records
	// anything about it; nil: nothing is recorded.
	FromRight func() (right, recorded bool)
}

// Opener verifies a list. Whatever it is given, it gives a report.
type Opener func(ctx context.Context, data []byte) List

// List is a list as a signed document.
type List struct {
	// Report is its own report: the checks from envelope to validity; those
	// behind it are skipped.
	Report report.Credential
	// Credential is what it says, nil where it could not be read.
	Credential *credential.Credential
	Key        *key.Key // that signed it; may be nil
	// Signed is the instant at which it says that it was signed; zero where
	// it does not say.
	Signed time.Time
}

// Supplied is a list that did not come from its own address.
type Supplied struct {
	Data []byte
	// InFile says that it came in the same file as the credential.
	InFile bool
}
