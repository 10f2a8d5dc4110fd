package describe

import (
	"github.com/sealcheck/sealcheck/verifier/credential"
	"github.com/sealcheck/sealcheck/verifier/report"
)

// extensions are where Open Badges 2.0 of higher education keep what the core
// has no place for (mapping.md C.1).
var extensions = [...][2]string{
	{"extensions:LearningOutcomeExtension", "LearningOutcome"},
	{"extensions:ECTSExtension", "ECTS"},
	{"extensions:StudyLoadExtension", "StudyLoad"},
	{"extensions:TimeInvestmentExtension", "TimeInvestment"},
	{"extensions:EQFExtension", "EQF"},
	{"extensions:LanguageExtension", "Language"},
	{"extensions:EducationProgramIdentifierExtension", "EducationProgramIdentifier"},
	{"extensions:InstitutionNameExtension", "InstitutionName"},
	{"extensions:InstitutionCountryExtension", "InstitutionCountry"},
}

// oldBadge describes an Open Badge before 3.0.
func oldBadge(d *report.Description, c *credential.Credential, root place) {
	for _, recipient := range root.all("recipient") {
		// A hashed identity tells a reader nothing.
		if !credential.Hashed(recipient.value) {
			add(&d.Learner, recipient.text("identity"))
			add(&d.Learner, credential.Name{Value: recipient.value.Text(), Path: recipient.path}) // 0.5
		}
	}
	keep(&d.Details, root.texts("narrative")...)
	for _, evidence := range root.all("evidence") {
		keep(&d.Details, evidence.texts("narrative")...)
	}
	for _, badge := range root.all("badge") {
		add(&d.Title, badge.names("name")...)
		add(&d.Criteria, badge.text("criteria"))
		for _, criteria := range badge.all("criteria") {
			add(&d.Criteria, criteria.names("narrative")...)
			add(&d.Criteria, criteria.text("id"))
		}
		keep(&d.Details, badge.names("description")...)
		for _, extension := range extensions {
			for _, at := range badge.all(extension[0]) {
				keep(&d.Details, at.texts(extension[1])...)
			}
		}
		for _, alignment := range badge.all("alignment") {
			keep(&d.Details, alignment.text("targetName"))
			keep(&d.Details, alignment.text("name"))
		}
		keep(&d.Details, badge.texts("tags")...)
	}
	d.Claim = achieved.String()
}
