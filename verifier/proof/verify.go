package proof

import (
	"github.com/sealcheck/sealcheck/verifier/internal/signature"
	"github.com/sealcheck/sealcheck/verifier/report"
)

// Wait gives the result of a check that was started.
type Wait = signature.Wait

// Verify checks a proof with a key, as Start does, and waits for the result.
func Verify(p *Proof, public any, by signature.Primitive) error { return Start(p, public, by)() }

// Start begins to check a proof with a key: ed25519.PublicKey, *ecdsa.PublicKey,
// *rsa.PublicKey or *secp256k1.PublicKey; any other type fits no suite. What it
// gives waits for the result, once at most; where by, the host's own way to do
// the mathematics, is nil, nothing is done before. The
// result is nil only if the mathematics holds. Otherwise the error is a
// *report.Problem: signature.mismatch if it does not hold, key.algorithm_mismatch
// if the key is not of the kind that the suite takes, key.weak,
// signature.malformed for values that no signer makes, and
// proof.suite_unsupported for a proof that Read did not accept.
func Start(p *Proof, public any, by signature.Primitive) signature.Wait {
	if p == nil || p.verify == nil {
		suite := Suite("")
		if p != nil {
			suite = p.Suite
		}
		return signature.Known(report.NewProblem(report.ProofSuiteUnsupported, "not to be verified", "suite", string(suite)))
	}
	return p.verify(public, by)
}
