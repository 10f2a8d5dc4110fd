package rdfc

import (
	"bytes"
	"encoding/hex"
	"slices"
	"strconv"
)

// deeper is what the part of the algorithm needs that tells nodes apart by
// their neighbours. It is made only where that is needed.
//
// The specification copies an identifier issuer before each try. Since what a
// try returns always continues the issuer that it was given, one trail does:
// it is cut back before the next try, and the best try is played again.
type deeper struct {
	relations [][]relation // of each node, filled when it is first looked at
	temporary []int32      // the temporary number of each node, -1 for none
	trail     []int32      // nodes in the order of their temporary numbers
	// stack holds what is being hashed, that of an inner call behind that of
	// the outer one; entries, their order, and tries likewise.
	stack   []byte
	entries []entry
	order   []int32
	tries   []int32
	input   []byte // of hashRelated
}

// relation is another node in a statement of a node.
type relation struct {
	node      int32
	statement int32
	position  byte // 's', 'o' or 'g'
}

// entry is a related node under its hash.
type entry struct {
	hash digest
	node int32
}

// path is what tellApart keeps of one call of nDegree.
type path struct {
	hash  digest
	trail []int32
}

// tellApart numbers nodes whose first degree hashes are equal (section 4.4.3,
// step 5). It is false when the work ran out.
func (l *labelling) tellApart(nodes []int32) bool {
	if l.deeper == nil {
		l.deeper = &deeper{
			relations: make([][]relation, len(l.set.nodes)),
			temporary: make([]int32, len(l.set.nodes)),
		}
		for n := range l.deeper.temporary {
			l.deeper.temporary[n] = -1
		}
	}
	d := l.deeper
	paths := make([]path, 0, len(nodes))
	for _, node := range nodes {
		if l.number[node] >= 0 {
			continue
		}
		d.cut(0)
		d.issue(node)
		hash, ok := l.nDegree(node)
		if !ok {
			return false
		}
		paths = append(paths, path{hash, slices.Clone(d.trail)})
	}
	d.cut(0)
	order := appendNumbers(nil, 0, len(paths))
	sortNumbers(order, func(a, b int32) int {
		if c := bytes.Compare(paths[a].hash[:], paths[b].hash[:]); c != 0 {
			return c
		}
		return int(a - b)
	})
	for _, i := range order {
		for _, node := range paths[i].trail {
			l.issue(node)
		}
	}
	return true
}

// issue gives a node the next temporary number.
func (d *deeper) issue(node int32) {
	d.temporary[node] = int32(len(d.trail))
	d.trail = append(d.trail, node)
}

// cut takes back the temporary numbers from size on.
func (d *deeper) cut(size int) {
	for _, node := range d.trail[size:] {
		d.temporary[node] = -1
	}
	d.trail = d.trail[:size]
}

// spend takes steps off the work that is left: one for each hash, one for each
// 256 bytes hashed, one for each label put into a path, and one for each 64
// kept of a trail. All that loops here is counted, over the whole dataset.
func (l *labelling) spend(steps int) bool {
	l.work -= steps
	return l.work >= 0
}

// related are the other nodes in a node's statements.
func (l *labelling) related(node int32) []relation {
	d := l.deeper
	if d.relations[node] != nil {
		return d.relations[node]
	}
	found := []relation{}
	for _, i := range l.set.statementsOf(node) {
		if l.set.double[i] {
			continue
		}
		s := &l.set.statements[i]
		for k, other := range [...]int32{s.subject, s.object, s.graph} {
			if other >= 0 && other != node {
				found = append(found, relation{other, i, "sog"[k]})
			}
		}
	}
	d.relations[node] = found
	return found
}

// hashRelated is the algorithm Hash Related Blank Node (section 4.7).
func (l *labelling) hashRelated(r relation) (digest, bool) {
	d := l.deeper
	input := append(d.input[:0], r.position)
	if r.position != 'g' {
		input = append(input, '<')
		input = append(input, l.set.quads[r.statement].Predicate.Value...)
		input = append(input, '>')
	}
	if l.number[r.node] >= 0 || d.temporary[r.node] >= 0 {
		input = l.appendIdentifier(input, r.node)
	} else {
		input = hex.AppendEncode(input, l.hashes[r.node][:l.hash.Size()])
	}
	d.input = input
	if !l.spend(1 + len(input)>>8) {
		return digest{}, false
	}
	return sum(l.hash, input), true
}

// appendIdentifier appends a node's canonical identifier, or else its
// temporary one, one of which it has.
func (l *labelling) appendIdentifier(dst []byte, node int32) []byte {
	if n := l.number[node]; n >= 0 {
		return strconv.AppendInt(append(dst, "_:c14n"...), int64(n), 10)
	}
	return strconv.AppendInt(append(dst, "_:b"...), int64(l.deeper.temporary[node]), 10)
}

