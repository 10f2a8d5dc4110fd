package secp256k1

import (
	"bytes"
	"crypto/sha256"
	"encoding/binary"
	"math/big"
	"testing"

	decred "github.com/decred/dcrd/dcrec/secp256k1/v4"
	"github.com/decred/dcrd/dcrec/secp256k1/v4/ecdsa"
)

// oracle makes a key and a signature with an independent implementation,
// which serves in tests alone.
func oracle(seed uint64) (private *decred.PrivateKey, hash, signature []byte) {
	sum := sha256.Sum256(binary.BigEndian.AppendUint64(nil, seed))
	private = decred.PrivKeyFromBytes(sum[:])
	sum = sha256.Sum256(sum[:])
	compact := ecdsa.SignCompact(private, sum[:], true)
	return private, sum[:], compact[1:]
}

func TestVerifyAgreesWithDecred(t *testing.T) {
	for seed := uint64(0); seed < 60; seed++ {
		private, hash, signature := oracle(seed)
		key, err := Parse(private.PubKey().SerializeCompressed())
		if err != nil {
			t.Fatal(err)
		}
		other, err := Parse(private.PubKey().SerializeUncompressed())
		if err != nil || !key.Equal(other) || !bytes.Equal(key.Bytes(), private.PubKey().SerializeUncompressed()) {
			t.Fatalf("seed %d: the two forms of the point differ: %v", seed, err)
		}
		if !key.Verify(hash, signature) {
			t.Fatalf("seed %d: an honest signature does not verify", seed)
		}
		// JOSE admits both s and n-s; decred makes the smaller.
		s := new(big.Int).SetBytes(signature[Size:])
		high := append(append([]byte(nil), signature[:Size]...), s.Sub(n, s).FillBytes(make([]byte, Size))...)
		if !key.Verify(hash, high) {
			t.Fatalf("seed %d: the signature with n-s does not verify", seed)
		}
		flipped := append([]byte(nil), signature...)
		flipped[seed%64] ^= 1 << (seed % 8)
		if key.Verify(hash, flipped) {
			t.Fatalf("seed %d: a changed signature verifies", seed)
		}
		changed := append([]byte(nil), hash...)
		changed[seed%32] ^= 1 << (seed % 8)
		if key.Verify(changed, signature) {
			t.Fatalf("seed %d: another hash verifies", seed)
		}
		stranger, _, _ := oracle(seed + 1000)
		wrong, _ := Parse(stranger.PubKey().SerializeCompressed())
		if wrong.Verify(hash, signature) {
			t.Fatalf("seed %d: another key verifies", seed)
		}
	}
}

// TestCombine compares sums with decred's, in particular those that pass
// through the same, the opposite, or no point.
func TestCombine(t *testing.T) {
	g := &PublicKey{gx, gy}
	minus := &PublicKey{gx, new(big.Int).Sub(p, gy)}
	private, _, _ := oracle(7)
	q, _ := Parse(private.PubKey().SerializeCompressed())
	last := new(big.Int).Sub(n, big.NewInt(1))
	half := new(big.Int).Rsh(n, 1)
	scalars := []*big.Int{big.NewInt(0), big.NewInt(1), big.NewInt(2), big.NewInt(3), big.NewInt(5), half, last, number("123456789abcdef0fedcba9876543210")}
	for _, point := range []*PublicKey{g, minus, q} {
		for i, u1 := range scalars {
			for j, u2 := range scalars {
				x, finite := combine(u1, g, u2, point).affineX()
				want := decredCombine(u1, u2, point)
				if finite != (want != nil) || finite && x.Cmp(want) != 0 {
					t.Errorf("scalars %d and %d: got %v (%v), want %v", i, j, x, finite, want)
				}
			}
		}
	}
}

// decredCombine is the x of u1·G + u2·q, nil for infinity.
func decredCombine(u1, u2 *big.Int, q *PublicKey) *big.Int {
	scalar := func(u *big.Int) *decred.ModNScalar {
		var k decred.ModNScalar
		k.SetByteSlice(u.Bytes())
		return &k
	}
	var a, b, sum, point decred.JacobianPoint
	key, _ := decred.ParsePubKey(q.Bytes())
	key.AsJacobian(&point)
	decred.ScalarBaseMultNonConst(scalar(u1), &a)
	decred.ScalarMultNonConst(scalar(u2), &point, &b)
	decred.AddNonConst(&a, &b, &sum)
	if sum.X.IsZero() && sum.Y.IsZero() || sum.Z.IsZero() {
		return nil
	}
	sum.ToAffine()
	x := sum.X.Bytes()
	return new(big.Int).SetBytes(x[:])
}

