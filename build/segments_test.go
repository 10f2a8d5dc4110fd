package main

import (
	"bytes"
	"errors"
	"testing"
)

// withData is a module that has a data section with that content, between two
// other sections.
func withData(section string) []byte {
	return []byte("\x00asm\x01\x00\x00\x00" + "\x03\x02\x01\x00" + "\x0b" + string(rune(len(section))) + section + "\x00\x02\x01a")
}

func unchanged(image) error { return nil }

func TestRewriteData(t *testing.T) {
	for name, test := range map[string]struct{ given, want string }{
		"near segments become one": {
			"\x02\x00\x41\x80\x20\x0b\x02ab\x00\x41\x84\x20\x0b\x01c",
			"\x01\x00\x41\x80\x20\x0b\x05ab\x00\x00c",
		},
		"in any order": {
			"\x02\x00\x41\x84\x20\x0b\x01c\x00\x41\x80\x20\x0b\x02ab",
			"\x01\x00\x41\x80\x20\x0b\x05ab\x00\x00c",
		},
		"far segments stay":      {"\x02\x00\x41\x01\x0b\x01a\x00\x41\x80\xc0\x00\x0b\x01b", "\x02\x00\x41\x01\x0b\x01a\x00\x41\x80\xc0\x00\x0b\x01b"},
		"zeros about it are not": {"\x01\x00\x41\x01\x0b\x03\x00a\x00", "\x01\x00\x41\x01\x0b\x02\x00a"},
		"an address of 64":       {"\x01\x00\x41\xc0\x00\x0b\x01a", "\x01\x00\x41\xc0\x00\x0b\x01a"},
		"none":                   {"\x00", "\x00"},
	} {
		got, err := rewriteData(withData(test.given), unchanged)
		if err != nil || !bytes.Equal(got, withData(test.want)) {
			t.Errorf("%s: %q, %v", name, got, err)
		}
	}
}

func TestRewriteDataChange(t *testing.T) {
	got, err := rewriteData(withData("\x01\x00\x41\x08\x0b\x03abc"), func(memory image) error {
		if memory.start != 8 || string(memory.bytes) != "abc" {
			t.Errorf("%+v", memory)
		}
		memory.bytes[1] = 'x'
		return nil
	})
	if err != nil || !bytes.Equal(got, withData("\x01\x00\x41\x08\x0b\x03axc")) {
		t.Errorf("%q, %v", got, err)
	}
	fault := errors.New("no")
	if _, err := rewriteData(withData("\x01\x00\x41\x08\x0b\x03abc"), func(image) error { return fault }); err != fault {
		t.Error(err)
	}
}

func TestRewriteDataRefused(t *testing.T) {
	for name, section := range map[string]string{
		"passive":             "\x01\x01\x03abc",
		"a computed address":  "\x01\x00\x23\x00\x0b\x01a",
		"a negative address":  "\x01\x00\x41\x7f\x0b\x01a",
		"beyond all memory":   "\x01\x00\x41\xff\xff\xff\xff\x07\x0b\x01a",
		"one over another":    "\x02\x00\x41\x08\x0b\x02ab\x00\x41\x09\x0b\x01a",
		"fewer than it says":  "\x02\x00\x41\x08\x0b\x02ab",
		"more than it says":   "\x00\x00",
		"shorter than itself": "\x01\x00\x41\x08\x0b\x09ab",
	} {
		if _, err := rewriteData(withData(section), unchanged); !errors.Is(err, errSegments) {
			t.Errorf("%s: %v", name, err)
		}
	}
	if _, err := rewriteData([]byte("no module"), unchanged); !errors.Is(err, errSegments) {
		t.Error(err)
	}
}

// Whatever is accepted stays the same when it is rewritten again.
func FuzzRewriteData(f *testing.F) {
	f.Add(withData("\x02\x00\x41\x80\x20\x0b\x02ab\x00\x41\x84\x20\x0b\x01c"))
	f.Fuzz(func(t *testing.T, data []byte) {
		first, err := rewriteData(data, unchanged)
		if err != nil {
			return
		}
		second, err := rewriteData(first, unchanged)
		if err != nil || !bytes.Equal(first, second) {
			t.Errorf("%q, then %q, %v", first, second, err)
		}
	})
}
