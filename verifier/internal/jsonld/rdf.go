package jsonld

import (
	"strconv"
	"strings"

	"github.com/sealcheck/sealcheck/verifier/internal/limits"
	"github.com/sealcheck/sealcheck/verifier/internal/rdf"
	"github.com/sealcheck/sealcheck/verifier/internal/strictjson"
	"github.com/sealcheck/sealcheck/verifier/report"
)

const (
	rdfNamespace = "http://www.w3.org/1999/02/22-rdf-syntax-ns#"
	rdfType      = rdfNamespace + "type"
	rdfFirst     = rdfNamespace + "first"
	rdfRest      = rdfNamespace + "rest"
	rdfNil       = rdfNamespace + "nil"
	rdfJSON      = rdfNamespace + "JSON"
	rdfValue     = rdfNamespace + "value"
	rdfLanguage  = rdfNamespace + "language"
	rdfDirection = rdfNamespace + "direction"
	i18n         = "https://www.w3.org/ns/i18n#"
)

// Quads is the document as RDF (section 8), in no particular order, possibly
// with doubles, with blank node labels of its own ("b0"). With Options.Lossless
// every loss on this way is an error as well. Errors are *Error. The quads must
// not be changed.
func (e *Expanded) Quads() ([]rdf.Quad, error) {
	if e.quads == nil && e.failure == nil {
		w := writer{lossless: e.options.Lossless, trace: e.options.Trace, direction: e.options.Direction}
		count := 0
		for i := range e.objects {
			count += statements(&e.objects[i])
		}
		w.quads = make([]rdf.Quad, 0, count)
		if w.trace {
			w.sources = make([]*strictjson.Value, 0, count)
		}
		f := w.all(e.objects, rdf.Term{})
		switch {
		case f != nil:
		case w.bytes > 4*limits.FileBytes:
			// One long predicate in many statements: writing it out so often
			// would fill the memory of whoever does.
			f = lost(report.ContextGraphTooLarge, "", &e.document)
		case w.lossless && len(w.quads) == 0:
			f = lost(report.ContextGraphEmpty, "", &e.document)
		}
		if f != nil {
			e.failure = f.in(&e.document)
		} else {
			e.quads, e.sources = w.quads, w.sources
		}
	}
	if e.failure != nil {
		return nil, e.failure
	}
	return e.quads, nil
}

// statements counts what an object will take.
func statements(o *object) int {
	count := 1
	if n := o.node; n != nil {
		count += len(n.types)
		for _, group := range [...][]object{n.objects, n.reverse, n.graph, n.include} {
			for i := range group {
				count += statements(&group[i])
			}
		}
		if o.kind == listObject {
			count += len(n.objects)
		}
	}
	if o.direction != noDirection {
		count += 3
	}
	return count
}

// writer makes statements. There is no map of nodes between the expanded
// document and RDF: a dataset is a set, and what one identifier is said to be
// in two places comes together by itself.
type writer struct {
	lossless, trace bool
	direction       string
	quads           []rdf.Quad
	sources         []*strictjson.Value
	labels          map[string]string // of the document's own blank nodes
	next            int
	bytes           int               // of all statements, roughly
	property        string            // that was last found to be an IRI
	indexes         map[string]string // of nodes with an identifier and an index
}

func (w *writer) add(subject rdf.Term, predicate string, object, graph rdf.Term, source *strictjson.Value) {
	w.quads = append(w.quads, rdf.Quad{})
	q := &w.quads[len(w.quads)-1] // a quad is large: it is filled where it stays
	q.Subject, q.Predicate.Kind, q.Predicate.Value, q.Object, q.Graph = subject, rdf.IRI, predicate, object, graph
	w.bytes += len(subject.Value) + len(predicate) + len(object.Value) + len(object.Datatype) + len(graph.Value)
	if w.trace {
		w.sources = append(w.sources, source)
	}
}

// blank is a new blank node.
func (w *writer) blank() rdf.Term {
	w.next++
	return rdf.Term{Kind: rdf.Blank, Value: "b" + strconv.Itoa(w.next-1)}
}

// named is the node with an identifier; None for one that RDF has no name for.
// A lossless expansion has refused these.
func (w *writer) named(id string) rdf.Term {
	if label, ok := strings.CutPrefix(id, "_:"); ok {
		label, ok := w.labels[label]
		if !ok {
			if w.labels == nil {
				w.labels = map[string]string{}
			}
			label = w.blank().Value
			w.labels[id[2:]] = label
		}
		return rdf.Term{Kind: rdf.Blank, Value: label}
	}
	if !w.lossless && !isIRI(id) {
		return rdf.Term{}
	}
	return rdf.Term{Kind: rdf.IRI, Value: id}
}

// all writes the nodes of a graph.
func (w *writer) all(objects []object, graph rdf.Term) *fault {
	for i := range objects {
		if objects[i].kind == nodeObject {
			if _, f := w.node(&objects[i], graph, true); f != nil {
				return f
			}
		}
	}
	return nil
}

