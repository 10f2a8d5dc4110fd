package proof

import (
	"encoding/hex"
	"path/filepath"
	"strings"
	"testing"

	"github.com/sealcheck/sealcheck/verifier/envelope"
	"github.com/sealcheck/sealcheck/verifier/internal/jws"
	"github.com/sealcheck/sealcheck/verifier/internal/strictjson"
	"github.com/sealcheck/sealcheck/verifier/report"
)

// message opens a third-party JWS in either serialisation, whatever its
// payload is.
func message(t *testing.T, name string) *jws.Message {
	t.Helper()
	data := vector(t, name)
	if data[0] == '{' {
		value, err := strictjson.Parse(data)
		if err != nil {
			t.Fatal(err)
		}
		m, err := jws.ParseJSON(value)
		if err != nil {
			t.Fatal(err)
		}
		return m
	}
	return mustParse(t, strings.Join(strings.Fields(string(data)), ""))
}

// TestVectorsJAdES: what ETSI's reference implementation accepts as signed
// verifies with the key of its certificate, and what it does not grant level
// B is refused by the rule in question.
func TestVectorsJAdES(t *testing.T) {
	for name, remark := range map[string]report.Code{
		"double-lta-in-container":                              "",
		"jades-b-copied-cnttst":                                "",
		"jades-b-with-xvals":                                   report.ProofCritIncomplete,
		"jades-double-sig-different-etsiU":                     "",
		"jades-flattened-BpT-broken-sigTst":                    "",
		"jades-level-b-full-type":                              "",
		"jades-level-b-sig-policy-invalid-digest-algo":         report.ProofSealPolicyUnsupported,
		"jades-lta-copied-arctst":                              "",
		"jades-lta-with-etsiU-whitespaces":                     "",
		"jades-t-clear-etsiu":                                  "",
		"jades-t-copied-sigtst":                                "",
		"jades-t-duplicated-sigtst":                            "",
		"jades-with-asn1policy-digPSp":                         report.ProofSealPolicyUnsupported,
		"jades-with-asn1policy":                                report.ProofSealPolicyUnsupported,
		"jades-with-attached-counter-signature-replace-attack": "",
		"jades-with-broken-attached-counter-signature":         "",
		"jades-with-counter-signature":                         "",
		"jades-with-line-break":                                "",
		"jades-with-multiple-sign-cert-refs":                   "",
		"jades-with-sigAndRefsTst-without-dot":                 "",
		"jades-with-spUserNotice":                              report.ProofSealPolicyUnsupported,
		"jades-with-spdspec":                                   report.ProofSealPolicyUnsupported,
		"dss2620/jades-with-expiration-time-header-in-crit":    "",
		"dss2620/jades-without-non-critical-header-in-crit":    report.ProofCritIncomplete,
	} {
		m := message(t, "esig-dss/jades/"+name+".json")
		for i := range m.Signatures {
			read := readSignature(m, i, ACredential)
			if !read.proof.Seal || read.findings.Outcome() != report.Warn || remark != "" && !read.findings.Has(remark) {
				t.Errorf("%s: %v", name, read.findings)
				continue
			}
			if err := Verify(&read.proof, leafKey(t, &read.proof), nil); err != nil {
				t.Errorf("%s: %v", name, err)
			}
			if read.findings.Has(report.ProofSealUnsignedMalformed) {
				t.Errorf("%s: %v", name, read.findings)
			}
		}
	}
	for name, want := range map[string]report.Code{
		"jades-b-iat-and-sigt":                           report.ProofSealTimeTwice,
		"jades-b-no-signing-time":                        report.ProofSealTimeMissing,
		"jades-detached-by-uri-hash-encoded-pars":        report.ProofSealDetached,
		"jades-wrong-x5c-header":                         report.ProofCertificateMalformed,
		"simple-detached-wrong-algo":                     report.ProofSealDetached,
		"simple-detached":                                report.ProofSealDetached,
		"dss2620/jades-b-level-with-etsiu-in-crit":       report.ProofCritUnknown,
		"dss2620/jades-with-b64-not-in-crit":             report.ProofB64NotCritical,
		"dss2620/jades-with-crit-string-type":            report.ProofCritMalformed,
		"dss2620/jades-with-crit-with-duplicated-header": report.ProofCritDuplicate,
		"dss2620/jades-with-empty-crit":                  report.ProofCritEmpty,
		"dss2620/jades-with-extra-crit-entry":            report.ProofCritAbsent,
		"dss2620/jades-with-notBefore-header-in-crit":    report.ProofCritUnknown,
	} {
		read := readSignature(message(t, "esig-dss/jades/"+name+".json"), 0, ACredential)
		if read.findings.Outcome() != report.Fail || !read.findings.Has(want) || read.proof.Supported() {
			t.Errorf("%s: %v, want %s", name, read.findings, want)
		}
	}
	altered := readSignature(message(t, "esig-dss/jades/altered-jws.json"), 0, ACredential)
	if got := codeOf(Verify(&altered.proof, leafKey(t, &altered.proof), nil)); got != report.SignatureMismatch {
		t.Errorf("altered-jws: %q", got)
	}
	for _, name := range []string{"jades-with-double-sigt", "jws-serialization-no-signatures"} {
		if _, findings := read(t, string(vector(t, "esig-dss/jades/"+name+".json")), false); findings.Outcome().Lets() {
			t.Errorf("%s: %v", name, findings)
		}
	}
}

