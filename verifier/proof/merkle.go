package proof

import (
	"crypto"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"strings"
	"time"

	"github.com/sealcheck/sealcheck/verifier/internal/cbor"
	"github.com/sealcheck/sealcheck/verifier/internal/limits"
	"github.com/sealcheck/sealcheck/verifier/internal/linked"
	"github.com/sealcheck/sealcheck/verifier/internal/multibase"
	"github.com/sealcheck/sealcheck/verifier/internal/signature"
	"github.com/sealcheck/sealcheck/verifier/internal/strictjson"
	"github.com/sealcheck/sealcheck/verifier/report"
)

// chainedProof is the type of a proof that says in chainedProofType what it is, and
// holds the proof that it builds on (Blockcerts 3.1).
const chainedProof = "ChainedProof2021"

// merkle is what stands in the value of a Blockcerts proof: the fingerprint of
// the document, the way from there to the root of a tree, and where that root
// was written.
type merkle struct {
	target, root [sha256.Size]byte
	path         []step
	anchors      []anchor
}

// step is a neighbour on the way, and the side on which it stands.
type step struct {
	left    bool
	sibling [sha256.Size]byte
}

// anchor is a transaction that is said to hold a root.
type anchor struct {
	chain, network int64
	transaction    string // in hexadecimal without 0x, or any text on a network for tests
}

var errMerkle = errors.New("not the form of a Merkle proof")

// readMerkle reads a value as lds-merkle-proof-2019 writes it: in the place of
// each map an array of pairs, names and chains as numbers, and each fingerprint
// as CBOR within a byte string.
func readMerkle(data []byte) (m merkle, err error) {
	r := cbor.NewReader(data)
	seen := 0
	for n := r.Array(); n > 0 && !r.Failed() && err == nil; n-- {
		if r.Array() != 2 {
			return m, errMerkle
		}
		name := r.Number()
		if name > 3 || seen&(1<<name) != 0 {
			return m, errMerkle // two values would be two proofs
		}
		seen |= 1 << name
		switch name {
		case 0:
			m.root, err = fingerprint(r.Bytes())
		case 1:
			m.target, err = fingerprint(r.Bytes())
		case 2:
			m.anchors, err = readAnchors(r)
		case 3:
			m.path, err = readPath(r)
		}
	}
	if err == nil {
		err = r.Close()
	}
	if err == nil && seen&3 != 3 {
		err = errMerkle
	}
	return m, err
}

func readPath(r *cbor.Reader) (path []step, err error) {
	n := r.Array()
	if n > limits.MerkleSteps {
		return nil, errMerkle
	}
	for ; n > 0 && !r.Failed() && err == nil; n-- {
		if r.Array() != 2 {
			return nil, errMerkle
		}
		side := r.Number()
		if side > 1 {
			return nil, errMerkle
		}
		s := step{left: side == 0}
		s.sibling, err = fingerprint(r.Bytes())
		path = append(path, s)
	}
	return path, err
}

// readAnchors reads what is written out as blink:chain:network:transaction.
func readAnchors(r *cbor.Reader) (all []anchor, err error) {
	n := r.Array()
	if n > limits.MerkleAnchors {
		return nil, errMerkle
	}
	for ; n > 0 && !r.Failed(); n-- {
		a := anchor{network: -1}
		parts := r.Array()
		if parts > 3 {
			return nil, errMerkle
		}
		for i := 0; i < parts; i++ {
			if r.Array() != 2 || r.Number() != i {
				return nil, errMerkle
			}
			switch {
			case i == 0:
				a.chain = r.Integer()
			case r.Kind() == cbor.Bytes:
				a.transaction, err = inner(r.Bytes())
			default:
				a.network = r.Integer()
			}
			if err != nil {
				return nil, err
			}
		}
		all = append(all, a)
	}
	return all, nil
}

// inner is the text, or in hexadecimal the bytes, that stand as CBOR within a
// byte string.
func inner(data []byte) (text string, err error) {
	r := cbor.NewReader(data)
	if r.Kind() == cbor.Bytes {
		text = hex.EncodeToString(r.Bytes())
	} else {
		text = r.Text()
	}
	return text, r.Close()
}

