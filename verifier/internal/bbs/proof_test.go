package bbs

import (
	"bytes"
	"errors"
	"math/big"
	"strconv"
	"testing"

	curve "github.com/cloudflare/circl/ecc/bls12381"
)

// made is a proof of our own, with all that it was made from.
type made struct {
	*signer
	proof      []byte
	disclosure Disclosure
	count      int
	hidden     int
}

func (m *made) verify(proof []byte, d Disclosure) error {
	if m.hidden > 0 {
		return m.key.VerifyBlindProof(proof, m.count, d)
	}
	return m.key.VerifyProof(proof, d)
}

// makeProof signs so many messages, of which each is shown or not by chance.
func makeProof(seed int64, count, hidden int) *made {
	m := &made{signer: newSigner(seed), count: count, hidden: hidden}
	m.disclosure.Header = make([]byte, m.random.Intn(70))
	m.disclosure.Presentation = make([]byte, m.random.Intn(20))
	m.random.Read(m.disclosure.Header)
	m.random.Read(m.disclosure.Presentation)
	var messages [][]byte
	for i := range count {
		message := []byte("message " + strconv.Itoa(i) + " of " + strconv.FormatInt(seed, 10))
		messages = append(messages, message)
		if m.random.Intn(2) == 0 {
			m.disclosure.Indexes = append(m.disclosure.Indexes, i)
			m.disclosure.Messages = append(m.disclosure.Messages, message)
		}
	}
	kind, secrets := plain, []curve.Scalar(nil)
	if hidden > 0 {
		kind = blind
		for range hidden {
			secrets = append(secrets, m.scalar())
		}
	}
	m.proof = m.prove(m.sign(kind, m.disclosure.Header, messages, secrets), m.disclosure.Presentation, m.disclosure.Indexes)
	return m
}

func TestOwnProofs(t *testing.T) {
	for seed := range int64(24) {
		m := makeProof(seed, int(seed)/2, int(seed%3))
		if err := m.verify(m.proof, m.disclosure); err != nil {
			t.Errorf("%d messages, %d hidden: %v", m.count, m.hidden, err)
		}
	}
}

