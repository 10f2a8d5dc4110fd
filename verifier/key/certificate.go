package key

import (
	"crypto/x509"
	"strings"

	"github.com/sealcheck/sealcheck/verifier/fetch"
	"github.com/sealcheck/sealcheck/verifier/internal/limits"
	"github.com/sealcheck/sealcheck/verifier/internal/publickey"
	"github.com/sealcheck/sealcheck/verifier/report"
)

// certificate takes the key of the certificate that the proof carries. Who
// stands behind the certificate is for others to say: here is only read what
// it says of itself.
func (s *search) certificate() ([]Key, error) {
	if len(s.ref.Chain) > limits.Certificates {
		return nil, report.NewProblem(report.KeyCertificateMalformed, "more certificates than a chain can have")
	}
	leaf, err := x509.ParseCertificate(s.ref.Chain[0])
	if publickey.UnknownCurve(err) {
		return nil, report.NewProblem(report.KeyTypeUnsupported, err.Error())
	}
	if err != nil {
		return nil, report.NewProblem(report.KeyCertificateMalformed, err.Error())
	}
	name := subjectName(leaf)
	if err := publickey.Check(leaf.PublicKey); err != nil {
		return nil, report.WithFacts(err, "name", name)
	}
	if err := publickey.CheckKind(leaf.PublicKey, s.ref.Curves, s.ref.Algorithm); err != nil {
		return nil, report.WithFacts(err, "name", name)
	}
	// RFC 5280 4.2.1.3: a certificate that states what its key is for must
	// state signing; an absent extension states nothing.
	if leaf.KeyUsage != 0 && leaf.KeyUsage&(x509.KeyUsageDigitalSignature|x509.KeyUsageContentCommitment) == 0 {
		return nil, report.NewProblem(report.KeyCertificateUsage, "", "name", name)
	}
	// RFC 5280 4.1.2.5: even by the proof's own account the certificate did
	// not hold at the time.
	if at := s.ref.Created; !at.IsZero() && (at.Before(leaf.NotBefore) || at.After(leaf.NotAfter)) {
		return nil, report.NewProblem(report.KeyCertificateNotValidThen, "", "name", name, "date", at.UTC().Format("2006-01-02"))
	}
	chain := []*x509.Certificate{leaf}
	for _, der := range s.ref.Chain[1:] {
		// One that cannot be read cannot lead to an anchor; that is trust's
		// to find, and says nothing about the signature.
		if certificate, err := x509.ParseCertificate(der); err == nil {
			chain = append(chain, certificate)
		}
	}
	k := Key{Public: leaf.PublicKey, Source: Certificate, Inseparable: s.ref.Bound, Chain: chain}
	// SD-JWT VC 5: where the certificate does not name the issuer's address, the
	// issuer's own document may list the same key.
	if s.ref.Addressed && s.issuer != "" && (SelfSigned(leaf) || !NamesAddress(leaf, s.issuer)) {
		if err := s.bind(&k); err != nil {
			return nil, err
		}
	}
	return []Key{k}, nil
}

// subjectName is the organisation that a certificate names, or else its
// common name.
func subjectName(certificate *x509.Certificate) string {
	if names := certificate.Subject.Organization; len(names) > 0 {
		return names[0]
	}
	return certificate.Subject.CommonName
}

// NamesAddress says whether a certificate's alternative names hold the
// issuer's address: the URI itself, or the host of an https address.
func NamesAddress(leaf *x509.Certificate, issuer string) bool {
	for _, uri := range leaf.URIs {
		if uri.String() == issuer {
			return true
		}
	}
	host := strings.TrimPrefix(fetch.Origin(issuer), "https://")
	for _, name := range leaf.DNSNames {
		if host != "" && strings.EqualFold(name, host) {
			return true
		}
	}
	return false
}

// SelfSigned says whether a certificate was issued by itself.
func SelfSigned(certificate *x509.Certificate) bool {
	return string(certificate.RawIssuer) == string(certificate.RawSubject)
}
