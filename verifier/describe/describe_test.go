package describe

import (
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/sealcheck/sealcheck/verifier/credential"
	"github.com/sealcheck/sealcheck/verifier/envelope"
	"github.com/sealcheck/sealcheck/verifier/internal/strictjson"
	"github.com/sealcheck/sealcheck/verifier/report"
)

func describe(t testing.TB, text string) *report.Description {
	t.Helper()
	document, err := strictjson.Parse([]byte(text))
	if err != nil {
		t.Fatal(err, text)
	}
	c, _ := credential.Read(envelope.Envelope{Form: envelope.JSON, Document: document}, nil, nil)
	return Describe(c)
}

func line(texts []report.Text) string {
	var words []string
	for _, text := range texts {
		word := text.Value
		if text.Language != "" {
			word += "@" + text.Language
		}
		words = append(words, word+" "+text.Path)
	}
	return strings.Join(words, "; ")
}

func badgeOf(subject string) string {
	return `{"@context":["https://www.w3.org/ns/credentials/v2"],"type":["VerifiableCredential","OpenBadgeCredential"],
		"issuer":{"id":"did:example:1","name":"School"},"validFrom":"2024-01-01T00:00:00Z","awardedDate":"2023-12-01T00:00:00Z","credentialSubject":` + subject + `}`
}

func europeanOf(claims string) string {
	return `{"@context":["https://www.w3.org/2018/credentials/v1"],"type":["VerifiableCredential","EuropeanDigitalCredential"],
		"issuer":{"id":"urn:x:1","legalName":{"en":"Seal Service"}},"issued":"2024-01-02T00:00:00Z","issuanceDate":"2024-01-02T00:00:00Z",
		"displayParameter":{"title":{"en":"Display"}},"credentialSubject":{"givenName":{"en":"Ana"},"familyName":{"en":"A"},"hasClaim":` + claims + `}}`
}

func TestClaim(t *testing.T) {
	badge := func(achievementType, results string) string {
		return badgeOf(`{"achievement":{"name":"A","achievementType":"` + achievementType + `"},"result":` + results + `}`)
	}
	const achievement, activity, assessment = `{"type":"LearningAchievement"}`, `{"type":"LearningActivity"}`, `{"type":["LearningAssessment"]}`
	graded := func(grade string) string {
		return `{"type":"LearningAchievement","provenBy":[{"grade":{"noteLiteral":{"en":["` + grade + `"]}}}]}`
	}
	cases := []struct{ text, want string }{
		{badge("Badge", `[]`), "achieved"},
		{badge("Badge", `{"status":"Completed"}`), "achieved"},
		{badge("Badge", `{"value":"85"}`), "result"},
		{badge("Badge", `{"value":85}`), "result"},
		{badge("Badge", `{"achievedLevel":"urn:x:1"}`), "result"},
		{badge("Badge", `{"status":"Failed"}`), "failed"},
		{badge("Badge", `{"status":"failed"}`), "failed"},
		{badge("Badge", `{"value":"Failed"}`), "failed"},
		{badge("Badge", `{"status":"Withdrew"}`), "failed"},
		{badge("Badge", `{"status":"Enrolled"}`), "in_progress"},
		{badge("Badge", `{"status":"In Progress"}`), "in_progress"},
		{badge("Badge", `{"status":"OnHold"}`), "in_progress"},
		{badge("Badge", `{"status":"Provisional"}`), "in_progress"},
		{badge("Badge", `{"status":"Wibble"}`), "result"},
		{badge("Badge", `[{"status":"Completed"},{"value":"A"},{"status":"Enrolled"},{"status":"Failed"}]`), "failed"},
		{badge("Badge", `[`+strings.Repeat(`{"status":"Completed"},`, 50)+`{"status":"Failed"}]`), "failed"}, // beyond what is listed
		{badge("ext:Attendance", `[]`), "attended"},
		{badge("ext:Attendance", `{"status":"Enrolled"}`), "in_progress"},
		{badge("ParticipationBadge", `{"value":"1"}`), "attended"},
		{europeanOf(achievement), "achieved"},
		{europeanOf(activity), "attended"},
		{europeanOf(`[` + activity + `,` + achievement + `]`), "achieved"},
		{europeanOf(`[` + achievement + `,` + activity + `]`), "achieved"},
		{europeanOf(assessment), "result"},
		{europeanOf(graded("Pass")), "result"},
		{europeanOf(graded("Failed")), "failed"},
		{europeanOf(`[` + graded("Failed") + `,` + achievement + `]`), "failed"},
		{europeanOf(`[]`), ""},
		{`{"@context":["https://www.w3.org/ns/credentials/v2"],"type":"VerifiableCredential","issuer":"did:example:1","credentialSubject":{"a":1}}`, ""},
		{`{"a":1}`, ""},
	}
	for _, c := range cases {
		if got := describe(t, c.text).Claim; got != c.want {
			t.Errorf("%s: %q, want %q", c.text[len(c.text)/2:], got, c.want)
		}
	}
}

