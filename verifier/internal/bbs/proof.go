package bbs

import (
	"encoding/binary"
	"errors"

	curve "github.com/cloudflare/circl/ecc/bls12381"
)

// The parts of a proof: three points, four scalars, and one scalar more for
// every message that is kept (proof_to_octets).
const (
	proofPoints  = 3
	proofScalars = 4
	proofFloor   = proofPoints*curve.G1SizeCompressed + proofScalars*curve.ScalarSize
)

// What can be wrong with a proof. ErrMalformed is a value that nobody makes who
// follows the draft; ErrMismatch is one that does not hold.
var (
	ErrMalformed = errors.New("bbs: malformed proof")
	ErrMismatch  = errors.New("bbs: the proof does not hold")
)

// Kept says how many messages a proof of this length keeps to itself. ok is
// false where no proof has this length.
func Kept(length int) (count int, ok bool) {
	rest := length - proofFloor
	if rest < 0 || rest%curve.ScalarSize != 0 {
		return 0, false
	}
	return rest / curve.ScalarSize, true
}

// proof is a proof taken apart, under the names of the draft.
type proof struct {
	aBar, bBar, d             curve.G1
	e, r1, r3                 curve.Scalar
	kept                      []curve.Scalar
	challenge                 curve.Scalar
	aBarText, bBarText, dText []byte
}

// parseProof is octets_to_proof: every point is a point of
// the subgroup G1 in canonical form, and not the identity; every scalar is
// neither zero nor as large as the order.
func parseProof(data []byte) (*proof, error) {
	count, ok := Kept(len(data))
	if !ok {
		return nil, ErrMalformed
	}
	p := &proof{kept: make([]curve.Scalar, count)}
	take := func(size int) (part []byte) {
		part, data = data[:size:size], data[size:]
		return part
	}
	p.aBarText, p.bBarText, p.dText = take(curve.G1SizeCompressed), take(curve.G1SizeCompressed), take(curve.G1SizeCompressed)
	good := setPoint(&p.aBar, p.aBarText) && setPoint(&p.bBar, p.bBarText) && setPoint(&p.d, p.dText)
	scalar := func(s *curve.Scalar) {
		// UnmarshalBinary refuses what is not below the order.
		good = good && s.UnmarshalBinary(take(curve.ScalarSize)) == nil && s.IsZero() == 0
	}
	scalar(&p.e)
	scalar(&p.r1)
	scalar(&p.r3)
	for i := range p.kept {
		scalar(&p.kept[i])
	}
	scalar(&p.challenge)
	if !good {
		return nil, ErrMalformed
	}
	return p, nil
}

func setPoint(p *curve.G1, data []byte) bool {
	return p.SetBytes(data) == nil && !p.IsIdentity()
}

// Disclosure is what a proof is held against.
type Disclosure struct {
	// Header is what issuer and holder have agreed upon, Presentation what the
	// holder has added.
	Header, Presentation []byte
	// Messages are those that are shown, Indexes their places among all
	// messages of the signature, strictly rising.
	Messages [][]byte
	Indexes  []int
}

// among says whether the indexes are in order, and all below count.
func (d *Disclosure) among(count int) bool {
	for i, index := range d.Indexes {
		if index < 0 || index >= count || i > 0 && index <= d.Indexes[i-1] {
			return false
		}
	}
	return len(d.Messages) == len(d.Indexes)
}

// VerifyProof verifies a proof of a signature over messages that the issuer
// knew (ProofVerify). The error is ErrMalformed or ErrMismatch. Its work grows
// with the number of messages, shown or kept, which the caller bounds.
func (k *PublicKey) VerifyProof(data []byte, d Disclosure) error {
	p, err := parseProof(data)
	if err != nil {
		return err
	}
	count := len(p.kept) + len(d.Indexes)
	if !d.among(count) {
		return ErrMalformed
	}
	return k.verify(plain, plain.generators(count+1), p, d)
}

