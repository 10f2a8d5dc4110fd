package strictjson

import (
	"fmt"
	"math"
	"strconv"
	"sync"
	"unicode/utf8"

	"github.com/sealcheck/sealcheck/verifier/internal/limits"
)

// Reason says which rule a text breaks.
type Reason uint8

const (
	Syntax       Reason = iota + 1 // not JSON (RFC 8259)
	Truncated                      // ends in the middle
	DuplicateKey                   // two members of one object with the same key, after unescaping
	BadUTF8                        // a byte sequence that is not UTF-8, or a byte order mark inside
	Surrogate                      // an escaped surrogate without its other half
	Trailing                       // bytes after the value
	TooDeep                        // limits.JSONDepth
	TooMany                        // limits.JSONTokens
	BadNumber                      // a number too large for IEEE 754 double precision
	Nul                            // U+0000 in a text: readers written in C see the text end there (T7)
)

// Error tells which rule was broken and where.
type Error struct {
	Reason Reason
	Offset int    // in bytes
	Key    string // of a duplicate
}

var reasons = [...]string{
	"", "not JSON", "ends in the middle", "key given twice", "not UTF-8", "half a surrogate pair",
	"something follows the value", "nested too deep", "too many values", "number out of range", "U+0000 in a text",
}

func (e *Error) Error() string {
	text := "strictjson: " + reasons[e.Reason] + " at byte " + strconv.Itoa(e.Offset)
	if e.Key != "" {
		text += fmt.Sprintf(" (%q)", e.Key)
	}
	return text
}

// Parse reads one JSON text (RFC 8259), all of it. Errors are *Error.
func Parse(data []byte) (Value, error) {
	open, _ := opens.Get().(*unfinished)
	if open == nil {
		open = &unfinished{make([]Member, 0, 32), make([]Value, 0, 16)}
	}
	defer open.put()
	// Texts are parts of one copy.
	p := parser{data: data, all: string(data), valid: utf8.Valid(data), unfinished: open}
	value, err := p.value(0)
	if err != nil {
		return Value{}, err
	}
	p.space()
	if p.at < len(p.data) {
		return Value{}, p.fail(Trailing)
	}
	return value, nil
}

type parser struct {
	data   []byte
	all    string // the same
	valid  bool   // all of it is UTF-8
	at     int
	tokens int
	inners []inner // room for those to come
	*unfinished
}

// keep gives a thing a place of its own; they are made several at a time, each
// time twice as many.
func (p *parser) keep(one inner) *inner {
	if len(p.inners) == cap(p.inners) {
		p.inners = make([]inner, 0, min(max(2*cap(p.inners), 4), 64))
	}
	p.inners = append(p.inners, one)
	return &p.inners[len(p.inners)-1]
}

// unfinished are the members and items of the objects and arrays that are being
// read, the innermost ones last.
type unfinished struct {
	members []Member
	items   []Value
}

// opens keeps them for the next text; fully read values do not use them.
var opens sync.Pool

// mostOpen is how many of either are kept for the next text.
const mostOpen = 256

func (u *unfinished) put() {
	if cap(u.members) > mostOpen || cap(u.items) > mostOpen {
		return
	}
	clear(u.members[:cap(u.members)])
	clear(u.items[:cap(u.items)])
	u.members, u.items = u.members[:0], u.items[:0]
	opens.Put(u)
}

func (p *parser) fail(reason Reason) *Error {
	if reason == Syntax && p.at >= len(p.data) {
		reason = Truncated
	}
	return &Error{Reason: reason, Offset: p.at}
}

func (p *parser) space() {
	for p.at < len(p.data) {
		switch p.data[p.at] {
		case ' ', '\t', '\n', '\r':
			p.at++
		default:
			return
		}
	}
}