// TestAltered: whatever is changed about a proof that holds, it holds no more.
func TestAltered(t *testing.T) {
	m := makeProof(100, 6, 0)
	for len(m.disclosure.Indexes) < 2 || len(m.disclosure.Indexes) > 4 {
		m = makeProof(m.random.Int63(), 6, 0)
	}
	b := makeProof(101, 5, 2)
	for len(b.disclosure.Indexes) < 2 || len(b.disclosure.Indexes) > 4 {
		b = makeProof(b.random.Int63(), 5, 2)
	}
	for name, m := range map[string]*made{"plain": m, "blind": b} {
		t.Run(name, func(t *testing.T) {
			if err := m.verify(m.proof, m.disclosure); err != nil {
				t.Fatal(err)
			}
			refuse := func(what string, proof []byte, d Disclosure) {
				t.Helper()
				if err := m.verify(proof, d); !errors.Is(err, ErrMalformed) && !errors.Is(err, ErrMismatch) {
					t.Errorf("%s: %v", what, err)
				}
			}
			const step = 29 // every bit would take half a minute
			for bit := m.random.Intn(step); bit < 8*len(m.proof); bit += step {
				proof := bytes.Clone(m.proof)
				proof[bit/8] ^= 1 << (bit % 8)
				refuse("bit "+strconv.Itoa(bit), proof, m.disclosure)
			}
			for _, size := range []int{0, 1, 47, 48, proofFloor - 1, proofFloor, len(m.proof) - 32, len(m.proof) - 1} {
				refuse("cut to "+strconv.Itoa(size), m.proof[:size], m.disclosure)
			}
			refuse("a scalar more", append(bytes.Clone(m.proof), m.proof[144:176]...), m.disclosure)

			change := func(what string, change func(d *Disclosure)) {
				t.Helper()
				d := m.disclosure
				d.Indexes = append([]int(nil), d.Indexes...)
				d.Messages = append([][]byte(nil), d.Messages...)
				d.Header, d.Presentation = bytes.Clone(d.Header), bytes.Clone(d.Presentation)
				change(&d)
				refuse(what, m.proof, d)
			}
			change("header", func(d *Disclosure) { d.Header = append(d.Header, 0) })
			change("presentation", func(d *Disclosure) { d.Presentation = append(d.Presentation, 0) })
			change("message", func(d *Disclosure) { d.Messages[0] = []byte("another") })
			change("messages swapped", func(d *Disclosure) { d.Messages[0], d.Messages[1] = d.Messages[1], d.Messages[0] })
			change("message dropped", func(d *Disclosure) { d.Messages = d.Messages[1:] })
			change("message and place dropped", func(d *Disclosure) { d.Messages, d.Indexes = d.Messages[1:], d.Indexes[1:] })
			change("message added", func(d *Disclosure) {
				d.Messages, d.Indexes = append(d.Messages, []byte("new")), append(d.Indexes, d.Indexes[len(d.Indexes)-1]+1)
			})
			change("places swapped", func(d *Disclosure) { d.Indexes[0], d.Indexes[1] = d.Indexes[1], d.Indexes[0] })
			change("place doubled", func(d *Disclosure) { d.Indexes[1] = d.Indexes[0] })
			change("place below zero", func(d *Disclosure) { d.Indexes[0] = -1 })
			change("place too high", func(d *Disclosure) { d.Indexes[len(d.Indexes)-1] = m.count })
			change("another place", func(d *Disclosure) {
				for i := range d.Indexes {
					if last := i == len(d.Indexes)-1; last && d.Indexes[i] > 0 && (i == 0 || d.Indexes[i-1] < d.Indexes[i]-1) {
						d.Indexes[i]--
						return
					} else if !last && d.Indexes[i+1] > d.Indexes[i]+1 {
						d.Indexes[i]++
						return
					}
				}
				d.Indexes[0] = -1
			})

			key := m.key
			m.key = newSigner(7).key
			refuse("another key", m.proof, m.disclosure)
			m.key = key
		})
	}
}

// TestEncodings: of all spellings of a point or a number only one is read, and
// neither the identity nor zero is.
func TestEncodings(t *testing.T) {
	m := makeProof(3, 3, 0)
	at := func(place int, text []byte) []byte {
		proof := bytes.Clone(m.proof)
		copy(proof[place:], text)
		return proof
	}
	identity := append([]byte{0xC0}, make([]byte, 47)...)
	order := curve.Order()
	beyond := make([]byte, 48)
	prime, _ := new(big.Int).SetString("1a0111ea397fe69a4b1ba7b6434bacd764774b84f38512bf6730d2a0f6b0f6241eabfffeb153ffffb9feffffffffaaab", 16)
	prime.FillBytes(beyond)
	beyond[0] |= 0x80
	// A point of the curve that is not in the subgroup: 0 is the x of one.
	outside := append([]byte{0x80}, make([]byte, 47)...)
	uncompressed := bytes.Clone(m.proof[:48])
	uncompressed[0] &= 0x7F
	rows := []struct {
		name  string
		proof []byte
	}{
		{"order as a scalar", at(144, order)},
		{"zero as a scalar", at(144, make([]byte, 32))},
		{"zero as the challenge", at(len(m.proof)-32, make([]byte, 32))},
		{"order as the challenge", at(len(m.proof)-32, order)},
	}
	for i, name := range []string{"Abar", "Bbar", "D"} {
		for what, text := range map[string][]byte{
			"identity": identity, "x beyond the prime": beyond, "outside the subgroup": outside, "uncompressed": uncompressed,
		} {
			rows = append(rows, struct {
				name  string
				proof []byte
			}{name + " " + what, at(48*i, text)})
		}
	}
	for _, row := range rows {
		if err := m.verify(row.proof, m.disclosure); !errors.Is(err, ErrMalformed) {
			t.Errorf("%s: %v", row.name, err)
		}
	}
	// What would hold if the identity were let through: Abar and Bbar of no use.
	forged := at(0, append(bytes.Clone(identity), identity...))
	if err := m.verify(forged, m.disclosure); !errors.Is(err, ErrMalformed) {
		t.Error(err)
	}
}

