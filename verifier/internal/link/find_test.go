package link

import (
	"strings"
	"testing"
)

func TestFind(t *testing.T) {
	const token = "eyJhbGciOiJFZERTQSJ9.eyJhIjoxMjM0NTY3ODkwMTIzNDU2Nzg5MDEyMzQ1Njc4OTAxMjM0NTY3ODkwMTIzNDU2Nzg5MDEyMzQ1Njc4OTAxMjM0NTY3ODkwfQ.c2ln"
	const credly = "https://www.credly.com/badges/0c2f4c0e-8b62"
	tests := []struct{ name, text, want, other string }{
		{"in a sentence", "See my badge: " + credly + ".", credly, ""},
		{"in brackets", "My badge (" + credly + "), as agreed", credly, ""},
		{"in Markdown", "[my badge](" + credly + ")", credly, ""},
		{"in angle brackets", "My badge\n<" + credly + ">", credly, ""},
		{"in HTML", `<a href="` + credly + `?a=1&amp;b=2">badge</a> <img src='https://cdn.example/x.png'>`, credly + "?a=1&b=2", "https://cdn.example/x.png"},
		{"twice", credly + " and once more: " + credly + "?utm_source=mail", credly, ""},
		{"two", "1. " + credly + "\n2. https://badges.example/assertions/4f2a,", credly + "|https://badges.example/assertions/4f2a", ""},
		{"a wallet's offer", "Open openid-credential-offer://?credential_offer_uri=https%3A%2F%2Fx.example now", "openid-credential-offer://?credential_offer_uri=https%3A%2F%2Fx.example", ""},
		{"one of no known kind", "Look at https://example.org/a, please", "", "https://example.org/a"},
		{"several of no known kind", "https://example.org/a https://example.org/b", "", ""},
		{"one that was sent twice", "https://example.org/a https://example.org/a", "", "https://example.org/a"},
		{"a profile among them", "https://www.linkedin.com/in/mara and " + credly, credly, "https://www.linkedin.com/in/mara"},
		{"a token", "Here it is: " + token + ".", token, ""},
		{"an object", "Here it is:\n\n{\"a\": 1, \"b\": 2, \"c\": \"https://example.org\"}\n\nRegards", `{"a": 1, "b": 2, "c": "https://example.org"}`, ""},
		{"two objects", `{"a": 1, "b": 2, "c": 3} {"a": 1, "b": 2, "c": 3}`, "", ""},
		{"a style", "body { color: red } https://example.org/a", "", "https://example.org/a"},
		{"a word that only begins so", "eyJust.a.word", "", ""},
		{"nothing", "", "", ""},
		{"no host", "https:// and ://x and :// ", "", ""},
	}
	for _, test := range tests {
		found, other := Find(test.text)
		if got := strings.Join(found, "|"); got != test.want || other != test.other {
			t.Errorf("%s: %q and %q, want %q and %q", test.name, got, other, test.want, test.other)
		}
	}
}

func FuzzFind(f *testing.F) {
	f.Add("See https://www.credly.com/badges/1, and eyJ.a.b <a href=\"openid:x://\">")
	f.Fuzz(func(t *testing.T, text string) {
		found, _ := Find(text)
		for _, one := range found {
			if one == "" || len(one) > len(text) {
				t.Errorf("%q", one)
			}
		}
	})
}
