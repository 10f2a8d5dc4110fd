// Package keydocument reads what names public keys: DID documents, controlled
// identifier documents, issuer profiles, JWK Sets, single keys and methods, and
// what a user hands in. It says what each document claims; what that is worth is
// for package key. Package library finds them.
package keydocument

import (
	"slices"
	"strings"

	"github.com/sealcheck/sealcheck/verifier/internal/limits"
	"github.com/sealcheck/sealcheck/verifier/internal/publickey"
	"github.com/sealcheck/sealcheck/verifier/internal/strictjson"
	"github.com/sealcheck/sealcheck/verifier/report"
)

// relationships are the verification relationships of CID 1.0 2.3.
var relationships = []string{
	"assertionMethod", "authentication", "keyAgreement", "capabilityInvocation", "capabilityDelegation",
}

// AnyPurpose stands for every relationship, where a document knows none.
const AnyPurpose = "*"

// Kind is what a document is, in the words of key.Source.
type Kind string

const (
	DIDKey      Kind = "did:key"
	DIDJWK      Kind = "did:jwk"
	DIDDocument Kind = "did-document"
	Profile     Kind = "profile" // a controlled identifier document, an issuer profile, a method
	KeySet      Kind = "key-set" // a JWK Set, or one JWK
)

// Document is whatever names keys: a DID document, a controlled identifier
// document, an issuer profile, a JWK Set, a single JWK or method. A did:key
// and a did:jwk are documents that need not be fetched.
type Document struct {
	Asked   string // the identifier (DID or address) that it was read for
	ID      string // what it calls itself, "" where it does not
	Base    string // ID, or else Asked
	Kind    Kind
	Address string // the https address that it was read from, "" if none
	Entries []Entry
	Foreign []Listing // ids of keys elsewhere that it lists
	KeySet  string    // jwks_uri of a profile
	Sole    bool      // did:key or did:jwk: exactly one key
	Lone    bool      // a single verification method: lists nothing itself
}

// Entry is one key that a document holds.
type Entry struct {
	ID         string // absolute; "" for a JWK
	Controller string
	KID        string // the JWK's kid
	Value      strictjson.Value
	Bare       bool     // Value is a JWK, not a method
	Public     any      // set where it is known beforehand
	Purposes   []string // the relationships that list it
}

// Listing says that a relationship lists a key that stands elsewhere.
type Listing struct{ Purpose, ID string }

// Speaks says whether the document was read for the very identifier that it
// gives itself: only then does it vouch for anything.
func (d *Document) Speaks() bool { return d.ID != "" && d.ID == d.Asked }

// Key is the entry's public key, checked. Errors are *report.Problem.
func (e *Entry) Key() (any, error) {
	switch {
	case e.Public != nil:
		return e.Public, nil
	case e.Bare:
		return publickey.FromJWK(e.Value)
	default:
		return methodKey(e.Value)
	}
}

// JWK is the entry's JWK, Absent where it has none.
func (e *Entry) JWK() strictjson.Value {
	if e.Bare {
		return e.Value
	}
	return e.Value.At("publicKeyJwk")
}

// Allows says whether the document lists the key for a purpose.
func (e *Entry) Allows(purpose string) bool {
	return slices.Contains(e.Purposes, purpose) || slices.Contains(e.Purposes, AnyPurpose)
}

// Read reads whatever JSON came back for an identifier (a DID, or an https
// address without fragment). Errors are *report.Problem.
func Read(value strictjson.Value, identifier string) (*Document, error) {
	d := &Document{Asked: identifier, Base: identifier, Kind: Profile}
	if strings.HasPrefix(identifier, "did:") {
		d.Kind = DIDDocument
	} else {
		d.Address = identifier
	}
	if value.Kind() != strictjson.Object {
		return nil, report.NewProblem(report.KeyDocumentInvalid, "not a JSON object")
	}
	value, deactivated := unwrap(value)
	if deactivated {
		// DID-CORE 7.1.3: a deactivated DID vouches for nothing any more.
		return nil, report.NewProblem(report.KeyDeactivated, "")
	}
	_, hasKeys := value.Get("keys")
	_, hasType := value.Get("kty")
	switch {
	case d.Kind == Profile && hasType:
		d.Kind = KeySet
		d.addJWK(value, AnyPurpose)
	case d.Kind == Profile && hasKeys:
		d.Kind = KeySet
		d.AddSet(value, AnyPurpose)
	case d.Kind == Profile && isMethod(value):
		d.Lone = true
		d.addLone(value)
	default:
		if err := d.addDocument(value); err != nil {
			return nil, err
		}
	}
	if d.Full() {
		return nil, report.NewProblem(report.KeyDocumentTooLarge, "more than 100 verification methods")
	}
	return d, nil
}

// unwrap takes a DID document out of a resolution result (DID-RESOLUTION) and
// says whether either declares the DID deactivated.
func unwrap(value strictjson.Value) (strictjson.Value, bool) {
	deactivated := value.At("deactivated").Truth()
	if inner := value.At("didDocument"); inner.Kind() == strictjson.Object && value.At("id").Kind() == strictjson.Absent {
		deactivated = deactivated || value.At("didDocumentMetadata", "deactivated").Truth() || inner.At("deactivated").Truth()
		value = inner
	}
	return value, deactivated
}

