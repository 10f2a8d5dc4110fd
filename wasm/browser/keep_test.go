//go:build js && wasm

package main

import (
	"encoding/json"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/hack-pad/safejs"
)

func data(t testing.TB, name string) string {
	t.Helper()
	content, err := os.ReadFile(filepath.Join("../../testdata", name))
	if err != nil {
		t.Fatal(err)
	}
	return string(content)
}

// evaluate gives the value of a JavaScript expression, with texts as texts[i].
func evaluate(t testing.TB, source string, texts ...string) safejs.Value {
	t.Helper()
	constructor, err := safejs.Global().Get("Function")
	if err != nil {
		t.Fatal(err)
	}
	function, err := constructor.New("...texts", "return ("+source+")")
	if err != nil {
		t.Fatal(err)
	}
	arguments := make([]any, len(texts))
	for i, text := range texts {
		arguments[i] = text
	}
	value, err := function.Invoke(arguments...)
	if err != nil {
		t.Fatal(err)
	}
	return value
}

func bytesOf(t testing.TB, text string) safejs.Value {
	return evaluate(t, "new TextEncoder().encode(texts[0])", text)
}

// asking is a set of options, made anew each time that it is used.
type asking struct {
	name, source string
	texts        []string
	expect       string // headline
}

const at = `at: "2026-06-15T12:00:00Z"`

func askings(t testing.TB) []asking {
	list, document := data(t, "trust/main.json"), data(t, "network/web/01.json")
	right, wrong := data(t, "keys/given/university-ed25519.json"), data(t, "keys/given/wrong-ed25519.json")
	elsewhere := strings.ReplaceAll(list, "university.example", "universitz.example")
	if elsewhere == list || !strings.Contains(document, "#ed25519") {
		t.Fatal("the test data have changed")
	}
	const (
		trust  = `trust: [{name: "main.json", text: texts[0]}]`
		answer = `fetch: async () => ({status: 200, contentType: "application/json", body: new TextEncoder().encode(texts[1])})`
		online = `online: true, hosts: ["university.example"], ` + answer
	)
	return []asking{
		{"nothing", `undefined`, nil, "incomplete"},
		{"a list", `{` + at + `, ` + trust + `}`, []string{list}, "incomplete"},
		{"a host", `{` + at + `, ` + online + `}`, []string{"", document}, "unlisted"},
		{"a list and a host", `{` + at + `, ` + trust + `, ` + online + `}`, []string{list, document}, "verified"},
		{"a host that may not be asked", `{` + at + `, ` + trust + `, online: true, hosts: ["other.example"], ` + answer + `}`, []string{list, document}, "incomplete"},
		{"no host that may be asked", `{` + at + `, ` + trust + `, online: true, ` + answer + `}`, []string{list, document}, "incomplete"},
		{"offline", `{` + at + `, ` + trust + `, online: false, hosts: ["university.example"], ` + answer + `}`, []string{list, document}, "incomplete"},
		{"no way to ask", `{` + at + `, ` + trust + `, online: true, hosts: ["university.example"]}`, []string{list}, "incomplete"},
		{"a host that says something else", `{` + at + `, ` + trust + `, ` + online + `}`, []string{list, `{"id":"did:web:university.example"}`}, "incomplete"},
		{"a list with another issuer", `{` + at + `, ` + trust + `, ` + online + `}`, []string{elsewhere, document}, "unlisted"},
		{"a list of another name", `{` + at + `, trust: [{name: "main2.json", text: texts[0]}], ` + online + `}`, []string{list, document}, "verified"},
		{"a list with a space", `{` + at + `, ` + trust + `, ` + online + `}`, []string{list + " ", document}, "verified"},
		{"a list that did not load", `{` + at + `, trust: [{name: "main.json", error: "gone"}], ` + online + `}`, []string{"", document}, "incomplete"},
		{"a list that did not load, with a text", `{` + at + `, trust: [{name: "main.json", text: texts[0], error: "gone"}], ` + online + `}`, []string{list, document}, "incomplete"},
		{"two lists", `{` + at + `, trust: [{name: "main.json", text: texts[0]}, {name: "b.json", text: texts[2]}], ` + online + `}`, []string{list, document, elsewhere}, "verified"},
		{"two lists in another order", `{` + at + `, trust: [{name: "b.json", text: texts[2]}, {name: "main.json", text: texts[0]}], ` + online + `}`, []string{list, document, elsewhere}, "verified"},
		{"the right key", `{` + at + `, ` + trust + `, given: [texts[1]]}`, []string{list, right}, "unlisted"},
		{"the right key in bytes", `{` + at + `, ` + trust + `, given: [new TextEncoder().encode(texts[1])]}`, []string{list, right}, "unlisted"},
		{"the wrong key", `{` + at + `, ` + trust + `, given: [texts[1]]}`, []string{list, wrong}, "mismatch"},
		{"the wrong key in bytes", `{` + at + `, ` + trust + `, given: [new TextEncoder().encode(texts[1])]}`, []string{list, wrong}, "mismatch"},
		{"both keys", `{` + at + `, ` + trust + `, given: [texts[1], texts[2]]}`, []string{list, wrong, right}, "unlisted"},
		{"a policy", `{` + at + `, ` + trust + `, given: [texts[1]], policy: "accept-unlisted"}`, []string{list, right}, "unlisted"},
		{"another time", `{at: "2016-06-15T12:00:00Z", ` + trust + `, ` + online + `}`, []string{list, document}, "not_yet_valid"},
	}
}

