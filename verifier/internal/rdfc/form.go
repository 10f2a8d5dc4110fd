package rdfc

import (
	"bytes"
	"crypto"
	"strconv"

	"github.com/sealcheck/sealcheck/verifier/internal/limits"
	"github.com/sealcheck/sealcheck/verifier/internal/rdf"
	"github.com/sealcheck/sealcheck/verifier/report"
)

// Form is the canonical form of a dataset as text. It is immutable.
type Form struct {
	set    *dataset
	labels []string // of each node, with "_:"
	steps  int
	sorted
}

// New gives the canonical form. The error is a *report.Problem:
// context.graph_too_large beyond limits.Quads, limits.BlankNodes or
// limits.GraphBytes, context.graph_too_complex where the blank nodes can only
// be told apart with more than limits.GraphWork steps (RDFC-1.0 section 7.1
// asks for such a limit), context.iri_malformed and
// context.language_malformed for a term that has no unambiguous text. The
// quads are kept and must not be changed afterwards.
func New(quads []rdf.Quad, hash crypto.Hash) (*Form, error) { return canonical(quads, hash, false) }

// NewByUnits is New with the lines in the order of their UTF-16 code units,
// here and inside. It is what signers make in a language whose texts are
// sorted by these (rdf-canonize, in JavaScript), where RDFC-1.0 asks for code
// points: the same statements in another order.
func NewByUnits(quads []rdf.Quad, hash crypto.Hash) (*Form, error) {
	return canonical(quads, hash, true)
}

func canonical(quads []rdf.Quad, hash crypto.Hash, byUnits bool) (*Form, error) {
	set, err := newDataset(quads)
	if err != nil {
		return nil, err
	}
	set.byUnits = byUnits
	l := &labelling{set: set, hash: hash, work: limits.GraphWork}
	if !l.run() {
		return nil, report.NewProblem(report.ContextGraphTooComplex, "",
			"nodes", strconv.Itoa(len(set.nodes)), "limit", strconv.Itoa(limits.GraphWork))
	}
	f := &Form{set: set, labels: canonicalLabels(l.number), steps: limits.GraphWork - l.work}
	f.sorted = set.lines(f.labels, l.buffer)
	f.removeDoubles()
	return f, nil
}

// Mixed says whether the form of NewByUnits can be another one.
func (f *Form) Mixed() bool { return mixed(f.set.text) }

// Digest is the hash over all lines.
func (f *Form) Digest(hash crypto.Hash) []byte {
	h := newHash(hash)
	for i := range f.lines {
		h.Write(f.line(i))
	}
	return h.Sum(nil)
}

// Text is all lines, one after the other.
func (f *Form) Text() []byte {
	text := make([]byte, 0, f.size())
	for i := range f.lines {
		text = append(text, f.line(i)...)
	}
	return text
}

// Size is how many bytes the lines have together.
func (f *Form) Size() int { return f.size() }

// Len is how many lines there are.
func (f *Form) Len() int { return len(f.lines) }

// Given is the first of the given quads that a line states, with the labels
// that it came with.
func (f *Form) Given(line int) *rdf.Quad { return &f.set.quads[f.lines[line].statement] }

// Steps is how many of limits.GraphWork were needed; 0 for most documents.
func (f *Form) Steps() int { return f.steps }

// Canonical fills all fields.
func (f *Form) Canonical() *Canonical {
	c := &Canonical{
		Lines:  make([]string, len(f.lines)),
		Quads:  make([]rdf.Quad, len(f.lines)),
		Origin: make([]int, len(f.lines)),
		Labels: make(map[string]string, len(f.labels)),
		form:   f,
	}
	for n, label := range f.labels {
		c.Labels[f.set.nodes[n]] = label[len("_:"):]
	}
	f.write(c.Lines)
	for i, l := range f.lines {
		c.Origin[i] = int(l.statement)
		s, q := &f.set.statements[l.statement], &c.Quads[i]
		*q = f.set.quads[l.statement]
		if s.subject >= 0 {
			q.Subject.Value = f.labels[s.subject][len("_:"):]
		}
		if s.object >= 0 {
			q.Object.Value = f.labels[s.object][len("_:"):]
		}
		if s.graph >= 0 {
			q.Graph.Value = f.labels[s.graph][len("_:"):]
		}
	}
	return c
}

// removeDoubles takes out the doubles that were not found before: they stand
// side by side, the first in front. A canonical label is given to one node
// only, so that equal lines come from equal statements.
func (f *Form) removeDoubles() {
	kept := 0
	for i, l := range f.lines {
		if kept > 0 && bytes.Equal(f.line(i), f.line(kept-1)) {
			f.set.double[l.statement] = true
			f.set.doubles++
			continue
		}
		f.lines[kept] = l
		kept++
	}
	f.lines = f.lines[:kept]
}

// canonicalLabels are "_:c14n0" and so on, for each node that of its number,
// all in one string.
func canonicalLabels(number []int32) []string {
	text := make([]byte, 0, len(number)*len("_:c14n000"))
	labels, ends := make([]string, len(number)), make([]int32, len(number)+1)
	for n := range number {
		text = strconv.AppendInt(append(text, "_:c14n"...), int64(n), 10)
		ends[n+1] = int32(len(text))
	}
	all := string(text)
	for node, n := range number {
		labels[node] = all[ends[n]:ends[n+1]]
	}
	return labels
}
