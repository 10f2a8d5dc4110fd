package verifier_test

import (
	"crypto/ed25519"
	"crypto/sha256"
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"runtime"
	"slices"
	"strings"
	"testing"

	"github.com/gowebpki/jcs"

	"github.com/sealcheck/sealcheck/verifier/internal/contexts"
	"github.com/sealcheck/sealcheck/verifier/internal/jsonld"
	"github.com/sealcheck/sealcheck/verifier/internal/multibase"
	"github.com/sealcheck/sealcheck/verifier/internal/strictjson"
	"github.com/sealcheck/sealcheck/verifier/internal/yardstick"
	"github.com/sealcheck/sealcheck/verifier/proof"
	"github.com/sealcheck/sealcheck/verifier/report"
)

const credentialID = "urn:uuid:c0ffee00-7a51-4f8e-9d7b-0c2f1f3f5a11"

// withoutIDs is a text less the identifiers of everything but the issuer.
func withoutIDs(text string) string {
	return regexp.MustCompile(`"id":"(urn:|did:example:|https:)[^"]*"(,|)`).ReplaceAllString(text, "")
}

// TestForged: what a holder can write under the signature of somebody else
// tells no other story. Each case is a whole document as it was signed, and in
// other words with the same graph; both are tried with and without identifiers.
func TestForged(t *testing.T) {
	own := func(terms string) string {
		return `"https://www.w3.org/ns/credentials/v2","https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.3.json",` + terms
	}
	about := `,"about":"` + credentialID + `"`
	coerced := `{"about":{"@id":"https://university.example/v#about","@type":"@id"}}`
	mapped := func(kind string) string {
		return own(`{"about":{"@id":"https://university.example/v#about","@type":"@id","@container":` + kind + `}}`)
	}
	part := func(name string) string {
		for i := 0; i < len(graphSigned); i += 2 {
			if graphSigned[i] == name {
				return graphSigned[i+1]
			}
		}
		t.Fatal(name)
		return ""
	}
	hidden := part("END")[1:] + part("STATUS")
	subject := func(from, to string) string { return strings.Replace(part("SUBJECT"), from, to, 1) }
	application := func(context, kind, achievement, name, rejected, student string) string {
		return `{"@context":["https://www.w3.org/2018/credentials/v1","https://w3id.org/security/data-integrity/v2",` + context + `],"id":"` + credentialID + `","type":["VerifiableCredential","` + kind + `"],"issuer":"` + university + `","issuanceDate":"2026-01-01T00:00:00Z",` +
			`"credentialSubject":{"id":"did:example:learner","` + student + `":"Jane Doe","` + achievement + `":{"id":"urn:p:1","` + name + `":"Doctor of Medicine","` + rejected + `":"rejected"}}}`
	}
	cases := []struct {
		name, honest, forged string
		headline             report.Headline
	}{
		{"own words for words of others", application(`{"@vocab":"https://university.example/v#"}`, "Application", "appliedFor", "label", "decision", "student"),
			application(`{"OpenBadgeCredential":"https://university.example/v#Application","achievement":"https://university.example/v#appliedFor","name":"https://university.example/v#label","x":"https://university.example/v#decision","y":"https://university.example/v#student"}`,
				"OpenBadgeCredential", "achievement", "name", "x", "y"), report.Verified},
		{"the end and the status under an id in a map", written("CONTEXT", own(coerced), "EVIDENCE", about),
			written("CONTEXT", mapped(`"@id"`), "END", "", "STATUS", "", "EVIDENCE", `,"about":{"`+credentialID+`":{"type":["VerifiableCredential"],`+hidden+`}}`), report.Expired},
		{"the end and the status in a map of types", written("CONTEXT", own(coerced), "EVIDENCE", about),
			written("CONTEXT", mapped(`"@type"`), "END", "", "STATUS", "", "EVIDENCE", `,"about":{"VerifiableCredential":{"id":"`+credentialID+`",`+hidden+`}}`), report.Expired},
		{"a result in a map of a public property", written("END", "", "STATUS", "", "EVIDENCE", "", "ACHIEVEMENT", strings.TrimSuffix(part("ACHIEVEMENT"), "}")+`,"creator":{"id":"did:example:learner","type":["Profile"],"name":"Jane"}}`),
			written("CONTEXT", own(`{"zz":{"@id":"`+badges+`creator","@type":"@id","@container":"@id"}}`), "END", "", "STATUS", "", "EVIDENCE", "",
				"ACHIEVEMENT", strings.TrimSuffix(part("ACHIEVEMENT"), "}")+`,"zz":{"did:example:learner":{"type":["Profile","AchievementSubject"],"name":"Jane",RESULT}}}`,
				"SUBJECT", strings.TrimSuffix(part("SUBJECT"), ",RESULT}")+"}"), report.Verified},
		{"texts in a map by a property", written("CONTEXT", own(`{"label":"https://schema.org/name"}`), "END", "", "STATUS", "", "EVIDENCE", "", "ACHIEVEMENT", strings.Replace(part("ACHIEVEMENT"), `"name":"Welding",`, `"name":"Welding",`, 1)),
			written("CONTEXT", own(`{"label":"https://schema.org/name","about":{"@id":"`+badges+`achievement","@type":"@id","@container":"@index","@index":"label"}}`), "END", "", "STATUS", "", "EVIDENCE", "",
				"ACHIEVEMENT", `"about":{"Welding":`+strings.TrimPrefix(strings.Replace(part("ACHIEVEMENT"), `"name":"Welding",`, ``, 1), `"achievement":`)+`}`), report.Verified},
		{"an old end by another word", strings.Replace(written("CONTEXT", own(`"https://www.w3.org/ns/credentials/undefined-terms/v2"`), "STATUS", ""), "validUntil", "expirationDate", 1),
			strings.Replace(written("CONTEXT", own(`"https://www.w3.org/ns/credentials/undefined-terms/v2",{"zz":"https://www.w3.org/ns/credentials/undefined-term#expirationDate"}`), "STATUS", ""), "validUntil", "zz", 1), report.Expired},
		{"the kind of identity twice", written("END", "", "STATUS", ""), written("END", "", "STATUS", "", "SUBJECT", subject(`"identityType":"name"`, `"identityType":["name","name"]`)), report.Verified},
		{"the identity twice", written("END", "", "STATUS", ""), written("END", "", "STATUS", "", "SUBJECT", subject(`"identityHash":"Jane Doe"`, `"identityHash":["Jane Doe",{"@value":"Jane Doe"}]`)), report.Verified},
		{"the kind of identity in no language", written("END", "", "STATUS", ""), written("END", "", "STATUS", "", "SUBJECT", subject(`"identityType":"name"`, `"identityType":{"@value":"name","@language":null}`)), report.Verified},
		{"the kind of identity with a type", written("END", "", "STATUS", ""), written("END", "", "STATUS", "", "SUBJECT", subject(`"identityType":"name"`, `"identityType":{"@value":"name","type":"http://www.w3.org/2001/XMLSchema#string"}`)), report.Verified},
		{"the end twice", written(), written("END", `,"validUntil":["2026-02-01T00:00:00Z","2026-02-01T00:00:00Z"]`), report.Expired},
		{"the index of the status twice", written("END", ""), written("END", "", "STATUS", strings.Replace(part("STATUS"), `"statusListIndex":"1"`, `"statusListIndex":["1","1"]`, 1)), report.Incomplete},
		{"the index of the status by another word", written("END", ""), written("CONTEXT", own(`{"zz":"https://www.w3.org/ns/credentials/status#statusListIndex"}`), "END", "", "STATUS", strings.Replace(part("STATUS"), `"statusListIndex"`, `"zz"`, 1)), report.Incomplete},
		{"the list of the status as an object", written("END", ""), written("END", "", "STATUS", strings.Replace(part("STATUS"), `"statusListCredential":"https://university.example/s"`, `"statusListCredential":{"id":"https://university.example/s"}`, 1)), report.Incomplete},
		{"credits and the award twice", written("END", "", "STATUS", "", "SUBJECT", subject(`ACHIEVEMENT`, `"creditsEarned":3,ACHIEVEMENT`)), written("END", "", "STATUS", "", "SUBJECT", subject(`ACHIEVEMENT`, `"creditsEarned":[3,3],ACHIEVEMENT`)), report.Verified},
		{"criteria as a text", written("END", "", "STATUS", "", "ACHIEVEMENT", strings.Replace(part("ACHIEVEMENT"), `{"id":"https://university.example/c","narrative":"n"}`, `{"id":"https://university.example/c"}`, 1)),
			written("END", "", "STATUS", "", "ACHIEVEMENT", strings.Replace(part("ACHIEVEMENT"), `{"id":"https://university.example/c","narrative":"n"}`, `"https://university.example/c"`, 1)), report.Verified},
		{"criteria with a label", written("END", "", "STATUS", "", "ACHIEVEMENT", strings.Replace(part("ACHIEVEMENT"), `"id":"https://university.example/c",`, ``, 1)),
			written("END", "", "STATUS", "", "ACHIEVEMENT", strings.Replace(part("ACHIEVEMENT"), `"id":"https://university.example/c"`, `"id":"_:Passed-with-distinction,grade:A"`, 1)), report.Verified},
		{"a result in a list of its own", written("END", "", "STATUS", ""), written("CONTEXT", own(`{"result":{"@id":"`+badges+`result","@type":"@id","@container":"@set"}}`), "END", "", "STATUS", ""), report.Verified},
		{"everything under addresses", written(), written("SUBJECT", `"`+model+`credentialSubject":`+strings.TrimPrefix(part("SUBJECT"), `"credentialSubject":`)), report.Expired},
	}
	library := jsonld.NewLibrary(contexts.Find)
	refused, tried := 0, 0
	for _, c := range cases {
		for _, change := range []func(string) string{func(text string) string { return text }, withoutIDs} {
			honest, forged := change(c.honest), change(c.forged)
			whole := honest == c.honest
			proof := signGraph(t, library, honest)
			want, got := tell(judgeGraph(t, honest, proof)), tell(judgeGraph(t, forged, proof))
			if want.headline != c.headline && whole {
				t.Errorf("%s: as it was signed: %v, want %v", c.name, want.headline, c.headline)
			}
			if honest == forged {
				t.Errorf("%s: nothing is changed", c.name)
			}
			tried++
			switch {
			case got.headline == report.Refused:
				refused++
			case !whole && got.headline == report.Altered: // without identifiers it is another graph
			case got != want:
				t.Errorf("%s (with identifiers: %v) is read as\n%+v, signed was\n%+v", c.name, whole, got, want)
			}
		}
	}
	t.Logf("%d tried, %d refused", tried, refused)
	if refused*2 > tried {
		t.Error("most are refused, rather than read")
	}
}

