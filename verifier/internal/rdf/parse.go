package rdf

import (
	"errors"
	"strconv"
	"strings"
	"unicode/utf8"
)

// Parse reads an N-Quads document strictly (RDF 1.1 N-Quads, section 4), with
// its comments and free white space; doubles are kept. The error names the
// line. Relative IRIs are errors.
func Parse(data []byte) ([]Quad, error) {
	if !utf8.Valid(data) {
		return nil, errors.New("not UTF-8")
	}
	r := reader{rest: string(data), line: 1}
	var quads []Quad
	for r.rest != "" {
		r.space()
		if r.rest != "" && r.rest[0] != '#' && r.rest[0] != '\n' && r.rest[0] != '\r' {
			quads = append(quads, r.statement())
			r.space()
		}
		r.endOfLine()
		if r.problem != "" {
			return nil, errors.New("line " + strconv.Itoa(r.line) + ": " + r.problem)
		}
		r.line++
	}
	return quads, nil
}

// reader takes productions from the front of the rest. After the first problem
// it takes nothing any more.
type reader struct {
	rest    string
	line    int
	problem string
}

func (r *reader) fail(problem string) {
	if r.problem == "" {
		r.problem = problem
	}
	r.rest = ""
}

func (r *reader) space() { r.rest = strings.TrimLeft(r.rest, " \t") }

// take takes one byte when it is the one asked for.
func (r *reader) take(b byte) bool {
	if r.rest == "" || r.rest[0] != b {
		return false
	}
	r.rest = r.rest[1:]
	return true
}

// endOfLine takes a comment and the line's end, which the last line may lack.
// A carriage return and a line feed count as one.
func (r *reader) endOfLine() {
	if r.take('#') {
		end := strings.IndexAny(r.rest, "\r\n")
		if end < 0 {
			end = len(r.rest)
		}
		r.rest = r.rest[end:]
	}
	switch {
	case r.take('\r'):
		r.take('\n')
	case r.take('\n'), r.rest == "":
	default:
		r.fail("more than a statement")
	}
}

func (r *reader) statement() (q Quad) {
	if q.Subject = r.term(); q.Subject.Kind == Literal {
		r.fail("a literal as subject")
	}
	r.space()
	if q.Predicate = r.term(); q.Predicate.Kind != IRI {
		r.fail("a predicate that is no IRI")
	}
	r.space()
	q.Object = r.term()
	r.space()
	if !r.take('.') {
		if q.Graph = r.term(); q.Graph.Kind == Literal {
			r.fail("a literal as graph name")
		}
		r.space()
		if !r.take('.') {
			r.fail("no full stop")
		}
	}
	return q
}

func (r *reader) term() Term {
	switch {
	case strings.HasPrefix(r.rest, "<"):
		return Term{Kind: IRI, Value: r.iri()}
	case strings.HasPrefix(r.rest, "_:"):
		return Term{Kind: Blank, Value: r.label()}
	case strings.HasPrefix(r.rest, `"`):
		return r.literal()
	}
	r.fail("a term was expected")
	return Term{}
}

// iri reads IRIREF. The characters that it excludes must not come in by an
// escape either: they belong to no IRI.
func (r *reader) iri() string {
	r.take('<')
	var value strings.Builder
	for r.rest != "" {
		if r.take('>') {
			if !absolute(value.String()) {
				r.fail("a relative IRI")
			}
			return value.String()
		}
		c := r.character(false)
		if c <= 0x20 || strings.ContainsRune("<>\"{}|^`\\", c) {
			r.fail("a character that belongs to no IRI")
		}
		value.WriteRune(c)
	}
	r.fail("an IRI without end")
	return ""
}

// absolute says whether an IRI begins with a scheme (RFC 3986, section 3.1).
func absolute(iri string) bool {
	scheme, _, found := strings.Cut(iri, ":")
	for i, c := range []byte(scheme) {
		letter := c|0x20 >= 'a' && c|0x20 <= 'z'
		if !letter && (i == 0 || (c < '0' || c > '9') && c != '+' && c != '-' && c != '.') {
			return false
		}
	}
	return found && scheme != ""
}

