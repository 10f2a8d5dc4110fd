package main

import (
	"crypto/sha256"
	"encoding/json"
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"sort"
	"strings"
	"testing"

	"github.com/sealcheck/sealcheck/site/locales"
)

// prefixes of keys that the page puts together from what a report says.
var composed = []string{"page.sample.", "page.kind.", "page.fact.", "page.refused.", "page.role.", "page.next.", "page.counted.", "page.several.", "page.finish.", "page.group.", "page.failed.", "page.offer_use.", "page.wanted_files.", "page.too_many.", "page.files.",
	"page.addresses.", "page.evidence_from.", "page.learns.", "page.list_where_files.", "page.more_addresses.", "page.code_from.", "page.codes.", "page.looking.", "page.search.", "page.standing.", "page.telling.", "page.telling_shows."}

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
		// count() chooses between the forms of a number by itself.
		base, _ := strings.CutSuffix(key, ".one")
		base, _ = strings.CutSuffix(base, ".other")
		if !strings.HasPrefix(key, "page.") || used[key] != "" || used[base] != "" || hasAnyPrefix(key, composed) {
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
			if pattern == storage && filepath.Base(file) == "settings.js" {
				continue // one setting, if the person changes it
			}
			if found := pattern.Find(data); found != nil {
				t.Errorf("%s uses %s", file, found)
			}
		}
		asks := strings.Count(string(data), "fetch(")
		allowed := map[string]int{"network.js": 2, "core.js": 4, "samples.js": 1, "words.js": 1}[filepath.Base(file)]
		if asks > allowed {
			t.Errorf("%s fetches %d times; only network.js asks other hosts", file, asks)
		}
	}
}

func TestHeaders(t *testing.T) {
	var names []string
	for _, h := range headersFor("/") {
		names = append(names, h.name)
	}
	sort.Strings(names)
	for _, want := range []string{"Content-Security-Policy", "Cross-Origin-Opener-Policy", "Permissions-Policy", "Referrer-Policy", "X-Content-Type-Options"} {
		if i := sort.SearchStrings(names, want); i == len(names) || names[i] != want {
			t.Errorf("%s is not sent", want)
		}
	}
	if policy := policyOf("/static/worker.0123.js"); strings.Contains(policy, "connect-src") || !strings.HasPrefix(policy, "default-src 'none'") {
		t.Errorf("the worker may connect: %s", policy)
	}
	if policy := policyOf("/"); !strings.Contains(policy, "frame-ancestors 'none'") {
		t.Errorf("the page may be framed: %s", policy)
	}
}

func policyOf(path string) string {
	for _, h := range headersFor(path) {
		if h.name == "Content-Security-Policy" {
			return h.value
		}
	}
	return ""
}

// No two rules of one path may name the same header: hosts differ in what
// they make of it.
func TestRulesDoNotMeet(t *testing.T) {
	for _, path := range []string{"/", "/index.html", "/icon.svg", "/samples/good.json", "/static/main.0123.js", "/nothing"} {
		seen := map[string]bool{}
		for _, h := range headersFor(path) {
			if seen[h.name] {
				t.Errorf("%s: %s twice", path, h.name)
			}
			seen[h.name] = true
		}
		if !seen["X-Content-Type-Options"] {
			t.Errorf("%s: no header of every file", path)
		}
	}
}

// Every host's form says every header of the one table.
func TestHosting(t *testing.T) {
	for name, form := range map[string]func() ([]byte, error){"_headers": netlify, "vercel.json": vercel, ".htaccess": apache, "nginx.conf": nginx} {
		text, err := form()
		if err != nil {
			t.Fatal(err)
		}
		for _, r := range rules {
			for _, h := range r.headers {
				if !strings.Contains(string(text), h.name) || !strings.Contains(string(text), h.value) {
					t.Errorf("%s does not say %s: %s", name, h.name, h.value)
				}
			}
		}
		if name == "vercel.json" && !json.Valid(text) {
			t.Errorf("%s: not JSON", text)
		}
	}
	for path, pattern := range map[string]string{"/sub/index.html": "/index.html", "/sub/static/a.js": "/static/*", "/sub/": "/"} {
		if !regexp.MustCompile(apachePattern(pattern)).MatchString(path) {
			t.Errorf("%s is not matched by %s", path, apachePattern(pattern))
		}
	}
}

