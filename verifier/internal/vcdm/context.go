package vcdm

import (
	"slices"
	"strings"

	"github.com/sealcheck/sealcheck/verifier/internal/contexts"
	"github.com/sealcheck/sealcheck/verifier/internal/iri"
	"github.com/sealcheck/sealcheck/verifier/internal/limits"
	"github.com/sealcheck/sealcheck/verifier/internal/member"
	"github.com/sealcheck/sealcheck/verifier/internal/strictjson"
	"github.com/sealcheck/sealcheck/verifier/report"
)

// Contexts: @context is there, its first entry is that of the data model, and
// every further one is a URL or an object (VC-DATA-MODEL-2.0 4.3). European
// Digital Credentials may have the first one elsewhere: real ones do.
func (d Document) Contexts() {
	value, ok := d.get("@context")
	list := value.List()
	if !ok || len(list) == 0 {
		d.at(report.CredentialContextMissing, d.Path("@context"), "")
		return
	}
	if len(list) > limits.Contexts {
		d.at(report.CredentialContextTooMany, d.Path("@context"), "")
		return
	}
	place := func(i int) string { return member.Spread(value, d.Path("@context"))[i].Path }
	d.base(list, place)
	for i, entry := range list {
		switch entry.Kind() {
		case strictjson.Object:
			d.at(report.CredentialContextInline, place(i), "")
			d.inline(entry, place(i))
		case strictjson.String:
			address := entry.Text()
			switch {
			case !iri.Absolute(address):
				d.Report(report.CredentialContextMalformed, "", "what", place(i), "address", address)
			case !contexts.Public(address) && (d.Known == nil || !d.Known(address)):
				d.Report(report.CredentialContextUnknown, "", "what", place(i), "address", address)
			}
		default:
			d.at(report.CredentialContextMalformed, place(i), "neither address nor object")
		}
	}
}

// base looks at the first one. Places are made only for what there is to say.
func (d Document) base(list []strictjson.Value, place func(int) string) {
	base := Base2
	if d.Version == 1 {
		base = Base1
	}
	if list[0].Text() == base {
		return
	}
	found := false
	for _, entry := range list {
		found = found || entry.Text() == base
	}
	switch {
	case d.European:
		d.at(report.CredentialEdcMemberMissing, place(0), "the first @context is not that of the data model")
	case found:
		d.Report(report.CredentialContextOrder, "", "what", place(0), "address", base)
	default:
		d.Report(report.CredentialContextMissing, "none of the data model", "what", d.Path("@context"), "address", base)
	}
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
func (d Document) inline(context strictjson.Value, path string) {
	for _, term := range context.Members() {
		if strings.HasPrefix(term.Key, "@") {
			continue
		}
		address := term.Value
		if address.Kind() == strictjson.Object {
			address = address.At("@id")
		}
		same := (term.Key == "id" || term.Key == "type") && term.Value.Text() == "@"+term.Key
		if slices.Contains(protected, term.Key) && !same || !iri.Plain(address.Text()) {
			d.at(report.CredentialContextMalformed, path+"/"+member.Token(term.Key), "")
		}
	}
}
