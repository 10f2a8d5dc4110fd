package publickey

import (
	"testing"

	"github.com/cloudflare/circl/ecc/bls12381"

	"github.com/sealcheck/sealcheck/verifier/internal/samplekey"
	"github.com/sealcheck/sealcheck/verifier/report"
)

func TestBLS12381(t *testing.T) {
	read := func(n uint64) any {
		var scalar bls12381.Scalar
		scalar.SetUint64(n)
		point := new(bls12381.G2)
		point.ScalarMult(&scalar, bls12381.G2Generator())
		public, err := FromMultikey(samplekey.Multikey(codeBLS12381, point.BytesCompressed()), report.KeyMalformed)
		if err != nil || Kind(public) != BLS12381 || Check(public) != nil {
			t.Fatalf("%q %v", Kind(public), err)
		}
		return public
	}
	// One key has one thumbprint, and another key another one.
	if one := Thumbprint(read(1)); len(one) != 43 || one != Thumbprint(read(1)) || one == Thumbprint(read(2)) {
		t.Error(one)
	}
	if err := CheckKind(read(1), []string{P256}, "ES256"); report.CodeOf(err) != report.KeyAlgorithmMismatch {
		t.Error(err)
	}
}
