// Package cbor reads the part of CBOR (RFC 8949) that proofs and signed tokens
// are written in: integers, byte strings, texts, arrays, maps and tags, each in
// its one preferred form. An item of indefinite length is an error, and so is a
// number written longer than it needs to be. The general library
// (fxamacker/cbor) would weigh 85 KB in the page.
package cbor

import (
	"encoding/binary"
	"errors"
	"math"
	"unicode/utf8"

	"github.com/sealcheck/sealcheck/verifier/internal/limits"
)

// What can be wrong with data.
var (
	ErrShort     = errors.New("cbor: the data ends within an item")
	ErrKind      = errors.New("cbor: an item of another kind than expected")
	ErrPreferred = errors.New("cbor: not in the preferred form")
	ErrTrailing  = errors.New("cbor: bytes after the end")
	ErrTwice     = errors.New("cbor: a key twice in one map")
	ErrText      = errors.New("cbor: a text that is not UTF-8")
	ErrDeep      = errors.New("cbor: nested too deep")
	ErrMany      = errors.New("cbor: too many items")
)

// Kind is the major type of an item (RFC 8949 3.1).
type Kind uint8

const (
	Number   Kind = iota // an integer of zero or more
	Negative             // an integer below zero
	Bytes
	Text
	Array
	Map
	Tag
	Simple // true, false, null, or a float
	None   // there is no item
)

// Reader reads items one after another, as the caller expects them. After an
// error every further item is zero or empty, and Close gives the first error;
// so that a whole value can be read without looking at each item. It is not
// safe for concurrent use. No item is longer than the data: what is allocated
// for it is bounded by them.
type Reader struct {
	data  []byte
	err   error
	items int // that Item has looked at
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

// Err is the first error so far.
func (r *Reader) Err() error { return r.err }

// Failed says whether an error has come up so far. A loop over items looks at
// it, to end early.
func (r *Reader) Failed() bool { return r.err != nil }

// Kind is the kind of the next item, None at the end and after an error.
func (r *Reader) Kind() Kind {
	if r.err != nil || len(r.data) == 0 {
		return None
	}
	return Kind(r.data[0] >> 5)
}

// Number reads an unsigned integer that fits into 32 bits signed.
func (r *Reader) Number() int { return int(r.head(Number, math.MaxInt32)) }

// Integer reads an integer, with or without a sign, that fits into 64 bits
// signed.
func (r *Reader) Integer() int64 {
	if r.Kind() == Negative {
		return -1 - int64(r.head(Negative, math.MaxInt64))
	}
	return int64(r.head(Number, math.MaxInt64))
}

// Tag reads a tag that fits into 32 bits signed; what it is about follows.
func (r *Reader) Tag() int { return int(r.head(Tag, math.MaxInt32)) }

// Bytes reads a byte string. It is a part of the data, not a copy.
func (r *Reader) Bytes() []byte { return r.run(Bytes) }

// Text reads a text, which is UTF-8.
func (r *Reader) Text() string {
	value := r.run(Text)
	if !utf8.Valid(value) {
		r.err = ErrText
		return ""
	}
	return string(value)
}

// run reads a byte string or a text.
func (r *Reader) run(kind Kind) []byte {
	n := int(r.head(kind, uint64(len(r.data))))
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
	n := int(r.head(Array, uint64(len(r.data))))
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
	n := int(r.head(Map, uint64(len(r.data))))
	if n > len(r.data)/2 {
		r.err = ErrShort
		return 0
	}
	return n
}

// Item reads the next item, whatever it is, and gives it as it stands, to be
// read by a Reader of its own or not at all. All of it is well-formed: no map
// in it has a key twice, and keys are integers, texts or byte strings.
func (r *Reader) Item() []byte {
	data := r.data
	r.item(0)
	if r.err != nil {
		return nil
	}
	n := len(data) - len(r.data)
	return data[:n:n]
}

func (r *Reader) item(depth int) {
	if r.items++; r.items > limits.JSONTokens {
		r.err = ErrMany
	}
	if depth > limits.JSONDepth {
		r.err = ErrDeep
	}
	switch r.Kind() {
	case Negative:
		r.head(Negative, math.MaxUint64)
	case Bytes:
		r.run(Bytes)
	case Text:
		if value := r.run(Text); !utf8.Valid(value) {
			r.err = ErrText
		}
	case Array:
		for n := r.Array(); n > 0 && !r.Failed(); n-- {
			r.item(depth + 1)
		}
	case Map:
		n := r.Map()
		seen := make(map[string]struct{}, min(n, 16))
		for ; n > 0 && !r.Failed(); n-- {
			key := r.Key()
			if _, twice := seen[key]; twice {
				r.err = ErrTwice
			}
			seen[key] = struct{}{}
			r.item(depth + 1)
		}
	case Tag:
		r.head(Tag, math.MaxUint64)
		r.item(depth + 1)
	case Simple:
		r.simple()
	default:
		r.head(Number, math.MaxUint64) // or that nothing is there
	}
}

// Key reads the key of a pair in a map, an integer, a text or a byte string,
// and gives it as it stands: two keys are equal only if these are.
func (r *Reader) Key() string {
	if kind := r.Kind(); kind > Text && kind != None {
		r.err = ErrKind
		return ""
	}
	return string(r.Item())
}

// simple reads false, true, null, undefined or a float of two, four or eight
// bytes (RFC 8949 3.3).
func (r *Reader) simple() {
	size := 1
	switch r.data[0] & 31 {
	case 20, 21, 22, 23:
	case 25:
		size = 3
	case 26:
		size = 5
	case 27:
		size = 9
	default:
		r.err = ErrKind
		return
	}
	if size > len(r.data) {
		r.err = ErrShort
		return
	}
	r.data = r.data[size:]
}

// head reads the head of an item (RFC 8949 3), and the number in it. One that
// is above most, or does not fit, is not read.
func (r *Reader) head(kind Kind, most uint64) uint64 {
	if r.err != nil {
		return 0
	}
	if len(r.data) == 0 {
		r.err = ErrShort
		return 0
	}
	first, rest := r.data[0], r.data[1:]
	if Kind(first>>5) != kind {
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
	case value > most:
		r.err = ErrShort
		if kind == Number || kind == Negative || kind == Tag {
			r.err = ErrKind
		}
		return 0
	}
	r.data = rest[size:]
	return value
}
