package multibase

import (
	"bytes"
	"encoding/base64"
	"encoding/hex"
	"strings"
	"testing"
)

func TestDecode(t *testing.T) {
	tests := []struct{ name, text, want string }{
		{"base58btc", "zUXE7GvtEk8XTXs1GF8HSGbVA9FCX9SEBPe", "446563656e7472616c697a652065766572797468696e672121"},
		{"base58btc, zeros in front", "z17paNL19xttacUY", "00796573206d616e692021"}, // multibase test vectors, leading zero
		{"base58btc, two zeros", "z117paNL19xttacUY", "0000796573206d616e692021"},
		{"base58btc, empty", "z", ""},
		{"base58btc, zeros only", "z111", "000000"},
		{"base58btc, largest digit", "zz", "39"},
		{"base58btc, one more", "z21", "3a"},
		{"base64url", "uTXVsdGliYXNlIGlzIGF3ZXNvbWUhIFxvLw", "4d756c74696261736520697320617765736f6d6521205c6f2f"},
		{"base64url, empty", "u", ""},
		{"base64url, both special letters", "u-_8", "fbff"},
		{"Ed25519 did:key", "z6MkhaXgBZDvotDkL5257faiztiGiC2QtKLGpbnnEGta2doK", "ed01" + "2e6fcce36701dc791488e0d0b1745cc1e33a4c1c9fcc41c63bd343dbbe0970e6"},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			data, err := Decode(test.text)
			if err != nil {
				t.Fatal(err)
			}
			if got := hex.EncodeToString(data); got != test.want {
				t.Errorf("got %s, want %s", got, test.want)
			}
			if test.text[0] == 'z' && "z"+EncodeBase58(data) != test.text {
				t.Errorf("encoded as %s", EncodeBase58(data))
			}
		})
	}
}

func TestDecodeRefuses(t *testing.T) {
	for _, text := range []string{
		"", "f00", "mTXVs", "U-_8", "Zzz", "b", "\x00", // other bases
		"z0", "zO", "zI", "zl", "z+", "z ", "z 1", "z1\n", "zé", "z\xff", // not base58
		"u=", "uAA==", "uAB", "uA", "uAAAAA", "u+/", "uAA\n", "u\nAA", "uA A", "uAA\r\n", "u*", // not strict base64url
		"z" + strings.Repeat("z", mostCharacters+1), "u" + strings.Repeat("A", mostCharacters+4),
	} {
		if data, err := Decode(text); err == nil {
			t.Errorf("%.20q decoded to %x", text, data)
		}
	}
}

// TestBase58AtTheLimit would take minutes if the work were cubic, and tells
// that the longest text is still read.
func TestBase58AtTheLimit(t *testing.T) {
	text := strings.Repeat("z", mostCharacters)
	data, err := DecodeBase58(text)
	if err != nil {
		t.Fatal(err)
	}
	if EncodeBase58(data) != text {
		t.Error("round trip")
	}
	if data, err = DecodeBase58(strings.Repeat("1", mostCharacters)); err != nil || len(data) != mostCharacters {
		t.Error(len(data), err)
	}
}

// strict is the standard decoder, which skips line breaks.
var strict = base64.RawURLEncoding.Strict()

func TestBase64URL(t *testing.T) {
	// The last letter of one byte has four bits left over: only zeros do.
	accepted := 0
	for _, c := range "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_" {
		if _, err := Base64URL("A" + string(c)); err == nil {
			accepted++
		}
	}
	if accepted != 4 {
		t.Errorf("%d spellings of four bytes", accepted)
	}
	for _, text := range []string{"AA=", "AA==", " AA", "AA ", "AA\n", "\rAA", "AAA\n\n", "A", "AA+A", "AA/A", "AA.A", "A\x00"} {
		if data, err := Base64URL(text); err == nil {
			t.Errorf("%q decoded to %x", text, data)
		}
	}
	if data, err := Base64URL(""); err != nil || len(data) != 0 {
		t.Error("the empty text is no bytes")
	}
	// Every character in every place, as the standard decoder has it.
	for place := range 7 {
		for c := range 256 {
			text := []byte("-_8AZ8w")
			text[place] = byte(c)
			for length := range len(text) + 1 {
				data, err := Base64URL(string(text[:length]))
				standard, wrong := strict.DecodeString(string(text[:length]))
				if c != '\n' && c != '\r' && ((err == nil) != (wrong == nil) || err == nil && !bytes.Equal(data, standard)) {
					t.Fatalf("%q: %x, %v; the standard decoder: %x, %v", text[:length], data, err, standard, wrong)
				}
			}
		}
	}
}

func TestVarint(t *testing.T) {
	tests := []struct {
		data string
		code uint64
		rest string
	}{
		{"00", 0, ""}, {"01ff", 1, "ff"}, {"7f", 127, ""}, {"8001", 128, ""}, {"ed01aa", 0xed, "aa"},
		{"8024", 0x1200, ""}, {"ffffffffffffffff7f", 1<<63 - 1, ""},
	}
	for _, test := range tests {
		data, _ := hex.DecodeString(test.data)
		code, rest, err := Varint(data)
		if err != nil || code != test.code || hex.EncodeToString(rest) != test.rest {
			t.Errorf("%s: %d %x %v", test.data, code, rest, err)
		}
	}
	for _, text := range []string{"", "80", "8000", "ed8100", "ffffffffffffffffff01", "80808080808080808001", "ffffffffffffffffff"} {
		data, _ := hex.DecodeString(text)
		if code, _, err := Varint(data); err == nil {
			t.Errorf("%s read as %d", text, code)
		}
	}
}

// FuzzDecode: each value has one spelling, so what is decoded and encoded
// again is the same text.
func FuzzDecode(f *testing.F) {
	for _, seed := range []string{"z6MkhaXgBZDvotDkL5257faiztiGiC2QtKLGpbnnEGta2doK", "z111", "u-_8", "uAB", "z", ""} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, text string) {
		data, err := Decode(text)
		if err == nil {
			again := "z" + EncodeBase58(data)
			if text[0] == 'u' {
				again = "u" + strict.EncodeToString(data)
			}
			if again != text {
				t.Fatalf("%q and %q are the same bytes", text, again)
			}
			if code, rest, err := Varint(data); err == nil && len(rest) >= len(data) {
				t.Fatalf("varint %d of no bytes", code)
			}
		}
		plain, err := Base64URL(text)
		if err == nil && strict.EncodeToString(plain) != text {
			t.Fatalf("%q is a second spelling", text)
		}
		if standard, wrong := strict.DecodeString(text); !strings.ContainsAny(text, "\r\n") && ((err == nil) != (wrong == nil) || err == nil && !bytes.Equal(plain, standard)) {
			t.Fatalf("%q: %x, %v; the standard decoder: %x, %v", text, plain, err, standard, wrong)
		}
		if len(text) > 200 {
			return
		}
		if back, err := DecodeBase58(EncodeBase58([]byte(text))); err != nil || !bytes.Equal(back, []byte(text)) {
			t.Fatalf("%q came back as %q", text, back)
		}
	})
}
