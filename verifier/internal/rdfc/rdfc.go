// Package rdfc gives RDF datasets their canonical form (RDF Dataset
// Canonicalization 1.0, RDFC-1.0), with SHA-256 or SHA-384 inside.
//
// Every statement is written once, without its blank nodes, and every blank
// node is a number: hashing and the final lines copy from that text. Blank
// nodes that their own statements tell apart, which are all of them in nearly
// every credential, never meet the part of the algorithm that can be made to
// run for ever; that part (ndegree.go) counts its steps.
package rdfc

import (
	"crypto"
	"strings"

	"github.com/sealcheck/sealcheck/verifier/internal/rdf"
)

// Canonical is the canonical form of a dataset.
type Canonical struct {
	// Lines are the canonical N-Quads, each ending in "\n", without doubles,
	// in code point order.
	Lines []string
	// Quads are the statements of Lines, in the same order, with canonical
	// labels ("c14n0").
	Quads []rdf.Quad
	// Origin says for each line which of the given quads it is: the first of
	// those that are equal.
	Origin []int
	// Labels maps each given blank node label to its canonical one, both
	// without "_:".
	Labels map[string]string

	form *Form
}

// Canonicalize gives the canonical form with all of its fields; where a digest
// is enough, New is quicker. hash is crypto.SHA256 or crypto.SHA384, here and
// in New. The error is that of New.
func Canonicalize(quads []rdf.Quad, hash crypto.Hash) (*Canonical, error) {
	f, err := New(quads, hash)
	if err != nil {
		return nil, err
	}
	return f.Canonical(), nil
}

// Compare orders lines as those of the form are ordered.
func (c *Canonical) Compare(a, b string) int {
	if c.form.set.byUnits {
		return compareUnits([]byte(a), []byte(b))
	}
	return strings.Compare(a, b)
}

// Relabel gives the lines with other labels for the blank nodes, sorted anew;
// labels maps canonical labels to new ones, and one that it leaves out stays.
func (c *Canonical) Relabel(labels map[string]string) []string {
	lines, _ := c.RelabelOrder(labels)
	return lines
}

// RelabelOrder is Relabel that also says of each line which of Lines it was.
func (c *Canonical) RelabelOrder(labels map[string]string) (lines []string, from []int) {
	renamed := make([]string, len(c.form.labels))
	for i, label := range c.form.labels {
		if to, ok := labels[label[len("_:"):]]; ok {
			label = "_:" + to
		}
		renamed[i] = label
	}
	set := c.form.set
	at := make([]int, len(set.statements))
	for line, statement := range c.Origin {
		at[statement] = line
	}
	sorted := set.lines(renamed, nil)
	lines, from = make([]string, len(sorted.lines)), make([]int, len(sorted.lines))
	sorted.write(lines)
	for i, l := range sorted.lines {
		from[i] = at[l.statement]
	}
	return lines, from
}
