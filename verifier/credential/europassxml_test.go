package credential

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/sealcheck/sealcheck/verifier/envelope"
	"github.com/sealcheck/sealcheck/verifier/report"
)

func older1(t testing.TB, text string) (*Credential, report.Findings) {
	t.Helper()
	e, findings := envelope.Open([]byte(text))
	if findings.Outcome() == report.Fail {
		t.Fatal(findings)
	}
	return Read(e, nil, nil)
}

const olderText = `<europassCredential xmlns="http://data.europa.eu/snb" xmlns:cred="http://data.europa.eu/europass/model/credentials/w3c#" cred:id="urn:c:1">
<cred:validFrom> 2026-01-10T10:00:00+01:00 </cred:validFrom><cred:validUntil>2031-01-10</cred:validUntil><cred:issued>2026-01-10T10:00:00Z</cred:issued>
<cred:issuer idref="urn:org:1"/><title><text lang="en">Soil<!-- not --> Data</text><text lang="de">Bodendaten</text></title>
<other xmlns="http://example.com"><title>Elsewhere</title></other>
<credentialSubject id="urn:p:1"><fullName><text lang="en">Mara</text></fullName><achievements><learningAchievement id="a"><title><text>One</text></title>
<wasAwardedBy idref="urn:ap:1"/><wasDerivedFrom><grade>B</grade></wasDerivedFrom><specifiedBy idref="urn:q:1"/><hasPart><learningAchievement id="b"><title><text>Part</text></title><wasAwardedBy><awardingBody idref="urn:org:2"/></wasAwardedBy></learningAchievement></hasPart></learningAchievement></achievements></credentialSubject>
<learningSpecificationReferences><qualification id="urn:q:1"><eqfLevel uri="http://data.europa.eu/snb/eqf/6"><targetName><text lang="en">Level 6</text></targetName></eqfLevel><hasECTSCreditPoints>3</hasECTSCreditPoints></qualification></learningSpecificationReferences>
<agentReferences><organization id="urn:org:1"><registration>NTRXX-1</registration><prefLabel><text lang="en">University</text></prefLabel><hasLocation><hasAddress><country uri="urn:XX"/></hasAddress></hasLocation></organization>
<organization id="urn:org:2"><prefLabel><text>Other</text></prefLabel></organization></agentReferences>
<awardingProcessReferences><awardingProcess id="urn:ap:1"><awardingBody idref="urn:org:1"/><date>2026-01-09</date></awardingProcess></awardingProcessReferences>
</europassCredential>`

func TestEuropassXML(t *testing.T) {
	c, findings := older1(t, olderText)
	if findings.Outcome() != report.Pass || c.Format != EuropassXML || !c.European() || c.ID != "urn:c:1" {
		t.Fatal(c.Format, c.ID, findings)
	}
	if c.Issuer.ID != "urn:org:1" || len(c.Issuer.Names) != 1 || c.Issuer.Names[0].Value != "University" || fmt.Sprint(c.Issuer.Identifiers) != "[NTRXX-1]" || c.Issuer.Country != "urn:XX" {
		t.Errorf("%+v", c.Issuer)
	}
	if len(c.Awarders) != 2 || c.Awarders[1].Names[0].Value != "Other" {
		t.Errorf("%+v", c.Awarders)
	}
	dates := ""
	for _, date := range c.Dates {
		dates += fmt.Sprint(date.Bound, " ", date.Text, " ", date.Readable, " ", date.Path, "\n")
	}
	if want := `1 2026-01-10T10:00:00+01:00 true /europassCredential/validFrom
2 2031-01-10 true /europassCredential/validUntil
3 2026-01-10T10:00:00Z true /europassCredential/issued
3 2026-01-09 true /credentialSubject/0/hasClaim/0/awardedBy/0/awardingDate
`; dates != want {
		t.Error(dates)
	}
	titles := ReadNames(c.Document.At("title"), "/title")
	if len(titles) != 2 || titles[0].Value != "Soil Data" || c.Places[titles[1].Path] != "/europassCredential/title/text[2]" {
		t.Errorf("%+v", titles)
	}
	claim := c.Document.At("credentialSubject").Items()[0].At("hasClaim").Items()[0]
	if claim.At("type").Text() != "LearningAchievement" || claim.At("provenBy").Items()[0].At("grade").Items()[0].At("noteLiteral").Items()[0].At("@value").Text() != "B" {
		t.Error(string(claim.Append(nil)))
	}
	level := claim.At("specifiedBy").Items()[0].At("eqfLevel").Items()[0]
	if level.At("id").Text() != "http://data.europa.eu/snb/eqf/6" || level.At("prefLabel").Items()[0].At("@value").Text() != "Level 6" {
		t.Error(string(level.Append(nil)))
	}
}

