package proof

import (
	"crypto"
	"slices"
	"strings"
	"testing"

	"github.com/sealcheck/sealcheck/verifier/internal/jsonld"
	"github.com/sealcheck/sealcheck/verifier/internal/strictjson"
	"github.com/sealcheck/sealcheck/verifier/report"
)

const (
	meaningDocument = `{"@context":["https://www.w3.org/ns/credentials/v2"],"type":["VerifiableCredential"],"issuer":"did:example:1",` +
		`"credentialSubject":{"id":"did:example:2"},"validFrom":"2024-01-02T03:04:05Z"}`
	eddsaMeaning = `{"type":"DataIntegrityProof","cryptosuite":"eddsa-rdfc-2022","created":"2026-01-02T03:04:05Z",` +
		`"verificationMethod":"did:example:1#k","proofPurpose":"assertionMethod"}`
	ecdsaMeaning = `{"type":"DataIntegrityProof","cryptosuite":"ecdsa-rdfc-2019","expires":"2030-01-02T03:04:05Z",` +
		`"verificationMethod":"did:example:1#k","proofPurpose":"assertionMethod"}`
)

// TestMeaningSuites: with each key that a suite takes, and none that it does
// not; what is written otherwise and says the same still verifies.
func TestMeaningSuites(t *testing.T) {
	for _, test := range []struct{ kind, options string }{{Ed25519, eddsaMeaning}, {P256, ecdsaMeaning}, {P384, ecdsaMeaning}} {
		file := withProof(t, meaningDocument, signMeaning(t, library(), test.kind, meaningDocument, test.options))
		proofs, findings := meant(t, file)
		if findings.Outcome() != report.Pass || !findings.Has(report.ProofDataIntegrity) {
			t.Fatalf("%s: %v", test.kind, findings)
		}
		p := &proofs[0]
		if p.Reference.Created.IsZero() == p.Expires.IsZero() || p.Reference.Algorithm != "" || p.Work(pairs()[test.kind][0].public) < 1 {
			t.Errorf("%s: %+v", test.kind, p)
		}
		if err := Verify(p, pairs()[test.kind][0].public, nil); err != nil {
			t.Errorf("%s: %v", test.kind, err)
		}
		if got := codeOf(Verify(p, pairs()[test.kind][1].public, nil)); got != report.SignatureMismatch {
			t.Errorf("%s: another key: %q", test.kind, got)
		}
		for kind, keys := range pairs() {
			if got := codeOf(Verify(p, keys[0].public, nil)); kind != test.kind && (got == "" || !contains(p.Reference.Curves, kind) && got != report.KeyAlgorithmMismatch) {
				t.Errorf("%s: a key of %s: %q", test.kind, kind, got)
			}
		}
		for from, to := range map[string]string{
			`"type":["VerifiableCredential"]`: `"type":"VerifiableCredential"`,
			`"credentialSubject":{`:           `"credentialSubject":[{`,
			`"issuer":"did:example:1"`:        `"issuer":{"id":"did:example:1"}`,
		} {
			other := strings.Replace(file, from, to, 1)
			if strings.Contains(to, "[{") {
				other = strings.Replace(other, `"did:example:2"}`, `"did:example:2"}]`, 1)
			}
			if got := becomes(t, other, library(), resolved(pairs()[test.kind][0].public)); got != "" {
				t.Errorf("%s: %s: %q", test.kind, to, got)
			}
		}
	}
	// The length tells the curve; the key of the other is refused.
	file := withProof(t, meaningDocument, signMeaning(t, library(), P256, meaningDocument, ecdsaMeaning))
	if got := becomes(t, file, library(), resolved(pairs()[P384][0].public)); got != report.SignatureMalformed {
		t.Errorf("%q", got)
	}
	// Without the document's meaning such a suite cannot be checked at all.
	proofs, findings := read(t, file, false)
	if findings.Outcome() != report.Unknown || !findings.Has(report.ProofSuiteUnsupported) || proofs[0].Supported() {
		t.Errorf("%v", findings)
	}
}

