package key

import (
	"slices"
	"strings"

	"github.com/sealcheck/sealcheck/verifier/internal/keydocument"
	"github.com/sealcheck/sealcheck/verifier/internal/publickey"
)

// GivenKey is a public key that the user handed in, with whatever names came
// with it. It is immutable.
type GivenKey struct {
	entry  keydocument.Entry
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
	entries, err := keydocument.Supplied(data)
	if err != nil {
		return nil, err
	}
	keys := make([]GivenKey, 0, len(entries))
	for _, e := range entries {
		keys = append(keys, newGiven(e))
	}
	return keys, nil
}

func newGiven(e keydocument.Entry) GivenKey {
	g := GivenKey{entry: e, public: e.Public, print: publickey.Thumbprint(e.Public), owner: e.Controller}
	for _, name := range []string{e.ID, e.KID} {
		if base, _, _ := strings.Cut(name, "#"); g.owner == "" && resolvable(base) {
			g.owner = base
		}
	}
	return g
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
		usable := g.entry.Allows(s.ref.Purpose) && publickey.CheckKind(g.public, s.ref.Curves, s.ref.Algorithm) == nil &&
			publickey.CheckPurpose(g.entry.JWK(), s.ref.Algorithm) == nil && keydocument.Ended(g.entry.Value, s.At) == nil
		if !usable {
			continue
		}
		found := slices.IndexFunc(keys, func(k Key) bool { return publickey.Thumbprint(k.Public) == g.print })
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
	id := g.entry.ID
	if id == "" {
		id = g.entry.KID
	}
	return Key{Public: g.public, Source: Given, ID: id}
}

// answers says whether a proof's reference means this key. target is the
// identifier in which the reference is to be looked up, short its name there.
// A key with a name answers to that name only.
func (g *GivenKey) answers(reference, target, short string) bool {
	names := []string{g.entry.ID, g.entry.KID, g.print}
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
