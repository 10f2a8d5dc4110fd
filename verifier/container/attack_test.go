package container

import (
	"archive/tar"
	"bytes"
	"compress/gzip"
	"compress/zlib"
	"encoding/base64"
	"encoding/binary"
	"strconv"
	"strings"
	"testing"

	"github.com/sealcheck/sealcheck/verifier/internal/limits"
	"github.com/sealcheck/sealcheck/verifier/report"
)

func outcome(data []byte) string {
	c, err := Open(data, limits.UnpackedBytes)
	if err != nil {
		return string(report.CodeOf(err))
	}
	if c == nil {
		return "none"
	}
	all := names(c.Parts)
	for _, p := range c.Parts {
		all += "=" + string(p.Data)
	}
	return all
}

// TestBothAtOnce: what programs that begin at the end take for an archive is
// nothing else besides.
func TestBothAtOnce(t *testing.T) {
	archive := zipped(t, "a.json", "{}")
	for name, front := range map[string]string{
		"e-mail":                          "From: a@x.example\nTo: b@x.example\n\n{}\n",
		"e-mail after white space":        "\r\n From: a@x.example\nTo: b@x.example\n\n{}\n",
		"document":                        string(sample(t, "container-pdf.pdf")),
		"document after an e-mail's head": "From: a@x.example\nTo: b@x.example\n\n" + string(sample(t, "container-pdf.pdf")),
	} {
		if got := outcome(append([]byte(front), archive...)); got != string(report.EnvelopeAmbiguous) {
			t.Errorf("%s: %s", name, got)
		}
	}
}

// TestTwoArchives: what is two archives at once is neither.
func TestTwoArchives(t *testing.T) {
	document := sample(t, "container-pdf.pdf")
	var tape bytes.Buffer
	w := tar.NewWriter(&tape)
	for _, name := range []string{"%PDF-1.4", "other.json"} {
		if err := w.WriteHeader(&tar.Header{Name: name, Size: int64(len(document)), Format: tar.FormatUSTAR}); err != nil {
			t.Fatal(err)
		}
		w.Write(document)
	}
	w.Close()
	if got := outcome(tape.Bytes()); got != string(report.EnvelopeAmbiguous) {
		t.Errorf("a document that is an archive: %s", got)
	}
	if got := outcome(bytes.Replace(tape.Bytes(), []byte("%PDF-1.4\x00"), []byte("%PDF-1.4!"), 1)); got == string(report.EnvelopeAmbiguous) {
		t.Errorf("one whose header does not hold: %s", got)
	}
	// In what gzip keeps besides the content there is room for an archive, whose
	// comment is all that follows.
	pack := func(extra []byte) []byte {
		var out bytes.Buffer
		z := gzip.NewWriter(&out)
		z.Extra = extra
		z.Write([]byte("{}"))
		z.Close()
		return out.Bytes()
	}
	archive := zipped(t, "other.json", "{}")
	if got := outcome(pack(archive)); got != "1={}" {
		t.Errorf("beside something: %s", got)
	}
	binary.LittleEndian.PutUint16(archive[len(archive)-2:], uint16(len(pack(nil))-10))
	if got := outcome(pack(archive)); got != string(report.EnvelopeAmbiguous) {
		t.Errorf("an archive in a gzip: %s", got)
	}
}

// TestOldTape: archives of before there was a word for them to begin with.
func TestOldTape(t *testing.T) {
	var tape bytes.Buffer
	w := tar.NewWriter(&tape)
	if err := w.WriteHeader(&tar.Header{Name: "a.json", Size: 2, Mode: 0o644, Format: tar.FormatUSTAR}); err != nil {
		t.Fatal(err)
	}
	w.Write([]byte("{}"))
	w.Close()
	data := tape.Bytes()
	clear(data[257:512])
	copy(data[148:], "        ")
	sum := 0
	for _, c := range data[:512] {
		sum += int(c)
	}
	copy(data[148:], "00"+strconv.FormatInt(int64(sum), 8)+"\x00 ")
	if got := outcome(data); got != "a.json={}" {
		t.Error(got)
	}
	data[0]++
	if got := outcome(data); got != "none" {
		t.Errorf("with a wrong sum: %s", got)
	}
}

// TestLinksBeside: what a message leads to is found wherever that lies, also
// where a picture is attached to it.
func TestLinksBeside(t *testing.T) {
	const message = "From: a@x.example\nTo: b@x.example\nContent-Type: multipart/mixed; boundary=x\n\n--x\nContent-Type: text/plain\n\nhttps://badges.example/assertions/1\n--x\nContent-Type: image/gif; name=logo.gif\n\nGIF89a\n--x--\n"
	for name, data := range map[string][]byte{"": []byte(message), "a.eml/": zipped(t, "a.eml", message)} {
		c, err := Open(data, limits.UnpackedBytes)
		if err != nil || len(c.Parts) != 1 || len(c.Links) != 1 || c.Links[0].Name != name+"https://badges.example/assertions/1" {
			t.Errorf("%q: %v, %v", name, c, err)
		}
	}
}

