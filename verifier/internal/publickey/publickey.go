// Package publickey reads public keys in the forms in which they are published
// (JWK, Multikey, base58, PEM) and checks each: on its curve, of its length,
// long enough, of no small order. A key that any function here returns is
// ed25519.PublicKey, *ecdsa.PublicKey (P-256, P-384, P-521), *rsa.PublicKey,
// *secp256k1.PublicKey or *bbs.PublicKey.
package publickey

import (
	"crypto/ecdsa"
	"crypto/ed25519"
	"crypto/elliptic"
	"crypto/rsa"
	"crypto/sha256"
	"encoding/base64"
	"math/big"

	"github.com/sealcheck/sealcheck/verifier/internal/bbs"
	"github.com/sealcheck/sealcheck/verifier/internal/secp256k1"
	"github.com/sealcheck/sealcheck/verifier/report"
)

// The key types, as suites and findings name them.
const (
	Ed25519   = "Ed25519"
	P256      = "P-256"
	P384      = "P-384"
	P521      = "P-521"
	Secp256k1 = "secp256k1"
	RSA       = "RSA"
)

// Check checks a key that the standard library has parsed.
func Check(public any) error {
	switch public := public.(type) {
	case *rsa.PublicKey:
		return soundRSA(public)
	case *ecdsa.PublicKey:
		if namedCurve(public.Curve.Params().Name) == nil {
			return report.NewProblem(report.KeyTypeUnsupported, "", "what", public.Curve.Params().Name)
		}
		return nil
	case ed25519.PublicKey:
		_, err := FromEd25519(public)
		return err
	case *secp256k1.PublicKey, *bbs.PublicKey:
		return nil
	default:
		return report.NewProblem(report.KeyTypeUnsupported, "")
	}
}

// Kind is the type of a key, one of those above; "" for anything else.
func Kind(public any) string {
	switch public := public.(type) {
	case ed25519.PublicKey:
		if len(public) == ed25519.PublicKeySize {
			return Ed25519
		}
	case *ecdsa.PublicKey:
		if public == nil || public.X == nil || public.Y == nil {
			return ""
		}
		switch public.Curve {
		case elliptic.P256():
			return P256
		case elliptic.P384():
			return P384
		case elliptic.P521():
			return P521
		}
	case *rsa.PublicKey:
		if public != nil && public.N != nil {
			return RSA
		}
	case *secp256k1.PublicKey:
		if public != nil {
			return Secp256k1
		}
	case *bbs.PublicKey:
		if public != nil {
			return BLS12381
		}
	}
	return ""
}

// Thumbprint is the SHA-256 Thumbprint of a key (RFC 7638), base64url. It is
// made from the key, not from the JWK's text: one key has one thumbprint.
func Thumbprint(public any) string {
	encode := base64.RawURLEncoding.EncodeToString
	var text string
	switch public := public.(type) {
	case ed25519.PublicKey:
		text = `{"crv":"Ed25519","kty":"OKP","x":"` + encode(public) + `"}`
	case *ecdsa.PublicKey:
		point, err := public.Bytes()
		if err != nil {
			return ""
		}
		size := len(point) / 2
		text = pointJWK(Kind(public), encode(point[1:1+size]), encode(point[1+size:]))
	case *secp256k1.PublicKey:
		text = pointJWK(Secp256k1,
			encode(public.X.FillBytes(make([]byte, 32))), encode(public.Y.FillBytes(make([]byte, 32))))
	case *bbs.PublicKey:
		// draft-ietf-cose-bls-key-representations 2.1
		text = `{"crv":"BLS12381G2","kty":"OKP","x":"` + encode(public.Bytes()) + `"}`
	case *rsa.PublicKey:
		text = `{"e":"` + encode(big.NewInt(int64(public.E)).Bytes()) + `","kty":"RSA","n":"` + encode(public.N.Bytes()) + `"}`
	default:
		return ""
	}
	sum := sha256.Sum256([]byte(text))
	return encode(sum[:])
}

func pointJWK(curve, x, y string) string {
	return `{"crv":"` + curve + `","kty":"EC","x":"` + x + `","y":"` + y + `"}`
}