func TestBadge(t *testing.T) {
	d := describe(t, badgeOf(`{"id":"did:example:2","identifier":[{"identityType":"emailAddress","hashed":true,"identityHash":"sha256$1"},{"identityType":"name","hashed":false,"identityHash":"Ana A"}],
		"achievement":{"name":"Welding","criteria":{"narrative":"Weld.","id":"https://x/c"},"ECTS":3.0,"SBU":"5","alignment":[{"targetType":"ext:EQF","targetCode":"5"},{"targetType":"CFItem","targetCode":"9"}]}}`))
	for got, want := range map[string]string{
		line(d.Title):    "Welding /credentialSubject/achievement/name",
		line(d.Learner):  "Ana A /credentialSubject/identifier/1/identityHash",
		line(d.Issuer):   "School /issuer/name",
		line(d.Issued):   "2023-12-01T00:00:00Z /awardedDate",
		line(d.From):     "2024-01-01T00:00:00Z /validFrom",
		line(d.Criteria): "Weld. /credentialSubject/achievement/criteria/narrative; https://x/c /credentialSubject/achievement/criteria/id",
		line(d.Details):  "5 /credentialSubject/achievement/alignment/0/targetCode; 3.0 /credentialSubject/achievement/ECTS; 5 /credentialSubject/achievement/SBU",
		d.IssuerID:       "did:example:1",
	} {
		if got != want {
			t.Errorf("%q, want %q", got, want)
		}
	}
}

// TestEducredential: the members that edubadges add to an Open Badge.
func TestEducredential(t *testing.T) {
	d := describe(t, badgeOf(`{"achievement":{"name":"Welding","description":"Welds","achievementType":"MicroCredential","SBU":240,"timeInvestment":3,"assessmentType":"testing",
		"participationType":"online","supervisionType":"supervised online","identityChecked":true,"educationProgramIdentifier":20121346,
		"alignment":[{"targetType":"ext:QualityAssurance","targetName":"Accredited","targetCode":"AV-1"},{"targetType":"ext:EQF","targetCode":"4"}]}}`))
	const at = "/credentialSubject/achievement/"
	want := "Welds " + at + "description; MicroCredential " + at + "achievementType; Accredited " + at + "alignment/0/targetName; 4 " + at + "alignment/1/targetCode; 240 " + at + "SBU; 3 " + at + "timeInvestment; testing " +
		at + "assessmentType; online " + at + "participationType; supervised online " + at + "supervisionType; true " + at + "identityChecked"
	if got := line(d.Details); got != want {
		t.Errorf("%s\nwant %s", got, want)
	}
}

