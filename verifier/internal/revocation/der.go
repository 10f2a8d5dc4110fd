package revocation

import "time"

// The tags that occur (X.690 8.1.2), and those of context-specific members.
const (
	tagBoolean         = 0x01
	tagInteger         = 0x02
	tagBitString       = 0x03
	tagOctetString     = 0x04
	tagNull            = 0x05
	tagOID             = 0x06
	tagEnumerated      = 0x0a
	tagUTCTime         = 0x17
	tagGeneralizedTime = 0x18
	tagSequence        = 0x30
	tagPrimitive       = 0x80 // [0], content as it stands
	tagConstructed     = 0xa0 // [0], with elements in it
)

// reader goes through DER, element by element, and copies nothing: a list of
// some megabytes is read where it lies. Lengths that are longer than needed,
// or indefinite, are refused (X.690 10.1), so that two readers cannot differ.
//
// What goes wrong in it or in any reader taken from it is noted in one place,
// and from then on there is nothing more to read; so it is enough to look once,
// before what was read is used.
type reader struct {
	rest []byte
	bad  *bool
}

func read(data []byte) reader { return reader{data, new(bool)} }

func (r *reader) fail() { r.rest, *r.bad = nil, true }

// more says whether there is more to read.
func (r *reader) more() bool { return len(r.rest) > 0 }

// has says whether the next element has this tag.
func (r *reader) has(tag byte) bool { return len(r.rest) > 0 && r.rest[0] == tag }

// end says that there must be no more.
func (r *reader) end() {
	if len(r.rest) > 0 {
		r.fail()
	}
}

// next takes an element off: its content, and all of it with tag and length.
func (r *reader) next() (content, whole []byte) {
	data := r.rest
	// No structure read here has a tag number above 30.
	if len(data) < 2 || data[0]&0x1f == 0x1f {
		r.fail()
		return nil, nil
	}
	length, start := int(data[1]), 2
	if length >= 0x80 {
		count := length & 0x7f
		// Four bytes are more than any limit here.
		if count == 0 || count > 4 || len(data) < 2+count || data[2] == 0 {
			r.fail()
			return nil, nil
		}
		size := uint64(0)
		for _, b := range data[2 : 2+count] {
			size = size<<8 | uint64(b)
		}
		if size < 0x80 || size > uint64(len(data)) {
			r.fail()
			return nil, nil
		}
		length, start = int(size), 2+count
	}
	if length > len(data)-start {
		r.fail()
		return nil, nil
	}
	end := start + length
	r.rest = data[end:]
	return data[start:end:end], data[:end:end]
}

// content takes an element of this tag off and gives its content.
func (r *reader) content(tag byte) []byte {
	if !r.has(tag) {
		r.fail()
		return nil
	}
	content, _ := r.next()
	return content
}

// whole takes an element of this tag off and gives all of it.
func (r *reader) whole(tag byte) []byte {
	if !r.has(tag) {
		r.fail()
		return nil
	}
	_, whole := r.next()
	return whole
}

// take takes an element of this tag off, to be read in turn.
func (r *reader) take(tag byte) reader { return reader{r.content(tag), r.bad} }

// only is take for an element behind which there must be no more.
func (r *reader) only(tag byte) reader {
	inner := r.take(tag)
	r.end()
	return inner
}

// integer takes an INTEGER in its one shortest form off (X.690 8.3.2).
func (r *reader) integer() []byte {
	content := r.content(tagInteger)
	if len(content) == 0 || len(content) > 1 && (content[0] == 0 && content[1] < 0x80 || content[0] == 0xff && content[1] >= 0x80) {
		r.fail()
	}
	return content
}

// boolean takes a BOOLEAN under a tag off (X.690 11.1).
func (r *reader) boolean(tag byte) bool {
	content := r.content(tag)
	if len(content) != 1 || content[0] != 0 && content[0] != 0xff {
		r.fail()
		return false
	}
	return content[0] != 0
}

// enumerated takes an ENUMERATED of one byte off.
func (r *reader) enumerated() int {
	content := r.content(tagEnumerated)
	if len(content) != 1 {
		r.fail()
		return -1
	}
	return int(content[0])
}

// bits takes a BIT STRING of whole bytes off.
func (r *reader) bits() []byte {
	content := r.content(tagBitString)
	if len(content) == 0 || content[0] != 0 {
		r.fail()
		return nil
	}
	return content[1:]
}

// time takes a UTCTime or GeneralizedTime off, in seconds and UTC (RFC 5280
// 4.1.2.5).
func (r *reader) time() time.Time {
	if r.has(tagGeneralizedTime) {
		return r.generalized()
	}
	content := r.content(tagUTCTime)
	if len(content) != 13 {
		r.fail()
		return time.Time{}
	}
	// Two digits stand for 1950 to 2049.
	year := r.digits(content[:2]) + 1900
	if year < 1950 {
		year += 100
	}
	return r.date(year, content[2:])
}

// generalized takes a GeneralizedTime off.
func (r *reader) generalized() time.Time {
	content := r.content(tagGeneralizedTime)
	if len(content) != 15 {
		r.fail()
		return time.Time{}
	}
	return r.date(r.digits(content[:4]), content[4:])
}

// digits reads a number of decimal digits.
func (r *reader) digits(text []byte) (number int) {
	for _, c := range text {
		if c < '0' || c > '9' {
			r.fail()
		}
		number = number*10 + int(c-'0')
	}
	return number
}

// date reads MMDDHHMMSSZ. The standard library's way would take memory for
// each of the many entries of a list.
func (r *reader) date(year int, text []byte) time.Time {
	var parts [5]int
	for i := range parts {
		parts[i] = r.digits(text[2*i : 2*i+2])
	}
	t := time.Date(year, time.Month(parts[0]), parts[1], parts[2], parts[3], parts[4], 0, time.UTC)
	// 30 February is no day.
	_, month, day := t.Date()
	if text[10] != 'Z' || int(month) != parts[0] || day != parts[1] || t.Hour() != parts[2] || t.Minute() != parts[3] || t.Second() != parts[4] {
		r.fail()
	}
	return t
}

// extension takes one of a list of extensions off (RFC 5280 4.1): the content
// of its OID, whether it is critical, and what it says.
func (r *reader) extension() (id []byte, critical bool, value reader) {
	content := r.take(tagSequence)
	id = content.content(tagOID)
	if content.has(tagBoolean) {
		critical = content.boolean(tagBoolean)
	}
	return id, critical, content.only(tagOctetString)
}
