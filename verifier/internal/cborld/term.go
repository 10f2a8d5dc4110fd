package cborld

import (
	"slices"
	"strings"

	"github.com/sealcheck/sealcheck/verifier/internal/cbor"
	"github.com/sealcheck/sealcheck/verifier/internal/limits"
	"github.com/sealcheck/sealcheck/verifier/internal/strictjson"
	"github.com/sealcheck/sealcheck/verifier/report"
)

// keywords have the even numbers from 0 on.
var keywords = strings.Split("@context @type @id @value @direction @graph @included @index @json @language @list @nest @reverse "+
	"@base @container @default @embed @explicit @none @omitDefault @prefix @preserve @protected @requireAll @set @version @vocab @propagate", " ")

// firstTerm is the number of the first term of a context. Each has an even one;
// the odd one behind it says that the value is a list.
const firstTerm = 100

// unpacker unpacks one document with one choice of editions.
type unpacker struct {
	source   Source
	known    map[string][]strictjson.Value // what source gave
	legacy   bool
	editions []edition // of the contexts with several, in the order of use
	entries  map[string]*entry
	ids      map[string]int64
	terms    []string // by number
	steps    int      // see limits.PackedSteps
	imports  int      // contexts under way that import each other
	out      []byte   // the document so far
	err      error    // the first
}

func (u *unpacker) fail(err error) {
	if u.err == nil {
		u.err = err
	}
}

func (u *unpacker) damaged(detail string) { u.fail(damaged(detail)) }

// step counts work.
func (u *unpacker) step(n int) {
	if u.steps += n; u.steps > limits.PackedSteps {
		u.damaged("too much in it")
	}
}

// term is the one with a number, and whether it is that of a list; "" where
// there is none.
func (u *unpacker) term(number int64) (term string, plural bool) {
	i := number / 2
	if number >= firstTerm && i-firstTerm/2 < int64(len(u.terms)) {
		term = u.terms[i-firstTerm/2]
	} else if number >= 0 && i < int64(len(keywords)) {
		term = keywords[i]
	}
	return term, number%2 == 1
}

// entry is what one context says of its own.
type entry struct {
	members   []strictjson.Member // with those that it imports
	terms     map[string]*definition
	propagate strictjson.Value
}

// definition is what a context says of a term; without anything in it where the
// context takes a term away.
type definition struct {
	id, typ string
	scoped  strictjson.Value
	entries []*entry // of scoped, once loaded
	gone    bool
}

// scope is the contexts that hold at a place, the last one in front.
type scope struct {
	entry     *entry
	propagate bool
	parent    *scope // what holds besides
	origin    *scope // what held when the context was met
}

// find looks a term up, and says where it stands.
func (u *unpacker) find(s *scope, term string) (*definition, *scope) {
	for ; s != nil && u.err == nil; s = s.parent {
		u.step(1)
		if d := s.entry.terms[term]; d != nil {
			if d.gone {
				break
			}
			return d, s
		}
	}
	return nil, nil
}

// mostPrefixes is how often a name is written out in terms of another.
const mostPrefixes = 8

// long writes out a prefix of what a context says.
func (u *unpacker) long(s *scope, text string) string {
	for range mostPrefixes {
		u.step(1)
		prefix, rest, ok := strings.Cut(text, ":")
		if !ok || u.err != nil || len(text) > limits.PackedCharacters {
			break
		}
		d := s.entry.terms[prefix]
		at := s
		if d == nil || d.gone {
			d, at = u.find(s.origin, prefix)
		}
		if d == nil || d.id == "" {
			break
		}
		if id := d.id; at == s {
			text = id + rest
		} else {
			text = u.long(at, id) + rest
		}
	}
	return text
}

// kind is how the values of a term are packed.
func (u *unpacker) kind(term string, d *definition, at *scope) string {
	if term == "@id" || term == "@type" {
		return typeAddress
	}
	if d == nil {
		return typeNone
	}
	switch typ := u.long(at, d.typ); {
	case d.id == "@id", d.id == "@type", typ == "@vocab":
		return typeAddress
	default:
		return typ
	}
}

