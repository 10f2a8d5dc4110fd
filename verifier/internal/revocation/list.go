package revocation

import (
	"bytes"
	"crypto/x509"
	"encoding/asn1"
	"encoding/pem"
	"time"

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
	l, r := &List{}, read(data)
	outer := r.only(tagSequence)
	l.read(l.signed.read(&outer))
	outer.end()
	if *r.bad {
		return nil, malformed("no certificate revocation list")
	}
	return l, nil
}

// read reads the outer form that lists, responses and certificates share, and
// gives what is in the part that is signed.
func (s *signed) read(outer *reader) reader {
	s.content = outer.whole(tagSequence)
	s.algorithm = outer.content(tagSequence)
	s.signature = outer.bits()
	inner := reader{s.content, outer.bad}
	return inner.take(tagSequence)
}

// read reads TBSCertList (RFC 5280 5.1).
func (l *List) read(r reader) {
	if r.has(tagInteger) {
		if l.second = string(r.integer()) == "\x01"; !l.second {
			r.fail()
		}
	}
	// 5.1.1.2: the same algorithm inside as outside.
	if !bytes.Equal(r.content(tagSequence), l.algorithm) {
		r.fail()
	}
	l.issuer = r.whole(tagSequence)
	l.issued = r.time()
	if r.has(tagUTCTime) || r.has(tagGeneralizedTime) {
		if l.until = r.time(); l.until.Before(l.issued) {
			r.fail()
		}
	}
	if r.has(tagSequence) {
		l.entries = r.content(tagSequence)
	}
	if !r.more() {
		return
	}
	explicit := r.only(tagConstructed | 0)
	extensions := explicit.only(tagSequence)
	for extensions.more() {
		l.readExtension(&extensions)
	}
	if !l.second {
		r.fail()
	}
}

func (l *List) readExtension(r *reader) {
	id, critical, value := r.extension()
	switch string(id) {
	case extensionDelta:
		// It says only what has changed since another list.
		l.why = "a delta list"
	case extensionScope:
		l.readScope(value.only(tagSequence))
	case extensionExpired:
		l.back = value.generalized()
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
func (l *List) readScope(r reader) {
	for r.more() {
		switch tag := r.rest[0]; tag {
		case tagConstructed | 0:
			point := r.take(tag)
			if !point.has(tagConstructed | 0) {
				// The other form is a name relative to that of the issuer.
				l.why = "a distribution point by a relative name"
				continue
			}
			if l.scope.names = point.content(tagConstructed | 0); len(l.scope.names) == 0 {
				r.fail()
			}
		case tagPrimitive | 1:
			l.scope.users = r.boolean(tag)
		case tagPrimitive | 2:
			l.scope.cas = r.boolean(tag)
		case tagPrimitive | 3:
			r.next()
			l.scope.partial = true
		case tagPrimitive | 4:
			if r.boolean(tag) {
				// It names certificates of several authorities.
				l.why = "an indirect list"
			}
		case tagPrimitive | 5:
			l.scope.elsewise = r.boolean(tag)
		default:
			r.fail()
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
	for names := read(s.names); names.more(); {
		if _, name := names.next(); len(name) > 0 && pointsTo(certificate, name) {
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
		all := read(certificate.Extensions[i].Value)
		for points := all.only(tagSequence); points.more(); {
			point := points.take(tagSequence)
			if !point.has(tagConstructed | 0) {
				continue
			}
			where := point.take(tagConstructed | 0)
			if !where.has(tagConstructed | 0) {
				continue // by a relative name
			}
			for full := where.take(tagConstructed | 0); full.more(); {
				if _, own := full.next(); bytes.Equal(own, name) {
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
	rest := read(l.entries)
	for count := 0; rest.more(); count++ {
		if count >= limits.RevokedCertificates {
			return unusable("more entries than are looked at")
		}
		entry := rest.take(tagSequence)
		own, since, reason, known := entry.integer(), entry.time(), 0, true
		if entry.more() {
			reason, known = entryReason(entry.only(tagSequence))
			if !l.second {
				rest.fail()
			}
		}
		switch {
		case *rest.bad:
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
func entryReason(extensions reader) (reason int, known bool) {
	known = true
	for extensions.more() {
		id, critical, value := extensions.extension()
		switch {
		case string(id) == extensionReason:
			reason = value.enumerated()
			value.end()
		case critical && string(id) != extensionInvalidity:
			known = false
		}
	}
	return reason, known
}
