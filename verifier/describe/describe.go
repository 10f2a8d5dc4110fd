// Package describe tells who learnt what, by whose word and when, in the
// credential's own words. Every value keeps its path in the signed document.
// Nothing here has been checked: it is what the file says.
package describe

import (
	"strconv"
	"strings"

	"github.com/sealcheck/sealcheck/verifier/credential"
	"github.com/sealcheck/sealcheck/verifier/internal/member"
	"github.com/sealcheck/sealcheck/verifier/internal/strictjson"
	"github.com/sealcheck/sealcheck/verifier/report"
)

// most is how many values (or languages of one) a description keeps of each
// kind; the file itself has them all.
const most = 10

// Describe gives the description; for a document that is no credential it has
// nothing but types and identifier.
func Describe(c *credential.Credential) *report.Description {
	d := &report.Description{ID: report.Clip(c.ID), IssuerID: report.Clip(c.Issuer.ID)}
	for i := 0; i < len(c.Types) && i < most; i++ {
		d.Types = append(d.Types, report.Clip(c.Types[i]))
	}
	if c.Presentation() {
		add(&d.Learner, credential.Name{Value: c.Holder, Path: c.Root + "/holder"})
		return d
	}
	add(&d.Issuer, c.Issuer.Names...)
	add(&d.Awarder, awarders(c)...)
	days(d, c)
	root := place{c.Document, c.Root}
	switch c.Format {
	case credential.EDC, credential.EuropassXML:
		european(d, root)
		marks(d, root)
		files(d, root.value, &step{name: root.path}, map[string]bool{})
	case credential.OpenBadge3:
		badge(d, root)
	case credential.CLR2:
		record(d, root)
	case credential.Endorsement:
		endorsement(d, root)
	case credential.OpenBadge2, credential.OpenBadge1:
		if c.Badge != nil {
			oldBadge(d, c, root)
		}
	case credential.SDJWTVC:
		wallet(d, c, root)
	case credential.VCDM1, credential.VCDM2:
		plain(d, root)
	}
	return d
}

// add appends names, without those that stand there already.
func add(list *[]report.Text, names ...credential.Name) {
next:
	for _, name := range names {
		for _, known := range *list {
			if known.Value == report.Clip(name.Value) && known.Language == name.Language {
				continue next
			}
		}
		keep(list, name)
	}
}

// keep appends texts that are not empty, up to the limit, each for itself:
// two results of 85 are two results.
func keep(list *[]report.Text, names ...credential.Name) {
	for _, name := range names {
		if name.Value != "" && len(*list) < most {
			*list = append(*list, report.Text{Value: report.Clip(name.Value), Language: report.Clip(name.Language), Path: name.Path})
		}
	}
}

// awarders are the names of the bodies that award it, less those that the
// issuer has too. A file may give thousands of names to both: each is looked
// at once.
func awarders(c *credential.Credential) []credential.Name {
	if len(c.Awarders) == 0 {
		return nil
	}
	own := make(map[string]bool, len(c.Issuer.Names))
	for _, name := range c.Issuer.Names {
		own[strings.ToLower(name.Value)] = true
	}
	var names []credential.Name
next:
	for _, party := range c.Awarders {
		for _, name := range party.Names {
			if own[strings.ToLower(name.Value)] {
				continue next
			}
		}
		names = append(names, party.Names...)
	}
	return names
}

// days gives the dates as they are written. The day of issuing is the one of
// the award, else that of issuing the file; the beginning of the validity
// stands in for it only in Open Badges, where it has that meaning
// (mapping.md C.1, 5).
func days(d *report.Description, c *credential.Credential) {
	best := 0
	for i := range c.Dates {
		date := &c.Dates[i]
		text := credential.Name{Value: date.Text, Path: date.Path}
		switch date.Bound {
		case credential.From:
			if c.Badge == nil { // of those before 3.0 it is the day of issuing
				add(&d.From, text)
			}
		case credential.Until:
			add(&d.Until, text)
		}
		rank := issuing(date, c.Format)
		if rank > best {
			best, d.Issued = rank, nil
		}
		if rank > 0 && rank == best {
			add(&d.Issued, text)
		}
	}
}

