package verifier_test

import (
	"context"
	"crypto"
	"crypto/ed25519"
	"encoding/json"
	"os"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/sealcheck/sealcheck/verifier"
	"github.com/sealcheck/sealcheck/verifier/fetch"
	"github.com/sealcheck/sealcheck/verifier/internal/contexts"
	"github.com/sealcheck/sealcheck/verifier/internal/jsonld"
	"github.com/sealcheck/sealcheck/verifier/internal/linked"
	"github.com/sealcheck/sealcheck/verifier/internal/multibase"
	"github.com/sealcheck/sealcheck/verifier/internal/strictjson"
	"github.com/sealcheck/sealcheck/verifier/report"
	"github.com/sealcheck/sealcheck/verifier/trust"
)

// One graph, many trees: each case writes what was signed in another form,
// under which the same signature holds. It is refused, or it is read as it was
// signed (T8, T9).

const (
	badges     = "https://purl.imsglobal.org/spec/vc/ob/vocab.html#"
	model      = "https://www.w3.org/2018/credentials#"
	university = "did:key:z6MkkGswsGwL5YNDCdwAYMTHU8jksvUHDRzdYiAKHKQBEVo1"
)

// graphSigned is a badge with an end, a status, a failed result, evidence and
// an image; each part can be written otherwise.
var graphSigned = []string{
	"CONTEXT", `"https://www.w3.org/ns/credentials/v2","https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.3.json"`,
	"TYPE", `"type":["VerifiableCredential","OpenBadgeCredential"]`,
	"ISSUER", `"issuer":{"id":"` + university + `","type":["Profile"],"name":"Westerlund University"NAMED}`,
	"NAMED", ``,
	"END", `,"validUntil":"2026-02-01T00:00:00Z"`,
	"STATUS", `,"credentialStatus":{"id":"https://university.example/s#1","type":"BitstringStatusListEntry","statusPurpose":"revocation","statusListIndex":"1","statusListCredential":"https://university.example/s"}`,
	"EVIDENCE", `,"evidence":[{"id":"urn:uuid:c0ffee00-7a51-4f8e-9d7b-0c2f1f3f5a11","type":["Evidence"],"narrative":"Exam"},{"id":"urn:a:1","type":["Evidence"],"name":"Doctor of Medicine"}]`,
	"SUBJECT", `"credentialSubject":{"id":"did:example:learner","type":["AchievementSubject"],"identifier":[{"type":"IdentityObject","hashed":false,"identityHash":"Jane Doe","identityType":"name"}],ACHIEVEMENT,RESULT}`,
	"ACHIEVEMENT", `"achievement":{"id":"urn:a:1","type":["Achievement"],"name":"Welding","achievementType":"ext:Attendance","image":{"id":"https://university.example/i.png","type":"Image"},"description":"d","criteria":{"id":"https://university.example/c","narrative":"n"}}`,
	"RESULT", `"result":[{"id":"urn:r:1","type":["Result"],STANDING,"value":"12"}]`,
	"STANDING", `"status":"Failed"`,
}

const form = `{"@context":[CONTEXT],"id":"urn:uuid:c0ffee00-7a51-4f8e-9d7b-0c2f1f3f5a11",TYPE,"name":"Statement",ISSUER,"validFrom":"2026-01-01T00:00:00Z"END STATUS EVIDENCE,SUBJECT}`

// written gives the document with some parts replaced.
func written(changes ...string) string {
	text := form
	for range 3 { // parts stand in parts
		for i := 0; i < len(graphSigned); i += 2 {
			part := graphSigned[i+1]
			for j := 0; j+1 < len(changes); j += 2 {
				if changes[j] == graphSigned[i] {
					part = changes[j+1]
				}
			}
			text = strings.ReplaceAll(text, graphSigned[i], part)
		}
	}
	return text
}

// otherForm is a part of graphSigned, or several, in another form.
type otherForm struct {
	name    string
	changes []string
}

