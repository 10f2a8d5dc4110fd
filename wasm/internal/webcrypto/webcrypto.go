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
	Start(public any, hash crypto.Hash, data, value []byte) (wait func() bool)
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
	return &host{subtle: subtle, array: array, usages: usages, door: findDoor(), schemes: map[schemeName]*scheme{}, keys: map[string]safejs.Value{}}, nil
}

// host is safe for concurrent use. It holds its lock never while it waits.
type host struct {
	subtle, array, usages safejs.Value
	door                  *door // nil where there is none

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

// Holds is Start, waited for.
func (h *host) Holds(public any, hash crypto.Hash, data, value []byte) bool {
	wait := h.Start(public, hash, data, value)
	return wait != nil && wait()
}

// Start asks the host whether value is the signature of data
// (verifier.Primitive). What it gives waits for the answer; that blocks the
// calling goroutine, never the event loop.
func (h *host) Start(public any, hash crypto.Hash, data, value []byte) (wait func() bool) {
	key, ok := describe(public, hash)
	if !ok || len(value) != key.signature || len(data) > mostData {
		return nil
	}
	if h.door != nil && key.raw != nil {
		return h.door.start(key.schemeName, key.raw, data, value, nil, "")
	}
	by := h.scheme(key.schemeName)
	if by == nil {
		return nil
	}
	h.lock.Lock()
	imported, ok := h.keys[key.id()]
	h.lock.Unlock()
	if ok {
		return h.verify(by, imported, data, value)
	}
	imports, err := h.startImport(by, key)
	if err != nil {
		return nil
	}
	return func() bool {
		imported, err := h.imported(key, imports)
		if err != nil {
			return false
		}
		verify := h.verify(by, imported, data, value)
		return verify != nil && verify()
	}
}

// StartHashed has the door hash what is signed as well (verifier.Hasher). Hosts
// without one are asked by Start.
func (h *host) StartHashed(public any, hash crypto.Hash, head, rest []byte, of crypto.Hash, value []byte) (wait func() bool) {
	key, ok := describe(public, hash)
	if !ok || len(value) != key.signature || len(rest) == 0 || len(rest) > mostData || hashes[of] == "" || h.door == nil || key.raw == nil {
		return nil
	}
	return h.door.start(key.schemeName, key.raw, head, value, rest, hashes[of])
}

func (h *host) verify(by *scheme, imported safejs.Value, data, value []byte) (wait func() bool) {
	signature, err := h.copied(value)
	if err != nil {
		return nil
	}
	signed, err := h.copied(data)
	if err != nil {
		return nil
	}
	promise, err := h.subtle.Call("verify", by.verify, imported, signature, signed)
	if err != nil {
		return nil
	}
	settled, err := h.settled(promise)
	if err != nil {
		return nil
	}
	return func() bool {
		answer := <-settled
		if answer.err != nil || answer.value.Type() != safejs.TypeBoolean {
			return false
		}
		yes, err := answer.value.Bool()
		return err == nil && yes
	}
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

// startImport has the host make a CryptoKey.
func (h *host) startImport(by *scheme, k key) (<-chan outcome, error) {
	material, err := k.material(h)
	if err != nil {
		return nil, err
	}
	promise, err := h.subtle.Call("importKey", k.format, material, by.imports, false, h.usages)
	if err != nil {
		return nil, err
	}
	return h.settled(promise)
}

// imported waits for a CryptoKey and keeps it.
func (h *host) imported(k key, imports <-chan outcome) (safejs.Value, error) {
	imported := <-imports
	h.lock.Lock()
	defer h.lock.Unlock()
	if imported.err != nil {
		// Where the host lacks an algorithm, it says so for every key.
		if errors.Is(imported.err, errUnsupported) {
			h.schemes[k.schemeName] = nil
		}
		return imported.value, imported.err
	}
	if len(h.keys) >= mostKeys {
		clear(h.keys)
	}
	h.keys[k.id()] = imported.value
	return imported.value, nil
}
