package cborld

import (
	"encoding/hex"
	"encoding/json"
	"os"
	"strconv"
	"strings"
	"testing"

	"github.com/sealcheck/sealcheck/verifier/internal/contexts"
	"github.com/sealcheck/sealcheck/verifier/internal/strictjson"
	"github.com/sealcheck/sealcheck/verifier/report"
)

// sample is a code that one of the packages packed, with what it unpacks.
type sample struct {
	Name, Text string
	Document   json.RawMessage
	Exact      bool
}

func samples(t testing.TB, path string) []sample {
	t.Helper()
	data, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	var all []sample
	if err := json.Unmarshal(data, &all); err != nil {
		t.Fatal(err)
	}
	return all
}

// What is unpacked is what the packages unpack that wallets use.
func TestUnpackAsPackages(t *testing.T) {
	path := "../../../testdata/codes/packed.json"
	if own := os.Getenv("PACKED"); own != "" {
		path = own
	}
	for _, sample := range samples(t, path) {
		data, known := Text(sample.Text)
		if !known || data == nil {
			t.Errorf("%s: cannot be read", sample.Name)
			continue
		}
		got, err := Unpack(data, contexts.Documents)
		if err != nil {
			t.Errorf("%s: %v", sample.Name, err)
			continue
		}
		want, err := strictjson.Parse(sample.Document)
		if err != nil {
			t.Fatal(err)
		}
		if !got.Readings[0].Equal(want) {
			t.Errorf("%s:\n%s\nwant\n%s", sample.Name, got.Readings[0].Append(nil), sample.Document)
		}
	}
}

func TestText(t *testing.T) {
	for _, test := range []struct {
		text, data string
		known      bool
	}{
		{"VP1-BMZXW6YTB", "fooba", true}, // RFC 4648 10
		{"VP1-BMZXW6", "foo", true},
		{"VP1-BMZXW6===", "", true}, // padding
		{"VP1-BMZXW7", "", true},    // bits left over
		{"VP1-BMZX\nW6", "", true},  // a line break
		{"VP1-Bmzxw6", "", true},    // not in capitals
		{"VP1-RBB8", "AB", true},    // RFC 9285 4.3
		{"VP1-R%69 VD92EX0", "Hello!!", true},
		{"VP1-RUJCLQE7W581", "base-45", true},
		{"VP1-RQED8WEX0", "ietf!", true},
		{"VP1-RGGW", "", true}, // 65536
		{"VP1-R:::", "", true},
		{"VP1-RGGWA", "", true}, // one digit too many
		{"VP1-R6A", "", true},   // 456
		{"VP1-Raaa", "", true},
		{"VP1-ZQED8", "", false},
		{"VP1-", "", false},
		{"vp1-BMZXW6", "", false},
		{"VP2-BMZXW6", "", false},
	} {
		data, known := Text(test.text)
		if string(data) != test.data || known != test.known {
			t.Errorf("%s: %q %v", test.text, data, known)
		}
	}
}

