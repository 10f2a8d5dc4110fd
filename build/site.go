package main

import (
	"bytes"
	"crypto/sha256"
	"encoding/base64"
	"encoding/json"
	"errors"
	"fmt"
	"html"
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"strings"

	"github.com/tdewolff/minify/v2"
	"github.com/tdewolff/minify/v2/css"
	minifyhtml "github.com/tdewolff/minify/v2/html"
	"github.com/tdewolff/minify/v2/js"
	minifyjson "github.com/tdewolff/minify/v2/json"
	"github.com/tdewolff/minify/v2/svg"
)

// types are the files that are minified, by the end of their names. A file of
// another kind does not belong in the site.
var types = map[string]string{
	".html": "text/html",
	".css":  "text/css",
	".js":   "text/javascript",
	".json": "application/json",
	".svg":  "image/svg+xml",
}

func minifier() *minify.M {
	m := minify.New()
	m.Add("text/html", &minifyhtml.Minifier{KeepDocumentTags: true, KeepEndTags: true, KeepQuotes: true, KeepDefaultAttrVals: true})
	m.Add("text/css", &css.Minifier{})
	m.Add("text/javascript", &js.Minifier{})
	m.Add("application/json", &minifyjson.Minifier{KeepNumbers: true})
	m.Add("image/svg+xml", &svg.Minifier{})
	return m
}

// buildSite makes everything of the site but the core, which must be there:
// its digest goes into the page, so that the page runs no other.
func buildSite() error {
	if err := sweep(); err != nil {
		return err
	}
	words, err := readWords()
	if err != nil {
		return err
	}
	m := minifier()
	err = filepath.WalkDir(source, func(path string, entry fs.DirEntry, err error) error {
		if err != nil || entry.IsDir() || strings.HasSuffix(path, ".go") {
			return err
		}
		name, err := filepath.Rel(source, path)
		if err != nil {
			return err
		}
		return ship(m, filepath.ToSlash(name), words)
	})
	if err != nil {
		return err
	}
	for _, step := range []func() error{writeArtefacts, copySamples, writeHeaders} {
		if err := step(); err != nil {
			return err
		}
	}
	return nil
}

// sweep removes what an earlier build left, all but the core.
func sweep() error {
	entries, err := os.ReadDir(target)
	if errors.Is(err, fs.ErrNotExist) {
		return fmt.Errorf("%s is not there: build wasm first", target)
	}
	if err != nil {
		return err
	}
	for _, entry := range entries {
		if entry.Name() == wasmName {
			continue
		}
		if err := os.RemoveAll(filepath.Join(target, entry.Name())); err != nil {
			return err
		}
	}
	return nil
}

// ship minifies one file into its place.
func ship(m *minify.M, name string, words map[string]string) error {
	data, err := os.ReadFile(filepath.Join(source, filepath.FromSlash(name)))
	if err != nil {
		return err
	}
	kind, known := types[filepath.Ext(name)]
	switch {
	case !known:
		return fmt.Errorf("%s/%s: not a kind of file that the site ships", source, name)
	case kind == "text/html":
		if data, err = fillWords(data, words); err != nil {
			return fmt.Errorf("%s: %w", name, err)
		}
	case strings.HasPrefix(name, "locales/"):
		if data, err = forPage(data); err != nil {
			return fmt.Errorf("%s: %w", name, err)
		}
	case kind == "application/json":
		return write(name, data) // data that has a digest stays as it is
	}
	if data, err = m.Bytes(kind, data); err != nil {
		return fmt.Errorf("%s: %w", name, err)
	}
	if name == "worker.js" {
		if data, err = withRuntime(m, data); err != nil {
			return err
		}
	}
	return write(name, data)
}

func write(name string, data []byte) error {
	to := filepath.Join(target, filepath.FromSlash(name))
	if err := os.MkdirAll(filepath.Dir(to), 0o755); err != nil {
		return err
	}
	return os.WriteFile(to, data, 0o644)
}

// withRuntime puts Go's own loader before the worker, in one file: a worker
// that imports nothing needs no leave to. Its licence asks that the notice
// stays.
func withRuntime(m *minify.M, worker []byte) ([]byte, error) {
	root, err := goroot()
	if err != nil {
		return nil, err
	}
	data, err := os.ReadFile(filepath.Join(root, "lib", "wasm", "wasm_exec.js"))
	if err != nil {
		return nil, err
	}
	if data, err = m.Bytes("text/javascript", data); err != nil {
		return nil, fmt.Errorf("wasm_exec.js: %w", err)
	}
	const notice = "/* Copyright 2018 The Go Authors. All rights reserved. BSD-style license: https://go.dev/LICENSE */\n"
	return bytes.Join([][]byte{[]byte(notice), data, []byte(";\n"), worker}, nil), nil
}

