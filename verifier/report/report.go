package report

import (
	"errors"
	"slices"
	"time"
)

// Report is the answer for one file: what was found in it, and the worst of
// that as the file's own verdict and headline. The same bytes, instant,
// network and configuration always give the same report, byte for byte.
type Report struct {
	Verdict     Verdict      `json:"verdict"`
	Headline    Headline     `json:"headline"`
	Saying      Saying       `json:"saying"`             // the headline's sentence, as a key into the words and its facts
	Credentials []Credential `json:"credentials"`        // never empty: a file without any has one unreadable entry
	Besides     []Besides    `json:"besides,omitempty"`  // files in the file that are no credentials
	Counts      []Count      `json:"counts"`             // how many credentials got each headline, in table order
	At          time.Time    `json:"at"`                 // the instant judged at
	SHA256      string       `json:"sha256"`             // of the file's bytes, lower-case hex
	Bytes       int          `json:"bytes"`              // the file's size
	Unpacked    string       `json:"unpacked,omitempty"` // what a packed code holds (envelope.vp_unpacked), as JSON
	Consulted   []Consulted  `json:"consulted"`          // every answer that was read, in order
	Wanted      []Wanted     `json:"wanted"`             // every address that would have helped and was not asked
	Lists       []List       `json:"lists"`              // the trust lists in use
	Policy      string       `json:"policy"`             // the policy's name; "strict" for the zero policy
	Accepts     []Headline   `json:"accepts"`            // headlines that the policy takes as valid besides `verified`
	Core        string       `json:"core"`               // version of the core
}

// Besides is a file in the file that was looked at and is no credential: a readme,
// a logo, a printed page.
type Besides struct {
	File string `json:"file"` // its name, as Credential.File
	Code Code   `json:"code"` // what it is
}

// Count is how many credentials of a file got one headline, those aside left
// out.
type Count struct {
	Headline Headline `json:"headline"`
	Number   int      `json:"number"`
}

// Saying names a text in site/locales and the facts that fill its gaps.
type Saying struct {
	Key   string            `json:"key"` // e.g. "headline.unlisted.domain"
	Facts map[string]string `json:"facts,omitempty"`
}

// Credential is one credential (or presentation) of a file, with all checks.
type Credential struct {
	// File is the name of the file that it stands in, where the file holds
	// others (ZIP, PDF, e-mail): those names that lie in one another, each but
	// the last followed by a slash. A label, as the file has it, and no path.
	File        string       `json:"file,omitempty"`
	Path        string       `json:"path"`     // where in the file; "" for the file itself
	Format      string       `json:"format"`   // data model, e.g. "open-badges-3.0"
	Securing    string       `json:"securing"` // how it is secured, e.g. "vc-jwt", "eddsa-jcs-2022", "none"
	Verdict     Verdict      `json:"verdict"`
	Headline    Headline     `json:"headline"`
	Saying      Saying       `json:"saying"`
	Checks      []Check      `json:"checks"` // all eleven, in the order of CheckNames
	Description *Description `json:"description,omitempty"`
	Standing    []Standing   `json:"standing,omitempty"` // what each entry about its standing was found to say
	// Role says how it hangs together with the others: "" where it stands by
	// itself, or one of the Role constants. Of is the path of the entry that
	// holds it; one whose own path is "" is held by none.
	Role string `json:"role,omitempty"`
	Of   string `json:"of,omitempty"`
	// Aside says that the file's verdict and headline do without this entry:
	// an endorsement, or a presentation that says nothing itself. It takes
	// nothing away from what it stands beside, and adds nothing.
	Aside bool `json:"aside,omitempty"`
}

// How one entry of a report hangs together with the others.
const (
	RolePresentation = "presentation" // put together and signed by whoever shows it
	RoleWrapper      = "wrapper"      // a presentation that nobody signed
	RoleRecord       = "record"       // a credential that holds others
	RolePart         = "part"         // in a presentation or record
	RoleEndorsement  = "endorsement"  // what somebody else says of the credential that it stands in
)

// Standing is the evidence for one entry that says where standing can be
// looked up: where it leads, what was read there, and what became of the list
// itself.
type Standing struct {
	Path      string `json:"path"`              // JSON pointer of the entry in the signed document; "" for the signer's certificate
	Mechanism string `json:"mechanism"`         // the entry's type, e.g. "BitstringStatusListEntry", "TokenStatusList", "crl", "ocsp"
	Purpose   string `json:"purpose,omitempty"` // "revocation", "suspension", "refresh", "message", or as written
	Address   string `json:"address,omitempty"` // of the list
	Index     string `json:"index,omitempty"`   // as written
	Bits      int    `json:"bits,omitempty"`    // size of the entry in the list
	Value     *int   `json:"value,omitempty"`   // as read; absent where it was not
	// Reason is what the list or the entry says about it in words, and
	// Reference where the issuer explains the values: both as written.
	Reason    string `json:"reason,omitempty"`
	Reference string `json:"reference,omitempty"`
	// From is where the list was taken from: "file" (it came in the same
	// file), "supplied" (handed in beside it), "memory" (read before),
	// "network"; "" where there is none.
	From   string     `json:"from,omitempty"`
	Issued *time.Time `json:"issued,omitempty"` // from when the list says it is
	Until  *time.Time `json:"until,omitempty"`  // how long it says it holds
	Code   Code       `json:"code"`             // the finding that decides about this entry
	// List is the sub-report on the list as a signed document; absent where
	// none was read or it is not signed.
	List *Credential `json:"list,omitempty"`
}

