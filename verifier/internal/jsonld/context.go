package jsonld

import (
	"maps"
	"slices"
	"strings"
	"sync"

	"github.com/sealcheck/sealcheck/verifier/internal/limits"
	"github.com/sealcheck/sealcheck/verifier/internal/strictjson"
	"github.com/sealcheck/sealcheck/verifier/report"
)

// context is an active context (API section 4.1). It does not change any more
// once it is in use; what is derived from it is kept with it.
type context struct {
	terms       map[string]*term
	aliases     []alias // the terms that stand for keywords, if they are few
	manyAliases bool
	vocab       string
	hasVocab    bool

	base, document string // the base IRI, and that of the document
	language       string
	direction      direction
	guarded        bool     // some term is protected
	previous       *context // to go back to in nodes below
	legacy         bool

	noted *fault // the first thing that a lossless reader must not pass over

	mu      sync.Mutex
	shelf   *shelf // nil where nothing must outlive one document
	derived map[step]result
}

// alias is a term that stands for a keyword.
type alias struct {
	name    string
	keyword keyword
}

// step is one way from an active context to another: over a remote context,
// or over the scoped context of a term.
type step struct {
	remote   *remote
	term     *term
	override bool
}

// result is where a step leads, and what it used.
type result struct {
	context *context
	uses    []*remote
}

// newContext is an active context without terms.
func newContext(base string, legacy bool) *context {
	return &context{terms: map[string]*term{}, base: base, document: base, legacy: legacy}
}

// clone makes a copy to change.
func (c *context) clone(b *budget) *context {
	b.copied += len(c.terms)
	return &context{
		terms: maps.Clone(c.terms), aliases: c.aliases, manyAliases: c.manyAliases, vocab: c.vocab, hasVocab: c.hasVocab,
		base: c.base, document: c.document, language: c.language, direction: c.direction,
		guarded: c.guarded, previous: c.previous, legacy: c.legacy, noted: c.noted,
	}
}

// note keeps the first loss of a context that is being made.
func (c *context) note(f *fault) {
	if c.noted == nil {
		c.noted = f
	}
}

// fewAliases is how many aliases are looked through one by one: contexts have
// two, "id" and "type".
const fewAliases = 8

// remember keeps the list of aliases; t is nil for a term that is gone.
func (c *context) remember(name string, previous, t *term) {
	if t != nil {
		c.guarded = c.guarded || t.protected
	}
	if c.manyAliases {
		return
	}
	if previous != nil && previous.iri.form == formKeyword {
		c.aliases = slices.DeleteFunc(slices.Clone(c.aliases), func(a alias) bool { return a.name == name })
	}
	if t != nil && t.iri.form == formKeyword {
		c.aliases = append(slices.Clip(c.aliases), alias{name, t.iri.keyword})
		c.manyAliases = len(c.aliases) > fewAliases
	}
}

// keyword tells which keyword a key stands for, itself or as its alias.
func (c *context) keyword(key string) keyword {
	if k := keywordOf(key); k != notKeyword {
		return k
	}
	if c.manyAliases {
		if t := c.terms[key]; t != nil {
			return t.iri.keyword
		}
		return notKeyword
	}
	for i := range c.aliases {
		if c.aliases[i].name == key {
			return c.aliases[i].keyword
		}
	}
	return notKeyword
}

// expand expands an IRI (API section 5.2): against the terms and @vocab, and
// against the base, as asked.
func (c *context) expand(text string, vocab, relative bool, b *budget) ref {
	if len(text) > 0 && text[0] == '@' {
		if k := keywordOf(text); k != notKeyword {
			return ref{text: text, form: formKeyword, keyword: k}
		}
		if keywordForm(text) {
			return ref{}
		}
	}
	if vocab {
		if t := c.terms[text]; t != nil {
			return t.iri
		}
	} else if k := c.keyword(text); k != notKeyword {
		return ref{text: c.terms[text].iri.text, form: formKeyword, keyword: k}
	}
	if colon := strings.IndexByte(text, ':'); colon > 0 {
		if strings.HasPrefix(text, "_:") {
			return ref{text: text, form: formBlank}
		}
		if !strings.HasPrefix(text[colon+1:], "//") {
			if t := c.terms[text[:colon]]; t != nil && t.prefix && (t.iri.form == formIRI || t.iri.form == formBlank) {
				return classify(b.join(t.iri.text, text[colon+1:]))
			}
		}
		if hasScheme(text) {
			return ref{text: text, form: formIRI}
		}
	}
	if vocab && c.hasVocab {
		return classify(b.join(c.vocab, text))
	}
	if relative {
		text = b.resolve(c.base, text)
	}
	return classify(text)
}

