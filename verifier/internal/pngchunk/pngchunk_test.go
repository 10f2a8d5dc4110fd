package pngchunk

import (
	"bytes"
	"compress/zlib"
	"encoding/binary"
	"errors"
	"hash/crc32"
	"image"
	"image/png"
	"strings"
	"testing"
)

type piece struct{ name, data string }

// chunk writes a chunk as the specification says.
func chunk(name, data string) string {
	out := binary.BigEndian.AppendUint32(nil, uint32(len(data)))
	out = append(append(out, name...), data...)
	return string(binary.BigEndian.AppendUint32(out, crc32.ChecksumIEEE(out[4:])))
}

const header = "\x00\x00\x00\x01\x00\x00\x00\x01\x08\x00\x00\x00\x00"

func picture(pieces ...piece) string {
	out := Signature + chunk("IHDR", header)
	for _, p := range pieces {
		out += chunk(p.name, p.data)
	}
	return out + chunk("IDAT", "x") + chunk("IEND", "")
}

func packed(text string) string {
	var out bytes.Buffer
	w := zlib.NewWriter(&out)
	w.Write([]byte(text))
	w.Close()
	return out.String()
}

func badge(keyword string) bool { return strings.EqualFold(keyword, "badge") }

func TestRead(t *testing.T) {
	good := "badge\x00\x00\x00\x00\x00"
	tests := []struct {
		name, file string
		texts      string // chunk type, keyword, content of each
		after      string
		reason     Reason
	}{
		{"none", picture(), "", "", 0},
		{"iTXt", picture(piece{"iTXt", good + `{"a":"}"}`}), `iTXt badge {"a":"}"};`, "", 0},
		{"iTXt with language and translation", picture(piece{"iTXt", "badge\x00\x00\x00de\x00Abzeichen\x00ä"}), "iTXt badge ä;", "", 0},
		{"iTXt packed", picture(piece{"iTXt", "badge\x00\x01\x00\x00\x00" + packed("hallo")}), "iTXt badge hallo;", "", 0},
		{"iTXt empty", picture(piece{"iTXt", good}), "iTXt badge ;", "", 0},
		{"tEXt", picture(piece{"tEXt", "badge\x00https://example.com"}), "tEXt badge https://example.com;", "", 0},
		{"tEXt in Latin-1", picture(piece{"tEXt", "badge\x00caf\xe9"}), "tEXt badge café;", "", 0},
		{"tEXt in UTF-8", picture(piece{"tEXt", "badge\x00café"}), "tEXt badge café;", "", 0},
		{"zTXt", picture(piece{"zTXt", "badge\x00\x00" + packed("caf\xe9")}), "zTXt badge café;", "", 0},
		{"other keywords", picture(piece{"tEXt", "Software\x00x"}, piece{"iTXt", "badges\x00"}, piece{"iTXt", "bad\x00ge"}, piece{"tEXt", "badge"}, piece{"tEXt", strings.Repeat("k", 90) + "\x00x"}), "", "", 0},
		{"keyword in a content", picture(piece{"tEXt", "Comment\x00badge\x00x"}, piece{"prVt", good + "x"}), "", "", 0},
		{"keyword in capitals", picture(piece{"iTXt", "Badge\x00\x00\x00\x00\x00x"}), "iTXt Badge x;", "", 0},
		{"two", picture(piece{"iTXt", good + "1"}, piece{"tEXt", "badge\x002"}), "iTXt badge 1;tEXt badge 2;", "", 0},
		{"a second one after the picture", Signature + chunk("IHDR", header) + chunk("iTXt", good+"1") + chunk("IDAT", "x") + chunk("iTXt", good+"2") + chunk("IEND", ""), "iTXt badge 1;iTXt badge 2;", "", 0},
		{"something after it", picture(piece{"iTXt", good + "1"}) + "PK\x03\x04", "iTXt badge 1;", "PK\x03\x04", 0},
		{"a second picture after it", picture() + picture(piece{"iTXt", good + "1"}), "", picture(piece{"iTXt", good + "1"}), 0},

		{"no signature", picture()[1:], "", "", Damaged},
		{"only a signature", Signature, "", "", Truncated},
		{"no IEND", Signature + chunk("IHDR", header) + chunk("IDAT", "x"), "", "", Truncated},
		{"cut in a chunk", picture(piece{"iTXt", good + strings.Repeat("x", 100)})[:80], "", "", Truncated},
		{"cut in a checksum", picture()[:len(picture())-2], "", "", Truncated},
		{"no IHDR", Signature + chunk("IDAT", "x") + chunk("IEND", ""), "", "", Damaged},
		{"IHDR twice", picture(piece{"IHDR", header}), "", "", Damaged},
		{"IHDR too short", Signature + chunk("IHDR", "x") + chunk("IEND", ""), "", "", Damaged},
		{"IEND not empty", Signature + chunk("IHDR", header) + chunk("IEND", "x"), "", "", Damaged},
		{"checksum of the text", strings.Replace(picture(piece{"iTXt", good + "hello"}), "hello", "hullo", 1), "", "", Damaged},
		{"checksum of another chunk", strings.Replace(picture(piece{"tEXt", "Software\x00hello"}), "hello", "hullo", 1), "", "", Damaged},
		{"a length of 200 MB", Signature + chunk("IHDR", header) + "\x0b\xeb\xc2\x00iTXt" + good + "x", "", "", Truncated},
		{"a length of 4 GB", Signature + chunk("IHDR", header) + "\xff\xff\xff\xffiTXt" + good + "x", "", "", Damaged},
		{"a type of no letters", picture(piece{"iT\x00t", "x"}), "", "", Damaged},
		{"iTXt without its fields", picture(piece{"iTXt", "badge\x00"}), "", "", Damaged},
		{"iTXt without translation", picture(piece{"iTXt", "badge\x00\x00\x00\x00{}"}), "", "", Damaged},
		{"iTXt, odd flag", picture(piece{"iTXt", "badge\x00\x02\x00\x00\x00{}"}), "", "", Damaged},
		{"iTXt, odd method", picture(piece{"iTXt", "badge\x00\x01\x01\x00\x00{}"}), "", "", Damaged},
		{"iTXt, method without flag", picture(piece{"iTXt", "badge\x00\x00\x01\x00\x00{}"}), "iTXt badge {};", "", 0},
		{"zTXt, odd method", picture(piece{"zTXt", "badge\x00\x01" + packed("x")}), "", "", Damaged},
		{"packed, not zlib", picture(piece{"iTXt", "badge\x00\x01\x00\x00\x00{}"}), "", "", Damaged},
		{"packed, cut off", picture(piece{"iTXt", "badge\x00\x01\x00\x00\x00" + packed("hello")[:8]}), "", "", Damaged},
		{"packed, checksum", picture(piece{"iTXt", "badge\x00\x01\x00\x00\x00" + packed("hello")[:10] + "\x00\x00\x00"}), "", "", Damaged},
		{"packed, and more", picture(piece{"iTXt", "badge\x00\x01\x00\x00\x00" + packed("hello") + packed("you")}), "", "", Damaged},
		{"packed, a bomb", picture(piece{"iTXt", "badge\x00\x01\x00\x00\x00" + packed(strings.Repeat("0", 1001))}), "", "", TooLarge},
		{"plain and too long", picture(piece{"iTXt", good + strings.Repeat("0", 1001)}), "", "", TooLarge},
		{"just not too long", picture(piece{"zTXt", "badge\x00\x00" + packed(strings.Repeat("0", 1000))}), "zTXt badge " + strings.Repeat("0", 1000) + ";", "", 0},
	}
	for _, test := range tests {
		read, err := Read([]byte(test.file), badge)
		texts := ""
		for i := range read.Texts {
			var content []byte
			if content, err = read.Texts[i].Content(1000); err == nil {
				texts += read.Texts[i].Chunk + " " + read.Texts[i].Keyword + " " + string(content) + ";"
			}
		}
		var broken *Error
		if errors.As(err, &broken) != (test.reason != 0) || broken != nil && broken.Reason != test.reason {
			t.Errorf("%s: %v", test.name, err)
		}
		if texts != test.texts || string(read.After) != test.after && test.reason == 0 {
			t.Errorf("%s: texts %q, after %q", test.name, texts, read.After)
		}
	}
}

