package pdffile

import (
	"bytes"
	"compress/zlib"
	"fmt"
	"github.com/sealcheck/sealcheck/verifier/internal/yardstick"
	"image/color"
	pngreader "image/png"
	"os"
	"strings"
	"testing"
	"time"
)

// written writes documents by hand: objects with their numbers, and a table.
type written struct {
	bytes.Buffer
	places map[int]int
	last   int // where the last table is
}

func document(header string) *written {
	w := &written{places: map[int]int{}, last: -1}
	w.WriteString(header)
	return w
}

func (w *written) object(id int, body string) {
	w.places[id] = w.Len()
	fmt.Fprintf(w, "%d 0 obj\n%s\nendobj\n", id, body)
}

func (w *written) stream(id int, dictionary string, data []byte) {
	w.object(id, fmt.Sprintf("<< %s /Length %d >>\nstream\n%s\nendstream", dictionary, len(data), data))
}

// table closes a section; deleted are free from here on.
func (w *written) table(trailer string, deleted ...int) {
	at := w.Len()
	w.WriteString("xref\n")
	for id, place := range w.places {
		fmt.Fprintf(w, "%d 1\n%010d 00000 n\r\n", id, place)
	}
	for _, id := range deleted {
		fmt.Fprintf(w, "%d 1\n0000000000 65535 f\r\n", id)
	}
	if w.last >= 0 {
		trailer += fmt.Sprintf(" /Prev %d", w.last)
	}
	fmt.Fprintf(w, "trailer << /Root 1 0 R %s >>\nstartxref\n%d\n%%%%EOF\n", trailer, at)
	w.places, w.last = map[int]int{}, at
}

func packedBytes(data string) []byte {
	var out bytes.Buffer
	z := zlib.NewWriter(&out)
	z.Write([]byte(data))
	z.Close()
	return out.Bytes()
}

// attached is a document with these file specifications in its tree of names.
func attached(specifications ...string) *written {
	w := document("%PDF-1.7\n")
	var names strings.Builder
	for i, one := range specifications {
		fmt.Fprintf(&names, "(%d) %s ", i, one)
	}
	w.object(1, "<< /Type /Catalog /Pages 2 0 R /Names << /EmbeddedFiles << /Kids [ << /Names ["+names.String()+"] >> ] >> >> >>")
	w.object(2, "<< /Type /Pages /Kids [3 0 R] /Count 1 >>")
	w.object(3, "<< /Type /Page /Parent 2 0 R >>")
	return w
}

func found(t *testing.T, data []byte) []string {
	t.Helper()
	f, err := Open(data)
	if err != nil {
		return []string{err.Error()}
	}
	all := []string{}
	for _, a := range f.Attachments() {
		content, err := a.Bytes()
		if err != nil {
			content = []byte(err.Error())
		}
		all = append(all, a.Name+"="+string(content))
	}
	return all
}

func simple() *written {
	w := attached("<< /F (a.json) /UF (\xfe\xff\x00\xe4\x00.\x00j) /EF << /F 5 0 R >> >>")
	w.stream(5, "", []byte(`{"a":1}`))
	return w
}

