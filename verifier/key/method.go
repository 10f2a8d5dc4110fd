package key

import (
	"crypto/elliptic"
	"crypto/x509"
	"encoding/pem"
	"errors"
	"strings"
	"time"

	"github.com/sealcheck/sealcheck/verifier/internal/multibase"
	"github.com/sealcheck/sealcheck/verifier/internal/strictjson"
	"github.com/sealcheck/sealcheck/verifier/report"
)

// representations are the members in which a verification method can carry
// its public key (CID 1.0 2.2; the security vocabulary before it).
var representations = []string{
	"publicKeyJwk", "publicKeyMultibase", "publicKeyBase58", "publicKeyPem",
	"publicKeyHex", "publicKeyBase64", "publicKeyGpg", "blockchainAccountId", "ethereumAddress",
}

// secrets are the members in which people publish what they should not.
var secrets = []string{
	"secretKeyJwk", "secretKeyMultibase", "privateKeyJwk", "privateKeyMultibase",
	"privateKeyBase58", "privateKeyPem", "privateKeyHex",
}

// isMethod says whether an object looks like a verification method.
func isMethod(value strictjson.Value) bool {
	for _, name := range representations {
		if _, there := value.Get(name); there {
			return true
		}
	}
	return false
}

// methodKey reads the public key of a verification method.
func methodKey(method strictjson.Value) (any, error) {
	var name string
	for _, candidate := range representations {
		if _, there := method.Get(candidate); !there {
			continue
		}
		// CID 1.0 2.2: the same key in two representations could be two keys.
		if name != "" {
			return nil, problem(report.KeyMalformed, "both "+name+" and "+candidate)
		}
		name = candidate
	}
	for _, secret := range secrets {
		if _, there := method.Get(secret); there {
			return nil, problem(report.KeyPrivate, "the method has the member "+secret)
		}
	}
	value := method.At(name)
	kind := method.At("type").Text()
	var public any
	var err error
	switch name {
	case "publicKeyJwk":
		public, err = publicKey(value)
	case "publicKeyMultibase":
		public, err = multikey(value.Text(), report.KeyMalformed)
	case "publicKeyBase58":
		public, err = base58Key(value.Text(), kind)
	case "publicKeyPem":
		public, err = pemKey([]byte(value.Text()))
	default:
		return nil, problem(report.KeyTypeUnsupported, "", "what", strings.TrimSpace(kind+" "+name))
	}
	if err != nil {
		return nil, err
	}
	// The old types name the curve; a key of another curve contradicts them.
	if strings.HasPrefix(kind, "Ed25519") && kindOf(public) != kindEd25519 ||
		strings.HasPrefix(kind, "EcdsaSecp256k1") && kindOf(public) != kindSecp256k1 ||
		strings.HasPrefix(kind, "X25519") {
		return nil, problem(report.KeyMalformed, "a key of type "+kindOf(public)+" in a "+kind)
	}
	return public, nil
}

// base58Key reads publicKeyBase58, where only the method's type says what the
// bytes are.
func base58Key(text, kind string) (any, error) {
	data, err := multibase.DecodeBase58(text)
	if err != nil {
		return nil, problem(report.KeyMalformed, err.Error())
	}
	switch kind {
	case "Ed25519VerificationKey2018", "Ed25519VerificationKey2020":
		return ed25519Key(data)
	case "EcdsaSecp256k1VerificationKey2019", "Secp256k1VerificationKey2018":
		return compressedSecp256k1(data)
	case "EcdsaSecp256r1VerificationKey2019":
		return compressed(elliptic.P256(), data)
	default:
		return nil, problem(report.KeyTypeUnsupported, "", "what", kind)
	}
}

// pemKey reads one PEM block: a public key (SPKI or PKCS #1) or the key of a
// certificate.
func pemKey(data []byte) (any, error) {
	block, rest := pem.Decode(data)
	if block == nil {
		return nil, problem(report.KeyMalformed, "no PEM block")
	}
	if len(strings.TrimSpace(string(rest))) > 0 {
		return nil, problem(report.KeyMalformed, "something follows the PEM block")
	}
	return blockKey(block)
}

func blockKey(block *pem.Block) (any, error) {
	var public any
	var err error
	switch {
	case strings.HasSuffix(block.Type, "PRIVATE KEY"):
		return nil, problem(report.KeyPrivate, "a PEM block with a private key")
	case block.Type == "CERTIFICATE":
		var certificate *x509.Certificate
		if certificate, err = x509.ParseCertificate(block.Bytes); err == nil {
			public = certificate.PublicKey
		}
	case block.Type == "RSA PUBLIC KEY":
		public, err = x509.ParsePKCS1PublicKey(block.Bytes)
	case block.Type == "PUBLIC KEY":
		public, err = x509.ParsePKIXPublicKey(block.Bytes)
	default:
		err = errors.New("a PEM block of another type")
	}
	if unknownCurve(err) {
		return nil, problem(report.KeyTypeUnsupported, err.Error())
	}
	if err != nil {
		return nil, problem(report.KeyMalformed, err.Error())
	}
	return public, sound(public)
}

// ended says whether a method has been revoked or has expired at the instant
// (CID 1.0 2.2). The time that a proof claims plays no part: whoever holds a
// revoked key can claim any.
func ended(method strictjson.Value, at time.Time) error {
	if revoked, there := method.Get("revoked"); there && revoked.Kind() != strictjson.Null && (revoked.Kind() != strictjson.Bool || revoked.Truth()) {
		past, err := past(revoked, at)
		if err != nil {
			return err
		}
		if past {
			return problem(report.KeyRevoked, "", "date", revoked.Text())
		}
	}
	if expires, there := method.Get("expires"); there && expires.Kind() != strictjson.Null {
		past, err := past(expires, at)
		if err != nil {
			return err
		}
		if past {
			return problem(report.KeyExpired, "", "date", expires.Text())
		}
	}
	return nil
}

func past(date strictjson.Value, at time.Time) (bool, error) {
	if date.Truth() { // "revoked": true
		return true, nil
	}
	when, err := time.Parse(time.RFC3339, date.Text())
	if err != nil {
		return false, problem(report.KeyDocumentInvalid, "a revoked or expires that is no date", "date", date.Text())
	}
	return !when.After(at), nil
}
