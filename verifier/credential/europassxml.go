package credential

import (
	"slices"
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
	inParts writing = iota // in its elements
	through                // its elements stand as if they stood around it
	inWords                // in elements `text`, one for each language
	inText                 // in its text
)

// element says how an element of ELM v2 is read, and in which member of the newer
// form (ELM v3) the same is said (mapping.md C.1). Of parts, kind is their type
// there; of words and texts, the member under which they stand.
type element struct {
	name, member string
	writing      writing
	kind         string
}

var elements = [...]element{
	{"title", "title", inWords, ""}, {"name", "name", inWords, ""},
	{"prefLabel", "prefLabel", inWords, ""}, {"preferredName", "prefLabel", inWords, ""}, {"targetName", "prefLabel", inWords, ""},
	{"altLabel", "altLabel", inWords, ""}, {"alternativeName", "altLabel", inWords, ""},
	{"fullName", "fullName", inWords, ""}, {"givenNames", "givenName", inWords, ""}, {"familyName", "familyName", inWords, ""},

	{"issuer", "issuer", inParts, ""}, {"onBehalf", "onBehalf", inParts, ""},
	{"credentialSubject", "credentialSubject", inParts, ""},
	{"contains", "", through, ""}, {envelope.Credential, "subCredentials", inParts, ""},
	{"achievements", "", through, ""}, {"activities", "", through, ""}, {"assessments", "", through, ""}, {"entitlements", "", through, ""},
	{"learningAchievement", "hasClaim", inParts, "LearningAchievement"}, {"achieved", "hasClaim", inParts, "LearningAchievement"},
	{"qualificationAward", "hasClaim", inParts, "LearningAchievement"},
	{"activity", "hasClaim", inParts, "LearningActivity"}, {"performed", "hasClaim", inParts, "LearningActivity"},
	{"assessment", "hasClaim", inParts, "LearningAssessment"}, {"entitlement", "hasClaim", inParts, "LearningEntitlement"},

	{"wasDerivedFrom", "provenBy", inParts, ""}, {"wasInfluencedBy", "influencedBy", inParts, ""}, {"hasPart", "hasPart", inParts, ""},
	{"wasAwardedBy", "awardedBy", inParts, ""}, {"awardingBody", "awardingBody", inParts, ""}, {"date", "awardingDate", inText, ""},
	{"specifiedBy", "specifiedBy", inParts, ""}, {"grade", "grade", inWords, "noteLiteral"},

	{"volumeOfLearning", "volumeOfLearning", inText, ""}, {"hasECTSCreditPoints", "creditPoint", inText, "point"},
	{"eqfLevel", "eqfLevel", inParts, ""}, {"nqfLevel", "nqfLevel", inParts, ""},
	{"mode", "mode", inParts, ""}, {"type", "dcType", inParts, ""}, {"hasISCED-FCode", "thematicArea", inParts, ""},
	{"learningOutcomes", "", through, ""}, {"learningOutcome", "learningOutcome", inParts, ""},
	{"learningOutcomeDescription", "learningOutcomeSummary", inWords, "noteLiteral"},

	{"registration", "registration", inText, "notation"}, {"legalIdentifier", "registration", inText, "notation"},
	{"vatIdentifier", "vatIdentifier", inText, "notation"}, {"taxIdentifier", "taxIdentifier", inText, "notation"},
	{"identifier", "identifier", inText, "notation"},
	{"hasLocation", "location", inParts, ""}, {"hasAddress", "address", inParts, ""},
	{"country", "countryCode", inParts, ""}, {"countryCode", "countryCode", inParts, ""},
}

// read is how an element is read, nil where it is not.
func read(name string) *element {
	for i := range elements {
		if elements[i].name == name {
			return &elements[i]
		}
	}
	return nil
}