// readWords reads the English texts.
func readWords() (map[string]string, error) {
	data, err := os.ReadFile(filepath.Join(source, "locales", "en.json"))
	if err != nil {
		return nil, err
	}
	words := map[string]string{}
	if err := json.Unmarshal(data, &words); err != nil {
		return nil, fmt.Errorf("locales/en.json: %w", err)
	}
	return words, nil
}

var gap = regexp.MustCompile(`\{(page|build)\.[a-z_.]+\}`)

// fillWords puts the words into a page, so that it can be read before any
// script runs, and without one.
func fillWords(data []byte, words map[string]string) ([]byte, error) {
	var missing []string
	data = gap.ReplaceAllFunc(data, func(found []byte) []byte {
		key := string(found[1 : len(found)-1])
		text, known := words[key]
		if key == "build.policy" {
			text, known = contentPolicy, true
		}
		if !known {
			missing = append(missing, key)
		}
		return []byte(html.EscapeString(text))
	})
	if len(missing) > 0 {
		return nil, fmt.Errorf("locales/en.json has no %s", strings.Join(missing, ", "))
	}
	return data, nil
}

// forPage leaves out the words that only the command says.
func forPage(data []byte) ([]byte, error) {
	words := map[string]string{}
	if err := json.Unmarshal(data, &words); err != nil {
		return nil, err
	}
	for key := range words {
		if strings.HasPrefix(key, "cmd.") {
			delete(words, key)
		}
	}
	return json.Marshal(words)
}

// writeArtefacts tells the page what it may run: the core by its digest.
func writeArtefacts() error {
	data, err := os.ReadFile(filepath.Join(target, wasmName))
	if err != nil {
		return fmt.Errorf("build wasm first: %w", err)
	}
	sum := sha256.Sum256(data)
	return write("artefacts.js", fmt.Appendf(nil, "export const wasm={path:%q,integrity:%q,bytes:%d};\n",
		wasmName, "sha256-"+base64.StdEncoding.EncodeToString(sum[:]), len(data)))
}

// copySamples copies the samples that the index names, and their lists, byte
// for byte: they are signed.
func copySamples() error {
	const from = "testdata/samples"
	data, err := os.ReadFile(from + "/index.json")
	if err != nil {
		return err
	}
	var index struct {
		Samples []struct {
			ID    string          `json:"id"`
			File  string          `json:"file"`
			Trust json.RawMessage `json:"trust,omitempty"`
			At    string          `json:"at,omitempty"`
		} `json:"samples"`
	}
	if err := json.Unmarshal(data, &index); err != nil {
		return fmt.Errorf("%s/index.json: %w", from, err)
	}
	shipped := make([]map[string]any, 0, len(index.Samples))
	for _, sample := range index.Samples {
		file, err := copySample(from, sample.File)
		if err != nil {
			return err
		}
		lists := []string{}
		for _, list := range listed(sample.Trust) {
			name, err := copySample(from, list)
			if err != nil {
				return err
			}
			lists = append(lists, name)
		}
		entry := map[string]any{"id": sample.ID, "file": file, "trust": lists}
		if sample.At != "" {
			entry["at"] = sample.At
		}
		shipped = append(shipped, entry)
	}
	out, err := json.Marshal(map[string]any{"samples": shipped})
	if err != nil {
		return err
	}
	return write("samples/index.json", out)
}

// listed reads one name or several.
func listed(raw json.RawMessage) []string {
	var many []string
	if json.Unmarshal(raw, &many) == nil {
		return many
	}
	var one string
	if json.Unmarshal(raw, &one) == nil && one != "" {
		return []string{one}
	}
	return nil
}

// copySample finds a file beside the index or below testdata.
func copySample(from, name string) (string, error) {
	for _, path := range []string{filepath.Join(from, name), filepath.Join("testdata", name)} {
		data, err := os.ReadFile(path)
		if errors.Is(err, fs.ErrNotExist) {
			continue
		}
		if err != nil {
			return "", err
		}
		short := filepath.Base(name)
		return short, write("samples/"+short, data)
	}
	return "", fmt.Errorf("%s/index.json names %s, which is not there", from, name)
}
