package proof

import (
	"crypto/sha256"
	"encoding/base64"
	"fmt"
	"strings"
	"testing"

	"github.com/sealcheck/sealcheck/verifier/report"
)

// TestHeaderRules: the signature is good in every case, the header decides.
func TestHeaderRules(t *testing.T) {
	public := pairs()[P256][0].public
	der := certificate(pairs()[P256][0])
	x5c := `"x5c":["` + base64.StdEncoding.EncodeToString(der) + `"]`
	tests := []struct {
		rest string // of the header, after alg and kid
		want report.Code
	}{
		{``, ""},
		{`,"typ":"JWT"`, ""},
		{`,"typ":"jwt"`, ""},
		{`,"typ":"vc+jwt"`, ""},
		{`,"typ":"VC+JWT","cty":"vc"`, ""},
		{`,"typ":"application/vc+jwt","cty":"application/vc"`, ""},
		{`,"typ":"vc+ld+json+jwt","cty":"vc+ld+json"`, ""},
		{`,"typ":"vc+ld+jwt"`, ""},
		{`,"typ":"JOSE"`, ""},
		{`,"cty":"json"`, ""},
		{`,"typ":"vp+jwt"`, report.ProofTypeWrong},
		{`,"typ":"kb+jwt"`, report.ProofTypeWrong},
		{`,"typ":"dc+sd-jwt"`, report.ProofTypeWrong},
		{`,"typ":"statuslist+jwt"`, report.ProofTypeWrong},
		{`,"typ":"at+jwt"`, report.ProofTypeWrong},
		{`,"typ":"entity-statement+jwt"`, report.ProofTypeWrong},
		{`,"typ":"bad+typ"`, report.ProofTypeWrong},
		{`,"typ":""`, report.ProofTypeWrong},
		{`,"typ":"application/"`, report.ProofTypeWrong},
		{`,"typ":"application/application/vc+jwt"`, report.ProofTypeWrong},
		{`,"typ":7`, report.ProofHeaderMalformed},
		{`,"typ":null`, report.ProofHeaderMalformed},
		{`,"typ":"vc+jwt","cty":"vp"`, report.ProofContentTypeWrong},
		{`,"typ":"vc+jwt","cty":"json"`, report.ProofContentTypeWrong},
		{`,"typ":"vc+jwt","cty":""`, report.ProofContentTypeWrong},
		{`,"cty":"JWT"`, report.ProofContentTypeWrong},
		{`,"cty":"vp"`, report.ProofContentTypeWrong},
		{`,"cty":["vc"]`, report.ProofHeaderMalformed},

		{`,"crit":[]`, report.ProofCritEmpty},
		{`,"crit":"b64"`, report.ProofCritMalformed},
		{`,"crit":null`, report.ProofCritMalformed},
		{`,"crit":{}`, report.ProofCritMalformed},
		{`,"crit":[1]`, report.ProofCritMalformed},
		{`,"b64":true,"crit":["b64"]`, ""},
		{`,"b64":true,"crit":["b64","b64"]`, report.ProofCritDuplicate},
		{`,"crit":["alg"]`, report.ProofCritStandard},
		{`,"crit":["kid"]`, report.ProofCritStandard},
		{`,"crit":["crit"]`, report.ProofCritStandard},
		{`,"crit":["enc"]`, report.ProofCritStandard},
		{`,"exp":1,"crit":["exp"]`, report.ProofCritUnknown},
		{`,"x":1,"crit":["x"]`, report.ProofCritUnknown},
		{`,"crit":["x"]`, report.ProofCritUnknown},
		{`,"crit":["B64"]`, report.ProofCritUnknown},
		{`,"crit":["b64"]`, report.ProofCritAbsent},
		{`,"crit":[` + strings.Repeat(`"b64",`, 40) + `"b64"]`, report.ProofCritMalformed},
		{`,"b64":true`, report.ProofB64NotCritical},
		{`,"b64":"false","crit":["b64"]`, report.ProofB64Malformed},
		{`,"b64":null`, report.ProofB64Malformed},

		{`,"jwk":{"kty":"EC"}`, ""},
		{`,"jwk":"k"`, report.ProofHeaderMalformed},
		{`,"jwk":{"kty":"EC","d":"AA"}`, report.ProofHeaderKeyPrivate},
		{`,"jwk":{"kty":"oct","k":"AA"}`, report.ProofHeaderKeyPrivate},
		{`,"Kid":"x"`, report.ProofHeaderMalformed},
		{`,"CRIT":["x"]`, report.ProofHeaderMalformed},
		{`,` + x5c, ""},
		{`,` + x5c + `,"x5t#S256":"` + digestText(der) + `"`, ""},
		{`,` + x5c + `,"x5t#S256":"` + digestText([]byte("another")) + `"`, report.ProofCertificateMalformed},
		{`,` + x5c + `,"x5t#S256":1`, report.ProofCertificateMalformed},
		{`,"x5c":[]`, report.ProofCertificateMalformed},
		{`,"x5c":""`, report.ProofCertificateMalformed},
		{`,"x5c":[1]`, report.ProofCertificateMalformed},
		{`,"x5c":[""]`, report.ProofCertificateMalformed},
		{`,"x5c":["` + base64.RawURLEncoding.EncodeToString([]byte{0xfb, 0xff, 0xfe}) + `"]`, report.ProofCertificateMalformed},
		{`,"x5c":["AA"]`, report.ProofCertificateMalformed},
		{`,"x5c":["AA\n=="]`, report.ProofCertificateMalformed},
		{`,"x5c":[` + strings.Repeat(`"AAAA",`, 10) + `"AAAA"]`, report.ProofCertificatesTooMany},
	}
	for _, test := range tests {
		file := token("ES256", `{"alg":"ES256","kid":"k"`+test.rest+`}`, credentialText)
		if got := verdict(t, file, false, public); got != test.want {
			t.Errorf("%.120s: %q, want %q", test.rest, got, test.want)
		}
	}
	for header, want := range map[string]report.Code{
		`{"alg":"ES256"}`: report.ProofKeyReferenceMissing,
		`{"alg":"ES256","kid":"k","jku":"https://a"}`: report.ProofKeyAddressIgnored,
	} {
		_, findings := read(t, token("ES256", header, credentialText), false)
		if findings.Outcome() != report.Warn || !findings.Has(want) || !findings.Has(report.ProofJws) {
			t.Errorf("%s: %v, want %s", header, findings, want)
		}
	}
	if got := verdict(t, token("ES256", `{"alg":"ES256","kid":7}`, credentialText), false, public); got != report.ProofHeaderMalformed {
		t.Errorf("a kid that is a number: %q", got)
	}
}

