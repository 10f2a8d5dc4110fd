package pdffile

import (
	"bytes"

	"github.com/sealcheck/sealcheck/verifier/internal/limits"
)

type kind uint8

const (
	null kind = iota
	number
	text
	named
	array
	dictionary
	reference
	word // true, false, and the words between objects
)

// object is one object (7.3). A stream is a dictionary with bytes.
type object struct {
	kind   kind
	cut    bool     // a stream whose end is missing
	number int      // of a number, without its fraction; of a reference; of a stream, see lock
	text   []byte   // of a string, name, number or word
	items  []object // of an array; of a dictionary name, value, name, value
	stream []byte   // as it stands in the file; nil for all but streams
}

var nothing object

// get is what a dictionary holds under a name. Of two of that name, which no
// writer should write, the first counts.
func (o *object) get(name string) *object {
	if o.kind == dictionary {
		for i := 0; i+1 < len(o.items); i += 2 {
			if string(o.items[i].text) == name {
				return &o.items[i+1]
			}
		}
	}
	return &nothing
}

// reader reads objects out of bytes.
type reader struct {
	data   []byte
	at     int
	values *int // that may still be read
}

func (f *File) reader(at int) *reader { return &reader{f.data, at, &f.values} }

func isSpace(c byte) bool {
	return c == ' ' || c == '\n' || c == '\r' || c == '\t' || c == '\f' || c == 0
}

func isDelimiter(c byte) bool { return bytes.IndexByte([]byte("()<>[]{}/%"), c) >= 0 }

func isDigit(c byte) bool { return c >= '0' && c <= '9' }

// skip goes over white space and comments (7.2.3).
func (r *reader) skip() {
	for ; r.at < len(r.data); r.at++ {
		if r.data[r.at] == '%' {
			for r.at < len(r.data) && r.data[r.at] != '\n' && r.data[r.at] != '\r' {
				r.at++
			}
			r.at--
		} else if !isSpace(r.data[r.at]) {
			return
		}
	}
}

// takes goes over a text if it comes next.
func (r *reader) takes(text string) bool {
	if !bytes.HasPrefix(r.data[min(r.at, len(r.data)):], []byte(text)) {
		return false
	}
	r.at += len(text)
	return true
}

// token is the run of ordinary characters that comes next.
func (r *reader) token() []byte {
	start := r.at
	for r.at < len(r.data) && !isSpace(r.data[r.at]) && !isDelimiter(r.data[r.at]) {
		r.at++
	}
	return r.data[start:r.at]
}

// natural reads a whole number, with the white space before it.
func (r *reader) natural() (int, bool) {
	r.skip()
	value, start := 0, r.at
	for r.at < len(r.data) && isDigit(r.data[r.at]) {
		if value = value*10 + int(r.data[r.at]-'0'); r.at-start > 12 {
			return 0, false
		}
		r.at++
	}
	return value, r.at > start
}

// object reads one object; ok is false at the end, at what closes another
// object, and where too much was read.
func (r *reader) object() (object, bool) {
	start := r.at
	o, ok := r.value(0)
	r.charge(start)
	return o, ok
}

// charge counts a long way, which many objects may begin on, as values.
func (r *reader) charge(start int) { *r.values -= (r.at - start) >> 6 }

func (r *reader) value(depth int) (o object, ok bool) {
	r.skip()
	if *r.values--; *r.values < 0 || depth > limits.PDFDepth || r.at >= len(r.data) {
		return nothing, false
	}
	switch c := r.data[r.at]; {
	case r.takes("<<"):
		return r.group(dictionary, ">>", depth)
	case c == '[':
		r.at++
		return r.group(array, "]", depth)
	case c == '<':
		r.at++
		return r.hexadecimal()
	case c == '(':
		r.at++
		return r.literal()
	case c == '/':
		r.at++
		return object{kind: named, text: unescaped(r.token())}, true
	case isDigit(c) || c == '+' || c == '-' || c == '.':
		return r.numeral(), true
	case isDelimiter(c):
		return nothing, false
	}
	if found := r.token(); string(found) != "null" {
		return object{kind: word, text: found}, true
	}
	return nothing, true
}

// group reads the members of an array or dictionary. A member that cannot be
// read ends it, as if it were closed there.
func (r *reader) group(kind kind, end string, depth int) (object, bool) {
	o := object{kind: kind}
	for {
		r.skip()
		if r.takes(end) {
			return o, true
		}
		member, ok := r.value(depth + 1)
		if !ok || member.kind == word && (string(member.text) == "endobj" || string(member.text) == "stream") {
			return o, false
		}
		o.items = append(o.items, member)
	}
}

// numeral reads a number, or a reference: two numbers and R (7.3.10).
func (r *reader) numeral() object {
	digits := r.token()
	o := object{kind: number, text: digits}
	negative := false
	for i, c := range digits {
		if c == '-' && i == 0 {
			negative = true
		} else if isDigit(c) {
			if o.number = o.number*10 + int(c-'0'); o.number > 1<<40 {
				o.number = 1 << 40
			}
		} else if c != '+' || i > 0 {
			return negated(o, negative)
		}
	}
	if ahead := *r; !negative {
		if _, ok := ahead.natural(); ok {
			ahead.skip()
			if string(ahead.token()) == "R" {
				r.at = ahead.at
				o.kind = reference
			}
		}
	}
	return negated(o, negative)
}

