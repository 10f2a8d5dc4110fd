package linked

import (
	"strconv"
	"strings"

	"github.com/sealcheck/sealcheck/verifier/internal/limits"
	"github.com/sealcheck/sealcheck/verifier/internal/rdf"
	"github.com/sealcheck/sealcheck/verifier/internal/strictjson"
	"github.com/sealcheck/sealcheck/verifier/report"
)

// A signature over RDF covers a graph, and one graph can be written as many
// documents. So what is read is not the document that somebody has written but
// a tree that is made of the graph: whatever the spelling, the same signature
// gives the same reading.

const (
	rdfNamespace = "http://www.w3.org/1999/02/22-rdf-syntax-ns#"
	rdfType      = rdfNamespace + "type"
	rdfFirst     = rdfNamespace + "first"
	rdfRest      = rdfNamespace + "rest"
	rdfNil       = rdfNamespace + "nil"
	xsd          = "http://www.w3.org/2001/XMLSchema#"
	xsdSecure    = "https://www.w3.org/2001/XMLSchema#" // in contexts of Open Badges
	i18n         = "https://www.w3.org/ns/i18n#"
)

// depth is how many nodes may stand in one another: as deep as a document may
// be.
const depth = limits.JSONDepth

// again is how often a node may stand within itself. Readers look through four
// nodes at most before they come to texts; one node may be all of these.
const again = 4

// node is a node of the default graph.
type node struct {
	term     rdf.Term
	quads    []int // of which it is the subject
	reached  bool  // from the root
	reaching bool  // the root
	outer    bool  // it may be the outermost thing in a file
	cell     bool  // of an RDF list
	within   int   // how often it is being made just now
	// made is the tree of it, where that is the same at every place, size how
	// much it holds and height how deep it is.
	made         strictjson.Value
	size, height int
	done         bool
}

// tree makes a tree of the default graph.
type tree struct {
	quads []rdf.Quad
	words []string // by which readers know the predicates of quads
	nodes []node
	at    map[name]int // in nodes
	left  int          // how much may still be written
	cuts  int          // how often a node was cut short
	deep  bool         // too deep
	// from tells which statement a value of the tree was made of.
	from map[*strictjson.Value]int
}

// name is a node's name: an IRI or the label of a blank node.
type name struct {
	blank bool
	text  string
}

func nameOf(term *rdf.Term) name { return name{term.Kind == rdf.Blank, term.Value} }

// grow is the graph as a tree with the document's root at its root, in the
// words of read, and from which statement each of its values comes. The error is a *report.Problem: context.form_unusual where
// another document of the same graph would have another root, or
// context.graph_too_large.
func grow(id string, quads []rdf.Quad, spent *int) (made strictjson.Value, from map[*strictjson.Value]int, err error) {
	t := &tree{
		quads: quads, words: make([]string, len(quads)), at: make(map[name]int, len(quads)/4+1),
		left: limits.JSONTokens, from: make(map[*strictjson.Value]int, len(quads)),
	}
	for i := range quads {
		q := &quads[i]
		if q.Graph.Kind != rdf.None {
			continue
		}
		at, known := t.at[nameOf(&q.Subject)]
		if !known {
			at = len(t.nodes)
			t.at[nameOf(&q.Subject)] = at
			t.nodes = append(t.nodes, node{term: q.Subject})
		}
		n := &t.nodes[at]
		n.quads = append(n.quads, i)
		if q.Predicate.Value != rdfType {
			t.words[i] = wordOf(q.Predicate.Value)
		}
		n.cell = n.cell || q.Predicate.Value == rdfFirst
		n.outer = n.outer || q.Predicate.Value == rdfType && outermost(typeOf(q.Object.Value))
	}
	root, ok := t.at[name{text: id}]
	if id == "" || strings.HasPrefix(id, "_:") {
		// The outermost node is the first one that gets a label.
		root, ok = t.at[name{blank: true, text: "b0"}]
	}
	if !ok {
		return made, nil, unusual("id")
	}
	if err := t.rooted(root); err != nil {
		return made, nil, err
	}
	made, _ = t.node(root, 0)
	*spent += (len(quads) + limits.JSONTokens - t.left) / 5000
	if t.left < 0 || t.deep {
		return made, nil, report.NewProblem(report.ContextGraphTooLarge, "nodes that hold each other too often")
	}
	return made, t.from, nil
}

