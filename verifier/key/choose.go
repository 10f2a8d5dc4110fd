package key

import (
	"errors"
	"strings"

	"github.com/sealcheck/sealcheck/verifier/fetch"
	"github.com/sealcheck/sealcheck/verifier/internal/keydocument"
	"github.com/sealcheck/sealcheck/verifier/internal/library"
	"github.com/sealcheck/sealcheck/verifier/internal/publickey"
	"github.com/sealcheck/sealcheck/verifier/report"
)

// named gives the one key of a document that a name means: absolute is the
// id that a method would have, short its last part.
func (s *search) named(d *keydocument.Document, absolute, short string) ([]Key, error) {
	found, exact := d.Names(absolute, short)
	if d.Sole {
		// Whatever the name, the identifier has exactly one key.
		found, exact = []int{0}, d.Entries[0].ID == absolute
	}
	if len(found) == 0 && d.Kind == keydocument.KeySet && len(d.Entries) == 1 && d.Entries[0].KID == "" {
		found = []int{0}
	}
	switch {
	case len(found) > 1:
		return nil, report.NewProblem(report.KeyAmbiguous, "several keys of this name", "key", absolute)
	case len(found) == 0 && strings.HasPrefix(d.Asked, "did:") && publickey.LooksLikeKey(short):
		// asks 14: a fragment that is a key is a name like any other. Some
		// software decodes it, and takes an attacker's key for the issuer's.
		return nil, report.NewProblem(report.KeyFragmentIsKey, "", "did", d.Base, "key", absolute, "host", fetch.Host(d.Address))
	case len(found) == 0:
		return nil, report.NewProblem(report.KeyNotPublished, "", "did", didOf(d.Base), "key", absolute, "address", d.Address, "host", fetch.Host(d.Address))
	}
	e := &d.Entries[found[0]]
	k, err := s.accept(d, e)
	if report.CodeOf(err) == report.KeyAlgorithmMismatch && k.Public != nil && !d.Sole {
		// The key that bears this name now is of another kind than the proof
		// was made with. Like any other key that does not fit, it may have
		// replaced the one that did: proof.Verify will not take it.
		err = nil
	}
	if err != nil {
		return nil, err
	}
	k.Loose = !exact || !e.Bare && s.ref.KeyID != e.ID && s.ref.KeyID != "#"+short
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
func (s *search) unnamed(d *keydocument.Document) ([]Key, error) {
	var keys []Key
	var only error // why the only listed key is not accepted
	listed := 0
	for i := range d.Entries {
		if !d.Entries[i].Allows(s.ref.Purpose) {
			continue
		}
		listed++
		k, err := s.accept(d, &d.Entries[i])
		if err != nil {
			only = err
			continue
		}
		k.Loose = true
		keys = append(keys, k)
	}
	switch {
	case len(keys) > candidatesMost:
		return nil, report.NewProblem(report.KeyAmbiguous, "more than 10 keys could be meant", "did", didOf(d.Base), "address", d.Address)
	case len(keys) > 0:
		// An address that holds one bare JWK names it exactly.
		keys[0].Loose = d.Kind != keydocument.KeySet || len(d.Entries) > 1 || s.ref.KeyID != d.Address
		return keys, nil
	// The key of a did:key is what it is; elsewhere another key may have
	// stood there when the proof was made.
	case listed == 1 && (d.Sole || report.CodeOf(only) != report.KeyAlgorithmMismatch):
		return nil, only
	}
	return nil, report.NewProblem(report.KeyNotPublished, "no key that could be meant", "did", didOf(d.Base), "address", d.Address, "host", fetch.Host(d.Address))
}

// accept holds a key that was found against everything that its document and
// the proof say of it. A key that is only of another kind than the proof needs
// is handed back with the error.
func (s *search) accept(d *keydocument.Document, e *keydocument.Entry) (Key, error) {
	k, err := s.judge(d, e)
	return k, report.WithFacts(err, "key", e.ID, "did", didOf(d.Base), "address", d.Address, "host", fetch.Host(d.Address))
}

func (s *search) judge(d *keydocument.Document, e *keydocument.Entry) (Key, error) {
	if !e.Bare && !d.Lone && e.Public == nil {
		// CID 1.0 3.3; T6: a method belongs to whom it names as controller.
		switch e.Controller {
		case d.Base:
		case "":
			return Key{}, report.NewProblem(report.KeyDocumentInvalid, "a verification method without controller")
		default:
			return Key{}, report.NewProblem(report.KeyControllerMismatch, "", "what", e.Controller)
		}
	}
	// CID 1.0 3.3; T5: a key that is published for one purpose has no say in
	// another.
	if !d.Lone && !e.Allows(s.ref.Purpose) {
		return Key{}, report.NewProblem(report.KeyNotForAssertion, "not listed under "+s.ref.Purpose, "what", s.ref.Purpose)
	}
	if !e.Bare {
		if err := keydocument.Ended(e.Value, s.At); err != nil {
			return Key{}, err
		}
	}
	if err := publickey.CheckPurpose(e.JWK(), s.ref.Algorithm); err != nil {
		return Key{}, err
	}
	public, err := e.Key()
	if err != nil {
		return Key{}, err
	}
	k := Key{Public: public, Source: Source(d.Kind), ID: e.ID, Address: d.Address, Inseparable: d.Sole}
	if k.ID == "" {
		k.ID = d.Base
		if e.KID != "" {
			k.ID += "#" + e.KID
		}
	}
	if d.Speaks() {
		k.ListedBy = d.ID
	}
	return k, publickey.CheckKind(public, s.ref.Curves, s.ref.Algorithm)
}

// loneMethod takes a verification method that stands alone at an address. It
// speaks for its controller only where the controller's document, read in its
// turn, lists it.
func (s *search) loneMethod(d *keydocument.Document) ([]Key, error) {
	e := &d.Entries[0]
	if strings.HasPrefix(e.ID, "#") {
		e.ID = d.Base + e.ID
	}
	// A method under another name than it was asked for by is another method.
	if e.ID != "" && e.ID != s.ref.KeyID {
		return nil, report.NewProblem(report.KeyDocumentMismatch, "", "what", e.ID, "address", d.Address, "host", fetch.Host(d.Address))
	}
	k, err := s.accept(d, e)
	if err != nil {
		return nil, err
	}
	k.ID = s.ref.KeyID
	if resolvable(e.Controller) && e.Controller != d.Address {
		controller, err := s.library.Open(e.Controller, fetch.Profile)
		if err == nil && controller.Speaks() {
			other, err := s.vouches(controller, &k)
			if report.CodeOf(err).Outcome() == report.Fail {
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
	if err == nil && !d.Speaks() {
		err = report.NewProblem(report.KeyDocumentMismatch, "")
	}
	if err != nil {
		k.IssuerDocument = stateOf(err)
		return nil
	}
	own, err := s.vouches(d, k)
	switch {
	case report.CodeOf(err).Outcome() == report.Fail:
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
	if errors.Is(err, library.ErrAbsent) {
		return Absent
	}
	return Unavailable
}

// vouches looks for a key in a document that speaks for itself: by its id or
// address where that lies elsewhere, or as the same key. nil says that it is not there; an error that it is there and may not
// be used, or could not be looked for.
func (s *search) vouches(d *keydocument.Document, k *Key) (*Key, error) {
	listed := *k
	listed.ListedBy = d.ID
	for _, other := range d.Foreign {
		// An id counts only where it is the very reference that was followed,
		// or where the document that the key stands in may give that id.
		followed := k.Source != Header && k.Source != Certificate && other.ID == s.ref.KeyID || k.ListedBy != "" && other.ID == k.ID
		if followed && (other.Purpose == keydocument.AnyPurpose || other.Purpose == s.ref.Purpose) {
			return &listed, nil
		}
	}
	// jwks_uri: the set at that address is the profile's own.
	if d.KeySet != "" && d.KeySet == k.Address && k.Source == KeySet {
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
		own.ListedBy = d.ID
	}
	return own, err
}

// same finds the entry of a document that holds the same key. Where several
// do, one that may be used is enough.
func (s *search) same(d *keydocument.Document, k *Key) (*Key, error) {
	var refused error
	print := publickey.Thumbprint(k.Public)
	for i := range d.Entries {
		public, err := d.Entries[i].Key()
		if err != nil || publickey.Thumbprint(public) != print {
			continue
		}
		own, err := s.accept(d, &d.Entries[i])
		if err == nil {
			return &own, nil
		}
		refused = err
	}
	return nil, refused
}
