package jsonld

import (
	"strings"
	"testing"

	"github.com/sealcheck/sealcheck/verifier/internal/strictjson"
)

// TestResolve has the examples of RFC 3986 section 5.4, and paths that the
// section leaves to the reader.
func TestResolve(t *testing.T) {
	const base = "http://a/b/c/d;p?q"
	for _, test := range [][3]string{
		{base, "g:h", "g:h"}, {base, "g", "http://a/b/c/g"}, {base, "./g", "http://a/b/c/g"}, {base, "g/", "http://a/b/c/g/"},
		{base, "/g", "http://a/g"}, {base, "//g", "http://g"}, {base, "?y", "http://a/b/c/d;p?y"}, {base, "g?y", "http://a/b/c/g?y"},
		{base, "#s", "http://a/b/c/d;p?q#s"}, {base, "g#s", "http://a/b/c/g#s"}, {base, "g?y#s", "http://a/b/c/g?y#s"},
		{base, ";x", "http://a/b/c/;x"}, {base, "g;x?y#s", "http://a/b/c/g;x?y#s"}, {base, "", "http://a/b/c/d;p?q"},
		{base, ".", "http://a/b/c/"}, {base, "./", "http://a/b/c/"}, {base, "..", "http://a/b/"}, {base, "../", "http://a/b/"},
		{base, "../g", "http://a/b/g"}, {base, "../..", "http://a/"}, {base, "../../", "http://a/"}, {base, "../../g", "http://a/g"},
		{base, "../../../g", "http://a/g"}, {base, "/./g", "http://a/g"}, {base, "/../g", "http://a/g"}, {base, "g.", "http://a/b/c/g."},
		{base, ".g", "http://a/b/c/.g"}, {base, "g..", "http://a/b/c/g.."}, {base, "./../g", "http://a/b/g"}, {base, "./g/.", "http://a/b/c/g/"},
		{base, "g/./h", "http://a/b/c/g/h"}, {base, "g/../h", "http://a/b/c/h"}, {base, "g;x=1/../y", "http://a/b/c/y"},
		{base, "g?y/../x", "http://a/b/c/g?y/../x"}, {base, "g#s/../x", "http://a/b/c/g#s/../x"},
		{"http://a", "g", "http://a/g"}, {"http://a?q", "g", "http://a/g"}, {"", "g", "g"}, {"tag:a", "g", "tag:g"}, {"tag:a/b", "../g", "tag:g"},
	} {
		if got := new(budget).resolve(test[0], test[1]); got != test[2] {
			t.Errorf("%s over %s is %s, want %s", test[1], test[0], got, test[2])
		}
	}
}

func TestWellFormedLanguage(t *testing.T) {
	for tag, want := range map[string]bool{
		"de": true, "de-CH": true, "zh-Hant-TW": true, "x-klingon": true, "en-x-a1": true, "de-1996": true,
		"": false, "-": false, "de-": false, "-de": false, "de--CH": false, "de_CH": false, "d1": false, "germanlang": false, "de-123456789": false, "ü": false,
	} {
		if wellFormedLanguage(tag) != want {
			t.Errorf("%q is %v", tag, !want)
		}
	}
}

// TestNumber: the forms were made with jsonld.js, but for the small ones,
// which it takes for integers.
func TestNumber(t *testing.T) {
	for _, test := range []struct{ literal, datatype, text, own string }{
		{"0", "", "0", "integer"}, {"-0", "", "0", "integer"}, {"-0.0", "", "0", "integer"}, {"7", "", "7", "integer"}, {"-7", "", "-7", "integer"},
		{"7.0", "", "7", "integer"}, {"1e2", "", "100", "integer"}, {"10E-1", "", "1", "integer"}, {"999999999999999", "", "999999999999999", "integer"},
		{"9007199254740993", "", "9007199254740992", "integer"}, {"123456789012345678901", "", "123456789012345683968", "integer"},
		{"1e20", "", "100000000000000000000", "integer"}, {"999999999999999900000", "", "999999999999999868928", "integer"},
		{"1e21", "", "1.0E21", "double"}, {"-1e21", "", "-1.0E21", "double"}, {"7", "double", "7.0E0", "double"}, {"0", "double", "0.0E0", "double"},
		{"-0", "double", "0.0E0", "double"}, {"0.1", "", "1.0E-1", "double"}, {"5.5", "", "5.5E0", "double"}, {"-150377.65", "", "-1.5037765E5", "double"},
		{"333333333.33333329", "", "3.333333333333333E8", "double"}, {"0.30000000000000004", "", "3.0E-1", "double"},
		{"9.9999999999999999e-5", "", "1.0E-4", "double"}, {"0.99999999999999994", "", "9.999999999999999E-1", "double"},
		{"2251799813685248.5", "", "2.251799813685249E15", "double"}, {"-2251799813685249.5", "", "-2.25179981368525E15", "double"},
		{"1.7976931348623157e308", "", "1.797693134862316E308", "double"}, {"5e-324", "", "4.940656458412465E-324", "double"}, {"1e-7", "", "1.0E-7", "double"},
	} {
		value, err := strictjson.Parse([]byte(test.literal))
		if err != nil {
			t.Fatal(err)
		}
		datatype := ""
		if test.datatype != "" {
			datatype = xsdDouble
		}
		text, own := number(&value, datatype)
		if text != test.text || !strings.HasSuffix(own, "#"+test.own) {
			t.Errorf("%s is %s %s, want %s %s", test.literal, text, own, test.text, test.own)
		}
	}
}
