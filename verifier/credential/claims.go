package credential

import (
	"slices"
	"strings"
	"time"

	"github.com/sealcheck/sealcheck/verifier/envelope"
	"github.com/sealcheck/sealcheck/verifier/internal/iri"
	"github.com/sealcheck/sealcheck/verifier/internal/member"
	"github.com/sealcheck/sealcheck/verifier/internal/strictjson"
	"github.com/sealcheck/sealcheck/verifier/report"
)

// rootTypes are the media types (`typ`, without "application/") that say that
// the payload is the credential itself (VC-JOSE-COSE 3.1.1, 3.1.2 and the
// names of its drafts).
var rootTypes = []string{
	"vc+jwt", "vc+ld+jwt", "vc+ld+json+jwt", "vp+jwt", "vp+ld+jwt", "vp+ld+json+jwt",
	"vc+sd-jwt", "vc+ld+sd-jwt", "vc+ld+json+sd-jwt", "vp+sd-jwt", "vp+ld+sd-jwt", "vp+ld+json+sd-jwt",
}

// unwrap finds the credential in a signed payload: the payload itself, or its
// claim `vc` or `vp` (VC-DATA-MODEL 1.1 6.3.1).
func (r *reader) unwrap(e envelope.Envelope) {
	if e.COSE != nil {
		r.headerClaims(e)
	}
	if e.JWS == nil {
		return
	}
	payload := e.Document
	r.c.Claims = payload
	vc, hasVC := member.Get(payload, "vc")
	vp, hasVP := member.Get(payload, "vp")
	if !hasVC && !hasVP {
		return
	}
	// A payload that is a credential itself may not carry another one beside
	// it: two readers would see two credentials (VC-JOSE-COSE 3.1.1).
	_, context := member.Get(payload, "@context")
	_, typed := member.Get(payload, "type")
	root := context && typed
	if root || slices.Contains(rootTypes, headerType(e)) {
		r.add(report.CredentialVcClaimForbidden, "", "claim", map[bool]string{true: "vc", false: "vp"}[hasVC])
		if root {
			return
		}
	}
	name, inner := "vc", vc
	if !hasVC {
		name, inner = "vp", vp
	}
	if hasVC && hasVP || inner.Kind() != strictjson.Object {
		r.add(report.CredentialClaimMalformed, "not one object", "claim", name)
		return
	}
	r.c.Document, r.c.Root, r.nested = inner, "/"+name, true
	r.fill()
}

// headerClaims takes the claims of a credential that is signed in CBOR: those
// in the payload, as a JWT has them, and those in its header (RFC 9597 2). A
// claim that stands in both must be the same.
func (r *reader) headerClaims(e envelope.Envelope) {
	c := r.c
	c.Claims = e.Document
	for _, name := range [...]string{"vc", "vp"} {
		if _, there := member.Get(c.Claims, name); there {
			r.add(report.CredentialVcClaimForbidden, "", "claim", name)
		}
	}
	claims, err := e.COSE.Claims()
	if err != nil {
		r.add(report.CredentialClaimMalformed, err.Error(), "claim", "CWT")
		return
	}
	for _, m := range claims.Members() {
		if own, there := member.Get(c.Claims, m.Key); there && !own.Equal(m.Value) {
			r.add(report.CredentialClaimDiffers, "in header and payload", "claim", m.Key)
		}
		c.Claims = c.Claims.With(m.Key, m.Value)
	}
}

// headerType is `typ` of the first signature, in lower case and without
// "application/" (RFC 7515 4.1.9).
func headerType(e envelope.Envelope) string {
	if len(e.JWS.Signatures) == 0 {
		return ""
	}
	typ := strings.ToLower(e.JWS.Signatures[0].Header.At("typ").Text())
	return strings.TrimPrefix(typ, "application/")
}

// fill puts registered claims where the credential leaves a member out
// (VC-DATA-MODEL 1.1 6.3.1). Whether those that stand in both places agree is
// looked at later, when dates have been read.
func (r *reader) fill() {
	c := r.c
	put := func(member, claim string, value strictjson.Value) {
		if _, ok := r.get(member); !ok && value.Kind() == strictjson.String {
			c.Document = c.Document.With(member, value)
			r.from(member, claim)
		}
	}
	// Many issuers write a plain UUID as jti; that is no URL and no id.
	if jti := c.Claims.At("jti"); iri.Absolute(jti.Text()) {
		put("id", "jti", jti)
	}
	iss := c.Claims.At("iss")
	if c.Root == "/vp" {
		put("holder", "iss", iss)
		return
	}
	put("issuer", "iss", iss)
	if issuer, _ := r.get("issuer"); issuer.Kind() == strictjson.Object && iss.Kind() == strictjson.String {
		if _, named := member.Get(issuer, "id"); !named {
			c.Document = c.Document.With("issuer", issuer.With("id", iss))
		}
	}
	if subject, _ := r.get("credentialSubject"); subject.Kind() == strictjson.Object {
		sub := c.Claims.At("sub")
		if _, named := member.Get(subject, "id"); !named && sub.Kind() == strictjson.String {
			c.Document = c.Document.With("credentialSubject", subject.With("id", sub))
		}
	}
}

