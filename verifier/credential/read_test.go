package credential

import (
	"fmt"
	"strings"
	"testing"

	"github.com/sealcheck/sealcheck/verifier/envelope"
	"github.com/sealcheck/sealcheck/verifier/internal/strictjson"
	"github.com/sealcheck/sealcheck/verifier/report"
)

const (
	v2     = `"@context":["https://www.w3.org/ns/credentials/v2"],"type":["VerifiableCredential"],`
	v1     = `"@context":["https://www.w3.org/2018/credentials/v1"],"type":["VerifiableCredential"],`
	rest   = `"issuer":"did:example:1","credentialSubject":{"id":"did:example:2"}`
	dated  = `,"issuanceDate":"2024-01-01T00:00:00Z"`
	badge1 = `"@context":["https://www.w3.org/ns/credentials/v2","https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.3.json"],"type":["VerifiableCredential","OpenBadgeCredential"],"issuer":{"id":"did:example:1","name":"School"},`
	edc    = `"@context":["https://www.w3.org/2018/credentials/v1","http://data.europa.eu/snb/model/context/edc-ap"],"type":["VerifiableCredential","EuropeanDigitalCredential"],`
	edcAll = edc + `"id":"urn:credential:1","credentialProfiles":{},"displayParameter":{},"credentialSchema":{"id":"x:y","type":"ShaclValidator2017"},"issuanceDate":"2024-01-01T00:00:00Z","issued":"2024-01-01T00:00:00Z","validFrom":"2024-01-01T00:00:00Z",`
)

func parse(t testing.TB, text string) strictjson.Value {
	t.Helper()
	value, err := strictjson.Parse([]byte(text))
	if err != nil {
		t.Fatal(err, text)
	}
	return value
}

func readJSON(t testing.TB, text string) (*Credential, report.Findings) {
	return Read(envelope.Envelope{Form: envelope.JSON, Document: parse(t, text)}, nil, nil)
}

// notable are all codes but passes, in order.
func notable(findings report.Findings) string {
	var codes []string
	for _, finding := range findings {
		if finding.Code.Outcome() != report.Pass {
			codes = append(codes, strings.TrimPrefix(string(finding.Code), "credential."))
		}
	}
	return strings.Join(codes, " ")
}

