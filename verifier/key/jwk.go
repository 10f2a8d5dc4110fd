package key

import (
	"crypto/ecdsa"
	"crypto/ed25519"
	"crypto/elliptic"
	"crypto/rsa"
	"crypto/sha256"
	"encoding/base64"
	"math/big"
	"slices"

	"github.com/sealcheck/sealcheck/verifier/internal/multibase"
	"github.com/sealcheck/sealcheck/verifier/internal/secp256k1"
	"github.com/sealcheck/sealcheck/verifier/internal/strictjson"
	"github.com/sealcheck/sealcheck/verifier/proof"
	"github.com/sealcheck/sealcheck/verifier/report"
)

// The key types, in the words of proof.Reference.Curves.
const (
	kindEd25519   = "Ed25519"
	kindP256      = "P-256"
	kindP384      = "P-384"
	kindP521      = "P-521"
	kindSecp256k1 = "secp256k1"
	kindRSA       = "RSA"
)

// privateMembers are the members of a JWK that only its owner may know
// (RFC 7518 6.2.2, 6.3.2, 6.4; RFC 8037 2).
var privateMembers = []string{"d", "p", "q", "dp", "dq", "qi", "oth", "k"}

func problem(code report.Code, detail string, pairs ...string) error {
	return report.NewProblem(code, detail, pairs...)
}

// codeOf is the code of an error of this package, "" for nil.
func codeOf(err error) report.Code {
	if err == nil {
		return ""
	}
	return report.FindingOf(err).Code
}

// publicKey reads the public key of a JWK (RFC 7517) and checks it: on its
// curve, of its length, long enough, of no small order. Errors are
// *report.Problem: key.private, key.malformed, key.weak,
// key.type_unsupported.
func publicKey(jwk strictjson.Value) (any, error) {
	if jwk.Kind() != strictjson.Object {
		return nil, problem(report.KeyMalformed, "a JWK is an object")
	}
	kty := jwk.At("kty").Text()
	// A symmetric key proves nothing: whoever can check can also sign.
	if kty == "oct" {
		return nil, problem(report.KeyMalformed, "a symmetric key", "what", "oct")
	}
	for _, name := range privateMembers {
		if _, there := jwk.Get(name); there {
			return nil, problem(report.KeyPrivate, "the JWK has the member "+name)
		}
	}
	switch kty {
	case "EC":
		return ecKey(jwk)
	case "OKP":
		crv := jwk.At("crv").Text()
		if crv == "X25519" || crv == "X448" {
			// A key made for agreeing on secrets cannot sign anything (T5).
			return nil, problem(report.KeyNotForAssertion, "", "what", kty+" "+crv)
		}
		if crv != kindEd25519 {
			return nil, problem(report.KeyTypeUnsupported, "", "what", kty+" "+crv)
		}
		x, err := multibase.Base64URL(jwk.At("x").Text())
		if err != nil {
			return nil, problem(report.KeyMalformed, "x is not base64url")
		}
		return ed25519Key(x)
	case "RSA":
		return rsaJWK(jwk)
	case "":
		return nil, problem(report.KeyMalformed, "a JWK without kty")
	default:
		return nil, problem(report.KeyTypeUnsupported, "", "what", kty)
	}
}

func ecKey(jwk strictjson.Value) (any, error) {
	crv := jwk.At("crv").Text()
	curve := namedCurve(crv)
	if curve == nil && crv != kindSecp256k1 {
		return nil, problem(report.KeyTypeUnsupported, "", "what", "EC "+crv)
	}
	x, errX := multibase.Base64URL(jwk.At("x").Text())
	y, errY := multibase.Base64URL(jwk.At("y").Text())
	if errX != nil || errY != nil {
		return nil, problem(report.KeyMalformed, "x or y is not base64url")
	}
	// RFC 7518 6.2.1.2: a coordinate has the full length of its field.
	size := 32
	if curve != nil {
		size = (curve.Params().BitSize + 7) / 8
	}
	if len(x) != size || len(y) != size {
		return nil, problem(report.KeyMalformed, "x or y has the wrong length for "+crv)
	}
	if curve == nil {
		public, err := secp256k1.FromCoordinates(x, y)
		if err != nil {
			return nil, problem(report.KeyMalformed, err.Error())
		}
		return public, nil
	}
	return uncompressed(curve, x, y)
}

func namedCurve(name string) elliptic.Curve {
	switch name {
	case kindP256:
		return elliptic.P256()
	case kindP384:
		return elliptic.P384()
	case kindP521:
		return elliptic.P521()
	}
	return nil
}

func uncompressed(curve elliptic.Curve, x, y []byte) (any, error) {
	public, err := ecdsa.ParseUncompressedPublicKey(curve, slices.Concat([]byte{4}, x, y))
	if err != nil {
		return nil, problem(report.KeyMalformed, "no point of "+curve.Params().Name)
	}
	return public, nil
}