func TestPublicKey(t *testing.T) {
	good := newSigner(1).key.Bytes()
	if k, err := ParsePublicKey(good); err != nil || !bytes.Equal(k.Bytes(), good) || !k.Equal(newSigner(1).key) || k.Equal(newSigner(2).key) || k.Equal(nil) {
		t.Error(err)
	}
	var point curve.G2
	if err := point.SetBytes(good); err != nil {
		t.Fatal(err)
	}
	sign := bytes.Clone(good)
	sign[0] &= 0x7F
	// Small numbers are the x of no point of the subgroup.
	off := append([]byte{0x80}, make([]byte, 95)...)
	two := append(bytes.Clone(off[:95]), 2)
	for name, data := range map[string][]byte{
		"nothing": nil, "short": good[:95], "long": append(bytes.Clone(good), 0), "uncompressed": point.Bytes(),
		"identity": append([]byte{0xC0}, make([]byte, 95)...), "not marked": sign, "x = 0": off, "x = 2": two,
	} {
		if _, err := ParsePublicKey(data); err == nil {
			t.Errorf("%s: accepted", name)
		}
	}
}

// TestSum holds the shared doublings against one product after another.
func TestSum(t *testing.T) {
	random := newSigner(5)
	points := plain.generators(6)
	edges := []string{"0", "1", "2", "15", "16", "17", "31", "32", "-1", "-2", "-16", "-17", "-32", "57896044618658097711785492504343953926634992332820282019728792003956564819967"}
	order := new(big.Int).SetBytes(curve.Order())
	number := func(text string) (s curve.Scalar) {
		n, _ := new(big.Int).SetString(text, 10)
		s.SetBytes(n.Mod(n, order).Bytes())
		return s
	}
	for _, edge := range edges {
		s := number(edge)
		if !sum([]term{{&points[0], &s}}).IsEqual(product(&points[0], &s)) {
			t.Errorf("%s times", edge)
		}
	}
	if !sum(nil).IsIdentity() {
		t.Error("the sum of nothing")
	}
	for range 20 {
		var terms []term
		want := added()
		for i := range points {
			s := random.scalar()
			if random.random.Intn(3) == 0 {
				s = number(edges[random.random.Intn(len(edges))])
			}
			p := &points[random.random.Intn(i+1)]
			terms = append(terms, term{p, &s})
			want.Add(want, product(p, &s))
		}
		if !sum(terms).IsEqual(want) {
			t.Error("a sum is wrong")
		}
	}
}

func TestKept(t *testing.T) {
	for length, want := range map[int]int{0: -1, 271: -1, 272: 0, 273: -1, 304: 1, 272 + 32*20: 20} {
		if got, ok := Kept(length); ok != (want >= 0) || ok && got != want {
			t.Errorf("%d: %d %v", length, got, ok)
		}
	}
}

func FuzzVerifyProof(f *testing.F) {
	m := makeProof(8, 3, 0)
	f.Add(m.proof, []byte("header"), 1, 2)
	f.Add(m.proof[:len(m.proof)-32], []byte{}, 0, 1)
	f.Fuzz(func(t *testing.T, proof, header []byte, first, second int) {
		if len(proof) > 600 {
			return
		}
		d := Disclosure{Header: header, Messages: [][]byte{{1}, {2}}, Indexes: []int{first, second}}
		if m.key.VerifyProof(proof, d) == nil || m.key.VerifyBlindProof(proof, first, d) == nil {
			t.Fatal("a proof of nothing holds")
		}
	})
}
