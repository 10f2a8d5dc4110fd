package key

import (
	"crypto/x509"

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
	return []Key{{Public: leaf.PublicKey, Source: Certificate, Inseparable: s.ref.Bound, Chain: chain}}, nil
}

// subjectName is the organisation that a certificate names, or else its
// common name.
func subjectName(certificate *x509.Certificate) string {
	if names := certificate.Subject.Organization; len(names) > 0 {
		return names[0]
	}
	return certificate.Subject.CommonName
}