// TestFormsWithoutIDs: the cases of TestOtherForms where nothing has a name.
func TestFormsWithoutIDs(t *testing.T) {
	library := jsonld.NewLibrary(contexts.Find)
	honest := withoutIDs(written())
	proof := signGraph(t, library, honest)
	want := tell(judgeGraph(t, honest, proof))
	if want.headline != report.Expired || want.claim != "failed" {
		t.Fatalf("%+v", want)
	}
	held := 0
	for _, c := range otherForms() {
		got := tell(judgeGraph(t, withoutIDs(written(c.changes...)), proof))
		if got == want {
			held++
		} else if got.headline != report.Refused && got.headline != report.Altered {
			t.Errorf("%s is read as\n%+v, signed was\n%+v", c.name, got, want)
		}
	}
	if held < 10 {
		t.Errorf("only %d of the forms are read", held)
	}
}

// endorsed is a credential that holds an endorsement of its own issuer about
// itself, or that endorsement with the credential as its subject.
func endorsed(rest string) (honest, rooted string) {
	const contexts = `"@context":["https://www.w3.org/ns/credentials/v2","https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.3.json"],`
	const issuer = `"issuer":{"id":"` + university + `","type":["Profile"],"name":"Westerlund University"},`
	badge := `"name":"Badge","validFrom":"2026-01-01T00:00:00Z"` + rest + `,"credentialSubject":{"id":"did:example:learner","type":["AchievementSubject"],` +
		`"achievement":{"id":"urn:a:1","type":["Achievement"],"name":"Welding","description":"d","criteria":{"narrative":"n"}},"result":[{"type":["Result"],"status":"Failed"}]}`
	inner := `"id":"urn:e:1","type":["VerifiableCredential","EndorsementCredential"],"name":"Welding, with distinction",` + issuer + `"validFrom":"2026-01-01T00:00:00Z",`
	honest = `{` + contexts + `"id":"` + credentialID + `","type":["VerifiableCredential","OpenBadgeCredential"],` + issuer + badge +
		`,"endorsement":[{` + inner + `"credentialSubject":{"id":"` + credentialID + `","type":["EndorsementSubject"],"endorsementComment":"well done"}}]}`
	rooted = `{` + contexts + inner + `"credentialSubject":{"id":"` + credentialID + `","type":["VerifiableCredential","OpenBadgeCredential","EndorsementSubject"],"endorsementComment":"well done","issuer":"` + university + `",` +
		badge + `,"endorsement":[{"id":"urn:e:1"}]}}`
	return honest, rooted
}

