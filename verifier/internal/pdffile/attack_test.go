package pdffile

import (
	"bytes"
	"fmt"
	"runtime"
	"strings"
	"testing"

	"github.com/sealcheck/sealcheck/verifier/internal/yardstick"
)

// bombs are small documents that would make a reader do, or hold, far more than
// they are worth.
var bombs = map[string]func() []byte{
	"a predictor whose lines are a gigabyte": func() []byte {
		w := attached("<< /F (a) /EF << /F 5 0 R >> >>")
		w.stream(5, "/Filter /FlateDecode /DecodeParms << /Predictor 12 /Colors 32 /BitsPerComponent 16 /Columns 16777216 >>", packedBytes("\x02abc"))
		w.table("")
		return w.Bytes()
	},
	"lengths that lead through half a million objects": func() []byte {
		w := attached("<< /F (a) /EF << /F 5 0 R >> >>")
		const most = 500_000
		places := make([]int, 0, most)
		for id := 5; id < most; id++ {
			places = append(places, w.Len())
			fmt.Fprintf(w, "%d 0 obj<</Length %d 0 R>>stream\n", id, id+1)
		}
		at := w.Len()
		fmt.Fprintf(w, "xref\n0 1\n0000000000 65535 f\r\n")
		for id := 1; id < 5; id++ {
			if place, ok := w.places[id]; ok {
				fmt.Fprintf(w, "%d 1\n%010d 00000 n\r\n", id, place)
			}
		}
		fmt.Fprintf(w, "5 %d\n", len(places))
		for _, place := range places {
			fmt.Fprintf(w, "%010d 00000 n\r\n", place)
		}
		fmt.Fprintf(w, "trailer << /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF\n", at)
		return w.Bytes()
	},
	"one dictionary looked at four hundred thousand times": func() []byte {
		w := document("%PDF-1.7\n")
		w.object(1, "<< /Type /Catalog /Pages 2 0 R >>")
		w.object(2, "<< /Type /Pages /Kids [3 0 R] /Count 1 >>")
		w.object(3, "<< /Type /Page /Annots ["+strings.Repeat("4 0 R ", 400_000)+"] >>")
		w.object(4, "<< "+strings.Repeat("/A 1 ", 200_000)+" >>")
		w.table("")
		return w.Bytes()
	},
	"one list on five thousand pages": func() []byte {
		w := document("%PDF-1.7\n")
		w.object(1, "<< /Type /Catalog /Pages 2 0 R >>")
		var kids strings.Builder
		for id := 10; id < 5010; id++ {
			fmt.Fprintf(&kids, "%d 0 R ", id)
			w.object(id, "<< /Type /Page /Annots 3 0 R /AF 3 0 R >>")
		}
		w.object(2, "<< /Type /Pages /Kids ["+kids.String()+"] >>")
		w.object(3, "["+strings.Repeat("4 0 R ", 500_000)+"]")
		w.object(4, "<< /A 1 >>")
		w.table("")
		return w.Bytes()
	},
	"five hundred attachments out of the same digits": func() []byte {
		// Each stream holds all that follow it, and ends in what is no digit.
		var list []string
		for id := range 500 {
			list = append(list, fmt.Sprintf("<< /F (a) /EF << /F %d 0 R >> >>", id+10))
		}
		w := attached(list...)
		const size = 16 << 20
		for id := range 500 {
			w.places[id+10] = w.Len()
			fmt.Fprintf(w, "%d 0 obj<</Filter/ASCII85Decode/Length 9 0 R>>stream\n", id+10)
		}
		w.Write(bytes.Repeat([]byte("!"), size))
		w.WriteString("\nendstream endobj\n")
		w.object(9, "999999999")
		w.table("")
		return w.Bytes()
	},
	"a stream of objects with a million numbers": func() []byte {
		w := attached("<< /F (a) /EF << /F 5 0 R >> >>")
		body := packedBytes(strings.Repeat("1 ", 20<<20))
		w.stream(9, fmt.Sprintf("/Type /ObjStm /N 999999999 /First %d /Filter /FlateDecode", 40<<20), body)
		return w.Bytes()
	},
	"pictures of thirty million dots from the same bytes": func() []byte {
		w := document("%PDF-1.7\n")
		w.object(1, "<< /Type /Catalog /Pages 2 0 R >>")
		w.object(2, "<< /Type /Pages /Kids [3 0 R] >>")
		var names strings.Builder
		for id := range 300 {
			fmt.Fprintf(&names, "/A%d %d 0 R ", id, id+10)
		}
		w.object(3, "<< /Type /Page /Resources << /XObject << "+names.String()+" >> >> >>")
		for id := range 300 {
			w.places[id+10] = w.Len()
			fmt.Fprintf(w, "%d 0 obj<</Subtype/Image/Width 8192/Height 4096/ImageMask true/Length 9 0 R>>stream\n", id+10)
		}
		w.Write(make([]byte, 4<<20+100))
		w.WriteString("\nendstream endobj\n")
		w.object(9, "999999999")
		w.table("")
		return w.Bytes()
	},
	"a page full of areas, each as large as the page": func() []byte {
		return drawn("0 0 1 1 re f 800 800 1 1 re f " + strings.Repeat("0 0 1 1 re f ", 40) + strings.Repeat("0 0 800 800 re f ", 100_000))
	},
	"a path of a million places": func() []byte {
		return drawn("0 0 m " + strings.Repeat("9 9 l 0 800 l 0 0 m ", 200_000) + " f " + strings.Repeat("0 0 1 1 re f ", 40))
	},
	"pages that draw one form a thousand times": func() []byte {
		return drawn(strings.Repeat("/F Do ", 1000), strings.Repeat("0 0 1 1 re 100 100 100 100 re f ", 1000))
	},
	"a page that draws an empty form, packed many times, over and over": func() []byte {
		empty := []byte{}
		for range 8 {
			empty = packedBytes(string(empty))
		}
		w := document("%PDF-1.7\n")
		w.object(1, "<< /Type /Catalog /Pages 2 0 R >>")
		w.object(2, "<< /Type /Pages /Kids [3 0 R 3 0 R] >>")
		w.object(3, "<< /Type /Page /Contents 4 0 R /Resources << /XObject << /F 5 0 R >> >> >>")
		w.stream(4, "/Filter /FlateDecode", packedBytes(strings.Repeat("/F Do ", 2_000_000)))
		w.stream(5, "/Subtype /Form /Filter ["+strings.Repeat("/FlateDecode ", 8)+"]", empty)
		w.table("")
		return w.Bytes()
	},
	"a page of empty streams, packed many times": func() []byte {
		empty := []byte{}
		for range 8 {
			empty = packedBytes(string(empty))
		}
		w := document("%PDF-1.7\n")
		w.object(1, "<< /Type /Catalog /Pages 2 0 R >>")
		w.object(2, "<< /Type /Pages /Kids [3 0 R] >>")
		w.object(3, "<< /Type /Page /Contents ["+strings.Repeat("5 0 R ", 150_000)+"] >>")
		w.stream(5, "/Filter ["+strings.Repeat("/FlateDecode ", 8)+"]", empty)
		w.table("")
		return w.Bytes()
	},
	"texts on a page that never end": func() []byte {
		return drawn(strings.Repeat("< ", 3_000_000))
	},
	"objects that never end": func() []byte {
		return []byte("%PDF-1.7\n" + strings.Repeat("1 0 obj<\n", 100_000))
	},
	"a table that names the same objects over and over": func() []byte {
		w := document("%PDF-1.7\n")
		w.object(1, "<< /Type /Catalog /Pages 2 0 R >>")
		at := w.Len()
		w.WriteString("xref\n")
		rows := strings.Repeat("0 0n", 100_000)
		for range 60 {
			w.WriteString("1 100000 " + rows + "\n")
		}
		fmt.Fprintf(w, "trailer << /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF\n", at)
		return w.Bytes()
	},
}

