package verifier

import (
	"context"
	"slices"
	"strings"
	"time"

	"github.com/sealcheck/sealcheck/verifier/container"
	"github.com/sealcheck/sealcheck/verifier/credential"
	"github.com/sealcheck/sealcheck/verifier/describe"
	"github.com/sealcheck/sealcheck/verifier/envelope"
	"github.com/sealcheck/sealcheck/verifier/fetch"
	"github.com/sealcheck/sealcheck/verifier/hosted"
	"github.com/sealcheck/sealcheck/verifier/internal/contexts"
	"github.com/sealcheck/sealcheck/verifier/internal/jsonld"
	"github.com/sealcheck/sealcheck/verifier/internal/limits"
	"github.com/sealcheck/sealcheck/verifier/internal/linked"
	"github.com/sealcheck/sealcheck/verifier/internal/publickey"
	"github.com/sealcheck/sealcheck/verifier/internal/strictjson"
	"github.com/sealcheck/sealcheck/verifier/issuer"
	"github.com/sealcheck/sealcheck/verifier/key"
	"github.com/sealcheck/sealcheck/verifier/proof"
	"github.com/sealcheck/sealcheck/verifier/report"
	"github.com/sealcheck/sealcheck/verifier/status"
	"github.com/sealcheck/sealcheck/verifier/trust"
	"github.com/sealcheck/sealcheck/verifier/validity"
)

// step is one check of the pipeline. It runs only when every check that it
// runs after has passed (with or without a remark); otherwise it is recorded
// as skipped. No step looks at another one's outcome.
type step struct {
	name  report.CheckName
	after []report.CheckName
	run   func(*subject, context.Context) report.Findings
}

// steps is the whole verification, in the order of the report.
var steps = [...]step{
	{report.CheckEnvelope, nil, (*subject).opened},
	{report.CheckCredential, []report.CheckName{report.CheckEnvelope}, (*subject).readCredential},
	{report.CheckProof, []report.CheckName{report.CheckEnvelope}, (*subject).readProofs},
	{report.CheckKey, []report.CheckName{report.CheckProof}, (*subject).findKeys},
	{report.CheckSignature, []report.CheckName{report.CheckKey}, (*subject).verifyProofs},
	{report.CheckIssuer, []report.CheckName{report.CheckCredential, report.CheckProof}, (*subject).bindIssuer},
	{report.CheckValidity, []report.CheckName{report.CheckSignature, report.CheckIssuer}, (*subject).checkValidity},
	{report.CheckStatus, []report.CheckName{report.CheckSignature, report.CheckIssuer}, (*subject).checkStatus},
	{report.CheckTrust, []report.CheckName{report.CheckSignature, report.CheckIssuer}, (*subject).checkTrust},
	{report.CheckHolder, []report.CheckName{report.CheckCredential}, (*subject).checkHolder},
	{report.CheckSchema, []report.CheckName{report.CheckCredential}, (*subject).checkSchema},
}

// run is the verification of one file.
type run struct {
	verifier *Verifier
	at       time.Time
	session  *fetch.Session
	count    int
	work     int // spent on keys and signatures, see limits.Work
	supplied []status.Supplied
	met      map[[32]byte]bool        // digests of what stood in other documents so far
	besides  []report.Besides         // files in the file that are no credentials
	texts    []container.Part         // those of them that are plain texts
	unpacked string                   // what a code holds that is the file
	lists    map[string]status.List   // what became of status lists so far, by name
	plain    map[string]*status.Plain // lists that nobody signs, by address
	// open is openList; a field, since the steps that it goes through are the
	// ones that use it.
	open status.Opener
}