// issuing ranks dates by how well they say when it was issued; 0 is not at
// all.
func issuing(date *credential.Date, format credential.Format) int {
	member := date.Path[strings.LastIndexByte(date.Path, '/')+1:]
	if digits(member) {
		member = "awardingDate" // one of an array; no other date may be in one
	}
	switch member {
	case "awardingDate", "awardedDate":
		return 4
	case "issued", "issuedOn", "issued_on":
		return 3
	case "issuanceDate", "issuance_date", "date_of_issuance":
		return 2
	case "iat":
		return 1
	case "validFrom", "nbf":
		if format == credential.OpenBadge3 || format == credential.CLR2 || format == credential.Endorsement || format == credential.VCDM1 && member == "nbf" {
			return 1
		}
	}
	return 0
}

func digits(text string) bool { return text != "" && strings.Trim(text, "0123456789") == "" }

// plain describes a credential of no particular profile: what it calls
// itself and its subject. What it claims is not known, and not guessed.
func plain(d *report.Description, root place) {
	add(&d.Title, root.names("name")...)
	for _, subject := range root.all("credentialSubject") {
		learner(d, subject, "name")
	}
	keep(&d.Details, root.names("description")...)
}

// learner gives the subject's name, or else its identifier.
func learner(d *report.Description, subject place, members ...string) {
	found := false
	for _, member := range members {
		names := subject.names(member)
		add(&d.Learner, names...)
		found = found || len(names) > 0
	}
	if !found {
		for _, member := range [...]string{"givenName", "familyName"} {
			names := subject.names(member)
			add(&d.Learner, names...)
			found = found || len(names) > 0
		}
	}
	if !found {
		add(&d.Learner, subject.text("id"))
	}
}

// place is a value and where it stands.
type place struct {
	value strictjson.Value
	path  string
}

// all follows members, each of which may hold one value or an array.
func (p place) all(members ...string) []place {
	value, ok := p.value.Get(members[0])
	if !ok {
		return nil
	}
	path := p.path + "/" + escape(members[0])
	last := len(members) == 1
	if value.Kind() != strictjson.Array {
		if last {
			return []place{{value, path}}
		}
		return place{value, path}.all(members[1:]...)
	}
	var places []place
	for i, item := range value.Items() {
		one := place{item, path + "/" + strconv.Itoa(i)}
		if last {
			places = append(places, one)
		} else {
			places = append(places, one.all(members[1:]...)...)
		}
	}
	return places
}

// names are the texts of a member in all languages.
func (p place) names(member string) []credential.Name {
	value, ok := p.value.Get(member)
	if !ok || value.Kind() == strictjson.Null {
		return nil
	}
	return credential.ReadNames(value, p.path+"/"+escape(member))
}

// texts are the strings and numbers of a member, bare or in an array, empty
// ones left out.
func (p place) texts(member string) []credential.Name {
	var all []credential.Name
	for _, at := range p.all(member) {
		name := credential.Name{Value: at.value.Text(), Path: at.path}
		if inner := at.value.At("@value"); inner.Kind() == strictjson.String {
			name.Value = inner.Text()
		}
		if at.value.Kind() == strictjson.Number {
			name.Value = number(at.value)
		}
		if name.Value != "" {
			all = append(all, name)
		}
	}
	return all
}

// truth is a member that is true, or a text that says so.
func (p place) truth(member string) bool {
	for _, at := range p.all(member) {
		if text := at.value.Text(); at.value.Truth() || text == "true" || text == "1" {
			return true
		}
	}
	return false
}

// text is a member that is one string or number, as written.
func (p place) text(member string) credential.Name {
	value, ok := p.value.Get(member)
	if !ok {
		return credential.Name{}
	}
	name := credential.Name{Value: value.Text(), Path: p.path + "/" + escape(member)}
	if value.Kind() == strictjson.Number {
		name.Value = number(value)
	}
	return name
}

// number is a number as written, or, where it is written with more digits than
// a double holds, the double that it stands for: canonical JSON signs that
// one, so that digits beyond it can be changed by anybody (RFC 8785 3.2.2.3).
func number(value strictjson.Value) string {
	if literal := value.Literal(); len(literal) <= 15 && digits(literal) {
		return literal // of which a double holds every digit
	}
	double, err := strconv.ParseFloat(value.Literal(), 64)
	if err != nil {
		return value.Literal()
	}
	signed := strconv.FormatFloat(double, 'g', -1, 64)
	if same, err := strictjson.Parse([]byte(signed)); err == nil && same.Equal(value) {
		return value.Literal()
	}
	return signed
}

// is says whether one of the value's types is this one.
func (p place) is(name string) bool {
	for _, item := range p.value.At("type").List() {
		if item.Text() == name {
			return true
		}
	}
	return false
}

// escape is member.Token; here many a variable is called member.
func escape(name string) string { return member.Token(name) }
