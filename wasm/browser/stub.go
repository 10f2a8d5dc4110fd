//go:build !js

// Command browser is the verification core for a page; it can only be built
// for js/wasm. This stub keeps `go build ./...` and `go vet ./...` whole on
// every other platform.
package main

import (
	"fmt"
	"os"
)

func main() {
	fmt.Fprintln(os.Stderr, "browser: build this with GOOS=js GOARCH=wasm (go run ./build wasm)")
	os.Exit(2)
}
