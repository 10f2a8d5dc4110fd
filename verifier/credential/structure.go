package credential

import (
	"strings"

	"github.com/sealcheck/sealcheck/verifier/internal/strictjson"
	"github.com/sealcheck/sealcheck/verifier/report"
)

// credential holds a credential against the rules of its data model.
func (r *reader) credential() {
	r.contexts()
	r.types("VerifiableCredential")
	r.identifier()
	r.readIssuer()
	r.subjects()
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
	r.members()
	r.names(r.c.Document, r.c.Root)
	if issuer, _ := r.get("issuer"); issuer.Kind() == strictjson.Object {
		r.names(issuer, r.path("issuer"))
	}
	if r.c.Format == OpenBadge3 {
		r.badge()
	}
}

// types: type is there and names the base type among others
// (VC-DATA-MODEL-2.0 4.5).
func (r *reader) types(base string) {
	value, ok := r.get("type")
	if !ok {
		r.at(report.CredentialTypeMissing, r.path("type"), "")
		return
	}
	for _, item := range value.List() {
		if item.Text() == "" {
			r.at(report.CredentialTypeMalformed, r.path("type"), "not a text")
			return
		}
	}
	if !contains(r.c.Types, base) {
		r.add(report.CredentialTypeMissing, "no "+base, "what", r.path("type"), "type", base)
	}
}

// identifier: id, where there is one, is a single URL (VC-DATA-MODEL-2.0 4.4).
func (r *reader) identifier() {
	if id, ok := r.c.Document.Get("id"); ok && !isURI(id.Text()) {
		r.at(report.CredentialIdMalformed, r.path("id"), id.Text())
	}
}

// subjects: one or several objects, each with at least one claim, each id a
// single URL (VC-DATA-MODEL-2.0 4.8). Under 1.1 an empty object is let pass:
// published test credentials have it.
func (r *reader) subjects() {
	subjects := r.list("credentialSubject")
	if len(subjects) == 0 {
		r.at(report.CredentialSubjectMissing, r.path("credentialSubject"), "")
	}
	for _, subject := range subjects {
		if subject.value.Kind() != strictjson.Object {
			r.at(report.CredentialSubjectMalformed, subject.path, "not an object")
			continue
		}
		if len(subject.value.Members()) == 0 && r.model == 2 {
			r.at(report.CredentialSubjectMalformed, subject.path, "empty")
		}
		if id, ok := get(subject.value, "id"); ok && r.c.Format != EDC && !isURI(id.Text()) {
			r.at(report.CredentialIdMalformed, subject.path+"/id", id.Text())
		}
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
	if claim, ok := get(c.Claims, "status"); ok && c.Root != "" {
		other = append(other, spread(claim, "/status")...) // draft-ietf-oauth-status-list 6.2
	}
	list := r.list("credentialStatus")
	model := len(list)
	for _, entry := range other {
		if entry.value.Kind() == strictjson.Object {
			list = append(list, entry)
		}
	}
	for i, entry := range list {
		status := Status{ID: entry.value.At("id").Text(), Path: entry.path, Value: entry.value}
		if types := texts(entry.value.At("type")); len(types) > 0 {
			status.Type = types[0]
		}
		if lenient && entry.value.Kind() == strictjson.String {
			status.ID = entry.value.Text()
		}
		if _, token := get(entry.value, "status_list"); token && status.Type == "" {
			status.Type = "status_list"
		}
		c.Status = append(c.Status, status)
		id, named := get(entry.value, "id")
		if i < model && !lenient && (status.Type == "" || named && !isURI(id.Text())) {
			r.at(report.CredentialStatusMalformed, entry.path, "")
		}
	}
}

// typed are members whose values are objects that state their type
// (VC-DATA-MODEL-2.0 4.12, 5.4, 5.5, 5.6), each with the code for those that
// do not.
var typed = [...]struct {
	member string
	code   report.Code
}{
	{"evidence", report.CredentialEvidenceMalformed},
	{"termsOfUse", report.CredentialMemberMalformed},
	{"refreshService", report.CredentialMemberMalformed},
	{"proof", report.CredentialMemberMalformed},
}

func (r *reader) members() {
	for _, rule := range typed {
		for _, entry := range r.list(rule.member) {
			if len(texts(entry.value.At("type"))) == 0 {
				r.at(rule.code, entry.path, "no type")
			}
		}
	}
	// VC-DATA-MODEL-2.0 4.11: a schema states its type and where it is.
	for _, entry := range r.list("credentialSchema") {
		if len(texts(entry.value.At("type"))) == 0 || !isURI(entry.value.At("id").Text()) {
			r.at(report.CredentialSchemaMalformed, entry.path, "")
		}
	}
	// VC-DATA-MODEL-2.0 5.3: a related resource has an id of its own and a
	// digest.
	seen := map[string]bool{}
	for _, entry := range r.list("relatedResource") {
		id := entry.value.At("id").Text()
		_, sri := get(entry.value, "digestSRI")
		_, multibase := get(entry.value, "digestMultibase")
		if !isURI(id) || seen[id] || !sri && !multibase {
			r.at(report.CredentialMemberMalformed, entry.path, "")
		}
		seen[id] = true
	}
}

// names: name and description are a text, or texts with a language and a
// direction and nothing else (VC-DATA-MODEL-2.0 4.6 and 11.1).
func (r *reader) names(object strictjson.Value, path string) {
	if r.model != 2 {
		return
	}
	for _, member := range [...]string{"name", "description"} {
		for _, entry := range entries(object, path, member) {
			if !isLanguageText(entry.value) {
				r.at(report.CredentialNameMalformed, entry.path, "")
			}
		}
	}
}

func isLanguageText(value strictjson.Value) bool {
	if value.Kind() == strictjson.String {
		return true
	}
	if value.At("@value").Kind() != strictjson.String {
		return false
	}
	for _, member := range value.Members() {
		switch member.Key {
		case "@value", "@language", "@direction":
		default:
			return false
		}
	}
	return true
}

// protected are terms of the base contexts that say what a document is; a
// definition of one's own would make it something else (JSON-LD 1.1 4.1.11).
var protected = []string{
	"id", "type", "VerifiableCredential", "VerifiablePresentation",
	"EnvelopedVerifiableCredential", "EnvelopedVerifiablePresentation",
}

// inline looks at a context that is written into the document: it must not
// define a protected term anew, and what a term stands for must be able to be
// an address.
func (r *reader) inline(context strictjson.Value, path string) {
	for _, member := range context.Members() {
		if strings.HasPrefix(member.Key, "@") {
			continue
		}
		iri := member.Value
		if iri.Kind() == strictjson.Object {
			iri = iri.At("@id")
		}
		same := (member.Key == "id" || member.Key == "type") && member.Value.Text() == "@"+member.Key
		if contains(protected, member.Key) && !same || !addressable(iri.Text()) {
			r.at(report.CredentialContextMalformed, path+"/"+token(member.Key), "")
		}
	}
}
