package credential

import (
	"strconv"
	"strings"

	"github.com/sealcheck/sealcheck/verifier/envelope"
	"github.com/sealcheck/sealcheck/verifier/internal/limits"
	"github.com/sealcheck/sealcheck/verifier/internal/member"
	"github.com/sealcheck/sealcheck/verifier/internal/strictjson"
	"github.com/sealcheck/sealcheck/verifier/internal/xmltree"
	"github.com/sealcheck/sealcheck/verifier/report"
)

// writing is how an element says what it says.
type writing uint8

const (
	inParts  writing = iota // in its elements
	through                 // its elements stand as if they stood around it
	inWords                 // in elements `text`, one for each language
	asNote                  // the same, in the newer form under noteLiteral
	inText                  // in its text
	asNumber                // the same, in the newer form under notation
	fromList                // by an entry of a controlled list
)

// elements are those of ELM v2 that are read, with the members of the newer form
// (ELM v3) in which the same is said (mapping.md C.1); kind is the type there.
var elements = map[string]struct {
	member  string
	writing writing
	kind    string
}{
	"title": {"title", inWords, ""}, "name": {"name", inWords, ""},
	"prefLabel": {"prefLabel", inWords, ""}, "preferredName": {"prefLabel", inWords, ""},
	"altLabel": {"altLabel", inWords, ""}, "alternativeName": {"altLabel", inWords, ""},
	"fullName": {"fullName", inWords, ""}, "givenNames": {"givenName", inWords, ""}, "familyName": {"familyName", inWords, ""},
	"dateOfBirth": {"dateOfBirth", inText, ""},

	"issuer": {"issuer", inParts, ""}, "onBehalf": {"onBehalf", inParts, ""}, "credentialSubject": {"credentialSubject", inParts, ""},
	"contains": {"", through, ""}, envelope.Credential: {"subCredentials", inParts, ""},
	"achievements": {"", through, ""}, "activities": {"", through, ""}, "assessments": {"", through, ""}, "entitlements": {"", through, ""},
	"learningAchievement": {"hasClaim", inParts, "LearningAchievement"}, "achieved": {"hasClaim", inParts, "LearningAchievement"},
	"qualificationAward": {"hasClaim", inParts, "LearningAchievement"},
	"activity":           {"hasClaim", inParts, "LearningActivity"}, "performed": {"hasClaim", inParts, "LearningActivity"},
	"assessment": {"hasClaim", inParts, "LearningAssessment"}, "entitlement": {"hasClaim", inParts, "LearningEntitlement"},

	"wasDerivedFrom": {"provenBy", inParts, ""}, "wasInfluencedBy": {"influencedBy", inParts, ""}, "hasPart": {"hasPart", inParts, ""},
	"wasAwardedBy": {"awardedBy", inParts, ""}, "awardingBody": {"awardingBody", inParts, ""}, "date": {"awardingDate", inText, ""},
	"specifiedBy": {"specifiedBy", inParts, ""}, "grade": {"grade", asNote, ""},

	"volumeOfLearning": {"volumeOfLearning", inText, ""}, "hasECTSCreditPoints": {"creditPoint", asNumber, ""},
	"eqfLevel": {"eqfLevel", fromList, ""}, "nqfLevel": {"nqfLevel", fromList, ""},
	"mode": {"mode", fromList, ""}, "type": {"dcType", fromList, ""}, "hasISCED-FCode": {"thematicArea", fromList, ""},
	"learningOutcomes": {"", through, ""}, "learningOutcome": {"learningOutcome", inParts, ""},
	"learningOutcomeDescription": {"learningOutcomeSummary", asNote, ""},

	"registration": {"registration", asNumber, ""}, "legalIdentifier": {"registration", asNumber, ""},
	"vatIdentifier": {"vatIdentifier", asNumber, ""}, "taxIdentifier": {"taxIdentifier", asNumber, ""},
	"identifier":  {"identifier", asNumber, ""},
	"hasLocation": {"location", inParts, ""}, "hasAddress": {"address", inParts, ""},
	"country": {"countryCode", fromList, ""}, "countryCode": {"countryCode", fromList, ""},
}

// older puts an XML credential into the members of the newer form, so that one
// reading serves both, and notes where each value stands in the file.
type older struct {
	// root is the credential, sealer the presentation around it that was sealed
	// and says by whom; else nil.
	root, sealer *xmltree.Node
	named        map[scoped][]*xmltree.Node // what references lead to
	ordinal      map[*xmltree.Node]int      // of elements with others of the name beside them, from 1
	places       map[string]string          // JSON pointer -> place in the file
	count        int                        // of values read
	much         bool                       // more than limits allow
}

// scoped is an id within its credential: one that is contained in another has
// its own, and often the same.
type scoped struct {
	credential *xmltree.Node
	id         string
}

// around is the credential in which an element stands.
func around(n *xmltree.Node) *xmltree.Node {
	for n != nil && n.Local != envelope.Credential {
		n = n.Parent
	}
	return n
}

// deepest is how deep parts and what they refer to may lie in each other.
const deepest = 24

