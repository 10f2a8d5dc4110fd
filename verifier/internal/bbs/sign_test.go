package bbs

import (
	"encoding/binary"
	"math/rand"

	curve "github.com/cloudflare/circl/ecc/bls12381"
)

// signer makes signatures and proofs for tests, always the same ones for a
// seed. It takes no care of its secrets.
type signer struct {
	random *rand.Rand
	secret curve.Scalar
	key    *PublicKey
}

func newSigner(seed int64) *signer {
	s := &signer{random: rand.New(rand.NewSource(seed))}
	s.secret = s.scalar()
	public := new(curve.G2)
	public.ScalarMult(&s.secret, curve.G2Generator())
	key, err := ParsePublicKey(public.BytesCompressed())
	if err != nil {
		panic(err)
	}
	s.key = key
	return s
}

func (s *signer) scalar() (n curve.Scalar) {
	data := make([]byte, 48)
	s.random.Read(data)
	n.SetBytes(data)
	return n
}

// product and added are the slow way, without sum.
func product(p *curve.G1, n *curve.Scalar) *curve.G1 {
	r := new(curve.G1)
	r.ScalarMult(n, p)
	return r
}

func added(points ...*curve.G1) *curve.G1 {
	r := new(curve.G1)
	r.SetIdentity()
	for _, p := range points {
		r.Add(r, p)
	}
	return r
}

// held is a signature: the points and numbers that a holder gets.
type held struct {
	suite      suite
	generators []curve.G1
	header     []byte
	scalars    []curve.Scalar // of all messages, those of the holder at the end
	domain     *curve.Scalar
	b, a       *curve.G1
	e          curve.Scalar
}

// sign signs messages (Sign), and, where the suite is blind, numbers of the
// holder behind them.
func (s *signer) sign(kind suite, header []byte, messages [][]byte, hidden []curve.Scalar) *held {
	g := &held{suite: kind, header: header, generators: kind.generators(len(messages) + 1)}
	if kind == blind {
		g.generators = append(g.generators, ("BLIND_" + kind).generators(len(hidden))...)
	}
	for _, message := range messages {
		g.scalars = append(g.scalars, *kind.messageScalar(message))
	}
	g.scalars = append(g.scalars, hidden...)
	g.domain = kind.domain(s.key, g.generators, header)
	g.b = added(base(), product(&g.generators[0], g.domain))
	for i := range g.scalars {
		g.b.Add(g.b, product(&g.generators[i+1], &g.scalars[i]))
	}
	g.e = s.scalar()
	var exponent curve.Scalar
	exponent.Add(&s.secret, &g.e)
	exponent.Inv(&exponent)
	g.a = product(g.b, &exponent)
	return g
}

// prove derives a proof that shows the messages at these places (ProofGen).
func (s *signer) prove(g *held, presentation []byte, places []int) []byte {
	shown := map[int]bool{}
	for _, i := range places {
		shown[i] = true
	}
	r1, r2, e, n1, n3 := s.scalar(), s.scalar(), s.scalar(), s.scalar(), s.scalar()
	var r1r2, negative curve.Scalar
	r1r2.Mul(&r1, &r2)
	negative = g.e
	negative.Neg()
	d := product(g.b, &r2)
	aBar := product(g.a, &r1r2)
	bBar := added(product(d, &r1), product(aBar, &negative))
	t1 := added(product(aBar, &e), product(d, &n1))
	t2 := product(d, &n3)
	var masks []curve.Scalar
	for i := range g.scalars {
		if !shown[i] {
			mask := s.scalar()
			masks = append(masks, mask)
			t2.Add(t2, product(&g.generators[i+1], &mask))
		}
	}

	data := binary.BigEndian.AppendUint64(nil, uint64(len(places)))
	for _, i := range places {
		data = appendScalar(binary.BigEndian.AppendUint64(data, uint64(i)), &g.scalars[i])
	}
	for _, p := range []*curve.G1{aBar, bBar, d, t1, t2} {
		data = append(data, p.BytesCompressed()...)
	}
	data = appendScalar(data, g.domain)
	data = append(binary.BigEndian.AppendUint64(data, uint64(len(presentation))), presentation...)
	challenge := hashToScalar(data, string(g.suite)+"H2S_")

	// answer is mask + value * challenge.
	answer := func(mask, value curve.Scalar) curve.Scalar {
		value.Mul(&value, challenge)
		mask.Add(&mask, &value)
		return mask
	}
	minus := func(n curve.Scalar) curve.Scalar { n.Neg(); return n }
	var r3 curve.Scalar
	r3.Inv(&r2)
	proof := append(append(aBar.BytesCompressed(), bBar.BytesCompressed()...), d.BytesCompressed()...)
	for _, n := range []curve.Scalar{answer(e, g.e), answer(n1, minus(r1)), answer(n3, minus(r3))} {
		proof = appendScalar(proof, &n)
	}
	for i := range g.scalars {
		if !shown[i] {
			n := answer(masks[0], g.scalars[i])
			masks = masks[1:]
			proof = appendScalar(proof, &n)
		}
	}
	return appendScalar(proof, challenge)
}
