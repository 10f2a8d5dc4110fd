// Package disclosure takes apart the proof values with which a holder shows a
// part of a credential: those of ecdsa-sd-2023 (VC-DI-ECDSA 3.5) and of
// bbs-2023 (VC-DI-BBS 3.3), and the documents that they belong to. It does no
// cryptography but hashing. A value that cannot be read gives a *report.Problem:
// proof.base_proof, proof.disclosure_malformed, proof.feature_unsupported.
package disclosure

import (
	"crypto/ecdsa"
	"encoding/base64"
	"strconv"

	"github.com/sealcheck/sealcheck/verifier/internal/bbs"
	"github.com/sealcheck/sealcheck/verifier/internal/cbor"
	"github.com/sealcheck/sealcheck/verifier/internal/limits"
	"github.com/sealcheck/sealcheck/verifier/internal/publickey"
	"github.com/sealcheck/sealcheck/verifier/report"
)

// The first two bytes of every value; the third says which it is.
const header = "\xd9\x5d"

// ECDSA is a derived proof of ecdsa-sd-2023.
type ECDSA struct {
	// Base is the issuer's signature.
	Base []byte
	// Key is the key that the issuer made for this one document, KeyText the
	// same as it was signed.
	Key     *ecdsa.PublicKey
	KeyText []byte
	// Signatures are those by Key, one for each statement that is shown without
	// being mandatory.
	Signatures [][]byte
	Labels     Labels
	// Mandatory are the places of the statements that the issuer wants to be
	// shown always, in rising order.
	Mandatory []int
}

// ParseECDSA reads a derived proof of ecdsa-sd-2023 (VC-DI-ECDSA 3.5.8).
func ParseECDSA(value []byte) (*ECDSA, error) {
	kind, err := kindOf(value)
	if err != nil {
		return nil, err
	}
	switch kind {
	case 0:
		return nil, base()
	case 1:
	default:
		return nil, malformed("not an ecdsa-sd-2023 proof")
	}
	r := cbor.NewReader(value[3:])
	if r.Array() != 5 {
		return nil, malformed("not an array of five")
	}
	e := &ECDSA{Base: r.Bytes(), KeyText: r.Bytes()}
	count := r.Array()
	if count > limits.SignedStatements {
		return nil, malformed(strconv.Itoa(count) + " signatures")
	}
	for ; count > 0 && !r.Failed(); count-- {
		e.Signatures = append(e.Signatures, r.Bytes())
	}
	if e.Labels, err = readLabels(r, "u", func() string { return hmacLabel(r.Bytes()) }); err != nil {
		return nil, err
	}
	e.Mandatory = readIndexes(r)
	if err := r.Close(); err != nil {
		return nil, malformed(err.Error())
	}
	// VC-DI-ECDSA 3.5.8: signatures of 64 bytes, and a P-256 key as Multikey.
	for _, signature := range append(e.Signatures[:len(e.Signatures):len(e.Signatures)], e.Base) {
		if len(signature) != 64 {
			return nil, malformed("a signature of " + strconv.Itoa(len(signature)) + " bytes")
		}
	}
	if e.Key = documentKey(e.KeyText); e.Key == nil {
		return nil, malformed("the key of the document is no point of P-256")
	}
	if !rising(e.Mandatory, limits.Quads) {
		return nil, outOfOrder()
	}
	return e, nil
}

// documentKey reads the key of a document, a Multikey of P-256: its code and a
// compressed point. nil where it is none.
func documentKey(text []byte) *ecdsa.PublicKey {
	if len(text) != 35 || text[0] != 0x80 || text[1] != 0x24 {
		return nil
	}
	public, err := publickey.FromMultikey("u"+base64.RawURLEncoding.EncodeToString(text), report.KeyMalformed)
	if err != nil {
		return nil
	}
	key, _ := public.(*ecdsa.PublicKey)
	return key
}

