package proof

import (
	"slices"
	"strconv"
	"time"

	"github.com/sealcheck/sealcheck/verifier/internal/limits"
	"github.com/sealcheck/sealcheck/verifier/internal/linked"
	"github.com/sealcheck/sealcheck/verifier/internal/multibase"
	"github.com/sealcheck/sealcheck/verifier/internal/strictjson"
	"github.com/sealcheck/sealcheck/verifier/report"
)

// embedded is one object of the member `proof`, with its JSON pointer.
type embedded struct {
	value strictjson.Value
	path  string
	chain chain
	// before are the proofs that stand in front of this one.
	before []strictjson.Value
}

// suite is what a cryptosuite needs: which keys it admits, how long its proof
// values are, and how it is verified. lengths is nil for a suite whose values
// are CBOR, written in base64url.
type suite struct {
	curves  []string
	lengths []int
	prepare func(in input) (verifying, error)
	// meaning says that the suite signs what a document says as linked data,
	// rather than its text.
	meaning bool
	// context defines the words of the proof, where the document's own
	// contexts do not; "" for a suite that signs text.
	context string
	// selective says that the holder can leave out parts of what was signed.
	selective bool
	// legacy says that issuers should use another suite by now.
	legacy bool
	// anchored says that no key signs, but that a fingerprint was written into
	// a public register; prepare is then nil.
	anchored bool
	// algorithms are the JOSE algorithms of a suite whose value can be a
	// detached JWS; nil for any other.
	algorithms []string
}

// input is what a cryptosuite verifies.
type input struct {
	member *member // the proof, for findings that are no error
	// document is the document without any proof but those that this one
	// builds on; options is the proof without its value, and for a suite that
	// signs the meaning with the document's contexts.
	document, options strictjson.Value
	// meant is document as linked data.
	meant *linked.Document
	// value is the decoded proofValue; detached takes its place where the
	// proof has a JWS.
	value    []byte
	detached *detached
	// context is that of the suite.
	context string
}

// outcome is what Verify finds out about a proof besides that it holds.
type outcome struct {
	reading int // of the document's contexts, see linked.Document.Readings
}

// Remarks are the findings about a proof that Verify has accepted which could
// not be known before: signature.context_version where the signature holds for an
// earlier version of a context than the current one. They belong to the check
// of the signature. Without them, and before Verify, there are none.
func (p *Proof) Remarks() report.Findings {
	var findings report.Findings
	if p.Reading() > 0 {
		findings.Add(report.SignatureContextVersion, p.Path)
	}
	return findings
}

// Reading is the reading of the document's contexts for which Verify has found
// that the signature holds, as linked.Document counts them: what the document
// says is to be read from that one. It is 0 before, and for a proof that signs
// text.
func (p *Proof) Reading() int {
	if p.outcome == nil {
		return 0
	}
	return p.outcome.reading
}

const dataIntegrityContext = "https://w3id.org/security/data-integrity/v2"

// suites are the cryptosuites that can be checked, by name. A new one is one
// file and one line here.
var suites = map[string]suite{
	"eddsa-jcs-2022":  {curves: []string{Ed25519}, lengths: []int{64}, prepare: prepareEddsaJCS},
	"ecdsa-jcs-2019":  {curves: []string{P256, P384}, lengths: []int{64, 96}, prepare: prepareEcdsaJCS},
	"eddsa-rdfc-2022": {curves: []string{Ed25519}, lengths: []int{64}, prepare: prepareEddsaRDFC, meaning: true, context: dataIntegrityContext},
	"ecdsa-rdfc-2019": {curves: []string{P256, P384}, lengths: []int{64, 96}, prepare: prepareEcdsaRDFC, meaning: true, context: dataIntegrityContext},
	// What eddsa-rdfc-2022 was called in drafts of 2023; nothing else differs.
	"eddsa-2022":        {curves: []string{Ed25519}, lengths: []int{64}, prepare: prepareEddsaRDFC, meaning: true, context: dataIntegrityContext, legacy: true},
	"ecdsa-sd-2023":     {curves: []string{P256}, prepare: prepareEcdsaSD, meaning: true, selective: true, context: dataIntegrityContext},
	"bbs-2023":          {curves: []string{BLS12381}, prepare: prepareBBS, meaning: true, selective: true, context: dataIntegrityContext},
	"merkle-proof-2019": {meaning: true, anchored: true},
}