func fingerprint(data []byte) (sum [sha256.Size]byte, err error) {
	text, err := inner(data)
	if err != nil || len(text) != 2*len(sum) {
		return sum, errMerkle
	}
	_, err = hex.Decode(sum[:], []byte(text))
	return sum, err
}

// reached is the root to which the way leads: of two neighbours the fingerprint
// is that of both, the left one first.
func (m *merkle) reached() [sha256.Size]byte {
	sum := m.target
	for i := range m.path {
		both := append(sum[:], m.path[i].sibling[:]...)
		if m.path[i].left {
			both = append(m.path[i].sibling[:], sum[:]...)
		}
		sum = sha256.Sum256(both)
	}
	return sum
}

// chains are the public registers that the format knows (its Keymap), the
// network of each that is no test, and where anybody can look a transaction up.
var chains = [...]struct {
	id, main int64
	name     string
	explorer string
}{
	{0, 1, "Bitcoin", "https://blockstream.info/tx/"},
	{1, 1, "Ethereum", "https://etherscan.io/tx/0x"},
	{2, 137, "Polygon", "https://polygonscan.com/tx/0x"},
	{3, 8453, "Base", "https://basescan.org/tx/0x"},
}

// finding is what is left to say of a document that fits its proof: nobody here
// asks whether the issuer has written the root where the proof says.
func (m *merkle) finding() error {
	for i := range m.anchors {
		a := &m.anchors[i]
		for k := range chains {
			if c := &chains[k]; c.id == a.chain && c.main == a.network {
				return report.NewProblem(report.SignatureAnchorUnchecked, "", "chain", c.name, "transaction", a.transaction,
					"address", c.explorer+a.transaction, "root", hex.EncodeToString(m.root[:]))
			}
		}
	}
	a, name := &m.anchors[0], ""
	for k := range chains {
		if chains[k].id == a.chain {
			name = chains[k].name
		}
	}
	return report.NewProblem(report.SignatureAnchorTest, "", "chain", name, "transaction", a.transaction)
}

// checkAnchors: a root that was written nowhere proves nothing, and what is no
// transaction can be looked up nowhere.
func (p *Proof) checkAnchors(m *merkle) error {
	if len(m.anchors) == 0 {
		return p.problem(report.ProofMerkleNoAnchor, "")
	}
	for i := range m.anchors {
		a := &m.anchors[i]
		for k := range chains {
			if chains[k].id != a.chain || chains[k].main != a.network {
				continue
			}
			a.transaction = strings.TrimPrefix(strings.ToLower(a.transaction), "0x")
			if _, err := hex.DecodeString(a.transaction); err != nil || len(a.transaction) != 2*sha256.Size {
				return p.problem(report.ProofMerkleMalformed, "an anchor that is no transaction")
			}
		}
	}
	return nil
}

// mostMerkle bounds a value in characters: 64 steps and ten anchors have 8,000.
const mostMerkle = 8192

// readAnchored reads a Blockcerts proof. What it says of the key is a claim that
// nothing fixes, and so are its dates.
func (m *member) readAnchored(document *linked.Document, e *embedded) error {
	p := &m.proof
	p.Reference.Created, p.Expires = time.Time{}, time.Time{}
	if e.value.At("type").Text() == chainedProof {
		if !e.checkChained() {
			return p.problem(report.ProofChainMalformed, "previousProof is none of the proofs before it")
		}
	} else if e.chain.broken != "" {
		return p.problem(report.ProofChainMalformed, e.chain.broken)
	}
	if err := document.CheckForm(); err != nil && !undrawn(document, document.First()) {
		return err
	}
	return m.prepareMerkle(document, e)
}

// undrawn says whether all that cannot be read of a document is what it draws.
// The context of Blockcerts 3.0-beta took that for addresses, so that signers
// lost it; nothing here reads it.
func undrawn(document *linked.Document, reading int) bool {
	if _, drawn := document.Value.Get("display"); !drawn {
		return false
	}
	rest := document.Without("display")
	read, err := rest.Read(reading)
	return err == nil && read.Is(rest.Value)
}

