package bbs

import (
	"crypto"
	_ "crypto/sha256" // the hash of the ciphersuite
	"encoding/binary"

	curve "github.com/cloudflare/circl/ecc/bls12381"
	"github.com/cloudflare/circl/expander"
)

// suite names a ciphersuite together with an interface (api_id): every hash is
// taken under its name.
type suite string

// plain is the ciphersuite BLS12-381-SHA-256 with the interface of the draft
// itself, blind with that of draft-irtf-cfrg-bbs-blind-signatures, where the
// holder adds messages that the issuer does not see.
const (
	plain suite = "BBS_BLS12381G1_XMD:SHA-256_SSWU_RO_H2G_HM2S_"
	blind suite = "BBS_BLS12381G1_XMD:SHA-256_SSWU_RO_BLIND_H2G_HM2S_"
)

// expanded is expand_len: 48 bytes, so that what is left of them modulo the
// order is uniform.
const expanded = 48

func expand(data []byte, tag string) []byte {
	return expander.NewExpanderMD(crypto.SHA256, []byte(tag)).Expand(data, expanded)
}

// hashToScalar is hash_to_scalar.
func hashToScalar(data []byte, tag string) *curve.Scalar {
	s := new(curve.Scalar)
	s.SetBytes(expand(data, tag))
	return s
}

// messageScalar is what a message is signed as (messages_to_scalars).
func (s suite) messageScalar(message []byte) *curve.Scalar {
	return hashToScalar(message, string(s)+"MAP_MSG_TO_SCALAR_AS_HASH_")
}

// generators makes the points that messages are bound to, the first of which
// binds the domain (hash_to_generators). Every point depends on
// those before it, so that a longer list begins with the shorter one.
func (s suite) generators(count int) []curve.G1 {
	seedTag := string(s) + "SIG_GENERATOR_SEED_"
	pointTag := []byte(string(s) + "SIG_GENERATOR_DST_")
	points := make([]curve.G1, count)
	v := expand([]byte(string(s)+"MESSAGE_GENERATOR_SEED"), seedTag)
	for i := range points {
		v = expand(binary.BigEndian.AppendUint64(v, uint64(i+1)), seedTag)
		points[i].Hash(v, pointTag)
	}
	return points
}

// domain binds a signature to the key, the number of messages, and the header
// (calculate_domain).
func (s suite) domain(key *PublicKey, generators []curve.G1, header []byte) *curve.Scalar {
	data := make([]byte, 0, KeySize+8+len(generators)*curve.G1SizeCompressed+len(s)+8+len(header))
	data = append(data, key.text[:]...)
	data = binary.BigEndian.AppendUint64(data, uint64(len(generators)-1))
	for i := range generators {
		data = append(data, generators[i].BytesCompressed()...)
	}
	data = append(data, s...)
	data = binary.BigEndian.AppendUint64(data, uint64(len(header)))
	data = append(data, header...)
	return hashToScalar(data, string(s)+"H2S_")
}

// base is P1, a point that nobody knows a relation to any
// generator of.
func base() *curve.G1 {
	const text = "\xa8\xce\x25\x61\x02\x84\x08\x21\xa3\xe9\x4e\xa9\x02\x5e\x46\x62\xb2\x05\x76\x2f\x97\x76\xb3\xa7" +
		"\x66\xc8\x72\xb9\x48\xf1\xfd\x22\x5e\x7c\x59\x69\x85\x88\xe7\x0d\x11\x40\x6d\x16\x1b\x4e\x28\xc9"
	p := new(curve.G1)
	if p.SetBytes([]byte(text)) != nil {
		panic("bbs: P1 is no point")
	}
	return p
}