func unusual(what string) error {
	return report.NewProblem(report.ContextFormUnusual, "", "what", report.Clip(what))
}

// rooted says whether this root is the only one that a document of the graph
// can have. From the root everything must be reached, or else something stands
// in front of it. Credentials that lead to each other are a case of their own:
// an endorsement that its issuer gave to the credential that holds it, and
// that names this one as its subject. Each of them could be written as the
// outermost. That one is meant on which the others hang, while it hangs on
// nothing itself; there is at most one.
func (t *tree) rooted(root int) error {
	t.reach(root)
	others := false
	for i := range t.nodes {
		n := &t.nodes[i]
		if !n.reached {
			return unusual(n.term.Value)
		}
		others = others || i != root && n.outer
	}
	if !others {
		return nil
	}
	t.reaching(root)
	hangs := make([]bool, len(t.nodes))
	for i := range t.quads {
		q := &t.quads[i]
		if q.Graph.Kind == rdf.None && holds(q.Predicate.Value) {
			if at, ok := t.object(q); ok && nameOf(&q.Subject) != nameOf(&q.Object) {
				hangs[at] = true
			}
		}
	}
	for i := range t.nodes {
		if n := &t.nodes[i]; i != root && n.outer && n.reaching && (hangs[root] || !hangs[i] || !t.nodes[root].outer) {
			return unusual(n.term.Value)
		}
	}
	return nil
}

// holds says whether what stands under a property hangs there. The data model's
// own properties only point at things (a subject, a service), but for evidence.
func holds(property string) bool {
	return !strings.HasPrefix(property, model) || property == model+"evidence"
}

// object is the node that a statement is about besides its subject.
func (t *tree) object(q *rdf.Quad) (int, bool) {
	if q.Object.Kind == rdf.Literal {
		return 0, false
	}
	at, ok := t.at[nameOf(&q.Object)]
	return at, ok
}

// reach marks what can be reached from a node.
func (t *tree) reach(root int) {
	t.nodes[root].reached = true
	for next := []int{root}; len(next) > 0; {
		n := &t.nodes[next[len(next)-1]]
		next = next[:len(next)-1]
		for _, i := range n.quads {
			if at, ok := t.object(&t.quads[i]); ok && !t.nodes[at].reached {
				t.nodes[at].reached = true
				next = append(next, at)
			}
		}
	}
}

// reaching marks what leads to a node.
func (t *tree) reaching(root int) {
	from := make([][]int, len(t.nodes))
	for i := range t.nodes {
		for _, q := range t.nodes[i].quads {
			if at, ok := t.object(&t.quads[q]); ok {
				from[at] = append(from[at], i)
			}
		}
	}
	t.nodes[root].reaching = true
	for next := []int{root}; len(next) > 0; {
		at := next[len(next)-1]
		next = next[:len(next)-1]
		for _, i := range from[at] {
			if !t.nodes[i].reaching {
				t.nodes[i].reaching = true
				next = append(next, i)
			}
		}
	}
}

// node is the tree of a node, and how many nodes stand in one another there.
func (t *tree) node(at, level int) (made strictjson.Value, height int) {
	n := &t.nodes[at]
	if n.done {
		t.left -= n.size
		t.deep = t.deep || level+n.height > depth
		return n.made, n.height
	}
	if t.left < 0 || level > depth {
		t.deep = t.deep || level > depth
		return strictjson.NewObject(nil), 0
	}
	if n.within > again {
		t.cuts++
		return t.leaf(at), 1
	}
	cuts, left := t.cuts, t.left
	n.within++
	w := t.begin(n)
	for _, i := range n.quads {
		q := &t.quads[i]
		if q.Predicate.Value == rdfType {
			continue
		}
		w.quad = i
		height = max(height, t.values(&w, t.words[i], q, level, 0))
	}
	n.within--
	made, height = w.object(t.from), height+1
	if t.cuts == cuts {
		n.made, n.size, n.height, n.done = made, left-t.left, height, true
	}
	return made, height
}