func TestChain(t *testing.T) {
	der := certificate(pairs()[P256][0])
	header := `{"alg":"ES256","x5c":["` + base64.StdEncoding.EncodeToString(der) + `"]`
	for rest, bound := range map[string]bool{`}`: false, `,"x5t#S256":"` + digestText(der) + `"}`: true} {
		proofs, findings := read(t, token("ES256", header+rest, credentialText), false)
		if findings.Outcome() != report.Pass || string(proofs[0].Reference.Chain[0]) != string(der) || proofs[0].Reference.Bound != bound {
			t.Errorf("%s: %v %v", rest, findings, proofs[0].Reference.Bound)
		}
	}
}

// TestPresentationTypes: a presentation and a credential cannot stand in for
// each other.
func TestPresentationTypes(t *testing.T) {
	public := pairs()[P256][0].public
	for rest, want := range map[string]report.Code{
		``: "", `,"typ":"JWT"`: "", `,"typ":"vp+jwt","cty":"vp"`: "", `,"typ":"vp+ld+json+jwt","cty":"vp+ld+json"`: "",
		`,"typ":"vc+jwt"`: report.ProofTypeWrong, `,"typ":"vp+jwt","cty":"vc"`: report.ProofContentTypeWrong,
	} {
		file := token("ES256", `{"alg":"ES256","kid":"k"`+rest+`}`, credentialText)
		if got := verdict(t, file, true, public); got != want {
			t.Errorf("%s: %q, want %q", rest, got, want)
		}
		if proofs, _ := read(t, file, true); proofs[0].Reference.Purpose != Authentication {
			t.Errorf("%s: purpose %q", rest, proofs[0].Reference.Purpose)
		}
	}
}

// entry is one signature of a JSON serialisation.
func entry(alg, protected, unprotected, payload string) string {
	a := algorithmNamed(alg)
	if !strings.Contains(protected, `"b64":false`) {
		payload = b64(payload)
	}
	input := b64(protected) + "." + payload
	text := `{"protected":"` + b64(protected) + `","signature":"` + b64(string(sign(a, pairs()[a.Curve][0].private, []byte(input)))) + `"`
	if unprotected != "" {
		text += `,"header":` + unprotected
	}
	return text + `}`
}