// TestMeaningLost: what has no meaning, in the document or in the proof, is
// told when the proof is read, with the place where it stands, and once.
func TestMeaningLost(t *testing.T) {
	one := signMeaning(t, library(), Ed25519, meaningDocument, eddsaMeaning)
	two := signMeaning(t, library(), P256, meaningDocument, ecdsaMeaning)
	file := withProof(t, strings.Replace(meaningDocument, `"issuer"`, `"unheard":"x","issuer"`, 1), several(one, two))
	proofs, findings := meant(t, file)
	if len(findings) != 1 || findings[0].Code != report.ContextTermUndefined || proofs[0].Supported() || proofs[1].Supported() {
		t.Errorf("%v", findings)
	}
	file = withProof(t, meaningDocument, strings.Replace(one, `{`, `{"unheard":"x",`, 1))
	proofs, findings = meant(t, file)
	if len(findings) != 1 || findings[0].Code != report.ContextTermUndefined || findings[0].Detail != "/proof/unheard" || proofs[0].Supported() {
		t.Errorf("%v", findings)
	}
	file = withProof(t, strings.Replace(meaningDocument, `credentials/v2"`, `credentials/v2","https://x.example/c"`, 1), one)
	if proofs, findings = meant(t, file); len(findings) != 1 || findings[0].Code != report.ContextUnknown || proofs[0].Supported() {
		t.Errorf("%v", findings)
	}
	// A document without any meaning is none.
	file = withProof(t, `{"type":"VerifiableCredential","issuer":"did:example:1"}`, one)
	if proofs, findings = meant(t, file); findings.Outcome().Lets() || proofs[0].Supported() {
		t.Errorf("%v", findings)
	}
}

// TestMeaningDisguised: a proof whose words have been exchanged for others of
// the same meaning, in a context that came later, says something else to who
// reads the words (T8). In each of these the same statements are signed.
func TestMeaningDisguised(t *testing.T) {
	const (
		dateTime = `"@type":"http://www.w3.org/2001/XMLSchema#dateTime"`
		purpose  = `"proofPurpose":{"@id":"https://w3id.org/security#proofPurpose","@type":"@vocab"}`
		end      = `"expires":{"@id":"https://w3id.org/security#expiration",` + dateTime + `}`
		begin    = `"created":{"@id":"http://purl.org/dc/terms/created",` + dateTime + `}`
		method   = `"verificationMethod":{"@id":"https://w3id.org/security#verificationMethod","@type":"@id"}`
		domain   = `"domain":"https://w3id.org/security#domain"`
		asserts  = `"assertionMethod":"https://w3id.org/security#assertionMethod"`
	)
	usual := []string{purpose, end, begin, method, domain, asserts, `"id":"@id"`, `"type":"@type"`}
	// document has an inline context, as honest ones have had; changed has one
	// definition exchanged for others.
	document := func(old string, terms ...string) string {
		kept := slices.DeleteFunc(slices.Clone(usual), func(term string) bool { return term == old })
		return `{"@context":["https://www.w3.org/2018/credentials/v1",{"JsonWebSignature2020":{"@id":"https://w3id.org/security#JsonWebSignature2020","@context":{` +
			strings.Join(append(kept, terms...), ",") + `}}}],"type":["VerifiableCredential"],"issuer":"did:example:1",` +
			`"issuanceDate":"2024-01-02T03:04:05Z","credentialSubject":{"id":"did:example:2"}}`
	}
	const options = `{"type":"JsonWebSignature2020","created":"2024-01-02T03:04:05Z","expires":"2025-01-02T03:04:05Z",` +
		`"verificationMethod":"https://a.example/k#1","proofPurpose":"assertionMethod","domain":"a.example"}`
	honest := document("")
	proof := signMeaning(t, library(), Ed25519, honest, options)
	if got := becomes(t, withProof(t, honest, proof), library(), resolved(pairs()[Ed25519][0].public)); got != "" {
		t.Fatalf("the honest one: %q", got)
	}
	digest := func(document, proof string) string {
		value := mustJSON(t, proof).Without("jws").With("@context", mustJSON(t, document).At("@context"))
		sum, err := newMeaning(t, value).Digest(crypto.SHA256, 0)
		if err != nil {
			t.Logf("  %v", err) // refused even before
		}
		return string(sum)
	}
	for name, test := range map[string]struct{ document, from, to string }{
		"the end under another name": {document(end, strings.Replace(end, "expires", "until", 1)), `"expires"`, `"until"`},
		"the end under another, and another end": {
			document(end, strings.Replace(end, "expires", "until", 1), `"expires":{"@id":"@type"}`), `"expires"`, `"until"`},
		"the time under another name":   {document(begin, strings.Replace(begin, "created", "when", 1)), `"created"`, `"when"`},
		"the domain under another name": {document(domain, strings.Replace(domain, "domain", "place", 1)), `"domain"`, `"place"`},
		"a purpose under another name":  {document(asserts, strings.Replace(asserts, "assertionMethod", "authentication", 1)), `"assertionMethod"`, `"authentication"`},
		"a method under another name":   {document("", `"b":"https://a.example/k#"`), `https://a.example/k#1`, `b:1`},
		"another word for the method":   {document(method, strings.Replace(method, "verificationMethod", "key", 1)), `"verificationMethod"`, `"key"`},
	} {
		changed := strings.Replace(proof, test.from, test.to, 1)
		if changed == proof {
			t.Fatal(name)
		}
		if sum := digest(test.document, changed); sum != "" && sum != digest(honest, proof) {
			t.Errorf("%s: not the same statements", name)
		}
		got := becomes(t, withProof(t, test.document, changed), library(), resolved(pairs()[Ed25519][0].public))
		if got == "" || got == report.SignatureMismatch {
			t.Errorf("%s: %q", name, got)
		}
		t.Logf("%s: %s", name, got)
	}
	// The other way round: what was signed to log in is shown as asserted.
	signed := signMeaning(t, library(), Ed25519, document("", strings.Replace(asserts, "assertionMethod", "authenticationMethod", 1), `"authentication":"https://w3id.org/security#authenticationMethod"`),
		strings.Replace(options, `"assertionMethod"`, `"authentication"`, 1))
	shown := withProof(t, document(asserts, `"assertionMethod":"https://w3id.org/security#authenticationMethod"`), strings.Replace(signed, `"authentication"`, `"assertionMethod"`, 1))
	if got := becomes(t, shown, library(), resolved(pairs()[Ed25519][0].public)); got != report.ContextTermRedefined {
		t.Errorf("authentication shown as assertion: %q", got)
	}
}

