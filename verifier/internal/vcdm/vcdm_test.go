package vcdm

import (
	"strings"
	"testing"

	"github.com/sealcheck/sealcheck/verifier/internal/member"
	"github.com/sealcheck/sealcheck/verifier/internal/strictjson"
	"github.com/sealcheck/sealcheck/verifier/report"
)

// check holds a document against every rule and gives the codes with their
// places, in order.
func check(value strictjson.Value, version int, european bool) (all []string) {
	d := Document{
		Value: value, Version: version, European: european,
		Path: func(name string) string { return "/" + member.Token(name) },
		Report: func(code report.Code, _ string, pairs ...string) {
			all = append(all, strings.TrimPrefix(string(code), "credential.")+" "+pairs[1])
		},
	}
	d.Contexts()
	d.Types("VerifiableCredential")
	d.Identifier()
	d.Subjects()
	d.Members()
	d.Texts(value, "")
	d.Badge()
	return all
}

func TestRules(t *testing.T) {
	const (
		badge = `"credentialSubject":{"achievement":{}}`
		head  = `"@context":["https://www.w3.org/ns/credentials/v2"],"type":"VerifiableCredential",`
		old   = `"@context":"https://www.w3.org/2018/credentials/v1","type":"VerifiableCredential",`
	)
	for _, row := range []struct {
		name, text string
		version    int
		european   bool
		want       string
	}{
		{"good", head + badge, 2, false, ""},
		{"good, 1.1", old + badge, 1, false, ""},
		{"nothing", ``, 2, false, "context_missing /@context, type_missing /type, subject_missing /credentialSubject"},
		{"null", `"@context":null,"type":null,"credentialSubject":null,"id":null`, 2, false, "context_missing /@context, type_missing /type, id_malformed /id, subject_missing /credentialSubject"},
		{"other version's context", old + badge, 2, false, "context_missing /@context"},
		{"European, other context", old + badge, 2, true, "edc_member_missing /@context"},
		{"protected term", `"@context":["https://www.w3.org/ns/credentials/v2",{"VerifiableCredential":"x:y","a~b":{"@id":"<"}}],"type":"VerifiableCredential",` + badge, 2, false,
			"context_inline /@context/1, context_malformed /@context/1/VerifiableCredential, context_malformed /@context/1/a~0b"},
		{"context no address", `"@context":["https://www.w3.org/ns/credentials/v2","x"],"type":"VerifiableCredential",` + badge, 2, false, "context_malformed /@context/1"},
		{"id", head + badge + `,"id":"x"`, 2, false, "id_malformed /id"},
		{"subject's id", head + `"credentialSubject":{"id":"x","achievement":{}}`, 2, false, "id_malformed /credentialSubject/id"},
		{"European subject's id", head + `"credentialSubject":{"id":"x","achievement":{}}`, 2, true, ""},
		{"no achievement", head + `"credentialSubject":[{"a":1},{"achievement":["x",{}]}]`, 2, false, "achievement_missing /credentialSubject/0/achievement, badge_malformed /credentialSubject/1/achievement/0"},
		{"names", head + badge + `,"name":{"en":"a"},"description":[{"@value":"a"},{"@value":1}]`, 2, false, "name_malformed /name, name_malformed /description/1"},
		{"names, 1.1", old + badge + `,"name":{"en":"a"}`, 1, false, ""},
		{"members", head + badge + `,"evidence":[{}],"termsOfUse":"x","proof":{"type":"t"},"credentialSchema":{"type":"t","id":"x"},"relatedResource":{"id":"x:y"}`, 2, false,
			"evidence_malformed /evidence/0, member_malformed /termsOfUse, schema_malformed /credentialSchema, member_malformed /relatedResource"},
	} {
		t.Run(row.name, func(t *testing.T) {
			value, err := strictjson.Parse([]byte("{" + row.text + "}"))
			if err != nil {
				t.Fatal(err)
			}
			if got := strings.Join(check(value, row.version, row.european), ", "); got != row.want {
				t.Errorf("%s\nwant %s", got, row.want)
			}
		})
	}
}

func FuzzRules(f *testing.F) {
	f.Add([]byte(`{"@context":["https://www.w3.org/ns/credentials/v2",{"a":{"@id":"x"}}],"type":["VerifiableCredential"],"credentialSubject":[{"achievement":1}],"name":[{"@value":"x"}]}`))
	f.Add([]byte(`{"relatedResource":[{"id":"x:y","digestSRI":"a"}],"credentialSchema":{"type":"t","id":"x:y"}}`))
	f.Fuzz(func(t *testing.T, data []byte) {
		value, err := strictjson.Parse(data)
		if err != nil {
			return
		}
		for _, version := range []int{1, 2} {
			for _, line := range check(value, version, version == 1) {
				if code, _, _ := strings.Cut(line, " "); report.Code("credential."+code).Outcome() == report.Pass {
					t.Error("a rule that praises: ", line)
				}
			}
		}
	})
}
