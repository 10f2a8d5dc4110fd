package svgbadge

import (
	"bytes"
	"encoding/xml"
	"errors"
	"fmt"
	"io"
	"strings"
	"testing"

	"github.com/sealcheck/sealcheck/verifier/internal/markup"
)

const (
	front = `<svg xmlns="http://www.w3.org/2000/svg" xmlns:o="https://purl.imsglobal.org/ob/v3p0" xmlns:old="http://openbadges.org" xmlns:c="https://purl.imsglobal.org/clr/v2p0">`
	back  = `<path d="M0 0"/></svg>`
)

func TestRead(t *testing.T) {
	tests := []struct {
		name, file string
		want       string // element, usual, verify and text of each
		reason     markup.Reason
	}{
		{"none", `<svg/>`, "", 0},
		{"attribute", front + `<o:credential verify="a.b.c"></o:credential>` + back, "credential true [a.b.c] [];", 0},
		{"attribute, empty element", front + `<o:credential verify='a.b.c'/>` + back, "credential true [a.b.c] [];", 0},
		{"CDATA", front + `<o:credential><![CDATA[{"a":"}<>&amp;"}]]></o:credential>` + back, `credential true [] [{"a":"}<>&amp;"}];`, 0},
		{"text", front + `<o:credential>{&quot;a&quot;:"&lt;&#228;&#xE4;ä&apos;&gt;&amp;"}</o:credential>` + back, `credential true [] [{"a":"<äää'>&"}];`, 0},
		{"CDATA between line ends", front + "<o:credential>\r\n<![CDATA[{\r\r\n}]]>\n</o:credential>" + back, "credential true [] [\n{\n\n}\n];", 0},
		{"CDATA in two pieces", front + `<o:credential><![CDATA[{"a":"]]]]><![CDATA[>"}]]></o:credential>` + back, `credential true [] [{"a":"]]>"}];`, 0},
		{"attribute over several lines", front + "<o:credential verify=\"a.\r\n\tb\"/>" + back, "credential true [a.  b] [];", 0},
		{"old badge", front + `<old:assertion verify="https://example.com/1"><![CDATA[{}]]></old:assertion>` + back, "assertion true [https://example.com/1] [{}];", 0},
		{"record", front + `<c:credential verify="x"/>` + back, "credential true [x] [];", 0},
		{"two", front + `<o:credential verify="x"/><old:assertion>y</old:assertion>` + back, "credential true [x] [];assertion true [] [y];", 0},
		{"deeper", front + `<metadata><o:credential verify="x"/></metadata>` + back, "credential true [x] [];", 0},
		{"namespace without prefix", `<svg><credential xmlns="https://purl.imsglobal.org/ob/v3p0" verify="x"/></svg>`, "credential true [x] [];", 0},
		{"namespace in the element", `<s:svg xmlns:s="x"><q:credential xmlns:q="https://purl.imsglobal.org/ob/v3p0" verify="x"/></s:svg>`, "credential true [x] [];", 0},
		{"the specification's address as a namespace", `<svg xmlns:o="https://purl.imsglobal.org/spec/ob/v3p0/"><o:credential verify="x"/></svg>`, "credential false [x] [];", 0},
		{"the other element of a namespace", front + `<old:credential verify="x"/><o:assertion verify="y"/>` + back, "credential false [x] [];assertion false [y] [];", 0},
		{"prefix that means something else", `<svg xmlns:openbadges="https://example.com"><openbadges:credential verify="x"/></svg>`, "foreign openbadges:credential;", 0},
		{"prefix taken over inside", front + `<g xmlns:o="x"><o:credential verify="x"/></g><o:credential verify="y"/>` + back, "foreign o:credential;credential true [y] [];", 0},
		{"no namespace", `<svg><credential verify="x"/><assertion>y</assertion></svg>`, "foreign credential;", 0},
		{"in a comment", front + `<!-- <o:credential verify="x"/> -->` + back, "", 0},
		{"in CDATA", front + `<text><![CDATA[<o:credential verify="x"/>]]></text>` + back, "", 0},
		{"in an attribute", front + `<g a="&lt;o:credential verify='x'/>"/>` + back, "", 0},
		{"in an instruction", front + `<?x <o:credential verify="x"/>?>` + back, "", 0},
		{"script", front + `<script><![CDATA[alert("<o:credential/>")]]></script><g onload="alert(1)"/><o:credential verify="x"/>` + back, "credential true [x] [];", 0},
		{"comment in a credential", front + `<o:credential>{"a":<!-- 1 -->2}</o:credential>` + back, `credential true [] [{"a":2}];`, 0},
		{"capitals", front + `<o:Credential verify="x"/>` + back, "foreign o:Credential;", 0},
		{"verify with a prefix", front + `<o:credential o:verify="x"/>` + back, "foreign o:verify;credential true [] [];", 0},
		{"declaration", "\uFEFF<?xml version='1.0' encoding='utf-8' standalone='no'?>\n<!-- x -->\n<svg/>\n<!-- y -->\n", "", 0},
		{"DOCTYPE", "<?xml version=\"1.0\"?>\n<!DOCTYPE svg PUBLIC \"-//W3C//DTD SVG 1.1//EN\" \"http://www.w3.org/[svg11]>.dtd\">\n" + front + `<o:credential verify="x"/>` + back, "credential true [x] [];", 0},
		{"ASCII in another encoding", `<?xml version="1.0" encoding="ISO-8859-1"?><svg/>`, "", 0},
		{"letters beyond ASCII", `<svg><gräfik farbe="rot">ß</gräfik></svg>`, "", 0},

		{"nothing", "", "", markup.Malformed},
		{"blank", " \n", "", markup.Malformed},
		{"not closed", front, "", markup.Malformed},
		{"closed twice", `<svg></svg></svg>`, "", markup.Malformed},
		{"closed by another", `<svg><a></b></svg>`, "", markup.Malformed},
		{"two roots", `<svg/><svg/>`, "", markup.Malformed},
		{"text behind", `<svg/>x`, "", markup.Malformed},
		{"cut off", front + `<o:credential verify="x`, "", markup.Malformed},
		{"cut off in CDATA", front + `<o:credential><![CDATA[{`, "", markup.Malformed},
		{"cut off in a comment", `<svg/><!--`, "", markup.Malformed},
		{"cut off in a tag", `<svg`, "", markup.Malformed},
		{"element in a credential", front + `<o:credential>{<o:credential>}</o:credential></o:credential>` + back, "", markup.Malformed},
		{"unknown prefix", `<svg><o:credential verify="x"/></svg>`, "", markup.Malformed},
		{"prefix undone", `<svg xmlns:a=""/>`, "", markup.Malformed},
		{"prefix xml for another", `<svg xmlns:xml="x"/>`, "", markup.Malformed},
		{"two colons", `<svg><a:b:c/></svg>`, "", markup.Malformed},
		{"attribute twice", `<svg a="1" a="2"/>`, "", markup.Malformed},
		{"attribute without quotes", `<svg a=1/>`, "", markup.Malformed},
		{"attribute without a value", `<svg a/>`, "", markup.Malformed},
		{"attributes without space", `<svg a="1"b="2"/>`, "", markup.Malformed},
		{"less-than in an attribute", `<svg a="<"/>`, "", markup.Malformed},
		{"bare ampersand", `<svg>a & b</svg>`, "", markup.Malformed},
		{"reference to NUL", `<svg>&#0;</svg>`, "", markup.Malformed},
		{"reference to half a character", `<svg>&#xD800;</svg>`, "", markup.Malformed},
		{"reference with a sign", `<svg>&#+65;</svg>`, "", markup.Malformed},
		{"word of HTML", `<svg>&nbsp;</svg>`, "", markup.Malformed},
		{"word in an attribute", `<svg a="&x;"/>`, "", markup.Malformed},
		{"]]> in a text", `<svg>]]></svg>`, "", markup.Malformed},
		{"-- in a comment", `<svg><!-- a -- b --></svg>`, "", markup.Malformed},
		{"control character", "<svg>\x01</svg>", "", markup.Malformed},
		{"NUL", "<svg>\x00</svg>", "", markup.Malformed},
		{"U+FFFF", "<svg>\uFFFF</svg>", "", markup.Malformed},
		{"declaration in the middle", `<svg><?xml version="1.0"?></svg>`, "", markup.Malformed},
		{"XML 1.1", `<?xml version="1.1"?><svg/>`, "", markup.Malformed},
		{"declaration without version", `<?xml encoding="UTF-8"?><svg/>`, "", markup.Malformed},
		{"DOCTYPE in the middle", `<svg><!DOCTYPE svg></svg>`, "", markup.Malformed},
		{"DOCTYPE without end", `<!DOCTYPE svg "><svg/>`, "", markup.Malformed},
		{"CDATA outside", `<![CDATA[x]]><svg/>`, "", markup.Malformed},
		{"definitions", `<!DOCTYPE svg [<!ENTITY x "y">]><svg>&x;</svg>`, "", markup.Definitions},
		{"definitions that grow", `<!DOCTYPE svg [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;">]><svg>&b;</svg>`, "", markup.Definitions},
		{"definition from elsewhere", `<!DOCTYPE svg [<!ENTITY x SYSTEM "file:///etc/passwd">]><svg>&x;</svg>`, "", markup.Definitions},
		{"Latin-1", "<?xml version=\"1.0\" encoding=\"ISO-8859-1\"?><svg>\xe9</svg>", "", markup.Encoding},
		{"UTF-8 that calls itself Latin-1", `<?xml version="1.0" encoding="ISO-8859-1"?><svg>é</svg>`, "", markup.Encoding},
		{"UTF-7", `<?xml version="1.0" encoding="UTF-7"?><svg/>`, "", markup.Encoding},
		{"too deep", strings.Repeat("<svg>", 300), "", markup.TooMuch},
		{"too many attributes", "<svg" + numbered(" a%d=''", 200) + "/>", "", markup.TooMuch},
		{"too many prefixes", numbered("<svg xmlns:p%d='x'>", 200), "", markup.TooMuch},
	}
	for _, test := range tests {
		found, err := Read([]byte(test.file))
		got := ""
		for _, c := range found {
			if c.Foreign {
				got += "foreign " + c.Element + ";"
				continue
			}
			got += fmt.Sprintf("%s %v [%s] [%s];", c.Element, c.Usual, c.Verify, c.Text)
		}
		var broken *markup.Error
		if errors.As(err, &broken) != (test.reason != 0) || broken != nil && broken.Reason != test.reason || got != test.want {
			t.Errorf("%s: %s, %v", test.name, got, err)
		}
	}
}

