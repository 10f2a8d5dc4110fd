// Package bbs verifies proofs of BBS signatures
// (draft-irtf-cfrg-bbs-signatures, ciphersuite BLS12-381-SHA-256, in the form
// that it has had since draft 06): that the maker of a proof holds an issuer's
// signature over a list of messages, some of which are shown and the others
// kept. Points are on the curve BLS12-381 of circl. Nothing is signed here, so
// nothing has to take constant time.
package bbs

import (
	"errors"

	curve "github.com/cloudflare/circl/ecc/bls12381"
)

// KeySize is the length of a public key, in bytes: a point of G2, compressed.
const KeySize = curve.G2SizeCompressed

var errKey = errors.New("bbs: no public key, a compressed point of G2 other than the identity")

// PublicKey is an issuer's key. It is immutable and safe for concurrent use.
type PublicKey struct {
	point curve.G2
	text  [KeySize]byte
}

// ParsePublicKey reads a public key and checks it: 96 bytes, the canonical
// compressed form of a point of the subgroup G2 that is not the identity
// (octets_to_pubkey).
func ParsePublicKey(data []byte) (*PublicKey, error) {
	// Longer data could be the uncompressed form, which SetBytes reads as well.
	if len(data) != KeySize {
		return nil, errKey
	}
	k := new(PublicKey)
	copy(k.text[:], data)
	if k.point.SetBytes(data) != nil || k.point.IsIdentity() {
		return nil, errKey
	}
	return k, nil
}

// Bytes is the key as ParsePublicKey reads it.
func (k *PublicKey) Bytes() []byte { return append([]byte(nil), k.text[:]...) }

// Equal says whether two keys are the same.
func (k *PublicKey) Equal(other *PublicKey) bool {
	return k != nil && other != nil && k.text == other.text
}
