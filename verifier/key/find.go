package key

import (
	"context"
	"strings"
	"time"

	"github.com/sealcheck/sealcheck/verifier/fetch"
	"github.com/sealcheck/sealcheck/verifier/internal/keydocument"
	"github.com/sealcheck/sealcheck/verifier/internal/library"
	"github.com/sealcheck/sealcheck/verifier/internal/publickey"
	"github.com/sealcheck/sealcheck/verifier/internal/strictjson"
	"github.com/sealcheck/sealcheck/verifier/proof"
	"github.com/sealcheck/sealcheck/verifier/report"
)

// candidatesMost is how many keys are tried where a reference names none.
const candidatesMost = 10

// Finder finds the keys of proofs. It is not safe for concurrent use, as the
// session is not.
type Finder struct {
	Session *fetch.Session
	Given   []GivenKey // keys that the user handed in
	At      time.Time  // the instant judged at
}

// Find gives the candidate keys in the order in which to try them, usually
// one, and what was found out on the way. With a key, the findings say where
// it was found, and pass; without one, they say exactly why. issuerID is the
// issuer that the credential names: its document is where a reference without
// address is looked up, and the only place that can vouch for a key that lies
// elsewhere.
func (f *Finder) Find(ctx context.Context, ref proof.Reference, issuerID string) ([]Key, report.Findings) {
	s := &search{Finder: f, ref: ref, issuer: issuerID, library: library.New(ctx, f.Session)}
	s.library.Badges = ref.Badge
	keys, err := s.resolve()
	// A key that was decided against stays so; only what could not be found
	// out can be made good by the user.
	if err == nil || report.CodeOf(err).Outcome() == report.Unknown {
		if given := s.given(keys); len(given) > 0 {
			keys, err = given, nil
		}
	}
	var findings report.Findings
	if err != nil {
		findings.AddError(err)
		return nil, findings
	}
	s.describe(keys, &findings)
	return keys, findings
}

// search is one call of Find.
type search struct {
	*Finder
	ref     proof.Reference
	issuer  string
	library *library.Library
}

// resolvable says whether a reference says by itself where to look.
func resolvable(reference string) bool {
	return strings.HasPrefix(reference, "did:") || isWeb(reference)
}

func isWeb(reference string) bool {
	scheme, _, _ := strings.Cut(reference, ":")
	return strings.EqualFold(scheme, "https") || strings.EqualFold(scheme, "http")
}

// foreignScheme says whether a reference is an address of a kind that is never
// followed: with an authority, or one that browsers and libraries open.
func foreignScheme(reference string) bool {
	scheme, rest, ok := strings.Cut(reference, ":")
	if !ok || isWeb(reference) || strings.EqualFold(scheme, "did") {
		return false
	}
	for _, opened := range []string{"file", "data", "javascript", "blob", "ftp"} {
		if strings.EqualFold(scheme, opened) {
			return true
		}
	}
	return strings.HasPrefix(rest, "//")
}

// splitReference splits a DID URL or https address at its fragment. A DID URL
// with path or query names a resource that only its method could find.
func splitReference(reference string) (identifier, fragment string, err error) {
	identifier, fragment, _ = strings.Cut(reference, "#")
	if strings.HasPrefix(identifier, "did:") && strings.ContainsAny(identifier, "/?;") {
		return "", "", report.NewProblem(report.KeyMethodUnsupported, "a DID URL with a path or a query", "did", identifier)
	}
	return identifier, fragment, nil
}

// issuerResolvable says whether the issuer's identifier leads to a document;
// plain http leads to nothing that could be believed.
func (s *search) issuerResolvable() bool {
	return strings.HasPrefix(s.issuer, "did:") || fetch.Origin(s.issuer) != ""
}

func (s *search) resolve() ([]Key, error) {
	if foreignScheme(s.ref.KeyID) {
		// T3: file:, data: and the like are addresses, not names of a key,
		// and none that may be followed.
		return nil, report.NewProblem(report.KeyAddressRefused, "", "address", s.ref.KeyID)
	}
	switch chain := len(s.ref.Chain) > 0; {
	// A seal fixes its certificate by digest: no other key can be meant.
	case chain && (s.ref.Bound || !resolvable(s.ref.KeyID)):
		return s.certificate()
	case resolvable(s.ref.KeyID):
		keys, err := s.reference()
		if !chain || report.CodeOf(err).Outcome() == report.Fail {
			return keys, err
		}
		more, certificateErr := s.certificate()
		if certificateErr != nil {
			return keys, err
		}
		return append(keys, more...), nil
	case s.ref.HeaderKey.Kind() != strictjson.Absent:
		return s.header()
	default:
		return s.byIssuer()
	}
}

