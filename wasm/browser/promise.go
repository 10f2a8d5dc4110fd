//go:build js && wasm

package main

import (
	"errors"
	"fmt"

	"github.com/hack-pad/safejs"

	"github.com/sealcheck/sealcheck/wasm/internal/stack"
)

// expose sets a global function that answers with a promise. A panic below it
// rejects that one promise and leaves the runtime alive.
func expose(name string, do func(args []safejs.Value) (string, error)) error {
	promise, err := safejs.Global().Get("Promise")
	if err != nil {
		return err
	}
	function, err := safejs.FuncOf(func(_ safejs.Value, args []safejs.Value) any {
		var executor safejs.Func
		executor, err := safejs.FuncOf(func(_ safejs.Value, settle []safejs.Value) any {
			if len(settle) != 2 {
				return nil
			}
			stack.Go(func() {
				defer executor.Release()
				text, err := guarded(func() (string, error) { return do(args) })
				if err != nil {
					reject(settle[1], err)
					return
				}
				_, _ = settle[0].Invoke(text) // a resolve function does not throw
			})
			return nil
		})
		if err != nil {
			return safejs.Undefined()
		}
		made, err := promise.New(executor.Value())
		if err != nil {
			return safejs.Undefined()
		}
		return made
	})
	if err != nil {
		return err
	}
	return safejs.Global().Set(name, function.Value())
}

// guarded turns a panic into an error.
func guarded[T any](do func() (T, error)) (result T, err error) {
	defer func() {
		if cause := recover(); cause != nil {
			err = fmt.Errorf("unexpected: %v", cause)
		}
	}()
	return do()
}

func reject(with safejs.Value, err error) {
	constructor, failed := safejs.Global().Get("Error")
	if failed == nil {
		var made safejs.Value
		if made, failed = constructor.New(err.Error()); failed == nil {
			_, failed = with.Invoke(made)
		}
	}
	if failed != nil {
		_, _ = with.Invoke(errors.Join(err, failed).Error())
	}
}
