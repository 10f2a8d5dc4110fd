// Package issuer answers one question: does the key that signed belong to the
// issuer that the credential names? It is a pure function of what was found;
// it asks nobody.
package issuer

import (
	"crypto/x509"
	"encoding/asn1"
	"strings"

	"github.com/sealcheck/sealcheck/verifier/credential"
	"github.com/sealcheck/sealcheck/verifier/fetch"
	"github.com/sealcheck/sealcheck/verifier/key"
	"github.com/sealcheck/sealcheck/verifier/proof"
	"github.com/sealcheck/sealcheck/verifier/report"
)

// Check binds a key to the issuer that the credential names. k is nil where
// no key was found: then only what the reference itself gives away can be
// said, and the rest is unknown. sealed says that the credential is a
// European Digital Credential, whose issuer is named by certificate, not by
// an address.
func Check(named credential.Issuer, ref proof.Reference, k *key.Key, sealed bool) report.Findings {
	var findings report.Findings

	// VC-DATA-MODEL 1.1 6.3.1: iss stands for the issuer; a token that says
	// one thing in iss and another in the credential names two issuers.
	if named.ClaimedID != "" {
		findings.Add(report.IssuerClaimDiffers, "", "issuer", named.ID, "signer", named.ClaimedID)
		return findings
	}
	if k != nil && k.Source == key.Certificate && len(k.Chain) > 0 {
		findings := certificate(named, k.Chain[0], sealed)
		switch {
		case findings.Outcome() == report.Pass || !ref.Addressed || named.ID == "":
			return findings
		case k.ListedBy != "" && k.ListedBy == named.ID && strings.HasPrefix(named.ID, "did:"):
			return byDID(named.ID, ref, k)
		case k.ListedBy != "" && k.ListedBy == named.ID:
			// The issuer's own document lists the key as well (SD-JWT VC 5).
			return byAddress(named.ID, ref, k)
		case !findings.Has(report.IssuerForeignCertificate), k.IssuerDocument == key.Read, selfContained(named.ID),
			k.IssuerDocument == key.Absent && key.SelfSigned(k.Chain[0]):
			return findings
		}
		// It could not be asked, and a certificate that does not name an address
		// is no proof against it.
		return report.Findings{report.NewFinding(report.IssuerUnreachable, "", "issuer", named.ID, "host", fetch.Host(named.ID))}
	}
	if named.ID == "" {
		findings.Add(report.IssuerNotAnIdentifier, "")
		return findings
	}
	if k == nil {
		return byReference(named.ID, ref)
	}
	if k.Source == key.Given {
		findings.Add(report.IssuerByYourKey, "", "issuer", named.ID)
		return findings
	}
	switch {
	case strings.HasPrefix(named.ID, "did:"):
		return byDID(named.ID, ref, k)
	case fetch.Origin(named.ID) != "":
		return byAddress(named.ID, ref, k)
	case isWeb(named.ID):
		// An address that is never asked, such as one of plain http or with
		// letters outside ASCII: what stands there is not known.
		findings.Add(report.IssuerUnreachable, "", "issuer", named.ID)
		return findings
	default:
		// A urn: or a name says nothing about which key is the issuer's.
		findings.Add(report.IssuerNotAnIdentifier, "", "issuer", named.ID, "signer", signer(ref, k))
		return findings
	}
}

// byDID: the key must stand in the DID's own document (DID-CORE 5.3), or be
// the DID.
func byDID(issuer string, ref proof.Reference, k *key.Key) report.Findings {
	var findings report.Findings
	switch {
	case k.ListedBy == issuer && (k.Source == key.DIDKey || k.Source == key.DIDJWK):
		findings.Add(report.IssuerIsKey, "", "issuer", issuer)
	case k.ListedBy == issuer:
		findings.Add(report.IssuerListsKey, "", "issuer", issuer, "host", fetch.Host(k.Address))
	case k.Source == key.Header && k.IssuerDocument != key.Read && k.IssuerDocument != key.Absent && !selfContained(issuer):
		// The key came with the file; whether the issuer knows it could not
		// be asked. A server that is down is no proof of forgery.
		findings.Add(report.IssuerUnreachable, "", "issuer", issuer)
	case k.Source == key.Header:
		findings.Add(report.IssuerKeyUnbound, "", "issuer", issuer)
	case k.IssuerDocument == key.Unavailable && !selfContained(issuer):
		// A DID document may list a key that lies at an address (DID-CORE
		// 5.3); whether this one does could not be asked.
		findings.Add(report.IssuerUnreachable, "", "issuer", issuer)
	default:
		// T6: the controller of the key is somebody else, exact string.
		findings.Add(report.IssuerForeignKey, "", "issuer", issuer, "signer", signer(ref, k))
	}
	return findings
}

