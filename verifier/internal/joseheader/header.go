// Package joseheader holds the rules that the header of a JWS must keep before
// its signature is looked at: which names it may have and where, what must be
// understood, and what kind of document it says that it signs.
package joseheader

import (
	"slices"
	"strconv"
	"strings"

	"github.com/sealcheck/sealcheck/verifier/internal/limits"
	"github.com/sealcheck/sealcheck/verifier/internal/strictjson"
	"github.com/sealcheck/sealcheck/verifier/report"
)

// Header is the header of one signature of a JWS, with what its rules depend on.
type Header struct {
	Protected, Unprotected strictjson.Value
	// Seal says that the signature is a JAdES seal, which knows more names.
	Seal bool
	// Presentation says that a presentation is signed rather than a credential.
	Presentation bool
	// StatusList says that a status list token is signed rather than either.
	StatusList bool
	// Disclosing says that it is the header of an SD-JWT.
	Disclosing bool
	// Payload is the payload as it stands in the message, "" if it does not.
	Payload string
	// Problem makes the error of a broken rule; pairs are name, value.
	Problem func(code report.Code, detail string, pairs ...string) error
}

// SealNames are the header parameters that ETSI TS 119 182-1 defines and
// wants named in `crit`. One of them in a protected header makes a JAdES seal.
var SealNames = [...]string{"sigT", "x5t#o", "sigX5ts", "srCms", "sigPl", "srAts", "adoTst", "sigPId", "sigD"}

// registered are the header parameters that some reader gives a meaning.
var registered = [...]string{
	"alg", "jku", "jwk", "kid", "x5u", "x5c", "x5t", "x5t#S256", "typ", "cty", "crit", "b64", "iat", "exp", "nbf",
	"x5t#o", "sigX5ts", "sigT", "sigD", "sigPId", "sigPl", "srCms", "srAts", "adoTst", "etsiU",
}

// CheckNames refuses names on which readers disagree: some match them without
// regard to case and would take "ALG" for "alg" (T1).
func (h Header) CheckNames() error {
	for _, header := range [...]strictjson.Value{h.Protected, h.Unprotected} {
		for _, m := range header.Members() {
			if slices.Contains(registered[:], m.Key) {
				continue // no two of them differ in case alone
			}
			for _, name := range registered {
				if strings.EqualFold(m.Key, name) {
					return h.Problem(report.ProofHeaderMalformed, "a name in another case", "what", m.Key)
				}
			}
		}
	}
	if unprotected := h.Unprotected.Members(); len(unprotected) > 0 {
		protected := make(map[string]bool, len(h.Protected.Members()))
		for _, m := range h.Protected.Members() {
			protected[m.Key] = true
		}
		for _, m := range unprotected {
			if protected[m.Key] {
				return h.Problem(report.ProofHeaderOverlap, "", "what", m.Key)
			}
		}
	}
	// RFC 7515 4.1.11 and RFC 7797 3: both say how the rest is to be read and
	// must be signed themselves.
	if _, ok := h.Unprotected.Get("crit"); ok {
		return h.Problem(report.ProofCritUnprotected, "")
	}
	if _, ok := h.Unprotected.Get("b64"); ok {
		return h.Problem(report.ProofB64Malformed, "not protected")
	}
	return nil
}

// standard are the header parameters of RFC 7515 and RFC 7518. Every reader
// knows them, so `crit` may not name them (RFC 7515 4.1.11).
var standard = [...]string{
	"alg", "jku", "jwk", "kid", "x5u", "x5c", "x5t", "x5t#S256", "typ", "cty", "crit",
	"enc", "zip", "epk", "apu", "apv", "iv", "tag", "p2s", "p2c",
}

// Critical checks `crit` and gives the names in it, in order: what it names
// must be understood here, or the signature says something that we cannot see.
func (h Header) Critical() ([]string, error) {
	value, ok := h.Protected.Get("crit")
	if !ok {
		return nil, nil
	}
	var critical []string
	switch n := len(value.Items()); {
	case value.Kind() != strictjson.Array:
		return nil, h.Problem(report.ProofCritMalformed, "not an array")
	case n == 0:
		return nil, h.Problem(report.ProofCritEmpty, "")
	case n > limits.CriticalNames:
		return nil, h.Problem(report.ProofCritMalformed, strconv.Itoa(n)+" names")
	}
	for _, item := range value.Items() {
		name := item.Text()
		if item.Kind() != strictjson.String {
			return nil, h.Problem(report.ProofCritMalformed, "not a string")
		}
		if slices.Contains(critical, name) {
			return nil, h.Problem(report.ProofCritDuplicate, "", "name", name)
		}
		if slices.Contains(standard[:], name) {
			return nil, h.Problem(report.ProofCritStandard, "", "name", name)
		}
		if name != "b64" && !(h.Seal && (slices.Contains(SealNames[:], name) || name == "exp")) {
			return nil, h.Problem(report.ProofCritUnknown, "", "name", name)
		}
		if _, there := h.Protected.Get(name); !there {
			return nil, h.Problem(report.ProofCritAbsent, "", "name", name)
		}
		critical = append(critical, name)
	}
	return critical, nil
}

