package publickey

import (
	"crypto/rsa"
	"math/big"

	"github.com/sealcheck/sealcheck/verifier/internal/multibase"
	"github.com/sealcheck/sealcheck/verifier/internal/secp256k1"
	"github.com/sealcheck/sealcheck/verifier/internal/strictjson"
	"github.com/sealcheck/sealcheck/verifier/report"
)

// PrivateMembers are the members of a JWK that only its owner may know
// (RFC 7518 6.2.2, 6.3.2, 6.4; RFC 8037 2).
var PrivateMembers = []string{"d", "p", "q", "dp", "dq", "qi", "oth", "k"}

// FromJWK reads the public key of a JWK (RFC 7517) and checks it: on its
// curve, of its length, long enough, of no small order. Errors are
// *report.Problem: key.private, key.malformed, key.weak,
// key.type_unsupported.
func FromJWK(jwk strictjson.Value) (any, error) {
	if jwk.Kind() != strictjson.Object {
		return nil, report.NewProblem(report.KeyMalformed, "a JWK is an object")
	}
	kty := jwk.At("kty").Text()
	// A symmetric key proves nothing: whoever can check can also sign.
	if kty == "oct" {
		return nil, report.NewProblem(report.KeyMalformed, "a symmetric key", "what", "oct")
	}
	for _, name := range PrivateMembers {
		if _, there := jwk.Get(name); there {
			return nil, report.NewProblem(report.KeyPrivate, "the JWK has the member "+name)
		}
	}
	switch kty {
	case "EC":
		return ecKey(jwk)
	case "OKP":
		crv := jwk.At("crv").Text()
		if crv == "X25519" || crv == "X448" {
			// A key made for agreeing on secrets cannot sign anything (T5).
			return nil, report.NewProblem(report.KeyNotForAssertion, "", "what", kty+" "+crv)
		}
		if crv != Ed25519 {
			return nil, report.NewProblem(report.KeyTypeUnsupported, "", "what", kty+" "+crv)
		}
		x, err := multibase.Base64URL(jwk.At("x").Text())
		if err != nil {
			return nil, report.NewProblem(report.KeyMalformed, "x is not base64url")
		}
		return FromEd25519(x)
	case "RSA":
		return rsaJWK(jwk)
	case "":
		return nil, report.NewProblem(report.KeyMalformed, "a JWK without kty")
	default:
		return nil, report.NewProblem(report.KeyTypeUnsupported, "", "what", kty)
	}
}

func ecKey(jwk strictjson.Value) (any, error) {
	crv := jwk.At("crv").Text()
	curve := namedCurve(crv)
	if curve == nil && crv != Secp256k1 {
		return nil, report.NewProblem(report.KeyTypeUnsupported, "", "what", "EC "+crv)
	}
	x, errX := multibase.Base64URL(jwk.At("x").Text())
	y, errY := multibase.Base64URL(jwk.At("y").Text())
	if errX != nil || errY != nil {
		return nil, report.NewProblem(report.KeyMalformed, "x or y is not base64url")
	}
	// RFC 7518 6.2.1.2: a coordinate has the full length of its field.
	size := 32
	if curve != nil {
		size = (curve.Params().BitSize + 7) / 8
	}
	if len(x) != size || len(y) != size {
		return nil, report.NewProblem(report.KeyMalformed, "x or y has the wrong length for "+crv)
	}
	if curve == nil {
		public, err := secp256k1.FromCoordinates(x, y)
		if err != nil {
			return nil, report.NewProblem(report.KeyMalformed, err.Error())
		}
		return public, nil
	}
	return uncompressed(curve, x, y)
}

func rsaJWK(jwk strictjson.Value) (any, error) {
	n, errN := multibase.Base64URL(jwk.At("n").Text())
	e, errE := multibase.Base64URL(jwk.At("e").Text())
	if errN != nil || errE != nil || len(n) == 0 || len(e) == 0 {
		return nil, report.NewProblem(report.KeyMalformed, "n or e is not base64url")
	}
	exponent := new(big.Int).SetBytes(e)
	// crypto/rsa takes no larger one, and nobody has one.
	if exponent.BitLen() > 31 {
		return nil, report.NewProblem(report.KeyMalformed, "an exponent of more than 31 bits")
	}
	public := &rsa.PublicKey{N: new(big.Int).SetBytes(n), E: int(exponent.Int64())}
	return public, Check(public)
}