func TestEuropean(t *testing.T) {
	d := describe(t, europeanOf(`{"type":"LearningAchievement","title":{"en":"Welding","de":["Schweißen"]},
		"awardedBy":{"awardingBody":[{"legalName":{"en":"Academy"}},{"legalName":{"fr":"seal service"}}],"awardingDate":"2023-05-06"},
		"provenBy":{"grade":{"noteLiteral":{"en":"A"}},"specifiedBy":[{"dcType":{"prefLabel":{"en":"Test"}},"title":{"en":"Exam"}}],"idVerification":{"notation":"onsite"}},
		"specifiedBy":{"nqfLevel":[{"notation":"6"}],"eqfLevel":{"id":"http://data.europa.eu/snb/eqf/5"},"volumeOfLearning":"PT5H","creditPoint":[{"point":"2","framework":{"notation":"ECTS"}}],"mode":{"prefLabel":{"en":"Online"}},"learningOutcome":{"title":{"en":"Weld"}}}}`))
	for got, want := range map[string]string{
		line(d.Title):    "Welding@en /credentialSubject/hasClaim/title/en; Schweißen@de /credentialSubject/hasClaim/title/de/0",
		line(d.Learner):  "Ana@en /credentialSubject/givenName/en; A@en /credentialSubject/familyName/en",
		line(d.Issuer):   "Seal Service@en /issuer/legalName/en",
		line(d.Awarder):  "Academy@en /credentialSubject/hasClaim/awardedBy/awardingBody/0/legalName/en",
		line(d.Issued):   "2023-05-06 /credentialSubject/hasClaim/awardedBy/awardingDate",
		line(d.Results):  "A@en /credentialSubject/hasClaim/provenBy/grade/noteLiteral/en",
		line(d.Criteria): "Weld@en /credentialSubject/hasClaim/specifiedBy/learningOutcome/title/en",
		line(d.Details): "http://data.europa.eu/snb/eqf/5 /credentialSubject/hasClaim/specifiedBy/eqfLevel/id; 6 /credentialSubject/hasClaim/specifiedBy/nqfLevel/0/notation; PT5H /credentialSubject/hasClaim/specifiedBy/volumeOfLearning; " +
			"2 /credentialSubject/hasClaim/specifiedBy/creditPoint/0/point; ECTS /credentialSubject/hasClaim/specifiedBy/creditPoint/0/framework/notation; " +
			"Online@en /credentialSubject/hasClaim/specifiedBy/mode/prefLabel/en; Test@en /credentialSubject/hasClaim/provenBy/specifiedBy/0/dcType/prefLabel/en; Exam@en /credentialSubject/hasClaim/provenBy/specifiedBy/0/title/en; onsite /credentialSubject/hasClaim/provenBy/idVerification/notation",
	} {
		if got != want {
			t.Errorf("%q, want %q", got, want)
		}
	}
	if d := describe(t, europeanOf(`{"specifiedBy":{"title":{"en":"Spec"}}}`)); line(d.Title) != "Spec@en /credentialSubject/hasClaim/specifiedBy/title/en" {
		t.Error(d.Title)
	}
	if d := describe(t, europeanOf(`{}`)); line(d.Title) != "Display@en /displayParameter/title/en" {
		t.Error(d.Title)
	}
}

func TestPlain(t *testing.T) {
	d := describe(t, `{"@context":["https://www.w3.org/ns/credentials/v2"],"id":"urn:x:1","type":["VerifiableCredential","Diploma"],"issuer":"did:example:1","name":[{"@value":"Diploma","@language":"en"}],"validFrom":"2024-01-01T00:00:00Z","credentialSubject":{"name":"Ana"}}`)
	if line(d.Title) != "Diploma@en /name/0" || line(d.Learner) != "Ana /credentialSubject/name" || fmt.Sprint(d.Types) != "[VerifiableCredential Diploma]" || d.ID != "urn:x:1" || len(d.Issued) != 0 {
		t.Error(d)
	}
	languages := `{"l0":"x0"`
	for i := 1; i < 30; i++ {
		languages += fmt.Sprintf(`,"l%d":"x%d"`, i, i)
	}
	if d := describe(t, europeanOf(`{"title":`+languages+`}}`)); len(d.Title) != most {
		t.Error(len(d.Title))
	}
	d = describe(t, `{"@context":["https://www.w3.org/ns/credentials/v2"],"type":"VerifiablePresentation","holder":{"id":"did:example:5"}}`)
	if line(d.Learner) != "did:example:5 /holder" || d.Claim != "" {
		t.Error(d)
	}
}

