package svgbadge

import (
	"bytes"
	"strings"

	"github.com/sealcheck/sealcheck/verifier/internal/limits"
)

// holders are the elements that hold a credential (OPEN-BADGES-3.0 5.3.2.1;
// Open Badges 2.0 Baking 3.1; for CLR 2.0 what 1EdTech's own validator reads).
var holders = [...]struct{ namespace, element string }{
	{"https://purl.imsglobal.org/ob/v3p0", "credential"},
	{"https://purl.imsglobal.org/clr/v2p0", "credential"},
	{"http://openbadges.org", "assertion"},
}

// holds says whether an element holds a credential, and whether its namespace
// is written as it should be: writers have been seen who take https for http or
// the address of the specification for that of the namespace.
func holds(namespace, element string) (usual, ok bool) {
	if element != "credential" && element != "assertion" {
		return false, false
	}
	for _, h := range holders {
		if h.namespace == namespace && h.element == element {
			return true, true
		}
	}
	for _, h := range holders {
		if plain(h.namespace) == plain(namespace) {
			return false, true
		}
	}
	return false, false
}

func plain(namespace string) string {
	namespace = strings.ToLower(strings.TrimRight(strings.TrimSpace(namespace), "/#"))
	namespace = strings.TrimPrefix(strings.TrimPrefix(namespace, "http://"), "https://")
	return strings.Replace(strings.TrimPrefix(namespace, "www."), "/spec/", "/", 1)
}

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

// split takes a name apart (Namespaces in XML 4).
func split(name string) (prefix, local string, ok bool) {
	prefix, local, colon := strings.Cut(name, ":")
	if !colon {
		return "", name, name != ""
	}
	return prefix, local, prefix != "" && local != "" && !strings.Contains(local, ":")
}

// attribute is one of a tag, its value not yet expanded.
type attribute struct {
	name string
	raw  []byte
}

// attributes reads what stands between a name and the end of its tag (XML 1.0
// 3.1).
func (s *scanner) attributes() ([]attribute, error) {
	var all []attribute
	for {
		start := s.at
		s.rest(s.data[s.at:])
		name, rest := cutName(s.data[s.at:])
		if name == "" {
			return all, nil
		}
		if _, _, ok := split(name); !ok || s.at == start {
			return nil, s.malformed("the name of an attribute")
		}
		if len(all) >= limits.MarkupAttributes {
			return nil, s.problem(TooMuch, "attributes")
		}
		for _, a := range all {
			if a.name == name {
				return nil, s.malformed("an attribute twice")
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
			return nil, s.malformed("the value of an attribute")
		}
		if _, err := s.expand(nil, raw, false, true); err != nil {
			return nil, err
		}
		all = append(all, attribute{name, raw})
	}
}

const xmlNamespace = "http://www.w3.org/XML/1998/namespace"

// bind notes the prefixes that a tag declares (Namespaces in XML 3).
func (s *scanner) bind(attributes []attribute) error {
	for _, a := range attributes {
		prefix, declares := strings.CutPrefix(a.name, "xmlns:")
		if !declares && a.name != "xmlns" {
			continue
		}
		if !declares {
			prefix = ""
		}
		value, err := s.expand(nil, a.raw, true, true)
		if err != nil {
			return err
		}
		switch {
		case prefix == "xmlns", (prefix == "xml") != (string(value) == xmlNamespace), declares && len(value) == 0:
			return s.malformed("the meaning of a prefix")
		case len(s.bindings) >= limits.MarkupAttributes:
			return s.problem(TooMuch, "prefixes")
		}
		s.bindings = append(s.bindings, binding{prefix, string(value), len(s.open)})
	}
	return nil
}

// namespace is what a prefix stands for here.
func (s *scanner) namespace(prefix string) (string, bool) {
	for i := len(s.bindings) - 1; i >= 0; i-- {
		if s.bindings[i].prefix == prefix {
			return s.bindings[i].namespace, true
		}
	}
	if prefix == "xml" {
		return xmlNamespace, true
	}
	return "", prefix == ""
}
