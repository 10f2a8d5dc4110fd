package jsonld

import (
	"github.com/sealcheck/sealcheck/verifier/internal/strictjson"
)

// kind is what an expanded object is (JSON-LD 1.1 section 9).
type kind uint8

const (
	nodeObject kind = iota
	nodeReference
	valueObject
	listObject
	noObject // stands for an empty array, so that JSON shows its property
)

// object is one expanded object as a value of a property. The objects of a
// node stand in a row, each with its property: RDF groups nothing.
type object struct {
	kind      kind
	direction direction
	hasIndex  bool
	unsaid    bool   // the property is no IRI, which RDF asks for
	property  string // the IRI, "" in lists and graphs
	index     string
	// text is the datatype of a value ("" for none, "@json" for JSON), and the
	// identifier of a reference.
	text     string
	language string
	value    *strictjson.Value // of a value object
	node     *node             // of a node and of a list
	source   *strictjson.Value // in the document
}

// node is what a node object and a list object hold.
type node struct {
	id      string
	members membership
	types   []typeName
	objects []object // properties with their values, or the items of a list
	reverse []object
	graph   []object
	include []object
}

// membership says which keywords a node object has.
type membership uint8

const (
	hasID membership = 1 << iota
	hasNullID
	hasTypes
	hasReverse
	hasGraph
	hasIncluded
)

type typeName struct {
	iri    string
	source *strictjson.Value
}

// isGraph says whether an object is a graph object: @graph, and at most @id
// and @index.
func (o *object) isGraph() bool {
	return o.kind == nodeObject && o.node.members&hasGraph != 0 && o.node.members&^(hasGraph|hasID|hasNullID) == 0 &&
		len(o.node.objects) == 0
}

// says tells whether a node object says anything besides its identifier.
func (o *object) says() bool {
	return o.kind == nodeObject && (o.node.members&^(hasID|hasNullID) != 0 || len(o.node.objects) > 0 || o.hasIndex || o.language != "")
}

// slab hands out objects and nodes from larger pieces of memory.
type slab struct {
	objects []object
	nodes   []node
}

// keep copies objects to where they stay.
func (s *slab) keep(objects []object) []object {
	if len(objects) == 0 {
		return nil
	}
	if cap(s.objects)-len(s.objects) < len(objects) {
		s.objects = make([]object, 0, max(len(objects), min(16+cap(s.objects)/2, 32)))
	}
	start := len(s.objects)
	s.objects = append(s.objects, objects...)
	return s.objects[start:len(s.objects):len(s.objects)]
}

func (s *slab) node() *node {
	if len(s.nodes) == cap(s.nodes) {
		s.nodes = make([]node, 0, min(4+cap(s.nodes), 16))
	}
	s.nodes = append(s.nodes, node{})
	return &s.nodes[len(s.nodes)-1]
}

// null is JSON's null, which strictjson only reads.
var null, _ = strictjson.Parse([]byte("null"))

// JSON is the expanded document as JSON, an array.
func (e *Expanded) JSON() strictjson.Value { return array(e.objects) }

func array(objects []object) strictjson.Value {
	items := make([]strictjson.Value, 0, len(objects))
	for i := range objects {
		if objects[i].kind != noObject {
			items = append(items, objects[i].json())
		}
	}
	return strictjson.NewArray(items)
}

func (o *object) json() strictjson.Value {
	var members []strictjson.Member
	add := func(key string, value strictjson.Value) {
		members = append(members, strictjson.Member{Key: key, Value: value})
	}
	switch o.kind {
	case nodeReference:
		add("@id", strictjson.NewString(o.text))
	case valueObject:
		add("@value", *o.value)
		if o.text != "" {
			add("@type", strictjson.NewString(o.text))
		}
	case listObject:
		add("@list", array(o.node.objects))
	case nodeObject:
		members = o.node.json()
	}
	if o.language != "" {
		add("@language", strictjson.NewString(o.language))
	}
	if o.direction != noDirection {
		add("@direction", strictjson.NewString(o.direction.String()))
	}
	if o.hasIndex {
		add("@index", strictjson.NewString(o.index))
	}
	return strictjson.NewObject(members)
}

func (n *node) json() []strictjson.Member {
	var members []strictjson.Member
	add := func(key string, value strictjson.Value) {
		members = append(members, strictjson.Member{Key: key, Value: value})
	}
	switch {
	case n.members&hasNullID != 0:
		add("@id", null)
	case n.members&hasID != 0:
		add("@id", strictjson.NewString(n.id))
	}
	if n.members&hasTypes != 0 {
		types := make([]strictjson.Value, len(n.types))
		for i := range n.types {
			types[i] = strictjson.NewString(n.types[i].iri)
		}
		add("@type", strictjson.NewArray(types))
	}
	if n.members&hasReverse != 0 {
		add("@reverse", strictjson.NewObject(grouped(n.reverse, nil)))
	}
	if n.members&hasGraph != 0 {
		add("@graph", array(n.graph))
	}
	if n.members&hasIncluded != 0 {
		add("@included", array(n.include))
	}
	return grouped(n.objects, members)
}

// grouped gathers the objects of each property.
func grouped(objects []object, members []strictjson.Member) []strictjson.Member {
	var names []string
	groups := map[string][]object{}
	for _, o := range objects {
		if _, ok := groups[o.property]; !ok {
			names = append(names, o.property)
		}
		groups[o.property] = append(groups[o.property], o)
	}
	for _, name := range names {
		members = append(members, strictjson.Member{Key: name, Value: array(groups[name])})
	}
	return members
}
