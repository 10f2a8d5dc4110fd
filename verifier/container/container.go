// Package container takes a file apart that holds other files: an archive, a
// message, a document with attachments. What it holds is judged file by file;
// nothing is proven by where it lay.
package container

import (
	"bytes"
	"compress/gzip"
	"errors"
	"io"
	"path"
	"strconv"
	"strings"

	"github.com/sealcheck/sealcheck/verifier/internal/limits"
	"github.com/sealcheck/sealcheck/verifier/internal/link"
	"github.com/sealcheck/sealcheck/verifier/internal/mailfile"
	"github.com/sealcheck/sealcheck/verifier/internal/pdffile"
	"github.com/sealcheck/sealcheck/verifier/internal/sniff"
	"github.com/sealcheck/sealcheck/verifier/internal/tarfile"
	"github.com/sealcheck/sealcheck/verifier/internal/zipfile"
	"github.com/sealcheck/sealcheck/verifier/report"
)

// Part is one file.
type Part struct {
	// Name is what it is called, after the names of the files that it lies in,
	// each followed by a slash. It is a label and no path.
	Name string
	Data []byte
	// Around is what there is to say about what it lies in.
	Around report.Findings
	// Err is a *report.Problem that kept it from being unpacked; nil with Data.
	Err error
}

// Contents are the files in a file.
type Contents struct {
	Parts []Part
	// Links are what stands in a text, a message or a document, and leads to a
	// credential: each a link, or what was pasted there. They are of use only
	// where none of Parts is a credential.
	Links []Part
	// Without is what to say where none of them is a credential.
	Without report.Findings
}

// Open takes a file apart, and those in it that hold others. It gives nil for
// one that is of no such kind. All together may unpack to so many bytes. The
// error is a *report.Problem of check envelope about the file as a whole.
func Open(data []byte, most int) (*Contents, error) {
	o := opener{left: min(most, limits.UnpackedBytes), reading: pdffile.All(), words: limits.LinkBytes}
	c, err := o.open(data)
	if err != nil || c == nil {
		return nil, err
	}
	if err := o.flatten(c.Parts, "", nil, 1); err != nil {
		return nil, err
	}
	c.Parts, c.Links = o.parts, append(c.Links, o.links...)
	return c, nil
}

// Text finds what leads to a credential in a text that is none. It gives nil
// where there is nothing.
func Text(data []byte) *Contents {
	found, other := link.Find(string(data))
	c := &Contents{}
	c.leads(found, report.EnvelopeFromText, nil)
	switch {
	case len(found) > 0:
		c.Without.Add(report.EnvelopeText, "")
	case other != "":
		c.Without = report.Findings{report.FindingOf(link.Read(other).Problem())}
	default:
		return nil
	}
	return c
}

// find looks through a text, where there are not too many.
func (o *opener) find(text string) []string {
	if o.words -= len(text); o.words < 0 {
		return nil
	}
	found, _ := link.Find(text)
	return found
}

// leads adds what link.Find has found.
func (c *Contents) leads(found []string, code report.Code, more report.Findings) {
	for _, one := range found {
		twice := false
		for i := range c.Links {
			twice = twice || string(c.Links[i].Data) == one
		}
		if !twice && len(c.Links) < limits.Links {
			c.Links = append(c.Links, Part{report.Clip(one), []byte(one), append(report.Findings{report.NewFinding(code, "")}, more...), nil})
		}
	}
}

// Split gives the files in an archive or a message, those in archives in it
// included; documents with attachments stay whole. It gives nil for any other
// file, and for one that cannot be read.
func Split(data []byte) []Part {
	o := opener{left: limits.UnpackedBytes, split: true, words: limits.LinkBytes}
	c, err := o.open(data)
	if err != nil || c == nil || o.flatten(c.Parts, "", nil, 1) != nil {
		return nil
	}
	// What leads to a credential is found where all is looked at together.
	links := len(c.Links) + len(o.links)
	for i := range o.parts {
		links = min(links, links*ornament(o.parts[i].Data))
	}
	if links > 0 {
		return nil
	}
	return o.parts
}

