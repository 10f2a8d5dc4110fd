package proof

import (
	"crypto"
	"crypto/ecdsa"
	"crypto/ed25519"
	"crypto/elliptic"
	"crypto/rsa"
	"math/big"
	"strings"

	"github.com/lestrrat-go/jwx/v2/jwa"
	jwx "github.com/lestrrat-go/jwx/v2/jws"

	"github.com/sealcheck/sealcheck/verifier/internal/jws"
	"github.com/sealcheck/sealcheck/verifier/internal/limits"
	"github.com/sealcheck/sealcheck/verifier/internal/secp256k1"
	"github.com/sealcheck/sealcheck/verifier/report"
)

// Verify checks a proof with a key: ed25519.PublicKey, *ecdsa.PublicKey,
// *rsa.PublicKey or *secp256k1.PublicKey; any other type fits no suite. It
// returns nil only if the mathematics holds. Otherwise the error is a
// *report.Problem: signature.mismatch if it does not hold, key.algorithm_mismatch
// if the key is not of the kind that the suite takes, key.weak,
// signature.malformed for values that no signer makes, and
// proof.suite_unsupported for a proof that Read did not accept.
func Verify(p *Proof, public any) error {
	if p == nil || p.verify == nil {
		suite := Suite("")
		if p != nil {
			suite = p.Suite
		}
		return report.NewProblem(report.ProofSuiteUnsupported, "not to be verified", "suite", string(suite))
	}
	return p.verify(public)
}

// algorithm is a JOSE signature algorithm.
type algorithm struct {
	name  string // as the header states it
	curve string // the one kind of key that it takes
	hash  crypto.Hash
	pss   bool
	// library is the algorithm's name in jwx, "" where we verify ourselves:
	// ES256K, which jwx has only under a build tag and with large tables, and
	// RSASSA-PSS, where it takes salts of any length.
	library jwa.SignatureAlgorithm
}

// algorithms are all that are accepted (RFC 7518 3.1, RFC 8037, RFC 8812,
// RFC 9864). There is no symmetric one among them, and none can be reached.
var algorithms = [...]algorithm{
	{"ES256", P256, crypto.SHA256, false, jwa.ES256},
	{"ES384", P384, crypto.SHA384, false, jwa.ES384},
	{"ES512", P521, crypto.SHA512, false, jwa.ES512},
	{"EdDSA", Ed25519, 0, false, jwa.EdDSA},
	{"Ed25519", Ed25519, 0, false, jwa.EdDSA},
	{"RS256", RSA, crypto.SHA256, false, jwa.RS256},
	{"RS384", RSA, crypto.SHA384, false, jwa.RS384},
	{"RS512", RSA, crypto.SHA512, false, jwa.RS512},
	{"PS256", RSA, crypto.SHA256, true, ""},
	{"PS384", RSA, crypto.SHA384, true, ""},
	{"PS512", RSA, crypto.SHA512, true, ""},
	{"ES256K", Secp256k1, crypto.SHA256, false, ""},
}

// verify checks one signature of a message. The key decides first whether the
// algorithm is admitted at all (RFC 8725 3.1); then the forms on which
// libraries differ are settled; only then the mathematics is done.
func (a *algorithm) verify(m *jws.Message, s *jws.Signature, public any) error {
	if _, err := admit(public, a.curve); err != nil {
		return err
	}
	if err := wellFormed(public, s.Value); err != nil {
		return err
	}
	// The library does the mathematics of ordinary signatures. It is handed
	// the very bytes that were signed and no header: what a header may say has
	// been settled here, and its message parser would weigh 150 KB in the page.
	if _, critical := s.Header.Get("crit"); a.library != "" && !critical {
		verifier, err := jwx.NewVerifier(a.library)
		if err != nil {
			return err
		}
		if verifier.Verify(m.SigningInput(s), s.Value, public) != nil {
			return mismatch()
		}
		return nil
	}
	return a.check(m.SigningInput(s), s.Value, public)
}

// check does the mathematics on the standard library.
func (a *algorithm) check(input, signature []byte, public any) error {
	switch {
	case a.curve == Ed25519:
		return checkEd25519(public, input, signature)
	case a.curve == RSA:
		return a.checkRSA(public, input, signature)
	default:
		return checkECDSA(public, a.hash, input, signature)
	}
}

// admit says which of the given kinds a key is, or that it is none of them.
func admit(public any, kinds ...string) (string, error) {
	kind := kindOf(public)
	if kind == "" || !contains(kinds, kind) {
		return "", report.NewProblem(report.KeyAlgorithmMismatch, "", "key", kind, "algorithm", strings.Join(kinds, ", "))
	}
	if k, ok := public.(*rsa.PublicKey); ok {
		// T2: a short key can be broken, and an exponent of one lets anybody
		// sign.
		if bits := k.N.BitLen(); bits < limits.RSABitsLeast || bits > limits.RSABitsMost || k.E < 3 || k.E&1 == 0 {
			return "", report.NewProblem(report.KeyWeak, "", "key", kind)
		}
	}
	return kind, nil
}

