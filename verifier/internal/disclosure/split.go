package disclosure

import (
	"crypto/sha256"
	"encoding/base64"
	"slices"
	"strconv"
	"strings"

	"github.com/sealcheck/sealcheck/verifier/internal/cbor"
	"github.com/sealcheck/sealcheck/verifier/internal/limits"
	"github.com/sealcheck/sealcheck/verifier/internal/rdf"
	"github.com/sealcheck/sealcheck/verifier/internal/rdfc"
)

// Labels are the labels under which the blank nodes were signed: that of
// "c14n0" first, without "_:". No two are the same.
type Labels []string

// readLabels reads a compressed label map, from the numbers of canonical labels
// to what next reads, which comes behind the prefix. A number may not come
// twice, nor may a label, and no number may be left out: then there is a label
// for every blank node, and statements that differ stay different.
func readLabels(r *cbor.Reader, prefix string, next func() string) (Labels, error) {
	count := r.Map()
	if count > limits.BlankNodes {
		return nil, malformed(strconv.Itoa(count) + " labels")
	}
	labels := make(Labels, count)
	known := make(map[string]bool, count)
	for range count {
		number, label := r.Number(), prefix+next()
		switch {
		case r.Failed():
			return nil, nil // Close gives the error
		case number >= count || labels[number] != "":
			return nil, malformed("the labels leave out a blank node, or name one twice")
		case label == prefix || known[label]:
			return nil, malformed("a label that is empty or doubled")
		}
		labels[number], known[label] = label, true
	}
	return labels, nil
}

// hmacLabel is how VC-DI-ECDSA writes a label: 32 bytes as base64url. "" where
// there are more or fewer.
func hmacLabel(digest []byte) string {
	if len(digest) != sha256.Size {
		return ""
	}
	return base64.RawURLEncoding.EncodeToString(digest)
}

// Parts is a document as it was signed, with its own labels for blank nodes.
type Parts struct {
	// MandatoryHash is the SHA-256 over all mandatory statements.
	MandatoryHash []byte
	// Others are the statements that the holder chose to show, as canonical
	// N-Quads with "\n", in order.
	Others []string
	// Mandatory are the mandatory statements, Chosen the others, by their
	// places in the canonical form that was split.
	Mandatory, Chosen []int
}

// Split gives a canonical document the labels under which it was signed, and
// parts what the issuer made mandatory from the rest (VC-DI-ECDSA 3.5.9,
// VC-DI-BBS 3.3.8). There must be one label for each blank node, and no other.
// The error is a *report.Problem, signature.mismatch: proof and document, each
// well-formed, do not belong together.
func Split(c *rdfc.Canonical, labels Labels, mandatory []int) (*Parts, error) {
	if len(labels) != len(c.Labels) {
		return nil, Mismatch(strconv.Itoa(len(labels)) + " labels for " + strconv.Itoa(len(c.Labels)) + " blank nodes")
	}
	if !rising(mandatory, len(c.Lines)) {
		return nil, Mismatch("fewer statements than are mandatory")
	}
	lines, err := relabel(c, labels)
	if err != nil {
		return nil, err
	}
	p := &Parts{}
	hash := sha256.New()
	for i, l := range lines {
		if n := len(p.Mandatory); n < len(mandatory) && mandatory[n] == i {
			p.Mandatory = append(p.Mandatory, l.place)
			hash.Write([]byte(l.text))
			continue
		}
		p.Chosen = append(p.Chosen, l.place)
		p.Others = append(p.Others, l.text)
	}
	p.MandatoryHash = hash.Sum(nil)
	return p, nil
}

// line is a statement with its place in the canonical form.
type line struct {
	text  string
	place int
}

// relabel writes the statements anew, in the order that they then have.
func relabel(c *rdfc.Canonical, labels Labels) ([]*line, error) {
	lines := make([]*line, len(c.Quads)) // pointers are sorted by the code that others are sorted by
	var buffer []byte
	for i := range c.Quads {
		q := c.Quads[i]
		if !labels.replace(&q.Subject) || !labels.replace(&q.Object) || !labels.replace(&q.Graph) {
			return nil, Mismatch("a blank node without a label")
		}
		buffer = rdf.AppendQuad(buffer[:0], &q)
		lines[i] = &line{string(buffer), i}
	}
	slices.SortFunc(lines, func(a, b *line) int { return c.Compare(a.text, b.text) })
	return lines, nil
}

// replace gives a blank node its label.
func (l Labels) replace(t *rdf.Term) bool {
	if t.Kind != rdf.Blank {
		return true
	}
	digits, ok := strings.CutPrefix(t.Value, "c14n")
	number, err := strconv.Atoi(digits)
	if !ok || err != nil || number < 0 || number >= len(l) {
		return false
	}
	t.Value = l[number]
	return true
}
