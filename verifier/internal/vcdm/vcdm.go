// Package vcdm holds the rules of the W3C's Verifiable Credentials Data Model,
// versions 1.1 and 2.0, and of Open Badges 3.0 on top of it, for the structure
// of a document.
package vcdm

import (
	"github.com/sealcheck/sealcheck/verifier/internal/member"
	"github.com/sealcheck/sealcheck/verifier/internal/strictjson"
	"github.com/sealcheck/sealcheck/verifier/report"
)

// Base1 and Base2 are the first @context of the two data models.
const (
	Base1 = "https://www.w3.org/2018/credentials/v1"
	Base2 = "https://www.w3.org/ns/credentials/v2"
)

// Document is a credential or presentation, to be held against the rules of
// its data model. Each method is one rule or a few that belong together, and
// reports what breaks them; the order of the calls is that of the findings.
type Document struct {
	Value    strictjson.Value // a JSON object
	Version  int              // 1 or 2: which version of the data model
	European bool             // a European Digital Credential, of which its model asks less
	// Known says which @context addresses are at hand besides the built-in
	// list of public ones; nil means none.
	Known func(context string) bool
	// Path is the JSON pointer of a member of Value in the signed document.
	Path func(member string) string
	// Report takes a finding; pairs are name, value.
	Report func(code report.Code, detail string, pairs ...string)
}

// at reports a finding about a place in the signed document.
func (d Document) at(code report.Code, path, detail string) {
	d.Report(code, detail, "what", path)
}

// get is a member of the document; null counts as absent, as in JSON-LD.
func (d Document) get(name string) (strictjson.Value, bool) { return member.Get(d.Value, name) }

// list are the values of a member with their pointers.
func (d Document) list(name string) []member.Entry {
	value, ok := d.get(name)
	if !ok {
		return nil
	}
	return member.Spread(value, d.Path(name))
}