// subject is one envelope on its way through the steps, with what each step
// leaves for later ones.
type subject struct {
	*run
	name       string         // of the file, where it lies in another one
	checks     []report.Check // so far
	envelope   envelope.Envelope
	meant      *linked.Document // the JSON document without its proof; nil for any other
	meaning    bool             // it is read by its meaning
	unclear    bool             // its proofs do not agree on how it is to be read
	findings   report.Findings  // of opening the envelope
	credential *credential.Credential
	proofs     []proof.Proof
	early      early
	begun      report.Findings // of the first half of reading the proofs
	attempts   []attempt
	best       int // index into attempts of the proof on which the verdict rests
	standing   trust.Standing
	within     *subject           // what it stands in; nil for the file itself
	stands     credential.Inner   // and how it stands there
	endorses   bool               // as an endorsement
	twice      bool               // and did so before
	inner      []credential.Inner // what it holds itself, without the status lists among it
	apart      bool               // it is a presentation that stands aside
	signs      bool               // there is a proof on it, whatever it is worth
	evidence   []report.Standing
	badge      *hosted.Answer    // an Open Badge before 3.0, put together; nil for any other
	list       bool              // a status list, which has no standing of its own
	referrer   credential.Issuer // of a list: who issued the credential that refers to it
}

// early is what is done for the proofs before the credential is read: the
// answer of a host takes as long as that does.
type early struct {
	read     bool
	proofs   []proof.Proof // if they secure a credential
	findings report.Findings
	public   any        // the key of the first of them, where it is its own name
	wait     proof.Wait // the check with that key
}

// attempt is what became of one proof.
type attempt struct {
	proof     *proof.Proof
	keys      []key.Key
	key       *key.Key // the one that verified, or else the first
	found     report.Findings
	under     proof.Wait // the check with the first of keys, under way; nil where it is not to be made
	signature report.Findings
	issuer    report.Findings
}

// ahead is how many credentials of a presentation are begun before the first
// of them is ended, so that a host can check their signatures together.
const ahead = 16

// verify ends what was begun, and goes on to what is in it.
func (r *run) verify(ctx context.Context, s *subject) []report.Credential {
	r.count++
	all := []report.Credential{s.judge(ctx)}
	for rest := s.inner; len(rest) > 0; {
		if r.count >= limits.Credentials {
			refused := s.hold(rest[0])
			refused.findings.Add(report.EnvelopeTooManyCredentials, "")
			refused.begin(ctx)
			return append(all, refused.judge(ctx))
		}
		// Which are begun together depends on nothing but the file. One that
		// holds others itself comes last among them: how many is not known.
		var some []*subject
		for _, inner := range rest[:min(len(rest), ahead, limits.Credentials-r.count)] {
			next := s.hold(inner)
			next.findings = guarded(func() report.Findings {
				opened, findings := s.inside(inner)
				opened.Path = next.envelope.Path
				next.envelope = opened
				return findings
			})
			next.begin(ctx)
			some = append(some, next)
			if len(next.inner) > 0 || next.badge != nil {
				break // what a website keeps of a badge can be large, and is let go with it
			}
		}
		rest = rest[len(some):]
		for _, next := range some {
			all = append(all, r.verify(ctx, next)...)
		}
	}
	return all
}

// begin runs the steps before that of the proof, and starts this one: from then
// on a host may be at work on the signature.
func (s *subject) begin(ctx context.Context) {
	s.checks = make([]report.Check, 0, len(steps))
	for i := range steps {
		if steps[i].name == report.CheckProof {
			if s.ready(&steps[i]) {
				s.begun = guarded(func() report.Findings { return s.beginProofs(ctx) })
			}
			return
		}
		if steps[i].name == report.CheckCredential && s.ready(&steps[i]) {
			guarded(s.beginEarly)
		}
		s.take(ctx, &steps[i])
	}
}

