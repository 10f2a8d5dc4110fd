// Package pdffile reads what is attached to a PDF document (ISO 32000-2), and
// the pictures on its pages, from bytes that nobody vouches for. It shows
// nothing, runs nothing, and checks no signature of the document's own.
package pdffile

import (
	"bytes"
	"errors"
	"io"

	"github.com/sealcheck/sealcheck/verifier/internal/limits"
)

var (
	// ErrEncrypted: a password protects the document, or it is encrypted in a way
	// that is not read here.
	ErrEncrypted = errors.New("pdffile: encrypted")
	// ErrDamaged: no catalog can be found in it.
	ErrDamaged = errors.New("pdffile: damaged")
	// ErrStream: a stream breaks off, or its packing is broken.
	ErrStream = errors.New("pdffile: a stream is damaged")
	// ErrFilter: a stream is packed in a way that is not read here.
	ErrFilter = errors.New("pdffile: unknown filter")
	// ErrTooLarge: a stream unpacks to more than may be.
	ErrTooLarge = errors.New("pdffile: too large")
)

// File is an open document. It is for one goroutine.
type File struct {
	// Repaired says that the table of objects was broken, so that they were
	// searched for: what an update had deleted may be among them.
	Repaired bool

	data    []byte
	entries []entry // by object number
	root    *object
	trailer object
	lock    *lock // nil where nothing is encrypted
	loaded  map[int]*object
	packs   map[int]*pack
	values  int // that may still be read
	work    int // bytes that may still be looked through or unpacked
	from    Left
	// inflater is kept for the next stream: a new one takes 40 KB. nil before the
	// first one.
	inflater io.Reader
	nested   int // objects that are being read because another one needs them
}

// Exhausted says that reading the document took more than may be: there may be
// more in it than was found.
func (f *File) Exhausted() bool { return f.work < 0 || f.values <= 0 }

// Header is where a document begins, -1 if it is none: readers accept that
// anywhere in the first 1024 bytes (ISO 32000-1, implementation note 13).
func Header(data []byte) int {
	return bytes.Index(data[:min(len(data), 1024)], []byte("%PDF-"))
}

// Left is what may still be read of several documents together.
type Left struct{ Values, Work int }

// All is what is left before the first of them.
func All() *Left { return &Left{limits.PDFValuesTogether, limits.PDFWork} }

// Left takes off what reading this document took.
func (f *File) Left(left *Left) {
	left.Values -= f.from.Values - f.values
	left.Work -= f.from.Work - f.work
}

// Open finds the catalog of a document, which stands alone.
func Open(data []byte) (*File, error) { return OpenWithin(data, All()) }

// OpenWithin finds a document's catalog, and takes off what that took where it
// finds none. The error is ErrEncrypted or ErrDamaged.
func OpenWithin(data []byte, left *Left) (file *File, err error) {
	at := Header(data)
	if at < 0 {
		return nil, ErrDamaged
	}
	f := &File{data: data[at:], values: min(limits.PDFValues, left.Values), work: left.Work}
	f.from = Left{f.values, f.work}
	defer func() {
		if err != nil {
			f.Left(left)
		}
	}()
	f.forget()
	read := f.readTables()
	open := f.unlock()
	if !read || open && !f.hasRoot() {
		f.forget()
		f.Repaired = true
		f.rebuild()
		if open = f.unlock(); open && f.lock != nil {
			f.rebuild() // once more: streams of objects can be read now
		}
	}
	// An encrypted document encrypts its attachments as well (7.6.2).
	switch {
	case !open:
		return nil, ErrEncrypted
	case !f.hasRoot():
		return nil, ErrDamaged
	}
	return f, nil
}

func (f *File) forget() {
	f.entries, f.root, f.trailer, f.lock = nil, nil, object{}, nil
	f.loaded, f.packs = map[int]*object{}, map[int]*pack{}
}

// hasRoot looks for the catalog, in which all begins (7.7.2).
func (f *File) hasRoot() bool {
	f.root = f.follow(f.trailer.get("Root"))
	return f.root.kind == dictionary && (f.root.get("Pages").kind != null || f.is(f.root, "Type", "Catalog"))
}

// spend counts work; it is false where that was too much.
func (f *File) spend(n int) bool {
	f.work -= n
	return f.work >= 0
}

// at is what stands under a name in a dictionary, wherever it is kept. Many may
// lead to the same large dictionary.
func (f *File) at(of *object, name string) *object {
	if !f.spend(8 * len(of.items)) {
		return &nothing
	}
	return f.follow(of.get(name))
}

// is says whether a dictionary has this name under that one.
func (f *File) is(of *object, key, name string) bool {
	found := f.at(of, key)
	return found.kind == named && string(found.text) == name
}

// Signed says whether the document bears a signature of its own (12.8).
func (f *File) Signed() bool {
	form := f.at(f.root, "AcroForm")
	if f.at(form, "SigFlags").number&1 != 0 {
		return true
	}
	for i := range f.at(form, "Fields").items {
		field := f.follow(&f.at(form, "Fields").items[i])
		if f.is(field, "FT", "Sig") && field.get("V").kind != null {
			return true
		}
	}
	return false
}
