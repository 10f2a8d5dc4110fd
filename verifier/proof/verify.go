package proof

import (
	"github.com/sealcheck/sealcheck/verifier/internal/signature"
	"github.com/sealcheck/sealcheck/verifier/report"
)

// Verify checks a proof with a key: ed25519.PublicKey, *ecdsa.PublicKey,
// *rsa.PublicKey or *secp256k1.PublicKey; any other type fits no suite. It
// returns nil only if the mathematics holds. Otherwise the error is a
// *report.Problem: signature.mismatch if it does not hold, key.algorithm_mismatch
// if the key is not of the kind that the suite takes, key.weak,
// signature.malformed for values that no signer makes, and
// proof.suite_unsupported for a proof that Read did not accept. by is the
// host's own way to do the mathematics, or nil.
func Verify(p *Proof, public any, by signature.Primitive) error {
	if p == nil || p.verify == nil {
		suite := Suite("")
		if p != nil {
			suite = p.Suite
		}
		return report.NewProblem(report.ProofSuiteUnsupported, "not to be verified", "suite", string(suite))
	}
	return p.verify(public, by)
}
