package proof

import (
	"crypto/sha512"
	"encoding/base64"
	"strings"
	"testing"

	"github.com/sealcheck/sealcheck/verifier/report"
)

// seal makes a seal in JSON serialisation as European Digital Credentials
// have it, with changes to its protected header: pairs of old and new text.
func seal(unprotected string, changes ...string) string {
	der := sealCertificate()
	protected := `{"alg":"RS256","cty":"octet-stream","kid":"MFYw","x5t#S256":"` + digestText(der) + `","x5c":["` +
		base64.StdEncoding.EncodeToString(der) + `"],"typ":"jose+json","b64":false,"sigT":"2026-01-02T03:04:05Z","crit":["b64","sigT"]}`
	for i := 0; i < len(changes); i += 2 {
		if !strings.Contains(protected, changes[i]) {
			panic("nothing to change: " + changes[i])
		}
		protected = strings.Replace(protected, changes[i], changes[i+1], 1)
	}
	payload := credentialText
	if !strings.Contains(protected, `"b64":false`) {
		payload = b64(payload)
	}
	return general(payload, entry("RS256", protected, unprotected, credentialText))
}

var sealDER []byte

func sealCertificate() []byte {
	if sealDER == nil {
		sealDER = certificate(pairs()[RSA][0])
	}
	return sealDER
}

func TestSeal(t *testing.T) {
	proofs, findings := read(t, seal(""), false)
	if findings.Outcome() != report.Warn || !findings.Has(report.ProofJades) || !findings.Has(report.ProofSealTimeClaimed) {
		t.Fatalf("%v", findings)
	}
	p := &proofs[0]
	if !p.Seal || p.Suite != "JAdES/RS256" || p.Reference.KeyID != "" || !p.Reference.Bound || len(p.Reference.Chain) != 1 ||
		p.Reference.Created.Format("2006-01-02T15:04:05Z") != "2026-01-02T03:04:05Z" {
		t.Errorf("%+v", p)
	}
	if err := Verify(p, leafKey(t, p), nil); err != nil {
		t.Error(err)
	}
	if got := codeOf(Verify(p, pairs()[RSA][1].public, nil)); got != report.SignatureMismatch {
		t.Errorf("another key: %q", got)
	}
	// The payload is signed as it stands, not as the JSON that it means.
	changed := strings.Replace(seal(""), `\"issuer\":\"did:example:1\"`, `\"issuer\": \"did:example:1\"`, 1)
	if got := verdict(t, changed, false, pairs()[RSA][0].public); got != report.SignatureMismatch {
		t.Errorf("a space more in the payload: %q", got)
	}
	escaped := strings.Replace(seal(""), `\"issuer\"`, `\u0022issuer\u0022`, 1)
	if got := verdict(t, escaped, false, pairs()[RSA][0].public); got != "" {
		t.Errorf("the same string, escaped otherwise: %q", got)
	}
}

