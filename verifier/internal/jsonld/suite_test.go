package jsonld

import (
	"crypto"
	"encoding/json"
	"errors"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/sealcheck/sealcheck/verifier/internal/rdf"
	"github.com/sealcheck/sealcheck/verifier/internal/rdfc"
	"github.com/sealcheck/sealcheck/verifier/internal/strictjson"
)

const vectors = "../../../../shared/vectors/"

// read reads a third-party file; where there are none the test is skipped.
func read(t testing.TB, name string) []byte {
	t.Helper()
	data, err := os.ReadFile(filepath.Join(vectors, name))
	if err != nil {
		if _, ci := os.LookupEnv("CI"); ci {
			t.Fatal(err)
		}
		t.Skip("third-party file is not here: ", err)
	}
	return data
}

func parse(t testing.TB, text string) strictjson.Value {
	t.Helper()
	value, err := strictjson.Parse([]byte(text))
	if err != nil {
		t.Fatalf("%v in %.500s", err, text)
	}
	return value
}

// notOurs lists the W3C's tests that are not run, each with its class:
// "1.0" is for JSON-LD 1.0 only, "generalized" asks for RDF that is none.
// Tests of HTML are in no manifest that is run.
var notOurs = map[string]string{
	"expand#t0026": "1.0", "expand#t0038": "1.0", "expand#t0071": "1.0", "expand#t0115": "1.0",
	"expand#t0116": "1.0", "expand#ter02": "1.0", "expand#ter03": "1.0", "expand#ter24": "1.0",
	"expand#ter32": "1.0",
	"toRdf#te014":  "1.0", "toRdf#te026": "1.0", "toRdf#te038": "1.0", "toRdf#te071": "1.0",
	"toRdf#te115": "1.0", "toRdf#te116": "1.0", "toRdf#ter02": "1.0", "toRdf#ter03": "1.0",
	"toRdf#ter24": "1.0", "toRdf#ter32": "1.0",
	"toRdf#t0118": "generalized", "toRdf#te075": "generalized",
}

// suiteTest is an entry of a manifest.
type suiteTest struct {
	ID     string   `json:"@id"`
	Type   []string `json:"@type"`
	Input  string
	Expect string
	Error  string `json:"expectErrorCode"`
	Option struct {
		Base           string
		ExpandContext  string
		ProcessingMode string
		SpecVersion    string
		RDFDirection   string
		Generalized    bool `json:"produceGeneralizedRdf"`
	}
}

