package publickey

import (
	"crypto/ecdsa"
	"crypto/elliptic"
	"slices"

	"github.com/sealcheck/sealcheck/verifier/internal/secp256k1"
	"github.com/sealcheck/sealcheck/verifier/report"
)

func namedCurve(name string) elliptic.Curve {
	switch name {
	case P256:
		return elliptic.P256()
	case P384:
		return elliptic.P384()
	case P521:
		return elliptic.P521()
	}
	return nil
}

func uncompressed(curve elliptic.Curve, x, y []byte) (any, error) {
	public, err := ecdsa.ParseUncompressedPublicKey(curve, slices.Concat([]byte{4}, x, y))
	if err != nil {
		return nil, report.NewProblem(report.KeyMalformed, "no point of "+curve.Params().Name)
	}
	return public, nil
}

// compressed reads a point of a NIST curve in compressed form (SEC 1 2.3.4).
func compressed(curve elliptic.Curve, data []byte) (any, error) {
	size := (curve.Params().BitSize + 7) / 8
	if len(data) != size+1 {
		return nil, report.NewProblem(report.KeyMalformed, "wrong length for "+curve.Params().Name)
	}
	x, y := elliptic.UnmarshalCompressed(curve, data)
	if x == nil {
		return nil, report.NewProblem(report.KeyMalformed, "no point of "+curve.Params().Name)
	}
	return uncompressed(curve, x.FillBytes(make([]byte, size)), y.FillBytes(make([]byte, size)))
}

func compressedSecp256k1(data []byte) (any, error) {
	if len(data) != 33 {
		return nil, report.NewProblem(report.KeyMalformed, "wrong length for secp256k1")
	}
	public, err := secp256k1.Parse(data)
	if err != nil {
		return nil, report.NewProblem(report.KeyMalformed, err.Error())
	}
	return public, nil
}
