package verifier

import (
	"context"
	"slices"
	"time"

	"github.com/sealcheck/sealcheck/verifier/credential"
	"github.com/sealcheck/sealcheck/verifier/describe"
	"github.com/sealcheck/sealcheck/verifier/envelope"
	"github.com/sealcheck/sealcheck/verifier/fetch"
	"github.com/sealcheck/sealcheck/verifier/internal/contexts"
	"github.com/sealcheck/sealcheck/verifier/internal/jsonld"
	"github.com/sealcheck/sealcheck/verifier/internal/limits"
	"github.com/sealcheck/sealcheck/verifier/internal/linked"
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
}

// subject is one envelope on its way through the steps, with what each step
// leaves for later ones.
type subject struct {
	*run
	envelope   envelope.Envelope
	meant      *linked.Document // the JSON document without its proof; nil for any other
	tangled    bool             // its nodes hold each other too often to be read
	findings   report.Findings  // of opening the envelope
	credential *credential.Credential
	proofs     []proof.Proof
	attempts   []attempt
	best       int // index into attempts of the proof on which the verdict rests
	standing   trust.Standing
}

// attempt is what became of one proof.
type attempt struct {
	proof     *proof.Proof
	keys      []key.Key
	key       *key.Key // the one that verified, or else the first
	found     report.Findings
	signature report.Findings
	issuer    report.Findings
}

// file opens a file and verifies what is in it: the outer envelope first,
// then the credentials that a presentation holds.
func (r *run) file(ctx context.Context, data []byte) []report.Credential {
	outer := &subject{run: r}
	outer.findings = guarded(func() report.Findings {
		opened, findings := envelope.Open(data)
		outer.envelope = opened
		return findings
	})
	return r.verify(ctx, outer)
}

func (r *run) verify(ctx context.Context, s *subject) []report.Credential {
	r.count++
	all := []report.Credential{s.judge(ctx)}
	if s.credential == nil || !s.credential.Presentation() {
		return all
	}
	for _, inner := range s.credential.Inner {
		if r.count >= limits.Credentials {
			refused := &subject{run: r, envelope: envelope.Envelope{Path: inner.Path}}
			refused.findings.Add(report.EnvelopeTooManyCredentials, "")
			return append(all, refused.judge(ctx))
		}
		next := &subject{run: r, envelope: envelope.Envelope{Path: inner.Path}}
		next.findings = guarded(func() report.Findings {
			opened, findings := s.envelope.Inner(inner.Value, inner.Path)
			next.envelope = opened
			next.envelope.Path = inner.Path
			return findings
		})
		all = append(all, r.verify(ctx, next)...)
	}
	return all
}

// judge runs the steps and sums them up.
func (s *subject) judge(ctx context.Context) report.Credential {
	checks := make([]report.Check, 0, len(steps))
	passed := map[report.CheckName]bool{}
	for _, step := range steps {
		ready := true
		for _, name := range step.after {
			ready = ready && passed[name]
		}
		findings := report.Findings{report.NewFinding(report.InternalSkipped, "")}
		if ready {
			findings = guarded(func() report.Findings { return step.run(s, ctx) })
		}
		check := report.NewCheck(step.name, findings)
		passed[step.name] = check.Outcome.Lets()
		checks = append(checks, check)
	}
	verdict, headline := report.SumUp(checks, s.verifier.config.Policy.Demands)
	judged := report.Credential{
		Path: s.envelope.Path, Format: "unknown", Securing: s.securing(),
		Verdict: verdict, Headline: headline, Checks: checks,
	}
	if s.credential != nil {
		judged.Format = string(s.credential.Format)
		guarded(func() report.Findings {
			judged.Description = describe.Describe(s.credential)
			if k := s.key(); s.sealed() && k != nil && k.Source == key.Certificate {
				// A seal proves names and numbers, no address: one that the
				// file states of its issuer is not shown beside them.
				judged.Description.IssuerID = ""
			}
			return nil
		})
	}
	judged.Saying = s.say(headline, checks)
	return judged
}

