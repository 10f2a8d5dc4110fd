package trust

import (
	"strings"
	"time"

	"github.com/sealcheck/sealcheck/verifier/credential"
	"github.com/sealcheck/sealcheck/verifier/fetch"
	"github.com/sealcheck/sealcheck/verifier/internal/limits"
	"github.com/sealcheck/sealcheck/verifier/issuer"
	"github.com/sealcheck/sealcheck/verifier/key"
	"github.com/sealcheck/sealcheck/verifier/report"
)

// Standing is what the lists say of the signer, for the headline's sentence.
type Standing struct {
	Name    string // the proven name, "" where nobody vouches
	List    string // the list that the outcome rests on
	Issuing bool   // that list also says that it may award this
	Awarder string // the body that the file names as awarding, where unproven
	Since   string // date of a withdrawal, RFC 3339
}

// proven collects what the lists have proven about the signer.
type proven struct {
	names       []string
	identifiers []string
}

// Check asks all lists about the signer of a credential: k is the key that
// verified, bound to the issuer before. A list entry by DID or domain counts
// only for a key that the DID or address itself lists, one by certificate
// only for that certificate.
func (l *Lists) Check(c *credential.Credential, k *key.Key, at time.Time) (Standing, report.Findings) {
	var findings report.Findings
	if len(l.lists)+len(l.broken) == 0 {
		findings.Add(report.TrustNotConfigured, "")
		return Standing{}, findings
	}
	for i, broken := range l.broken {
		// A list that could not be read might have withdrawn the issuer.
		findings.Add(broken.Problem, l.detail[i], "list", broken.Name)
	}
	s := search{c: c, k: k, at: at, named: identify(c.Issuer.ID)}
	for _, list := range l.lists {
		s.list(list)
	}
	return s.conclude(findings)
}

// search goes through the lists once and keeps the best and the worst said.
type search struct {
	c  *credential.Credential
	k  *key.Key
	at time.Time
	// named is whom the credential names, ready to be compared.
	named identifier

	withdrawn, scope, listed, test, notInForce, staleNaming *said
	stale, pathBroken                                       *said
	issuing                                                 *said
	proven                                                  proven
	climbed                                                 path // see path
}

// said is one list's word on the signer.
type said struct {
	list  *List
	entry *entry
	name  string
	since time.Time
	why   string
}

func (s *search) list(list *List) {
	stale := !list.Expires.IsZero() && s.at.After(list.Expires.Add(limits.ClockTolerance*time.Second))
	early := list.Issued.After(s.at.Add(limits.ClockTolerance * time.Second))
	if stale || early {
		keep(&s.stale, &said{list: list, since: list.Expires})
	}

	// A certificate under a listed authority identifies its subject.
	organisation, anchored := "", false
	if s.k.Source == key.Certificate && len(s.k.Chain) > 0 {
		subject := issuer.Subject(s.k.Chain[0])
		organisation = subject.Identifier
		if list.anchors(s.path(), s.at) {
			anchored = true
			if subject.Name != "" {
				s.vouch(list, nil, &said{list: list, name: subject.Name}, stale || early,
					proven{[]string{subject.Name, subject.CommonName}, nonEmpty(subject.Identifier)})
			}
		}
	}

	for i := range list.entries {
		e := &list.entries[i]
		byCertificate := e.certificate(s.k)
		byOrganisation := organisation != "" && e.organisation(organisation)
		if word := s.withdrawal(list, e, byCertificate || byOrganisation); word != nil {
			keep(&s.withdrawn, word)
			continue
		}
		if byOrganisation && !anchored && !byCertificate {
			keep(&s.pathBroken, &said{list: list, entry: e, name: e.names[0]})
			continue
		}
		if !byCertificate && !byOrganisation && !e.address(s.named, s.k) {
			continue
		}
		word := &said{list: list, entry: e, name: e.names[0]}
		switch {
		case !e.identity:
			// Listed only for a withdrawal that is still to come.
		case list.Test || e.test:
			keep(&s.test, word)
		case s.at.Before(e.from) && !e.from.IsZero(), !e.until.IsZero() && s.at.After(e.until):
			keep(&s.notInForce, word)
		case !e.covers(s.c.Types):
			keep(&s.scope, word)
		default:
			names := append([]string(nil), e.names...)
			identifiers := append([]string(nil), e.organisations...)
			s.vouch(list, e, word, stale || early, proven{names, identifiers})
		}
	}
}