func TestBombs(t *testing.T) {
	for name, make := range bombs {
		t.Run(name, func(t *testing.T) {
			data := make()
			var before, after runtime.MemStats
			runtime.ReadMemStats(&before)
			spent := yardstick.Units(func() {
				f, err := Open(data)
				if err != nil {
					return
				}
				for _, a := range f.Attachments() {
					a.Bytes()
				}
				f.Texts()
				f.Pictures()
			})
			runtime.ReadMemStats(&after)
			t.Logf("%d bytes: %.0f units, %d MB", len(data), spent, (after.TotalAlloc-before.TotalAlloc)>>20)
			if spent > 3000 {
				t.Errorf("%.0f units for %d bytes", spent, len(data))
			}
			if took := (after.TotalAlloc - before.TotalAlloc) >> 20; took > 1024 {
				t.Errorf("%d MB of memory, one after the other", took)
			}
		})
	}
}

// TestTwoStreams: where programs would open different files under one name,
// both are there.
func TestTwoStreams(t *testing.T) {
	w := attached("<< /F (a) /EF << /F 5 0 R /UF 6 0 R >> >>")
	w.stream(5, "", []byte("one"))
	w.stream(6, "", []byte("two"))
	w.table("")
	if got := strings.Join(found(t, w.Bytes()), "|"); got != "a=two|a=one" {
		t.Error(got)
	}
}

