package proof

import (
	"encoding/base64"
	"strconv"
	"strings"
	"testing"

	"github.com/sealcheck/sealcheck/verifier/internal/limits"
	"github.com/sealcheck/sealcheck/verifier/report"
)

func TestRevocation(t *testing.T) {
	std := func(text string) string { return base64.StdEncoding.EncodeToString([]byte(text)) }
	value := func(text string) string { return `{"val":"` + std(text) + `"}` }
	many := strings.TrimSuffix(strings.Repeat(value("a")+",", limits.RevocationValues+1), ",")
	tests := []struct {
		name, components string
		lists, answers   string
		certificates     int
		malformed        bool
	}{
		{"nothing", `{"sigTst":{}}`, "", "", 0, false},
		{"both", `{"rVals":{"crlVals":[` + value("a") + `,` + value("b") + `],"ocspVals":[` + value("c") + `]}}`, "ab", "c", 0, false},
		{"renewed", `{"rVals":{"crlVals":[` + value("a") + `]}},{"arcTst":{}},{"rVals":{"crlVals":[` + value("b") + `],"otherVals":[{}]}}`, "ab", "", 0, false},
		{"of time-stamps", `{"tstVD":{"xVals":[{"x509Cert":` + value("x") + `}],"rVals":{"ocspVals":[` + value("c") + `]}}}`, "", "c", 1, false},
		{"certificates", `{"xVals":[{"x509Cert":` + value("x") + `},{"otherCert":` + value("y") + `}]}`, "", "", 1, false},
		{"each of them written in base64url", `"` + b64(`{"rVals":{"crlVals":[`+value("a")+`]}}`) + `","` + b64(`{"rVals":{"ocspVals":[`+value("c")+`]}}`) + `"`, "a", "c", 0, false},
		{"no base64", `{"rVals":{"crlVals":[` + value("a") + `,{"val":"*"}]}}`, "a", "", 0, true},
		{"base64 in lines", `{"rVals":{"crlVals":[{"val":"YQ==\n"}]}}`, "", "", 0, true},
		{"an empty one", `{"rVals":{"ocspVals":[{"val":""},{}]}}`, "", "", 0, true},
		{"no object", `{"rVals":{"ocspVals":["YQ=="]}}`, "", "", 0, true},
		{"no array", `{"rVals":{"ocspVals":{"val":"YQ=="}},"xVals":7}`, "", "", 0, false},
		{"too many", `{"rVals":{"crlVals":[` + many + `]}}`, strings.Repeat("a", limits.RevocationValues), "", 0, true},
	}
	for _, test := range tests {
		proofs, findings := read(t, seal(`{"etsiU":[`+test.components+`]}`), false)
		if len(proofs) != 1 || findings.Outcome() != report.Warn {
			t.Errorf("%s: %v", test.name, findings)
			continue
		}
		var lists, answers []byte
		r := proofs[0].Revocation
		for _, one := range r.CRLs {
			lists = append(lists, one...)
		}
		for _, one := range r.OCSPs {
			answers = append(answers, one...)
		}
		if string(lists) != test.lists || string(answers) != test.answers || len(r.Certificates) != test.certificates || r.Malformed != test.malformed {
			t.Errorf("%s: %s %s %d %v", test.name, lists, answers, len(r.Certificates), r.Malformed)
		}
	}
	large := `{"rVals":{"crlVals":[{"val":"` + strings.Repeat("AAAA", limits.RevocationBytes/3+4) + `"}]}}`
	proofs, _ := read(t, seal(`{"etsiU":[`+large+`]}`), false)
	if r := proofs[0].Revocation; len(r.CRLs) != 0 || !r.Malformed {
		t.Error("too large", len(r.CRLs))
	}
}

// TestVectorsRevocation: what the seals of others carry is found where they
// have it.
func TestVectorsRevocation(t *testing.T) {
	for name, want := range map[string]string{
		"esig-dss/jades/double-lta-in-container.json":              "1 1 3",
		"esig-dss/jades/jades-lta-copied-arctst.json":              "1 1 2",
		"esig-dss/jades/jades-lta-with-etsiU-whitespaces.json":     "1 1 3",
		"esig-dss/jades/jades-double-sig-different-etsiU.json":     "1 1 3",
		"esig-dss/jades/jades-b-with-xvals.json":                   "0 0 3",
		"eu-edc/credential-signed.jsonld":                          "1 1 5",
		"eu-edc/eseal/json_sealed_advanced.json":                   "1 2 4",
		"eu-edc/eseal/json_to_seal-signed-jades-baseline-lta.json": "0 1 4",
		"eu-elm/Sample-MC-Annex1-signed.jsonld":                    "1 1 4",
	} {
		m := message(t, name)
		for i := range m.Signatures {
			r := readSignature(m, i, ACredential).proof.Revocation
			got := strconv.Itoa(len(r.CRLs)) + " " + strconv.Itoa(len(r.OCSPs)) + " " + strconv.Itoa(len(r.Certificates))
			if got != want || r.Malformed {
				t.Errorf("%s: %s, %v", name, got, r.Malformed)
			}
		}
	}
}
