package envelope

import (
	"bytes"
	"encoding/base64"
	"encoding/hex"
	"strings"

	"github.com/sealcheck/sealcheck/verifier/internal/cose"
	"github.com/sealcheck/sealcheck/verifier/internal/jws"
	"github.com/sealcheck/sealcheck/verifier/internal/sdjwt"
	"github.com/sealcheck/sealcheck/verifier/internal/sniff"
	"github.com/sealcheck/sealcheck/verifier/internal/strictjson"
	"github.com/sealcheck/sealcheck/verifier/report"
)

// isEnveloped says whether an object is only a holder for a data: address
// (VC-DATA-MODEL-2.0 4.13, 4.14).
func isEnveloped(value strictjson.Value) bool {
	return hasType(value, "EnvelopedVerifiableCredential") || hasType(value, "EnvelopedVerifiablePresentation")
}

// enveloped opens the data: address of such an object.
func (o *opener) enveloped(value strictjson.Value) (Envelope, error) {
	id := []byte(value.At("id").Text())
	if !sniff.HasPrefixFold(id, "data:") {
		return Envelope{}, badAddress("id is not a data: address", "id")
	}
	e, err := o.dataAddress(id)
	if err != nil {
		return Envelope{}, err
	}
	// VC-DATA-MODEL-2.0 4.12, 4.13: the one holds a credential, the other a
	// presentation.
	if hasType(value, "EnvelopedVerifiableCredential") && !agree(e, "vc") || hasType(value, "EnvelopedVerifiablePresentation") && !agree(e, "vp") {
		return Envelope{}, badAddress("another kind of document than its holder says", "type")
	}
	return e, nil
}

// agree says whether a signed document is of the kind, "vc" or "vp", that is
// said of it, as far as it says anything itself.
func agree(e Envelope, said string) bool {
	own := ""
	switch {
	case e.COSE != nil:
		for _, parameter := range [...]int64{cose.Type, cose.ContentType} {
			media, _ := e.COSE.Media(parameter)
			if use := cose.UseOf(parameter, media); use == cose.Credential || use == cose.Presentation {
				own = media[:2]
			}
		}
	case e.JWS != nil:
		if typ := strings.ToLower(e.headerType()); len(typ) > 2 && typ[2] < 'a' {
			own = typ[:2] // vc+jwt, vp-ld+jwt
		}
		if e.WalletCredential() {
			own = "vc"
		}
	}
	switch {
	case own == "vc" || own == "vp":
	case has(e.Document, "vp") || hasType(e.Document, "VerifiablePresentation") && !hasType(e.Document, "VerifiableCredential"):
		own = "vp"
	case has(e.Document, "vc") || hasType(e.Document, "VerifiableCredential"):
		own = "vc"
	default:
		return true
	}
	return own == said
}

// isDataAddress tells a data: address from a text that begins with the word:
// a media type follows at once.
func isDataAddress(data []byte) bool {
	if !sniff.HasPrefixFold(data, "data:") {
		return false
	}
	head, _, _ := bytes.Cut(data[len("data:"):min(len(data), mostHead)], []byte{','})
	return bytes.IndexByte(head, '/') > 0 && bytes.IndexAny(head, jsonSpace) < 0
}

// mostHead is how many characters of a data: address are read in search of
// the comma.
const mostHead = 256

// payloads says what the media types of a data: address hold. The older names
// are those of earlier drafts.
var payloads = map[string]report.Code{
	"application/vc+jwt":         report.EnvelopeJwsCompact,
	"application/vp+jwt":         report.EnvelopeJwsCompact,
	"application/jwt":            report.EnvelopeJwsCompact,
	"application/vc+ld+json+jwt": report.EnvelopeJwsCompact,
	"application/vp+ld+json+jwt": report.EnvelopeJwsCompact,
	"application/vc-ld+jwt":      report.EnvelopeJwsCompact,
	"application/vp-ld+jwt":      report.EnvelopeJwsCompact,
	"application/vc+sd-jwt":      report.EnvelopeSdCompact,
	"application/vp+sd-jwt":      report.EnvelopeSdCompact,
	"application/dc+sd-jwt":      report.EnvelopeSdCompact,
	"application/sd-jwt":         report.EnvelopeSdCompact,
	"application/vc+cose":        report.EnvelopeCose,
	"application/vp+cose":        report.EnvelopeCose,
	"application/cose":           report.EnvelopeCose,
	"application/cwt":            report.EnvelopeCose,
	"image/png":                  report.EnvelopePng,
	"image/svg+xml":              report.EnvelopeSvg,
	"application/pdf":            report.EnvelopePdf,
}