// kindOf names the kind of a usable public key, "" for anything else.
func kindOf(public any) string {
	switch k := public.(type) {
	case ed25519.PublicKey:
		if len(k) == ed25519.PublicKeySize {
			return Ed25519
		}
	case *ecdsa.PublicKey:
		if k == nil || k.X == nil || k.Y == nil {
			return ""
		}
		switch k.Curve {
		case elliptic.P256():
			return P256
		case elliptic.P384():
			return P384
		case elliptic.P521():
			return P521
		}
	case *rsa.PublicKey:
		if k != nil && k.N != nil {
			return RSA
		}
	case *secp256k1.PublicKey:
		if k != nil {
			return Secp256k1
		}
	}
	return ""
}

// wellFormed refuses signature values that no signer makes with a key of this
// kind: of another length, or with r or s outside 1 to n-1 (RFC 7518 3.4,
// CVE-2022-21449, T2).
func wellFormed(public any, signature []byte) error {
	size, order := 0, (*big.Int)(nil)
	switch k := public.(type) {
	case ed25519.PublicKey:
		size = ed25519.SignatureSize / 2
	case *ecdsa.PublicKey:
		size, order = (k.Curve.Params().BitSize+7)/8, k.Curve.Params().N
	case *secp256k1.PublicKey:
		size, order = secp256k1.Size, secp256k1.Order()
	case *rsa.PublicKey:
		// The length is that of the key. One that fits another key of an
		// allowed size is not malformed: the issuer may have changed its key.
		if len(signature) < limits.RSABitsLeast/8 || len(signature) > limits.RSABitsMost/8 {
			return malformed("length")
		}
		return nil
	}
	if len(signature) != 2*size {
		return malformed("length")
	}
	if order != nil && !(inRange(signature[:size], order) && inRange(signature[size:], order)) {
		return malformed("r or s out of range")
	}
	return nil
}

func inRange(number []byte, order *big.Int) bool {
	v := new(big.Int).SetBytes(number)
	return v.Sign() > 0 && v.Cmp(order) < 0
}

// checkEd25519 verifies per RFC 8032 5.1.7; the standard library refuses an S
// that is not reduced.
func checkEd25519(public any, data, signature []byte) error {
	k, ok := public.(ed25519.PublicKey)
	if err := wellFormed(public, signature); err != nil {
		return err
	}
	if !ok || len(k) != ed25519.PublicKeySize || !ed25519.Verify(k, data, signature) {
		return mismatch()
	}
	return nil
}

// checkECDSA verifies r and s over the hash of data, on any of the curves.
func checkECDSA(public any, hash crypto.Hash, data, signature []byte) error {
	if err := wellFormed(public, signature); err != nil {
		return err
	}
	h := hash.New()
	h.Write(data)
	digest := h.Sum(nil)
	half := len(signature) / 2
	switch k := public.(type) {
	case *ecdsa.PublicKey:
		r, s := new(big.Int).SetBytes(signature[:half]), new(big.Int).SetBytes(signature[half:])
		if ecdsa.Verify(k, digest, r, s) {
			return nil
		}
	case *secp256k1.PublicKey:
		if k.Verify(digest, signature) {
			return nil
		}
	}
	return mismatch()
}

// checkRSA verifies RSASSA-PKCS1-v1_5 or RSASSA-PSS.
func (a *algorithm) checkRSA(public any, data, signature []byte) error {
	k, ok := public.(*rsa.PublicKey)
	if !ok {
		return mismatch()
	}
	h := a.hash.New()
	h.Write(data)
	digest := h.Sum(nil)
	if !a.pss {
		if rsa.VerifyPKCS1v15(k, a.hash, digest, signature) != nil {
			return mismatch()
		}
		return nil
	}
	// RFC 7518 3.5: the salt is as long as the hash. With another length the
	// rule is broken, but the signature is not forged.
	if rsa.VerifyPSS(k, a.hash, digest, signature, &rsa.PSSOptions{SaltLength: rsa.PSSSaltLengthEqualsHash}) == nil {
		return nil
	}
	if rsa.VerifyPSS(k, a.hash, digest, signature, &rsa.PSSOptions{SaltLength: rsa.PSSSaltLengthAuto}) == nil {
		return malformed("salt length")
	}
	return mismatch()
}

func mismatch() error { return report.NewProblem(report.SignatureMismatch, "") }

func malformed(what string) error { return report.NewProblem(report.SignatureMalformed, what) }