// TestVectorsEDC: sealed European Digital Credentials. One changed character
// anywhere in the payload breaks the seal.
func TestVectorsEDC(t *testing.T) {
	for _, name := range []string{
		"eu-edc/credential-signed.jsonld", "eu-edc/eseal/json_sealed_advanced.json",
		"eu-edc/eseal/json_to_seal-signed-jades-baseline-lta.json", "eu-elm/Sample-MC-Annex1-signed.jsonld",
	} {
		e, findings := envelope.Open(vector(t, name))
		if !findings.Outcome().Lets() {
			t.Fatalf("%s: %v", name, findings)
		}
		proofs, findings := Read(e, ACredential, nil)
		if len(proofs) != 1 || findings.Outcome() != report.Warn || !findings.Has(report.ProofJades) || !proofs[0].Reference.Bound {
			t.Fatalf("%s: %v", name, findings)
		}
		public := leafKey(t, &proofs[0])
		if err := Verify(&proofs[0], public, nil); err != nil {
			t.Errorf("%s: %v", name, err)
		}
		for at := 0; at < len(e.JWS.Payload); at += 1 + len(e.JWS.Payload)/40 {
			changed := []byte(e.JWS.Payload)
			changed[at] ^= 1
			m := *e.JWS
			m.Payload = string(changed)
			if read := readSignature(&m, 0, ACredential); codeOf(Verify(&read.proof, public, nil)) != report.SignatureMismatch {
				t.Errorf("%s: verifies with a change at %d", name, at)
			}
		}
	}
}

func TestVectorsDataIntegrity(t *testing.T) {
	for _, name := range []string{"w3c-vc-di-eddsa/eddsa-jcs-2022/signedJCS.json", "w3c-vc-di-ecdsa/ecdsa-jcs-2019-p256/signedJCSECDSAP256.json"} {
		proofs, findings := read(t, string(vector(t, name)), false)
		if len(proofs) != 1 || findings.Outcome() != report.Pass {
			t.Fatalf("%s: %v", name, findings)
		}
		if err := Verify(&proofs[0], didKey(t, proofs[0].Reference.KeyID), nil); err != nil {
			t.Errorf("%s: %v", name, err)
		}
	}
	// The published steps in between are the same as ours.
	document := mustJSON(t, string(vector(t, "w3c-vc-di-eddsa/eddsa-jcs-2022/signedJCS.json")))
	data, err := hashData(algorithmNamed("ES256").Hash, document.Without("proof"), document.At("proof").Without("proofValue"))
	if err != nil {
		t.Fatal(err)
	}
	want := strings.TrimSpace(string(vector(t, "w3c-vc-di-eddsa/eddsa-jcs-2022/combinedHashJCS.txt")))
	if got := hex.EncodeToString(data); got != want {
		t.Errorf("combined hash %s, published %s", got, want)
	}
}

// TestVectorsJWT: compact credentials and presentations of other makers, each
// with the key that is given beside it.
func TestVectorsJWT(t *testing.T) {
	key := func(name string) any {
		data := mustJSON(t, string(vector(t, name)))
		if inner, ok := data.Get("publicKeyJwk"); ok {
			data = inner
		}
		return jwkKey(t, data.Append(nil))
	}
	count := 0
	check := func(name string, presentation bool, public any) {
		t.Helper()
		if got := verdict(t, string(vector(t, name)), presentation, public); got != "" {
			t.Errorf("%s: %q", name, got)
		}
		count++
	}
	vector(t, "dif-jws-test-suite/keys/key-0-ed25519.json")
	for _, kind := range []string{"key-0-ed25519", "key-1-secp256k1", "key-2-secp256r1", "key-3-secp384r1"} {
		public := key("dif-jws-test-suite/keys/" + kind + ".json")
		files, _ := filepath.Glob("../../../shared/vectors/dif-jws-test-suite/transmute/*--" + kind + ".v?-jwt.json")
		for _, file := range files {
			check("dif-jws-test-suite/transmute/"+filepath.Base(file), strings.Contains(file, "vp-jwt"), public)
		}
	}
	ebsi := key("ebsi-npm/did-ebsi-zxaYaUtb8pvoAtYNWbKcveg.jwk.json")
	for _, name := range []string{"ebsi-dc4eu-agent/vc-1.jwt", "ebsi-npm/01-vc-ES256K-ebsi.jwt", "ebsi-npm/03-vc-ES256K-ebsi.jwt"} {
		check(name, false, ebsi)
	}
	suite := "w3c-vc-jose-cose-test-suite/"
	check(suite+"credential-issuer-match-signed.txt", false, key(suite+"vm-ed25519.json"))
	check(suite+"presentation-jose-multiple.txt", true, key(suite+"vm-p384.json"))
	check("trustbloc-vc-go/jwt/interop_credential_10_secp384r1.jwt", false, key("trustbloc-vc-go/jwt/interop_key_secp384r1.jwk"))
	check("trustbloc-vc-go/jwt/interop_credential_7_secp256r1.jwt", false, key("trustbloc-vc-go/jwt/interop_key_secp256r1.jwk"))
	t.Logf("%d messages", count)

	if got := verdict(t, string(vector(t, suite+"credential-jose-bad-media-type.txt")), false, key(suite+"vm-ed25519.json")); got != report.ProofTypeWrong {
		t.Errorf("a bad media type: %q", got)
	}
	if got := verdict(t, string(vector(t, "ietf-token-status-list/status_list_token.jwt")), false, pairs()[P256][0].public); got != report.ProofTypeWrong {
		t.Errorf("a status list: %q", got)
	}
	if got := verdict(t, string(vector(t, suite+"credential-jose-unknown-extensions.txt")), false, key(suite+"vm-ed25519.json")); got != report.KeyAlgorithmMismatch {
		t.Errorf("a key of another kind: %q", got)
	}
}
