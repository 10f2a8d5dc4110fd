package statuslist

import (
	"bytes"
	"compress/gzip"
	"compress/zlib"
	"encoding/base64"
	"io"
	"math"
	"math/rand/v2"
	"runtime"
	"slices"
	"strings"
	"testing"

	"github.com/sealcheck/sealcheck/verifier/internal/limits"
	"github.com/sealcheck/sealcheck/verifier/internal/strictjson"
	"github.com/sealcheck/sealcheck/verifier/report"
)

func gzipped(t testing.TB, list []byte) []byte {
	t.Helper()
	var out bytes.Buffer
	w := gzip.NewWriter(&out)
	pack(t, w, list)
	return out.Bytes()
}

func zlibbed(t testing.TB, list []byte) []byte {
	t.Helper()
	var out bytes.Buffer
	w := zlib.NewWriter(&out)
	pack(t, w, list)
	return out.Bytes()
}

func pack(t testing.TB, w io.WriteCloser, list []byte) {
	t.Helper()
	if _, err := w.Write(list); err != nil {
		t.Fatal(err)
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
}

var (
	url      = base64.RawURLEncoding.EncodeToString
	urlPad   = base64.URLEncoding.EncodeToString
	standard = base64.StdEncoding.EncodeToString
	rawStd   = base64.RawStdEncoding.EncodeToString
)

// some is a list of 16 KB with something in it.
func some() []byte {
	list := make([]byte, 16<<10)
	random := rand.New(rand.NewPCG(1, 2))
	for i := 0; i < len(list); i += 1 + random.IntN(20) {
		list[i] = byte(random.Uint32())
	}
	return list
}

// TestEncodings writes one list in every way that is about (asks 17) and says
// which are read, and with which remark.
func TestEncodings(t *testing.T) {
	list := some()
	gz, zl := gzipped(t, list), zlibbed(t, list)
	const (
		bare = report.StatusListMultibaseMissing
		pad  = report.StatusListPadded
		std  = report.StatusListBase64Standard
		comp = report.StatusListCompressionOther
		bad  = report.StatusListMalformed
	)
	for len(gz)%3 == 0 || len(zl)%3 == 0 || !strings.ContainsAny(rawStd(gz), "+/") || !strings.ContainsAny(rawStd(zl), "+/") {
		list[len(list)-1]++
		gz, zl = gzipped(t, list), zlibbed(t, list)
	}
	type codes = []report.Code
	// What to expect of Bitstring, List2021, Revocation2020, Token.
	for name, test := range map[string]struct {
		text string
		want [4]codes
	}{
		"gzip, u, base64url":          {"u" + url(gz), [4]codes{{}, {std}, {std}, {bad}}},
		"gzip, u, base64url, padded":  {"u" + urlPad(gz), [4]codes{{pad}, {std}, {std}, {bad}}},
		"gzip, u, base64":             {"u" + rawStd(gz), [4]codes{{std}, {std}, {std}, {bad}}},
		"gzip, u, base64, padded":     {"u" + standard(gz), [4]codes{{pad, std}, {std}, {std}, {bad}}},
		"gzip, base64url":             {url(gz), [4]codes{{bare}, {}, {}, {bad}}},
		"gzip, base64url, padded":     {urlPad(gz), [4]codes{{bare, pad}, {}, {}, {bad}}},
		"gzip, base64":                {rawStd(gz), [4]codes{{bare, std}, {}, {}, {bad}}},
		"gzip, base64, padded":        {standard(gz), [4]codes{{bare, pad, std}, {}, {}, {bad}}},
		"zlib, u, base64url":          {"u" + url(zl), [4]codes{{comp}, {std, comp}, {std}, {bad}}},
		"zlib, base64url":             {url(zl), [4]codes{{bare, comp}, {comp}, {}, {}}},
		"zlib, base64url, padded":     {urlPad(zl), [4]codes{{bare, pad, comp}, {comp}, {}, {pad}}},
		"zlib, base64":                {rawStd(zl), [4]codes{{bare, std, comp}, {comp}, {}, {bad}}},
		"zlib, base64, padded":        {standard(zl), [4]codes{{bare, pad, std, comp}, {comp}, {}, {bad}}},
		"not packed":                  {url(list), [4]codes{{bad}, {bad}, {bad}, {bad}}},
		"not packed, u":               {"u" + url(list), [4]codes{{bad}, {bad}, {bad}, {bad}}},
		"deflate alone":               {url(zl[2:]), [4]codes{{bad}, {bad}, {bad}, {bad}}},
		"u twice":                     {"uu" + url(gz), [4]codes{{bad}, {bad}, {bad}, {bad}}},
		"another multibase":           {"m" + rawStd(gz), [4]codes{{bad}, {bad}, {bad}, {bad}}},
		"both alphabets":              {url(gz) + "+", [4]codes{{bad}, {bad}, {bad}, {bad}}},
		"a line break at the end":     {url(zl) + "\n", [4]codes{{bad}, {bad}, {bad}, {bad}}},
		"a line break in it":          {url(zl)[:76] + "\r\n" + url(zl)[76:], [4]codes{{bad}, {bad}, {bad}, {bad}}},
		"white space before":          {" " + url(zl), [4]codes{{bad}, {bad}, {bad}, {bad}}},
		"hex":                         {"1f8b0800", [4]codes{{bad}, {bad}, {bad}, {bad}}},
		"empty":                       {"", [4]codes{{bad}, {bad}, {bad}, {bad}}},
		"u alone":                     {"u", [4]codes{{bad}, {bad}, {bad}, {bad}}},
		"padding alone":               {"==", [4]codes{{bad}, {bad}, {bad}, {bad}}},
		"too much padding":            {url(zl) + "====", [4]codes{{bad}, {bad}, {bad}, {bad}}},
		"padding within":              {"eNo=" + url(zl), [4]codes{{bad}, {bad}, {bad}, {bad}}},
		"a NUL":                       {url(zl) + "\x00", [4]codes{{bad}, {bad}, {bad}, {bad}}},
		"letters of no base64 (utf8)": {"é" + url(zl), [4]codes{{bad}, {bad}, {bad}, {bad}}},
	} {
		for family, want := range test.want {
			got, err := Read(test.text, Family(family), 77, 1)
			if len(want) == 1 && want[0] == bad {
				if report.CodeOf(err) != bad {
					t.Errorf("%s, family %d: %v, want malformed", name, family, err)
				}
				continue
			}
			if err != nil || !slices.Equal(got.Remarks, want) {
				t.Errorf("%s, family %d: %v %v, want %v", name, family, got.Remarks, err, want)
				continue
			}
			left, right := int(list[77/8]>>(7-77%8)&1), int(list[77/8]>>(77%8)&1)
			value, other := left, left
			if Family(family) == Token {
				value, other = right, right
			} else if Family(family) != Bitstring {
				other = right
			}
			if got.Value != value || got.Other != other || got.Entries != len(list)*8 {
				t.Errorf("%s, family %d: %+v", name, family, got)
			}
		}
	}
}

// TestValues compares every entry of small lists of every size with a reading
// bit by bit.
func TestValues(t *testing.T) {
	list := some()[:96]
	gz, zl := "u"+url(gzipped(t, list)), url(zlibbed(t, list))
	for bits := 0; bits <= 40; bits++ {
		for _, family := range []Family{Bitstring, List2021, Revocation2020, Token} {
			text := gz
			if family == Token {
				text = zl
			}
			admitted := bits >= 1 && bits <= 32
			switch family {
			case List2021, Revocation2020:
				admitted = bits == 1
			case Token:
				admitted = bits == 1 || bits == 2 || bits == 4 || bits == 8
			}
			if !admitted {
				if _, err := Read(text, family, 0, bits); report.CodeOf(err) != report.StatusSizeMalformed {
					t.Errorf("family %d, %d bits: %v", family, bits, err)
				}
				continue
			}
			entries := len(list) * 8 / bits
			for index := range entries {
				want := 0
				for bit := range bits {
					place := index*bits + bit
					if family == Token {
						want |= int(list[place/8]>>(place%8)&1) << bit
					} else {
						want = want<<1 | int(list[place/8]>>(7-place%8)&1)
					}
				}
				got, err := Read(text, family, uint64(index), bits)
				if err != nil || got.Value != want || got.Entries != entries {
					t.Fatalf("family %d, %d bits, index %d: %+v %v, want %d", family, bits, index, got, err, want)
				}
			}
			for _, index := range []uint64{uint64(entries), uint64(entries) + 1, limits.ListExpanded * 8, 1 << 32, 1 << 61, 1<<61 + 1, 1 << 63, math.MaxUint64} {
				got, err := Read(text, family, index, bits)
				if report.CodeOf(err) != report.StatusIndexOutOfRange || got.Entries != entries || got.Value != 0 {
					t.Errorf("family %d, %d bits, index %d: %+v %v", family, bits, index, got, err)
				}
			}
		}
	}
}

// TestBroken breaks a list in every way that packed data can be broken.
func TestBroken(t *testing.T) {
	list := some()
	gz, zl := gzipped(t, list), zlibbed(t, list)
	change := func(data []byte, at int, to byte) []byte {
		data = slices.Clone(data)
		if at < 0 {
			at += len(data)
		}
		data[at] ^= to
		return data
	}
	var dictionary bytes.Buffer
	w, err := zlib.NewWriterLevelDict(&dictionary, 9, []byte("a dictionary that comes first"))
	if err != nil {
		t.Fatal(err)
	}
	pack(t, w, list)
	for name, test := range map[string]struct {
		data   []byte
		family Family
		want   report.Code
	}{
		"gzip: another member":          {append(slices.Clone(gz), gzipped(t, list)...), Bitstring, report.StatusListMalformed},
		"gzip: an empty member":         {append(slices.Clone(gz), gzipped(t, nil)...), Bitstring, report.StatusListMalformed},
		"gzip: a byte follows":          {append(slices.Clone(gz), 0), Bitstring, report.StatusListMalformed},
		"gzip: wrong checksum":          {change(gz, -8, 1), Bitstring, report.StatusListMalformed},
		"gzip: wrong length":            {change(gz, -1, 1), Bitstring, report.StatusListMalformed},
		"gzip: method":                  {change(gz, 2, 1), Bitstring, report.StatusListMalformed},
		"gzip: wrong data":              {change(gz, len(gz)/2, 0xff), Bitstring, report.StatusListMalformed},
		"gzip: without checksum":        {gz[:len(gz)-8], Bitstring, report.StatusListTruncated},
		"gzip: one byte short":          {gz[:len(gz)-1], Bitstring, report.StatusListTruncated},
		"gzip: half":                    {gz[:len(gz)/2], Bitstring, report.StatusListTruncated},
		"gzip: header alone":            {gz[:10], Bitstring, report.StatusListTruncated},
		"gzip: half a header":           {gz[:5], Bitstring, report.StatusListTruncated},
		"gzip: two bytes":               {gz[:2], Bitstring, report.StatusListTruncated},
		"gzip: one byte":                {gz[:1], Bitstring, report.StatusListTruncated},
		"gzip: an empty list":           {gzipped(t, nil), Bitstring, report.StatusIndexOutOfRange},
		"zlib: a byte follows":          {append(slices.Clone(zl), 0), Token, report.StatusListMalformed},
		"zlib: another stream":          {append(slices.Clone(zl), zl...), Token, report.StatusListMalformed},
		"zlib: wrong checksum":          {change(zl, -1, 1), Token, report.StatusListMalformed},
		"zlib: wrong header":            {change(zl, 1, 1), Token, report.StatusListMalformed},
		"zlib: a dictionary":            {dictionary.Bytes(), Token, report.StatusListMalformed},
		"zlib: a dictionary, 2020":      {dictionary.Bytes(), Revocation2020, report.StatusListMalformed},
		"zlib: half":                    {zl[:len(zl)/2], Token, report.StatusListTruncated},
		"zlib: without checksum":        {zl[:len(zl)-4], Token, report.StatusListTruncated},
		"zlib: one byte":                {zl[:1], Token, report.StatusListTruncated},
		"zlib: nothing":                 {nil, Token, report.StatusListTruncated},
		"zlib: an empty list":           {zlibbed(t, nil), Token, report.StatusIndexOutOfRange},
		"gzip for a token":              {gz, Token, report.StatusListMalformed},
		"a block that means nothing":    {[]byte{0x78, 0x9c, 7}, Token, report.StatusListMalformed},
		"gzip: reserved type of blocks": {append(slices.Clone(gz[:10]), 7), Bitstring, report.StatusListMalformed},
	} {
		if _, err := ReadBytes(test.data, test.family, 3, 1); report.CodeOf(err) != test.want {
			t.Errorf("%s: %v, want %s", name, err, test.want)
		}
		text := url(test.data)
		if test.family == Bitstring {
			text = "u" + text
		}
		want := test.want
		if len(test.data) == 0 {
			want = report.StatusListMalformed // an empty text
		}
		if _, err := Read(text, test.family, 3, 1); report.CodeOf(err) != want {
			t.Errorf("%s, as text: %v, want %s", name, err, want)
		}
	}
	// A text that is cut off anywhere is never read, and is malformed only
	// where not even the first bytes are there.
	for family, text := range map[Family]string{Bitstring: "u" + url(gz), Token: url(zl)} {
		for n := 4; n < len(text); n++ {
			if _, err := Read(text[:n], family, 3, 1); report.CodeOf(err) != report.StatusListTruncated {
				t.Fatalf("family %d, %d letters: %v", family, n, err)
			}
		}
		// Bits after the last byte, and a letter too many.
		for _, more := range []string{"A", "AA", "AAA", "_"} {
			if _, err := Read(text+more, family, 3, 1); report.CodeOf(err) != report.StatusListMalformed {
				t.Errorf("family %d, %q: %v", family, more, err)
			}
		}
	}
}

// counter counts what was unpacked.
type counter struct {
	io.Reader
	bytes int
	most  int // asked for beyond the limit
}

func (c *counter) Read(data []byte) (int, error) {
	c.most = max(c.most, c.bytes+len(data))
	n, err := c.Reader.Read(data)
	c.bytes += n
	return n, err
}

// zeros is a list of zeros.
type zeros struct{ left int }

func (z *zeros) Read(data []byte) (int, error) {
	if z.left == 0 {
		return 0, io.EOF
	}
	n := min(len(data), z.left)
	clear(data[:n])
	z.left -= n
	return n, nil
}

// bomb packs zeros without ever holding them.
func bomb(t testing.TB, size int) []byte {
	t.Helper()
	var out bytes.Buffer
	w, _ := gzip.NewWriterLevel(&out, gzip.BestCompression)
	if _, err := io.Copy(w, &zeros{size}); err != nil {
		t.Fatal(err)
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	return out.Bytes()
}

// TestBomb unpacks 1 MB that would become 1 GB: one byte beyond the limit is
// seen, and no more is ever asked for (T12).
func TestBomb(t *testing.T) {
	size := 1 << 30
	if testing.Short() {
		size = 64 << 20
	}
	data := bomb(t, size)
	reader, err := gzip.NewReader(bytes.NewReader(data))
	if err != nil {
		t.Fatal(err)
	}
	count := counter{Reader: reader}
	if _, err := pass(&count, limits.ListExpanded, &window{first: 5}); report.CodeOf(err) != report.StatusListExpandsTooFar {
		t.Error(err)
	}
	if count.bytes != limits.ListExpanded+1 || count.most != limits.ListExpanded+1 {
		t.Errorf("%d bytes unpacked, %d asked for", count.bytes, count.most)
	}
	t.Logf("%d bytes packed, %d unpacked, %d seen", len(data), size, count.bytes)

	text := "u" + url(data)
	for _, index := range []uint64{0, 1 << 40} {
		if _, err := Read(text, Bitstring, index, 1); report.CodeOf(err) != report.StatusListExpandsTooFar {
			t.Error(err)
		}
	}
	for size, want := range map[int]report.Code{limits.ListExpanded: "", limits.ListExpanded + 1: report.StatusListExpandsTooFar} {
		_, err := Read("u"+url(bomb(t, size)), Bitstring, limits.ListExpanded*8-1, 1)
		if report.CodeOf(err) != want {
			t.Errorf("%d bytes: %v", size, err)
		}
	}
}

// TestMemory: beyond the text, reading a list that unpacks to 16 MiB takes
// 40 KB for the window of the format and some for its tables, which come and
// go; 512 KB allocated over the whole run are far above that.
func TestMemory(t *testing.T) {
	list := make([]byte, limits.ListExpanded)
	random := rand.New(rand.NewPCG(3, 4))
	for range 100_000 {
		list[random.IntN(len(list))] = byte(random.Uint32())
	}
	text := "u" + url(gzipped(t, list))
	var before, after runtime.MemStats
	runtime.ReadMemStats(&before)
	got, err := Read(text, Bitstring, 8_000_001, 1)
	runtime.ReadMemStats(&after)
	if err != nil || got.Value != int(list[1_000_000]>>6&1) || got.Entries != len(list)*8 {
		t.Fatal(got, err)
	}
	if used := after.TotalAlloc - before.TotalAlloc; used > 512<<10 {
		t.Errorf("%d bytes allocated", used)
	} else {
		t.Logf("%d letters, %d bytes allocated", len(text), used)
	}
	if n := testing.AllocsPerRun(1, func() { _, _ = Read(text, Bitstring, 8_000_001, 1) }); n > 5000 {
		t.Errorf("%.0f allocations", n)
	}
}

func TestIndex(t *testing.T) {
	text, literal := strictjson.NewString, func(s string) strictjson.Value {
		value, err := strictjson.Parse([]byte(s))
		if err != nil {
			t.Fatal(s, err)
		}
		return value
	}
	for _, test := range []struct {
		value strictjson.Value
		index uint64
		want  report.Code
	}{
		{text("0"), 0, ""},
		{text("94567"), 94567, ""},
		{text("18446744073709551615"), math.MaxUint64, ""},
		{literal("0"), 0, ""},
		{literal("12"), 12, ""},
		{text("18446744073709551616"), 0, report.StatusIndexOutOfRange},
		{text(strings.Repeat("9", 5000)), 0, report.StatusIndexOutOfRange},
		{literal("99999999999999999999999"), 0, report.StatusIndexOutOfRange},
		{text("-1"), 0, report.StatusIndexNegative},
		{text("-99999999999999999999999"), 0, report.StatusIndexNegative},
		{literal("-1"), 0, report.StatusIndexNegative},
		{literal("-0"), 0, report.StatusIndexMalformed},
		{text("-0"), 0, report.StatusIndexMalformed},
		{text("-"), 0, report.StatusIndexMalformed},
		{text("--1"), 0, report.StatusIndexMalformed},
		{text(""), 0, report.StatusIndexMalformed},
		{text("NaN"), 0, report.StatusIndexMalformed},
		{text("1.0"), 0, report.StatusIndexMalformed},
		{literal("1.0"), 0, report.StatusIndexMalformed},
		{literal("1.5"), 0, report.StatusIndexMalformed},
		{literal("1e3"), 0, report.StatusIndexMalformed},
		{literal("-1.0"), 0, report.StatusIndexMalformed},
		{text("1e3"), 0, report.StatusIndexMalformed},
		{text("0x1"), 0, report.StatusIndexMalformed},
		{text(" 1"), 0, report.StatusIndexMalformed},
		{text("1 "), 0, report.StatusIndexMalformed},
		{text("1\n"), 0, report.StatusIndexMalformed},
		{text("+1"), 0, report.StatusIndexMalformed},
		{text("007"), 0, report.StatusIndexMalformed},
		{text("1_000"), 0, report.StatusIndexMalformed},
		{text("١"), 0, report.StatusIndexMalformed},
		{literal("null"), 0, report.StatusIndexMalformed},
		{literal("true"), 0, report.StatusIndexMalformed},
		{literal("[1]"), 0, report.StatusIndexMalformed},
		{literal("{}"), 0, report.StatusIndexMalformed},
		{strictjson.Value{}, 0, report.StatusIndexMalformed},
	} {
		index, err := Index(test.value)
		if index != test.index || report.CodeOf(err) != test.want {
			t.Errorf("%q%q: %d %v, want %d %s", test.value.Text(), test.value.Literal(), index, err, test.index, test.want)
		}
	}
}

// FuzzRead reads anything as a list of any family, and compares what is read
// with the library unpacking all of it.
func FuzzRead(f *testing.F) {
	list := some()[:64]
	f.Add("u"+url(gzipped(f, list)), uint8(0), uint64(9), 1)
	f.Add(standard(gzipped(f, list)), uint8(1), uint64(511), 1)
	f.Add(standard(zlibbed(f, list)), uint8(2), uint64(512), 1)
	f.Add(url(zlibbed(f, list)), uint8(3), uint64(3), 4)
	f.Add("eNo", uint8(3), uint64(1)<<63, 8)
	f.Fuzz(func(t *testing.T, text string, family uint8, index uint64, bits int) {
		kind := Family(family % 4)
		got, err := Read(text, kind, index, bits)
		again, errAgain := Read(text, kind, index, bits)
		if got.Value != again.Value || got.Entries != again.Entries || report.CodeOf(err) != report.CodeOf(errAgain) {
			t.Fatal("not the same twice")
		}
		switch report.CodeOf(err) {
		case "":
		case report.StatusListMalformed, report.StatusListTruncated, report.StatusListExpandsTooFar, report.StatusIndexOutOfRange, report.StatusSizeMalformed:
			return
		default:
			t.Fatal(err)
		}
		if kind == Token && len(got.Remarks) > 1 || got.Value < 0 || uint64(got.Value)>>bits != 0 {
			t.Fatal(got)
		}
		letters := strings.NewReplacer("+", "-", "/", "_", "=", "").Replace(strings.TrimPrefix(text, "u"))
		packed, err := base64.RawURLEncoding.DecodeString(letters)
		if err != nil {
			t.Fatal("accepted what the library does not decode: ", err)
		}
		var reader io.Reader
		if packed[0] == 0x1f {
			reader, err = gzip.NewReader(bytes.NewReader(packed))
		} else {
			reader, err = zlib.NewReader(bytes.NewReader(packed))
		}
		if err != nil {
			t.Fatal(err)
		}
		list, err := io.ReadAll(reader)
		if err != nil || len(list)*8/bits != got.Entries {
			t.Fatal(err, len(list), got)
		}
	})
}

func FuzzIndex(f *testing.F) {
	f.Add("12")
	f.Add("-1")
	f.Fuzz(func(t *testing.T, text string) {
		_, _ = Index(strictjson.NewString(text))
		if value, err := strictjson.Parse([]byte(text)); err == nil {
			_, _ = Index(value)
		}
	})
}

func BenchmarkRead(b *testing.B) {
	list := make([]byte, limits.ListExpanded)
	for i := 0; i < len(list); i += 97 {
		list[i] = byte(i)
	}
	text := "u" + url(gzipped(b, list))
	b.SetBytes(int64(len(list)))
	b.ReportAllocs()
	for b.Loop() {
		if _, err := Read(text, Bitstring, 1, 1); err != nil {
			b.Fatal(err)
		}
	}
}