func general(payload string, entries ...string) string {
	return fmt.Sprintf(`{"payload":%q,"signatures":[%s]}`, payload, strings.Join(entries, ","))
}

func TestUnprotectedHeader(t *testing.T) {
	public := pairs()[P256][0].public
	for _, test := range []struct {
		protected, unprotected string
		want                   report.Code
	}{
		{`{"alg":"ES256"}`, `{"kid":"k"}`, ""},
		{`{"kid":"k"}`, `{"alg":"ES256"}`, report.ProofAlgorithmMissing},
		{`{"alg":"ES256","kid":"k"}`, `{"alg":"ES256"}`, "?"},
		{`{"alg":"ES256","kid":"k"}`, `{"kid":"k2"}`, "?"},
		{`{"alg":"ES256","kid":"k"}`, `{"crit":["exp"]}`, report.ProofCritUnprotected},
		{`{"alg":"ES256","kid":"k"}`, `{"b64":false}`, report.ProofB64Malformed},
		{`{"alg":"ES256","kid":"k"}`, `{"ALG":"none"}`, report.ProofHeaderMalformed},
		{`{"alg":"ES256"}`, `{"kid":1}`, report.ProofHeaderMalformed},
	} {
		file := general(b64(credentialText), entry("ES256", test.protected, test.unprotected, credentialText))
		if got := verdict(t, file, false, public); got != test.want && (test.want != "?" || got == "") {
			t.Errorf("%s %s: %q, want %q", test.protected, test.unprotected, got, test.want)
		}
	}
	// Only kid is taken from there.
	file := general(b64(credentialText), entry("ES256", `{"alg":"ES256"}`, `{"kid":"k","jwk":{"kty":"EC"},"x5c":["AAAA"]}`, credentialText))
	proofs, _ := read(t, file, false)
	if ref := proofs[0].Reference; ref.KeyID != "k" || ref.HeaderKey.Kind() != 0 || ref.Chain != nil {
		t.Errorf("%+v", ref)
	}
}

func TestSetOfSignatures(t *testing.T) {
	good := entry("ES256", `{"alg":"ES256","kid":"a"}`, "", credentialText)
	other := entry("EdDSA", `{"alg":"EdDSA","kid":"b"}`, "", credentialText)
	unknown := entry("ES256", `{"alg":"ML-DSA-65","kid":"c"}`, "", credentialText)
	none := entry("ES256", `{"alg":"none","kid":"d"}`, "", credentialText)

	proofs, findings := read(t, general(b64(credentialText), good, other), false)
	if len(proofs) != 2 || findings.Outcome() != report.Pass || proofs[1].Path != "/signatures/1" {
		t.Fatalf("%v", findings)
	}
	if Verify(&proofs[0], pairs()[P256][0].public, nil) != nil || Verify(&proofs[1], pairs()[Ed25519][0].public, nil) != nil {
		t.Error("a member of the set does not verify")
	}
	proofs, findings = read(t, general(b64(credentialText), good, unknown), false)
	if findings.Outcome() != report.Warn || !findings.Has(report.ProofSetMemberUnknown) || proofs[1].Supported() || !proofs[0].Supported() {
		t.Errorf("an unknown member: %v", findings)
	}
	if _, findings = read(t, general(b64(credentialText), unknown), false); findings.Outcome() != report.Fail {
		t.Errorf("an unknown algorithm alone: %v", findings)
	}
	if _, findings = read(t, general(b64(credentialText), good, none), false); findings.Outcome() != report.Fail || !findings.Has(report.ProofAlgorithmNone) {
		t.Errorf("a member without algorithm: %v", findings)
	}
}

func TestMatches(t *testing.T) {
	sum := sha256.Sum256([]byte("a"))
	text := b64(string(sum[:]))
	for digest, want := range map[string]bool{text: true, text + "=": false, "": false, text[1:]: false, strings.ToLower(text): false} {
		if matches("S256", digest, []byte("a")) != want {
			t.Errorf("%q", digest)
		}
	}
	if matches("S1", text, []byte("a")) || matches("", "", nil) {
		t.Error("an unknown method matches")
	}
}
