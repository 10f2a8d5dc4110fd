package credential

import (
	"encoding/base64"
	"encoding/json"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/sealcheck/sealcheck/verifier/envelope"
	"github.com/sealcheck/sealcheck/verifier/internal/jws"
	"github.com/sealcheck/sealcheck/verifier/internal/strictjson"
	"github.com/sealcheck/sealcheck/verifier/report"
)

const vectors = "../../../shared/vectors"

type vector struct {
	File, Format, Role, Expect, Why string
}

// manifest lists the third-party files; the test is skipped where they are
// not there, except on the machine that must have them.
func manifest(t *testing.T) []vector {
	t.Helper()
	data, err := os.ReadFile(filepath.Join(vectors, "manifest.json"))
	if err != nil {
		if os.Getenv("CI") != "" {
			t.Fatal(err)
		}
		t.Skip("0 vectors: ", err)
	}
	var all struct{ Entries []vector }
	if err := json.Unmarshal(data, &all); err != nil {
		t.Fatal(err)
	}
	return all.Entries
}

// open makes an envelope without package envelope: JSON, a compact JWS, or a
// JWS in JSON.
func open(data []byte) (envelope.Envelope, bool) {
	text := strings.TrimSpace(string(data))
	if value, err := strictjson.Parse([]byte(text)); err == nil {
		if _, signed := value.Get("signatures"); signed {
			inner, err := strictjson.Parse([]byte(value.At("payload").Text()))
			if err != nil {
				return envelope.Envelope{}, false
			}
			return envelope.Envelope{Form: envelope.JSONJWS, Document: inner, JWS: &jws.Message{Form: jws.General}}, true
		}
		for _, member := range []string{"jwt", "jws"} {
			if token := value.At(member).Text(); token != "" {
				text = token
			}
		}
		if strings.HasPrefix(text, "{") {
			return envelope.Envelope{Form: envelope.JSON, Document: value}, value.Kind() == strictjson.Object
		}
	}
	parts := strings.Split(strings.Trim(text, "\" \n"), ".")
	if len(parts) != 3 {
		return envelope.Envelope{}, false
	}
	var values [2]strictjson.Value
	for i := range values {
		decoded, err := base64.RawURLEncoding.DecodeString(parts[i])
		if err != nil {
			return envelope.Envelope{}, false
		}
		if values[i], err = strictjson.Parse(decoded); err != nil {
			return envelope.Envelope{}, false
		}
	}
	return signed(values[0], values[1]), true
}

func signed(header, payload strictjson.Value) envelope.Envelope {
	return envelope.Envelope{
		Form: envelope.CompactJWS, Document: payload,
		JWS: &jws.Message{Form: jws.Compact, Signatures: []jws.Signature{{Header: header}}},
	}
}

// failed are the codes of failures, each with its place.
func failed(findings report.Findings) []string {
	var list []string
	for _, finding := range findings {
		if finding.Code.Outcome() == report.Fail {
			list = append(list, string(finding.Code)+" "+finding.Facts["what"]+finding.Facts["claim"])
		}
	}
	return list
}

// suite is the folder whose files are templates: the W3C suite puts issuer
// and dates in, and signs what is inside a presentation, before it sends one.
const suite = "w3c-vc-data-model-2.0-test-suite"

func filled(file string, document strictjson.Value) strictjson.Value {
	name := filepath.Base(file)
	text := func(s string) strictjson.Value { return strictjson.NewString(s) }
	if _, subject := document.Get("credentialSubject"); subject && name != "credential-no-issuer-fail.json" {
		issuer, ok := document.Get("issuer")
		if _, named := issuer.Get("id"); issuer.Kind() == strictjson.Object && !named {
			document = document.With("issuer", issuer.With("id", text("did:example:issuer")))
		} else if !ok {
			document = document.With("issuer", text("did:example:issuer"))
		}
	}
	if name == "credential-no-issuer-fail.json" { // its empty subject is a second fault
		document = document.With("credentialSubject", strictjson.NewObject([]strictjson.Member{{Key: "id", Value: text("did:example:subject")}}))
	}
	for _, member := range []string{"validFrom", "validUntil"} {
		switch document.At(member).Text() {
		case "PAST DATE":
			document = document.With(member, text("2020-01-01T00:00:00Z"))
		case "FUTURE DATE":
			document = document.With(member, text("2090-01-01T00:00:00Z"))
		}
	}
	if strings.Contains(name, "self-asserted") {
		return document
	}
	if inner, ok := document.Get("verifiableCredential"); ok {
		items := append([]strictjson.Value{}, inner.List()...)
		proof := strictjson.NewObject([]strictjson.Member{{Key: "type", Value: text("DataIntegrityProof")}})
		for i := range items {
			if items[i].Kind() == strictjson.Object {
				items[i] = items[i].With("proof", proof)
			}
		}
		document = document.With("verifiableCredential", strictjson.NewArray(items))
	}
	return document
}

