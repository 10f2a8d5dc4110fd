package proof

import (
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

// choices finds out what the holder could have kept back: some of what the
// credential says, or also its end and where its standing can be looked up. In
// an SD-JWT VC these are registered claims, which are always shown (SD-JWT VC
// 2.2.2.3); but for types that write them as a W3C credential does, which keep
// them beside everything else.
func (p *Proof) choices(e envelope.Envelope) {
	wallet, under := e.WalletCredential(), ""
	if wallet {
		rules := vct.For(e.Document.At("vct").Text())
		if rules.Shape == vct.Flat {
			p.Partial = len(e.SD.Kept) > 0
			return
		}
		if _, there := e.Document.Get(rules.Under); there && rules.Under != "" {
			under = "/" + rules.Under
		}
	}
	// Standing is looked up under several names, and what is kept back may have
	// any: where something beside the subject is kept, nothing about it is sure.
	for _, place := range e.SD.Kept {
		inner, inside := strings.CutPrefix(place+"/", under+"/")
		switch name, _, _ := strings.Cut(inner, "/"); {
		case !inside, name == "credentialSubject":
			p.Partial = true
		default:
			p.Selective = true
		}
	}
}
