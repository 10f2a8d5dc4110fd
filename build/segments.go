package main

import (
	"bytes"
	"encoding/binary"
	"errors"
	"sort"
)

const (
	dataSection = 11

	// mostMemory is more than any program of ours begins with, in bytes.
	mostMemory = 64 << 20

	// blank is how many zeros end a segment. The memory of a module is zeros
	// before its segments are laid into it.
	blank = 4096
)

var errSegments = errors.New("not a WebAssembly module with plain data segments")

// image is what a module's data segments leave in its memory: bytes from an
// address on.
type image struct {
	start int
	bytes []byte
}

// rewriteData hands the memory that a module begins with to change, and gives
// the same module with the result as its data section. Everything else stays
// byte by byte.
func rewriteData(module []byte, change func(memory image) error) ([]byte, error) {
	const head = 8 // magic number and version
	if !bytes.HasPrefix(module, []byte("\x00asm\x01\x00\x00\x00")) {
		return nil, errSegments
	}
	out := bytes.Clone(module[:head])
	for r := (&wasmReader{data: module[head:]}); len(r.data) > 0; {
		before := r.data
		id, section := r.byte(), r.block()
		if r.failed {
			return nil, errSegments
		}
		if id != dataSection {
			out = append(out, before[:len(before)-len(r.data)]...)
			continue
		}
		memory, err := readSegments(section)
		if err != nil {
			return nil, err
		}
		if err := change(memory); err != nil {
			return nil, err
		}
		out = append(out, dataSection)
		out = appendBlock(out, memory.segments())
	}
	return out, nil
}

type segment struct {
	address int
	content []byte
}

// readSegments lays the segments of a data section into memory (WebAssembly
// 1.0, 5.5.14). Go writes them active, in memory 0, at constant addresses,
// none over another, in any order.
func readSegments(section []byte) (image, error) {
	var memory image
	var all []segment
	r := &wasmReader{data: section}
	for range r.number() {
		kind, constant := r.byte(), r.byte()
		address := r.signed()
		end := r.byte()
		content := r.block()
		if r.failed || kind != 0 || constant != 0x41 || end != 0x0b || address < 0 || address > mostMemory {
			return memory, errSegments
		}
		all = append(all, segment{int(address), content})
	}
	if r.failed || r.more() {
		return memory, errSegments
	}
	sort.SliceStable(all, func(i, j int) bool { return all[i].address < all[j].address })
	for i, s := range all {
		if i == 0 {
			memory.start = s.address
		}
		at := s.address - memory.start
		if at < len(memory.bytes) {
			return memory, errSegments
		}
		memory.bytes = append(memory.bytes, make([]byte, at-len(memory.bytes))...)
		memory.bytes = append(memory.bytes, s.content...)
	}
	return memory, nil
}

// segments writes the content of a data section. Go's linker begins another
// segment after every few zeros, until there are a hundred thousand: which
// saves a tenth of the bytes, and costs more than it saves when all is packed,
// since zeros pack to nothing and addresses do not.
func (m image) segments() []byte {
	var parts []byte
	count := uint64(0)
	part := func(from, to int) {
		if from < to {
			count++
			parts = append(parts, 0, 0x41)
			parts = appendSigned(parts, int64(m.start+from))
			parts = append(parts, 0x0b)
			parts = appendBlock(parts, m.bytes[from:to])
		}
	}
	from, last := 0, 0 // the segment's first byte, and the one after its last that is not zero
	for i, b := range m.bytes {
		if b == 0 {
			continue
		}
		if i-last >= blank {
			part(from, last)
			from = i
		}
		last = i + 1
	}
	part(from, last)
	return append(binary.AppendUvarint(nil, count), parts...)
}

func appendBlock(to, block []byte) []byte {
	return append(binary.AppendUvarint(to, uint64(len(block))), block...)
}

// signed is a signed LEB128 number, which is not what Go calls a varint.
func (r *wasmReader) signed() int64 {
	var n int64
	for shift := 0; shift < 63; shift += 7 {
		b := r.byte()
		n |= int64(b&0x7f) << shift
		if b < 0x80 {
			if b&0x40 != 0 {
				n |= -1 << (shift + 7)
			}
			return n
		}
	}
	r.failed = true
	return 0
}

func appendSigned(to []byte, n int64) []byte {
	for {
		b := byte(n & 0x7f)
		n >>= 7
		if n == 0 && b&0x40 == 0 || n == -1 && b&0x40 != 0 {
			return append(to, b)
		}
		to = append(to, b|0x80)
	}
}
