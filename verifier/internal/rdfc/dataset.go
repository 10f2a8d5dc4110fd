package rdfc

import (
	"bytes"
	"slices"
	"strconv"

	"github.com/sealcheck/sealcheck/verifier/internal/limits"
	"github.com/sealcheck/sealcheck/verifier/internal/rdf"
	"github.com/sealcheck/sealcheck/verifier/report"
)

// dataset is the statements with numbers in place of blank nodes.
type dataset struct {
	quads      []rdf.Quad
	statements []statement
	text       []byte   // of all statements, without their blank nodes
	nodes      []string // the given label of each node
	// about lists for each node the statements that it is in, in their order:
	// those of node n are about[first[n]:first[n+1]].
	about []int32
	first []int32
	// double marks statements that were found to repeat an earlier one.
	double  []bool
	doubles int
	byUnits bool // see NewByUnits
}

// statement is one quad. Its nodes are -1 where there is another term.
type statement struct {
	subject, object, graph int32 // nodes
	// start and end delimit its text; a blank subject goes to start, a blank
	// object to middle, a blank graph name to last.
	start, middle, last, end int32
}

// newDataset writes every statement once and numbers the blank nodes. It is
// the only place that looks at foreign terms.
func newDataset(quads []rdf.Quad) (*dataset, error) {
	if len(quads) > limits.Quads {
		return nil, tooLarge("statements", limits.Quads)
	}
	size := 0
	for i := range quads {
		q := &quads[i]
		// Each term with its delimiters, and " .\n".
		size += 16 + len(q.Subject.Value) + len(q.Predicate.Value) + len(q.Object.Value) +
			len(q.Object.Datatype) + len(q.Object.Language) + len(q.Graph.Value)
		if size > limits.GraphBytes {
			return nil, tooLarge("bytes", limits.GraphBytes)
		}
	}
	d := &dataset{
		quads:      quads,
		statements: make([]statement, len(quads)),
		text:       make([]byte, 0, size),
		double:     make([]bool, len(quads)),
	}
	numbers := map[string]int32{}
	// node is the number of a term's node; the statement is counted for it
	// unless the node is one of those before it.
	node := func(t *rdf.Term, before, before2 int32) int32 {
		if t.Kind != rdf.Blank {
			return -1
		}
		n, ok := numbers[t.Value]
		if !ok {
			n = int32(len(d.nodes))
			numbers[t.Value] = n
			d.nodes = append(d.nodes, t.Value)
			d.first = append(d.first, 0)
		}
		if n != before && n != before2 {
			d.first[n]++
		}
		return n
	}
	// write writes a term, unless it is a node.
	var ill *rdf.Term
	write := func(t *rdf.Term) {
		if t.Kind == rdf.Blank {
			return
		}
		var ok bool
		if d.text, ok = rdf.AppendWellFormed(d.text, t); !ok && ill == nil {
			ill = t
		}
	}
	for i := range quads {
		q, s := &quads[i], &d.statements[i]
		if !placed(q) {
			return nil, report.NewProblem(report.InternalUnexpected, "", "what", "a term out of place")
		}
		s.subject = node(&q.Subject, -1, -1)
		s.object = node(&q.Object, s.subject, -1)
		s.graph = node(&q.Graph, s.subject, s.object)
		if len(d.nodes) > limits.BlankNodes {
			return nil, tooLarge("nodes", limits.BlankNodes)
		}
		s.start = int32(len(d.text))
		write(&q.Subject)
		d.text = append(d.text, ' ')
		write(&q.Predicate)
		d.text = append(d.text, ' ')
		s.middle = int32(len(d.text))
		write(&q.Object)
		if q.Graph.Kind != rdf.None {
			d.text = append(d.text, ' ')
		}
		s.last = int32(len(d.text))
		write(&q.Graph)
		d.text = append(d.text, " .\n"...)
		s.end = int32(len(d.text))
	}
	if ill != nil && ill.Kind == rdf.Literal && ill.Language != "" {
		return nil, report.NewProblem(report.ContextLanguageMalformed, "", "what", report.Clip(ill.Language))
	}
	if ill != nil {
		what := ill.Value
		if ill.Kind == rdf.Literal {
			what = ill.Datatype
		}
		return nil, report.NewProblem(report.ContextIriMalformed, "", "what", report.Clip(what))
	}
	d.list()
	return d, nil
}

// placed says whether each term is of a kind that its place allows.
func placed(q *rdf.Quad) bool {
	return (q.Subject.Kind == rdf.IRI || q.Subject.Kind == rdf.Blank) && q.Predicate.Kind == rdf.IRI &&
		q.Object.Kind != rdf.None && q.Graph.Kind != rdf.Literal
}

func tooLarge(what string, limit int) error {
	return report.NewProblem(report.ContextGraphTooLarge, "", "what", what, "limit", strconv.Itoa(limit))
}

