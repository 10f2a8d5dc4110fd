// Package vct is the table of what is known of types of wallet credentials
// (`vct`, SD-JWT VC 2.2.2.1): where each keeps what a reader wants to know.
// There is no official type for a micro-credential yet, and wallets may use
// several for the same thing, so that the types are data and no code
// (mapping.md C.3).
package vct

// Shape is how the claims of a type are arranged.
type Shape uint8

const (
	Flat     Shape = iota // each in a claim of its own, see Rules
	Badge                 // as an Open Badge 3.0
	European              // as a European Digital Credential (ELM v3)
)

// Rules say where a type keeps what. The lists are names of claims; all that
// are there are read.
type Rules struct {
	Shape Shape
	// Under is the claim in which everything stands, "" for the payload itself.
	Under string
	// Known says that the type is of credentials for learning, so that a
	// credential of it says that something was learnt.
	Known bool

	Learner, Title, Criteria, Results, Details []string
	// Issuer are names that the issuer gives itself; Awarder and AwarderID are
	// of the body that awards, which need not be the one that signs.
	Issuer, Awarder, AwarderID []string
}

// types are the types seen in European pilots, by the text of `vct`.
var types = map[string]*Rules{
	// WE BUILD catalogue, rulebooks rb-microcredential 0.2, rb-verified-skill
	// and rb-student.
	"VerifiableMicroCredential": &webuild,
	"VerifiableVerifiedSkill":   &webuild,
	"VerifiableStudentID":       &fallback,
	// DC4EU, now SUNET/vc: type metadata in metadata/vctm_*.json.
	"urn:eudi:micro_credential:1": {Shape: Badge, Known: true},
	"urn:eudi:elm:1":              {Shape: European, Under: "elm", Known: true},
	"urn:eudi:diploma:1":          {Shape: European, Known: true},
	// NiScy pilot of Japan and the EU.
	"urn:eu.europa.ec.eudi:learning:credential:1": &learning,
}

var webuild = Rules{
	Known:     true,
	Learner:   []string{"givenName", "familyName"},
	Title:     []string{"title"},
	Awarder:   []string{"awardingBody"},
	AwarderID: []string{"awardingBodyIdentifier"},
	Criteria:  []string{"learningOutcomes"},
	Results:   []string{"grade"},
	Details: []string{
		"notionalWorkload", "level", "nationalQualificationsFrameworkLevel", "typeOfAssessment", "formOfParticipation",
		"qualityAssurance", "entryRequirements", "idVerificationMethod", "gradingScheme", "stackable", "partOfQualification",
		"fieldOfEducation", "learningActivityType", "languageOfAssessment", "escoReference", "additionalNote",
	},
}

var learning = Rules{
	Known:   true,
	Learner: []string{"given_name", "family_name"},
	Title:   []string{"achievement_title"},
	Issuer:  []string{"issuing_authority"},
	Criteria: []string{
		"learning_outcomes", "achievement_description",
	},
	Results: []string{"grade"},
	Details: []string{
		"workload", "ects_credits", "level", "type_of_assessment", "assessment_type", "form_of_participation", "participation_type",
		"types_of_quality_assurance", "prerequisites_to_enroll", "integration_stackability_options", "language_of_classes",
	},
}

// fallback is for types that are not known: what has one meaning under
// whatever type. What it says was achieved is not guessed.
var fallback = Rules{
	Learner:  []string{"given_name", "family_name", "givenName", "familyName", "fullName"},
	Title:    []string{"title", "achievement_title", "credential_name", "credentialName"},
	Issuer:   []string{"issuing_authority", "issuer_name", "issuerName"},
	Awarder:  []string{"awardingBody", "awarding_body"},
	Criteria: []string{"learningOutcomes", "learning_outcomes"},
	Results:  []string{"grade"},
	Details:  []string{"description"},
}

// For gives the rules for a type, exactly as it is written.
func For(name string) *Rules {
	if rules, ok := types[name]; ok {
		return rules
	}
	return &fallback
}