// Check is one named check. Its outcome is that of its worst finding.
type Check struct {
	Name     CheckName `json:"name"`
	Outcome  Outcome   `json:"outcome"`
	Codes    []Code    `json:"codes"` // of the findings, in order, without repeats
	Findings Findings  `json:"findings,omitempty"`
}

// Lets says whether a check that runs after this one may run: one that passed,
// with or without a remark, lets it, and so does one that has nothing to check
// because the issuer's website answers for the badge instead.
func (c *Check) Lets() bool {
	return c.Outcome.Lets() || c.answered(KeyHosted) || c.answered(SignatureHosted)
}

// answered says that the check has nothing to do for the one reason of this
// code.
func (c *Check) answered(code Code) bool {
	return c.Outcome == None && len(c.Findings) == 1 && c.Findings[0].Code == code
}

// has says whether one of these codes was found.
func (c *Check) has(codes ...Code) bool {
	for _, code := range codes {
		if c.Findings.Has(code) {
			return true
		}
	}
	return false
}

// Finding is one thing that a check found out. Its code alone decides how bad
// it is; facts fill the gaps of the text and may be shown to a person, detail
// is for the technical view.
type Finding struct {
	Code   Code              `json:"code"`
	Detail string            `json:"detail,omitempty"`
	Facts  map[string]string `json:"facts,omitempty"`
}

// Findings collects what a stage found.
type Findings []Finding

// Add appends a finding; pairs are name, value, name, value.
func (f *Findings) Add(code Code, detail string, pairs ...string) {
	*f = append(*f, NewFinding(code, detail, pairs...))
}

// AddError appends what an error says: its own finding if it is a Problem,
// internal.unexpected otherwise. A nil error adds nothing.
func (f *Findings) AddError(err error) {
	if err != nil {
		*f = append(*f, FindingOf(err))
	}
}

// Outcome is the worst outcome among the findings. No finding at all is
// Unknown: a stage that says nothing has not passed.
func (f Findings) Outcome() Outcome {
	if len(f) == 0 {
		return Unknown
	}
	worst := None
	for i := range f {
		if o := f[i].Code.Outcome(); o.weight() > worst.weight() {
			worst = o
		}
	}
	return worst
}

// Has says whether a finding with this code is there.
func (f Findings) Has(code Code) bool {
	for i := range f {
		if f[i].Code == code {
			return true
		}
	}
	return false
}

// NewFinding makes a finding; pairs are name, value, name, value.
func NewFinding(code Code, detail string, pairs ...string) Finding {
	finding := Finding{Code: code, Detail: Clip(detail)}
	for i := 0; i+1 < len(pairs); i += 2 {
		if pairs[i+1] == "" {
			continue
		}
		if finding.Facts == nil {
			finding.Facts = make(map[string]string, len(pairs)/2)
		}
		finding.Facts[pairs[i]] = Clip(pairs[i+1])
	}
	return finding
}

// NewCheck sums up findings under a name.
func NewCheck(name CheckName, findings Findings) Check {
	check := Check{Name: name, Outcome: findings.Outcome(), Findings: findings, Codes: []Code{}}
	for i := range findings {
		if code := findings[i].Code; !slices.Contains(check.Codes, code) {
			check.Codes = append(check.Codes, code)
		}
	}
	return check
}

// Problem is an error that knows its code. Stages and tools of the core
// return it; an error without a code becomes internal.unexpected.
type Problem struct {
	Finding
	Err error // the cause, or nil
}

// NewProblem makes a problem; pairs are name, value, name, value.
func NewProblem(code Code, detail string, pairs ...string) *Problem {
	return &Problem{Finding: NewFinding(code, detail, pairs...)}
}

func (p *Problem) Error() string {
	text := string(p.Code)
	if p.Detail != "" {
		text += ": " + p.Detail
	}
	if p.Err != nil {
		text += ": " + p.Err.Error()
	}
	return text
}

func (p *Problem) Unwrap() error { return p.Err }

// FindingOf turns any error into a finding.
func FindingOf(err error) Finding {
	var problem *Problem
	if errors.As(err, &problem) {
		return problem.Finding
	}
	return NewFinding(InternalUnexpected, err.Error())
}

// CodeOf is the code of an error, "" for nil.
func CodeOf(err error) Code {
	if err == nil {
		return ""
	}
	return FindingOf(err).Code
}