// TestRoot: a graph of two credentials is read from the one that was signed.
func TestRoot(t *testing.T) {
	library := jsonld.NewLibrary(contexts.Find)
	for _, row := range []struct {
		rest string
		want report.Headline
	}{
		{``, report.Verified},
		{`,"validUntil":"2026-02-01T00:00:00Z"`, report.Expired},
		{`,"refreshService":{"id":"` + credentialID + `","type":"https://university.example/v#Refresh"}`, report.Verified},
	} {
		honest, rooted := endorsed(row.rest)
		proof := signGraph(t, library, honest)
		got := tell(judgeGraph(t, honest, proof))
		if got.headline != row.want || got.claim != "failed" || got.titles != "Welding" {
			t.Errorf("as it was signed: %+v", got)
		}
		if got := judgeGraph(t, rooted, proof); got.Headline != report.Refused {
			t.Errorf("with the endorsement in front: %+v", tell(got))
		}
		// What was signed with the endorsement in front cannot be told apart.
		if got := judgeGraph(t, rooted, signGraph(t, library, rooted)); got.Headline != report.Refused {
			t.Errorf("signed with the endorsement in front: %+v", tell(got))
		}
	}
	// An endorsement of somebody else is no second root.
	honest, _ := endorsed(``)
	honest = strings.Replace(honest, `"credentialSubject":{"id":"`+credentialID+`","type":["EndorsementSubject"]`, `"credentialSubject":{"id":"`+university+`","type":["EndorsementSubject"]`, 1)
	proof := signGraph(t, library, honest)
	if got := judgeGraph(t, honest, proof); got.Headline != report.Verified {
		t.Errorf("%+v", tell(got))
	}
	// The endorsement in front by a reversed property.
	start := strings.Index(honest, `"endorsement":[`)
	inner := strings.TrimSuffix(honest[start+len(`"endorsement":[`):], "]}")
	whole := strings.TrimSuffix(honest[:start], ",") + "}"
	reversed := strings.TrimSuffix(inner, "}") + `,"@reverse":{"` + badges + `endorsement":` + whole[:1] + whole[strings.Index(whole, `"id"`):] + `}}`
	reversed = `{"@context":["https://www.w3.org/ns/credentials/v2","https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.3.json"],` + reversed[1:]
	if got := judgeGraph(t, reversed, proof); got.Headline != report.Refused && got.Headline != report.Altered {
		t.Errorf("reversed: %+v", tell(got))
	}
}

