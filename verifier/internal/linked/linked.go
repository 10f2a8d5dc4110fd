// Package linked reads one secured document as linked data: it is expanded
// once for each reading of its contexts, and brought into canonical form once
// for each hash, however many proofs it carries.
package linked

import (
	"crypto"
	"errors"

	"github.com/sealcheck/sealcheck/verifier/internal/jsonld"
	"github.com/sealcheck/sealcheck/verifier/internal/limits"
	"github.com/sealcheck/sealcheck/verifier/internal/rdf"
	"github.com/sealcheck/sealcheck/verifier/internal/rdfc"
	"github.com/sealcheck/sealcheck/verifier/internal/strictjson"
	"github.com/sealcheck/sealcheck/verifier/report"
)

// Document is a document without its proof. It is not safe for concurrent use.
type Document struct {
	Value    strictjson.Value
	library  *jsonld.Library
	readings []*reading
	variants int // Readings, once it is known
	// careless: see Careless. dropping is what that gives, once somebody has
	// asked.
	careless bool
	dropping *Document
	// byUnits: see ByUnits. other is what it gives, once somebody has asked.
	byUnits bool
	other   *Document
	asked   bool
	// untraced: see Options.
	untraced bool
	// spent is what reading this document and others of its file has cost, as
	// limits.Work counts.
	spent *int
}

// reading is the document under one choice of context versions.
type reading struct {
	expanded *jsonld.Expanded
	err      error
	forms    map[crypto.Hash]*form
	// read is what Read gives, with the error unread, once somebody has asked.
	read   strictjson.Value
	unread error
	isRead bool
	// tree is read where it is made of the graph, with the statements that its
	// values come from.
	tree strictjson.Value
	from map[*strictjson.Value]int
}

// steps is how many steps of limits.GraphWork count as one of limits.Work, and
// entangled what is charged for a graph without canonical form: all of them.
const (
	steps     = 800
	entangled = limits.GraphWork / steps
)

type form struct {
	form      *rdfc.Form
	canonical *rdfc.Canonical // once somebody has asked for it
	digest    []byte
	err       error
}

// New makes a document of a JSON object, which must not carry a proof. Nothing
// is read yet.
func New(value strictjson.Value, library *jsonld.Library) *Document {
	return &Document{Value: value, library: library, spent: new(int)}
}

// With is another document under the same library: the document together with
// earlier proofs of a chain. What its members mean is asked of the document.
func (d *Document) With(value strictjson.Value) *Document { return d.Options(value) }

// Without is the document without a member.
func (d *Document) Without(name string) *Document {
	return &Document{Value: d.Value.Without(name), library: d.library, spent: d.spent}
}

// Options are proof options under the same library: a document of which
// nobody asks what its members mean.
func (d *Document) Options(value strictjson.Value) *Document {
	return &Document{Value: value, library: d.library, spent: d.spent, untraced: true}
}

// Charge has the document and those made from it count their work together
// with that of other documents of one file.
func (d *Document) Charge(spent *int) { d.spent = spent }

// tired says that one file has made us do enough (T10, T13).
func (d *Document) tired() error {
	if *d.spent > limits.Work {
		return report.NewProblem(report.InternalTooMuchWork, "more vocabularies and statements than one file may ask to be read")
	}
	return nil
}

// Readings says how many readings of the contexts there are, at least one.
func (d *Document) Readings() int {
	if d.variants == 0 {
		d.variants = d.library.Variants(d.Value)
	}
	return d.variants
}

// Undirected is the document as it looks to a signer that drops the directions
// in which texts run, or nil where it states none. It serves to tell what such
// a signature is worth. Where the document itself can be read, nothing else is
// dropped.
func (d *Document) Undirected() *Document {
	if !directed(d.Value) {
		return nil
	}
	return d.Careless()
}

// Careless is the document as it looks to a signer that drops whatever has no
// place in RDF, without a word. It serves to tell what such a signature is
// worth: nothing may be accepted by it.
func (d *Document) Careless() *Document {
	if d.dropping == nil {
		d.dropping = &Document{Value: d.Value, library: d.library, spent: d.spent, careless: true}
	}
	return d.dropping
}

// ByUnits is the document with its statements in the order in which signers in
// JavaScript sort them, see rdfc.NewByUnits; nil where that is no other order
// under any reading. The statements are the same, and what is signed in either
// order is signed. tries is how many signatures will be tried for each reading;
// they are charged here.
func (d *Document) ByUnits(hash crypto.Hash, tries int) *Document {
	if !d.asked {
		d.asked = true
		other := &Document{Value: d.Value, library: d.library, spent: d.spent, variants: d.Readings(), byUnits: true}
		mixed := false
		for variant := range d.Readings() {
			r, f := d.reading(variant), d.form(hash, variant)
			other.readings = append(other.readings, &reading{expanded: r.expanded, err: r.err, forms: map[crypto.Hash]*form{}})
			mixed = mixed || f.err == nil && f.form.Mixed()
		}
		if mixed {
			d.other = other
		}
	}
	if d.other != nil {
		if *d.spent += tries * d.Readings(); d.tired() != nil {
			return nil
		}
	}
	return d.other
}