// nDegree is the algorithm Hash N-Degree Quads (section 4.8). The temporary
// numbers that it issues stay on the trail. It is false when the work ran out.
func (l *labelling) nDegree(node int32) (digest, bool) {
	d := l.deeper
	bottom, lowest := len(d.stack), len(d.entries)
	for _, r := range l.related(node) {
		hash, ok := l.hashRelated(r)
		if !ok {
			return digest{}, false
		}
		d.entries = append(d.entries, entry{hash, r.node})
	}
	highest := len(d.entries)
	d.order = appendNumbers(d.order, lowest, highest)
	sortNumbers(d.order[lowest:], func(i, j int32) int {
		a, b := &d.entries[i], &d.entries[j]
		if c := bytes.Compare(a.hash[:], b.hash[:]); c != 0 {
			return c
		}
		return int(a.node - b.node)
	})
	for from := lowest; from < highest; {
		hash, to := &d.entries[d.order[from]].hash, from+1
		for to < highest && d.entries[d.order[to]].hash == *hash {
			to++
		}
		d.stack = hex.AppendEncode(d.stack, hash[:l.hash.Size()])
		if !l.choose(from, to) {
			return digest{}, false
		}
		from = to
	}
	data := d.stack[bottom:]
	if !l.spend(1 + len(data)>>8) {
		return digest{}, false
	}
	hash := sum(l.hash, data)
	d.stack, d.entries, d.order = d.stack[:bottom], d.entries[:lowest], d.order[:lowest]
	return hash, true
}

// choose tries the related nodes order[from:to], which share a hash, in every
// order that makes a difference, and appends the least path to the stack
// (steps 5.2 to 5.6).
func (l *labelling) choose(from, to int) bool {
	d := l.deeper
	lowest, base := len(d.tries), len(d.trail)
	for _, i := range d.order[from:to] {
		d.tries = append(d.tries, d.entries[i].node)
	}
	highest := len(d.tries)
	chosen := len(d.stack) // where the chosen path begins
	end := chosen          // and where it ends, while another is tried behind it
	var best []int32       // the trail of the chosen path, from base on
	for alone := true; ; alone = false {
		better, ok := l.try(lowest, highest, chosen, end)
		if !ok {
			return false
		}
		if better {
			end = chosen + copy(d.stack[chosen:], d.stack[end:])
		}
		d.stack = d.stack[:end]
		more := nextOrder(d.tries[lowest:highest])
		if alone && !more {
			break // the trail is as it should be
		}
		if better {
			if !l.spend((len(d.trail) - base) >> 6) {
				return false
			}
			best = append(best[:0], d.trail[base:]...)
		}
		d.cut(base)
		if !more {
			for _, node := range best {
				d.issue(node)
			}
			break
		}
	}
	d.tries = d.tries[:lowest]
	return true
}

// try appends the path of one order, tries[lowest:highest], to the stack, and
// says whether it is less than the chosen one, stack[chosen:end], which is
// empty at first. A path is given up as soon as it is greater: the
// specification gives it up later, and with the same result.
func (l *labelling) try(lowest, highest, chosen, end int) (better, ok bool) {
	d := l.deeper
	base := len(d.trail)
	better = chosen == end
	at := chosen // the new path equals the chosen one up to here
	// compare goes on after something was appended; it is true when the path
	// is greater.
	compare := func() bool {
		if better {
			return false
		}
		added := d.stack[end+at-chosen:]
		old := d.stack[at:min(end, at+len(added))]
		switch bytes.Compare(added, old) {
		case 1:
			return true
		case -1:
			better = true // at a byte, for old is no longer than added
		}
		at += len(added)
		return false
	}
	for i := lowest; i < highest; i++ {
		node := d.tries[i]
		if l.number[node] < 0 && d.temporary[node] < 0 {
			d.issue(node)
		}
		d.stack = l.appendIdentifier(d.stack, node)
		if !l.spend(1) {
			return false, false
		}
		if compare() {
			return false, true
		}
	}
	// The nodes that were new go deeper, each starting with what the one
	// before it found.
	for i, last := base, len(d.trail); i < last; i++ {
		node := d.trail[i]
		hash, ok := l.nDegree(node)
		if !ok {
			return false, false
		}
		d.stack = l.appendIdentifier(d.stack, node)
		d.stack = append(d.stack, '<')
		d.stack = hex.AppendEncode(d.stack, hash[:l.hash.Size()])
		d.stack = append(d.stack, '>')
		if compare() {
			return false, true
		}
	}
	return better || len(d.stack)-end < end-chosen, true
}
