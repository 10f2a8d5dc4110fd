package vcdm

import (
	"github.com/sealcheck/sealcheck/verifier/internal/member"
	"github.com/sealcheck/sealcheck/verifier/internal/strictjson"
	"github.com/sealcheck/sealcheck/verifier/report"
)

// Badge: every subject of an Open Badge names what was achieved (Open Badges
// 3.0 B.1.2). What else the schema asks of an achievement is advice: it says
// nothing about whether the badge is real.
func (d Document) Badge() {
	for _, subject := range d.list("credentialSubject") {
		if subject.Value.Kind() != strictjson.Object {
			continue // has its own finding
		}
		achievements := member.Entries(subject.Value, subject.Path, "achievement")
		if len(achievements) == 0 {
			d.at(report.CredentialAchievementMissing, subject.Path+"/achievement", "")
		}
		for _, achievement := range achievements {
			if achievement.Value.Kind() != strictjson.Object {
				d.at(report.CredentialBadgeMalformed, achievement.Path, "not an object")
			}
		}
	}
}
