package jsonld

import (
	"slices"
	"strings"

	"github.com/sealcheck/sealcheck/verifier/internal/strictjson"
	"github.com/sealcheck/sealcheck/verifier/report"
)

// container is a set of the keywords that @container may hold.
type container uint8

const (
	containsGraph container = 1 << iota
	containsID
	containsIndex
	containsLanguage
	containsList
	containsSet
	containsType
)

// direction is a base direction.
type direction uint8

const (
	noDirection direction = iota
	leftToRight
	rightToLeft
)

func (d direction) String() string { return [...]string{"", "ltr", "rtl"}[d] }

// coercion is what a type mapping does to values.
type coercion uint8

const (
	coerceNothing coercion = iota
	coerceID
	coerceVocab
	coerceJSON
	coerceNone // @none: keep values as they are
	coerceType // a datatype
)

// term is the definition of a term (JSON-LD 1.1 API section 4.1). It does not
// change any more once its context is there.
type term struct {
	iri       ref
	malformed bool // the IRI cannot be written in RDF

	coercion  coercion
	datatype  string // with coerceType
	container container

	prefix, protected, reverse bool
	inline                     bool // defined inside the document

	hasLanguage, hasDirection, hasScope bool
	language                            string // "" for null
	direction                           direction
	index, nest                         string

	scope *strictjson.Value // a context for what is below, with hasScope
	base  string            // against which addresses in scope are resolved
}

// same says whether two definitions mean the same, protection aside.
func (t *term) same(other *term) bool {
	return t.iri == other.iri && t.coercion == other.coercion && t.datatype == other.datatype &&
		t.container == other.container && t.prefix == other.prefix && t.reverse == other.reverse &&
		t.hasLanguage == other.hasLanguage && t.language == other.language &&
		t.hasDirection == other.hasDirection && t.direction == other.direction &&
		t.index == other.index && t.nest == other.nest && t.hasScope == other.hasScope &&
		(!t.hasScope || t.scope.Equal(*other.scope))
}

// definition is one context object on its way into an active context.
type definition struct {
	*processing
	result    *context
	members   []strictjson.Member
	places    map[string]int // in members; nil for few
	state     []uint8        // of each member
	protected bool
	base      string
}

const (
	untouched uint8 = iota
	defining
	defined
)

// place finds the member with a key, or -1.
func (d *definition) place(key string) int {
	if d.places != nil {
		if at, ok := d.places[key]; ok {
			return at
		}
		return -1
	}
	for i := range d.members {
		if d.members[i].Key == key {
			return i
		}
	}
	return -1
}

// define creates a term definition (API section 4.2.2).
func (d *definition) define(at int) *fault {
	name, value := d.members[at].Key, &d.members[at].Value
	bad := func(rule string) *fault { return badContext(rule, name, value) }

	// A definition that needs itself can never be made.
	switch d.state[at] {
	case defined:
		return nil
	case defining:
		return bad("cyclic IRI mapping")
	}
	if name == "" {
		return bad("invalid term definition")
	}
	d.state[at] = defining

	// Keywords keep their meaning. Only @type may be told to be a set always,
	// and to be protected. What looks like a keyword is left out.
	if name == "@type" {
		if !d.isTypeDefinition(value) {
			return bad("keyword redefinition")
		}
	} else if keywordOf(name) != notKeyword {
		return bad("keyword redefinition")
	} else if keywordForm(name) {
		d.result.note(lost(report.ContextKeywordUnknown, name, value))
		return nil
	}

	previous := d.result.terms[name]
	delete(d.result.terms, name)

	// The short forms are a string and null.
	var entries []strictjson.Member
	simple := false
	switch value.Kind() {
	case strictjson.Null, strictjson.String:
		entries, simple = []strictjson.Member{{Key: "@id", Value: *value}}, value.Kind() == strictjson.String
	case strictjson.Object:
		entries = value.Members()
	default:
		return bad("invalid term definition")
	}
	t := &term{protected: d.protected, inline: d.inline}
	switch f := d.fill(t, at, entries, simple); {
	case f == nil:
	case f == leftOut:
		d.result.remember(name, previous, nil)
		d.state[at] = defined
		return nil
	case f.code == "":
		return bad(f.name)
	default:
		return f
	}
	t.malformed = t.iri.form == formIRI && !wellFormed(t.iri.text)

	// A protected term keeps its meaning, unless the context belongs to a
	// property.
	if previous != nil && previous.protected && !d.override {
		if !t.same(previous) {
			return bad("protected term redefinition")
		}
		t = previous
	} else if d.inline && previous != nil && !t.same(previous) && !(d.scoped && previous.inline) {
		// Our own rule (T8): what stands in the document adds words and
		// changes none.
		return lost(report.ContextTermRedefined, name, value)
	}
	if d.inline && t.prefix && isSchemeInUse(name) {
		// "did:key:..." must not become anything but what it is.
		return lost(report.ContextTermRedefined, name, value)
	}
	d.result.terms[name] = t
	d.result.remember(name, previous, t)
	d.state[at] = defined
	return nil
}