// europassXML reads a credential in the older form, or a presentation that was
// sealed together with the one in it.
func (r *reader) europassXML(e envelope.Envelope) {
	c := r.c
	c.Format, c.Types = EuropassXML, []string{envelope.Credential}
	r.add(report.CredentialEuropassXml, "")
	o := newOlder(e.XML)
	c.Document, c.Places = o.object(o.root, "", "", 0), o.places
	c.ID = c.Document.At("id").Text()
	issuers := member.Entries(c.Document, "", "issuer")
	switch len(issuers) {
	case 0:
		r.at(report.CredentialIssuerMissing, o.place(o.root)+"/issuer", "")
	case 1:
		c.Issuer.Party = ReadParty(issuers[0].Value, issuers[0].Path)
		c.Issuer.ID = c.Issuer.Party.ID
	default:
		r.at(report.CredentialIssuerMalformed, o.place(o.root)+"/issuer", strconv.Itoa(len(issuers)))
	}
	w := awards{issuer: c.Issuer.Party, at: map[string]int{}}
	w.credential(c.Document, "")
	for _, behalf := range member.Entries(c.Document, "", "onBehalf") {
		w.add(ReadParty(behalf.Value, behalf.Path))
	}
	c.Awarders = w.parties
	c.Dates = append(o.dates(o.root), w.dates...)
	if o.sealer != nil {
		c.Dates = append(c.Dates, o.dates(o.sealer)...)
	}
	if o.much {
		r.add(report.CredentialXmlTooMuch, "")
	}
}

func newOlder(root *xmltree.Node) *older {
	o := &older{
		root: root, named: map[scoped][]*xmltree.Node{}, ordinal: map[*xmltree.Node]int{}, places: map[string]string{},
	}
	if root.Local != envelope.Credential {
		for _, child := range root.Children {
			if child.Kind == xmltree.Element && child.Local == envelope.Credential && envelope.IsEuropass(child.Namespace) {
				o.root, o.sealer = child, root
			}
		}
	}
	root.Walk(func(n *xmltree.Node) bool {
		if id, ok := n.Attribute("", "id"); ok && strings.HasSuffix(n.Parent.Local, "References") && len(n.Parent.Local) < 64 {
			at := scoped{around(n), id}
			o.named[at] = append(o.named[at], n)
		}
		first := map[string]*xmltree.Node{}
		counts := map[string]int{}
		for _, child := range n.Children {
			if child.Kind != xmltree.Element {
				continue
			}
			if counts[child.Local]++; counts[child.Local] == 1 {
				first[child.Local] = child
				continue
			}
			o.ordinal[first[child.Local]], o.ordinal[child] = 1, counts[child.Local]
		}
		return true
	})
	return o
}

// place is where an element stands, by the names on the way to it.
func (o *older) place(n *xmltree.Node) string {
	place := ""
	for ; n != nil && n.Kind == xmltree.Element; n = n.Parent {
		own := "/" + n.Local
		if at := o.ordinal[n]; at > 0 {
			own += "[" + strconv.Itoa(at) + "]"
		}
		place = own + place
	}
	return place
}

// item is an element under the name by which it is referred to.
type item struct {
	name string
	node *xmltree.Node
}

// within are the elements of an element, or what they refer to.
func (o *older) within(n *xmltree.Node, depth int) (found []item) {
	if depth > deepest {
		o.much = true
		return nil
	}
	if n == o.root && o.sealer != nil {
		for _, child := range o.sealer.Children {
			if child.Kind == xmltree.Element && child.Local == "issuer" && envelope.IsEuropass(child.Namespace) {
				found = append(found, item{"issuer", child})
			}
		}
	}
	own := len(found) == 0
	for _, child := range n.Children {
		if child.Kind != xmltree.Element || !envelope.IsEuropass(child.Namespace) {
			continue
		}
		rule, known := elements[child.Local]
		if !known {
			continue
		}
		name := child.Local
		if name == "issuer" && !own {
			// Whoever sealed the presentation did so on somebody's behalf.
			name = "onBehalf"
		}
		id, refers := child.Attribute("", "idref")
		switch {
		case rule.writing == through:
			found = append(found, o.within(child, depth+1)...)
		case name == "hasPart" && len(child.Elements(child.Namespace, "learningAchievement")) > 0:
			for _, part := range child.Elements(child.Namespace, "learningAchievement") {
				found = append(found, item{name, part})
			}
		case refers:
			for _, target := range o.named[scoped{around(child), id}] {
				found = append(found, item{name, target})
			}
		default:
			found = append(found, item{name, child})
		}
	}
	return found
}

