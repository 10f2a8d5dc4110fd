package strictjson

import (
	"bytes"
	"encoding/binary"
	"math"
	"math/rand/v2"
	"strconv"
	"testing"
	"unicode/utf16"

	"github.com/gowebpki/jcs"
)

func TestAppendCanonical(t *testing.T) {
	for given, want := range map[string]string{
		// RFC 8785, 3.2.2 and 3.2.3
		`{"numbers": [333333333.33333329, 1E30, 4.50, 2e-3, 0.000000000000000000000000001],
		  "string": "\u20ac$\u000F\u000aA'\u0042\u0022\u005c\\\"\/", "literals": [null, true, false]}`: `{"literals":[null,true,false],"numbers":[333333333.3333333,1e+30,4.5,0.002,1e-27],"string":"€$\u000f\nA'B\"\\\\\"/"}`,
		`{"\u20ac":"Euro Sign","\r":"Carriage Return","\ufb33":"Hebrew Letter Dalet With Dagesh","1":"One","\ud83d\ude00":"Emoji: Grinning Face","\u0080":"Control","\u00f6":"Latin Small Letter O With Diaeresis"}`: "{\"\\r\":\"Carriage Return\",\"1\":\"One\",\"\u0080\":\"Control\",\"ö\":\"Latin Small Letter O With Diaeresis\",\"€\":\"Euro Sign\",\"😀\":\"Emoji: Grinning Face\",\"\ufb33\":\"Hebrew Letter Dalet With Dagesh\"}",

		`{"b":{"d":1,"c":[]},"a":{}}`:                         `{"a":{},"b":{"c":[],"d":1}}`,
		`{"ab":1,"a":2,"":3}`:                                 `{"":3,"a":2,"ab":1}`,
		`{"\ue000":1,"\ud7ff":2,"\ud800\udc00":3,"\uffff":4}`: "{\"\xed\x9f\xbf\":2,\"\U00010000\":3,\"\ue000\":1,\"\uffff\":4}",
		`"\b\t\n\u000b\f\r\u001f\u007f"`:                      `"\b\t\n\u000b\f\r\u001f` + "\u007f\"",
		`-0`:                                                  `0`,
		`-0.0e5`:                                              `0`,
		`1e21`:                                                `1e+21`,
		`999999999999999900000`:                               `999999999999999900000`,
		`-1e-6`:                                               `-0.000001`,
		`1e-7`:                                                `1e-7`,
		`-1.5e-10`:                                            `-1.5e-10`,
		`5e-324`:                                              `5e-324`,
		`1e-400`:                                              `0`,
		`9007199254740993`:                                    `9007199254740992`,
		`null`:                                                `null`,
	} {
		v, err := Parse([]byte(given))
		if err != nil {
			t.Errorf("%s: %v", given, err)
			continue
		}
		got, err := v.AppendCanonical([]byte("x"))
		if err != nil || string(got) != "x"+want {
			t.Errorf("%s: %s, %v; want %s", given, got, err, want)
		}
	}
}

func TestAppendCanonicalRefuses(t *testing.T) {
	one := Value{kind: Number, text: "1"}
	for name, v := range map[string]Value{
		"too large":   NewArray([]Value{{kind: Number, text: "1e400"}}),
		"a key twice": NewObject([]Member{{"a", one}, {"b", one}, {"a", one}}),
	} {
		if got, err := v.AppendCanonical(nil); err == nil {
			t.Errorf("%s: %s", name, got)
		}
	}
}

// Numbers of every size are written as another implementation writes them.
func TestAppendCanonicalNumbers(t *testing.T) {
	random := rand.New(rand.NewPCG(1, 2))
	for range 200_000 {
		n := math.Float64frombits(random.Uint64())
		if math.IsNaN(n) || math.IsInf(n, 0) {
			continue
		}
		check(t, n)
		check(t, math.Ldexp(n/math.Pow(2, float64(math.Ilogb(n))), random.IntN(160)-60)) // about where the form changes
	}
}

func check(t *testing.T, n float64) {
	t.Helper()
	want, err := jcs.NumberToJSON(n)
	got, failed := appendNumber(nil, strconv.FormatFloat(n, 'g', -1, 64))
	if err != nil || failed != nil || string(got) != want {
		t.Fatalf("%g: %s, %v; want %s, %v", n, got, failed, want, err)
	}
}

// Whatever can be read is written as another implementation writes it.
func FuzzAppendCanonical(f *testing.F) {
	f.Add([]byte(`{"\ue000":1e21,"\ud800\udc00":[-0.0,1e-7,"\u0001\n"],"a":{"b":null,"":true}}`))
	f.Add([]byte(`[1e400]`))
	f.Fuzz(func(t *testing.T, data []byte) {
		v, err := Parse(data)
		if err != nil {
			return
		}
		got, failed := v.AppendCanonical(nil)
		want, err := jcs.Transform(v.Append(nil))
		if (failed != nil) != (err != nil) {
			t.Fatalf("%s: %v, not %v", data, failed, err)
		}
		if failed == nil && !bytes.Equal(got, want) {
			t.Fatalf("%s: %s, not %s", data, got, want)
		}
	})
}

// Any two texts are in the order that their UTF-16 code units have.
func FuzzCompareUTF16(f *testing.F) {
	f.Add("a\ue000", "a\U00010000")
	f.Fuzz(func(t *testing.T, a, b string) {
		a, b = string([]rune(a)), string([]rune(b)) // valid UTF-8
		want := bytes.Compare(units(a), units(b))
		if got := compareUTF16(a, b); got < 0 != (want < 0) || got > 0 != (want > 0) {
			t.Errorf("%q, %q: %d, not %d", a, b, got, want)
		}
	})
}

func units(text string) (all []byte) {
	for _, unit := range utf16.Encode([]rune(text)) {
		all = binary.BigEndian.AppendUint16(all, unit)
	}
	return all
}
