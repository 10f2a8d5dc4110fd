package xmlcanon

import (
	"bytes"
	"strings"
	"testing"

	"github.com/sealcheck/sealcheck/verifier/internal/xmltree"
)

func parse(t testing.TB, text string) *xmltree.Node {
	t.Helper()
	document, err := xmltree.Parse([]byte(text))
	if err != nil {
		t.Fatal(err)
	}
	return document
}

// find is the first element with a name.
func find(n *xmltree.Node, local string) (found *xmltree.Node) {
	n.Walk(func(n *xmltree.Node) bool {
		if n.Local == local && found == nil {
			found = n
		}
		return found == nil
	})
	return found
}

func write(t testing.TB, form Form, node *xmltree.Node, omit func(*xmltree.Node) bool) string {
	t.Helper()
	text, err := form.Write(node, omit)
	if err != nil {
		t.Fatal(err)
	}
	return string(text)
}

// TestForms: the rules of the specifications, each by the smallest document that
// shows it.
func TestForms(t *testing.T) {
	exclusive := Form{Exclusive: true}
	for _, row := range []struct {
		name, file string
		form       Form
		of         string // element; "" is the document
		want       string
	}{
		// Canonical XML 1.0, 3.1: what stands beside the root.
		{"beside the root", "<?xml version=\"1.0\"?>\n\n<?xml-stylesheet   href=\"doc.xsl\"\n   type=\"text/xsl\"   ?>\n\n<doc>Hello<!-- 1 --></doc>\n\n<?pi-without-data     ?>\n\n<!-- 2 -->\n", Form{}, "",
			"<?xml-stylesheet href=\"doc.xsl\"\n   type=\"text/xsl\"   ?>\n<doc>Hello</doc>\n<?pi-without-data?>"},
		{"beside the root, with comments", "<!-- 0 --><doc>Hello<!-- 1 --></doc>\n<?p?><!-- 2 -->\n", Form{Comments: true}, "",
			"<!-- 0 -->\n<doc>Hello<!-- 1 --></doc>\n<?p?>\n<!-- 2 -->"},
		// 3.2: white space in content stays.
		{"white space", "<doc>\r\n   <a> A </a>\r\t</doc>", Form{}, "", "<doc>\n   <a> A </a>\n\t</doc>"},
		// 3.3: tags.
		{"empty elements", `<doc><e1   /><e2   ></e2></doc>`, Form{}, "", `<doc><e1></e1><e2></e2></doc>`},
		{"order of attributes", `<e5 a:attr="out" b:attr="sorted" attr2="all" attr="I'm" xmlns:b="http://www.ietf.org" xmlns:a="http://www.w3.org" xmlns="http://example.org"/>`, Form{}, "",
			`<e5 xmlns="http://example.org" xmlns:a="http://www.w3.org" xmlns:b="http://www.ietf.org" attr="I'm" attr2="all" b:attr="sorted" a:attr="out"></e5>`},
		{"namespaces said twice", `<e6 xmlns="" xmlns:a="http://www.w3.org"><e7 xmlns="http://www.ietf.org"><e8 xmlns="" xmlns:a="http://www.w3.org"><e9 xmlns="" xmlns:a="http://www.ietf.org" attr="x"/></e8></e7></e6>`, Form{}, "",
			`<e6 xmlns:a="http://www.w3.org"><e7 xmlns="http://www.ietf.org"><e8 xmlns=""><e9 xmlns:a="http://www.ietf.org" attr="x"></e9></e8></e7></e6>`},
		// 3.4: references and characters.
		{"characters", "<doc><text>First line&#x0d;&#10;Second line</text><value>&#x32;</value><compute><![CDATA[value>\"0\" && value<\"10\" ?\"valid\":\"error\"]]></compute><norm attr=' &apos;   &#x20;&#13;&#xa;&#9;   &apos; '/></doc>", Form{}, "",
			"<doc><text>First line&#xD;\nSecond line</text><value>2</value><compute>value&gt;\"0\" &amp;&amp; value&lt;\"10\" ?\"valid\":\"error\"</compute><norm attr=\" '    &#xD;&#xA;&#x9;   ' \"></norm></doc>"},
		{"quotes", `<a b='"&lt;&amp;>'>"'</a>`, Form{}, "", `<a b="&quot;&lt;&amp;>">"'</a>`},
		{"beyond ASCII", `<a>&#169;ä</a>`, Form{}, "", `<a>©ä</a>`},
		// 2.4: the top of a part takes over what is said around it.
		{"a part", `<a xmlns="u" xmlns:p="v" xmlns:q="w" xml:lang="de" xml:space="preserve" id="1"><b xml:lang="en" p:c="2"/></a>`, Form{}, "b",
			`<b xmlns="u" xmlns:p="v" xmlns:q="w" xml:lang="en" xml:space="preserve" p:c="2"></b>`},
		{"a part in which a namespace is taken back", `<a xmlns="u"><b xmlns=""><c/></b></a>`, Form{}, "c", `<c></c>`},
		// Exclusive XML Canonicalization, 2.2: a part is the same wherever it
		// stands.
		{"exclusive part", `<n0:local xmlns:n0="foo:bar" xmlns:n3="ftp://example.org"><n1:elem2 xmlns:n1="http://example.net" xml:lang="en"><n3:stuff xmlns:n3="ftp://example.org"/></n1:elem2></n0:local>`, exclusive, "elem2",
			`<n1:elem2 xmlns:n1="http://example.net" xml:lang="en"><n3:stuff xmlns:n3="ftp://example.org"></n3:stuff></n1:elem2>`},
		{"the same elsewhere", `<n2:pdu xmlns:n1="http://example.com" xmlns:n2="http://foo.example" xml:lang="fr" xml:space="retain"><n1:elem2 xmlns:n1="http://example.net" xml:lang="en"><n3:stuff xmlns:n3="ftp://example.org"/></n1:elem2></n2:pdu>`, exclusive, "elem2",
			`<n1:elem2 xmlns:n1="http://example.net" xml:lang="en"><n3:stuff xmlns:n3="ftp://example.org"></n3:stuff></n1:elem2>`},
		{"exclusive, used by attributes only", `<a xmlns:p="v" xmlns:q="w"><b p:c="2"><d q:e="3"/><d p:e="4"/></b></a>`, exclusive, "",
			`<a><b xmlns:p="v" p:c="2"><d xmlns:q="w" q:e="3"></d><d p:e="4"></d></b></a>`},
		{"exclusive, default taken back", `<a xmlns="u"><b xmlns=""><c/><d xmlns="u"/></b></a>`, exclusive, "", `<a xmlns="u"><b xmlns=""><c></c><d xmlns="u"></d></b></a>`},
		{"exclusive, default not used", `<p:a xmlns="u" xmlns:p="v"><p:b xmlns=""/><c/></p:a>`, exclusive, "", `<p:a xmlns:p="v"><p:b></p:b><c xmlns="u"></c></p:a>`},
		{"exclusive, one prefix for two", `<p:a xmlns:p="u"><p:b xmlns:p="v"><p:c xmlns:p="u"/></p:b></p:a>`, exclusive, "", `<p:a xmlns:p="u"><p:b xmlns:p="v"><p:c xmlns:p="u"></p:c></p:b></p:a>`},
		{"with a list", `<a xmlns="u" xmlns:p="v" xmlns:q="w" xmlns:r="x"><p:b><q:c/></p:b></a>`, Form{Exclusive: true, Prefixes: []string{"q", ""}}, "b",
			`<p:b xmlns="u" xmlns:p="v" xmlns:q="w"><q:c></q:c></p:b>`},
		{"with a list, declared further in", `<a xmlns:q="w"><b><c xmlns:q="y"/></b></a>`, Form{Exclusive: true, Prefixes: []string{"q"}}, "b", `<b xmlns:q="w"><c xmlns:q="y"></c></b>`},
		{"xml is not declared", `<a xmlns:xml="http://www.w3.org/XML/1998/namespace" xml:lang="de"/>`, Form{}, "", `<a xml:lang="de"></a>`},
		{"comments stay where they are wanted", `<a>x<!-- y\r -->z</a>`, Form{Comments: true, Exclusive: true}, "", `<a>x<!-- y\r -->z</a>`},
	} {
		n := parse(t, row.file)
		if row.of != "" {
			n = find(n, row.of)
		}
		if got := write(t, row.form, n, nil); got != row.want {
			t.Errorf("%s:\n%s, want\n%s", row.name, got, row.want)
		}
	}
}

