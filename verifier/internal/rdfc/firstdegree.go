package rdfc

import (
	"bytes"
	"crypto"
	"crypto/sha256"
	"crypto/sha512"
	"hash"
)

// digest holds a hash of either length; that of SHA-256 ends in zeros. Digests
// sort as their hexadecimal forms do.
type digest [sha512.Size384]byte

// sum is the hash of some bytes.
func sum(hash crypto.Hash, data []byte) (d digest) {
	if hash == crypto.SHA384 {
		return sha512.Sum384(data)
	}
	short := sha256.Sum256(data)
	copy(d[:], short[:])
	return d
}

// newHash begins a hash over several pieces.
func newHash(of crypto.Hash) hash.Hash {
	if of == crypto.SHA384 {
		return sha512.New384()
	}
	return sha256.New()
}

// labelling is the canonicalization state (RDFC-1.0 section 4.2).
type labelling struct {
	set    *dataset
	hash   crypto.Hash
	hashes []digest // hash first degree quads of each node
	// number is the canonical number of each node, -1 before it is issued.
	number []int32
	issued int32

	work   int // steps left, see nDegree
	deeper *deeper

	buffer, joined []byte // of firstDegree
	parts          []part
	order          []int32
}

// run numbers all nodes (RDFC-1.0 section 4.4.3). It is false when the work
// ran out.
func (l *labelling) run() bool {
	nodes := len(l.set.nodes)
	l.hashes = make([]digest, nodes)
	l.number = make([]int32, nodes)
	if nodes == 1 {
		return true // with the only number there is
	}
	// Most statements have a node, and are hashed for it.
	l.buffer = make([]byte, 0, len(l.set.text)+len(l.set.about)*len("_:c14n000"))
	order := make([]int32, nodes)
	for n := range order {
		order[n], l.number[n] = int32(n), -1
		l.hashes[n] = l.firstDegree(int32(n))
	}
	sortNumbers(order, func(a, b int32) int {
		if c := bytes.Compare(l.hashes[a][:], l.hashes[b][:]); c != 0 {
			return c
		}
		return int(a - b)
	})
	// Step 4: nodes with a hash of their own come first, by their hashes.
	shared := false
	for rest := order; len(rest) > 0; {
		same := l.same(rest)
		if same == 1 {
			l.issue(rest[0])
		} else {
			shared = true
		}
		rest = rest[same:]
	}
	if !shared {
		return true
	}
	// Step 5: then those that share one.
	for rest := order; len(rest) > 0; {
		same := l.same(rest)
		if same > 1 && !l.tellApart(rest[:same]) {
			return false
		}
		rest = rest[same:]
	}
	return true
}

// same counts the nodes in front that share a hash.
func (l *labelling) same(order []int32) int {
	n := 1
	for n < len(order) && l.hashes[order[n]] == l.hashes[order[0]] {
		n++
	}
	return n
}

// issue gives a node the next canonical number, unless it has one.
func (l *labelling) issue(node int32) {
	if l.number[node] < 0 {
		l.number[node] = l.issued
		l.issued++
	}
}

// part is one statement as firstDegree writes it.
type part struct {
	statement  int32
	start, end int
}

// firstDegree is the algorithm Hash First Degree Quads (section 4.6): the node
// itself is written _:a, every other one _:z, and the sorted lines are hashed.
// Doubles among the node's statements are found on the way, and left out.
func (l *labelling) firstDegree(node int32) digest {
	set := l.set
	buffer, parts := l.buffer[:0], l.parts[:0]
	for _, i := range set.statementsOf(node) {
		if set.double[i] {
			continue
		}
		s, start := &set.statements[i], len(buffer)
		if s.subject >= 0 {
			buffer = appendPlaceholder(buffer, s.subject == node)
		}
		buffer = append(buffer, set.text[s.start:s.middle]...)
		if s.object >= 0 {
			buffer = appendPlaceholder(buffer, s.object == node)
		}
		buffer = append(buffer, set.text[s.middle:s.last]...)
		if s.graph >= 0 {
			buffer = appendPlaceholder(buffer, s.graph == node)
		}
		buffer = append(buffer, set.text[s.last:s.end]...)
		parts = append(parts, part{i, start, len(buffer)})
	}
	l.order = appendNumbers(l.order[:0], 0, len(parts))
	sortNumbers(l.order, func(i, j int32) int {
		a, b := parts[i], parts[j]
		if c := set.compare(buffer[a.start:a.end], buffer[b.start:b.end]); c != 0 {
			return c
		}
		// Lines that look alike may be about different nodes; doubles are
		// those that are not, and stand side by side, the first in front.
		x, y := &set.statements[a.statement], &set.statements[b.statement]
		if c := x.compareNodes(y); c != 0 {
			return c
		}
		return int(i - j)
	})
	joined := l.joined[:0]
	var before part
	for i, number := range l.order {
		p := parts[number]
		if i > 0 && bytes.Equal(buffer[p.start:p.end], buffer[before.start:before.end]) &&
			set.statements[p.statement].compareNodes(&set.statements[before.statement]) == 0 {
			set.double[p.statement] = true
			set.doubles++
			continue
		}
		joined = append(joined, buffer[p.start:p.end]...)
		before = p
	}
	l.buffer, l.parts, l.joined = buffer, parts, joined
	return sum(l.hash, joined)
}

func appendPlaceholder(dst []byte, itself bool) []byte {
	if itself {
		return append(dst, "_:a"...)
	}
	return append(dst, "_:z"...)
}

// compareNodes orders statements by their nodes.
func (s *statement) compareNodes(o *statement) int {
	if s.subject != o.subject {
		return int(s.subject - o.subject)
	}
	if s.object != o.object {
		return int(s.object - o.object)
	}
	return int(s.graph - o.graph)
}
