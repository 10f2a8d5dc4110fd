// Package credential reads what a credential says: its data model, its rules,
// and the few facts on which later stages depend. It proves nothing; every
// value is what the file claims.
package credential

import (
	"time"

	"github.com/sealcheck/sealcheck/verifier/envelope"
	"github.com/sealcheck/sealcheck/verifier/internal/strictjson"
	"github.com/sealcheck/sealcheck/verifier/internal/vct"
)

// Format is the data model, as the report names it.
type Format string

const (
	VCDM1         Format = "vcdm-1.1"
	VCDM2         Format = "vcdm-2.0"
	OpenBadge3    Format = "open-badges-3.0" // on either data model
	CLR2          Format = "comprehensive-learner-record-2.0"
	Endorsement   Format = "endorsement-3.0" // Open Badges' EndorsementCredential
	EDC           Format = "european-digital-credential"
	EuropassXML   Format = "europass-xml"              // the older form of a European Digital Credential
	EuropassPack  Format = "europass-xml-presentation" // several of them in one file
	Presentation1 Format = "presentation-1.1"
	Presentation2 Format = "presentation-2.0"
	SDJWTVC       Format = "sd-jwt-vc" // a credential for wallets, see Credential.Rules
	OpenBadge2    Format = "open-badges-2.0"
	OpenBadge1    Format = "open-badges-1.x" // 1.0, 1.1 and 0.5
	Blockcerts    Format = "blockcerts"      // of version 1 or 2: recognised, not read
	StatusList    Format = "status-list"     // what its issuer has withdrawn; no record of a learner
	Other         Format = "unknown"         // a JSON document that is no credential
)

// Credential is what one envelope claims.
type Credential struct {
	Format Format
	// Document is the credential as a JSON object in the shape of its data
	// model. For a VC-JWT 1.1 it is the vc (or vp) claim, filled up from the
	// registered claims where it leaves a member out (VC-DATA-MODEL 1.1
	// 6.3.1). Root is the JSON pointer of that object in the signed document,
	// e.g. "/vc", so that paths can be told.
	Document strictjson.Value
	Root     string
	// Claims is the whole payload of a JWS, Absent for anything else.
	Claims strictjson.Value

	ID     string
	Types  []string
	Issuer Issuer
	// Holder is the holder that a presentation names.
	Holder string
	// Dates are all dates that say from when or until when it holds.
	Dates []Date
	// Awarders are the bodies that the file says award the achievement, where
	// it names any besides the issuer (European Digital Credentials).
	Awarders []Party
	// AwarderKept says that its holder keeps something back where the body that
	// awards what is shown could stand, and none is shown there (RFC 9901 4.2).
	AwarderKept bool
	// Status are the entries that say where its standing can be looked up:
	// credentialStatus, and `status` where a European Digital Credential
	// keeps it there.
	Status []Status
	// Embedded are the members of `proof`, in order.
	Embedded []strictjson.Value
	// ListType is the type of status list that it is, "" for anything else.
	ListType string
	// Refresh is where the issuer offers a newer version, "" where it does not
	// (refreshService).
	Refresh string
	// TypeFixed says that the issuer has fixed the description of its type by a
	// digest (SD-JWT VC, vct#integrity).
	TypeFixed bool
	// HasSchema says that a credentialSchema is named.
	HasSchema bool
	// Rules say where a credential of Format SDJWTVC keeps what, by its type;
	// nil for any other.
	Rules *vct.Rules
	// Places say where in an XML document a value stands that has this JSON
	// pointer in Document; nil for any other.
	Places map[string]string
	// Badge says how an Open Badge before 3.0 is to be confirmed; nil for any
	// other format.
	Badge *Badge
	// Inner are the credentials that a presentation or a learner record
	// holds, with their JSON pointers relative to the signed document.
	Inner []Inner
	// Endorsements are the credentials in it by which others speak well of it,
	// of what was achieved, or of its issuer.
	Endorsements []Inner
	// Named are the things in it that an endorsement may be about.
	Named []Named
}

// Presentation says whether this is a presentation rather than a credential.
func (c *Credential) Presentation() bool {
	return c.Format == Presentation1 || c.Format == Presentation2 || c.Format == EuropassPack
}

// European says whether this is a European Digital Credential, in either form,
// or a pack of them: its issuer is named by the certificate of its seal.
func (c *Credential) European() bool {
	return c.Format == EDC || c.Format == EuropassXML || c.Format == EuropassPack
}

// Issuer is who the credential names as its issuer.
type Issuer struct {
	ID string // DID or URL, "" where none is named
	// ClaimedID is the JWT's iss where it differs from ID; else "".
	ClaimedID string
	// ByCertificate says that nothing but the certificate of the key names the
	// issuer (SD-JWT VC 2.2.2.2).
	ByCertificate bool
	// Metadata says that its keys, if it has an https address, stand in its
	// issuer metadata (SD-JWT VC 5), also for its status lists.
	Metadata bool
	Party
}

// Party is an organisation or person as the file describes it.
type Party struct {
	ID          string
	Names       []Name   // every name it is given, legal name first
	Identifiers []string // legal identifiers as written (eIDAS, registration, VAT, tax), without scheme prefix changes
	Country     string   // as written
	Path        string   // JSON pointer into the signed document
}

// Name is one name with its language, "" where none is stated.
type Name struct {
	Value, Language, Path string
}

// Bound says which end of the validity a date sets.
type Bound uint8

const (
	From   Bound = iota + 1 // not valid before
	Until                   // not valid after
	Issued                  // when it was issued; sets no bound
)

// Date is one date as the file states it.
type Date struct {
	Bound Bound
	Text  string // as written
	Path  string // JSON pointer into the signed document
	// Time is the instant; for Until of a whole day, the last second of it.
	Time time.Time
	// WholeDay says that no time or no zone was stated and the whole UTC day
	// is meant (design.md 3).
	WholeDay bool
	// Aside says that it is not the data model's own word for this bound, so that
	// one that is may say otherwise.
	Aside bool
	// Readable is false where the text is no date in this data model; Time
	// is then zero.
	Readable bool
}

// Status is one entry that says where standing can be looked up.
type Status struct {
	Type  string // as written, the first of several, "" where missing
	ID    string
	Path  string
	Value strictjson.Value // the entry itself
}

// Inner is one credential inside another document.
type Inner struct {
	Path  string
	Value strictjson.Value // an object, or a string (a JWT)
	XML   envelope.XMLPart // of an XML document: Value is then Absent
	About Named            // of an endorsement: where it stands
}

// Named is something in a credential that has an identifier.
type Named struct {
	Kind Kind
	ID   string
}

// Kind is what a Named is.
type Kind uint8

const (
	ACredential Kind = iota + 1 // the credential itself
	AnAchievement
	AnIssuer
	ALearner
	ABody // another organisation or person: who wrote the achievement down, or assessed it
)
