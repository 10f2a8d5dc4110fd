package proof

import (
	"crypto"
	"encoding/hex"
	"encoding/json"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"testing"

	"github.com/sealcheck/sealcheck/verifier/envelope"
	"github.com/sealcheck/sealcheck/verifier/internal/contexts"
	"github.com/sealcheck/sealcheck/verifier/internal/jsonld"
	"github.com/sealcheck/sealcheck/verifier/internal/linked"
	"github.com/sealcheck/sealcheck/verifier/internal/multibase"
	"github.com/sealcheck/sealcheck/verifier/internal/publickey"
	"github.com/sealcheck/sealcheck/verifier/internal/signature"
	"github.com/sealcheck/sealcheck/verifier/internal/strictjson"
	"github.com/sealcheck/sealcheck/verifier/report"
)

const vectorsFolder = "../../../shared/vectors/"

// vectorContexts are the contexts beside the third-party vectors, by address.
var vectorContexts = sync.OnceValue(func() map[string]string {
	var files map[string]string
	data, err := os.ReadFile(vectorsFolder + "contexts/index.json")
	if err != nil || json.Unmarshal(data, &files) != nil {
		return nil
	}
	return files
})

// vectorContext is a jsonld.Source: our own contexts, and those that only test
// files use.
func vectorContext(address string) []strictjson.Value {
	if known := contexts.Find(address); len(known) > 0 {
		return known
	}
	name, known := vectorContexts()[address]
	if !known {
		return nil
	}
	data, err := os.ReadFile(vectorsFolder + "contexts/" + name)
	if err != nil {
		return nil
	}
	value, err := strictjson.Parse(data)
	if err != nil {
		return nil
	}
	return []strictjson.Value{value}
}

// library knows our own contexts and those of the third-party vectors.
var library = sync.OnceValue(func() *jsonld.Library { return jsonld.NewLibrary(vectorContext) })

func base58Text(value []byte) string { return "z" + multibase.EncodeBase58(value) }

// newMeaning is a document of its own.
func newMeaning(t testing.TB, value strictjson.Value) *linked.Document {
	t.Helper()
	return linked.New(value, library())
}

// meant opens a file and reads its proofs with its meaning.
func meant(t testing.TB, file string) ([]Proof, report.Findings) {
	t.Helper()
	return meantBy(t, file, library())
}

func meantBy(t testing.TB, file string, library *jsonld.Library) ([]Proof, report.Findings) {
	t.Helper()
	e, findings := envelope.Open([]byte(file))
	if !findings.Outcome().Lets() {
		return nil, findings
	}
	kind := e.Document.At("type").List()
	presentation := slices.ContainsFunc(kind, func(v strictjson.Value) bool { return v.Text() == "VerifiablePresentation" })
	return Read(e, contentOf(presentation), linked.New(e.Document.Without("proof"), library))
}

// becomes is what becomes of a file: "" where every proof verifies with the
// key that resolve finds for it, else the first code that speaks against it.
func becomes(t testing.TB, file string, library *jsonld.Library, resolve func(string) any) report.Code {
	t.Helper()
	proofs, findings := meantBy(t, file, library)
	if outcome := findings.Outcome(); !outcome.Lets() {
		for _, f := range findings {
			if f.Code.Outcome() == outcome {
				return f.Code
			}
		}
	}
	for i := range proofs {
		if !proofs[i].Supported() {
			continue
		}
		if err := Verify(&proofs[i], resolve(proofs[i].Reference.KeyID), nil); err != nil {
			return codeOf(err)
		}
	}
	return ""
}

// vectorKey finds the key of a vector: the name of many is the key, others lie
// in files.
func vectorKey(t testing.TB) func(string) any {
	t.Helper()
	return func(id string) any {
		_, fragment, _ := strings.Cut(id, "#")
		if key, err := publickey.FromMultikey(fragment, report.KeyMalformed); err == nil {
			return key
		}
		files := map[string]string{
			"did:example:123#key-0":                "dif-jws-test-suite/keys/key-0-ed25519.json",
			"did:example:123#key-1":                "dif-jws-test-suite/keys/key-1-secp256k1.json",
			"did:example:123#key-2":                "dif-jws-test-suite/keys/key-2-secp256r1.json",
			"did:example:123#key-3":                "dif-jws-test-suite/keys/key-3-secp384r1.json",
			"did:example:foo#key1":                 "spruceid-ssi/tests/did-example-foo.json",
			"https://example.com/issuer/123#key-0": "spruceid-ssi/tests/lds-ed25519-2020-issuer0.jsonld",
		}
		name, known := files[id]
		if !known {
			return nil
		}
		document := mustJSON(t, string(vector(t, name)))
		for _, method := range append(document.At("verificationMethod").List(), document) {
			if method.At("id").Text() != id {
				continue
			}
			if text := method.At("publicKeyMultibase").Text(); text != "" {
				key, _ := publickey.FromMultikey(text, report.KeyMalformed)
				return key
			}
			key, _ := publickey.FromJWK(method.At("publicKeyJwk"))
			return key
		}
		return nil
	}
}

