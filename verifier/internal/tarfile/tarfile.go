// Package tarfile reads tar archives (POSIX.1-2017 pax, with the long names of
// GNU tar) that can be understood in one way only: each header fits its
// checksum, no name stands there twice, where two headers give a size they give
// the same one, and nothing follows the end. Programs that take the first or
// the last of two files, or one of two sizes, then find the same (T34).
package tarfile

import (
	"bytes"
	"errors"
	"strings"
)

var (
	// ErrDamaged: a part is missing, or a header fails its checksum.
	ErrDamaged = errors.New("tarfile: damaged")
	// ErrAmbiguous: two programs could find different files.
	ErrAmbiguous = errors.New("tarfile: ambiguous")
	// ErrTooMany: there are more files than may be.
	ErrTooMany = errors.New("tarfile: too many files")
	// ErrUnsupported: a file is kept in a way that is not read here: with holes,
	// or in several archives.
	ErrUnsupported = errors.New("tarfile: unsupported")
	// ErrNoFile: it is a link, or a device.
	ErrNoFile = errors.New("tarfile: no file")
)

// File is one file of an archive. Err says why there is no Data.
type File struct {
	Name string // as written: it names nothing on this machine
	Data []byte
	Err  error // ErrUnsupported or ErrNoFile
}

const block = 512

// Is says whether bytes begin like an archive: with the word that newer ones
// have, or with a header whose sum is right, by which some programs go alone.
func Is(data []byte) bool {
	return len(data) >= block && (string(data[257:262]) == "ustar" || sound(data[:block]))
}

// Sound says whether programs that go by the sum alone take bytes for an archive.
func Sound(data []byte) bool { return len(data) >= block && sound(data[:block]) }

// Open gives the files, folders left out. There may be so many headers.
func Open(data []byte, most int) ([]File, error) {
	var files []File
	seen := map[string]bool{}
	long, size, sparse := "", -1, false // what headers say about the next file
	for count := 0; ; count++ {
		if len(data) < block {
			return nil, ErrDamaged
		}
		header := data[:block]
		if len(bytes.Trim(header, "\x00")) == 0 {
			if len(bytes.Trim(data, "\x00")) > 0 {
				return nil, ErrAmbiguous
			}
			break
		}
		if count == most {
			return nil, ErrTooMany
		}
		length, ok := number(header[124:136])
		if header[156] == 'V' && len(bytes.Trim(header[124:136], " \x00")) == 0 {
			ok = true // GNU: the name of the whole has no size
		}
		if !ok || !sound(header) || length > len(data)-block {
			return nil, ErrDamaged
		}
		padded := (length + block - 1) / block * block
		if padded > len(data)-block {
			return nil, ErrDamaged
		}
		content := data[block : block+length]
		data = data[block+padded:]
		name := field(header[:100])
		if prefix := field(header[345:500]); prefix != "" && header[262] == 0 {
			name = prefix + "/" + name
		}
		kind := header[156]
		switch kind {
		case 'x', 'g': // records: length, name=value
			for len(content) > 0 {
				key, value, rest, ok := record(content)
				switch content = rest; {
				case !ok:
					return nil, ErrDamaged
				case key == "path" || key == "size" || strings.HasPrefix(key, "GNU.sparse."):
					if kind == 'g' {
						return nil, ErrUnsupported // for all files that follow
					}
					if key == "path" {
						long = value
					} else if key == "size" {
						before := size
						if size, ok = number([]byte(octal(value))); !ok {
							return nil, ErrDamaged
						} else if before >= 0 && before != size {
							return nil, ErrAmbiguous
						}
					} else {
						sparse = true
					}
				}
			}
			continue
		case 'L': // GNU: the name of the next file
			long = strings.TrimRight(string(content), "\x00")
			continue
		case 'K', 'V': // where the next link leads; the name of the whole
			continue
		}
		if long != "" {
			name = long
		}
		f := File{Name: name, Data: content}
		switch {
		case size >= 0 && size != length:
			return nil, ErrAmbiguous
		case kind == '5' || (kind == '0' || kind == 0) && strings.HasSuffix(name, "/"):
			f.Name = ""
			if length > 0 {
				return nil, ErrAmbiguous
			}
		case kind == 'S' || kind == 'M' || sparse:
			f.Data, f.Err = nil, ErrUnsupported
		case kind != '0' && kind != 0 && kind != '7':
			f.Data, f.Err = nil, ErrNoFile
			if length > 0 { // some go over what follows a link, others do not
				return nil, ErrAmbiguous
			}
		}
		long, size, sparse = "", -1, false
		if f.Name == "" {
			continue
		}
		plain := strings.TrimPrefix(f.Name, "./")
		if seen[plain] {
			return nil, ErrAmbiguous
		}
		seen[plain] = true
		files = append(files, f)
	}
	return files, nil
}

// sound says whether a header fits its checksum: the sum of all its bytes, of
// which those of the checksum count as spaces.
func sound(header []byte) bool {
	want, ok := number(header[148:156])
	sum := 0
	for i, c := range header {
		if i >= 148 && i < 156 {
			c = ' '
		}
		sum += int(c)
	}
	return ok && sum == want
}

// number reads octal digits, between spaces and zeros. Numbers of more than
// that stand for files that are never read here.
func number(digits []byte) (int, bool) {
	digits = bytes.TrimLeft(digits, " ")
	value, i := 0, 0
	for ; i < len(digits) && digits[i] >= '0' && digits[i] <= '7'; i++ {
		value = value<<3 | int(digits[i]-'0')
	}
	return value, i > 0 && i < 14 && len(bytes.Trim(digits[i:], " \x00")) == 0
}

// octal writes a decimal number as headers have it, "" where it is none.
func octal(decimal string) string {
	value := 0
	for _, c := range decimal {
		if value = value*10 + int(c-'0'); c < '0' || c > '9' || value > 1<<32 {
			return ""
		}
	}
	var digits [12]byte
	for i := range digits {
		digits[len(digits)-1-i] = byte('0' + value&7)
		value >>= 3
	}
	return string(digits[:])
}

// field is a text up to the first zero.
func field(data []byte) string {
	before, _, _ := bytes.Cut(data, []byte{0})
	return string(before)
}

// record takes one record off: its own length in decimal digits, a space,
// name=value, and a line break.
func record(data []byte) (name, value string, rest []byte, ok bool) {
	length := 0
	for i, c := range data[:min(len(data), 10)] {
		if c == ' ' && length > i+2 && length <= len(data) && data[length-1] == '\n' {
			name, value, ok = strings.Cut(string(data[i+1:length-1]), "=")
			return name, value, data[length:], ok
		}
		if c < '0' || c > '9' {
			break
		}
		length = length*10 + int(c-'0')
	}
	return "", "", nil, false
}
