// Package proof reads proofs without cryptography, and verifies them with a
// key that somebody else found. One file per proof type.
package proof

import (
	"crypto/rsa"
	"time"

	"github.com/sealcheck/sealcheck/verifier/internal/signature"
	"github.com/sealcheck/sealcheck/verifier/internal/strictjson"
)

// Suite names how a proof is made, as the report shows it: a JOSE algorithm
// ("ES256"), a cryptosuite ("eddsa-jcs-2022"), or "JAdES/RS256".
type Suite string

// The key types that suites admit, as Reference.Curves names them.
const (
	Ed25519   = "Ed25519"
	P256      = "P-256"
	P384      = "P-384"
	P521      = "P-521"
	Secp256k1 = "secp256k1"
	RSA       = "RSA"
)

// The purposes that a proof may have (VC-DATA-INTEGRITY 4.4).
const (
	AssertionMethod = "assertionMethod"
	Authentication  = "authentication"
)

// Content is what a document is that a proof is of.
type Content uint8

const (
	ACredential Content = iota
	APresentation
	AStatusListToken
)

// Reference is what a proof says about its key. Nothing in it is trusted: it
// says where to look, and issuer decides what the key found there is worth.
type Reference struct {
	// KeyID is `kid` or verificationMethod as written: a DID URL, an https
	// address, a bare identifier, or "".
	KeyID string
	// HeaderKey is a JWK that the header carries, Absent where it does not.
	// It is a candidate at most (T3).
	HeaderKey strictjson.Value
	// Chain is x5c, leaf first, DER. Bound says that the protected header
	// also fixes the leaf by its digest, so that key and file are one.
	Chain [][]byte
	Bound bool
	// Purpose is the relationship that the key must stand in; always
	// "assertionMethod" for credentials, "authentication" for presentations.
	Purpose string
	// Algorithm is the JOSE algorithm that the header states, "" for Data
	// Integrity; Curves are the key types that the suite admits:
	// "Ed25519", "P-256", "P-384", "P-521", "secp256k1", "RSA".
	Algorithm string
	Curves    []string
	// Metadata says that the keys of an issuer with an https address stand in
	// its metadata, and nowhere else (SD-JWT VC 5).
	Metadata bool
	// Addressed says that the credential names its issuer by an address or a DID
	// and not by a certificate: its document may list the key of one.
	Addressed bool
	// Badge says that the proof is of an Open Badge before 3.0, whose keys and
	// profiles may give their addresses as plain http, and Listed that the
	// issuer's profile must name the key (Open Badges 2.0, Verification).
	Badge, Listed bool
	// Created is when the proof says that it was made; zero if it does not.
	Created time.Time
}

// Proof is one proof, read and not yet verified.
type Proof struct {
	Suite     Suite
	Path      string // JSON pointer of an embedded proof, "/signatures/0" of a JWS, or ""
	Reference Reference
	// Expires is when the proof itself ends; zero if it does not say.
	Expires time.Time
	// Seal says that this is a JAdES seal: its signing time is a claim until
	// a trusted time-stamp says otherwise.
	Seal bool
	// Revocation is what a seal carries about its certificate's standing.
	Revocation Revocation
	// Selective says that the holder chose which part of the credential to
	// show: what is not there may still have been signed.
	Selective bool
	// StandingFixed says that the issuer made the reference to its standing one
	// of the parts that are always shown.
	StandingFixed bool
	// Partial says that the holder could keep a part of the credential back.
	Partial bool
	// EndHidden says that this may be a day on which it ends, although not where
	// its standing can be looked up (SD-JWT VC 2.2.2.3).
	EndHidden bool
	// Anchored says that no key signs it: a fingerprint of the document is said
	// to stand in a public register (Blockcerts). Verify then takes no key, and
	// never gives nil: who wrote there, and whether, is not looked up.
	Anchored bool
	// After are the places, in what Read gives, of the earlier proofs that
	// this one also covers (VC-DATA-INTEGRITY 2.1.2). It says nothing unless
	// each of them holds.
	After []int

	verify  verifying // set by Read; nil for a suite we cannot check
	bytes   int       // what has to be hashed for every key that is tried
	outcome *outcome  // what Verify found out, see Remarks; nil for a JWS
}

// verifying begins the mathematics of one proof with a key.
type verifying func(public any, by signature.Primitive) signature.Wait

// Work is what it costs to try a key: one for the mathematics, more for a
// long RSA key, and one for every 64 KB that have to be hashed.
func (p *Proof) Work(public any) int {
	work := 1 + p.bytes>>16
	if k, ok := public.(*rsa.PublicKey); ok && k.N != nil {
		ratio := k.N.BitLen() / 2048
		work += ratio * ratio
	}
	return work
}

// Chosen says that the holder could keep a part of the credential back.
func (p *Proof) Chosen() bool { return p.Selective || p.Partial }

// Supported says whether Verify can do anything with this proof.
func (p *Proof) Supported() bool { return p.verify != nil }
