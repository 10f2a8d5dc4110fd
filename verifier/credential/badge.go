package credential

import (
	"github.com/sealcheck/sealcheck/verifier/internal/strictjson"
	"github.com/sealcheck/sealcheck/verifier/report"
)

// badge: every subject of an Open Badge names what was achieved (Open Badges
// 3.0 B.1.2). What else the schema asks of an achievement is advice: it says
// nothing about whether the badge is real.
func (r *reader) badge() {
	for _, subject := range r.list("credentialSubject") {
		if subject.value.Kind() != strictjson.Object {
			continue // has its own finding
		}
		achievements := entries(subject.value, subject.path, "achievement")
		if len(achievements) == 0 {
			r.at(report.CredentialAchievementMissing, subject.path+"/achievement", "")
		}
		for _, achievement := range achievements {
			if achievement.value.Kind() != strictjson.Object {
				r.at(report.CredentialBadgeMalformed, achievement.path, "not an object")
			}
		}
	}
}