func negated(o object, negative bool) object {
	if negative {
		o.number = -o.number
	}
	return o
}

// unescaped is a name in which #41 stands for A (7.3.5).
func unescaped(name []byte) []byte {
	if bytes.IndexByte(name, '#') < 0 {
		return name
	}
	var plain []byte
	for i := 0; i < len(name); i++ {
		if name[i] == '#' && i+2 < len(name) {
			if high, low := digit(name[i+1]), digit(name[i+2]); high|low < 16 {
				plain = append(plain, high<<4|low)
				i += 2
				continue
			}
		}
		plain = append(plain, name[i])
	}
	return plain
}

// digit is the value of a hexadecimal digit, 255 of anything else.
func digit(c byte) byte {
	switch {
	case isDigit(c):
		return c - '0'
	case c|0x20 >= 'a' && c|0x20 <= 'f':
		return c | 0x20 - 'a' + 10
	}
	return 255
}

// hexadecimal reads a string in hexadecimal digits (7.3.4.3).
func (r *reader) hexadecimal() (object, bool) {
	end := bytes.IndexByte(r.data[r.at:], '>')
	if end < 0 {
		r.at = len(r.data) // all of it was looked through, and counts
		return nothing, false
	}
	digits := r.data[r.at : r.at+end]
	r.at += end + 1
	return object{kind: text, text: unhexed(digits)}, true
}

// unhexed decodes hexadecimal digits; what is none is left out, and half a
// byte at the end is filled with 0.
func unhexed(digits []byte) []byte {
	plain := make([]byte, 0, len(digits)/2+1)
	half := false
	for _, c := range digits {
		value := digit(c)
		switch {
		case value > 15:
			continue
		case half:
			plain[len(plain)-1] |= value
		default:
			plain = append(plain, value<<4)
		}
		half = !half
	}
	return plain
}

// literal reads a string in parentheses (7.3.4.2).
func (r *reader) literal() (object, bool) {
	plain, depth := []byte{}, 1
	for ; r.at < len(r.data); r.at++ {
		c := r.data[r.at]
		switch c {
		case '(':
			depth++
		case ')':
			if depth--; depth == 0 {
				r.at++
				return object{kind: text, text: plain}, true
			}
		case '\\':
			if r.at++; r.at >= len(r.data) {
				return nothing, false
			}
			c = r.data[r.at]
			if i := bytes.IndexByte([]byte("nrtbf"), c); i >= 0 {
				c = "\n\r\t\b\f"[i]
			} else if c == '\r' || c == '\n' { // goes on in the next line
				if c == '\r' && r.at+1 < len(r.data) && r.data[r.at+1] == '\n' {
					r.at++
				}
				continue
			} else if c >= '0' && c <= '7' {
				value := 0
				end := min(r.at+3, len(r.data))
				for ; r.at < end && r.data[r.at] >= '0' && r.data[r.at] <= '7'; r.at++ {
					value = value<<3 | int(r.data[r.at]-'0')
				}
				r.at--
				c = byte(value)
			}
		}
		plain = append(plain, c)
	}
	return nothing, false
}

// stored reads "number generation obj", the object, and the bytes of a stream
// (7.3.8, 7.3.10).
func (f *File) stored(at int) (id int, o object, end int, ok bool) {
	if at < 0 || at >= len(f.data) {
		return 0, nothing, at, false
	}
	r := f.reader(at)
	id, ok = r.natural()
	generation := 0
	if ok {
		generation, ok = r.natural()
	}
	r.skip()
	r.charge(at)
	if !ok || !r.takes("obj") {
		return 0, nothing, at, false
	}
	o, ok = r.object()
	end = r.at
	in := id<<16 | generation&0xffff
	if f.lock != nil && ok {
		f.decipher(&o, in)
	}
	if r.skip(); !ok || o.kind != dictionary || !r.takes("stream") {
		return id, o, end, ok
	}
	o.number = in
	if !r.takes("\r\n") && !r.takes("\n") {
		r.takes("\r")
	}
	o.stream, end = f.streamBytes(&o, r.at)
	o.cut = o.stream == nil
	if o.cut {
		o.stream = []byte{}
	}
	return id, o, end, true
}

// streamBytes are those of the stream that begins here: as many as its
// dictionary says, if it ends there, else up to the word that ends it; nil if
// there is none.
func (f *File) streamBytes(o *object, at int) ([]byte, int) {
	if length := f.at(o, "Length"); length.kind == number && length.number >= 0 && length.number <= len(f.data)-at {
		r := f.reader(at + length.number)
		for r.at < len(r.data) && isSpace(r.data[r.at]) {
			r.at++
		}
		if f.spend(r.at - at - length.number); r.takes("endstream") {
			return f.data[at : at+length.number : at+length.number], r.at
		}
	}
	if f.work <= 0 {
		return nil, len(f.data)
	}
	length := bytes.Index(f.data[at:], []byte("endstream"))
	if length < 0 {
		f.spend(len(f.data) - at)
		return nil, len(f.data)
	}
	f.spend(length)
	end := at + length
	found := f.data[at:end]
	if bytes.HasSuffix(found, []byte("\n")) {
		found = found[:len(found)-1]
	}
	if bytes.HasSuffix(found, []byte("\r")) {
		found = found[:len(found)-1]
	}
	return found[:len(found):len(found)], end
}