// leaf is a node with its texts alone.
func (t *tree) leaf(at int) strictjson.Value {
	n := &t.nodes[at]
	w := t.begin(n)
	for _, i := range n.quads {
		q := &t.quads[i]
		if word := t.words[i]; word != "" && (q.Object.Kind == rdf.Literal || read[word] == asText || read[word] == asName) {
			w.quad = i
			t.values(&w, word, q, depth, 0)
		}
	}
	return w.object(t.from)
}

// values adds what a statement says to what is being written, and says how
// deep that is.
func (t *tree) values(w *written, word string, q *rdf.Quad, level, nested int) (height int) {
	object := &q.Object
	if t.left -= 1 + (len(q.Predicate.Value)+len(object.Value))>>10; t.left < 0 {
		return 0
	}
	how := read[word]
	if how == unread {
		// That there is something, and whether it is a text, is all that anybody
		// asks for.
		value := strictjson.NewString(object.Value)
		switch object.Kind {
		case rdf.IRI:
			value = strictjson.NewObject([]strictjson.Member{{Key: "id", Value: value}})
		case rdf.Blank:
			value = strictjson.NewObject(nil)
		}
		w.add(q.Predicate.Value, object, value)
		return 1
	}
	if object.Kind == rdf.Literal {
		w.add(word, object, literal(object, how))
		return 0
	}
	if object.Kind == rdf.IRI && object.Value == rdfNil {
		return 0
	}
	at, described := t.at[nameOf(object)]
	if described && object.Kind == rdf.Blank && t.nodes[at].cell {
		return t.list(w, word, at, level, nested)
	}
	if how == asEither {
		if how = asText; described || object.Kind == rdf.Blank {
			how = asNode
		}
	}
	switch {
	case (how == asText || how == asName) && object.Kind == rdf.IRI:
		w.add(word, object, strictjson.NewString(object.Value))
	case how == asNode && described:
		made, below := t.node(at, level+1)
		height = below
		w.add(word, object, made)
	case how == asThing && described:
		w.add(word, object, t.leaf(at))
		height = 1
	case object.Kind == rdf.IRI:
		w.add(word, object, strictjson.NewObject([]strictjson.Member{{Key: "id", Value: strictjson.NewString(object.Value)}}))
		height = 1
	default:
		w.add(word, object, strictjson.NewObject(nil))
	}
	return height
}

// list adds the items of an RDF list: readers take a list as several values.
func (t *tree) list(w *written, word string, at, level, nested int) (height int) {
	if nested > depth {
		t.deep = true
		return 0
	}
	for t.left >= 0 {
		t.left--
		next := -1
		for _, i := range t.nodes[at].quads {
			q := &t.quads[i]
			switch q.Predicate.Value {
			case rdfFirst:
				w.quad = i
				height = max(height, t.values(w, word, &rdf.Quad{Subject: q.Subject, Predicate: q.Predicate, Object: q.Object}, level, nested+1))
			case rdfRest:
				if rest, ok := t.object(q); ok {
					next = rest
				}
			}
		}
		if next < 0 {
			break
		}
		at = next
	}
	return height
}

// written are the members of a node that is being written.
type written struct {
	members []strictjson.Member
	values  [][]strictjson.Value // of members behind those that come first
	quads   [][]int              // of values
	quad    int                  // that is being told
	first   int
	places  map[string]int // of keys in values, once they are many
	known   map[said]bool  // what has been added, once that is much
	said    []said
}

// said is one value under one key. In a graph it is there once.
type said struct {
	key  string
	term rdf.Term
}