// withdrawal is a list's word that it has withdrawn the issuer, or nil. It is
// believed of a stale list too: it is not taken back by growing old. And it
// asks for no proof: to whom the file itself gives the name or number of a
// withdrawn body, that name does no good, whoever proves it or not. So an
// organisation withdrawn by one list stays so under the authority of another,
// and a DID under a certificate or a key that the user gave.
func (s *search) withdrawal(list *List, e *entry, named bool) *said {
	if e.withdrawn.IsZero() || s.at.Before(e.withdrawn) || !named && !e.mentions(s.named) {
		return nil
	}
	return &said{list: list, entry: e, name: e.names[0], since: e.withdrawn, why: e.reason}
}

// path is the certificates of the file that lead up from the leaf.
func (s *search) path() path {
	if s.climbed == nil {
		s.climbed = climb(s.k.Chain)
	}
	return s.climbed
}

func (s *search) vouch(list *List, e *entry, word *said, stale bool, p proven) {
	switch {
	case list.Test:
		keep(&s.test, word)
	case stale:
		keep(&s.staleNaming, word)
	default:
		// An entry that names the issuer says more than an authority that
		// only issued its certificate.
		if s.listed == nil || s.listed.entry == nil && e != nil {
			s.listed = word
		}
		if e != nil && e.issuing {
			keep(&s.issuing, word)
		}
		s.proven.names = append(s.proven.names, p.names...)
		s.proven.identifiers = append(s.proven.identifiers, p.identifiers...)
	}
}

func (s *search) conclude(findings report.Findings) (Standing, report.Findings) {
	date := func(t time.Time) string {
		if t.IsZero() {
			return ""
		}
		return t.UTC().Format(time.RFC3339)
	}
	switch {
	case s.withdrawn != nil:
		w := s.withdrawn
		findings.Add(report.TrustWithdrawn, "", "list", w.list.Name, "name", w.name, "date", date(w.since), "reason", w.why)
		return Standing{Name: w.name, List: w.list.Name, Since: date(w.since)}, findings
	case s.listed != nil:
		return s.vouched(findings)
	case s.scope != nil:
		findings.Add(report.TrustOutOfScope, "", "list", s.scope.list.Name, "name", s.scope.name)
		return Standing{Name: s.scope.name, List: s.scope.list.Name}, findings
	case s.staleNaming != nil:
		findings.Add(report.TrustListStale, "", "list", s.staleNaming.list.Name, "date", date(s.staleNaming.list.Expires), "name", s.staleNaming.name)
		return Standing{List: s.staleNaming.list.Name}, findings
	case s.stale != nil:
		// What a newer edition says is not known.
		findings.Add(report.TrustListStale, "", "list", s.stale.list.Name, "date", date(s.stale.since))
		return Standing{List: s.stale.list.Name}, findings
	case s.test != nil:
		findings.Add(report.TrustTestList, "", "list", s.test.list.Name, "name", s.test.name)
		return Standing{Name: s.test.name, List: s.test.list.Name}, findings
	case s.notInForce != nil:
		e := s.notInForce.entry
		findings.Add(report.TrustNotInForce, "", "list", s.notInForce.list.Name, "name", s.notInForce.name,
			"from", date(e.from), "until", date(e.until))
		return Standing{}, findings
	case s.pathBroken != nil:
		findings.Add(report.TrustPathBroken, "", "list", s.pathBroken.list.Name, "name", s.pathBroken.name)
		return Standing{}, findings
	default:
		findings.Add(report.TrustNotListed, "")
		return Standing{}, findings
	}
}

// vouched reports a listed signer, and whether the file says that somebody
// else awards the achievement.
func (s *search) vouched(findings report.Findings) (Standing, report.Findings) {
	word := s.listed
	if s.issuing != nil {
		word = s.issuing
	}
	standing := Standing{Name: word.name, List: word.list.Name, Issuing: s.issuing != nil}
	findings.Add(report.TrustListed, "", "list", word.list.Name, "name", word.name)
	if s.issuing != nil {
		findings.Add(report.TrustMayIssue, "", "list", s.issuing.list.Name, "name", s.issuing.name)
	}
	for _, awarder := range s.c.Awarders {
		if !s.proven.are(awarder, s.c.Issuer) {
			standing.Awarder = nameOf(awarder)
			findings.Add(report.TrustAwarderUnproven, "", "awarder", standing.Awarder, "name", word.name, "list", word.list.Name)
			break
		}
	}
	if s.c.AwarderKept && !findings.Has(report.TrustAwarderUnproven) {
		findings.Add(report.TrustAwarderMayBeHidden, "", "name", word.name, "list", word.list.Name)
	}
	for _, name := range s.c.Issuer.Names {
		if !s.proven.named(name.Value) {
			findings.Add(report.TrustNameDiffers, "", "claimed", name.Value, "name", word.name)
			break
		}
	}
	return standing, findings
}

