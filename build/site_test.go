package main

import (
	"os"
	"path/filepath"
	"regexp"
	"sort"
	"strings"
	"testing"

	"github.com/sealcheck/sealcheck/site/locales"
)

// prefixes of keys that the page puts together from what a report says.
var composed = []string{"page.sample.", "page.kind.", "page.fact.", "page.refused.", "page.next.", "page.counted.", "page.several.", "page.finish."}

func TestPageWords(t *testing.T) {
	used := map[string]string{}
	literal := regexp.MustCompile(`['"{\x60](page\.[a-z_.]*[a-z_])['"}\x60]`)
	for _, pattern := range []string{"*.js", "*.html"} {
		files, err := filepath.Glob(filepath.Join("..", source, pattern))
		if err != nil || len(files) == 0 {
			t.Fatalf("%s: %d files, %v", pattern, len(files), err)
		}
		for _, file := range files {
			data, err := os.ReadFile(file)
			if err != nil {
				t.Fatal(err)
			}
			for _, found := range literal.FindAllStringSubmatch(string(data), -1) {
				used[found[1]] = filepath.Base(file)
			}
		}
	}
	for key, file := range used {
		if !locales.Has(key) && !locales.Has(key+".other") {
			t.Errorf("%s says %s, which en.json does not have", file, key)
		}
	}
	for _, key := range locales.Keys(locales.English) {
		if !strings.HasPrefix(key, "page.") || used[key] != "" || hasAnyPrefix(key, composed) {
			continue
		}
		t.Errorf("%s is said nowhere", key)
	}
}

func hasAnyPrefix(text string, prefixes []string) bool {
	for _, prefix := range prefixes {
		if strings.HasPrefix(text, prefix) {
			return true
		}
	}
	return false
}

func TestFillWords(t *testing.T) {
	words := map[string]string{"page.a": `<&"> {page.b}`, "page.b": "b"}
	got, err := fillWords([]byte(`<p title="{page.a}">{page.b} {other}</p>`), words)
	if want := `<p title="&lt;&amp;&#34;&gt; {page.b}">b {other}</p>`; err != nil || string(got) != want {
		t.Errorf("%s, %v", got, err)
	}
	if _, err := fillWords([]byte(`{page.c}`), words); err == nil || !strings.Contains(err.Error(), "page.c") {
		t.Errorf("a missing word gives %v", err)
	}
	got, err = fillWords([]byte(`{build.policy}`), nil)
	if err != nil || !strings.Contains(string(got), "require-trusted-types-for &#39;script&#39;") {
		t.Errorf("%s, %v", got, err)
	}
}

func TestForPage(t *testing.T) {
	got, err := forPage([]byte(`{"page.a":"a","cmd.b":"b","code.c":"c"}`))
	if err != nil || string(got) != `{"code.c":"c","page.a":"a"}` {
		t.Errorf("%s, %v", got, err)
	}
}

func TestListed(t *testing.T) {
	for raw, want := range map[string]string{`"a"`: "a", `["a","b"]`: "a,b", `null`: "", ``: "", `""`: "", `[]`: ""} {
		if got := strings.Join(listed([]byte(raw)), ","); got != want {
			t.Errorf("%s: %q, want %q", raw, got, want)
		}
	}
}

// A page that runs strings as code, or takes markup from them, is not ours.
func TestNoMarkupFromStrings(t *testing.T) {
	forbidden := regexp.MustCompile(`innerHTML|outerHTML|insertAdjacentHTML|document\.write|\beval\(|new Function|createContextualFragment|srcdoc|DOMParser|setHTML`)
	storage := regexp.MustCompile(`localStorage|sessionStorage|indexedDB|document\.cookie`)
	files, _ := filepath.Glob(filepath.Join("..", source, "*.js"))
	for _, file := range files {
		data, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		for _, pattern := range []*regexp.Regexp{forbidden, storage} {
			if found := pattern.Find(data); found != nil {
				t.Errorf("%s uses %s", file, found)
			}
		}
		asks := strings.Count(string(data), "fetch(")
		allowed := map[string]int{"network.js": 1, "samples.js": 1, "verify.js": 1, "words.js": 1}[filepath.Base(file)]
		if asks > allowed {
			t.Errorf("%s fetches %d times; only network.js asks other hosts", file, asks)
		}
	}
}

func TestHeaders(t *testing.T) {
	var names []string
	for _, h := range headersFor("index.html") {
		names = append(names, h.name)
	}
	sort.Strings(names)
	for _, want := range []string{"Content-Security-Policy", "Cross-Origin-Opener-Policy", "Permissions-Policy", "Referrer-Policy", "X-Content-Type-Options"} {
		if i := sort.SearchStrings(names, want); i == len(names) || names[i] != want {
			t.Errorf("%s is not sent", want)
		}
	}
	if policy := headersFor("worker.js")[0].value; strings.Contains(policy, "connect-src") || !strings.HasPrefix(policy, "default-src 'none'") {
		t.Errorf("the worker may connect: %s", policy)
	}
	if policy := headersFor("index.html")[0].value; !strings.Contains(policy, "frame-ancestors 'none'") {
		t.Errorf("the page may be framed: %s", policy)
	}
}