func directed(value strictjson.Value) bool {
	for _, item := range value.Items() {
		if directed(item) {
			return true
		}
	}
	for _, m := range value.Members() {
		if m.Key == "@direction" || directed(m.Value) {
			return true
		}
	}
	return false
}

// Expanded is the document expanded without loss, with traces. The error is a
// *report.Problem with a code context.*.
func (d *Document) Expanded(variant int) (*jsonld.Expanded, error) {
	r := d.reading(variant)
	return r.expanded, r.err
}

func (d *Document) reading(variant int) *reading {
	for len(d.readings) <= variant {
		d.readings = append(d.readings, nil)
	}
	if d.readings[variant] == nil {
		r := &reading{forms: map[crypto.Hash]*form{}}
		// What all signers of credentials should do with a direction of
		// writing, so that none is lost (JSON-LD 1.1 API 8.2.3).
		o := jsonld.Options{Lossless: true, Variant: variant, Trace: !d.untraced, Direction: "i18n-datatype", Spent: d.spent}
		if d.careless {
			o = jsonld.Options{Variant: variant, Spent: d.spent}
		}
		if err := d.tired(); err != nil {
			return &reading{err: err, forms: map[crypto.Hash]*form{}}
		}
		r.expanded, r.err = d.library.Expand(d.Value, o)
		r.err = problem(r.err)
		d.readings[variant] = r
	}
	return d.readings[variant]
}

// Canonical is the canonical form with a hash inside, crypto.SHA256 or
// crypto.SHA384. The error is a *report.Problem with a code context.*.
func (d *Document) Canonical(hash crypto.Hash, variant int) (*rdfc.Canonical, error) {
	f := d.form(hash, variant)
	if f.err == nil && f.canonical == nil {
		f.canonical = f.form.Canonical()
	}
	return f.canonical, f.err
}

// Form is the canonical form as text, with the errors of Canonical. It takes
// less to make.
func (d *Document) Form(hash crypto.Hash, variant int) (*rdfc.Form, error) {
	f := d.form(hash, variant)
	return f.form, f.err
}

// Size is how many bytes the canonical form has, with the errors of Canonical.
func (d *Document) Size(hash crypto.Hash, variant int) (int, error) {
	f := d.form(hash, variant)
	if f.err != nil {
		return 0, f.err
	}
	return f.form.Size(), nil
}

// Digest is the hash over the canonical form.
func (d *Document) Digest(hash crypto.Hash, variant int) ([]byte, error) {
	f := d.form(hash, variant)
	if f.err != nil {
		return nil, f.err
	}
	if f.digest == nil {
		f.digest = f.form.Digest(hash)
	}
	return f.digest, nil
}

func (d *Document) form(hash crypto.Hash, variant int) *form {
	r := d.reading(variant)
	if f, ok := r.forms[hash]; ok {
		return f
	}
	f := &form{err: r.err}
	if f.err == nil {
		f.err = d.tired()
	}
	r.forms[hash] = f
	if f.err != nil {
		return f
	}
	quads, err := r.expanded.Quads()
	if err != nil {
		f.err = problem(err)
		return f
	}
	*d.spent += size(quads)>>16 + len(quads)>>6
	if d.byUnits {
		f.form, f.err = rdfc.NewByUnits(quads, hash)
	} else {
		f.form, f.err = rdfc.New(quads, hash)
	}
	if f.err != nil {
		*d.spent += entangled // nearly all that this costs is spent in vain
		return f
	}
	*d.spent += f.form.Steps() / steps
	return f
}

// size is about how many bytes quads have when they are written.
func size(quads []rdf.Quad) int {
	bytes := 0
	for i := range quads {
		q := &quads[i]
		for _, term := range [...]*rdf.Term{&q.Subject, &q.Predicate, &q.Object, &q.Graph} {
			bytes += len(term.Value) + len(term.Datatype) + 4
		}
	}
	return bytes
}

// problem turns an error of jsonld into one that the report can tell.
func problem(err error) error {
	var known *jsonld.Error
	if errors.As(err, &known) {
		return known.Problem()
	}
	if err != nil {
		return report.NewProblem(report.InternalUnexpected, err.Error())
	}
	return nil
}
