// Package markup walks over XML strictly (XML 1.0, Namespaces in XML 1.0) and
// hands what it meets to whoever asked. It runs nothing, loads nothing and
// follows no definition: a file that brings its own along is refused.
package markup

import (
	"bytes"
	"strings"
	"unicode/utf8"

	"github.com/sealcheck/sealcheck/verifier/internal/limits"
)

// Reason says why a file could not be read.
type Reason int

const (
	Malformed   Reason = iota + 1 // a rule of XML is broken, or it breaks off
	Definitions                   // it defines words of its own (T12)
	Encoding                      // it is not in UTF-8
	TooMuch                       // it nests or names more than any real file
)

// Error is why a file could not be read.
type Error struct {
	Reason Reason
	Detail string // for engineers
	Offset int    // in bytes
}

func (e *Error) Error() string { return "xml: " + e.Detail }

// Handler is told what is met, in order; an error of its ends the walk.
type Handler interface {
	// Start is told of a tag; its attributes include what declares prefixes,
	// and the scanner knows what those stand for.
	Start(s *Scanner, prefix, local, namespace string, attributes []Attribute) error
	End() error
	// Text is told of text within the root element, as it is written; see
	// Append.
	Text(raw []byte, literal bool) error
	// Comment and Instruction are told of what stands between the marks.
	Comment(content []byte) error
	Instruction(content []byte) error
}

// space is the white space of XML (XML 1.0 2.3).
const space = " \t\r\n"

// Scan walks over a file. doctype says whether it may say where definitions
// could be read, which nobody does. The error is an *Error or the handler's.
func Scan(data []byte, handler Handler, doctype bool) error {
	s := Scanner{data: data, handler: handler, admits: doctype}
	// White space before the declaration is against the rules and harmless.
	s.at = len(data) - len(bytes.TrimLeft(bytes.TrimPrefix(data, []byte("\uFEFF")), space))
	if err := s.characters(); err != nil {
		return err
	}
	if err := s.declaration(); err != nil {
		return err
	}
	for s.at < len(s.data) {
		if err := s.next(); err != nil {
			return err
		}
	}
	if len(s.open) > 0 || !s.root {
		return s.Malformed("an element is not closed")
	}
	return nil
}

// Scanner is one walk over a file.
type Scanner struct {
	data     []byte
	at       int
	handler  Handler
	open     []string // names of the elements that are open
	bindings []binding
	root     bool // the root element has begun
	admits   bool // a DOCTYPE without definitions
	doctype  bool // there was one
}

// binding is a prefix and what it stands for.
type binding struct {
	prefix, namespace string
	depth             int
}

// Problem is why the walk ends here.
func (s *Scanner) Problem(reason Reason, detail string) error {
	return &Error{Reason: reason, Detail: detail, Offset: s.at}
}

// Malformed is that a rule of XML is broken here.
func (s *Scanner) Malformed(detail string) error { return s.Problem(Malformed, detail) }

// characters refuses what no XML may hold (XML 1.0 2.2).
func (s *Scanner) characters() error {
	if !utf8.Valid(s.data) {
		return s.Problem(Encoding, "not UTF-8")
	}
	for i, c := range s.data {
		// control characters, U+FFFE and U+FFFF
		if c < ' ' && strings.IndexByte(space, c) < 0 || c >= 0xbe && i > 1 && s.data[i-2] == 0xef && s.data[i-1] == 0xbf {
			s.at = i
			return s.Malformed("a character that no XML has")
		}
	}
	return nil
}