// claims compares the registered claims with the credential, and takes the
// dates that only they state. It runs after issuer, holder and dates have
// been read.
func (r *reader) claims() {
	c := r.c
	if c.Claims.Kind() != strictjson.Object {
		return
	}
	if iss, ok := r.claim("iss", strictjson.String); ok {
		switch {
		case c.Presentation():
			r.agree("iss", iss.Text(), c.Holder)
		case c.Issuer.ID != "" && iss.Text() != c.Issuer.ID:
			c.Issuer.ClaimedID = iss.Text() // package issuer says what that means
		}
	}
	if jti, ok := r.claim("jti", strictjson.String); ok {
		stated := c.ID
		if !iri.Absolute(jti.Text()) {
			stated = strings.TrimPrefix(stated, "urn:uuid:")
		}
		r.agree("jti", jti.Text(), stated)
	}
	if !c.Presentation() {
		r.subjectClaim()
	}
	from, until := "validFrom", "validUntil"
	if r.model == 1 {
		from, until = "issuanceDate", "expirationDate"
	}
	r.dateClaim("nbf", from, From)
	r.dateClaim("exp", until, Until)
}

// claim is a registered claim of the kind that RFC 7519 gives it; null counts
// as absent, for some issuers write it.
func (r *reader) claim(name string, kind strictjson.Kind) (strictjson.Value, bool) {
	value, ok := member.Get(r.c.Claims, name)
	if ok && value.Kind() != kind {
		r.add(report.CredentialClaimMalformed, "of the wrong kind", "claim", name)
		return strictjson.Value{}, false
	}
	return value, ok
}

// agree says so when a claim and the member it stands for differ; a member
// that is not there cannot.
func (r *reader) agree(claim, claimed, stated string) {
	if stated != "" && claimed != stated {
		r.add(report.CredentialClaimDiffers, claimed+" is not "+stated, "claim", claim)
	}
}

// subjectClaim compares `sub` with the identifier of the one subject. With
// several subjects it names none of them. Some issuers write an object where
// the subject has no identifier; that says nothing and is left alone.
func (r *reader) subjectClaim() {
	subjects := r.list("credentialSubject")
	if len(subjects) != 1 {
		return
	}
	id := subjects[0].Value.At("id").Text()
	if value, _ := member.Get(r.c.Claims, "sub"); value.Kind() != strictjson.String && id == "" {
		return
	}
	if sub, ok := r.claim("sub", strictjson.String); ok {
		r.agree("sub", sub.Text(), id)
	}
}

// dateClaim reads a NumericDate. In a VC-JWT 1.1 it stands for a member of
// the credential and must state the same second; where the payload is the
// credential it is a date of the signature, and the narrower bound holds
// (VC-JOSE-COSE 3.1.3).
func (r *reader) dateClaim(claim, member string, bound Bound) {
	value, ok := r.claim(claim, strictjson.Number)
	if !ok {
		return
	}
	// RFC 7519 2 allows fractions; readers disagree on them (design.md 3).
	seconds, exact := value.Int()
	if !exact {
		r.add(report.CredentialClaimMalformed, "not a whole number of seconds within 2^53", "claim", claim)
		return
	}
	when := time.Unix(seconds, 0).UTC()
	if r.nested && !r.c.Presentation() {
		for _, date := range r.c.Dates {
			if date.Path == r.path(member) {
				if date.Readable && !date.holds(when) {
					r.add(report.CredentialClaimDiffers, when.Format(time.RFC3339)+" is not "+date.Text, "claim", claim)
				}
				return
			}
		}
		r.c.Document = r.c.Document.With(member, strictjson.NewString(when.Format(time.RFC3339)))
		r.from(member, claim)
	}
	r.c.Dates = append(r.c.Dates, Date{
		Bound: bound, Text: when.Format(time.RFC3339), Path: "/" + claim, Time: when, Readable: true,
		Aside: true,
	})
}
