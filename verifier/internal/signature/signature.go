// Package signature does the mathematics of signatures: which algorithms there
// are, which key each takes, and whether a value is the signature of bytes. Its
// errors are *report.Problem: signature.mismatch where the mathematics fails,
// signature.malformed for values that no signer makes, key.algorithm_mismatch
// and key.weak for keys that are not admitted.
package signature

import (
	"crypto"
	"crypto/ecdsa"
	"crypto/ed25519"
	"crypto/rsa"
	"math/big"
	"slices"
	"strings"

	_ "crypto/sha256" // the hashes that the algorithms name
	_ "crypto/sha512"

	"github.com/sealcheck/sealcheck/verifier/internal/jws"
	"github.com/sealcheck/sealcheck/verifier/internal/limits"
	"github.com/sealcheck/sealcheck/verifier/internal/publickey"
	"github.com/sealcheck/sealcheck/verifier/internal/secp256k1"
	"github.com/sealcheck/sealcheck/verifier/report"
)

// Algorithm is a JOSE signature algorithm.
type Algorithm struct {
	Name  string // as the header states it
	Curve string // the one kind of key that it takes
	Hash  crypto.Hash
	PSS   bool
	// Library is the algorithm's name in jwx, "" where we verify ourselves:
	// ES256K, which jwx has only under a build tag and with large tables, and
	// RSASSA-PSS, where it takes salts of any length.
	Library string
}

// Algorithms are all that are accepted (RFC 7518 3.1, RFC 8037, RFC 8812,
// RFC 9864). There is no symmetric one among them, and none can be reached.
var Algorithms = [...]Algorithm{
	{"ES256", publickey.P256, crypto.SHA256, false, "ES256"},
	{"ES384", publickey.P384, crypto.SHA384, false, "ES384"},
	{"ES512", publickey.P521, crypto.SHA512, false, "ES512"},
	{"EdDSA", publickey.Ed25519, 0, false, "EdDSA"},
	{"Ed25519", publickey.Ed25519, 0, false, "EdDSA"},
	{"RS256", publickey.RSA, crypto.SHA256, false, "RS256"},
	{"RS384", publickey.RSA, crypto.SHA384, false, "RS384"},
	{"RS512", publickey.RSA, crypto.SHA512, false, "RS512"},
	{"PS256", publickey.RSA, crypto.SHA256, true, ""},
	{"PS384", publickey.RSA, crypto.SHA384, true, ""},
	{"PS512", publickey.RSA, crypto.SHA512, true, ""},
	{"ES256K", publickey.Secp256k1, crypto.SHA256, false, ""},
}

// Primitive is a host's own way to verify signatures, such as WebCrypto, where
// it is faster than Go code. It decides nothing by itself: it is asked after
// all rules for keys and values were kept, and a no is worked out again here.
type Primitive interface {
	// Start begins to find out whether value is the signature of data: by an
	// ed25519.PublicKey with hash 0, by an *ecdsa.PublicKey as r||s, or by an
	// *rsa.PublicKey with RSASSA-PKCS1-v1_5. Its result waits for the answer,
	// which is false also where the host cannot tell; it is nil where that is
	// known at once. It is called once or never, and data and value stay as
	// they are until then.
	Start(public any, hash crypto.Hash, data, value []byte) (wait func() bool)
}

// Hasher is a Primitive that hashes as well: where much was signed, that is what
// takes the time.
type Hasher interface {
	Primitive
	// StartHashed is Start for data that is head followed by a hash of rest,
	// SHA-256 or SHA-384, with Start's promises. rest stays as it is, too.
	StartHashed(public any, hash crypto.Hash, head, rest []byte, of crypto.Hash, value []byte) (wait func() bool)
}

// StartHashed asks a host that hashes whether value is the signature of head
// followed by a hash of rest. It is nil where there is none. A no tells nothing:
// whoever gets it, or nil, has to find out as if nobody had been asked.
func StartHashed(by Primitive, public any, hash crypto.Hash, head, rest []byte, of crypto.Hash, value []byte) (wait func() bool) {
	hasher, ok := by.(Hasher)
	if !ok || WellFormed(public, value) != nil {
		return nil
	}
	return hasher.StartHashed(public, hash, head, rest, of, value)
}

// Wait gives the result of a verification that was started: nil only if the
// signature holds. It is called once at most, and need not be called.
type Wait func() error

// Known is a result that nobody has to wait for.
func Known(err error) Wait { return func() error { return err } }

