package trust

import (
	"crypto/rsa"
	"crypto/x509"
	"encoding/asn1"
	"time"

	"github.com/sealcheck/sealcheck/verifier/internal/limits"
)

// rung is a certificate that the leaf has been found to lead to.
type rung struct {
	certificate *x509.Certificate
	height      int // 0 for the leaf, 1 for its issuer, ...
}

// pathChecks is how many signatures of certificates are checked in search of
// a path: an honest chain takes one for each of its certificates, and a few
// more where authorities have signed one another.
const pathChecks = 20

// path is the leaf and every certificate of the file that it leads to, each
// once, at its least height. It is empty where the leaf can seal nothing.
type path []rung

// climb finds out, from the file alone, which of its certificates issued the
// leaf, step by step (RFC 5280 6.1, without revocation, which is package
// status's). It is done once, whatever the number of listed authorities; each
// pair of certificates is looked at at most once.
func climb(chain []*x509.Certificate) path {
	// A certification authority, or a web server's certificate, seals
	// nothing on behalf of an organisation.
	leaf := chain[0]
	if leaf.IsCA || len(chain) > limits.Certificates || len(leaf.UnhandledCriticalExtensions) > 0 {
		return path{}
	}
	for _, usage := range leaf.ExtKeyUsage {
		if usage == x509.ExtKeyUsageServerAuth || usage == x509.ExtKeyUsageCodeSigning {
			return path{}
		}
	}
	reached, left := path{{leaf, 0}}, pathChecks
	for i := 0; i < len(reached); i++ {
		child := reached[i]
	next:
		for _, parent := range chain[1:] {
			for _, known := range reached {
				if known.certificate.Equal(parent) {
					continue next
				}
			}
			// The leaf and the anchor count as well (limits.PathLength).
			if child.height+2 > limits.PathLength || left == 0 || !couldIssue(child, parent) {
				continue
			}
			if left--; child.certificate.CheckSignatureFrom(parent) == nil {
				reached = append(reached, rung{parent, child.height + 1})
			}
		}
	}
	return reached
}

// anchors says whether a certificate path leads to one of the list's
// authorities: to a certificate of its key in the file, or to the one in the
// list.
func (list *List) anchors(p path, at time.Time) bool {
	for i := range list.authorities {
		a := &list.authorities[i]
		if !a.from.IsZero() && at.Before(a.from) || !a.until.IsZero() && at.After(a.until) {
			continue
		}
		for _, r := range p {
			// A certificate of the authority's key that the file brings is
			// anybody's work: the bounds that count are those of the list's.
			if r.height > 0 && spkiOf(r.certificate) == a.spki && (a.certificate == nil || within(a.certificate, r.height-1)) {
				return true
			}
			if a.certificate != nil && r.height+2 <= limits.PathLength && couldIssue(r, a.certificate) &&
				r.certificate.CheckSignatureFrom(a.certificate) == nil {
				return true
			}
		}
	}
	return false
}

// nameConstraints bind an authority to names that it may certify (RFC 5280
// 4.2.1.10).
var nameConstraints = asn1.ObjectIdentifier{2, 5, 29, 30}

// couldIssue says whether one certificate names the other as its issuer, which
// had to be a certification authority, in force at that moment, and within the
// bounds that it was given. Whether it did, the signature says.
func couldIssue(child rung, parent *x509.Certificate) bool {
	c := child.certificate
	if !parent.IsCA || !parent.BasicConstraintsValid || string(parent.RawSubject) != string(c.RawIssuer) || parent.Equal(c) {
		return false
	}
	if c.NotBefore.Before(parent.NotBefore) || c.NotBefore.After(parent.NotAfter) {
		return false
	}
	if !within(parent, child.height) {
		return false
	}
	// A key as long as a header can hold would take seconds for one signature;
	// no authority has an exponent larger than 65537.
	if public, ok := parent.PublicKey.(*rsa.PublicKey); ok && (public.N.BitLen() > limits.RSABitsMost || public.E > 65537) {
		return false
	}
	return true
}

// within says whether an authority may stand above one certificate at this
// height.
func within(authority *x509.Certificate, height int) bool {
	// RFC 5280 4.2.1.9: how many authorities may stand between this one and
	// the leaf.
	if authority.MaxPathLen > 0 && height > authority.MaxPathLen || authority.MaxPathLenZero && height > 0 {
		return false
	}
	// RFC 5280 4.2: what is critical and not understood forbids the path. An
	// authority that may certify certain names only is not followed at all:
	// which names of organisations it may certify is not evaluated here.
	if len(authority.UnhandledCriticalExtensions) > 0 {
		return false
	}
	for _, extension := range authority.Extensions {
		if extension.Id.Equal(nameConstraints) {
			return false
		}
	}
	return true
}
