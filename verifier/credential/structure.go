package credential

import (
	"github.com/sealcheck/sealcheck/verifier/internal/iri"
	"github.com/sealcheck/sealcheck/verifier/internal/member"
	"github.com/sealcheck/sealcheck/verifier/internal/strictjson"
	"github.com/sealcheck/sealcheck/verifier/report"
)

// credential holds a credential against the rules of its data model.
func (r *reader) credential() {
	rules := r.rules()
	rules.Contexts()
	rules.Types("VerifiableCredential")
	rules.Identifier()
	r.readIssuer()
	rules.Subjects()
	r.dates()
	r.claims()
	r.statuses()
	if r.c.Format == EDC {
		r.edc()
		return
	}
	// VC-DATA-MODEL 1.1 4.6: issuanceDate must be there; `nbf` may stand for it.
	if r.model == 1 {
		_, stated := r.get("issuanceDate")
		if _, filled := r.filled["issuanceDate"]; !stated && !filled {
			r.at(report.CredentialDateMissing, r.path("issuanceDate"), "")
		}
	}
	rules = r.rules() // claims may have filled it up
	rules.Members()
	rules.Texts(r.c.Document, r.c.Root)
	if issuer, _ := r.get("issuer"); issuer.Kind() == strictjson.Object {
		rules.Texts(issuer, r.path("issuer"))
	}
	if r.c.Format == OpenBadge3 {
		rules.Badge()
	}
}

// statuses reads credentialStatus: objects with a type, and with a URL for an
// id where they have one (VC-DATA-MODEL-2.0 4.10). A European Digital
// Credential may hold a bare address instead. Entries also stand under
// `status`: in European Digital Credentials (mapping.md C.6, 9) and, as a
// claim, in tokens.
func (r *reader) statuses() {
	c := r.c
	lenient := c.Format == EDC
	// What stands under another name than the model's is kept as well,
	// whatever it looks like: a reference to a list that is overlooked would
	// let a withdrawn credential pass. A bare word under `status` ("active")
	// refers to nothing.
	other := r.list("status")
	if claim, ok := member.Get(c.Claims, "status"); ok && c.Root != "" {
		other = append(other, member.Spread(claim, "/status")...) // draft-ietf-oauth-status-list 6.2
	}
	list := r.list("credentialStatus")
	model := len(list)
	for _, entry := range other {
		if entry.Value.Kind() == strictjson.Object {
			list = append(list, entry)
		}
	}
	for i, entry := range list {
		status := Status{ID: entry.Value.At("id").Text(), Path: entry.Path, Value: entry.Value}
		if types := member.Texts(entry.Value.At("type")); len(types) > 0 {
			status.Type = types[0]
		}
		if lenient && entry.Value.Kind() == strictjson.String {
			status.ID = entry.Value.Text()
		}
		if _, token := member.Get(entry.Value, "status_list"); token && status.Type == "" {
			status.Type = "status_list"
		}
		c.Status = append(c.Status, status)
		id, named := member.Get(entry.Value, "id")
		if i < model && !lenient && (status.Type == "" || named && !iri.Absolute(id.Text())) {
			r.at(report.CredentialStatusMalformed, entry.Path, "")
		}
	}
}