// meaningSuites are those of this test that sign the meaning.
var meaningSuites = []string{
	"eddsa-rdfc-2022", "eddsa-2022", "ecdsa-rdfc-2019", "Ed25519Signature2020", "Ed25519Signature2018",
	"JsonWebSignature2020", "EcdsaSecp256k1Signature2019",
}

// vectorEntry is an entry of the list of third-party vectors.
type vectorEntry struct {
	File, Expect string
	Check        struct {
		Proofs []struct {
			Suite string
			OK    any
		}
	}
}

// meaningVectors are the entries with a proof of our suites that somebody has
// checked, as JSON files.
func meaningVectors(t testing.TB) []vectorEntry {
	t.Helper()
	var list struct{ Entries []vectorEntry }
	if err := json.Unmarshal(vector(t, "manifest.json"), &list); err != nil {
		t.Fatal(err)
	}
	return slices.DeleteFunc(list.Entries, func(e vectorEntry) bool {
		ours := slices.ContainsFunc(e.Check.Proofs, func(p struct {
			Suite string
			OK    any
		}) bool {
			return slices.Contains(meaningSuites, p.Suite) && p.OK != "skip"
		})
		return !ours || filepath.Ext(e.File) == ".png"
	})
}

// TestVectorsMeaning: every third-party file is judged as it should be. Where
// the list says that a signature holds, another implementation has checked it.
func TestVectorsMeaning(t *testing.T) {
	// What is wrong with these is found before, or beside, the signature.
	refused := map[string]report.Code{
		"spruceid-ssi/examples/vc-jws2020-bad-method-json.jsonld":  report.ProofPurposeWrong,
		"spruceid-ssi/examples/vc-jws2020-bad-purpose-json.jsonld": report.ProofPurposeMissing,
	}
	good, bad := 0, 0
	for _, e := range meaningVectors(t) {
		holds := !slices.ContainsFunc(e.Check.Proofs, func(p struct {
			Suite string
			OK    any
		}) bool {
			return p.OK != true
		})
		want, special := refused[e.File]
		got := becomes(t, string(vector(t, e.File)), library(), vectorKey(t))
		switch {
		case special && got != want:
			t.Errorf("%s: %q, want %q", e.File, got, want)
		case !special && (got == "") != holds:
			t.Errorf("%s (%s): %q", e.File, e.Expect, got)
		case got == "":
			good++
		default:
			bad++
		}
	}
	t.Logf("%d files verify, %d do not", good, bad)
	if good < 100 || bad < 10 {
		t.Error("too few files")
	}
}

