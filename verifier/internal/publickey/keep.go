package publickey

import (
	"strings"
	"sync"

	"github.com/sealcheck/sealcheck/verifier/internal/limits"
)

// kept are public keys by their texts. A key that has been decoded is the same
// for everybody and is never changed, and none is found but by its whole text.
var kept keeping

type keeping struct {
	lock sync.RWMutex
	keys map[string]any
}

// mostText is how long the text of a key may be that is kept, in bytes: one of
// BLS12-381 has 140.
const mostText = 160

// fit leaves out RSA keys, which are long and quickly read, and keys that do
// not stand in base58: those were made for one credential and do not come
// again.
func fit(text string) bool { return len(text) <= mostText && strings.HasPrefix(text, "z") }

// get gives nil for a key that is not kept.
func (k *keeping) get(text string) any {
	if !fit(text) {
		return nil
	}
	k.lock.RLock()
	defer k.lock.RUnlock()
	return k.keys[text]
}

func (k *keeping) put(text string, public any) {
	if !fit(text) {
		return
	}
	k.lock.Lock()
	defer k.lock.Unlock()
	if k.keys == nil || len(k.keys) >= limits.KeysKept {
		k.keys = map[string]any{}
	}
	k.keys[strings.Clone(text)] = public // a text may be part of a whole file
}