// TestMany: who writes a text very many times gets no memory for it.
func TestMany(t *testing.T) {
	read, err := Read([]byte(picture(make([]piece, 0)...)[:8+25]+strings.Repeat(chunk("tEXt", "badge\x00"), 100_000)+chunk("IEND", "")), badge)
	if err != nil || len(read.Texts) != mostTexts {
		t.Errorf("%d texts, %v", len(read.Texts), err)
	}
}

// TestBomb: a packed gigabyte takes no more memory than what is accepted.
func TestBomb(t *testing.T) {
	var out bytes.Buffer
	w := zlib.NewWriter(&out)
	zeros := make([]byte, 1<<20)
	for range 64 {
		w.Write(zeros)
	}
	w.Close()
	read, err := Read([]byte(picture(piece{"iTXt", "badge\x00\x01\x00\x00\x00" + out.String()})), badge)
	if err != nil {
		t.Fatal(err)
	}
	const most = 1 << 20
	result := testing.Benchmark(func(b *testing.B) {
		b.ReportAllocs()
		for range b.N {
			if _, err := read.Texts[0].Content(most); err == nil {
				b.Fatal("a bomb was unpacked")
			}
		}
	})
	if got := result.AllocedBytesPerOp(); got > 8*most {
		t.Errorf("%d bytes for %d", got, most)
	}
}

// TestOtherWriter: a picture by Go's own encoder is read to its end.
func TestOtherWriter(t *testing.T) {
	var out bytes.Buffer
	if err := png.Encode(&out, image.NewRGBA(image.Rect(0, 0, 300, 200))); err != nil {
		t.Fatal(err)
	}
	if read, err := Read(out.Bytes(), badge); err != nil || len(read.Texts)+len(read.After) > 0 {
		t.Error(read, err)
	}
}

func FuzzRead(f *testing.F) {
	f.Add([]byte(picture()))
	f.Add([]byte(picture(piece{"iTXt", "badge\x00\x01\x00\x00\x00" + packed("hello")}, piece{"tEXt", "badge\x00x"})))
	f.Add([]byte(picture(piece{"zTXt", "badge\x00\x00" + packed("hello")}) + "PK\x05\x06"))
	f.Fuzz(func(t *testing.T, data []byte) {
		read, err := Read(data, func(string) bool { return true })
		if err == nil && (!Is(data) || !bytes.HasSuffix(data, read.After)) {
			t.Error("read what is none")
		}
		for i := range read.Texts {
			if content, err := read.Texts[i].Content(1 << 16); err == nil && len(content) > 1<<17 {
				t.Error(len(content))
			}
		}
	})
}