// begin writes identifier and types of a node. Labels of blank nodes are not
// signed and say nothing.
func (t *tree) begin(n *node) written {
	w := written{members: make([]strictjson.Member, 0, 2+len(n.quads))}
	if n.term.Kind == rdf.IRI {
		w.members = append(w.members, strictjson.Member{Key: "id", Value: strictjson.NewString(n.term.Value)})
	}
	var kinds []strictjson.Value
	var names map[string]bool
	for _, i := range n.quads {
		q := &t.quads[i]
		if q.Predicate.Value != rdfType {
			continue
		}
		t.left--
		if kind := typeOf(q.Object.Value); !names[kind] {
			if names == nil {
				names = map[string]bool{}
			}
			names[kind] = true
			kinds = append(kinds, strictjson.NewString(kind))
		}
	}
	if kinds != nil {
		w.members = append(w.members, strictjson.Member{Key: "type", Value: strictjson.NewArray(kinds)})
	}
	w.first = len(w.members)
	return w
}

// add adds a value that stands for a term.
func (w *written) add(key string, term *rdf.Term, value strictjson.Value) {
	now := said{key, *term}
	if w.known == nil {
		for i := range w.said {
			if w.said[i] == now {
				return
			}
		}
		if len(w.said) == few {
			w.known = make(map[said]bool, 4*few)
			w.places = make(map[string]int, 4*few)
			for _, said := range w.said {
				w.known[said] = true
			}
			for i := w.first; i < len(w.members); i++ {
				w.places[w.members[i].Key] = i
			}
		}
	}
	if w.known == nil {
		w.said = append(w.said, now)
	} else if w.known[now] {
		return
	} else {
		w.known[now] = true
	}
	at, there := -1, false
	if w.places != nil {
		at, there = w.places[key]
	} else {
		for i := w.first; i < len(w.members); i++ {
			if w.members[i].Key == key {
				at, there = i, true
			}
		}
	}
	if there {
		w.values[at-w.first] = append(w.values[at-w.first], value)
		w.quads[at-w.first] = append(w.quads[at-w.first], w.quad)
		return
	}
	if w.places != nil {
		w.places[key] = len(w.members)
	}
	w.members = append(w.members, strictjson.Member{Key: key})
	w.values = append(w.values, []strictjson.Value{value})
	w.quads = append(w.quads, []int{w.quad})
}

// object is what has been written. One value stands for itself.
func (w *written) object(from map[*strictjson.Value]int) strictjson.Value {
	for i, values := range w.values {
		value := &w.members[w.first+i].Value
		if from[value] = w.quads[i][0]; len(values) == 1 {
			*value = values[0]
			continue
		}
		*value = strictjson.NewArray(values)
		for j := range values {
			from[&values[j]] = w.quads[i][j]
		}
	}
	return strictjson.NewObject(w.members)
}

var isTrue, isFalse = constant("true"), constant("false")

func constant(text string) strictjson.Value {
	value, _ := strictjson.Parse([]byte(text))
	return value
}

// literal is a literal as JSON has it.
func literal(term *rdf.Term, how taken) strictjson.Value {
	language := term.Language
	if texts, ok := strings.CutPrefix(term.Datatype, i18n); ok {
		language, _, _ = strings.Cut(texts, "_")
	}
	kind := ""
	for _, namespace := range [...]string{xsd, xsdSecure} {
		if name, ok := strings.CutPrefix(term.Datatype, namespace); ok {
			kind = name
		}
	}
	switch {
	case language != "" && how == asName:
		return strictjson.NewObject([]strictjson.Member{
			{Key: "@value", Value: strictjson.NewString(term.Value)}, {Key: "@language", Value: strictjson.NewString(language)},
		})
	case kind == "boolean" && term.Value == "true":
		return isTrue
	case kind == "boolean" && term.Value == "false":
		return isFalse
	case kind == "integer" || kind == "double" || kind == "float":
		text := term.Value
		if double, err := strconv.ParseFloat(text, 64); err == nil && kind != "integer" {
			text = strconv.FormatFloat(double, 'g', -1, 64)
			if -1e15 < double && double < 1e15 && (double > 1e-6 || double < -1e-6) {
				text = strconv.FormatFloat(double, 'f', -1, 64)
			}
		}
		if number, err := strictjson.Parse([]byte(text)); err == nil && number.Kind() == strictjson.Number {
			return number
		}
	}
	return strictjson.NewString(term.Value)
}
