package proof

import (
	"strconv"
	"time"

	"github.com/sealcheck/sealcheck/verifier/internal/limits"
	"github.com/sealcheck/sealcheck/verifier/internal/strictjson"
	"github.com/sealcheck/sealcheck/verifier/report"
)

// embedded is one object of the member `proof`, with its JSON pointer.
type embedded struct {
	value strictjson.Value
	path  string
}

// suite is what a cryptosuite needs: which keys it admits, how long its proof
// values are, and how it is verified. Its reader is given the document
// without any proof, the proof options (the proof without its value), and the
// bytes of the value.
type suite struct {
	curves  []string
	lengths []int
	prepare func(document, options strictjson.Value, value []byte) (func(public any) error, error)
}

// suites are the cryptosuites that can be checked, by name. A new one is one
// file and one line here.
var suites = map[string]suite{
	"eddsa-jcs-2022": {[]string{Ed25519}, []int{64}, prepareEddsaJCS},
	"ecdsa-jcs-2019": {[]string{P256, P384}, []int{64, 96}, prepareEcdsaJCS},
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
		return []embedded{{value, "/proof"}}, nil
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
		all = append(all, embedded{item, "/proof/" + strconv.Itoa(i)})
	}
	return all, nil
}

// readEmbedded reads one embedded proof.
func readEmbedded(document strictjson.Value, e embedded, presentation bool) member {
	m := member{proof: Proof{Path: e.path}, good: report.ProofDataIntegrity}
	if err := m.readEmbedded(document, e.value, presentation); err != nil {
		m.proof.verify = nil
		m.findings.AddError(err)
	}
	return m
}

func (m *member) readEmbedded(document, value strictjson.Value, presentation bool) error {
	p := &m.proof
	// VC-DATA-INTEGRITY 2.1: a proof is a map with a type.
	kind := value.At("type")
	if value.Kind() != strictjson.Object || kind.Text() == "" {
		return p.problem(report.ProofMalformed, "no object with a type")
	}
	if kind.Text() != "DataIntegrityProof" {
		// Suites from before cryptosuites have rules of their own; none of
		// them is known here yet.
		p.Suite = Suite(report.Clip(kind.Text()))
		p.Reference.KeyID = value.At("verificationMethod").Text()
		p.Reference.Purpose = value.At("proofPurpose").Text()
		m.unknownSuite()
		return nil
	}
	name := value.At("cryptosuite").Text()
	if name == "" {
		return p.problem(report.ProofMalformed, "no cryptosuite")
	}
	p.Suite = Suite(report.Clip(name))
	if err := p.readOptions(value, presentation); err != nil {
		return err
	}
	m.remarkDomain(value, presentation)
	if _, chained := value.Get("previousProof"); chained {
		// A chained proof also covers the proofs that it names
		// (VC-DATA-INTEGRITY 2.1.2); verified alone it would say less than
		// its maker meant.
		return p.problem(report.ProofChainUnsupported, "previousProof")
	}
	known, ok := suites[name]
	if !ok {
		m.unknownSuite()
		return nil
	}
	p.Reference.Curves = known.curves
	bytes, err := p.readValue(value, known.lengths)
	if err != nil {
		return err
	}
	p.verify, err = known.prepare(document.Without("proof"), value.Without("proofValue"), bytes)
	if err != nil {
		return err
	}
	m.remarkContexts(document, value)
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

// readValue decodes proofValue, which must have one of the lengths.
func (p *Proof) readValue(value strictjson.Value, lengths []int) ([]byte, error) {
	text, ok := value.Get("proofValue")
	if !ok || text.Kind() == strictjson.String && text.Text() == "" {
		return nil, p.problem(report.ProofValueMissing, "no proofValue")
	}
	bytes, err := base58Value(text.Text())
	if err != nil {
		return nil, p.problem(report.ProofValueMalformed, err.Error())
	}
	for _, length := range lengths {
		if len(bytes) == length {
			return bytes, nil
		}
	}
	return nil, p.problem(report.ProofValueMalformed, strconv.Itoa(len(bytes))+" bytes")
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
