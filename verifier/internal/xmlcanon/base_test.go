package xmlcanon

import (
	"strings"
	"testing"
)

// TestBase: addresses in elements within each other, from the outermost in, and
// what they come to (Canonical XML 1.1 2.4 and its appendix). Compared with the
// JDK's own forms over generated documents; where that differs, it is by double
// slashes behind a host or steps above the root.
func TestBase(t *testing.T) {
	for _, row := range []struct{ outer, inner, want string }{
		{"abc/", "../", ""}, {"../", "../", "../../"}, {"..", "..", "../../"},
		{"", "a/../../b", "../b"}, {"a/", "b", "a/b"}, {"a", "b", "b"}, {"a/b", "", "a/b"}, {"a/b?q", "", "a/b?q"}, {"a/b?q", "#f", "a/b?q"}, {"a?q", "?r", "a?r"},
		{"http://h/x/y", "z", "http://h/x/z"}, {"http://h", "z", "http://h/z"}, {"http://h/x", "//i", "http://i"}, {"http://h/x", "/..//a/./b/..", "http://h/a/"},
		{"x/", "urn:a:b", "urn:a:b"}, {"x/", "http://h/a/../b#f", "http://h/b"}, {"//h?q", "", "//h?q"}, {"//h", "z?q", "//h/z?q"}, {"a/b", "/..", "/"},
		{"file:///a", "b", "file:///b"}, {":x", "y", "y"},
	} {
		if got := join(row.outer, row.inner); got != row.want {
			t.Errorf("%q, %q: %q, want %q", row.outer, row.inner, got, row.want)
		}
	}
	for _, row := range [][2]string{
		{"no/.././/pseudo-netpath/seg/file.ext", "pseudo-netpath/seg/file.ext"}, {"yes/no//..//.///pseudo-netpath/seg/file.ext", "yes/pseudo-netpath/seg/file.ext"},
		{"no/../yes", "yes"}, {"no/../yes/no/..", "yes/"}, {"../../no/../..", "../../../"}, {"/..", "/"}, {"./", ""}, {"..", "../"}, {"/a//b/", "/a/b/"},
	} {
		if got := dots(row[0]); got != row[1] {
			t.Errorf("%q: %q, want %q", row[0], got, row[1])
		}
	}
}

// TestNewer: what the top takes over in Canonical XML 1.1, and how long that
// may become.
func TestNewer(t *testing.T) {
	for _, row := range [][2]string{
		{`<a xml:base="x/" xml:id="i" xml:lang="de" xml:other="o"><m xml:base="y/" xml:space="preserve"><b xml:base="z"/></m></a>`, `<b xml:base="x/y/z" xml:lang="de" xml:space="preserve"></b>`},
		{`<a xml:base="x/"><m xml:lang="fr"><b xml:id="i" xml:lang="de"/></m></a>`, `<b xml:base="x/" xml:id="i" xml:lang="de"></b>`},
		{`<a xml:base="x/"><b xml:base=".."/></a>`, `<b></b>`},
		{`<a><b xml:base=""><c xml:base="q"/></b></a>`, `<b xml:base=""><c xml:base="q"></c></b>`},
	} {
		if got := write(t, Form{Newer: true}, find(parse(t, row[0]), "b"), nil); got != row[1] {
			t.Errorf("%s: %s", row[0], got)
		}
	}
	long := strings.Repeat(`<m xml:base="`+strings.Repeat("x", 20_000)+`/">`, 100)
	if _, err := (Form{Newer: true}).Write(find(parse(t, long+`<b xml:base="y"/>`+strings.Repeat("</m>", 100)), "b"), nil); err == nil {
		t.Error("no end to it")
	}
}

func FuzzBase(f *testing.F) {
	f.Add("a/b", "../../c?q#f")
	f.Fuzz(func(t *testing.T, outer, inner string) {
		if got := join(outer, inner); len(got) > len(outer)+len(inner)+2 {
			t.Error(got)
		}
	})
}
