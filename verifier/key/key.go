// Package key finds the public key that a proof refers to. A key that is
// found proves nothing by itself: whose it is, is for package issuer to say.
// One file per method; key imports proof, never the reverse.
package key

import (
	"crypto/x509"
)

// Source says where a key was found.
type Source string

const (
	DIDKey      Source = "did:key"
	DIDJWK      Source = "did:jwk"
	DIDDocument Source = "did-document"
	Profile     Source = "profile" // a controlled identifier document or issuer profile at an https address
	KeySet      Source = "key-set" // JWK or JWK Set at an https address
	Certificate Source = "certificate"
	Header      Source = "header" // carried in the proof itself: a candidate only
	Given       Source = "given"  // handed in by the user
	Hosted      Source = "hosted" // none: the issuer's website answers instead
)

// DocumentState is what became of reading the issuer's own document.
type DocumentState uint8

const (
	NotAsked    DocumentState = iota // the key is the document's own, or there is none to ask
	Read                             // read; it does not list this key
	Absent                           // the host answers that there is none (404, 410)
	Unavailable                      // no usable answer: offline, not allowed, unreachable, no document
)

// Key is a public key, and what is known of it.
type Key struct {
	// Public is ed25519.PublicKey, *ecdsa.PublicKey (P-256, P-384, P-521),
	// *rsa.PublicKey or *secp256k1.PublicKey. It has been checked: on its
	// curve, long enough, of no small order.
	Public any
	Source Source
	// ID is the verification method's absolute id, or the key's address.
	ID string
	// ListedBy is the identifier (DID or https address) of the document that
	// lists this key for the purpose asked for, and whose own id equals that
	// identifier; "" where no document does.
	ListedBy string
	// Address is the https address that the key was read from, "" if none.
	Address string
	// Inseparable says that the key is part of the file or of the identifier
	// (did:key, did:jwk, a certificate bound by its digest): if the signature
	// fails with it, the file was changed.
	Inseparable bool
	// Chain is the certificate chain, leaf first, for Source Certificate.
	Chain []*x509.Certificate
	// IssuerDocument says what became of the attempt to read the document of
	// the issuer that the credential names, where the key did not come from
	// it.
	IssuerDocument DocumentState
	// Ownerless says that a published key does not name its owner, which an
	// Open Badge's should.
	Ownerless bool
	// Loose says that the proof's reference named the key less than exactly
	// (a bare DID, a thumbprint, no reference at all).
	Loose bool
}
