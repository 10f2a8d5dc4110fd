package credential

import (
	"encoding/base64"
	"strings"
	"testing"

	"github.com/sealcheck/sealcheck/verifier/envelope"
	"github.com/sealcheck/sealcheck/verifier/report"
)

// disclosing is an SD-JWT of a payload, of which nothing is disclosed.
func disclosing(header, payload string) []byte {
	encode := base64.RawURLEncoding.EncodeToString
	return []byte(encode([]byte(header)) + "." + encode([]byte(payload)) + ".AA~")
}

const dc = `{"alg":"ES256","typ":"dc+sd-jwt"}`

func TestWallet(t *testing.T) {
	const iss = `"iss":"https://a.example"`
	for _, row := range []struct{ header, payload, want string }{
		{dc, `{"vct":"x",` + iss + `}`, "sd_jwt_vc"},
		{`{"typ":"vc+sd-jwt"}`, `{"vct":"x",` + iss + `}`, "sd_jwt_vc"},
		{`{"typ":"application/DC+SD-JWT"}`, `{"vct":"x",` + iss + `}`, "sd_jwt_vc"},
		{dc, `{` + iss + `}`, "sd_jwt_vc sd_vct_missing"},
		{dc, `{"vct":"",` + iss + `}`, "sd_jwt_vc sd_vct_missing"},
		{dc, `{"vct":1,` + iss + `}`, "sd_jwt_vc claim_malformed sd_vct_missing"},
		{dc, `{"vct":"x"}`, "sd_jwt_vc issuer_missing"},
		{dc, `{"vct":"x","iss":"A University"}`, "sd_jwt_vc issuer_malformed"},
		{`{"typ":"dc+sd-jwt","x5c":["AA=="]}`, `{"vct":"x"}`, "sd_jwt_vc"},
		{dc, `{"vct":"x",` + iss + `,"cnf":{"_sd":["d"]}}`, "sd_jwt_vc sd_claim_selective"},
		{dc, `{"vct":"x",` + iss + `,"status":{"status_list":{"_sd":["d"]}}}`, "sd_jwt_vc sd_claim_selective"},
		{dc, `{"vct":"x",` + iss + `,"_sd":["d"],"other":{"iss":{"_sd":["e"]}}}`, "sd_jwt_vc"},
		{dc, `{"vct":"x",` + iss + `,"exp":"2030"}`, "sd_jwt_vc claim_malformed"},
		{dc, `{"vct":"x",` + iss + `,"exp":1.5}`, "sd_jwt_vc claim_malformed"},
		{`{"typ":"vc+sd-jwt"}`, `{` + iss + `}`, "sd_no_credential"},
		{`{"typ":"example+sd-jwt"}`, `{` + iss + `}`, "sd_no_credential"},
		{`{}`, `{` + iss + `,"status_list":{"bits":1,"lst":"x"},"sub":"https://a.example/l","iat":1}`, "sd_no_credential"},
	} {
		e, findings := envelope.Open(disclosing(row.header, row.payload))
		if e.SD == nil {
			t.Errorf("%s: %v", row.payload, findings)
			continue
		}
		_, findings = Read(e, nil, nil)
		var got []string
		for _, finding := range findings {
			got = append(got, strings.TrimPrefix(string(finding.Code), "credential."))
		}
		if strings.Join(got, " ") != row.want {
			t.Errorf("%s %s: %v, want %s", row.header, row.payload, got, row.want)
		}
	}
}

// TestWalletParties: who is the issuer, who calls itself so, and who is said to
// award it.
func TestWalletParties(t *testing.T) {
	for payload, want := range map[string]string{
		`"iss":"https://a.example","awardingBody":"B"`:                                 "https://a.example||B",
		`"iss":"https://a.example","awardingBody":"B","awardingBodyIdentifier":"XX-1"`: "https://a.example||B XX-1",
		`"iss":"https://a.example","awardingBody":{"name":"B","id":"urn:b"}`:           "https://a.example||B",
		`"iss":"https://a.example","issuer":{"name":"A"}`:                              "https://a.example|A|",
		`"iss":"https://a.example","issuer":{"id":"https://a.example","name":"A"}`:     "https://a.example|A|",
		`"iss":"https://a.example","issuer":{"id":"https://b.example","name":"B"}`:     "https://a.example||B",
		`"iss":"https://a.example","issuer":"https://b.example"`:                       "https://a.example||https://b.example",
		`"issuer":{"name":"A"}`: "||A",
		`"issuer":{"id":"https://b.example","name":"B"},"awardingBody":"C"`: "||B,C",
	} {
		e, _ := envelope.Open(disclosing(`{"typ":"dc+sd-jwt","x5c":["AA=="]}`, `{"vct":"VerifiableMicroCredential",`+payload+`}`))
		c, _ := Read(e, nil, nil)
		got := c.Issuer.ID + "|"
		for _, name := range c.Issuer.Names {
			got += name.Value
		}
		var awarders []string
		for _, party := range c.Awarders {
			text := party.ID
			if len(party.Names) > 0 {
				text = party.Names[0].Value
			}
			awarders = append(awarders, strings.Join(append([]string{text}, party.Identifiers...), " "))
		}
		if got += "|" + strings.Join(awarders, ","); got != want {
			t.Errorf("%s: %s, want %s", payload, got, want)
		}
		if c.Issuer.ByCertificate != (c.Issuer.ID == "") {
			t.Errorf("%s: by certificate: %v", payload, c.Issuer.ByCertificate)
		}
	}
}

func FuzzWallet(f *testing.F) {
	f.Add([]byte(`{"vct":"VerifiableMicroCredential","iss":"https://a.example","exp":1,"awardingBody":[{"name":"B"}],"status":{"status_list":{"idx":1,"uri":"x"}}}`))
	f.Add([]byte(`{"vct":"urn:eudi:elm:1","elm":{"issuer":{"id":"x"},"credentialSubject":{"hasClaim":[{"awardedBy":{"awardingBody":{}}}]}}}`))
	f.Add([]byte(`{"vct":"urn:eudi:diploma:1","validUntil":1,"expiry_date":"2030-01-01","issuer":[1,{"name":{"en":"x"}}]}`))
	f.Fuzz(func(t *testing.T, payload []byte) {
		e, _ := envelope.Open(disclosing(dc, string(payload)))
		if e.SD == nil {
			return
		}
		c, findings := Read(e, nil, nil)
		if c == nil || len(findings) == 0 || findings.Has(report.InternalUnexpected) {
			t.Error(findings)
		}
	})
}
