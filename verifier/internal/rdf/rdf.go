// Package rdf holds RDF datasets: terms, quads, and their canonical text
// (RDF 1.1 N-Quads; RDF Dataset Canonicalization 1.0, section 5).
package rdf

// Kind is the kind of a Term. The zero Term is no term: the default graph.
type Kind uint8

const (
	None Kind = iota
	IRI
	Blank
	Literal
)

// The datatypes that have a rule of their own.
const (
	String     = "http://www.w3.org/2001/XMLSchema#string"
	LangString = "http://www.w3.org/1999/02/22-rdf-syntax-ns#langString"
)

// Term is a node, a literal, or, with Kind None, the name of the default graph.
type Term struct {
	Kind Kind
	// Value is the IRI, the blank node's label without "_:", or the literal's
	// lexical form.
	Value string
	// Datatype is a literal's datatype IRI; String for a plain one, LangString
	// for one with a Language.
	Datatype string
	Language string
}

// Quad is one statement. Predicate is an IRI; Graph is None, IRI or Blank.
type Quad struct {
	Subject, Predicate, Object, Graph Term
}