// prepareMerkle reads the value and holds it against the document, all
// without a key: what it signs is the canonical form of the document as it was
// before this proof was put to it (jsonld-signatures-merkleproof2019,
// computeLocalHash). None of the proof's other members is signed.
func (m *member) prepareMerkle(document *linked.Document, e *embedded) error {
	p := &m.proof
	text := e.value.At("proofValue").Text()
	if text == "" {
		return p.problem(report.ProofValueMissing, "no proofValue")
	}
	if text[0] != 'z' || len(text) > mostMerkle {
		return p.problem(report.ProofMerkleMalformed, "not base58btc, or too long")
	}
	data, err := multibase.DecodeBase58(text[1:])
	if err != nil {
		return p.problem(report.ProofMerkleMalformed, err.Error())
	}
	value, err := readMerkle(data)
	if err != nil {
		return p.problem(report.ProofMerkleMalformed, err.Error())
	}
	if value.reached() != value.root {
		return p.problem(report.ProofMerklePath, "")
	}
	if err := p.checkAnchors(&value); err != nil {
		return err
	}
	result, err := m.fits(document, e, value.target[:])
	if err != nil {
		return err
	}
	if result == nil {
		result = value.finding()
	}
	p.Anchored, m.good = true, report.ProofMerkle
	p.verify = func(any, signature.Primitive) signature.Wait { return signature.Known(result) }
	return nil
}

// fits says whether a document has a fingerprint, in any reading of its
// contexts: by itself, or with the proofs that stood there already. altered is
// what to say if not; err what keeps that from being known.
func (m *member) fits(document *linked.Document, e *embedded, target []byte) (altered, err error) {
	altered = report.NewProblem(report.SignatureFingerprintDiffers, m.proof.Path)
	if e.value.At("type").Text() != chainedProof {
		err = m.look(document, target, &altered)
	}
	if err != nil || altered == nil {
		return altered, err
	}
	if earlier := e.before; len(earlier) > 0 {
		if e.value.At("type").Text() == chainedProof {
			earlier = e.value.At("previousProof").List()
		}
		err = m.look(document.With(document.Value.With("proof", strictjson.NewArray(earlier))), target, &altered)
	}
	return altered, err
}

// look clears altered where a document has a fingerprint. The error is that of
// a document that cannot be read at all, or of one of which the fingerprint
// covers less than it says: its maker's tools drop what a vocabulary does not
// define, and tell nobody (cert-verifier-js #1554). Where that is but what it
// draws, it is a remark.
func (m *member) look(document *linked.Document, target []byte, altered *error) error {
	has := func(document *linked.Document, reading int) (bool, error) {
		if document == nil {
			return false, nil
		}
		digest, err := document.Digest(crypto.SHA256, reading)
		return err == nil && string(digest) == string(target), err
	}
	plain := document.Undirected()
	made := false
	var first error
	var losing []int
	for reading := range document.Readings() {
		fits, err := has(document, reading)
		if err != nil {
			if losing = append(losing, reading); first == nil {
				first = err
			}
			continue
		}
		made = true
		if !fits {
			// Which way a text runs is dropped by all of them. The text itself
			// is covered, and no answer rests on such a proof.
			if fits, _ = has(plain, reading); fits {
				m.findings.Add(report.ProofMerkleDirection, m.proof.Path)
			}
		}
		if fits {
			m.proof.outcome.reading = reading
			*altered = nil
			return nil
		}
	}
	if other := document.ByUnits(crypto.SHA256, 0); other != nil {
		for reading := range other.Readings() {
			if fits, _ := has(other, reading); fits {
				m.proof.outcome.reading = reading
				*altered = nil
				return nil
			}
		}
	}
	careless := document.Careless()
	for _, reading := range losing {
		if fits, _ := has(careless, reading); fits {
			_, err := document.Digest(crypto.SHA256, reading)
			if undrawn(document, reading) {
				m.findings.Add(report.ProofMerkleDisplay, m.proof.Path)
				m.proof.outcome.reading = reading
				*altered, err = nil, nil
			}
			return err
		}
	}
	if !made && !undrawn(document, document.First()) {
		return first
	}
	return nil
}

// checkChained: the proof that a chained one holds is one of those that stand
// before it; what it says of any other would be said of nothing.
func (e *embedded) checkChained() bool {
	held := e.value.At("previousProof").List()
	for _, value := range held {
		found := false
		for i := range e.before {
			found = found || e.before[i].Equal(value)
		}
		if !found {
			return false
		}
	}
	return len(held) > 0
}
