package describe

import (
	"strings"

	"github.com/sealcheck/sealcheck/verifier/internal/strictjson"
	"github.com/sealcheck/sealcheck/verifier/report"
)

// badge describes an Open Badge 3.0 (mapping.md C.1).
func badge(d *report.Description, root place) {
	state := achieved
	for _, subject := range root.all("credentialSubject") {
		identity(d, subject)
		for _, achievement := range subject.all("achievement") {
			add(&d.Title, achievement.names("name")...)
			for _, criteria := range achievement.all("criteria") {
				add(&d.Criteria, criteria.names("narrative")...)
				add(&d.Criteria, criteria.text("id"))
			}
			badgeDetails(d, achievement)
			for _, kind := range achievement.texts("achievementType") {
				if presence(kind.Value) {
					state = worse(state, attended)
				}
			}
		}
		keep(&d.Details, subject.text("creditsEarned"))
		for _, result := range subject.all("result") {
			state = worse(state, outcome(d, result))
		}
	}
	if len(d.Learner) == 0 {
		for _, subject := range root.all("credentialSubject") {
			learner(d, subject, "name")
		}
	}
	if len(d.Title) == 0 {
		add(&d.Title, root.names("name")...)
	}
	d.Claim = state.String()
}

func badgeDetails(d *report.Description, achievement place) {
	keep(&d.Details, achievement.names("description")...)
	keep(&d.Details, achievement.text("achievementType"))
	for _, alignment := range achievement.all("alignment") {
		// The level of the European Qualifications Framework and who assured the
		// quality, by the convention of edubadges (mapping.md C.1).
		switch alignment.text("targetType").Value {
		case "ext:EQF":
			keep(&d.Details, alignment.text("targetCode"))
		case "ext:QualityAssurance":
			keep(&d.Details, alignment.text("targetName"))
		}
	}
	// ECTS and SBU, the hours of study, exclude each other.
	for _, member := range [...]string{
		"creditsAvailable", "ECTS", "SBU", "timeInvestment", "assessmentType", "participationType",
		"supervisionType", "identityChecked", "educationProgramIdentifier",
	} {
		keep(&d.Details, achievement.words(member)...)
	}
}

// outcome keeps what a result states, and says what it makes of the claim.
// One that is there and cannot be read is stated, never achieved.
func outcome(d *report.Description, result place) claim {
	state := achieved
	if result.value.Kind() != strictjson.Object {
		state = stated
	}
	for _, member := range [...]string{"value", "status"} {
		texts := result.texts(member)
		if value, there := result.value.Get(member); there && value.Kind() != strictjson.Null && len(texts) == 0 {
			state = worse(state, stated)
		}
		for _, text := range texts {
			keep(&d.Results, text)
			state = worse(state, standing(text.Value))
		}
	}
	if level, there := result.value.Get("achievedLevel"); there && level.Kind() != strictjson.Null {
		keep(&d.Results, result.texts("achievedLevel")...)
		state = worse(state, stated)
	}
	return state
}

// claim is what the file says became of the learning. The order is from the
// best reading to the one that must never be hidden by another.
type claim uint8

const (
	achieved claim = iota
	stated
	attended
	inProgress
	failed
)

func (c claim) String() string {
	return [...]string{"achieved", "result", "attended", "in_progress", "failed"}[c]
}

func worse(a, b claim) claim {
	if b > a {
		return b
	}
	return a
}

// standing reads Open Badges' ResultStatusType, also where it is written as a
// value. Any other result is stated as it is.
func standing(text string) claim {
	switch strings.Map(letters, strings.ToLower(text)) {
	case "completed":
		return achieved
	case "failed", "fail", "failure", "withdrew", "withdrawn", "notpassed", "notcompleted":
		return failed
	case "enrolled", "inprogress", "onhold", "provisional":
		return inProgress
	default:
		return stated
	}
}

func letters(r rune) rune {
	if r >= 'a' && r <= 'z' {
		return r
	}
	return -1
}

// presence says whether a type of achievement is only about having been
// there.
func presence(kind string) bool {
	kind = strings.ToLower(kind)
	return strings.Contains(kind, "attendance") || strings.Contains(kind, "participation")
}
