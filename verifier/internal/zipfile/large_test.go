package zipfile

import (
	"bytes"
	"encoding/binary"
	"errors"
	"hash/crc32"
	"testing"
)

// large writes an archive as programs do that do not know beforehand how much
// there will be: with numbers of eight bytes, and checksum and sizes behind each
// file.
type large struct {
	streamed, mark, ending bool
	change                 func(part string, bytes []byte)
}

func (w large) bytes(files ...string) []byte {
	var out, directory []byte
	le := binary.LittleEndian
	put := func(to *[]byte, part string, numbers ...any) {
		start := len(*to)
		for _, n := range numbers {
			switch n := n.(type) {
			case string:
				*to = append(*to, n...)
			case uint16:
				*to = le.AppendUint16(*to, n)
			case uint32:
				*to = le.AppendUint32(*to, n)
			case int:
				*to = le.AppendUint64(*to, uint64(n))
			}
		}
		if w.change != nil {
			w.change(part, (*to)[start:])
		}
	}
	const none, half = uint32(0xffffffff), uint16(0)
	for i := 0; i < len(files); i += 2 {
		name, content := files[i], files[i+1]
		crc, size, offset := crc32.ChecksumIEEE([]byte(content)), len(content), len(out)
		flags, before, stated := half, crc, size
		if w.streamed {
			flags, before, stated = 8, 0, 0
		}
		put(&out, "local", localHeader, uint16(45), flags, half, uint32(0), before, none, none, uint16(len(name)), uint16(20), name, uint16(1), uint16(16), stated, stated)
		out = append(out, content...)
		if w.streamed && w.mark {
			put(&out, "mark", descriptor)
		}
		if w.streamed {
			put(&out, "descriptor", crc, size, size)
		}
		put(&directory, "central", centralHeader, uint16(45), uint16(45), flags, half, uint32(0), crc, none, none, uint16(len(name)), uint16(28), half, half, half, uint32(0), none, name, uint16(1), uint16(24), size, size, offset)
	}
	start, number := len(out), len(files)/2
	out = append(out, directory...)
	if !w.ending {
		put(&out, "end", endRecord, half, half, uint16(number), uint16(number), uint32(len(directory)), uint32(start), half)
		return out
	}
	record := len(out)
	put(&out, "record", largeRecord, largeBytes-12, uint16(45), uint16(45), uint32(0), uint32(0), number, number, len(directory), start)
	put(&out, "locator", locator, uint32(0), record, uint32(1))
	put(&out, "end", endRecord, half, half, uint16(0xffff), uint16(0xffff), none, none, half)
	return out
}

func TestLarge(t *testing.T) {
	read := func(data []byte) (string, error) {
		files, err := Open(data, 10)
		all := ""
		for i := range files {
			content, err := files[i].Bytes()
			if err != nil {
				return all, err
			}
			all += files[i].Name + "=" + string(content) + " "
		}
		return all, err
	}
	for i := range 8 {
		w := large{streamed: i&1 > 0, mark: i&2 > 0, ending: i&4 > 0}
		if got, err := read(w.bytes("a", "one", "b", "", "c", "three")); err != nil || got != "a=one b= c=three " {
			t.Errorf("%+v: %q, %v", w, got, err)
		}
		// What the parts say must fit together, byte by byte.
		for _, part := range []string{"local", "descriptor", "central", "record", "locator", "end"} {
			for at := range 100 {
				done := false
				w.change = func(found string, bytes []byte) {
					if found == part && !done && at < len(bytes) {
						bytes[at] ^= 0x41
						done = true
					}
				}
				got, err := read(w.bytes("a", "one", "c", "three"))
				if err == nil && got != "a=one c=three " {
					t.Errorf("%s, byte %d: %q", part, at, got)
				}
				if err != nil && !errors.Is(err, ErrAmbiguous) && !errors.Is(err, ErrDamaged) && !errors.Is(err, ErrUnsupported) && !errors.Is(err, ErrTooLarge) && !errors.Is(err, ErrEncrypted) {
					t.Errorf("%s, byte %d: %v", part, at, err)
				}
			}
		}
	}
	// Two records that say different things.
	both := large{ending: true, change: func(part string, bytes []byte) {
		if part == "end" {
			binary.LittleEndian.PutUint16(bytes[8:], 1)
			binary.LittleEndian.PutUint16(bytes[10:], 1)
		}
	}}
	if _, err := read(both.bytes("a", "one", "c", "three")); !errors.Is(err, ErrAmbiguous) {
		t.Error(err)
	}
	whole := large{ending: true}.bytes("a", "one")
	if _, err := read(bytes.Replace(whole, []byte(largeRecord), []byte(" "+largeRecord), 1)); err == nil {
		t.Error("something lies between")
	}
}
