package jsonld

import (
	"slices"
	"strings"

	"github.com/sealcheck/sealcheck/verifier/internal/limits"
	"github.com/sealcheck/sealcheck/verifier/internal/strictjson"
	"github.com/sealcheck/sealcheck/verifier/report"
)

// expander expands one document. What is expanded is put on top of a stack,
// and whoever asked for it takes it from there.
type expander struct {
	library   *Library
	options   Options
	budget    budget
	stack     []object
	slab      slab
	used      []*remote
	choose    func(address string) int
	traces    []trace
	meanings  []Meaning
	typeTexts []string // of meanings
	// outermost is the @context of the document itself.
	outermost *strictjson.Value
}

// property is the active property: the key that a value belongs to, with its
// definition in a context.
type property struct {
	name    string
	special special
	context *context
	term    *term
	list    bool // the value is that of @list
}

// special are the active properties that are no keys.
type special uint8

const (
	aKey special = iota
	atTop
	inGraph
	inReverse
)

var top = property{special: atTop}

// in is the definition of the active property in a context.
func (p property) in(c *context) *term {
	if p.special != aKey {
		return nil
	}
	if p.context == c {
		return p.term
	}
	return c.terms[p.name]
}

// outcome is what came out of an element.
type outcome uint8

const (
	nothing outcome = iota // null
	single                 // one object
	several                // an array
)

func (x *expander) push(o object) { x.stack = append(x.stack, o) }

// take gives the objects above a mark, kept, and takes them off the stack.
func (x *expander) take(mark int) []object {
	taken := x.slab.keep(x.stack[mark:])
	x.stack = x.stack[:mark]
	return taken
}

// element expands any value (API section 5.1.2).
func (x *expander) element(c *context, p property, value *strictjson.Value, fromMap bool) (outcome, *fault) {
	switch value.Kind() {
	case strictjson.Null, strictjson.Absent:
		return nothing, nil
	case strictjson.Array:
		return x.array(c, p, value, fromMap)
	case strictjson.Object:
		return x.object(c, p, value, fromMap)
	}
	// A scalar outside of any property says nothing.
	if p.special == atTop || p.special == inGraph {
		return nothing, x.drop(value)
	}
	t := p.in(c)
	if t != nil && t.hasScope {
		var f *fault
		if c, f = x.scope(c, t, true, value); f != nil {
			return nothing, f
		}
		t = c.terms[p.name]
	}
	o, f := x.value(c, t, value)
	x.push(o)
	return single, f
}

// drop is what becomes of something that RDF cannot say: nothing, or an error
// where nothing may be lost.
func (x *expander) drop(at *strictjson.Value) *fault {
	if !x.options.Lossless {
		return nil
	}
	what := at.Text()
	if what == "" {
		what = at.Literal()
	}
	return lost(report.ContextValueLost, what, at)
}

// array expands the items of an array. An array in a list is a list again.
func (x *expander) array(c *context, p property, value *strictjson.Value, fromMap bool) (outcome, *fault) {
	t := p.in(c)
	// The specification only knows the lists of a container; the processors in
	// use take an array inside of @list for a list as well.
	isList := p.list || t != nil && t.container&containsList != 0
	p.list = false
	items := value.Items()
	for i := range items {
		mark := len(x.stack)
		got, f := x.element(c, p, &items[i], fromMap)
		if f != nil {
			return nothing, f
		}
		if isList && got == several {
			x.list(mark, &items[i])
		}
	}
	return several, nil
}

// list makes one list of the objects above a mark.
func (x *expander) list(mark int, source *strictjson.Value) {
	n := x.slab.node()
	n.objects = x.take(mark)
	x.push(object{kind: listObject, node: n, source: source})
}

// draft is an object that is being expanded. Its properties are on the stack,
// above its mark.
type draft struct {
	mark     int
	traced   int // where the meaning of the member stands that is being read
	source   *strictjson.Value
	node     node
	seen     [kwVocab + 1]bool
	value    *strictjson.Value
	json     bool // the type says that the value is JSON
	language string
	index    string
	items    []object // of @list and @set
	set      outcome
	// direction and typed are of a value.
	direction direction
	typed     ref
	manyTypes bool
}

