package strictjson

import (
	"bytes"
	"encoding/json"
	"errors"
	"math"
	"reflect"
	"strconv"
	"strings"
	"testing"

	"github.com/sealcheck/sealcheck/verifier/internal/limits"
)

const accepted Reason = 0

// TestT7ParserDifferentials lists the texts on which JSON readers in use are
// known to disagree. Each is refused for its own reason, or read in the one
// way that the row says.
func TestT7ParserDifferentials(t *testing.T) {
	tests := []struct {
		name, text string
		reason     Reason
		want       string // what Append gives for an accepted text
	}{
		{"duplicate key", `{"iss":"a","iss":"b"}`, DuplicateKey, ""},
		{"duplicate key, same value", `{"iss":"a","iss":"a"}`, DuplicateKey, ""},
		{"duplicate key, one escaped", `{"a":1,"\u0061":2}`, DuplicateKey, ""},
		{"duplicate key, escaped with capitals", `{"j":1,"\u006A":2}`, DuplicateKey, ""},
		{"duplicate key, escaped solidus", `{"a/b":1,"a\/b":2}`, DuplicateKey, ""},
		{"duplicate key, escaped pair", "{\"\U0001F600\":1,\"\\ud83d\\ude00\":2}", DuplicateKey, ""},
		{"duplicate key, inner object", `{"a":{"b":1,"b":2}}`, DuplicateKey, ""},
		{"duplicate key, in an array", `[{"b":1,"b":2}]`, DuplicateKey, ""},
		{"duplicate empty key", `{"":1,"":2}`, DuplicateKey, ""},
		{"duplicate key, far apart", manyKeys(1000, `,"k7":0`), DuplicateKey, ""},
		{"duplicate key at the seventeenth", manyKeys(16, `,"k0":0`), DuplicateKey, ""},
		{"duplicate key, last of the set", manyKeys(17, `,"k16":0`), DuplicateKey, ""},
		{"__proto__ is a key like others", `{"__proto__":{"a":1}}`, accepted, `{"__proto__":{"a":1}}`},
		{"case variants are two keys", `{"alg":1,"ALG":2,"Alg":3}`, accepted, `{"alg":1,"ALG":2,"Alg":3}`},
		{"long s is not s", "{\"is\u017f\":1,\"iss\":2}", accepted, "{\"is\u017f\":1,\"iss\":2}"},
		{"composed and decomposed are two keys", "{\"\u00e9\":1,\"e\u0301\":2}", accepted, "{\"\u00e9\":1,\"e\u0301\":2}"},
		{"a key with a NUL is not the key without", `{"iss\u0000":1,"iss":2}`, Nul, ""},
		{"bad UTF-8 in a string", "{\"a\":\"\xff\"}", BadUTF8, ""},
		{"bad UTF-8 in a key", "{\"\xc3\":1}", BadUTF8, ""},
		{"bad UTF-8 after an escape", "[\"\\n\x80\"]", BadUTF8, ""},
		{"two keys that replacement would make one", "{\"\xfe\":1,\"\xff\":2}", BadUTF8, ""},
		{"overlong UTF-8", "[\"\xc0\xaf\"]", BadUTF8, ""},
		{"surrogate in UTF-8", "[\"\xed\xa0\x80\"]", BadUTF8, ""},
		{"beyond U+10FFFF", "[\"\xf4\x90\x80\x80\"]", BadUTF8, ""},
		{"bad UTF-8 outside of strings", "[\xff]", BadUTF8, ""},
		{"byte order mark", "\xef\xbb\xbf{}", BadUTF8, ""},
		{"byte order mark inside", "{\"a\":\xef\xbb\xbf1}", BadUTF8, ""},
		{"byte order mark in a string is a character", "[\"\ufeff\"]", accepted, "[\"\ufeff\"]"},
		{"byte order mark behind", "{}\xef\xbb\xbf", Trailing, ""},
		{"first half alone", `["\ud800"]`, Surrogate, ""},
		{"second half alone", `["\udc00"]`, Surrogate, ""},
		{"first half, character", `["\ud83dx"]`, Surrogate, ""},
		{"first half, other escape", `["\ud83d\n"]`, Surrogate, ""},
		{"two first halves", `["\ud83d\ud83d"]`, Surrogate, ""},
		{"halves the wrong way round", `["\ude00\ud83d"]`, Surrogate, ""},
		{"two keys that replacement would make one, escaped", `{"\ud800":1,"\ud801":2}`, Surrogate, ""},
		{"whole pair", `["\ud83d\ude00"]`, accepted, "[\"\U0001F600\"]"},
		{"NUL between", "{\x00}", Syntax, ""},
		{"NUL in a string", "[\"a\x00b\"]", Syntax, ""},
		{"NUL behind", "{}\x00", Trailing, ""},
		{"NUL escaped", `["a\u0000b"]`, Nul, ""},
		{"second value behind", `{"a":1}{"a":2}`, Trailing, ""},
		{"second value on the next line", "{}\n{}", Trailing, ""},
		{"brace behind", `{}}`, Trailing, ""},
		{"comma behind", `{},`, Trailing, ""},
		{"text behind", `{} x`, Trailing, ""},
		{"comment behind", `{}// x`, Trailing, ""},
		{"white space around", " \t\r\n{} \t\r\n", accepted, "{}"},
		{"comment inside", `{/**/}`, Syntax, ""},
		{"hash comment", "#\n{}", Syntax, ""},
		{"form feed as white space", "{\f}", Syntax, ""},
		{"no-break space as white space", "{\u00a0}", Syntax, ""},
		{"line separator as white space", "[\u20281]", Syntax, ""},
		{"comma before the end of an array", `[1,]`, Syntax, ""},
		{"comma before the end of an object", `{"a":1,}`, Syntax, ""},
		{"comma alone", `[,]`, Syntax, ""},
		{"two commas", `[1,,2]`, Syntax, ""},
		{"no comma", `[1 2]`, Syntax, ""},
		{"no colon", `{"a" 1}`, Syntax, ""},
		{"semicolon", `{"a":1;"b":2}`, Syntax, ""},
		{"key without quotes", `{a:1}`, Syntax, ""},
		{"key in single quotes", `{'a':1}`, Syntax, ""},
		{"number as key", `{1:1}`, Syntax, ""},
		{"array ends as an object", `[1}`, Syntax, ""},
		{"line feed in a string", "[\"a\nb\"]", Syntax, ""},
		{"tab in a string", "[\"a\tb\"]", Syntax, ""},
		{"control character after an escape", "[\"\\n\x1f\"]", Syntax, ""},
		{"delete is no control character of JSON", "[\"\x7f\"]", accepted, "[\"\x7f\"]"},
		{"line separator in a string", "[\"\u2028\"]", accepted, "[\"\u2028\"]"},
		{"escape x", `["\x41"]`, Syntax, ""},
		{"escape U", `["\U0041"]`, Syntax, ""},
		{"escape '", `["\'"]`, Syntax, ""},
		{"escape of three digits", `["\u041"]`, Syntax, ""},
		{"escape with a sign", `["\u+041"]`, Syntax, ""},
		{"escaped line end", "[\"a\\\nb\"]", Syntax, ""},
		{"all escapes", `["\"\\\/\b\f\n\r\t\u00E9"]`, accepted, `["\"\\/\u0008\u000c\u000a\u000d\u0009é"]`},
		{"leading zero", `[01]`, Syntax, ""},
		{"leading zero, negative", `[-01]`, Syntax, ""},
		{"plus", `[+1]`, Syntax, ""},
		{"no digit before the point", `[.5]`, Syntax, ""},
		{"no digit after the point", `[1.]`, Syntax, ""},
		{"no digit in the exponent", `[1e]`, Syntax, ""},
		{"sign only in the exponent", `[1e+]`, Syntax, ""},
		{"minus alone", `[-]`, Syntax, ""},
		{"hexadecimal", `[0x10]`, Syntax, ""},
		{"underscore", `[1_000]`, Syntax, ""},
		{"NaN", `[NaN]`, Syntax, ""},
		{"Infinity", `[Infinity]`, Syntax, ""},
		{"minus Infinity", `[-Infinity]`, Syntax, ""},
		{"Arabic digit", "[\u0661]", Syntax, ""},
		{"minus zero", `[-0]`, accepted, `[-0]`},
		{"1e400", `[1e400]`, BadNumber, ""},
		{"minus 1e400", `[-1e400]`, BadNumber, ""},
		{"a thousand digits", `[1` + strings.Repeat("0", 1000) + `]`, BadNumber, ""},
		{"largest double", `[1.7976931348623157e308]`, accepted, `[1.7976931348623157e308]`},
		{"just above the largest double", `[1.7976931348623159e308]`, BadNumber, ""},
		{"beyond 2^53, kept as written", `[9007199254740993]`, accepted, `[9007199254740993]`},
		{"more digits than a double holds", `[0.1000000000000000055511151231257827]`, accepted, `[0.1000000000000000055511151231257827]`},
		{"True", `[True]`, Syntax, ""},
		{"nil", `[nil]`, Syntax, ""},
		{"undefined", `[undefined]`, Syntax, ""},
		{"word run on", `[nullx]`, Syntax, ""},
		{"nothing", ``, Truncated, ""},
		{"white space only", " \n", Truncated, ""},
		{"open object", `{`, Truncated, ""},
		{"open object after a comma", `{"a":1,`, Truncated, ""},
		{"open string", `["abc`, Truncated, ""},
		{"open escape", `["abc\`, Truncated, ""},
		{"open pair", `["\ud83d`, Truncated, ""},
		{"open pair, half an escape", `["\ud83d\`, Truncated, ""},
		{"open word", `[tru`, Truncated, ""},
		{"open number", `[1.`, Truncated, ""},
		{"depth at the limit", nest(limits.JSONDepth), accepted, nest(limits.JSONDepth)},
		{"depth above the limit", nest(limits.JSONDepth + 1), TooDeep, ""},
		{"depth of a hundred thousand", strings.Repeat("[", 100_000), TooDeep, ""},
		{"depth of objects", strings.Repeat(`{"a":`, 100_000), TooDeep, ""},
		{"tokens above the limit", list(limits.JSONTokens), TooMany, ""},
		{"tokens above the limit, in keys", manyKeys(limits.JSONTokens/2, ""), TooMany, ""},
		{"members in order", `{"b":1,"a":2}`, accepted, `{"b":1,"a":2}`},
	}
	if len(tests) < 30 {
		t.Fatalf("only %d differentials", len(tests))
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			value, err := Parse([]byte(test.text))
			if test.reason == accepted {
				if err != nil {
					t.Fatal(err)
				}
				if got := string(value.Append(nil)); got != test.want {
					t.Errorf("got %s, want %s", got, test.want)
				}
				return
			}
			var broken *Error
			if !errors.As(err, &broken) {
				t.Fatalf("accepted as %.80s", value.Append(nil))
			}
			if broken.Reason != test.reason {
				t.Errorf("refused as %v, want reason %s", broken, reasons[test.reason])
			}
			if value.Kind() != Absent {
				t.Error("a value came with the error")
			}
			if broken.Offset < 0 || broken.Offset > len(test.text) {
				t.Errorf("offset %d of %d bytes", broken.Offset, len(test.text))
			}
			if (broken.Key != "") != (test.reason == DuplicateKey) && !strings.Contains(test.name, "empty key") {
				t.Errorf("key %q", broken.Key)
			}
		})
	}
}

// TestTokensAtTheLimit is apart since its text is large.
func TestTokensAtTheLimit(t *testing.T) {
	if _, err := Parse([]byte(list(limits.JSONTokens - 1))); err != nil {
		t.Fatal(err)
	}
}

func nest(depth int) string {
	return strings.Repeat("[", depth) + strings.Repeat("]", depth)
}

func list(items int) string {
	return "[" + strings.TrimSuffix(strings.Repeat("0,", items), ",") + "]"
}

func manyKeys(n int, more string) string {
	var b strings.Builder
	b.WriteByte('{')
	for i := range n {
		if i > 0 {
			b.WriteByte(',')
		}
		b.WriteString(`"k` + strconv.Itoa(i) + `":0`)
	}
	return b.String() + more + "}"
}

func TestInt(t *testing.T) {
	tests := []struct {
		text  string
		n     int64
		exact bool
	}{
		{"0", 0, true}, {"-0", 0, true}, {"0.000", 0, true}, {"0e999", 0, true},
		{"1", 1, true}, {"-1", -1, true}, {"1.0", 1, true}, {"1e3", 1000, true}, {"1E+3", 1000, true},
		{"1000e-3", 1, true}, {"0.5e1", 5, true}, {"120.50e2", 12050, true},
		{"1700000000", 1700000000, true}, {"9007199254740991", 1<<53 - 1, true}, {"-9007199254740991", -(1<<53 - 1), true},
		{"9007199254740992", 0, false}, {"9007199254740993", 0, false}, {"-9007199254740992", 0, false},
		{"1.5", 0, false}, {"1e-3", 0, false}, {"1e300", 0, false}, {"1e16", 0, false},
		{"4503599627370497.5", 0, false}, // a double rounds it to an integer
		{"9007199254740990.6", 0, false}, // likewise, to 2^53-1
		{"1.0000000000000000001", 0, false},
		{"1e-400", 0, false}, {"1e-99999999999999999999", 0, false},
	}
	for _, test := range tests {
		value, err := Parse([]byte(test.text))
		if err != nil {
			t.Fatal(err)
		}
		if n, exact := value.Int(); n != test.n || exact != test.exact {
			t.Errorf("%s: %d %t, want %d %t", test.text, n, exact, test.n, test.exact)
		}
	}
	for _, text := range []string{`"1"`, "true", "null", "[]", "{}"} {
		value, _ := Parse([]byte(text))
		if _, exact := value.Int(); exact {
			t.Errorf("%s is no number", text)
		}
	}
}

func TestEqual(t *testing.T) {
	tests := []struct {
		a, b string
		want bool
	}{
		{`{"a":1,"b":[true,null]}`, `{"b":[true,null],"a":1.0}`, true},
		{`1e2`, `100`, true}, {`-0`, `0`, true}, {`1`, `-1`, false}, {`0.10`, `1e-1`, true},
		{`9007199254740992`, `9007199254740993`, false}, // one number as doubles
		{`1e-99999999999`, `1e-88888888888`, false},
		{`[1,2]`, `[2,1]`, false}, {`[1]`, `[1,1]`, false}, {`{"a":1}`, `{"a":1,"b":1}`, false},
		{`{"a":null}`, `{"b":null}`, false}, {`"1"`, `1`, false}, {`null`, `false`, false}, {`{}`, `[]`, false},
		{manyKeys(50, ""), manyKeys(50, ""), true},
		{manyKeys(50, `,"x":0`), `{"x":0,` + manyKeys(50, "")[1:], true},
		{manyKeys(50, `,"x":0`), `{"y":0,` + manyKeys(50, "")[1:], false},
	}
	for _, test := range tests {
		a, errA := Parse([]byte(test.a))
		b, errB := Parse([]byte(test.b))
		if errA != nil || errB != nil {
			t.Fatal(errA, errB)
		}
		if a.Equal(b) != test.want || b.Equal(a) != test.want {
			t.Errorf("%.60s == %.60s: not %t", test.a, test.b, test.want)
		}
	}
	// Reordered objects near the token limit: linear, or this test hangs.
	large, err := Parse([]byte(manyKeys(limits.JSONTokens/2-2, "")))
	if err != nil {
		t.Fatal(err)
	}
	turned := append([]Member(nil), large.Members()...)
	for i, j := 0, len(turned)-1; i < j; i, j = i+1, j-1 {
		turned[i], turned[j] = turned[j], turned[i]
	}
	if !large.Equal(NewObject(turned)) {
		t.Error("order of members matters")
	}
}

func TestValue(t *testing.T) {
	value, err := Parse([]byte(`{"a":{"b":["x",2]},"t":true,"n":null}`))
	if err != nil {
		t.Fatal(err)
	}
	if got := value.At("a", "b").Items()[0].Text(); got != "x" {
		t.Errorf("At: %q", got)
	}
	if value.At("a", "none", "b").Kind() != Absent || value.At("t", "x").Kind() != Absent {
		t.Error("At gave a value that is not there")
	}
	if got := value.At("a", "b").Items()[1]; got.Literal() != "2" || got.Text() != "" {
		t.Errorf("number: %q %q", got.Literal(), got.Text())
	}
	if !value.At("t").Truth() || value.At("n").Kind() != Null {
		t.Error("true or null")
	}
	if n := len(value.At("a", "b").List()); n != 2 {
		t.Errorf("List of an array: %d", n)
	}
	if n := len(value.At("t").List()); n != 1 {
		t.Errorf("List of a value: %d", n)
	}
	if value.At("none").List() != nil {
		t.Error("List of nothing")
	}
	less := value.Without("a", "n")
	if got := string(less.Append(nil)); got != `{"t":true}` {
		t.Errorf("Without: %s", got)
	}
	more := less.With("t", NewString("x")).With("u", NewArray(nil))
	if got := string(more.Append(nil)); got != `{"t":"x","u":[]}` {
		t.Errorf("With: %s", got)
	}
	if got := string(value.Append(nil)); got != `{"a":{"b":["x",2]},"t":true,"n":null}` {
		t.Errorf("the value was changed: %s", got)
	}
}

// TestErrorText keeps foreign keys quoted.
func TestErrorText(t *testing.T) {
	_, err := Parse([]byte(`{"a\n":1,"a\n":2}`))
	if got := err.Error(); got != `strictjson: key given twice at byte 9 ("a\n")` {
		t.Error(got)
	}
}

// FuzzParse: what is accepted is read as encoding/json reads it, and comes
// back from Append unchanged in meaning. What encoding/json refuses is refused.
func FuzzParse(f *testing.F) {
	for _, seed := range []string{
		`{"a":[1,-2.5e3,"x",true,false,null],"b":{}}`, `["\ud83d\ude00","\u0000","é"]`, `{"a":1,"\u0061":2}`,
		"[\"\xff\"]", `[1e400]`, `-0`, `"`, `{`, "\ufeff{}", nest(70), `{"A":1,"a":2}`, `[9007199254740993]`,
	} {
		f.Add([]byte(seed))
	}
	f.Fuzz(func(t *testing.T, data []byte) {
		value, err := Parse(data)
		if err != nil {
			var broken *Error
			if !errors.As(err, &broken) || broken.Reason == 0 || broken.Offset < 0 || broken.Offset > len(data) {
				t.Fatalf("error %#v", err)
			}
			if json.Valid(data) && broken.Reason <= Truncated {
				t.Fatalf("valid JSON refused: %v", err)
			}
			return
		}
		if !json.Valid(data) {
			t.Fatal("accepted what is not JSON")
		}
		written := value.Append(nil)
		again, err := Parse(written)
		if err != nil || !again.Equal(value) {
			t.Fatalf("round trip of %q: %v", written, err)
		}
		if !bytes.Equal(again.Append(nil), written) {
			t.Fatalf("second round trip of %q", written)
		}
		if got, want := plain(value), standard(t, data); !reflect.DeepEqual(got, want) {
			t.Fatalf("%#v, encoding/json has %#v", got, want)
		}
		if n, exact := value.Int(); exact {
			if f, err := strconv.ParseFloat(value.Literal(), 64); err != nil || f != float64(n) || f != math.Trunc(f) {
				t.Fatalf("Int of %s is %d", value.Literal(), n)
			}
		}
	})
}

// plain is the value as encoding/json gives it.
func plain(v Value) any {
	switch v.Kind() {
	case Bool:
		return v.Truth()
	case Number:
		return json.Number(v.Literal())
	case String:
		return v.Text()
	case Array:
		items := []any{}
		for _, item := range v.Items() {
			items = append(items, plain(item))
		}
		return items
	case Object:
		members := map[string]any{}
		for _, m := range v.Members() {
			members[m.Key] = plain(m.Value)
		}
		return members
	default:
		return nil
	}
}

func standard(t *testing.T, data []byte) any {
	decoder := json.NewDecoder(bytes.NewReader(data))
	decoder.UseNumber()
	var value any
	if err := decoder.Decode(&value); err != nil {
		t.Fatal(err)
	}
	return value
}