// TestSameNode: what stands within itself is read wherever readers look.
func TestSameNode(t *testing.T) {
	library := jsonld.NewLibrary(contexts.Find)
	const start = `{"@context":["https://www.w3.org/ns/credentials/v2","https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.3.json"],"id":"urn:c:1","type":["VerifiableCredential","OpenBadgeCredential"],"issuer":"` + university + `","validFrom":"2026-01-01T00:00:00Z","credentialSubject":`
	achievement := func(id string) string {
		return `"achievement":{"id":"` + id + `","type":["Achievement"],"name":"Welding","description":"d","criteria":{"narrative":"n"}}`
	}
	for name, subject := range map[string]string{
		"result":      `{"id":"did:example:l","type":["AchievementSubject"],` + achievement("urn:a:1") + `,"result":{"id":"did:example:l","type":["Result"],"status":"Failed"}}}`,
		"achievement": `{"id":"did:example:l","type":["AchievementSubject"],` + achievement("did:example:l") + `,"result":{"type":["Result"],"status":"Failed"}}}`,
		"both":        `{"id":"did:example:l","type":["AchievementSubject"],` + achievement("did:example:l") + `,"result":{"id":"did:example:l","type":["Result"],"status":"Failed"}}}`,
		"credential":  `{"id":"urn:c:1","type":["AchievementSubject"],` + achievement("urn:c:1") + `,"result":{"id":"urn:c:1","type":["Result"],"status":"Failed"}}}`,
	} {
		got := tell(judgeGraph(t, start+subject, signGraph(t, library, start+subject)))
		if got.headline != report.Verified || got.claim != "failed" || !strings.Contains(got.titles, "Welding") || got.criteria != "n" || got.results != "Failed" {
			t.Errorf("%s: %+v", name, got)
		}
	}
}

// TestHonestForms: what issuers write with words of their own is read.
func TestHonestForms(t *testing.T) {
	library := jsonld.NewLibrary(contexts.Find)
	context := func(more string) string {
		return `"https://www.w3.org/ns/credentials/v2","https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.3.json",` + more
	}
	for name, text := range map[string]string{
		"an alias of a public word":   written("CONTEXT", context(`{"firstName":"https://schema.org/givenName"}`), "SUBJECT", `"credentialSubject":{"id":"did:example:learner","type":["AchievementSubject"],"firstName":"Jane Doe",ACHIEVEMENT}`),
		"an address of a public word": written("SUBJECT", `"credentialSubject":{"id":"did:example:learner","type":["AchievementSubject"],"https://schema.org/jobTitle":"x","https://schema.org/givenName":"Jane Doe",ACHIEVEMENT}`),
		"a type by its address":       written("SUBJECT", `"credentialSubject":{"id":"did:example:learner","type":["AchievementSubject","https://schema.org/Person"],"https://schema.org/givenName":"Jane Doe",ACHIEVEMENT}`),
		"a JSON literal":              written("CONTEXT", context(`{"matrix":{"@id":"https://university.example/v#m","@type":"@json"},"given":"https://schema.org/givenName"}`), "SUBJECT", `"credentialSubject":{"id":"did:example:learner","type":["AchievementSubject"],"given":"Jane Doe","matrix":[[1],{"@set":[],"id":"_:x","issuer":1}],ACHIEVEMENT}`),
		"a map of ids":                written("CONTEXT", context(`{"units":{"@id":"https://university.example/v#u","@container":"@id"},"given":"https://schema.org/givenName"}`), "SUBJECT", `"credentialSubject":{"id":"did:example:learner","type":["AchievementSubject"],"given":"Jane Doe","units":{"urn:u:1":{"name":"One"}},ACHIEVEMENT}`),
		"texts sorted by code points": written("SUBJECT", `"credentialSubject":{"id":"did:example:learner","type":["AchievementSubject"],"https://schema.org/givenName":"Jane Doe","https://schema.org/jobTitle":["🎓","！",""],ACHIEVEMENT}`),
		"prefixes that are schemes":   written("CONTEXT", context(`{"geo":"http://www.w3.org/2003/01/geo/wgs84_pos#","doi":"https://doi.org/"}`), "SUBJECT", `"credentialSubject":{"id":"did:example:learner","type":["AchievementSubject"],"https://schema.org/givenName":"Jane Doe","geo:lat":"47","geo:about":{"id":"doi:10.1/1"},ACHIEVEMENT}`),
		"a name in a language":        written("SUBJECT", `"credentialSubject":{"id":"did:example:learner","type":["AchievementSubject"],"https://schema.org/givenName":{"@value":"Jane Doe","@language":"en"},ACHIEVEMENT}`),
	} {
		for _, name := range []string{"END", "STATUS", "EVIDENCE"} {
			text = strings.Replace(text, graphSigned[slices.Index(graphSigned, name)+1], "", 1)
		}
		got := tell(judgeGraph(t, text, signGraph(t, library, text)))
		if got.headline != report.Verified || got.titles != "Welding" || got.learners != "Jane Doe" || got.criteria == "" {
			t.Errorf("%s: %+v", name, got)
		}
	}
}