// TestVectorsSteps: the steps that the specifications publish are the same.
func TestVectorsSteps(t *testing.T) {
	for _, test := range []struct {
		folder, file, tail string
		hash               crypto.Hash
	}{
		{"w3c-vc-di-eddsa/eddsa-rdfc-2022", "signedDataInt.json", "DataInt.txt", crypto.SHA256},
		{"w3c-vc-di-eddsa/Ed25519Signature2020", "signedEdSig.json", "EdSig.txt", crypto.SHA256},
		{"w3c-vc-di-ecdsa/ecdsa-rdfc-2019-p256", "signedECDSAP256.json", "ECDSAP256.txt", crypto.SHA256},
		{"w3c-vc-di-ecdsa/ecdsa-rdfc-2019-p384", "signedECDSAP384.json", "ECDSAP384.txt", crypto.SHA384},
	} {
		step := func(name string) string { return string(vector(t, test.folder+"/"+name+test.tail)) }
		whole := mustJSON(t, string(vector(t, test.folder+"/"+test.file)))
		document := linked.New(whole.Without("proof"), library())
		proof := whole.At("proof")
		in := input{
			member: &member{proof: Proof{outcome: &outcome{}}}, document: document.Value, meant: document,
			options: proof.Without("proofValue"), context: dataIntegrityContext,
		}
		if err := in.adoptOptions(); err != nil {
			t.Fatal(err)
		}
		config := mustJSON(t, string(vector(t, test.folder+"/proofConfig"+strings.TrimSuffix(test.tail, ".txt")+".json")))
		if !in.options.Equal(config) && !sameMembers(in.options, config) {
			t.Errorf("%s: options %s", test.folder, in.options.Append(nil))
		}
		s, err := readStatements(in, test.hash)
		if err != nil {
			t.Errorf("%s: %v", test.folder, err)
			continue
		}
		for name, d := range map[string]*linked.Document{"proofCanon": s.options, "canonDoc": s.document} {
			canonical, err := d.Canonical(test.hash, 0)
			if err != nil {
				t.Fatal(err)
			}
			if got, want := strings.Join(canonical.Lines, ""), step(name); got != want {
				t.Errorf("%s/%s: got\n%swant\n%s", test.folder, name, got, want)
			}
		}
		var data []byte
		err = s.try(func(hashData []byte) signature.Wait { data = hashData; return signature.Known(nil) })()
		if got := hex.EncodeToString(data); err != nil || got != strings.TrimSpace(step("combinedHash")) {
			t.Errorf("%s: hashData %s, %v", test.folder, got, err)
		}
	}
}

// sameMembers compares objects without regard to the order of their members.
func sameMembers(a, b strictjson.Value) bool {
	if len(a.Members()) != len(b.Members()) {
		return false
	}
	for _, m := range a.Members() {
		if !m.Value.Equal(b.At(m.Key)) {
			return false
		}
	}
	return true
}

// TestVectorsChain puts the published chain together: two proofs of a set, one
// that builds on both, and one that builds on that.
func TestVectorsChain(t *testing.T) {
	folder := "w3c-vc-di-eddsa/proof-set-chain/"
	document := mustJSON(t, string(vector(t, folder+"signedProofSet2.json")))
	proofs := slices.Clone(document.At("proof").Items())
	for _, name := range []string{"proofChainConfigSigned1.json", "proofChainConfigSigned2.json"} {
		proofs = append(proofs, mustJSON(t, string(vector(t, folder+name))))
	}
	whole := func(proofs ...strictjson.Value) string {
		return string(document.With("proof", strictjson.NewArray(proofs)).Append(nil))
	}
	read, findings := meant(t, whole(proofs...))
	if findings.Outcome() != report.Pass || !findings.Has(report.ProofChain) || !slices.Equal(read[2].After, []int{0, 1}) || !slices.Equal(read[3].After, []int{2}) {
		t.Fatalf("%v", findings)
	}
	if got := becomes(t, whole(proofs...), library(), vectorKey(t)); got != "" {
		t.Errorf("%q", got)
	}
	if got := becomes(t, whole(proofs[3], proofs[1], proofs[2], proofs[0]), library(), vectorKey(t)); got != "" {
		t.Errorf("in another order: %q", got)
	}
	// Without one of the proofs that it builds on there is no chain.
	if got := becomes(t, whole(proofs[0], proofs[2]), library(), vectorKey(t)); got != report.ProofChainMalformed {
		t.Errorf("%q", got)
	}
	// A changed earlier proof breaks itself and all that cover it.
	for name, change := range map[string][2]string{
		"created": {"23:36:38", "23:36:39"}, "value": {"z66vWyq", "z66vWyr"}, "id": {"26329423", "26329424"},
	} {
		text := strings.Replace(whole(proofs...), change[0], change[1], 1)
		if name == "id" {
			text = strings.ReplaceAll(text, change[0], change[1])
		}
		read, findings := meant(t, text)
		if !findings.Outcome().Lets() {
			t.Errorf("%s: %v", name, findings)
			continue
		}
		resolve := vectorKey(t)
		want := []report.Code{report.SignatureMismatch, "", report.SignatureMismatch, ""}
		if name == "id" {
			want[3] = report.SignatureMismatch // the name stands in the proof that it covers
		}
		for i, want := range want {
			if got := codeOf(Verify(&read[i], resolve(read[i].Reference.KeyID), nil)); got != want {
				t.Errorf("%s: proof %d: %q", name, i, got)
			}
		}
	}
	// Taken out of the chain it proves nothing.
	alone := proofs[3].Without("previousProof")
	if got := becomes(t, whole(alone), library(), vectorKey(t)); got != report.SignatureMismatch {
		t.Errorf("%q", got)
	}
}