// isSchemeInUse lists the schemes of identifiers that credentials use for whom
// and what they are about. Vocabularies have taken others for their names
// ("geo", "doi"): what such an identifier then stands for is read of the
// statements, as of any other.
func isSchemeInUse(name string) bool {
	switch strings.ToLower(name) {
	case "did", "urn", "http", "https", "data", "mailto", "tel", "tag", "ipfs", "ipns", "hl", "ni", "jwk", "cid", "file", "blob", "ftp", "ws", "wss":
		return true
	}
	return false
}

// isTypeDefinition says whether @type is only told to be a set or protected.
func (d *definition) isTypeDefinition(value *strictjson.Value) bool {
	if d.legacy() || value.Kind() != strictjson.Object || len(value.Members()) == 0 {
		return false
	}
	for _, m := range value.Members() {
		switch {
		case m.Key == "@container" && m.Value.Text() == "@set", m.Key == "@protected":
		case m.Key == "@id" && m.Value.Text() == "@type":
		default:
			return false
		}
	}
	return true
}

// rule is a fault that only names the rule; define says the term.
func rule(name string) *fault { return &fault{name: name} }

// leftOut says that a term is not defined, and that this was noted.
var leftOut = &fault{}

// fill reads the entries of a definition into a term.
func (d *definition) fill(t *term, at int, entries []strictjson.Member, simple bool) *fault {
	name := d.members[at].Key
	var id, reverse, typed, contained, index, scope, language, direction, nest, prefix *strictjson.Value
	for i := range entries {
		value := &entries[i].Value
		switch keywordOf(entries[i].Key) {
		case kwID:
			id = value
		case kwReverse:
			reverse = value
		case kwType:
			typed = value
		case kwContainer:
			contained = value
		case kwLanguage:
			language = value
		case kwIndex:
			index = value
		case kwContext:
			scope = value
		case kwDirection:
			direction = value
		case kwNest:
			nest = value
		case kwPrefix:
			prefix = value
		case kwProtected:
			if value.Kind() != strictjson.Bool {
				return rule("invalid @protected value")
			}
			if d.legacy() {
				return rule("invalid term definition")
			}
			t.protected = value.Truth()
		default:
			return rule("invalid term definition")
		}
	}
	if d.legacy() && (index != nil || scope != nil || direction != nil || nest != nil || prefix != nil) {
		return rule("invalid term definition")
	}
	if typed != nil {
		if f := d.fillType(t, typed); f != nil {
			return f
		}
	}
	if f := d.fillIRI(t, at, id, reverse, nest, simple); f != nil {
		return f
	}
	// The IRI is known from here on; other terms may already use it.
	if contained != nil {
		if f := d.fillContainer(t, contained); f != nil {
			return f
		}
	}
	if index != nil {
		// The property of an index must be one.
		if t.container&containsIndex == 0 || index.Kind() != strictjson.String {
			return rule("invalid term definition")
		}
		r, f := d.expand(index.Text(), true)
		if f != nil {
			return f
		}
		if r.form != formIRI {
			return rule("invalid term definition")
		}
		t.index = index.Text()
	}
	if scope != nil {
		t.scope, t.hasScope, t.base = scope, true, d.base
		if !d.lazy || d.inline {
			if f := d.checkScope(t); f != nil {
				if f.code == report.ContextInvalid {
					return rule("invalid scoped context")
				}
				f.name = "invalid scoped context"
				return f
			}
		}
	}
	if language != nil && typed == nil {
		if language.Kind() != strictjson.Null && language.Kind() != strictjson.String {
			return rule("invalid language mapping")
		}
		t.language, t.hasLanguage = strings.ToLower(language.Text()), true
		if language.Kind() == strictjson.String && !wellFormedLanguage(t.language) {
			d.result.note(lost(report.ContextLanguageMalformed, language.Text(), language))
		}
	}
	if direction != nil && typed == nil {
		var ok bool
		if t.direction, ok = directionOf(direction); !ok {
			return rule("invalid base direction")
		}
		t.hasDirection = true
	}
	if nest != nil {
		text := nest.Text()
		if nest.Kind() != strictjson.String || keywordOf(text) != notKeyword && text != "@nest" {
			return rule("invalid @nest value")
		}
		t.nest = text
	}
	if prefix != nil {
		if strings.ContainsAny(name, ":/") {
			return rule("invalid term definition")
		}
		if prefix.Kind() != strictjson.Bool {
			return rule("invalid @prefix value")
		}
		t.prefix = prefix.Truth()
		if t.prefix && t.iri.form == formKeyword {
			return rule("invalid term definition")
		}
	}
	return nil
}