// embeddedProofs takes the member `proof` apart. The finding says why there is
// none to read. A member that is there but holds no proof (null, [], {}) is
// not the same as none: somebody meant to say "signed" (T19).
func embeddedProofs(document strictjson.Value) ([]embedded, *report.Finding) {
	ending := func(code report.Code, detail string, pairs ...string) *report.Finding {
		finding := report.NewFinding(code, detail, pairs...)
		return &finding
	}
	value, ok := document.Get("proof")
	if !ok {
		return nil, ending(report.ProofNone, "")
	}
	switch value.Kind() {
	case strictjson.Object:
		all := []embedded{{value: value, path: "/proof"}}
		link(all)
		return all, nil
	case strictjson.Array:
	default:
		return nil, ending(report.ProofMalformed, "/proof is neither an object nor an array")
	}
	switch n := len(value.Items()); {
	case n == 0:
		return nil, ending(report.ProofMalformed, "/proof is empty")
	case n > limits.Proofs:
		return nil, ending(report.ProofTooMany, "", "count", strconv.Itoa(n))
	}
	var all []embedded
	for i, item := range value.Items() {
		all = append(all, embedded{value: item, path: "/proof/" + strconv.Itoa(i), before: value.Items()[:i]})
	}
	link(all)
	return all, nil
}

// readEmbedded reads one embedded proof.
func readEmbedded(document strictjson.Value, e embedded, presentation bool, meant *linked.Document) member {
	m := member{proof: Proof{Path: e.path, outcome: &outcome{}}, good: report.ProofDataIntegrity}
	if err := m.readEmbedded(document, &e, presentation, meant); err != nil {
		m.proof.verify = nil
		m.findings.AddError(err)
	}
	return m
}

func (m *member) readEmbedded(document strictjson.Value, e *embedded, presentation bool, meant *linked.Document) error {
	p, value := &m.proof, e.value
	// VC-DATA-INTEGRITY 2.1: a proof is a map with a type.
	kind := value.At("type")
	if value.Kind() != strictjson.Object || kind.Text() == "" {
		return p.problem(report.ProofMalformed, "no object with a type")
	}
	// Suites from before cryptosuites are named by the type itself.
	known, ok := legacySuites[kind.Text()]
	p.Suite = Suite(report.Clip(kind.Text()))
	switch {
	case kind.Text() == "DataIntegrityProof":
		name := value.At("cryptosuite").Text()
		if name == "" {
			return p.problem(report.ProofMalformed, "no cryptosuite")
		}
		known, ok = suites[name]
		p.Suite = Suite(report.Clip(name))
	case !ok:
		// It has rules of its own, also for what is read below.
		p.Reference.KeyID = value.At("verificationMethod").Text()
		p.Reference.Purpose = value.At("proofPurpose").Text()
		m.unknownSuite()
		return nil
	}
	if kind.Text() == chainedProof && value.At("chainedProofType").Text() != "MerkleProof2019" {
		m.unknownSuite()
		return nil
	}
	// Blockcerts writes dates without a zone. They are not signed there, and
	// nothing rests on them.
	if err := p.readOptions(value, presentation); err != nil && !(known.anchored && report.CodeOf(err) == report.ProofCreatedMalformed) {
		return err
	}
	m.remarkDomain(value, presentation)
	if !ok || known.meaning && meant == nil {
		m.unknownSuite()
		return nil
	}
	return m.prepare(&known, document, e, presentation, meant)
}

// prepare makes a proof ready to be verified by a suite.
func (m *member) prepare(known *suite, document strictjson.Value, e *embedded, presentation bool, meant *linked.Document) (err error) {
	p := &m.proof
	p.Reference.Curves = known.curves
	p.Selective = known.selective
	in := input{member: m, options: e.value.Without("proofValue"), meant: meant, context: known.context}
	if meant != nil {
		in.document = meant.Value
	} else {
		in.document = document.Without("proof")
	}
	if known.anchored {
		return m.readAnchored(meant, e)
	}
	if err := m.followChain(&in, &e.chain, known); err != nil {
		return err
	}
	if known.meaning {
		if err := meant.CheckForm(); err != nil {
			return err
		}
		if err := in.adoptOptions(); err != nil {
			return err
		}
	}
	if _, there := e.value.Get("jws"); known.algorithms != nil && (there || known.lengths == nil) {
		in.options = in.options.Without("jws")
		in.detached, err = m.readDetached(e.value, known, presentation)
	} else {
		in.value, err = p.readValue(e.value, known.lengths)
	}
	if err != nil {
		return err
	}
	if p.verify, err = known.prepare(in); err != nil {
		return err
	}
	if !known.meaning {
		m.remarkContexts(document, e.value)
	}
	if known.legacy {
		m.add(report.ProofLegacySuite, p.Path, "suite", string(p.Suite))
	}
	if len(p.After) > 0 {
		m.add(report.ProofChain, p.Path)
	}
	return nil
}

func (m *member) unknownSuite() {
	finding := report.NewFinding(report.ProofSuiteUnsupported, m.proof.Path, "suite", string(m.proof.Suite))
	m.unknown = &finding
}

// problem is an error about this proof, with its path.
func (p *Proof) problem(code report.Code, detail string, pairs ...string) error {
	if detail != "" {
		detail = ": " + detail
	}
	return report.NewProblem(code, p.Path+detail, pairs...)
}