// ornament is 1 of a picture in which nothing is baked, else 0.
func ornament(data []byte) int {
	code := report.CodeOf(sniff.Binary(data))
	if code == report.EnvelopeImage || code == report.EnvelopePng && !bytes.Contains(data, []byte("openbadge")) {
		return 1
	}
	return 0
}

type opener struct {
	left  int // bytes that may still be unpacked
	parts []Part
	links []Part
	split bool // documents stay whole
	// reading is what reading documents may still take
	reading *pdffile.Left
	words   int // how much text may still be looked through
}

// flatten collects files, and those in them.
func (o *opener) flatten(parts []Part, folder string, around report.Findings, depth int) error {
	for _, p := range parts {
		p.Name = folder + p.Name
		p.Around = append(around[:len(around):len(around)], p.Around...)
		if p.Err == nil {
			inner, err := o.open(p.Data)
			switch {
			case whole(err):
				return err
			case err != nil:
				p.Err = err
			case inner != nil && len(inner.Parts) > 0 && depth == limits.PartDepth:
				p.Err = report.NewProblem(report.EnvelopeTooDeep, "")
			case inner != nil:
				for _, l := range inner.Links {
					l.Name = p.Name + "/" + l.Name
					l.Around = append(p.Around[:len(p.Around):len(p.Around)], l.Around...)
					o.links = append(o.links, l)
				}
				if len(inner.Parts) > 0 {
					if err := o.flatten(inner.Parts, p.Name+"/", p.Around, depth+1); err != nil {
						return err
					}
					continue
				}
			}
		}
		if len(o.parts) == limits.Parts {
			return tooMany()
		}
		o.parts = append(o.parts, p)
	}
	return nil
}

// whole says that an error is about all files together.
func whole(err error) bool {
	code := report.CodeOf(err)
	return code == report.EnvelopeUnpackedTooLarge || code == report.EnvelopeTooManyParts
}

func tooMany() error { return report.NewProblem(report.EnvelopeTooManyParts, "") }

func tooLarge() error { return report.NewProblem(report.EnvelopeUnpackedTooLarge, "") }

// spend counts bytes that were unpacked; it is false where they are too many.
func (o *opener) spend(n int) bool {
	o.left -= n
	return o.left >= 0
}

// open takes one file apart. It gives nil for one that is of no such kind.
func (o *opener) open(data []byte) (*Contents, error) {
	// Most files that are brought: JSON or a token.
	if bytes.HasPrefix(data, []byte("{")) || bytes.HasPrefix(data, []byte("eyJ")) {
		return nil, nil
	}
	var open func([]byte) (*Contents, error)
	name := "" // as it is written
	kind := report.CodeOf(sniff.Binary(data))
	switch {
	case kind == report.EnvelopePdf && !o.split:
		open, name = o.document, "PDF"
	case kind == report.EnvelopeZip:
		open, name = o.archive, "ZIP"
	case kind == report.EnvelopeEmail:
		open, name = o.message, "e-mail"
	case kind == report.EnvelopeGzip:
		open, name = o.packed, "gzip"
	case (kind == report.EnvelopeArchive || kind == report.EnvelopeUnknown) && tarfile.Is(data):
		kind = report.EnvelopeTar
		open, name = o.tape, "tar"
	default:
		return nil, nil
	}
	if len(data) > limits.PackedBytes {
		return nil, report.NewProblem(report.EnvelopeTooLarge, "", "size", strconv.Itoa(len(data)))
	}
	// Programs that begin at the end, or go by the sum of the first header, would
	// find other files (T34).
	also := ""
	if name != "ZIP" && zipfile.End(data) >= 0 {
		also = ", ZIP"
	} else if name != "tar" && tarfile.Sound(data) {
		also = ", tar"
	}
	if also != "" {
		return nil, report.NewProblem(report.EnvelopeAmbiguous, "", "what", name+also)
	}
	c, err := open(data)
	if c != nil {
		c.Without.Add(kind, "")
	}
	return c, err
}

