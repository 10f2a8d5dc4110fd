package jsonld

import (
	"slices"
	"strings"

	"github.com/sealcheck/sealcheck/verifier/internal/strictjson"
	"github.com/sealcheck/sealcheck/verifier/report"
)

// languageMap expands the value of a term with @container @language (step
// 13.7).
func (x *expander) languageMap(c *context, t *term, value *strictjson.Value) *fault {
	direction := c.direction
	if t.hasDirection {
		direction = t.direction
	}
	members := value.Members()
	for i := range members {
		m := &members[i]
		language := strings.ToLower(m.Key)
		if c.expand(m.Key, true, false, &x.budget).keyword == kwNone {
			language = ""
		} else if x.options.Lossless && !wellFormedLanguage(language) {
			return lost(report.ContextLanguageMalformed, m.Key, &m.Value)
		}
		items := []strictjson.Value(nil)
		if m.Value.Kind() == strictjson.Array {
			items = m.Value.Items()
		}
		for j := 0; ; j++ {
			item := &m.Value
			if m.Value.Kind() == strictjson.Array {
				if j == len(items) {
					break
				}
				item = &items[j]
			} else if j > 0 {
				break
			}
			switch item.Kind() {
			case strictjson.Null:
				continue
			case strictjson.String:
			default:
				return broken("invalid language map value", m.Key, item)
			}
			if x.options.Lossless && direction != noDirection && x.options.Direction == "" {
				return lost(report.ContextDirectionLost, direction.String(), item)
			}
			x.push(object{kind: valueObject, value: item, language: language, direction: direction, source: item})
		}
	}
	return nil
}

// indexMap expands the value of a term with @container @index, @id or @type
// (step 13.8).
func (x *expander) indexMap(c *context, t *term, at *strictjson.Member) *fault {
	members := at.Value.Members()
	order := make([]*strictjson.Member, len(members))
	for i := range members {
		order[i] = &members[i]
	}
	slices.SortFunc(order, func(a, b *strictjson.Member) int { return strings.Compare(a.Key, b.Key) })
	for _, m := range order {
		if f := x.indexed(c, t, at, m); f != nil {
			return f
		}
	}
	return nil
}

// indexed expands one entry of such a map. What a type meant for its node ends
// at a map of types, but not at one of identifiers: there the specification
// differs (step 13.8.3.1) from the processors in use, which agree, and from
// what its tests ask for, which is both.
func (x *expander) indexed(c *context, t *term, at, m *strictjson.Member) *fault {
	mapped := c
	if t.container&containsType != 0 {
		if c.previous != nil {
			mapped = c.previous
		}
		if scoped := mapped.terms[m.Key]; scoped != nil && scoped.hasScope {
			var f *fault
			if mapped, f = x.scope(mapped, scoped, false, &m.Value); f != nil {
				return f
			}
		}
	}
	index := c.expand(m.Key, true, false, &x.budget)
	mark := len(x.stack)
	p := property{name: at.Key, context: mapped, term: mapped.terms[at.Key]}
	if _, f := x.element(mapped, p, &m.Value, true); f != nil {
		return f
	}
	for i := mark; i < len(x.stack); i++ {
		o := &x.stack[i]
		if t.container&containsGraph != 0 && !o.isGraph() {
			if x.options.Lossless && !o.says() {
				return x.drop(o.source)
			}
			*o = x.graphOf(*o)
		}
		if index.keyword == kwNone {
			continue
		}
		if f := x.indexOne(c, t, o, index, m); f != nil {
			return f
		}
	}
	return nil
}

// indexOne adds to an object what the key of the map says about it.
func (x *expander) indexOne(c *context, t *term, o *object, index ref, m *strictjson.Member) *fault {
	switch {
	case t.container&containsIndex != 0 && t.index != "":
		// The key is the value of a property.
		if o.kind == valueObject || o.kind == listObject {
			return broken("invalid value object", m.Key, &m.Value)
		}
		iri := c.expand(t.index, true, false, &x.budget)
		given := strictjson.NewString(m.Key)
		added, f := x.value(c, c.terms[t.index], &given)
		if f != nil {
			return f
		}
		added.property, added.source = iri.text, &m.Value
		if added.unsaid = !isIRI(iri.text); x.options.Lossless {
			if added.unsaid = false; !wellFormed(iri.text) {
				return lost(report.ContextIriMalformed, t.index, &m.Value)
			}
		}
		x.own(o)
		o.node.objects = append([]object{added}, o.node.objects...)
	case t.container&containsIndex != 0:
		if x.options.Lossless { // RDF has no place for it
			return lost(report.ContextValueLost, m.Key, &m.Value)
		}
		if !o.hasIndex {
			o.index, o.hasIndex = m.Key, true
		}
	case o.kind == valueObject || o.kind == listObject:
		return broken("invalid value object", m.Key, &m.Value)
	case t.container&containsID != 0:
		if o.kind == nodeReference || o.node.members&hasID != 0 {
			return nil
		}
		r := c.expand(m.Key, false, true, &x.budget)
		if x.options.Lossless {
			if f := checkNode(r, m.Key, &m.Value); f != nil {
				return f
			}
		}
		o.node.id, o.node.members = r.text, o.node.members|hasID
		if r.form == formNull {
			o.node.members |= hasNullID
		}
	case t.container&containsType != 0:
		r := c.expand(m.Key, true, true, &x.budget)
		if x.options.Lossless {
			if f := checkType(r, m.Key, &m.Value); f != nil {
				return f
			}
		}
		x.own(o)
		o.node.types = append([]typeName{{r.text, &m.Value}}, o.node.types...)
		o.node.members |= hasTypes
	}
	return nil
}

// own makes a node of a reference, so that it can be added to.
func (x *expander) own(o *object) {
	if o.kind == nodeReference {
		o.node = x.slab.node()
		o.node.id, o.node.members = o.text, hasID
		o.kind, o.text = nodeObject, ""
	}
}