// are says whether a body that the file names is the one that was proven.
// Every name that the file gives it must be a proven one: a famous name over
// the signer's own number is another body. A body without any name must be
// the issuer by identifier.
func (p proven) are(body credential.Party, signer credential.Issuer) bool {
	for _, name := range body.Names {
		if !p.named(name.Value) {
			return false
		}
	}
	for _, identifier := range body.Identifiers {
		known := len(p.identifiers) == 0 // nothing to contradict the name with
		for _, own := range p.identifiers {
			known = known || issuer.SameIdentifier(identifier, own)
		}
		if known && (len(body.Names) > 0 || len(p.identifiers) > 0) {
			return true
		}
	}
	if len(body.Identifiers) > 0 {
		return false
	}
	return len(body.Names) > 0 || body.ID != "" && body.ID == signer.ID
}

func (p proven) named(name string) bool {
	for _, own := range p.names {
		if issuer.SameName(name, own) {
			return true
		}
	}
	return false
}

func nameOf(party credential.Party) string {
	if len(party.Names) > 0 {
		return party.Names[0].Value
	}
	return party.ID
}

// address says whether the entry names the issuer by DID or domain, and the
// key is listed there. design.md 2: a domain means exactly did:web:domain or
// https://domain/, nothing below it unless that prefix is listed.
func (e *entry) address(named identifier, k *key.Key) bool {
	id := named.text
	if k.Source == key.Given || id == "" || k.ListedBy != id {
		return false
	}
	for _, did := range e.dids {
		if did == id {
			return true
		}
	}
	for _, d := range e.domains {
		if d.names(named) {
			return true
		}
	}
	return false
}

// mentions says whether the entry names this identifier by DID or domain, in
// any case of its letters: the host of a did:web has none, and who has been
// withdrawn must not come back by writing it otherwise.
func (e *entry) mentions(named identifier) bool {
	id := named.text
	for _, did := range e.dids {
		if did == id || strings.HasPrefix(did, "did:web:") && strings.EqualFold(did, id) {
			return true
		}
	}
	for _, d := range e.domains {
		if d.names(named) {
			return true
		}
	}
	return false
}

// identifier is an issuer's identifier with what every entry of a list is
// compared with, taken apart once.
type identifier struct{ text, origin string }

func identify(text string) identifier { return identifier{text, fetch.Origin(text)} }

func (d domain) names(named identifier) bool {
	id := named.text
	if rest, ok := strings.CutPrefix(id, "did:web:"); ok {
		host, path, below := strings.Cut(rest, ":")
		if !strings.EqualFold(host, d.host) {
			return false
		}
		if d.prefix == "" {
			return !below
		}
		return below && strings.HasPrefix("/"+strings.ReplaceAll(path, ":", "/")+"/", d.prefix)
	}
	host, secure := strings.CutPrefix(named.origin, "https://")
	rest, ok := strings.CutPrefix(id, named.origin)
	if !secure || host != d.host || !ok {
		return false
	}
	if d.prefix == "" {
		return rest == "" || rest == "/"
	}
	return strings.HasPrefix(rest+"/", d.prefix) && !strings.ContainsAny(rest, "?#%")
}

// certificate says whether the entry names this very certificate's key.
func (e *entry) certificate(k *key.Key) bool {
	if k.Source != key.Certificate || len(k.Chain) == 0 {
		return false
	}
	own := spkiOf(k.Chain[0])
	for _, spki := range e.spkis {
		if spki == own {
			return true
		}
	}
	return false
}

func (e *entry) organisation(identifier string) bool {
	for _, own := range e.organisations {
		// The whole identifier, with its country and kind of register: the
		// number alone may be given twice in Europe.
		if strings.EqualFold(own, identifier) {
			return true
		}
	}
	return false
}

// covers says whether one of the credential's types is in the entry's scope.
func (e *entry) covers(types []string) bool {
	if len(e.types) == 0 {
		return true
	}
	for _, own := range e.types {
		for _, t := range types {
			if t == own {
				return true
			}
		}
	}
	return false
}

func keep(place **said, word *said) {
	if *place == nil {
		*place = word
	}
}

func nonEmpty(text string) []string {
	if text == "" {
		return nil
	}
	return []string{text}
}