// readOptions reads what all Data Integrity proofs share.
func (p *Proof) readOptions(value strictjson.Value, presentation bool) (err error) {
	if err := p.readPurpose(value, presentation); err != nil {
		return err
	}
	// VC-DATA-INTEGRITY 2.1: verificationMethod names the key by a URL. An
	// object there would bring the key along, which only the issuer's own
	// document may do (T3).
	switch method, ok := value.Get("verificationMethod"); {
	case !ok:
		return p.problem(report.ProofMethodMissing, "no verificationMethod")
	case method.Kind() != strictjson.String:
		return p.problem(report.ProofMalformed, "verificationMethod is not a string")
	case method.Text() == "":
		return p.problem(report.ProofMethodMissing, "verificationMethod is empty")
	default:
		p.Reference.KeyID = method.Text()
	}
	if p.Reference.Created, err = p.readStamp(value, "created", report.ProofCreatedMalformed); err != nil {
		return err
	}
	p.Expires, err = p.readStamp(value, "expires", report.ProofExpiresMalformed)
	return err
}

// readPurpose checks the purpose: what is signed to log in, or to delegate,
// asserts nothing about a learner (VC-DATA-INTEGRITY 4.4).
func (p *Proof) readPurpose(value strictjson.Value, presentation bool) error {
	purpose, ok := value.Get("proofPurpose")
	switch {
	case !ok:
		return p.problem(report.ProofPurposeMissing, "no proofPurpose")
	case purpose.Kind() != strictjson.String:
		return p.problem(report.ProofMalformed, "proofPurpose is not a string")
	case purpose.Text() == AssertionMethod:
	case purpose.Text() == Authentication && presentation:
	default:
		return p.problem(report.ProofPurposeWrong, "", "what", purpose.Text())
	}
	p.Reference.Purpose = purpose.Text()
	return nil
}

// readStamp reads a date that must be an xsd:dateTimeStamp if it is there.
func (p *Proof) readStamp(value strictjson.Value, name string, code report.Code) (time.Time, error) {
	text, ok := value.Get(name)
	if !ok {
		return time.Time{}, nil
	}
	t, ok := dateTimeStamp(text.Text())
	if !ok {
		return time.Time{}, p.problem(code, name, "date", text.Text())
	}
	return t, nil
}

// mostDisclosed bounds a value in base64url, in bytes: what is disclosed in
// it, a few labels and 32 bytes for each statement, stays under 20 KB for the
// largest badges.
const mostDisclosed = 64 << 10

// readValue decodes proofValue, which must have one of the lengths. Without
// lengths it is base64url, and the suite looks into it.
func (p *Proof) readValue(value strictjson.Value, lengths []int) ([]byte, error) {
	text, ok := value.Get("proofValue")
	if !ok || text.Kind() == strictjson.String && text.Text() == "" {
		return nil, p.problem(report.ProofValueMissing, "no proofValue")
	}
	if lengths == nil {
		return p.readDisclosed(text.Text())
	}
	bytes, err := base58Value(text.Text())
	if err != nil {
		return nil, p.problem(report.ProofValueMalformed, err.Error())
	}
	if !slices.Contains(lengths, len(bytes)) {
		return nil, p.problem(report.ProofValueMalformed, strconv.Itoa(len(bytes))+" bytes")
	}
	return bytes, nil
}

// readDisclosed decodes a value in multibase base64url (VC-DI-ECDSA 3.4).
func (p *Proof) readDisclosed(text string) ([]byte, error) {
	if text == "" || text[0] != 'u' || len(text) > 1+(mostDisclosed*4+2)/3 {
		return nil, p.problem(report.ProofValueMalformed, "not multibase base64url, or too long")
	}
	bytes, err := multibase.Base64URL(text[1:])
	if err != nil || len(bytes) == 0 {
		return nil, p.problem(report.ProofValueMalformed, "not multibase base64url")
	}
	return bytes, nil
}

// remarkDomain says where a proof on a credential was made for one occasion:
// somebody has stored what was meant as an answer to one asker.
func (m *member) remarkDomain(value strictjson.Value, presentation bool) {
	for _, name := range [...]string{"domain", "challenge"} {
		if _, ok := value.Get(name); ok && !presentation {
			m.add(report.ProofDomainUnexpected, m.proof.Path, "what", name)
			return
		}
	}
}

// remarkContexts says where a document has contexts beyond those of the
// proof: the JCS suites then verify the proof's, and leave the rest unsigned
// (VC-DI-EDDSA 3.3.2).
func (m *member) remarkContexts(document, value strictjson.Value) {
	signed, ok := value.Get("@context")
	if ok && len(document.At("@context").List()) > len(signed.List()) {
		m.add(report.ProofContextUnsigned, m.proof.Path)
	}
}