func TestRead(t *testing.T) {
	cases := []struct {
		name, text string
		format     Format
		want       string
	}{
		{"2.0", v2 + rest, VCDM2, ""},
		{"1.1", v1 + rest + dated, VCDM1, ""},
		{"1.1 without a date", v1 + rest, VCDM1, "date_missing"},
		{"1.1 with a null date", v1 + rest + `,"issuanceDate":null`, VCDM1, "date_missing"},
		{"1.1 with an empty subject", v1 + `"issuer":"did:example:1","credentialSubject":{}` + dated, VCDM1, ""},
		{"2.0 with an empty subject", v2 + `"issuer":"did:example:1","credentialSubject":{}`, VCDM2, "subject_malformed"},
		{"no subject", v2 + `"issuer":"did:example:1","credentialSubject":[]`, VCDM2, "subject_missing"},
		{"subject a text", v2 + `"issuer":"did:example:1","credentialSubject":"did:example:2"`, VCDM2, "subject_malformed"},
		{"type a text", `"@context":"https://www.w3.org/ns/credentials/v2","type":"VerifiableCredential",` + rest, VCDM2, ""},
		{"type a number", `"@context":"https://www.w3.org/ns/credentials/v2","type":["VerifiableCredential",3],` + rest, VCDM2, "type_malformed"},
		{"context order", `"@context":["https://www.w3.org/ns/credentials/examples/v2","https://www.w3.org/ns/credentials/v2"],"type":"VerifiableCredential",` + rest, VCDM2, "context_order"},
		{"context a number", `"@context":["https://www.w3.org/ns/credentials/v2",7],"type":"VerifiableCredential",` + rest, VCDM2, "context_malformed"},
		{"context unknown", `"@context":["https://www.w3.org/ns/credentials/v2","https://example.org/x"],"type":"VerifiableCredential",` + rest, VCDM2, "context_unknown"},
		{"context inline", `"@context":["https://www.w3.org/ns/credentials/v2",{"a":"https://example.org/a","id":"@id"}],"type":"VerifiableCredential",` + rest, VCDM2, "context_inline"},
		{"type redefined in an object", `"@context":["https://www.w3.org/ns/credentials/v2",{"type":{"@id":"https://example.org/a"}}],"type":"VerifiableCredential",` + rest, VCDM2, "context_inline context_malformed"},
		{"too many contexts", `"@context":["https://www.w3.org/ns/credentials/v2"` + strings.Repeat(`,"https://www.w3.org/ns/did/v1"`, 20) + `],"type":"VerifiableCredential",` + rest, VCDM2, "context_too_many"},
		{"id null", v2 + `"id":null,` + rest, VCDM2, "id_malformed"},
		{"id a bare UUID", v2 + `"id":"9c9a36f8-518f-4976-a934-6649502d0008",` + rest, VCDM2, "id_malformed"},
		{"issuer a number", v2 + `"issuer":1,"credentialSubject":{"a":1}`, VCDM2, "issuer_malformed"},
		{"issuer an array", v2 + `"issuer":["did:example:1"],"credentialSubject":{"a":1}`, VCDM2, "issuer_malformed"},
		{"date a number", v2 + rest + `,"validFrom":1700000000`, VCDM2, "date_malformed"},
		{"date without zone", v2 + rest + `,"validUntil":"2024-01-01T00:00:00"`, VCDM2, "date_malformed"},
		{"dates reversed", v2 + rest + `,"validFrom":"2024-01-01T00:00:01Z","validUntil":"2024-01-01T00:00:00Z"`, VCDM2, "dates_reversed"},
		{"dates equal", v2 + rest + `,"validFrom":"2024-01-01T01:00:00+01:00","validUntil":"2024-01-01T00:00:00Z"`, VCDM2, ""},
		{"status a text", v2 + rest + `,"credentialStatus":"https://example.org/1"`, VCDM2, "status_malformed"},
		{"schema without id", v2 + rest + `,"credentialSchema":{"type":"JsonSchema"}`, VCDM2, "schema_malformed"},
		{"evidence a text", v2 + rest + `,"evidence":"https://example.org"`, VCDM2, "evidence_malformed"},
		{"related resource twice", v2 + rest + `,"relatedResource":[{"id":"x:y","digestSRI":"a"},{"id":"x:y","digestSRI":"a"}]`, VCDM2, "member_malformed"},
		{"name with two languages", v2 + rest + `,"name":[{"@value":"a","@language":"en"},"b"]`, VCDM2, ""},
		{"name a map", v2 + rest + `,"name":{"en":"a"}`, VCDM2, "name_malformed"},
		{"badge", badge1 + `"credentialSubject":{"achievement":{"name":"A"}}`, OpenBadge3, ""},
		{"badge without achievement", badge1 + `"credentialSubject":{"id":"did:example:2"}`, OpenBadge3, "achievement_missing"},
		{"badge of one subject without achievement", badge1 + `"credentialSubject":[{"achievement":{}},{"id":"did:example:2"}]`, OpenBadge3, "achievement_missing"},
		{"badge of an address", badge1 + `"credentialSubject":{"achievement":"https://example.org/a"}`, OpenBadge3, "badge_malformed"},
		{"badge with a day", badge1 + `"validFrom":"2024-01-01","credentialSubject":{"achievement":{}}`, OpenBadge3, ""},
		{"European", edcAll + `"issuer":{"id":"urn:x:1"},"credentialSubject":{"hasClaim":[]}`, EDC, ""},
		{"European without most", edc + `"issuer":{},"credentialSubject":{}`, EDC, strings.TrimSpace(strings.Repeat("edc_member_missing ", 8))},
		{"European without issuer", edcAll + `"credentialSubject":{"hasClaim":[]}`, EDC, "issuer_missing"},
		{"European with a loose date", edcAll + `"issuer":{"id":"urn:x:1"},"credentialSubject":{"hasClaim":[]},"validUntil":"soon"`, EDC, ""},
		{"draft", `"credential":{` + edcAll + `"issuer":{"id":"urn:x:1"},"credentialSubject":{"hasClaim":[]}},"deliveryDetails":{}`, EDC, "draft"},
		{"not a draft", `"credential":{` + v2 + rest + `}`, Other, "not_a_credential"},
		{"Blockcerts 2", `"@context":["https://w3id.org/openbadges/v2","https://w3id.org/blockcerts/v2"],"type":"Assertion","signature":{"type":["MerkleProof2017","Extension"],"anchors":[]}`, Blockcerts, "blockcerts_old"},
		{"Blockcerts 1", `"@context":"https://w3id.org/blockcerts/v1","type":"CertificateDocument","document":{},"receipt":{"type":"ChainpointSHA256v2"}`, Blockcerts, "blockcerts_old"},
		{"a signature of another kind", `"a":1,"signature":{"type":"x"}`, Other, "not_a_credential"},
		{"badge 2", `"@context":"https://w3id.org/openbadges/v2","type":"Assertion"`, OpenBadge2, "member_malformed subject_missing"},
		{"badge 2 with another context", `"@context":"https://w3id.org/openbadges/v9","type":"Assertion","recipient":{"identity":"a"},"badge":"https://a.example/b"`, OpenBadge2, "context_missing"},
		{"badge 2 with a picture in it", `"@context":"https://w3id.org/openbadges/v2","type":["Assertion"],"recipient":{"identity":"a"},"badge":{},"image":"data:image/png,x"`, OpenBadge2, "member_malformed"},
		{"badge 2 of nobody", `"@context":"https://w3id.org/openbadges/v2","type":"Assertion","recipient":{"type":"email"},"badge":{}`, OpenBadge2, "subject_malformed"},
		{"badge 1.1", `"@context":"https://w3id.org/openbadges/v1","type":"Assertion","recipient":{"identity":"a"},"badge":"https://a.example/b"`, OpenBadge1, ""},
		{"badge 1.0", `"uid":"1","recipient":{"identity":"a"},"badge":"https://a.example/b","verify":{"type":"hosted"}`, OpenBadge1, ""},
		{"badge 0.5", `"recipient":"a@b.example","badge":{"issuer":{"origin":"https://a.example"}}`, OpenBadge1, ""},
		{"part of a badge 1", `"@context":"https://w3id.org/openbadges/v1","uid":"1"`, OpenBadge1, "badge_part"},
		{"part of a badge 2", `"@context":"https://w3id.org/openbadges/v2","type":"BadgeClass"`, OpenBadge2, "badge_class"},
		{"part of a badge 3", `"@context":"https://w3id.org/openbadges/v1","type":"Issuer","name":"A"`, OpenBadge1, "badge_profile"},
		{"part of a badge 4", `"type":["Profile"],"name":"A","url":"https://a.example"`, OpenBadge2, "badge_profile"},
		{"part of a badge 6", `"name":"A","description":"B","image":"https://a.example/i","criteria":"https://a.example/c","issuer":"https://a.example/o"`, OpenBadge1, "badge_class"},
		{"part of a badge 5", `"@context":"https://w3id.org/openbadges/v2","type":"CryptographicKey"`, OpenBadge2, "badge_part"},
		{"something else", `"a":1`, Other, "not_a_credential"},
		{"presentation", `"@context":"https://www.w3.org/2018/credentials/v1","type":"VerifiablePresentation","verifiableCredential":"a.b.c"`, Presentation1, ""},
		{"presentation 2.0", `"@context":"https://www.w3.org/ns/credentials/v2","type":"VerifiablePresentation","verifiableCredential":"a.b.c"`, Presentation2, "nested_malformed"},
		{"presentation of a number", `"@context":"https://www.w3.org/2018/credentials/v1","type":"VerifiablePresentation","verifiableCredential":[1]`, Presentation1, "nested_malformed"},
		{"European presentation", `"@context":["https://www.w3.org/2018/credentials/v1"],"type":"EuropeanDigitalPresentation","verifiableCredential":[{"a":1}]`, Presentation1, ""},
		{"both models", `"@context":["https://www.w3.org/2018/credentials/v1","https://www.w3.org/ns/credentials/v2"],"type":"VerifiableCredential",` + rest + dated, VCDM1, ""},
	}
	for _, c := range cases {
		read, findings := readJSON(t, "{"+c.text+"}")
		if got := notable(findings); read.Format != c.format || got != c.want {
			t.Errorf("%s: %s %q, want %s %q", c.name, read.Format, got, c.format, c.want)
		}
		if len(findings) == 0 {
			t.Error(c.name, "found nothing")
		}
	}
}