// start asks the host; where that does not say yes, verify decides. Without a
// host nothing is done before somebody waits.
func start(by Primitive, public any, hash crypto.Hash, data, value []byte, verify Wait) Wait {
	if by == nil {
		return verify
	}
	wait := by.Start(public, hash, data, value)
	if wait == nil {
		return verify
	}
	return func() error {
		if wait() {
			return nil
		}
		return verify()
	}
}

// Start begins to verify one signature of a message. The key decides first
// whether the Algorithm is admitted at all (RFC 8725 3.1); then the forms on
// which libraries differ are settled; only then the mathematics is done.
func (a *Algorithm) Start(by Primitive, m *jws.Message, s *jws.Signature, public any) Wait {
	if _, err := Admit(public, a.Curve); err != nil {
		return Known(err)
	}
	if err := WellFormed(public, s.Value); err != nil {
		return Known(err)
	}
	input := m.SigningInput(s)
	verify := func() error {
		if _, critical := s.Header.Get("crit"); a.Library != "" && !critical {
			return library(a, input, s.Value, public)
		}
		return a.Check(input, s.Value, public)
	}
	return a.start(by, public, input, s.Value, verify)
}

// StartData begins to verify the signature of any data, by a key and a value
// that were found to be such as the algorithm takes, see Admit and WellFormed.
func (a *Algorithm) StartData(by Primitive, data, value []byte, public any) Wait {
	return a.start(by, public, data, value, func() error { return a.Check(data, value, public) })
}

func (a *Algorithm) start(by Primitive, public any, data, value []byte, verify Wait) Wait {
	if a.PSS {
		return verify // what hosts do not have as we need it
	}
	return start(by, public, a.Hash, data, value, verify)
}

// Check does the mathematics on the standard library.
func (a *Algorithm) Check(input, signature []byte, public any) error {
	switch {
	case a.Curve == publickey.Ed25519:
		return StartEd25519(nil, public, input, signature)()
	case a.Curve == publickey.RSA:
		return a.checkRSA(public, input, signature)
	default:
		return StartECDSA(nil, public, a.Hash, input, signature)()
	}
}

// Admit says which of the given kinds a key is, or that it is none of them.
func Admit(public any, kinds ...string) (string, error) {
	kind := publickey.Kind(public)
	if kind == "" || !slices.Contains(kinds, kind) {
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

// WellFormed refuses signature values that no signer makes with a key of this
// kind: of another length, or with r or s outside 1 to n-1 (RFC 7518 3.4,
// CVE-2022-21449, T2).
func WellFormed(public any, signature []byte) error {
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

// StartEd25519 begins to verify per RFC 8032 5.1.7; the standard library
// refuses an S that is not reduced.
func StartEd25519(by Primitive, public any, data, signature []byte) Wait {
	if err := WellFormed(public, signature); err != nil {
		return Known(err)
	}
	k, ok := public.(ed25519.PublicKey)
	if !ok || len(k) != ed25519.PublicKeySize {
		return Known(mismatch())
	}
	return start(by, public, 0, data, signature, func() error {
		if !ed25519.Verify(k, data, signature) {
			return mismatch()
		}
		return nil
	})
}

// StartECDSA begins to verify r and s over the hash of data, on any of the
// curves.
func StartECDSA(by Primitive, public any, hash crypto.Hash, data, signature []byte) Wait {
	if err := WellFormed(public, signature); err != nil {
		return Known(err)
	}
	return start(by, public, hash, data, signature, func() error {
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
	})
}

// checkRSA verifies RSASSA-PKCS1-v1_5 or RSASSA-PSS.
func (a *Algorithm) checkRSA(public any, data, signature []byte) error {
	k, ok := public.(*rsa.PublicKey)
	if !ok {
		return mismatch()
	}
	h := a.Hash.New()
	h.Write(data)
	digest := h.Sum(nil)
	if !a.PSS {
		if rsa.VerifyPKCS1v15(k, a.Hash, digest, signature) != nil {
			return mismatch()
		}
		return nil
	}
	// RFC 7518 3.5: the salt is as long as the hash. With another length the
	// rule is broken, but the signature is not forged.
	if rsa.VerifyPSS(k, a.Hash, digest, signature, &rsa.PSSOptions{SaltLength: rsa.PSSSaltLengthEqualsHash}) == nil {
		return nil
	}
	if rsa.VerifyPSS(k, a.Hash, digest, signature, &rsa.PSSOptions{SaltLength: rsa.PSSSaltLengthAuto}) == nil {
		return malformed("salt length")
	}
	return mismatch()
}

func mismatch() error { return report.NewProblem(report.SignatureMismatch, "") }

func malformed(what string) error { return report.NewProblem(report.SignatureMalformed, what) }