// beginEarly reads the proofs as those of a credential, and has a host check
// the first one where its key is a did:key. Nothing is decided by that: the key
// is looked for later, and only if it is the same is the answer waited for.
func (s *subject) beginEarly() report.Findings {
	s.early.proofs, s.early.findings = proof.Read(s.envelope, proof.ACredential, s.meant)
	s.early.read = true
	if s.verifier.config.Signatures == nil || len(s.early.proofs) == 0 || !s.early.findings.Outcome().Lets() || s.work > limits.Work {
		return nil
	}
	first := &s.early.proofs[0]
	text, _, _ := strings.Cut(first.Reference.KeyID, "#")
	if text, ok := strings.CutPrefix(text, "did:key:"); ok && first.Supported() {
		if public, err := publickey.FromMultikey(text, report.KeyMalformed); err == nil {
			s.early.public, s.early.wait = public, proof.Start(first, public, s.verifier.config.Signatures)
		}
	}
	return nil
}

// ready says whether all that a step runs after has passed.
func (s *subject) ready(step *step) bool {
	for _, name := range step.after {
		for i := range s.checks {
			if s.checks[i].Name == name && !s.checks[i].Lets() {
				return false
			}
		}
	}
	return true
}

// take runs one step.
func (s *subject) take(ctx context.Context, step *step) {
	var findings report.Findings
	if s.ready(step) && !(s.list && slices.Contains(notOfLists[:], step.name)) {
		findings = guarded(func() report.Findings { return step.run(s, ctx) })
	} else {
		findings.Add(report.InternalSkipped, "")
	}
	s.checks = append(s.checks, report.NewCheck(step.name, findings))
}

// judge runs the other steps of what was begun and sums up.
func (s *subject) judge(ctx context.Context) report.Credential {
	judged := report.Credential{File: s.name, Path: s.envelope.Path, Format: "unknown"}
	if s.credential != nil {
		judged.Format = string(s.credential.Format)
		guarded(func() report.Findings {
			judged.Description = describe.Describe(s.credential)
			return nil
		})
	}
	for i := len(s.checks); i < len(steps); i++ {
		s.take(ctx, &steps[i])
	}
	judged.Checks, judged.Securing = s.checks, s.securing()
	s.place(&judged)
	judged.Standing = s.evidence
	demands := s.verifier.config.Policy.Demands
	if s.list {
		demands = report.Demands{Optional: notOfLists[:2]}
	}
	judged.Verdict, judged.Headline = report.SumUp(s.checks, demands)
	s.aside(&judged)
	if k := s.key(); s.credential != nil && s.sealed() && k != nil && k.Source == key.Certificate {
		// A seal proves names and numbers, no address: one that the file states
		// of its issuer is not shown beside them.
		judged.Description.IssuerID = ""
	}
	s.locate(&judged)
	judged.Saying = s.say(judged.Headline, s.checks)
	return judged
}

// locate puts places in the signed document for those in what was read of it,
// and takes back what cannot be known where the holder has chosen what to show:
// a result that is left out may be any. What was chosen is marked.
func (s *subject) locate(judged *report.Credential) {
	d := judged.Description
	if d == nil {
		return
	}
	if s.best < len(s.attempts) && s.attempts[s.best].proof.Chosen() && d.Claim == "achieved" {
		d.Claim = ""
	}
	if sd := s.envelope.SD; sd != nil {
		for _, texts := range d.Texts() {
			for i := range texts {
				texts[i].Chosen = sd.Chosen(texts[i].Path)
			}
		}
	}
	if s.credential != nil && s.credential.Places != nil {
		s.translate(judged)
	}
	if s.badge != nil {
		for _, texts := range d.Texts() {
			for i := range texts {
				texts[i].Path = s.badge.Path(texts[i].Path)
			}
		}
	}
	if !s.meaning {
		return
	}
	variant := s.meant.First()
	for _, texts := range d.Texts() {
		for i := range texts {
			texts[i].Path = s.meant.Place(variant, texts[i].Path)
		}
	}
	for i := range judged.Standing {
		if judged.Standing[i].Path != "" {
			judged.Standing[i].Path = s.meant.Place(variant, judged.Standing[i].Path)
		}
	}
}