func TestKnownContext(t *testing.T) {
	document := parse(t, `{"@context":["https://www.w3.org/ns/credentials/v2","https://example.org/x"],"type":"VerifiableCredential",`+rest+`}`)
	_, findings := Read(envelope.Envelope{Document: document}, func(context string) bool { return context == "https://example.org/x" }, nil)
	if got := notable(findings); got != "" {
		t.Error(got)
	}
	for _, value := range []strictjson.Value{{}, parse(t, `[]`), parse(t, `"a"`)} {
		if c, findings := Read(envelope.Envelope{Document: value}, nil, nil); c == nil || !findings.Has(report.CredentialNotACredential) {
			t.Error("not refused")
		}
	}
}

func TestRepeats(t *testing.T) {
	_, findings := readJSON(t, "{"+v2+rest+`,"evidence":[1`+strings.Repeat(",1", 5000)+"]}")
	if len(findings) != 1+repeats || findings.Outcome() != report.Fail {
		t.Error(len(findings))
	}
}

func TestClaims(t *testing.T) {
	const nested = `"vc":{"@context":["https://www.w3.org/2018/credentials/v1"],"type":["VerifiableCredential"]`
	cases := []struct {
		name, header, payload string
		want                  string
	}{
		{"all from claims", `{"typ":"JWT"}`, `{"iss":"did:example:1","sub":"did:example:2","jti":"urn:uuid:1","nbf":1704067200,"exp":1735689600,` + nested + `,"credentialSubject":{}}}`, ""},
		{"all stated twice", `{}`, `{"iss":"did:example:1","sub":"did:example:2","jti":"urn:uuid:1","nbf":1704067200,"exp":1735689600,` + nested +
			`,"id":"urn:uuid:1","issuer":{"id":"did:example:1"},"credentialSubject":{"id":"did:example:2"},"issuanceDate":"2024-01-01T00:00:00.9Z","expirationDate":"2025-01-01T00:00:00Z"}}`, ""},
		{"issuer differs", `{}`, `{"iss":"did:example:9",` + nested + `,` + rest + dated + `}}`, ""},
		{"subject differs", `{}`, `{"sub":"did:example:9",` + nested + `,` + rest + dated + `}}`, "claim_differs sub"},
		{"subject an object", `{}`, `{"sub":{},` + nested + `,` + rest + dated + `}}`, "claim_malformed sub"},
		{"subject an object, none named", `{}`, `{"sub":{},` + nested + `,"issuer":"did:example:1","credentialSubject":{}` + dated + `}}`, ""},
		{"several subjects", `{}`, `{"sub":"did:example:9",` + nested + `,"issuer":"did:example:1","credentialSubject":[{"id":"did:example:2"},{"id":"did:example:3"}]` + dated + `}}`, ""},
		{"id differs", `{}`, `{"jti":"urn:uuid:2",` + nested + `,"id":"urn:uuid:1",` + rest + dated + `}}`, "claim_differs jti"},
		{"id a plain UUID", `{}`, `{"jti":"1",` + nested + `,"id":"urn:uuid:1",` + rest + dated + `}}`, ""},
		{"only a plain UUID", `{}`, `{"jti":"1",` + nested + `,` + rest + dated + `}}`, ""},
		{"nbf differs", `{}`, `{"nbf":1704067201,` + nested + `,` + rest + dated + `}}`, "claim_differs nbf"},
		{"exp differs", `{}`, `{"exp":1735689601,` + nested + `,"expirationDate":"2025-01-01T00:00:00Z",` + rest + dated + `}}`, "claim_differs exp"},
		{"nbf null", `{}`, `{"nbf":null,` + nested + `,` + rest + dated + `}}`, ""},
		{"nbf a text", `{}`, `{"nbf":"1704067200",` + nested + `,` + rest + dated + `}}`, "claim_malformed nbf"},
		{"exp with a fraction", `{}`, `{"exp":1735689600.5,` + nested + `,` + rest + dated + `}}`, "claim_malformed exp"},
		{"exp with an empty fraction", `{}`, `{"exp":1735689600.0,` + nested + `,` + rest + dated + `}}`, ""},
		{"exp too large", `{}`, `{"exp":9007199254740993,` + nested + `,` + rest + dated + `}}`, "claim_malformed exp"},
		{"exp as large as can be", `{}`, `{"exp":9007199254740991,` + nested + `,` + rest + dated + `}}`, ""},
		{"iss a number", `{}`, `{"iss":1,` + nested + `,` + rest + dated + `}}`, "claim_malformed iss"},
		{"vc a text", `{}`, `{"vc":"x"}`, "claim_malformed vc"},
		{"vc and vp", `{}`, `{"vp":{},` + nested + `}}`, "claim_malformed vc"},
		{"vc under vc+jwt", `{"typ":"vc+jwt"}`, `{` + nested + `,` + rest + dated + `}}`, "vc_claim_forbidden vc"},
		{"vc under application/vc+ld+json+jwt", `{"typ":"application/VC+ld+json+jwt"}`, `{` + nested + `,` + rest + dated + `}}`, "vc_claim_forbidden vc"},
		{"vc beside a root", `{"typ":"JWT"}`, `{` + v2 + rest + `,` + nested + `}}`, "vc_claim_forbidden vc"},
		{"vp beside a root", `{"typ":"JWT"}`, `{` + v2 + rest + `,"vp":{}}`, "vc_claim_forbidden vp"},
		{"root", `{"typ":"vc+jwt"}`, `{` + v2 + rest + `,"iss":"did:example:1","sub":"did:example:2","iat":"2024-01-01T00:00:00Z"}`, ""},
		{"root with another id", `{"typ":"vc+jwt"}`, `{` + v2 + rest + `,"id":"urn:uuid:1","jti":"urn:uuid:2"}`, "claim_differs jti"},
		{"root with another subject", `{"typ":"vc+jwt"}`, `{` + v2 + rest + `,"sub":"did:example:3"}`, "claim_differs sub"},
		{"root without issuer", `{"typ":"vc+jwt"}`, `{` + v2 + `"iss":"did:example:1","credentialSubject":{"a":1}}`, "issuer_missing /issuer"},
		{"root, dates of the signature", `{"typ":"vc+jwt"}`, `{` + v2 + rest + `,"validUntil":"2030-01-01T00:00:00Z","exp":1735689600,"nbf":1}`, ""},
		{"presentation", `{}`, `{"iss":"did:example:5","jti":"urn:uuid:5","sub":"x","nbf":1,"vp":{"@context":["https://www.w3.org/2018/credentials/v1"],"type":["VerifiablePresentation"]}}`, ""},
		{"presentation of another holder", `{}`, `{"iss":"did:example:6","vp":{"@context":["https://www.w3.org/2018/credentials/v1"],"type":["VerifiablePresentation"],"holder":"did:example:5"}}`, "claim_differs iss"},
	}
	for _, c := range cases {
		_, findings := Read(signed(parse(t, c.header), parse(t, c.payload)), nil, nil)
		got := strings.TrimPrefix(strings.Join(failed(findings), ", "), "credential.")
		if got != c.want {
			t.Errorf("%s: %q, want %q", c.name, got, c.want)
		}
	}
}

