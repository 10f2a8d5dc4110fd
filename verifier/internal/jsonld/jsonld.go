// Package jsonld expands JSON-LD 1.1 documents and turns them into RDF
// (JSON-LD 1.1 Processing Algorithms and API, sections 4, 5 and 8). No context
// is ever fetched: those that are known are handed in, and each is compiled
// once. What a document says and RDF would lose is an error.
package jsonld

import (
	"sync"

	"github.com/sealcheck/sealcheck/verifier/internal/rdf"
	"github.com/sealcheck/sealcheck/verifier/internal/strictjson"
	"github.com/sealcheck/sealcheck/verifier/report"
)

// Source gives the contexts that may be used: every known version of the
// document at an address, the one to try first in front; none where the
// address is not known. It is asked once for each known address. The values are
// whole documents with a member "@context".
type Source func(address string) []strictjson.Value

// Options say how a document is read. The zero Options read it as the
// specification says, with no base.
type Options struct {
	Base    string           // base IRI, "" for none
	Context strictjson.Value // expandContext, Absent for none
	// Lossless makes an error of everything that would be lost on the way to
	// RDF (T9): whatever jsonld.js refuses in safe mode, and besides IRIs that
	// N-Quads cannot hold, @nest, @included, @index and the keys of index
	// maps, @direction, and documents that say nothing.
	//
	// It also makes an error of contexts in the document that give known words
	// another meaning (T8). A context object may stand in the @context of the
	// document and of a credential in a presentation only (of any value of a
	// term that is a graph); it may define what is not defined yet, or define
	// it once more in the same way, also inside of its scoped contexts; it may
	// set @vocab, @language and @direction where nothing is set; it may not
	// set @base, import, wipe with null, or make a prefix of a scheme that
	// identifiers have ("did", "urn", ...). New words for known meanings pass:
	// who reads a document by its keys must ask Meanings.
	//
	// Scoped contexts of known contexts are looked at when they are used.
	Lossless bool
	// Variant chooses among the known versions of contexts, see Variants.
	Variant int
	// Direction is rdfDirection: "", "i18n-datatype" or "compound-literal".
	Direction string
	// Trace keeps where everything comes from, for Meanings and Origins.
	Trace bool
	// Spent, where it is set, is told what the expansion has cost beyond the
	// size of the document, as limits.Work counts: one for every 64 KB of
	// addresses that were put together and every 5,000 terms that were copied.
	Spent *int
	// Legacy is processingMode json-ld-1.0.
	Legacy bool
}

// Error is what is wrong with a document or a context.
type Error struct {
	Code report.Code
	// Name is the error code of the specification (section 9.3, such as
	// "invalid term definition"), "" for a loss, which the specification
	// admits.
	Name    string
	Pointer string // JSON pointer into the document, where it is known
	What    string // the term, address or value that it is about
}

// Error makes it an error.
func (e *Error) Error() string {
	return string(e.Code) + " " + e.Name + " at " + e.Pointer + ": " + e.What
}

// Problem is the finding for a report: the pointer as detail, the term as fact
// "what", cut to what a report repeats.
func (e *Error) Problem() *report.Problem {
	return report.NewProblem(e.Code, e.Pointer, "what", report.Clip(e.What))
}

// Expanded is an expanded document. It is not safe for concurrent use.
type Expanded struct {
	document strictjson.Value
	options  Options
	objects  []object

	quads   []rdf.Quad
	failure *Error
	sources []*strictjson.Value // of quads
	origins []string

	// traces and meanings are told by Meanings; next is the place in traces that
	// will be asked for next, if all goes in order.
	traces   []trace
	meanings []Meaning
	places   map[*strictjson.Member]int
	next     int
}

// Expand expands a document (section 5). Errors are *Error.
func (l *Library) Expand(document strictjson.Value, o Options) (*Expanded, error) {
	e := &Expanded{document: document, options: o}
	x := expander{library: l, options: o}
	if o.Spent != nil {
		defer func() { *o.Spent += x.budget.spent>>16 + x.budget.copied/5000 }()
	}
	before, _ := stacks.Get().(*[]object)
	if before == nil {
		before = new([]object)
	}
	x.stack = (*before)[:0]
	f := x.document(&e.document)
	objects := x.take(0)
	if cap(x.stack) <= mostStacked {
		clear(x.stack[:cap(x.stack)])
		*before = x.stack
		stacks.Put(before)
	}
	if f != nil {
		return nil, f.in(&e.document)
	}
	e.objects, e.traces, e.meanings = objects, x.traces, x.meanings
	return e, nil
}

// stacks keeps the stack of an expansion for the next one.
var stacks sync.Pool

// mostStacked is how long a stack that is kept may be; those of badges take
// some dozens.
const mostStacked = 256

// document expands a whole document.
func (x *expander) document(document *strictjson.Value) *fault {
	x.outermost, _ = find(document.Members(), "@context")
	if x.options.Variant > 0 {
		x.choose = x.library.choices(document).variant(x.options.Variant)
	}
	c := x.library.root(x.options)
	if outer := x.options.Context; outer.Kind() != strictjson.Absent {
		if inner, ok := outer.Get("@context"); ok {
			outer = inner
		}
		run := processing{library: x.library, propagate: true, repeat: true, budget: &x.budget}
		next, f := run.process(c, &outer, x.options.Base)
		if c, f = x.processed(next, run.uses, f, document); f != nil {
			return f
		}
	}
	if x.options.Trace {
		x.traces, x.meanings = make([]trace, 0, 16), make([]Meaning, 0, 48)
	}
	_, f := x.element(c, top, document, false)
	if f != nil {
		return f
	}
	// A graph at the top that has no name is the default graph.
	if len(x.stack) == 1 {
		if o := x.stack[0]; o.kind == nodeObject && o.node.members == hasGraph && len(o.node.objects) == 0 && !o.hasIndex {
			x.stack = append(x.stack[:0], o.node.graph...)
		}
	}
	return nil
}