func numbered(pattern string, count int) string {
	out := ""
	for i := range count {
		out += fmt.Sprintf(pattern, i)
	}
	return out
}

// TestMany: who writes very many credentials gets no memory for it.
func TestMany(t *testing.T) {
	found, err := Read([]byte(front + strings.Repeat(`<o:credential verify="x">y</o:credential>`, 10_000) + back))
	if err != nil || len(found) != mostCredentials {
		t.Errorf("%d, %v", len(found), err)
	}
}

// FuzzRead: what is read here, the standard library reads as well, wherever it
// takes the text at all.
func FuzzRead(f *testing.F) {
	f.Add([]byte(front + `<o:credential verify="a&amp;b"><![CDATA[{}]]> &#65;</o:credential>` + back))
	f.Add([]byte("<?xml version=\"1.0\" encoding=\"UTF-8\"?><!DOCTYPE svg PUBLIC \"\" ''><svg xmlns:o='http://openbadges.org'><o:assertion/><!-- --><?x y?></svg>"))
	f.Add([]byte(`<svg xmlns:o="x"><g xmlns:o="http://openbadges.org"><o:assertion verify="1">a</o:assertion></g><o:assertion/></svg>`))
	f.Fuzz(func(t *testing.T, data []byte) {
		found, err := Read(data)
		if err != nil {
			if found != nil {
				t.Error("both")
			}
			return
		}
		other, err := standard(data)
		if err != nil {
			return
		}
		if len(other) > mostCredentials {
			other = other[:mostCredentials]
		}
		if fmt.Sprint(found) != fmt.Sprint(other) {
			t.Errorf("%v here, %v there", found, other)
		}
	})
}