// dataAddress opens "data:" type [";" parameter]... "," data (RFC 2397).
func (o *opener) dataAddress(data []byte) (Envelope, error) {
	comma := bytes.IndexByte(data, ',')
	if comma < 0 || comma > mostHead {
		return Envelope{}, badAddress("no comma after the media type", "type")
	}
	head, body := strings.ToLower(string(data[len("data:"):comma])), data[comma+1:]
	mediaType, parameters, _ := strings.Cut(head, ";")
	mediaType = strings.TrimSpace(mediaType)
	code := payloads[mediaType]
	switch {
	case code == report.EnvelopeJwsCompact, code == report.EnvelopeSdCompact, code == report.EnvelopeCose, code == report.EnvelopePng, code == report.EnvelopeSvg:
	case code != "":
		return Envelope{}, report.NewProblem(code, "a data: address")
	case strings.HasPrefix(mediaType, "image/"):
		return Envelope{}, report.NewProblem(report.EnvelopeImage, "a data: address")
	default:
		return Envelope{}, badAddress("media type", mediaType)
	}
	base64Encoded := false
	for _, parameter := range strings.Split(parameters, ";") {
		base64Encoded = base64Encoded || strings.TrimSpace(parameter) == "base64"
	}
	token, err := dataBody(body, base64Encoded)
	if err != nil {
		return Envelope{}, err
	}
	o.note(report.EnvelopeDataAddress)
	e, err := o.addressed(token, code)
	if err != nil {
		return Envelope{}, err
	}
	// A token of the other kind than the address says: two readers would see
	// two documents (RFC 8725 3.11).
	if kind := strings.TrimPrefix(mediaType, "application/"); (kind[:2] == "vc" || kind[:2] == "vp") && !agree(e, kind[:2]) {
		return Envelope{}, badAddress("another kind of token than its media type says", "type")
	}
	return e, nil
}

// addressed opens what a data: address of a known media type holds.
func (o *opener) addressed(body []byte, code report.Code) (Envelope, error) {
	if jose := code == report.EnvelopeJwsCompact || code == report.EnvelopeSdCompact; jose && sdjwt.Separated(body) != (code == report.EnvelopeSdCompact) {
		return Envelope{}, badAddress("another kind of token than its media type says", "type")
	}
	switch code {
	case report.EnvelopeSdCompact:
		return o.shown(body)
	case report.EnvelopeJwsCompact:
		if bytes.Count(body, []byte{'.'}) != 2 {
			return Envelope{}, badAddress("not a compact JWS", "body")
		}
		m, err := jws.Parse(body)
		if err != nil {
			return Envelope{}, err
		}
		return o.message(m)
	case report.EnvelopeCose:
		if e, err, ok := o.signedCBOR(body); ok {
			return e, err
		}
		code = report.EnvelopeCbor
	default:
		if e, err, ok := o.picture(body); ok {
			return e, err
		}
	}
	return Envelope{}, report.NewProblem(code, "a data: address")
}

// dataBody decodes what stands after the comma.
func dataBody(body []byte, base64Encoded bool) ([]byte, error) {
	// RFC 2397 2: characters that an address cannot hold are written %XX. A
	// JWS has none, but a writer may encode more than it must.
	if bytes.IndexByte(body, '%') >= 0 {
		plain := make([]byte, 0, len(body))
		for i := 0; i < len(body); i++ {
			c := body[i]
			if c == '%' {
				var two [1]byte
				if i+2 >= len(body) {
					return nil, badAddress("a % without two hex digits", "body")
				}
				if _, err := hex.Decode(two[:], body[i+1:i+3]); err != nil {
					return nil, badAddress("a % without two hex digits", "body")
				}
				c = two[0]
				i += 2
			}
			plain = append(plain, c)
		}
		body = plain
	}
	// Some writers say base64 because the parts of a JWS are, and then write
	// the JWS as it is; its full stops give that away.
	if !base64Encoded || bytes.IndexByte(body, '.') >= 0 {
		return body, nil
	}
	for _, encoding := range [...]*base64.Encoding{base64.StdEncoding, base64.RawStdEncoding, base64.RawURLEncoding} {
		if decoded, err := encoding.Strict().AppendDecode(nil, body); err == nil {
			return decoded, nil
		}
	}
	return nil, badAddress("not base64", "body")
}

func badAddress(detail, what string) error {
	return report.NewProblem(report.EnvelopeDataAddressMalformed, detail, "what", what)
}
