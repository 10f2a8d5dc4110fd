package revocation

import (
	"bytes"
	"crypto/x509"
	"encoding/asn1"
	"encoding/pem"
	"time"

	"github.com/sealcheck/sealcheck/verifier/internal/der"
	"github.com/sealcheck/sealcheck/verifier/internal/limits"
	"github.com/sealcheck/sealcheck/verifier/report"
)

// List is a certificate revocation list. Its entries are not kept: they are
// gone through, where they lie, for each certificate.
type List struct {
	signed
	issuer        []byte // Name, with tag and length
	issued, until time.Time
	entries       []byte
	second        bool // version 2, which may have extensions
	scope         scope
	back          time.Time // certificates that ran out since then are kept in it
	why           string    // why it cannot be used, "" if it can
}

// scope is which certificates a list is about (RFC 5280 5.2.5).
type scope struct {
	names    []byte // GeneralNames of its distribution point; nil where it names none
	users    bool   // only certificates that are no authority's
	cas      bool   // only those of authorities
	partial  bool   // only some reasons for a withdrawal
	elsewise bool   // only attribute certificates
}

// The extensions of lists and of their entries, by the content of their OID.
const (
	extensionNumber       = "\x55\x1d\x14" // 2.5.29.20 cRLNumber
	extensionReason       = "\x55\x1d\x15" // 2.5.29.21 reasonCode
	extensionInvalidity   = "\x55\x1d\x18" // 2.5.29.24 invalidityDate
	extensionDelta        = "\x55\x1d\x1b" // 2.5.29.27 deltaCRLIndicator
	extensionScope        = "\x55\x1d\x1c" // 2.5.29.28 issuingDistributionPoint
	extensionAuthorityKey = "\x55\x1d\x23" // 2.5.29.35 authorityKeyIdentifier
	extensionExpired      = "\x55\x1d\x3c" // 2.5.29.60 expiredCertsOnCRL (X.509 8.5.2.12)
)

// ParseList reads a list, in DER or PEM, without checking its signature. The
// error is a report.Problem, status.certificate_malformed.
func ParseList(data []byte) (*List, error) {
	if len(data) > limits.RevocationBytes {
		return nil, malformed("too large a list")
	}
	if bytes.HasPrefix(data, []byte("-----BEGIN ")) {
		// RFC 7468 7.
		block, _ := pem.Decode(data)
		if block == nil || block.Type != "X509 CRL" {
			return nil, malformed("no list in PEM")
		}
		data = block.Bytes
	}
	l, r := &List{}, der.Read(data)
	outer := r.Only(der.Sequence)
	l.read(l.signed.read(&outer))
	outer.End()
	if r.Bad() {
		return nil, malformed("no certificate revocation list")
	}
	return l, nil
}

// read reads the outer form that lists, responses and certificates share, and
// gives what is in the part that is signed.
func (s *signed) read(outer *der.Reader) der.Reader {
	s.content = outer.Whole(der.Sequence)
	s.algorithm = outer.Content(der.Sequence)
	s.signature = outer.Bits()
	inner := outer.Within(s.content)
	return inner.Take(der.Sequence)
}

// read reads TBSCertList (RFC 5280 5.1).
func (l *List) read(r der.Reader) {
	if r.Has(der.Integer) {
		if l.second = string(r.Integer()) == "\x01"; !l.second {
			r.Fail()
		}
	}
	// 5.1.1.2: the same algorithm inside as outside.
	if !bytes.Equal(r.Content(der.Sequence), l.algorithm) {
		r.Fail()
	}
	l.issuer = r.Whole(der.Sequence)
	l.issued = r.Time()
	if r.Has(der.UTCTime) || r.Has(der.GeneralizedTime) {
		if l.until = r.Time(); l.until.Before(l.issued) {
			r.Fail()
		}
	}
	if r.Has(der.Sequence) {
		l.entries = r.Content(der.Sequence)
	}
	if !r.More() {
		return
	}
	explicit := r.Only(der.Constructed | 0)
	extensions := explicit.Only(der.Sequence)
	for extensions.More() {
		l.readExtension(&extensions)
	}
	if !l.second {
		r.Fail()
	}
}

func (l *List) readExtension(r *der.Reader) {
	id, critical, value := extension(r)
	switch string(id) {
	case extensionDelta:
		// It says only what has changed since another list.
		l.why = "a delta list"
	case extensionScope:
		l.readScope(value.Only(der.Sequence))
	case extensionExpired:
		l.back = value.Generalized()
	case extensionNumber, extensionAuthorityKey:
		// Which key signed, the signature says.
	default:
		// 5.2: a list with a critical extension that is not known is used for
		// nothing.
		if critical {
			l.why = "a critical extension that is not known"
		}
	}
}

