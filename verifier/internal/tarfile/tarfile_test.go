package tarfile

import (
	"archive/tar"
	"bytes"
	"errors"
	"fmt"
	"strings"
	"testing"
)

func archive(t testing.TB, headers ...tar.Header) []byte {
	var out bytes.Buffer
	w := tar.NewWriter(&out)
	for _, h := range headers {
		content := strings.Repeat("x", int(h.Size))
		if err := w.WriteHeader(&h); err != nil {
			t.Fatal(err)
		}
		if h.Typeflag == tar.TypeReg || h.Typeflag == 0 {
			w.Write([]byte(content))
		}
	}
	w.Close()
	return out.Bytes()
}

func listed(data []byte) string {
	files, err := Open(data, 20)
	if err != nil {
		return err.Error()
	}
	var all []string
	for _, f := range files {
		if f.Err != nil {
			all = append(all, f.Name+"!"+f.Err.Error())
		} else {
			all = append(all, fmt.Sprint(f.Name, " ", len(f.Data)))
		}
	}
	return strings.Join(all, "|")
}

// changed writes into a header and mends its checksum.
func changed(data []byte, header, at int, with string) []byte {
	data = bytes.Clone(data)
	copy(data[header+at:], with)
	copy(data[header+148:], "        ")
	sum := 0
	for _, c := range data[header : header+512] {
		sum += int(c)
	}
	copy(data[header+148:], fmt.Sprintf("%06o\x00 ", sum))
	return data
}

