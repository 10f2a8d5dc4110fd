package publickey

import (
	"bytes"
	"crypto/ed25519"
	"crypto/rsa"
	"encoding/hex"
	"math/big"
	"sync"

	"github.com/sealcheck/sealcheck/verifier/internal/limits"
	"github.com/sealcheck/sealcheck/verifier/report"
)

// soundRSA: below 2048 bits a key can be broken, an even modulus or a tiny
// exponent is no RSA at all, and above 8192 bits one check takes too long
// (T2).
func soundRSA(public *rsa.PublicKey) error {
	if public.N == nil || public.N.Sign() <= 0 || public.N.Bit(0) == 0 {
		return report.NewProblem(report.KeyMalformed, "an even modulus")
	}
	switch bits := public.N.BitLen(); {
	case bits < limits.RSABitsLeast:
		return report.NewProblem(report.KeyWeak, "an RSA key of fewer than 2048 bits")
	case bits > limits.RSABitsMost:
		return report.NewProblem(report.KeyWeak, "an RSA key of more than 8192 bits")
	case public.E < 3 || public.E%2 == 0:
		return report.NewProblem(report.KeyWeak, "an RSA exponent that is even or less than 3")
	}
	return nil
}

// smallOrder holds the y coordinates, little-endian, of the eight points of
// Ed25519 whose order divides 8, with those spellings of them that go beyond
// the field's prime. The sign bit is left out. With such a key, signatures
// can be made that verify for any message (T2).
var smallOrder = [...]string{
	"0000000000000000000000000000000000000000000000000000000000000000", // y = 0, order 4
	"0100000000000000000000000000000000000000000000000000000000000000", // y = 1, order 1
	"26e8958fc2b227b045c3f489f2ef98f0d5dfac05d3c63339b13802886d53fc05", // order 8
	"c7176a703d4dd84fba3c0b760d10670f2a2053fa2c39ccc64ec7fd7792ac037a", // order 8
	"ecffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f", // y = -1, order 2
	"edffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f", // y = p, that is 0
	"eeffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f", // y = p+1, that is 1
}

// FromEd25519 checks an Ed25519 public key: its length, that it is a point in
// its one spelling (RFC 8032 5.1.3), and not one of small order.
func FromEd25519(data []byte) (any, error) {
	if len(data) != ed25519.PublicKeySize {
		return nil, report.NewProblem(report.KeyMalformed, "wrong length for Ed25519")
	}
	y := make([]byte, len(data))
	copy(y, data)
	y[31] &= 0x7f
	text := hex.EncodeToString(y)
	for _, small := range smallOrder {
		if text == small {
			return nil, report.NewProblem(report.KeyWeak, "an Ed25519 point of small order")
		}
	}
	if !seen.before(y) && !seen.keep(y, onEd25519(y)) {
		return nil, report.NewProblem(report.KeyMalformed, "no point of Ed25519")
	}
	return ed25519.PublicKey(append([]byte(nil), data...)), nil
}

// onEd25519 says whether some x goes with this y, little-endian: on the curve
// x² = (y²-1)/(d·y²+1) with d = -121665/121666, and a fraction is a square
// exactly where the product of its halves is one.
func onEd25519(little []byte) bool {
	big1 := big.NewInt(1)
	p := new(big.Int).Lsh(big1, 255)
	p.Sub(p, big.NewInt(19))
	y := new(big.Int)
	for i := len(little) - 1; i >= 0; i-- {
		y.Or(y.Lsh(y, 8), big.NewInt(int64(little[i])))
	}
	if y.Cmp(p) >= 0 {
		return false
	}
	// Both halves times 121666: their product changes by a square, and stays
	// a square or none.
	y2 := new(big.Int).Mul(y, y)
	numerator := new(big.Int).Sub(y2, big1)
	numerator.Mul(numerator, big.NewInt(121666))
	denominator := new(big.Int).Mul(y2, big.NewInt(-121665))
	denominator.Add(denominator, big.NewInt(121666))
	product := numerator.Mul(numerator, denominator)
	return big.Jacobi(product.Mod(product, p), p) >= 0
}

// points remembers the points that were last found to lie on the curve: a
// folder of files comes from a few issuers, and in a browser this check costs
// as much as all the hashing of a small badge. (An empty place holds y = 0,
// which is of small order and was refused before.)
type points struct {
	sync.Mutex
	kept [32][32]byte
	next int
}

var seen points

func (p *points) before(y []byte) bool {
	p.Lock()
	defer p.Unlock()
	for i := range p.kept {
		if bytes.Equal(p.kept[i][:], y) {
			return true
		}
	}
	return false
}

// keep remembers a point that lies on the curve, and hands on whether it does.
func (p *points) keep(y []byte, on bool) bool {
	if on && len(y) == 32 {
		p.Lock()
		copy(p.kept[p.next%len(p.kept)][:], y)
		p.next++
		p.Unlock()
	}
	return on
}
