// Command build makes what is shipped from what is written. Run it in the
// project's root:
//
//	go run ./build wasm     the core for the browser
//	go run ./build site     the site around that core, minified and packed, into build/dist/site
//	go run ./build worker   the edge worker, into build/dist/worker
//	go run ./build serve    serves build/dist/site on localhost, with production headers
//	go run ./build size     how large all that is, compressed and by package
package main

import (
	"fmt"
	"os"
	"strings"
)

const (
	source = "site"            // as written by hand
	target = "build/dist/site" // as shipped
	scraps = ".cache"          // what is made on the way
)

var verbs = []struct {
	name string
	run  func() error
}{
	{"wasm", buildWasm},
	{"site", buildSite},
	{"worker", buildWorker},
	{"serve", serve},
	{"size", size},
}

func main() {
	if _, err := os.Stat("go.mod"); err != nil {
		fail(fmt.Errorf("run this in the project's root"))
	}
	var names []string
	for _, verb := range verbs {
		names = append(names, verb.name)
		if len(os.Args) == 2 && os.Args[1] == verb.name {
			if err := verb.run(); err != nil {
				fail(err)
			}
			return
		}
	}
	fail(fmt.Errorf("say one of: %s", strings.Join(names, ", ")))
}

func fail(err error) {
	fmt.Fprintln(os.Stderr, "build:", err)
	os.Exit(1)
}
