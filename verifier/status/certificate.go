package status

import (
	"bytes"
	"context"
	"crypto/x509"
	"errors"
	"strconv"
	"strings"
	"time"

	"github.com/sealcheck/sealcheck/verifier/fetch"
	"github.com/sealcheck/sealcheck/verifier/internal/limits"
	pki "github.com/sealcheck/sealcheck/verifier/internal/revocation"
	"github.com/sealcheck/sealcheck/verifier/report"
)

// Authorities is what the trust lists in use say of certification authorities.
type Authorities interface {
	// Vouched says whether a list vouches for the key of this certificate as
	// that of an authority. The path ends there: whether such a one was
	// withdrawn is for that list to say (RFC 5280 6.1).
	Vouched(certificate *x509.Certificate) bool
	// Named are the certificates of listed authorities with this subject
	// (Name, DER).
	Named(subject []byte) []*x509.Certificate
}

// certificate looks up whether the certificate behind a seal was withdrawn, or
// one of those that lead from it to an authority that is vouched for.
func (q Question) certificate(ctx context.Context) ([]report.Standing, report.Findings) {
	if q.Key == nil || len(q.Key.Chain) == 0 || len(q.Key.Chain) > limits.Certificates {
		return nil, nil
	}
	s := seal{Question: &q, left: limits.SealSignatures}
	s.gather()
	anything := len(s.sources) > 0
	for _, c := range q.Key.Chain {
		anything = anything || len(c.CRLDistributionPoints)+len(c.OCSPServer) > 0
	}
	if !anything {
		return nil, nil
	}
	var evidence []report.Standing
	var findings report.Findings
	var good *word
	rungs := s.climb()
	if s.spent {
		findings.Add(report.StatusCertificateUnchecked, "more signatures than are checked for one seal")
	}
	for _, r := range rungs {
		w := s.judge(ctx, r)
		if w == nil {
			continue
		}
		evidence = append(evidence, w.standing())
		if w.code != report.StatusCertificateGood {
			findings = append(findings, w.finding(r.certificate))
		} else if good == nil {
			good = w
		}
	}
	// The seal's own certificate, or the first that could be withdrawn, stands
	// for all.
	if good != nil && len(findings) == 0 {
		findings = append(findings, good.finding(q.Key.Chain[0]))
	}
	return evidence, findings
}

// seal is the work on the certificates of one seal.
type seal struct {
	*Question
	left    int  // signatures that may still be checked
	spent   bool // and there was one more
	sources []source
	broken  bool // something of what the seal carries could not be read
}

// source is one list or response that is at hand.
type source struct {
	list     *pki.List
	response *pki.Response
	from     string
	address  string // where it was read, "" for what was not
}

// gather reads what the seal carries, and what was handed in beside it. Which
// certificates each of it is about is found out later.
func (s *seal) gather() {
	if s.Proof != nil {
		carried := &s.Proof.Revocation
		s.broken = carried.Malformed
		for _, der := range carried.CRLs {
			s.broken = !s.read(der, fromFile, true, false) || s.broken
		}
		for _, der := range carried.OCSPs {
			s.broken = !s.read(der, fromFile, false, true) || s.broken
		}
	}
	for _, supplied := range s.Supplied {
		// The others among them are lists of credentials.
		if data := supplied.Data; len(data) > 0 && data[0] == 0x30 || bytes.HasPrefix(data, []byte("-----BEGIN X509 CRL")) {
			from := fromSupplied
			if supplied.InFile {
				from = fromFile
			}
			s.read(data, from, true, true)
		}
	}
}

// read reads a list or a response and says whether it is one.
func (s *seal) read(data []byte, from string, list, response bool) bool {
	if list {
		if l, err := pki.ParseList(data); err == nil {
			s.sources = append(s.sources, source{list: l, from: from})
			return true
		}
	}
	if response {
		r, err := pki.ParseResponse(data)
		if err == nil {
			s.sources = append(s.sources, source{response: r, from: from})
		}
		return report.CodeOf(err) != report.StatusCertificateMalformed
	}
	return false
}

// rung is a certificate that the seal's leads to, and who issued it; nil where
// that one is not at hand.
type rung struct {
	certificate, issuer *x509.Certificate
}