// kept are the vectors from which mutations are derived: one of each suite,
// kind of key and maker.
var kept = []string{
	"w3c-vc-di-eddsa/eddsa-rdfc-2022/signedDataInt.json",
	"w3c-vc-di-eddsa/Ed25519Signature2020/signedEdSig.json",
	"w3c-vc-di-eddsa/proof-set-chain/signedProofSet1.json",
	"w3c-vc-di-ecdsa/ecdsa-rdfc-2019-p256/signedECDSAP256.json",
	"w3c-vc-di-ecdsa/ecdsa-rdfc-2019-p384/signedECDSAP384.json",
	"dif-jws-test-suite/transmute/credential-0--key-0-ed25519.vc.json",
	"dif-jws-test-suite/transmute/credential-3--key-1-secp256k1.vc.json",
	"dif-jws-test-suite/transmute/credential-1--key-2-secp256r1.vc.json",
	"dif-jws-test-suite/transmute/credential-2--key-3-secp384r1.vc.json",
	"dif-jws-test-suite/transmute/presentation-2--key-0-ed25519.vp.json",
	"dif-jws-test-suite/danubetech/credential-3--key-1-secp256k1.vc.json",
	"dif-jws-test-suite/danubetech/presentation-0--key-0-ed25519.vp.json",
	"spruceid-ssi/examples/vc-jws2020-inline-context.jsonld",
	"spruceid-ssi/tests/lds-ed25519-2020-vc0.jsonld",
	"1edtech-validator/ob30/simple.json",
	"1edtech-validator/ob30/simple-eddsa-2022.json",
	"1edtech-validator/clr20/simple.json",
	"trustbloc-vc-go/verifiable/example_presentation_4.json",
	"dcc-vc-test-fixtures/vc/v2/dataIntegrityProof/didKey/legacyRegistry-noStatus-noExpiry-alignments.json",
}

// TestMeaningMutations: no change that says something else goes through.
func TestMeaningMutations(t *testing.T) {
	for _, name := range kept {
		file := string(vector(t, name))
		whole := mustJSON(t, file)
		if items := whole.At("proof").Items(); len(items) == 1 {
			whole = whole.With("proof", items[0])
		}
		resolve := vectorKey(t)
		if got := becomes(t, file, library(), resolve); got != "" {
			t.Errorf("%s: %q", name, got)
			continue
		}
		proof := whole.At("proof")
		tries := 0
		try := func(what string, changed strictjson.Value, resolve func(string) any) {
			t.Helper()
			tries++
			if got := becomes(t, string(changed.Append(nil)), library(), resolve); got == "" {
				t.Errorf("%s: verifies with %s", name, what)
			}
		}
		with := func(key string, value strictjson.Value) strictjson.Value {
			return whole.With("proof", proof.With(key, value))
		}
		text := strictjson.NewString
		eachText(whole.Without("proof", "@context"), func(path string, changed strictjson.Value) {
			try(path, changed.With("proof", proof).With("@context", whole.At("@context")), resolve)
		})
		for _, m := range whole.Members() {
			if m.Key != "proof" && m.Key != "@context" {
				try("without "+m.Key, whole.Without(m.Key), resolve)
			}
		}
		for _, m := range proof.Members() {
			try("without proof/"+m.Key, whole.With("proof", proof.Without(m.Key)), resolve)
		}
		value := "proofValue"
		if _, old := proof.Get("jws"); old {
			value = "jws"
		}
		signed := proof.At(value).Text()
		for at := len(signed) - 80; at < len(signed); at++ {
			for _, c := range []string{"2", "A", "z", "0"} {
				if signed[at:at+1] != c {
					try("another character of the value", with(value, text(signed[:at]+c+signed[at+1:])), resolve)
				}
			}
		}
		for what, changed := range map[string]string{
			"zeros in front":   strings.Replace(signed, "z", "z1", 1),
			"more zeros":       strings.Replace(signed, "z", "z1111", 1),
			"a longer value":   signed + "1",
			"a shorter value":  signed[:len(signed)-1],
			"space behind":     signed + " ",
			"another base":     "u" + signed[1:],
			"the value doubly": signed + signed,
		} {
			if changed != signed {
				try(what, with(value, text(changed)), resolve)
			}
		}
		try("another time", with("created", text("2023-02-24T23:36:39Z")), resolve)
		try("an end", with("expires", text("2099-02-24T23:36:39Z")), resolve)
		try("a domain", with("domain", text("a.example")), resolve)
		try("a challenge", with("challenge", text("1")), resolve)
		try("a nonce", with("nonce", text("1")), resolve)
		try("an id", with("id", text("urn:uuid:1")), resolve)
		try("an unknown word", with("other", text("1")), resolve)
		try("another purpose", with("proofPurpose", text("capabilityInvocation")), resolve)
		if proof.At("proofPurpose").Text() == Authentication {
			try("another purpose", with("proofPurpose", text(AssertionMethod)), resolve)
		} else {
			try("another purpose", with("proofPurpose", text(Authentication)), resolve)
		}
		same := func(string) any { return resolve(proof.At("verificationMethod").Text()) }
		try("another method", with("verificationMethod", text("did:example:x#y")), same)
		if len(whole.At("@context").List()) > 1 {
			try("the last context only", whole.With("@context", strictjson.NewArray(whole.At("@context").List()[1:])), resolve)
		}
		for other := range suites {
			if proof.At("type").Text() == "DataIntegrityProof" && other != proof.At("cryptosuite").Text() {
				try("suite "+other, with("cryptosuite", text(other)), resolve)
			}
			try("suite "+other, whole.With("proof", proof.With("type", text("DataIntegrityProof")).With("cryptosuite", text(other+" "))), resolve)
		}
		for other := range legacySuites {
			if other != proof.At("type").Text() {
				try("type "+other, with("type", text(other)), resolve)
			}
		}
		for kind, keys := range pairs() {
			try("a key of "+kind, whole, func(string) any { return keys[0].public })
		}
		t.Logf("%s: %d", name, tries)
	}
}

