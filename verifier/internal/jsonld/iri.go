package jsonld

import (
	"strings"
	"unicode/utf8"

	"github.com/sealcheck/sealcheck/verifier/internal/limits"
)

// form is what a text turned out to be when it was expanded.
type form uint8

const (
	formNull     form = iota // it means nothing
	formKeyword              // a keyword
	formIRI                  // it has a scheme
	formBlank                // a blank node identifier, "_:" and a label
	formRelative             // none of these
)

// ref is an expanded IRI.
type ref struct {
	text    string
	form    form
	keyword keyword
}

// classify tells what an expanded text is.
func classify(text string) ref {
	switch {
	case strings.HasPrefix(text, "_:"):
		return ref{text: text, form: formBlank}
	case hasScheme(text):
		return ref{text: text, form: formIRI}
	}
	return ref{text: text, form: formRelative}
}

// hasScheme says whether a text begins with a scheme and a colon (RFC 3987
// section 2.2), as every IRI does and no relative reference can.
func hasScheme(text string) bool {
	if text == "" || !isLetter(text[0]) {
		return false
	}
	for i := 1; i < len(text); i++ {
		switch c := text[i]; {
		case c == ':':
			return true
		case !isLetter(c) && !isDigit(c) && c != '+' && c != '-' && c != '.':
			return false
		}
	}
	return false
}

// wellFormed says whether an IRI, or a label, can be written in N-Quads: no
// spaces, no controls, and none of <>"{}|\^` (RDF 1.1 N-Quads, IRIREF). Percent
// signs are not looked at: a wrong one loses nothing.
func wellFormed(text string) bool {
	for i := 0; i < len(text); i++ {
		if c := text[i]; c >= utf8.RuneSelf {
			return wellFormedRunes(text[i:])
		} else if forbidden[c] {
			return false
		}
	}
	return true
}

var forbidden = func() (table [utf8.RuneSelf]bool) {
	for c := range table {
		table[c] = c <= ' ' || c == 0x7f || strings.IndexByte("<>\"{}|\\^`", byte(c)) >= 0
	}
	return
}()

// wellFormedRunes is wellFormed beyond ASCII: neither controls nor any of the
// spaces of Unicode.
func wellFormedRunes(text string) bool {
	for _, r := range text {
		switch {
		case r < utf8.RuneSelf:
			if forbidden[r] {
				return false
			}
		case r < 0xa1, r == 0x1680, r >= 0x2000 && r <= 0x200a, r == 0x2028, r == 0x2029,
			r == 0x202f, r == 0x205f, r == 0x3000, r == 0xfeff:
			return false
		}
	}
	return true
}

// isIRI says whether RDF takes a text for an IRI. A second # makes it none,
// but is lost nowhere: a lossless reader lets it pass.
func isIRI(text string) bool {
	return hasScheme(text) && wellFormed(text) && strings.Count(text, "#") < 2
}

// budget bounds what one document makes us put together: bytes of IRIs (a
// prefix of megabytes, used a thousand times, would fill the memory), and
// terms that are copied from context to context.
type budget struct {
	spent, copied int
}

func (b *budget) exceeded() bool { return b.spent > limits.FileBytes || b.copied > limits.ContextTerms }

func (b *budget) join(first, second string) string {
	if b.spent += len(first) + len(second); b.exceeded() {
		return first
	}
	return first + second
}

// reference is an IRI reference in its parts (RFC 3986 appendix B).
type reference struct {
	scheme, authority, path, query, fragment string
	hasAuthority, hasQuery, hasFragment      bool
}

func splitReference(text string) (r reference) {
	if hasScheme(text) {
		r.scheme, text, _ = strings.Cut(text, ":")
	}
	text, r.fragment, r.hasFragment = strings.Cut(text, "#")
	text, r.query, r.hasQuery = strings.Cut(text, "?")
	if rest, ok := strings.CutPrefix(text, "//"); ok {
		r.hasAuthority = true
		end := strings.IndexByte(rest, '/')
		if end < 0 {
			end = len(rest)
		}
		r.authority, text = rest[:end], rest[end:]
	}
	r.path = text
	return r
}

// resolve resolves a reference against a base IRI (RFC 3986 section 5.2),
// without any other normalization. Without a base the reference stays.
func (b *budget) resolve(base, text string) string {
	if base == "" || hasScheme(text) {
		return text
	}
	if b.spent += len(base) + len(text); b.exceeded() {
		return text
	}
	from, to := splitReference(base), splitReference(text)
	to.scheme = from.scheme
	if !to.hasAuthority {
		to.authority, to.hasAuthority = from.authority, from.hasAuthority
		switch {
		case to.path == "":
			to.path = from.path
			if !to.hasQuery {
				to.query, to.hasQuery = from.query, from.hasQuery
			}
		case to.path[0] == '/':
			to.path = removeDots(to.path)
		case from.hasAuthority && from.path == "":
			to.path = removeDots("/" + to.path)
		default:
			to.path = removeDots(from.path[:strings.LastIndexByte(from.path, '/')+1] + to.path)
		}
	} else {
		to.path = removeDots(to.path)
	}
	var out strings.Builder
	if to.scheme != "" {
		out.WriteString(to.scheme)
		out.WriteByte(':')
	}
	if to.hasAuthority {
		out.WriteString("//")
		out.WriteString(to.authority)
	}
	out.WriteString(to.path)
	if to.hasQuery {
		out.WriteByte('?')
		out.WriteString(to.query)
	}
	if to.hasFragment {
		out.WriteByte('#')
		out.WriteString(to.fragment)
	}
	return out.String()
}

// removeDots takes the segments "." and ".." out of a path (RFC 3986 section
// 5.2.4).
func removeDots(path string) string {
	if !strings.Contains(path, ".") {
		return path
	}
	rooted := strings.HasPrefix(path, "/")
	segments := strings.Split(strings.TrimPrefix(path, "/"), "/")
	kept := segments[:0]
	for i, segment := range segments {
		last := i == len(segments)-1
		switch segment {
		case ".":
		case "..":
			if len(kept) > 0 {
				kept = kept[:len(kept)-1]
			}
		default:
			kept = append(kept, segment)
			continue
		}
		if last {
			kept = append(kept, "")
		}
	}
	path = strings.Join(kept, "/")
	if rooted {
		path = "/" + path
	}
	return path
}

// wellFormedLanguage says whether a language tag has the shape that RDF asks
// for (BCP 47 as far as Turtle's LANGTAG knows it).
func wellFormedLanguage(tag string) bool {
	part, first := 0, true
	for i := 0; i < len(tag); i++ {
		switch c := tag[i]; {
		case c == '-':
			if part == 0 {
				return false
			}
			part, first = 0, false
			continue
		case isLetter(c) || isDigit(c) && !first:
		default:
			return false
		}
		if part++; part > 8 {
			return false
		}
	}
	return part > 0
}
