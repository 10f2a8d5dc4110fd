//go:build !js

package main

import (
	"fmt"
	"os"
)

// Only the handler runs on other platforms, in its tests; this keeps
// `go build ./...` and `go vet ./...` whole.
func main() {
	fmt.Fprintln(os.Stderr, "worker: build this with GOOS=js GOARCH=wasm (go run ./build worker)")
	os.Exit(2)
}
