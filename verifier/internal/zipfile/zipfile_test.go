package zipfile

import (
	"archive/zip"
	"bytes"
	"encoding/binary"
	"errors"
	"github.com/sealcheck/sealcheck/verifier/internal/yardstick"
	"hash/crc32"
	"io"
	"strings"
	"testing"
)

// archive packs by the standard library: sizes follow each file.
func archive(t testing.TB, files ...string) []byte {
	var out bytes.Buffer
	w := zip.NewWriter(&out)
	for i := 0; i+1 < len(files); i += 2 {
		one, err := w.Create(files[i])
		if err != nil {
			t.Fatal(err)
		}
		io.WriteString(one, files[i+1])
	}
	w.Close()
	return out.Bytes()
}

// stored makes an archive of one file by hand.
func stored(name, content string, change func(local, central, end []byte)) []byte {
	local := binary.LittleEndian.AppendUint32([]byte(localHeader+"\x14\x00\x00\x00\x00\x00\x00\x00\x00\x00"), crc32.ChecksumIEEE([]byte(content)))
	local = binary.LittleEndian.AppendUint32(local, uint32(len(content)))
	local = binary.LittleEndian.AppendUint32(local, uint32(len(content)))
	local = append(local, byte(len(name)), 0, 0, 0)
	central := append([]byte(centralHeader+"\x14\x00"), local[4:]...)
	central = append(central, make([]byte, 14)...)
	local = append(local, name...)
	central = append(central, name...)
	end := append([]byte(endRecord), 0, 0, 0, 0, 1, 0, 1, 0)
	end = binary.LittleEndian.AppendUint32(end, uint32(len(central)))
	end = binary.LittleEndian.AppendUint32(end, uint32(len(local)+len(content)))
	end = append(end, 0, 0)
	if change != nil {
		change(local, central, end)
	}
	return append(append(append(local, content...), central...), end...)
}

func TestOpen(t *testing.T) {
	two := archive(t, "a.json", `{"a":1}`, "ordner/ä.json", strings.Repeat("b", 10000), "ordner/", "")
	files, err := Open(two, 500)
	if err != nil || len(files) != 3 {
		t.Fatal(err, files)
	}
	a, err := files[0].Bytes()
	if err != nil || string(a) != `{"a":1}` {
		t.Errorf("%q %v", a, err)
	}
	b, err := files[1].Bytes()
	if err != nil || len(b) != 10000 || files[1].Name != "ordner/ä.json" || files[1].Size != 10000 {
		t.Errorf("%d %v %q", len(b), err, files[1].Name)
	}
	if !files[2].Folder() || files[0].Folder() {
		t.Error("which is the folder?")
	}
	if files, err := Open(stored("\x81ber\xe1.json", "x", nil), 9); err != nil || files[0].Name != "überß.json" {
		t.Error(err, files)
	}
	if files, err := Open([]byte(endRecord+strings.Repeat("\x00", 18)), 9); err != nil || len(files) != 0 {
		t.Error(err, files)
	}
	if !Is(two) || Is([]byte("PK")) {
		t.Error("Is")
	}
}