// byAddress: the key must stand in the document at the issuer's own address;
// a key elsewhere on the same host proves the host only (design.md 2).
func byAddress(issuer string, ref proof.Reference, k *key.Key) report.Findings {
	var findings report.Findings
	switch {
	case k.ListedBy == issuer && strings.ContainsRune(issuer, '?'):
		// What answers a query is the host's, but a query may also send the
		// reader on to somebody else's page.
		findings.Add(report.IssuerHostOnly, "", "issuer", issuer, "host", fetch.Host(issuer))
	case k.ListedBy == issuer:
		findings.Add(report.IssuerListsKey, "", "issuer", issuer, "host", fetch.Host(issuer))
	case ref.Badge && k.ListedBy != "":
		// Open Badges 2.0 CryptographicKey: it is its owner's, whoever else is on
		// the same website.
		findings.Add(report.IssuerForeignKey, "", "issuer", issuer, "signer", k.ListedBy)
	case ref.Listed && k.IssuerDocument == key.Read && fetch.SameOrigin(k.Address, issuer):
		// The same, Verification: the profile lists the key. It may have done so
		// once.
		findings.Add(report.IssuerKeyNotListed, "", "issuer", issuer, "host", fetch.Host(issuer))
	case k.Address != "" && fetch.SameOrigin(k.Address, issuer):
		findings.Add(report.IssuerHostOnly, "", "issuer", issuer, "host", fetch.Host(issuer))
	case k.Source == key.Header && k.IssuerDocument != key.Read && k.IssuerDocument != key.Absent:
		findings.Add(report.IssuerUnreachable, "", "issuer", issuer, "host", fetch.Host(issuer))
	case k.Source == key.Header:
		findings.Add(report.IssuerKeyUnbound, "", "issuer", issuer)
	case k.IssuerDocument == key.Unavailable:
		// The issuer's document may well list the key of a DID, or one at
		// another host; a server that is down is no proof that it does not.
		findings.Add(report.IssuerUnreachable, "", "issuer", issuer, "host", fetch.Host(issuer))
	case strings.HasPrefix(ref.KeyID, "did:"):
		findings.Add(report.IssuerForeignKey, "", "issuer", issuer, "signer", signer(ref, k))
	default:
		// A reference to another host is the file's own word for where its
		// key lives, and that is not where its issuer lives.
		findings.Add(report.IssuerForeignHost, "", "issuer", issuer, "signer", signer(ref, k), "host", fetch.Host(k.Address))
	}
	return findings
}

// byReference says what can be said without a key: a reference that names
// another DID than the issuer, or anything but the issuer where that is its
// own key, can never come to belong to it by being reached. A key at another
// host can: the issuer's document may name it.
func byReference(issuer string, ref proof.Reference) report.Findings {
	var findings report.Findings
	did := ref.KeyID
	if at := strings.IndexAny(did, "#?/;"); at >= 0 {
		did = did[:at] // DID-CORE 3.2: what follows is about the same DID
	}
	switch {
	case strings.HasPrefix(did, "did:") && strings.HasPrefix(issuer, "did:") && did != issuer,
		fetch.Origin(ref.KeyID) != "" && selfContained(issuer):
		findings.Add(report.IssuerForeignKey, "", "issuer", issuer, "signer", ref.KeyID)
	default:
		findings.Add(report.InternalSkipped, "")
	}
	return findings
}

// certificate compares the sealing certificate with the issuer block that the
// sealing service wrote from it (domain/edc.md 2). Whether anybody vouches for
// the certificate is for package trust.
func certificate(named credential.Issuer, leaf *x509.Certificate, sealed bool) report.Findings {
	var findings report.Findings
	subject := Subject(leaf)
	facts := []string{"issuer", nameOf(named), "signer", subject.Name, "organisation", subject.Identifier}

	if named.ByCertificate {
		// SD-JWT VC 2.2.2.2: the issuer is whom the certificate names. Other
		// bodies that the file names are its awarders.
		findings.Add(report.IssuerInCertificate, "", facts...)
		return findings
	}
	if !sealed && (strings.HasPrefix(named.ID, "did:") || fetch.Origin(named.ID) != "") {
		// An issuer that is named by an address must stand in the certificate
		// by that address; a name alone proves no address.
		switch {
		case key.SelfSigned(leaf):
			// Anybody can write any address into a certificate of their own:
			// it is a key that the file brought along, bound to nobody.
			findings.Add(report.IssuerForeignCertificate, "", facts...)
		case key.NamesAddress(leaf, named.ID):
			findings.Add(report.IssuerCertificateMatches, "", facts...)
		case names(named, subject):
			findings.Add(report.IssuerCertificateNameOnly, "", facts...)
		default:
			findings.Add(report.IssuerForeignCertificate, "", facts...)
		}
		return findings
	}
	if strings.HasPrefix(named.ID, "did:") && !key.NamesAddress(leaf, named.ID) {
		findings.Add(report.IssuerForeignCertificate, "", facts...)
		return findings
	}

	byName := names(named, subject)
	byIdentifier, contradicted := false, false
	if subject.Identifier != "" && len(named.Identifiers) > 0 {
		for _, identifier := range named.Identifiers {
			byIdentifier = byIdentifier || SameIdentifier(identifier, subject.Identifier)
		}
		contradicted = !byIdentifier
	}
	switch {
	// The name must agree wherever one is given: an issuer block with the
	// sealer's number and a famous name is not the sealer's.
	case byName && !contradicted, byIdentifier && len(named.Names) == 0:
		findings.Add(report.IssuerCertificateMatches, "", facts...)
	default:
		findings.Add(report.IssuerForeignCertificate, "", facts...)
	}
	return findings
}

