package main

import (
	"fmt"
	"net"
	"net/http"
	"os"
	"path"
	"path/filepath"
	"strings"
	"time"
)

// serve serves the built site on this machine alone, with the headers that a
// host should send.
func serve() error {
	port := os.Getenv("PORT")
	if port == "" {
		port = "8080"
	}
	listener, err := net.Listen("tcp", net.JoinHostPort("localhost", port))
	if err != nil {
		return fmt.Errorf("%w (set PORT to use another)", err)
	}
	fmt.Printf("http://localhost:%d/\n", listener.Addr().(*net.TCPAddr).Port)
	server := &http.Server{Handler: http.HandlerFunc(handle), ReadHeaderTimeout: 10 * time.Second}
	return server.Serve(listener)
}

// mime says what a file is; what is not here is not served.
var mime = map[string]string{
	".html":   "text/html; charset=utf-8",
	".css":    "text/css; charset=utf-8",
	".js":     "text/javascript; charset=utf-8",
	".json":   "application/json; charset=utf-8",
	".jsonld": "application/ld+json; charset=utf-8",
	".jwt":    "text/plain; charset=utf-8",
	".txt":    "text/plain; charset=utf-8",
	".pdf":    "application/pdf",
	".png":    "image/png",
	".svg":    "image/svg+xml",
	".wasm":   "application/wasm",
	".gz":     "application/gzip", // asked for by name, where a host does not compress
}

func handle(w http.ResponseWriter, r *http.Request) {
	if r.Method != http.MethodGet && r.Method != http.MethodHead {
		http.Error(w, "only GET and HEAD", http.StatusMethodNotAllowed)
		return
	}
	name := strings.TrimPrefix(path.Clean(r.URL.Path), "/")
	if name == "" {
		name = "index.html"
	}
	kind, known := mime[path.Ext(name)]
	if !known || !filepath.IsLocal(name) {
		http.NotFound(w, r)
		return
	}
	file, encoding := choose(filepath.Join(target, filepath.FromSlash(name)), r.Header.Get("Accept-Encoding"))
	data, err := os.Open(file)
	if err != nil {
		http.NotFound(w, r)
		return
	}
	defer data.Close()
	info, err := data.Stat()
	if err != nil || info.IsDir() {
		http.NotFound(w, r)
		return
	}
	for _, h := range headersFor("/" + strings.TrimPrefix(path.Clean(r.URL.Path), "/")) {
		w.Header().Set(h.name, h.value)
	}
	w.Header().Set("Content-Type", kind)
	w.Header().Set("Vary", "Accept-Encoding")
	if encoding != "" {
		w.Header().Set("Content-Encoding", encoding)
	}
	http.ServeContent(w, r, "", info.ModTime(), data)
}

// choose gives the compressed file beside a file, if the browser takes it and
// it is not older.
func choose(file, accepted string) (string, string) {
	plain, err := os.Stat(file)
	if err != nil {
		return file, ""
	}
	for _, way := range []struct{ ending, encoding string }{{".br", "br"}, {".gz", "gzip"}} {
		packed, err := os.Stat(file + way.ending)
		if err == nil && !packed.ModTime().Before(plain.ModTime()) && strings.Contains(accepted, way.encoding) {
			return file + way.ending, way.encoding
		}
	}
	return file, ""
}
