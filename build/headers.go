package main

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
)

// contentPolicy is what the page may do. It stands in the page itself, for
// hosts that send no headers. connect-src admits https because an issuer's
// key may lie anywhere: which host is asked is for the person to say
// (network.js), and only the page can ask, never the worker.
var contentPolicy = strings.Join([]string{
	"default-src 'none'",
	"script-src 'self' 'wasm-unsafe-eval'",
	"style-src 'self'",
	"img-src 'self' blob: data:",
	"connect-src 'self' https:",
	"worker-src 'self'",
	"base-uri 'none'",
	"form-action 'none'",
	"require-trusted-types-for 'script'",
	"trusted-types sealcheck-worker",
}, "; ")

// header is one header that the site is served with.
type header struct{ name, value string }

// headers are sent with every file. Framing can only be forbidden by header.
var headers = []header{
	{"Content-Security-Policy", contentPolicy + "; frame-ancestors 'none'"},
	{"Cross-Origin-Opener-Policy", "same-origin"},
	{"Cross-Origin-Resource-Policy", "same-origin"},
	{"Permissions-Policy", "camera=(), microphone=(), geolocation=(), payment=(), usb=()"},
	{"Referrer-Policy", "no-referrer"},
	{"X-Content-Type-Options", "nosniff"},
	{"X-Frame-Options", "DENY"},
	{"Cache-Control", "no-cache"},
}

// workerHeaders are sent with the worker's script in place of the page's
// policy: a worker has the policy it was sent with, and this one needs
// nothing but to run the module that it is handed.
const workerPolicy = "default-src 'none'; script-src 'wasm-unsafe-eval'; require-trusted-types-for 'script'; trusted-types 'none'"

// headersFor are the headers of one file, by its path below the root.
func headersFor(path string) []header {
	all := append([]header(nil), headers...)
	if path == "worker.js" {
		all[0].value = workerPolicy
	}
	return all
}

// writeHeaders leaves the headers in the form that static hosts read
// (Netlify, Cloudflare Pages and others).
func writeHeaders() error {
	var text strings.Builder
	for _, path := range []string{"/*", "/worker.js"} {
		fmt.Fprintln(&text, path)
		for _, h := range headersFor(strings.TrimPrefix(path, "/")) {
			if path != "/*" {
				if h.name != headers[0].name {
					continue
				}
				fmt.Fprintf(&text, "  ! %s\n", h.name) // else both policies would be sent
			}
			fmt.Fprintf(&text, "  %s: %s\n", h.name, h.value)
		}
	}
	return os.WriteFile(filepath.Join(target, "_headers"), []byte(text.String()), 0o644)
}
