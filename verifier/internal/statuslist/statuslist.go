// Package statuslist reads one entry out of an encoded status list. The list
// is unpacked as a stream of which only the few bytes of the entry are kept; it
// is always read to its end, so that its checksum and its length count. Errors
// are *report.Problem: status.list_malformed, status.list_truncated,
// status.list_expands_too_far, status.index_malformed, status.index_negative,
// status.index_out_of_range and status.size_malformed.
package statuslist

import (
	"strconv"

	"github.com/sealcheck/sealcheck/verifier/internal/limits"
	"github.com/sealcheck/sealcheck/verifier/report"
)

// Family is a specification that says how a list is written.
type Family uint8

const (
	// Bitstring is BITSTRING-STATUS-LIST: "u", base64url, GZIP; entry 0 is the
	// left-most bit.
	Bitstring Family = iota
	// List2021 is StatusList2021: base64 of GZIP.
	List2021
	// Revocation2020 is RevocationList2020: base64 of ZLIB, but GZIP in its own
	// example and in the field.
	Revocation2020
	// Token is draft-ietf-oauth-status-list: base64url of ZLIB; entry 0 is the
	// right-most bit of the first byte.
	Token
)

// rules are what a family asks for, and what it is read with nonetheless.
type rules struct {
	multibase  bool // the text begins with "u"
	anyBase64  bool // its rules say base64 and no more: both alphabets, padded or not
	gzip, zlib bool // what it may be packed with
	strict     bool // nothing but padding is overlooked
	fromRight  bool // entry 0 is the least significant bit of the first byte
	bothOrders bool // software disagrees on the order of bits
	sizes      uint64
}

// Sizes of an entry, as a set: bit n for n bits.
const (
	oneBit   = 1 << 1
	powers   = 1<<1 | 1<<2 | 1<<4 | 1<<8
	upTo32   = 1<<33 - 2
	mostBits = 32
)

var families = [...]rules{
	Bitstring: {multibase: true, gzip: true, sizes: upTo32},
	// Both specifications say "base-64 [RFC4648]", their examples have
	// base64url, and files have either.
	List2021:       {anyBase64: true, gzip: true, bothOrders: true, sizes: oneBit},
	Revocation2020: {anyBase64: true, gzip: true, zlib: true, bothOrders: true, sizes: oneBit},
	Token:          {zlib: true, strict: true, fromRight: true, sizes: powers},
}

// Reading is what was read.
type Reading struct {
	// Value is the entry.
	Value int
	// Other is, for List2021 and Revocation2020, the entry where bits are
	// counted from the right within their byte, as some software did; for
	// the other families it is Value.
	Other int
	// Entries is how many entries of that size the list has. It is set also
	// where the error is status.index_out_of_range.
	Entries int
	// Remarks are what was overlooked, in a fixed order.
	Remarks []report.Code
}

// Read reads the entry at an index, of a size in bits, from a list as it
// stands in JSON. Bitstring admits 1 to 32 bits, Token 1, 2, 4 and 8, the
// others 1. What the text leaves open is settled by how packed data begin,
// and by nothing else.
func Read(text string, family Family, index uint64, bits int) (Reading, error) {
	var reading Reading
	rules := &families[family]
	in, err := rules.text(text, &reading.Remarks)
	if err != nil {
		return Reading{}, err
	}
	return read(in, rules, reading, index, bits)
}

// ReadBytes is Read for a list that is not written as a text, as in CBOR.
func ReadBytes(packed []byte, family Family, index uint64, bits int) (Reading, error) {
	return read(&source{chunk: packed}, &families[family], Reading{}, index, bits)
}

func read(in *source, rules *rules, reading Reading, index uint64, bits int) (Reading, error) {
	if bits < 1 || bits > mostBits || rules.sizes>>bits&1 == 0 {
		return Reading{}, report.NewProblem(report.StatusSizeMalformed, "", "bits", strconv.Itoa(bits))
	}
	w := window{first: -1}
	// An index that no list can have is not multiplied: the product would
	// overflow and point into the list.
	if index < limits.ListExpanded*8 {
		w.first = int(index * uint64(bits) / 8)
	}
	length, err := unpack(in, rules, &w, &reading.Remarks)
	if err != nil {
		return Reading{}, err
	}
	reading.Entries = length * 8 / bits
	if index >= uint64(reading.Entries) {
		return Reading{Entries: reading.Entries, Remarks: reading.Remarks},
			report.NewProblem(report.StatusIndexOutOfRange, "", "index", strconv.FormatUint(index, 10), "entries", strconv.Itoa(reading.Entries))
	}
	left, right := w.value(int(index*uint64(bits)%8), bits)
	reading.Value, reading.Other = left, left
	switch {
	case rules.fromRight:
		reading.Value, reading.Other = right, right
	case rules.bothOrders:
		reading.Other = right
	}
	return reading, nil
}

// window keeps the bytes in which one entry stands.
type window struct {
	first int // the place of the first byte, -1 for none
	bytes [mostBits/8 + 1]byte
}

// pass looks at bytes of the list that begin at a place.
func (w *window) pass(at int, data []byte) {
	if w.first < 0 {
		return
	}
	for i := range w.bytes {
		if place := w.first + i - at; place >= 0 && place < len(data) {
			w.bytes[i] = data[place]
		}
	}
}

// value is the entry that begins at a bit of the first byte, counted from the
// left (BITSTRING-STATUS-LIST 3.2) and from the right. From the right no entry
// crosses the end of a byte (draft-ietf-oauth-status-list 4.1).
func (w *window) value(bit, bits int) (left, right int) {
	all := uint64(0)
	for _, b := range w.bytes {
		all = all<<8 | uint64(b)
	}
	mask := uint64(1)<<bits - 1
	left = int(all >> (len(w.bytes)*8 - bit - bits) & mask)
	return left, int(uint64(w.bytes[0]) >> bit & mask)
}

func malformed(detail string) error { return report.NewProblem(report.StatusListMalformed, detail) }
