package proof

import (
	"slices"

	"github.com/sealcheck/sealcheck/verifier/internal/strictjson"
	"github.com/sealcheck/sealcheck/verifier/report"
)

// chain is what one proof builds on (VC-DATA-INTEGRITY 2.1.2).
type chain struct {
	// after are the places of the proofs that it names, in the order in which
	// it names them.
	after []int
	// earlier are these proofs, as they stand in the document.
	earlier []strictjson.Value
	// broken says why there is nothing that could be checked, "" if there is.
	broken string
}

// link reads previousProof of every proof. What it may name is a proof of the
// same document, by an id that no other has; never itself, and never one that
// builds on it in turn: such proofs cannot have been made (T37).
func link(all []embedded) {
	for i := range all {
		value, there := all[i].value.Get("previousProof")
		if there {
			all[i].chain.read(value, all)
		}
	}
	for i := range all {
		if circular(all, i) {
			all[i].chain.broken = "a proof that builds on itself"
		}
	}
}

func (c *chain) read(value strictjson.Value, all []embedded) {
	names := value.List()
	switch {
	case value.Kind() != strictjson.String && value.Kind() != strictjson.Array:
		c.broken = "previousProof is neither a string nor an array"
		return
	case len(names) == 0:
		c.broken = "previousProof is empty"
		return
	case len(names) > len(all):
		c.broken = "previousProof has more names than there are proofs"
		return
	}
	for _, name := range names {
		place, err := find(all, name)
		if err == "" && slices.Contains(c.after, place) {
			err = "previousProof names a proof twice"
		}
		if err != "" {
			*c = chain{broken: err}
			return
		}
		c.after = append(c.after, place)
		c.earlier = append(c.earlier, all[place].value)
	}
}

// find is the place of the one proof with an id; the text says why there is
// none.
func find(all []embedded, name strictjson.Value) (int, string) {
	if name.Text() == "" {
		return 0, "previousProof is not an id"
	}
	place := -1
	for i := range all {
		if all[i].value.At("id").Text() != name.Text() {
			continue
		}
		if place >= 0 {
			return 0, "previousProof names an id that two proofs have"
		}
		place = i
	}
	if place < 0 {
		return 0, "previousProof names no proof of this document"
	}
	return place, ""
}

// circular says whether a proof builds on itself, over however many steps.
func circular(all []embedded, place int) bool {
	seen := make([]bool, len(all))
	next := slices.Clone(all[place].chain.after)
	for len(next) > 0 {
		last := next[len(next)-1]
		next = next[:len(next)-1]
		if last == place {
			return true
		}
		if !seen[last] {
			seen[last] = true
			next = append(next, all[last].chain.after...)
		}
	}
	return false
}

// followChain takes over what a proof builds on: the earlier proofs are part
// of what it signs.
func (m *member) followChain(in *input, c *chain, known *suite) error {
	switch {
	case c.broken != "":
		return m.proof.problem(report.ProofChainMalformed, c.broken)
	case len(c.after) == 0:
		return nil
	case known.lengths == nil && known.algorithms == nil:
		// Which parts of the earlier proofs such a suite would disclose, and
		// which not, no specification says.
		return m.proof.problem(report.ProofChainUnsupported, "previousProof of "+string(m.proof.Suite))
	}
	m.proof.After = c.after
	in.document = in.document.With("proof", strictjson.NewArray(c.earlier))
	if in.meant != nil {
		in.meant = in.meant.With(in.document)
	}
	return nil
}
