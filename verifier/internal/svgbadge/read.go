// Package svgbadge finds the credentials that stand in an SVG drawing. It reads
// the markup strictly (XML 1.0, Namespaces in XML 1.0), draws nothing, runs
// nothing and loads nothing: a drawing that brings definitions of its own along
// is refused.
package svgbadge

import (
	"bytes"
	"strings"
	"unicode/utf8"

	"github.com/sealcheck/sealcheck/verifier/internal/limits"
)

// Credential is what one element of a drawing holds.
type Credential struct {
	Element string // its name without prefix: "credential" or "assertion"
	// Usual says that the element is in its namespace as it is written there,
	// and not in one that only resembles it.
	Usual  bool
	Verify string // of the attribute of that name
	Text   string // the content of the element
	// Foreign says that it only resembles one: no reader by the rules takes it,
	// and another might.
	Foreign bool
}

// Reason says why a drawing could not be read.
type Reason int

const (
	Malformed   Reason = iota + 1 // a rule of XML is broken, or it breaks off
	Definitions                   // it defines words of its own (T12)
	Encoding                      // it is not in UTF-8
	TooMuch                       // it nests or names more than any real drawing
)

// Error is why a drawing could not be read.
type Error struct {
	Reason Reason
	Detail string // for engineers
	Offset int    // in bytes
}

func (e *Error) Error() string { return "svg: " + e.Detail }

// mostCredentials is how many are handed out: more than one is more than
// anybody asks for.
const mostCredentials = 16

// space is the white space of XML (XML 1.0 2.3).
const space = " \t\r\n"

// Read walks over the markup and hands out every element that holds a
// credential; of very many, the first ones. The error is an *Error.
func Read(data []byte) ([]Credential, error) {
	s := scanner{data: data}
	// White space before the declaration is against the rules and harmless.
	s.at = len(data) - len(bytes.TrimLeft(bytes.TrimPrefix(data, []byte("\uFEFF")), space))
	if err := s.characters(); err != nil {
		return nil, err
	}
	if err := s.declaration(); err != nil {
		return nil, err
	}
	for s.at < len(s.data) {
		if err := s.next(); err != nil {
			return nil, err
		}
	}
	if len(s.open) > 0 || !s.root {
		return nil, s.malformed("an element is not closed")
	}
	return s.found, nil
}

// scanner is one walk over a drawing.
type scanner struct {
	data     []byte
	at       int
	open     []string // names of the elements that are open
	bindings []binding
	root     bool // the root element has begun
	doctype  bool
	inside   bool // in an element that holds a credential
	text     []byte
	found    []Credential
}

// binding is a prefix and what it stands for.
type binding struct {
	prefix, namespace string
	depth             int
}

func (s *scanner) problem(reason Reason, detail string) error {
	return &Error{Reason: reason, Detail: detail, Offset: s.at}
}

func (s *scanner) malformed(detail string) error { return s.problem(Malformed, detail) }

// characters refuses what no XML may hold (XML 1.0 2.2).
func (s *scanner) characters() error {
	if !utf8.Valid(s.data) {
		return s.problem(Encoding, "not UTF-8")
	}
	for i, c := range s.data {
		// control characters, U+FFFE and U+FFFF
		if c < ' ' && strings.IndexByte(space, c) < 0 || c >= 0xbe && i > 1 && s.data[i-2] == 0xef && s.data[i-1] == 0xbf {
			s.at = i
			return s.malformed("a character that no XML has")
		}
	}
	return nil
}

// declaration reads <?xml version="1.0" encoding="UTF-8"?>, if it is there
// (XML 1.0 2.8, 4.3.3).
func (s *scanner) declaration() error {
	const start = "<?xml"
	rest := s.data[s.at:]
	if !bytes.HasPrefix(rest, []byte(start)) || len(rest) == len(start) || strings.IndexByte(space, rest[len(start)]) < 0 {
		return nil
	}
	s.at += len(start)
	attributes, err := s.attributes()
	if err != nil {
		return err
	}
	if !s.skip("?>") {
		return s.malformed("the declaration does not end")
	}
	for i, a := range attributes {
		switch {
		case i == 0 && a.name == "version" && string(a.raw) == "1.0", i > 0 && a.name == "standalone":
		case i == 1 && a.name == "encoding":
			if !covers(string(a.raw), s.data) {
				return s.problem(Encoding, "encoding")
			}
		default:
			return s.malformed("the declaration")
		}
	}
	return nil
}

// covers says whether data is the same text in UTF-8 and in the encoding that
// is named: what is no more than ASCII is so in very many of them.
func covers(encoding string, data []byte) bool {
	name := strings.ToLower(encoding)
	if name == "utf-8" || name == "utf8" {
		return true
	}
	if name != "us-ascii" && name != "ascii" && !strings.HasPrefix(name, "iso-8859-") && !strings.HasPrefix(name, "windows-125") {
		return false
	}
	for _, c := range data {
		if c >= utf8.RuneSelf {
			return false
		}
	}
	return true
}

// skip steps over a text that must stand here.
func (s *scanner) skip(text string) bool {
	if !bytes.HasPrefix(s.data[s.at:], []byte(text)) {
		return false
	}
	s.at += len(text)
	return true
}

// rest goes on with what is left of the file, after white space.
func (s *scanner) rest(left []byte) {
	s.at = len(s.data) - len(bytes.TrimLeft(left, space))
}

// until gives what stands before a text, and steps over both.
func (s *scanner) until(text string) ([]byte, bool) {
	end := bytes.Index(s.data[s.at:], []byte(text))
	if end < 0 {
		return nil, false
	}
	before := s.data[s.at : s.at+end]
	s.at += end + len(text)
	return before, true
}