// invalid says by which rule each file of the suite is refused.
var invalid = map[string]report.Code{
	"credential-context-combo3-fail":                 report.CredentialContextMalformed,
	"credential-evidence-missing-type-fail":          report.CredentialEvidenceMalformed,
	"credential-id-multi-fail":                       report.CredentialIdMalformed,
	"credential-id-not-url-fail":                     report.CredentialIdMalformed,
	"credential-id-subject-multi-fail":               report.CredentialIdMalformed,
	"credential-issuer-no-url-fail":                  report.CredentialIssuerMalformed,
	"credential-issuer-object-id-no-url-fail":        report.CredentialIssuerMalformed,
	"credential-issuer-object-id-null-fail":          report.CredentialIssuerMalformed,
	"credential-missing-base-context-fail-or-inject": report.CredentialContextMissing,
	"credential-no-context-fail-or-inject":           report.CredentialContextMissing,
	"credential-missing-required-type-fail":          report.CredentialTypeMissing,
	"credential-no-issuer-fail":                      report.CredentialIssuerMissing,
	"credential-no-type-fail":                        report.CredentialTypeMissing,
	"credential-proof-missing-type-fail":             report.CredentialMemberMalformed,
	"credential-redef-type-fail":                     report.CredentialContextMalformed,
	"credential-refresh-no-type-fail":                report.CredentialMemberMalformed,
	"credential-schema-no-id-fail":                   report.CredentialSchemaMalformed,
	"credential-schema-non-url-id-fail":              report.CredentialSchemaMalformed,
	"credential-status-missing-type-fail":            report.CredentialStatusMalformed,
	"credential-status-nonurl-id-fail":               report.CredentialStatusMalformed,
	"credential-status-type-nonurl-fail":             report.CredentialStatusMalformed,
	"credential-subject-multiple-empty-fail":         report.CredentialSubjectMalformed,
	"credential-termsofuse-missing-type-fail":        report.CredentialMemberMalformed,
	"credential-type-mapped-nonurl-fail":             report.CredentialContextMalformed,
	"credential-validUntil-validFrom-fail":           report.CredentialDatesReversed,
	"credential-validfrom-invalid-fail":              report.CredentialDateMalformed,
	"credential-validuntil-invalid-fail":             report.CredentialDateMalformed,
	"credential-description-extra-prop-en-fail":      report.CredentialNameMalformed,
	"credential-name-extra-prop-en-fail":             report.CredentialNameMalformed,
	"issuer-description-extra-prop-en-fail":          report.CredentialNameMalformed,
	"issuer-name-extra-prop-en-fail":                 report.CredentialNameMalformed,
	"presentation-context-order-fail":                report.CredentialContextOrder,
	"presentation-enveloped-vc-missing-type-fail":    report.CredentialNestedMalformed,
	"presentation-holder-fail":                       report.CredentialHolderMalformed,
	"presentation-holder-object-fail":                report.CredentialHolderMalformed,
	"presentation-missing-base-context-fail":         report.CredentialContextMissing,
	"presentation-no-context-fail-or-inject":         report.CredentialContextMissing,
	"presentation-no-type-fail":                      report.CredentialNotACredential,
	"presentation-vc-as-string-fail":                 report.CredentialNestedMalformed,
	"presentation-self-asserted-vc-holder-mismatch":  report.CredentialHolderMalformed,
	"presentation-self-asserted-vc-no-holder":        report.CredentialHolderMalformed,
}

