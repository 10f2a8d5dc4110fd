// Package cborld unpacks credentials that wallets put into a QR code: the text
// "VP1-", in it CBOR-LD (https://json-ld.github.io/cbor-ld-spec/), in that a
// JSON-LD document. What is unpacked proves nothing: it goes on as any other
// document, to be judged by its own proof.
//
// CBOR-LD writes a small number for each term that the document's contexts
// define, counted in the order in which the contexts are met. Nothing in the
// code says which edition of a context was counted, so only contexts whose very
// document is at hand are used, each known edition of them is tried, and there
// may be several readings.
package cborld

import (
	"strconv"

	"github.com/sealcheck/sealcheck/verifier/internal/cbor"
	"github.com/sealcheck/sealcheck/verifier/internal/limits"
	"github.com/sealcheck/sealcheck/verifier/internal/strictjson"
	"github.com/sealcheck/sealcheck/verifier/report"
)

// Source gives every known edition of the context at an address, each a whole
// document with a member "@context"; none where it is not known.
type Source func(address string) []strictjson.Value

// Document is what was unpacked.
type Document struct {
	// Readings are the documents that the code may stand for, all different, the
	// likeliest in front; at least one.
	Readings []strictjson.Value
	// Exact says that nothing was packed by a table of terms: there is one
	// reading, and no other can be meant.
	Exact bool
}

// The tags that CBOR-LD begins with. The first two are those of all learners'
// wallets so far; the first edition of the specification had a range in whose
// lower half the number of the table is in the tag.
const (
	tagPlain     = 0x0500
	tagLegacy    = 0x0501
	tagRange     = 0x0600
	tagRangeHalf = 0x0680
	tagRangeEnd  = 0x06ff
	tagRegistry  = 0xcb1d // an array follows: the table's number and the document
)

// Unpack reads CBOR-LD. Its errors are *report.Problem: envelope.vp_damaged,
// envelope.vp_packing (a table or a form that is not known) and
// envelope.vp_context (a context that is not known, named).
func Unpack(data []byte, source Source) (Document, error) {
	r := cbor.NewReader(data)
	tag, table := 0, 0
	if r.Kind() == cbor.Tag {
		tag = r.Tag()
	}
	switch {
	case tag == tagPlain, tag == tagLegacy:
	case tag >= tagRange && tag < tagRangeHalf:
		table = tag - tagRange
	case tag >= tagRangeHalf && tag <= tagRangeEnd:
		table = tagRangeHalf // or more: none of those is known
	case tag == tagRegistry:
		if r.Array() == 2 {
			table = r.Number()
		} else {
			return Document{}, damaged("no table and document")
		}
	case r.Failed() || tag == 0:
		return Document{}, damaged("no tag")
	default:
		return Document{}, packing("tag", tag)
	}
	if r.Failed() {
		return Document{}, damaged(r.Err().Error())
	}
	// Table 0 stands for no table, table 1 for terms only. Those of others are
	// kept by their authors.
	if table > 1 {
		return Document{}, packing("table", table)
	}
	raw := r.Item()
	if err := r.Close(); err != nil {
		return Document{}, damaged(err.Error())
	}
	inner := cbor.NewReader(raw)
	root := read(inner)
	if err := inner.Close(); err != nil {
		return Document{}, damaged(err.Error())
	}
	if tag == tagPlain || tag != tagLegacy && table == 0 {
		u := unpacker{}
		u.plain(&root)
		value, err := u.finish()
		return Document{Readings: []strictjson.Value{value}, Exact: true}, err
	}
	return readings(&root, tag == tagLegacy, source)
}

// readings unpacks a document with every edition of its contexts, up to a
// limit. The error is that of the first where none can be read.
func readings(root *item, legacy bool, source Source) (Document, error) {
	var document Document
	var first error
	known := map[string][]strictjson.Value{}
	var editions []edition
	for range limits.PackedReadings {
		u := unpacker{
			source: source, known: known, legacy: legacy, editions: editions,
			entries: map[string]*entry{}, ids: map[string]int64{},
		}
		u.document(root)
		value, err := u.finish()
		switch {
		case err != nil && first == nil:
			first = err
		case err == nil && !among(document.Readings, value):
			document.Readings = append(document.Readings, value)
		}
		if editions = next(u.editions); editions == nil {
			break
		}
	}
	if len(document.Readings) == 0 {
		return Document{}, first
	}
	return document, nil
}

func among(readings []strictjson.Value, value strictjson.Value) bool {
	for _, reading := range readings {
		if reading.Equal(value) {
			return true
		}
	}
	return false
}

// edition is which of several editions of a context is used.
type edition struct {
	address  string
	at, most int
}

// next is the choice after this one, the context met last changing first, nil
// after the last. What comes behind it may be met no more.
func next(editions []edition) []edition {
	for i := len(editions) - 1; i >= 0; i-- {
		if editions[i].at+1 < editions[i].most {
			changed := append([]edition(nil), editions[:i+1]...)
			changed[i].at++
			return changed
		}
	}
	return nil
}

// finish reads what was written, as any document: no key twice, nothing that
// JSON cannot hold.
func (u *unpacker) finish() (strictjson.Value, error) {
	if u.err != nil {
		return strictjson.Value{}, u.err
	}
	value, err := strictjson.Parse(u.out)
	if err != nil {
		return strictjson.Value{}, damaged(err.Error())
	}
	return value, nil
}

// item is one item of CBOR.
type item struct {
	kind   cbor.Kind
	number int64  // of Number and Negative
	text   string // of Text
	bytes  []byte // of Bytes, and a Simple as it stands
	items  []item // of Array; of Map key and value in turn
}

// read reads an item that is known to be well-formed, so that its depth and
// number are bounded.
func read(r *cbor.Reader) item {
	it := item{kind: r.Kind()}
	n := 0
	switch it.kind {
	case cbor.Number, cbor.Negative:
		it.number = r.Integer()
	case cbor.Text:
		it.text = r.Text()
	case cbor.Bytes:
		it.bytes = r.Bytes()
	case cbor.Array:
		n = r.Array()
	case cbor.Map:
		n = 2 * r.Map()
	default: // a tag is nothing that JSON has
		it.bytes = r.Item()
	}
	for ; n > 0 && !r.Failed(); n-- {
		it.items = append(it.items, read(r))
	}
	return it
}

func damaged(detail string) error {
	return report.NewProblem(report.EnvelopeVpDamaged, detail)
}

func packing(what string, number int) error {
	return report.NewProblem(report.EnvelopeVpPacking, "", "what", what+" "+strconv.Itoa(number))
}
