package publickey

import (
	"crypto/x509"
	"encoding/pem"
	"errors"
	"strings"

	"github.com/sealcheck/sealcheck/verifier/report"
)

// FromPEM reads one PEM block: a public key (SPKI or PKCS #1) or the key of a
// certificate.
func FromPEM(data []byte) (any, error) {
	block, rest := pem.Decode(data)
	if block == nil {
		return nil, report.NewProblem(report.KeyMalformed, "no PEM block")
	}
	if len(strings.TrimSpace(string(rest))) > 0 {
		return nil, report.NewProblem(report.KeyMalformed, "something follows the PEM block")
	}
	return FromBlock(block)
}

// FromBlock reads the key of one PEM block, as FromPEM does.
func FromBlock(block *pem.Block) (any, error) {
	var public any
	var err error
	switch {
	case strings.HasSuffix(block.Type, "PRIVATE KEY"):
		return nil, report.NewProblem(report.KeyPrivate, "a PEM block with a private key")
	case block.Type == "CERTIFICATE":
		var certificate *x509.Certificate
		if certificate, err = x509.ParseCertificate(block.Bytes); err == nil {
			public = certificate.PublicKey
		}
	case block.Type == "RSA PUBLIC KEY":
		public, err = x509.ParsePKCS1PublicKey(block.Bytes)
	case block.Type == "PUBLIC KEY":
		public, err = x509.ParsePKIXPublicKey(block.Bytes)
	default:
		err = errors.New("a PEM block of another type")
	}
	if UnknownCurve(err) {
		return nil, report.NewProblem(report.KeyTypeUnsupported, err.Error())
	}
	if err != nil {
		return nil, report.NewProblem(report.KeyMalformed, err.Error())
	}
	return public, Check(public)
}

// UnknownCurve: crypto/x509 knows the NIST curves only and has no error value
// for others. A Brainpool key, as German seals have, is not malformed.
func UnknownCurve(err error) bool {
	return err != nil && strings.Contains(err.Error(), "unsupported elliptic curve")
}
