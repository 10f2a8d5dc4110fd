package key

import (
	"bytes"
	"encoding/pem"
	"slices"
	"strings"

	"github.com/sealcheck/sealcheck/verifier/internal/limits"
	"github.com/sealcheck/sealcheck/verifier/internal/strictjson"
	"github.com/sealcheck/sealcheck/verifier/report"
)

// GivenKey is a public key that the user handed in, with whatever names came
// with it. It is immutable.
type GivenKey struct {
	entry  entry
	public any
	print  string // its thumbprint
	owner  string // DID or address that the key is said to belong to, "" if none
}

// ParseGiven reads the keys in what a user hands in: a JWK, a JWK Set, a
// verification method, a DID document or controlled identifier document (bare
// or in a resolution result), an array of these, or PEM blocks (public keys or
// certificates). Private members are dropped unread: people paste what they
// have. Keys of a kind that signs nothing are left out; where none is left,
// the error (a *report.Problem) is that of the first.
func ParseGiven(data []byte) ([]GivenKey, error) {
	if len(data) > limits.DocumentBytes {
		return nil, problem(report.KeyDocumentTooLarge, "")
	}
	data = bytes.TrimSpace(data)
	if bytes.HasPrefix(data, []byte("-----BEGIN")) {
		return givenPEM(data)
	}
	value, err := strictjson.Parse(data)
	if err != nil {
		return nil, problem(report.KeyMalformed, err.Error())
	}
	d := &document{source: Profile}
	for _, item := range value.List() {
		if err := d.addGiven(item); err != nil {
			return nil, err
		}
	}
	if d.full() {
		return nil, problem(report.KeyDocumentTooLarge, "more than 100 keys")
	}
	return collect(d.entries)
}

// addGiven adds the keys of one object that was handed in.
func (d *document) addGiven(value strictjson.Value) error {
	if value.Kind() != strictjson.Object {
		return problem(report.KeyMalformed, "no key")
	}
	value, _ = unwrap(value)
	_, isJWK := value.Get("kty")
	_, isSet := value.Get("keys")
	switch {
	case isJWK:
		d.addJWK(value, anyPurpose)
	case isSet:
		d.addSet(value, anyPurpose)
	case isMethod(value):
		e := method(value)
		e.id, e.purposes = value.At("id").Text(), []string{anyPurpose}
		if !d.full() {
			d.entries = append(d.entries, e)
		}
	default:
		inner := &document{source: Profile}
		if strings.HasPrefix(value.At("id").Text(), "did:") {
			inner.source = DIDDocument
		}
		if err := inner.addDocument(value); err != nil {
			return err
		}
		for _, e := range inner.entries {
			if e.controller = inner.base; !d.full() {
				d.entries = append(d.entries, e)
			}
		}
	}
	return nil
}

func collect(entries []entry) ([]GivenKey, error) {
	var keys []GivenKey
	var first error
	for _, e := range entries {
		key, err := newGiven(e)
		if err == nil {
			keys = append(keys, key)
		} else if first == nil {
			first = err
		}
	}
	if len(keys) == 0 && first == nil {
		first = problem(report.KeyMalformed, "no key")
	}
	if len(keys) == 0 {
		return nil, first
	}
	return keys, nil
}

func newGiven(e entry) (GivenKey, error) {
	if !e.allows("assertionMethod") && !e.allows("authentication") {
		return GivenKey{}, problem(report.KeyNotForAssertion, "", "key", e.id)
	}
	e.value = withoutSecrets(e.value, e.bare)
	public, err := e.key()
	if err != nil {
		return GivenKey{}, withFacts(err, "key", e.id)
	}
	g := GivenKey{entry: e, public: public, print: thumbprint(public), owner: e.controller}
	for _, name := range []string{e.id, e.kid} {
		if base, _, _ := strings.Cut(name, "#"); g.owner == "" && resolvable(base) {
			g.owner = base
		}
	}
	return g, nil
}

// withoutSecrets takes away what only the owner may have, and key_ops, which
// in a key pair says "sign".
func withoutSecrets(value strictjson.Value, bare bool) strictjson.Value {
	hidden := append([]string{"key_ops"}, privateMembers...)
	if bare {
		return value.Without(hidden...)
	}
	value = value.Without(secrets...)
	if jwk := value.At("publicKeyJwk"); jwk.Kind() == strictjson.Object {
		value = value.With("publicKeyJwk", jwk.Without(hidden...))
	}
	return value
}

func givenPEM(data []byte) ([]GivenKey, error) {
	var keys []GivenKey
	for len(bytes.TrimSpace(data)) > 0 {
		block, rest := pem.Decode(data)
		if block == nil {
			return nil, problem(report.KeyMalformed, "no PEM block")
		}
		public, err := blockKey(block)
		if err != nil {
			return nil, err
		}
		if len(keys) == limits.VerificationMethods {
			return nil, problem(report.KeyDocumentTooLarge, "more than 100 keys")
		}
		keys = append(keys, GivenKey{
			entry: entry{public: public, purposes: []string{anyPurpose}}, public: public, print: thumbprint(public),
		})
		data = rest
	}
	return keys, nil
}

// given puts the user's keys behind those that were found, or in their place
// where none was. They vouch for nothing.
func (s *search) given(keys []Key) []Key {
	target, short := s.issuer, strings.TrimPrefix(s.ref.KeyID, "#")
	if resolvable(s.ref.KeyID) {
		target, short, _ = strings.Cut(s.ref.KeyID, "#")
	}
	// These identifiers are their keys; no other can be meant.
	if strings.HasPrefix(target, "did:key:") || strings.HasPrefix(target, "did:jwk:") {
		return keys
	}
	for i := range s.Given {
		g := &s.Given[i]
		usable := g.entry.allows(s.ref.Purpose) && fits(g.public, s.ref) == nil &&
			purposeOfJWK(g.entry.jwk(), s.ref) == nil && ended(g.entry.value, s.At) == nil
		if !usable {
			continue
		}
		found := slices.IndexFunc(keys, func(k Key) bool { return thumbprint(k.Public) == g.print })
		switch {
		// A key that only the file itself brought is named by itself.
		case found >= 0 && keys[found].Source == Header && keys[found].ListedBy == "":
			keys[found] = g.key()
		case found < 0 && g.answers(s.ref.KeyID, target, short):
			keys = append(keys, g.key())
		}
	}
	return keys
}

func (g *GivenKey) key() Key {
	id := g.entry.id
	if id == "" {
		id = g.entry.kid
	}
	return Key{Public: g.public, Source: Given, ID: id}
}

// answers says whether a proof's reference means this key. target is the
// identifier in which the reference is to be looked up, short its name there.
// A key with a name answers to that name only.
func (g *GivenKey) answers(reference, target, short string) bool {
	names := []string{g.entry.id, g.entry.kid, g.print}
	for _, name := range names {
		if reference != "" && name == reference {
			return true
		}
	}
	if short != "" && g.print == short {
		return true
	}
	named := false // whether the key has a name of its own within its owner
	for _, name := range names[:2] {
		base, fragment, cut := strings.Cut(name, "#")
		if !cut && !resolvable(base) {
			fragment = base
		}
		named = named || fragment != ""
		if short != "" && fragment == short && (g.owner == "" || g.owner == target) {
			return true
		}
	}
	switch {
	case g.owner == "" && !named:
		return true
	case g.owner == "" || g.owner != target:
		return false
	}
	return short == "" || !named
}