func TestFilled(t *testing.T) {
	c, _ := Read(signed(parse(t, `{}`), parse(t, `{"iss":"did:example:1","sub":"did:example:2","jti":"urn:uuid:1","nbf":1704067200,"exp":1735689600,
		"vc":{"@context":["https://www.w3.org/2018/credentials/v1"],"type":["VerifiableCredential"],"credentialSubject":{"a":1}}}`)), nil, nil)

	got := fmt.Sprint(c.Root, c.ID, " ", c.Issuer.ID, c.Issuer.Path, " ", c.Document.At("credentialSubject", "id").Text(), c.Document.At("expirationDate").Text())
	if want := "/vcurn:uuid:1 did:example:1/iss did:example:22025-01-01T00:00:00Z"; got != want {
		t.Error(got)
	}
	for i, want := range []Date{{Bound: From, Path: "/nbf", Text: "2024-01-01T00:00:00Z"}, {Bound: Until, Path: "/exp", Text: "2025-01-01T00:00:00Z"}} {
		if got := c.Dates[i]; got.Bound != want.Bound || got.Path != want.Path || got.Text != want.Text || !got.Readable {
			t.Error(got)
		}
	}
	c, _ = Read(signed(parse(t, `{}`), parse(t, `{"iss":"did:example:9","vc":{`+v1+rest+dated+`,"verifiableCredential":1}}`)), nil, nil)
	if c.Issuer.ID != "did:example:1" || c.Issuer.ClaimedID != "did:example:9" || c.Issuer.Path != "/vc/issuer" {
		t.Error(c.Issuer)
	}
	c, _ = Read(signed(parse(t, `{}`), parse(t, `{"iss":"did:example:5","vp":{"@context":["https://www.w3.org/2018/credentials/v1"],"type":["VerifiablePresentation"],"verifiableCredential":["a.b.c",{"x":1}]}}`)), nil, nil)
	if c.Holder != "did:example:5" || len(c.Inner) != 2 || c.Inner[1].Path != "/vp/verifiableCredential/1" || !c.Presentation() {
		t.Error(c)
	}
}