// processing is one run of the Context Processing Algorithm (API section
// 4.1.2) with what it hands on to the runs inside.
type processing struct {
	library   *Library
	remotes   []string // the addresses that the run is inside of
	override  bool     // protected terms may change
	propagate bool
	repeat    bool // an address that the run is inside of is an error
	lazy      bool // scoped contexts are looked at when they are used
	inline    bool // our own rules for what stands in a document apply (T8)
	scoped    bool // the context belongs to a term
	// budget is that of the document, or a new one for what is kept for other
	// documents: what one document may do must not hang on those before it.
	budget *budget
	uses   []*remote
	loads  int
	choose func(address string) int
}

func (d *definition) legacy() bool { return d.result.legacy }

// process gives the context that a local context makes of an active one.
func (p *processing) process(active *context, local *strictjson.Value, base string) (*context, *fault) {
	result, own := active, false
	propagate := p.propagate
	if at, ok := local.Get("@propagate"); ok {
		if at.Kind() != strictjson.Bool {
			return nil, badContext("invalid @propagate value", "@propagate", local)
		}
		propagate = at.Truth()
	}
	if !propagate && result.previous == nil {
		result, own = active.clone(p.budget), true
		result.previous = active
	}
	items := local.Items()
	if local.Kind() != strictjson.Array {
		items = nil
	}
	for i := 0; ; i++ {
		item := local
		if local.Kind() == strictjson.Array {
			if i == len(items) {
				break
			}
			item = &items[i]
		} else if i > 0 {
			break
		}
		var f *fault
		switch item.Kind() {
		case strictjson.Null:
			if p.inline && (len(result.terms) > 0 || result.hasVocab || result.base != "") {
				// Our own rule (T8): nothing in a document wipes known words.
				return nil, lost(report.ContextTermRedefined, "@context", item)
			}
			if !p.override && result.guarded {
				return nil, badContext("invalid context nullification", "@context", item)
			}
			previous := result.previous
			result, own = newContext(result.document, result.legacy), true
			if !propagate {
				result.previous = previous
			}
		case strictjson.String:
			result, f = p.load(result, item, base)
			own = false
		case strictjson.Object:
			if !own {
				result, own = result.clone(p.budget), true
			}
			f = p.define(result, item, base)
		default:
			f = badContext("invalid local context", "@context", item)
		}
		if f != nil {
			return nil, f
		}
		if p.budget.exceeded() {
			return nil, lost(report.ContextTooMany, "", item)
		}
	}
	return result, nil
}

// load processes the remote context at an address.
func (p *processing) load(active *context, item *strictjson.Value, base string) (*context, *fault) {
	address := p.budget.resolve(base, item.Text())
	bad := func(rule string) (*context, *fault) { return nil, badContext(rule, address, item) }
	if slices.Contains(p.remotes, address) && !p.repeat {
		return active, nil
	}
	if p.loads++; p.loads > limits.ContextsLoaded || len(p.remotes) >= limits.JSONDepth {
		return bad("context overflow")
	}
	found, rule := p.find(address)
	if rule != "" {
		return bad(rule)
	}
	p.use(found)
	// From the document itself the way is the same every time.
	outermost := len(p.remotes) == 0 && p.repeat
	way := step{remote: found, override: p.override}
	if outermost {
		if known, ok := active.known(way); ok {
			p.use(known.uses...)
			return known.context, nil
		}
	}
	inner := *p
	inner.remotes = append(slices.Clip(p.remotes), address)
	inner.inline, inner.uses, inner.propagate, inner.budget = false, nil, true, &budget{}
	next, f := inner.process(active, found.context, address)
	if f != nil {
		return nil, f.met(item)
	}
	p.loads = inner.loads
	p.use(inner.uses...)
	if active.shelf == nil {
		p.budget.copied += len(next.terms)
	}
	if outermost && next != active {
		next = active.keep(way, result{next, inner.uses})
	}
	return next, nil
}

// find is the chosen version of the document at an address, or the rule that
// is broken.
func (p *processing) find(address string) (*remote, string) {
	versions := p.library.find(address)
	if len(versions) == 0 {
		return nil, "loading remote context failed"
	}
	chosen := versions[0]
	if p.choose != nil && len(p.remotes) == 0 && !p.scoped {
		chosen = versions[p.choose(address)]
	}
	if chosen.context == nil {
		return nil, "invalid remote context"
	}
	return chosen, ""
}

func (p *processing) use(used ...*remote) {
	for _, r := range used {
		if !slices.Contains(p.uses, r) {
			p.uses = append(p.uses, r)
		}
	}
}

// define reads one context object into a context of our own.
func (p *processing) define(result *context, local *strictjson.Value, base string) *fault {
	members := local.Members()
	if source, ok := find(members, "@import"); ok {
		if p.inline {
			return lost(report.ContextImport, source.Text(), source)
		}
		merged, f := p.imported(result, source, members, base)
		if f != nil {
			return f
		}
		members = merged
	}
	d := definition{processing: p, result: result, members: members, base: base, state: make([]uint8, len(members))}
	if len(members) > 8 {
		d.places = make(map[string]int, len(members))
		for i := range members {
			d.places[members[i].Key] = i
		}
	}
	if f := d.settings(); f != nil {
		return f
	}
	for i := range members {
		switch keywordOf(members[i].Key) {
		case kwBase, kwDirection, kwImport, kwLanguage, kwPropagate, kwProtected, kwVersion, kwVocab:
			continue
		}
		if f := d.define(i); f != nil {
			return f
		}
	}
	return nil
}