// TestExhausted: what is not looked at any more is said to be.
func TestExhausted(t *testing.T) {
	for name, body := range map[string]string{
		"pages":  strings.Repeat("3 0 R ", 10),
		"values": strings.Repeat("1 ", 1_100_000),
	} {
		w := document("%PDF-1.7\n")
		w.object(1, "<< /Type /Catalog /Pages 2 0 R >>")
		var kids strings.Builder
		for id := 10; id < 5015; id++ {
			w.object(id, "<< /Type /Page >>")
			fmt.Fprintf(&kids, "%d 0 R ", id)
		}
		w.object(2, "<< /Type /Pages /Kids ["+kids.String()+body+"] >>")
		w.table("")
		f, err := Open(w.Bytes())
		if err != nil {
			t.Fatal(err)
		}
		if f.Attachments(); !f.Exhausted() {
			t.Error(name)
		}
	}
}

// TestNumbers: an object's number, or its place, that is beyond what is kept
// leads nowhere.
func TestNumbers(t *testing.T) {
	pack := func(id int) []byte {
		w := attached("<< /F (a) /EF << /F 5 0 R >> >>")
		w.stream(5, "", []byte("one"))
		w.stream(id, "/Type /ObjStm /N 2 /First 8", []byte("1 0 2 4 (a) (b)"))
		return w.Bytes()
	}
	for _, id := range []int{1<<31 + 5, 1<<32 - 1, 1<<32 + 5, 999_999_999_999} {
		if got := strings.Join(found(t, pack(id)), "|"); got != "a=one" {
			t.Errorf("%d: %s", id, got)
		}
	}
	w := simple()
	w.places[5] += 1 << 32
	w.table("")
	if got := strings.Join(found(t, w.Bytes()), "|"); got != "ä.j={\"a\":1}" {
		t.Error(got)
	}
}

// TestWriters: documents as programs leave them.
func TestWriters(t *testing.T) {
	want := `ä.j={"a":1}`
	plain := func() []byte { w := simple(); w.table(""); return w.Bytes() }
	replaced := func(old, new string) []byte { return bytes.Replace(plain(), []byte(old), []byte(new), 1) }
	junk := bytes.Repeat([]byte("junk "), 150)
	absolute := func() []byte {
		w := document(string(junk) + "%PDF-1.7\n")
		s := simple()
		w.Write(s.Bytes()[len("%PDF-1.7\n"):])
		for id, place := range s.places {
			w.places[id] = place + len(junk)
		}
		w.table("")
		return w.Bytes()
	}
	linear := func() []byte { // the table for the first page stands first, the one for the rest last
		w := simple()
		rest := w.places
		at := w.Len()
		w.WriteString("xref\n0 1\n0000000000 65535 f \n")
		for id, place := range rest {
			fmt.Fprintf(w, "%d 1\n%010d 00000 n \n", id, place)
		}
		w.WriteString("trailer << /Size 6 >>\nstartxref\n0\n%%EOF\n")
		w.places, w.last = map[int]int{}, at
		w.object(9, "<< >>")
		w.table("/Size 10")
		return w.Bytes()
	}
	for name, data := range map[string][]byte{
		"plain":                      plain(),
		"carriage returns":           bytes.ReplaceAll(plain(), []byte("\n"), []byte("\r")),
		"places counted from before": absolute(),
		"linear":                     linear(),
		"a wrong place":              replaced("startxref\n", "startxref\n1"),
		"a length that is too small": replaced("/Length 7", "/Length 3"),
		"a length that is too large": replaced("/Length 7", "/Length 9"),
		"junk at the end":            append(plain(), bytes.Repeat([]byte("<html>"), 1000)...),
		"no word at the end":         replaced("%%EOF", ""),
		"a comment after the word":   replaced("5 0 obj\n", "5 0 obj % made\n"),
		"words without space":        replaced("5 0 obj\n<< ", "5 0 obj<<"),
		"deleted by the number 0":    replaced("xref\n", "xref\n0 1\n0000000000 65535 f \n"),
	} {
		if got := strings.Join(found(t, data), "|"); got != want {
			t.Errorf("%s: %q", name, got)
		}
	}
}
