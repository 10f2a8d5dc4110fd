package vcdm

import (
	"slices"

	"github.com/sealcheck/sealcheck/verifier/internal/iri"
	"github.com/sealcheck/sealcheck/verifier/internal/member"
	"github.com/sealcheck/sealcheck/verifier/internal/strictjson"
	"github.com/sealcheck/sealcheck/verifier/report"
)

// Types: type is there and names the base type among others
// (VC-DATA-MODEL-2.0 4.5).
func (d Document) Types(base string) {
	value, ok := d.get("type")
	if !ok {
		d.at(report.CredentialTypeMissing, d.Path("type"), "")
		return
	}
	for _, item := range value.List() {
		if item.Text() == "" {
			d.at(report.CredentialTypeMalformed, d.Path("type"), "not a text")
			return
		}
	}
	if !slices.Contains(member.Texts(d.Value.At("type")), base) {
		d.Report(report.CredentialTypeMissing, "no "+base, "what", d.Path("type"), "type", base)
	}
}

// Identifier: id, where there is one, is a single URL (VC-DATA-MODEL-2.0 4.4).
func (d Document) Identifier() {
	if id, ok := d.Value.Get("id"); ok && !iri.Absolute(id.Text()) {
		d.at(report.CredentialIdMalformed, d.Path("id"), id.Text())
	}
}

// Subjects: one or several objects, each with at least one claim, each id a
// single URL (VC-DATA-MODEL-2.0 4.8). Under 1.1 an empty object is let pass:
// published test credentials have it.
func (d Document) Subjects() {
	subjects := d.list("credentialSubject")
	if len(subjects) == 0 {
		d.at(report.CredentialSubjectMissing, d.Path("credentialSubject"), "")
	}
	for _, subject := range subjects {
		if subject.Value.Kind() != strictjson.Object {
			d.at(report.CredentialSubjectMalformed, subject.Path, "not an object")
			continue
		}
		if len(subject.Value.Members()) == 0 && d.Version == 2 {
			d.at(report.CredentialSubjectMalformed, subject.Path, "empty")
		}
		if id, ok := member.Get(subject.Value, "id"); ok && !d.European && !iri.Absolute(id.Text()) {
			d.at(report.CredentialIdMalformed, subject.Path+"/id", id.Text())
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

// Members looks at what a document may have besides: members that state their
// type, schemas, related resources.
func (d Document) Members() {
	for _, rule := range typed {
		for _, entry := range d.list(rule.member) {
			if len(member.Texts(entry.Value.At("type"))) == 0 {
				d.at(rule.code, entry.Path, "no type")
			}
		}
	}
	// VC-DATA-MODEL-2.0 4.11: a schema states its type and where it is.
	for _, entry := range d.list("credentialSchema") {
		if len(member.Texts(entry.Value.At("type"))) == 0 || !iri.Absolute(entry.Value.At("id").Text()) {
			d.at(report.CredentialSchemaMalformed, entry.Path, "")
		}
	}
	// VC-DATA-MODEL-2.0 5.3: a related resource has an id of its own and a
	// digest.
	var seen map[string]bool
	for _, entry := range d.list("relatedResource") {
		if seen == nil {
			seen = map[string]bool{}
		}
		id := entry.Value.At("id").Text()
		_, sri := member.Get(entry.Value, "digestSRI")
		_, multibase := member.Get(entry.Value, "digestMultibase")
		if !iri.Absolute(id) || seen[id] || !sri && !multibase {
			d.at(report.CredentialMemberMalformed, entry.Path, "")
		}
		seen[id] = true
	}
}

// Texts: name and description are a text, or texts with a language and a
// direction and nothing else (VC-DATA-MODEL-2.0 4.6 and 11.1).
func (d Document) Texts(object strictjson.Value, path string) {
	if d.Version != 2 {
		return
	}
	for _, name := range [...]string{"name", "description"} {
		for _, entry := range member.Entries(object, path, name) {
			if !isLanguageText(entry.Value) {
				d.at(report.CredentialNameMalformed, entry.Path, "")
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
