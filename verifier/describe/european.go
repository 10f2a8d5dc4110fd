package describe

import (
	"github.com/sealcheck/sealcheck/verifier/credential"
	"github.com/sealcheck/sealcheck/verifier/report"
)

// european describes a European Digital Credential (ELM v3; mapping.md C.1).
func european(d *report.Description, root place) {
	subjects := root.all("credentialSubject")
	var claims []place
	for _, subject := range subjects {
		learner(d, subject, "fullName")
		claims = append(claims, subject.all("hasClaim")...)
	}
	var specifications []place
	// Activities alone say that somebody took part; an assessment alone says
	// what came out; beside an achievement an activity takes nothing away.
	state, others := attended, false
	for _, c := range claims {
		add(&d.Title, c.names("title")...)
		specifications = append(specifications, c.all("specifiedBy")...)
		kind := grades(d, c)
		if c.is("LearningActivity") {
			continue
		}
		if c.is("LearningAssessment") {
			kind = worse(kind, stated)
		}
		if !others {
			state, others = kind, true
		}
		state = worse(state, kind)
	}
	if len(d.Title) == 0 {
		for _, specification := range specifications {
			add(&d.Title, specification.names("title")...)
		}
	}
	if len(d.Title) == 0 {
		for _, display := range root.all("displayParameter") {
			add(&d.Title, display.names("title")...)
		}
		add(&d.Title, root.names("title")...) // in the older form
	}
	for _, specification := range specifications {
		outcomes(d, specification)
		europeanDetails(d, specification)
	}
	for _, c := range claims {
		for _, assessment := range c.all("provenBy") {
			for _, specification := range assessment.all("specifiedBy") {
				concepts(&d.Details, specification.all("dcType"))
				keep(&d.Details, specification.names("title")...)
			}
			concepts(&d.Details, assessment.all("idVerification"))
			concepts(&d.Details, assessment.all("dcType"))
		}
		concepts(&d.Details, c.all("influencedBy", "specifiedBy", "mode"))
	}
	if len(claims) > 0 {
		d.Claim = state.String()
	}
}

// grades keeps what the assessments of a claim came to.
func grades(d *report.Description, c place) claim {
	state := achieved
	for _, assessment := range append(c.all("provenBy"), c) {
		for _, grade := range assessment.all("grade") {
			for _, text := range grade.names("noteLiteral") {
				keep(&d.Results, text)
				state = worse(state, standing(text.Value))
			}
		}
		for _, status := range assessment.all("gradeStatus") {
			for _, text := range label(status) {
				keep(&d.Results, text)
				state = worse(state, standing(text.Value))
			}
		}
	}
	return state
}

// outcomes are what had to be learnt.
func outcomes(d *report.Description, specification place) {
	for _, summary := range specification.all("learningOutcomeSummary") {
		add(&d.Criteria, summary.names("noteLiteral")...)
	}
	for _, outcome := range specification.all("learningOutcome") {
		add(&d.Criteria, outcome.names("title")...)
		add(&d.Criteria, outcome.names("prefLabel")...) // in the older form
	}
}

func europeanDetails(d *report.Description, specification place) {
	concepts(&d.Details, specification.all("eqfLevel"))
	concepts(&d.Details, specification.all("nqfLevel"))
	keep(&d.Details, specification.text("volumeOfLearning"))
	for _, credit := range specification.all("creditPoint") {
		keep(&d.Details, credit.text("point"))
		concepts(&d.Details, credit.all("framework"))
	}
	concepts(&d.Details, specification.all("mode"))
}

func concepts(list *[]report.Text, entries []place) {
	for _, entry := range entries {
		keep(list, label(entry)...)
	}
}

// label is what an entry of a controlled list is called, or else its notation
// or address.
func label(entry place) []credential.Name {
	if names := entry.names("prefLabel"); len(names) > 0 {
		return names
	}
	for _, member := range [...]string{"notation", "id"} {
		if text := entry.text(member); text.Value != "" {
			return []credential.Name{text}
		}
	}
	return nil
}
