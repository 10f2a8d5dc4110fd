package jsonld

import (
	"strings"

	"github.com/sealcheck/sealcheck/verifier/internal/strictjson"
	"github.com/sealcheck/sealcheck/verifier/report"
)

// keyword expands a member that means a keyword (step 13.4).
func (x *expander) keyword(c, scoped *context, p property, m *strictjson.Member, k keyword, d *draft) *fault {
	value := &m.Value
	if p.special == inReverse {
		return broken("invalid reverse property map", m.Key, value)
	}
	if d.seen[k] && k != kwIncluded && k != kwType {
		return broken("colliding keywords", m.Key, value)
	}
	d.seen[k] = true
	switch k {
	case kwID:
		return x.entryID(c, value, d)
	case kwType:
		return x.entryType(scoped, m, d)
	case kwGraph:
		mark := len(x.stack)
		if _, f := x.element(c, property{special: inGraph}, value, false); f != nil {
			return f
		}
		d.node.graph = x.take(mark)
		d.node.members |= hasGraph
	case kwIncluded:
		return x.entryIncluded(c, value, d)
	case kwValue:
		if !d.json && value.Kind() >= strictjson.Array || d.json && c.legacy {
			return broken("invalid value object value", m.Key, value)
		}
		d.value = value
	case kwLanguage:
		return x.entryLanguage(value, d)
	case kwDirection:
		if c.legacy {
			d.seen[k] = false
			return nil
		}
		var ok bool
		if d.direction, ok = directionOf(value); !ok || d.direction == noDirection {
			return broken("invalid base direction", m.Key, value)
		}
	case kwIndex:
		if value.Kind() != strictjson.String {
			return broken("invalid @index value", m.Key, value)
		}
		if x.options.Lossless { // RDF has no place for it
			return x.drop(value)
		}
		d.index = value.Text()
	case kwList, kwSet:
		return x.entryItems(c, p, k, m, d)
	case kwReverse:
		return x.entryReverse(c, m, d)
	default:
		d.seen[k] = false
		if x.options.Lossless {
			return lost(report.ContextKeywordUnknown, m.Key, value)
		}
	}
	return nil
}

func (x *expander) entryID(c *context, value *strictjson.Value, d *draft) *fault {
	if value.Kind() != strictjson.String {
		if value.Kind() == strictjson.Null && x.options.Lossless {
			return lost(report.ContextIdNull, "@id", value)
		}
		return broken("invalid @id value", "@id", value)
	}
	r := c.expand(value.Text(), false, true, &x.budget)
	if x.options.Lossless {
		if f := checkNode(r, value.Text(), value); f != nil {
			return f
		}
	}
	d.node.id, d.node.members = r.text, d.node.members|hasID
	if r.form == formNull {
		d.node.members |= hasNullID
	}
	return nil
}

func (x *expander) entryType(scoped *context, m *strictjson.Member, d *draft) *fault {
	items := m.Value.Items()
	switch m.Value.Kind() {
	case strictjson.String:
		items = nil
	case strictjson.Array:
		for i := range items {
			if items[i].Kind() != strictjson.String {
				return broken("invalid type value", m.Key, &items[i])
			}
		}
		if len(items) == 0 {
			d.manyTypes = true
		}
	default:
		return broken("invalid type value", m.Key, &m.Value)
	}
	if d.node.types == nil {
		d.node.types = make([]typeName, 0, max(1, len(items)))
	}
	start := len(d.node.types)
	for i := 0; i < max(1, len(items)); i++ {
		value := &m.Value
		if m.Value.Kind() == strictjson.Array {
			if i == len(items) {
				break
			}
			value = &items[i]
		}
		text := value.Text()
		var r ref
		if t := scoped.terms[text]; t != nil {
			r = t.iri
		} else {
			r = scoped.expand(text, true, true, &x.budget)
		}
		if x.options.Lossless && !(r.keyword == kwJSON && d.json) {
			if f := checkType(r, text, value); f != nil {
				return f
			}
		}
		d.manyTypes = d.manyTypes || len(d.node.types) > 0
		d.typed = r
		d.node.types = append(d.node.types, typeName{r.text, value})
	}
	d.node.members |= hasTypes
	x.markTypes(d.traced, d.node.types[start:])
	return nil
}

func (x *expander) entryIncluded(c *context, value *strictjson.Value, d *draft) *fault {
	if x.options.Lossless {
		return lost(report.ContextIncludedUnexpected, "@included", value)
	}
	if c.legacy {
		return nil
	}
	mark := len(x.stack)
	got, f := x.element(c, top, value, false)
	if f != nil {
		return f
	}
	if got == nothing {
		return broken("invalid @included value", "@included", value)
	}
	for i := mark; i < len(x.stack); i++ {
		if x.stack[i].kind != nodeObject {
			return broken("invalid @included value", "@included", value)
		}
	}
	d.node.include = append(d.node.include, x.take(mark)...)
	d.node.members |= hasIncluded
	return nil
}

func (x *expander) entryLanguage(value *strictjson.Value, d *draft) *fault {
	if value.Kind() == strictjson.Null && x.options.Lossless {
		// The specification calls this an error; those who sign credentials
		// read it as no language, and nothing is lost.
		d.seen[kwLanguage] = false
		return nil
	}
	if value.Kind() != strictjson.String {
		return broken("invalid language-tagged string", "@language", value)
	}
	if x.options.Lossless && !wellFormedLanguage(value.Text()) {
		return lost(report.ContextLanguageMalformed, value.Text(), value)
	}
	d.language = strings.ToLower(value.Text())
	return nil
}

// entryItems expands @list and @set.
func (x *expander) entryItems(c *context, p property, k keyword, m *strictjson.Member, d *draft) *fault {
	if k == kwList && (p.special == atTop || p.special == inGraph) {
		return x.drop(&m.Value)
	}
	mark := len(x.stack)
	p.list = k == kwList
	got, f := x.element(c, p, &m.Value, false)
	if f != nil {
		return f
	}
	if got == nothing && x.options.Lossless {
		// Readers disagree on what a list or set of null is.
		return x.drop(&m.Value)
	}
	d.items, d.set = x.take(mark), got
	return nil
}

// entryReverse expands @reverse: its properties point at the node; those that
// are reversed themselves point away from it again.
func (x *expander) entryReverse(c *context, m *strictjson.Member, d *draft) *fault {
	if m.Value.Kind() != strictjson.Object {
		return broken("invalid @reverse value", m.Key, &m.Value)
	}
	mark := len(x.stack)
	if _, f := x.element(c, property{special: inReverse}, &m.Value, false); f != nil {
		return f
	}
	inner := x.take(mark)
	for i := range inner {
		if inner[i].node == nil {
			continue
		}
		n := inner[i].node
		x.stack = append(x.stack, n.reverse...)
		for _, o := range n.objects {
			if o.kind == valueObject || o.kind == listObject {
				return broken("invalid reverse property value", m.Key, &m.Value)
			}
			d.node.reverse = append(d.node.reverse, o)
			d.node.members |= hasReverse
		}
	}
	return nil
}
