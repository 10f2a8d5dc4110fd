package jsonld

import (
	"fmt"
	"strings"
	"testing"

	"github.com/sealcheck/sealcheck/verifier/internal/contexts"
)

const smallBadge = `{"@context": ["https://www.w3.org/ns/credentials/v2", "https://www.w3.org/ns/credentials/examples/v2"],
	"id": "urn:uuid:58172aac-d8ba-11ed-83dd-0b3aef56cc33", "type": ["VerifiableCredential", "AlumniCredential"],
	"name": "Alumni Credential", "description": "A minimum viable example of an Alumni Credential.",
	"issuer": "https://vc.example/issuers/5678", "validFrom": "2023-01-01T00:00:00Z",
	"credentialSubject": {"id": "did:example:abcdefgh", "alumniOf": "The School of Examples"}}`

// badge is an Open Badge with a number of alignments.
func badge(alignments int) string {
	var list []string
	for i := range alignments {
		list = append(list, fmt.Sprintf(`{"type": ["Alignment"], "targetCode": "ESCO-%d", "targetName": "Skill number %d",
			"targetUrl": "https://data.europa.eu/esco/skill/%d", "targetType": "CFItem", "targetFramework": "ESCO",
			"targetDescription": "What one can do who has learnt number %d."}`, i, i, i, i))
	}
	return `{"@context": ["` + v2 + `", "` + badges + `", "https://purl.imsglobal.org/spec/ob/v3p0/extensions.json"], "id": "urn:uuid:1", "type": ["VerifiableCredential", "OpenBadgeCredential"],
		"name": "Soil data", "issuer": {"id": "did:web:uni.example", "type": ["Profile"], "name": "University", "url": "https://uni.example"},
		"validFrom": "2026-01-01T00:00:00Z", "validUntil": "2030-01-01T00:00:00Z",
		"credentialSchema": [{"id": "https://purl.imsglobal.org/spec/ob/v3p0/schema/json/ob_v3p0_achievementcredential_schema.json", "type": "1EdTechJsonSchemaValidator2019"}],
		"credentialSubject": {"id": "did:key:z1", "type": ["AchievementSubject"], "achievement": {
			"id": "urn:uuid:2", "type": ["Achievement"], "name": "Soil data", "description": "Reads soil data.", "achievementType": "Badge",
			"criteria": {"narrative": "Pass the test."}, "image": {"id": "https://uni.example/badge.png", "type": "Image", "caption": "A plant"},
			"alignment": [` + strings.Join(list, ",") + `]}}}`
}

func benchmark(b *testing.B, text string, trace bool) {
	library := NewLibrary(contexts.Find)
	document := parse(b, text)
	run := func() int {
		expanded, err := library.Expand(document, Options{Lossless: true, Trace: trace})
		if err != nil {
			b.Fatal(err)
		}
		quads, err := expanded.Quads()
		if err != nil {
			b.Fatal(err)
		}
		return len(quads)
	}
	b.ReportMetric(float64(run()), "quads")
	b.ReportAllocs()
	for b.Loop() {
		run()
	}
}

func BenchmarkSmall(b *testing.B)      { benchmark(b, smallBadge, true) }
func BenchmarkBadge(b *testing.B)      { benchmark(b, badge(1), true) }
func BenchmarkAlignments(b *testing.B) { benchmark(b, badge(20), true) }

// BenchmarkCold also compiles the contexts.
func BenchmarkCold(b *testing.B) {
	document := parse(b, badge(1))
	for b.Loop() {
		if _, err := NewLibrary(contexts.Find).Expand(document, Options{Lossless: true}); err != nil {
			b.Fatal(err)
		}
	}
}
