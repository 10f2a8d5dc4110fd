package credential

import (
	"slices"
	"strings"

	"github.com/sealcheck/sealcheck/verifier/fetch"
	"github.com/sealcheck/sealcheck/verifier/internal/iri"
	"github.com/sealcheck/sealcheck/verifier/internal/limits"
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
	r.accreditation()
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

// accreditation remarks that a credential refers to an accreditation of its
// issuer in EBSI's register (interop a.3). It is the issuer's own word: nothing
// is looked up, and nothing follows from it.
func (r *reader) accreditation() {
	for _, terms := range r.list("termsOfUse") {
		if slices.Contains(member.Texts(terms.Value.At("type")), "IssuanceCertificate") {
			r.add(report.CredentialAccreditationClaimed, "", "host", fetch.Host(terms.Value.At("id").Text()))
			return
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
	if claim, ok := member.Get(c.Claims, "status"); ok && c.Root != "" {
		other = append(other, member.Spread(claim, "/status")...) // draft-ietf-oauth-status-list 6.2
	}
	list := r.list("credentialStatus")
	model := len(list)
	for _, entry := range append(other, r.strays()...) {
		if !bareWord(entry.Value) {
			list = append(list, entry)
		}
	}
	if lenient || c.Format == SDJWTVC {
		list = append(list, r.parts(c.Document, c.Root, 0)...)
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

// bareWord says whether a value refers to nothing: a word or sentence such as
// "active", a number, or an object that holds nothing else.
func bareWord(value strictjson.Value) bool { return !refers(value, 0) }

// references are the names under which lists and entries are referred to.
var references = []string{
	"status_list", "uri", "idx", "statusListCredential", "statusListIndex", "revocationListCredential", "revocationListIndex",
}

func refers(value strictjson.Value, depth int) bool {
	switch value.Kind() {
	case strictjson.String:
		text := value.Text()
		scheme, _, ok := strings.Cut(text, ":")
		return strings.Contains(text, "://") || ok && (scheme == "did" || scheme == "urn")
	case strictjson.Array:
		for _, item := range value.Items() {
			if depth > 3 || refers(item, depth+1) {
				return true
			}
		}
	case strictjson.Object:
		if len(value.Members()) == 0 {
			return true // package linked has left out what nobody reads
		}
		for _, m := range value.Members() {
			// A word that no reader knows stands there by its address.
			name := m.Key[strings.LastIndexAny(m.Key, "#/")+1:]
			if slices.Contains(references, name) || strings.HasSuffix(m.Key, "_list") || depth > 3 || refers(m.Value, depth+1) {
				return true
			}
		}
	}
	return false
}

// strays are what stands under a name that somebody could have meant for a
// reference to a list, and that nothing here reads.
func (r *reader) strays() []member.Entry {
	var found []member.Entry
	look := func(object strictjson.Value, path string) {
		for _, m := range object.Members() {
			if m.Key == "credentialStatus" || m.Key == "status" {
				continue
			}
			switch strings.ToLower(m.Key) {
			case "credentialstatus", "credentialstatuses", "status", "status_list", "statuslist":
				found = append(found, member.Spread(m.Value, path+"/"+member.Token(m.Key))...)
			}
		}
	}
	look(r.c.Document, r.c.Root)
	if r.c.Root != "" {
		look(r.c.Claims, "")
	}
	return found
}

// mostParts is how deep the parts of a European Digital Credential are looked
// into for references of their own.
const mostParts = 3

// parts are the references to lists that the credentials within a European
// Digital Credential have (ELM subCredentials). One seal covers them all.
func (r *reader) parts(object strictjson.Value, path string, depth int) []member.Entry {
	var found []member.Entry
	for _, part := range member.Entries(object, path, "subCredentials") {
		for _, name := range [...]string{"credentialStatus", "status"} {
			for _, entry := range member.Entries(part.Value, part.Path, name) {
				if !bareWord(entry.Value) && len(found) <= limits.StatusEntries {
					found = append(found, entry)
				}
			}
		}
		if depth < mostParts {
			found = append(found, r.parts(part.Value, part.Path, depth+1)...)
		}
	}
	return found
}
