package main

import (
	"bytes"
	"encoding/json"
	"fmt"
	"html"
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

// buildSite makes the site around the core, which must have been built: its
// digest goes into the page, so that the page runs no other. The same tree and
// the same tools give the same bytes, wherever the tree lies.
func buildSite() error {
	core, err := os.ReadFile(wasmBuilt)
	if err != nil {
		return fmt.Errorf("build wasm first: %w", err)
	}
	if err := os.RemoveAll(target); err != nil {
		return err
	}
	words, err := readWords()
	if err != nil {
		return err
	}
	a := newAssets(minifier())
	for _, step := range []func() error{
		func() error { return a.core(core) },
		a.worker,
		a.reader,
		a.locales,
		a.artefacts,
		a.styles,
		func() error { return a.page("index.html", words) },
		a.icon,
		a.complete,
		copySamples,
		pack,
		writeHosting,
	} {
		if err := step(); err != nil {
			return err
		}
	}
	return nil
}

func readSource(name string) ([]byte, error) {
	return os.ReadFile(filepath.Join(source, filepath.FromSlash(name)))
}

func write(name string, data []byte) error {
	to := filepath.Join(target, filepath.FromSlash(name))
	if err := os.MkdirAll(filepath.Dir(to), 0o755); err != nil {
		return err
	}
	return os.WriteFile(to, data, 0o644)
}

// doors are the parts of the core's adapters that are written in JavaScript.
var doors = []string{"wasm/internal/webcrypto/door.js", "wasm/browser/door.js"}

// withRuntime puts Go's own loader and the core's doors before the worker, in
// one file: a worker that imports nothing needs no leave to. The loader's
// licence asks that the notice stays.
func withRuntime(m *minify.M, worker []byte) ([]byte, error) {
	root, err := goroot()
	if err != nil {
		return nil, err
	}
	var data []byte
	for _, file := range append([]string{filepath.Join(root, "lib", "wasm", "wasm_exec.js")}, doors...) {
		script, err := os.ReadFile(file)
		if err != nil {
			return nil, err
		}
		if script, err = m.Bytes("text/javascript", script); err != nil {
			return nil, fmt.Errorf("%s: %w", file, err)
		}
		data = append(append(data, script...), ";\n"...)
	}
	const notice = "/* Copyright 2018 The Go Authors. All rights reserved. BSD-style license: https://go.dev/LICENSE */\n"
	return bytes.Join([][]byte{[]byte(notice), data, worker}, nil), nil
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
			text, known = pagePolicy, true
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