func (a asking) ask(t testing.TB, file safejs.Value) string {
	t.Helper()
	text, err := verify([]safejs.Value{file, evaluate(t, a.source, a.texts...)})
	if err != nil {
		t.Fatalf("%s: %v", a.name, err)
	}
	if a.source == "undefined" { // judged at whichever instant it is
		text = text[:strings.Index(text, `"at":`)] + text[strings.Index(text, `"sha256":`):]
	}
	return text
}

// Whatever was asked before, an answer is that of a verifier made for it.
func TestKeptIsExact(t *testing.T) {
	file := bytesOf(t, data(t, "credentials/did-web-ed25519.jwt"))
	all := askings(t)
	fresh := make([]string, len(all))
	for i, a := range all {
		kept.verifier = nil
		fresh[i] = a.ask(t, file)
		var report struct{ Headline string }
		if err := json.Unmarshal([]byte(fresh[i]), &report); err != nil || report.Headline != a.expect {
			t.Errorf("%s: %q, %v", a.name, report.Headline, err)
		}
	}
	for i, before := range all {
		for j, after := range all {
			if before.ask(t, file) != fresh[i] {
				t.Errorf("%s: another answer", before.name)
			}
			if after.ask(t, file) != fresh[j] {
				t.Errorf("%s, after %s: another answer", after.name, before.name)
			}
		}
	}
}

// What is the same by value is kept; what is not is made anew.
func TestKeptIsKept(t *testing.T) {
	file := bytesOf(t, data(t, "credentials/did-web-ed25519.jwt"))
	list, right := data(t, "trust/main.json"), data(t, "keys/given/university-ed25519.json")
	ask := func(source string, texts ...string) any {
		t.Helper()
		asking{"", source, texts, ""}.ask(t, file)
		return kept.verifier
	}
	const both = `{` + at + `, trust: [{name: "main.json", text: texts[0]}], given: [texts[1], new TextEncoder().encode(texts[1])]`
	first := ask(both+`}`, list, right)
	for about, source := range map[string]string{
		"the same":       both + `}`,
		"another text":   strings.Replace(both, "texts[0]", "texts[0].slice(0, 1) + texts[0].slice(1)", 1) + `}`,
		"another policy": both + `, policy: "accept-unlisted"}`,
		"other hosts":    both + `, online: true, hosts: ["a.example"], fetch: async () => {}}`,
		"another time":   strings.Replace(both, "2026", "2025", 1) + `}`,
	} {
		if ask(source, list, right) != first {
			t.Errorf("%s: not kept", about)
		}
	}
	for about, source := range map[string]string{
		"one character": strings.Replace(both, "texts[0]", `texts[0].replace("Example", "example")`, 1) + `}`,
		"a name":        strings.Replace(both, "main.json", "Main.json", 1) + `}`,
		"no key":        strings.Replace(both, "texts[1], new TextEncoder().encode(texts[1])", "", 1) + `}`,
		"one key":       strings.Replace(both, "texts[1], new", "new", 1) + `}`,
		"no list":       strings.Replace(both, "trust", "mistrust", 1) + `}`,
	} {
		if ask(source, list, right) == first {
			t.Errorf("%s: kept", about)
		}
		first = ask(both+`}`, list, right)
	}
}

