//go:build js && wasm

package webcrypto

import (
	"bytes"
	"crypto"
	"crypto/ecdsa"
	"crypto/ed25519"
	"crypto/rsa"
	"crypto/x509"
	"encoding/hex"
	"encoding/json"
	"math/big"
	"os"
	"path/filepath"
	"testing"

	"github.com/hack-pad/safejs"
)

// vector reads one of Project Wycheproof's files. A host without files
// (build/e2e/webcrypto.test.js) hands them over in an object.
func vector(t *testing.T, name string) []byte {
	t.Helper()
	if handed, err := safejs.Global().Get("vectors"); err == nil && handed.Type() == safejs.TypeObject {
		value, err := handed.Get(name)
		if err != nil {
			t.Fatal(err)
		}
		text, err := value.String()
		if err != nil {
			t.Fatal(err)
		}
		return []byte(text)
	}
	data, err := os.ReadFile(filepath.Join("../../../../shared/vectors/wycheproof", name))
	if err != nil {
		if os.Getenv("CI") != "" {
			t.Fatal(err)
		}
		t.Skip("1 file of vectors is not there")
	}
	return data
}

// TestWycheproof: the host says yes to no signature of Project Wycheproof that
// Go code refuses, and to all that it accepts.
func TestWycheproof(t *testing.T) {
	for _, name := range []string{"ed25519_test", "ecdsa_secp256r1_sha256_p1363_test", "rsa_signature_2048_sha256_test"} {
		t.Run(name, func(t *testing.T) {
			var file struct {
				NumberOfTests int
				TestGroups    []struct {
					PublicKeyDer string
					Tests        []struct {
						TcID                      int
						Comment, Msg, Sig, Result string
					}
				}
			}
			if err := json.Unmarshal(vector(t, name+".json"), &file); err != nil {
				t.Fatal(err)
			}
			h := present(t)
			asked, held := 0, 0
			for _, group := range file.TestGroups {
				public, err := x509.ParsePKIXPublicKey(unhex(t, group.PublicKeyDer))
				if err != nil {
					t.Fatal(err)
				}
				for _, one := range group.Tests {
					asked++
					msg, sig := unhex(t, one.Msg), unhex(t, one.Sig)
					ours, hash := holdsInGo(public, msg, sig)
					theirs := h.Holds(public, hash, msg, sig)
					if theirs != ours {
						t.Errorf("%d %s (%s): we say %v, the host %v", one.TcID, one.Comment, one.Result, ours, theirs)
					}
					if theirs && one.Result == "invalid" {
						t.Errorf("%d %s: it is invalid, and holds", one.TcID, one.Comment)
					}
					if theirs {
						held++
					}
				}
			}
			if asked != file.NumberOfTests || held == 0 {
				t.Errorf("%d of %d asked, %d held", asked, file.NumberOfTests, held)
			}
			t.Logf("%d asked, %d held", asked, held)
		})
	}
}

func holdsInGo(public any, msg, sig []byte) (bool, crypto.Hash) {
	switch public := public.(type) {
	case ed25519.PublicKey:
		return ed25519.Verify(public, msg, sig), 0
	case *ecdsa.PublicKey:
		return ecdsaHolds(public, crypto.SHA256, msg, sig), crypto.SHA256
	case *rsa.PublicKey:
		return rsa.VerifyPKCS1v15(public, crypto.SHA256, digest(crypto.SHA256, msg), sig) == nil, crypto.SHA256
	}
	return false, 0
}

// Keys and values with parts of small order, and in forms that are not the
// shortest, are where Ed25519 libraries differ ("Taming the many EdDSAs",
// 2020, section 5). Go code and the host agree on all of them.
func TestEd25519OfSmallOrder(t *testing.T) {
	h := present(t)
	// The y of points of order 1, 2, 4 and 8, and those plus p that fit.
	p := new(big.Int).Sub(new(big.Int).Lsh(big.NewInt(1), 255), big.NewInt(19))
	var ys []*big.Int
	for _, text := range []string{"0", "1"} {
		y, _ := new(big.Int).SetString(text, 10)
		ys = append(ys, y, new(big.Int).Add(y, p))
	}
	ys = append(ys, new(big.Int).Sub(p, big.NewInt(1)))
	for _, text := range []string{
		"26e8958fc2b227b045c3f489f2ef98f0d5dfac05d3c63339b13802886d53fc05",
		"c7176a703d4dd84fba3c0b760d10670f2a2053fa2c39ccc64ec7fd7792ac037a",
	} {
		ys = append(ys, little(unhex(t, text)))
	}
	var points [][]byte
	for _, y := range ys {
		for _, sign := range []byte{0, 0x80} {
			point := make([]byte, 32)
			for i, b := range y.FillBytes(make([]byte, 32)) {
				point[31-i] = b
			}
			point[31] |= sign
			points = append(points, point)
		}
	}
	held := 0
	for _, a := range points {
		for _, r := range points {
			for _, data := range [][]byte{nil, {0}, {1}, {2}, {3}, {4}, {5}, {6}} {
				value := bytes.Clone(r)
				value = append(value, make([]byte, 32)...)
				ours, theirs := ed25519.Verify(a, data, value), h.Holds(ed25519.PublicKey(a), 0, data, value)
				if ours {
					held++
				}
				if theirs && !ours {
					t.Errorf("key %x, R %x, data %x: we say no, the host yes", a, r, data)
				}
			}
		}
	}
	if held == 0 {
		t.Error("none holds in Go: nothing was tried")
	}
	t.Logf("%d points, %d of %d hold in Go", len(points), held, 8*len(points)*len(points))
}

func unhex(t *testing.T, text string) []byte {
	t.Helper()
	data, err := hex.DecodeString(text)
	if err != nil {
		t.Fatal(err)
	}
	return data
}
