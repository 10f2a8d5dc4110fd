package credential

import (
	"slices"

	"github.com/sealcheck/sealcheck/verifier/envelope"
	"github.com/sealcheck/sealcheck/verifier/internal/member"
	"github.com/sealcheck/sealcheck/verifier/internal/strictjson"
	"github.com/sealcheck/sealcheck/verifier/internal/vcdm"
	"github.com/sealcheck/sealcheck/verifier/report"
)

// Read finds out which data model an envelope's document follows, holds it
// against the rules of that model, and takes out what later stages need.
// The credential is never nil: one that breaks a rule is read as far as it
// goes. known says which @context addresses are at hand besides the built-in
// list of public ones; nil means none. reading gives a document in words that
// may be taken as they stand, see package linked; nil leaves it as it is.
// Findings have one pass code that names
// the model where there is one, and a code for each rule that is broken.
func Read(e envelope.Envelope, known func(context string) bool, reading func(strictjson.Value) strictjson.Value) (*Credential, report.Findings) {
	r := &reader{c: &Credential{Format: Other, Document: e.Document}, known: known}
	if e.SD != nil {
		r.kept = e.SD.Kept
	}
	if e.Form == envelope.XML {
		r.europassXML(e)
		return r.c, r.findings
	}
	if r.addressed(e) {
		return r.c, r.findings
	}
	if e.Document.Kind() != strictjson.Object {
		r.add(report.CredentialNotACredential, "the content is not a JSON object")
		return r.c, r.findings
	}
	if isToken(e) {
		r.token(e)
		return r.c, r.findings
	}
	if e.WalletCredential() {
		r.wallet(e)
		return r.c, r.findings
	}
	if e.OldBlockcert() {
		r.c.Format = Blockcerts
		r.add(report.CredentialBlockcertsOld, "")
		return r.c, r.findings
	}
	r.unwrap(e)
	r.stands = r.c.Document
	if reading != nil {
		r.c.Document = reading(r.c.Document)
	}
	r.detect(e)
	r.common()
	switch r.c.Format {
	case Other:
		if e.SD != nil {
			r.add(report.CredentialSdNoCredential, "")
		} else if r.part {
			r.badgePart()
		} else if len(r.findings) == 0 {
			r.add(report.CredentialNotACredential, "neither type nor @context of a credential")
		}
	case OpenBadge2, OpenBadge1:
		r.oldBadge()
	case Presentation1, Presentation2:
		r.add(report.CredentialPresentation, "")
		r.presentation()
	default:
		if r.c.ListType = listType(r.c.Types); r.c.ListType != "" {
			if r.c.Format = VCDM2; r.model == 1 {
				r.c.Format = VCDM1
			}
		}
		r.add(r.good(), "")
		r.credential()
		r.record()
		if r.c.ListType != "" {
			r.c.Format = StatusList
		}
	}
	return r.c, r.findings
}

// good is the code that names the model of a credential.
func (r *reader) good() report.Code {
	switch r.c.Format {
	case VCDM1:
		return report.CredentialVcdm11
	case VCDM2:
		return report.CredentialVcdm20
	case OpenBadge3:
		return report.CredentialOpenBadge3
	case CLR2:
		return report.CredentialClr2
	case Endorsement:
		return report.CredentialEndorsement
	default:
		return report.CredentialEuropeanDigitalCredential
	}
}

// reader is the work on one document.
type reader struct {
	c        *Credential
	findings report.Findings
	known    func(string) bool
	kept     []string          // places in which the holder of an SD-JWT keeps something back
	part     bool              // a part of an Open Badge before 3.0
	model    int               // 1 or 2: which version of the data model
	stands   strictjson.Value  // Document before reading put it into other words
	nested   bool              // VC-JWT 1.1: the credential is a claim of the JWT
	filled   map[string]string // member of Document -> the claim it was filled from; nil where none was
	told     map[report.Code]int
}

// repeats is how often one code is told of one document; more of the same
// would only make the report as long as the file.
const repeats = 20

// add adds a finding; pairs are name, value.
func (r *reader) add(code report.Code, detail string, pairs ...string) {
	// Until there are so many findings, there are not so many of any code.
	if len(r.findings) >= repeats {
		if r.told == nil {
			r.told = map[report.Code]int{}
			for _, finding := range r.findings {
				r.told[finding.Code]++
			}
		}
		if r.told[code]++; r.told[code] > repeats {
			return
		}
	}
	r.findings.Add(code, detail, pairs...)
}

