//go:build js && wasm

package webcrypto

import (
	"crypto"
	"errors"
	"sync"

	"github.com/hack-pad/safejs"
)

// Primitive is verifier.Primitive.
type Primitive interface {
	Holds(public any, hash crypto.Hash, data, value []byte) bool
}

// Find gives the host's way to verify signatures, or nil where there is none:
// a page that did not come by https, an old runtime. Nothing is asked of it
// yet.
func Find() Primitive {
	h, err := find()
	if err != nil {
		return nil
	}
	return h
}

var errAbsent = errors.New("webcrypto: the host has none")

func find() (*host, error) {
	object, err := safejs.Global().Get("crypto")
	if err != nil || object.Type() != safejs.TypeObject {
		return nil, errAbsent
	}
	subtle, err := object.Get("subtle")
	if err != nil || subtle.Type() != safejs.TypeObject {
		return nil, errAbsent
	}
	array, err := safejs.Global().Get("Uint8Array")
	if err != nil {
		return nil, err
	}
	usages, err := safejs.ValueOf([]any{"verify"})
	if err != nil {
		return nil, err
	}
	return &host{subtle: subtle, array: array, usages: usages, schemes: map[schemeName]*scheme{}, keys: map[string]safejs.Value{}}, nil
}

// host is safe for concurrent use. It holds its lock never while it waits.
type host struct {
	subtle, array, usages safejs.Value

	lock    sync.Mutex
	schemes map[schemeName]*scheme
	keys    map[string]safejs.Value // by scheme and key, a CryptoKey each
	idle    []*waiter
}

// mostKeys is how many imported keys are kept. They are public, and found only
// by all of their bytes. Where there are more, all are let go.
const mostKeys = 64

// mostData is how much signed data is handed over. Where there is more, what
// takes time is the hash, and a copy of a file of 16 MiB would cost memory that
// an edge host may not have.
const mostData = 1 << 20

// Holds says whether the host finds that value is the signature of data
// (verifier.Primitive). It blocks the calling goroutine, never the event loop.
func (h *host) Holds(public any, hash crypto.Hash, data, value []byte) bool {
	key, ok := describe(public, hash)
	if !ok || len(value) != key.signature || len(data) > mostData {
		return false
	}
	by := h.scheme(key.schemeName)
	if by == nil {
		return false
	}
	imported, err := h.imported(by, key)
	if err != nil {
		return false
	}
	signature, err := h.copied(value)
	if err != nil {
		return false
	}
	signed, err := h.copied(data)
	if err != nil {
		return false
	}
	promise, err := h.subtle.Call("verify", by.verify, imported, signature, signed)
	if err != nil {
		return false
	}
	answer, err := h.await(promise)
	if err != nil || answer.Type() != safejs.TypeBoolean {
		return false
	}
	yes, err := answer.Bool()
	return err == nil && yes
}

// copied is a Uint8Array of its own: what the host works on while others run
// here is never written to again.
func (h *host) copied(data []byte) (safejs.Value, error) {
	array, err := h.array.New(len(data))
	if err != nil {
		return array, err
	}
	_, err = safejs.CopyBytesToJS(array, data)
	return array, err
}

// imported gives the CryptoKey for a key.
func (h *host) imported(by *scheme, k key) (safejs.Value, error) {
	h.lock.Lock()
	kept, ok := h.keys[k.id]
	h.lock.Unlock()
	if ok {
		return kept, nil
	}
	material, err := k.material(h)
	if err != nil {
		return material, err
	}
	promise, err := h.subtle.Call("importKey", k.format, material, by.imports, false, h.usages)
	if err != nil {
		return promise, err
	}
	imported, err := h.await(promise)
	if err != nil {
		// Where the host lacks an algorithm, it says so for every key.
		if errors.Is(err, errUnsupported) {
			h.lock.Lock()
			h.schemes[k.schemeName] = nil
			h.lock.Unlock()
		}
		return imported, err
	}
	h.lock.Lock()
	if len(h.keys) >= mostKeys {
		clear(h.keys)
	}
	h.keys[k.id] = imported
	h.lock.Unlock()
	return imported, nil
}