// TestSuite runs the W3C's tests of expansion and of toRDF.
func TestSuite(t *testing.T) {
	const folder = "json-ld-api/tests/"
	skipped := 0
	for _, name := range []string{"expand", "toRdf"} {
		var manifest struct {
			BaseIri  string
			Sequence []suiteTest
		}
		if err := json.Unmarshal(read(t, folder+name+"-manifest.jsonld"), &manifest); err != nil {
			t.Fatal(err)
		}
		library := NewLibrary(func(address string) []strictjson.Value {
			file, ok := strings.CutPrefix(address, manifest.BaseIri)
			if !ok {
				return nil
			}
			data, err := os.ReadFile(filepath.Join(vectors, folder, file))
			if err != nil {
				return nil
			}
			value, err := strictjson.Parse(data)
			if err != nil {
				return nil
			}
			return []strictjson.Value{value}
		})
		for _, test := range manifest.Sequence {
			id := name + test.ID
			if class, ok := notOurs[id]; ok {
				if (class == "1.0") != (test.Option.SpecVersion == "json-ld-1.0" && !test.Option.Generalized) ||
					(class == "generalized") != test.Option.Generalized {
					t.Errorf("%s is not of class %s", id, class)
				}
				skipped++
				continue
			}
			t.Run(id, func(t *testing.T) {
				o := Options{
					Base: manifest.BaseIri + test.Input, Direction: test.Option.RDFDirection,
					Legacy: test.Option.ProcessingMode == "json-ld-1.0",
				}
				if test.Option.Base != "" {
					o.Base = test.Option.Base
				}
				if file := test.Option.ExpandContext; file != "" {
					o.Context = parse(t, string(read(t, folder+file)))
				}
				document := withNUL(t, read(t, folder+test.Input))
				expanded, err := library.Expand(document, o)
				var quads []rdf.Quad
				if err == nil && name == "toRdf" {
					quads, err = expanded.Quads()
				}
				if test.Error != "" {
					var broken *Error
					if !errors.As(err, &broken) || broken.Name != test.Error {
						t.Fatalf("error %v, want %s", err, test.Error)
					}
					return
				}
				if err != nil {
					t.Fatal(err)
				}
				switch {
				case slices.Contains(test.Type, "jld:PositiveSyntaxTest"):
				case name == "toRdf":
					want, err := rdf.Parse(read(t, folder+test.Expect))
					if err != nil {
						t.Fatal(err)
					}
					if got, want := canonical(t, quads), canonical(t, want); got != want {
						t.Errorf("got\n%swant\n%s", got, want)
					}
				default:
					want := parse(t, string(read(t, folder+test.Expect)))
					if got := expanded.JSON(); !sameJSON(got, want, false) {
						t.Errorf("got\n%s\nwant\n%s", got.Append(nil), want.Append(nil))
					}
				}
			})
		}
	}
	if skipped != len(notOurs) {
		t.Errorf("%d tests are listed as not ours, %d were met", len(notOurs), skipped)
	}
}

// withNUL parses a text that may have U+0000 in it, which our reader refuses
// (T7) and two of the tests are about.
func withNUL(t testing.TB, data []byte) strictjson.Value {
	t.Helper()
	const instead = "\ue000"
	return mapTexts(parse(t, strings.ReplaceAll(string(data), `\u0000`, instead)), func(text string) string {
		return strings.ReplaceAll(text, instead, "\x00")
	})
}

func mapTexts(value strictjson.Value, change func(string) string) strictjson.Value {
	switch value.Kind() {
	case strictjson.String:
		return strictjson.NewString(change(value.Text()))
	case strictjson.Array:
		items := slices.Clone(value.Items())
		for i := range items {
			items[i] = mapTexts(items[i], change)
		}
		return strictjson.NewArray(items)
	case strictjson.Object:
		members := slices.Clone(value.Members())
		for i := range members {
			members[i].Value = mapTexts(members[i].Value, change)
		}
		return strictjson.NewObject(members)
	}
	return value
}

func canonical(t testing.TB, quads []rdf.Quad) string {
	t.Helper()
	form, err := rdfc.Canonicalize(quads, crypto.SHA256)
	if err != nil {
		t.Fatal(err)
	}
	return strings.Join(form.Lines, "")
}

// sameJSON is the comparison that the suite asks for: arrays in any order, but
// for lists.
func sameJSON(a, b strictjson.Value, ordered bool) bool {
	if a.Kind() != b.Kind() {
		return false
	}
	switch a.Kind() {
	case strictjson.Array:
		if len(a.Items()) != len(b.Items()) {
			return false
		}
		rest := slices.Clone(b.Items())
		for i, item := range a.Items() {
			at := 0
			if !ordered {
				at = slices.IndexFunc(rest, func(other strictjson.Value) bool { return sameJSON(item, other, false) })
			}
			if at < 0 || !sameJSON(item, rest[at], false) {
				return false
			}
			rest = slices.Delete(rest, at, at+1)
			_ = i
		}
		return true
	case strictjson.Object:
		if len(a.Members()) != len(b.Members()) {
			return false
		}
		for _, m := range a.Members() {
			other, ok := b.Get(m.Key)
			if !ok || !sameJSON(m.Value, other, m.Key == "@list") {
				return false
			}
		}
		return true
	}
	return a.Equal(b)
}
