package credential

import (
	"slices"
	"strings"

	"github.com/sealcheck/sealcheck/verifier/envelope"
	"github.com/sealcheck/sealcheck/verifier/internal/iri"
	"github.com/sealcheck/sealcheck/verifier/internal/member"
	"github.com/sealcheck/sealcheck/verifier/internal/strictjson"
	"github.com/sealcheck/sealcheck/verifier/internal/vct"
	"github.com/sealcheck/sealcheck/verifier/report"
)

// always are the claims that a holder may neither keep back nor bring in, with
// all that is in them (SD-JWT VC 2.2.2.3): they decide whom the credential is
// from, how long it holds and whether it was withdrawn.
var always = []string{"iss", "nbf", "exp", "cnf", "vct", "vct#integrity", "aka_vcts", "status"}

// wallet reads a credential as SD-JWT VC defines it: registered claims, and
// others by the rules of its type.
func (r *reader) wallet(e envelope.Envelope) {
	c := r.c
	c.Format, c.Claims, r.model = SDJWTVC, e.Document, 2
	r.add(report.CredentialSdJwtVc, "")
	for _, pointers := range [...][]string{e.SD.Disclosed, e.SD.Kept} {
		for _, pointer := range pointers {
			name, _, _ := strings.Cut(strings.TrimPrefix(pointer, "/"), "/")
			if slices.Contains(always, name) {
				r.add(report.CredentialSdClaimSelective, pointer, "claim", name)
			}
		}
	}
	// 2.2.2.1: vct is required, a text.
	kind := ""
	if value, ok := r.claim("vct", strictjson.String); ok {
		kind = value.Text()
	}
	if kind == "" {
		r.add(report.CredentialSdVctMissing, "")
	} else {
		c.Types = []string{kind}
	}
	_, c.TypeFixed = r.claim("vct#integrity", strictjson.String)
	c.Rules = vct.For(kind)
	if under := c.Rules.Under; under != "" {
		if inner, ok := r.get(under); ok && inner.Kind() == strictjson.Object {
			c.Document, c.Root = inner, "/"+member.Token(under)
		}
	}
	// A credential within the credential would be another one to other readers.
	for _, name := range [...]string{"vc", "vp"} {
		if _, there := member.Get(c.Claims, name); there {
			r.add(report.CredentialVcClaimForbidden, "", "claim", name)
		}
	}
	if jti, ok := r.claim("jti", strictjson.String); ok {
		c.ID = jti.Text()
	}
	r.walletIssuer(e)
	r.walletDates()
	r.statuses()
}

// walletIssuer: `iss`, or where there is none the subject of the certificate
// that comes with the token (2.2.2.2).
func (r *reader) walletIssuer(e envelope.Envelope) {
	c := r.c
	iss, ok := r.claim("iss", strictjson.String)
	switch {
	case ok && iri.Absolute(iss.Text()):
		c.Issuer.ID, c.Issuer.Metadata = iss.Text(), true
	case ok:
		r.at(report.CredentialIssuerMalformed, "/iss", iss.Text())
	case e.Certified():
		c.Issuer.ByCertificate = true
	default:
		r.at(report.CredentialIssuerMissing, "/iss", "")
	}
	c.Issuer.Party.ID, c.Issuer.Party.Path = c.Issuer.ID, "/iss"

	// What the file calls its issuer beside `iss` is the issuer's own word
	// where nothing contradicts it. Under another identifier, or under a
	// certificate that has a name of its own, it is a body of which has to be
	// shown that it is the same.
	parties := []Party{{Path: c.Root, Names: r.named(c.Rules.Issuer)}}
	for _, entry := range r.list("issuer") {
		parties = append(parties, ReadParty(entry.Value, entry.Path))
	}
	w := awards{issuer: c.Issuer.Party, at: map[string]int{}, kept: r.kept}
	for _, party := range parties {
		if c.Issuer.ByCertificate || party.ID != "" && party.ID != c.Issuer.ID {
			w.add(party)
			continue
		}
		c.Issuer.Names = append(c.Issuer.Names, party.Names...)
		c.Issuer.Identifiers = append(c.Issuer.Identifiers, party.Identifiers...)
		if c.Issuer.Country == "" {
			c.Issuer.Country = party.Country
		}
	}
	w.issuer = c.Issuer.Party

	awarder := Party{Path: c.Root}
	for _, name := range c.Rules.Awarder {
		for _, entry := range r.list(name) {
			if entry.Value.Kind() == strictjson.Object && len(ReadParty(entry.Value, "").Names) > 0 {
				w.add(ReadParty(entry.Value, entry.Path))
			} else {
				awarder.Names = append(awarder.Names, ReadNames(entry.Value, entry.Path)...)
			}
		}
	}
	for _, name := range c.Rules.AwarderID {
		for _, entry := range r.list(name) {
			if text := entry.Value.Text(); text != "" {
				awarder.Identifiers = append(awarder.Identifiers, text)
			}
		}
	}
	w.add(awarder)
	if c.Rules.Shape == vct.European {
		w.credential(c.Document, c.Root)
	} else {
		r.awarderKept(&w)
	}
	c.Awarders, c.AwarderKept, c.Dates = w.parties, w.hidden, append(c.Dates, w.dates...)
}

// awarderKept looks whether the body that awards may be among what is kept
// back, where the type has a claim for it. Where only a certificate names the
// issuer, what the file calls its issuer is such a body as well.
func (r *reader) awarderKept(w *awards) {
	bodies := r.c.Rules.Awarder
	if r.c.Issuer.ByCertificate {
		bodies = append(append([]string{}, bodies...), r.c.Rules.Issuer...)
	}
	shown := len(bodies) == 0
	for _, name := range bodies {
		_, there := r.c.Document.Get(name)
		shown = shown || there
		for _, place := range w.kept {
			under, ok := strings.CutPrefix(place, r.path(name))
			w.hidden = w.hidden || ok && (under == "" || under[0] == '/')
		}
	}
	if !shown {
		w.keeps(r.c.Root)
	}
}

// named are the texts of several members.
func (r *reader) named(members []string) (names []Name) {
	for _, name := range members {
		if value, ok := r.get(name); ok {
			names = append(names, ReadNames(value, r.path(name))...)
		}
	}
	return names
}

// walletDates: nbf and exp are registered; types bring their own besides, and
// the narrower bound is the safer reading.
func (r *reader) walletDates() {
	r.dateClaim("nbf", "", From)
	r.dateClaim("exp", "", Until)
	r.dateClaim("iat", "", Issued)
	r.dates()
	for _, own := range [...]struct {
		member string
		bound  Bound
	}{
		{"issuance_date", Issued}, {"date_of_issuance", Issued}, {"expiry_date", Until}, {"date_of_expiry", Until},
	} {
		if value, ok := r.get(own.member); ok {
			date := Date{Bound: own.bound, Text: value.Text(), Path: r.path(own.member)}
			date.Time, date.WholeDay, date.Readable = ParseDate(date.Text, own.bound, DayOrTime)
			r.c.Dates = append(r.c.Dates, date)
		}
	}
	if r.c.Root == "" {
		return
	}
	// What stands beside the credential's own part ends it as well.
	for _, name := range [...]string{"validUntil", "expirationDate", "expiry_date", "date_of_expiry"} {
		if value, ok := member.Get(r.c.Claims, name); ok {
			date := Date{Bound: Until, Text: value.Text(), Path: "/" + name}
			date.Time, date.WholeDay, date.Readable = ParseDate(date.Text, Until, DayOrTime)
			r.c.Dates = append(r.c.Dates, date)
		}
	}
}
