//go:build js && wasm

package webcrypto

import (
	"crypto"
	"crypto/ecdsa"
	"crypto/ed25519"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/rsa"
	"fmt"
	"math/big"
	"slices"
	"sync"
	"testing"

	"github.com/hack-pad/safejs"
)

func present(t testing.TB) *host {
	t.Helper()
	h, err := find()
	if err != nil {
		t.Fatal(err) // node has had one since version 15
	}
	return h
}

// signer is a key of ours and what its signatures look like.
type signer struct {
	name   string
	hash   crypto.Hash
	public any
	sign   func(data []byte) []byte
	// ours is what Go code says, which is the truth here.
	ours func(data, value []byte) bool
}

func digest(hash crypto.Hash, data []byte) []byte {
	h := hash.New()
	h.Write(data)
	return h.Sum(nil)
}

func signers(t testing.TB) []signer {
	t.Helper()
	public, private, err := ed25519.GenerateKey(rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	all := []signer{{
		"Ed25519", 0, public,
		func(data []byte) []byte { return ed25519.Sign(private, data) },
		func(data, value []byte) bool { return ed25519.Verify(public, data, value) },
	}}
	for _, one := range []struct {
		curve elliptic.Curve
		hash  crypto.Hash
	}{
		{elliptic.P256(), crypto.SHA256}, {elliptic.P384(), crypto.SHA384}, {elliptic.P521(), crypto.SHA512},
		{elliptic.P256(), crypto.SHA512}, {elliptic.P384(), crypto.SHA256}, // more and less than the curve has
	} {
		key, err := ecdsa.GenerateKey(one.curve, rand.Reader)
		if err != nil {
			t.Fatal(err)
		}
		all = append(all, signer{
			fmt.Sprintf("%s %s", one.curve.Params().Name, one.hash), one.hash, &key.PublicKey,
			func(data []byte) []byte {
				r, s, err := ecdsa.Sign(rand.Reader, key, digest(one.hash, data))
				if err != nil {
					t.Fatal(err)
				}
				return p1363(one.curve, r, s)
			},
			func(data, value []byte) bool { return ecdsaHolds(&key.PublicKey, one.hash, data, value) },
		})
	}
	key, err := rsa.GenerateKey(rand.Reader, 2048)
	if err != nil {
		t.Fatal(err)
	}
	for _, hash := range []crypto.Hash{crypto.SHA256, crypto.SHA384, crypto.SHA512} {
		all = append(all, signer{
			fmt.Sprintf("RSA %s", hash), hash, &key.PublicKey,
			func(data []byte) []byte {
				value, err := rsa.SignPKCS1v15(rand.Reader, key, hash, digest(hash, data))
				if err != nil {
					t.Fatal(err)
				}
				return value
			},
			func(data, value []byte) bool {
				return rsa.VerifyPKCS1v15(&key.PublicKey, hash, digest(hash, data), value) == nil
			},
		})
	}
	return all
}

func size(curve elliptic.Curve) int { return (curve.Params().BitSize + 7) / 8 }

func p1363(curve elliptic.Curve, r, s *big.Int) []byte {
	n := size(curve)
	value := make([]byte, 2*n)
	r.FillBytes(value[:n])
	s.FillBytes(value[n:])
	return value
}

// ecdsaHolds is what the core does: r and s in range, and of the curve's length.
func ecdsaHolds(key *ecdsa.PublicKey, hash crypto.Hash, data, value []byte) bool {
	n := size(key.Curve)
	if len(value) != 2*n {
		return false
	}
	r, s := new(big.Int).SetBytes(value[:n]), new(big.Int).SetBytes(value[n:])
	return ecdsa.Verify(key, digest(hash, data), r, s)
}

// mutants are values that are not, or not quite, the signature.
func mutants(s signer, value []byte) map[string][]byte {
	found := map[string][]byte{
		"empty": nil, "one byte": {1}, "zero": make([]byte, len(value)), "short": value[:len(value)-1],
		"long": append(append([]byte{}, value...), 0), "twice": append(append([]byte{}, value...), value...),
		"led by zero": append([]byte{0}, value...), "halves swapped": append(append([]byte{}, value[len(value)/2:]...), value[:len(value)/2]...),
	}
	for i := 0; i < 8*len(value); i += 37 {
		flipped := append([]byte{}, value...)
		flipped[i/8] ^= 1 << (i % 8)
		found[fmt.Sprintf("bit %d", i)] = flipped
	}
	switch public := s.public.(type) {
	case ed25519.PublicKey:
		// S + L has the same meaning, and RFC 8032 5.1.7 refuses it.
		l, _ := new(big.Int).SetString("7237005577332262213973186563042994240857116359379907606001950938285454250989", 10)
		raised := append([]byte{}, value...)
		sum := new(big.Int).Add(little(value[32:]), l)
		for i := range raised[32:] {
			raised[32+i] = byte(new(big.Int).Rsh(sum, uint(8*i)).Uint64())
		}
		found["S + L"] = raised
	case *ecdsa.PublicKey:
		n, half := public.Curve.Params().N, len(value)/2
		r, v := new(big.Int).SetBytes(value[:half]), new(big.Int).SetBytes(value[half:])
		found["r = 0"] = p1363(public.Curve, new(big.Int), v)
		found["s = 0"] = p1363(public.Curve, r, new(big.Int))
		found["r = n"] = p1363(public.Curve, n, v)
		found["s = n"] = p1363(public.Curve, r, n)
		found["r = s = 1"] = p1363(public.Curve, big.NewInt(1), big.NewInt(1))
		found["n - s"] = p1363(public.Curve, r, new(big.Int).Sub(n, v)) // holds as well, for both
		if sum := new(big.Int).Add(v, n); sum.BitLen() <= 8*half {
			found["s + n"] = p1363(public.Curve, r, sum)
		}
	case *rsa.PublicKey:
		if sum := new(big.Int).Add(new(big.Int).SetBytes(value), public.N); sum.BitLen() <= 8*len(value) {
			found["value + N"] = sum.FillBytes(make([]byte, len(value)))
		}
		found["N"] = public.N.FillBytes(make([]byte, len(value)))
		found["N - 1"] = new(big.Int).Sub(public.N, big.NewInt(1)).FillBytes(make([]byte, len(value)))
	}
	return found
}

func little(data []byte) *big.Int {
	turned := make([]byte, len(data))
	for i, b := range data {
		turned[len(data)-1-i] = b
	}
	return new(big.Int).SetBytes(turned)
}

// Where Go code says no, the host does not say yes; and it says yes at all.
func TestHoldsAsOurs(t *testing.T) {
	h := present(t)
	data := []byte("the bytes that were signed")
	for _, s := range signers(t) {
		t.Run(s.name, func(t *testing.T) {
			value := s.sign(data)
			if !s.ours(data, value) || !h.Holds(s.public, s.hash, data, value) {
				t.Fatal("a good signature does not hold")
			}
			if empty := s.sign(nil); !h.Holds(s.public, s.hash, nil, empty) {
				t.Error("a signature of nothing does not hold")
			}
			for about, mutant := range mutants(s, value) {
				if ours, theirs := s.ours(data, mutant), h.Holds(s.public, s.hash, data, mutant); ours != theirs {
					t.Errorf("%s: we say %v, the host %v", about, ours, theirs)
				}
			}
			if h.Holds(s.public, s.hash, []byte("the bytes that were signee"), value) || h.Holds(s.public, s.hash, nil, value) {
				t.Error("it holds for other bytes")
			}
		})
	}
}

// What the door hashes is as if it had been hashed before: it says yes to what Go
// code says yes to, and no to all else. Without a door nothing is hashed.
func TestStartHashed(t *testing.T) {
	h := present(t)
	head, rest := make([]byte, 32), make([]byte, 5000)
	for i := range rest {
		rest[i] = byte(i)
	}
	for _, s := range signers(t) {
		for _, of := range []crypto.Hash{crypto.SHA256, crypto.SHA384} {
			signed := slices.Concat(head, digest(of, rest))
			value := s.sign(signed)
			_, isRSA := s.public.(*rsa.PublicKey)
			if wait := h.StartHashed(s.public, s.hash, head, rest, of, value); h.door == nil || isRSA {
				if wait != nil {
					t.Errorf("%s: a host that cannot hash was asked", s.name)
				}
				continue
			}
			holds := func(head, rest []byte, of crypto.Hash, value []byte) bool {
				return h.StartHashed(s.public, s.hash, head, rest, of, value)()
			}
			if !holds(head, rest, of, value) {
				t.Fatalf("%s, %s: a good signature does not hold", s.name, of)
			}
			// The program goes on writing where it wants before there is an answer.
			ownRest, ownValue := slices.Clone(rest), slices.Clone(value)
			wait := h.StartHashed(s.public, s.hash, head, ownRest, of, ownValue)
			clear(ownRest)
			clear(ownValue)
			if !wait() {
				t.Errorf("%s: what is written afterwards counts", s.name)
			}
			other := slices.Clone(rest)
			other[4999] ^= 1
			if holds(head, other, of, value) || holds(other[:32], rest, of, value) || holds(head, rest[:4999], of, value) || holds(nil, rest, of, value) {
				t.Errorf("%s: it holds for other bytes", s.name)
			}
			if holds(head, rest, crypto.SHA256^crypto.SHA384^of, value) {
				t.Errorf("%s: it holds by another hash", s.name)
			}
			for about, mutant := range mutants(s, value) {
				wait := h.StartHashed(s.public, s.hash, head, rest, of, mutant)
				if ours, theirs := s.ours(signed, mutant), wait != nil && wait(); ours != theirs {
					t.Errorf("%s, %s: we say %v, the host %v", s.name, about, ours, theirs)
				}
			}
			if h.StartHashed(s.public, s.hash, head, nil, of, value) != nil || h.StartHashed(s.public, s.hash, head, rest, crypto.SHA1, value) != nil {
				t.Errorf("%s: nothing, or by a hash that no suite has", s.name)
			}
		}
	}
}

// A signature holds for its own key and hash only, in whichever order they are
// asked for.
func TestHoldsForNoOther(t *testing.T) {
	h := present(t)
	data := []byte("the bytes that were signed")
	all := append(signers(t), signers(t)...)
	for i, s := range all {
		value := s.sign(data)
		for j, other := range all {
			if h.Holds(other.public, other.hash, data, value) != (i == j) {
				t.Errorf("signed by %s (%d), asked by %s (%d)", s.name, i, other.name, j)
			}
		}
		for _, hash := range []crypto.Hash{0, crypto.SHA1, crypto.SHA256, crypto.SHA384, crypto.SHA512, 99} {
			if hash != s.hash && h.Holds(s.public, hash, data, value) {
				t.Errorf("%s: it holds by %d", s.name, hash)
			}
		}
	}
}

func TestHoldsRefusesKeys(t *testing.T) {
	h := present(t)
	data := []byte("x")
	curve := elliptic.P256()
	generator := curve.Params()
	one := big.NewInt(1)
	for about, public := range map[string]any{
		"nothing":               nil,
		"a text":                "key",
		"short Ed25519":         ed25519.PublicKey(make([]byte, 31)),
		"no point of Ed25519":   ed25519.PublicKey(append([]byte{2}, make([]byte, 31)...)),
		"P-224":                 &ecdsa.PublicKey{Curve: elliptic.P224(), X: elliptic.P224().Params().Gx, Y: elliptic.P224().Params().Gy},
		"not on the curve":      &ecdsa.PublicKey{Curve: curve, X: generator.Gx, Y: new(big.Int).Add(generator.Gy, one)},
		"at infinity":           &ecdsa.PublicKey{Curve: curve, X: new(big.Int), Y: new(big.Int)},
		"larger than the field": &ecdsa.PublicKey{Curve: curve, X: new(big.Int).Lsh(one, 256), Y: generator.Gy},
		"x + p":                 &ecdsa.PublicKey{Curve: curve, X: new(big.Int).Add(generator.P, big.NewInt(5)), Y: generator.Gy},
		"negative":              &ecdsa.PublicKey{Curve: curve, X: big.NewInt(-1), Y: generator.Gy},
		"RSA of nothing":        &rsa.PublicKey{N: new(big.Int), E: 3},
		"RSA, e of zero":        &rsa.PublicKey{N: new(big.Int).Lsh(one, 2047), E: 0},
		"RSA, e of one":         &rsa.PublicKey{N: new(big.Int).Lsh(one, 2047), E: 1},
		"RSA, even":             &rsa.PublicKey{N: new(big.Int).Lsh(one, 2047), E: 65537},
	} {
		for _, hash := range []crypto.Hash{0, crypto.SHA256} {
			for _, n := range []int{0, 56, 64, 256} {
				value := make([]byte, n)
				if h.Holds(public, hash, data, value) {
					t.Errorf("%s: zeros hold", about)
				}
				if n > 0 {
					value[n-1] = 1
				}
				// With e of one, 1 is the "signature" of 1, which is no padding.
				if h.Holds(public, hash, data, value) {
					t.Errorf("%s: one holds", about)
				}
			}
		}
	}
}

// Many at once get their own answers, and what is kept stays within bounds.
func TestHoldsAtOnce(t *testing.T) {
	h := present(t)
	all := signers(t)
	var wait sync.WaitGroup
	for i := range 400 {
		s := all[i%len(all)]
		data := fmt.Appendf(nil, "bytes %d", i)
		value := s.sign(data)
		good := i%3 != 0
		if !good {
			data = append(data, '!')
		}
		wait.Go(func() {
			if h.Holds(s.public, s.hash, data, value) != good {
				t.Errorf("%d, %s: not %v", i, s.name, good)
			}
		})
	}
	wait.Wait()
	if len(h.idle) > 400 || h.door == nil && len(h.keys) != len(all) {
		t.Errorf("%d waiters, %d keys", len(h.idle), len(h.keys))
	}
	for i := range 200 {
		public, private, err := ed25519.GenerateKey(rand.Reader)
		if err != nil {
			t.Fatal(err)
		}
		if !h.Holds(public, 0, nil, ed25519.Sign(private, nil)) {
			t.Fatalf("key %d", i)
		}
		if len(h.keys) > mostKeys {
			t.Fatalf("%d keys", len(h.keys))
		}
	}
}

func TestHoldsLeavesLargeDataToGo(t *testing.T) {
	h := present(t)
	s := signers(t)[0]
	data := make([]byte, mostData+1)
	if h.Holds(s.public, s.hash, data, s.sign(data)) {
		t.Error("it was copied")
	}
	if data = data[1:]; !h.Holds(s.public, s.hash, data, s.sign(data)) {
		t.Error("it does not hold")
	}
}

// broken is a crypto.subtle of its source.
func broken(t *testing.T, source string) *host {
	t.Helper()
	h := present(t)
	constructor, err := safejs.Global().Get("Function")
	if err != nil {
		t.Fatal(err)
	}
	maker, err := constructor.New("return " + source)
	if err != nil {
		t.Fatal(err)
	}
	if h.subtle, err = maker.Invoke(); err != nil {
		t.Fatal(err)
	}
	if h.door != nil {
		// By the door of whoever runs this: build/e2e/webcrypto.test.js.
		made, err := safejs.Global().Call("signatureDoorTo", h.subtle)
		if err != nil {
			t.Fatal(err)
		}
		if h.door.verify, err = made.Get("verifySignature"); err != nil {
			t.Fatal(err)
		}
	}
	return h
}

// Whatever a host does but say true, it does not hold.
func TestHoldsOfBrokenHosts(t *testing.T) {
	const good = `importKey: async () => ({})`
	s := signers(t)[0]
	data := []byte("x")
	value := s.sign(data)
	for _, source := range []string{
		`({})`,
		`({ ` + good + ` })`,
		`({ verify: async () => true })`,
		`({ importKey() { throw new Error() }, verify: async () => true })`,
		`({ importKey: async () => { throw new Error() }, verify: async () => true })`,
		`({ importKey: () => Promise.reject(), verify: async () => true })`,
		`({ importKey: () => undefined, verify: async () => true })`,
		`({ ` + good + `, verify() { throw new Error() } })`,
		`({ ` + good + `, verify: async () => { throw new Error() } })`,
		`({ ` + good + `, verify: () => Promise.reject() })`,
		`({ ` + good + `, verify: () => true })`,
		`({ ` + good + `, verify: async () => undefined })`,
		`({ ` + good + `, verify: async () => null })`,
		`({ ` + good + `, verify: async () => 1 })`,
		`({ ` + good + `, verify: async () => "true" })`,
		`({ ` + good + `, verify: async () => new Boolean(true) })`,
		`({ ` + good + `, verify: async () => ({}) })`,
		`({ ` + good + `, verify: async () => false })`,
	} {
		h := broken(t, source)
		for range 2 {
			if h.Holds(s.public, s.hash, data, value) {
				t.Errorf("%s: it holds", source)
			}
		}
	}
	if h := broken(t, `({ `+good+`, verify: async () => true })`); !h.Holds(s.public, s.hash, data, value) {
		t.Error("true does not hold: the others prove nothing")
	}
}

// An algorithm that a host lacks is asked for once; a key that it refuses says
// nothing of the next.
func TestHoldsAsksOnce(t *testing.T) {
	for name, want := range map[string]int{"NotSupportedError": 1, "DataError": 3} {
		h := broken(t, `({ asked: 0, async importKey() { this.asked += 1; throw new DOMException("no", "`+name+`") }, verify: async () => true })`)
		s := signers(t)[0]
		for range 3 {
			if h.Holds(s.public, s.hash, nil, s.sign(nil)) {
				t.Error("it holds")
			}
		}
		value, err := h.subtle.Get("asked")
		if err != nil {
			t.Fatal(err)
		}
		if asked, err := value.Int(); err != nil || asked != want {
			t.Errorf("%s: asked %d times, %v", name, asked, err)
		}
	}
}

func BenchmarkHolds(b *testing.B) {
	h := present(b)
	data := make([]byte, 1500)
	for _, s := range signers(b) {
		value := s.sign(data)
		b.Run(s.name+"/host", func(b *testing.B) {
			for range b.N {
				if !h.Holds(s.public, s.hash, data, value) {
					b.Fatal("no")
				}
			}
		})
		b.Run(s.name+"/host, new key", func(b *testing.B) {
			for range b.N {
				clear(h.keys)
				if !h.Holds(s.public, s.hash, data, value) {
					b.Fatal("no")
				}
			}
		})
		b.Run(s.name+"/Go", func(b *testing.B) {
			for range b.N {
				if !s.ours(data, value) {
					b.Fatal("no")
				}
			}
		})
	}
}