// TestNotDropped: only what is known to be no file of anybody's is left out
// without a word.
func TestNotDropped(t *testing.T) {
	folder := bytes.ReplaceAll(zipped(t, "badge.jsonx", "{}"), []byte("badge.jsonx"), []byte("badge.json/"))
	if got := outcome(folder); got != "badge.json/={}" {
		t.Error(got)
	}
	if got := outcome(zipped(t, ".badge.json", "1", "b/.x/../.y", "2", "b/._z", "3", "._", "\x00\x05\x16\x07x")); got != ".badge.json|b/.x/../.y|b/._z=1=2=3" {
		t.Error(got)
	}
	if got := outcome(zipped(t, "word/badge.json", "1", "xl/[Content].json", "2")); got != "word/badge.json|xl/[Content].json=1=2" {
		t.Error(got)
	}
}

// TestMail: messages as mail programs and lists leave them.
func TestMail(t *testing.T) {
	content := `{"a": "Ünïcode, and long enough for a second line of the encoding."}`
	packed := base64.StdEncoding.EncodeToString([]byte(content))
	head := "From: a@x.example\nTo: b@x.example\nMIME-Version: 1.0\nContent-Type: multipart/mixed; boundary=\"=_x y\"\n\npreamble\n--=_x y\nContent-Type: text/plain\n\nHello\n--=_x y\n"
	tests := map[string][2]string{
		"plain":                       {head + "Content-Disposition: attachment; filename=a.json\nContent-Transfer-Encoding: base64\n\n" + packed + "\n--=_x y--\n", "a.json"},
		"after an empty line":         {"\n\n" + head + "Content-Disposition: attachment; filename=a.json\nContent-Transfer-Encoding: BASE64\n\n" + packed + "\n--=_x y--\n", "a.json"},
		"after a mark":                {"\ufeff" + head + "Content-Disposition: attachment; filename=a.json\nContent-Transfer-Encoding: base64\n\n" + packed + "\n--=_x y--\n", "a.json"},
		"a list's lines below":        {head + "Content-Type: application/json; name=a.json\nContent-Transfer-Encoding: base64\n\n" + packed + "\n-- \nYou get this because\n", "a.json"},
		"other characters in between": {head + "Content-Type: application/json; name=a.json\nContent-Transfer-Encoding: base64\n\n" + packed[:20] + "\r\n\t *\u00a0" + packed[20:] + "\n--=_x y--", "a.json"},
		"a name in pieces":            {head + "Content-Type: application/json\nContent-Disposition: inline;\n filename*0*=UTF-8''%C3%A4;\n filename*1=\".json\"\nContent-Transfer-Encoding: base64\n\n" + packed + "\n--=_x y--", "ä.json"},
		"without a name":              {head + "Content-Type: application/json\nContent-Transfer-Encoding: base64\n\n" + packed + "\n--=_x y--", "1"},
		"forwarded":                   {"From: c@x.example\nTo: d@x.example\nContent-Type: message/rfc822\n\n" + head + "Content-Disposition: attachment; filename=a.json\nContent-Transfer-Encoding: base64\n\n" + packed + "\n--=_x y--\n", "a.json"},
		"carriage returns":            {strings.ReplaceAll(head+"Content-Disposition: attachment; filename=a.json\nContent-Transfer-Encoding: base64\n\n"+packed+"\n--=_x y--\n", "\n", "\r\n"), "a.json"},
	}
	for name, test := range tests {
		if got, want := outcome([]byte(test[0])), test[1]+"="+content; got != want {
			t.Errorf("%s: %s", name, got)
		}
	}
}

// TestManyDocuments: what reading several documents takes is bounded for all
// together: a stream of objects in each of hundreds would keep anybody busy for
// minutes.
func TestManyDocuments(t *testing.T) {
	var packed bytes.Buffer
	z := zlib.NewWriter(&packed)
	z.Write([]byte("3 0       "))
	z.Write(make([]byte, 30<<20))
	z.Close()
	document := "%PDF-1.7\n9 0 obj\n<< /Type /ObjStm /N 1 /First 10 /Filter /FlateDecode /Length " + strconv.Itoa(packed.Len()) + " >>\nstream\n" + packed.String() +
		"\nendstream\nendobj\n1 0 obj\n<< /Type /Catalog /Pages 2 0 R /Names 3 0 R >>\nendobj\ntrailer << /Root 1 0 R >>\n%%EOF\n"
	if got := outcome(zipped(t, "1.pdf", document)); got == string(report.EnvelopeUnpackedTooLarge) {
		t.Error(got)
	}
	var many []string
	for range 100 {
		many = append(many, "1.pdf", document)
	}
	if got := outcome(zipped(t, many...)); got != string(report.EnvelopeUnpackedTooLarge) {
		t.Error(got[:min(len(got), 300)])
	}
	// A hundred ordinary ones are read.
	many = nil
	for range 100 {
		many = append(many, "1.pdf", string(sample(t, "container-pdf-locked-aes.pdf")))
	}
	if c, err := Open(zipped(t, many...), limits.UnpackedBytes); err != nil || len(c.Parts) != 100 {
		t.Error(err)
	}
}
