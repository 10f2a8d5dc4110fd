package cbor

import (
	"bytes"
	"encoding/hex"
	"errors"
	"math"
	"strings"
	"testing"

	library "github.com/fxamacker/cbor/v2"
)

func unhex(t *testing.T, text string) []byte {
	t.Helper()
	data, err := hex.DecodeString(strings.ReplaceAll(text, " ", ""))
	if err != nil {
		t.Fatal(err)
	}
	return data
}

func TestReader(t *testing.T) {
	r := NewReader(unhex(t, "86 00 17 1818 19ffff 1a7fffffff 42abcd"))
	if n := r.Array(); n != 6 {
		t.Fatal(n)
	}
	for _, want := range []int{0, 23, 24, 65535, math.MaxInt32} {
		if got := r.Number(); got != want {
			t.Errorf("%d, want %d", got, want)
		}
	}
	if got := r.Bytes(); !bytes.Equal(got, []byte{0xab, 0xcd}) || cap(got) != 2 {
		t.Errorf("%x", got)
	}
	if err := r.Close(); err != nil {
		t.Error(err)
	}

	r = NewReader(unhex(t, "a2 01 40 00 4101"))
	if n := r.Map(); n != 2 {
		t.Fatal(n)
	}
	if r.Number() != 1 || len(r.Bytes()) != 0 || r.Number() != 0 || len(r.Bytes()) != 1 || r.Close() != nil || r.Failed() {
		t.Error(r.err)
	}
}

func TestReaderRefuses(t *testing.T) {
	num := func(r *Reader) { r.Number() }
	str := func(r *Reader) { r.Bytes() }
	arr := func(r *Reader) { r.Array() }
	mp := func(r *Reader) { r.Map() }
	for _, test := range []struct {
		data string
		read func(*Reader)
		want error
	}{
		{"", num, ErrShort},
		{"18", num, ErrShort},
		{"19 01", num, ErrShort},
		{"1b 00000001000000", num, ErrShort},
		{"20", num, ErrKind},                  // -1
		{"f6", num, ErrKind},                  // null
		{"fb 3ff0000000000000", num, ErrKind}, // 1.0
		{"c0 01", num, ErrKind},               // a tag
		{"1c", num, ErrPreferred},             // not assigned
		{"1f", num, ErrPreferred},             // not assigned
		{"18 17", num, ErrPreferred},          // 23 in two bytes
		{"19 00ff", num, ErrPreferred},
		{"1a 0000ffff", num, ErrPreferred},
		{"1b 00000000ffffffff", num, ErrPreferred},
		{"1a 80000000", num, ErrKind}, // too large for any index
		{"1b ffffffffffffffff", num, ErrKind},
		{"00 00", num, ErrTrailing},
		{"41", str, ErrShort},
		{"58 20 00", str, ErrShort},
		{"5b ffffffffffffffff", str, ErrShort},
		{"58 01 00", str, ErrPreferred},
		{"5f 41 00 ff", str, ErrPreferred}, // indefinite
		{"61 61", str, ErrKind},            // a text
		{"d840 41 00", str, ErrKind},       // tag 64, a byte array as some write it
		{"82 00", arr, ErrShort},
		{"9b ffffffffffffffff", arr, ErrShort},
		{"9f ff", arr, ErrPreferred},
		{"a1 00", mp, ErrShort},
		{"bf ff", mp, ErrPreferred},
		{"80", mp, ErrKind},
	} {
		r := NewReader(unhex(t, test.data))
		test.read(r)
		if err := r.Close(); !errors.Is(err, test.want) {
			t.Errorf("%s: %v, want %v", test.data, err, test.want)
		}
		// Nothing can be read after an error.
		if r.Number() != 0 || len(r.Bytes()) != 0 || r.Array() != 0 || r.Map() != 0 || !r.Failed() {
			t.Errorf("%s: read on after an error", test.data)
		}
	}
}

func TestReaderMore(t *testing.T) {
	r := NewReader(unhex(t, "8b 20 3863 3b7fffffffffffffff 1b7fffffffffffffff 00 62c3bc 60 d2 00 a2 01 80 6161 f6 f93c00 c1 1a00000001"))
	if r.Kind() != Array || r.Array() != 11 {
		t.Fatal(r.err)
	}
	for _, want := range []int64{-1, -100, math.MinInt64, math.MaxInt64, 0} {
		if got := r.Integer(); got != want {
			t.Errorf("%d, want %d", got, want)
		}
	}
	if r.Kind() != Text || r.Text() != "ü" || r.Text() != "" || r.Kind() != Tag || r.Tag() != 18 || r.Number() != 0 {
		t.Error(r.err)
	}
	if r.Kind() != Map || !bytes.Equal(r.Item(), unhex(t, "a2 01 80 6161 f6")) || !bytes.Equal(r.Item(), unhex(t, "f93c00")) {
		t.Error(r.err)
	}
	if got := r.Item(); !bytes.Equal(got, unhex(t, "c1 1a00000001")) {
		// 1 in four bytes is not how it is written.
		if !errors.Is(r.err, ErrPreferred) {
			t.Errorf("%x %v", got, r.err)
		}
	}
	if r.Kind() != None || !r.Failed() {
		t.Error("read on after an error")
	}
}

