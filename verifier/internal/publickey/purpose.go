package publickey

import (
	"slices"

	"github.com/sealcheck/sealcheck/verifier/internal/strictjson"
	"github.com/sealcheck/sealcheck/verifier/report"
)

// CheckPurpose holds a JWK against what a proof wants to do with it: to verify,
// by the JOSE algorithm that it states ("" where it states none). Errors are
// *report.Problem: key.not_for_assertion, key.algorithm_mismatch.
func CheckPurpose(jwk strictjson.Value, algorithm string) error {
	// RFC 7517 4.2, 4.3: a key that is published for encryption, or not for
	// verifying, has signed nothing in its owner's name.
	if use, there := jwk.Get("use"); there && use.Text() != "sig" {
		return report.NewProblem(report.KeyNotForAssertion, "use is not sig", "what", use.Text())
	}
	if ops, there := jwk.Get("key_ops"); there {
		if !slices.ContainsFunc(ops.Items(), func(op strictjson.Value) bool { return op.Text() == "verify" }) {
			return report.NewProblem(report.KeyNotForAssertion, "key_ops has no verify")
		}
	}
	// RFC 8725 3.1: the key, not the header, says for which algorithm it is.
	if alg, there := jwk.Get("alg"); there && algorithm != "" && !sameAlgorithm(alg.Text(), algorithm) {
		return report.NewProblem(report.KeyAlgorithmMismatch, "the key is for "+alg.Text(), "algorithm", algorithm, "what", alg.Text())
	}
	return nil
}

// sameAlgorithm: RFC 9864 gives EdDSA with Ed25519 a name of its own.
func sameAlgorithm(a, b string) bool {
	name := func(algorithm string) string {
		if algorithm == "EdDSA" {
			return Ed25519
		}
		return algorithm
	}
	return name(a) == name(b)
}

// CheckKind says whether a suite admits this type of key; kinds are those that
// it does, all where there are none, and algorithm its JOSE name, for the
// finding. The error is a *report.Problem, key.algorithm_mismatch.
func CheckKind(public any, kinds []string, algorithm string) error {
	if kind := Kind(public); len(kinds) > 0 && !slices.Contains(kinds, kind) {
		return report.NewProblem(report.KeyAlgorithmMismatch, "a key of type "+kind, "algorithm", algorithm, "what", kind)
	}
	return nil
}