// CheckB64 checks whether the payload may stand in the message as it is
// (RFC 7797); critical are the names in `crit`. Only seals may do that; a JWT
// never (RFC 7797 7).
func (h Header) CheckB64(critical []string) error {
	value, ok := h.Protected.Get("b64")
	switch {
	case !ok:
		return nil
	case value.Kind() != strictjson.Bool:
		return h.Problem(report.ProofB64Malformed, "not true or false")
	// RFC 7797 6: a reader that does not know b64 must not go on, and only
	// `crit` makes it stop.
	case !slices.Contains(critical, "b64"):
		return h.Problem(report.ProofB64NotCritical, "")
	case value.Truth():
		return nil
	}
	typ, _ := h.Protected.Get("typ")
	_, detached := h.Protected.Get("sigD")
	if kind, _ := mediaType(typ.Text()); !h.Seal || isJWT(kind) || h.Payload == "" && !detached {
		return h.Problem(report.ProofB64Unexpected, "")
	}
	return nil
}

// content is what a media type says that the document is.
type content uint8

const (
	anything content = iota
	aCredential
	aPresentation
	aStatusList
	aDisclosingCredential // SD-JWT
	aDisclosingPresentation
)

// types are the values of `typ` that a credential or presentation may have
// (VC-JOSE-COSE 3.1, its drafts, RFC 7519, RFC 7515, ETSI TS 119 182-1).
// Every other, such as a status list or a key binding, was signed for another
// use (RFC 8725 3.11).
var types = map[string]content{
	"jwt": anything, "jose": anything, "jose+json": anything,
	"vc+jwt": aCredential, "vc+ld+jwt": aCredential, "vc-ld+jwt": aCredential, "vc+ld+json+jwt": aCredential,
	"vp+jwt": aPresentation, "vp+ld+jwt": aPresentation, "vp-ld+jwt": aPresentation, "vp+ld+json+jwt": aPresentation,
	"statuslist+jwt": aStatusList,
	// SD-JWT VC 2.2.1 (and the name of drafts before November 2024, which
	// VC-JOSE-COSE 3.2 has for W3C credentials, with those of its own drafts).
	"dc+sd-jwt": aDisclosingCredential, "vc+sd-jwt": aDisclosingCredential,
	"vc+ld+json+sd-jwt": aDisclosingCredential, "vc-ld+sd-jwt": aDisclosingCredential, "vc+ld+sd-jwt": aDisclosingCredential,
	"vp+sd-jwt": aDisclosingPresentation, "vp+ld+json+sd-jwt": aDisclosingPresentation, "vp-ld+sd-jwt": aDisclosingPresentation, "vp+ld+sd-jwt": aDisclosingPresentation,
}

// contents are the values of `cty`. Seals name the type of any payload.
var contents = map[string]content{
	"json": anything, "octet-stream": anything,
	"vc": aCredential, "vc+ld+json": aCredential,
	"vp": aPresentation, "vp+ld+json": aPresentation,
}

// mediaType gives a media type in lower case and without "application/",
// which JOSE leaves out (RFC 7515 4.1.9), and whether anything is left.
func mediaType(text string) (string, bool) {
	text = strings.TrimPrefix(strings.ToLower(text), "application/")
	return text, text != ""
}

// isJWT says whether a typ declares the message to be a JWT.
func isJWT(typ string) bool {
	return typ == "jwt" || strings.HasSuffix(typ, "+jwt") || strings.HasSuffix(typ, "+sd-jwt")
}

// fits says whether a media type belongs to the kind of document at hand.
func (h Header) fits(kind content) bool {
	switch {
	case h.StatusList || kind == aStatusList:
		// draft-ietf-oauth-status-list 5.1: such a token says what it is, and
		// nothing else may say it.
		return h.StatusList && kind == aStatusList && !h.Disclosing
	default:
		return kind == anything || (kind == aPresentation) == h.Presentation
	}
}

// fitsType is fits for typ, which also says whether the message is an SD-JWT:
// the issuer of one that is not has signed other rules for reading it (RFC 9901
// 9.11, RFC 8725 3.11).
func (h Header) fitsType(kind content) bool {
	switch kind {
	case aDisclosingCredential, aDisclosingPresentation:
		return h.Disclosing && !h.StatusList && (kind == aDisclosingPresentation) == h.Presentation
	}
	return !h.Disclosing && h.fits(kind)
}

// CheckType checks typ and cty.
func (h Header) CheckType() error {
	typ := ""
	if value, ok := h.Protected.Get("typ"); ok {
		if value.Kind() != strictjson.String {
			return h.Problem(report.ProofHeaderMalformed, "not a string", "what", "typ")
		}
		typ, _ = mediaType(value.Text())
		kind, known := types[typ]
		if !known || !h.fitsType(kind) {
			return h.Problem(report.ProofTypeWrong, "", "what", value.Text())
		}
	}
	if (h.StatusList || h.Disclosing) && typ == "" {
		return h.Problem(report.ProofTypeWrong, "no typ")
	}
	value, ok := h.Protected.Get("cty")
	if !ok {
		return nil
	}
	if value.Kind() != strictjson.String {
		return h.Problem(report.ProofHeaderMalformed, "not a string", "what", "cty")
	}
	if h.Seal {
		return nil
	}
	cty, _ := mediaType(value.Text())
	kind, known := contents[cty]
	// VC-JOSE-COSE 3.1, 3.2: a vc+jwt contains a vc, and a vp+jwt a vp.
	strict := typ == "vc+jwt" || typ == "vp+jwt" || typ == "vc+sd-jwt" || typ == "vp+sd-jwt"
	if !known || !h.fits(kind) || strict && cty != typ[:2] {
		return h.Problem(report.ProofContentTypeWrong, "", "what", value.Text())
	}
	return nil
}