// compressed reads a point of a NIST curve in compressed form (SEC 1 2.3.4).
func compressed(curve elliptic.Curve, data []byte) (any, error) {
	size := (curve.Params().BitSize + 7) / 8
	if len(data) != size+1 {
		return nil, problem(report.KeyMalformed, "wrong length for "+curve.Params().Name)
	}
	x, y := elliptic.UnmarshalCompressed(curve, data)
	if x == nil {
		return nil, problem(report.KeyMalformed, "no point of "+curve.Params().Name)
	}
	return uncompressed(curve, x.FillBytes(make([]byte, size)), y.FillBytes(make([]byte, size)))
}

func compressedSecp256k1(data []byte) (any, error) {
	if len(data) != 33 {
		return nil, problem(report.KeyMalformed, "wrong length for secp256k1")
	}
	public, err := secp256k1.Parse(data)
	if err != nil {
		return nil, problem(report.KeyMalformed, err.Error())
	}
	return public, nil
}

func rsaJWK(jwk strictjson.Value) (any, error) {
	n, errN := multibase.Base64URL(jwk.At("n").Text())
	e, errE := multibase.Base64URL(jwk.At("e").Text())
	if errN != nil || errE != nil || len(n) == 0 || len(e) == 0 {
		return nil, problem(report.KeyMalformed, "n or e is not base64url")
	}
	exponent := new(big.Int).SetBytes(e)
	// crypto/rsa takes no larger one, and nobody has one.
	if exponent.BitLen() > 31 {
		return nil, problem(report.KeyMalformed, "an exponent of more than 31 bits")
	}
	public := &rsa.PublicKey{N: new(big.Int).SetBytes(n), E: int(exponent.Int64())}
	return public, sound(public)
}

// sound checks a key that the standard library has parsed.
func sound(public any) error {
	switch public := public.(type) {
	case *rsa.PublicKey:
		return soundRSA(public)
	case *ecdsa.PublicKey:
		if namedCurve(public.Curve.Params().Name) == nil {
			return problem(report.KeyTypeUnsupported, "", "what", public.Curve.Params().Name)
		}
		return nil
	case ed25519.PublicKey:
		_, err := ed25519Key(public)
		return err
	case *secp256k1.PublicKey:
		return nil
	default:
		return problem(report.KeyTypeUnsupported, "")
	}
}

// kindOf is the type of a key, as in proof.Reference.Curves.
func kindOf(public any) string {
	switch public := public.(type) {
	case ed25519.PublicKey:
		return kindEd25519
	case *ecdsa.PublicKey:
		return public.Curve.Params().Name
	case *rsa.PublicKey:
		return kindRSA
	case *secp256k1.PublicKey:
		return kindSecp256k1
	}
	return ""
}

// thumbprint is the SHA-256 thumbprint of a key (RFC 7638), base64url. It is
// made from the key, not from the JWK's text: one key has one thumbprint.
func thumbprint(public any) string {
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
		text = pointJWK(kindOf(public), encode(point[1:1+size]), encode(point[1+size:]))
	case *secp256k1.PublicKey:
		text = pointJWK(kindSecp256k1,
			encode(public.X.FillBytes(make([]byte, 32))), encode(public.Y.FillBytes(make([]byte, 32))))
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

// purposeOfJWK holds a JWK against what the proof wants to do with it.
func purposeOfJWK(jwk strictjson.Value, ref proof.Reference) error {
	// RFC 7517 4.2, 4.3: a key that is published for encryption, or not for
	// verifying, has signed nothing in its owner's name.
	if use, there := jwk.Get("use"); there && use.Text() != "sig" {
		return problem(report.KeyNotForAssertion, "use is not sig", "what", use.Text())
	}
	if ops, there := jwk.Get("key_ops"); there {
		if !slices.ContainsFunc(ops.Items(), func(op strictjson.Value) bool { return op.Text() == "verify" }) {
			return problem(report.KeyNotForAssertion, "key_ops has no verify")
		}
	}
	// RFC 8725 3.1: the key, not the header, says for which algorithm it is.
	if alg, there := jwk.Get("alg"); there && ref.Algorithm != "" && !sameAlgorithm(alg.Text(), ref.Algorithm) {
		return problem(report.KeyAlgorithmMismatch, "the key is for "+alg.Text(), "algorithm", ref.Algorithm, "what", alg.Text())
	}
	return nil
}

// sameAlgorithm: RFC 9864 gives EdDSA with Ed25519 a name of its own.
func sameAlgorithm(a, b string) bool {
	name := func(algorithm string) string {
		if algorithm == "EdDSA" {
			return kindEd25519
		}
		return algorithm
	}
	return name(a) == name(b)
}

// fits says whether the suite admits this type of key.
func fits(public any, ref proof.Reference) error {
	if kind := kindOf(public); len(ref.Curves) > 0 && !slices.Contains(ref.Curves, kind) {
		return problem(report.KeyAlgorithmMismatch, "a key of type "+kind, "algorithm", ref.Algorithm, "what", kind)
	}
	return nil
}