func didKey(seed []byte) string {
	return "did:key:z" + multibase.EncodeBase58(append([]byte{0xed, 0x01}, ed25519.NewKeyFromSeed(seed).Public().(ed25519.PublicKey)...))
}

// signText gives the proof of a document by the key of a file, as
// eddsa-jcs-2022; context, where there is one, is what it names as covered.
func signText(t *testing.T, seed []byte, document, context string) string {
	t.Helper()
	private, did := ed25519.NewKeyFromSeed(seed), didKey(seed)
	options := `{"type":"DataIntegrityProof","cryptosuite":"eddsa-jcs-2022","created":"2026-01-02T00:00:00Z","verificationMethod":"` + did + "#" + strings.TrimPrefix(did, "did:key:") + `","proofPurpose":"assertionMethod"}`
	if context != "" {
		options = `{"@context":` + context + "," + options[1:]
		var whole map[string]any
		if err := json.Unmarshal([]byte(document), &whole); err != nil {
			t.Fatal(err)
		}
		whole["@context"] = json.RawMessage(context)
		changed, err := json.Marshal(whole)
		if err != nil {
			t.Fatal(err)
		}
		document = string(changed)
	}
	var digests []byte
	for _, text := range []string{options, document} {
		canonical, err := jcs.Transform([]byte(text))
		if err != nil {
			t.Fatal(err)
		}
		digest := sha256.Sum256(canonical)
		digests = append(digests, digest[:]...)
	}
	return strings.TrimSuffix(options, "}") + `,"proofValue":"z` + multibase.EncodeBase58(ed25519.Sign(private, digests)) + `"}`
}