// value reads the value that begins at or after the current byte; depth is
// how many arrays and objects it lies in.
func (p *parser) value(depth int) (Value, error) {
	if p.tokens++; p.tokens > limits.JSONTokens {
		return Value{}, p.fail(TooMany)
	}
	p.space()
	if p.at >= len(p.data) {
		return Value{}, p.fail(Truncated)
	}
	switch c := p.data[p.at]; {
	case (c == '{' || c == '[') && depth >= limits.JSONDepth:
		return Value{}, p.fail(TooDeep)
	case c == '{':
		return p.object(depth)
	case c == '[':
		return p.array(depth)
	case c == '"':
		text, err := p.text()
		return Value{kind: String, text: text}, err
	case c == 't':
		return Value{kind: Bool, truth: true}, p.word("true")
	case c == 'f':
		return Value{kind: Bool}, p.word("false")
	case c == 'n':
		return Value{kind: Null}, p.word("null")
	case c == '-' || c >= '0' && c <= '9':
		return p.number()
	case c >= utf8.RuneSelf && !outside(p.data[p.at:]):
		return Value{}, p.fail(BadUTF8)
	default:
		return Value{}, p.fail(Syntax)
	}
}

func (p *parser) word(word string) error {
	for i := 0; i < len(word); i++ {
		if p.at >= len(p.data) || p.data[p.at] != word[i] {
			return p.fail(Syntax)
		}
		p.at++
	}
	return nil
}

func (p *parser) object(depth int) (Value, error) {
	p.at++ // {
	mark := len(p.members)
	var seen map[string]struct{}
	p.space()
	if p.at < len(p.data) && p.data[p.at] == '}' {
		p.at++
		return Value{kind: Object}, nil
	}
	for {
		p.space()
		if p.at >= len(p.data) || p.data[p.at] != '"' {
			return Value{}, p.fail(Syntax)
		}
		if p.tokens++; p.tokens > limits.JSONTokens {
			return Value{}, p.fail(TooMany)
		}
		start := p.at
		key, err := p.text()
		if err != nil {
			return Value{}, err
		}
		// Small objects are searched, large ones use a set: no quadratic work.
		members := p.members[mark:]
		if seen == nil && len(members) >= 16 {
			seen = make(map[string]struct{}, 32)
			for _, m := range members {
				seen[m.Key] = struct{}{}
			}
		}
		twice := false
		if seen != nil {
			_, twice = seen[key]
			seen[key] = struct{}{}
		} else {
			for i := range members {
				twice = twice || members[i].Key == key
			}
		}
		if twice {
			return Value{}, &Error{Reason: DuplicateKey, Offset: start, Key: key}
		}
		p.space()
		if p.at >= len(p.data) || p.data[p.at] != ':' {
			return Value{}, p.fail(Syntax)
		}
		p.at++
		value, err := p.value(depth + 1)
		if err != nil {
			return Value{}, err
		}
		p.members = append(p.members, Member{key, value})
		more, err := p.more('}')
		if err != nil {
			return Value{}, err
		}
		if !more {
			members := append([]Member(nil), p.members[mark:]...)
			p.members = p.members[:mark]
			return Value{kind: Object, inner: p.keep(inner{members: members})}, nil
		}
	}
}

func (p *parser) array(depth int) (Value, error) {
	p.at++ // [
	mark := len(p.items)
	p.space()
	if p.at < len(p.data) && p.data[p.at] == ']' {
		p.at++
		return Value{kind: Array}, nil
	}
	for {
		value, err := p.value(depth + 1)
		if err != nil {
			return Value{}, err
		}
		p.items = append(p.items, value)
		more, err := p.more(']')
		if err != nil {
			return Value{}, err
		}
		if !more {
			items := append([]Value(nil), p.items[mark:]...)
			p.items = p.items[:mark]
			return Value{kind: Array, inner: p.keep(inner{items: items})}, nil
		}
	}
}

// more passes what stands behind a member or an item: a comma, after which
// there is another, or the end.
func (p *parser) more(end byte) (bool, error) {
	p.space()
	if p.at >= len(p.data) {
		return false, p.fail(Truncated)
	}
	c := p.data[p.at]
	if c != ',' && c != end {
		return false, p.fail(Syntax)
	}
	p.at++
	return c == ',', nil
}

