package container

import (
	"archive/zip"
	"bytes"
	"compress/gzip"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/sealcheck/sealcheck/verifier/internal/limits"
	"github.com/sealcheck/sealcheck/verifier/report"
)

func sample(t testing.TB, name string) []byte {
	data, err := os.ReadFile(filepath.Join("../../testdata/credentials", name))
	if err != nil {
		t.Fatal(err)
	}
	return data
}

func zipped(t testing.TB, files ...string) []byte {
	var out bytes.Buffer
	w := zip.NewWriter(&out)
	for i := 0; i+1 < len(files); i += 2 {
		one, err := w.Create(files[i])
		if err != nil {
			t.Fatal(err)
		}
		one.Write([]byte(files[i+1]))
	}
	w.Close()
	return out.Bytes()
}

func names(parts []Part) string {
	var all []string
	for _, p := range parts {
		name := p.Name
		if p.Err != nil {
			name += "!" + string(report.CodeOf(p.Err))
		}
		all = append(all, name)
	}
	return strings.Join(all, "|")
}

// TestNames: files are called as they are where they lie, and those that a
// computer adds are none.
func TestNames(t *testing.T) {
	letter := string(sample(t, "container-mail-besides.eml"))
	print := string(sample(t, "container-pdf.pdf"))
	inner := string(zipped(t, "a.json", "{}", "b/c.json", "[]"))
	office := string(zipped(t, "[Content_Types].xml", "<x/>"))
	outer := zipped(t, "inner.zip", inner, "print.pdf", print, "letter.eml", letter, "b/", "", "b/.DS_Store", "x", "__MACOSX/._a", "\x00\x05\x16\x07", ".badge.json", "{}", "__MACOSX/._badge.json", "{}", `b\Thumbs.db`, "x", "text.docx", office, "n", "")
	tests := map[string]struct {
		data        []byte
		open, split string
	}{
		"all in one": {outer, "inner.zip/a.json|inner.zip/b/c.json|print.pdf/diplôme.json|letter.eml/logo.png|letter.eml/badge.jwt|letter.eml/print.pdf|.badge.json|__MACOSX/._badge.json|text.docx|n",
			"inner.zip/a.json|inner.zip/b/c.json|print.pdf|letter.eml/logo.png|letter.eml/badge.jwt|letter.eml/print.pdf|.badge.json|__MACOSX/._badge.json|text.docx|n"},
		"a letter":   {[]byte(letter), "logo.png|badge.jwt|print.pdf", "logo.png|badge.jwt|print.pdf"},
		"a document": {[]byte(print), "diplôme.json", ""},
		"packed":     {sample(t, "container-gzip.json.gz"), "1", "1"},
		"a text":     {[]byte("{}"), "", ""},
		"a part":     {sample(t, "container-zip-bomb-lies.zip"), "a.json!envelope.part_damaged", "a.json!envelope.part_damaged"},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			c, err := Open(test.data, limits.UnpackedBytes)
			if err != nil {
				t.Fatal(err)
			}
			if c == nil {
				c = &Contents{}
			}
			if got := names(c.Parts); got != test.open {
				t.Errorf("opened %s\nwant   %s", got, test.open)
			}
			if got := names(Split(test.data)); got != test.split {
				t.Errorf("split %s\nwant  %s", got, test.split)
			}
		})
	}
}

// TestTogether: the limit is one for all that a file holds, wherever it lies.
func TestTogether(t *testing.T) {
	inner := string(zipped(t, "a", strings.Repeat("a", 1000), "b", strings.Repeat("b", 1000)))
	data := zipped(t, "1.zip", inner, "2.zip", inner)
	need := 2*len(inner) + 4000
	if c, err := Open(data, need); err != nil || len(c.Parts) != 4 {
		t.Error(err)
	}
	if _, err := Open(data, need-1); report.CodeOf(err) != report.EnvelopeUnpackedTooLarge {
		t.Error(err)
	}
	var packed bytes.Buffer
	z := gzip.NewWriter(&packed)
	z.Write(make([]byte, 5000))
	z.Close()
	if _, err := Open(packed.Bytes(), 4999); report.CodeOf(err) != report.EnvelopeUnpackedTooLarge {
		t.Error(err)
	}
	if _, err := Open(append([]byte("PK\x03\x04"), make([]byte, limits.PackedBytes)...), need); report.CodeOf(err) != report.EnvelopeTooLarge {
		t.Error(err)
	}
	many := []string{}
	for range limits.Parts/2 + 1 {
		many = append(many, "x", "")
	}
	half := string(zipped(t, many...))
	if _, err := Open(zipped(t, "1.zip", half, "2.zip", half), need*1000); report.CodeOf(err) != report.EnvelopeTooManyParts {
		t.Error(err)
	}
}

func FuzzOpen(f *testing.F) {
	for _, name := range []string{"container-pdf.pdf", "container-zip-many.zip", "container-mail-forwarded.eml", "container-gzip.json.gz", "container-zip-nested.zip"} {
		f.Add(sample(f, name))
	}
	f.Fuzz(func(t *testing.T, data []byte) {
		const most = 1 << 20
		c, err := Open(data, most)
		if err != nil {
			if code := report.CodeOf(err); code == report.InternalUnexpected || code.Outcome() != report.Fail {
				t.Errorf("%v", err)
			}
			return
		}
		if c == nil {
			return
		}
		size := 0
		for _, p := range c.Parts {
			if size += len(p.Data); p.Name == "" || p.Err == nil && p.Data == nil && len(p.Around) == 0 {
				t.Errorf("%+v", p)
			}
		}
		if size > most || len(c.Without) == 0 || c.Without.Outcome() != report.Fail {
			t.Errorf("%d bytes; without: %v", size, c.Without)
		}
		Split(data)
	})
}

// TestLinks: what leads to a credential is found in what holds none, once, and
// a message whose only files are ornaments is looked at as a whole.
func TestLinks(t *testing.T) {
	const badge, shared = "https://www.credly.com/badges/0c2f4c0e-8b62-4a5d-9a0e-3f1f6c1d2e3f", "https://europa.eu/europass/digital-credentials/viewer/#/shareview/aB3dE6gH9jK2mN5p"
	for _, test := range []struct{ file, links, parts, split string }{
		{"container-pdf-links.pdf", badge + "|" + shared, "", ""},
		{"container-pdf-link-besides.pdf", badge, "badge.json", ""},
		{"container-mail-link.eml", badge, "logo.png", ""},
		{"container-mail-link-besides.eml", badge, "badge.json", "badge.json"},
		{"container-mail-link-zip.zip", "message.eml/" + badge, "message.eml", "message.eml"},
	} {
		data := sample(t, test.file)
		c, err := Open(data, limits.UnpackedBytes)
		if err != nil {
			t.Fatal(test.file, err)
		}
		if got := names(c.Links); got != test.links {
			t.Errorf("%s: links %s", test.file, got)
		}
		if got := names(c.Parts); got != test.parts {
			t.Errorf("%s: parts %s", test.file, got)
		}
		if got := names(Split(data)); got != test.split {
			t.Errorf("%s: split %s", test.file, got)
		}
	}
	if c := Text([]byte("1. " + badge + "\n2. " + shared)); names(c.Links) != badge+"|"+shared {
		t.Error(names(c.Links))
	}
	if c := Text([]byte("No link at all")); c != nil {
		t.Error(c)
	}
}