// revert takes away the contexts that do not hold for what lies deeper (JSON-LD
// 1.1 4.1.9).
func (u *unpacker) revert(s *scope) *scope {
	if s == nil || u.err != nil {
		return nil
	}
	u.step(1)
	parent := u.revert(s.parent)
	switch {
	case !s.propagate:
		return parent
	case parent == s.parent:
		return s
	}
	return &scope{s.entry, true, parent, s.origin}
}

// apply puts contexts on top of those that hold.
func (u *unpacker) apply(s *scope, entries []*entry, propagate bool) *scope {
	for _, e := range entries {
		holds := propagate
		if e.propagate.Kind() == strictjson.Bool {
			holds = e.propagate.Truth()
		}
		s = &scope{e, holds, s, s}
	}
	return s
}

// load reads the contexts of a value: one or a list of addresses and objects.
func (u *unpacker) load(value strictjson.Value) []*entry {
	var entries []*entry
	for _, context := range value.List() {
		if u.err != nil {
			return nil
		}
		switch context.Kind() {
		case strictjson.String:
			entries = append(entries, u.fetched(context.Text()))
		case strictjson.Object:
			entries = append(entries, u.entry(context))
		default:
			u.damaged("a context that is none")
		}
	}
	if u.err != nil {
		return nil
	}
	return entries
}

// fetched is the context at an address.
func (u *unpacker) fetched(address string) *entry {
	if e := u.entries[address]; e != nil {
		return e
	}
	documents, ok := u.known[address]
	if !ok {
		documents = u.source(address)
		u.known[address] = documents
	}
	if len(documents) == 0 {
		u.fail(report.NewProblem(report.EnvelopeVpContext, "", "what", address))
		return &entry{}
	}
	at := 0
	if len(documents) > 1 {
		i := slices.IndexFunc(u.editions, func(e edition) bool { return e.address == address })
		if i < 0 {
			i = len(u.editions)
			u.editions = append(u.editions, edition{address, 0, len(documents)})
		}
		at = u.editions[i].at
	}
	context := documents[at].At("@context")
	if context.Kind() != strictjson.Object {
		u.fail(report.NewProblem(report.EnvelopeVpContext, "", "what", address))
	}
	e := u.entry(context)
	u.entries[address] = e
	return e
}

// mostImports is how deep contexts import each other.
const mostImports = 4

// entry reads a context. Its terms are numbered in their alphabetical order, but
// for those that have a number, after those of what it imports.
func (u *unpacker) entry(context strictjson.Value) *entry {
	e := &entry{terms: map[string]*definition{}}
	e.members = context.Members()
	if imported := context.At("@import"); imported.Kind() == strictjson.String {
		if u.imports++; u.imports > mostImports {
			u.damaged("contexts that import each other")
			return e
		}
		for _, member := range u.fetched(imported.Text()).members {
			if _, own := context.Get(member.Key); !own {
				e.members = append(e.members[:len(e.members):len(e.members)], member)
			}
		}
		u.imports--
	}
	u.step(len(e.members))
	var terms []string
	for _, member := range e.members {
		if member.Key == "@propagate" {
			e.propagate = member.Value
		}
		if slices.Contains(keywords, member.Key) {
			continue
		}
		d := &definition{gone: member.Value.Kind() == strictjson.Null}
		e.terms[member.Key] = d
		if d.gone {
			continue
		}
		if d.id = member.Value.Text(); d.id == "" {
			d.id, d.typ = member.Value.At("@id").Text(), member.Value.At("@type").Text()
			d.scoped = member.Value.At("@context")
		}
		if u.ids[member.Key] == 0 {
			terms = append(terms, member.Key)
		}
	}
	slices.Sort(terms)
	for _, term := range terms {
		u.ids[term] = firstTerm + 2*int64(len(u.terms))
		u.terms = append(u.terms, term)
	}
	return e
}

// scopedBy are the contexts that a term brings with it, for its objects or for
// those of its type.
func (u *unpacker) scopedBy(d *definition) []*entry {
	// One that takes all contexts away is passed over by those who pack.
	if d == nil || d.scoped.Kind() <= strictjson.Null {
		return nil
	}
	if d.entries == nil {
		d.entries = u.load(d.scoped)
	}
	return d.entries
}

// document unpacks the outermost object, or a list of several.
func (u *unpacker) document(it *item) {
	if it.kind == cbor.Array {
		u.list(it.items, func(one *item) { u.object(one, nil) })
	} else {
		u.object(it, nil)
	}
}