func TestUnpackRefuses(t *testing.T) {
	for _, test := range []struct{ name, data, code string }{
		{"nothing", "", "vp_damaged"},
		{"no tag", "a0", "vp_damaged"},
		{"another tag", "c1 00", "vp_packing"},
		{"a tag without anything", "d90501", "vp_damaged"},
		{"no object", "d90501 00", "vp_damaged"},
		{"a context twice", "d90501 a2 00 11 01 81 11", "vp_damaged"},
		{"no list of contexts", "d90501 a1 01 11", "vp_damaged"},
		{"null as a context", "d90501 a1 00 f6", "vp_damaged"},
		{"null among contexts", "d90501 a1 01 81 f6", "vp_damaged"},
		{"a context that has no document here", "d90501 a1 00 15", "vp_context"},
		{"a context of which only the meaning is known", "d90501 a1 00 18 1d", "vp_context"},
		{"a context by number without a table", "d90601 a1 00 11", "vp_packing"},
		{"a table of others", "d90664 a0", "vp_packing"},
		{"a table with a large number", "d90681 82 41 01 a0", "vp_packing"},
		{"no table", "d9cb1d a0", "vp_damaged"},
		{"three things", "d9cb1d 83 01 a0 a0", "vp_damaged"},
		{"a term that nobody has", "d90501 a2 00 11 19 ffff 00", "vp_damaged"},
		{"a term below all", "d90501 a2 00 11 20 00", "vp_damaged"},
		{"a key in bytes", "d90501 a2 00 11 41 00 00", "vp_damaged"},
		{"@context written out", "d90501 a2 00 11 68 40636f6e74657874 a0", "vp_damaged"},
		{"a type that no context has", "d90501 a2 00 11 02 19 ffff", "vp_damaged"},
		{"a type that is an object", "d90501 a2 00 11 02 a0", "vp_damaged"},
		{"no list where one should be", "d90501 a2 00 11 03 61 41", "vp_damaged"},
		{"an address that begins in no known way", "d90501 a2 00 11 04 82 05 61 41", "vp_damaged"},
		{"an identifier of 15 bytes", "d90501 a2 00 11 04 82 03 4f 000000000000000000000000000000", "vp_damaged"},
		{"bytes without a meaning", "d90501 a2 00 11 06 42 0000", "vp_damaged"},
		{"a float that is no number", "d90500 a1 6161 f97e00", "vp_damaged"},
		{"an endless one", "d90500 a1 6161 f97c00", "vp_damaged"},
		{"undefined", "d90500 a1 6161 f7", "vp_damaged"},
		{"a tag within", "d90500 a1 6161 c1 00", "vp_damaged"},
		{"NUL in a text", "d90500 a1 6161 6100", "vp_damaged"},
		{"a key twice", "d90500 a2 6161 00 6161 00", "vp_damaged"},
		{"a key that is a number", "d90500 a1 00 00", "vp_damaged"},
		{"a length in nine bytes that would do in one", "d90500 5b 0000000000000001 41", "vp_damaged"},
		{"of indefinite length", "d90500 bf ff", "vp_damaged"},
		{"lengths beyond the end", "d90500 9a ffffffff", "vp_damaged"},
	} {
		data, err := hex.DecodeString(strings.ReplaceAll(test.data, " ", ""))
		if err != nil {
			t.Fatal(err)
		}
		got, err := Unpack(data, contexts.Documents)
		if code := string(report.CodeOf(err)); code != "envelope."+test.code {
			t.Errorf("%s: %v, want %s", test.name, err, test.code)
			for _, reading := range got.Readings {
				t.Logf("%s", reading.Append(nil))
			}
		}
	}
}

// Floats of all three sizes.
func TestUnpackFloats(t *testing.T) {
	data, _ := hex.DecodeString("d9050086f93c00f90001f98000fa3fc00000fbc004000000000000f9c400")
	got, err := Unpack(data, contexts.Documents)
	if err != nil || !got.Exact || string(got.Readings[0].Append(nil)) != "[1,5.960464477539063e-08,-0,1.5,-2.5,-4]" {
		t.Fatalf("%v %s", err, got.Readings[0].Append(nil))
	}
}

// Contexts that lead to much work end in a finding, and soon.
func TestUnpackWork(t *testing.T) {
	context := func(text string) Source {
		value, err := strictjson.Parse([]byte(`{"@context": {` + text + `}}`))
		if err != nil {
			t.Fatal(err)
		}
		return func(string) []strictjson.Value { return []strictjson.Value{value, value, value, value} }
	}
	chain := make([]strictjson.Value, 0, 40)
	for i := range 40 {
		value, _ := strictjson.Parse([]byte(`{"@context": {"@import": "` + strconv.Itoa(i+1) + `"}}`))
		chain = append(chain, value)
	}
	for _, test := range []struct {
		name, data string
		source     Source
		want       report.Code
	}{
		{"contexts that import each other", "d90501 a1 00 6130", func(address string) []strictjson.Value {
			i, _ := strconv.Atoi(address)
			return chain[i : i+1]
		}, report.EnvelopeVpDamaged},
		{"a context that imports itself", "d90501 a1 00 6130", context(`"@import": "0"`), report.EnvelopeVpDamaged},
		{"prefixes that lead to themselves", "d90501 a2 00 6130 1864 6141", context(`"a": {"@id": "a:a:", "@type": "a:b:c"}`), ""},
		{"a list as a context", "d90501 a1 00 6130", func(string) []strictjson.Value {
			value, _ := strictjson.Parse([]byte(`{"@context": [{}]}`))
			return []strictjson.Value{value}
		}, report.EnvelopeVpContext},
	} {
		data, _ := hex.DecodeString(strings.ReplaceAll(test.data, " ", ""))
		if got, err := Unpack(data, test.source); report.CodeOf(err) != test.want || err == nil && len(got.Readings) != 1 {
			t.Errorf("%s: %v %v", test.name, got, err)
		}
	}
}
