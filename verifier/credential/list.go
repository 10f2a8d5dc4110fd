package credential

import (
	"slices"
	"strings"
	"time"

	"github.com/sealcheck/sealcheck/verifier/envelope"
	"github.com/sealcheck/sealcheck/verifier/internal/limits"
	"github.com/sealcheck/sealcheck/verifier/internal/member"
	"github.com/sealcheck/sealcheck/verifier/internal/strictjson"
	"github.com/sealcheck/sealcheck/verifier/report"
)

// TokenStatusList is what a list says of itself that is a token and no
// credential (draft-ietf-oauth-status-list 5).
const TokenStatusList = "TokenStatusList"

// listTypes are the types of credentials in which an issuer marks what it has
// withdrawn.
var listTypes = []string{
	"BitstringStatusListCredential", "StatusList2021Credential",
	"RevocationList2020Credential", "SuspensionList2020Credential",
}

// listType is the type of list that types name, or "".
func listType(types []string) string {
	for _, name := range types {
		if slices.Contains(listTypes, name) {
			return name
		}
	}
	return ""
}

// IsList says whether a value, as it stands in a presentation, is a status
// list beside the credentials rather than one of them. One that says it is
// something else as well is not: what is taken for a list is not shown, and
// nobody can make a credential vanish by adding a type to it.
func IsList(e envelope.Envelope) bool {
	if isToken(e) {
		return true
	}
	document := e.Document
	if vc, ok := member.Get(document, "vc"); ok && e.JWS != nil {
		document = vc
	}
	types := member.Texts(document.At("type"))
	for _, name := range types {
		if name != "VerifiableCredential" && !slices.Contains(listTypes, name) {
			return false
		}
	}
	return listType(types) != ""
}

// isToken recognises a status list token: by what only such a token
// holds. Whether its media type is the right one, package proof decides.
func isToken(e envelope.Envelope) bool {
	if e.JWS == nil && e.Form == envelope.JSON || e.SD != nil {
		return false
	}
	list, ok := member.Get(e.Document, "status_list")
	if !ok || list.Kind() != strictjson.Object {
		return false
	}
	for _, name := range [...]string{"vc", "vp", "type", "@context", "vct"} {
		if _, other := e.Document.Get(name); other {
			return false
		}
	}
	return true
}

// token reads the claims of a status list token
// (draft-ietf-oauth-status-list 5.1): sub is the address of the list, iat is
// required, exp and ttl are recommended. Who signs it need not be named.
func (r *reader) token(e envelope.Envelope) {
	c := r.c
	c.Format, c.ListType, c.Claims = StatusList, TokenStatusList, e.Document
	if iss, ok := r.claim("iss", strictjson.String); ok {
		c.Issuer.ID = iss.Text()
	}
	if sub, ok := r.claim("sub", strictjson.String); ok {
		c.ID = sub.Text()
	} else {
		r.add(report.CredentialClaimMalformed, "there is none", "claim", "sub")
	}
	if _, ok := r.claim("iat", strictjson.Number); !ok {
		r.add(report.CredentialClaimMalformed, "there is none", "claim", "iat")
	}
	if list, ok := r.claim("status_list", strictjson.Object); !ok || list.At("lst").Kind() != strictjson.String {
		r.add(report.CredentialClaimMalformed, "no list in it", "claim", "status_list")
	}
	r.dateClaim("iat", "", From)
	r.dateClaim("nbf", "", From)
	r.dateClaim("exp", "", Until)
	if len(r.findings) == 0 {
		r.add(report.CredentialStatusListToken, "")
	}
}

// TimeToLive is how long a list says that it may be used before it is asked
// for again; zero where it does not say. A token counts seconds
// (draft-ietf-oauth-status-list 5.1), a credential milliseconds
// (BITSTRING-STATUS-LIST 2.2).
func (c *Credential) TimeToLive() time.Duration {
	value, unit := c.Claims.At("ttl"), time.Second
	if c.ListType != TokenStatusList {
		value, unit = c.Document.At("credentialSubject").At("ttl"), time.Millisecond
	}
	number, exact := value.Int()
	if !exact || number <= 0 {
		return 0
	}
	return time.Duration(min(number, limits.ListKeptMost*int64(time.Second/unit))) * unit
}

// ListAddress is the address that a status list says it stands at, unverified;
// "" for what is no list or does not say.
func ListAddress(e envelope.Envelope) string {
	if isToken(e) {
		return e.Document.At("sub").Text()
	}
	if !IsList(e) {
		return ""
	}
	document := e.Document
	if vc, ok := member.Get(document, "vc"); ok && e.JWS != nil {
		document = vc
	}
	if id := document.At("id").Text(); id != "" {
		return id
	}
	if jti := e.Document.At("jti").Text(); jti != "" && e.JWS != nil {
		return jti
	}
	id, _, _ := strings.Cut(document.At("credentialSubject").At("id").Text(), "#")
	return id
}
