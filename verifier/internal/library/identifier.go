package library

import (
	"github.com/sealcheck/sealcheck/verifier/internal/keydocument"
	"github.com/sealcheck/sealcheck/verifier/internal/multibase"
	"github.com/sealcheck/sealcheck/verifier/internal/publickey"
	"github.com/sealcheck/sealcheck/verifier/internal/strictjson"
	"github.com/sealcheck/sealcheck/verifier/report"
)

// didKey opens a did:key: the identifier is the key.
func didKey(did, specific string) (*keydocument.Document, error) {
	if specific[0] != 'z' {
		return nil, report.NewProblem(report.KeyIdentifierMalformed, "a did:key begins with z", "did", did)
	}
	public, err := publickey.FromMultikey(specific, report.KeyIdentifierMalformed)
	if err != nil {
		return nil, err
	}
	return soleDocument(did, keydocument.DIDKey, keydocument.Entry{ID: did + "#" + specific, Public: public}), nil
}

// didJWK opens a did:jwk: the identifier is the key, as a JWK in base64url.
func didJWK(did, specific string) (*keydocument.Document, error) {
	text, err := multibase.Base64URL(specific)
	if err != nil {
		return nil, report.NewProblem(report.KeyIdentifierMalformed, "a did:jwk is base64url", "did", did)
	}
	jwk, err := strictjson.Parse(text)
	if err != nil {
		return nil, report.NewProblem(report.KeyIdentifierMalformed, err.Error(), "did", did)
	}
	public, err := publickey.FromJWK(jwk)
	if err != nil {
		return nil, err
	}
	return soleDocument(did, keydocument.DIDJWK, keydocument.Entry{ID: did + "#0", Public: public, Value: jwk, Bare: true}), nil
}

func soleDocument(did string, kind keydocument.Kind, e keydocument.Entry) *keydocument.Document {
	e.Purposes, e.Controller = []string{keydocument.AnyPurpose}, did
	return &keydocument.Document{Asked: did, ID: did, Base: did, Kind: kind, Sole: true, Entries: []keydocument.Entry{e}}
}