// eachText calls with every variation of a value in which one text, number or
// truth differs.
func eachText(value strictjson.Value, with func(path string, changed strictjson.Value)) {
	switch value.Kind() {
	case strictjson.String:
		with("", strictjson.NewString(value.Text()+"x"))
	case strictjson.Number, strictjson.Bool:
		with("", strictjson.NewString("x"))
	case strictjson.Array:
		for i, item := range value.Items() {
			eachText(item, func(path string, changed strictjson.Value) {
				items := slices.Clone(value.Items())
				items[i] = changed
				with("/-"+path, strictjson.NewArray(items))
			})
		}
	case strictjson.Object:
		for _, m := range value.Members() {
			eachText(m.Value, func(path string, changed strictjson.Value) {
				with("/"+m.Key+path, value.With(m.Key, changed))
			})
		}
	}
}

// signMeaning makes a proof of a suite over RDF with the key of a kind. The
// options are read with the document's contexts, or with others.
func signMeaning(t testing.TB, library *jsonld.Library, kind, document, options string, earlier ...string) string {
	t.Helper()
	doc, opts := mustJSON(t, document).Without("proof"), mustJSON(t, options)
	if len(earlier) > 0 {
		doc = doc.With("proof", mustJSON(t, several(earlier...)))
	}
	hash, alg := crypto.SHA256, map[string]string{Ed25519: "EdDSA", P256: "ES256", P384: "ES384", Secp256k1: "ES256K", RSA: "PS256"}[kind]
	if kind == P384 && opts.At("cryptosuite").Text() != "" {
		hash = crypto.SHA384
	}
	context, own := opts.Get("@context")
	if !own {
		context = doc.At("@context")
	}
	var data []byte
	for _, value := range []strictjson.Value{opts.With("@context", context), doc} {
		digest, err := linked.New(value, library).Digest(hash, 0)
		if err != nil {
			t.Fatal(err)
		}
		data = append(data, digest...)
	}
	if header := opts.At("type").Text(); header == "JsonWebSignature2020" || header == "Ed25519Signature2018" || header == "EcdsaSecp256k1Signature2019" {
		return string(opts.With("jws", strictjson.NewString(detach(alg, `{"alg":"`+alg+`","b64":false,"crit":["b64"]}`, data))).Append(nil))
	}
	value := "z" + multibase.EncodeBase58(sign(algorithmNamed(alg), pairs()[kind][0].private, data))
	return string(opts.With("proofValue", strictjson.NewString(value)).Append(nil))
}

// detach makes a detached JWS with the first key of the algorithm's kind.
func detach(alg, header string, data []byte) string {
	a := algorithmNamed(alg)
	protected := b64(header)
	return protected + ".." + b64(string(sign(a, pairs()[a.Curve][0].private, append([]byte(protected+"."), data...))))
}
