package linked

import (
	"strconv"
	"strings"

	"github.com/sealcheck/sealcheck/verifier/internal/jsonld"
	"github.com/sealcheck/sealcheck/verifier/internal/member"
	"github.com/sealcheck/sealcheck/verifier/internal/strictjson"
	"github.com/sealcheck/sealcheck/verifier/report"
)

// Read is the document in words that a reader may take as they stand, under one
// reading of its contexts: the document itself where it says by its own keys
// what its graph says, and else a tree that is made of the graph, with the
// words of read and whatever else there is under addresses. So nothing depends
// on how somebody has written what is signed (T8, T9). The error is a
// *report.Problem: context.term_redefined, context.form_unusual,
// context.graph_too_large, or whatever keeps the document from being expanded.
func (d *Document) Read(variant int) (strictjson.Value, error) {
	r := d.reading(variant)
	if !r.isRead {
		r.read, r.unread = d.read(r)
		r.isRead = true
	}
	return r.read, r.unread
}

func (d *Document) read(r *reading) (strictjson.Value, error) {
	if r.err != nil {
		return strictjson.Value{}, r.err
	}
	if asItIs(d.Value, r.expanded) {
		return d.Value, nil
	}
	if err := d.meddled(r.expanded); err != nil {
		return strictjson.Value{}, err
	}
	return d.grown(r)
}

// grown is the tree of the graph.
func (d *Document) grown(r *reading) (strictjson.Value, error) {
	quads, err := r.expanded.Quads()
	if err != nil {
		return strictjson.Value{}, problem(err)
	}
	id := ""
	members := d.Value.Members()
	for i, meaning := range r.expanded.Meanings(members) {
		if meaning.Property == "@id" {
			id = members[i].Value.Text()
		}
	}
	if r.tree, r.from, err = grow(id, quads, d.spent); err != nil {
		return strictjson.Value{}, err
	}
	return strictjson.NewObject(append([]strictjson.Member{{Key: "@context", Value: d.Value.At("@context")}}, r.tree.Members()...)), nil
}

// longest is how long a place may be that is told: a file can have keys as long
// as itself.
const longest = 1000

// Place is the JSON pointer in the document of what Read has at a pointer.
func (d *Document) Place(variant int, pointer string) string {
	r := d.reading(variant)
	if r.from == nil {
		return pointer
	}
	statement, rest := -1, ""
	at := r.tree
	for _, token := range strings.Split(pointer, "/")[1:] {
		rest += "/" + token
		var next *strictjson.Value
		if items := at.Items(); items != nil {
			if i, err := strconv.Atoi(token); err == nil && i >= 0 && i < len(items) {
				next = &items[i]
			}
		}
		members := at.Members()
		for i := range members {
			if member.Token(members[i].Key) == token {
				next = &members[i].Value
			}
		}
		if next == nil {
			break
		}
		if from, known := r.from[next]; known {
			statement, rest = from, ""
		}
		at = *next
	}
	origins := r.expanded.Origins()
	if statement < 0 || statement >= len(origins) || len(origins[statement]) > longest {
		return pointer // the root's own identifier, or a place that is no place to tell
	}
	if stands, ok := seek(d.Value, origins[statement]); !ok || stands.Kind() != strictjson.Object {
		rest = "" // an identifier that stands as a text
	}
	return origins[statement] + rest
}

// seek is the value at a JSON pointer.
func seek(value strictjson.Value, pointer string) (strictjson.Value, bool) {
	for _, token := range strings.Split(pointer, "/")[1:] {
		if value.Kind() == strictjson.Array {
			i, err := strconv.Atoi(token)
			if err != nil || i < 0 || i >= len(value.Items()) {
				return value, false
			}
			value = value.Items()[i]
			continue
		}
		next, ok := value.Get(unescape.Replace(token))
		if !ok {
			return value, false
		}
		value = next
	}
	return value, true
}

var unescape = strings.NewReplacer("~1", "/", "~0", "~")

// First is the first reading of the contexts under which the document can be
// expanded, or 0 where there is none: what is read before it is known for which
// of them the signature holds.
func (d *Document) First() int {
	for variant := range d.Readings() {
		if d.reading(variant).err == nil {
			return variant
		}
	}
	return 0
}

// Same says whether a reader sees the same under two readings of the contexts.
func (d *Document) Same(one, other int) bool {
	if one == other {
		return true
	}
	a, err := d.Read(one)
	if err != nil {
		return false
	}
	b, err := d.Read(other)
	if err != nil {
		return false
	}
	if a.Is(b) {
		return true
	}
	// One may be the document itself.
	if a, err = d.grown(d.reading(one)); err != nil {
		return false
	}
	b, err = d.grown(d.reading(other))
	return err == nil && a.Equal(b)
}

// CheckForm refuses a document that cannot be read: the error of Read under the
// first reading of the contexts.
func (d *Document) CheckForm() error {
	_, err := d.Read(d.First())
	return err
}

// meddled refuses a document in which words of the data model are: they mean
// something else, or stand under other names (context.term_redefined, T8).
func (d *Document) meddled(expanded *jsonld.Expanded) error {
	if err := redefined(d.Value.At("@context")); err != nil {
		return err
	}
	f := former{expanded: expanded}
	if path := f.object(d.Value); path != "" {
		return report.NewProblem(report.ContextTermRedefined, path, "what", report.Clip(f.key))
	}
	return nil
}

// redefined looks at the contexts that are written into a document: they may not
// give words of the data model a meaning of their own. Words of version 1.1
// alone are free under version 2.0, which does not read them.
func redefined(contexts strictjson.Value) error {
	second := false
	for _, context := range contexts.List() {
		second = second || context.Text() == "https://www.w3.org/ns/credentials/v2"
	}
	for _, context := range contexts.List() {
		members := context.Members()
		for i := range members {
			term := &members[i]
			if !words[term.Key] && (second || !old[term.Key]) {
				continue
			}
			address := term.Value
			if address.Kind() == strictjson.Object {
				address = address.At("@id")
			}
			if address.Text() != model+term.Key {
				return report.NewProblem(report.ContextTermRedefined, "/@context", "what", term.Key)
			}
		}
	}
	return nil
}

// former looks for keys that stand for a word of the data model and are spelled
// otherwise. They could be read; nobody honest writes them.
type former struct {
	expanded *jsonld.Expanded
	key      string // that it has found
}

// value gives the JSON pointer of such a key in a value, or "".
func (f *former) value(value strictjson.Value) string {
	switch value.Kind() {
	case strictjson.Object:
		return f.object(value)
	case strictjson.Array:
		items := value.Items()
		for i := range items {
			if path := f.value(items[i]); path != "" {
				return "/" + strconv.Itoa(i) + path
			}
		}
	}
	return ""
}

func (f *former) object(object strictjson.Value) string {
	members := object.Members()
	meanings := f.expanded.Meanings(members)
	for i := range members {
		m := &members[i]
		if m.Key == "@context" || m.Key == "@value" {
			continue
		}
		if meanings != nil && strings.HasPrefix(meanings[i].Property, model) && m.Key != meanings[i].Property[len(model):] {
			f.key = m.Key
			return "/" + member.Token(m.Key)
		}
		if path := f.value(m.Value); path != "" {
			return "/" + member.Token(m.Key) + path
		}
	}
	return ""
}
