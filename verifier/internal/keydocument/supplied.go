package keydocument

import (
	"bytes"
	"encoding/pem"
	"strings"

	"github.com/sealcheck/sealcheck/verifier/internal/limits"
	"github.com/sealcheck/sealcheck/verifier/internal/publickey"
	"github.com/sealcheck/sealcheck/verifier/internal/strictjson"
	"github.com/sealcheck/sealcheck/verifier/report"
)

// Supplied reads the keys in what a user hands in: a JWK, a JWK Set, a
// verification method, a DID document or controlled identifier document (bare
// or in a resolution result), an array of these, or PEM blocks (public keys or
// certificates). Private members are dropped unread: people paste what they
// have. Keys of a kind that signs nothing are left out; where none is left,
// the error (a *report.Problem) is that of the first.
func Supplied(data []byte) ([]Entry, error) {
	if len(data) > limits.DocumentBytes {
		return nil, report.NewProblem(report.KeyDocumentTooLarge, "")
	}
	data = bytes.TrimSpace(data)
	if bytes.HasPrefix(data, []byte("-----BEGIN")) {
		return suppliedPEM(data)
	}
	value, err := strictjson.Parse(data)
	if err != nil {
		return nil, report.NewProblem(report.KeyMalformed, err.Error())
	}
	d := &Document{Kind: Profile}
	for _, item := range value.List() {
		if err := d.addSupplied(item); err != nil {
			return nil, err
		}
	}
	if d.Full() {
		return nil, report.NewProblem(report.KeyDocumentTooLarge, "more than 100 keys")
	}
	return collect(d.Entries)
}

// addSupplied adds the keys of one object that was handed in.
func (d *Document) addSupplied(value strictjson.Value) error {
	if value.Kind() != strictjson.Object {
		return report.NewProblem(report.KeyMalformed, "no key")
	}
	value, _ = unwrap(value)
	_, isJWK := value.Get("kty")
	_, isSet := value.Get("keys")
	switch {
	case isJWK:
		d.addJWK(value, AnyPurpose)
	case isSet:
		d.AddSet(value, AnyPurpose)
	case isMethod(value):
		e := method(value)
		e.ID, e.Purposes = value.At("id").Text(), []string{AnyPurpose}
		if !d.Full() {
			d.Entries = append(d.Entries, e)
		}
	default:
		inner := &Document{Kind: Profile}
		if strings.HasPrefix(value.At("id").Text(), "did:") {
			inner.Kind = DIDDocument
		}
		if err := inner.addDocument(value); err != nil {
			return err
		}
		for _, e := range inner.Entries {
			if e.Controller = inner.Base; !d.Full() {
				d.Entries = append(d.Entries, e)
			}
		}
	}
	return nil
}

func collect(entries []Entry) ([]Entry, error) {
	var keys []Entry
	var first error
	for _, e := range entries {
		key, err := supplied(e)
		if err == nil {
			keys = append(keys, key)
		} else if first == nil {
			first = err
		}
	}
	if len(keys) == 0 && first == nil {
		first = report.NewProblem(report.KeyMalformed, "no key")
	}
	if len(keys) == 0 {
		return nil, first
	}
	return keys, nil
}

// supplied reads the key of an entry and takes away what is secret in it.
func supplied(e Entry) (Entry, error) {
	if !e.Allows("assertionMethod") && !e.Allows("authentication") {
		return Entry{}, report.NewProblem(report.KeyNotForAssertion, "", "key", e.ID)
	}
	e.Value = withoutSecrets(e.Value, e.Bare)
	public, err := e.Key()
	if err != nil {
		return Entry{}, report.WithFacts(err, "key", e.ID)
	}
	e.Public = public
	return e, nil
}

// withoutSecrets takes away what only the owner may have, and key_ops, which
// in a key pair says "sign".
func withoutSecrets(value strictjson.Value, bare bool) strictjson.Value {
	hidden := append([]string{"key_ops"}, publickey.PrivateMembers...)
	if bare {
		return value.Without(hidden...)
	}
	value = value.Without(secrets...)
	if jwk := value.At("publicKeyJwk"); jwk.Kind() == strictjson.Object {
		value = value.With("publicKeyJwk", jwk.Without(hidden...))
	}
	return value
}

func suppliedPEM(data []byte) ([]Entry, error) {
	var keys []Entry
	for len(bytes.TrimSpace(data)) > 0 {
		block, rest := pem.Decode(data)
		if block == nil {
			return nil, report.NewProblem(report.KeyMalformed, "no PEM block")
		}
		public, err := publickey.FromBlock(block)
		if err != nil {
			return nil, err
		}
		if len(keys) == limits.VerificationMethods {
			return nil, report.NewProblem(report.KeyDocumentTooLarge, "more than 100 keys")
		}
		keys = append(keys, Entry{Public: public, Purposes: []string{AnyPurpose}})
		data = rest
	}
	return keys, nil
}
