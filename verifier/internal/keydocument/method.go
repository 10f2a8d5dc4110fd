package keydocument

import (
	"strings"
	"time"

	"github.com/sealcheck/sealcheck/verifier/internal/publickey"
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
			return nil, report.NewProblem(report.KeyMalformed, "both "+name+" and "+candidate)
		}
		name = candidate
	}
	for _, secret := range secrets {
		if _, there := method.Get(secret); there {
			return nil, report.NewProblem(report.KeyPrivate, "the method has the member "+secret)
		}
	}
	value := method.At(name)
	kind := method.At("type").Text()
	var public any
	var err error
	switch name {
	case "publicKeyJwk":
		public, err = publickey.FromJWK(value)
	case "publicKeyMultibase":
		public, err = publickey.FromMultikey(value.Text(), report.KeyMalformed)
	case "publicKeyBase58":
		public, err = publickey.FromBase58(value.Text(), kind)
	case "publicKeyPem":
		public, err = publickey.FromPEM([]byte(value.Text()))
	default:
		return nil, report.NewProblem(report.KeyTypeUnsupported, "", "what", strings.TrimSpace(kind+" "+name))
	}
	if err != nil {
		return nil, err
	}
	// The old types name the curve; a key of another curve contradicts them.
	if strings.HasPrefix(kind, "Ed25519") && publickey.Kind(public) != publickey.Ed25519 ||
		strings.HasPrefix(kind, "EcdsaSecp256k1") && publickey.Kind(public) != publickey.Secp256k1 ||
		strings.HasPrefix(kind, "X25519") {
		return nil, report.NewProblem(report.KeyMalformed, "a key of type "+publickey.Kind(public)+" in a "+kind)
	}
	return public, nil
}

// Ended says whether a method has been revoked or has expired at the instant
// (CID 1.0 2.2). The time that a proof claims plays no part: whoever holds a
// revoked key can claim any.
func Ended(method strictjson.Value, at time.Time) error {
	if revoked, there := method.Get("revoked"); there && revoked.Kind() != strictjson.Null && (revoked.Kind() != strictjson.Bool || revoked.Truth()) {
		past, err := past(revoked, at)
		if err != nil {
			return err
		}
		if past {
			return report.NewProblem(report.KeyRevoked, "", "date", revoked.Text())
		}
	}
	if expires, there := method.Get("expires"); there && expires.Kind() != strictjson.Null {
		past, err := past(expires, at)
		if err != nil {
			return err
		}
		if past {
			return report.NewProblem(report.KeyExpired, "", "date", expires.Text())
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
		return false, report.NewProblem(report.KeyDocumentInvalid, "a revoked or expires that is no date", "date", date.Text())
	}
	return !when.After(at), nil
}
