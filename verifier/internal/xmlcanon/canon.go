// Package xmlcanon writes canonical forms of XML: Canonical XML 1.0 and
// Exclusive XML Canonicalization 1.0, of a document or of one element in it,
// with or without comments, and less one element (a signature of the rest).
package xmlcanon

import (
	"slices"
	"strings"

	"github.com/sealcheck/sealcheck/verifier/internal/markup"
	"github.com/sealcheck/sealcheck/verifier/internal/xmltree"
)

// Form is one canonical form. The zero Form is Canonical XML 1.0 without
// comments.
type Form struct {
	Exclusive bool
	Comments  bool
	// Prefixes are those that the exclusive form treats as the inclusive one
	// does, "" for the default namespace (XML-EXC-C14N 3, PrefixList).
	Prefixes []string
}

// Write gives the canonical form of a document or of an element with all that
// is in it but omit, which may be nil.
func (f Form) Write(node, omit *xmltree.Node) []byte {
	w := writer{Form: f, omit: omit}
	if node.Kind == xmltree.Document {
		w.document(node)
		return w.out
	}
	var around []*xmltree.Node
	for n := node.Parent; n != nil; n = n.Parent {
		around = append(around, n)
	}
	for _, n := range slices.Backward(around) {
		w.scope = append(w.scope, n.Declares...)
	}
	w.apex = node
	w.node(node)
	return w.out
}

type writer struct {
	Form
	omit, apex *xmltree.Node
	out        []byte
	// scope is what prefixes stand for here, written what the elements around
	// have already said of them in the output.
	scope, written []xmltree.Declaration
}

// document: what stands beside the root is on lines of its own (C14N 2.3).
func (w *writer) document(document *xmltree.Node) {
	root := false
	for _, child := range document.Children {
		if child.Kind == xmltree.Element {
			root, w.apex = true, child
			w.node(child)
			continue
		}
		if child.Kind == xmltree.Comment && !w.Comments {
			continue
		}
		if root {
			w.out = append(w.out, '\n')
		}
		if w.node(child); !root {
			w.out = append(w.out, '\n')
		}
	}
}

func (w *writer) node(n *xmltree.Node) {
	switch {
	case n == w.omit:
	case n.Kind == xmltree.Element:
		w.element(n)
	case n.Kind == xmltree.Text:
		w.out = append(w.out, texts.Replace(n.Value)...)
	case n.Kind == xmltree.Instruction:
		name, content := n.Target()
		w.out = append(append(w.out, "<?"...), name...)
		if content != "" {
			w.out = append(append(w.out, ' '), content...)
		}
		w.out = append(w.out, "?>"...)
	case n.Kind == xmltree.Comment && w.Comments:
		w.out = append(append(append(w.out, "<!--"...), n.Value...), "-->"...)
	}
}

// C14N 2.3, "text nodes" and "attribute nodes".
var (
	texts  = strings.NewReplacer("&", "&amp;", "<", "&lt;", ">", "&gt;", "\r", "&#xD;")
	values = strings.NewReplacer("&", "&amp;", "<", "&lt;", `"`, "&quot;", "\t", "&#x9;", "\n", "&#xA;", "\r", "&#xD;")
)

func (w *writer) element(n *xmltree.Node) {
	scope, written := len(w.scope), len(w.written)
	w.scope = append(w.scope, n.Declares...)
	name := qualified(n.Prefix, n.Local)
	w.out = append(append(w.out, '<'), name...)
	for _, prefix := range w.prefixes(n) {
		namespace := lookup(w.scope, prefix)
		// What the output has said of the prefix need not be said again.
		if namespace == lookup(w.written, prefix) {
			continue
		}
		w.written = append(w.written, xmltree.Declaration{Prefix: prefix, Namespace: namespace})
		if prefix == "" {
			w.attribute("xmlns", namespace)
		} else {
			w.attribute("xmlns:"+prefix, namespace)
		}
	}
	for _, a := range w.attributes(n) {
		w.attribute(qualified(a.Prefix, a.Local), a.Value)
	}
	w.out = append(w.out, '>')
	for _, child := range n.Children {
		w.node(child)
	}
	w.out = append(append(append(w.out, "</"...), name...), '>')
	w.scope, w.written = w.scope[:scope], w.written[:written]
}

// prefixes are those of which the tag may have to speak, in order: of the
// exclusive form those that it uses and those of the list (XML-EXC-C14N 3), of
// the other those that it declares, and at the top all that are in scope.
func (w *writer) prefixes(n *xmltree.Node) []string {
	var all []string
	declared := n.Declares
	if n == w.apex {
		declared = w.scope
	}
	if w.Exclusive {
		all = append(all, n.Prefix)
		for _, a := range n.Attributes {
			if a.Prefix != "" {
				all = append(all, a.Prefix)
			}
		}
	}
	for _, d := range declared {
		if !w.Exclusive || slices.Contains(w.Prefixes, d.Prefix) {
			all = append(all, d.Prefix)
		}
	}
	slices.Sort(all)
	all = slices.Compact(all)
	return slices.DeleteFunc(all, func(prefix string) bool { return prefix == "xml" })
}

// attributes are those of an element by namespace and name. In the inclusive
// form the top takes over what those around it say for all in them, such as
// the language (C14N 2.4).
func (w *writer) attributes(n *xmltree.Node) []xmltree.Attribute {
	all := slices.Clone(n.Attributes)
	if n == w.apex && !w.Exclusive {
		for around := n.Parent; around != nil; around = around.Parent {
			for _, a := range around.Attributes {
				if a.Namespace == markup.XML && !slices.ContainsFunc(all, func(b xmltree.Attribute) bool { return b.Local == a.Local && b.Namespace == a.Namespace }) {
					all = append(all, a)
				}
			}
		}
	}
	slices.SortFunc(all, func(a, b xmltree.Attribute) int {
		if c := strings.Compare(a.Namespace, b.Namespace); c != 0 {
			return c
		}
		return strings.Compare(a.Local, b.Local)
	})
	return all
}

func (w *writer) attribute(name, value string) {
	w.out = append(append(append(w.out, ' '), name...), `="`...)
	w.out = append(append(w.out, values.Replace(value)...), '"')
}

func lookup(scope []xmltree.Declaration, prefix string) string {
	for i := len(scope) - 1; i >= 0; i-- {
		if scope[i].Prefix == prefix {
			return scope[i].Namespace
		}
	}
	return ""
}

func qualified(prefix, local string) string {
	if prefix == "" {
		return local
	}
	return prefix + ":" + local
}