// list fills about, and first, which has counted the statements of each node.
// A statement that names a node twice is listed once.
func (d *dataset) list() {
	total := int32(0)
	for n, count := range d.first {
		d.first[n] = total
		total += count
	}
	d.about = make([]int32, total)
	put := func(node, statement int32) {
		d.about[d.first[node]] = statement
		d.first[node]++
	}
	for i := range d.statements {
		s := &d.statements[i]
		if s.subject >= 0 {
			put(s.subject, int32(i))
		}
		if s.object >= 0 && s.object != s.subject {
			put(s.object, int32(i))
		}
		if s.graph >= 0 && s.graph != s.subject && s.graph != s.object {
			put(s.graph, int32(i))
		}
	}
	// Each has moved to where the next one begins.
	d.first = append(d.first, total)
	copy(d.first[1:], d.first)
	d.first[0] = 0
}

// statementsOf are the statements that a node is in.
func (d *dataset) statementsOf(node int32) []int32 { return d.about[d.first[node]:d.first[node+1]] }

// appendLine appends a statement with the given labels for nodes, which begin
// with "_:".
func (d *dataset) appendLine(dst []byte, s *statement, labels []string) []byte {
	if s.subject >= 0 {
		dst = append(dst, labels[s.subject]...)
	}
	dst = append(dst, d.text[s.start:s.middle]...)
	if s.object >= 0 {
		dst = append(dst, labels[s.object]...)
	}
	dst = append(dst, d.text[s.middle:s.last]...)
	if s.graph >= 0 {
		dst = append(dst, labels[s.graph]...)
	}
	return append(dst, d.text[s.last:s.end]...)
}

// sorted is lines of N-Quads in code point order, which is the order of their
// bytes in UTF-8, or in that of NewByUnits. Their texts stand in the order of the statements.
type sorted struct {
	lines []line
	text  []byte
}

// line is the text of one of the lines.
func (s *sorted) line(i int) []byte {
	l := s.lines[i]
	return s.text[l.start : l.start+l.size]
}

// size is how many bytes all lines have.
func (s *sorted) size() int {
	size := 0
	for i := range s.lines {
		size += int(s.lines[i].size)
	}
	return size
}

// write gives all lines as parts of one string.
func (s *sorted) write(lines []string) {
	all := make([]byte, 0, s.size())
	for i := range s.lines {
		all = append(all, s.line(i)...)
	}
	text, start := string(all), 0
	for i := range s.lines {
		end := start + int(s.lines[i].size)
		lines[i] = text[start:end]
		start = end
	}
}

// line is a written statement.
type line struct {
	statement   int32
	start, size int32
}

// lines writes and sorts all statements that are not known as doubles. What is
// in scratch is lost.
func (d *dataset) lines(labels []string, scratch []byte) sorted {
	lines := make([]line, 0, len(d.statements)-d.doubles)
	text := slices.Grow(scratch[:0], d.size(labels))
	runs := make([]run, 0, len(labels)+8)
	for i := range d.statements {
		if d.double[i] {
			continue
		}
		start := int32(len(text))
		text = d.appendLine(text, &d.statements[i], labels)
		if last := len(runs) - 1; last < 0 || !d.sameSubject(lines[len(lines)-1].statement, int32(i)) {
			runs = append(runs, run{from: int32(len(lines)), subject: d.subjectSize(i, labels)})
		}
		runs[len(runs)-1].to = int32(len(lines) + 1)
		lines = append(lines, line{int32(i), start, int32(len(text)) - start})
	}
	// Statements come in runs about one subject, and their lines begin with
	// it: the subjects are sorted, and the lines of each.
	subject := func(r run) []byte {
		start := lines[r.from].start
		return text[start : start+r.subject]
	}
	order := appendNumbers(make([]int32, 0, len(runs)+len(lines)), 0, len(runs))
	sortNumbers(order, func(a, b int32) int { return d.compare(subject(runs[a]), subject(runs[b])) })
	result := sorted{make([]line, 0, len(lines)), text}
	for rest := order; len(rest) > 0; {
		first := runs[rest[0]]
		own := order[len(order):]
		for len(rest) > 0 && bytes.Equal(subject(runs[rest[0]]), subject(first)) {
			own = appendNumbers(own, int(runs[rest[0]].from), int(runs[rest[0]].to))
			rest = rest[1:]
		}
		sortNumbers(own, func(i, j int32) int {
			a, b := lines[i], lines[j]
			if c := d.compare(text[a.start+first.subject:a.start+a.size], text[b.start+first.subject:b.start+b.size]); c != 0 {
				return c
			}
			return int(i - j)
		})
		for _, i := range own {
			result.lines = append(result.lines, lines[i])
		}
	}
	return result
}

// run is lines[from:to], which have one subject; subject is its length in
// them, with the space behind it, so that no subject begins with another.
type run struct{ from, to, subject int32 }

func (d *dataset) sameSubject(a, b int32) bool {
	if n := d.statements[b].subject; n >= 0 || d.statements[a].subject >= 0 {
		return d.statements[a].subject == n
	}
	return d.quads[a].Subject.Value == d.quads[b].Subject.Value
}

func (d *dataset) subjectSize(statement int, labels []string) int32 {
	if n := d.statements[statement].subject; n >= 0 {
		return int32(len(labels[n]) + len(" "))
	}
	return int32(len(d.quads[statement].Subject.Value) + len("<> "))
}

// size is about how many bytes all lines have together: a node is counted once
// for each of its statements.
func (d *dataset) size(labels []string) int {
	size := len(d.text)
	for n, label := range labels {
		size += len(label) * len(d.statementsOf(int32(n)))
	}
	return size
}
