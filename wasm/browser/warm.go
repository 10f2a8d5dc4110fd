//go:build js && wasm

package main

import (
	"context"
	_ "embed"
	"time"

	"github.com/hack-pad/safejs"

	"github.com/sealcheck/sealcheck/verifier"
)

// Two credentials of the test data: a token, and one whose meaning is signed.
var (
	//go:embed warm.jwt
	warmToken []byte
	//go:embed warm.json
	warmBadge []byte
)

// warmUp verifies them for nothing once the worker has said that it is ready,
// each in a task of its own. The first file takes ten times as long as the
// next, since the browser compiles what it runs when it first does; so this is
// done while the person still looks for it. Nobody but a page's worker has such
// a while.
func warmUp() {
	if scope, err := safejs.Global().Get("WorkerGlobalScope"); err != nil || scope.IsUndefined() {
		return
	}
	soon(func() {
		warm(warmToken)
		soon(func() { warm(warmBadge) })
	})
}

// soon runs something in the next task of the event loop, where it may wait.
func soon(do func()) {
	var function safejs.Func
	function, err := safejs.FuncOf(func(safejs.Value, []safejs.Value) any {
		function.Release()
		go do()
		return nil
	})
	if err == nil {
		_, _ = safejs.Global().Call("setTimeout", function.Value(), 0) // without, the first file is slower
	}
}

// warm keeps nothing: not the report, and not the verifier.
func warm(file []byte) []byte {
	defer func() { _ = recover() }()
	// An instant at which both are valid.
	v, err := verifier.New(verifier.Config{Now: func() time.Time { return time.Unix(1781524800, 0) }, Signatures: signatures})
	if err != nil {
		return nil
	}
	return v.Verify(context.Background(), file).Append(nil)
}
