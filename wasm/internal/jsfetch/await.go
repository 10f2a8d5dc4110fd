//go:build js && wasm

package jsfetch

import (
	"errors"

	"github.com/hack-pad/safejs"
)

// errRejected is what a promise that was rejected without a readable reason
// gives.
var errRejected = errors.New("the host's function failed")

// Await blocks the calling goroutine, never the event loop, until a promise
// is settled. A value that is no promise is given back as it is. There is no
// deadline here: the host, which owns the clock, must settle what it returns.
func Await(value safejs.Value) (safejs.Value, error) {
	if value.Type() != safejs.TypeObject {
		return value, nil
	}
	if then, err := value.Get("then"); err != nil || then.Type() != safejs.TypeFunction {
		return value, nil
	}

	type outcome struct {
		value safejs.Value
		err   error
	}
	settled := make(chan outcome, 2) // room for both, so that neither callback ever blocks the event loop
	kept, err := safejs.FuncOf(func(_ safejs.Value, args []safejs.Value) any {
		settled <- outcome{value: first(args)}
		return nil
	})
	if err != nil {
		return safejs.Undefined(), err
	}
	defer kept.Release()
	broken, err := safejs.FuncOf(func(_ safejs.Value, args []safejs.Value) any {
		settled <- outcome{err: reason(first(args))}
		return nil
	})
	if err != nil {
		return safejs.Undefined(), err
	}
	defer broken.Release()

	if _, err := value.Call("then", kept.Value(), broken.Value()); err != nil {
		return safejs.Undefined(), err
	}
	result := <-settled
	return result.value, result.err
}

func first(args []safejs.Value) safejs.Value {
	if len(args) == 0 {
		return safejs.Undefined()
	}
	return args[0]
}

// reason turns what a promise was rejected with into an error.
func reason(value safejs.Value) error {
	if value.Type() == safejs.TypeObject {
		if message, err := value.Get("message"); err == nil && message.Type() == safejs.TypeString {
			value = message
		}
	}
	if value.Type() != safejs.TypeString {
		return errRejected
	}
	text, err := value.String()
	if err != nil || text == "" {
		return errRejected
	}
	return errors.New(text)
}
