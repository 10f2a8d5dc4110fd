package member

import (
	"strings"
	"testing"

	"github.com/sealcheck/sealcheck/verifier/internal/strictjson"
)

func parse(t testing.TB, text string) strictjson.Value {
	t.Helper()
	value, err := strictjson.Parse([]byte(text))
	if err != nil {
		t.Fatal(err)
	}
	return value
}

func TestEntries(t *testing.T) {
	object := parse(t, `{"a":1,"b":[1,[2],null],"n":null,"x/y~z":"v","e":[]}`)
	for name, want := range map[string]string{
		"a": "/r/a=1", "b": "/r/b/0=1 /r/b/1=[2] /r/b/2=null", "n": "", "x/y~z": `/r/x~1y~0z="v"`, "e": "", "missing": "",
	} {
		var got []string
		for _, entry := range Entries(object, "/r", name) {
			got = append(got, entry.Path+"="+string(entry.Value.Append(nil)))
		}
		if strings.Join(got, " ") != want {
			t.Errorf("%s: %q, want %q", name, got, want)
		}
	}
	if value, ok := Get(object, "n"); ok || value.Kind() != strictjson.Absent {
		t.Error("null is there")
	}
	if _, ok := Get(parse(t, `[]`), "a"); ok {
		t.Error("an array has members")
	}
}

func TestTexts(t *testing.T) {
	for text, want := range map[string]string{`"a"`: "a", `["a",1,"b",["c"],null,""]`: "a b ", `{"a":"b"}`: "", `1`: ""} {
		if got := strings.Join(Texts(parse(t, text)), " "); got != want {
			t.Errorf("%s: %q, want %q", text, got, want)
		}
	}
}
