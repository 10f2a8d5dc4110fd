package proof

import (
	"slices"
	"strconv"
	"strings"

	"github.com/sealcheck/sealcheck/verifier/envelope"
	"github.com/sealcheck/sealcheck/verifier/internal/vct"
	"github.com/sealcheck/sealcheck/verifier/report"
)

// readDisclosing reads one signature of the token in an SD-JWT. That each part
// that is shown is one that the token has a digest of, was found out when it
// was opened (RFC 9901 7.1).
func readDisclosing(e envelope.Envelope, index int, content Content) member {
	m := readJWS(e.JWS, e.SD, index, content)
	if m.good == report.ProofJws {
		m.good = report.ProofSdJwt
	}
	p := &m.proof
	p.Reference.Metadata = e.WalletCredential()
	p.choices(e)
	if index > 0 || !p.Supported() {
		return m
	}
	code := report.ProofSdShown
	switch {
	case len(e.SD.Kept) > 0:
	case len(e.SD.Disclosed) > 0:
		code = report.ProofSdAllShown
	default:
		return m
	}
	m.add(code, p.Path, "what", namedParts(e.SD.Disclosed), "count", strconv.Itoa(len(e.SD.Disclosed)))
	return m
}

// inside are the members of a W3C credential whose parts say nothing about how
// long it holds, where its standing can be looked up, or what it is.
var inside = [...]string{"credentialSubject", "evidence", "image"}

// choices finds out what may be among that which the holder keeps back. A digest
// for which nothing is shown stands in the object that the claim belongs to
// (RFC 9901 4.2.4), and no claim can be there twice: so it matters only where
// what is looked for could stand, and is not. That digest may also stand for
// nothing; nobody can tell.
//
// In an SD-JWT VC the claims that decide are registered and always shown
// (SD-JWT VC 2.2.2.3, see package credential); but a type may have an end of
// its own. In a W3C credential, or a type that is written like one, the issuer
// should have kept them from being a choice (VC-JOSE-COSE 3.2.1); libraries do
// not see to it, and what is not shown cannot be asked.
func (p *Proof) choices(e envelope.Envelope) {
	flat, under := false, ""
	if e.WalletCredential() {
		rules := vct.For(e.Document.At("vct").Text())
		flat = rules.Shape == vct.Flat
		for _, name := range [...]string{"@context", "type", "credentialSubject", "credentialStatus"} {
			_, there := e.Document.Get(name)
			flat = flat && !there
		}
		if _, there := e.Document.Get(rules.Under); there && rules.Under != "" {
			under = "/" + rules.Under
		}
	}
	document, standing := e.Document, under+"/credentialStatus"
	if under != "" {
		document = document.At(under[1:])
	}
	_, p.StandingFixed = document.Get("credentialStatus")
	for _, places := range [...][]string{e.SD.Kept, e.SD.Disclosed} {
		for _, place := range places {
			p.StandingFixed = p.StandingFixed && !strings.HasPrefix(place+"/", standing+"/")
		}
	}
	for _, place := range e.SD.Kept {
		p.Partial = true
		within, own := strings.CutPrefix(place+"/", under+"/")
		switch name, _, _ := strings.Cut(within, "/"); {
		case flat, !own:
			p.EndHidden = p.EndHidden || place == ""
		case !slices.Contains(inside[:], name):
			p.Selective = true
		}
	}
}
