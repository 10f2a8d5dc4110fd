// Package svgbadge finds the credentials that stand in an SVG drawing. It reads
// the markup strictly (XML 1.0, Namespaces in XML 1.0), draws nothing, runs
// nothing and loads nothing: a drawing that brings definitions of its own along
// is refused.
package svgbadge

import (
	"strings"

	"github.com/sealcheck/sealcheck/verifier/internal/markup"
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

// mostCredentials is how many are handed out: more than one is more than
// anybody asks for.
const mostCredentials = 16

// Read walks over the markup and hands out every element that holds a
// credential; of very many, the first ones. The error is a *markup.Error.
func Read(data []byte) ([]Credential, error) {
	r := reader{}
	if err := markup.Scan(data, &r, true); err != nil {
		return nil, err
	}
	return r.found, nil
}

// reader is one walk over a drawing.
type reader struct {
	inside bool // in an element that holds a credential
	text   []byte
	found  []Credential
}

func (r *reader) Comment([]byte) error     { return nil }
func (r *reader) Instruction([]byte) error { return nil }

func (r *reader) Text(raw []byte, literal bool) error {
	if r.inside {
		r.text = markup.Append(r.text, raw, literal)
	}
	return nil
}

func (r *reader) End() error {
	if r.inside {
		r.found[len(r.found)-1].Text = string(r.text)
		r.inside, r.text = false, nil
	}
	return nil
}

func (r *reader) Start(s *markup.Scanner, prefix, local, namespace string, attributes []markup.Attribute) error {
	// A text that is broken up by tags would be read in as many ways as there
	// are readers.
	if r.inside {
		return s.Malformed("an element in a credential")
	}
	usual, ok := holds(namespace, local)
	if len(r.found) >= mostCredentials {
		return nil
	}
	if !ok && resembles(local, attributes) {
		// A reader that looks at names without their namespace would take it.
		if prefix != "" {
			local = prefix + ":" + local
		}
		r.found = append(r.found, Credential{Element: local, Foreign: true})
	}
	if ok {
		c := Credential{Element: local, Usual: usual}
		for i := range attributes {
			name := attributes[i].Name
			if _, word, _ := markup.Split(name); name != "verify" && strings.EqualFold(word, "verify") {
				r.found = append(r.found, Credential{Element: name, Foreign: true})
			} else if name == "verify" {
				c.Verify = attributes[i].Value()
			}
		}
		r.found, r.inside = append(r.found, c), true
	}
	return nil
}

// resembles says whether an element could be taken for a badge's by its name and
// by what it carries.
func resembles(local string, attributes []markup.Attribute) bool {
	if !strings.EqualFold(local, "credential") && !strings.EqualFold(local, "assertion") {
		return false
	}
	for _, a := range attributes {
		if _, word, ok := markup.Split(a.Name); ok && strings.EqualFold(word, "verify") {
			return true
		}
	}
	return false
}