// object expands an object.
func (x *expander) object(c *context, p property, value *strictjson.Value, fromMap bool) (outcome, *fault) {
	members := value.Members()
	property := p.in(c)

	// What a type meant for its node ends where the next node begins; but a
	// value, and a mere reference, belong to the node that they stand in.
	if c.previous != nil && !fromMap {
		stays := false
		for i := range members {
			switch c.keyword(members[i].Key) {
			case kwValue:
				stays = true
			case kwID:
				stays = stays || len(members) == 1
			}
		}
		if !stays {
			c = c.previous
		}
	}
	var f *fault
	if property != nil && property.hasScope {
		if c, f = x.scope(c, property, true, value); f != nil {
			return nothing, f
		}
	}
	if local, ok := find(members, "@context"); ok {
		if c, f = x.local(c, p, local); f != nil {
			return nothing, f
		}
	}
	// Types may bring contexts of their own, in the order of their names.
	scoped := c
	if c, f = x.typeScopes(scoped, members); f != nil {
		return nothing, f
	}

	d := draft{mark: len(x.stack), source: value}
	d.json = inputType(c, members)
	if f := x.members(c, scoped, p, members, &d); f != nil {
		return nothing, f
	}
	if x.budget.exceeded() {
		return nothing, lost(report.ContextGraphTooLarge, "", value)
	}
	return x.finish(c, p, &d)
}

// typeScopes applies the contexts of the types of an object: members in the
// order of their keys, and the types of each in the order of their names.
func (x *expander) typeScopes(scoped *context, members []strictjson.Member) (c *context, f *fault) {
	c = scoped
	var one [1]*strictjson.Member
	for _, at := range typeMembers(scoped, members, one[:0]) {
		if at.Value.Kind() != strictjson.Array {
			if c, f = x.typeScope(c, scoped, at.Value.Text(), at); f != nil {
				return nil, f
			}
			continue
		}
		var few [8]string
		names := few[:0]
		for _, item := range at.Value.Items() {
			if t := scoped.terms[item.Text()]; t != nil && t.hasScope {
				names = append(names, item.Text())
			}
		}
		slices.Sort(names)
		for _, name := range names {
			if c, f = x.typeScope(c, scoped, name, at); f != nil {
				return nil, f
			}
		}
	}
	return c, nil
}

// typeScope applies the context of one type.
func (x *expander) typeScope(c, scoped *context, name string, at *strictjson.Member) (*context, *fault) {
	if t := scoped.terms[name]; t != nil && t.hasScope {
		return x.scope(c, t, false, &at.Value)
	}
	return c, nil
}

// typeMembers appends the members that mean @type, in the order of their keys.
func typeMembers(c *context, members []strictjson.Member, found []*strictjson.Member) []*strictjson.Member {
	for i := range members {
		if c.keyword(members[i].Key) == kwType {
			found = append(found, &members[i])
		}
	}
	if len(found) > 1 {
		slices.SortFunc(found, func(a, b *strictjson.Member) int { return strings.Compare(a.Key, b.Key) })
	}
	return found
}

// inputType says whether the type of an object is @json: the last one of the
// first member that means @type.
func inputType(c *context, members []strictjson.Member) bool {
	var first *strictjson.Member
	for i := range members {
		if m := &members[i]; c.keyword(m.Key) == kwType && (first == nil || m.Key < first.Key) {
			first = m
		}
	}
	if first == nil {
		return false
	}
	last := &first.Value
	if items := last.Items(); len(items) > 0 {
		last = &items[len(items)-1]
	}
	return last.Kind() == strictjson.String && c.keyword(last.Text()) == kwJSON
}

// local processes the @context of an object.
func (x *expander) local(c *context, p property, local *strictjson.Value) (*context, *fault) {
	run := processing{library: x.library, propagate: true, repeat: true, lazy: x.options.Lossless, budget: &x.budget, choose: x.choose}
	if x.options.Lossless {
		run.inline = true
		// A credential in a presentation, which is a graph, begins a document
		// of its own.
		if t := p.in(p.context); local != x.outermost && (t == nil || t.container&containsGraph == 0) {
			// Our own rule (T8): below the top, contexts are known ones.
			items := local.Items()
			for i := range items {
				if items[i].Kind() != strictjson.String {
					return nil, lost(report.ContextNested, "@context", &items[i])
				}
			}
			if k := local.Kind(); k != strictjson.String && k != strictjson.Array {
				return nil, lost(report.ContextNested, "@context", local)
			}
		}
	}
	next, f := run.process(c, local, x.options.Base)
	return x.processed(next, run.uses, f, local)
}

// scope applies the scoped context of a term, for a property or for a type.
func (x *expander) scope(c *context, t *term, forProperty bool, at *strictjson.Value) (*context, *fault) {
	way := step{term: t, override: forProperty}
	if known, ok := c.known(way); ok {
		return x.processed(known.context, known.uses, nil, at)
	}
	run := processing{
		library: x.library, scoped: true, repeat: true, propagate: forProperty, budget: &x.budget,
		lazy: x.options.Lossless, inline: t.inline && x.options.Lossless,
	}
	run.override = forProperty && !run.inline
	if c.shelf != nil {
		run.budget = &budget{}
	}
	next, f := run.process(c, t.scope, t.base)
	if f == nil {
		next = c.keep(way, result{next, run.uses})
	}
	return x.processed(next, run.uses, f, at)
}

