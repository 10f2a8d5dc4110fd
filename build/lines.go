package main

import (
	"bytes"
	"encoding/binary"
	"errors"
	"slices"
)

// lineTable is how the table of functions begins since Go 1.20: its magic
// number, and that an instruction has one byte and an address eight.
const lineTable = "\xf1\xff\xff\xff\x00\x00\x01\x08"

var errLines = errors.New("the table of functions is not written as that of Go 1.26 is")

// dropLines clears what a program says about its source: which file and line
// each instruction comes from. Only the trace of a crash shows it, and a page
// has nobody to read that; the functions' names stay, and the same crash in a
// native test says all. It is a thirteenth of the program as it is packed.
//
// The layout is that of the runtime's symtab.go and runtime2.go (pcHeader,
// functab, _func): a table's offset of 0 says there that there is none.
func dropLines(memory image) error {
	at := bytes.Index(memory.bytes, []byte(lineTable))
	if at < 0 || bytes.Contains(memory.bytes[at+1:], []byte(lineTable)) {
		return errLines
	}
	table := memory.bytes[at:]
	parts := make([]int, 8) // functions, files, unused; then the parts' offsets, in order
	for i := range parts {
		number, ok := long(table, 8+8*i)
		if !ok {
			return errLines
		}
		parts[i] = number
	}
	functions, units, values, records := parts[0], parts[4], parts[6], parts[7]
	if !slices.IsSorted(parts[3:8]) || records > len(table) || functions > (len(table)-records)/8 {
		return errLines
	}
	all := make([][]byte, functions)
	for i := range all {
		record, ok := functionAt(table[records:], i)
		if !ok {
			return errLines
		}
		all[i] = record
	}

	// A table of values may be shared, also with what the runtime works by.
	dropped, kept := map[int]bool{}, map[int]bool{0: true, records - values: true}
	for _, record := range all {
		offset := func(field int) int { return int(binary.LittleEndian.Uint32(record[field:])) }
		dropped[offset(pcfile)], dropped[offset(pcln)] = true, true
		kept[offset(pcsp)] = true
		for i := pcdata; i < len(record); i += 4 {
			kept[offset(i)] = true
		}
	}
	var starts []int
	for start := range dropped {
		starts = append(starts, start)
	}
	for start := range kept {
		if !dropped[start] {
			starts = append(starts, start)
		}
	}
	slices.Sort(starts)
	if starts[len(starts)-1] != records-values {
		return errLines
	}

	for i, start := range starts {
		if !kept[start] {
			clear(table[values+start : values+starts[i+1]])
		}
	}
	for _, record := range all {
		for _, field := range []int{pcfile, pcln, cuOffset, startLine} {
			clear(record[field : field+4])
		}
	}
	clear(table[units:values]) // and of files
	return nil
}

// Where the fields of a function's record are that matter here, in bytes.
const (
	pcsp      = 16
	pcfile    = 20
	pcln      = 24
	npcdata   = 28
	cuOffset  = 32
	startLine = 36
	nfuncdata = 43
	pcdata    = 44
)

// functionAt finds the record of a function, up to the end of its pcdata. The
// index and the record both say where the function begins.
func functionAt(records []byte, i int) ([]byte, bool) {
	const most = 16 // of pcdata; there are four kinds
	entry := binary.LittleEndian.Uint32(records[8*i:])
	at := int(binary.LittleEndian.Uint32(records[8*i+4:]))
	if at > len(records)-pcdata {
		return nil, false
	}
	record := records[at:]
	count := binary.LittleEndian.Uint32(record[npcdata:])
	if binary.LittleEndian.Uint32(record) != entry || count > most || int(count)*4 > len(record)-pcdata || record[nfuncdata] > most {
		return nil, false
	}
	return record[:pcdata+4*count], true
}

// long is a number of eight bytes that may be an offset.
func long(data []byte, at int) (int, bool) {
	if at+8 > len(data) {
		return 0, false
	}
	n := binary.LittleEndian.Uint64(data[at:])
	return int(n), n <= mostMemory
}