func TestOpen(t *testing.T) {
	long := strings.Repeat("folder/", 40) + "badge.json"
	plain := archive(t, tar.Header{Name: "a.json", Size: 600}, tar.Header{Name: "b.json", Size: 512})
	pax := archive(t, tar.Header{Name: "diplôme.json", Size: 3, Format: tar.FormatPAX})
	tests := map[string]struct {
		data []byte
		want string
	}{
		"plain":                 {plain, "a.json 600|b.json 512"},
		"long names":            {archive(t, tar.Header{Name: long, Size: 1, Format: tar.FormatPAX}), long + " 1"},
		"long names, GNU":       {archive(t, tar.Header{Name: long, Size: 1, Format: tar.FormatGNU}), long + " 1"},
		"in two fields":         {archive(t, tar.Header{Name: strings.Repeat("a", 90) + "/" + strings.Repeat("b", 90), Size: 1, Format: tar.FormatUSTAR}), strings.Repeat("a", 90) + "/" + strings.Repeat("b", 90) + " 1"},
		"other characters":      {pax, "diplôme.json 3"},
		"folders":               {archive(t, tar.Header{Name: "a/", Typeflag: tar.TypeDir}, tar.Header{Name: "a/b", Size: 1}), "a/b 1"},
		"names that lead out":   {archive(t, tar.Header{Name: "/etc/passwd", Size: 1}, tar.Header{Name: "../b", Size: 1}), "/etc/passwd 1|../b 1"},
		"links":                 {archive(t, tar.Header{Name: "a", Size: 1}, tar.Header{Name: "b", Typeflag: tar.TypeSymlink, Linkname: "a"}, tar.Header{Name: "c", Typeflag: tar.TypeLink, Linkname: "a"}, tar.Header{Name: "d", Typeflag: tar.TypeFifo}), "a 1|b!" + ErrNoFile.Error() + "|c!" + ErrNoFile.Error() + "|d!" + ErrNoFile.Error()},
		"nothing":               {archive(t), ""},
		"a name twice":          {archive(t, tar.Header{Name: "a", Size: 1}, tar.Header{Name: "./a", Size: 2}), ErrAmbiguous.Error()},
		"holes":                 {changed(plain, 0, 156, "S"), "a.json!" + ErrUnsupported.Error() + "|b.json 512"},
		"a label":               {append(changed(changed(archive(t, tar.Header{Name: "label"})[:512], 0, 124, strings.Repeat("\x00", 12)), 0, 156, "V"), plain...), "a.json 600|b.json 512"},
		"no size":               {append(changed(archive(t, tar.Header{Name: "label"})[:512], 0, 124, strings.Repeat("\x00", 12)), plain...), ErrDamaged.Error()},
		"two sizes":             {bytes.Replace(archive(t, tar.Header{Name: "a", Size: 3, Format: tar.FormatPAX, PAXRecords: map[string]string{"SEAL.x": "1"}}), []byte("12 SEAL.x=1\n"), []byte("12 size=512\n"), 1), ErrAmbiguous.Error()},
		"the same size twice":   {bytes.Replace(archive(t, tar.Header{Name: "a", Size: 512, Format: tar.FormatPAX, PAXRecords: map[string]string{"SEAL.x": "1"}}), []byte("12 SEAL.x=1\n"), []byte("12 size=512\n"), 1), "a 512"},
		"two sizes before it":   {bytes.Replace(archive(t, tar.Header{Name: "a", Size: 512, Format: tar.FormatPAX, PAXRecords: map[string]string{"SEAL.x": "1", "SEAL.y": "1"}}), []byte("12 SEAL.x=1\n12 SEAL.y=1\n"), []byte("12 size=600\n12 size=512\n"), 1), ErrAmbiguous.Error()},
		"a folder with content": {changed(plain, 0, 156, "5"), ErrAmbiguous.Error()},
		"a link with content":   {changed(plain, 0, 156, "2"), ErrAmbiguous.Error()},
		"something behind":      {append(bytes.Clone(plain), plain...), ErrAmbiguous.Error()},
		"more zeros behind":     {append(bytes.Clone(plain), make([]byte, 9000)...), "a.json 600|b.json 512"},
		"no end":                {plain[:len(plain)-1024], ErrDamaged.Error()},
		"half of it":            {plain[:800], ErrDamaged.Error()},
		"a changed name":        {bytes.Replace(plain, []byte("a.json"), []byte("c.json"), 1), ErrDamaged.Error()},
		"a huge number":         {changed(plain, 0, 124, "77777777777\x00"), ErrDamaged.Error()},
		"a number with a sign":  {changed(plain, 0, 124, "-0000001130\x00"), ErrDamaged.Error()},
		"a number in base 256":  {changed(plain, 0, 124, "\x80\x00\x00\x00\x00\x00\x00\x00\x00\x00\x02\x58"), ErrDamaged.Error()},
	}
	for name, test := range tests {
		if got := listed(test.data); got != test.want {
			t.Errorf("%s: %s, want %s", name, got, test.want)
		}
	}
	sparse := bytes.Replace(archive(t, tar.Header{Name: "a", Size: 3, Format: tar.FormatPAX, PAXRecords: map[string]string{"SEAL.xxxxxx.x": "1"}}), []byte("SEAL.xxxxxx.x=1"), []byte("GNU.sparse.ma=1"), 1)
	if got := listed(sparse); got != "a!"+ErrUnsupported.Error() {
		t.Error(got)
	}
	many := make([]tar.Header, 21)
	for i := range many {
		many[i].Name = fmt.Sprint(i)
	}
	if _, err := Open(archive(t, many...), 20); !errors.Is(err, ErrTooMany) {
		t.Error(err)
	}
}

func FuzzOpen(f *testing.F) {
	f.Add(archive(f, tar.Header{Name: "a.json", Size: 600}, tar.Header{Name: strings.Repeat("b", 200), Size: 3, Format: tar.FormatPAX}))
	f.Fuzz(func(t *testing.T, data []byte) {
		files, err := Open(data, 100)
		size := 0
		for _, file := range files {
			size += len(file.Data)
		}
		if size > len(data) || err != nil && files != nil {
			t.Errorf("%d bytes of %d; %v", size, len(data), err)
		}
	})
}
