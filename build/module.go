package main

import (
	"bytes"
	"encoding/binary"
	"errors"
	"fmt"
	"sort"
	"strings"
)

// module is what can be told of a WebAssembly module that kept its names.
type module struct {
	functions  []function
	code, data int // bytes of the two sections
}

type function struct {
	name  string
	bytes int
}

type pkg struct {
	name  string
	bytes int
}

var errModule = errors.New("not a WebAssembly module with names")

// readModule reads the sizes of all functions from the code section and their
// names from the custom section "name" (WebAssembly 1.0, 5.5 and 7.4).
func readModule(data []byte) (module, error) {
	var m module
	if !bytes.HasPrefix(data, []byte("\x00asm\x01\x00\x00\x00")) {
		return m, errModule
	}
	names := map[uint64]string{}
	imported := uint64(0)
	var bodies []int
	r := &wasmReader{data: data[8:]}
	for r.more() {
		id, section := r.byte(), r.block()
		s := &wasmReader{data: section}
		switch id {
		case 0: // custom
			if string(s.block()) == "name" {
				readNames(s, names)
			}
		case 2: // imports: their functions are numbered first
			imported = functionImports(s)
		case 10: // code
			m.code = len(section)
			for range s.number() {
				bodies = append(bodies, len(s.block()))
			}
		case 11: // data
			m.data = len(section)
		}
		if s.failed || r.failed {
			return m, fmt.Errorf("%w: section %d", errModule, id)
		}
	}
	if len(names) == 0 || len(bodies) == 0 {
		return m, errModule
	}
	for i, size := range bodies {
		m.functions = append(m.functions, function{names[imported+uint64(i)], size})
	}
	return m, nil
}

func readNames(s *wasmReader, names map[uint64]string) {
	for s.more() {
		kind, part := s.byte(), &wasmReader{data: s.block()}
		if kind != 1 { // function names
			continue
		}
		for range part.number() {
			index := part.number()
			names[index] = string(part.block())
		}
		s.failed = s.failed || part.failed
	}
}

func functionImports(s *wasmReader) uint64 {
	count := uint64(0)
	for range s.number() {
		s.block() // module
		s.block() // name
		if s.byte() != 0 {
			s.failed = true // Go imports functions only
			return 0
		}
		s.number() // type
		count++
	}
	return count
}

// packages sums functions up by package, largest first. Paths are the import
// paths that the module can hold.
func (m module) packages(paths []string) []pkg {
	known := make(map[string]string, len(paths))
	for _, path := range paths {
		known[linked(path)] = path
	}
	sums := map[string]int{}
	for _, f := range m.functions {
		sums[packageOf(f.name, known)] += f.bytes
	}
	all := make([]pkg, 0, len(sums))
	for name, size := range sums {
		all = append(all, pkg{name, size})
	}
	sort.Slice(all, func(i, j int) bool {
		return all[i].bytes > all[j].bytes || all[i].bytes == all[j].bytes && all[i].name < all[j].name
	})
	return all
}

// linked is how Go's linker writes a path in a module: it puts an underscore
// for all but letters, digits and dots.
func linked(path string) string {
	return strings.Map(func(r rune) rune {
		if r == '.' || r >= '0' && r <= '9' || r >= 'a' && r <= 'z' || r >= 'A' && r <= 'Z' {
			return r
		}
		return '_'
	}, path)
}

// packageOf is the package whose path begins a function's name, the longest
// if there are several.
func packageOf(name string, known map[string]string) string {
	for end := len(name); end > 0; end-- {
		if end < len(name) && name[end] != '.' {
			continue
		}
		if path, ok := known[name[:end]]; ok {
			return path
		}
	}
	return "(made by the linker)"
}

// wasmReader reads the few shapes that a module is made of. After a failure
// everything it gives is empty.
type wasmReader struct {
	data   []byte
	failed bool
}

func (r *wasmReader) more() bool { return !r.failed && len(r.data) > 0 }

func (r *wasmReader) byte() byte {
	if !r.more() {
		r.failed = true
		return 0
	}
	b := r.data[0]
	r.data = r.data[1:]
	return b
}

// number is an unsigned LEB128 number, which is what Go calls a uvarint.
func (r *wasmReader) number() uint64 {
	n, length := binary.Uvarint(r.data)
	if r.failed || length <= 0 {
		r.failed = true
		return 0
	}
	r.data = r.data[length:]
	return n
}

// block is a length and as many bytes.
func (r *wasmReader) block() []byte {
	n := r.number()
	if r.failed || n > uint64(len(r.data)) {
		r.failed = true
		return nil
	}
	part := r.data[:n]
	r.data = r.data[n:]
	return part
}
