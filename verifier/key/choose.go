package key

import (
	"errors"
	"strings"

	"github.com/sealcheck/sealcheck/verifier/fetch"
	"github.com/sealcheck/sealcheck/verifier/report"
)

// named gives the one key of a document that a name means: absolute is the
// id that a method would have, short its last part.
func (s *search) named(d *document, absolute, short string) ([]Key, error) {
	found, exact := d.names(absolute, short)
	if d.sole {
		// Whatever the name, the identifier has exactly one key.
		found, exact = []int{0}, d.entries[0].id == absolute
	}
	if len(found) == 0 && d.source == KeySet && len(d.entries) == 1 && d.entries[0].kid == "" {
		found = []int{0}
	}
	switch {
	case len(found) > 1:
		return nil, problem(report.KeyAmbiguous, "several keys of this name", "key", absolute)
	case len(found) == 0 && strings.HasPrefix(d.asked, "did:") && looksLikeKey(short):
		// asks 14: a fragment that is a key is a name like any other. Some
		// software decodes it, and takes an attacker's key for the issuer's.
		return nil, problem(report.KeyFragmentIsKey, "", "did", d.base, "key", absolute, "host", fetch.Host(d.address))
	case len(found) == 0:
		return nil, problem(report.KeyNotPublished, "", "did", didOf(d.base), "key", absolute, "address", d.address, "host", fetch.Host(d.address))
	}
	e := &d.entries[found[0]]
	k, err := s.accept(d, e)
	if err != nil {
		return nil, err
	}
	k.Loose = !exact || !e.bare && s.ref.KeyID != e.id && s.ref.KeyID != "#"+short
	return []Key{k}, nil
}

func didOf(identifier string) string {
	if strings.HasPrefix(identifier, "did:") {
		return identifier
	}
	return ""
}

// unnamed gives every key of a document that could be meant, where the
// reference names none.
func (s *search) unnamed(d *document) ([]Key, error) {
	var keys []Key
	var only error // why the only listed key is not accepted
	listed := 0
	for i := range d.entries {
		if !d.entries[i].allows(s.ref.Purpose) {
			continue
		}
		listed++
		k, err := s.accept(d, &d.entries[i])
		if err != nil {
			only = err
			continue
		}
		k.Loose = true
		keys = append(keys, k)
	}
	switch {
	case len(keys) > candidatesMost:
		return nil, problem(report.KeyAmbiguous, "more than 10 keys could be meant", "did", didOf(d.base), "address", d.address)
	case len(keys) > 0:
		// An address that holds one bare JWK names it exactly.
		keys[0].Loose = d.source != KeySet || len(d.entries) > 1 || s.ref.KeyID != d.address
		return keys, nil
	// The key of a did:key is what it is; elsewhere another key may have
	// stood there when the proof was made.
	case listed == 1 && (d.sole || codeOf(only) != report.KeyAlgorithmMismatch):
		return nil, only
	}
	return nil, problem(report.KeyNotPublished, "no key that could be meant", "did", didOf(d.base), "address", d.address, "host", fetch.Host(d.address))
}

// accept holds a key that was found against everything that its document and
// the proof say of it.
func (s *search) accept(d *document, e *entry) (Key, error) {
	k, err := s.judge(d, e)
	return k, withFacts(err, "key", e.id, "did", didOf(d.base), "address", d.address, "host", fetch.Host(d.address))
}

func (s *search) judge(d *document, e *entry) (Key, error) {
	if !e.bare && !d.lone && e.public == nil {
		// CID 1.0 3.3; T6: a method belongs to whom it names as controller.
		switch e.controller {
		case d.base:
		case "":
			return Key{}, problem(report.KeyDocumentInvalid, "a verification method without controller")
		default:
			return Key{}, problem(report.KeyControllerMismatch, "", "what", e.controller)
		}
	}
	// CID 1.0 3.3; T5: a key that is published for one purpose has no say in
	// another.
	if !d.lone && !e.allows(s.ref.Purpose) {
		return Key{}, problem(report.KeyNotForAssertion, "not listed under "+s.ref.Purpose, "what", s.ref.Purpose)
	}
	if !e.bare {
		if err := ended(e.value, s.At); err != nil {
			return Key{}, err
		}
	}
	if err := purposeOfJWK(e.jwk(), s.ref); err != nil {
		return Key{}, err
	}
	public, err := e.key()
	if err != nil {
		return Key{}, err
	}
	if err := fits(public, s.ref); err != nil {
		return Key{}, err
	}
	k := Key{Public: public, Source: d.source, ID: e.id, Address: d.address, Inseparable: d.sole}
	if k.ID == "" {
		k.ID = d.base
		if e.kid != "" {
			k.ID += "#" + e.kid
		}
	}
	if d.speaks() {
		k.ListedBy = d.id
	}
	return k, nil
}

