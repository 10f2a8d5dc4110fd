package credential

import (
	"github.com/sealcheck/sealcheck/verifier/internal/limits"
	"github.com/sealcheck/sealcheck/verifier/internal/member"
	"github.com/sealcheck/sealcheck/verifier/internal/strictjson"
	"github.com/sealcheck/sealcheck/verifier/report"
)

// record takes out the credentials that stand within a credential, each to be
// read by itself later, with its own contexts and under its own proof: those
// that a learner record is made of (CLR 2.0, ClrSubject.verifiableCredential),
// and endorsements (Open Badges 3.0, B.1). They are taken as they stand.
func (r *reader) record() {
	subjects := member.Entries(r.stands, r.c.Root, "credentialSubject")
	for _, subject := range subjects {
		for _, entry := range member.Entries(subject.Value, subject.Path, "verifiableCredential") {
			if kind := entry.Value.Kind(); kind != strictjson.Object && kind != strictjson.String {
				r.at(report.CredentialNestedMalformed, entry.Path, "neither object nor token")
				continue
			}
			r.c.Inner = append(r.c.Inner, Inner{Path: entry.Path, Value: entry.Value})
		}
	}
	// A proof over the meaning holds whatever the members are called: a part
	// that stands under another name would not be looked at.
	stand := map[string]int{}
	for _, inner := range r.c.Inner {
		stand[called(inner.Value)]++
	}
	nameless := 0
	for _, subject := range r.list("credentialSubject") {
		for _, entry := range member.Entries(subject.Value, "", "verifiableCredential") {
			name, least := called(entry.Value), 1
			if name == "" {
				nameless++
				least = nameless
			}
			if stand[name] < least {
				r.at(report.CredentialNestedMalformed, r.path("credentialSubject"), "a credential under another name")
				return
			}
		}
	}
	// What somebody else says about an endorsement endorses nothing here.
	if r.c.Format == Endorsement {
		return
	}
	r.endorsed(ACredential, r.stands, r.c.Root)
	for _, issuer := range member.Entries(r.stands, r.c.Root, "issuer") {
		r.endorsed(AnIssuer, issuer.Value, issuer.Path)
		r.bodies(issuer, "parentOrg")
	}
	for _, subject := range subjects {
		r.endorsed(ALearner, subject.Value, subject.Path)
		r.bodies(subject, "source")
		for _, achievement := range member.Entries(subject.Value, subject.Path, "achievement") {
			r.endorsed(AnAchievement, achievement.Value, achievement.Path)
			r.bodies(achievement, "creator")
		}
	}
}

// called is what a part is known by: its identifier, or the token that it is.
func called(part strictjson.Value) string {
	if part.Kind() == strictjson.Object {
		return part.At("id").Text()
	}
	return part.Text()
}

func (r *reader) bodies(owner member.Entry, name string) {
	for _, body := range member.Entries(owner.Value, owner.Path, name) {
		r.endorsed(ABody, body.Value, body.Path)
	}
}

// endorsed notes what an object is called and takes the endorsements that
// stand in it: objects under `endorsement`, tokens under `endorsementJwt`. Of
// more than one file may hold, one more is kept, so that it can be told.
func (r *reader) endorsed(kind Kind, object strictjson.Value, path string) {
	about := Named{Kind: kind, ID: object.At("id").Text()}
	if about.ID != "" && len(r.c.Named) <= limits.Credentials {
		r.c.Named = append(r.c.Named, about)
	}
	for _, name := range [...]string{"endorsement", "endorsementJwt"} {
		for _, entry := range member.Entries(object, path, name) {
			if len(r.c.Endorsements) > limits.Credentials {
				return
			}
			r.c.Endorsements = append(r.c.Endorsements, Inner{Path: entry.Path, Value: entry.Value, About: about})
		}
	}
}

// Endorses says which of the things that stand around an endorsement it is
// about: the one where it stands, or else any other of the same credential.
// What it is about its subjects say, each by its identifier.
func (c *Credential) Endorses(about Named, others []Named) (kind Kind, other string) {
	for _, subject := range member.Entries(c.Document, "", "credentialSubject") {
		id := subject.Value.At("id").Text()
		switch {
		case id == "":
		case id == about.ID:
			return about.Kind, ""
		default:
			other = id
			for _, named := range others {
				if named.ID == id {
					kind = named.Kind
				}
			}
		}
	}
	if kind != 0 {
		other = ""
	}
	return kind, other
}