func TestItemRefuses(t *testing.T) {
	for _, test := range []struct {
		data string
		want error
	}{
		{"", ErrShort},
		{"81", ErrShort},
		{"a1 01", ErrShort},
		{"d2", ErrShort},
		{"3b 80000000000000", ErrShort},
		{"62 61", ErrShort},
		{"61 ff", ErrText},
		{"a1 61ff 00", ErrText},
		{"63 eda080", ErrText}, // a surrogate
		{"a2 01 00 01 01", ErrTwice},
		{"a2 20 00 20 01", ErrTwice},
		{"81 a2 6161 00 6161 00", ErrTwice},
		{"a1 80 00", ErrKind},
		{"a1 f5 00", ErrKind},
		{"a1 a0 00", ErrKind},
		{"a1 c1 00 00", ErrKind},
		{"9f ff", ErrPreferred},
		{"7f ff", ErrPreferred},
		{"ff", ErrKind},
		{"e0", ErrKind},
		{"f8 ff", ErrKind},
		{"f9 3c", ErrShort},
		{"fb 00", ErrShort},
		{"d8 12 00", ErrPreferred}, // tag 18 in two bytes
		{"38 00", ErrPreferred},
		{"00 00", ErrTrailing},
		{"9a 00030d40" + strings.Repeat("00", 200_000), ErrMany},
		{strings.Repeat("81", 70) + "00", ErrDeep},
		{strings.Repeat("d2", 70) + "00", ErrDeep},
	} {
		r := NewReader(unhex(t, test.data))
		r.Item()
		if err := r.Close(); !errors.Is(err, test.want) {
			t.Errorf("%.80s: %v, want %v", test.data, err, test.want)
		}
	}
	for _, test := range []struct {
		data string
		read func(*Reader)
		want error
	}{
		{"3b 8000000000000000", func(r *Reader) { r.Integer() }, ErrKind},
		{"1b 8000000000000000", func(r *Reader) { r.Integer() }, ErrKind},
		{"40", func(r *Reader) { r.Integer() }, ErrKind},
		{"", func(r *Reader) { r.Integer() }, ErrShort},
		{"40", func(r *Reader) { r.Text() }, ErrKind},
		{"61 80", func(r *Reader) { r.Text() }, ErrText},
		{"61", func(r *Reader) { r.Text() }, ErrShort},
		{"00", func(r *Reader) { r.Tag() }, ErrKind},
		{"db 0000000100000000", func(r *Reader) { r.Tag() }, ErrKind},
	} {
		r := NewReader(unhex(t, test.data))
		test.read(r)
		if err := r.Close(); !errors.Is(err, test.want) {
			t.Errorf("%s: %v, want %v", test.data, err, test.want)
		}
	}
}

// FuzzItem holds Item against the general library: what it accepts is
// well-formed there too.
func FuzzItem(f *testing.F) {
	f.Add([]byte{0xa2, 1, 0x80, 0x61, 0x61, 0xf6})
	f.Add([]byte{0xd2, 0x84, 0x43, 0xa1, 1, 0x26, 0xa0, 0x40, 0x40})
	f.Add([]byte{0xfb, 0, 0, 0, 0, 0, 0, 0, 0})
	mode, err := library.DecOptions{DupMapKey: library.DupMapKeyEnforcedAPF, IndefLength: library.IndefLengthForbidden, MaxNestedLevels: 100, IntDec: library.IntDecConvertSignedOrBigInt}.DecMode()
	if err != nil {
		f.Fatal(err)
	}
	f.Fuzz(func(t *testing.T, data []byte) {
		r := NewReader(data)
		item := r.Item()
		if r.Close() != nil {
			return
		}
		if !bytes.Equal(item, data) {
			t.Fatal("not all of it")
		}
		if err := mode.Wellformed(data); err != nil {
			t.Fatalf("accepted %x: %v", data, err)
		}
	})
}

// skeleton reads [bytes, [bytes ...], {number: bytes ...}, [number ...]].
func skeleton(data []byte) (value []any, err error) {
	r := NewReader(data)
	if r.Array() != 4 {
		return nil, ErrKind
	}
	value = append(value, r.Bytes())
	list := [][]byte{}
	for n := r.Array(); n > 0 && !r.Failed(); n-- {
		list = append(list, r.Bytes())
	}
	named := map[int][]byte{}
	for n := r.Map(); n > 0 && !r.Failed(); n-- {
		key := r.Number()
		if _, twice := named[key]; twice {
			return nil, ErrKind
		}
		named[key] = r.Bytes()
	}
	numbers := []int{}
	for n := r.Array(); n > 0 && !r.Failed(); n-- {
		numbers = append(numbers, r.Number())
	}
	return append(value, list, named, numbers), r.Close()
}

// FuzzReader holds the reader against the general library: what it accepts the
// library accepts as well, strictly set up, and writes back byte by byte,
// except for the order in a map.
func FuzzReader(f *testing.F) {
	f.Add([]byte{0x84, 0x41, 1, 0x81, 0x40, 0xa1, 5, 0x40, 0x82, 1, 0x18, 30})
	f.Add([]byte{0x84, 0x40, 0x80, 0xa2, 1, 0x40, 0, 0x40, 0x80})
	f.Add([]byte{0x84, 0x40, 0x80, 0xa0, 0x9b, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff})
	mode, err := library.DecOptions{DupMapKey: library.DupMapKeyEnforcedAPF, IndefLength: library.IndefLengthForbidden, TagsMd: library.TagsForbidden}.DecMode()
	if err != nil {
		f.Fatal(err)
	}
	f.Fuzz(func(t *testing.T, data []byte) {
		got, err := skeleton(data)
		var want struct {
			_       struct{} `cbor:",toarray"`
			One     []byte
			List    [][]byte
			Named   map[int][]byte
			Numbers []int
		}
		theirs := mode.Unmarshal(data, &want)
		if err != nil {
			return
		}
		if theirs != nil {
			t.Fatalf("accepted %x: %v", data, theirs)
		}
		written, err := library.Marshal(got)
		if err != nil {
			t.Fatal(err)
		}
		if len(written) != len(data) {
			t.Fatalf("%x was not in the preferred form %x", data, written)
		}
	})
}