func (p *parser) number() (Value, error) {
	start := p.at
	digits := func() bool {
		from := p.at
		for p.at < len(p.data) && p.data[p.at] >= '0' && p.data[p.at] <= '9' {
			p.at++
		}
		return p.at > from
	}
	if p.data[p.at] == '-' {
		p.at++
	}
	if p.at < len(p.data) && p.data[p.at] == '0' {
		p.at++ // no digit may follow a leading zero
	} else if !digits() {
		return Value{}, p.fail(Syntax)
	}
	whole := true
	if p.at < len(p.data) && p.data[p.at] == '.' {
		p.at++
		whole = false
		if !digits() {
			return Value{}, p.fail(Syntax)
		}
	}
	if p.at < len(p.data) && (p.data[p.at] == 'e' || p.data[p.at] == 'E') {
		p.at++
		whole = false
		if p.at < len(p.data) && (p.data[p.at] == '+' || p.data[p.at] == '-') {
			p.at++
		}
		if !digits() {
			return Value{}, p.fail(Syntax)
		}
	}
	literal := p.all[start:p.at]
	// RFC 8785 3.2.2.3: numbers are IEEE 754 doubles; one beyond their range
	// has no canonical form. Of so few digits none is.
	if p.at-start <= 20 && whole {
		return Value{kind: Number, text: literal}, nil
	}
	if f, err := strconv.ParseFloat(literal, 64); err != nil || math.IsInf(f, 0) {
		return Value{}, &Error{Reason: BadNumber, Offset: start}
	}
	return Value{kind: Number, text: literal}, nil
}

// text reads a string with its quotes and gives its value.
func (p *parser) text() (string, error) {
	p.at++ // "
	start := p.at
	for p.at < len(p.data) { // the common case: nothing escaped
		c := p.data[p.at]
		if c == '"' {
			text := p.all[start:p.at]
			if !p.valid && !utf8.ValidString(text) {
				p.at = start
				return "", p.fail(BadUTF8)
			}
			p.at++
			return text, nil
		}
		if c == '\\' || c < ' ' {
			break
		}
		p.at++
	}
	text := append([]byte(nil), p.data[start:p.at]...)
	for p.at < len(p.data) {
		c := p.data[p.at]
		switch {
		case c == '"':
			if !utf8.Valid(text) {
				p.at = start
				return "", p.fail(BadUTF8)
			}
			p.at++
			return string(text), nil
		case c < ' ':
			return "", p.fail(Syntax)
		case c != '\\':
			text = append(text, c)
			p.at++
		default:
			p.at++
			if p.at >= len(p.data) {
				return "", p.fail(Truncated)
			}
			c = p.data[p.at]
			p.at++
			switch c {
			case '"', '\\', '/':
				text = append(text, c)
			case 'b':
				text = append(text, '\b')
			case 'f':
				text = append(text, '\f')
			case 'n':
				text = append(text, '\n')
			case 'r':
				text = append(text, '\r')
			case 't':
				text = append(text, '\t')
			case 'u':
				r, err := p.escape()
				if err != nil {
					return "", err
				}
				if r == 0 {
					return "", p.fail(Nul)
				}
				text = utf8.AppendRune(text, r)
			default:
				p.at--
				return "", p.fail(Syntax)
			}
		}
	}
	return "", p.fail(Truncated)
}

// escape reads what follows \u, with its second half where it has one.
func (p *parser) escape() (rune, error) {
	first, err := p.hex4()
	if err != nil {
		return 0, err
	}
	switch {
	case first >= 0xdc00 && first <= 0xdfff:
		return 0, p.fail(Surrogate)
	case first < 0xd800 || first > 0xdfff:
		return first, nil
	}
	if p.at >= len(p.data) || p.data[p.at] == '\\' && p.at+1 >= len(p.data) {
		return 0, p.fail(Truncated)
	}
	if p.data[p.at] != '\\' || p.data[p.at+1] != 'u' {
		return 0, p.fail(Surrogate)
	}
	p.at += 2
	second, err := p.hex4()
	if err != nil {
		return 0, err
	}
	if second < 0xdc00 || second > 0xdfff {
		return 0, p.fail(Surrogate)
	}
	return 0x10000 + (first-0xd800)<<10 + (second - 0xdc00), nil
}

