// Package xmlcanon writes canonical forms of XML: Canonical XML 1.0 and 1.1 and
// Exclusive XML Canonicalization 1.0, of a document or of one element in it,
// with or without comments, and less some elements (signatures of the rest).
package xmlcanon

import (
	"slices"
	"strings"

	"github.com/sealcheck/sealcheck/verifier/internal/limits"
	"github.com/sealcheck/sealcheck/verifier/internal/markup"
	"github.com/sealcheck/sealcheck/verifier/internal/xmltree"
)

// Form is one canonical form. The zero Form is Canonical XML 1.0 without
// comments.
type Form struct {
	Exclusive bool
	Comments  bool
	// Newer is Canonical XML 1.1: an element takes over less from around it.
	Newer bool
	// Prefixes are those that the exclusive form treats as the inclusive one
	// does, "" for the default namespace (XML-EXC-C14N 3, PrefixList).
	Prefixes []string
}

// Write gives the canonical form of a document or of an element with all that
// is in it but the elements of which omit, which may be nil, says so. The error
// is a *markup.Error: the form may be longer than the file by any factor, since
// each tag repeats what a prefix stands for.
func (f Form) Write(node *xmltree.Node, omit func(*xmltree.Node) bool) ([]byte, error) {
	w := writer{Form: f, omit: omit}
	if node.Kind == xmltree.Document {
		w.document(node)
	} else {
		w.enter(node.Parent)
		w.apex = node
		w.node(node)
	}
	if w.full {
		return nil, &markup.Error{Reason: markup.TooMuch, Detail: "canonical form"}
	}
	return w.out, nil
}

// enter notes what is declared around an element.
func (w *writer) enter(n *xmltree.Node) {
	if n != nil {
		w.enter(n.Parent)
		w.scope = append(w.scope, n.Declares...)
	}
}

func (w *writer) put(text string) {
	if w.full = w.full || len(w.out)+len(text) > limits.CanonicalBytes; !w.full {
		w.out = append(w.out, text...)
	}
}

type writer struct {
	Form
	omit       func(*xmltree.Node) bool
	apex       *xmltree.Node
	out        []byte
	namespaces int  // bytes of addresses in out
	joined     int  // bytes of what addresses are relative to, at each step
	full       bool // out is as long as may be
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
			w.put("\n")
		}
		if w.node(child); !root {
			w.put("\n")
		}
	}
}

func (w *writer) node(n *xmltree.Node) {
	switch {
	case w.full:
	case n.Kind == xmltree.Element:
		if w.omit == nil || !w.omit(n) {
			w.element(n)
		}
	case n.Kind == xmltree.Text:
		w.put(texts.Replace(n.Value))
	case n.Kind == xmltree.Instruction:
		name, content := n.Target()
		if content != "" {
			name += " " + content
		}
		w.put("<?" + name + "?>")
	case n.Kind == xmltree.Comment && w.Comments:
		w.put("<!--" + n.Value + "-->")
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
	w.put("<" + name)
	for _, prefix := range w.prefixes(n) {
		namespace := lookup(w.scope, prefix)
		// What the output has said of the prefix need not be said again.
		if namespace == lookup(w.written, prefix) || prefix == "xml" {
			continue
		}
		w.written = append(w.written, xmltree.Declaration{Prefix: prefix, Namespace: namespace})
		declared := "xmlns"
		if prefix != "" {
			declared += ":" + prefix
		}
		w.attribute(declared, namespace)
		w.namespaces += len(namespace)
		w.full = w.full || w.namespaces > limits.CanonicalNamespaces
	}
	for _, a := range w.attributes(n) {
		w.attribute(qualified(a.Prefix, a.Local), a.Value)
	}
	w.put(">")
	for _, child := range n.Children {
		w.node(child)
	}
	w.put("</" + name + ">")
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
	return all
}

// attributes are those of an element by namespace and name. In the inclusive
// form the top takes over what those around it say for all in them, such as
// the language (C14N 2.4); in the newer one that is language and white space,
// and what addresses are relative to, put together of what all of them say.
func (w *writer) attributes(n *xmltree.Node) []xmltree.Attribute {
	all, inherits := append([]xmltree.Attribute(nil), n.Attributes...), false
	if n == w.apex && !w.Exclusive {
		for around := n.Parent; around != nil; around = around.Parent {
			for _, a := range around.Attributes {
				if a.Namespace != markup.XML {
					continue
				}
				at := own(all, a.Local)
				switch {
				case w.Newer && a.Local == "base" && at >= 0:
					all[at].Value = join(a.Value, all[at].Value)
					// Its length is that of all of them, at each step.
					w.joined += len(all[at].Value)
					w.full = w.full || w.joined > limits.CanonicalNamespaces
				case at < 0 && (!w.Newer || a.Local == "lang" || a.Local == "space" || a.Local == "base"):
					all = append(all, a)
				default:
					continue
				}
				inherits = true
			}
		}
	}
	if inherits && w.Newer {
		if at := own(all, "base"); at >= 0 && all[at].Value == "" {
			all = append(all[:at], all[at+1:]...)
		}
	}
	// There are few (limits.MarkupAttributes).
	for i := range all {
		for j := i; j > 0 && before(&all[j], &all[j-1]); j-- {
			all[j], all[j-1] = all[j-1], all[j]
		}
	}
	return all
}

func before(a, b *xmltree.Attribute) bool {
	return a.Namespace < b.Namespace || a.Namespace == b.Namespace && a.Local < b.Local
}

// own is the place of an attribute of the prefix xml, or -1.
func own(all []xmltree.Attribute, local string) int {
	for i := range all {
		if all[i].Local == local && all[i].Namespace == markup.XML {
			return i
		}
	}
	return -1
}

func (w *writer) attribute(name, value string) {
	w.put(" " + name + `="` + values.Replace(value) + `"`)
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
