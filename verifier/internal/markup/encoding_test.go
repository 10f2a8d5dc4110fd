package markup

import (
	"bytes"
	"encoding/binary"
	"testing"
	"unicode/utf16"
	"unicode/utf8"
)

func units(order binary.AppendByteOrder, text string) (data []byte) {
	for _, unit := range utf16.Encode([]rune(text)) {
		data = order.AppendUint16(data, unit)
	}
	return data
}

func TestDecode(t *testing.T) {
	const declared, plain = `<?xml version="1.0" encoding="UTF-16"?><a>é𝄞</a>`, `<?xml version="1.0" encoding="utf-8"?><a>é𝄞</a>`
	for name, row := range map[string][2]string{
		"little":             {string(units(binary.LittleEndian, "\uFEFF"+declared)), plain},
		"big":                {string(units(binary.BigEndian, "\uFEFF"+declared)), plain},
		"no declaration":     {string(units(binary.BigEndian, "\uFEFF<a/>")), "<a/>"},
		"another is named":   {string(units(binary.BigEndian, "\uFEFF<?xml version='1.0' encoding='utf-8'?><a/>")), ""},
		"half a character":   {string(units(binary.LittleEndian, "\uFEFF<a>")) + "\x00\xd8a\x00", ""},
		"half of the last":   {string(units(binary.LittleEndian, "\uFEFF<a>")) + "\x00\xd8", ""},
		"an odd length":      {string(units(binary.LittleEndian, "\uFEFF<a>")) + "x", ""},
		"Latin":              {"<?xml version='1.0' encoding='ISO-8859-1'?><a>\xe9</a>", "<?xml version='1.0' encoding='utf-8'?><a>é</a>"},
		"Latin, not named":   {"<?xml version='1.0'?><a>\xe9</a>", ""},
		"Latin of the East":  {"<?xml version='1.0' encoding='iso-8859-2'?><a>\xe9</a>", ""},
		"UTF-8, named Latin": {"<?xml version='1.0' encoding='ISO-8859-1'?><a>é</a>", ""},
		"UTF-8":              {"<a>é</a>", ""},
		"nothing":            {"", ""},
	} {
		want := row[1]
		if want == "" {
			want = row[0]
		}
		if got := string(Decode([]byte(row[0]))); got != want {
			t.Errorf("%s: %q", name, got)
		}
	}
	// Named as one of ten to sixteen, which have other letters.
	if data := []byte("<?xml version='1.0' encoding='iso-8859-15'?><a>\xa4</a>"); !bytes.Equal(Decode(data), data) {
		t.Error("another encoding")
	}
}

func FuzzDecode(f *testing.F) {
	f.Add(units(binary.LittleEndian, "\uFEFF<?xml version='1.0' encoding='utf-16'?><a/>"))
	f.Add([]byte("<?xml version='1.0' encoding='iso-8859-1'?><a>\xe9</a>"))
	f.Fuzz(func(t *testing.T, data []byte) {
		got := Decode(data)
		if !bytes.Equal(got, data) && !utf8.Valid(got) {
			t.Errorf("%q", got)
		}
	})
}