// standard reads a drawing with the standard library.
func standard(data []byte) (found []Credential, err error) {
	decoder := xml.NewDecoder(bytes.NewReader(bytes.TrimLeft(bytes.TrimPrefix(data, []byte("\uFEFF")), " \t\r\n")))
	decoder.CharsetReader = func(_ string, in io.Reader) (io.Reader, error) { return in, nil }
	inside := false
	for {
		token, err := decoder.Token()
		if err == io.EOF {
			return found, nil
		} else if err != nil {
			return nil, err
		}
		switch token := token.(type) {
		case xml.StartElement:
			var usual bool
			if usual, inside = holds(token.Name.Space, token.Name.Local); inside {
				c := Credential{Element: token.Name.Local, Usual: usual}
				for _, a := range token.Attr {
					if a.Name.Space == "" && a.Name.Local == "verify" {
						// It leaves white space in values as it is (XML 1.0 3.3.3).
						if strings.ContainsAny(a.Value, "\t\r\n") {
							return nil, io.ErrNoProgress
						}
						c.Verify = a.Value
					}
				}
				found = append(found, c)
			}
		case xml.EndElement:
			inside = false
		case xml.CharData:
			if inside {
				found[len(found)-1].Text += string(token)
			}
		}
	}
}

func BenchmarkRead(b *testing.B) {
	data := []byte(front + strings.Repeat(`<path d="M108.382,0h23.077v22.8h21.11V0h23.078" fill="#fff" style="a:b"/>`+"\n", 10_000) + `<o:credential verify="x"/>` + back)
	b.SetBytes(int64(len(data)))
	b.ReportAllocs()
	for range b.N {
		if _, err := Read(data); err != nil {
			b.Fatal(err)
		}
	}
}