func TestParties(t *testing.T) {
	const body = `{"id":"urn:org:1","legalName":{"en":["School"],"de":"Schule"},"eIDASIdentifier":{"notation":"VATDE-1","spatial":{"id":"http://x/country/DEU"}},"registration":[{"notation":"R1"}]}`
	c, _ := readJSON(t, `{`+edcAll+`"issuer":`+body+`,"status":[{"type":"StatusList2021Entry","id":"https://x/#1"},"text"],"credentialStatus":"https://x/2",
		"credentialSubject":{"hasClaim":[
			{"awardedBy":{"awardingBody":{"id":"urn:org:2","legalName":{"und":"Academy"},"prefLabel":{"en":"Acad"}},"awardingDate":"2023-05-06"},
			 "hasPart":{"awardedBy":[{"awardingBody":["urn:org:2","urn:org:1",{"id":"urn:org:2","legalName":{"en":"Impostor"}},{}]}]}},
			{"awardedBy":{"awardingBody":[{"id":"urn:org:2","legalName":{"und":"Academy"},"prefLabel":{"en":"Acad"}},{"id":"urn:org:3"}]}}]},
		"subCredentials":[{"credentialSubject":{"hasClaim":{"awardedBy":{"awardingBody":{"id":"urn:org:3","legalName":"Third"}}}}}]}`)
	var got []string
	for _, party := range c.Awarders {
		line := party.ID + party.Path
		for _, name := range party.Names {
			line += " " + name.Value + "@" + name.Language
		}
		got = append(got, line)
	}
	want := []string{
		"urn:org:2/credentialSubject/hasClaim/0/awardedBy/awardingBody Academy@ Acad@en",
		"urn:org:1/credentialSubject/hasClaim/0/hasPart/awardedBy/0/awardingBody/1 School@en Schule@de",
		"urn:org:2/credentialSubject/hasClaim/0/hasPart/awardedBy/0/awardingBody/2 Impostor@en",
		"urn:org:3/subCredentials/0/credentialSubject/hasClaim/awardedBy/awardingBody Third@",
	}
	if strings.Join(got, "\n") != strings.Join(want, "\n") {
		t.Errorf("%s", strings.Join(got, "\n"))
	}
	if c.Issuer.Country != "http://x/country/DEU" || strings.Join(c.Issuer.Identifiers, " ") != "VATDE-1 R1" || c.Issuer.Names[0].Path != "/issuer/legalName/en/0" {
		t.Error(c.Issuer)
	}
	if len(c.Status) != 2 || c.Status[0].ID != "https://x/2" || c.Status[0].Type != "" || c.Status[1].Type != "StatusList2021Entry" || c.Status[1].Path != "/status/0" {
		t.Error(c.Status)
	}
	if last := c.Dates[len(c.Dates)-1]; last.Bound != Issued || last.Text != "2023-05-06" || !last.WholeDay || last.Path != "/credentialSubject/hasClaim/0/awardedBy/awardingDate" {
		t.Error(last)
	}
}

