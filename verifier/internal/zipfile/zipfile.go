// Package zipfile reads ZIP archives (APPNOTE 6.3) that can be understood in
// one way only: what the directory at the end says and what stands before each
// file must agree, and nothing may lie between the files or over another one.
// Programs that read from the front and programs that read from the end then
// find the same (T34), and no bytes are unpacked twice (T12).
package zipfile

import (
	"bytes"
	"compress/flate"
	"encoding/binary"
	"errors"
	"hash/crc32"
	"io"
	"unicode/utf8"
)

var (
	// ErrDamaged: a part is missing, does not fit to the others, or fails its
	// checksum.
	ErrDamaged = errors.New("zipfile: damaged")
	// ErrAmbiguous: there is something before, between or after the files, or
	// they overlap, so that two programs could find different files.
	ErrAmbiguous = errors.New("zipfile: ambiguous")
	// ErrEncrypted: a password protects a file.
	ErrEncrypted = errors.New("zipfile: encrypted")
	// ErrUnsupported: an archive in several pieces, or of more than 4 GB, or
	// packed in another way than "deflate".
	ErrUnsupported = errors.New("zipfile: unsupported")
	// ErrTooLarge: a file, or the number of them, is larger than may be.
	ErrTooLarge = errors.New("zipfile: too large")
)

const (
	localHeader   = "PK\x03\x04"
	centralHeader = "PK\x01\x02"
	endRecord     = "PK\x05\x06"
	descriptor    = "PK\x07\x08"

	largeRecord = "PK\x06\x06"
	locator     = "PK\x06\x07"

	localBytes, centralBytes, endBytes, largeBytes, locatorBytes = 30, 46, 22, 56, 20

	full = 0xffffffff // a number of four bytes that stands for one of eight
)

// File is one file of an archive.
type File struct {
	Name string // as written: it names nothing on this machine
	Size int    // as stated, when unpacked

	offset          int
	flags, method   uint16
	crc, packedSize uint32
	name, data      []byte
}

// Is says whether bytes begin like an archive.
func Is(data []byte) bool {
	return bytes.HasPrefix(data, []byte(localHeader)) || bytes.HasPrefix(data, []byte(endRecord))
}

// End is where the record at the end of an archive begins, -1 if no program
// that begins at the end finds one (4.3.16): the record reaches to the end of
// the bytes with the comment that closes it.
func End(data []byte) int {
	first := max(0, len(data)-endBytes-1<<16)
	for at := len(data) - endBytes; at >= first; at-- {
		if bytes.HasPrefix(data[at:], []byte(endRecord)) && int(short(data[at+20:])) == len(data)-at-endBytes {
			return at
		}
	}
	return -1
}

func short(data []byte) uint16 { return binary.LittleEndian.Uint16(data) }

func long(data []byte) uint32 { return binary.LittleEndian.Uint32(data) }

// huge is a number of eight bytes; what is beyond any archive read here is one
// that is.
func huge(data []byte) int { return int(min(binary.LittleEndian.Uint64(data), 1<<40)) }

// largeExtra is the field for large values among the extra ones (4.5.3).
func largeExtra(data []byte) []byte {
	for len(data) >= 4 {
		length := 4 + int(short(data[2:]))
		if length > len(data) {
			break
		}
		if short(data) == 1 {
			return data[4:length]
		}
		data = data[length:]
	}
	return nil
}

// Open reads the directory, and checks it against what stands before each
// file. There may be so many files, folders included.
func Open(data []byte, most int) ([]File, error) {
	end := End(data)
	if end < 0 {
		return nil, ErrDamaged
	}
	record := data[end:]
	number, size, start := int(short(record[10:])), int(long(record[12:])), int(long(record[16:]))
	if long(record[4:]) != 0 || int(short(record[8:])) != number {
		return nil, ErrUnsupported
	}
	// 4.3.14, 4.3.15: programs that write as they go use large numbers whatever
	// comes. A value that is full stands in another record (4.4.1.4).
	if at := end - locatorBytes; at >= 0 && bytes.HasPrefix(data[at:], []byte(locator)) {
		end = at - largeBytes
		if end < 0 || !bytes.HasPrefix(data[end:], []byte(largeRecord)) || huge(data[at+8:]) != end || huge(data[end+4:]) != largeBytes-12 || huge(data[end+24:]) != huge(data[end+32:]) {
			return nil, ErrUnsupported
		}
		for i, value := range [...]*int{&number, &size, &start} {
			large := huge(data[end+32+8*i:])
			if *value != large && *value != full && (i > 0 || *value != 0xffff) {
				return nil, ErrAmbiguous
			}
			*value = large
		}
	} else if number == 0xffff || size == full || start == full {
		return nil, ErrUnsupported
	}
	switch {
	case number > most:
		return nil, ErrTooLarge
	case start > end || size > end-start:
		return nil, ErrDamaged
	case start+size != end:
		return nil, ErrAmbiguous
	}
	files := make([]File, 0, number)
	for directory := data[start:end]; len(directory) > 0; {
		if len(files) == number || len(directory) < centralBytes || !bytes.HasPrefix(directory, []byte(centralHeader)) {
			return nil, ErrDamaged
		}
		nameLength := int(short(directory[28:]))
		total := centralBytes + nameLength + int(short(directory[30:])) + int(short(directory[32:]))
		if len(directory) < total {
			return nil, ErrDamaged
		}
		extra := directory[centralBytes+nameLength:][:short(directory[30:])]
		packedSize, size, offset := int(long(directory[20:])), int(long(directory[24:])), int(long(directory[42:]))
		// 4.5.3: large values, of those only that are full.
		for large, values := largeExtra(extra), []*int{&size, &packedSize, &offset}; len(values) > 0; values = values[1:] {
			if *values[0] == full && len(large) >= 8 {
				*values[0], large = huge(large), large[8:]
			}
		}
		if packedSize >= full || size >= full || offset >= full || short(directory[34:]) != 0 {
			return nil, ErrUnsupported
		}
		f := File{
			flags: short(directory[8:]), method: short(directory[10:]), crc: long(directory[16:]),
			packedSize: uint32(packedSize), Size: size, offset: offset,
			name: directory[centralBytes : centralBytes+nameLength],
		}
		f.Name = name(f.name, f.flags&0x800 != 0)
		files = append(files, f)
		directory = directory[total:]
	}
	if len(files) != number {
		return nil, ErrDamaged
	}
	return files, laidOut(files, data[:start])
}