// object is what an element with elements says; kind is its type.
func (o *older) object(n *xmltree.Node, pointer, kind string, depth int) strictjson.Value {
	var members []strictjson.Member
	add := func(key, text string, at *xmltree.Node) {
		if text != "" {
			o.places[pointer+"/"+key] = o.place(at)
			members = append(members, strictjson.Member{Key: key, Value: strictjson.NewString(text)})
		}
	}
	for _, a := range n.Attributes {
		if a.Local == "id" && a.Prefix != "xml" {
			add("id", a.Value, n)
			break
		}
	}
	if kind != "" {
		members = append(members, strictjson.Member{Key: "type", Value: strictjson.NewString(kind)})
	}
	var order []string
	arrays := map[string][]strictjson.Value{}
	for _, part := range o.within(n, depth) {
		if o.count++; o.count > limits.MarkupCopies {
			o.much = true
			break
		}
		rule := elements[part.name]
		if _, there := arrays[rule.member]; !there {
			order = append(order, rule.member)
		}
		list := arrays[rule.member]
		at := pointer + "/" + rule.member + "/" + strconv.Itoa(len(list))
		switch rule.writing {
		case inText:
			// A date of birth twice is no better than one; dates that count are
			// read by themselves, all of them.
			if len(list) == 0 {
				add(rule.member, text(part.node), part.node)
			}
			arrays[rule.member] = []strictjson.Value{{}}
			continue
		case inWords:
			list = append(list, o.words(part.node, pointer+"/"+rule.member, len(list))...)
		case asNote:
			list = append(list, one("noteLiteral", strictjson.NewArray(o.words(part.node, at+"/noteLiteral", 0))))
		case asNumber:
			key := "notation"
			if rule.member == "creditPoint" {
				key = "point"
			}
			o.places[at+"/"+key] = o.place(part.node)
			value := one(key, strictjson.NewString(text(part.node)))
			if key == "point" {
				// The name of the element says in which credits.
				o.places[at+"/framework/notation"] = o.place(part.node)
				value = value.With("framework", one("notation", strictjson.NewString("ECTS")))
			}
			list = append(list, value)
		case fromList:
			list = append(list, o.concept(part.node, at))
		default:
			list = append(list, o.object(part.node, at, rule.kind, depth+1))
		}
		arrays[rule.member] = list
	}
	for _, key := range order {
		list := arrays[key]
		switch {
		case len(list) == 0 || list[0].Kind() == strictjson.Absent:
		case key == "countryCode":
			members = append(members, strictjson.Member{Key: key, Value: list[0]})
		default:
			members = append(members, strictjson.Member{Key: key, Value: strictjson.NewArray(list)})
		}
	}
	return strictjson.NewObject(members)
}

func one(key string, value strictjson.Value) strictjson.Value {
	return strictjson.NewObject([]strictjson.Member{{Key: key, Value: value}})
}

// text is what stands in an element, without the space around it.
func text(n *xmltree.Node) string {
	all, _ := n.Text()
	return strings.TrimSpace(all)
}

// words are the texts in an element, one for each language, or its own.
func (o *older) words(n *xmltree.Node, pointer string, from int) (found []strictjson.Value) {
	texts := n.Elements(n.Namespace, "text")
	if len(texts) == 0 {
		texts = []*xmltree.Node{n}
	}
	for _, one := range texts {
		value := text(one)
		if o.count++; value == "" || o.count > limits.MarkupCopies {
			o.much = o.much || value != ""
			continue
		}
		members := []strictjson.Member{{Key: "@value", Value: strictjson.NewString(value)}}
		for _, name := range [...]string{"lang", "language"} {
			if language, ok := one.Attribute("", name); ok {
				members = append(members, strictjson.Member{Key: "@language", Value: strictjson.NewString(language)})
				break
			}
		}
		o.places[pointer+"/"+strconv.Itoa(from+len(found))] = o.place(one)
		found = append(found, strictjson.NewObject(members))
	}
	return found
}

// concept is an entry of a controlled list: its address and what it is called.
func (o *older) concept(n *xmltree.Node, pointer string) strictjson.Value {
	var members []strictjson.Member
	if address, _ := n.Attribute("", "uri"); address != "" {
		o.places[pointer+"/id"] = o.place(n)
		members = append(members, strictjson.Member{Key: "id", Value: strictjson.NewString(address)})
	}
	var names []strictjson.Value
	for _, name := range n.Elements(n.Namespace, "targetName") {
		names = append(names, o.words(name, pointer+"/prefLabel", len(names))...)
	}
	if len(names) > 0 {
		members = append(members, strictjson.Member{Key: "prefLabel", Value: strictjson.NewArray(names)})
	}
	return strictjson.NewObject(members)
}

// olderBounds are the elements that say from when or until when.
var olderBounds = map[string]Bound{
	"validFrom": From, "issuanceDate": From, "validUntil": Until, "expirationDate": Until, "issued": Issued,
}

// dates are all that stand right in an element.
func (o *older) dates(n *xmltree.Node) (found []Date) {
	for _, child := range n.Children {
		bound, ok := olderBounds[child.Local]
		if !ok || child.Kind != xmltree.Element || !envelope.IsEuropass(child.Namespace) || text(child) == "" {
			continue
		}
		date := Date{Bound: bound, Text: text(child), Path: o.place(child)}
		date.Time, date.WholeDay, date.Readable = ParseDate(date.Text, bound, DayOrTime)
		if found = append(found, date); len(found) > limits.MarkupAttributes {
			o.much = true
			break
		}
	}
	return found
}
