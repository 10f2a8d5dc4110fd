// Package secp256k1 verifies ECDSA signatures on the curve secp256k1 (SEC 2
// 2.4.1), the one that the standard library lacks and that ES256K (RFC 8812)
// and EBSI need. It can only verify: nothing here is secret, so it is written
// for size and plainness, not for constant time.
package secp256k1

import (
	"encoding/hex"
	"math/big"

	"github.com/sealcheck/sealcheck/verifier/report"
)

// Size is the length in bytes of a coordinate, of r, and of s.
const Size = 32

// The curve y² = x³ + 7 over the prime field of p; its points are n, a prime,
// and all multiples of (gx, gy) (SEC 2 2.4.1).
var (
	p  = number("fffffffffffffffffffffffffffffffffffffffffffffffffffffffefffffc2f")
	n  = number("fffffffffffffffffffffffffffffffebaaedce6af48a03bbfd25e8cd0364141")
	gx = number("79be667ef9dcbbac55a06295ce870b07029bfcdb2dce28d959f2815b16f81798")
	gy = number("483ada7726a3c4655da4fbfc0e1108a8fd17b448a68554199c47d08ffb10d4b8")
	b  = big.NewInt(7)
)

// number takes the bytes as they are: big.Int's own reading of text costs the
// page several milliseconds at every start.
func number(text string) *big.Int {
	data, _ := hex.DecodeString(text)
	return new(big.Int).SetBytes(data)
}

// Order is n, the number of points: r and s of a signature are below it.
func Order() *big.Int { return new(big.Int).Set(n) }

// PublicKey is a point of the curve in affine coordinates. Keys come from
// Parse or FromCoordinates, which check that it is one.
type PublicKey struct {
	X, Y *big.Int
}

// Parse reads a point as SEC 1 2.3.4 writes it: 33 bytes compressed or 65
// uncompressed. Errors are *report.Problem with code key.malformed.
func Parse(data []byte) (*PublicKey, error) {
	switch {
	case len(data) == 1+2*Size:
		return ParseUncompressed(data)
	case len(data) == 1+Size && (data[0] == 2 || data[0] == 3):
		return decompress(data[0]&1, data[1:])
	default:
		return nil, malformed("neither a compressed nor an uncompressed point")
	}
}

// ParseUncompressed reads the byte 4 and two coordinates of 32 bytes. Errors
// are *report.Problem with code key.malformed.
func ParseUncompressed(data []byte) (*PublicKey, error) {
	if len(data) != 1+2*Size || data[0] != 4 {
		return nil, malformed("not an uncompressed point")
	}
	return FromCoordinates(data[1:1+Size], data[1+Size:])
}

// FromCoordinates makes a key of two coordinates, big-endian and of exactly
// 32 bytes as JWK writes them (RFC 7518 6.2.1.2). Errors are *report.Problem
// with code key.malformed.
func FromCoordinates(x, y []byte) (*PublicKey, error) {
	if len(x) != Size || len(y) != Size {
		return nil, malformed("a coordinate has 32 bytes")
	}
	k := &PublicKey{X: new(big.Int).SetBytes(x), Y: new(big.Int).SetBytes(y)}
	if !k.onCurve() {
		return nil, malformed("the point is not on the curve")
	}
	return k, nil
}

// decompress finds the y that belongs to x and has the given parity.
func decompress(parity byte, data []byte) (*PublicKey, error) {
	x := new(big.Int).SetBytes(data)
	if x.Cmp(p) >= 0 {
		return nil, malformed("the point is not on the curve")
	}
	y := new(big.Int).ModSqrt(cubic(x), p)
	if y == nil {
		return nil, malformed("the point is not on the curve")
	}
	if byte(y.Bit(0)) != parity {
		y.Sub(p, y)
	}
	k := &PublicKey{X: x, Y: y}
	if !k.onCurve() {
		return nil, malformed("the point is not on the curve")
	}
	return k, nil
}

// onCurve says whether both coordinates are reduced and fit the equation. The
// point at infinity has no coordinates, and the curve's order is prime, so
// every point that passes has order n.
func (k *PublicKey) onCurve() bool {
	if k == nil || k.X == nil || k.Y == nil || k.X.Sign() < 0 || k.Y.Sign() < 0 ||
		k.X.Cmp(p) >= 0 || k.Y.Cmp(p) >= 0 {
		return false
	}
	square := new(big.Int).Mul(k.Y, k.Y)
	return square.Mod(square, p).Cmp(cubic(k.X)) == 0
}

// cubic is x³ + 7.
func cubic(x *big.Int) *big.Int {
	c := new(big.Int).Mul(x, x)
	c.Mod(c, p)
	c.Mul(c, x)
	c.Add(c, b)
	return c.Mod(c, p)
}

// Bytes is the point in uncompressed form, 65 bytes.
func (k *PublicKey) Bytes() []byte {
	data := make([]byte, 1+2*Size)
	data[0] = 4
	k.X.FillBytes(data[1 : 1+Size])
	k.Y.FillBytes(data[1+Size:])
	return data
}

// Equal says whether another key is the same point.
func (k *PublicKey) Equal(other *PublicKey) bool {
	return k.onCurve() && other.onCurve() && k.X.Cmp(other.X) == 0 && k.Y.Cmp(other.Y) == 0
}

func malformed(detail string) error {
	return report.NewProblem(report.KeyMalformed, "secp256k1: "+detail)
}