func TestAttachments(t *testing.T) {
	tests := map[string]struct {
		make func() []byte
		want []string
	}{
		"plain": {func() []byte { w := simple(); w.table(""); return w.Bytes() }, []string{"ä.j={\"a\":1}"}},
		"filters": {func() []byte {
			w := attached("<< /F (a) /EF << /F 5 0 R >> >>", "<< /F (b) /EF << /F 6 0 R >> >>", "<< /F (c) /EF << /F 7 0 R >> >>")
			w.stream(5, "/Filter /FlateDecode", packedBytes("one"))
			w.stream(6, "/Filter [ /AHx /FlateDecode ]", []byte(fmt.Sprintf("%x>", packedBytes("two"))))
			w.stream(7, "/Filter /ASCII85Decode", []byte("9jqo^BlbD-~>"))
			w.table("")
			return w.Bytes()
		}, []string{"a=one", "b=two", "c=Man is d"}},
		"predictors": {func() []byte {
			w := attached("<< /F (png) /EF << /F 5 0 R >> >>", "<< /F (tiff) /EF << /F 6 0 R >> >>")
			w.stream(5, "/Filter /FlateDecode /DecodeParms << /Predictor 15 /Columns 3 >>",
				packedBytes("\x00abc\x01\x61\x01\x01\x02\x00\x00\x00\x04\x00\x00\x00\x03\x31\x00\x00"))
			w.stream(6, "/Filter /FlateDecode /DecodeParms [ << /Predictor 2 /Columns 3 >> ]", packedBytes("a\x01\x01b\x01\x01"))
			w.table("")
			return w.Bytes()
		}, []string{"png=abcabcabcabcaab", "tiff=abcbcd"}},
		"deleted by an update": {func() []byte {
			w := simple()
			w.table("")
			w.object(1, "<< /Type /Catalog /Pages 2 0 R >>")
			w.table("", 5)
			return w.Bytes()
		}, []string{}},
		"replaced by an update": {func() []byte {
			w := simple()
			w.table("")
			w.stream(5, "", []byte("new"))
			w.table("")
			return w.Bytes()
		}, []string{"ä.j=new"}},
		"deleted, and still referred to": {func() []byte {
			w := simple()
			w.table("")
			w.table("", 5)
			return w.Bytes()
		}, []string{}},
		"associated and pinned, each once": {func() []byte {
			w := document("%PDF-2.0\n")
			w.object(1, "<< /Type /Catalog /Pages 2 0 R /AF [4 0 R] >>")
			w.object(2, "<< /Type /Pages /Kids [3 0 R] >>")
			w.object(3, "<< /Type /Page /AF 4 0 R /Annots [ << /Subtype /FileAttachment /FS << /F (b) /EF << /F 6 0 R >> >> >> << /Subtype /Link >> ] >>")
			w.object(4, "<< /Type /Filespec /UF (a) /EF << /UF 5 0 R /F 5 0 R >> >>")
			w.stream(5, "", []byte("A"))
			w.stream(6, "", []byte("B"))
			w.table("")
			return w.Bytes()
		}, []string{"a=A", "b=B"}},
		"encrypted": {func() []byte { w := simple(); w.table("/Encrypt << /Filter /Standard >>"); return w.Bytes() }, []string{ErrEncrypted.Error()}},
		"circle of updates": {func() []byte {
			w := simple()
			w.last = w.Len()
			w.table("")
			return w.Bytes()
		}, []string{"ä.j={\"a\":1}"}},
		"no table":                {func() []byte { return append(simple().Bytes(), "trailer << /Root 1 0 R >>"...) }, []string{"ä.j={\"a\":1}"}},
		"no trailer":              {func() []byte { return simple().Bytes() }, []string{"ä.j={\"a\":1}"}},
		"bytes before the header": {func() []byte { w := simple(); w.table(""); return append([]byte("junk\r\n"), w.Bytes()...) }, []string{"ä.j={\"a\":1}"}},
		"wrong length": {func() []byte {
			w := attached("<< /F (a) /EF << /F 5 0 R >> >>")
			w.object(5, "<< /Length 99999 >>\nstream\nwhole\nendstream")
			w.table("")
			return w.Bytes()
		}, []string{"a=whole"}},
		"length elsewhere": {func() []byte {
			w := attached("<< /F (a) /EF << /F 5 0 R >> >>")
			w.object(5, "<< /Length 6 0 R >>\nstream\nend endstream end\nendstream")
			w.object(6, "17")
			w.table("")
			return w.Bytes()
		}, []string{"a=end endstream end"}},
		"cut off": {func() []byte {
			w := attached("<< /F (a) /EF << /F 5 0 R >> >>")
			w.object(5, "<< /Length 99999 >>\nstream\nbeginning")
			return w.Bytes()[:w.Len()-8]
		}, []string{"a=" + ErrStream.Error()}},
		"unknown filter": {func() []byte {
			w := attached("<< /F (a) /EF << /F 5 0 R >> >>")
			w.stream(5, "/Filter /JPXDecode", []byte("x"))
			w.table("")
			return w.Bytes()
		}, []string{"a=" + ErrFilter.Error()}},
		"broken packing": {func() []byte {
			w := attached("<< /F (a) /EF << /F 5 0 R >> >>")
			w.stream(5, "/Filter /FlateDecode", packedBytes(strings.Repeat("some text ", 100))[:15])
			w.table("")
			return w.Bytes()
		}, []string{"a=" + ErrStream.Error()}},
		"a bomb of bombs": {func() []byte {
			w := attached("<< /F (a) /EF << /F 5 0 R >> >>")
			w.stream(5, "/Filter [/FlateDecode /FlateDecode]", packedBytes(string(packedBytes(strings.Repeat("\x00", 200<<20)))))
			w.table("")
			return w.Bytes()
		}, []string{"a=" + ErrTooLarge.Error()}},
		"a tree of names in a circle": {func() []byte {
			w := document("%PDF-1.7\n")
			w.object(1, "<< /Type /Catalog /Pages 1 0 R /Names << /EmbeddedFiles 2 0 R >> >>")
			w.object(2, "<< /Kids [2 0 R 2 0 R 3 0 R] /Names [(a) 4 0 R] >>")
			w.object(3, "<< /Kids [2 0 R] >>")
			w.object(4, "4 0 R")
			w.table("")
			return w.Bytes()
		}, []string{}},
		"many objects on one long way": {func() []byte {
			w := document("%PDF-1.7\n")
			w.object(1, "<< /Type /Catalog /Pages 2 0 R >>")
			w.object(2, "<< /Type /Pages /Kids ["+strings.Repeat("3 0 R 4 0 R ", 50)+"] /AF (x) >>")
			for id := 3; id < 3000; id++ {
				w.places[id] = w.Len()
				fmt.Fprintf(w, "%d 0 obj (", id)
			}
			w.WriteString(strings.Repeat("(", 8<<20))
			w.places[2000] = w.places[3]
			w.table("")
			return w.Bytes()
		}, []string{}},
		"no PDF":       {func() []byte { return []byte("%PDF-1.7\nnothing at all") }, []string{ErrDamaged.Error()}},
		"only nesting": {func() []byte { return []byte("%PDF-1.7\n1 0 obj " + strings.Repeat("[<<", 1<<20)) }, []string{ErrDamaged.Error()}},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			if got := found(t, test.make()); strings.Join(got, "|") != strings.Join(test.want, "|") {
				t.Errorf("%q, want %q", got, test.want)
			}
		})
	}
}

