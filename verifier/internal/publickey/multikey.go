package publickey

import (
	"bytes"
	"crypto"
	"crypto/elliptic"
	"crypto/x509"

	"github.com/sealcheck/sealcheck/verifier/internal/multibase"
	"github.com/sealcheck/sealcheck/verifier/internal/strictjson"
	"github.com/sealcheck/sealcheck/verifier/report"
)

// The multicodec codes of public keys (multiformats table).
const (
	codeSecp256k1 = 0xe7
	codeBLS12381  = 0xeb
	codeX25519    = 0xec
	codeEd25519   = 0xed
	codeP256      = 0x1200
	codeP384      = 0x1201
	codeP521      = 0x1202
	codeEd448     = 0x1203
	codeX448      = 0x1204
	codeRSA       = 0x1205
	codeJWK       = 0xeb51 // jwk_jcs-pub, of EBSI's natural persons
)

// FromMultikey reads a public key written as multibase of multicodec code and key
// (CID 1.0 2.2.2; did:key). A text that is none gets the code malformed; a
// key that breaks a rule of its type has a code of its own.
func FromMultikey(text string, malformed report.Code) (any, error) {
	if known := kept.get(text); known != nil {
		return known, nil
	}
	public, err := fromMultikey(text, malformed)
	if err == nil {
		kept.put(text, public)
	}
	return public, err
}

func fromMultikey(text string, malformed report.Code) (any, error) {
	data, err := multibase.Decode(text)
	if err != nil {
		return nil, report.NewProblem(malformed, err.Error())
	}
	code, rest, err := multibase.Varint(data)
	if err != nil {
		return nil, report.NewProblem(malformed, err.Error())
	}
	switch code {
	case codeEd25519:
		return FromEd25519(rest)
	case codeSecp256k1:
		return compressedSecp256k1(rest)
	case codeP256:
		return compressed(elliptic.P256(), rest)
	case codeP384:
		return compressed(elliptic.P384(), rest)
	case codeP521:
		return compressed(elliptic.P521(), rest)
	case codeBLS12381:
		return fromBLS12381(rest)
	case codeRSA:
		public, err := x509.ParsePKCS1PublicKey(rest)
		if err != nil {
			return nil, report.NewProblem(report.KeyMalformed, "no PKCS #1 public key")
		}
		return public, Check(public)
	case codeJWK:
		jwk, err := strictjson.Parse(rest)
		if err != nil {
			return nil, report.NewProblem(report.KeyMalformed, err.Error())
		}
		public, err := FromJWK(jwk)
		if err != nil {
			return nil, err
		}
		// EBSI's did:key: the JWK stands in its canonical form (RFC 8785), so
		// that a key has one name.
		if canonical, err := jwk.AppendCanonical(nil); err != nil || !bytes.Equal(canonical, rest) {
			return nil, report.NewProblem(malformed, "a JWK that is not in its canonical form")
		}
		return public, nil
	case codeX25519, codeX448:
		// A key made for agreeing on secrets cannot sign anything (T5).
		return nil, report.NewProblem(report.KeyNotForAssertion, "", "what", codeNames[code])
	case codeEd448:
		return nil, report.NewProblem(report.KeyTypeUnsupported, "", "what", codeNames[code])
	default:
		return nil, report.NewProblem(report.KeyTypeUnsupported, "a multicodec code that we do not know")
	}
}

var codeNames = map[uint64]string{
	codeX25519: "X25519", codeX448: "X448", codeEd448: "Ed448",
}

// Equal says whether two public keys are the same one. It is false where that
// cannot be told of keys of their kind.
func Equal(a, b any) bool {
	key, ok := a.(interface{ Equal(crypto.PublicKey) bool })
	return ok && b != nil && key.Equal(b)
}

// LooksLikeKey says whether a name is itself an encoded public key. What it
// encodes is never used.
func LooksLikeKey(name string) bool {
	if name == "" || name[0] != 'z' {
		return false
	}
	data, err := multibase.Decode(name)
	if err != nil {
		return false
	}
	code, rest, err := multibase.Varint(data)
	if err != nil || len(rest) < 32 {
		return false
	}
	switch code {
	case codeEd25519, codeSecp256k1, codeP256, codeP384, codeP521, codeRSA, codeJWK,
		codeX25519, codeX448, codeEd448, codeBLS12381:
		return true
	}
	return false
}
