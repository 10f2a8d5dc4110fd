package library

import (
	"strings"

	"github.com/sealcheck/sealcheck/verifier/fetch"
	"github.com/sealcheck/sealcheck/verifier/internal/keydocument"
	"github.com/sealcheck/sealcheck/verifier/internal/strictjson"
	"github.com/sealcheck/sealcheck/verifier/report"
)

// wellKnown is where the metadata of an issuer of wallet credentials stands.
const wellKnown = "/.well-known/jwt-vc-issuer"

// MetadataAddress is the address of an issuer's metadata, "" where the issuer
// has no https address that admits one (SD-JWT VC 5): the well-known path goes
// between the host and the issuer's own path, without a slash at its end.
func MetadataAddress(issuer string) string {
	origin := fetch.Origin(issuer)
	path, ok := strings.CutPrefix(issuer, origin)
	if origin == "" || !ok || strings.ContainsAny(path, "?#") || !strings.HasPrefix(origin, "https://") {
		return ""
	}
	return origin + wellKnown + strings.TrimSuffix(path, "/")
}

// OpenMetadata opens the metadata of an issuer (SD-JWT VC 5) as a document that
// speaks for it. Its keys stand in it or in the one set that it names by
// jwks_uri, wherever that lies. Errors are *report.Problem as those of Open.
func (l *Library) OpenMetadata(issuer string) (*keydocument.Document, error) {
	address := MetadataAddress(issuer)
	if address == "" {
		return nil, report.NewProblem(report.KeyIdentifierMalformed, "no address that could have metadata", "address", issuer)
	}
	if known, ok := l.opened[address]; ok {
		return known.document, known.err
	}
	d, err := l.openMetadata(issuer, address)
	l.opened[address] = opened{d, err}
	return d, err
}

func (l *Library) openMetadata(issuer, address string) (*keydocument.Document, error) {
	value, err := l.read(issuer, fetch.Request{Address: address, Kind: fetch.Profile, Reason: issuer})
	if err != nil {
		return nil, err
	}
	facts := []string{"address", address, "host", fetch.Host(address)}
	// 5.2: the issuer must be the very one that was asked for.
	if named := value.At("issuer"); named.Kind() != strictjson.String || named.Text() != issuer {
		return nil, report.NewProblem(report.KeyDocumentMismatch, "", append(facts, "what", named.Text())...)
	}
	set, within := value.Get("jwks")
	elsewhere, named := value.Get("jwks_uri")
	if within == named {
		return nil, report.NewProblem(report.KeyDocumentInvalid, "not one of jwks and jwks_uri", facts...)
	}
	if named {
		at := elsewhere.Text()
		d, err := l.Open(at, fetch.KeySet)
		if err != nil {
			return nil, err
		}
		if d.Kind != keydocument.KeySet {
			return nil, report.NewProblem(report.KeyDocumentInvalid, "jwks_uri leads to no JWK Set", "address", at, "host", fetch.Host(at))
		}
		own := *d
		own.Asked, own.ID, own.Base = issuer, issuer, issuer
		return &own, nil
	}
	d := &keydocument.Document{Asked: issuer, ID: issuer, Base: issuer, Kind: keydocument.KeySet, Address: address}
	d.AddSet(set, keydocument.AnyPurpose)
	if d.Full() {
		return nil, report.NewProblem(report.KeyDocumentTooLarge, "more than 100 keys", facts...)
	}
	return d, nil
}