// TestRelied: what is relied on in a proof is what it states.
func TestRelied(t *testing.T) {
	const node = "https://w3id.org/security#"
	for _, test := range []struct {
		context, proof string
		want           string // the word that means something else, "" if none does
	}{
		{``, `"type":"DataIntegrityProof","cryptosuite":"eddsa-rdfc-2022"`, ""},
		{``, `"id":"urn:uuid:1","type":"DataIntegrityProof","cryptosuite":"eddsa-rdfc-2022"`, ""},
		{``, `"type":"DataIntegrityProof","cryptosuite":"eddsa-rdfc-2022","domain":["a.example","b.example"],"challenge":"1"`, ""},
		{`,{"Late":"` + node + `DataIntegrityProof"}`, `"type":"Late","cryptosuite":"eddsa-rdfc-2022"`, "type"},
		{`,{"name2":"@id"}`, `"name2":"urn:uuid:1","type":"DataIntegrityProof","cryptosuite":"eddsa-rdfc-2022"`, "id"},
		{`,{"more":"` + node + `challenge"}`, `"more":"1","type":"DataIntegrityProof","cryptosuite":"eddsa-rdfc-2022"`, "challenge"},
		{`,{"more":"` + node + `challenge"}`, `"more":"1","challenge":"2","type":"DataIntegrityProof","cryptosuite":"eddsa-rdfc-2022"`, "challenge"},
		{`,{"more":{"@id":"` + node + `previousProof","@type":"@id"}}`, `"more":"urn:uuid:1","type":"DataIntegrityProof","cryptosuite":"eddsa-rdfc-2022"`, "previousProof"},
		{`,{"more":{"@id":"` + node + `x"},"late":{"@id":"` + node + `expiration"}}`, `"more":{"late":"2025"},"type":"DataIntegrityProof","cryptosuite":"eddsa-rdfc-2022"`, "expires"},
	} {
		document := mustJSON(t, strings.Replace(meaningDocument, `credentials/v2"`, `credentials/v2"`+test.context, 1))
		options := mustJSON(t, `{`+test.proof+`,"created":"2026-01-02T03:04:05Z","verificationMethod":"did:example:1#k","proofPurpose":"assertionMethod"}`)
		in := input{member: &member{}, document: document, options: options}
		if err := in.adoptOptions(); err != nil {
			t.Fatal(err)
		}
		form, err := newMeaning(t, in.options).Form(crypto.SHA256, 0)
		if err != nil {
			t.Logf("%s: %v", test.proof, err) // refused even before
			continue
		}
		err = in.checkOptions(form)
		if (err == nil) != (test.want == "") || err != nil && (codeOf(err) != report.ContextTermRedefined || !strings.HasSuffix(err.Error(), "/"+test.want)) {
			t.Errorf("%s: %v, want %q", test.proof, err, test.want)
		}
	}
}

