package iri

import (
	"net/url"
	"strings"
	"testing"
)

func TestAbsolute(t *testing.T) {
	for text, want := range map[string]bool{
		"https://example.org/a": true, "urn:uuid:1": true, "did:example:1": true, "mailto:a@b.c": true, "HTTPS://Example.org": true,
		"https://xn--e1afmkfd.example/ä?q=%C3%A4#f": true, "data:application/vc+jwt,a.b.c": true, "http://[::1]/": true,
		"": false, "fake": false, "did:": false, ":x": false, "1a:b": false, "https ://x": false, "https://a b": false, "https:x": false,
		"https://": false, "https:///path": false, "urn:a<b": false, "urn:%zz": false, "urn:%4": false, "urn:a\nb": false, "a@:b": false,
	} {
		if Absolute(text) != want {
			t.Errorf("%q: %v", text, !want)
		}
	}
}

func FuzzAbsolute(f *testing.F) {
	for _, seed := range []string{"https://example.org/a?b#c", "urn:uuid:1", "did:web:example.org%3A443", "http://[::1]/", "data:,%41"} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, text string) {
		if !Absolute(text) {
			return
		}
		// What the standard library calls relative is no absolute address.
		if u, err := url.Parse(text); err == nil && !u.IsAbs() {
			t.Errorf("%q is relative", text)
		}
		if strings.ContainsAny(text, " \n\t<>\"") || !Plain(text) {
			t.Errorf("%q has a character that no address has", text)
		}
	})
}
