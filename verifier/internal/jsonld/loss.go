package jsonld

import (
	"strconv"
	"strings"

	"github.com/sealcheck/sealcheck/verifier/internal/strictjson"
	"github.com/sealcheck/sealcheck/verifier/report"
)

// fault is an Error before its place is put into words. Values are immutable
// and share their members, so that an address says which one it is.
type fault struct {
	code report.Code
	name string // of the specification
	what string
	at   *strictjson.Value // what is wrong
	// near is where that was met, from the inside out, because at may be part
	// of a remote context.
	near []*strictjson.Value
}

// broken is a rule of expansion that the document does not keep.
func broken(name, what string, at *strictjson.Value) *fault {
	return &fault{code: report.ContextDocumentInvalid, name: name, what: what, at: at}
}

// badContext is a rule of context processing that is not kept.
func badContext(name, what string, at *strictjson.Value) *fault {
	code := report.ContextInvalid
	switch name {
	case "loading remote context failed", "loading document failed":
		code = report.ContextUnknown
	case "context overflow":
		code = report.ContextTooMany
	case "protected term redefinition", "invalid context nullification":
		code = report.ContextTermProtected
	}
	return &fault{code: code, name: name, what: what, at: at}
}

// lost is something that would not come over to RDF.
func lost(code report.Code, what string, at *strictjson.Value) *fault {
	return &fault{code: code, what: what, at: at}
}

// met says where a fault was met.
func (f *fault) met(at *strictjson.Value) *fault {
	f.near = append(f.near, at)
	return f
}

// in makes the error, with its pointer into a document.
func (f *fault) in(document *strictjson.Value) *Error {
	pointer, ok := pointerTo(document, f.at, nil)
	for i := 0; !ok && i < len(f.near); i++ {
		pointer, ok = pointerTo(document, f.near[i], nil)
	}
	return &Error{Code: f.code, Name: f.name, Pointer: report.Clip(string(pointer)), What: report.Clip(f.what)}
}

// pointerTo looks for a value by its address and appends its JSON pointer
// (RFC 6901).
func pointerTo(from, to *strictjson.Value, pointer []byte) ([]byte, bool) {
	if from == to || to == nil {
		return pointer, from == to
	}
	items := from.Items()
	for i := range items {
		if found, ok := pointerTo(&items[i], to, strconv.AppendInt(append(pointer, '/'), int64(i), 10)); ok {
			return found, true
		}
	}
	members := from.Members()
	for i := range members {
		if found, ok := pointerTo(&members[i].Value, to, appendToken(pointer, members[i].Key)); ok {
			return found, true
		}
	}
	return nil, false
}

// appendToken appends one step of a JSON pointer.
func appendToken(pointer []byte, key string) []byte {
	pointer = append(pointer, '/')
	if !strings.ContainsAny(key, "~/") {
		return append(pointer, key...)
	}
	for i := 0; i < len(key); i++ {
		switch key[i] {
		case '~':
			pointer = append(pointer, "~0"...)
		case '/':
			pointer = append(pointer, "~1"...)
		default:
			pointer = append(pointer, key[i])
		}
	}
	return pointer
}

// undefined says how a key that means nothing is lost.
func undefined(key string, at *strictjson.Value) *fault {
	if keywordForm(key) {
		return lost(report.ContextKeywordUnknown, key, at)
	}
	return lost(report.ContextTermUndefined, key, at)
}

// checkNode says whether a reference to a node would be lost on the way to
// RDF: anything but a well-formed IRI or a blank node.
func checkNode(r ref, given string, at *strictjson.Value) *fault {
	switch {
	case r.form == formNull || r.form == formKeyword:
		return lost(report.ContextKeywordUnknown, given, at)
	case r.form == formRelative:
		return lost(report.ContextIriRelative, given, at)
	case !wellFormed(r.text):
		return lost(report.ContextIriMalformed, given, at)
	}
	return nil
}

// checkType says the same of a type.
func checkType(r ref, given string, at *strictjson.Value) *fault {
	switch {
	case r.form == formNull:
		return lost(report.ContextKeywordUnknown, given, at)
	case r.form == formKeyword || r.form == formRelative:
		return lost(report.ContextTypeUndefined, given, at)
	case !wellFormed(r.text):
		return lost(report.ContextIriMalformed, given, at)
	}
	return nil
}