func (d *Document) addJWK(jwk strictjson.Value, purposes ...string) {
	if jwk.Kind() == strictjson.Object && !d.Full() {
		d.Entries = append(d.Entries, Entry{KID: jwk.At("kid").Text(), Value: jwk, Bare: true, Purposes: purposes})
	}
}

// AddSet takes the keys of a JWK Set, as far as there is room.
func (d *Document) AddSet(set strictjson.Value, purposes ...string) {
	for _, jwk := range set.At("keys").Items() {
		d.addJWK(jwk, purposes...)
	}
}

// addLone takes a verification method that stands alone at an address. Its id
// is what it says; the caller holds it against the address.
func (d *Document) addLone(value strictjson.Value) {
	e := method(value)
	e.ID = value.At("id").Text()
	d.Entries = append(d.Entries, e)
}

func method(value strictjson.Value) Entry {
	e := Entry{Value: value, KID: value.At("publicKeyJwk", "kid").Text(), Controller: value.At("controller").Text()}
	if e.Controller == "" {
		e.Controller = value.At("owner").Text() // the name before 2019, and Open Badges 2.0's
	}
	return e
}

func (d *Document) addDocument(value strictjson.Value) error {
	d.ID = value.At("id").Text()
	if d.ID != "" {
		d.Base = d.ID
	}
	related, known := false, d.ID != ""
	for _, name := range relationships {
		if _, there := value.Get(name); there {
			related, known = true, true
		}
	}
	for _, name := range []string{"verificationMethod", "publicKey", "jwks", "jwks_uri"} {
		if _, there := value.Get(name); there {
			known = true
		}
	}
	if !known || strings.Contains(d.ID, "#") {
		return report.NewProblem(report.KeyDocumentInvalid, "no document that could name keys")
	}
	// Open Badges profiles know no relationships: their keys are for signing
	// badges. A document that knows them must list a key under one.
	var free []string
	if d.Kind == Profile && !related {
		free = []string{AnyPurpose}
	}
	for _, item := range value.At("verificationMethod").List() {
		d.addMethod(item, nil)
	}
	for _, item := range value.At("publicKey").List() {
		if item.Kind() == strictjson.String {
			d.addReference(item.Text(), free)
		} else {
			d.addMethod(item, free)
		}
	}
	d.AddSet(value.At("jwks"), free...)
	if free != nil {
		d.KeySet = value.At("jwks_uri").Text()
	}
	// Embedded methods first: another relationship may list one by its id.
	for _, name := range relationships {
		for _, item := range value.At(name).List() {
			d.addMethod(item, []string{name})
		}
	}
	for _, name := range relationships {
		for _, item := range value.At(name).List() {
			if item.Kind() == strictjson.String {
				d.addReference(item.Text(), []string{name})
			}
		}
	}
	return nil
}

// Full says that the document names more keys than are looked at: it will be
// refused as a whole, so nothing more need be read.
func (d *Document) Full() bool {
	return len(d.Entries)+len(d.Foreign) > limits.VerificationMethods
}

// absolute resolves the id of a method against the document's; "" for one
// that belongs to another document.
func (d *Document) absolute(id string) string {
	if strings.HasPrefix(id, "#") {
		return d.Base + id
	}
	if base, _, _ := strings.Cut(id, "#"); base != d.Base {
		return ""
	}
	return id
}

// addMethod adds a method. One whose id lies in another document is none of
// this document's to define, and is left out.
func (d *Document) addMethod(value strictjson.Value, purposes []string) {
	if value.Kind() != strictjson.Object || d.Full() {
		return
	}
	e := method(value)
	if e.ID = d.absolute(value.At("id").Text()); e.ID == "" {
		return
	}
	e.Purposes = purposes
	if e.Controller == "" && slices.Contains(purposes, AnyPurpose) {
		e.Controller = d.Base // a badge profile's own key needs no owner
	}
	for i := range d.Entries {
		// The same method embedded under two relationships is one.
		if d.Entries[i].ID == e.ID && d.Entries[i].Value.Equal(value) {
			d.Entries[i].Purposes = slices.Concat(d.Entries[i].Purposes, purposes)
			return
		}
	}
	d.Entries = append(d.Entries, e)
}

// addReference notes that a relationship lists a key by id.
func (d *Document) addReference(id string, purposes []string) {
	own := d.absolute(id)
	for _, purpose := range purposes {
		if own == "" && !d.Full() {
			d.Foreign = append(d.Foreign, Listing{purpose, id})
		}
		for i := range d.Entries {
			if own != "" && d.Entries[i].ID == own {
				d.Entries[i].Purposes = append(d.Entries[i].Purposes, purpose)
			}
		}
	}
}

// Names finds the entries that a reference means: absolute is the whole
// reference, short its last part. exact is false where only the thumbprint or
// the kid inside a method tells.
func (d *Document) Names(absolute, short string) (found []int, exact bool) {
	pick := func(means func(e *Entry) bool) bool {
		for i := range d.Entries {
			if means(&d.Entries[i]) {
				found = append(found, i)
			}
		}
		return len(found) > 0
	}
	if pick(func(e *Entry) bool {
		return e.ID != "" && e.ID == absolute || e.Bare && e.KID != "" && (e.KID == short || e.KID == absolute)
	}) {
		return found, true
	}
	if pick(func(e *Entry) bool { return e.KID != "" && (e.KID == short || e.KID == absolute) }) {
		return found, false
	}
	pick(func(e *Entry) bool {
		public, err := e.Key()
		return err == nil && publickey.Thumbprint(public) == short
	})
	return found, false
}