// add appends a file; one without a name is called by its number.
func (c *Contents) add(name string, data []byte, err error, around report.Findings) {
	if name = report.Clip(name); name == "" {
		name = strconv.Itoa(len(c.Parts) + 1)
	}
	c.Parts = append(c.Parts, Part{name, data, around, err})
}

// document takes out what is attached to a PDF.
func (o *opener) document(data []byte) (*Contents, error) {
	f, err := pdffile.OpenWithin(data, o.reading)
	switch {
	case o.reading.Values <= 0 || o.reading.Work < 0:
		return nil, tooLarge()
	case errors.Is(err, pdffile.ErrEncrypted):
		return nil, report.NewProblem(report.EnvelopePassword, "PDF")
	case err != nil && pdffile.Header(data) > 0:
		return nil, nil // a text about such documents
	case err != nil:
		return nil, report.NewProblem(report.EnvelopePdfDamaged, "")
	}
	defer f.Left(o.reading)
	attachments := f.Attachments()
	if len(attachments) > limits.Parts {
		return nil, tooMany()
	}
	if f.Exhausted() {
		return nil, tooLarge()
	}
	if len(attachments) == 0 && f.Repaired && !bytes.Contains(data[max(0, len(data)-1024):], []byte("%%EOF")) {
		return nil, report.NewProblem(report.EnvelopePdfDamaged, "its end is missing")
	}
	c := &Contents{}
	if f.Repaired {
		c.Without.Add(report.EnvelopePdfRepaired, "")
	}
	if f.Signed() {
		c.Without.Add(report.EnvelopePdfSigned, "")
	}
	around := append(report.Findings{report.NewFinding(report.EnvelopeAttachedPdf, "")}, c.Without...)
	for i := range attachments {
		content, err := attachments[i].Bytes()
		switch {
		case errors.Is(err, pdffile.ErrTooLarge) || !o.spend(len(content)):
			return nil, tooLarge()
		case errors.Is(err, pdffile.ErrFilter):
			err = report.NewProblem(report.EnvelopePackingUnknown, "PDF")
		case err != nil:
			err = report.NewProblem(report.EnvelopePartDamaged, "PDF")
		}
		c.add(attachments[i].Name, content, err, around)
	}
	for _, text := range f.Texts() {
		c.leads(o.find(text), report.EnvelopeInPdf, c.Without)
	}
	return c, nil
}

// archive unpacks a ZIP.
func (o *opener) archive(data []byte) (*Contents, error) {
	files, err := zipfile.Open(data, 3*limits.Parts) // folders too, and what a computer adds
	if err != nil {
		return nil, zipProblem(err)
	}
	c := &Contents{}
	around := report.Findings{report.NewFinding(report.EnvelopeFromZip, "")}
	for i := range files {
		f := &files[i]
		switch {
		case f.Folder():
			continue
		case f.Encrypted():
			return nil, zipProblem(zipfile.ErrEncrypted)
		case !o.spend(f.Size):
			return nil, tooLarge()
		}
		content, err := f.Bytes()
		if added(f.Name, content) {
			continue
		}
		if len(c.Parts) == limits.Parts {
			return nil, tooMany()
		}
		if errors.Is(err, zipfile.ErrDamaged) {
			err = report.NewProblem(report.EnvelopePartDamaged, "ZIP")
		} else if err != nil {
			err = zipProblem(err)
		}
		c.add(f.Name, content, err, around)
	}
	return c, nil
}

func zipProblem(err error) error {
	switch {
	case errors.Is(err, zipfile.ErrAmbiguous):
		return report.NewProblem(report.EnvelopeAmbiguous, "", "what", "ZIP")
	case errors.Is(err, zipfile.ErrEncrypted):
		return report.NewProblem(report.EnvelopePassword, "ZIP")
	case errors.Is(err, zipfile.ErrUnsupported):
		return report.NewProblem(report.EnvelopePackingUnknown, "ZIP")
	case errors.Is(err, zipfile.ErrTooLarge):
		return tooMany()
	}
	return report.NewProblem(report.EnvelopeZipDamaged, "")
}