// fillType reads a type mapping.
func (d *definition) fillType(t *term, typed *strictjson.Value) *fault {
	if typed.Kind() != strictjson.String {
		return rule("invalid type mapping")
	}
	r, f := d.expand(typed.Text(), true)
	if f != nil {
		return f
	}
	switch {
	case r.keyword == kwID:
		t.coercion = coerceID
	case r.keyword == kwVocab:
		t.coercion = coerceVocab
	case r.keyword == kwJSON && !d.legacy():
		t.coercion = coerceJSON
	case r.keyword == kwNone && !d.legacy():
		t.coercion = coerceNone
	case r.form == formIRI:
		t.coercion, t.datatype = coerceType, r.text
		if !wellFormed(r.text) {
			d.result.note(lost(report.ContextIriMalformed, r.text, typed))
		}
	default:
		return rule("invalid type mapping")
	}
	return nil
}

// fillIRI finds what the term stands for.
func (d *definition) fillIRI(t *term, at int, id, reverse, nest *strictjson.Value, simple bool) *fault {
	name := d.members[at].Key
	colon := strings.IndexByte(name, ':')
	slash := strings.IndexByte(name, '/')
	if reverse != nil {
		if id != nil || nest != nil {
			return rule("invalid reverse property")
		}
		if reverse.Kind() != strictjson.String {
			return rule("invalid IRI mapping")
		}
		if keywordForm(reverse.Text()) {
			d.result.note(lost(report.ContextKeywordUnknown, reverse.Text(), reverse))
			return leftOut
		}
		r, f := d.expand(reverse.Text(), true)
		if f != nil {
			return f
		}
		if r.form != formIRI && r.form != formBlank {
			return rule("invalid IRI mapping")
		}
		t.iri, t.reverse = r, true
		return nil
	}
	if id != nil && !(id.Kind() == strictjson.String && id.Text() == name) {
		if id.Kind() == strictjson.Null {
			return nil // the term means nothing, on purpose
		}
		if id.Kind() != strictjson.String {
			return rule("invalid IRI mapping")
		}
		if keywordOf(id.Text()) == notKeyword && keywordForm(id.Text()) {
			d.result.note(lost(report.ContextKeywordUnknown, id.Text(), id))
			return leftOut
		}
		r, f := d.expand(id.Text(), true)
		switch {
		case f != nil:
			return f
		case r.keyword == kwContext:
			return rule("invalid keyword alias")
		case r.form == formNull || r.form == formRelative:
			return rule("invalid IRI mapping")
		}
		// A term that looks like an IRI must be that IRI.
		if colon > 0 && colon < len(name)-1 || slash >= 0 {
			own, f := d.expandSelf(at)
			if f != nil {
				return f
			}
			if own != r {
				return rule("invalid IRI mapping")
			}
		}
		t.iri = r
		// The short form makes a prefix of what ends like one.
		t.prefix = simple && colon < 0 && slash < 0 &&
			(r.form == formBlank || r.form == formIRI && strings.IndexByte(":/?#[]@", r.text[len(r.text)-1]) >= 0)
		return nil
	}
	switch {
	case colon > 0:
		if before := d.place(name[:colon]); before >= 0 && before != at {
			if f := d.define(before); f != nil {
				return f
			}
		}
		if p := d.result.terms[name[:colon]]; p != nil && (p.iri.form == formIRI || p.iri.form == formBlank) {
			t.iri = classify(d.budget.join(p.iri.text, name[colon+1:]))
		} else if t.iri = classify(name); t.iri.form == formRelative {
			return rule("invalid IRI mapping")
		}
	case slash >= 0:
		r, f := d.expandSelf(at)
		if f != nil {
			return f
		}
		if r.form != formIRI {
			return rule("invalid IRI mapping")
		}
		t.iri = r
	case name == "@type":
		t.iri = ref{text: name, form: formKeyword, keyword: kwType}
	case d.result.hasVocab:
		t.iri = classify(d.budget.join(d.result.vocab, name))
	default:
		return rule("invalid IRI mapping")
	}
	return nil
}