// next reads one piece of markup, or the text before the next one.
func (s *scanner) next() error {
	switch {
	case s.data[s.at] != '<':
		return s.characterData()
	case s.skip("<!--"):
		// XML 1.0 2.5: "--" stands nowhere but at the end.
		if _, ok := s.until("--"); !ok || !s.skip(">") {
			return s.malformed("a comment")
		}
		return nil
	case s.skip("<![CDATA["):
		content, ok := s.until("]]>")
		if !ok || len(s.open) == 0 {
			return s.malformed("a CDATA section")
		}
		if s.inside {
			s.text = appendLines(s.text, content)
		}
		return nil
	case s.skip("<!DOCTYPE"):
		return s.documentType()
	case s.skip("<?"):
		// XML 1.0 2.6: an instruction to programs, which is not followed.
		content, ok := s.until("?>")
		if name, _ := cutName(content); !ok || name == "" || strings.EqualFold(name, "xml") {
			return s.malformed("an instruction")
		}
		return nil
	case s.skip("</"):
		return s.endTag()
	default:
		s.at++
		return s.startTag()
	}
}

// documentType steps over a DOCTYPE that only says where a definition could be
// read, which nobody does. Definitions in the file itself could make any word
// stand for any other, or for a gigabyte (XML 1.0 2.8, 4.4; T12).
func (s *scanner) documentType() error {
	if s.doctype || s.root {
		return s.malformed("DOCTYPE is not where it belongs")
	}
	s.doctype = true
	quote := byte(0)
	for ; s.at < len(s.data); s.at++ {
		switch c := s.data[s.at]; {
		case quote != 0:
			if c == quote {
				quote = 0
			}
		case c == '"' || c == '\'':
			quote = c
		case c == '[':
			return s.problem(Definitions, "DOCTYPE with definitions")
		case c == '<':
			return s.malformed("DOCTYPE")
		case c == '>':
			s.at++
			return nil
		}
	}
	return s.malformed("DOCTYPE does not end")
}

func (s *scanner) characterData() error {
	end := bytes.IndexByte(s.data[s.at:], '<')
	if end < 0 {
		end = len(s.data) - s.at
	}
	content := s.data[s.at : s.at+end]
	if len(s.open) == 0 && len(bytes.TrimLeft(content, space)) > 0 {
		return s.malformed("text outside of the drawing")
	}
	// XML 1.0 2.4
	if bytes.Contains(content, []byte("]]>")) {
		return s.malformed("]]> in a text")
	}
	var into []byte
	if s.inside {
		into = s.text
	}
	into, err := s.expand(into, content, s.inside, false)
	if err != nil {
		return err
	}
	if s.inside {
		s.text = into
	}
	s.at += end
	return nil
}

func (s *scanner) endTag() error {
	name, rest := cutName(s.data[s.at:])
	if len(s.open) == 0 || name != s.open[len(s.open)-1] {
		return s.malformed("an end tag that closes nothing")
	}
	if s.rest(rest); !s.skip(">") {
		return s.malformed("an end tag")
	}
	s.close()
	return nil
}

func (s *scanner) close() {
	for len(s.bindings) > 0 && s.bindings[len(s.bindings)-1].depth == len(s.open) {
		s.bindings = s.bindings[:len(s.bindings)-1]
	}
	s.open = s.open[:len(s.open)-1]
	if s.inside {
		s.found[len(s.found)-1].Text = string(s.text)
		s.inside, s.text = false, nil
	}
}

func (s *scanner) startTag() error {
	name, rest := cutName(s.data[s.at:])
	prefix, local, ok := split(name)
	if !ok {
		return s.malformed("a tag without a name")
	}
	// A text that is broken up by tags would be read in as many ways as there
	// are readers.
	if s.inside {
		return s.malformed("an element in a credential")
	}
	if s.root && len(s.open) == 0 {
		return s.malformed("a second root")
	}
	if len(s.open) >= limits.MarkupDepth {
		return s.problem(TooMuch, "depth")
	}
	s.root = true
	s.open = append(s.open, name)
	s.at = len(s.data) - len(rest)
	attributes, err := s.attributes()
	if err != nil {
		return err
	}
	if err := s.bind(attributes); err != nil {
		return err
	}
	namespace, ok := s.namespace(prefix)
	if !ok {
		return s.malformed("a prefix that stands for nothing")
	}
	empty := s.skip("/>")
	if !empty && !s.skip(">") {
		return s.malformed("a tag")
	}
	usual, ok := holds(namespace, local)
	if !ok && resembles(local, attributes) && len(s.found) < mostCredentials {
		// A reader that looks at names without their namespace would take it.
		s.found = append(s.found, Credential{Element: name, Foreign: true})
	}
	if ok && len(s.found) < mostCredentials {
		for _, a := range attributes {
			if _, word, _ := split(a.name); a.name != "verify" && strings.EqualFold(word, "verify") {
				s.found = append(s.found, Credential{Element: a.name, Foreign: true})
			}
		}
		c := Credential{Element: local, Usual: usual}
		for _, a := range attributes {
			if a.name == "verify" {
				value, err := s.expand(nil, a.raw, true, true)
				if err != nil {
					return err
				}
				c.Verify = string(value)
			}
		}
		s.found, s.inside = append(s.found, c), true
	}
	if empty {
		s.close()
	}
	return nil
}

// resembles says whether an element could be taken for a badge's by its name and
// by what it carries.
func resembles(local string, attributes []attribute) bool {
	if !strings.EqualFold(local, "credential") && !strings.EqualFold(local, "assertion") {
		return false
	}
	for _, a := range attributes {
		if _, word, ok := split(a.name); ok && strings.EqualFold(word, "verify") {
			return true
		}
	}
	return false
}