// at adds a finding about a place in the signed document.
func (r *reader) at(code report.Code, path, detail string) {
	r.add(code, detail, "what", path)
}

// from notes that a member of Document was filled from a claim.
func (r *reader) from(member, claim string) {
	if r.filled == nil {
		r.filled = map[string]string{}
	}
	r.filled[member] = claim
}

// path is the pointer of a member of Document in the signed document.
func (r *reader) path(name string) string {
	if claim, ok := r.filled[name]; ok {
		return "/" + claim
	}
	return r.c.Root + "/" + member.Token(name)
}

// get is a member of Document; null counts as absent, as in JSON-LD.
func (r *reader) get(name string) (strictjson.Value, bool) { return member.Get(r.c.Document, name) }

// list is entries for a member of Document.
func (r *reader) list(name string) []member.Entry {
	value, ok := r.get(name)
	if !ok {
		return nil
	}
	return member.Spread(value, r.path(name))
}

// rules is the document as it now stands, to be held against the rules of its
// data model.
func (r *reader) rules() vcdm.Document {
	return vcdm.Document{
		Value: r.c.Document, Version: r.model, European: r.c.Format == EDC, Known: r.known,
		Path: r.path, Report: r.add,
	}
}

// detect sets format and model from type and @context (mapping.md C.2).
func (r *reader) detect(e envelope.Envelope) {
	c := r.c
	types := member.Texts(c.Document.At("type"))
	has := func(name string) bool { return slices.Contains(types, name) }
	contexts := member.Texts(c.Document.At("@context"))
	r.model = 2
	base := false
	for _, context := range contexts {
		if context == vcdm.Base1 || context == vcdm.Base2 {
			base = true
			if context == vcdm.Base1 {
				r.model = 1
			}
			break
		}
	}
	if _, old := r.get("issuanceDate"); !base && old {
		r.model = 1
	}
	_, subject := r.get("credentialSubject")
	_, issuer := r.get("issuer")
	pick := func(one, two Format) Format {
		if r.model == 1 {
			return one
		}
		return two
	}
	switch {
	case has("EuropeanDigitalPresentation"):
		r.model, c.Format = 1, Presentation1
	case has("VerifiablePresentation"):
		c.Format = pick(Presentation1, Presentation2)
	case has("EuropeanDigitalCredential"):
		r.model, c.Format = 1, EDC
	case has("OpenBadgeCredential"), has("AchievementCredential"):
		c.Format = OpenBadge3
	case has("ClrCredential"):
		c.Format = CLR2
	case has("EndorsementCredential"):
		c.Format = Endorsement
	case has("VerifiableCredential"):
		c.Format = pick(VCDM1, VCDM2)
	case base && !subject && !issuer:
		_, inner := r.get("verifiableCredential")
		_, holder := r.get("holder")
		if !inner && !holder {
			return // a profile, a status list entry: the context alone makes no credential
		}
		c.Format = pick(Presentation1, Presentation2)
	case base:
		c.Format = pick(VCDM1, VCDM2)
	default:
		r.detectBadge(c.Document)
		if c.Format == Other && !r.part && e.JWS == nil && e.COSE == nil && c.Root == "" {
			r.draft()
		}
	}
}

// draft recognises what a provider uploads to have it sealed: the credential
// under a member of its own, without any proof (edc.md 1).
func (r *reader) draft() {
	inner, _ := r.get("credential")
	_, secured := member.Get(inner, "proof")
	if secured || !slices.Contains(member.Texts(inner.At("type")), "EuropeanDigitalCredential") {
		return
	}
	r.c.Document, r.c.Root, r.c.Format, r.model = inner, "/credential", EDC, 1
	r.add(report.CredentialDraft, "")
}

// common is what every document has: types, identifier, proofs.
func (r *reader) common() {
	c := r.c
	c.Types = member.Texts(c.Document.At("type"))
	c.ID = c.Document.At("id").Text()
	if proof, ok := r.get("proof"); ok {
		c.Embedded = proof.List()
	}
	_, c.HasSchema = r.get("credentialSchema")
	// VC-DATA-MODEL-2.0 5.4: where the holder can get a newer one.
	if service, ok := r.get("refreshService"); ok {
		for _, item := range service.List() {
			if id := item.At("id").Text(); c.Refresh == "" && id != "" {
				c.Refresh = id
			} else if at := item.At("url").Text(); c.Refresh == "" && at != "" {
				c.Refresh = at
			}
		}
	}
}
