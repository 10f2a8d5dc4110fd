package pdffile

import (
	"bytes"
	"math/rand"
	"strings"
	"testing"
)

// lzw packs as the specification tells writers to, with a table of whole
// sequences, which the reader does not have.
func lzw(data []byte, early int) []byte {
	var out []byte
	held, count := 0, 0
	bits := 9
	write := func(code int) {
		held, count = held<<bits|code, count+bits
		for count >= 8 {
			out = append(out, byte(held>>(count-8)))
			count -= 8
			held &= 1<<count - 1
		}
	}
	table, next := map[string]int{}, 258
	code := func(s string) int {
		if len(s) == 1 {
			return int(s[0])
		}
		return table[s]
	}
	write(256)
	sequence := ""
	for _, c := range data {
		longer := sequence + string([]byte{c})
		if _, known := table[longer]; known || sequence == "" {
			sequence = longer
			continue
		}
		write(code(sequence))
		table[longer] = next
		next++
		sequence = string([]byte{c})
		if next+early > 1<<bits && bits < 12 {
			bits++
		} else if next == 4095 {
			write(256)
			table, next, bits = map[string]int{}, 258, 9
		}
	}
	if sequence != "" {
		write(code(sequence))
		if next++; next+early > 1<<bits && bits < 12 {
			bits++
		}
	}
	write(257)
	return append(out, byte(held<<(8-count)))
}

func TestLZW(t *testing.T) {
	// The example of the specification (7.4.4.2).
	f := &File{work: 1 << 20}
	if got, err := f.unlzw([]byte{0x80, 0x0B, 0x60, 0x50, 0x22, 0x0C, 0x0C, 0x85, 0x01}, &nothing); err != nil || string(got) != "-----A---B" {
		t.Errorf("%q %v", got, err)
	}
	random := rand.New(rand.NewSource(1))
	noise := make([]byte, 60_000)
	for i := range noise {
		noise[i] = byte(random.Intn(1 + i/300))
	}
	late := &object{kind: dictionary, items: []object{{kind: named, text: []byte("EarlyChange")}, {kind: number}}}
	for _, plain := range [][]byte{nil, []byte("a"), bytes.Repeat([]byte("a"), 9000), noise, []byte(strings.Repeat("credential ", 3000))} {
		for early, parameters := range []*object{late, &nothing} {
			f := &File{work: 1 << 20}
			if got, err := f.unlzw(lzw(plain, early), parameters); err != nil || !bytes.Equal(got, plain) {
				t.Errorf("early %d: %d of %d bytes, %v", early, len(got), len(plain), err)
			}
			if f.work = len(plain) - 1; len(plain) > 0 {
				if _, err := f.unlzw(lzw(plain, early), parameters); err != ErrTooLarge {
					t.Error(err)
				}
			}
		}
	}
}

func TestRunLength(t *testing.T) {
	f := &File{work: 100}
	if got, err := f.unrun([]byte("\x02abc\xfed\x80e")); err != nil || string(got) != "abcddd" {
		t.Errorf("%q %v", got, err)
	}
	if got, err := f.unrun([]byte("\x05abc")); err != nil || string(got) != "abc" {
		t.Errorf("%q %v", got, err)
	}
	if _, err := f.unrun(bytes.Repeat([]byte{0x81, 1}, 1000)); err != ErrTooLarge {
		t.Error(err)
	}
}

func FuzzOlder(f *testing.F) {
	f.Add([]byte{0x80, 0x0B, 0x60, 0x50, 0x22, 0x0C, 0x0C, 0x85, 0x01})
	f.Add([]byte("\x02abc\xfed\x80e"))
	f.Fuzz(func(t *testing.T, data []byte) {
		for _, unpack := range []func(*File) ([]byte, error){
			func(f *File) ([]byte, error) { return f.unlzw(data, &nothing) },
			func(f *File) ([]byte, error) { return f.unrun(data) },
		} {
			if plain, err := unpack(&File{work: 1 << 16}); err == nil && len(plain) > 1<<16 {
				t.Error(len(plain))
			}
		}
	})
}
