//go:build js && wasm

// Command browser is the verification core for a page: loaded in a Web
// Worker, it gives the worker's global one function,
//
//	verify(bytes, options) -> Promise<string>
//
// which resolves to the report as JSON. It holds no verification logic. Whoever
// runs it by door.js, as the page does, gets the same function, faster.
package main

import (
	"context"
	"errors"
	"fmt"
	"runtime/debug"

	"github.com/hack-pad/safejs"

	"github.com/sealcheck/sealcheck/wasm/internal/jsfetch"
)

func main() {
	// A verification leaves little that lives on: collecting less often makes
	// a large file a tenth faster and costs some 10 MB.
	debug.SetGCPercent(400)
	if err := expose("verify", verify); err != nil {
		panic(err) // nothing works without it; the worker reports the message
	}
	warmUp()
	select {} // the runtime must stay for the calls to come
}

// verify reads the arguments on the event loop and does the work elsewhere:
// the event loop must stay free for the network's answers.
func verify(args []safejs.Value) (string, error) {
	if len(args) == 0 {
		return "", errors.New("verify: no bytes given")
	}
	file, err := fileBytes(args[0])
	if err != nil {
		return "", fmt.Errorf("verify: %w", err)
	}
	options := safejs.Undefined()
	if len(args) > 1 {
		options = args[1]
	}
	read, err := readOptions(options)
	if err != nil {
		return "", fmt.Errorf("verify: %w", err)
	}
	v, ctx, err := verifierFor(context.Background(), read)
	if err != nil {
		return "", err
	}
	keep(read)
	return string(v.Verify(ctx, file).Append(nil)), nil
}

// mostBytes is where copying a file stops. The core reads less, and says so of
// any larger file; this only keeps a wrong argument from filling the memory.
const mostBytes = 64 << 20

func fileBytes(value safejs.Value) ([]byte, error) {
	return jsfetch.Bytes(value, mostBytes)
}
