// Package cbor reads the part of CBOR (RFC 8949) that proofs are written in:
// numbers, byte strings, arrays and maps, each in its one preferred form. A
// tag, a text, a float or an item of indefinite length is an error, and so is
// a number written longer than it needs to be. The general library
// (fxamacker/cbor) would weigh 85 KB in the page.
package cbor

import (
	"encoding/binary"
	"errors"
	"math"
)

// What can be wrong with data.
var (
	ErrShort     = errors.New("cbor: the data ends within an item")
	ErrKind      = errors.New("cbor: an item of another kind than expected")
	ErrPreferred = errors.New("cbor: not in the preferred form")
	ErrTrailing  = errors.New("cbor: bytes after the end")
)

// The major types.
const (
	majorNumber = 0
	majorBytes  = 2
	majorArray  = 4
	majorMap    = 5
)

// Reader reads items one after another, as the caller expects them. After an
// error every further item is zero or empty, and Close gives the first error;
// so that a whole value can be read without looking at each item. It is not
// safe for concurrent use. No item is longer than the data: what is allocated
// for it is bounded by them.
type Reader struct {
	data []byte
	err  error
}

// NewReader reads data, which must not change meanwhile.
func NewReader(data []byte) *Reader { return &Reader{data: data} }

// Close says whether everything that was read was well-formed and of the
// expected kind, and nothing is left.
func (r *Reader) Close() error {
	if r.err == nil && len(r.data) > 0 {
		r.err = ErrTrailing
	}
	return r.err
}

// Failed says whether an error has come up so far. A loop over items looks at
// it, to end early.
func (r *Reader) Failed() bool { return r.err != nil }

// Number reads an unsigned integer that fits into 32 bits signed.
func (r *Reader) Number() int { return r.head(majorNumber, math.MaxInt32) }

// Bytes reads a byte string. It is a part of the data, not a copy.
func (r *Reader) Bytes() []byte {
	n := r.head(majorBytes, len(r.data))
	if n > len(r.data) {
		r.err = ErrShort
		return nil
	}
	var value []byte
	value, r.data = r.data[:n:n], r.data[n:]
	return value
}

// Array reads the beginning of an array: how many items follow.
func (r *Reader) Array() int {
	n := r.head(majorArray, len(r.data))
	if n > len(r.data) {
		r.err = ErrShort
		return 0
	}
	return n
}

// Map reads the beginning of a map: how many pairs of key and value follow.
// That no key comes twice is for the caller to see. Their order means nothing,
// and preferred serialization asks for none (RFC 8949 4.1, 5.6).
func (r *Reader) Map() int {
	n := r.head(majorMap, len(r.data))
	if n > len(r.data)/2 {
		r.err = ErrShort
		return 0
	}
	return n
}

// head reads the head of an item (RFC 8949 3), and the number in it. One that
// is above most, or does not fit, is not read.
func (r *Reader) head(major byte, most int) int {
	if r.err != nil {
		return 0
	}
	if len(r.data) == 0 {
		r.err = ErrShort
		return 0
	}
	first, rest := r.data[0], r.data[1:]
	if first>>5 != major {
		r.err = ErrKind
		return 0
	}
	value, size := uint64(first&31), 0
	if value >= 24 {
		// 24 to 27 say that one, two, four or eight bytes follow. 31 would be an
		// indefinite length, and the others mean nothing.
		if value > 27 {
			r.err = ErrPreferred
			return 0
		}
		size = 1 << (value - 24)
	}
	if len(rest) < size {
		r.err = ErrShort
		return 0
	}
	// RFC 8949 4.1: the shortest form is the preferred one.
	least := uint64(0)
	switch size {
	case 1:
		value, least = uint64(rest[0]), 24
	case 2:
		value, least = uint64(binary.BigEndian.Uint16(rest)), 1<<8
	case 4:
		value, least = uint64(binary.BigEndian.Uint32(rest)), 1<<16
	case 8:
		value, least = binary.BigEndian.Uint64(rest), 1<<32
	}
	switch {
	case value < least:
		r.err = ErrPreferred
		return 0
	case value > uint64(most):
		r.err = ErrShort
		if major == majorNumber {
			r.err = ErrKind
		}
		return 0
	}
	r.data = rest[size:]
	return int(value)
}