// loneMethod takes a verification method that stands alone at an address. It
// speaks for its controller only where the controller's document, read in its
// turn, lists it.
func (s *search) loneMethod(d *document) ([]Key, error) {
	e := &d.entries[0]
	if strings.HasPrefix(e.id, "#") {
		e.id = d.base + e.id
	}
	// A method under another name than it was asked for by is another method.
	if e.id != "" && e.id != s.ref.KeyID {
		return nil, problem(report.KeyDocumentMismatch, "", "what", e.id, "address", d.address, "host", fetch.Host(d.address))
	}
	k, err := s.accept(d, e)
	if err != nil {
		return nil, err
	}
	k.ID = s.ref.KeyID
	if resolvable(e.controller) && e.controller != d.address {
		controller, err := s.document(e.controller, fetch.Profile)
		if err == nil && controller.speaks() {
			other, err := s.vouches(controller, &k)
			if codeOf(err).Outcome() == report.Fail {
				return nil, err
			}
			if other != nil {
				k.ListedBy = other.ListedBy
			}
		}
	}
	return []Key{k}, nil
}

// bind asks the document of the issuer that the credential names about a key
// that did not come from it, and notes the answer in the key. Two DIDs need
// no asking: the method of one is not the other's to list.
func (s *search) bind(k *Key) error {
	if !s.issuerResolvable() || k.ListedBy == s.issuer ||
		strings.HasPrefix(s.issuer, "did:") && strings.HasPrefix(k.ListedBy, "did:") {
		return nil
	}
	d, err := s.issuerDocument()
	if err == nil && !d.speaks() {
		err = problem(report.KeyDocumentMismatch, "")
	}
	if err != nil {
		k.IssuerDocument = stateOf(err)
		return nil
	}
	own, err := s.vouches(d, k)
	switch {
	case codeOf(err).Outcome() == report.Fail:
		return err
	case err != nil:
		k.IssuerDocument = stateOf(err)
	case own == nil:
		k.IssuerDocument = Read
	case k.Source == Header:
		*k = *own
	default:
		k.ListedBy = own.ListedBy
	}
	return nil
}

func stateOf(err error) DocumentState {
	if errors.Is(err, errAbsent) {
		return Absent
	}
	return Unavailable
}

// vouches looks for a key in a document that speaks for itself: by its id or address where that lies elsewhere, or as the same
// key. nil says that it is not there; an error that it is there and may not
// be used, or could not be looked for.
func (s *search) vouches(d *document, k *Key) (*Key, error) {
	listed := *k
	listed.ListedBy = d.id
	for _, other := range d.foreign {
		// An id counts only where it is the very reference that was followed,
		// or where the document that the key stands in may give that id.
		followed := k.Source != Header && other.id == s.ref.KeyID || k.ListedBy != "" && other.id == k.ID
		if followed && (other.purpose == anyPurpose || other.purpose == s.ref.Purpose) {
			return &listed, nil
		}
	}
	// jwks_uri: the set at that address is the profile's own.
	if d.keySet != "" && d.keySet == k.Address && k.Source == KeySet {
		return &listed, nil
	}
	own, err := s.same(d, k)
	if own != nil || err != nil {
		return own, err
	}
	set, err := s.keySet(d)
	if set == nil || err != nil {
		return nil, err
	}
	own, err = s.same(set, k)
	if own != nil {
		own.ListedBy = d.id
	}
	return own, err
}

// same finds the entry of a document that holds the same key. Where several
// do, one that may be used is enough.
func (s *search) same(d *document, k *Key) (*Key, error) {
	var refused error
	print := thumbprint(k.Public)
	for i := range d.entries {
		public, err := d.entries[i].key()
		if err != nil || thumbprint(public) != print {
			continue
		}
		own, err := s.accept(d, &d.entries[i])
		if err == nil {
			return &own, nil
		}
		refused = err
	}
	return nil, refused
}
