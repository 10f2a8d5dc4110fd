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

// waiter learns of one promise after another. Making functions that JavaScript
// can call costs as much as a verification, so they are kept. The host's
// promises settle once; no other may be given to a waiter.
type waiter struct {
	to           chan outcome // of the promise that it has now
	kept, broken safejs.Func
}

type outcome struct {
	value safejs.Value
	err   error
}

// settled gives what becomes of a promise. Nobody has to wait for it.
func (h *host) settled(promise safejs.Value) (<-chan outcome, error) {
	w, err := h.waiter()
	if err != nil {
		return nil, err
	}
	to := make(chan outcome, 1) // with room, so that no callback ever blocks the event loop
	w.to = to
	if _, err := promise.Call("then", w.kept.Value(), w.broken.Value()); err != nil {
		return nil, err // and w, which might still be called, is let go
	}
	return to, nil
}

func (h *host) waiter() (*waiter, error) {
	h.lock.Lock()
	defer h.lock.Unlock()
	if last := len(h.idle) - 1; last >= 0 {
		w := h.idle[last]
		h.idle = h.idle[:last]
		return w, nil
	}
	w := new(waiter)
	settle := func(o outcome) any {
		to := w.to
		h.lock.Lock()
		h.idle = append(h.idle, w)
		h.lock.Unlock()
		to <- o
		return nil
	}
	var err error
	if w.kept, err = safejs.FuncOf(func(_ safejs.Value, args []safejs.Value) any {
		return settle(outcome{value: first(args)})
	}); err != nil {
		return nil, err
	}
	if w.broken, err = safejs.FuncOf(func(_ safejs.Value, args []safejs.Value) any {
		return settle(outcome{err: reason(first(args))})
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
