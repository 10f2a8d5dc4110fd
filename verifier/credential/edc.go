package credential

import (
	"slices"
	"strings"

	"github.com/sealcheck/sealcheck/verifier/internal/member"
	"github.com/sealcheck/sealcheck/verifier/internal/strictjson"
	"github.com/sealcheck/sealcheck/verifier/report"
)

// demanded are the members that the application profile for European Digital
// Credentials asks for (ELM v3 SHACL, EDC generic). Sealed ones without some
// of them exist; that is worth a remark, not a refusal.
var demanded = [...]string{
	"credentialProfiles", "displayParameter", "credentialSchema", "issuanceDate", "issued", "validFrom",
}

// edc looks at what is particular to European Digital Credentials.
func (r *reader) edc() {
	for _, member := range demanded {
		if _, ok := r.get(member); !ok {
			r.at(report.CredentialEdcMemberMissing, r.path(member), "")
		}
	}
	w := awards{issuer: r.c.Issuer.Party, at: map[string]int{}, kept: r.kept}
	r.checkResults()
	claims := false
	for _, subject := range r.list("credentialSubject") {
		_, has := member.Get(subject.Value, "hasClaim")
		claims = claims || has
	}
	if !claims {
		r.at(report.CredentialEdcMemberMissing, r.path("credentialSubject")+"/hasClaim", "")
	}
	w.credential(r.c.Document, r.c.Root)
	r.c.Awarders, r.c.AwarderKept = w.parties, w.hidden
	r.c.Dates = append(r.c.Dates, w.dates...)
}

// awards walks the claims of a credential and of those inside it, and collects
// who awards them and when. The document's depth and size have been bounded
// when it was read, and every value is visited at most once.
type awards struct {
	issuer  Party
	parties []Party
	at      map[string]int // identity of a party -> index in parties
	dates   []Date
	kept    []string // places in which the holder keeps something back
	hidden  bool     // a body that awards could be among that
}

// keeps notes where a place in which a body that awards would stand holds
// something that is not shown.
func (w *awards) keeps(path string) { w.hidden = w.hidden || slices.Contains(w.kept, path) }

// entries are those of a member that leads to such a body: it may be among what
// an object keeps that does not have the member, or an array of them.
func (w *awards) entries(object strictjson.Value, path, name string) []member.Entry {
	value, there := object.Get(name)
	if !there {
		w.keeps(path)
	} else if value.Kind() == strictjson.Array {
		w.keeps(path + "/" + name)
	}
	return member.Entries(object, path, name)
}

func (w *awards) credential(document strictjson.Value, path string) {
	for _, subject := range member.Entries(document, path, "credentialSubject") {
		// A claim that is not shown says nothing of one that is.
		if len(member.Entries(subject.Value, subject.Path, "hasClaim")) == 0 {
			w.entries(subject.Value, subject.Path, "hasClaim")
		}
		w.claims(subject.Value, subject.Path, "hasClaim")
	}
	for _, inner := range member.Entries(document, path, "subCredentials") {
		w.credential(inner.Value, inner.Path)
	}
}

func (w *awards) claims(owner strictjson.Value, path, name string) {
	for _, claim := range member.Entries(owner, path, name) {
		for _, process := range w.entries(claim.Value, claim.Path, "awardedBy") {
			for _, body := range w.entries(process.Value, process.Path, "awardingBody") {
				party := ReadParty(body.Value, body.Path)
				w.add(party)
				// Its name decides, wherever that is kept.
				if len(party.Names) == 0 {
					w.keeps(body.Path)
				}
				for _, name := range names {
					w.keeps(body.Path + "/" + name)
				}
			}
			for _, day := range member.Entries(process.Value, process.Path, "awardingDate") {
				date := Date{Bound: Issued, Text: day.Value.Text(), Path: day.Path}
				date.Time, date.WholeDay, date.Readable = ParseDate(date.Text, Issued, DayOrTime)
				w.dates = append(w.dates, date)
			}
		}
		w.claims(claim.Value, claim.Path, "hasPart")
	}
}

// add keeps a body once. ELM repeats a body in full wherever it is named, or
// only points to it by its id: a bare pointer takes the names that stand
// elsewhere. Two bodies with one id and different names are two, so that
// neither name can hide behind the other.
func (w *awards) add(party Party) {
	if party.ID == "" && len(party.Names) == 0 && len(party.Identifiers) == 0 {
		return
	}
	bare := len(party.Names) == 0 && len(party.Identifiers) == 0
	if bare && party.ID == w.issuer.ID {
		party.Names, party.Identifiers, party.Country = w.issuer.Names, w.issuer.Identifiers, w.issuer.Country
		bare = len(party.Names) == 0 && len(party.Identifiers) == 0
	}
	pointer := "\x00" + party.ID
	if party.ID != "" {
		i, seen := w.at[pointer]
		switch {
		case seen && bare:
			return
		case seen && len(w.parties[i].Names) == 0 && len(w.parties[i].Identifiers) == 0:
			w.parties[i] = party
			w.at[identity(party)] = i
			return
		case !seen:
			w.at[pointer] = len(w.parties)
		}
	}
	if _, seen := w.at[identity(party)]; seen {
		return
	}
	w.at[identity(party)] = len(w.parties)
	w.parties = append(w.parties, party)
}

func identity(party Party) string {
	parts := []string{"=", party.ID}
	for _, name := range party.Names {
		parts = append(parts, "n"+name.Language+"\x01"+name.Value)
	}
	for _, identifier := range party.Identifiers {
		parts = append(parts, "i"+identifier)
	}
	return strings.Join(parts, "\x00")
}