// tape takes the files out of a tar archive.
func (o *opener) tape(data []byte) (*Contents, error) {
	files, err := tarfile.Open(data, 6*limits.Parts) // up to two headers for each, and as of ZIP
	switch {
	case errors.Is(err, tarfile.ErrAmbiguous):
		return nil, report.NewProblem(report.EnvelopeAmbiguous, "", "what", "tar")
	case errors.Is(err, tarfile.ErrTooMany):
		return nil, tooMany()
	case errors.Is(err, tarfile.ErrUnsupported):
		return nil, report.NewProblem(report.EnvelopePackingUnknown, "tar")
	case err != nil:
		return nil, report.NewProblem(report.EnvelopeTarDamaged, "")
	}
	c := &Contents{}
	around := report.Findings{report.NewFinding(report.EnvelopeFromTar, "")}
	for _, f := range files {
		switch {
		case added(f.Name, f.Data):
			continue
		case len(c.Parts) == limits.Parts:
			return nil, tooMany()
		case !o.spend(len(f.Data)):
			return nil, tooLarge()
		}
		var err error
		if errors.Is(f.Err, tarfile.ErrNoFile) {
			err = report.NewProblem(report.EnvelopeTarLink, "")
		} else if f.Err != nil {
			err = report.NewProblem(report.EnvelopePackingUnknown, "tar")
		}
		c.add(f.Name, f.Data, err, around)
	}
	return c, nil
}

// added says that a computer has added the file for itself: by its name, and
// the description of another file (AppleDouble, RFC 1740) by how it begins as
// well. Any other name that begins with a dot hides a file on some computers
// only.
func added(name string, content []byte) bool {
	last := path.Base(strings.ReplaceAll(name, `\`, "/"))
	return last == ".DS_Store" || last == "Thumbs.db" || last == "desktop.ini" ||
		strings.HasPrefix(last, "._") && bytes.HasPrefix(content, []byte("\x00\x05\x16\x07"))
}

// message takes out what is attached to an e-mail. What its writer has written
// is no file, unless a credential was pasted there.
func (o *opener) message(data []byte) (*Contents, error) {
	data = bytes.TrimLeft(bytes.TrimPrefix(data, []byte("\ufeff")), " \t\r\n")
	if bytes.HasPrefix(data, []byte("From ")) {
		return nil, report.NewProblem(report.EnvelopeMailbox, "")
	}
	parts, err := mailfile.Parts(data)
	if err != nil {
		return nil, tooMany()
	}
	c := &Contents{}
	around := report.Findings{report.NewFinding(report.EnvelopeFromMail, "")}
	var texts []byte
	for i := range parts {
		p := &parts[i]
		if !o.spend(p.Size()) {
			return nil, tooLarge()
		}
		content, err := p.Bytes()
		if err != nil {
			err = report.NewProblem(report.EnvelopePartDamaged, "e-mail")
		}
		if start := bytes.TrimSpace(content[:min(len(content), 100)]); p.Body && !bytes.HasPrefix(start, []byte("{")) && !bytes.HasPrefix(start, []byte("eyJ")) {
			texts = append(append(texts, content...), '\n')
			continue
		}
		if len(c.Parts) == limits.Parts {
			return nil, tooMany()
		}
		c.add(p.Name, content, err, around)
	}
	c.leads(o.find(string(texts)), report.EnvelopeFromText, nil)
	return c, nil
}

// packed unpacks what gzip has packed: one file, to its end.
func (o *opener) packed(data []byte) (*Contents, error) {
	rest := bytes.NewReader(data)
	z, err := gzip.NewReader(rest)
	if err != nil {
		return nil, report.NewProblem(report.EnvelopeGzip, "")
	}
	z.Multistream(false)
	var content bytes.Buffer
	_, err = content.ReadFrom(io.LimitReader(z, int64(max(o.left, 0))+1))
	if !o.spend(content.Len()) {
		return nil, tooLarge()
	}
	if err != nil || rest.Len() > 0 {
		return nil, report.NewProblem(report.EnvelopeGzip, "")
	}
	c := &Contents{}
	c.add(z.Name, content.Bytes(), nil, report.Findings{report.NewFinding(report.EnvelopeFromGzip, "")})
	return c, nil
}