func (p *parser) hex4() (rune, error) {
	var r rune
	for i := 0; i < 4; i++ {
		if p.at >= len(p.data) {
			return 0, p.fail(Truncated)
		}
		c := p.data[p.at]
		switch {
		case c >= '0' && c <= '9':
			r = r<<4 | rune(c-'0')
		case c >= 'a' && c <= 'f':
			r = r<<4 | rune(c-'a'+10)
		case c >= 'A' && c <= 'F':
			r = r<<4 | rune(c-'A'+10)
		default:
			return 0, p.fail(Syntax)
		}
		p.at++
	}
	return r, nil
}

// outside says whether a character that stands outside of strings is at least
// UTF-8 and no byte order mark, which some readers skip and some do not.
func outside(data []byte) bool {
	r, size := utf8.DecodeRune(data)
	return (r != utf8.RuneError || size > 1) && r != '\uFEFF'
}

// Append appends the value as JSON: members in order, numbers as they were
// written.
func (v Value) Append(dst []byte) []byte {
	switch v.kind {
	case Null, Absent:
		return append(dst, "null"...)
	case Bool:
		return strconv.AppendBool(dst, v.truth)
	case Number:
		return append(dst, v.text...)
	case String:
		return appendText(dst, v.text)
	case Array:
		dst = append(dst, '[')
		for i, item := range v.Items() {
			if i > 0 {
				dst = append(dst, ',')
			}
			dst = item.Append(dst)
		}
		return append(dst, ']')
	default:
		dst = append(dst, '{')
		for i, m := range v.Members() {
			if i > 0 {
				dst = append(dst, ',')
			}
			dst = appendText(dst, m.Key)
			dst = append(dst, ':')
			dst = m.Value.Append(dst)
		}
		return append(dst, '}')
	}
}

func appendText(dst []byte, text string) []byte {
	const hex = "0123456789abcdef"
	dst = append(dst, '"')
	for i := 0; i < len(text); i++ {
		switch c := text[i]; {
		case c == '"' || c == '\\':
			dst = append(dst, '\\', c)
		case c < ' ':
			dst = append(dst, '\\', 'u', '0', '0', hex[c>>4], hex[c&15])
		default:
			dst = append(dst, c)
		}
	}
	return append(dst, '"')
}

// Equal says whether two values are the same JSON: members in any order,
// numbers by value.
func (v Value) Equal(w Value) bool {
	if v.kind != w.kind {
		return false
	}
	switch v.kind {
	case Number:
		return v.text == w.text || sameNumber(v.text, w.text)
	case String:
		return v.text == w.text
	case Bool:
		return v.truth == w.truth
	case Array:
		mine, its := v.Items(), w.Items()
		if len(mine) != len(its) {
			return false
		}
		for i := range mine {
			if !mine[i].Equal(its[i]) {
				return false
			}
		}
	case Object:
		if len(v.Members()) != len(w.Members()) {
			return false
		}
		return equalMembers(v, w)
	}
	return true
}

// equalMembers compares objects of the same size.
func equalMembers(v, w Value) bool {
	// As in object: small ones are searched, large ones use a map.
	var byKey map[string]Value
	its := w.Members()
	if len(its) > 16 {
		byKey = make(map[string]Value, len(its))
		for _, m := range its {
			byKey[m.Key] = m.Value
		}
	}
	for i, m := range v.Members() {
		var other Value
		var ok bool
		switch {
		case its[i].Key == m.Key: // mostly the order is the same too
			other, ok = its[i].Value, true
		case byKey != nil:
			other, ok = byKey[m.Key]
		default:
			other, ok = w.Get(m.Key)
		}
		if !ok || !m.Value.Equal(other) {
			return false
		}
	}
	return true
}
