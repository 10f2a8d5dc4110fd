package pdffile

import (
	"bytes"
	"crypto/aes"
	"crypto/cipher"
	"math/rand"
	"testing"
)

// TestAES: it is what the standard library's is.
func TestAES(t *testing.T) {
	random := rand.New(rand.NewSource(5))
	for range 200 {
		for _, size := range []int{16, 32} {
			key, before, data := make([]byte, size), make([]byte, 16), make([]byte, 16*(1+random.Intn(5)))
			random.Read(key)
			random.Read(before)
			random.Read(data)
			block, err := aes.NewCipher(key)
			if err != nil {
				t.Fatal(err)
			}
			want := make([]byte, len(data))
			cipher.NewCBCEncrypter(block, before).CryptBlocks(want, data)
			if !bytes.Equal(chained(key, before, data, false), want) || !bytes.Equal(chained(key, before, want, true), data) {
				t.Fatal(size)
			}
		}
	}
}
