package jsonld

import (
	"github.com/sealcheck/sealcheck/verifier/internal/strictjson"
	"github.com/sealcheck/sealcheck/verifier/report"
)

// value expands a scalar under a term, which may be nil (API section 5.3).
func (x *expander) value(c *context, t *term, value *strictjson.Value) (object, *fault) {
	o := object{kind: valueObject, value: value, source: value}
	isText := value.Kind() == strictjson.String
	if t != nil {
		switch t.coercion {
		case coerceID, coerceVocab:
			if isText {
				return x.reference(c, value, t.coercion == coerceVocab)
			}
		case coerceType:
			o.text = t.datatype
			return o, nil
		case coerceJSON: // the scalars of a property index
			o.text = "@json"
			return o, nil
		}
	}
	if isText {
		o.language, o.direction = c.language, c.direction
		if t != nil && t.hasLanguage {
			o.language = t.language
		}
		if t != nil && t.hasDirection {
			o.direction = t.direction
		}
		if o.direction != noDirection && x.options.Lossless && x.options.Direction == "" {
			return o, lost(report.ContextDirectionLost, o.direction.String(), value)
		}
	}
	return o, nil
}

// reference expands a text that names a node.
func (x *expander) reference(c *context, value *strictjson.Value, vocab bool) (object, *fault) {
	o := object{kind: nodeReference, source: value}
	r := c.expand(value.Text(), vocab, true, &x.budget)
	o.text = r.text
	if x.options.Lossless {
		return o, checkNode(r, value.Text(), value)
	}
	if r.form == formNull {
		o.kind, o.text, o.node = nodeObject, "", x.slab.node()
		o.node.members = hasID | hasNullID
	}
	return o, nil
}