func TestSuite(t *testing.T) {
	count := map[bool]int{}
	for _, v := range manifest(t) {
		if v.Role != "structure" || !strings.HasPrefix(v.File, suite) {
			continue
		}
		data, err := os.ReadFile(filepath.Join(vectors, v.File))
		if err != nil {
			t.Fatal(err)
		}
		document, err := strictjson.Parse(data)
		if err != nil {
			t.Fatal(v.File, err)
		}
		_, findings := Read(envelope.Envelope{Form: envelope.JSON, Document: filled(v.File, document)}, nil, nil)
		got := failed(findings)
		valid := v.Expect == "structure-valid"
		count[valid]++
		if valid {
			if len(got) > 0 {
				t.Error(v.File, got)
			}
			continue
		}
		want := invalid[strings.TrimSuffix(filepath.Base(v.File), ".json")]
		if len(got) != 1 || !findings.Has(want) {
			t.Errorf("%s: %v, want %s alone", v.File, got, want)
		}
	}
	if count[true] < 48 || count[false] < 41 {
		t.Error("too few files: ", count)
	}
}

// refused are files that their source calls valid and that a rule refuses all
// the same, with the reason.
var refused = map[string]report.Code{
	"eu-elm/Sample-MC-Annex1-unsigned-uploadable.json": report.CredentialDraft,
	// a schema and a context, not credentials
	"dc4eu-educational-pilot/formal-education/schemes/EUHEMC-microcredential_schema.json":  report.CredentialNotACredential,
	"dc4eu-educational-pilot/formal-education/schemes/EUVETMC-microcredential_schema.json": report.CredentialNotACredential,
	"trustbloc-vc-go/verifiable/related_resources_2.json":                                  report.CredentialNotACredential,
	// sub names another subject than the credential; only the signature is
	// what the source calls valid
	"walt-identity/vc/openbadgecredential_sample.signed.jwt":                  report.CredentialClaimDiffers,
	"walt-identity/vc/openbadgecredential_sample.invalidnotbefore.signed.jwt": report.CredentialClaimDiffers,
	// a text instead of an address as id
	"blockcerts-cert-verifier-js/v3/blockcerts-3.0-beta-did-ethereum-ropsten.json": report.CredentialIdMalformed,
	// VCDM 1.1 without issuanceDate, which its holder did not reveal
	"w3c-vc-di-bbs/HolderBinding/derivedRevealDocument.json": report.CredentialDateMissing,
}

func TestVectors(t *testing.T) {
	count := map[Format]int{}
	for _, v := range manifest(t) {
		switch v.Role {
		case "credential", "structure", "statuslist", "unsigned-input":
		default:
			continue
		}
		switch v.Expect {
		case "valid", "valid-signature", "valid-seal", "valid-with-warning", "valid-with-chain", "structure-valid",
			"expired", "revoked", "expired+revoked", "not-yet-valid", "base-proof", "not-secured", "n/a":
		default:
			continue
		}
		if strings.HasPrefix(v.File, suite) || strings.Contains(v.Format, "sd-jwt") {
			continue
		}
		data, err := os.ReadFile(filepath.Join(vectors, v.File))
		if err != nil {
			t.Fatal(err)
		}
		e, ok := open(data)
		if !ok {
			continue
		}
		c, findings := Read(e, nil, nil)
		if want, ok := refused[v.File]; ok {
			if !findings.Has(want) {
				t.Errorf("%s: %v, want %s", v.File, findings, want)
			}
			continue
		}
		if c.Format == Other || c.Format == OpenBadge2 || c.Badge != nil {
			if strings.HasPrefix(v.Format, "vc") || strings.HasPrefix(v.Format, "vp") || strings.HasPrefix(v.Format, "ob3") {
				t.Error(v.File, v.Format, "is", c.Format)
			}
			continue
		}
		count[c.Format]++
		if got := failed(findings); len(got) > 0 {
			t.Error(v.File, v.Expect, got)
		}
		if !c.Presentation() && c.Issuer.ID == "" {
			t.Error(v.File, "no issuer")
		}
	}
	for format, least := range map[Format]int{VCDM1: 60, VCDM2: 25, OpenBadge3: 70, EDC: 4, Presentation1: 20, Presentation2: 2} {
		if count[format] < least {
			t.Errorf("%s: only %d files", format, count[format])
		}
	}
}
