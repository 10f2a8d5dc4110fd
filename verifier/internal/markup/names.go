package markup

import (
	"bytes"
	"strings"

	"github.com/sealcheck/sealcheck/verifier/internal/limits"
)

// cutName takes the name at the front off (XML 1.0 2.3). Letters beyond ASCII
// are all taken for letters.
func cutName(data []byte) (name string, rest []byte) {
	end := 0
	for end < len(data) && isNameByte(data[end]) {
		end++
	}
	if end > 0 && (data[0] >= '0' && data[0] <= '9' || data[0] == '-' || data[0] == '.') {
		end = 0
	}
	return string(data[:end]), data[end:]
}

func isNameByte(c byte) bool {
	return c|0x20 >= 'a' && c|0x20 <= 'z' || c >= '0' && c <= '9' || c >= 0x80 ||
		c == ':' || c == '-' || c == '_' || c == '.'
}

// Split takes a name apart (Namespaces in XML 4).
func Split(name string) (prefix, local string, ok bool) {
	prefix, local, colon := strings.Cut(name, ":")
	if !colon {
		return "", name, name != ""
	}
	return prefix, local, prefix != "" && local != "" && !strings.Contains(local, ":")
}

// Attribute is one of a tag, also what declares a prefix.
type Attribute struct {
	Name string
	raw  []byte
}

// Value is what the attribute says (XML 1.0 3.3.3).
func (a *Attribute) Value() string {
	value, _ := expand(nil, a.raw, appendSpaces)
	return string(value)
}

// Declares says whether the attribute declares a prefix, "" for the namespace
// of names without one (Namespaces in XML 3).
func (a *Attribute) Declares() (prefix string, ok bool) {
	if a.Name == "xmlns" {
		return "", true
	}
	return strings.CutPrefix(a.Name, "xmlns:")
}

// attributes reads what stands between a name and the end of its tag (XML 1.0
// 3.1).
func (s *Scanner) attributes() ([]Attribute, error) {
	var all []Attribute
	for {
		start := s.at
		s.rest(s.data[s.at:])
		name, rest := cutName(s.data[s.at:])
		if name == "" {
			return all, nil
		}
		if _, _, ok := Split(name); !ok || s.at == start {
			return nil, s.Malformed("the name of an attribute")
		}
		if len(all) >= limits.MarkupAttributes {
			return nil, s.Problem(TooMuch, "attributes")
		}
		for _, a := range all {
			if a.Name == name {
				return nil, s.Malformed("an attribute twice")
			}
		}
		s.rest(rest)
		equals := s.skip("=")
		s.rest(s.data[s.at:])
		quote := "\""
		if !s.skip(quote) {
			quote = "'"
			equals = equals && s.skip(quote)
		}
		raw, ok := s.until(quote)
		if !equals || !ok || bytes.IndexByte(raw, '<') >= 0 {
			return nil, s.Malformed("the value of an attribute")
		}
		if _, why := expand(nil, raw, nothing); why != "" {
			return nil, s.Malformed(why)
		}
		all = append(all, Attribute{name, raw})
	}
}

// XML is what the prefix xml always stands for.
const XML = "http://www.w3.org/XML/1998/namespace"

// bind notes the prefixes that a tag declares (Namespaces in XML 3).
func (s *Scanner) bind(attributes []Attribute) error {
	for i := range attributes {
		prefix, declares := attributes[i].Declares()
		if !declares {
			continue
		}
		value := attributes[i].Value()
		switch {
		case prefix == "xmlns", (prefix == "xml") != (value == XML), prefix != "" && value == "":
			return s.Malformed("the meaning of a prefix")
		case len(s.bindings) >= limits.MarkupAttributes:
			return s.Problem(TooMuch, "prefixes")
		}
		s.bindings = append(s.bindings, binding{prefix, value, len(s.open)})
	}
	return nil
}

// Namespace is what a prefix stands for here.
func (s *Scanner) Namespace(prefix string) (string, bool) {
	for i := len(s.bindings) - 1; i >= 0; i-- {
		if s.bindings[i].prefix == prefix {
			return s.bindings[i].namespace, true
		}
	}
	if prefix == "xml" {
		return XML, true
	}
	return "", prefix == ""
}