// Organisation is who a certificate says its subject is.
type Organisation struct {
	Name       string // O, or CN where there is no O
	CommonName string
	Identifier string // organizationIdentifier, 2.5.4.97, e.g. "VATES-A00000000"
	Country    string
}

var organizationIdentifier = asn1.ObjectIdentifier{2, 5, 4, 97}

// Subject reads a certificate's subject. It proves nothing by itself. The
// certificate of a natural person names that person: the organisation that it
// may state beside is where the person works, and has signed nothing.
func Subject(certificate *x509.Certificate) Organisation {
	subject := certificate.Subject
	o := Organisation{CommonName: subject.CommonName, Name: subject.CommonName}
	if len(subject.Organization) > 0 && subject.Organization[0] != "" {
		o.Name = subject.Organization[0]
	}
	if len(subject.Country) > 0 {
		o.Country = subject.Country[0]
	}
	for _, attribute := range subject.Names {
		if attribute.Type.Equal(organizationIdentifier) {
			o.Identifier, _ = attribute.Value.(string)
		}
	}
	if naturalPerson(certificate) {
		o.Name, o.Identifier = o.CommonName, ""
	}
	return o
}

var (
	// surname, givenName, pseudonym: at least one stands in the certificate
	// of every natural person (ETSI EN 319 412-2 4.2.4).
	personal = []asn1.ObjectIdentifier{{2, 5, 4, 4}, {2, 5, 4, 42}, {2, 5, 4, 65}}

	qcStatements = asn1.ObjectIdentifier{1, 3, 6, 1, 5, 5, 7, 1, 3}
	qcType       = asn1.ObjectIdentifier{0, 4, 0, 1862, 1, 6}
	qcSignature  = asn1.ObjectIdentifier{0, 4, 0, 1862, 1, 6, 1}
	qcSeal       = asn1.ObjectIdentifier{0, 4, 0, 1862, 1, 6, 2}
)

// naturalPerson says whether a certificate is a person's, for signatures, and
// not an organisation's, for seals: by its stated type (ETSI EN 319 412-5
// 4.2.3), or else by the names in its subject.
func naturalPerson(certificate *x509.Certificate) bool {
	types := qualifiedTypes(certificate)
	for _, kind := range types {
		if kind.Equal(qcSeal) {
			return false
		}
	}
	for _, kind := range types {
		if kind.Equal(qcSignature) {
			return true
		}
	}
	for _, attribute := range certificate.Subject.Names {
		for _, name := range personal {
			if attribute.Type.Equal(name) {
				return true
			}
		}
	}
	return false
}

// qualifiedTypes are the types of a qualified certificate that it states.
func qualifiedTypes(certificate *x509.Certificate) []asn1.ObjectIdentifier {
	for _, extension := range certificate.Extensions {
		if !extension.Id.Equal(qcStatements) {
			continue
		}
		var statements []struct {
			ID   asn1.ObjectIdentifier
			Info asn1.RawValue `asn1:"optional"`
		}
		if _, err := asn1.Unmarshal(extension.Value, &statements); err != nil {
			return nil
		}
		for _, statement := range statements {
			var types []asn1.ObjectIdentifier
			if !statement.ID.Equal(qcType) {
				continue
			}
			if _, err := asn1.Unmarshal(statement.Info.FullBytes, &types); err == nil {
				return types
			}
		}
	}
	return nil
}

// names says whether every name that the file gives its issuer is one that
// the certificate gives its subject.
func names(named credential.Issuer, subject Organisation) bool {
	for _, name := range named.Names {
		if !SameName(name.Value, subject.Name) && !SameName(name.Value, subject.CommonName) {
			return false
		}
	}
	return len(named.Names) > 0
}

func nameOf(named credential.Issuer) string {
	if len(named.Names) > 0 {
		return named.Names[0].Value
	}
	return named.ID
}

// signer is what is known of who signed, as text.
func signer(ref proof.Reference, k *key.Key) string {
	switch {
	case k.ListedBy != "":
		return k.ListedBy
	case k.Address != "":
		return k.Address
	default:
		return ref.KeyID
	}
}

func isWeb(address string) bool {
	scheme, _, _ := strings.Cut(address, ":")
	return strings.EqualFold(scheme, "https") || strings.EqualFold(scheme, "http")
}

// selfContained says whether a DID is its own document.
func selfContained(did string) bool {
	return strings.HasPrefix(did, "did:key:") || strings.HasPrefix(did, "did:jwk:")
}
