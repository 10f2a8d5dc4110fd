package key

import (
	"slices"
	"strings"

	"github.com/sealcheck/sealcheck/verifier/internal/limits"
	"github.com/sealcheck/sealcheck/verifier/internal/strictjson"
	"github.com/sealcheck/sealcheck/verifier/report"
)

// relationships are the verification relationships of CID 1.0 2.3.
var relationships = []string{
	"assertionMethod", "authentication", "keyAgreement", "capabilityInvocation", "capabilityDelegation",
}

// anyPurpose stands for every relationship, where a document knows none.
const anyPurpose = "*"

// document is whatever names keys: a DID document, a controlled identifier
// document, an issuer profile, a JWK Set, a single JWK or method. A did:key
// and a did:jwk are documents that need not be fetched.
type document struct {
	asked   string // the identifier (DID or address) that it was read for
	id      string // what it calls itself, "" where it does not
	base    string // id, or else asked
	source  Source
	address string // the https address that it was read from, "" if none
	entries []entry
	foreign []listing // ids of keys elsewhere that it lists
	keySet  string    // jwks_uri of a profile
	sole    bool      // did:key or did:jwk: exactly one key
	lone    bool      // a single verification method: lists nothing itself
}

// entry is one key that a document holds.
type entry struct {
	id         string // absolute; "" for a JWK
	controller string
	kid        string // the JWK's kid
	value      strictjson.Value
	bare       bool     // value is a JWK, not a method
	public     any      // set where it is known beforehand
	purposes   []string // the relationships that list it
}

type listing struct{ purpose, id string }

// speaks says whether the document was read for the very identifier that it
// gives itself: only then does it vouch for anything.
func (d *document) speaks() bool { return d.id != "" && d.id == d.asked }

func (e *entry) key() (any, error) {
	switch {
	case e.public != nil:
		return e.public, nil
	case e.bare:
		return publicKey(e.value)
	default:
		return methodKey(e.value)
	}
}

// jwk is the entry's JWK, Absent where it has none.
func (e *entry) jwk() strictjson.Value {
	if e.bare {
		return e.value
	}
	return e.value.At("publicKeyJwk")
}

func (e *entry) allows(purpose string) bool {
	return slices.Contains(e.purposes, purpose) || slices.Contains(e.purposes, anyPurpose)
}

