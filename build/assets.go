package main

import (
	"bytes"
	"crypto/sha256"
	"crypto/sha512"
	"encoding/base64"
	"encoding/hex"
	"fmt"
	"path"
	"path/filepath"
	"regexp"
	"strings"

	"github.com/tdewolff/minify/v2"
)

// assetFolder holds the files that are named by their content: a browser may
// keep them for ever, and one rule of a host's configuration covers them all.
const assetFolder = "static"

// assets are the files of the site that other files of it name. One is added
// before those that name it.
type assets struct {
	m     *minify.M
	named map[string]asset // by the name that the source has for it
	open  map[string]bool  // modules whose imports are being looked at
	order []string         // names, as they were added
}

// asset is one file as shipped.
type asset struct {
	path      string // below the root
	integrity string // for the attribute of that name
	bytes     int
}

func newAssets(m *minify.M) *assets {
	return &assets{m: m, named: map[string]asset{}, open: map[string]bool{}}
}

// add ships a file under a name that has its digest in it.
func (a *assets) add(name string, data []byte) (asset, error) {
	sum := sha256.Sum256(data)
	strong := sha512.Sum384(data)
	ending := path.Ext(name)
	shipped := asset{
		path:      path.Join(assetFolder, strings.TrimSuffix(path.Base(name), ending)+"."+hex.EncodeToString(sum[:6])+ending),
		integrity: "sha384-" + base64.StdEncoding.EncodeToString(strong[:]),
		bytes:     len(data),
	}
	a.named[name] = shipped
	a.order = append(a.order, name)
	return shipped, write(shipped.path, data)
}

func (a *assets) core(data []byte) error {
	_, err := a.add(wasmName, data)
	return err
}

func (a *assets) worker() error {
	data, err := readSource("worker.js")
	if err != nil {
		return err
	}
	if data, err = a.m.Bytes(types[".js"], data); err != nil {
		return fmt.Errorf("worker.js: %w", err)
	}
	if data, err = withRuntime(a.m, data); err != nil {
		return err
	}
	_, err = a.add("worker.js", data)
	return err
}

// reader is the worker that is started when a picture may hold a code.
func (a *assets) reader() error {
	data, err := readSource("reader.js")
	if err != nil {
		return err
	}
	if data, err = withDecoder(a.m, data); err != nil {
		return err
	}
	_, err = a.add("reader.js", data)
	return err
}

func (a *assets) locales() error {
	files, err := filepath.Glob(filepath.Join(source, "locales", "*.json"))
	if err != nil {
		return err
	}
	for _, file := range files {
		name := "locales/" + filepath.Base(file)
		data, err := readSource(name)
		if err != nil {
			return err
		}
		if data, err = forPage(data); err != nil {
			return fmt.Errorf("%s: %w", name, err)
		}
		if _, err := a.add(name, data); err != nil {
			return err
		}
	}
	return nil
}

// artefacts tells the page what it loads by itself: the core, which it runs
// only if the digest is this one; the workers; the words.
func (a *assets) artefacts() error {
	core := a.named[wasmName]
	var words strings.Builder
	for _, name := range a.order {
		if language, found := strings.CutPrefix(name, "locales/"); found {
			fmt.Fprintf(&words, "%q:%q,", strings.TrimSuffix(language, ".json"), a.named[name].path)
		}
	}
	_, err := a.add("artefacts.js", fmt.Appendf(nil, "export const core={path:%q,integrity:%q,bytes:%d},worker=%q,reader=%q,locales={%s};\n",
		core.path, core.integrity, core.bytes, a.named["worker.js"].path, a.named["reader.js"].path, words.String()))
	return err
}

func (a *assets) styles() error {
	data, err := readSource("styles.css")
	if err != nil {
		return err
	}
	if data, err = a.m.Bytes(types[".css"], data); err != nil {
		return fmt.Errorf("styles.css: %w", err)
	}
	_, err = a.add("styles.css", data)
	return err
}

func (a *assets) icon() error {
	data, err := readSource("icon.svg")
	if err != nil {
		return err
	}
	if data, err = a.m.Bytes(types[".svg"], data); err != nil {
		return fmt.Errorf("icon.svg: %w", err)
	}
	return write("icon.svg", data)
}

var imported = regexp.MustCompile(`"\./([a-z]+\.js)"|'\./([a-z]+\.js)'`)

// module ships a module after those that it imports, whose names it then
// says as they are shipped.
func (a *assets) module(name string) (asset, error) {
	if shipped, done := a.named[name]; done {
		return shipped, nil
	}
	if a.open[name] {
		return asset{}, fmt.Errorf("%s imports itself, over others", name)
	}
	a.open[name] = true
	data, err := readSource(name)
	if err != nil {
		return asset{}, err
	}
	if data, err = a.m.Bytes(types[".js"], data); err != nil {
		return asset{}, fmt.Errorf("%s: %w", name, err)
	}
	var failed error
	data = imported.ReplaceAllFunc(data, func(found []byte) []byte {
		other, err := a.module(string(found[3 : len(found)-1]))
		if err != nil {
			failed = err
			return found
		}
		return []byte(`"./` + path.Base(other.path) + `"`)
	})
	if failed != nil {
		return asset{}, failed
	}
	return a.add(name, data)
}

var (
	styleLink  = []byte(`<link rel="stylesheet" href="styles.css">`)
	mainScript = []byte(`<script type="module" src="main.js"></script>`)
)

// page ships a page: with its words, and with the digest of everything that it
// loads. All modules are named in it, so that none waits for another to be
// read, and so that a browser takes none that was changed.
func (a *assets) page(name string, words map[string]string) error {
	data, err := readSource(name)
	if err != nil {
		return err
	}
	if data, err = fillWords(data, words); err != nil {
		return fmt.Errorf("%s: %w", name, err)
	}
	main, err := a.module("main.js")
	if err != nil {
		return err
	}
	styles := a.named["styles.css"]
	var scripts strings.Builder
	for _, other := range a.order {
		if shipped := a.named[other]; path.Ext(other) == ".js" && other != "main.js" && other != "worker.js" && other != "reader.js" {
			fmt.Fprintf(&scripts, "\n"+`<link rel="modulepreload" href="%s" integrity="%s">`, shipped.path, shipped.integrity)
		}
	}
	// After them: what asks for a module first says what it must be.
	fmt.Fprintf(&scripts, "\n"+`<script type="module" src="%s" integrity="%s"></script>`, main.path, main.integrity)
	for _, swap := range []struct{ from, to []byte }{
		{styleLink, fmt.Appendf(nil, `<link rel="stylesheet" href="%s" integrity="%s">`, styles.path, styles.integrity)},
		{mainScript, []byte(scripts.String())},
	} {
		if bytes.Count(data, swap.from) != 1 {
			return fmt.Errorf("%s has not exactly one %s", name, swap.from)
		}
		data = bytes.Replace(data, swap.from, swap.to, 1)
	}
	if data, err = a.m.Bytes(types[".html"], data); err != nil {
		return fmt.Errorf("%s: %w", name, err)
	}
	return write(name, data)
}

// complete says whether everything that was written for the site is shipped.
func (a *assets) complete() error {
	files, err := filepath.Glob(filepath.Join(source, "*"))
	if err != nil {
		return err
	}
	for _, file := range files {
		name := filepath.Base(file)
		_, shipped := a.named[name]
		if ending := path.Ext(name); ending != "" && ending != ".html" && name != "icon.svg" && !shipped {
			return fmt.Errorf("%s is used by nothing", file)
		}
	}
	return nil
}