func (s *subject) securing() string {
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

func (s *subject) readCredential(context.Context) report.Findings {
	read, findings := credential.Read(s.envelope, s.verifier.knows, s.reading)
	s.credential = read
	return findings
}

// reading is a document in words that may be taken as they stand: where its
// signature covers what it means, or where it brings meanings of its own along,
// they are looked up (T8).
func (s *subject) reading(document strictjson.Value) strictjson.Value {
	proofs, secured := document.Get("proof")
	content := document.Without("proof")
	if s.meant != nil && proof.SignsMeaning(proofs) {
		return s.meaning(proofs)
	}
	// A suite that signs text covers the contexts that its proof names. Those
	// that somebody has put behind them must not take a word's meaning away.
	if context, ok := proof.SignedContext(proofs); ok {
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
	read, _ := linked.Reading(content, expanded, own, false)
	content = read.With("@context", document.At("@context"))
	if secured {
		content = content.With("proof", proofs)
	}
	return content
}

// meaning is what is read of a document whose meaning is signed.
func (s *subject) meaning(proofs strictjson.Value) strictjson.Value {
	content := s.meant.Value
	expanded, err := s.meant.Expanded(0)
	for variant := 1; err != nil && variant < s.meant.Readings(); variant++ {
		expanded, err = s.meant.Expanded(variant)
	}
	if err == nil {
		own := linked.Own(content, contexts.Known, s.verifier.added)
		read, ok := linked.Reading(content, expanded, own, true)
		if s.tangled = !ok; ok {
			content = read
		}
	}
	return content.With("proof", proofs)
}

// readProofs reads the proofs, tries each with the keys that its reference
// leads to, and chooses the one on which the verdict rests: one whose
// signature holds and that is bound to the issuer, if there is one. Key,
// signature and issuer then report on that proof; what the others of a set
// mean is told here, where the set is.
func (s *subject) readProofs(ctx context.Context) report.Findings {
	proofs, findings := proof.Read(s.envelope, s.credential != nil && s.credential.Presentation(), s.meant)
	s.proofs = proofs
	if s.tangled {
		// What it says cannot be told; nobody may be shown a part of it.
		findings.Add(report.ContextGraphTooLarge, "")
	}
	if !findings.Outcome().Lets() {
		return findings
	}
	named := s.named()
	finder := key.Finder{Session: s.session, Given: s.verifier.given, At: s.at}
	s.attempts = make([]attempt, 0, len(s.proofs))
	for i := range s.proofs {
		a := attempt{proof: &s.proofs[i]}
		if a.proof.Supported() {
			s.find(ctx, &a, &finder, named.ID)
			s.try(&a)
		} else {
			a.found.Add(report.InternalSkipped, "")
		}
		a.issuer = s.bind(named, a.proof.Reference, a.key)
		s.attempts = append(s.attempts, a)
	}
	for i := range s.attempts {
		if s.attempts[i].rank() > s.attempts[s.best].rank() {
			s.best = i
		}
	}
	return append(findings, s.others()...)
}

func (s *subject) findKeys(context.Context) report.Findings {
	return s.attempts[s.best].found
}

// bind asks package issuer, or, for a presentation that names no holder, says
// that there is nobody to bind the signature to.
func (s *subject) bind(named credential.Issuer, ref proof.Reference, k *key.Key) report.Findings {
	if s.credential != nil && s.credential.Presentation() && named.ID == "" {
		return report.Findings{report.NewFinding(report.IssuerNoHolderNamed, "")}
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

// try tries the keys in their order; the first with which the signature
// holds counts.
func (s *subject) try(a *attempt) {
	for i := range a.keys {
		candidate := &a.keys[i]
		if s.work += a.proof.Work(candidate.Public); s.work > limits.Work {
			// What has been found out by then is not the whole.
			a.signature = nil
			a.signature.Add(report.InternalTooMuchWork, "more signatures than one file may ask to be checked")
			return
		}
		err := proof.Verify(a.proof, candidate.Public, s.verifier.config.Signatures)
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
		case outcome.Lets() || !held:
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
	if s.credential.Presentation() {
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
	return s.credential != nil && s.credential.Format == credential.EDC
}

func (s *subject) checkValidity(context.Context) report.Findings {
	a := &s.attempts[s.best]
	return validity.Check(s.credential, a.proof, a.key, s.at)
}

func (s *subject) checkStatus(context.Context) report.Findings {
	return status.Check(s.credential, s.attempts[s.best].proof, s.attempts[s.best].key)
}

func (s *subject) checkTrust(context.Context) report.Findings {
	standing, findings := s.verifier.lists.Check(s.credential, s.attempts[s.best].key, s.at)
	s.standing = standing
	return findings
}

// checkHolder: no holder is asked to prove anything yet, and that is said:
// either nothing binds one, or what does (a presentation, a holder's key in
// `cnf`, RFC 7800) is not checked.
func (s *subject) checkHolder(context.Context) report.Findings {
	var findings report.Findings
	_, bound := s.credential.Claims.Get("cnf")
	if s.credential.Presentation() || bound {
		findings.Add(report.HolderNotChecked, "")
	} else {
		findings.Add(report.HolderNotBound, "")
	}
	return findings
}

func (s *subject) checkSchema(context.Context) report.Findings {
	var findings report.Findings
	if s.credential.HasSchema {
		findings.Add(report.SchemaNotChecked, "")
	} else {
		findings.Add(report.SchemaNone, "")
	}
	return findings
}