// translate puts the places of an XML file for those in what was made of it.
func (s *subject) translate(judged *report.Credential) {
	for _, texts := range judged.Description.Texts() {
		for i := range texts {
			if place, ok := s.credential.Places[texts[i].Path]; ok {
				texts[i].Path = place
			}
		}
	}
}

func (s *subject) securing() string {
	if s.badge != nil && s.hosted() && s.badge.Proof.Outcome().Lets() {
		return "hosted"
	}
	if len(s.proofs) == 0 {
		return "none"
	}
	name := string(s.proofs[0].Suite)
	if s.best < len(s.attempts) && s.attempts[s.best].proof != nil {
		name = string(s.attempts[s.best].proof.Suite)
	}
	return name
}

func (s *subject) opened(context.Context) report.Findings {
	if s.envelope.Form == envelope.JSON {
		s.meant = linked.New(s.envelope.Document.Without("proof"), s.verifier.library)
		s.meant.Charge(&s.work)
	}
	return s.findings
}

func (s *subject) readCredential(ctx context.Context) report.Findings {
	read, findings := credential.Read(s.envelope, s.verifier.knows, s.reading)
	s.credential = read
	if read.Badge != nil && !s.list {
		return s.assemble(ctx, findings)
	}
	for _, finding := range findings {
		if what := finding.Facts["what"]; s.meaning && strings.HasPrefix(what, "/") && !strings.HasPrefix(what, "/@context") {
			finding.Facts["what"] = s.meant.Place(s.meant.First(), what)
		}
	}
	if read.Format == credential.StatusList && !s.list {
		if !credential.IsList(s.envelope) {
			return report.Findings{report.NewFinding(report.CredentialMemberMalformed, "a list and something else", "what", read.Root+"/type")}
		}
		return report.Findings{report.NewFinding(report.CredentialStatusList, "", "type", read.ListType)}
	}
	if s.inner = s.carried(); len(s.inner) < len(read.Inner) {
		findings.Add(report.CredentialListsCarried, "")
	}
	s.inner = append(s.inner, read.Endorsements...)
	return append(findings, s.belongs()...)
}

// reading is a document in words that may be taken as they stand: where its
// signature covers what it means, or where it brings meanings of its own along,
// they are looked up (T8). Proofs of which one covers the one and another the
// other must come to the same: which of them counts is not known yet, and
// anybody can add one.
func (s *subject) reading(document strictjson.Value) strictjson.Value {
	proofs, secured := document.Get("proof")
	meaning, text := proof.Signs(proofs)
	var read strictjson.Value
	if s.meaning = s.meant != nil && secured && (meaning || !text); s.meaning {
		if read = s.meaningful(document); !text {
			return read
		}
	}
	covered := proof.SignedContexts(document)
	if len(covered) == 0 {
		covered = []strictjson.Value{document.At("@context")}
	}
	for _, context := range covered {
		textual := s.textual(document, context)
		if read.Kind() == strictjson.Absent {
			read = textual
		} else if !read.Is(textual) && !read.Equal(textual) {
			s.unclear = true
		}
	}
	return read
}

// textual is what is read of a document whose text is signed, with the contexts
// that are covered: those that somebody has put behind them must not take a
// word's meaning away.
func (s *subject) textual(document, context strictjson.Value) strictjson.Value {
	content := document.Without("proof")
	if context.Kind() != strictjson.Absent && !context.Is(document.At("@context")) {
		content = content.With("@context", context)
	}
	own := linked.Own(content, contexts.Known, s.verifier.added)
	if !own.Any() {
		return document
	}
	expanded, err := s.verifier.library.Expand(content, jsonld.Options{Trace: true, Spent: &s.work})
	if err != nil {
		return document // without meaning; what that is worth, the proof says
	}
	content = linked.Restated(content, expanded, own).With("@context", document.At("@context"))
	if proofs, secured := document.Get("proof"); secured {
		content = content.With("proof", proofs)
	}
	return content
}

