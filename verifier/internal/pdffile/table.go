package pdffile

import (
	"bytes"

	"github.com/sealcheck/sealcheck/verifier/internal/limits"
)

// entry says where an object is (7.5.4, 7.5.8.3).
type entry struct {
	state uint8
	where int32 // place in the file; or number of the stream of objects
	index int32 // in that stream
}

const (
	unset uint8 = iota
	free        // deleted
	placed
	packed
)

// pack is an unpacked stream of objects.
type pack struct {
	data  []byte
	pairs []int // number, place, number, place
}

// set notes where an object is. Newer tables are read first: what they say
// counts, also that an object is deleted.
func (f *File) set(id int, e entry, over bool) {
	if id < 0 || id >= limits.PDFObjects {
		return
	}
	if id >= len(f.entries) {
		f.entries = append(f.entries, make([]entry, id+1-len(f.entries))...)
	}
	if over || f.entries[id].state == unset {
		f.entries[id] = e
	}
}

// readTables reads the tables of objects, the newest first (7.5.6). It is false
// where one of them cannot be read.
func (f *File) readTables() bool {
	tail := f.data[max(0, len(f.data)-2048):]
	at := bytes.LastIndex(tail, []byte("startxref"))
	if at < 0 {
		return false
	}
	r := &reader{tail, at + len("startxref"), &f.values}
	next, ok := r.natural()
	seen := map[int]bool{}
	for ok {
		if seen[next] || len(seen) == limits.PDFUpdates || next >= len(f.data) {
			return false
		}
		seen[next] = true
		var section object
		if section, ok = f.table(next); !ok {
			return false
		}
		if f.trailer.kind == null {
			f.trailer = section
		}
		previous := section.get("Prev")
		if previous.kind != number {
			break
		}
		next, ok = previous.number, previous.number >= 0
	}
	return ok
}

// table reads one table and gives its trailer.
func (f *File) table(at int) (object, bool) {
	r := f.reader(at)
	r.skip()
	if !r.takes("xref") {
		return f.tableStream(at)
	}
	type found struct {
		id int
		e  entry
	}
	var all []found
	for {
		id, ok := r.natural()
		if !ok {
			break
		}
		count, ok := r.natural()
		if !ok {
			return nothing, false
		}
		for range count {
			before := r.at
			place, ok := r.natural()
			if !ok || id >= limits.PDFObjects || place >= 1<<31 {
				return nothing, false
			}
			if _, ok = r.natural(); !ok {
				return nothing, false
			}
			r.skip()
			switch {
			case r.takes("n"):
				all = append(all, found{id, entry{placed, int32(place), 0}})
			case r.takes("f"):
				all = append(all, found{id, entry{state: free}})
			default:
				return nothing, false
			}
			if !f.spend(r.at-before) || len(all) > limits.PDFObjects {
				return nothing, false
			}
			id++
		}
	}
	r.skip()
	if !r.takes("trailer") {
		return nothing, false
	}
	trailer, ok := r.object()
	if !ok || trailer.kind != dictionary {
		return nothing, false
	}
	// 7.5.8.4: a table for older readers calls deleted what newer ones find in
	// a stream beside it.
	if beside := trailer.get("XRefStm"); beside.kind == number {
		if _, ok := f.tableStream(beside.number); !ok {
			return nothing, false
		}
	}
	for _, one := range all {
		f.set(one.id, one.e, false)
	}
	return trailer, true
}

// tableStream reads a table that is kept as a stream (7.5.8).
func (f *File) tableStream(at int) (object, bool) {
	_, o, _, ok := f.stored(at)
	if !ok || o.stream == nil || string(o.get("Type").text) != "XRef" {
		return nothing, false
	}
	data, err := f.unpack(&o)
	widths := o.get("W").items
	if err != nil || len(widths) < 3 {
		return nothing, false
	}
	row := 0
	for i := range widths[:3] {
		if n := widths[i].number; n < 0 || n > 8 {
			return nothing, false
		}
		row += widths[i].number
	}
	ranges := o.get("Index").items
	if len(ranges) == 0 {
		ranges = []object{{kind: number}, {kind: number, number: o.get("Size").number}}
	}
	for ; len(ranges) >= 2 && row > 0; ranges = ranges[2:] {
		id := ranges[0].number
		for n := ranges[1].number; n > 0 && len(data) >= row; n-- {
			field := [3]int{1, 0, 0} // the first one's default
			rest := data
			for i := range field {
				if width := widths[i].number; width > 0 {
					value := 0
					for _, c := range rest[:width] {
						value = value<<8 | int(c)
					}
					field[i], rest = value, rest[width:]
				}
			}
			data = data[row:]
			switch {
			case field[1] < 0 || field[1] > 1<<30 || field[2] < 0 || field[2] > 1<<30:
			case field[0] == 0:
				f.set(id, entry{state: free}, false)
			case field[0] == 1:
				f.set(id, entry{placed, int32(field[1]), 0}, false)
			case field[0] == 2:
				f.set(id, entry{packed, int32(field[1]), int32(field[2])}, false)
			}
			id++
		}
	}
	o.stream = nil
	return o, true
}