func otherForms() []otherForm {
	part := func(name string) string { return graphSigned[slices.Index(graphSigned, name)+1] }
	hidden := part("END")[1:] + part("STATUS")
	own := func(terms string) string { return part("CONTEXT") + "," + terms }
	root := `{"id":"urn:uuid:c0ffee00-7a51-4f8e-9d7b-0c2f1f3f5a11","type":["VerifiableCredential"],` + hidden + `}`
	return []otherForm{
		{"end and status reversed under the issuer", []string{"CONTEXT", own(`{"issuer":{"@id":"` + model + `issuer","@type":"@id"}}`), "END", "", "STATUS", "", "NAMED", `,"@reverse":{"issuer":` + root + `}`}},
		{"end and status at another place with the id", []string{"END", "", "STATUS", "", "EVIDENCE", `,"evidence":[{"id":"urn:uuid:c0ffee00-7a51-4f8e-9d7b-0c2f1f3f5a11","type":["Evidence","VerifiableCredential"],` + hidden + `,"narrative":"Exam"},{"id":"urn:a:1","type":["Evidence"],"name":"Doctor of Medicine"}]`}},
		{"the image reversed under itself", []string{"ACHIEVEMENT", strings.Replace(part("ACHIEVEMENT"), `"type":"Image"`, `"type":"Image","@reverse":{"image":{"id":"urn:a:1","type":["Achievement"]}}`, 1)}},
		{"reversed by a term", []string{"CONTEXT", own(`{"zz":{"@reverse":"` + badges + `image"}}`), "ACHIEVEMENT", strings.Replace(part("ACHIEVEMENT"), `"type":"Image"`, `"type":"Image","zz":{"id":"urn:a:1"}`, 1)}},
		{"the end as an address", []string{"END", `,"` + model + `validUntil":{"@value":"2026-02-01T00:00:00Z","@type":"http://www.w3.org/2001/XMLSchema#dateTime"}`}},
		{"the end by a word of its own", []string{"CONTEXT", own(`{"zz":{"@id":"` + model + `validUntil","@type":"http://www.w3.org/2001/XMLSchema#dateTime"}}`), "END", `,"zz":"2026-02-01T00:00:00Z"`}},
		{"the end as a typed value", []string{"END", `,"validUntil":{"@value":"2026-02-01T00:00:00Z","@type":"http://www.w3.org/2001/XMLSchema#dateTime"}`}},
		{"the end in an array", []string{"END", `,"validUntil":["2026-02-01T00:00:00Z"]`}},
		{"status in an array", []string{"STANDING", `"status":["Failed"]`}},
		{"status as a value", []string{"STANDING", `"status":{"@value":"Failed"}`}},
		{"status as a typed value", []string{"STANDING", `"status":{"@value":"Failed","@type":"http://www.w3.org/2001/XMLSchema#string"}`}},
		{"status as an address", []string{"STANDING", `"` + badges + `status":"Failed"`}},
		{"results in a set", []string{"RESULT", `"result":{"@set":[{"id":"urn:r:1","type":["Result"],STANDING,"value":"12"}]}`}},
		{"results in an array in an array", []string{"RESULT", `"result":[[{"id":"urn:r:1","type":["Result"],STANDING,"value":"12"}]]`}},
		{"results as an address", []string{"RESULT", `"` + badges + `result":[{"id":"urn:r:1","type":["Result"],STANDING,"value":"12"}]`}},
		{"results by a word of its own", []string{"CONTEXT", own(`{"zz":"` + badges + `result"}`), "RESULT", `"zz":[{"id":"urn:r:1","type":["Result"],STANDING,"value":"12"}]`}},
		{"results in other letters", []string{"CONTEXT", own(`{"rESULT":"` + badges + `result"}`), "RESULT", `"rESULT":[{"id":"urn:r:1","type":["Result"],STANDING,"value":"12"}]`}},
		{"type in other letters", []string{"CONTEXT", own(`{"openBadgeCredential":"` + badges + `OpenBadgeCredential"}`), "TYPE", `"type":["VerifiableCredential","openBadgeCredential"]`}},
		{"a set by another name", []string{"CONTEXT", own(`{"zz":"@set"}`), "RESULT", `"result":{"zz":[{"id":"urn:r:1","type":["Result"],STANDING,"value":"12"}]}`}},
		{"a value by another name", []string{"CONTEXT", own(`{"zz":"@value"}`), "STANDING", `"status":{"zz":"Failed"}`}},
		{"a set by its bare name", []string{"CONTEXT", own(`{"set":"@set"}`), "RESULT", `"result":{"set":[{"id":"urn:r:1","type":["Result"],STANDING,"value":"12"}]}`}},
		{"a value by its bare name", []string{"CONTEXT", own(`{"value":"@value"}`), "STANDING", `"status":{"value":"Failed"}`}},
		{"identityHash by an older word", []string{"CONTEXT", own(`{"identity":"` + badges + `identityHash"}`), "SUBJECT", strings.Replace(part("SUBJECT"), `"identityHash"`, `"identity"`, 1)}},
		{"the kind of identity in an array", []string{"SUBJECT", strings.Replace(part("SUBJECT"), `"identityType":"name"`, `"identityType":["name"]`, 1)}},
		{"the achievement under the evidence", []string{"ACHIEVEMENT", `"achievement":{"id":"urn:a:1"}`, "EVIDENCE", strings.Replace(part("EVIDENCE"), `"type":["Evidence"],"name":"Doctor of Medicine"`, `"type":["Evidence","Achievement"],"name":["Doctor of Medicine","Welding"],`+strings.TrimSuffix(strings.SplitAfterN(part("ACHIEVEMENT"), `"name":"Welding",`, 2)[1], "}"), 1)}},
		{"an achievement very many times", []string{"ACHIEVEMENT", `"achievement":[` + strings.Repeat(`{"id":"urn:a:1","type":["Achievement"],"description":"d"},`, 900) + strings.TrimPrefix(part("ACHIEVEMENT"), `"achievement":`) + `]`}},
		{"a result at another place", []string{"RESULT", `"result":[{"id":"urn:r:1"},{"id":"urn:r:1","type":["Result"],STANDING,"value":"12"}]`}},
		{"a result many times", []string{"RESULT", `"result":[` + strings.Repeat(`{"id":"urn:r:1","type":["Result"],"value":"12"},`, 12) + `{"id":"urn:r:1","type":["Result"],STANDING}]`}},
		{"attendance in an array", []string{"ACHIEVEMENT", strings.Replace(part("ACHIEVEMENT"), `"ext:Attendance"`, `["ext:Attendance"]`, 1)}},
		{"type as an address", []string{"TYPE", `"type":["VerifiableCredential","` + badges + `OpenBadgeCredential"]`}},
		{"type and @type", []string{"TYPE", `"type":["VerifiableCredential"],"@type":"OpenBadgeCredential"`}},
		{"names exchanged", []string{"EVIDENCE", strings.Replace(part("EVIDENCE"), "Doctor of Medicine", "Welding", 1), "ACHIEVEMENT", strings.Replace(part("ACHIEVEMENT"), "Welding", "Doctor of Medicine", 1)}},
		{"a name moved", []string{"EVIDENCE", strings.Replace(part("EVIDENCE"), `"Doctor of Medicine"`, `["Doctor of Medicine","Welding"]`, 1), "ACHIEVEMENT", strings.Replace(part("ACHIEVEMENT"), `"name":"Welding",`, ``, 1)}},
		{"a name as an address", []string{"ACHIEVEMENT", strings.Replace(part("ACHIEVEMENT"), `"name":"Welding"`, `"https://schema.org/name":"Welding"`, 1)}},
		{"hashed as text", []string{"SUBJECT", strings.Replace(part("SUBJECT"), `"hashed":false`, `"hashed":"false"`, 1)}},
		{"criteria by a prefix", []string{"CONTEXT", own(`{"Passed with distinction ":{"@id":"https://university.example/","@prefix":true}}`), "ACHIEVEMENT", strings.Replace(part("ACHIEVEMENT"), `"https://university.example/c"`, `"Passed with distinction :c"`, 1)}},
		{"in another order", []string{"TYPE", `"type":["OpenBadgeCredential","VerifiableCredential"]`}},
	}
}

