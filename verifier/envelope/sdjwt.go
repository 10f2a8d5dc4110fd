package envelope

import (
	"github.com/sealcheck/sealcheck/verifier/internal/jws"
	"github.com/sealcheck/sealcheck/verifier/internal/sdjwt"
	"github.com/sealcheck/sealcheck/verifier/internal/sniff"
	"github.com/sealcheck/sealcheck/verifier/internal/strictjson"
	"github.com/sealcheck/sealcheck/verifier/report"
)

// shown opens an SD-JWT in its compact form (RFC 9901 4).
func (o *opener) shown(data []byte) (Envelope, error) {
	cleaned := sniff.WithoutSpace(data)
	if len(cleaned) < len(data) {
		o.note(report.EnvelopeWhitespace)
	}
	return o.disclosing(SDJWT)(sdjwt.Parse(cleaned))
}

// shownJSON opens one that is written in JSON (RFC 9901 8).
func (o *opener) shownJSON(value strictjson.Value, issued *jws.Message) (Envelope, error) {
	return o.disclosing(JSONSDJWT)(sdjwt.FromJSON(value, issued))
}

func (o *opener) disclosing(form Form) func(*sdjwt.Message, error) (Envelope, error) {
	return func(m *sdjwt.Message, err error) (Envelope, error) {
		if err != nil {
			return Envelope{}, err
		}
		return Envelope{Form: form, Path: o.path, Document: m.Document, JWS: m.Issued, SD: m, Depth: o.depth}, nil
	}
}

// WalletCredential says whether an SD-JWT is a credential of the kind that
// SD-JWT VC defines, rather than a W3C credential that is secured as SD-JWT:
// it says so in its media type, or by the claim that only these have. Drafts
// before November 2024 shared the media type of the other kind.
func (e Envelope) WalletCredential() bool {
	if e.SD == nil {
		return false
	}
	_, typed := e.Document.Get("vct")
	return typed || sniff.HasPrefixFold([]byte(e.headerType()), "dc+sd-jwt")
}

// Certified says whether an SD-JWT carries the certificate of its key, in the
// header that is signed (SD-JWT VC 5).
func (e Envelope) Certified() bool {
	_, ok := e.JWS.Signatures[0].Header.Get("x5c")
	return ok
}

// headerType is `typ` of the first signature without "application/" (RFC 7515
// 4.1.9).
func (e Envelope) headerType() string {
	const prefix = "application/"
	typ := e.JWS.Signatures[0].Header.At("typ").Text()
	if sniff.HasPrefixFold([]byte(typ), prefix) {
		typ = typ[len(prefix):]
	}
	return typ
}