// fillContainer reads @container.
func (d *definition) fillContainer(t *term, contained *strictjson.Value) *fault {
	if d.legacy() && contained.Kind() != strictjson.String {
		return rule("invalid container mapping")
	}
	count := 0
	for _, item := range contained.List() {
		var one container
		switch item.Text() {
		case "@graph":
			one = containsGraph
		case "@id":
			one = containsID
		case "@index":
			one = containsIndex
		case "@language":
			one = containsLanguage
		case "@list":
			one = containsList
		case "@set":
			one = containsSet
		case "@type":
			one = containsType
		}
		if one == 0 || t.container&one != 0 || d.legacy() && one&(containsGraph|containsID|containsType) != 0 {
			return rule("invalid container mapping")
		}
		t.container |= one
		count++
	}
	// Alone, or with @set; a graph also with @id or @index. Lists stay alone.
	switch rest := t.container &^ containsSet; {
	case count == 0:
		return rule("invalid container mapping")
	case count == 1, rest&(rest-1) == 0 && rest != containsList,
		rest == containsGraph|containsID, rest == containsGraph|containsIndex:
	default:
		return rule("invalid container mapping")
	}
	if t.reverse && t.container&^(containsSet|containsIndex) != 0 {
		return rule("invalid reverse property")
	}
	if t.container&containsType != 0 {
		switch t.coercion {
		case coerceNothing:
			t.coercion = coerceID
		case coerceID, coerceVocab:
		default:
			return rule("invalid type mapping")
		}
	}
	return nil
}

// expand expands an IRI inside a context (API section 5.2): terms of the same
// context that it needs are defined first.
func (d *definition) expand(text string, vocab bool) (ref, *fault) {
	if keywordOf(text) != notKeyword || keywordForm(text) {
		return d.result.expand(text, vocab, false, d.budget), nil
	}
	if at := d.place(text); at >= 0 {
		if f := d.define(at); f != nil {
			return ref{}, f
		}
	}
	if d.result.terms[text] == nil {
		if colon := strings.IndexByte(text, ':'); colon > 0 && !strings.HasPrefix(text[colon:], "://") {
			if at := d.place(text[:colon]); at >= 0 {
				if f := d.define(at); f != nil {
					return ref{}, f
				}
			}
		}
	}
	return d.result.expand(text, vocab, false, d.budget), nil
}

// expandSelf expands a term as if it were none.
func (d *definition) expandSelf(at int) (ref, *fault) {
	d.state[at] = defined
	r, f := d.expand(d.members[at].Key, true)
	d.state[at] = defining
	return r, f
}

// checkScope tries a scoped context where it is defined.
func (d *definition) checkScope(t *term) *fault {
	p := *d.processing
	p.override, p.propagate, p.scoped, p.repeat = !p.inline, true, true, false
	p.remotes = slices.Clip(p.remotes)
	if d.budget.exceeded() {
		return lost(report.ContextTooMany, "", t.scope)
	}
	_, f := p.process(d.result.clone(d.budget), t.scope, t.base)
	d.loads = p.loads
	return f
}

// directionOf reads a base direction; ok is false for anything but null,
// "ltr" and "rtl".
func directionOf(value *strictjson.Value) (d direction, ok bool) {
	switch {
	case value.Kind() == strictjson.Null:
		return noDirection, true
	case value.Text() == "ltr":
		return leftToRight, true
	case value.Text() == "rtl":
		return rightToLeft, true
	}
	return noDirection, false
}
