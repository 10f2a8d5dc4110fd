package xmltree

import (
	"bytes"
	"encoding/xml"
	"errors"
	"fmt"
	"io"
	"strings"
	"testing"

	"github.com/sealcheck/sealcheck/verifier/internal/limits"
	"github.com/sealcheck/sealcheck/verifier/internal/markup"
)

func TestParse(t *testing.T) {
	document, err := Parse([]byte("\uFEFF<?xml version=\"1.0\" encoding=\"UTF-8\"?><!-- x --><?p  q ?>\n<a xmlns=\"u\" xmlns:p=\"v\" x='1' p:x=\"&#10;\t\">A<!-- between -->B<![CDATA[<C>]]>&amp;\r\n<p:b xmlns=''><c/></p:b></a>"))
	if err != nil {
		t.Fatal(err)
	}
	root := document.Root()
	if !root.Is("u", "a") || root.Parent != document || len(document.Children) != 3 {
		t.Fatal("the root")
	}
	if name, content := document.Children[1].Target(); name != "p" || content != "q " {
		t.Errorf("%q %q", name, content)
	}
	if text, only := root.Text(); text != "AB<C>&\n" || only {
		t.Errorf("%q, %v", text, only)
	}
	if value, ok := root.Attribute("v", "x"); !ok || value != "\n " {
		t.Errorf("%q", value)
	}
	b := root.Element("v", "b")
	if b == nil || b.Lookup("p") != "v" || b.Lookup("") != "" || b.Children[0].Namespace != "" {
		t.Error("namespaces")
	}
	if root.Element("", "b") != nil || root.Element("v", "c") != nil {
		t.Error("found what is not there")
	}
}

func TestRefused(t *testing.T) {
	for name, row := range map[string]struct {
		file   string
		reason markup.Reason
	}{
		"DOCTYPE":                       {`<!DOCTYPE a><a/>`, markup.Definitions},
		"DOCTYPE with entities":         {`<!DOCTYPE a [<!ENTITY x "y">]><a>&x;</a>`, markup.Definitions},
		"billion laughs":                {`<!DOCTYPE a [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;">]><a>&b;</a>`, markup.Definitions},
		"entity from elsewhere":         {`<!DOCTYPE a SYSTEM "file:///etc/passwd"><a/>`, markup.Definitions},
		"undefined word":                {`<a>&x;</a>`, markup.Malformed},
		"attribute twice":               {`<a b="1" b="2"/>`, markup.Malformed},
		"attribute twice, two prefixes": {`<a xmlns:p="u" xmlns:q="u" p:b="1" q:b="2"/>`, markup.Malformed},
		"prefix of an attribute":        {`<a p:b="1"/>`, markup.Malformed},
		"Latin-1":                       {"<a>\xe9</a>", markup.Encoding},
		"truncated":                     {`<a><b>`, markup.Malformed},
		"two roots":                     {`<a/><b/>`, markup.Malformed},
		"no root":                       {`<!-- -->`, markup.Malformed},
		"too deep":                      {strings.Repeat("<a>", limits.MarkupDepth+1), markup.TooMuch},
		"too many nodes":                {"<a>" + strings.Repeat("<b/>", limits.MarkupNodes) + "</a>", markup.TooMuch},
		"too many before the root":      {strings.Repeat("<!---->", 200) + "<a/>", markup.TooMuch},
	} {
		document, err := Parse([]byte(row.file))
		var broken *markup.Error
		if document != nil || !errors.As(err, &broken) || broken.Reason != row.reason {
			t.Errorf("%s: %v", name, err)
		}
	}
}

// FuzzParse: what is read here, the standard library reads as well, wherever it
// takes the document at all.
func FuzzParse(f *testing.F) {
	f.Add([]byte(`<a xmlns="u" xmlns:p="v" p:x="1"><p:b xmlns="">&amp;<![CDATA[<]]></p:b><?t d?><!-- c --></a>`))
	f.Add([]byte(`<!DOCTYPE a><a/>`))
	f.Fuzz(func(t *testing.T, data []byte) {
		document, err := Parse(data)
		if err != nil {
			if document != nil {
				t.Error("both")
			}
			return
		}
		other, err := standard(data)
		if err != nil {
			return
		}
		var mine strings.Builder
		show(&mine, document.Root())
		if mine.String() != other {
			t.Errorf("%s here, %s there", mine.String(), other)
		}
	})
}

func show(out *strings.Builder, n *Node) {
	switch n.Kind {
	case Element:
		fmt.Fprintf(out, "<%q %q>", n.Namespace, n.Local)
		for _, child := range n.Children {
			show(out, child)
		}
		out.WriteString("</>")
	case Text:
		fmt.Fprintf(out, "%s", strings.ReplaceAll(n.Value, "\r", "\n"))
	}
}

func standard(data []byte) (string, error) {
	decoder := xml.NewDecoder(bytes.NewReader(bytes.TrimLeft(bytes.TrimPrefix(data, []byte("\uFEFF")), " \t\r\n")))
	decoder.CharsetReader = func(_ string, in io.Reader) (io.Reader, error) { return in, nil }
	var out strings.Builder
	depth := 0
	for {
		token, err := decoder.Token()
		if err == io.EOF {
			return out.String(), nil
		} else if err != nil {
			return "", err
		}
		switch token := token.(type) {
		case xml.StartElement:
			depth++
			fmt.Fprintf(&out, "<%q %q>", token.Name.Space, token.Name.Local)
		case xml.EndElement:
			depth--
			out.WriteString("</>")
		case xml.CharData:
			if depth > 0 {
				out.WriteString(strings.ReplaceAll(string(token), "\r", "\n"))
			}
		}
	}
}