// TestAddedProofs: a proof that somebody adds does not change how a document is
// read.
func TestAddedProofs(t *testing.T) {
	library := jsonld.NewLibrary(contexts.Find)
	seed := universitySeed(t)
	mine := make([]byte, 32)
	const covered = `["https://www.w3.org/ns/credentials/v2"]`
	document := func(context string) string {
		return `{"@context":` + context + `,"type":["VerifiableCredential"],"name":"Welding","expirationDate":"2026-02-01T00:00:00Z","issuer":{"id":"` + university + `","name":"Westerlund University"},"validFrom":"2026-01-01T00:00:00Z","credentialSubject":{"givenName":"Jane"}}`
	}
	forged := document(`["https://www.w3.org/ns/credentials/v2",{"expirationDate":"urn:x:e","givenName":"urn:x:g"}]`)
	proof := signText(t, seed, document(covered), covered)
	if got := judgeGraph(t, document(covered), proof); got.Headline != report.Expired {
		t.Fatalf("as it was signed: %+v", tell(got))
	}
	for name, added := range map[string]string{
		"nothing":            "",
		"an unknown one":     `{"type":"FooSignature2021","proofPurpose":"assertionMethod","verificationMethod":"did:key:zzz","created":"2026-01-02T00:00:00Z"}`,
		"an unknown suite":   `{"type":"DataIntegrityProof","cryptosuite":"foo-2029","proofPurpose":"assertionMethod","verificationMethod":"did:key:zzz","created":"2026-01-02T00:00:00Z","proofValue":"z1"}`,
		"over the text":      signText(t, mine, forged, ""),
		"over fewer of them": signText(t, mine, forged, covered),
		"over the meaning":   signGraphBy(t, library, mine, didKey(mine), forged),
	} {
		both := proof
		if added != "" {
			both = "[" + proof + "," + added + "]"
		}
		for _, order := range []string{both, strings.Replace("["+added+","+proof+"]", "[,", "[", 1)} {
			if got := judgeGraph(t, forged, order); got.Headline == report.Verified || got.Verdict == report.Valid {
				t.Errorf("%s: %+v", name, tell(got))
			}
		}
	}
	// The other way round: the meaning is signed, and somebody signs the text
	// of another form.
	honest := written("STATUS", "", "CONTEXT", `"https://www.w3.org/ns/credentials/v2","https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.3.json","https://www.w3.org/ns/credentials/undefined-terms/v2"`)
	honest = strings.Replace(honest, "validUntil", "expirationDate", 1)
	other := strings.Replace(strings.Replace(honest, `"expirationDate"`, `"zz"`, 1), `undefined-terms/v2"`, `undefined-terms/v2",{"zz":"https://www.w3.org/ns/credentials/undefined-term#expirationDate"}`, 1)
	issuers := signGraph(t, library, honest)
	if got := judgeGraph(t, honest, issuers); got.Headline != report.Expired {
		t.Fatalf("%+v", tell(got))
	}
	for _, order := range []string{issuers, "[" + issuers + "," + signText(t, mine, other, "") + "]", "[" + signText(t, mine, other, "") + "," + issuers + "]"} {
		if got := judgeGraph(t, other, order); got.Headline != report.Expired && got.Headline != report.Refused {
			t.Errorf("%+v", tell(got))
		}
	}
	// A witness over the same text takes nothing away.
	plain := written("STATUS", "", "END", "")
	issuers = signGraph(t, library, plain)
	if got := judgeGraph(t, plain, "["+issuers+","+signText(t, mine, plain, "")+"]"); got.Headline != report.Verified {
		t.Errorf("with a witness: %+v", tell(got))
	}
}

// TestSelectiveClaim: what the holder has left out may be any result; the file
// never says "achieved" for it.
func TestSelectiveClaim(t *testing.T) {
	files, err := filepath.Glob("../testdata/credentials/*.json")
	if err != nil {
		t.Fatal(err)
	}
	selective, others := 0, 0
	for _, file := range files {
		data, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		text := strings.TrimSpace(string(data))
		if !strings.HasPrefix(text, "{") {
			continue
		}
		d := judgeFile(t, data)
		if d.Description == nil || d.Verdict == report.Invalid {
			continue
		}
		if strings.Contains(text, `"ecdsa-sd-2023"`) || strings.Contains(text, `"bbs-2023"`) {
			if selective++; d.Description.Claim == "achieved" {
				t.Errorf("%s: achieved", file)
			}
		} else if d.Description.Claim == "achieved" {
			others++
		}
	}
	if selective == 0 || others == 0 {
		t.Errorf("%d with and %d without a choice", selective, others)
	}
}

// TestTreeSaysTheSame: with a context of its own, which says nothing, a document
// is read from its graph instead of as it stands. Nothing that is told changes,
// nor from where in the file.
func TestTreeSaysTheSame(t *testing.T) {
	var files []string
	for _, pattern := range []string{"../testdata/credentials/*.json", "../../shared/vectors/*/*.json", "../../shared/vectors/*/*/*.json", "../../shared/vectors/*/*/*/*.json"} {
		some, err := filepath.Glob(pattern)
		if err != nil {
			t.Fatal(err)
		}
		files = append(files, some...)
	}
	compared := 0
	for _, file := range files {
		data, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		document, err := strictjson.Parse(data)
		meaning, text := proof.Signs(document.At("proof"))
		if err != nil || !meaning || text || document.At("@context").Kind() != strictjson.Array {
			continue
		}
		if _, drawn := document.Get("display"); drawn && slices.Contains(judgeFile(t, data).Checks[2].Codes, report.ProofMerkleDisplay) {
			continue // that is for documents that are read as they stand
		}
		extra, err := strictjson.Parse([]byte(`{"zzz":"urn:zzz"}`))
		if err != nil {
			t.Fatal(err)
		}
		contexts := append(slices.Clone(document.At("@context").List()), extra)
		a, b := judgeFile(t, data), judgeFile(t, document.With("@context", strictjson.NewArray(contexts)).Append(nil))
		if a.Headline != b.Headline || a.Format != b.Format {
			if _, drawn := document.Get("display"); drawn && a.Headline == report.Altered && b.Headline == report.Refused {
				continue // as above
			}
			t.Errorf("%s: %v, read from its graph %v %v", file, a.Headline, b.Headline, b.Checks[2].Findings)
			continue
		}
		// What is refused is shown as it stands.
		if a.Headline == report.Refused || a.Description == nil || b.Description == nil {
			continue
		}
		compared++
		// A type of no public vocabulary is told by its address, there.
		a.Description.Types, b.Description.Types = nil, nil
		one, err := json.MarshalIndent(a.Description, "", " ")
		if err != nil {
			t.Fatal(err)
		}
		other, err := json.MarshalIndent(b.Description, "", " ")
		if err != nil {
			t.Fatal(err)
		}
		if string(one) != string(other) {
			t.Errorf("%s: told is\n%s\nand read from its graph\n%s", file, one, other)
		}
		for i := range a.Checks {
			if slices.Equal(a.Checks[i].Codes, b.Checks[i].Codes) || a.Checks[i].Name == report.CheckCredential {
				continue
			}
			t.Errorf("%s: %s is %v, read from its graph %v", file, a.Checks[i].Name, a.Checks[i].Codes, b.Checks[i].Codes)
		}
	}
	if t.Logf("%d compared", compared); compared < 50 {
		t.Error("too few")
	}
}

