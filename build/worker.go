package main

import (
	"bytes"
	"compress/gzip"
	"fmt"
	"os"
	"path"
	"path/filepath"
	"sort"
	"strings"
)

const (
	workerSource = "wasm/worker"
	workerTarget = "build/dist/worker"

	// mostWorker is what all of the worker's modules may weigh together,
	// packed, in bytes: what edge hosts accept without payment (3 MB).
	mostWorker = 3_000_000
)

// workerFiles are shipped as they were written.
var workerFiles = []string{"worker.mjs", "shim.mjs", "wrangler.jsonc", "README.md"}

// data is a folder of the worker: files that its settings name.
type data struct {
	name, from string // folder in build/dist/worker, folder in the project
}

var workerData = []data{{"trust", "site/trust"}, {"keys", ""}}

// buildWorker leaves a folder that runs under plain workerd and can be
// deployed by wrangler.
func buildWorker() error {
	if err := os.RemoveAll(workerTarget); err != nil {
		return err
	}
	if err := os.MkdirAll(workerTarget, 0o755); err != nil {
		return err
	}
	if err := compile("./wasm/worker", filepath.Join(workerTarget, wasmName), "-s -w", inlining...); err != nil {
		return err
	}
	root, err := goroot()
	if err != nil {
		return err
	}
	if err := copyFile(filepath.Join(root, "lib/wasm/wasm_exec.js"), filepath.Join(workerTarget, "wasm_exec.js")); err != nil {
		return err
	}
	for _, name := range workerFiles {
		if err := copyFile(filepath.Join(workerSource, name), filepath.Join(workerTarget, name)); err != nil {
			return err
		}
	}
	if err := writeLists(); err != nil {
		return err
	}
	return weighWorker()
}

// writeLists copies the data files and names them where the worker, and
// workerd, look for them.
func writeLists() error {
	names := map[string][]string{}
	for _, folder := range workerData {
		files, err := folder.files()
		if err != nil {
			return err
		}
		names[folder.name] = files
		for _, name := range files {
			if err := copyFile(filepath.Join(folder.from, name), filepath.Join(workerTarget, folder.name, name)); err != nil {
				return err
			}
		}
	}
	lists, modules := listing(names)
	if err := os.WriteFile(filepath.Join(workerTarget, "lists.mjs"), []byte(lists), 0o644); err != nil {
		return err
	}
	config, err := os.ReadFile(filepath.Join(workerSource, "config.capnp"))
	if err != nil {
		return err
	}
	if !bytes.Contains(config, []byte(listsMark)) {
		return fmt.Errorf("config.capnp does not say where lists and keys go")
	}
	config = bytes.Replace(config, []byte(listsMark), []byte(modules), 1)
	return os.WriteFile(filepath.Join(workerTarget, "config.capnp"), config, 0o644)
}

// listsMark is the line of config.capnp that the data files' modules replace.
const listsMark = "    # lists and keys: written by `go run ./build worker`\n"

// listing writes lists.mjs, and the lines of config.capnp that bring in what
// it imports.
func listing(names map[string][]string) (lists, modules string) {
	var imports, exports, lines strings.Builder
	for _, folder := range workerData {
		fmt.Fprintf(&exports, "\nexport const %s = [\n", folder.name)
		for i, name := range names[folder.name] {
			file := path.Join(folder.name, name)
			text := fmt.Sprintf("%s%d", folder.name, i)
			fmt.Fprintf(&imports, "import %s from './%s';\n", text, file)
			fmt.Fprintf(&lines, "    (name = %q, text = embed %q),\n", file, file)
			if folder.name == "trust" {
				text = fmt.Sprintf("{ name: '%s', text: %s }", name, text)
			}
			fmt.Fprintf(&exports, "  %s,\n", text)
		}
		exports.WriteString("];\n")
	}
	const about = "// The trust lists and keys of this worker: texts, each a file beside this one\n" +
		"// (README.md says how to add some).\n\n"
	return about + imports.String() + exports.String(), lines.String()
}

// files lists the JSON files of the folder, by name. Names go into source
// text, and are plain.
func (d data) files() ([]string, error) {
	if d.from == "" {
		return nil, nil
	}
	entries, err := os.ReadDir(d.from)
	if err != nil && !os.IsNotExist(err) {
		return nil, err
	}
	var names []string
	for _, entry := range entries {
		name := entry.Name()
		if entry.IsDir() || filepath.Ext(name) != ".json" {
			continue
		}
		if strings.Trim(strings.ToLower(name), "abcdefghijklmnopqrstuvwxyz0123456789-_.") != "" {
			return nil, fmt.Errorf("%s: not a plain name", filepath.Join(d.from, name))
		}
		names = append(names, name)
	}
	sort.Strings(names)
	return names, nil
}

func copyFile(from, to string) error {
	content, err := os.ReadFile(from)
	if err != nil {
		return err
	}
	if err := os.MkdirAll(filepath.Dir(to), 0o755); err != nil {
		return err
	}
	return os.WriteFile(to, content, 0o644)
}

// weighWorker prints what the modules weigh, packed as a host counts them,
// and fails when that is too much.
func weighWorker() error {
	var files []string
	for _, pattern := range []string{"*.wasm", "*.mjs", "*.js", "trust/*", "keys/*"} {
		found, err := filepath.Glob(filepath.Join(workerTarget, pattern))
		if err != nil {
			return err
		}
		files = append(files, found...)
	}
	sum := 0
	for _, file := range files {
		content, err := os.ReadFile(file)
		if err != nil {
			return err
		}
		var packed bytes.Buffer
		writer := gzip.NewWriter(&packed)
		if _, err := writer.Write(content); err != nil {
			return err
		}
		if err := writer.Close(); err != nil {
			return err
		}
		fmt.Printf("%-34s %10d %10d\n", file, len(content), packed.Len())
		sum += packed.Len()
	}
	fmt.Printf("%s: %d of at most %d bytes (gzip)\n", workerTarget, sum, mostWorker)
	if sum > mostWorker {
		return fmt.Errorf("the worker is too large by %d bytes", sum-mostWorker)
	}
	return nil
}