// climb finds the certificates that are to be checked: every one of the signed
// chain that leads up from the first (as package trust climbs it), below an
// authority that is vouched for. Those that the seal carries unsigned are
// taken for the issuers that they are proven to be, but open no ways of their
// own: anybody may have put them there.
func (s *seal) climb() []rung {
	chain := s.Key.Chain
	rungs := []rung{{certificate: chain[0]}}
	for i := 0; i < len(rungs); i++ {
		child := rungs[i].certificate
	next:
		for _, parent := range chain[1:] {
			if !s.issued(child, parent) {
				continue
			}
			if rungs[i].issuer == nil {
				rungs[i].issuer = parent
			}
			for _, known := range rungs {
				if known.certificate.Equal(parent) {
					continue next
				}
			}
			// One that is vouched for, or that nobody else has issued, is the
			// end of the way.
			if s.Authorities != nil && s.Authorities.Vouched(parent) || s.rooted(parent) {
				continue
			}
			rungs = append(rungs, rung{certificate: parent})
		}
		if rungs[i].issuer == nil {
			rungs[i].issuer = s.issuer(child)
		}
	}
	return rungs
}

// check says whether one more signature may be checked.
func (s *seal) check() bool {
	ok := pki.Spend(&s.left)
	s.spent = s.spent || !ok
	return ok
}

// issued says whether the key of one certificate is proven to have signed
// another.
func (s *seal) issued(child, parent *x509.Certificate) bool {
	return bytes.Equal(child.RawIssuer, parent.RawSubject) && !child.Equal(parent) && pki.Affordable(parent.PublicKey) &&
		s.check() && child.CheckSignatureFrom(parent) == nil
}

// rooted says whether a certificate was issued by itself.
func (s *seal) rooted(c *x509.Certificate) bool {
	return bytes.Equal(c.RawIssuer, c.RawSubject) && pki.Affordable(c.PublicKey) &&
		s.check() && c.CheckSignature(c.SignatureAlgorithm, c.RawTBSCertificate, c.Signature) == nil
}

// issuer looks for who issued a certificate where the chain does not have it.
func (s *seal) issuer(child *x509.Certificate) *x509.Certificate {
	if len(child.RawIssuer) == 0 {
		return nil
	}
	if s.Authorities != nil {
		for _, parent := range s.Authorities.Named(child.RawIssuer) {
			if s.issued(child, parent) {
				return parent
			}
		}
	}
	if s.Proof == nil {
		return nil
	}
	for _, der := range s.Proof.Revocation.Certificates {
		// Reading one takes long; most are about time-stamps.
		if !bytes.Contains(der, child.RawIssuer) {
			continue
		}
		if parent, err := x509.ParseCertificate(der); err == nil && s.issued(child, parent) {
			return parent
		}
	}
	return nil
}

// word is what one source says of a certificate, and what it is worth.
type word struct {
	pki.Answer
	mechanism, address, from string
	code                     report.Code
	detail                   string
}

// The mechanisms, as the report names them.
const (
	byList     = "crl"
	byResponse = "ocsp"
)

// words are the best of each kind that was said of a certificate.
type words struct {
	revoked, held, good, old, none *word
}

// places is how many addresses of each kind one certificate may make us ask
// for; real ones have one to three.
const places = 3

// judge is what is known of one certificate, nil where there is nothing to
// know: nobody publishes anything about it, and nothing is at hand.
func (s *seal) judge(ctx context.Context, r rung) *word {
	c := r.certificate
	lists, servers := onTheWeb(c.CRLDistributionPoints), onTheWeb(c.OCSPServer)
	published := len(c.CRLDistributionPoints)+len(c.OCSPServer) > 0
	if r.issuer == nil {
		if !published {
			return nil
		}
		return s.nothing(c, "the certificate of its issuer is not at hand")
	}
	subject := pki.Subject{Certificate: c, Issuer: r.issuer, Left: &s.left}
	if s.Proof != nil {
		subject.Others = s.Proof.Revocation.Certificates
	}
	var all words
	for i := range s.sources {
		s.consider(ctx, &all, &s.sources[i], subject)
	}
	if published && s.broken {
		all.failed(s.unread(c))
	}
	if !all.settled(s.At) {
		s.ask(ctx, &all, subject, lists, servers)
	}
	best := all.best()
	if best == nil && published {
		best = s.nothing(c, "")
	}
	return best
}

// nothing is the word where nothing could be found out.
func (s *seal) nothing(c *x509.Certificate, why string) *word {
	mechanism := byList
	if len(c.OCSPServer) > 0 {
		mechanism = byResponse
	}
	w := s.word(c, mechanism)
	w.code, w.detail = report.StatusCertificateUnchecked, why
	return w
}

// unread is the word for what could not be read at all.
func (s *seal) unread(c *x509.Certificate) *word {
	w := s.word(c, byList)
	w.from, w.code = fromFile, report.StatusCertificateMalformed
	return w
}