// TestSpecialSignatures holds the inputs with which verifiers have gone wrong
// (T2).
func TestSpecialSignatures(t *testing.T) {
	private, hash, good := oracle(1)
	key, _ := Parse(private.PubKey().SerializeCompressed())
	zero := make([]byte, Size)
	one := append(make([]byte, Size-1), 1)
	order := n.FillBytes(make([]byte, Size))
	field := p.FillBytes(make([]byte, Size))
	cat := func(parts ...[]byte) []byte { return bytes.Join(parts, nil) }
	plus := new(big.Int).Add(new(big.Int).SetBytes(good[Size:]), n)
	for name, signature := range map[string][]byte{
		"empty": {}, "r and s zero": cat(zero, zero), "r zero": cat(zero, good[Size:]), "s zero": cat(good[:Size], zero),
		"r = n": cat(order, good[Size:]), "s = n": cat(good[:Size], order), "r = p": cat(field, good[Size:]),
		"one and one": cat(one, one), "s and r": cat(good[Size:], good[:Size]),
		"63 bytes": good[:63], "65 bytes": cat(good, zero[:1]), "leading zero": cat(zero[:1], good), "33 and 33": cat(zero[:1], good[:Size], zero[:1], good[Size:]),
		"s+n": cat(good[:Size], plus.Bytes()),
	} {
		if key.Verify(hash, signature) {
			t.Errorf("%s: verifies", name)
		}
	}
	if !key.Verify(append(append([]byte(nil), hash...), 1, 2, 3), good) {
		t.Error("a longer hash is not cut to 32 bytes")
	}
	for name, k := range map[string]*PublicKey{
		"nil": nil, "zero value": {}, "off the curve": {X: big.NewInt(1), Y: big.NewInt(1)},
		"not reduced": {X: new(big.Int).Add(gx, p), Y: gy}, "negative": {X: gx, Y: new(big.Int).Neg(gy)},
	} {
		if k.Verify(hash, good) {
			t.Errorf("%s: verifies", name)
		}
	}
}

func TestParseRefuses(t *testing.T) {
	private, _, _ := oracle(3)
	compressed, whole := private.PubKey().SerializeCompressed(), private.PubKey().SerializeUncompressed()
	with := func(data []byte, at int, b byte) []byte {
		data = append([]byte(nil), data...)
		data[at] = b
		return data
	}
	beyond := append([]byte{2}, p.FillBytes(make([]byte, Size))...)
	for name, data := range map[string][]byte{
		"empty": {}, "infinity": {0}, "prefix 5": with(compressed, 0, 5), "hybrid 6": with(whole, 0, 6),
		"prefix 4 compressed": with(compressed, 0, 4), "32 bytes": compressed[1:], "64 bytes": whole[1:],
		"off the curve": with(whole, 64, whole[64]^1), "x = p": beyond, "x without y": append([]byte{2}, big.NewInt(5).FillBytes(make([]byte, Size))...),
		"trailing": append(append([]byte(nil), whole...), 0),
	} {
		if _, err := Parse(data); err == nil {
			t.Errorf("%s: taken", name)
		}
	}
	if _, err := FromCoordinates(whole[1:32], whole[33:]); err == nil {
		t.Error("a coordinate of 31 bytes is taken")
	}
	if k, err := FromCoordinates(whole[1:33], whole[33:]); err != nil || !bytes.Equal(k.Bytes(), whole) {
		t.Errorf("coordinates: %v", err)
	}
}

func FuzzVerify(f *testing.F) {
	private, hash, signature := oracle(9)
	f.Add(private.PubKey().SerializeCompressed(), hash, signature)
	f.Add(private.PubKey().SerializeUncompressed(), hash, make([]byte, 64))
	f.Fuzz(func(t *testing.T, point, hash, signature []byte) {
		key, err := Parse(point)
		theirs, theirErr := decred.ParsePubKey(point)
		if err != nil {
			// decred also takes the hybrid form.
			if theirErr == nil && len(point) > 0 && point[0] != 6 && point[0] != 7 {
				t.Fatalf("decred takes the point: %v", err)
			}
			return
		}
		if theirErr != nil {
			t.Fatalf("decred refuses the point: %v", theirErr)
		}
		if len(signature) != 64 || len(hash) != 32 {
			key.Verify(hash, signature)
			return
		}
		var r, s decred.ModNScalar
		overflow := r.SetByteSlice(signature[:32])
		overflow = s.SetByteSlice(signature[32:]) || overflow
		want := !overflow && ecdsa.NewSignature(&r, &s).Verify(hash, theirs)
		if got := key.Verify(hash, signature); got != want {
			t.Fatalf("got %v, decred %v", got, want)
		}
	})
}

func BenchmarkVerify(b *testing.B) {
	private, hash, signature := oracle(2)
	key, _ := Parse(private.PubKey().SerializeCompressed())
	for b.Loop() {
		if !key.Verify(hash, signature) {
			b.Fatal("does not verify")
		}
	}
}
