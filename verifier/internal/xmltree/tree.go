// Package xmltree reads an XML document into a tree that keeps all on which its
// canonical forms depend. It reads strictly (package markup): UTF-8, no DOCTYPE,
// no words but those of XML itself.
package xmltree

import (
	"strings"

	"github.com/sealcheck/sealcheck/verifier/internal/limits"
	"github.com/sealcheck/sealcheck/verifier/internal/markup"
)

// Kind is what a node is.
type Kind uint8

const (
	Document Kind = iota
	Element
	Text
	Comment
	Instruction
)

// Node is one node of a document. The caller must not change it.
type Node struct {
	Kind                     Kind
	Prefix, Local, Namespace string // of an element
	// Attributes are those of an element, in the order of the file, without
	// what declares prefixes; that is in Declares.
	Attributes []Attribute
	Declares   []Declaration
	Value      string // text, comment or instruction, with one kind of line ends
	Parent     *Node
	Children   []*Node // text that stands together is one node
}

// Attribute is one of an element.
type Attribute struct{ Prefix, Local, Namespace, Value string }

// Declaration says what a prefix stands for from here on; "" takes a default
// namespace back.
type Declaration struct{ Prefix, Namespace string }

// Parse reads a document. The error is a *markup.Error.
func Parse(data []byte) (*Node, error) {
	b := builder{open: &Node{}}
	document := b.open
	if err := markup.Scan(data, &b, false); err != nil {
		return nil, err
	}
	return document, nil
}

type builder struct {
	open    *Node
	text    []byte // at the end of what is open, not yet a node
	scanner *markup.Scanner
	count   int
}

func (b *builder) add(n *Node) error {
	if len(b.text) > 0 {
		text := &Node{Kind: Text, Value: string(b.text), Parent: b.open}
		b.open.Children, b.text = append(b.open.Children, text), b.text[:0]
		b.count++
	}
	if n != nil {
		n.Parent = b.open
		b.open.Children = append(b.open.Children, n)
		b.count += 1 + len(n.Attributes) + len(n.Declares)
	}
	if b.count > limits.MarkupNodes {
		return b.scanner.Problem(markup.TooMuch, "nodes")
	}
	return nil
}

func (b *builder) Start(s *markup.Scanner, prefix, local, namespace string, attributes []markup.Attribute) error {
	b.scanner = s
	n := &Node{Kind: Element, Prefix: prefix, Local: local, Namespace: namespace}
	for i := range attributes {
		value := attributes[i].Value()
		if prefix, ok := attributes[i].Declares(); ok {
			n.Declares = append(n.Declares, Declaration{prefix, value})
			continue
		}
		a := Attribute{Value: value}
		a.Prefix, a.Local, _ = markup.Split(attributes[i].Name)
		if a.Prefix != "" {
			var ok bool
			if a.Namespace, ok = s.Namespace(a.Prefix); !ok {
				return s.Malformed("a prefix that stands for nothing")
			}
		}
		// Namespaces in XML 6.3: one name, though by two prefixes.
		if _, twice := n.Attribute(a.Namespace, a.Local); twice {
			return s.Malformed("an attribute twice")
		}
		n.Attributes = append(n.Attributes, a)
	}
	err := b.add(n)
	b.open = n
	return err
}

func (b *builder) End() error {
	err := b.add(nil)
	b.open = b.open.Parent
	return err
}

func (b *builder) Text(raw []byte, literal bool) error {
	b.text = markup.Append(b.text, raw, literal)
	return nil
}

// other adds a comment or an instruction. Before the root there is no scanner
// to blame, and nothing to count yet but these.
func (b *builder) other(kind Kind, content []byte) error {
	if b.scanner == nil && len(b.open.Children) > limits.MarkupAttributes {
		return &markup.Error{Reason: markup.TooMuch, Detail: "comments"}
	}
	return b.add(&Node{Kind: kind, Value: string(markup.Append(nil, content, true))})
}

func (b *builder) Comment(content []byte) error { return b.other(Comment, content) }

func (b *builder) Instruction(content []byte) error { return b.other(Instruction, content) }

// Root is the root element of a document.
func (n *Node) Root() *Node {
	for _, child := range n.Children {
		if child.Kind == Element {
			return child
		}
	}
	return nil
}

// Is says whether the node is the element with this name.
func (n *Node) Is(namespace, local string) bool {
	return n != nil && n.Kind == Element && n.Local == local && n.Namespace == namespace
}

// Attribute is the value of an attribute, "" as namespace for one without a
// prefix.
func (n *Node) Attribute(namespace, local string) (string, bool) {
	for _, a := range n.Attributes {
		if a.Local == local && a.Namespace == namespace {
			return a.Value, true
		}
	}
	return "", false
}

// Elements are the elements right within, with this name.
func (n *Node) Elements(namespace, local string) (found []*Node) {
	if n == nil {
		return nil
	}
	for _, child := range n.Children {
		if child.Is(namespace, local) {
			found = append(found, child)
		}
	}
	return found
}

// Element is the one element right within that has this name, nil where there
// is none or more than one.
func (n *Node) Element(namespace, local string) *Node {
	if found := n.Elements(namespace, local); len(found) == 1 {
		return found[0]
	}
	return nil
}

// Text is all text right within, as a reader sees it: comments do not break it
// up. It says whether there is nothing else.
func (n *Node) Text() (text string, only bool) {
	if len(n.Children) == 1 && n.Children[0].Kind == Text {
		return n.Children[0].Value, true
	}
	only = true
	var all strings.Builder
	for _, child := range n.Children {
		if child.Kind == Text {
			all.WriteString(child.Value)
		} else {
			only = false
		}
	}
	return all.String(), only
}

// Lookup is what a prefix stands for within an element.
func (n *Node) Lookup(prefix string) string {
	for ; n != nil; n = n.Parent {
		for _, d := range n.Declares {
			if d.Prefix == prefix {
				return d.Namespace
			}
		}
	}
	return ""
}

// Walk calls visit for the node and every element in it, in order, until one
// says that what is in it is to be left out.
func (n *Node) Walk(visit func(*Node) (inside bool)) {
	if n.Kind != Element && n.Kind != Document || !visit(n) {
		return
	}
	for _, child := range n.Children {
		child.Walk(visit)
	}
}

// Target is the name of an instruction and what it is told.
func (n *Node) Target() (name, content string) {
	name = n.Value
	if at := strings.IndexAny(name, " \t\n"); at >= 0 {
		name, content = name[:at], strings.TrimLeft(name[at:], " \t\n")
	}
	return name, content
}
