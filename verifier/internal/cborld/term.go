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
	err      error    // the first
}

func (u *unpacker) fail(err error) {
	if u.err == nil {
		u.err = err
	}
}

// step counts work.
func (u *unpacker) step(n int) {
	if u.steps += n; u.steps > limits.PackedSteps {
		u.fail(damaged("too much in it"))
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
			u.fail(damaged("a context that is none"))
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
			u.fail(damaged("contexts that import each other"))
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
func (u *unpacker) document(it item) strictjson.Value {
	if it.kind != cbor.Array {
		return u.object(it, nil)
	}
	var items []strictjson.Value
	for _, inner := range it.items {
		items = append(items, u.object(inner, nil))
	}
	return strictjson.NewArray(items)
}

// packed is a term of an object with what is packed under it.
type packed struct {
	term   string
	plural bool
	item   item
}

// object unpacks an object under the contexts that hold around it.
func (u *unpacker) object(it item, s *scope) strictjson.Value {
	if it.kind != cbor.Map {
		u.fail(damaged("no object where one should be"))
	}
	if u.err != nil {
		return strictjson.Value{}
	}
	var members []strictjson.Member
	// Its own contexts hold for it and for all that lies deeper.
	for i := 0; i < len(it.items); i += 2 {
		if key := it.items[i]; key.kind == cbor.Number && key.number < 2 {
			if len(members) > 0 {
				u.fail(damaged("contexts twice"))
			}
			context := u.contexts(it.items[i+1], key.number == 1)
			members = append(members, strictjson.Member{Key: "@context", Value: context})
			s = u.apply(s, u.load(context), true)
		}
	}
	// Then those of its types, in alphabetical order, for this object only.
	for _, typ := range u.types(it, s) {
		d, _ := u.find(s, typ)
		s = u.apply(s, u.scopedBy(d), false)
	}
	var entries []packed
	for i := 0; i < len(it.items); i += 2 {
		key, entry := it.items[i], packed{item: it.items[i+1]}
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
			u.fail(damaged("a term that the contexts do not have"))
		}
		// The order in which contexts are met decides on the numbers of their
		// terms, and it is that of the terms that bring them.
		entries = append(entries, entry)
		for j := len(entries) - 1; j > 0 && entries[j].term < entries[j-1].term; j-- {
			entries[j], entries[j-1] = entries[j-1], entries[j]
		}
	}
	for i, entry := range entries {
		if u.err != nil {
			break
		}
		if i > 0 && entries[i-1].term == entry.term {
			u.fail(damaged("a term twice"))
		}
		d, at := u.find(s, entry.term)
		inner := u.apply(u.revert(s), u.scopedBy(d), true)
		kind := u.kind(entry.term, d, at)
		var value strictjson.Value
		if !entry.plural {
			value = u.value(entry.item, kind, inner)
		} else if entry.item.kind == cbor.Array {
			items := make([]strictjson.Value, 0, len(entry.item.items))
			for _, one := range entry.item.items {
				items = append(items, u.value(one, kind, inner))
			}
			value = strictjson.NewArray(items)
		} else {
			u.fail(damaged("no list where one should be"))
		}
		members = append(members, strictjson.Member{Key: entry.term, Value: value})
	}
	return strictjson.NewObject(members)
}

// contexts unpacks the value of @context: addresses, the numbers of some, and
// objects.
func (u *unpacker) contexts(it item, plural bool) strictjson.Value {
	if !plural {
		if it.kind == cbor.Number {
			if text := address(it.number); u.legacy && text != "" {
				return strictjson.NewString(text)
			}
			u.fail(packing("context", int(it.number&0xffffffff)))
		}
		return u.plain(it)
	}
	if it.kind != cbor.Array {
		u.fail(damaged("no list of contexts"))
	}
	items := make([]strictjson.Value, 0, len(it.items))
	for _, one := range it.items {
		items = append(items, u.contexts(one, false))
	}
	return strictjson.NewArray(items)
}

// types are the types of an object, in alphabetical order.
func (u *unpacker) types(it item, s *scope) []string {
	var types []string
	add := func(one item) {
		if one.kind == cbor.Map {
			u.fail(damaged("a type that is no name"))
			return
		}
		if text := u.value(one, typeAddress, nil).Text(); !slices.Contains(types, text) {
			types = append(types, text)
		}
	}
	for i := 0; i < len(it.items); i += 2 {
		if it.items[i].kind != cbor.Number {
			continue
		}
		term, plural := u.term(it.items[i].number)
		d, _ := u.find(s, term)
		if it.items[i].number < 2 || term != "@type" && (d == nil || d.id != "@type") {
			continue
		}
		if !plural || it.items[i+1].kind != cbor.Array {
			add(it.items[i+1])
			continue
		}
		for _, one := range it.items[i+1].items {
			add(one)
		}
	}
	slices.Sort(types)
	return types
}
