// Package samplekey makes public keys for tests, always the same ones. Nothing
// but tests imports it.
package samplekey

import (
	"crypto/ecdsa"
	"crypto/ed25519"
	"crypto/elliptic"
	"crypto/rsa"
	"encoding/base64"
	"math/big"
	"math/rand"

	"github.com/sealcheck/sealcheck/verifier/internal/multibase"
	"github.com/sealcheck/sealcheck/verifier/internal/secp256k1"
)

// Ed25519 gives one Ed25519 key per number.
func Ed25519(n byte) ed25519.PublicKey {
	seed := make([]byte, 32)
	seed[0] = n
	return ed25519.NewKeyFromSeed(seed).Public().(ed25519.PublicKey)
}

// Point gives the n-th multiple of a curve's base point.
func Point(curve elliptic.Curve, n byte) *ecdsa.PublicKey {
	scalar := make([]byte, (curve.Params().N.BitLen()+7)/8)
	scalar[len(scalar)-1] = n
	private, err := ecdsa.ParseRawPrivateKey(curve, scalar)
	if err != nil {
		panic(err)
	}
	return &private.PublicKey
}

// Secp256k1 gives the base point (SEC 2 2.4.1).
func Secp256k1() *secp256k1.PublicKey {
	x, _ := new(big.Int).SetString("79be667ef9dcbbac55a06295ce870b07029bfcdb2dce28d959f2815b16f81798", 16)
	y, _ := new(big.Int).SetString("483ada7726a3c4655da4fbfc0e1108a8fd17b448a68554199c47d08ffb10d4b8", 16)
	return &secp256k1.PublicKey{X: x, Y: y}
}

// RSA makes a modulus of the length asked for. Nobody checks that it is
// a product of two primes.
func RSA(bits int) *rsa.PublicKey {
	n := new(big.Int).Rand(rand.New(rand.NewSource(int64(bits))), new(big.Int).Lsh(big.NewInt(1), uint(bits-1)))
	n.SetBit(n, bits-1, 1).SetBit(n, 0, 1)
	return &rsa.PublicKey{N: n, E: 65537}
}

// JWK writes a public key as a JWK.
func JWK(public any) string {
	switch public := public.(type) {
	case ed25519.PublicKey:
		return `{"crv":"Ed25519","kty":"OKP","x":"` + encode(public) + `"}`
	case *ecdsa.PublicKey:
		data, _ := public.Bytes()
		size := len(data) / 2
		return point(public.Curve.Params().Name, encode(data[1:1+size]), encode(data[1+size:]))
	case *secp256k1.PublicKey:
		return point("secp256k1", encode(public.X.FillBytes(make([]byte, 32))), encode(public.Y.FillBytes(make([]byte, 32))))
	case *rsa.PublicKey:
		return `{"e":"` + encode(big.NewInt(int64(public.E)).Bytes()) + `","kty":"RSA","n":"` + encode(public.N.Bytes()) + `"}`
	}
	panic("no such key")
}

func encode(data []byte) string { return base64.RawURLEncoding.EncodeToString(data) }

func varint(code uint64) []byte {
	var out []byte
	for ; code >= 0x80; code >>= 7 {
		out = append(out, byte(code)|0x80)
	}
	return append(out, byte(code))
}

// Multikey writes key data with its multicodec code as base58btc.
func Multikey(code uint64, data []byte) string {
	return "z" + multibase.EncodeBase58(append(varint(code), data...))
}

// Compress writes a point in compressed form (SEC 1 2.3.3).
func Compress(public *ecdsa.PublicKey) []byte {
	return elliptic.MarshalCompressed(public.Curve, public.X, public.Y)
}

// OffCurve is an x for which P-256 has no y.
func OffCurve() []byte {
	data := make([]byte, 33)
	for data[0] = 2; ; data[32]++ {
		if x, _ := elliptic.UnmarshalCompressed(elliptic.P256(), data); x == nil {
			return data
		}
	}
}

func point(curve, x, y string) string {
	return `{"crv":"` + curve + `","kty":"EC","x":"` + x + `","y":"` + y + `"}`
}