// VerifyBlindProof verifies a proof of a signature over messages of the issuer,
// count of them, and behind them others that only the holder knows, who keeps
// them all (BlindProofVerify of draft-irtf-cfrg-bbs-blind-signatures). The
// error is ErrMalformed or ErrMismatch; for the work see VerifyProof.
func (k *PublicKey) VerifyBlindProof(data []byte, count int, d Disclosure) error {
	p, err := parseProof(data)
	if err != nil {
		return err
	}
	// What the holder has committed to begins with a blinding factor, which is
	// there even where nothing else is.
	hidden := len(p.kept) + len(d.Indexes) - count
	if hidden < 1 || !d.among(count) {
		return ErrMalformed
	}
	generators := append(blind.generators(count+1), ("BLIND_" + blind).generators(hidden)...)
	return k.verify(blind, generators, p, d)
}

// verify is CoreProofVerify.
func (k *PublicKey) verify(s suite, generators []curve.G1, p *proof, d Disclosure) error {
	shown := make([]curve.Scalar, len(d.Messages))
	for i, message := range d.Messages {
		shown[i] = *s.messageScalar(message)
	}
	domain := s.domain(k, generators, d.Header)

	// T1 = Bbar * c + Abar * e^ + D * r1^
	t1 := sum([]term{{&p.bBar, &p.challenge}, {&p.aBar, &p.e}, {&p.d, &p.r1}})

	// T2 = Bv * c + D * r3^ + H_j1 * m^_j1 + ... + H_jU * m^_jU, where
	// Bv = P1 + Q_1 * domain + H_i1 * msg_i1 + ... + H_iR * msg_iR. The product
	// with c is drawn into Bv.
	products := make([]curve.Scalar, len(shown)+1)
	products[0].Mul(domain, &p.challenge)
	terms := append(make([]term, 0, len(generators)+2),
		term{base(), &p.challenge}, term{&generators[0], &products[0]}, term{&p.d, &p.r3})
	nextShown, nextKept := 0, 0
	for i := range generators[1:] {
		scalar := &products[nextShown]
		if nextShown < len(d.Indexes) && d.Indexes[nextShown] == i {
			scalar = &products[nextShown+1]
			scalar.Mul(&shown[nextShown], &p.challenge)
			nextShown++
		} else {
			scalar = &p.kept[nextKept]
			nextKept++
		}
		terms = append(terms, term{&generators[i+1], scalar})
	}
	t2 := sum(terms)

	if s.challenge(p, t1, t2, domain, shown, d).IsEqual(&p.challenge) != 1 {
		return ErrMismatch
	}
	// e(Abar, W) * e(Bbar, -BP2) is the identity.
	if !curve.ProdPairFrac([]*curve.G1{&p.aBar, &p.bBar}, []*curve.G2{&k.point, curve.G2Generator()}, []int{1, -1}).IsIdentity() {
		return ErrMismatch
	}
	return nil
}

// challenge is what the maker of the proof must have got to know last
// (ProofChallengeCalculate).
func (s suite) challenge(p *proof, t1, t2 *curve.G1, domain *curve.Scalar, shown []curve.Scalar, d Disclosure) *curve.Scalar {
	data := make([]byte, 0, 16+len(shown)*(8+curve.ScalarSize)+5*curve.G1SizeCompressed+curve.ScalarSize+len(d.Presentation))
	data = binary.BigEndian.AppendUint64(data, uint64(len(shown)))
	for i := range shown {
		data = binary.BigEndian.AppendUint64(data, uint64(d.Indexes[i]))
		data = appendScalar(data, &shown[i])
	}
	data = append(data, p.aBarText...)
	data = append(data, p.bBarText...)
	data = append(data, p.dText...)
	data = append(data, t1.BytesCompressed()...)
	data = append(data, t2.BytesCompressed()...)
	data = appendScalar(data, domain)
	data = binary.BigEndian.AppendUint64(data, uint64(len(d.Presentation)))
	data = append(data, d.Presentation...)
	return hashToScalar(data, string(s)+"H2S_")
}

func appendScalar(data []byte, s *curve.Scalar) []byte {
	text, err := s.MarshalBinary()
	if err != nil {
		panic("bbs: a scalar cannot be written")
	}
	return append(data, text...)
}
