package main

import "strings"

// pagePolicy is what the page may do. It stands in the page itself, for
// hosts that send no headers. connect-src admits https because an issuer's
// key may lie anywhere: which host is asked is for the person to say
// (network.js), and only the page can ask, never the worker.
var pagePolicy = strings.Join([]string{
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

// partPolicy is sent with everything that is no page. It matters to the
// worker, which has the policy it was sent with and needs nothing but to run
// the module that it is handed; other files it keeps from being more than
// data when they are opened by themselves.
const partPolicy = "default-src 'none'; script-src 'wasm-unsafe-eval'; require-trusted-types-for 'script'; trusted-types 'none'"

// header is one header that the site is served with.
type header struct{ name, value string }

// rule is the headers of one place: a path below the root, or all paths below
// one where it ends in /*.
type rule struct {
	path    string
	headers []header
}

// rules are the one table from which the dev server and every host's file of
// headers are made. No two rules that match one path name the same header:
// hosts differ in what they make of that.
var rules = []rule{
	{"/*", []header{
		{"Cross-Origin-Opener-Policy", "same-origin"},
		{"Cross-Origin-Resource-Policy", "same-origin"},
		{"Permissions-Policy", "camera=(self), microphone=(), geolocation=(), payment=(), usb=()"},
		{"Referrer-Policy", "no-referrer"},
		{"X-Content-Type-Options", "nosniff"},
		{"X-Frame-Options", "DENY"},
	}},
	// Framing can only be forbidden by header.
	{"/", []header{{"Content-Security-Policy", pagePolicy + "; frame-ancestors 'none'"}, {"Cache-Control", "no-cache"}}},
	{"/index.html", []header{{"Content-Security-Policy", pagePolicy + "; frame-ancestors 'none'"}, {"Cache-Control", "no-cache"}}},
	{"/icon.svg", []header{{"Content-Security-Policy", partPolicy}, {"Cache-Control", "no-cache"}}},
	{"/samples/*", []header{{"Content-Security-Policy", partPolicy}, {"Cache-Control", "no-cache"}}},
	{"/" + assetFolder + "/*", []header{{"Content-Security-Policy", partPolicy}, {"Cache-Control", "public, max-age=31536000, immutable"}}},
}

// covers says whether a rule is for a path, which begins with a slash.
func (r rule) covers(path string) bool {
	if below, all := strings.CutSuffix(r.path, "*"); all {
		return strings.HasPrefix(path, below)
	}
	return path == r.path
}

// headersFor are the headers of one file, by its path.
func headersFor(path string) []header {
	var all []header
	for _, r := range rules {
		if r.covers(path) {
			all = append(all, r.headers...)
		}
	}
	return all
}
