package envelope

import (
	"bytes"
	"errors"
	"strconv"
	"strings"

	"github.com/sealcheck/sealcheck/verifier/internal/strictjson"
	"github.com/sealcheck/sealcheck/verifier/report"
)

// jsonProblem says which rule of strict JSON a text breaks; where is "file"
// or "payload".
func jsonProblem(err error, where string) error {
	var broken *strictjson.Error
	if !errors.As(err, &broken) {
		return err
	}
	code := map[strictjson.Reason]report.Code{
		strictjson.Syntax:       report.EnvelopeJsonSyntax,
		strictjson.Truncated:    report.EnvelopeJsonTruncated,
		strictjson.DuplicateKey: report.EnvelopeJsonDuplicateKey,
		strictjson.BadUTF8:      report.EnvelopeJsonUtf8,
		strictjson.Surrogate:    report.EnvelopeJsonSurrogate,
		strictjson.Trailing:     report.EnvelopeJsonTrailing,
		strictjson.TooDeep:      report.EnvelopeJsonDepth,
		strictjson.TooMany:      report.EnvelopeJsonTokens,
		strictjson.BadNumber:    report.EnvelopeJsonNumber,
		strictjson.Nul:          report.EnvelopeJsonNul,
	}[broken.Reason]
	return report.NewProblem(code, "at byte "+strconv.Itoa(broken.Offset), "what", broken.Key, "where", where)
}

// beginsObject says whether a text begins like a JSON object, after white
// space and a byte order mark.
func beginsObject(data []byte) bool {
	data = bytes.TrimLeft(bytes.TrimPrefix(data, []byte(mark)), jsonSpace)
	return len(data) > 0 && data[0] == '{'
}

var kinds = map[strictjson.Kind]string{
	strictjson.Null: "null", strictjson.Bool: "true or false", strictjson.Number: "number",
	strictjson.String: "string", strictjson.Array: "list", strictjson.Object: "object",
}

// unknown is the problem of JSON that is no object.
func unknown(value strictjson.Value) error {
	return report.NewProblem(report.EnvelopeUnknown, "JSON, but not an object", "what", kinds[value.Kind()])
}

func has(value strictjson.Value, key string) bool {
	_, ok := value.Get(key)
	return ok
}

// hasType says whether `type` is this text or a list that holds it.
func hasType(value strictjson.Value, name string) bool {
	for _, item := range value.At("type").List() {
		if item.Text() == name {
			return true
		}
	}
	return false
}

// isJWS says whether an object is a JWS in JSON: general has payload and
// signatures, flattened has a signature with a payload or a protected header
// (RFC 7515 7.2).
func isJWS(value strictjson.Value) bool {
	payload := has(value, "payload")
	return payload && has(value, "signatures") ||
		has(value, "signature") && (payload || has(value, "protected"))
}

// isJWE says whether an object is encrypted (RFC 7516 7.2).
func isJWE(value strictjson.Value) bool {
	return has(value, "ciphertext") && (has(value, "protected") || has(value, "recipients"))
}

// wrapped gives the JWS of an object that serves only to carry one.
func wrapped(value strictjson.Value) (token string, ok bool) {
	for _, member := range value.Members() {
		// Anything that describes itself is a document, not a carrier.
		if strings.HasPrefix(member.Key, "@") || member.Key == "type" || member.Key == "proof" {
			return "", false
		}
	}
	carriers := 0
	for _, name := range [...]string{"jwt", "credential", "vc", "verifiableCredential"} {
		member, there := value.Get(name)
		if !there {
			continue
		}
		if items := member.List(); name == "verifiableCredential" && len(items) == 1 {
			member = items[0]
		}
		carriers++
		token = member.Text()
	}
	// Two tokens in one object: which is meant would be a guess.
	if carriers != 1 || has(value, "jwt") && len(value.Members()) > 1 {
		return "", false
	}
	return token, startsToken([]byte(token))
}

// isKey says whether an object is a key, a set of keys or a DID document:
// people mistake them for the credential.
func isKey(value strictjson.Value) bool {
	if hasType(value, "VerifiableCredential") || hasType(value, "VerifiablePresentation") || has(value, "credentialSubject") {
		return false
	}
	for _, name := range [...]string{"kty", "publicKeyMultibase", "publicKeyJwk", "publicKeyBase58", "publicKeyHex", "publicKeyPem"} {
		if has(value, name) {
			return true
		}
	}
	for _, key := range value.At("keys").Items() {
		if has(key, "kty") {
			return true
		}
	}
	if document, ok := value.Get("didDocument"); ok {
		value = document
	}
	if value.At("verificationMethod").Kind() == strictjson.Array {
		return has(value, "id")
	}
	did := strings.HasPrefix(value.At("id").Text(), "did:")
	return did && (has(value, "assertionMethod") || has(value, "authentication") || has(value, "publicKey"))
}

// OldBlockcert says whether a document is a Blockcerts certificate of before
// version 3: an Open Badge with a Merkle proof in `signature`, or with a receipt
// beside it.
func (e Envelope) OldBlockcert() bool {
	for _, place := range [...]string{"signature", "receipt"} {
		for _, kind := range e.Document.At(place).At("type").List() {
			if strings.HasPrefix(kind.Text(), "MerkleProof2017") || strings.HasPrefix(kind.Text(), "ChainpointSHA256") {
				return true
			}
		}
	}
	return false
}
