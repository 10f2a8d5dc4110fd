// Package der reads the Distinguished Encoding Rules of ASN.1 (X.690), as lists
// of revoked certificates and what is said of single ones are written in them.
package der

import "time"

// The tags that occur (X.690 8.1.2), and those of context-specific members.
const (
	Boolean         = 0x01
	Integer         = 0x02
	BitString       = 0x03
	OctetString     = 0x04
	Null            = 0x05
	OID             = 0x06
	Enumerated      = 0x0a
	UTCTime         = 0x17
	GeneralizedTime = 0x18
	Sequence        = 0x30
	Primitive       = 0x80 // [0], content as it stands
	Constructed     = 0xa0 // [0], with elements in it
)

// Reader goes through DER, element by element, and copies nothing: a list of
// some megabytes is read where it lies. Lengths that are longer than needed,
// or indefinite, are refused (X.690 10.1), so that two readers cannot differ.
//
// What goes wrong in it or in any reader taken from it is noted in one place,
// and from then on there is nothing more to read; so it is enough to look once,
// before what was read is used.
type Reader struct {
	rest []byte
	bad  *bool
}

// Read begins to read.
func Read(data []byte) Reader { return Reader{data, new(bool)} }

// Within reads what was taken off this reader before.
func (r *Reader) Within(content []byte) Reader { return Reader{content, r.bad} }

// Bad says whether anything went wrong in it, or in a reader that belongs to it.
func (r *Reader) Bad() bool { return *r.bad }

// Fail notes that what was read is not what it should be.
func (r *Reader) Fail() { r.rest, *r.bad = nil, true }

// More says whether there is more to read.
func (r *Reader) More() bool { return len(r.rest) > 0 }

// Has says whether the next element has this tag.
func (r *Reader) Has(tag byte) bool { return len(r.rest) > 0 && r.rest[0] == tag }

// Tag is that of the next element, 0 where there is none.
func (r *Reader) Tag() byte {
	if len(r.rest) == 0 {
		return 0
	}
	return r.rest[0]
}

// End says that there must be no more.
func (r *Reader) End() {
	if len(r.rest) > 0 {
		r.Fail()
	}
}

// Next takes an element off: its content, and all of it with tag and length.
func (r *Reader) Next() (content, whole []byte) {
	data := r.rest
	// No structure read here has a tag number above 30.
	if len(data) < 2 || data[0]&0x1f == 0x1f {
		r.Fail()
		return nil, nil
	}
	length, start := int(data[1]), 2
	if length >= 0x80 {
		count := length & 0x7f
		// Four bytes are more than any limit here.
		if count == 0 || count > 4 || len(data) < 2+count || data[2] == 0 {
			r.Fail()
			return nil, nil
		}
		size := uint64(0)
		for _, b := range data[2 : 2+count] {
			size = size<<8 | uint64(b)
		}
		if size < 0x80 || size > uint64(len(data)) {
			r.Fail()
			return nil, nil
		}
		length, start = int(size), 2+count
	}
	if length > len(data)-start {
		r.Fail()
		return nil, nil
	}
	end := start + length
	r.rest = data[end:]
	return data[start:end:end], data[:end:end]
}

// Content takes an element of this tag off and gives its content.
func (r *Reader) Content(tag byte) []byte {
	if !r.Has(tag) {
		r.Fail()
		return nil
	}
	content, _ := r.Next()
	return content
}

// Whole takes an element of this tag off and gives all of it.
func (r *Reader) Whole(tag byte) []byte {
	if !r.Has(tag) {
		r.Fail()
		return nil
	}
	_, whole := r.Next()
	return whole
}

// Take takes an element of this tag off, to be read in turn.
func (r *Reader) Take(tag byte) Reader { return Reader{r.Content(tag), r.bad} }

// Only is take for an element behind which there must be no more.
func (r *Reader) Only(tag byte) Reader {
	inner := r.Take(tag)
	r.End()
	return inner
}

// Integer takes an INTEGER in its one shortest form off (X.690 8.3.2).
func (r *Reader) Integer() []byte {
	content := r.Content(Integer)
	if len(content) == 0 || len(content) > 1 && (content[0] == 0 && content[1] < 0x80 || content[0] == 0xff && content[1] >= 0x80) {
		r.Fail()
	}
	return content
}

// Boolean takes a BOOLEAN under a tag off (X.690 11.1).
func (r *Reader) Boolean(tag byte) bool {
	content := r.Content(tag)
	if len(content) != 1 || content[0] != 0 && content[0] != 0xff {
		r.Fail()
		return false
	}
	return content[0] != 0
}

// Enumerated takes an ENUMERATED of one byte off.
func (r *Reader) Enumerated() int {
	content := r.Content(Enumerated)
	if len(content) != 1 {
		r.Fail()
		return -1
	}
	return int(content[0])
}

// Bits takes a BIT STRING of whole bytes off.
func (r *Reader) Bits() []byte {
	content := r.Content(BitString)
	if len(content) == 0 || content[0] != 0 {
		r.Fail()
		return nil
	}
	return content[1:]
}

// Time takes a UTCTime or GeneralizedTime off, in seconds and UTC (RFC 5280
// 4.1.2.5).
func (r *Reader) Time() time.Time {
	if r.Has(GeneralizedTime) {
		return r.Generalized()
	}
	content := r.Content(UTCTime)
	if len(content) != 13 {
		r.Fail()
		return time.Time{}
	}
	// Two digits stand for 1950 to 2049.
	year := r.digits(content[:2]) + 1900
	if year < 1950 {
		year += 100
	}
	return r.date(year, content[2:])
}

// Generalized takes a GeneralizedTime off.
func (r *Reader) Generalized() time.Time {
	content := r.Content(GeneralizedTime)
	if len(content) != 15 {
		r.Fail()
		return time.Time{}
	}
	return r.date(r.digits(content[:4]), content[4:])
}

// digits reads a number of decimal digits.
func (r *Reader) digits(text []byte) (number int) {
	for _, c := range text {
		if c < '0' || c > '9' {
			r.Fail()
		}
		number = number*10 + int(c-'0')
	}
	return number
}

// date reads MMDDHHMMSSZ. The standard library's way would take memory for
// each of the many entries of a list.
func (r *Reader) date(year int, text []byte) time.Time {
	var parts [5]int
	for i := range parts {
		parts[i] = r.digits(text[2*i : 2*i+2])
	}
	t := time.Date(year, time.Month(parts[0]), parts[1], parts[2], parts[3], parts[4], 0, time.UTC)
	// 30 February is no day.
	_, month, day := t.Date()
	if text[10] != 'Z' || int(month) != parts[0] || day != parts[1] || t.Hour() != parts[2] || t.Minute() != parts[3] || t.Second() != parts[4] {
		r.Fail()
	}
	return t
}