// meaningful is what is read of a document whose meaning is signed. What cannot
// be read, the proof says.
func (s *subject) meaningful(document strictjson.Value) strictjson.Value {
	read, err := s.meant.Read(s.meant.First())
	if err != nil || read.Is(s.meant.Value) {
		return document
	}
	return read.With("proof", document.At("proof"))
}

// otherwise says whether what has been read is something else than what the
// proof covers on which the verdict rests, or another one that says as much:
// the text where the meaning was read, or another version of a context.
func (s *subject) otherwise() bool {
	best := &s.attempts[s.best]
	if !s.meaning || !best.signature.Outcome().Lets() {
		return s.unclear
	}
	for i := range s.attempts {
		if a := &s.attempts[i]; a.rank() == best.rank() && a.proof.SignsMeaning() {
			return !s.meant.Same(s.meant.First(), a.proof.Reading())
		}
	}
	return s.unclear
}

// beginProofs reads the proofs, looks for the keys that their references lead
// to, and starts to try the first key of each.
func (s *subject) beginProofs(ctx context.Context) report.Findings {
	proofs, findings := s.early.proofs, s.early.findings
	if content := s.content(); !s.early.read || content != proof.ACredential {
		proofs, findings = proof.Read(s.envelope, content, s.meant)
		s.early.wait = nil
	}
	if s.badge != nil {
		if s.hosted() {
			return s.answered()
		}
		findings = s.refer(proofs, findings)
	}
	s.proofs = proofs
	s.signs = !findings.Has(report.ProofNone)
	if !s.signs && s.within != nil && !s.within.credential.Presentation() {
		findings = report.Findings{report.NewFinding(report.ProofNonePart, "")}
	}
	for i := range proofs {
		// The lists of an issuer whose keys stand in its metadata are signed
		// by keys that stand there.
		proofs[i].Reference.Metadata = proofs[i].Reference.Metadata || s.list && s.referrer.Metadata
		proofs[i].Reference.Addressed = proofs[i].Reference.Metadata || !s.sealed() && !proofs[i].Seal
	}
	if !findings.Outcome().Lets() {
		return findings
	}
	finder := key.Finder{Session: s.session, Given: s.verifier.given, At: s.at}
	s.attempts = make([]attempt, 0, len(s.proofs))
	for i := range s.proofs {
		a := attempt{proof: &s.proofs[i]}
		switch {
		case a.proof.Anchored:
			a.found.Add(report.KeyOnChain, "")
		case a.proof.Supported():
			s.find(ctx, &a, &finder, s.keyholder())
			if len(a.keys) > 0 {
				a.under = s.start(&a, 0)
			}
		default:
			a.found.Add(report.InternalSkipped, "")
		}
		s.attempts = append(s.attempts, a)
	}
	return findings
}

// readProofs tries the proofs with their keys and chooses the one on which the
// verdict rests: one whose signature holds and that is bound to the issuer, if
// there is one. Key, signature and issuer then report on that proof; what the
// others of a set mean is told here, where the set is.
func (s *subject) readProofs(context.Context) report.Findings {
	if !s.begun.Outcome().Lets() {
		return s.begun
	}
	if s.badge != nil && s.hosted() {
		return s.begun
	}
	for i := range s.attempts {
		a := &s.attempts[i]
		s.try(a)
		// It may be the unpacking that has changed the file.
		if s.envelope.Packed && a.signature.Outcome() == report.Fail {
			a.signature = nil
			a.signature.Add(report.SignatureUnpackedUnsure, "", "suite", string(a.proof.Suite))
		}
		if a.proof.Anchored {
			// Who has written into a register would say who the issuer is; what
			// the proof says of a key binds nobody.
			a.issuer.Add(report.IssuerOnChain, "")
			continue
		}
		a.issuer = s.bind(s.named(), a.proof.Reference, a.key)
	}
	for i := range s.attempts {
		if s.attempts[i].rank() > s.attempts[s.best].rank() {
			s.best = i
		}
	}
	findings := append(s.begun, s.others()...)
	if s.otherwise() {
		findings.Add(report.ContextFormUnusual, "the signature covers another reading", "what", "@context")
	}
	return findings
}