func TestSealRules(t *testing.T) {
	public := pairs()[RSA][0].public
	der := sealCertificate()
	reference := `"x5t#S256":"` + digestText(der) + `"`
	chain := `"x5c":["` + base64.StdEncoding.EncodeToString(der) + `"],`
	sum := sha512.Sum512(der)
	other := `"x5t#o":{"digAlg":"S512","digVal":"` + b64(string(sum[:])) + `"}`
	list := `"sigX5ts":[{"digAlg":"S512","digVal":"` + b64(string(sum[:])) + `"},{"digAlg":"S256","digVal":"AA"}]`
	crit, sigT := `"crit":["b64","sigT"]`, `"sigT":"2026-01-02T03:04:05Z"`
	tests := []struct {
		name    string
		changes []string
		want    report.Code
	}{
		{"as it is", nil, ""},
		{"b64 not critical", []string{`["b64","sigT"]`, `["sigT"]`}, report.ProofB64NotCritical},
		{"b64 true", []string{`"b64":false`, `"b64":true`}, ""},
		{"a JWT", []string{`jose+json`, `JWT`}, report.ProofB64Unexpected},
		{"a vc+jwt", []string{`jose+json`, `vc+jwt`}, report.ProofB64Unexpected},
		{"a typ for another use", []string{`jose+json`, `kb+jwt`}, report.ProofB64Unexpected},
		{"a typ that is none", []string{`jose+json`, `bad+typ`}, report.ProofTypeWrong},
		{"any content", []string{`octet-stream`, `text/xml`}, ""},
		{"crit names an unknown one", []string{`["b64",`, `["b64","zzz",`}, report.ProofCritUnknown},
		{"crit names an absent one", []string{`["b64",`, `["b64","sigPl",`}, report.ProofCritAbsent},
		{"crit names etsiU", []string{`["b64",`, `["b64","etsiU",`}, report.ProofCritUnknown},
		{"an end", []string{`"b64":false`, `"exp":"2027-01-01T00:00:00Z","b64":false`, `["b64",`, `["b64","exp",`}, ""},
		{"an end in seconds", []string{`"b64":false`, `"exp":1800000000,"b64":false`}, ""},
		{"an end that is none", []string{`"b64":false`, `"exp":"soon","b64":false`}, report.ProofExpiresMalformed},
		{"an end in fractions", []string{`"b64":false`, `"exp":1.5,"b64":false`}, report.ProofExpiresMalformed},

		{"no reference", []string{reference + `,`, ``}, report.ProofSealHeaderIncomplete},
		{"two references", []string{reference, reference + `,` + other}, report.ProofSealCertificateReference},
		{"a reference by SHA-512", []string{reference, other}, ""},
		{"a list of references", []string{reference, list}, ""},
		{"the wrong reference", []string{reference, `"x5t#S256":"` + digestText([]byte("x")) + `"`}, report.ProofSealCertificateReference},
		{"an empty reference", []string{reference, `"x5t#S256":""`}, report.ProofSealCertificateReference},
		{"an empty list", []string{reference, `"sigX5ts":[]`}, report.ProofSealCertificateReference},
		{"a list of nothing", []string{reference, `"sigX5ts":[{}]`}, report.ProofSealCertificateReference},
		{"a list that begins with another", []string{reference, `"sigX5ts":[{"digAlg":"S256","digVal":"AA"},{"digAlg":"S512","digVal":"` + b64(string(sum[:])) + `"}]`}, report.ProofSealCertificateReference},
		{"a digest that is not known", []string{reference, `"x5t#o":{"digAlg":"S3-512","digVal":"AA"}`}, report.ProofSuiteUnsupported},
		{"no certificate", []string{chain, ``}, report.ProofSealCertificateMissing},

		{"no time", []string{sigT + `,`, ``, crit, `"srCms":[],"crit":["b64"]`}, report.ProofSealTimeMissing},
		{"two times", []string{sigT, sigT + `,"iat":1767322800`}, report.ProofSealTimeTwice},
		{"iat", []string{sigT, `"iat":1767322800`, crit, `"crit":["b64"]`}, ""},
		{"iat in milliseconds", []string{sigT, `"iat":1767322800000`, crit, `"crit":["b64"]`}, report.ProofSealTimeMalformed},
		{"iat with a fraction", []string{sigT, `"iat":1767322800.5`, crit, `"crit":["b64"]`}, report.ProofSealTimeMalformed},
		{"iat is a string", []string{sigT, `"iat":"1767322800"`, crit, `"crit":["b64"]`}, report.ProofSealTimeMalformed},
		{"iat is negative", []string{sigT, `"iat":-1`, crit, `"crit":["b64"]`}, report.ProofSealTimeMalformed},
		{"sigT with another zone", []string{`05Z`, `05+00:00`}, report.ProofSealTimeMalformed},
		{"sigT without zone", []string{`05Z`, `05`}, report.ProofSealTimeMalformed},
		{"sigT is a number", []string{sigT, `"sigT":1767322800`}, report.ProofSealTimeMalformed},
		{"sigT on 30 February", []string{`01-02T`, `02-30T`}, report.ProofSealTimeMalformed},
		{"detached", []string{`"b64":false`, `"sigD":{},"b64":false`}, report.ProofSealDetached},
		{"detached and critical", []string{`"b64":false`, `"sigD":{},"b64":false`, `["b64",`, `["sigD","b64",`}, report.ProofSealDetached},
		{"no algorithm", []string{`RS256`, `none`}, report.ProofAlgorithmNone},
		{"a secret's algorithm", []string{`RS256`, `HS256`}, report.ProofAlgorithmSymmetric},
	}
	for _, test := range tests {
		if got := verdict(t, seal("", test.changes...), false, public); got != test.want {
			t.Errorf("%s: %q, want %q", test.name, got, test.want)
		}
	}
}