// TestExpensiveForms reads documents of less than a megabyte that are made to
// take long, or much memory.
func TestExpensiveForms(t *testing.T) {
	many := func(n int, format string) string {
		var b strings.Builder
		for i := range n {
			if i > 0 {
				b.WriteByte(',')
			}
			b.WriteString(strings.ReplaceAll(format, "%d", fmt.Sprint(i)))
		}
		return b.String()
	}
	long := strings.Repeat("k", 400_000)
	start := `{"@context":["https://www.w3.org/ns/credentials/v2","https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.3.json","https://www.w3.org/ns/credentials/undefined-terms/v2"],"id":"` + credentialID + `","type":["VerifiableCredential"],"issuer":"` + university + `","validFrom":"2026-01-01T00:00:00Z","credentialSubject":{"id":"did:example:learner","name":"x"}`
	const proof = `{"type":"DataIntegrityProof","cryptosuite":"eddsa-rdfc-2022","created":"2026-01-02T00:00:00Z","verificationMethod":"` + university + `#z6MkkGswsGwL5YNDCdwAYMTHU8jksvUHDRzdYiAKHKQBEVo1","proofPurpose":"assertionMethod","proofValue":"z2aUaenmMkmE1i6kzUUHGTmPa79ry4yUwKyubo3TsMJiN33TaQqzXvc4WbGSaPgWzx9AHdpCFsJi1sFyLqsCjmAir"}`
	// cyclic are nodes that all hold each other, under words that are read.
	cyclic := func(n int, more string) string {
		all := many(n, `{"id":"urn:n:%d"}`)
		return `,"achievement":[` + many(n, `{"id":"urn:n:%d"`+more+`,"result":[`+all+`],"achievement":[`+all+`]}`) + `]`
	}
	var chain strings.Builder
	for i := range 8000 {
		fmt.Fprintf(&chain, `{"id":"urn:n:%d","hasPart":{"id":"urn:n:%d"},"hasClaim":{"id":"urn:n:%d"}},`, i, i+1, i+2)
	}
	for name, text := range map[string]string{
		"one node's texts in two places":  start + `,"a":{"id":"urn:x","n":[` + many(30_000, `"a%d"`) + `]},"b":{"id":"urn:x","n":[` + many(30_000, `"b%d"`) + `]}}`,
		"names in two places":             start + `,"a":{"id":"urn:x","name":[` + many(30_000, `"a%d"`) + `]},"credentialSubject":{"id":"urn:x","name":[` + many(30_000, `"b%d"`) + `]}}`,
		"a large node in a cycle":         start + `,"big":{"id":"urn:n","back":{"id":"` + credentialID + `"},"z":[` + many(20_000, `"%d"`) + `]},"many":[` + many(20_000, `{"p":{"id":"urn:n"}}`) + `]}`,
		"nodes that hold each other":      start + cyclic(60, "") + `}`,
		"the same with long words":        start + cyclic(20, `,"https://university.example/`+strings.Repeat("k", 20_000)+`":"x"`) + `}`,
		"the same with long texts":        start + cyclic(20, `,"narrative":["`+strings.Repeat("a", 20_000)+`","`+strings.Repeat("a", 19_999)+`b"]`) + `}`,
		"a chain":                         start + `,"credentialSubject":[` + strings.TrimSuffix(chain.String(), ",") + `]}`,
		"a long word with many texts":     start + `,"` + long + `":[` + many(100_000, `"a"`) + `]}`,
		"a long word by another name":     strings.Replace(start, `undefined-terms/v2"`, `undefined-terms/v2",{"`+long+`":"https://schema.org/name"}`, 1) + `,"` + long + `":[` + many(10, `"a%d"`) + `]}`,
		"many words for one":              strings.Replace(start, `undefined-terms/v2"`, `undefined-terms/v2",{`+many(15_000, `"k%d":"https://schema.org/name"`)+`}`, 1) + `,` + many(15_000, `"k%d":"a%d"`) + `}`,
		"a list that ends nowhere":        start + `,"result":{"id":"_:a","http://www.w3.org/1999/02/22-rdf-syntax-ns#first":"x","http://www.w3.org/1999/02/22-rdf-syntax-ns#rest":{"id":"_:a"}}}`,
		"lists in lists that end nowhere": start + `,"result":{"id":"_:a","http://www.w3.org/1999/02/22-rdf-syntax-ns#first":[{"id":"_:a"},{"id":"_:b"}],"http://www.w3.org/1999/02/22-rdf-syntax-ns#rest":{"id":"_:b","http://www.w3.org/1999/02/22-rdf-syntax-ns#first":[{"id":"_:a"},{"id":"_:b"}],"http://www.w3.org/1999/02/22-rdf-syntax-ns#rest":{"id":"_:a"}}}}`,
		"many ids":                        start + `,"a":[` + many(30_000, `{"id":"urn:x:%d"}`) + `]}`,
		"a long language":                 `{"@context":["https://www.w3.org/ns/credentials/v2"],"type":["VerifiableCredential"],"issuer":{"id":"` + university + `","name":{"` + long + `":[` + many(100_000, `"a"`) + `]}},"validFrom":"2026-01-01T00:00:00Z","credentialSubject":{"id":"did:example:learner"}}`,
	} {
		if strings.HasPrefix(text, start) && strings.Contains(text[len(start):], `"credentialSubject"`) {
			text = strings.Replace(text, `,"credentialSubject":{"id":"did:example:learner","name":"x"}`, "", 1)
		}
		for _, secured := range []string{proof, strings.Replace(proof, "eddsa-rdfc-2022", "eddsa-jcs-2022", 1)} {
			var before, after runtime.MemStats
			runtime.GC()
			runtime.ReadMemStats(&before)
			var got report.Credential
			spent := yardstick.Units(func() { got = judgeGraph(t, text, secured) })
			runtime.ReadMemStats(&after)
			used := (after.TotalAlloc - before.TotalAlloc) >> 20
			t.Logf("%s (%d KB): %v %v, %.0f units, %d MB", name, len(text)>>10, got.Headline, got.Checks[2].Findings, spent, used)
			if spent > 20_000 || used > 500 {
				t.Errorf("%s takes %.0f units and %d MB", name, spent, used)
			}
			if len(text) > 1<<20 || got.Verdict == report.Valid {
				t.Errorf("%s: %d bytes, %v", name, len(text), got.Headline)
			}
		}
	}
}