// content is what is signed.
func (s *subject) content() proof.Content {
	switch {
	case s.credential != nil && s.credential.Presentation():
		return proof.APresentation
	case s.credential != nil && s.credential.ListType == credential.TokenStatusList:
		return proof.AStatusListToken
	default:
		return proof.ACredential
	}
}

func (s *subject) findKeys(context.Context) report.Findings {
	return s.attempts[s.best].found
}

// bind asks package issuer, or, for a presentation that names no holder, says
// that there is nobody to bind the signature to.
func (s *subject) bind(named credential.Issuer, ref proof.Reference, k *key.Key) report.Findings {
	if s.credential != nil && s.credential.Presentation() && named.ID == "" && len(named.Names) == 0 {
		return report.Findings{report.NewFinding(report.IssuerNoHolderNamed, "")}
	}
	if s.badge != nil && len(s.badge.Issuer) > 0 {
		return s.badge.Issuer
	}
	return issuer.Check(named, ref, k, s.sealed())
}

// find looks for the keys. Documents that are large, or asked for by every
// proof of a large file, count as work.
func (s *subject) find(ctx context.Context, a *attempt, finder *key.Finder, issuerID string) {
	if s.work > limits.Work {
		a.found.Add(report.InternalTooMuchWork, "more keys than one file may ask for")
		return
	}
	before := s.session.Handed()
	a.keys, a.found = finder.Find(ctx, a.proof.Reference, issuerID)
	s.work += 1 + (s.session.Handed()-before)>>13
}

// start starts to try one of the keys, or gives nil where that is too much.
func (s *subject) start(a *attempt, number int) proof.Wait {
	public := a.keys[number].Public
	if s.work += a.proof.Work(public); s.work > limits.Work {
		return nil
	}
	if wait := s.early.wait; wait != nil && a.proof == &s.proofs[0] && publickey.Equal(public, s.early.public) {
		s.early.wait = nil
		return wait
	}
	return proof.Start(a.proof, public, s.verifier.config.Signatures)
}

// try tries the keys in their order; the first with which the signature
// holds counts.
func (s *subject) try(a *attempt) {
	if a.proof.Anchored {
		a.signature.AddError(proof.Verify(a.proof, nil, nil))
		return
	}
	for i := range a.keys {
		candidate, wait := &a.keys[i], a.under
		if i > 0 {
			wait = s.start(a, i)
		}
		if wait == nil {
			// What has been found out by then is not the whole.
			a.signature = nil
			a.signature.Add(report.InternalTooMuchWork, "more signatures than one file may ask to be checked")
			return
		}
		err := wait()
		if err == nil {
			a.key = candidate
			a.signature = nil
			a.signature.Add(report.SignatureVerified, "", "suite", string(a.proof.Suite))
			a.signature = append(a.signature, a.proof.Remarks()...)
			return
		}
		if a.key == nil {
			a.key = candidate
			if report.CodeOf(err) == report.KeyAlgorithmMismatch {
				// Looked up under the right name, and of another kind: it
				// cannot be the key that signed.
				err = report.NewProblem(report.SignatureMismatch, err.Error(), "suite", string(a.proof.Suite))
			}
			a.signature.AddError(err)
		}
	}
	// The mathematics failed with every key. Where the key is part of the
	// file or the identifier, only the file can have changed; where it was
	// looked up or given, the key may have been replaced as well.
	if a.key != nil && a.key.Inseparable && a.signature.Has(report.SignatureMismatch) {
		a.signature = nil
		a.signature.Add(report.SignatureAltered, "", "suite", string(a.proof.Suite))
	}
}

