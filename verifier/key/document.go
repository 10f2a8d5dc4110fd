package key

import (
	"strings"

	"github.com/sealcheck/sealcheck/verifier/fetch"
	"github.com/sealcheck/sealcheck/verifier/internal/keydocument"
	"github.com/sealcheck/sealcheck/verifier/report"
)

// issuerDocument opens the document of the issuer that the credential names.
func (s *search) issuerDocument() (*keydocument.Document, error) {
	identifier := s.issuer
	if strings.ContainsAny(identifier, "#?") && strings.HasPrefix(identifier, "did:") {
		return nil, report.NewProblem(report.KeyIdentifierMalformed, "the issuer is no plain DID", "did", identifier)
	}
	if s.ref.Metadata && !strings.HasPrefix(identifier, "did:") {
		return s.library.OpenMetadata(identifier)
	}
	d, err := s.library.Open(identifier, fetch.Profile)
	if err != nil {
		return nil, err
	}
	// CID 1.0 3.3: what is served at an address under another name does not
	// speak for the address.
	if d.ID != "" && d.ID != identifier {
		return nil, report.NewProblem(report.KeyDocumentMismatch, "", "what", d.ID, "address", identifier, "host", fetch.Host(identifier))
	}
	return d, nil
}

// keySet opens the JWK Set that a profile names as its own by jwks_uri, where
// it lies on the same origin; nil where there is none to open.
func (s *search) keySet(d *keydocument.Document) (*keydocument.Document, error) {
	if d.KeySet == "" || !d.Speaks() || !fetch.SameOrigin(d.KeySet, d.Address) {
		return nil, nil
	}
	set, err := s.library.Open(d.KeySet, fetch.KeySet)
	if err != nil {
		return nil, err
	}
	if set.Kind != keydocument.KeySet {
		return nil, report.NewProblem(report.KeyDocumentInvalid, "jwks_uri leads to no JWK Set", "address", d.KeySet, "host", fetch.Host(d.KeySet))
	}
	return set, nil
}
