package linked

import "strings"

// model is where the terms of the data model live. What decides about a
// credential (issuer, dates, status) is read by these words.
const model = "https://www.w3.org/2018/credentials#"

// public are the vocabularies whose words mean what their names say.
var public = [...]string{
	model,
	"https://www.w3.org/ns/credentials/",
	"https://w3id.org/vc/status-list#",
	"https://purl.imsglobal.org/spec/vc/",
	"https://imsglobal.github.io/openbadges-specification/ob_v3p0.html#",
	"https://w3id.org/dcc/v1#",
	"https://w3id.org/vc-revocation-list-2020#",
	"https://w3id.org/openbadges#",
	"https://schema.org/", "http://schema.org/",
	"http://data.europa.eu/snb/model",
	"http://purl.org/dc/terms/",
	"http://www.w3.org/2004/02/skos/core#",
	"http://xmlns.com/foaf/0.1/",
	"http://www.w3.org/ns/regorg#",
	"http://www.w3.org/ns/adms#",
}

// words are the terms of the data model by which is decided what a credential
// is worth.
var words = set(`issuer holder credentialSubject credentialStatus credentialSchema validFrom validUntil evidence
	termsOfUse refreshService relatedResource verifiableCredential proof`)

// old are those of version 1.1 alone.
var old = set("issuanceDate expirationDate")

// How readers take what stands under a word: as a text or number; as a text
// that may be in some language; as a node to look into; as a node of which
// only texts and types matter; as either a node or a text.
type taken uint8

const (
	unread taken = iota
	asText
	asName
	asNode
	asThing
	asEither
)

// read are all the words under which readers (packages credential, describe,
// status, trust, vcdm) look for something, and how. A test compares them with
// those packages.
var read = func() map[string]taken {
	all := map[string]taken{}
	for how, text := range map[taken]string{
		asText: `validFrom validUntil issuanceDate expirationDate awardedDate issued awardingDate
			achievementType creditsAvailable creditsEarned ECTS SBU assessmentType participationType
			supervisionType identityChecked timeInvestment educationProgramIdentifier
			targetType targetName targetCode email value achievedLevel identityType identityHash hashed notation
			volumeOfLearning point addressCountryCode addressCountry url digestSRI digestMultibase encodedList ttl
			statusPurpose statusListIndex statusListCredential statusSize message statusReference
			revocationListIndex revocationListCredential credentialProfiles
			associationType sourceId targetId partial idx uri`,
		asName: `name legalName prefLabel altLabel title fullName givenName familyName description narrative
			noteLiteral endorsementComment evidenceStatement`,
		asNode: `issuer holder credentialSubject credentialStatus achievement alignment result criteria identifier
			awardingBody awardedBy hasClaim specifiedBy provenBy grade gradeStatus learningOutcome
			learningOutcomeSummary eqfLevel nqfLevel idVerification creditPoint framework mode dcType influencedBy displayParameter
			eIDASIdentifier registration vatIdentifier taxIdentifier address location countryCode spatial hasPart
			subCredentials statusMessage association ` + strays,
		asThing:  `credentialSchema evidence termsOfUse refreshService relatedResource verifiableCredential`,
		asEither: `status`,
	} {
		for word := range set(text) {
			all[word] = how
		}
	}
	return all
}()

// strays are names under which somebody could have meant a reference to a list
// (package credential). Whose words they are does not matter.
const strays = " credentialStatuses statusList status_list"

var stray = set(strays)

// called are the words of read by their names in lower case: vocabularies
// differ from the words in that.
var called = func() map[string]string {
	all := make(map[string]string, len(read))
	for word := range read {
		all[strings.ToLower(word)] = word
	}
	return all
}()

// odd are words that are called otherwise in their vocabulary, or that belong
// to none of public.
var odd = map[string]string{
	"https://purl.imsglobal.org/spec/vc/ob/vocab.html#CountryCode":                  "addressCountryCode",
	"https://imsglobal.github.io/openbadges-specification/ob_v3p0.html#CountryCode": "addressCountryCode",
	"http://purl.org/dc/terms/type":                                                 "dcType",
	"http://data.europa.eu/snb/model/elm/eidasLegalIdentifier":                      "eIDASIdentifier",
	"https://w3id.org/security#digestMultibase":                                     "digestMultibase",
	// The parts of a learner record are told so that none is overlooked; each
	// is read as it stands, by itself.
	"https://purl.imsglobal.org/spec/vc/clr/vocab.html#verifiableCredential": "verifiableCredential",
}

// aside is the one term of a public context that is reversed: it says
// something about what stands under it.
const aside = "awardedOnCompletionOf"

func set(text string) map[string]bool {
	all := map[string]bool{}
	for _, word := range strings.Fields(text) {
		all[word] = true
	}
	return all
}

// wordOf is the word by which readers know a property, or "" for one that they
// do not look for.
func wordOf(property string) string {
	if !published(property) {
		if word := called[strings.ToLower(local(property))]; stray[word] {
			return word
		}
		return odd[property]
	}
	if word, ok := odd[property]; ok {
		return word
	}
	name := local(property)
	if read[name] == unread {
		name = called[strings.ToLower(name)]
	}
	if (words[name] || old[name]) && !strings.HasPrefix(property, model) && !strings.HasPrefix(property, undefined) {
		return "" // the data model's words are nobody else's
	}
	return name
}

// undefined begins the vocabularies in which words end up that no context
// defines: a word of version 1.1 under version 2.0.
const undefined = "https://www.w3.org/ns/credentials/"

// typeOf is the name by which readers know a type: the address itself outside
// of public vocabularies.
func typeOf(address string) string {
	if name := local(address); name != "" && published(address) {
		return name
	}
	return address
}

// published says whether an address belongs to a vocabulary that readers know.
func published(address string) bool {
	if len(address) <= telling {
		return false
	}
	for _, vocabulary := range vocabularies[address[telling]] {
		if strings.HasPrefix(address, vocabulary) {
			return true
		}
	}
	return false
}

// telling is the place of a byte that tells most vocabularies apart.
const telling = len("https://")

// vocabularies are those of public by that byte.
var vocabularies = func() (all [256][]string) {
	for _, vocabulary := range public {
		all[vocabulary[telling]] = append(all[vocabulary[telling]], vocabulary)
	}
	return all
}()

// local is the name of a term in its vocabulary, without the number by which
// some tell terms of one name apart.
func local(address string) string {
	name := address[strings.LastIndexAny(address, "#/")+1:]
	if n := len(name); n > 2 && name[n-2] == '-' && name[n-1] >= '0' && name[n-1] <= '9' {
		name = name[:n-2]
	}
	return name
}