// node writes what is said about a node, and gives its name. Nodes in a graph
// that has no name are not said, but may hold graphs that have one.
func (w *writer) node(o *object, graph rdf.Term, inGraph bool) (rdf.Term, *fault) {
	n := o.node
	var subject rdf.Term
	switch {
	case n.members&hasID == 0:
		subject = w.blank()
	case n.members&hasNullID == 0:
		subject = w.named(n.id)
	}
	if o.hasIndex && n.members&hasID != 0 {
		if known, ok := w.indexes[n.id]; ok && known != o.index {
			return subject, broken("conflicting indexes", o.index, o.source)
		}
		if w.indexes == nil {
			w.indexes = map[string]string{}
		}
		w.indexes[n.id] = o.index
	}
	said := inGraph && subject.Kind != rdf.None
	for i := range n.types {
		if kind := w.named(n.types[i].iri); said && kind.Kind != rdf.None {
			w.add(subject, rdfType, kind, graph, n.types[i].source)
		}
	}
	for i := range n.objects {
		p := &n.objects[i]
		object, f := w.object(p, graph, inGraph)
		if f != nil {
			return subject, f
		}
		if said && object.Kind != rdf.None && !p.unsaid {
			w.add(subject, p.property, object, graph, p.source)
		}
	}
	for i := range n.reverse {
		p := &n.reverse[i]
		object, f := w.object(p, graph, inGraph)
		if f != nil {
			return subject, f
		}
		if said && object.Kind != rdf.None && !p.unsaid {
			w.add(object, p.property, subject, graph, p.source)
		}
	}
	if n.members&hasGraph != 0 {
		for i := range n.graph {
			if n.graph[i].kind == nodeObject {
				if _, f := w.node(&n.graph[i], subject, subject.Kind != rdf.None); f != nil {
					return subject, f
				}
			}
		}
	}
	for i := range n.include {
		if _, f := w.node(&n.include[i], graph, inGraph); f != nil {
			return subject, f
		}
	}
	return subject, nil
}

// object gives the term for an object, and writes what is said about it.
func (w *writer) object(o *object, graph rdf.Term, inGraph bool) (rdf.Term, *fault) {
	switch o.kind {
	case nodeReference:
		return w.named(o.text), nil
	case nodeObject:
		return w.node(o, graph, inGraph)
	case valueObject:
		return w.literal(o, graph, inGraph)
	case listObject:
		return w.list(o, graph, inGraph)
	}
	return rdf.Term{}, nil
}

// list writes an RDF list and gives its head.
func (w *writer) list(o *object, graph rdf.Term, inGraph bool) (rdf.Term, *fault) {
	head := rdf.Term{Kind: rdf.IRI, Value: rdfNil}
	items := o.node.objects
	if len(items) == 0 {
		return head, nil
	}
	head = w.blank()
	cell := head
	for i := range items {
		object, f := w.object(&items[i], graph, inGraph)
		if f != nil {
			return head, f
		}
		rest := rdf.Term{Kind: rdf.IRI, Value: rdfNil}
		if i+1 < len(items) {
			rest = w.blank()
		}
		if inGraph {
			if object.Kind != rdf.None {
				w.add(cell, rdfFirst, object, graph, items[i].source)
			}
			w.add(cell, rdfRest, rest, graph, o.source)
		}
		cell = rest
	}
	return head, nil
}

// literal makes a literal of a value object (section 8.6.2).
func (w *writer) literal(o *object, graph rdf.Term, inGraph bool) (rdf.Term, *fault) {
	t := rdf.Term{Kind: rdf.Literal, Datatype: o.text}
	if !w.lossless {
		if o.text != "" && o.text != "@json" && !isIRI(o.text) {
			return rdf.Term{}, nil
		}
		if o.language != "" && !wellFormedLanguage(o.language) {
			return rdf.Term{}, nil
		}
	}
	own := rdf.String
	switch {
	case o.text == "@json":
		canonical, err := o.value.AppendCanonical(nil)
		if err != nil {
			return t, broken("invalid JSON literal", "", o.source)
		}
		t.Value, t.Datatype = string(canonical), rdfJSON
		return t, nil
	case o.value.Kind() == strictjson.Bool:
		t.Value, own = strconv.FormatBool(o.value.Truth()), xsdBoolean
	case o.value.Kind() == strictjson.Number:
		t.Value, own = number(o.value, o.text)
	default:
		t.Value = o.value.Text()
	}
	directed := o.direction != noDirection && o.value.Kind() == strictjson.String
	switch {
	case directed && w.direction == "i18n-datatype":
		t.Datatype = i18n + o.language + "_" + o.direction.String()
	case directed && w.direction == "compound-literal":
		node := w.blank()
		if inGraph {
			t.Datatype = own
			w.add(node, rdfValue, t, graph, o.source)
			if o.language != "" {
				w.add(node, rdfLanguage, plain(o.language), graph, o.source)
			}
			w.add(node, rdfDirection, plain(o.direction.String()), graph, o.source)
		}
		return node, nil
	case o.language != "":
		t.Language, t.Datatype = o.language, rdf.LangString
	case t.Datatype == "":
		t.Datatype = own
	}
	return t, nil
}

func plain(text string) rdf.Term {
	return rdf.Term{Kind: rdf.Literal, Value: text, Datatype: rdf.String}
}