// TestMeaningOwnContext: a context in the proof is the document's, or its
// beginning; the options are read with the document's.
func TestMeaningOwnContext(t *testing.T) {
	v2, ob := `"https://www.w3.org/ns/credentials/v2"`, `"https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.3.json"`
	document := strings.Replace(meaningDocument, `[`+v2+`]`, `[`+v2+`,`+ob+`]`, 1)
	proof := signMeaning(t, library(), Ed25519, document, eddsaMeaning)
	for context, want := range map[string]report.Code{
		`[` + v2 + `,` + ob + `]`: "", `[` + v2 + `]`: "", v2: "", `[]`: "",
		`[` + ob + `,` + v2 + `]`: report.ProofContextMismatch, `[` + ob + `]`: report.ProofContextMismatch,
		`[` + v2 + `,` + ob + `,` + ob + `]`: report.ProofContextMismatch, `null`: report.ProofContextMismatch,
		`{"expires":null}`: report.ProofContextMismatch, `"https://w3id.org/security/v2"`: report.ProofContextMismatch,
	} {
		file := withProof(t, document, strings.Replace(proof, `{`, `{"@context":`+context+`,`, 1))
		if got := becomes(t, file, library(), resolved(pairs()[Ed25519][0].public)); got != want {
			t.Errorf("%s: %q, want %q", context, got, want)
		}
		if _, findings := meant(t, file); findings.Has(report.ProofContextUnsigned) {
			t.Errorf("%s: %v", context, findings)
		}
	}
}

// versions gives a context that has had two contents: the first lacks, or
// means otherwise, what the second says.
func versions(bodies ...string) *jsonld.Library {
	return jsonld.NewLibrary(func(address string) []strictjson.Value {
		if address != "https://x.example/c" {
			return vectorContext(address)
		}
		var all []strictjson.Value
		for _, body := range bodies {
			value, err := strictjson.Parse([]byte(`{"@context":` + body + `}`))
			if err != nil {
				panic(err)
			}
			all = append(all, value)
		}
		return all
	})
}