// entered is a term of an object with what stands under it.
type entered struct {
	term   string
	plural bool
	item   *item
}

// object unpacks an object under the contexts that hold around it.
func (u *unpacker) object(it *item, s *scope) {
	if it.kind != cbor.Map {
		u.damaged("no object where one should be")
	}
	if u.err != nil {
		return
	}
	u.out = append(u.out, '{')
	open := len(u.out)
	var entries []entered
	for i := 0; i < len(it.items); i += 2 {
		key, value := &it.items[i], &it.items[i+1]
		if key.kind == cbor.Number && key.number < 2 {
			// Its own contexts hold for it and for all that lies deeper.
			if len(u.out) > open {
				u.damaged("contexts twice")
			}
			u.key("@context", open)
			from := len(u.out)
			u.contexts(value, key.number == 1)
			context, err := strictjson.Parse(u.out[from:])
			if err != nil {
				u.damaged(err.Error())
			}
			s = u.apply(s, u.load(context), true)
		}
	}
	// Then those of its types, in alphabetical order, for this object only.
	for _, typ := range u.types(it, s) {
		d, _ := u.find(s, typ)
		s = u.apply(s, u.scopedBy(d), false)
	}
	for i := 0; i < len(it.items); i += 2 {
		key, entry := &it.items[i], entered{item: &it.items[i+1]}
		switch {
		case key.kind == cbor.Number && key.number < 2:
			continue
		case key.kind == cbor.Number:
			entry.term, entry.plural = u.term(key.number)
		case key.kind == cbor.Text && !slices.Contains(keywords, key.text) && u.ids[key.text] == 0:
			// What no context defines is written out.
			entry.term = key.text
		}
		if entry.term == "" {
			u.damaged("a term that the contexts do not have")
		}
		// The order in which contexts are met decides on the numbers of their
		// terms, and it is that of the terms that bring them.
		entries = append(entries, entry)
		for j := len(entries) - 1; j > 0 && entries[j].term < entries[j-1].term; j-- {
			entries[j], entries[j-1] = entries[j-1], entries[j]
		}
	}
	for _, entry := range entries {
		if u.err != nil {
			return
		}
		d, at := u.find(s, entry.term)
		inner := u.apply(u.revert(s), u.scopedBy(d), true)
		kind := u.kind(entry.term, d, at)
		u.key(entry.term, open) // one that is there twice, finish sees
		switch {
		case !entry.plural:
			u.value(entry.item, kind, inner)
		case entry.item.kind == cbor.Array:
			u.list(entry.item.items, func(one *item) { u.value(one, kind, inner) })
		default:
			u.damaged("no list where one should be")
		}
	}
	u.out = append(u.out, '}')
}

// contexts unpacks the value of @context: addresses, the numbers of some, and
// objects.
func (u *unpacker) contexts(it *item, plural bool) {
	switch {
	case plural && it.kind == cbor.Array:
		u.list(it.items, func(one *item) { u.contexts(one, false) })
	case plural:
		u.damaged("no list of contexts")
	case it.kind == cbor.Number && u.legacy && address(it.number) != "":
		u.text(address(it.number))
	case it.kind == cbor.Number:
		u.fail(packing("context", int(it.number&0xffffffff)))
	default:
		u.plain(it)
	}
}

// types are the types of an object, in alphabetical order.
func (u *unpacker) types(it *item, s *scope) []string {
	var types []string
	for i := 0; i < len(it.items); i += 2 {
		key, value := &it.items[i], &it.items[i+1]
		if key.kind != cbor.Number || key.number < 2 {
			continue
		}
		term, plural := u.term(key.number)
		if d, _ := u.find(s, term); term != "@type" && (d == nil || d.id != "@type") {
			continue
		}
		one := it.items[i+1 : i+2]
		if plural && value.kind == cbor.Array {
			one = value.items
		}
		for j := range one {
			text, packed := u.packed(&one[j], typeAddress)
			if !packed {
				text = one[j].text
			}
			if text == "" {
				u.damaged("a type that is no name")
			}
			types = append(types, text)
		}
	}
	slices.Sort(types)
	return slices.Compact(types)
}
