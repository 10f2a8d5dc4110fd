package trust

import (
	"bytes"
	"crypto/x509"
	"time"
)

// Authorities are the certification authorities of all lists that are in
// force at an instant.
type Authorities struct {
	lists *Lists
	at    time.Time
}

// Authorities gives the authorities in force.
func (l *Lists) Authorities(at time.Time) Authorities { return Authorities{l, at} }

// Vouched says whether a list vouches for the key of this certificate as that
// of an authority.
func (a Authorities) Vouched(certificate *x509.Certificate) bool {
	vouched, spki := false, ""
	a.each(func(listed *authority) {
		if spki == "" {
			spki = spkiOf(certificate)
		}
		vouched = vouched || listed.spki == spki
	})
	return vouched
}

// Named are the certificates of authorities with this subject (Name, DER).
func (a Authorities) Named(subject []byte) []*x509.Certificate {
	var named []*x509.Certificate
	a.each(func(listed *authority) {
		if listed.certificate != nil && bytes.Equal(listed.certificate.RawSubject, subject) {
			named = append(named, listed.certificate)
		}
	})
	return named
}

func (a Authorities) each(visit func(*authority)) {
	for _, list := range a.lists.lists {
		for i := range list.authorities {
			listed := &list.authorities[i]
			if !listed.from.IsZero() && a.at.Before(listed.from) || !listed.until.IsZero() && a.at.After(listed.until) {
				continue
			}
			visit(listed)
		}
	}
}