// rank orders proofs by how much they say about the issuer's word. One that is
// certainly somebody else's comes last, however well it holds: what a witness
// has signed does not make the issuer's own proof, which cannot be checked
// just now, a forged one.
func (a *attempt) rank() int {
	held, foreign := a.signature.Outcome().Lets(), a.issuer.Outcome() == report.Fail
	switch {
	case held && a.issuer.Outcome() == report.Pass:
		return 7
	case held && a.issuer.Outcome().Lets():
		return 6
	case a.signature.Outcome() == report.Fail && !foreign:
		return 5
	case held && !foreign:
		return 4
	case !foreign:
		return 3
	case held:
		return 2
	case a.signature.Outcome() == report.Fail:
		return 1
	default:
		return 0
	}
}

// others says what the remaining proofs of a set mean for the whole
// (VC-DATA-INTEGRITY 2.1.1, T37): every one that can be checked must hold.
func (s *subject) others() report.Findings {
	var findings report.Findings
	best := &s.attempts[s.best]
	if !best.proof.Supported() {
		// The others are somebody else's: the one that counts is of a suite
		// that is not known here.
		findings.Add(report.ProofSetMemberUnchecked, "", "suite", string(best.proof.Suite), "key", best.proof.Reference.KeyID)
		return findings
	}
	held := best.signature.Outcome().Lets()
	for i := range s.attempts {
		a := &s.attempts[i]
		if i == s.best {
			continue
		}
		if !a.proof.Supported() {
			// An unknown suite was named by proof.Read. A proof that builds on
			// it says nothing without it (VC-DATA-INTEGRITY 2.1.2).
			if slices.Contains(best.proof.After, i) {
				findings.Add(report.ProofSetMemberUnchecked, "", "suite", string(a.proof.Suite), "key", a.proof.Reference.KeyID)
			}
			continue
		}
		switch outcome := a.signature.Outcome(); {
		case outcome.Lets() && held && a.key != nil && a.key.Source == key.Certificate && len(a.key.Chain) > 0:
			findings.Add(report.ProofSealAlso, "", "signer", issuer.Subject(a.key.Chain[0]).Name)
		case outcome.Lets() || !held:
		case outcome == report.Unknown && a.proof.Anchored:
			facts := a.signature[0].Facts
			findings.Add(report.ProofSetMemberUnchecked, "", "suite", string(a.proof.Suite), "chain", facts["chain"], "transaction", facts["transaction"], "address", facts["address"])
		// The issuer's own proof shows that nothing was changed. Where the
		// other one's key was looked up, it may have been replaced since.
		case outcome == report.Fail && (a.key == nil || a.key.Inseparable || !a.signature.Has(report.SignatureMismatch)):
			findings.Add(report.ProofSetMemberFailed, "", "suite", string(a.proof.Suite), "key", a.proof.Reference.KeyID)
		default:
			findings.Add(report.ProofSetMemberUnchecked, "", "key", a.proof.Reference.KeyID)
		}
	}
	return findings
}

func (s *subject) verifyProofs(context.Context) report.Findings {
	return s.attempts[s.best].signature
}

func (s *subject) bindIssuer(context.Context) report.Findings {
	return s.attempts[s.best].issuer
}

// named is who the signature must belong to: the issuer of a credential, the
// holder of a presentation.
func (s *subject) named() credential.Issuer {
	if s.credential == nil {
		return credential.Issuer{}
	}
	if s.credential.ListType == credential.TokenStatusList && s.credential.Issuer.ID == "" {
		// A token need not name its issuer: it is whoever the key belongs to
		// that it refers to.
		for i := range s.proofs {
			if did, _, _ := strings.Cut(s.proofs[i].Reference.KeyID, "#"); strings.HasPrefix(did, "did:") {
				return credential.Issuer{ID: did}
			}
		}
		return s.referrer
	}
	if s.credential.Presentation() && s.credential.Format != credential.EuropassPack {
		named := credential.Issuer{ID: s.credential.Holder, ClaimedID: s.credential.Issuer.ClaimedID}
		if named.ID == "" {
			named.ID = s.credential.Issuer.ID
		}
		return named
	}
	return s.credential.Issuer
}