// word begins a word about a certificate.
func (s *seal) word(c *x509.Certificate, mechanism string) *word {
	w := &word{mechanism: mechanism}
	places := c.CRLDistributionPoints
	if mechanism == byResponse {
		places = c.OCSPServer
	}
	if len(places) > 0 {
		w.address = places[0]
	}
	return w
}

// consider takes one source into account.
func (s *seal) consider(ctx context.Context, all *words, from *source, subject pki.Subject) {
	w := s.word(subject.Certificate, byList)
	if from.response != nil {
		w = s.word(subject.Certificate, byResponse)
	}
	w.from = from.from
	if from.address != "" {
		w.address = from.address
	}
	var err error
	if from.list != nil {
		w.Answer, err = from.list.About(subject)
	} else {
		w.Answer, err = from.response.About(subject)
	}
	if errors.Is(err, pki.ErrOther) {
		if from.address != "" {
			w.code, w.detail = report.StatusCertificateUnchecked, "about other certificates"
			all.failed(w)
		}
		return
	}
	if err != nil {
		finding := report.FindingOf(err)
		w.code, w.detail = finding.Code, finding.Detail
		all.failed(w)
		return
	}
	s.weigh(ctx, all, w, subject)
}

// weigh says what a proven word is worth.
func (s *seal) weigh(ctx context.Context, all *words, w *word, subject pki.Subject) {
	fresh := s.fresh(w)
	if w.Responder != nil && (w.State != pki.Good || fresh) {
		// RFC 6960 4.2.2.2.1: the responder's own certificate can be withdrawn.
		// That is looked up in lists only, so that it comes to an end.
		of := pki.Subject{Certificate: w.Responder, Issuer: subject.Issuer, Left: subject.Left}
		switch code := s.responder(ctx, of); {
		case code == report.StatusCertificateRevoked || code == report.StatusCertificateOnHold:
			w.code, w.detail = report.StatusCertificateUntrusted, "the responder's certificate was withdrawn"
			all.failed(w)
			return
		case code != report.StatusCertificateGood && w.State == pki.Good:
			w.code, w.detail = report.StatusCertificateUnchecked, "whether the responder's certificate was withdrawn is not known"
			all.failed(w)
			return
		}
	}
	switch {
	case w.State == pki.Revoked:
		// It is not taken back, neither by growing old nor by having been made
		// after the instant judged at: that the seal is older than the
		// withdrawal, only a time-stamp could prove.
		w.code = report.StatusCertificateRevoked
		later(&all.revoked, w)
	case w.State == pki.OnHold:
		w.code = report.StatusCertificateOnHold
		later(&all.held, w)
	case w.Early(s.At):
		w.code, w.detail = report.StatusCertificateUnchecked, "made after the instant judged at"
		all.failed(w)
	case fresh:
		w.code = report.StatusCertificateGood
		later(&all.good, w)
	default:
		w.code = report.StatusCertificateOld
		later(&all.old, w)
	}
}

// responder is what is known of a responder's certificate from lists.
func (s *seal) responder(ctx context.Context, of pki.Subject) report.Code {
	var all words
	for i := range s.sources {
		if s.sources[i].list != nil {
			s.consider(ctx, &all, &s.sources[i], of)
		}
	}
	if !all.settled(s.At) {
		s.ask(ctx, &all, of, onTheWeb(of.Certificate.CRLDistributionPoints), nil)
	}
	if best := all.best(); best != nil {
		return best.code
	}
	return report.StatusCertificateUnchecked
}

// later keeps the word of the later date.
func later(place **word, w *word) {
	if *place == nil || w.Issued.After((*place).Issued) {
		*place = w
	}
}

// failed keeps, of the words that count for nothing, the one that says most.
func (all *words) failed(w *word) {
	if all.none == nil || weight(w) > weight(all.none) {
		all.none = w
	}
}

func weight(w *word) int {
	switch {
	case w.code == report.StatusCertificateUntrusted:
		return 4
	case w.code == report.StatusCertificateMalformed:
		return 3
	case !w.Issued.IsZero():
		return 2
	case w.detail != "":
		return 1
	}
	return 0
}

// fresh says whether a word still holds. What did not come from its own address
// may have been chosen by who hands it in: one that is to hold for long is not
// taken at its word (limits.ListTerm).
func (s *seal) fresh(w *word) bool {
	answer := w.Answer
	if w.from != fromNetwork && answer.Until.Sub(answer.Issued) > limits.ListTerm*time.Second {
		answer.Until = time.Time{}
	}
	return answer.Fresh(s.At)
}