// older puts an XML credential into the members of the newer form, so that one
// reading serves both, and notes where each value stands in the file.
type older struct {
	// root is the credential, sealer the presentation around it that was sealed
	// and says by whom; else nil.
	root, sealer *xmltree.Node
	named        map[scoped][]*xmltree.Node // what references lead to
	ordinal      map[*xmltree.Node]int      // of an element among those of its name, from 1
	places       map[string]string          // JSON pointer -> place in the file
	count, work  int                        // of values read, and of nodes looked at for them
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
	for _, part := range e.Parts {
		c.Inner = append(c.Inner, Inner{Path: part.Path, XML: part})
	}
	o := newOlder(e.XML, e.Part)
	if o.sealer == nil && o.root.Local != envelope.Credential {
		r.pack(o)
		return
	}
	c.Format, c.Types = EuropassXML, []string{envelope.Credential}
	r.add(report.CredentialEuropassXml, "")
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

// pack reads a presentation with several credentials, each of which is read by
// itself later: only who put it together, and until when it is to be used.
func (r *reader) pack(o *older) {
	c := r.c
	c.Format, c.Types = EuropassPack, []string{o.root.Local}
	r.add(report.CredentialPresentation, "")
	b := object{o: o}
	b.text("id", name(o.root, false), o.root)
	var issuers []*xmltree.Node
	for _, child := range o.root.Children {
		if !envelope.IsEuropass(child.Namespace) {
			continue
		}
		if child.Local == "issuer" {
			issuers = append(issuers, o.meant(child)...)
		} else if child.Local == "verificationChecks" {
			r.at(report.CredentialCheckResults, o.place(child), "")
		}
	}
	if len(issuers) > 1 {
		r.at(report.CredentialIssuerMalformed, o.place(o.root)+"/issuer", strconv.Itoa(len(issuers)))
	} else if len(issuers) == 1 {
		value := o.object(issuers[0], "/issuer", "", 0)
		b.set("issuer", value)
		c.Issuer.Party = ReadParty(value, "/issuer")
		c.Issuer.ID = c.Issuer.Party.ID
	}
	c.Document, c.Places = b.value(), o.places
	c.ID = c.Document.At("id").Text()
	c.Dates = o.dates(o.root)
	if o.much {
		r.add(report.CredentialXmlTooMuch, "")
	}
}

// newOlder prepares to read a credential, or one in a presentation: the one of
// that number, from 1, or the only one.
func newOlder(root *xmltree.Node, part int) *older {
	o := &older{
		root: root, named: map[scoped][]*xmltree.Node{}, ordinal: map[*xmltree.Node]int{}, places: map[string]string{},
	}
	var credentials []*xmltree.Node
	if root.Local != envelope.Credential {
		for _, child := range root.Children {
			if child.Kind == xmltree.Element && child.Local == envelope.Credential && envelope.IsEuropass(child.Namespace) {
				credentials = append(credentials, child)
			}
		}
		if part == 0 && len(credentials) == 1 {
			part = 1
		}
		if part > 0 && part <= len(credentials) {
			o.root, o.sealer = credentials[part-1], root
		}
	}
	inside := len(credentials) < 2 // the one that is read
	root.Walk(func(n *xmltree.Node) bool {
		if len(credentials) > 1 && n.Parent == root {
			if inside = n == o.root; !inside && n.Local == envelope.Credential {
				return false
			}
		}
		if !inside {
			// What stands around several of them is looked through for each.
			o.work += len(credentials) * (1 + len(n.Children))
			if o.much = o.much || o.work > limits.MarkupNodes; o.much {
				return false
			}
		}
		if id := name(n, false); id != "" && strings.HasSuffix(n.Parent.Local, "References") {
			at := scoped{around(n), id}
			o.named[at] = append(o.named[at], n)
		}
		counts := map[string]int{}
		for _, child := range n.Children {
			if child.Kind == xmltree.Element {
				counts[child.Local]++
				o.ordinal[child] = counts[child.Local]
			}
		}
		return true
	})
	return o
}

// place is where an element stands, by the names on the way to it; the first of
// several has no number.
func (o *older) place(n *xmltree.Node) string {
	place := ""
	for ; n != nil && n.Kind == xmltree.Element; n = n.Parent {
		own := "/" + n.Local
		if at := o.ordinal[n]; at > 1 {
			own += "[" + strconv.Itoa(at) + "]"
		}
		place = own + place
	}
	return place
}

// item is an element, and how what refers to it is read.
type item struct {
	rule *element
	node *xmltree.Node
}

// spend counts what is looked at: what is referred to is so for each reference,
// and its text as well, 64 bytes of which count as a node.
func (o *older) spend(n *xmltree.Node) bool {
	o.work += 1 + len(n.Children)
	for _, child := range n.Children {
		o.work += len(child.Value) >> 6
	}
	o.much = o.much || o.work > limits.MarkupNodes
	return !o.much
}

// note keeps where a value stands. A name on the way may be as long as the file.
func (o *older) note(pointer string, n *xmltree.Node) {
	if o.much {
		return
	}
	place := o.place(n)
	o.places[pointer] = place
	o.work += len(place) >> 6
	o.much = o.work > limits.MarkupNodes
}

// name is the id or the address of an element, or what it refers to.
func name(n *xmltree.Node, reference bool) string {
	for _, a := range n.Attributes {
		refers, named := a.Local == "idref", strings.EqualFold(a.Local, "id") || a.Local == "uri"
		if a.Prefix != "xml" && (reference && refers || !reference && named) {
			return a.Value
		}
	}
	return ""
}

// meant is what an element refers to, in its own credential or in one around it,
// or else the element: one that refers to nothing still names somebody. It does
// not name an issuer.
func (o *older) meant(n *xmltree.Node) []*xmltree.Node {
	id := name(n, true)
	for in := n; id != "" && in != nil; in = in.Parent {
		in = around(in)
		if found := o.named[scoped{in, id}]; found != nil {
			return found
		}
		if in == nil {
			break
		}
	}
	if id != "" && n.Local == "issuer" {
		return nil
	}
	return []*xmltree.Node{n}
}

// within are the elements of an element, or what they refer to.
func (o *older) within(n *xmltree.Node, depth int) (found []item) {
	if o.much = o.much || depth > deepest; !o.spend(n) {
		return nil
	}
	own := true
	if n == o.root && o.sealer != nil {
		for _, issuer := range o.sealer.Children {
			if issuer.Local == "issuer" && envelope.IsEuropass(issuer.Namespace) {
				own = false
				for _, node := range o.meant(issuer) {
					found = append(found, item{read("issuer"), node})
				}
			}
		}
	}
	for _, child := range n.Children {
		rule := read(child.Local)
		if rule == nil || child.Kind != xmltree.Element || !envelope.IsEuropass(child.Namespace) {
			continue
		}
		nodes := o.meant(child)
		switch {
		case rule.member == "issuer" && !own:
			// Whoever sealed the presentation did so on somebody's behalf.
			rule = read("onBehalf")
		case rule.writing == through:
			found, nodes = append(found, o.within(child, depth+1)...), nil
		case rule.member == "hasPart":
			if parts := child.Elements(child.Namespace, "learningAchievement"); parts != nil {
				nodes = parts
			}
		}
		for _, node := range nodes {
			if !o.spend(node) {
				return nil
			}
			found = append(found, item{rule, node})
		}
	}
	return found
}

// object collects members.
type object struct {
	o       *older
	pointer string
	members []strictjson.Member
}

func (b *object) set(key string, value strictjson.Value) {
	b.members = append(b.members, strictjson.Member{Key: key, Value: value})
}

// text sets a text that stands in an element.
func (b *object) text(key, text string, at *xmltree.Node) {
	if text != "" {
		b.o.note(b.pointer+"/"+key, at)
		b.set(key, strictjson.NewString(text))
	}
}

func (b *object) value() strictjson.Value { return strictjson.NewObject(b.members) }

// object is what an element with elements says; kind is its type.
func (o *older) object(n *xmltree.Node, pointer, kind string, depth int) strictjson.Value {
	b := object{o: o, pointer: pointer}
	if b.text("id", name(n, false), n); len(b.members) == 0 {
		b.text("id", name(n, true), n)
	}
	if kind != "" {
		b.set("type", strictjson.NewString(kind))
	}
	all := o.within(n, depth)
	var done []string // few: there are not many members
	for i, part := range all {
		key := part.rule.member
		if slices.Contains(done, key) {
			continue
		}
		done = append(done, key)
		if part.rule.writing == inText && part.rule.kind == "" {
			// A single one; dates that count are read by themselves, all of them.
			b.text(key, text(part.node), part.node)
			continue
		}
		var list []strictjson.Value
		for _, same := range all[i:] {
			if same.rule.member == key {
				list = o.item(list, same, pointer+"/"+key, depth)
			}
		}
		if len(list) > 0 {
			b.set(key, strictjson.NewArray(list))
		}
	}
	return b.value()
}

// item appends what an item says.
func (o *older) item(list []strictjson.Value, part item, pointer string, depth int) []strictjson.Value {
	if o.count++; o.count > limits.MarkupCopies {
		o.much = true
		return list
	}
	rule, n := part.rule, part.node
	if rule.writing == inWords && rule.kind == "" {
		return o.words(list, n, pointer)
	}
	pointer += "/" + strconv.Itoa(len(list))
	b := object{o: o, pointer: pointer}
	switch rule.writing {
	case inWords:
		b.set(rule.kind, strictjson.NewArray(o.words(nil, n, pointer+"/"+rule.kind)))
	case inText:
		b.text(rule.kind, text(n), n)
		if rule.kind == "point" {
			// The name of the element says in which credits.
			f := object{o: o, pointer: pointer + "/framework"}
			f.text("notation", "ECTS", n)
			b.set("framework", f.value())
		}
	default:
		return append(list, o.object(n, pointer, rule.kind, depth+1))
	}
	return append(list, b.value())
}

// text is what stands in an element, without the space around it.
func text(n *xmltree.Node) string {
	all, _ := n.Text()
	return strings.TrimSpace(all)
}

// words appends the texts in an element, one for each language, or its own.
func (o *older) words(list []strictjson.Value, n *xmltree.Node, pointer string) []strictjson.Value {
	if !o.spend(n) {
		return list
	}
	texts := n.Elements(n.Namespace, "text")
	if len(texts) == 0 {
		texts = []*xmltree.Node{n}
	}
	for _, one := range texts {
		if !o.spend(one) {
			break
		}
		value := text(one)
		if value == "" {
			continue
		}
		if o.count++; o.count > limits.MarkupCopies {
			o.much = true
			break
		}
		o.note(pointer+"/"+strconv.Itoa(len(list)), one)
		b := object{o: o}
		b.set("@value", strictjson.NewString(value))
		for _, a := range one.Attributes {
			if a.Local == "lang" || a.Local == "language" {
				b.set("@language", strictjson.NewString(a.Value))
				break
			}
		}
		list = append(list, b.value())
	}
	return list
}

// olderBounds are the elements that say from when or until when.
var olderBounds = [...]struct {
	name  string
	bound Bound
}{
	{"validFrom", From}, {"issuanceDate", From}, {"validUntil", Until}, {"expirationDate", Until}, {"issued", Issued},
}

// dates are all that stand right in an element.
func (o *older) dates(n *xmltree.Node) (found []Date) {
	for _, child := range n.Children {
		bound := Bound(0)
		for i := range olderBounds {
			if olderBounds[i].name == child.Local {
				bound = olderBounds[i].bound
			}
		}
		if bound == 0 || child.Kind != xmltree.Element || !envelope.IsEuropass(child.Namespace) || text(child) == "" {
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