// readDocument reads whatever JSON came back for an identifier (a DID, or an
// https address without fragment).
func readDocument(value strictjson.Value, identifier string) (*document, error) {
	d := &document{asked: identifier, base: identifier, source: Profile}
	if strings.HasPrefix(identifier, "did:") {
		d.source = DIDDocument
	} else {
		d.address = identifier
	}
	if value.Kind() != strictjson.Object {
		return nil, problem(report.KeyDocumentInvalid, "not a JSON object")
	}
	value, deactivated := unwrap(value)
	if deactivated {
		// DID-CORE 7.1.3: a deactivated DID vouches for nothing any more.
		return nil, problem(report.KeyDeactivated, "")
	}
	_, hasKeys := value.Get("keys")
	_, hasType := value.Get("kty")
	switch {
	case d.source == Profile && hasType:
		d.source = KeySet
		d.addJWK(value, anyPurpose)
	case d.source == Profile && hasKeys:
		d.source = KeySet
		d.addSet(value, anyPurpose)
	case d.source == Profile && isMethod(value):
		d.lone = true
		d.addLone(value)
	default:
		if err := d.addDocument(value); err != nil {
			return nil, err
		}
	}
	if d.full() {
		return nil, problem(report.KeyDocumentTooLarge, "more than 100 verification methods")
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

func (d *document) addJWK(jwk strictjson.Value, purposes ...string) {
	if jwk.Kind() == strictjson.Object && !d.full() {
		d.entries = append(d.entries, entry{kid: jwk.At("kid").Text(), value: jwk, bare: true, purposes: purposes})
	}
}

func (d *document) addSet(set strictjson.Value, purposes ...string) {
	for _, jwk := range set.At("keys").Items() {
		d.addJWK(jwk, purposes...)
	}
}

// addLone takes a verification method that stands alone at an address. Its id
// is what it says; the caller holds it against the address.
func (d *document) addLone(value strictjson.Value) {
	e := method(value)
	e.id = value.At("id").Text()
	d.entries = append(d.entries, e)
}

func method(value strictjson.Value) entry {
	e := entry{value: value, kid: value.At("publicKeyJwk", "kid").Text(), controller: value.At("controller").Text()}
	if e.controller == "" {
		e.controller = value.At("owner").Text() // the name before 2019, and Open Badges 2.0's
	}
	return e
}

func (d *document) addDocument(value strictjson.Value) error {
	d.id = value.At("id").Text()
	if d.id != "" {
		d.base = d.id
	}
	related, known := false, d.id != ""
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
	if !known || strings.Contains(d.id, "#") {
		return problem(report.KeyDocumentInvalid, "no document that could name keys")
	}
	// Open Badges profiles know no relationships: their keys are for signing
	// badges. A document that knows them must list a key under one.
	var free []string
	if d.source == Profile && !related {
		free = []string{anyPurpose}
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
	d.addSet(value.At("jwks"), free...)
	if free != nil {
		d.keySet = value.At("jwks_uri").Text()
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

// full says that the document names more keys than are looked at: it will be
// refused as a whole, so nothing more need be read.
func (d *document) full() bool {
	return len(d.entries)+len(d.foreign) > limits.VerificationMethods
}

// absolute resolves the id of a method against the document's; "" for one
// that belongs to another document.
func (d *document) absolute(id string) string {
	if strings.HasPrefix(id, "#") {
		return d.base + id
	}
	if base, _, _ := strings.Cut(id, "#"); base != d.base {
		return ""
	}
	return id
}

// addMethod adds a method. One whose id lies in another document is none of
// this document's to define, and is left out.
func (d *document) addMethod(value strictjson.Value, purposes []string) {
	if value.Kind() != strictjson.Object || d.full() {
		return
	}
	e := method(value)
	if e.id = d.absolute(value.At("id").Text()); e.id == "" {
		return
	}
	e.purposes = purposes
	if e.controller == "" && slices.Contains(purposes, anyPurpose) {
		e.controller = d.base // a badge profile's own key needs no owner
	}
	for i := range d.entries {
		// The same method embedded under two relationships is one.
		if d.entries[i].id == e.id && d.entries[i].value.Equal(value) {
			d.entries[i].purposes = slices.Concat(d.entries[i].purposes, purposes)
			return
		}
	}
	d.entries = append(d.entries, e)
}

// addReference notes that a relationship lists a key by id.
func (d *document) addReference(id string, purposes []string) {
	own := d.absolute(id)
	for _, purpose := range purposes {
		if own == "" && !d.full() {
			d.foreign = append(d.foreign, listing{purpose, id})
		}
		for i := range d.entries {
			if own != "" && d.entries[i].id == own {
				d.entries[i].purposes = append(d.entries[i].purposes, purpose)
			}
		}
	}
}

// names finds the entries that a reference means: absolute is the whole
// reference, short its last part. exact is false where only the thumbprint or
// the kid inside a method tells.
func (d *document) names(absolute, short string) (found []int, exact bool) {
	pick := func(means func(e *entry) bool) bool {
		for i := range d.entries {
			if means(&d.entries[i]) {
				found = append(found, i)
			}
		}
		return len(found) > 0
	}
	if pick(func(e *entry) bool {
		return e.id != "" && e.id == absolute || e.bare && e.kid != "" && (e.kid == short || e.kid == absolute)
	}) {
		return found, true
	}
	if pick(func(e *entry) bool { return e.kid != "" && (e.kid == short || e.kid == absolute) }) {
		return found, false
	}
	pick(func(e *entry) bool {
		public, err := e.key()
		return err == nil && thumbprint(public) == short
	})
	return found, false
}
