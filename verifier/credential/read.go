package credential

import (
	"strconv"
	"strings"

	"github.com/sealcheck/sealcheck/verifier/envelope"
	"github.com/sealcheck/sealcheck/verifier/internal/strictjson"
	"github.com/sealcheck/sealcheck/verifier/report"
)

// The first @context of the two data models.
const (
	base1 = "https://www.w3.org/2018/credentials/v1"
	base2 = "https://www.w3.org/ns/credentials/v2"
)

// Read finds out which data model an envelope's document follows, holds it
// against the rules of that model, and takes out what later stages need.
// The credential is never nil: one that breaks a rule is read as far as it
// goes. known says which @context addresses are at hand besides the built-in
// list of public ones; nil means none. Findings have one pass code that names
// the model where there is one, and a code for each rule that is broken.
func Read(e envelope.Envelope, known func(context string) bool) (*Credential, report.Findings) {
	r := &reader{c: &Credential{Format: Other, Document: e.Document}, known: known, filled: map[string]string{}}
	if e.Document.Kind() != strictjson.Object {
		r.add(report.CredentialNotACredential, "the content is not a JSON object")
		return r.c, r.findings
	}
	r.unwrap(e)
	r.detect(e)
	r.common()
	switch r.c.Format {
	case Other:
		if len(r.findings) == 0 {
			r.add(report.CredentialNotACredential, "neither type nor @context of a credential")
		}
	case OpenBadge2:
		r.add(report.CredentialOpenBadge2, "")
	case Presentation1, Presentation2:
		r.add(report.CredentialPresentation, "")
		r.presentation()
	default:
		r.add(map[Format]report.Code{
			VCDM1: report.CredentialVcdm11, VCDM2: report.CredentialVcdm20,
			OpenBadge3: report.CredentialOpenBadge3, EDC: report.CredentialEuropeanDigitalCredential,
		}[r.c.Format], "")
		r.credential()
	}
	return r.c, r.findings
}

// reader is the work on one document.
type reader struct {
	c        *Credential
	findings report.Findings
	known    func(string) bool
	model    int               // 1 or 2: which version of the data model
	nested   bool              // VC-JWT 1.1: the credential is a claim of the JWT
	filled   map[string]string // member of Document -> the claim it was filled from
	told     map[report.Code]int
}

// repeats is how often one code is told of one document; more of the same
// would only make the report as long as the file.
const repeats = 20

// add adds a finding; pairs are name, value.
func (r *reader) add(code report.Code, detail string, pairs ...string) {
	if r.told == nil {
		r.told = map[report.Code]int{}
	}
	if r.told[code]++; r.told[code] <= repeats {
		r.findings.Add(code, detail, pairs...)
	}
}

// at adds a finding about a place in the signed document.
func (r *reader) at(code report.Code, path, detail string) {
	r.add(code, detail, "what", path)
}

// path is the pointer of a member of Document in the signed document.
func (r *reader) path(member string) string {
	if claim, ok := r.filled[member]; ok {
		return "/" + claim
	}
	return r.c.Root + "/" + token(member)
}

// get is a member of Document; null counts as absent, as in JSON-LD.
func (r *reader) get(member string) (strictjson.Value, bool) { return get(r.c.Document, member) }

func get(object strictjson.Value, member string) (strictjson.Value, bool) {
	value, ok := object.Get(member)
	if !ok || value.Kind() == strictjson.Null {
		return strictjson.Value{}, false
	}
	return value, true
}

// token escapes a member name for a JSON pointer (RFC 6901 3).
func token(member string) string {
	if !strings.ContainsAny(member, "~/") {
		return member
	}
	return strings.NewReplacer("~", "~0", "/", "~1").Replace(member)
}

// entry is one value of a member that may be written bare or as an array.
type entry struct {
	value strictjson.Value
	path  string
}

// entries are the values of a member with their pointers.
func entries(object strictjson.Value, path, member string) []entry {
	value, ok := get(object, member)
	if !ok {
		return nil
	}
	return spread(value, path+"/"+token(member))
}

func spread(value strictjson.Value, path string) []entry {
	if value.Kind() != strictjson.Array {
		return []entry{{value, path}}
	}
	list := make([]entry, 0, len(value.Items()))
	for i, item := range value.Items() {
		list = append(list, entry{item, path + "/" + strconv.Itoa(i)})
	}
	return list
}

// list is entries for a member of Document.
func (r *reader) list(member string) []entry {
	value, ok := r.get(member)
	if !ok {
		return nil
	}
	return spread(value, r.path(member))
}

// detect sets format and model from type and @context (mapping.md C.2).
func (r *reader) detect(e envelope.Envelope) {
	c := r.c
	types := texts(c.Document.At("type"))
	has := func(name string) bool { return contains(types, name) }
	contexts := texts(c.Document.At("@context"))
	r.model = 2
	base := false
	for _, context := range contexts {
		if context == base1 || context == base2 {
			base = true
			if context == base1 {
				r.model = 1
			}
			break
		}
	}
	if _, old := r.get("issuanceDate"); !base && old {
		r.model = 1
	}
	_, subject := r.get("credentialSubject")
	_, issuer := r.get("issuer")
	pick := func(one, two Format) Format {
		if r.model == 1 {
			return one
		}
		return two
	}
	switch {
	case has("EuropeanDigitalPresentation"):
		r.model, c.Format = 1, Presentation1
	case has("VerifiablePresentation"):
		c.Format = pick(Presentation1, Presentation2)
	case has("EuropeanDigitalCredential"):
		r.model, c.Format = 1, EDC
	case has("OpenBadgeCredential"), has("AchievementCredential"):
		c.Format = OpenBadge3
	case has("VerifiableCredential"):
		c.Format = pick(VCDM1, VCDM2)
	case has("Assertion"), contains(contexts, "https://w3id.org/openbadges/v1"), contains(contexts, "https://w3id.org/openbadges/v2"):
		c.Format = OpenBadge2
	case base && !subject && !issuer:
		_, inner := r.get("verifiableCredential")
		_, holder := r.get("holder")
		if !inner && !holder {
			return // a profile, a status list entry: the context alone makes no credential
		}
		c.Format = pick(Presentation1, Presentation2)
	case base:
		c.Format = pick(VCDM1, VCDM2)
	case e.JWS == nil && c.Root == "":
		r.draft()
	}
}

// draft recognises what a provider uploads to have it sealed: the credential
// under a member of its own, without any proof (edc.md 1).
func (r *reader) draft() {
	inner, _ := r.get("credential")
	_, secured := get(inner, "proof")
	if secured || !contains(texts(inner.At("type")), "EuropeanDigitalCredential") {
		return
	}
	r.c.Document, r.c.Root, r.c.Format, r.model = inner, "/credential", EDC, 1
	r.add(report.CredentialDraft, "")
}

// common is what every document has: types, identifier, proofs.
func (r *reader) common() {
	c := r.c
	c.Types = texts(c.Document.At("type"))
	c.ID = c.Document.At("id").Text()
	if proof, ok := r.get("proof"); ok {
		c.Embedded = proof.List()
	}
	_, c.HasSchema = r.get("credentialSchema")
}

// texts are the strings of a value that may be bare or an array.
func texts(value strictjson.Value) []string {
	var list []string
	for _, item := range value.List() {
		if item.Kind() == strictjson.String {
			list = append(list, item.Text())
		}
	}
	return list
}

func contains(list []string, text string) bool {
	for _, item := range list {
		if item == text {
			return true
		}
	}
	return false
}