// settled says whether nothing that could still be asked would change what is
// known.
func (all *words) settled(at time.Time) bool {
	return all.revoked != nil || all.good != nil && !all.onHold() || all.held != nil && all.held.Fresh(at)
}

// onHold says whether the last word is that it is on hold, which can be lifted
// again (RFC 5280 5.3.1).
func (all *words) onHold() bool {
	if all.held == nil {
		return false
	}
	for _, other := range [...]*word{all.good, all.old} {
		if other != nil && other.Issued.After(all.held.Issued) {
			return false
		}
	}
	return true
}

// best is the word that counts, or nil.
func (all *words) best() *word {
	switch {
	case all.revoked != nil:
		return all.revoked
	case all.onHold():
		return all.held
	case all.good != nil && (all.held == nil || all.good.Issued.After(all.held.Issued)):
		return all.good
	case all.old != nil:
		return all.old
	default:
		return all.none
	}
}

// onTheWeb are the first of the addresses that a getter could be asked for.
func onTheWeb(addresses []string) []string {
	var list []string
	for _, address := range addresses {
		if strings.HasPrefix(address, "http") && len(list) < places {
			list = append(list, address)
		}
	}
	return list
}

// ask reads what is published: lists first, of which nobody learns which
// certificate is meant, then answers of responders, until something is known.
// Most such places have no https address and are not asked (T4).
func (s *seal) ask(ctx context.Context, all *words, subject pki.Subject, lists, servers []string) {
	for _, address := range lists {
		if all.settled(s.At) {
			return
		}
		s.get(ctx, all, subject, byList, address, address)
	}
	for _, server := range servers {
		if all.settled(s.At) {
			return
		}
		if address := pki.Request(server, subject); strings.HasPrefix(address, "https:") {
			s.get(ctx, all, subject, byResponse, address, server)
		}
	}
}

func (s *seal) get(ctx context.Context, all *words, subject pki.Subject, mechanism, address, server string) {
	if s.Session == nil {
		return
	}
	w := &word{mechanism: mechanism, address: address, code: report.StatusCertificateUnchecked}
	request := fetch.Request{Address: address, Kind: fetch.Revocation, Reason: s.reason(subject.Certificate)}
	if s.Credential != nil {
		// What is asked of a responder is the number of the certificate, which
		// many records share; only the place is the certificate's own word.
		request.Identifies = identifies(server, "", s.Credential)
	}
	response, err := s.Session.Get(ctx, request)
	from := source{from: fromNetwork, address: address}
	if response.FromMemory {
		from.from = fromMemory
	}
	switch {
	case err != nil:
		w.detail = err.Error()
	case response.Status < 200 || response.Status > 299:
		w.detail = "HTTP " + strconv.Itoa(response.Status)
	case len(response.Body) > fetch.Revocation.MaxBody():
		w.detail = "too large"
	case mechanism == byList:
		from.list, err = pki.ParseList(response.Body)
	default:
		from.response, err = pki.ParseResponse(response.Body)
	}
	if err != nil && w.detail == "" {
		finding := report.FindingOf(err)
		w.code, w.detail, w.from = finding.Code, finding.Detail, from.from
	}
	if w.detail != "" {
		all.failed(w)
		return
	}
	s.consider(ctx, all, &from, subject)
}

// reason is on whose behalf it is asked.
func (s *seal) reason(c *x509.Certificate) string {
	if s.Credential != nil && s.Credential.Issuer.ID != "" {
		return s.Credential.Issuer.ID
	}
	return subjectName(c)
}

func subjectName(c *x509.Certificate) string {
	if names := c.Subject.Organization; len(names) > 0 {
		return names[0]
	}
	return c.Subject.CommonName
}

func (w *word) standing() report.Standing {
	s := report.Standing{Mechanism: w.mechanism, Purpose: revocation, Address: w.address, From: w.from, Code: w.code}
	if !w.Issued.IsZero() {
		issued := w.Issued
		s.Issued = &issued
	}
	if !w.Until.IsZero() {
		until := w.Until
		s.Until = &until
	}
	return s
}

// finding says it in words: since when it is withdrawn, or else of when the
// word is.
func (w *word) finding(c *x509.Certificate) report.Finding {
	date := w.Since
	if date.IsZero() {
		date = w.Issued
	}
	text := ""
	if !date.IsZero() {
		text = stamp(&date)
	}
	return report.NewFinding(w.code, w.detail, "address", w.address, "host", fetch.Host(w.address), "date", text,
		"reason", w.Reason, "signer", subjectName(c), "type", w.mechanism)
}
