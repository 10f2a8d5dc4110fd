package publickey

import (
	"crypto/elliptic"

	"github.com/sealcheck/sealcheck/verifier/internal/multibase"
	"github.com/sealcheck/sealcheck/verifier/report"
)

// FromBase58 reads publicKeyBase58, where only the method's type says what the
// bytes are.
func FromBase58(text, kind string) (any, error) {
	data, err := multibase.DecodeBase58(text)
	if err != nil {
		return nil, report.NewProblem(report.KeyMalformed, err.Error())
	}
	switch kind {
	case "Ed25519VerificationKey2018", "Ed25519VerificationKey2020":
		return FromEd25519(data)
	case "EcdsaSecp256k1VerificationKey2019", "Secp256k1VerificationKey2018":
		return compressedSecp256k1(data)
	case "EcdsaSecp256r1VerificationKey2019":
		return compressed(elliptic.P256(), data)
	default:
		return nil, report.NewProblem(report.KeyTypeUnsupported, "", "what", kind)
	}
}
