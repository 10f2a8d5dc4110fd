package credential

import (
	"github.com/sealcheck/sealcheck/verifier/internal/limits"
	"github.com/sealcheck/sealcheck/verifier/internal/strictjson"
	"github.com/sealcheck/sealcheck/verifier/report"
)

// contexts: @context is there, its first entry is that of the data model, and
// every further one is a URL or an object (VC-DATA-MODEL-2.0 4.3). European
// Digital Credentials may have the first one elsewhere: real ones do.
func (r *reader) contexts() {
	value, ok := r.get("@context")
	list := spread(value, r.path("@context"))
	if !ok || len(list) == 0 {
		r.at(report.CredentialContextMissing, r.path("@context"), "")
		return
	}
	if len(list) > limits.Contexts {
		r.at(report.CredentialContextTooMany, r.path("@context"), "")
		return
	}
	r.base(list)
	for _, entry := range list {
		switch entry.value.Kind() {
		case strictjson.Object:
			r.at(report.CredentialContextInline, entry.path, "")
			r.inline(entry.value, entry.path)
		case strictjson.String:
			address := entry.value.Text()
			switch {
			case !isURI(address):
				r.add(report.CredentialContextMalformed, "", "what", entry.path, "address", address)
			case !wellKnown(address) && (r.known == nil || !r.known(address)):
				r.add(report.CredentialContextUnknown, "", "what", entry.path, "address", address)
			}
		default:
			r.at(report.CredentialContextMalformed, entry.path, "neither address nor object")
		}
	}
}

func (r *reader) base(list []entry) {
	base := base2
	if r.model == 1 {
		base = base1
	}
	if list[0].value.Text() == base {
		return
	}
	found := false
	for _, entry := range list {
		found = found || entry.value.Text() == base
	}
	switch {
	case r.c.Format == EDC:
		r.at(report.CredentialEdcMemberMissing, list[0].path, "the first @context is not that of the data model")
	case found:
		r.add(report.CredentialContextOrder, "", "what", list[0].path, "address", base)
	default:
		r.add(report.CredentialContextMissing, "none of the data model", "what", r.path("@context"), "address", base)
	}
}

func wellKnown(address string) bool {
	for _, known := range wellKnownContexts {
		if known == address {
			return true
		}
	}
	return false
}