// rebuild searches the whole file for objects, as readers do where the table is
// broken. What stands further down counts.
func (f *File) rebuild() {
	var catalog object
	for at := 0; ; {
		next := bytes.Index(f.data[at:], []byte("obj"))
		if trailer := bytes.Index(f.data[at:max(at, at+next)], []byte("trailer")); trailer >= 0 || next < 0 {
			if next < 0 {
				trailer = bytes.Index(f.data[at:], []byte("trailer"))
			}
			if trailer >= 0 {
				if o, _ := f.reader(at + trailer + len("trailer")).object(); o.get("Root").kind == reference {
					f.trailer = o
				}
			}
		}
		if next < 0 {
			break
		}
		before := at
		at += next + len("obj")
		start := f.begins(at-len("obj"), before)
		if start < 0 {
			continue
		}
		id, o, end, ok := f.stored(start)
		if !ok && o.kind == null || id >= limits.PDFObjects {
			continue
		}
		f.set(id, entry{placed, int32(start), 0}, true)
		delete(f.loaded, id)
		if !f.spend(end-start) || f.values <= 0 {
			break
		}
		at = max(at, end)
		switch string(o.get("Type").text) {
		case "Catalog":
			catalog = object{kind: reference, number: id}
		case "XRef":
			if o.get("Root").kind == reference {
				o.stream = nil
				f.trailer = o
			}
		case "ObjStm":
			if p := f.open(&o); p != nil {
				for i := 0; i+1 < len(p.pairs); i += 2 {
					f.set(p.pairs[i], entry{packed, int32(id), int32(i / 2)}, true)
				}
			}
		}
	}
	f.loaded, f.packs = map[int]*object{}, map[int]*pack{} // what was read on the way may be older
	if root := f.follow(f.trailer.get("Root")); root.kind != dictionary && catalog.kind != null {
		f.trailer = object{kind: dictionary, items: []object{
			{kind: named, text: []byte("Root")}, catalog,
			{kind: named, text: []byte("Encrypt")}, *f.trailer.get("Encrypt"),
		}}
	}
}

// begins is where "number generation" stands before the word obj, -1 if it
// does not.
func (f *File) begins(at, least int) int {
	for range 2 {
		space := at
		for at > least && isSpace(f.data[at-1]) {
			at--
		}
		digits := at
		for at > least && isDigit(f.data[at-1]) {
			at--
		}
		if space == digits || at == digits {
			return -1
		}
	}
	return at
}

// follow is the object that a reference leads to, through others if need be;
// any other object is itself.
func (f *File) follow(o *object) *object {
	for range limits.PDFDepth {
		if o.kind != reference {
			return o
		}
		o = f.load(o.number)
	}
	return &nothing
}

// load reads an object by its number.
func (f *File) load(id int) *object {
	if known, ok := f.loaded[id]; ok {
		return known
	}
	if id < 0 || id >= len(f.entries) {
		return &nothing
	}
	f.loaded[id] = &nothing // while it is read: it may refer to itself
	if f.nested == limits.PDFDepth {
		return &nothing // a length that a stream holds whose length another one holds
	}
	f.nested++
	defer func() { f.nested-- }()
	var o object
	switch e := f.entries[id]; e.state {
	case placed:
		found, read, _, ok := f.stored(int(e.where))
		if ok && found == id {
			o = read
		}
	case packed:
		p, known := f.packs[int(e.where)]
		if !known {
			f.packs[int(e.where)] = nil
			// 7.5.7: a stream of objects is in none itself.
			if from := int(e.where); from < len(f.entries) && f.entries[from].state == placed {
				p = f.open(f.load(from))
			}
			f.packs[int(e.where)] = p
		}
		o = p.object(id, int(e.index), &f.values)
	}
	f.loaded[id] = &o
	return &o
}

// open unpacks a stream of objects (7.5.7); nil where it cannot be.
func (f *File) open(o *object) *pack {
	if !f.is(o, "Type", "ObjStm") {
		return nil
	}
	data, err := f.unpack(o)
	first, count := f.at(o, "First").number, f.at(o, "N").number
	if err != nil || first < 0 || first > len(data) {
		return nil
	}
	p := &pack{data: data[first:]}
	r := &reader{data[:first], 0, &f.values}
	for range min(max(count, 0), limits.PDFObjects) {
		id, ok := r.natural()
		place, known := r.natural()
		if !ok || !known {
			break
		}
		p.pairs = append(p.pairs, id, place)
	}
	return p
}

// object is the one of this number at that index.
func (p *pack) object(id, index int, values *int) object {
	if p == nil || index < 0 || index >= len(p.pairs)/2 || p.pairs[2*index] != id {
		return nothing
	}
	place := p.pairs[2*index+1]
	if place < 0 || place > len(p.data) {
		return nothing
	}
	o, _ := (&reader{p.data, place, values}).object()
	return o
}
