package contexts

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/sealcheck/sealcheck/verifier/internal/strictjson"
)

func TestReadTerms(t *testing.T) {
	for name, test := range map[string]struct{ text, want string }{
		"terms": {"# address x\n=ex https://example.org/#\nid @id\nname ex~\nother ex~name\n",
			`{"@context":{"id":"@id","name":"https://example.org/#name","other":"https://example.org/#name"}}`},
		"type and container": {"=ex e:\na ex~ @id\nb ex~ - @language\nc ex~ ex~Date @set,@index\n",
			`{"@context":{"a":{"@id":"e:a","@type":"@id"},"b":{"@id":"e:b","@container":"@language"},"c":{"@id":"e:c","@type":"e:Date","@container":["@set","@index"]}}}`},
		"scoped": {"@protected\nA e:A\n\t@vocab e:\n\tb e:b @id\n\t\tc e:c\n\td e:d\nE e:E\n",
			`{"@context":{"@protected":true,"A":{"@id":"e:A","@context":{"@vocab":"e:","b":{"@id":"e:b","@type":"@id","@context":{"c":"e:c"}},"d":"e:d"}},"E":"e:E"}}`},
		"a scoped context at the end": {"A e:A\n\tb e:b", `{"@context":{"A":{"@id":"e:A","@context":{"b":"e:b"}}}}`},
		"a whole prefix":              {"=ex e:\nex e:\nf ex:f\n", `{"@context":{"ex":"e:","f":"ex:f"}}`},
	} {
		got, err := readTerms(test.text)
		if err != nil {
			t.Errorf("%s: %v", name, err)
		} else if text := string(got.Append(nil)); text != test.want {
			t.Errorf("%s:\n got %s\nwant %s", name, text, test.want)
		}
	}
}

func TestReadTermsErrors(t *testing.T) {
	for name, text := range map[string]string{
		"no IRI":               "name\n",
		"an empty line":        "a e:a\n\nb e:b\n",
		"too many fields":      "a e:a @id @set more\n",
		"no such abbreviation": "a ex~\n",
		"no IRI for it":        "=ex\n",
		"twice":                "a e:a\na e:b\n",
		"too deep":             "a e:a\n\t\tb e:b\n",
		"deep at the start":    "\ta e:a\n",
		"an unknown type":      "a e:a ex~Date\n",
	} {
		if got, err := readTerms(text); err == nil {
			t.Errorf("%s: read as %s", name, got.Append(nil))
		}
	}
	var deep strings.Builder
	for i := range 3 * maxDepth {
		deep.WriteString(strings.Repeat("\t", i) + "a e:a\n")
	}
	if _, err := readTerms(deep.String()); err == nil {
		t.Error("any depth is read")
	}
}

// FuzzReadTerms: what is read is JSON, and the same when read again.
func FuzzReadTerms(f *testing.F) {
	files, _ := filepath.Glob("data/*.terms")
	for _, name := range files {
		if data, err := os.ReadFile(name); err == nil {
			f.Add(string(data))
		}
	}
	f.Fuzz(func(t *testing.T, text string) {
		got, err := readTerms(text)
		if err != nil {
			return
		}
		again, err := readTerms(text)
		if err != nil || !again.Equal(got) {
			t.Error("another one the second time")
		}
		if got.At("@context").Kind() != strictjson.Object {
			t.Error("no context")
		}
	})
}
