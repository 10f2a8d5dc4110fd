//go:build js && wasm

package webcrypto

import (
	"crypto"
	"crypto/ecdsa"
	"crypto/ed25519"
	"crypto/rsa"
	"encoding/base64"
	"math/big"

	"github.com/hack-pad/safejs"
)

// schemeName is a kind of key together with a hash, as the host names them.
type schemeName struct {
	kind string // "Ed25519", "RSA", or a named curve
	hash string // "" for Ed25519
}

// scheme is what the host is told for all keys of a kind: two objects that it
// reads and never changes.
type scheme struct {
	imports, verify safejs.Value
}

// scheme gives nil where the host has none such.
func (h *host) scheme(name schemeName) *scheme {
	h.lock.Lock()
	defer h.lock.Unlock()
	found, known := h.schemes[name]
	if known {
		return found
	}
	var imports, verify map[string]any
	switch name.kind {
	case "Ed25519":
		imports = map[string]any{"name": "Ed25519"}
		verify = imports
	case "RSA":
		imports = map[string]any{"name": "RSASSA-PKCS1-v1_5", "hash": name.hash}
		verify = imports
	default:
		imports = map[string]any{"name": "ECDSA", "namedCurve": name.kind}
		verify = map[string]any{"name": "ECDSA", "hash": name.hash}
	}
	made := new(scheme)
	var err error
	if made.imports, err = safejs.ValueOf(imports); err != nil {
		return nil
	}
	if made.verify, err = safejs.ValueOf(verify); err != nil {
		return nil
	}
	h.schemes[name] = made
	return made
}

// key is a public key on its way to the host.
type key struct {
	schemeName
	text      string // all that distinguishes it from others of its scheme, where it has no raw form
	signature int    // how long its signatures are, in bytes
	format    string // "raw" or "jwk"
	raw       []byte // in that form, where it is "raw"
	material  func(*host) (safejs.Value, error)
}

var hashes = map[crypto.Hash]string{crypto.SHA256: "SHA-256", crypto.SHA384: "SHA-384", crypto.SHA512: "SHA-512"}

// describe refuses what no host has, and keys of a wrong size.
func describe(public any, hash crypto.Hash) (key, bool) {
	name := hashes[hash]
	switch public := public.(type) {
	case ed25519.PublicKey:
		if hash != 0 || len(public) != ed25519.PublicKeySize {
			return key{}, false
		}
		return raw(schemeName{"Ed25519", ""}, public, ed25519.SignatureSize), true
	case *ecdsa.PublicKey:
		if name == "" {
			return key{}, false
		}
		parameters := public.Curve.Params()
		switch parameters.Name {
		case "P-256", "P-384", "P-521":
		default:
			return key{}, false
		}
		size := (parameters.BitSize + 7) / 8
		point := make([]byte, 1+2*size)
		point[0] = 4 // not compressed (SEC 1, 2.3.3)
		if !fill(point[1:1+size], public.X) || !fill(point[1+size:], public.Y) {
			return key{}, false
		}
		return raw(schemeName{parameters.Name, name}, point, 2*size), true
	case *rsa.PublicKey:
		if name == "" || public.N.Sign() <= 0 {
			return key{}, false
		}
		n := base64.RawURLEncoding.EncodeToString(public.N.Bytes())
		e := base64.RawURLEncoding.EncodeToString(big.NewInt(int64(public.E)).Bytes())
		return key{
			schemeName: schemeName{"RSA", name}, text: n + " " + e,
			signature: public.Size(), format: "jwk",
			material: func(*host) (safejs.Value, error) {
				return safejs.ValueOf(map[string]any{"kty": "RSA", "n": n, "e": e})
			},
		}, true
	default:
		return key{}, false
	}
}

func raw(name schemeName, data []byte, signature int) key {
	return key{
		schemeName: name, signature: signature, format: "raw", raw: data,
		material: func(h *host) (safejs.Value, error) { return h.copied(data) },
	}
}

// id is all that distinguishes a key from any other.
func (k *key) id() string { return k.kind + " " + k.hash + " " + k.text + string(k.raw) }

func fill(to []byte, number *big.Int) bool {
	if number.Sign() < 0 || number.BitLen() > 8*len(to) {
		return false
	}
	number.FillBytes(to)
	return true
}