// processed notes what contexts were used, and what was lost in them.
func (x *expander) processed(next *context, uses []*remote, f *fault, at *strictjson.Value) (*context, *fault) {
	if f != nil {
		return nil, f.met(at)
	}
	for _, r := range uses {
		if slices.Contains(x.used, r) {
			continue
		}
		if x.used = append(x.used, r); len(x.used) > limits.ContextsLoaded {
			return nil, badContext("context overflow", "", at)
		}
	}
	if x.options.Lossless && next.noted != nil {
		f := *next.noted
		return nil, f.met(at)
	}
	return next, nil
}

// members expands the members of an object, and of what is nested in it
// (steps 13 and 14).
func (x *expander) members(c, scoped *context, p property, members []strictjson.Member, d *draft) *fault {
	var nests []*strictjson.Member
	traced := x.trace(members)
	for i := range members {
		m := &members[i]
		if m.Key == "@context" {
			x.mark(traced+i, m.Key)
			continue
		}
		t := c.terms[m.Key]
		var r ref
		if t != nil {
			r = t.iri
		} else {
			r = c.expand(m.Key, true, false, &x.budget)
		}
		var f *fault
		switch r.form {
		case formNull, formRelative:
			if x.options.Lossless {
				f = undefined(m.Key, &m.Value)
			}
		case formKeyword:
			d.traced = traced + i
			if r.keyword != kwType {
				x.mark(d.traced, r.text)
			}
			if r.keyword == kwNest {
				if x.options.Lossless {
					return lost(report.ContextNestUnexpected, m.Key, &m.Value)
				}
				nests = append(nests, m)
				continue
			}
			f = x.keyword(c, scoped, p, m, r.keyword, d)
		default:
			if x.options.Lossless {
				if r.form == formBlank {
					return lost(report.ContextPredicateBlank, m.Key, &m.Value)
				}
				if t != nil && t.malformed || t == nil && !wellFormed(r.text) {
					return lost(report.ContextIriMalformed, m.Key, &m.Value)
				}
			}
			x.mark(traced+i, r.text)
			f = x.property(c, t, r.text, m, d)
		}
		if f != nil {
			return f
		}
	}
	for _, m := range nests {
		c := c
		if t := c.terms[m.Key]; t != nil && t.hasScope {
			var f *fault
			if c, f = x.scope(c, t, true, &m.Value); f != nil {
				return f
			}
		}
		for _, nested := range m.Value.List() {
			if nested.Kind() != strictjson.Object {
				return broken("invalid @nest value", m.Key, &m.Value)
			}
			for _, inner := range nested.Members() {
				if c.keyword(inner.Key) == kwValue {
					return broken("invalid @nest value", m.Key, &m.Value)
				}
			}
			if f := x.members(c, scoped, p, nested.Members(), d); f != nil {
				return f
			}
		}
	}
	return nil
}

// property expands one member that means a property (steps 13.5 to 13.14).
func (x *expander) property(c *context, t *term, iri string, m *strictjson.Member, d *draft) *fault {
	mark := len(x.stack)
	var holds container
	if t != nil {
		holds = t.container
	}
	var got outcome
	var f *fault
	switch isMap := m.Value.Kind() == strictjson.Object; {
	case t != nil && t.coercion == coerceJSON:
		x.push(object{kind: valueObject, text: "@json", value: &m.Value, source: &m.Value})
		got = single
	case isMap && holds&containsLanguage != 0:
		got, f = several, x.languageMap(c, t, &m.Value)
	case isMap && holds&(containsIndex|containsID|containsType) != 0:
		got, f = several, x.indexMap(c, t, m)
	default:
		got, f = x.element(c, property{name: m.Key, context: c, term: t}, &m.Value, false)
	}
	if f != nil || got == nothing {
		return f
	}
	if holds&containsList != 0 && !(got == single && x.stack[mark].kind == listObject) {
		x.list(mark, &m.Value)
	}
	if holds&containsGraph != 0 && holds&(containsID|containsIndex) == 0 {
		for i := mark; i < len(x.stack); i++ {
			if x.options.Lossless && !x.stack[i].says() {
				return x.drop(x.stack[i].source)
			}
			x.stack[i] = x.graphOf(x.stack[i])
		}
	}
	unsaid := !x.options.Lossless && !isIRI(iri) // where nothing may be lost, that was refused
	for i := mark; i < len(x.stack); i++ {
		x.stack[i].property, x.stack[i].unsaid = iri, unsaid
	}
	if t != nil && t.reverse {
		return x.reverse(d, mark, m)
	}
	if mark == len(x.stack) {
		x.push(object{kind: noObject, property: iri})
	}
	return nil
}

