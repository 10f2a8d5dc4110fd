package credential

import (
	"slices"
	"strings"

	"github.com/sealcheck/sealcheck/verifier/internal/iri"
	"github.com/sealcheck/sealcheck/verifier/internal/member"
	"github.com/sealcheck/sealcheck/verifier/internal/strictjson"
	"github.com/sealcheck/sealcheck/verifier/report"
)

// presentation holds a presentation against the rules of its data model. The
// credentials in it are read by themselves, later.
func (r *reader) presentation() {
	if !slices.Contains(r.c.Types, "EuropeanDigitalPresentation") {
		r.rules().Types("VerifiablePresentation")
	}
	r.rules().Contexts()
	r.rules().Identifier()
	r.holder()
	r.claims()
	r.rules().Members()
	r.checkResults()
	// Each is read by itself later, with its own contexts and under its own
	// proof: as it stands, not as the presentation's reader has it.
	for _, entry := range member.Entries(r.stands, r.c.Root, "verifiableCredential") {
		r.inner(entry)
	}
}

// holder: a URL, or an object with a URL for its id (VC-DATA-MODEL-2.0 4.13).
func (r *reader) holder() {
	value, ok := r.get("holder")
	if !ok {
		return
	}
	r.c.Holder = value.Text()
	if value.Kind() == strictjson.Object {
		r.c.Holder = value.At("id").Text()
	}
	if !iri.Absolute(r.c.Holder) {
		r.at(report.CredentialHolderMalformed, r.path("holder"), r.c.Holder)
	}
}

// checkResults says so where results of a check by somebody else stand in the
// file (edc.md 4): they are not looked at.
func (r *reader) checkResults() {
	if _, ok := r.get("verificationCheck"); ok {
		r.at(report.CredentialCheckResults, r.path("verificationCheck"), "")
	}
}

// inner takes one credential of a presentation. Under 2.0 it is an object: a
// credential, or an enveloped one whose id is a data: URL (4.12, 4.13). One
// that carries no proof of its own can only be the holder's own statement,
// and then its issuer is the holder (4.13.3).
func (r *reader) inner(entry member.Entry) {
	kind := entry.Value.Kind()
	if kind != strictjson.Object && (kind != strictjson.String || r.model == 2) {
		r.at(report.CredentialNestedMalformed, entry.Path, "not an object")
		return
	}
	r.c.Inner = append(r.c.Inner, Inner{Path: entry.Path, Value: entry.Value})
	if kind != strictjson.Object {
		return
	}
	types := member.Texts(entry.Value.At("type"))
	if slices.Contains(types, "EnvelopedVerifiableCredential") {
		if !strings.HasPrefix(strings.ToLower(entry.Value.At("id").Text()), "data:") {
			r.at(report.CredentialNestedMalformed, entry.Path, "its id is no data: address")
		}
		return
	}
	if r.model != 2 {
		return
	}
	if !slices.Contains(types, "VerifiableCredential") {
		r.at(report.CredentialNestedMalformed, entry.Path, "no type")
		return
	}
	if _, secured := member.Get(entry.Value, "proof"); !secured {
		issuer := ReadParty(entry.Value.At("issuer"), "").ID
		if issuer == "" || issuer != r.c.Holder {
			r.at(report.CredentialHolderMalformed, entry.Path, "an unsigned credential that the holder does not issue")
		}
	}
}