// declaration reads <?xml version="1.0" encoding="UTF-8"?>, if it is there
// (XML 1.0 2.8, 4.3.3).
func (s *Scanner) declaration() error {
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
		return s.Malformed("the declaration does not end")
	}
	for i, a := range attributes {
		switch {
		case i == 0 && a.Name == "version" && string(a.raw) == "1.0", i > 0 && a.Name == "standalone":
		case i == 1 && a.Name == "encoding":
			if !covers(string(a.raw), s.data) {
				return s.Problem(Encoding, "encoding")
			}
		default:
			return s.Malformed("the declaration")
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
func (s *Scanner) skip(text string) bool {
	if !bytes.HasPrefix(s.data[s.at:], []byte(text)) {
		return false
	}
	s.at += len(text)
	return true
}

// rest goes on with what is left of the file, after white space.
func (s *Scanner) rest(left []byte) {
	s.at = len(s.data) - len(bytes.TrimLeft(left, space))
}

// until gives what stands before a text, and steps over both.
func (s *Scanner) until(text string) ([]byte, bool) {
	end := bytes.Index(s.data[s.at:], []byte(text))
	if end < 0 {
		return nil, false
	}
	before := s.data[s.at : s.at+end]
	s.at += end + len(text)
	return before, true
}

// next reads one piece of markup, or the text before the next one.
func (s *Scanner) next() error {
	switch {
	case s.data[s.at] != '<':
		return s.characterData()
	case s.skip("<!--"):
		// XML 1.0 2.5: "--" stands nowhere but at the end.
		content, ok := s.until("--")
		if !ok || !s.skip(">") {
			return s.Malformed("a comment")
		}
		return s.handler.Comment(content)
	case s.skip("<![CDATA["):
		content, ok := s.until("]]>")
		if !ok || len(s.open) == 0 {
			return s.Malformed("a CDATA section")
		}
		return s.handler.Text(content, true)
	case s.skip("<!DOCTYPE"):
		return s.documentType()
	case s.skip("<?"):
		// XML 1.0 2.6: an instruction to programs, which is not followed.
		content, ok := s.until("?>")
		if name, rest := cutName(content); !ok || name == "" || strings.EqualFold(name, "xml") || len(rest) > 0 && strings.IndexByte(space, rest[0]) < 0 {
			return s.Malformed("an instruction")
		}
		return s.handler.Instruction(content)
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
func (s *Scanner) documentType() error {
	if s.doctype || s.root {
		return s.Malformed("DOCTYPE is not where it belongs")
	}
	if s.doctype = true; !s.admits {
		return s.Problem(Definitions, "DOCTYPE")
	}
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
			return s.Problem(Definitions, "DOCTYPE with definitions")
		case c == '<':
			return s.Malformed("DOCTYPE")
		case c == '>':
			s.at++
			return nil
		}
	}
	return s.Malformed("DOCTYPE does not end")
}

func (s *Scanner) characterData() error {
	end := bytes.IndexByte(s.data[s.at:], '<')
	if end < 0 {
		end = len(s.data) - s.at
	}
	content := s.data[s.at : s.at+end]
	if len(s.open) == 0 && len(bytes.TrimLeft(content, space)) > 0 {
		return s.Malformed("text outside of the root")
	}
	// XML 1.0 2.4
	if bytes.Contains(content, []byte("]]>")) {
		return s.Malformed("]]> in a text")
	}
	if _, why := expand(nil, content, nothing); why != "" {
		return s.Malformed(why)
	}
	s.at += end
	if len(s.open) == 0 {
		return nil
	}
	return s.handler.Text(content, false)
}

func (s *Scanner) endTag() error {
	name, rest := cutName(s.data[s.at:])
	if len(s.open) == 0 || name != s.open[len(s.open)-1] {
		return s.Malformed("an end tag that closes nothing")
	}
	if s.rest(rest); !s.skip(">") {
		return s.Malformed("an end tag")
	}
	return s.close()
}

func (s *Scanner) close() error {
	for len(s.bindings) > 0 && s.bindings[len(s.bindings)-1].depth == len(s.open) {
		s.bindings = s.bindings[:len(s.bindings)-1]
	}
	s.open = s.open[:len(s.open)-1]
	return s.handler.End()
}

func (s *Scanner) startTag() error {
	name, rest := cutName(s.data[s.at:])
	prefix, local, ok := Split(name)
	switch {
	case !ok:
		return s.Malformed("a tag without a name")
	case s.root && len(s.open) == 0:
		return s.Malformed("a second root")
	case len(s.open) >= limits.MarkupDepth:
		return s.Problem(TooMuch, "depth")
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
	namespace, ok := s.Namespace(prefix)
	if !ok {
		return s.Malformed("a prefix that stands for nothing")
	}
	empty := s.skip("/>")
	if !empty && !s.skip(">") {
		return s.Malformed("a tag")
	}
	if err := s.handler.Start(s, prefix, local, namespace, attributes); err != nil {
		return err
	}
	if empty {
		return s.close()
	}
	return nil
}