// TestPaths follows every path of a description of real files back to the
// value in the document.
func TestPaths(t *testing.T) {
	const vectors = "../../../shared/vectors"
	files := []string{
		"eu-elm/Sample-MC-Annex1-signed.jsonld", "eu-edc/credential-signed.jsonld", "eu-edc/jsonld/credential_shouldValidate.jsonld",
		"dc4eu-educational-pilot/formal-education/examples/EUHEMC/euhe-microcredential-example-john-doe.json",
		"1edtech-ob-spec/fullOpenBadge-00.json", "educredentials/_data_credentials_theed_microcredential_full_ho.json",
	}
	for _, file := range files {
		data, err := os.ReadFile(filepath.Join(vectors, file))
		if err != nil {
			if os.Getenv("CI") != "" {
				t.Fatal(err)
			}
			t.Skipf("0 of %d vectors: %v", len(files), err)
		}
		document, err := strictjson.Parse(data)
		if err != nil {
			t.Fatal(err)
		}
		if payload := document.At("payload").Text(); payload != "" {
			if document, err = strictjson.Parse([]byte(payload)); err != nil {
				t.Fatal(err)
			}
		}
		c, _ := credential.Read(envelope.Envelope{Document: document}, nil, nil)
		d := Describe(c)
		if len(d.Title) == 0 || len(d.Learner) == 0 || d.Claim == "" || len(d.Issued)+len(d.From) == 0 {
			t.Error(file, d)
		}
		for _, list := range [][]report.Text{d.Title, d.Learner, d.Issuer, d.Awarder, d.Issued, d.From, d.Until, d.Results, d.Criteria, d.Details} {
			for _, text := range list {
				at := follow(document, text.Path)
				written := at.Text() + at.Literal()
				if at.Truth() {
					written = "true"
				}
				if got := report.Clip(written); got != text.Value {
					t.Errorf("%s: %s is %q, not %q", file, text.Path, got, text.Value)
				}
			}
		}
	}
}

func follow(value strictjson.Value, path string) strictjson.Value {
	for _, key := range strings.Split(path, "/")[1:] {
		if value.Kind() == strictjson.Array {
			var i int
			if _, err := fmt.Sscan(key, &i); err != nil || i >= len(value.Items()) {
				return strictjson.Value{}
			}
			value = value.Items()[i]
			continue
		}
		value = value.At(strings.NewReplacer("~1", "/", "~0", "~").Replace(key))
	}
	return value
}

func FuzzDescribe(f *testing.F) {
	f.Add([]byte(badgeOf(`{"achievement":{"name":"A"},"result":{"value":1}}`)))
	f.Add([]byte(europeanOf(`[{"type":"LearningActivity","provenBy":{"grade":{"noteLiteral":{"en":["A"]}}}}]`)))
	f.Fuzz(func(t *testing.T, data []byte) {
		document, err := strictjson.Parse(data)
		if err != nil {
			return
		}
		c, _ := credential.Read(envelope.Envelope{Document: document}, nil, nil)
		d := Describe(c)
		for _, list := range [][]report.Text{d.Title, d.Learner, d.Results, d.Criteria, d.Details} {
			if len(list) > most {
				t.Error("too many")
			}
		}
		if _, err := json.Marshal(d); err != nil {
			t.Error(err)
		}
	})
}