// reference follows a DID URL or an https address.
func (s *search) reference() ([]Key, error) {
	identifier, fragment, err := splitReference(s.ref.KeyID)
	if err != nil {
		return nil, err
	}
	kind := fetch.KeySet
	if fragment != "" || identifier == s.issuer {
		kind = fetch.Profile
	}
	d, err := s.library.Open(identifier, kind)
	if err != nil {
		return nil, err
	}
	if d.Kind == keydocument.DIDKey && fragment != "" && s.ref.KeyID != d.Entries[0].ID {
		// A did:key has one key, and one name for it.
		return nil, report.NewProblem(report.KeyIdentifierMalformed, "the fragment is not the key's", "did", identifier)
	}
	var keys []Key
	switch {
	case d.Lone:
		keys, err = s.loneMethod(d)
	case fragment == "":
		keys, err = s.unnamed(d)
	default:
		keys, err = s.named(d, d.Base+"#"+fragment, fragment)
	}
	if err != nil {
		return nil, err
	}
	for i := range keys {
		if err := s.bind(&keys[i]); err != nil {
			return nil, err
		}
	}
	// Open Badges 2.0 CryptographicKey: `owner` is the profile that lists it.
	if s.ref.Badge && d.Lone {
		switch owner := d.Entries[0].Controller; {
		case owner == "" && s.ref.Listed:
			keys[0].Ownerless = true
		case owner != s.issuer && keys[0].ListedBy == s.issuer:
			return nil, report.NewProblem(report.KeyControllerMismatch, "", "what", owner, "key", s.ref.KeyID)
		}
	}
	return keys, nil
}

// byIssuer looks a reference that has no address, or none at all, up in the
// document of the issuer that the credential names.
func (s *search) byIssuer() ([]Key, error) {
	if !s.issuerResolvable() {
		return nil, report.NewProblem(report.KeyNoReference, "neither the proof nor the issuer says where to look", "key", s.ref.KeyID, "issuer", s.issuer)
	}
	d, err := s.issuerDocument()
	if err != nil {
		return nil, err
	}
	short := strings.TrimPrefix(s.ref.KeyID, "#")
	look := func(d *keydocument.Document) ([]Key, error) {
		if short == "" {
			return s.unnamed(d)
		}
		return s.named(d, d.Base+"#"+short, short)
	}
	keys, err := look(d)
	if report.CodeOf(err) == report.KeyNotPublished {
		if set, setErr := s.keySet(d); setErr != nil {
			err = setErr
		} else if set != nil {
			if keys, err = look(set); err == nil {
				for i := range keys {
					keys[i].ListedBy = d.ID
				}
			}
		}
	}
	return keys, err
}

// header takes the key that the proof carries itself: worth nothing (T3)
// until the issuer's own document lists the same.
func (s *search) header() ([]Key, error) {
	public, err := publickey.FromJWK(s.ref.HeaderKey)
	if err != nil {
		return nil, err
	}
	if err := publickey.CheckPurpose(s.ref.HeaderKey, s.ref.Algorithm); err != nil {
		return nil, err
	}
	if err := publickey.CheckKind(public, s.ref.Curves, s.ref.Algorithm); err != nil {
		return nil, err
	}
	k := Key{Public: public, Source: Header}
	if err := s.bind(&k); err != nil {
		return nil, err
	}
	return []Key{k}, nil
}

// describe says where the keys were found.
func (s *search) describe(keys []Key, findings *report.Findings) {
	loose := false
	for i := range keys {
		k := &keys[i]
		code := sourceCodes[k.Source]
		loose = loose || k.Loose
		if k.Ownerless {
			findings.Add(report.KeyOwnerMissing, "", "key", k.ID)
		}
		if k.Source == Given && len(keys) > 1 && keys[0].Source != Given || findings.Has(code) {
			continue
		}
		did, _, _ := strings.Cut(k.ID, "#")
		if !strings.HasPrefix(did, "did:") {
			did = ""
		}
		name := ""
		if len(k.Chain) > 0 {
			name = subjectName(k.Chain[0])
		}
		findings.Add(code, "", "key", k.ID, "did", did, "address", k.Address, "host", fetch.Host(k.Address), "name", name)
	}
	if loose {
		findings.Add(report.KeyReferenceLoose, "", "key", s.ref.KeyID)
	}
}

var sourceCodes = map[Source]report.Code{
	DIDKey:      report.KeyDidKey,
	DIDJWK:      report.KeyDidJwk,
	DIDDocument: report.KeyDidDocument,
	Profile:     report.KeyProfile,
	KeySet:      report.KeyKeySet,
	Certificate: report.KeyCertificate,
	Header:      report.KeyInHeader,
	Given:       report.KeyGiven,
}