// laidOut checks that the files lie one after the other, each behind a header
// that says the same as the directory, and fill all bytes before it.
func laidOut(files []File, data []byte) error {
	order := make([]*File, len(files))
	for i := range files {
		order[i] = &files[i]
	}
	// Nearly always they are in order, and never many: a general sort would
	// weigh more than all else here.
	for i := range order {
		for j := i; j > 0 && order[j].offset < order[j-1].offset; j-- {
			order[j], order[j-1] = order[j-1], order[j]
		}
	}
	at := 0
	for i, f := range order {
		if f.offset != at {
			return ErrAmbiguous
		}
		header := data[at:]
		if len(header) < localBytes || !bytes.HasPrefix(header, []byte(localHeader)) {
			return ErrDamaged
		}
		before := localBytes + int(short(header[26:])) + int(short(header[28:]))
		if len(header) < before || len(header)-before < int(f.packedSize) {
			return ErrDamaged
		}
		if !bytes.Equal(header[localBytes:localBytes+int(short(header[26:]))], f.name) ||
			short(header[8:]) != f.method || (short(header[6:])^f.flags)&0x0809 != 0 {
			return ErrAmbiguous
		}
		// 4.4.4, bit 3: checksum and sizes follow the file, and are 0 before it.
		follows := f.flags&8 != 0
		large := largeExtra(header[localBytes+len(f.name) : before])
		for i, want := range [...]uint32{f.crc, f.packedSize, uint32(f.Size)} {
			got := int(long(header[14+4*i:]))
			if got == full && i > 0 && len(large) >= 16 {
				got = huge(large[16-8*i:])
			}
			if got != int(want) && !(follows && got == 0) {
				return ErrAmbiguous
			}
		}
		at += before
		f.data = data[at : at+int(f.packedSize)]
		at += int(f.packedSize)
		if follows {
			next := len(data)
			if i+1 < len(order) {
				next = order[i+1].offset
			}
			if next < at || next > len(data) {
				return ErrAmbiguous
			}
			if !f.describes(data[at:next]) {
				return ErrAmbiguous
			}
			at = next
		}
	}
	if at != len(data) {
		return ErrAmbiguous
	}
	return nil
}

// describes says whether what follows the file says the same as the directory
// (4.3.9): with or without a mark, in numbers of four or of eight bytes.
func (f *File) describes(data []byte) bool {
	if len(data)%8 == 0 && bytes.HasPrefix(data, []byte(descriptor)) {
		data = data[4:]
	}
	switch {
	case len(data) < 12 || long(data) != f.crc:
		return false
	case len(data) == 12:
		return long(data[4:]) == f.packedSize && long(data[8:]) == uint32(f.Size)
	}
	return len(data) == 20 && huge(data[4:]) == int(f.packedSize) && huge(data[12:]) == f.Size
}

// Folder says that this is no file but a folder.
func (f *File) Folder() bool { return f.Size == 0 && len(f.name) > 0 && f.name[len(f.name)-1] == '/' }

// Encrypted says that a password protects the file.
func (f *File) Encrypted() bool { return f.flags&1 != 0 }

// Bytes unpacks the file, which must come to the stated size and checksum; not
// a byte more than that is unpacked, and one.
func (f *File) Bytes() ([]byte, error) {
	var content []byte
	switch {
	case f.Encrypted():
		return nil, ErrEncrypted
	case f.method == 0:
		content = f.data
	case f.method == 8:
		packed := bytes.NewReader(f.data)
		var plain bytes.Buffer
		if _, err := plain.ReadFrom(io.LimitReader(flate.NewReader(packed), int64(f.Size)+1)); err != nil || packed.Len() > 0 {
			return nil, ErrDamaged
		}
		content = plain.Bytes()
	default:
		return nil, ErrUnsupported
	}
	if len(content) != f.Size || crc32.ChecksumIEEE(content) != f.crc {
		return nil, ErrDamaged
	}
	return content, nil
}

// name is a file's name (appendix D): in UTF-8 where that is said or plain to
// see, else in the characters of the first PCs.
func name(written []byte, marked bool) string {
	if marked || utf8.Valid(written) {
		return string([]rune(string(written)))
	}
	runes := make([]rune, 0, len(written))
	for _, c := range written {
		if c < 0x80 {
			runes = append(runes, rune(c))
		} else {
			runes = append(runes, upper[c-0x80])
		}
	}
	return string(runes)
}

// upper is the upper half of code page 437.
var upper = []rune("ÇüéâäàåçêëèïîìÄÅÉæÆôöòûùÿÖÜ¢£¥₧ƒáíóúñÑªº¿⌐¬½¼¡«»░▒▓│┤╡╢╖╕╣║╗╝╜╛┐└┴┬├─┼╞╟╚╔╩╦╠═╬╧╨╤╥╙╘╒╓╫╪┘┌█▄▌▐▀αßΓπΣσµτΦΘΩδ∞φε∩≡±≥≤⌠⌡÷≈°∙·√ⁿ²■\u00a0")