// TestStreams: a table and objects in streams, and a table for older readers
// beside them.
func TestStreams(t *testing.T) {
	objects := "2 0 4 31 << /Type /Pages /Kids [3 0 R] >>"
	objects = "2 0 4 30 "
	first := len(objects)
	objects += fmt.Sprintf("%-30s%s", "<< /Type /Pages /Kids [] >>", "<< /UF (a) /EF << /F 5 0 R >> >>")
	build := func(hybrid bool) []byte {
		w := document("%PDF-1.7\n")
		w.object(1, "<< /Type /Catalog /Pages 2 0 R /AF 4 0 R >>")
		w.stream(5, "", []byte("A"))
		w.stream(6, fmt.Sprintf("/Type /ObjStm /N 2 /First %d /Filter /FlateDecode", first), packedBytes(objects))
		var rows bytes.Buffer
		row := func(state byte, where, index int) {
			rows.Write([]byte{state, byte(where >> 8), byte(where), byte(index)})
		}
		at := w.Len()
		row(0, 0, 0)
		row(1, w.places[1], 0)
		row(2, 6, 0)
		row(0, 0, 0)
		row(2, 6, 1)
		row(1, w.places[5], 0)
		row(1, w.places[6], 0)
		if hybrid {
			w.stream(7, "/Type /XRef /W [1 2 1] /Size 7 /Filter /FlateDecode", packedBytes(rows.String()))
			delete(w.places, 6)
			delete(w.places, 7)
			w.table(fmt.Sprintf("/XRefStm %d", at), 2, 4)
		} else {
			w.stream(7, "/Type /XRef /W [1 2 1] /Size 7 /Root 1 0 R /Filter /FlateDecode", packedBytes(rows.String()))
			fmt.Fprintf(w, "startxref\n%d\n%%%%EOF", at)
		}
		return w.Bytes()
	}
	for _, data := range [][]byte{build(false), build(true), bytes.ReplaceAll(build(false), []byte("startxref"), []byte("startnone"))} {
		if got := found(t, data); len(got) != 1 || got[0] != "a=A" {
			t.Errorf("%q", got)
		}
	}
}

func TestSigned(t *testing.T) {
	for trailer, want := range map[string]bool{
		"/AcroForm << /SigFlags 3 >>": true, "/AcroForm << /Fields [<< /FT /Sig /V 5 0 R >>] >>": true,
		"/AcroForm << /Fields [<< /FT /Sig >> << /FT /Tx /V (x) >>] >>": false, "": false,
	} {
		w := document("%PDF-1.7\n")
		w.object(1, "<< /Type /Catalog /Pages 2 0 R "+trailer+" >>")
		w.table("")
		f, err := Open(w.Bytes())
		if err != nil || f.Signed() != want {
			t.Errorf("%s: %v %v", trailer, f, err)
		}
	}
}

