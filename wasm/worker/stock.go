//go:build js && wasm && stock

// Command worker, the way the library's own template has it: one Go instance
// for each request. Only build/e2e/worker.bench.js builds this, to compare.
package main

import (
	"syscall/js"

	"github.com/syumai/workers"
)

func main() {
	read, err := readSettings([]byte(js.Global().Get("context").Get("env").Get("SETTINGS").String()))
	if err != nil {
		panic(err)
	}
	service, err := read.service(nil, nil)
	if err != nil {
		panic(err)
	}
	workers.Serve(service)
}