// A configuration that is refused is refused whatever was kept, and leaves
// nothing behind.
func TestKeptIsNotBroken(t *testing.T) {
	file := bytesOf(t, data(t, "credentials/did-web-ed25519.jwt"))
	good := askings(t)[3]
	want := good.ask(t, file)
	for _, source := range []string{
		`{given: ["no key"]}`, `{given: [new Uint8Array(3)]}`, `{given: [1]}`, `{given: {}}`,
		`{trust: [{name: "a", text: 1}]}`, `{trust: [{name: 1}]}`, `{trust: ["a"]}`, `{trust: "a"}`, `{trust: [null]}`,
		`{policy: "unknown"}`, `{policy: "{}x"}`, `{policy: 1}`, `{at: "today"}`, `{hosts: [1]}`, `{online: 1}`, `1`,
	} {
		for range 2 {
			if text, err := verify([]safejs.Value{file, evaluate(t, source)}); err == nil {
				t.Errorf("%s: %s", source, text)
			}
		}
		if good.ask(t, file) != want {
			t.Errorf("after %s: another answer", source)
		}
	}
}

// Two calls that overlap go each by its own lists and hosts.
func TestKeptWhileAnotherWaits(t *testing.T) {
	file := bytesOf(t, data(t, "credentials/did-web-ed25519.jwt"))
	list, document := data(t, "trust/main.json"), data(t, "network/web/01.json")
	all := askings(t)
	slow := evaluate(t, `(() => { const o = {`+at+`, trust: [{name: "main.json", text: texts[0]}], online: true, hosts: ["university.example"],
		fetch: () => { o.asked = true; return new Promise((resolve) => { o.go = () => resolve({status: 200, body: new TextEncoder().encode(texts[1])}); }) } }; return o; })()`, list, document)
	done := make(chan string)
	go func() {
		text, err := verify([]safejs.Value{file, slow})
		if err != nil {
			text = err.Error()
		}
		done <- text
	}()
	for {
		if asked, err := slow.Get("asked"); err == nil && !asked.IsUndefined() {
			break
		}
		evaluateSoon(t)
	}
	for _, a := range []asking{all[2], all[4], all[6], all[9], all[18]} {
		if text := a.ask(t, file); !strings.Contains(text, `"headline":"`+a.expect+`"`) {
			t.Errorf("%s, meanwhile: %s", a.name, text)
		}
	}
	if _, err := slow.Call("go"); err != nil {
		t.Fatal(err)
	}
	if text := <-done; !strings.Contains(text, `"headline":"verified"`) {
		t.Errorf("the one that waited: %s", text)
	}
}

// evaluateSoon lets others run.
func evaluateSoon(t *testing.T) {
	t.Helper()
	ready := make(chan struct{}, 1)
	function, err := safejs.FuncOf(func(safejs.Value, []safejs.Value) any {
		ready <- struct{}{}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	defer function.Release()
	if _, err := safejs.Global().Call("setTimeout", function.Value(), 0); err != nil {
		t.Fatal(err)
	}
	<-ready
}

func BenchmarkVerify(b *testing.B) {
	for _, name := range []string{"vc-jwt-es256.jwt", "vc-jwt-eddsa.jwt"} {
		file := bytesOf(b, data(b, "credentials/"+name))
		a := asking{"", `{` + at + `, trust: [{name: "main.json", text: texts[0]}]}`, []string{data(b, "trust/main.json")}, ""}
		options := evaluate(b, a.source, a.texts...)
		for _, anew := range []bool{false, true} {
			b.Run(name+map[bool]string{true: "/anew", false: "/kept"}[anew], func(b *testing.B) {
				for range b.N {
					if anew {
						kept.verifier = nil
					}
					if _, err := verify([]safejs.Value{file, options}); err != nil {
						b.Fatal(err)
					}
				}
			})
		}
	}
}