func TestOtherForms(t *testing.T) {
	cases := otherForms()
	library := jsonld.NewLibrary(contexts.Find)
	honest := written()
	proof := signGraph(t, library, honest)
	want := tell(judgeGraph(t, honest, proof))
	if want.headline != report.Expired || want.claim != "failed" || want.titles != "Doctor of Medicine; Welding" {
		t.Fatalf("the honest one: %+v", want)
	}
	refused := 0
	for _, c := range cases {
		text := written(c.changes...)
		if text == honest {
			t.Errorf("%s: nothing is changed", c.name)
		}
		got := tell(judgeGraph(t, text, proof))
		switch {
		case got.headline == report.Refused:
			refused++
		case got != want:
			t.Errorf("%s is read as\n%+v, signed was\n%+v", c.name, got, want)
		}
	}
	if refused == len(cases) {
		t.Error("everything is refused: also what is only written a little differently")
	}
	t.Logf("%d forms, %d refused, the others read as signed", len(cases), refused)
}

// signGraph gives the proof of a document by a test key, as eddsa-rdfc-2022.
func signGraph(t *testing.T, library *jsonld.Library, document string) string {
	t.Helper()
	return signGraphBy(t, library, universitySeed(t), university, document)
}

// universitySeed is that key.
func universitySeed(t *testing.T) []byte {
	t.Helper()
	data, err := os.ReadFile("../testdata/keys/university-ed25519.json")
	if err != nil {
		t.Fatal(err)
	}
	var key struct{ D string }
	if err := json.Unmarshal(data, &key); err != nil {
		t.Fatal(err)
	}
	seed, err := multibase.Base64URL(key.D)
	if err != nil {
		t.Fatal(err)
	}
	return seed
}