// BBS is a derived proof of bbs-2023.
type BBS struct {
	// Proof is the proof of knowledge of the issuer's signature.
	Proof  []byte
	Labels Labels
	// Mandatory are the places of the statements that the issuer wants to be
	// shown always. Selective are the places that the others have among all
	// statements of the document that are not mandatory. Both are in rising
	// order.
	Mandatory, Selective []int
	// Presentation is what the holder has signed along.
	Presentation []byte
	// Bound says that the signature also covers a secret of the holder; Signed
	// is then how many statements it covers, those not shown included.
	Bound  bool
	Signed int
}

// The kinds of derived proofs of bbs-2023, by the third byte (VC-DI-BBS 3.3.6).
// The base proof of each has the even number before it.
const (
	baseline  = 3
	bound     = 5
	pseudonym = 7
	both      = 9
)

// ParseBBS reads a derived proof of bbs-2023 (VC-DI-BBS 3.3.7).
func ParseBBS(value []byte) (*BBS, error) {
	kind, err := kindOf(value)
	if err != nil {
		return nil, err
	}
	switch kind {
	case baseline, bound:
	case baseline - 1, bound - 1, pseudonym - 1, both - 1:
		return nil, base()
	case pseudonym:
		return nil, report.NewProblem(report.ProofFeatureUnsupported, "", "what", "pseudonym")
	case both:
		return nil, report.NewProblem(report.ProofFeatureUnsupported, "", "what", "holder_binding_pseudonym")
	default:
		return nil, malformed("not a bbs-2023 proof")
	}
	b := &BBS{Bound: kind == bound}
	members := 5
	if b.Bound {
		members = 6
	}
	r := cbor.NewReader(value[3:])
	if r.Array() != members {
		return nil, malformed("not an array of " + strconv.Itoa(members))
	}
	b.Proof = r.Bytes()
	if b.Labels, err = readLabels(r, "b", func() string { return strconv.Itoa(r.Number()) }); err != nil {
		return nil, err
	}
	b.Mandatory, b.Selective, b.Presentation = readIndexes(r), readIndexes(r), r.Bytes()
	if b.Bound {
		b.Signed = r.Number()
	}
	if err := r.Close(); err != nil {
		return nil, malformed(err.Error())
	}
	if err := b.check(); err != nil {
		return nil, err
	}
	return b, nil
}

// check holds the parts against each other.
func (b *BBS) check() error {
	kept, ok := bbs.Kept(len(b.Proof))
	all := kept + len(b.Selective)
	switch {
	case !ok:
		return malformed("a proof of " + strconv.Itoa(len(b.Proof)) + " bytes")
	case all > limits.SignedStatements:
		return malformed(strconv.Itoa(all) + " statements")
	case !b.Bound:
		b.Signed = all
	case b.Signed >= all:
		return malformed("no secret of the holder")
	}
	if !rising(b.Selective, b.Signed) || !rising(b.Mandatory, limits.Quads) {
		return outOfOrder()
	}
	return nil
}

// kindOf reads the header of a value.
func kindOf(value []byte) (byte, error) {
	if len(value) < 3 || string(value[:2]) != header {
		return 0, malformed("no header of a proof")
	}
	return value[2], nil
}

// readIndexes reads an array of places.
func readIndexes(r *cbor.Reader) []int {
	var places []int
	for count := r.Array(); count > 0 && !r.Failed(); count-- {
		places = append(places, r.Number())
	}
	return places
}

// rising says whether places are in order, none twice, and all below count.
func rising(places []int, count int) bool {
	for i, place := range places {
		if place >= count || i > 0 && place <= places[i-1] {
			return false
		}
	}
	return true
}

// base: what the issuer gives to the holder is not for anybody else; it opens
// everything, and a verifier who took it would learn what was to be kept.
func base() error {
	return report.NewProblem(report.ProofBaseProof, "")
}

func outOfOrder() error {
	return malformed("places of statements that are out of order, doubled, or out of range")
}

// Mismatch is the problem of a proof that does not fit its document. Who adds
// a statement to the document has altered it, even before any signature is
// looked at.
func Mismatch(what string) error {
	return report.NewProblem(report.SignatureMismatch, what)
}

func malformed(what string) error {
	return report.NewProblem(report.ProofDisclosureMalformed, what)
}
