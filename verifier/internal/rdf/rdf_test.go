package rdf

import (
	"fmt"
	"slices"
	"strings"
	"testing"
)

func TestParse(t *testing.T) {
	for _, c := range []struct {
		in, want string // want is canonical N-Quads, "" for an error
	}{
		{"<a:s> <a:p> <a:o> .", "<a:s> <a:p> <a:o> .\n"},
		{"<a:s><a:p><a:o>.", "<a:s> <a:p> <a:o> .\n"},
		{"\t<a:s> \t<a:p> _:o.x <a:g> . # remark\r\n\r\n#\n  \n<a:s> <a:p> \"\" .\r", "<a:s> <a:p> _:o.x <a:g> .\n<a:s> <a:p> \"\" .\n"},
		{"_:a.b <a:p> _:c.", "_:a.b <a:p> _:c .\n"},
		{`_:0 <a:p> "a"@en-GB-x1 _:ü .`, "_:0 <a:p> \"a\"@en-GB-x1 _:ü .\n"},
		{`<a:s> <a:p> "\t\b\n\r\f\"\'\\\u00e9\U0001F600" .`, `<a:s> <a:p> "\t\b\n\r\f\"'\\é😀" .` + "\n"},
		{"<a:s> <a:p> \"\x00\x01\x0b\x1f\x7f\u0080 \" .", `<a:s> <a:p> "\u0000\u0001\u000B\u001F\u007F` + "\u0080" + ` " .` + "\n"},
		{`<a:\u00e9> <a:p> "1"^^<a:t> .`, "<a:é> <a:p> \"1\"^^<a:t> .\n"},
		{`<a:s> <a:p> "1"^^<` + String + `> .`, `<a:s> <a:p> "1" .` + "\n"},
		{in: "<a:s> <a:p> <a:o>"},
		{in: "<a:s> <a:p> <a:o> . <a:s> <a:p> <a:o> ."},
		{in: "<a:s> <a:p> <a:o> <a:g> <a:h> ."},
		{in: "<s> <a:p> <a:o> ."},
		{in: "<a:s\\u0020> <a:p> <a:o> ."},
		{in: "<a:s\\n> <a:p> <a:o> ."},
		{in: "<a:s x> <a:p> <a:o> ."},
		{in: "<a:s{> <a:p> <a:o> ."},
		{in: "<a:s> _:p <a:o> ."},
		{in: "<a:s> \"p\" <a:o> ."},
		{in: "\"s\" <a:p> <a:o> ."},
		{in: "<a:s> <a:p> <a:o> \"g\" ."},
		{in: "<a:s> <a:p> \"a\nb\" ."},
		{in: `<a:s> <a:p> "a" @en .`},
		{in: `<a:s> <a:p> "a"@ .`},
		{in: `<a:s> <a:p> "a"@1a .`},
		{in: `<a:s> <a:p> "a"@a- .`},
		{in: `<a:s> <a:p> "\x" .`},
		{in: `<a:s> <a:p> "\u00g0" .`},
		{in: `<a:s> <a:p> "\uD800" .`},
		{in: `<a:s> <a:p> "\U00110000" .`},
		{in: `<a:s> <a:p> "\UFFFFFFFF" .`},
		{in: `<a:s> <a:p> "\u00`},
		{in: `<a:s> <a:p> "\`},
		{in: `<a:s`},
		{in: `_: <a:p> <a:o> .`},
		{in: `_:-a <a:p> <a:o> .`},
		{in: `<a:s> <a:p> .`},
		{in: "<a:s> <a:p> \"\xff\" ."},
	} {
		quads, err := Parse([]byte(c.in))
		var out []byte
		for i := range quads {
			out = AppendQuad(out, &quads[i])
		}
		if (err != nil) != (c.want == "") || string(out) != c.want {
			t.Errorf("%q: %q %v", c.in, out, err)
		}
	}
	if _, err := Parse([]byte("\n\n<a:s> x")); err == nil || !strings.HasPrefix(err.Error(), "line 3: ") {
		t.Error(err)
	}
}

func TestWellFormed(t *testing.T) {
	for _, c := range []struct {
		term Term
		want bool
	}{
		{Term{}, true},
		{Term{Kind: Blank, Value: "b0"}, true},
		{Term{Kind: IRI, Value: "urn:é{}"}, true},
		{Term{Kind: IRI, Value: "urn:> <a:p> <a:o"}, false},
		{Term{Kind: IRI, Value: "urn:a b"}, false},
		{Term{Kind: IRI, Value: "urn:a\nb"}, false},
		{Term{Kind: IRI, Value: `urn:\u003E`}, false},
		{Term{Kind: Literal, Value: "a\nb>", Datatype: String}, true},
		{Term{Kind: Literal, Value: "a", Datatype: "urn:>"}, false},
		{Term{Kind: Literal, Value: "a", Datatype: LangString, Language: "en-GB"}, true},
		{Term{Kind: Literal, Value: "a", Datatype: LangString, Language: "en ."}, false},
		{Term{Kind: Literal, Value: "a", Datatype: LangString, Language: "en-"}, false},
		{Term{Kind: Literal, Value: "a", Datatype: LangString, Language: "1"}, false},
	} {
		if _, ok := AppendWellFormed(nil, &c.term); ok != c.want {
			t.Errorf("%+v", c.term)
		}
	}
}

// TestEveryByte: what eight bytes at a time let through, each byte alone would.
func TestEveryByte(t *testing.T) {
	for b := range 256 {
		for size := 1; size < 20; size++ {
			for at := range size {
				text := []byte(strings.Repeat("\x80a", 10)[:size])
				text[at] = byte(b)
				_, ok := AppendWellFormed(nil, &Term{Kind: IRI, Value: string(text)})
				if ok == (b <= ' ' || strings.IndexByte(`"<>\`, byte(b)) >= 0) {
					t.Fatalf("%q", text)
				}
				want := string(text[:at]) + escapeOne(byte(b)) + string(text[at+1:])
				if got := string(appendEscaped(nil, string(text))); got != want {
					t.Fatalf("%q, not %q", got, want)
				}
			}
		}
	}
}

func escapeOne(b byte) string {
	if i := strings.IndexByte("\b\t\n\f\r\"\\", b); i >= 0 {
		return `\` + string(`btnfr"\`[i])
	}
	if b < ' ' || b == 0x7F {
		return fmt.Sprintf(`\u%04X`, b)
	}
	return string([]byte{b})
}

// FuzzParse: what is read and written is read again as the same.
func FuzzParse(f *testing.F) {
	f.Add([]byte("_:a.b <a:p> \"x\\u0000\"@en-x <a:g> . # c\r\n"))
	f.Add([]byte("<a:s> <a:p> \"\\U0001F600\\n\"^^<a:t> .\n"))
	f.Fuzz(func(t *testing.T, data []byte) {
		quads, err := Parse(data)
		if err != nil {
			return
		}
		var out []byte
		for i := range quads {
			q := &quads[i]
			out = AppendQuad(out, q)
			for _, term := range []Term{q.Subject, q.Predicate, q.Object, q.Graph} {
				if _, ok := AppendWellFormed(nil, &term); !ok {
					t.Fatalf("%+v", term)
				}
			}
		}
		again, err := Parse(out)
		if err != nil || !slices.Equal(again, quads) {
			t.Fatalf("%q became %q: %v", data, out, err)
		}
	})
}
