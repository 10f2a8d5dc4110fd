package main

import (
	"encoding/json"
	"fmt"
	"regexp"
	"strings"
)

// writeHosting leaves the table of headers in the forms that common hosts
// read. A host takes the one that it knows; the others are harmless.
func writeHosting() error {
	for _, form := range []struct {
		name string
		text func() ([]byte, error)
	}{
		{"_headers", netlify},
		{"vercel.json", vercel},
		{".htaccess", apache},
		{"nginx.conf", nginx},
	} {
		text, err := form.text()
		if err != nil {
			return err
		}
		if err := write(form.name, text); err != nil {
			return err
		}
	}
	return nil
}

// netlify is the form of Netlify, Cloudflare Pages and others.
func netlify() ([]byte, error) {
	var text strings.Builder
	for _, r := range rules {
		fmt.Fprintln(&text, r.path)
		for _, h := range r.headers {
			fmt.Fprintf(&text, "  %s: %s\n", h.name, h.value)
		}
	}
	return []byte(text.String()), nil
}

func vercel() ([]byte, error) {
	type pair struct {
		Key   string `json:"key"`
		Value string `json:"value"`
	}
	type entry struct {
		Source  string `json:"source"`
		Headers []pair `json:"headers"`
	}
	var all []entry
	for _, r := range rules {
		e := entry{Source: strings.Replace(r.path, "*", "(.*)", 1)}
		for _, h := range r.headers {
			e.Headers = append(e.Headers, pair{h.name, h.value})
		}
		all = append(all, e)
	}
	var text strings.Builder
	encoder := json.NewEncoder(&text)
	encoder.SetEscapeHTML(false)
	encoder.SetIndent("", " ")
	err := encoder.Encode(map[string]any{"headers": all})
	return []byte(text.String()), err
}

// apache works in any folder: a pattern is of the end of the address.
func apache() ([]byte, error) {
	var text strings.Builder
	text.WriteString("AddType application/wasm .wasm\nAddType text/javascript .js\n" +
		"<IfModule mod_deflate.c>\nAddOutputFilterByType DEFLATE text/html text/css text/javascript application/json image/svg+xml application/wasm\n</IfModule>\n" +
		"<IfModule mod_headers.c>\n")
	for _, r := range rules {
		open, shut := "<If \"%{REQUEST_URI} =~ m#"+apachePattern(r.path)+"#\">\n", "</If>\n"
		if r.path == "/*" {
			open, shut = "", ""
		}
		text.WriteString(open)
		for _, h := range r.headers {
			fmt.Fprintf(&text, "Header always set %s \"%s\"\n", h.name, h.value)
		}
		text.WriteString(shut)
	}
	text.WriteString("</IfModule>\n")
	return []byte(text.String()), nil
}

// apachePattern matches the end of an address, whatever folder the site is in.
func apachePattern(path string) string {
	if below, all := strings.CutSuffix(path, "*"); all {
		return regexp.QuoteMeta(below)
	}
	return regexp.QuoteMeta(path) + "$"
}

// nginx is a snippet for a server block whose root is the site.
func nginx() ([]byte, error) {
	var text strings.Builder
	text.WriteString("# Include this in a server block whose root is this folder. brotli_static\n# needs the brotli module; without it, gzip_static alone will do.\n" +
		"gzip_static on;\n# brotli_static on;\ntypes {\n    text/html html;\n    text/css css;\n    text/javascript js;\n    application/json json;\n" +
		"    application/ld+json jsonld;\n    image/svg+xml svg;\n    application/wasm wasm;\n    text/plain jwt txt;\n}\ncharset utf-8;\n")
	for _, r := range rules {
		if r.path == "/*" {
			continue
		}
		where := "= " + r.path
		if below, all := strings.CutSuffix(r.path, "*"); all {
			where = "^~ " + below
		}
		fmt.Fprintf(&text, "location %s {\n", where)
		// A location that adds a header inherits none: each says all.
		for _, h := range headersFor(strings.TrimSuffix(r.path, "*")) {
			fmt.Fprintf(&text, "    add_header %s \"%s\" always;\n", h.name, h.value)
		}
		if r.path == "/" {
			text.WriteString("    try_files /index.html =404;\n")
		}
		text.WriteString("}\n")
	}
	return []byte(text.String()), nil
}