// signGraphBy is signGraph with the key of a did:key.
func signGraphBy(t *testing.T, library *jsonld.Library, seed []byte, did, document string) string {
	t.Helper()
	value, err := strictjson.Parse([]byte(document))
	if err != nil {
		t.Fatal(err, document)
	}
	options := `{"type":"DataIntegrityProof","cryptosuite":"eddsa-rdfc-2022","created":"2026-01-02T00:00:00Z","verificationMethod":"` + did + "#" + strings.TrimPrefix(did, "did:key:") + `","proofPurpose":"assertionMethod"}`
	parsed, err := strictjson.Parse([]byte(options))
	if err != nil {
		t.Fatal(err)
	}
	signed := linked.New(value, library)
	var digests []byte
	for _, part := range []*linked.Document{signed.With(parsed.With("@context", value.At("@context"))), signed} {
		digest, err := part.Digest(crypto.SHA256, 0)
		if err != nil {
			t.Fatal(err)
		}
		digests = append(digests, digest...)
	}
	signature := ed25519.Sign(ed25519.NewKeyFromSeed(seed), digests)
	return strings.TrimSuffix(options, "}") + `,"proofValue":"z` + multibase.EncodeBase58(signature) + `"}`
}

func judgeGraph(t *testing.T, document, proof string) report.Credential {
	t.Helper()
	return judgeFile(t, []byte(strings.TrimSuffix(document, "}")+`,"proof":`+proof+"}"))
}

func judgeFile(t *testing.T, file []byte) report.Credential {
	t.Helper()
	list, err := os.ReadFile("../testdata/trust/main.json")
	if err != nil {
		t.Fatal(err)
	}
	v, err := verifier.New(verifier.Config{
		Getter: fetch.Offline, Trust: []trust.Source{{Name: "main", Data: list}},
		Now: func() time.Time { return time.Date(2026, 6, 15, 12, 0, 0, 0, time.UTC) },
	})
	if err != nil {
		t.Fatal(err)
	}
	return v.Verify(context.Background(), file).Credentials[0]
}

// told is what a person is told of a credential, in no order.
type told struct {
	headline                                                                         report.Headline
	format, claim, titles, learners, issuers, from, until, results, criteria, status string
}

func tell(c report.Credential) told {
	values := func(texts []report.Text) string {
		var all []string
		for _, text := range texts {
			all = append(all, text.Value)
		}
		slices.Sort(all)
		return strings.Join(slices.Compact(all), "; ")
	}
	d := c.Description
	return told{
		c.Headline, c.Format, d.Claim, values(d.Title), values(d.Learner), values(d.Issuer), values(d.From), values(d.Until),
		values(d.Results), values(d.Criteria), string(c.Checks[7].Codes[0]),
	}
}