// graphOf makes a graph of one object.
func (x *expander) graphOf(o object) object {
	n := x.slab.node()
	n.members = hasGraph
	n.graph = x.slab.keep([]object{o})
	return object{kind: nodeObject, node: n, source: o.source}
}

// reverse moves the objects above a mark to those of which the node is the
// value.
func (x *expander) reverse(d *draft, mark int, m *strictjson.Member) *fault {
	for i := mark; i < len(x.stack); i++ {
		switch x.stack[i].kind {
		case valueObject, listObject:
			return broken("invalid reverse property value", m.Key, &m.Value)
		}
		d.node.reverse = append(d.node.reverse, x.stack[i])
	}
	d.node.members |= hasReverse
	x.stack = x.stack[:mark]
	return nil
}

// finish makes an object of a draft (steps 15 to 19).
func (x *expander) finish(c *context, p property, d *draft) (outcome, *fault) {
	isValue, isList, isSet := d.seen[kwValue], d.seen[kwList], d.seen[kwSet]
	properties := len(x.stack) > d.mark || d.node.members&(hasReverse|hasGraph|hasIncluded) != 0
	switch {
	case isValue:
		if properties || isList || isSet || d.seen[kwID] || d.seen[kwType] && (d.seen[kwLanguage] || d.seen[kwDirection]) {
			return nothing, broken("invalid value object", "@value", d.source)
		}
		return x.finishValue(p, d)
	case isList || isSet:
		if properties || isList && isSet || d.seen[kwID] || d.seen[kwType] || d.seen[kwLanguage] || d.seen[kwDirection] {
			return nothing, broken("invalid set or list object", "@set", d.source)
		}
		if isSet {
			if d.seen[kwIndex] && x.options.Lossless {
				return nothing, x.drop(d.source)
			}
			x.stack = append(x.stack, d.items...)
			return d.set, nil
		}
		if p.special == atTop || p.special == inGraph {
			return nothing, x.drop(d.source)
		}
		n := x.slab.node()
		n.objects = d.items
		x.push(object{kind: listObject, node: n, index: d.index, hasIndex: d.seen[kwIndex], source: d.source})
		return single, nil
	case d.seen[kwLanguage] && !properties && !d.seen[kwID] && !d.seen[kwType] && !d.seen[kwIndex] && !d.seen[kwDirection]:
		return nothing, x.drop(d.source)
	}
	// A language beside properties says nothing in RDF, but Open Badges 2.0
	// writes it there, and every reader passes over it.
	if x.options.Lossless && d.seen[kwDirection] {
		return nothing, lost(report.ContextDirectionLost, d.direction.String(), d.source)
	}
	if x.options.Lossless && d.json {
		return nothing, lost(report.ContextTypeUndefined, "@json", d.node.types[len(d.node.types)-1].source)
	}
	o := object{
		kind: nodeObject, language: d.language, direction: d.direction,
		index: d.index, hasIndex: d.seen[kwIndex], source: d.source,
	}
	bare := !d.seen[kwLanguage] && !d.seen[kwDirection]
	if !properties && !d.seen[kwType] && bare && d.node.members == hasID {
		o.kind, o.text = nodeReference, d.node.id
	}
	if (p.special == atTop || p.special == inGraph) && !properties && !d.seen[kwType] && bare && !o.hasIndex {
		return nothing, x.drop(d.source) // an identifier alone, or not even that
	}
	if o.kind == nodeObject {
		o.node = x.slab.node()
		*o.node = d.node
		o.node.objects = x.take(d.mark)
	}
	x.push(o)
	return single, nil
}

// finishValue makes a value object of a draft.
func (x *expander) finishValue(p property, d *draft) (outcome, *fault) {
	isJSON := d.typed.keyword == kwJSON && !d.manyTypes
	switch {
	case isJSON:
	case d.value.Kind() == strictjson.Null:
		return nothing, x.drop(d.source)
	case d.value.Kind() != strictjson.String && d.seen[kwLanguage]:
		return nothing, broken("invalid language-tagged value", "@language", d.source)
	case d.seen[kwType] && (d.typed.form != formIRI || d.manyTypes || !wellFormed(d.typed.text)):
		return nothing, broken("invalid typed value", d.typed.text, d.source)
	}
	if p.special == atTop || p.special == inGraph {
		return nothing, x.drop(d.source)
	}
	if x.options.Lossless && d.direction != noDirection && (x.options.Direction == "" || d.value.Kind() != strictjson.String) {
		return nothing, lost(report.ContextDirectionLost, d.direction.String(), d.source)
	}
	x.push(object{
		kind: valueObject, value: d.value, text: d.typed.text, language: d.language, direction: d.direction,
		index: d.index, hasIndex: d.seen[kwIndex], source: d.source,
	})
	return single, nil
}
