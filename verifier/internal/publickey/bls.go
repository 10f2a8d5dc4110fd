package publickey

import (
	"github.com/sealcheck/sealcheck/verifier/internal/bbs"
	"github.com/sealcheck/sealcheck/verifier/report"
)

// BLS12381 is the type of keys that make BBS signatures: points of the group
// G2 of the curve BLS12-381.
const BLS12381 = "BLS12-381-G2"

// fromBLS12381 reads a point of G2 in compressed form (VC-DI-BBS 2.1.1).
func fromBLS12381(data []byte) (any, error) {
	public, err := bbs.ParsePublicKey(data)
	if err != nil {
		return nil, report.NewProblem(report.KeyMalformed, "no point of BLS12-381 G2")
	}
	return public, nil
}