func TestRefused(t *testing.T) {
	good := archive(t, "a.json", strings.Repeat("some text ", 200))
	patched := func(at int, value byte) []byte {
		data := bytes.Clone(good)
		if at < 0 {
			at += len(data)
		}
		data[at] ^= value
		return data
	}
	central := bytes.Index(good, []byte(centralHeader))
	tests := map[string]struct {
		data []byte
		want error
	}{
		"truncated":             {good[:len(good)-5], ErrDamaged},
		"cut in the middle":     {good[:central-10], ErrDamaged},
		"before it":             {append([]byte("MZ"), good...), ErrAmbiguous},
		"a file before it":      {append(stored("x", "y", nil)[:40], good...), ErrAmbiguous},
		"after it":              {append(bytes.Clone(good), "more"...), ErrDamaged},
		"another name in front": {patched(30, 1), ErrAmbiguous},
		"another size":          {patched(central+24, 1), ErrAmbiguous},
		"another checksum":      {patched(central+16, 1), ErrAmbiguous},
		"another method":        {patched(central+10, 8), ErrAmbiguous},
		"several pieces":        {patched(-18, 1), ErrUnsupported},
		"large kind":            {stored("a", "b", func(_, central, _ []byte) { copy(central[24:], "\xff\xff\xff\xff") }), ErrUnsupported},
		"no directory":          {patched(central, 1), ErrDamaged},
		"one file too few":      {stored("a", "b", func(_, _, end []byte) { end[8], end[10] = 2, 2 }), ErrDamaged},
		"one over the other": {func() []byte {
			// Two entries of the directory for one file: the way of the bombs.
			data := stored("a", "b", nil)
			entry := data[bytes.Index(data, []byte(centralHeader)) : len(data)-endBytes]
			out := append(bytes.Clone(data[:len(data)-endBytes]), entry...)
			end := bytes.Clone(data[len(data)-endBytes:])
			end[8], end[10], end[12] = 2, 2, byte(2*len(entry))
			return append(out, end...)
		}(), ErrAmbiguous},
		"too many": {archive(t, "1", "", "2", "", "3", ""), ErrTooLarge},
		"a hidden file between": {func() []byte {
			hidden := stored("h", "hidden", nil)
			hidden = hidden[:localBytes+1+6]
			data := stored("a", "b", func(_, central, end []byte) {
				central[42] = byte(len(hidden))
				end[16] += byte(len(hidden))
			})
			return append(hidden, data...)
		}(), ErrAmbiguous},
		"no archive": {[]byte("PK\x03\x04"), ErrDamaged},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			if _, err := Open(test.data, 2); !errors.Is(err, test.want) {
				t.Errorf("%v, want %v", err, test.want)
			}
		})
	}
}

// TestUnpacking: what a file says of its size, and what comes out.
func TestUnpacking(t *testing.T) {
	good := archive(t, "a", strings.Repeat("some text ", 200))
	central := bytes.Index(good, []byte(centralHeader))
	sized := func(data []byte, size uint32) []byte {
		data = bytes.Clone(data)
		binary.LittleEndian.PutUint32(data[central+24:], size)
		binary.LittleEndian.PutUint32(data[central-4:], size)
		return data
	}
	bomb := archive(t, "a", strings.Repeat("\x00", 300<<20))
	bombCentral := bytes.Index(bomb, []byte(centralHeader))
	binary.LittleEndian.PutUint32(bomb[bombCentral+24:], 10)
	binary.LittleEndian.PutUint32(bomb[bombCentral-4:], 10)
	tests := map[string]struct {
		data []byte
		want error
	}{
		"more than it says":            {sized(good, 1999), ErrDamaged},
		"less than it says":            {sized(good, 2001), ErrDamaged},
		"a bomb that says it is small": {bomb, ErrDamaged},
		"another byte":                 {func() []byte { d := stored("a", "bcd", nil); d[localBytes+2] ^= 1; return d }(), ErrDamaged},
		"a password":                   {stored("a", "b", func(local, central, _ []byte) { local[6], central[8] = 1, 1 }), ErrEncrypted},
		"another packing":              {stored("a", "b", func(local, central, _ []byte) { local[8], central[10] = 12, 12 }), ErrUnsupported},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			files, err := Open(test.data, 9)
			if err != nil {
				t.Fatal(err)
			}
			spent := yardstick.Units(func() { _, err = files[0].Bytes() })
			if !errors.Is(err, test.want) {
				t.Errorf("%v, want %v", err, test.want)
			}
			if spent > 5000 {
				t.Error("it was unpacked all the same")
			}
		})
	}
}

func FuzzOpen(f *testing.F) {
	f.Add(archive(f, "a.json", `{"a":1}`, "b/", "", "b/c", strings.Repeat("c", 100)))
	f.Add(stored("a", "b", nil))
	f.Fuzz(func(t *testing.T, data []byte) {
		files, err := Open(data, 50)
		if err != nil {
			return
		}
		unpacked := 0
		for i := range files {
			if files[i].Size > 1<<20 {
				continue
			}
			content, err := files[i].Bytes()
			if unpacked += len(content); err == nil && len(content) != files[i].Size {
				t.Errorf("%d bytes, stated are %d", len(content), files[i].Size)
			}
		}
		// What is read in one way only, the standard library reads in the same.
		other, err := zip.NewReader(bytes.NewReader(data), int64(len(data)))
		if err != nil || len(other.File) != len(files) {
			t.Errorf("another reader: %v", err)
		}
	})
}