// TestMeaningVersions: a context that has changed over time can be meant in
// each of its versions. The one that was signed is found, and it is said.
func TestMeaningVersions(t *testing.T) {
	document := strings.Replace(meaningDocument, `credentials/v2"`, `credentials/v2","https://x.example/c"`, 1)
	document = strings.Replace(document, `"issuer"`, `"grade":"A","issuer"`, 1)
	first, second := `{"grade":"https://x.example/new#grade"}`, `{"grade":"https://x.example/old#grade"}`
	without := `{"other":"https://x.example/new#other"}`
	for _, options := range []struct{ kind, text string }{{Ed25519, eddsaMeaning}, {P256, ecdsaMeaning}, {Ed25519, oldOptions("Ed25519Signature2020")}} {
		proof := signMeaning(t, versions(second), options.kind, document, strings.Replace(options.text, `"Ed25519Signature2020"`,
			`"Ed25519Signature2020","@context":["https://www.w3.org/ns/credentials/v2","https://w3id.org/security/suites/ed25519-2020/v1"]`, 1))
		file := withProof(t, document, string(mustJSON(t, proof).Without("@context").Append(nil)))
		key := pairs()[options.kind][0].public
		for name, test := range map[string]struct {
			library *jsonld.Library
			reading int
			holds   bool
		}{
			"the only one":                {versions(second), 0, true},
			"the current one":             {versions(second, first), 0, true},
			"an earlier one":              {versions(first, second), 1, true},
			"the only one that makes any": {versions(without, second), 1, true},
			"the last of three":           {versions(first, without, second), 2, true},
			"none":                        {versions(first, first), 0, false},
		} {
			proofs, findings := meantBy(t, file, test.library)
			if !findings.Outcome().Lets() {
				t.Errorf("%s: %v", name, findings)
				continue
			}
			err := Verify(&proofs[0], key, nil)
			if (err == nil) != test.holds || !test.holds && codeOf(err) != report.SignatureMismatch {
				t.Errorf("%s: %v", name, err)
			}
			remarks := proofs[0].Remarks()
			if proofs[0].Reading() != test.reading || remarks.Has(report.SignatureContextVersion) != (test.reading > 0) {
				t.Errorf("%s: reading %d, %v", name, proofs[0].Reading(), remarks)
			}
			if got := codeOf(Verify(&proofs[0], pairs()[options.kind][1].public, nil)); got != report.SignatureMismatch {
				t.Errorf("%s with another key: %q", name, got)
			}
		}
		// No version says something else with the same words: what differs
		// between them is part of what is signed.
		if got := becomes(t, strings.Replace(file, `"grade":"A"`, `"grade":"B"`, 1), versions(first, second), resolved(key)); got != report.SignatureMismatch {
			t.Errorf("%q", got)
		}
		if _, findings := meantBy(t, file, versions(without)); !findings.Has(report.ContextTermUndefined) {
			t.Errorf("%v", findings)
		}
	}
}

// TestMeaningSet: proofs of all kinds on one document, each over the document
// without any, and a chain across suites.
func TestMeaningSet(t *testing.T) {
	id := func(proof, id string) string { return strings.Replace(proof, "{", `{"id":"`+id+`",`, 1) }
	one := signMeaning(t, library(), Ed25519, meaningDocument, id(eddsaMeaning, "urn:uuid:1"))
	two := signMeaning(t, library(), P256, meaningDocument, id(ecdsaMeaning, "urn:uuid:2"))
	three := embed(t, P384, meaningDocument, ecdsaOptions)
	four := signMeaning(t, library(), P384, meaningDocument, strings.Replace(ecdsaMeaning, "{", `{"previousProof":["urn:uuid:2","urn:uuid:1"],`, 1), two, one)
	proofs, findings := meant(t, withProof(t, meaningDocument, several(one, two, three, four)))
	if findings.Outcome() != report.Pass || !slices.Equal(proofs[3].After, []int{1, 0}) {
		t.Fatalf("%v", findings)
	}
	for i, kind := range []string{Ed25519, P256, P384, P384} {
		if err := Verify(&proofs[i], pairs()[kind][0].public, nil); err != nil {
			t.Errorf("proof %d: %v", i, err)
		}
	}
	// A suite that signs text may build on one that signs the meaning.
	document := mustJSON(t, meaningDocument).With("proof", mustJSON(t, several(one)))
	data, err := hashData(crypto.SHA256, document, mustJSON(t, strings.Replace(eddsaOptions, "{", `{"previousProof":"urn:uuid:1",`, 1)))
	if err != nil {
		t.Fatal(err)
	}
	five := string(mustJSON(t, strings.Replace(eddsaOptions, "{", `{"previousProof":"urn:uuid:1",`, 1)).
		With("proofValue", strictjson.NewString(base58Text(sign(algorithmNamed("EdDSA"), pairs()[Ed25519][0].private, data)))).Append(nil))
	if got := becomes(t, withProof(t, meaningDocument, several(one, five)), library(), resolved(pairs()[Ed25519][0].public)); got != "" {
		t.Errorf("%q", got)
	}
}