// find is a member of a list of members.
func find(members []strictjson.Member, key string) (*strictjson.Value, bool) {
	for i := range members {
		if members[i].Key == key {
			return &members[i].Value, true
		}
	}
	return nil, false
}

// imported is a context with what it imports, which it may override.
func (p *processing) imported(result *context, source *strictjson.Value, members []strictjson.Member, base string) ([]strictjson.Member, *fault) {
	bad := func(rule, what string) ([]strictjson.Member, *fault) { return nil, badContext(rule, what, source) }
	if result.legacy {
		return bad("invalid context entry", "@import")
	}
	if source.Kind() != strictjson.String {
		return bad("invalid @import value", "@import")
	}
	address := p.budget.resolve(base, source.Text())
	if p.loads++; p.loads > limits.ContextsLoaded {
		return bad("context overflow", address)
	}
	found, rule := p.find(address)
	if rule != "" {
		return bad(rule, address)
	}
	p.use(found)
	if found.context.Kind() != strictjson.Object {
		return bad("invalid remote context", address)
	}
	if _, ok := found.context.Get("@import"); ok {
		return bad("invalid context entry", address)
	}
	merged := slices.Clone(members)
	for _, m := range found.context.Members() {
		if _, ok := find(members, m.Key); !ok {
			merged = append(merged, m)
		}
	}
	return merged, nil
}

// settings reads the keywords of a context object.
func (d *definition) settings() *fault {
	c := d.result
	bad := func(rule string, at *strictjson.Value, what string) *fault { return badContext(rule, what, at) }
	if at, ok := find(d.members, "@version"); ok {
		if at.Literal() != "1.1" {
			return bad("invalid @version value", at, "@version")
		}
		if c.legacy {
			return bad("processing mode conflict", at, "@version")
		}
	}
	// Only the document itself says what is relative to what.
	if at, ok := find(d.members, "@base"); ok && len(d.remotes) == 0 {
		text := at.Text()
		switch {
		case at.Kind() == strictjson.Null:
			text = ""
		case at.Kind() != strictjson.String:
			return bad("invalid base IRI", at, "@base")
		case hasScheme(text):
		case c.base != "":
			text = d.budget.resolve(c.base, text)
		default:
			return bad("invalid base IRI", at, "@base")
		}
		if d.inline && text != c.base {
			return lost(report.ContextTermRedefined, "@base", at)
		}
		c.base = text
	}
	if at, ok := find(d.members, "@vocab"); ok {
		vocab, has := "", false
		switch at.Kind() {
		case strictjson.Null:
		case strictjson.String:
			r := c.expand(at.Text(), true, true, d.budget)
			if c.legacy && classify(at.Text()).form == formRelative || r.form == formNull || r.form == formKeyword {
				return bad("invalid vocab mapping", at, "@vocab")
			}
			vocab, has = r.text, true
			if r.form == formRelative {
				c.note(lost(report.ContextIriRelative, r.text, at))
			}
		default:
			return bad("invalid vocab mapping", at, "@vocab")
		}
		if d.inline && c.hasVocab && vocab != c.vocab {
			return lost(report.ContextTermRedefined, "@vocab", at)
		}
		c.vocab, c.hasVocab = vocab, has
	}
	if at, ok := find(d.members, "@language"); ok {
		if at.Kind() != strictjson.Null && at.Kind() != strictjson.String {
			return bad("invalid default language", at, "@language")
		}
		language := strings.ToLower(at.Text())
		if at.Kind() == strictjson.String && !wellFormedLanguage(language) {
			c.note(lost(report.ContextLanguageMalformed, at.Text(), at))
		}
		if d.inline && c.language != "" && language != c.language {
			return lost(report.ContextTermRedefined, "@language", at)
		}
		c.language = language
	}
	if at, ok := find(d.members, "@direction"); ok {
		if c.legacy {
			return bad("invalid context entry", at, "@direction")
		}
		direction, ok := directionOf(at)
		if !ok {
			return bad("invalid base direction", at, "@direction")
		}
		if d.inline && c.direction != noDirection && direction != c.direction {
			return lost(report.ContextTermRedefined, "@direction", at)
		}
		c.direction = direction
	}
	if at, ok := find(d.members, "@propagate"); ok {
		if c.legacy {
			return bad("invalid context entry", at, "@propagate")
		}
		if at.Kind() != strictjson.Bool {
			return bad("invalid @propagate value", at, "@propagate")
		}
	}
	if at, ok := find(d.members, "@protected"); ok {
		if c.legacy {
			return bad("invalid context entry", at, "@protected")
		}
		if at.Kind() != strictjson.Bool {
			return bad("invalid @protected value", at, "@protected")
		}
		d.protected = at.Truth()
	}
	return nil
}