func (r *reader) literal() Term {
	r.take('"')
	var value strings.Builder
	for !r.take('"') {
		if r.rest == "" || r.rest[0] == '\n' || r.rest[0] == '\r' {
			r.fail("a literal without end")
			return Term{}
		}
		value.WriteRune(r.character(true))
	}
	t := Term{Kind: Literal, Value: value.String(), Datatype: String}
	switch {
	case strings.HasPrefix(r.rest, "^^<"):
		r.rest = r.rest[2:]
		t.Datatype = r.iri()
	case r.take('@'):
		end := 0
		for end < len(r.rest) && (alphanumeric(r.rest[end]) || r.rest[end] == '-') {
			end++
		}
		if t.Language, r.rest = r.rest[:end], r.rest[end:]; !languageTag(t.Language) {
			r.fail("a malformed language tag")
		}
		t.Datatype = LangString
	}
	return t
}

func alphanumeric(b byte) bool {
	return b|0x20 >= 'a' && b|0x20 <= 'z' || b >= '0' && b <= '9'
}

// character reads one character or its escape: UCHAR, and where letters are
// allowed also ECHAR. The rest is not empty.
func (r *reader) character(letters bool) rune {
	c, size := utf8.DecodeRuneInString(r.rest)
	r.rest = r.rest[size:]
	if c != '\\' {
		return c
	}
	if r.rest == "" {
		r.fail("an escape without end")
		return utf8.RuneError
	}
	kind := r.rest[0]
	r.rest = r.rest[1:]
	digits := 0
	switch kind {
	case 'u':
		digits = 4
	case 'U':
		digits = 8
	default:
		i := strings.IndexByte(`tbnrf"'\`, kind)
		if !letters || i < 0 {
			r.fail("an unknown escape")
			return utf8.RuneError
		}
		return rune("\t\b\n\r\f\"'\\"[i])
	}
	if len(r.rest) < digits {
		r.fail("an escape without end")
		return utf8.RuneError
	}
	var code rune
	for _, b := range []byte(r.rest[:digits]) {
		switch {
		case b >= '0' && b <= '9':
			b -= '0'
		case b|0x20 >= 'a' && b|0x20 <= 'f':
			b = b | 0x20 - 'a' + 10
		default:
			r.fail("an escape that is no number")
			return utf8.RuneError
		}
		if code > utf8.MaxRune {
			break // it stays too large, and must not overflow
		}
		code = code<<4 | rune(b)
	}
	if !utf8.ValidRune(code) {
		r.fail("an escape that is no character")
		return utf8.RuneError
	}
	r.rest = r.rest[digits:]
	return code
}

// label reads BLANK_NODE_LABEL after "_:": it may hold full stops, and not end
// with one.
func (r *reader) label() string {
	r.rest = r.rest[len("_:"):]
	end := 0
	for i, c := range r.rest {
		if c == '.' && i > 0 {
			continue
		}
		if !labelCharacter(c, i == 0) {
			break
		}
		end = i + utf8.RuneLen(c)
	}
	if end == 0 {
		r.fail("a blank node without label")
		return ""
	}
	value := r.rest[:end]
	r.rest = r.rest[end:]
	return value
}

// labelCharacter is PN_CHARS, and for the first one PN_CHARS_U or a digit.
func labelCharacter(c rune, first bool) bool {
	within := func(ranges ...rune) bool {
		for i := 0; i < len(ranges); i += 2 {
			if c >= ranges[i] && c <= ranges[i+1] {
				return true
			}
		}
		return false
	}
	if within('a', 'z', 'A', 'Z', '0', '9', '_', '_', ':', ':', 0xC0, 0xD6, 0xD8, 0xF6, 0xF8, 0x2FF,
		0x370, 0x37D, 0x37F, 0x1FFF, 0x200C, 0x200D, 0x2070, 0x218F, 0x2C00, 0x2FEF,
		0x3001, 0xD7FF, 0xF900, 0xFDCF, 0xFDF0, 0xFFFD, 0x10000, 0xEFFFF) {
		return true
	}
	return !first && within('-', '-', 0xB7, 0xB7, 0x300, 0x36F, 0x203F, 0x2040)
}