func TestOmit(t *testing.T) {
	document := parse(t, `<a> <s:b xmlns:s="u">x<b/></s:b> <s:b xmlns:s="u"/></a>`)
	if got := write(t, Form{}, document, func(n *xmltree.Node) bool { return n == find(document, "b") }); got != `<a>  <s:b xmlns:s="u"></s:b></a>` {
		t.Error(got)
	}
}

// FuzzWrite: a canonical form is read again as the same, and is its own
// canonical form.
func FuzzWrite(f *testing.F) {
	f.Add([]byte(`<a xmlns="u" xmlns:p="v" p:x="1" x='"&#10;'><p:b xmlns="">&amp;<![CDATA[<]]>&#13;</p:b><?t  d?><!-- c --></a>`))
	f.Add([]byte("<?x?><a xml:lang='de'>\r\n<b xml:lang=\"\"/></a><!--x-->"))
	f.Fuzz(func(t *testing.T, data []byte) {
		document, err := xmltree.Parse(data)
		if err != nil {
			return
		}
		for _, form := range []Form{{}, {Newer: true}, {Comments: true}, {Exclusive: true}, {Exclusive: true, Comments: true, Prefixes: []string{"p", ""}}} {
			once, err := form.Write(document, nil)
			if err != nil {
				return // too long
			}
			again, err := xmltree.Parse(once)
			if err != nil {
				if strings.Contains(err.Error(), "prefixes") {
					return // each tag may have to repeat what stood around it
				}
				t.Fatalf("%q: %v", once, err)
			}
			if twice, err := form.Write(again, nil); err != nil || !bytes.Equal(once, twice) {
				t.Fatalf("%q, then %q", once, twice)
			}
		}
	})
}
