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
	// Spend counts work that entries make us do, in steps of about a
	// millisecond; false where there has been too much. nil counts nothing.
	Spend func(steps int) bool
	// Plain are the unsigned lists that were read so far, by address: each is
	// read once, however many entries refer to it. nil keeps none.
	Plain map[string]*Plain
	// Keeps says whether a trust list names the signer as one that keeps the
	// lists of this issuer; nil says no.
	Keeps func(signer string) bool
	// Authorities are the certification authorities that trust lists vouch
	// for; nil: none.
	Authorities Authorities
	// FromRight says whether a trust list records that this issuer's lists of
	// 2020 and 2021 are counted from the right, and whether it records
	// anything about it; nil: nothing is recorded.
	FromRight func() (right, recorded bool)
}

// Opener verifies a list, once for every name that it is given under. Whatever
// it is given, it gives a report.
// A token need not say who issued it; one that does not is held against the
// issuer of the credential that refers to it.
type Opener func(ctx context.Context, name string, data []byte, issuer credential.Issuer) List

// List is a list as a signed document.
type List struct {
	// Report is its own report: the checks from envelope to validity; those
	// behind it are skipped.
	Report report.Credential
	// Credential is what it says, nil where it could not be read.
	Credential *credential.Credential
	Key        *key.Key // that signed it; may be nil
	// Signer is whom it names as its issuer; for a token that names none, whom
	// its key belongs to, or else the issuer that it was held against.
	Signer string
	// Selective says that whoever hands it on may have left out a part of it.
	Selective bool
	// Signed is the instant at which it says that it was signed; zero where
	// it does not say.
	Signed time.Time
}

// Supplied is a list that did not come from its own address.
type Supplied struct {
	Data []byte
	// Name is one for these bytes and no others, for Opener.
	Name string
	// Address is the one that it says it stands at, unverified; "" for what is
	// no list, such as a certificate revocation list. Only a list that is asked
	// for by this address is looked at any further, lest it make us ask for
	// its signer's key.
	Address string
	// InFile says that it came in the same file as the credential.
	InFile bool
}