// readScope reads IssuingDistributionPoint (RFC 5280 5.2.5).
func (l *List) readScope(r der.Reader) {
	for r.More() {
		switch tag := r.Tag(); tag {
		case der.Constructed | 0:
			point := r.Take(tag)
			if !point.Has(der.Constructed | 0) {
				// The other form is a name relative to that of the issuer.
				l.why = "a distribution point by a relative name"
				continue
			}
			if l.scope.names = point.Content(der.Constructed | 0); len(l.scope.names) == 0 {
				r.Fail()
			}
		case der.Primitive | 1:
			l.scope.users = r.Boolean(tag)
		case der.Primitive | 2:
			l.scope.cas = r.Boolean(tag)
		case der.Primitive | 3:
			r.Next()
			l.scope.partial = true
		case der.Primitive | 4:
			if r.Boolean(tag) {
				// It names certificates of several authorities.
				l.why = "an indirect list"
			}
		case der.Primitive | 5:
			l.scope.elsewise = r.Boolean(tag)
		default:
			r.Fail()
		}
	}
}

// About is what the list says of a certificate, once its signature is proven
// to be that of the certificate's issuer. The error is ErrOther, or a
// report.Problem: untrusted, malformed, or unchecked with the reason for which
// the list cannot be used. The answer's dates are set in any case but ErrOther.
func (l *List) About(s Subject) (Answer, error) {
	// 6.3.3 (b): the issuer's own list, and one that is about such
	// certificates.
	if !bytes.Equal(l.issuer, s.Certificate.RawIssuer) || !l.scope.covers(s.Certificate) {
		return Answer{}, ErrOther
	}
	answer := Answer{Issued: l.issued, Until: l.until}
	if l.why != "" {
		return answer, unusable(l.why)
	}
	// 6.3.3 (f): an authority whose certificate says what its key is for must
	// say that it is for lists.
	if s.Issuer.KeyUsage != 0 && s.Issuer.KeyUsage&x509.KeyUsageCRLSign == 0 {
		return answer, report.NewProblem(report.StatusCertificateUntrusted, "the issuer's key is not for lists")
	}
	if err := l.signed.by(s.Issuer, s.Left); err != nil {
		return answer, err
	}
	if err := l.find(&answer, serial(s.Certificate)); err != nil {
		return answer, err
	}
	if answer.State == NotSaid && l.scope.partial {
		return answer, unusable("a list of some reasons for a withdrawal only")
	}
	if answer.State == NotSaid {
		answer.State = Good
	}
	return answer, answer.outlived(s.Certificate, l.back)
}

// covers says whether a certificate is one of those that the list is about.
func (s *scope) covers(certificate *x509.Certificate) bool {
	if s.elsewise || s.users && certificate.IsCA || s.cas && !certificate.IsCA {
		return false
	}
	if s.names == nil {
		return true
	}
	// 6.3.3 (b) (2) (i): an authority may divide its certificates among
	// several lists. That one does not name a certificate says something only
	// where the certificate names this list.
	for names := der.Read(s.names); names.More(); {
		if _, name := names.Next(); len(name) > 0 && pointsTo(certificate, name) {
			return true
		}
	}
	return false
}

var distributionPoints = asn1.ObjectIdentifier{2, 5, 29, 31}

// pointsTo says whether a certificate has this GeneralName for one of its
// distribution points (RFC 5280 4.2.1.13).
func pointsTo(certificate *x509.Certificate, name []byte) bool {
	for i := range certificate.Extensions {
		if !certificate.Extensions[i].Id.Equal(distributionPoints) {
			continue
		}
		all := der.Read(certificate.Extensions[i].Value)
		for points := all.Only(der.Sequence); points.More(); {
			point := points.Take(der.Sequence)
			if !point.Has(der.Constructed | 0) {
				continue
			}
			where := point.Take(der.Constructed | 0)
			if !where.Has(der.Constructed | 0) {
				continue // by a relative name
			}
			for full := where.Take(der.Constructed | 0); full.More(); {
				if _, own := full.Next(); bytes.Equal(own, name) {
					return true
				}
			}
		}
	}
	return false
}

// find goes through the entries. All of them are read, for a critical
// extension that is not known in any of them makes the whole list useless
// (RFC 5280 5.3).
func (l *List) find(answer *Answer, number []byte) error {
	rest := der.Read(l.entries)
	for count := 0; rest.More(); count++ {
		if count >= limits.RevokedCertificates {
			return unusable("more entries than are looked at")
		}
		entry := rest.Take(der.Sequence)
		own, since, reason, known := entry.Integer(), entry.Time(), 0, true
		if entry.More() {
			reason, known = entryReason(entry.Only(der.Sequence))
			if !l.second {
				rest.Fail()
			}
		}
		switch {
		case rest.Bad():
			return malformed("an entry of the list")
		case !known:
			return unusable("an entry with a critical extension that is not known")
		case !bytes.Equal(own, number) || answer.State == Revoked:
			continue
		case reason == removeFromCRL:
			// 5.3.1: that stands in delta lists only.
			return unusable("an entry that is taken back")
		case !answer.withdrawn(reason):
			return malformed("the reason of an entry")
		}
		answer.Since = since
	}
	return nil
}

// entryReason reads the extensions of an entry. Where it knows not all that
// are critical, as that of an indirect list, known is false.
func entryReason(extensions der.Reader) (reason int, known bool) {
	known = true
	for extensions.More() {
		id, critical, value := extension(&extensions)
		switch {
		case string(id) == extensionReason:
			reason = value.Enumerated()
			value.End()
		case critical && string(id) != extensionInvalidity:
			known = false
		}
	}
	return reason, known
}