func TestEuropassXMLIssuer(t *testing.T) {
	for name, row := range map[string]struct {
		from, to string
		code     report.Code
	}{
		"none":                  {`<cred:issuer idref="urn:org:1"/>`, ``, report.CredentialIssuerMissing},
		"refers to nothing":     {`<cred:issuer idref="urn:org:1"/>`, `<cred:issuer idref="urn:org:9"/>`, report.CredentialIssuerMissing},
		"two":                   {`<cred:issuer idref="urn:org:1"/>`, `<cred:issuer idref="urn:org:1"/><cred:issuer idref="urn:org:2"/>`, report.CredentialIssuerMalformed},
		"refers to two at once": {`<organization id="urn:org:2">`, `<organization id="urn:org:1">`, report.CredentialIssuerMalformed},
	} {
		if _, findings := older1(t, strings.Replace(olderText, row.from, row.to, 1)); !findings.Has(row.code) {
			t.Errorf("%s: %v", name, findings)
		}
	}
}

// TestEuropassXMLWork: what refers to itself, or to much and often, is given up
// in time, and said to be.
func TestEuropassXMLWork(t *testing.T) {
	front, back := `<europassCredential><issuer><prefLabel>x</prefLabel></issuer>`, `</europassCredential>`
	unknown := strings.Repeat("<u/>", 100_000)
	for name, text := range map[string]string{
		"itself": `<credentialSubject><achieved><specifiedBy idref="a"/></achieved></credentialSubject><xReferences><q id="a"><specifiedBy idref="a"/></q></xReferences>`,
		"much and often": `<credentialSubject>` + strings.Repeat(`<achieved><specifiedBy idref="a"/></achieved>`, 5000) + `</credentialSubject>` +
			`<xReferences><q id="a">` + unknown + `</q></xReferences>`,
		"very many":       strings.Repeat(`<title>x</title>`, 60_000),
		"very many kinds": strings.Repeat(`<title>x</title>`, 30_000) + strings.Repeat(`<altLabel>y</altLabel>`, 30_000),
		"many dates":      strings.Repeat(`<issued>2026-01-01</issued>`, 1000),
	} {
		began := time.Now()
		_, findings := older1(t, front+text+back)
		if took := time.Since(began); !findings.Has(report.CredentialXmlTooMuch) || took > 3*time.Second {
			t.Errorf("%s: %v, %v", name, findings, took)
		}
	}
}

func FuzzEuropassXML(f *testing.F) {
	f.Add([]byte(olderText))
	f.Add([]byte(`<v:verifiablePresentation xmlns:v="http://data.europa.eu/snb/vp"><v:issuer id="x"/>` + olderText + `</v:verifiablePresentation>`))
	const seal = `<proof><Signature xmlns="http://www.w3.org/2000/09/xmldsig#"/></proof>`
	f.Add([]byte(`<verifiablePresentation><issuer idref="a"/><europassCredential><contains><europassCredential>` + seal + `</europassCredential></contains></europassCredential><europassCredential>` + seal + `</europassCredential>` + seal + seal + `</verifiablePresentation>`))
	f.Fuzz(func(t *testing.T, data []byte) {
		e, _ := envelope.Open(data)
		if e.Form != envelope.XML {
			return
		}
		Read(e, nil, nil)
		for _, part := range e.Parts {
			part.Form()
			if inner, _ := e.InnerXML(part); inner.Form == envelope.XML {
				if c, _ := Read(inner, nil, nil); part.Path == "" || c.Presentation() {
					t.Errorf("%s: %s", part.Path, c.Format)
				}
			}
		}
	})
}
