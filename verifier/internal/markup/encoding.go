package markup

import (
	"bytes"
	"encoding/binary"
	"strings"
	"unicode/utf16"
	"unicode/utf8"
)

// Decode gives a file in UTF-8 that is in another encoding which is certain:
// UTF-16 with its mark (XML 1.0 4.3.3), or the one of Western Europe that the
// file names, where it is no UTF-8. Everything else, also what is broken, stays
// as it is.
func Decode(data []byte) []byte {
	var plain []byte
	name := ""
	switch {
	case len(data)&1 == 0 && bytes.HasPrefix(data, []byte("\xff\xfe<\x00")):
		plain, name = wide(data[2:], binary.LittleEndian), "utf-16"
	case len(data)&1 == 0 && bytes.HasPrefix(data, []byte("\xfe\xff\x00<")):
		plain, name = wide(data[2:], binary.BigEndian), "utf-16"
	case bytes.HasPrefix(data, []byte("<?xml")) && !utf8.Valid(data):
		plain, name = make([]byte, 0, len(data)+len(data)/8), "iso-8859-1"
		for _, c := range data {
			plain = utf8.AppendRune(plain, rune(c))
		}
	default:
		return data
	}
	// What it says of itself is read again as any other file.
	end := bytes.Index(plain, []byte("?>"))
	if bytes.HasPrefix(plain, []byte("<?xml")) && end > 0 {
		declaration := string(plain[:end])
		at := strings.Index(strings.ToLower(declaration), name)
		// "iso-8859-15" begins like another one.
		if at < 0 || at+len(name) >= end || plain[at+len(name)] != '"' && plain[at+len(name)] != '\'' {
			return data
		}
		plain = append([]byte(declaration[:at]+"utf-8"), plain[at+len(name):]...)
	} else if name != "utf-16" || plain == nil {
		return data
	}
	return plain
}

// wide gives nil for what no UTF-16 holds: nothing is put in the place of it.
func wide(data []byte, order binary.ByteOrder) []byte {
	plain := make([]byte, 0, len(data))
	for len(data) > 0 {
		r, size := rune(order.Uint16(data)), 2
		if utf16.IsSurrogate(r) {
			if len(data) < 4 {
				return nil
			}
			if r, size = utf16.DecodeRune(r, rune(order.Uint16(data[2:]))), 4; r == utf8.RuneError {
				return nil
			}
		}
		plain, data = utf8.AppendRune(plain, r), data[size:]
	}
	return plain
}