// What tdewolff/minify does to each kind of file, exactly: without it, or with
// a file that goes around it, this fails.
func TestMinify(t *testing.T) {
	m := minifier()
	for kind, c := range map[string]struct{ from, to string }{
		".html": {"<!doctype html>\n<p class=\"a\">one   two</p>\n<!-- said to nobody -->\n", `<!doctype html><p class="a">one two</p>`},
		".css":  {"a { color: #ff0000; margin: 0px }  /* red */\n", "a{color:red;margin:0}"},
		".js":   {"// why\nfunction add(first, second) {\n  return first + second;\n}\nexport { add };\n", "function add(e,t){return e+t}export{add}"},
		".svg":  {"<svg xmlns=\"http://www.w3.org/2000/svg\">\n  <!-- x -->\n  <path d=\"M 0 0 L 10 10\"/>\n</svg>", `<svg xmlns="http://www.w3.org/2000/svg"><path d="M0 0 10 10"/></svg>`},
		".json": {"{ \"a\" : 1.0 }", `{"a":1.0}`},
	} {
		got, err := m.String(types[kind], c.from)
		if err != nil || got != c.to {
			t.Errorf("%s: %s, %v", kind, got, err)
		}
	}
}

// Two modules become one script in which nothing of theirs is named but what
// is asked for; what is not understood is no script.
func TestJoin(t *testing.T) {
	first := "const one = 1;\nexport function two() { return 2; }\nexport { one as _one, three };\nconst three = 3;\nexport default two;\n"
	got, err := join([]byte(first), []byte("import { _one as one, three, } from './index.js';\nexport const sum = one + three;\nexport default sum;\n"), "sum")
	want := "const sum = (({ _one: one, three, }) => {\n\nconst sum = one + three;\n\n\nreturn sum;\n})((() => {\nconst one = 1;\nfunction two() { return 2; }\n\nconst three = 3;\n\n\nreturn { _one: one, three };\n})());\n"
	if err != nil || string(got) != want {
		t.Errorf("%q, %v", got, err)
	}
	for _, second := range []string{"export const a = 1;", "import { b } from './index.js';\nimport c from './other.js';", "import { b } from './index.js';\nexport * from './other.js';"} {
		if got, err := join([]byte(first), []byte(second), "a"); err == nil {
			t.Errorf("%s: %s", second, got)
		}
	}
}

// The core handles JavaScript values by safejs alone: what throws is an error
// and never the end of the runtime.
func TestSafejsInTheCore(t *testing.T) {
	command := exec.Command("go", "list", "-f", "{{join .Imports \"\\n\"}}", "../wasm/browser", "../wasm/internal/jsfetch")
	command.Env = append(os.Environ(), "GOOS=js", "GOARCH=wasm", "CGO_ENABLED=0")
	out, err := command.Output()
	if err != nil {
		t.Fatal(err)
	}
	if n := strings.Count(string(out), "github.com/hack-pad/safejs\n"); n != 2 {
		t.Errorf("safejs is imported by %d of 2 packages", n)
	}
	if strings.Contains(string(out), "syscall/js") {
		t.Error("syscall/js is imported, past safejs")
	}
}

// The same tree at two places gives the same bytes.
func TestDeterministic(t *testing.T) {
	if testing.Short() {
		t.Skip("builds everything twice")
	}
	var sites [2]map[string][32]byte
	for i := range sites {
		root := filepath.Join(t.TempDir(), strings.Repeat("deeper/", i), "tree")
		for _, name := range []string{"go.mod", "go.sum", "site", "testdata", "verifier", "wasm", "build"} {
			copyTree(t, filepath.Join("..", name), filepath.Join(root, name))
		}
		copyTree(t, filepath.Join("..", npmPage, "qr"), filepath.Join(root, npmPage, "qr"))
		for _, verb := range []string{"wasm", "site"} {
			command := exec.Command("go", "run", "./build", verb)
			command.Dir = root
			if out, err := command.CombinedOutput(); err != nil {
				t.Fatalf("%s: %v\n%s", verb, err, out)
			}
		}
		sites[i] = digests(t, filepath.Join(root, target))
	}
	if len(sites[0]) < 60 || len(sites[0]) != len(sites[1]) {
		t.Errorf("%d and %d files", len(sites[0]), len(sites[1]))
	}
	for name, sum := range sites[0] {
		if sites[1][name] != sum {
			t.Errorf("%s differs", name)
		}
	}
}

func copyTree(t *testing.T, from, to string) {
	t.Helper()
	err := filepath.WalkDir(from, func(path string, entry fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		if entry.IsDir() {
			if entry.Name() == "node_modules" {
				return fs.SkipDir
			}
			return nil
		}
		name, _ := filepath.Rel(from, path)
		return copyFile(path, filepath.Join(to, name))
	})
	if err != nil {
		t.Fatal(err)
	}
}

func digests(t *testing.T, root string) map[string][32]byte {
	t.Helper()
	all := map[string][32]byte{}
	err := filepath.WalkDir(root, func(path string, entry fs.DirEntry, err error) error {
		if err != nil || entry.IsDir() {
			return err
		}
		data, err := os.ReadFile(path)
		name, _ := filepath.Rel(root, path)
		all[name] = sha256.Sum256(data)
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return all
}
