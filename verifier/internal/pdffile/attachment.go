package pdffile

import (
	"bytes"
	"strings"
	"unicode/utf16"
	"unicode/utf8"

	"github.com/sealcheck/sealcheck/verifier/internal/limits"
)

// Attachment is a file that is attached to a document.
type Attachment struct {
	Name string // as written; "" where there is none
	f    *File
	from *object
}

// Bytes unpacks the file. The error is ErrStream, ErrFilter or ErrTooLarge.
func (a *Attachment) Bytes() ([]byte, error) { return a.f.unpack(a.from) }

// Attachments are the files that are attached (7.11.4, 14.13), each once: those
// of the document by name, those that are associated with it or with a page,
// and those that are pinned to a page. There are at most limits.Parts + 1.
func (f *File) Attachments() []Attachment {
	c := collector{f: f, seen: map[*object]bool{}}
	c.names(f.at(f.at(f.root, "Names"), "EmbeddedFiles"), 0)
	c.associated(f.root)
	f.pages(func(page, _ *object) {
		c.associated(page)
		for _, note := range f.all(page, "Annots") {
			if f.is(note, "Subtype", "FileAttachment") {
				c.add(f.at(note, "FS"), nil)
			}
		}
	})
	return c.found
}

type collector struct {
	f     *File
	seen  map[*object]bool
	found []Attachment
}

// names walks a tree of names (7.9.6).
func (c *collector) names(node *object, depth int) {
	if depth > limits.PDFDepth || c.seen[node] || node.kind != dictionary {
		return
	}
	c.seen[node] = true
	names := c.f.all(node, "Names")
	for i := 0; i+1 < len(names); i += 2 {
		c.add(names[i+1], names[i].text)
	}
	for _, kid := range c.f.all(node, "Kids") {
		c.names(kid, depth+1)
	}
}

func (c *collector) associated(o *object) {
	for _, file := range c.f.all(o, "AF") {
		c.add(file, nil)
	}
}

// add takes the file out of a file specification (7.11.3).
func (c *collector) add(specification *object, name []byte) {
	files := c.f.at(specification, "EF")
	for _, key := range [...]string{"UF", "F", "Unix", "DOS", "Mac"} {
		if own := c.f.at(specification, key); own.kind == text && len(own.text) > 0 {
			name = own.text
			break
		}
	}
	// They should all be the same file. Programs differ in which they open.
	for _, key := range [...]string{"UF", "F", "Unix", "DOS", "Mac"} {
		from := c.f.at(files, key)
		if from.stream == nil || c.seen[from] || len(c.found) > limits.Parts {
			continue
		}
		c.seen[from] = true
		c.found = append(c.found, Attachment{words(name), c.f, from})
	}
}

// Texts are where a document leads: the addresses of links on its pages
// (12.6.4.8), and what is said about it in its properties (14.3.3) and its
// metadata (14.3.2).
func (f *File) Texts() []string {
	var all []string
	seen := map[*object]bool{}
	room := limits.LinkBytes
	add := func(text []byte) {
		if room -= len(text); room >= 0 && len(all) < limits.Parts {
			all = append(all, words(text))
		}
	}
	f.pages(func(page, _ *object) {
		for _, note := range f.all(page, "Annots") {
			if to := f.at(note, "A"); !seen[to] && f.is(to, "S", "URI") {
				seen[to] = true
				add(f.at(to, "URI").text)
			}
		}
	})
	for about, i := f.at(&f.trailer, "Info"), 1; i < len(about.items); i += 2 {
		add(f.follow(&about.items[i]).text)
	}
	if metadata, err := f.unpack(f.at(f.root, "Metadata")); err == nil && len(metadata) <= room {
		text := string(metadata)
		for _, pair := range [...][2]string{{"&quot;", `"`}, {"&#34;", `"`}, {"&lt;", "<"}, {"&gt;", ">"}, {"&amp;", "&"}} {
			text = strings.ReplaceAll(text, pair[0], pair[1])
		}
		add([]byte(text))
	}
	return all
}

// words is a text string (7.9.2.2): UTF-16 or UTF-8 with a mark, else
// PDFDocEncoding, which for names is Latin-1.
func words(data []byte) string {
	switch {
	case bytes.HasPrefix(data, []byte("\xfe\xff")):
		units := make([]uint16, 0, len(data)/2)
		for data = data[2:]; len(data) > 1; data = data[2:] {
			units = append(units, uint16(data[0])<<8|uint16(data[1]))
		}
		return string(utf16.Decode(units))
	case bytes.HasPrefix(data, []byte("\xef\xbb\xbf")):
		return string([]rune(string(data[3:])))
	case utf8.Valid(data): // many write it so, without the mark
		return string(data)
	}
	runes := make([]rune, 0, len(data))
	for _, c := range data {
		runes = append(runes, rune(c))
	}
	return string(runes)
}

// pages calls a function for each page, with the resources that it uses
// (7.7.3).
func (f *File) pages(each func(page, resources *object)) {
	seen := map[*object]bool{}
	left := limits.PDFPages
	var walk func(node, resources *object, depth int)
	walk = func(node, resources *object, depth int) {
		if depth > limits.PDFDepth || seen[node] || node.kind != dictionary {
			return
		}
		if left == 0 {
			f.work = -1 // nothing more is found, and Exhausted says so
			return
		}
		seen[node] = true
		if own := f.at(node, "Resources"); own.kind == dictionary {
			resources = own
		}
		kids := f.all(node, "Kids")
		for _, kid := range kids {
			walk(kid, resources, depth+1)
		}
		if len(kids) == 0 {
			left--
			each(node, resources)
		}
	}
	walk(f.at(f.root, "Pages"), &nothing, 0)
}
