// Package pngchunk reads the texts that stand in a PNG picture, chunk by chunk
// (W3C PNG, third edition). Nothing of the picture itself is decoded.
package pngchunk

import (
	"bytes"
	"encoding/binary"
	"hash/crc32"
)

// Signature is how every PNG begins (PNG 5.2).
const Signature = "\x89PNG\r\n\x1a\n"

const (
	frameBytes   = 12        // length, type and CRC of a chunk (PNG 5.3)
	headerBytes  = 13        // the data of IHDR (PNG 11.2.1)
	mostLength   = 1<<31 - 1 // of a chunk's data (PNG 5.3)
	keywordBytes = 79        // of a text's keyword (PNG 11.3.3)

	// mostTexts is how many texts are handed out: more than one is more than
	// anybody asks for.
	mostTexts = 16
)

// Picture is what was found in a PNG.
type Picture struct {
	// Texts are those whose keyword was asked for, in their order; of very
	// many, the first ones.
	Texts []Text
	// After is what follows the last chunk. A PNG has nothing there.
	After []byte
}

// Reason says why a picture could not be read.
type Reason int

const (
	Truncated Reason = iota + 1 // it breaks off before its end
	Damaged                     // a rule of the format is broken
	TooLarge                    // a packed text becomes larger than is accepted
)

// Error is why a picture could not be read.
type Error struct {
	Reason Reason
	Detail string // for engineers
	Chunk  string // the type of the chunk, if one is to blame
}

func (e *Error) Error() string {
	if e.Chunk == "" {
		return "png: " + e.Detail
	}
	return "png: " + e.Chunk + ": " + e.Detail
}

// Is says whether data begins like a PNG.
func Is(data []byte) bool {
	return len(data) >= len(Signature) && string(data[:len(Signature)]) == Signature
}

// Read walks over all chunks and hands out the texts with a keyword that is
// wanted; they share the memory of data. Every checksum is compared, and the
// chunks must begin with IHDR and end with IEND. The error is an *Error.
func Read(data []byte, wanted func(keyword string) bool) (Picture, error) {
	var picture Picture
	if !Is(data) {
		return picture, &Error{Reason: Damaged, Detail: "no signature"}
	}
	rest := data[len(Signature):]
	for first := true; ; first = false {
		if len(rest) < frameBytes {
			return Picture{}, &Error{Reason: Truncated, Detail: "no IEND"}
		}
		length, name := binary.BigEndian.Uint32(rest), string(rest[4:8])
		if !isName(name) {
			return Picture{}, &Error{Reason: Damaged, Detail: "a type that is no four letters"}
		}
		if length > mostLength {
			return Picture{}, &Error{Reason: Damaged, Detail: "length", Chunk: name}
		}
		// Nothing is set aside for a length that is only said (T12).
		if uint64(length) > uint64(len(rest)-frameBytes) {
			return Picture{}, &Error{Reason: Truncated, Detail: "longer than the file", Chunk: name}
		}
		end := 8 + int(length)
		// PNG 5.3: the checksum is of type and data.
		if crc32.ChecksumIEEE(rest[4:end]) != binary.BigEndian.Uint32(rest[end:]) {
			return Picture{}, &Error{Reason: Damaged, Detail: "checksum", Chunk: name}
		}
		// PNG 5.6: IHDR comes first, once.
		if (name == "IHDR") != first || first && length != headerBytes {
			return Picture{}, &Error{Reason: Damaged, Detail: "IHDR is not where it belongs", Chunk: name}
		}
		content := rest[8:end]
		rest = rest[end+4:]
		switch name {
		case "iTXt", "tEXt", "zTXt":
			text, ok, err := read(name, content, wanted)
			if err != nil {
				return Picture{}, err
			}
			if ok && len(picture.Texts) < mostTexts {
				picture.Texts = append(picture.Texts, text)
			}
		case "IEND":
			if length != 0 {
				return Picture{}, &Error{Reason: Damaged, Detail: "not empty", Chunk: name}
			}
			picture.After = rest
			return picture, nil
		}
	}
}

func isName(name string) bool {
	for i := range len(name) {
		if c := name[i] | 0x20; c < 'a' || c > 'z' {
			return false
		}
	}
	return true
}

// read takes one text chunk apart, if its keyword is wanted (PNG 11.3.3).
func read(name string, content []byte, wanted func(string) bool) (text Text, ok bool, err error) {
	end := bytes.IndexByte(content[:min(len(content), keywordBytes+1)], 0)
	if end < 0 || !wanted(string(content[:end])) {
		return Text{}, false, nil
	}
	text = Text{Chunk: name, Keyword: string(content[:end])}
	rest := content[end+1:]
	broken := &Error{Reason: Damaged, Detail: "a field is missing or unknown", Chunk: name}
	switch name {
	case "zTXt":
		// one byte says how: 0 is zlib, and there is no other
		if len(rest) < 1 || rest[0] != 0 {
			return Text{}, false, broken
		}
		text.Packed, rest = true, rest[1:]
	case "iTXt":
		if len(rest) < 2 || rest[0] > 1 || rest[0] == 1 && rest[1] != 0 {
			return Text{}, false, broken
		}
		text.Packed, rest = rest[0] == 1, rest[2:]
		// the language and the keyword in that language, which mean nothing here
		for range 2 {
			end := bytes.IndexByte(rest, 0)
			if end < 0 {
				return Text{}, false, broken
			}
			rest = rest[end+1:]
		}
	}
	text.content = rest
	return text, true, nil
}