func FuzzRead(f *testing.F) {
	for _, text := range []string{v2 + rest, v1 + rest + dated, badge1 + `"credentialSubject":{"achievement":{}}`, edcAll + `"issuer":{"id":"urn:x:1"},"credentialSubject":{"hasClaim":{"awardedBy":{"awardingBody":"x"}}}`, `"vc":{` + v1 + rest + `},"iss":"x","nbf":1`, `"vp":{"type":"VerifiablePresentation","verifiableCredential":["a"]}`} {
		f.Add([]byte("{"+text+"}"), "JWT")
	}
	f.Fuzz(func(t *testing.T, data []byte, typ string) {
		document, err := strictjson.Parse(data)
		if err != nil {
			return
		}
		header := strictjson.NewObject([]strictjson.Member{{Key: "typ", Value: strictjson.NewString(typ)}})
		for _, e := range []envelope.Envelope{{Form: envelope.JSON, Document: document}, signed(header, document)} {
			c, findings := Read(e, nil, nil)
			if c == nil || len(findings) == 0 {
				t.Fatal("nothing read, nothing found")
			}
			if c.Format == Other && findings.Outcome() != report.Fail {
				t.Error("no credential, and no failure: ", findings)
			}
			if findings.Outcome().Lets() && !c.Presentation() && c.Format != EDC && c.Issuer.ID == "" {
				t.Error("passed without an issuer")
			}
		}
	})
}
