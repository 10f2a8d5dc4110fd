//go:build js && wasm

package webcrypto

import (
	"errors"

	"github.com/hack-pad/safejs"
)

var (
	errRejected    = errors.New("webcrypto: the host refused")
	errUnsupported = errors.New("webcrypto: the host does not have that")
)

// waiter waits for one promise after another. Making functions that JavaScript
// can call costs as much as a verification, so they are kept. The host's
// promises settle once; nothing else may be awaited by a waiter.
type waiter struct {
	settled      chan outcome
	kept, broken safejs.Func
}

type outcome struct {
	value safejs.Value
	err   error
}

// await blocks the goroutine until the promise is settled.
func (h *host) await(promise safejs.Value) (safejs.Value, error) {
	w, err := h.waiter()
	if err != nil {
		return safejs.Undefined(), err
	}
	if _, err := promise.Call("then", w.kept.Value(), w.broken.Value()); err != nil {
		return safejs.Undefined(), err // and w, which might still be called, is let go
	}
	result := <-w.settled
	h.lock.Lock()
	h.idle = append(h.idle, w)
	h.lock.Unlock()
	return result.value, result.err
}

func (h *host) waiter() (*waiter, error) {
	h.lock.Lock()
	defer h.lock.Unlock()
	if last := len(h.idle) - 1; last >= 0 {
		w := h.idle[last]
		h.idle = h.idle[:last]
		return w, nil
	}
	w := &waiter{settled: make(chan outcome, 1)} // with room, so that no callback ever blocks the event loop
	var err error
	if w.kept, err = safejs.FuncOf(func(_ safejs.Value, args []safejs.Value) any {
		w.settled <- outcome{value: first(args)}
		return nil
	}); err != nil {
		return nil, err
	}
	if w.broken, err = safejs.FuncOf(func(_ safejs.Value, args []safejs.Value) any {
		w.settled <- outcome{err: reason(first(args))}
		return nil
	}); err != nil {
		return nil, err
	}
	return w, nil
}

func first(args []safejs.Value) safejs.Value {
	if len(args) == 0 {
		return safejs.Undefined()
	}
	return args[0]
}

// reason tells whether a host lacks an algorithm, or dislikes this key.
func reason(value safejs.Value) error {
	if value.Type() != safejs.TypeObject {
		return errRejected
	}
	name, err := value.Get("name")
	if err != nil || name.Type() != safejs.TypeString {
		return errRejected
	}
	if text, err := name.String(); err != nil || text != "NotSupportedError" {
		return errRejected
	}
	return errUnsupported
}