// WithFacts adds facts (name, value, name, value) to a problem that has none
// of that name; empty values are left out. nil, and an error without a code,
// stay as they are.
func WithFacts(err error, pairs ...string) error {
	var problem *Problem
	if !errors.As(err, &problem) {
		return err
	}
	for i := 0; i+1 < len(pairs); i += 2 {
		if _, there := problem.Facts[pairs[i]]; there || pairs[i+1] == "" {
			continue
		}
		if problem.Facts == nil {
			problem.Facts = map[string]string{}
		}
		problem.Facts[pairs[i]] = Clip(pairs[i+1])
	}
	return problem
}

// Clip shortens a foreign text to what a report repeats, at a rune boundary.
func Clip(text string) string {
	const most = 1000 // limits.TextRunes; this package is a leaf and may not import it
	if len(text) <= most {
		return text
	}
	runes := 0
	for i := range text {
		if runes == most {
			return text[:i] + "…"
		}
		runes++
	}
	return text
}

// Consulted is one answer that was read from the network or a recording.
type Consulted struct {
	Address string    `json:"address"`
	Kind    string    `json:"kind"`   // what was asked for: "did-document", "profile", "key-set", "status-list", "revocation"
	Reason  string    `json:"reason"` // on whose behalf, e.g. the DID
	Status  int       `json:"status"` // HTTP status
	Bytes   int       `json:"bytes"`
	SHA256  string    `json:"sha256,omitempty"`
	Time    time.Time `json:"time"`             // when it was fetched
	Age     int64     `json:"age"`              // seconds between that and the instant judged at
	Error   string    `json:"error,omitempty"`  // a short word when no answer came: "unreachable", "timeout", "name", "closed"
	Memory  bool      `json:"memory,omitempty"` // it was read before and is used again
	Final   string    `json:"final,omitempty"`  // where redirects led, if anywhere
}

// Wanted is one address that was not asked, and why it would have helped.
type Wanted struct {
	Address string `json:"address"`
	Host    string `json:"host"`
	Kind    string `json:"kind"`
	Reason  string `json:"reason"`
	Refused string `json:"refused"` // "offline", "not_allowed", "address", "identifies"
	// Identifies says by what the address gives away whose credential is
	// checked: "credential-id", "entry", "index", "query", "path".
	Identifies string `json:"identifies,omitempty"`
}

// List is one trust list in use.
type List struct {
	Name    string     `json:"name"`
	SHA256  string     `json:"sha256"`
	Issued  *time.Time `json:"issued,omitempty"`
	Expires *time.Time `json:"expires,omitempty"`
	Test    bool       `json:"test,omitempty"`
	Problem Code       `json:"problem,omitempty"` // set when the list could not be used
}

// Description is who, what, by whom and when, as the credential itself says
// it. Every value keeps its path in the signed document.
type Description struct {
	Title    []Text   `json:"title,omitempty"`
	Learner  []Text   `json:"learner,omitempty"`
	Issuer   []Text   `json:"issuer,omitempty"`   // the name that the issuer gives itself
	IssuerID string   `json:"issuerId,omitempty"` // the identifier that the credential names
	Awarder  []Text   `json:"awarder,omitempty"`  // the body that the file says awards it, where it differs
	Issued   []Text   `json:"issued,omitempty"`
	From     []Text   `json:"from,omitempty"`
	Until    []Text   `json:"until,omitempty"`
	Claim    string   `json:"claim,omitempty"` // "achieved", "attended", "result", "failed", "in_progress"
	Results  []Text   `json:"results,omitempty"`
	Criteria []Text   `json:"criteria,omitempty"`
	Details  []Text   `json:"details,omitempty"`
	Types    []string `json:"types,omitempty"`
	ID       string   `json:"id,omitempty"`
	// Mandate is the statement that it was sealed on somebody else's behalf.
	Mandate []Text `json:"mandate,omitempty"`
	// Marks are names of what the file says of its own kind, each with words
	// under "mark." in site/locales: "partial", "mandate", "profile.converted".
	Marks []string `json:"marks,omitempty"`
	// Files are the files that it carries. Nobody has opened them.
	Files []File `json:"files,omitempty"`
}

// File is one file that a credential carries within itself.
type File struct {
	Name   string `json:"name,omitempty"` // its title, as the credential states it
	Type   string `json:"type,omitempty"` // as stated, e.g. "PDF" or "image/png"
	Bytes  int    `json:"bytes"`          // as carried
	SHA256 string `json:"sha256"`         // of its bytes, lower-case hex
	Path   string `json:"path"`           // JSON pointer into the signed document
}

// Texts are all texts of a description, in the order of its fields.
func (d *Description) Texts() [11][]Text {
	return [11][]Text{d.Mandate, d.Title, d.Learner, d.Issuer, d.Awarder, d.Issued, d.From, d.Until, d.Results, d.Criteria, d.Details}
}

// Text is one value as the credential states it.
type Text struct {
	Value    string `json:"value"`
	Language string `json:"language,omitempty"` // BCP 47, where stated
	// Path is a JSON pointer into the signed document or, for a part of an Open
	// Badge before 3.0 that stands elsewhere, the address at which it was read
	// with the pointer as its fragment.
	Path string `json:"path"`
	// Chosen says that the holder could have kept it back, and shows it.
	Chosen bool `json:"chosen,omitempty"`
}