// TestExpensiveChains: each proof of a chain signs a document of its own, and
// all of them are work.
func TestExpensiveChains(t *testing.T) {
	var nodes, proofs []string
	for i := range 1400 {
		nodes = append(nodes, fmt.Sprintf(`{"id":"urn:n:%d","name":{"@value":"a%d","@direction":"rtl"}}`, i, i))
	}
	for i := range 10 {
		proofs = append(proofs, fmt.Sprintf(`{"id":"urn:p:%d","previousProof":"urn:p:%d","type":"DataIntegrityProof","cryptosuite":"eddsa-rdfc-2022","created":"2026-01-02T00:00:00Z","verificationMethod":"`+university+`#z6MkkGswsGwL5YNDCdwAYMTHU8jksvUHDRzdYiAKHKQBEVo1","proofPurpose":"assertionMethod","proofValue":"z2aUaenmMkmE1i6kzUUHGTmPa79ry4yUwKyubo3TsMJiN33TaQqzXvc4WbGSaPgWzx9AHdpCFsJi1sFyLqsCjmAir"}`, i, i-1))
	}
	proofs[0] = strings.Replace(proofs[0], `"previousProof":"urn:p:-1",`, "", 1)
	one := `{"@context":["https://www.w3.org/ns/credentials/v2","https://www.w3.org/ns/credentials/undefined-terms/v2"],"id":"urn:c:1","type":["VerifiableCredential"],"issuer":"` + university + `","validFrom":"2026-01-01T00:00:00Z","u":[` + strings.Join(nodes, ",") + `],"credentialSubject":{"id":"did:example:learner"},"proof":[` + strings.Join(proofs, ",") + `]}`
	all := strings.TrimSuffix(strings.Repeat(one+",", 9), ",")
	var before, after runtime.MemStats
	runtime.ReadMemStats(&before)
	got := judgeFile(t, []byte(`{"@context":["https://www.w3.org/ns/credentials/v2"],"type":"VerifiablePresentation","holder":"`+university+`","verifiableCredential":[`+all+`],"proof":[`+strings.Join(proofs, ",")+`]}`))
	runtime.ReadMemStats(&after)
	if used := (after.TotalAlloc - before.TotalAlloc) >> 20; used > 500 || got.Verdict == report.Valid {
		t.Errorf("%d MB, %v", used, got.Headline)
	}
}