// sealed says that the credential names its issuer by certificate.
func (s *subject) sealed() bool {
	return s.credential != nil && s.credential.European()
}

func (s *subject) checkValidity(context.Context) report.Findings {
	a := &s.attempts[s.best]
	return validity.Check(s.credential, a.proof, a.key, s.at)
}

func (s *subject) checkStatus(ctx context.Context) report.Findings {
	a := &s.attempts[s.best]
	id := s.credential.Issuer.ID
	evidence, findings := status.Check(ctx, status.Question{
		Credential: s.credential, Proof: a.proof, Key: a.key, At: s.at, Session: s.session,
		Open: s.open, Supplied: s.supplied, Spend: s.spend, Plain: s.plain,
		Authorities: s.verifier.lists.Authorities(s.at),
		Keeps:       func(signer string) bool { return s.verifier.lists.KeepsStatus(id, a.key, signer, s.at) },
		FromRight:   func() (bool, bool) { return s.verifier.lists.StatusOrder(id, a.key, s.at) },
	})
	s.evidence = evidence
	return findings
}

func (s *subject) checkTrust(context.Context) report.Findings {
	best := &s.attempts[s.best]
	// What a derived proof leaves out may stand anywhere.
	if s.credential.European() && best.proof.Selective && s.envelope.SD == nil {
		s.credential.AwarderKept = true
	}
	standing, findings := s.verifier.lists.Check(s.credential, best.key, s.at)
	s.standing = standing
	return findings
}

// checkHolder: nobody can be asked here to prove that they are the holder, and
// that is said: either nothing binds one, or what does (a presentation, a
// holder's key in `cnf`, RFC 7800) is not checked. What came with an SD-JWT, by
// which its holder has bound a selection to somebody (RFC 9901 4.3), is.
func (s *subject) checkHolder(context.Context) report.Findings {
	var findings report.Findings
	if sd := s.envelope.SD; sd != nil && sd.KeyBinding != "" {
		if s.work++; s.work > limits.Work {
			findings.Add(report.InternalTooMuchWork, "more signatures than one file may ask to be checked")
			return findings
		}
		return proof.CheckBinding(s.envelope, s.at, s.verifier.config.Signatures)
	}
	if s.credential.Badge != nil && credential.Hashed(s.credential.Document.At("recipient")) {
		findings.Add(report.HolderRecipientHashed, "")
		return findings
	}
	_, bound := s.credential.Claims.Get("cnf")
	switch {
	case s.credential.Presentation() || bound:
		findings.Add(report.HolderNotChecked, "")
	case s.within != nil && s.within.credential.Presentation() && s.within.signs:
		findings.Add(s.presented(), "")
	default:
		findings.Add(report.HolderNotBound, "")
	}
	return findings
}

func (s *subject) checkSchema(context.Context) report.Findings {
	var findings report.Findings
	c := s.credential
	if c.HasSchema {
		findings.Add(report.SchemaNotChecked, "")
	} else if b := c.Badge; b != nil && b.Extended {
		findings.Add(report.SchemaExtension, "")
	}
	// SD-JWT VC 6: the type leads to a description of what it holds, where it is
	// an address; the issuer may fix its digest.
	if c.Format == credential.SDJWTVC && len(c.Types) > 0 && fetch.Origin(c.Types[0]) != "" {
		findings.Add(report.SchemaTypeNotRead, "", "type", c.Types[0])
	}
	if c.TypeFixed {
		findings.Add(report.SchemaTypeFixed, "")
	}
	if len(findings) == 0 {
		findings.Add(report.SchemaNone, "")
	}
	return findings
}