func TestSealRemarks(t *testing.T) {
	component := b64(`{"sigTst":{"tstTokens":[]}}`)
	for _, test := range []struct {
		name, unprotected string
		changes           []string
		want              report.Code
	}{
		{"a policy", "", []string{`"b64":false`, `"sigPId":{"digAlg":"1.2.3"},"b64":false`}, report.ProofSealPolicyUnsupported},
		{"sigT not critical", "", []string{`["b64","sigT"]`, `["b64"]`}, report.ProofCritIncomplete},
		{"etsiU is an object", `{"etsiU":{}}`, nil, report.ProofSealUnsignedMalformed},
		{"etsiU is empty", `{"etsiU":[]}`, nil, report.ProofSealUnsignedMalformed},
		{"etsiU is mixed", `{"etsiU":["` + component + `",{}]}`, nil, report.ProofSealUnsignedMalformed},
		{"etsiU is no base64", `{"etsiU":["?"]}`, nil, report.ProofSealUnsignedMalformed},
		{"etsiU is no JSON", `{"etsiU":["AAAA"]}`, nil, report.ProofSealUnsignedMalformed},
		{"etsiU of numbers", `{"etsiU":[1]}`, nil, report.ProofSealUnsignedMalformed},
		{"etsiU is protected", "", []string{`"b64":false`, `"etsiU":[],"b64":false`}, report.ProofSealUnsignedMalformed},
		{"x5u", `{"x5u":"https://a"}`, nil, report.ProofKeyAddressIgnored},
	} {
		_, findings := read(t, seal(test.unprotected, test.changes...), false)
		if findings.Outcome() != report.Warn || !findings.Has(test.want) {
			t.Errorf("%s: %v", test.name, findings)
		}
	}
	for _, unprotected := range []string{`{"etsiU":["` + component + `","` + component + `"]}`, `{"etsiU":[{"sigTst":{}}]}`} {
		if _, findings := read(t, seal(unprotected), false); findings.Has(report.ProofSealUnsignedMalformed) {
			t.Errorf("%s: %v", unprotected, findings)
		}
	}
}

// TestSealCertificateElsewhere: a certificate in the unsigned part counts
// only where the signed part fixes it by its digest.
func TestSealCertificateElsewhere(t *testing.T) {
	der := sealCertificate()
	chain := `"x5c":["` + base64.StdEncoding.EncodeToString(der) + `"],`
	values := func(der []byte) string {
		return `{"etsiU":["` + b64(`{"xVals":[{"otherCert":{}},{"x509Cert":{"val":"`+base64.StdEncoding.EncodeToString(der)+`"}}]}`) + `"]}`
	}
	proofs, findings := read(t, seal(values(der), chain, ``), false)
	if findings.Outcome() != report.Warn || len(proofs[0].Reference.Chain) != 1 || !proofs[0].Reference.Bound || Verify(&proofs[0], leafKey(t, &proofs[0]), nil) != nil {
		t.Errorf("%v", findings)
	}
	stranger := certificate(pairs()[RSA][1])
	proofs, findings = read(t, seal(values(stranger), chain, ``), false)
	if !findings.Has(report.ProofSealCertificateMissing) || findings.Outcome() != report.Unknown || proofs[0].Reference.Chain != nil {
		t.Errorf("another certificate: %v", findings)
	}
	// An x5c that nobody signed is no certificate chain.
	proofs, findings = read(t, seal(`{"x5c":["`+base64.StdEncoding.EncodeToString(der)+`"]}`, chain, ``), false)
	if !findings.Has(report.ProofSealCertificateMissing) || proofs[0].Reference.Chain != nil {
		t.Errorf("an unprotected x5c: %v", findings)
	}
}

// TestCompactUnencoded: b64:false in a compact message (RFC 7797 5.2).
func TestCompactUnencoded(t *testing.T) {
	build := func(header string) string {
		input := b64(header) + `.{"type":"VerifiableCredential"}`
		return input + "." + b64(string(sign(algorithmNamed("RS256"), pairs()[RSA][0].private, []byte(input))))
	}
	for _, header := range []string{
		`{"alg":"RS256","kid":"k","b64":false,"crit":["b64"]}`,
		`{"alg":"RS256","kid":"k","typ":"JWT","b64":false,"crit":["b64"]}`,
		`{"alg":"RS256","kid":"k","typ":"vc+jwt","sigT":"2026-01-02T03:04:05Z","b64":false,"crit":["b64","sigT"]}`,
	} {
		m := readSignature(mustParse(t, build(header)), 0, ACredential)
		if !m.findings.Has(report.ProofB64Unexpected) || m.proof.Supported() {
			t.Errorf("%s: %v", header, m.findings)
		}
	}
	der := sealCertificate()
	header := `{"alg":"RS256","x5t#S256":"` + digestText(der) + `","x5c":["` + base64.StdEncoding.EncodeToString(der) +
		`"],"typ":"jose","b64":false,"sigT":"2026-01-02T03:04:05Z","crit":["b64","sigT"]}`
	m := readSignature(mustParse(t, build(header)), 0, ACredential)
	if m.findings.Outcome() != report.Warn || Verify(&m.proof, pairs()[RSA][0].public, nil) != nil {
		t.Errorf("a compact seal: %v", m.findings)
	}
}