func TestPictures(t *testing.T) {
	half := func(bits string, row []byte) (string, []byte) {
		return "/Subtype /Image /Width 24 /Height 24 " + bits, bytes.Repeat(row, 24)
	}
	tests := map[string]struct {
		dictionary  string
		row         []byte
		left, right uint8
	}{
		"one bit":    {"/BitsPerComponent 1 /ColorSpace /DeviceGray", []byte{0, 0x0f, 0xff}, 0, 255},
		"mask":       {"/ImageMask true /Decode [1 0]", []byte{0, 0x0f, 0xff}, 255, 0},
		"grey":       {"/BitsPerComponent 8 /ColorSpace /CalGray", append(bytes.Repeat([]byte{10}, 12), bytes.Repeat([]byte{200}, 12)...), 10, 200},
		"colour":     {"/BitsPerComponent 8 /ColorSpace [/ICCBased << /N 3 >>]", append(bytes.Repeat([]byte{0, 0, 0}, 12), bytes.Repeat([]byte{255, 255, 255}, 12)...), 0, 255},
		"ink":        {"/BitsPerComponent 8 /ColorSpace /DeviceCMYK", append(bytes.Repeat([]byte{0, 0, 0, 255}, 12), bytes.Repeat([]byte{0, 0, 0, 0}, 12)...), 0, 255},
		"palette":    {"/BitsPerComponent 4 /ColorSpace [/Indexed /DeviceRGB 1 <101010 f0f0f0>]", append(bytes.Repeat([]byte{0}, 6), bytes.Repeat([]byte{0x11}, 6)...), 16, 240},
		"too little": {"/BitsPerComponent 8 /ColorSpace /DeviceGray", []byte{1}, 0, 0},
		"unknown":    {"/BitsPerComponent 8 /ColorSpace /Pattern", bytes.Repeat([]byte{1}, 24), 0, 0},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			w := document("%PDF-1.7\n")
			w.object(1, "<< /Type /Catalog /Pages 2 0 R >>")
			w.object(2, "<< /Type /Pages /Kids [3 0 R 3 0 R] /Resources << /XObject << /F 4 0 R /G 4 0 R >> >> >>")
			w.object(3, "<< /Type /Page >>")
			w.object(4, "<< /Subtype /Form /Resources << /XObject << /A 5 0 R /B 5 0 R /C 6 0 R >> >> >>\nstream\n\nendstream")
			dictionary, data := half(test.dictionary, test.row)
			w.stream(5, dictionary+" /Filter /FlateDecode", packedBytes(string(data)))
			w.stream(6, "/Subtype /Image /Width 30 /Height 40 /Filter [/AHx /DCTDecode]", []byte("ffd8>"))
			w.table("")
			f, err := Open(w.Bytes())
			if err != nil {
				t.Fatal(err)
			}
			all := f.Pictures()
			jpeg := all[len(all)-1]
			if jpeg.MediaType != "image/jpeg" || string(jpeg.Bytes) != "\xff\xd8" || jpeg.Width != 30 || jpeg.Height != 40 {
				t.Errorf("%+v", jpeg)
			}
			if test.left == test.right {
				if len(all) != 1 {
					t.Errorf("%d pictures", len(all))
				}
				return
			}
			picture, err := pngreader.Decode(bytes.NewReader(all[0].Bytes))
			if err != nil || len(all) != 2 {
				t.Fatal(err, len(all))
			}
			for x, want := range map[int]uint8{0: test.left, 11: test.left, 12: test.right, 23: test.right} {
				if got := picture.At(x, 23).(color.Gray).Y; got != want {
					t.Errorf("%d: %d, want %d", x, got, want)
				}
			}
		})
	}
}

// FuzzOpen: whatever the bytes are, reading comes to an end, and soon.
func FuzzOpen(f *testing.F) {
	w := simple()
	w.table("")
	f.Add(w.Bytes())
	w.object(3, "<< /Type /Page /Resources << /XObject << /A 9 0 R >> >> >>")
	w.stream(9, "/Subtype /Image /Width 24 /Height 24 /ImageMask true", make([]byte, 72))
	w.table("")
	f.Add(w.Bytes())
	f.Add(simple().Bytes())
	for _, name := range []string{"", "-128", "-aes", "-aes-256", "-newest"} {
		locked, err := os.ReadFile("../../../testdata/credentials/container-pdf-locked" + name + ".pdf")
		if err != nil {
			f.Fatal(err)
		}
		f.Add(locked)
	}
	f.Fuzz(func(t *testing.T, data []byte) {
		open := func() {
			if file, err := Open(data); err == nil {
				for _, a := range file.Attachments() {
					_, _ = a.Bytes()
				}
				file.Pictures()
				file.Texts()
				file.Signed()
			}
		}
		begun := time.Now()
		open()
		// What seems slow is held against what this machine does just now.
		if time.Since(begun) > time.Second {
			if spent := yardstick.Units(open); spent > 30_000 {
				t.Errorf("%.0f units for %d bytes", spent, len(data))
			}
		}
	})
}
