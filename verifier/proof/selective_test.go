package proof

import (
	"bytes"
	"crypto"
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/sha256"
	"encoding/base64"
	"encoding/hex"
	"encoding/json"
	"errors"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"

	generalcbor "github.com/fxamacker/cbor/v2"

	"github.com/sealcheck/sealcheck/verifier/internal/disclosure"
	"github.com/sealcheck/sealcheck/verifier/internal/jsonld"
	"github.com/sealcheck/sealcheck/verifier/internal/limits"
	"github.com/sealcheck/sealcheck/verifier/internal/linked"
	"github.com/sealcheck/sealcheck/verifier/internal/samplekey"
	"github.com/sealcheck/sealcheck/verifier/internal/strictjson"
	"github.com/sealcheck/sealcheck/verifier/report"
)

// shown is a proof value of selective disclosure, taken apart by the general
// library: its third byte, and what follows it.
type shown struct {
	kind    byte
	members []any
}

func openShown(t testing.TB, text string) shown {
	t.Helper()
	data, err := base64.RawURLEncoding.DecodeString(strings.TrimPrefix(text, "u"))
	if err != nil {
		t.Fatal(err)
	}
	s := shown{kind: data[2]}
	if err := generalcbor.Unmarshal(data[3:], &s.members); err != nil {
		t.Fatal(err)
	}
	return s
}

func (s shown) text(t testing.TB) string {
	t.Helper()
	data, err := generalcbor.Marshal(s.members)
	if err != nil {
		t.Fatal(err)
	}
	return "u" + base64.RawURLEncoding.EncodeToString(append([]byte{0xd9, 0x5d, s.kind}, data...))
}

// with is the same with another member.
func (s shown) with(place int, value any) shown {
	s.members = slices.Clone(s.members)
	s.members[place] = value
	return s
}

// credentialFile reads a credential that the Digital Bazaar suites have made.
func credentialFile(t testing.TB, name string) string {
	t.Helper()
	data, err := os.ReadFile(filepath.Join("../../testdata/credentials", name))
	if err != nil {
		t.Fatal(err)
	}
	return string(data)
}

// shownFiles are credentials that verify: our own, made by other software, and
// those of the specifications, where they are there.
func shownFiles(t testing.TB) map[string]string {
	t.Helper()
	files := map[string]string{}
	for _, name := range []string{"ecdsa-sd.json", "ecdsa-sd-whole.json", "ecdsa-sd-nothing-mandatory.json", "bbs.json", "bbs-nothing-mandatory.json", "bbs-presentation-header.json"} {
		files[name] = credentialFile(t, name)
	}
	skipped := 0
	for _, name := range []string{
		"w3c-vc-di-ecdsa/ecdsa-sd-2023/prc/derivedRevealDocument.json",
		"w3c-vc-di-bbs/prc/derivedRevealDocument.json",
		"w3c-vc-di-bbs/HolderBinding/derivedRevealDocument.json",
	} {
		data, err := os.ReadFile(vectorsFolder + name)
		switch {
		case err == nil:
			files[name] = string(data)
		case errors.Is(err, os.ErrNotExist) && os.Getenv("CI") == "":
			skipped++
		default:
			t.Fatal(err)
		}
	}
	if skipped > 0 {
		t.Logf("%d third-party vectors skipped", skipped)
	}
	return files
}

// TestVectorsSelective: all third-party files with such proofs, and what is to
// become of each.
func TestVectorsSelective(t *testing.T) {
	var list struct {
		Entries []struct{ File, Role, Expect, Suite string }
	}
	if err := json.Unmarshal(vector(t, "manifest.json"), &list); err != nil {
		t.Fatal(err)
	}
	count := map[report.Code]int{}
	for _, e := range list.Entries {
		if e.Role != "credential" || !strings.Contains(e.Suite, "ecdsa-sd-2023") && !strings.Contains(e.Suite, "bbs-2023") {
			continue
		}
		want, known := map[string]report.Code{"valid": "", "base-proof": report.ProofBaseProof}[e.Expect]
		if !known {
			t.Errorf("%s: %s?", e.File, e.Expect)
			continue
		}
		file := string(vector(t, e.File))
		if input, wrapped := mustJSON(t, file).Get("input"); wrapped {
			file = string(input.Append(nil))
		}
		if got := becomes(t, file, library(), vectorKey(t)); got != want {
			t.Errorf("%s: %q, want %q", e.File, got, want)
			continue
		}
		count[want]++
		if _, findings := meant(t, file); findings.Has(report.ProofSelectiveDisclosure) != (want == "") {
			t.Errorf("%s: %v", e.File, findings)
		}
	}
	t.Logf("%d verify, %d are base proofs", count[""], count[report.ProofBaseProof])
	if count[""] < 5 || count[report.ProofBaseProof] < 3 {
		t.Error("too few files")
	}
}

// TestVectorsSelectiveSteps: the steps that the specifications publish are the
// same.
func TestVectorsSelectiveSteps(t *testing.T) {
	for folder, mandatory := range map[string]string{
		"w3c-vc-di-ecdsa/ecdsa-sd-2023/prc/": "/issuer, /type",
		"w3c-vc-di-bbs/prc/":                 "/issuer, /type",
		"w3c-vc-di-bbs/HolderBinding/":       "/expirationDate, /issuer, /type",
	} {
		whole := mustJSON(t, string(vector(t, folder+"derivedRevealDocument.json")))
		if !sameMembers(whole.Without("proof"), mustJSON(t, string(vector(t, folder+"derivedUnsignedReveal.json")))) {
			t.Errorf("%s: another document", folder)
		}
		var lines []string
		if err := json.Unmarshal(vector(t, folder+"verifyNQuads.json"), &lines); err != nil {
			t.Fatal(err)
		}
		var hashes struct{ ProofHash, MandatoryHash string }
		if err := json.Unmarshal(vector(t, folder+"addHashData.json"), &hashes); err != nil {
			t.Fatal(err)
		}
		text := whole.At("proof", "proofValue").Text()
		value, err := base64.RawURLEncoding.DecodeString(text[1:])
		if err != nil {
			t.Fatal(err)
		}
		var labels disclosure.Labels
		var places []int
		if e, err := disclosure.ParseECDSA(value); err == nil {
			labels, places = e.Labels, e.Mandatory
		} else if b, err := disclosure.ParseBBS(value); err == nil {
			labels, places = b.Labels, b.Mandatory
		} else {
			t.Fatal(err)
		}
		document := newMeaning(t, whole.Without("proof"))
		canonical, err := document.Canonical(crypto.SHA256, 0)
		if err != nil {
			t.Fatal(err)
		}
		parts, err := disclosure.Split(canonical, labels, places)
		if err != nil {
			t.Fatal(err)
		}
		var others []string
		for i, line := range lines {
			if !slices.Contains(places, i) {
				others = append(others, line)
			}
		}
		if !slices.Equal(parts.Others, others) || hex.EncodeToString(parts.MandatoryHash) != hashes.MandatoryHash {
			t.Errorf("%s: other statements", folder)
		}
		options := newMeaning(t, whole.At("proof").Without("proofValue").With("@context", whole.At("@context")))
		digest, err := options.Digest(crypto.SHA256, 0)
		if err != nil || hex.EncodeToString(digest) != hashes.ProofHash {
			t.Errorf("%s: other options: %v", folder, err)
		}
		_, findings := meant(t, string(whole.Append(nil)))
		for _, f := range findings {
			if f.Code == report.ProofSelectiveDisclosure && f.Facts["mandatory"] != mandatory {
				t.Errorf("%s: %q is mandatory", folder, f.Facts["mandatory"])
			}
		}
	}
}

// TestShown: files that other software made, and what is said of them.
func TestShown(t *testing.T) {
	for name, file := range shownFiles(t) {
		if got := becomes(t, file, library(), vectorKey(t)); got != "" {
			t.Errorf("%s: %q", name, got)
		}
		_, findings := meant(t, file)
		if findings.Outcome() != report.Pass || !findings.Has(report.ProofSelectiveDisclosure) {
			t.Errorf("%s: %v", name, findings)
		}
	}
	for _, name := range []string{"ecdsa-sd-base.json", "bbs-base.json"} {
		if got := becomes(t, credentialFile(t, name), library(), vectorKey(t)); got != report.ProofBaseProof {
			t.Errorf("%s: %q", name, got)
		}
	}
}

// TestShownDocumentMutations: no text of the document can be another, no member
// can be left out or added, and no other proof option can be.
func TestShownDocumentMutations(t *testing.T) {
	for name, file := range shownFiles(t) {
		whole := mustJSON(t, file)
		proof, resolve, tries := whole.At("proof"), vectorKey(t), 0
		try := func(what string, changed strictjson.Value) {
			t.Helper()
			tries++
			if got := becomes(t, string(changed.Append(nil)), library(), resolve); got == "" {
				t.Errorf("%s: verifies with %s", name, what)
			}
		}
		eachText(whole.Without("proof", "@context"), func(path string, changed strictjson.Value) {
			try(path, changed.With("proof", proof).With("@context", whole.At("@context")))
		})
		for _, m := range whole.Members() {
			if m.Key != "proof" && m.Key != "@context" {
				try("without "+m.Key, whole.Without(m.Key))
			}
		}
		subject := whole.At("credentialSubject")
		if subject.Kind() == strictjson.Object {
			for _, m := range subject.Members() {
				try("without the subject's "+m.Key, whole.With("credentialSubject", subject.Without(m.Key)))
			}
			try("another subject", whole.With("credentialSubject", strictjson.NewArray([]strictjson.Value{subject, subject.With("id", strictjson.NewString("urn:other"))})))
			try("an id of the subject", whole.With("credentialSubject", subject.With("id", strictjson.NewString("urn:other"))))
		}
		try("an id", whole.With("id", strictjson.NewString("urn:other")))
		try("another type", whole.With("type", strictjson.NewArray(append(slices.Clone(whole.At("type").List()), strictjson.NewString("VerifiablePresentation")))))
		for _, m := range proof.Members() {
			try("without proof/"+m.Key, whole.With("proof", proof.Without(m.Key)))
		}
		for key, value := range map[string]string{
			"created": "2023-02-24T23:36:39Z", "expires": "2099-02-24T23:36:39Z", "domain": "a.example", "challenge": "1", "id": "urn:uuid:1",
			"proofPurpose": Authentication, "cryptosuite": "ecdsa-rdfc-2019",
		} {
			try("proof/"+key, whole.With("proof", proof.With(key, strictjson.NewString(value))))
		}
		t.Logf("%s: %d", name, tries)
	}
}

// TestShownValueMutations: whatever is changed in the proof value, it verifies
// no more, except where it means the same.
func TestShownValueMutations(t *testing.T) {
	for name, file := range shownFiles(t) {
		whole := mustJSON(t, file)
		proof, resolve := whole.At("proof"), vectorKey(t)
		signed := proof.At("proofValue").Text()
		tries := map[report.Code]int{}
		tryText := func(what, value string) {
			t.Helper()
			if value == signed {
				return
			}
			got := becomes(t, string(whole.With("proof", proof.With("proofValue", strictjson.NewString(value))).Append(nil)), library(), resolve)
			tries[got]++
			switch got {
			case report.SignatureMismatch, report.SignatureMalformed, report.ProofDisclosureMalformed, report.ProofBaseProof,
				report.ProofFeatureUnsupported, report.ProofValueMalformed:
			default:
				t.Errorf("%s: %q with %s", name, got, what)
			}
		}
		try := func(what string, s shown) { t.Helper(); tryText(what, s.text(t)) }

		s := openShown(t, signed)
		if len(s.text(t)) != len(signed) { // the order in its map may be another
			t.Fatal("the general library writes it otherwise")
		}
		for kind := range byte(12) {
			other := s
			if other.kind = kind; kind == s.kind {
				continue
			}
			try("kind "+strconv.Itoa(int(kind)), other)
		}
		for i, member := range s.members {
			without := s
			without.members = slices.Delete(slices.Clone(s.members), i, i+1)
			try("a member less", without)
			try("null", s.with(i, nil))
			switch member := member.(type) {
			case []byte:
				for bit := 0; bit < 8*len(member); bit += 1 + 8*len(member)/40 {
					changed := clone(member)
					changed[bit/8] ^= 1 << (bit % 8)
					try("bit "+strconv.Itoa(bit)+" of "+strconv.Itoa(i), s.with(i, changed))
				}
				try("a byte more", s.with(i, append(clone(member), 0)))
				if len(member) > 0 {
					try("a byte less", s.with(i, member[:len(member)-1]))
				}
				try("zeros", s.with(i, make([]byte, len(member)+1)))
			case []any:
				for k := range member {
					try("an item less", s.with(i, slices.Delete(slices.Clone(member), k, k+1)))
					if k > 0 {
						swapped := slices.Clone(member)
						swapped[k], swapped[k-1] = swapped[k-1], swapped[k]
						try("items swapped", s.with(i, swapped))
					}
					changed := slices.Clone(member)
					switch item := changed[k].(type) {
					case uint64:
						for _, other := range []any{item + 1, int64(item) - 1, 1000, 1 << 40} {
							changed[k] = other
							try("another place", s.with(i, changed))
						}
					case []byte:
						for bit := 0; bit < 8*len(item); bit += 97 {
							flipped := clone(item)
							flipped[bit/8] ^= 1 << (bit % 8)
							changed[k] = flipped
							try("bit of an item", s.with(i, changed))
						}
						for _, other := range [][]byte{nil, item[:32], make([]byte, 64), bytes.Repeat([]byte{0xff}, 64)} {
							changed[k] = other
							try("another item", s.with(i, changed))
						}
					}
					doubled := slices.Insert(slices.Clone(member), k, member[k])
					try("an item twice", s.with(i, doubled))
				}
				for _, more := range []any{uint64(1000), make([]byte, 64), "x"} {
					try("an item more", s.with(i, append(slices.Clone(member), more)))
				}
				if len(member) > 0 {
					try("no items", s.with(i, []any{}))
				}
				// Everything mandatory, or as many as there are.
				var all []any
				for k := range 40 {
					all = append(all, k)
					try("the first places", s.with(i, slices.Clone(all)))
				}
			case map[any]any:
				keys := slices.Collect(maps.Keys(member))
				for k, key := range keys {
					less := maps.Clone(member)
					delete(less, key)
					try("a label less", s.with(i, less))
					other := maps.Clone(member)
					other[key] = map[bool]any{true: bytes.Repeat([]byte{7}, 32), false: uint64(77)}[s.kind < 2]
					try("another label", s.with(i, other))
					if k > 0 {
						swapped := maps.Clone(member)
						swapped[keys[k]], swapped[keys[k-1]] = swapped[keys[k-1]], swapped[keys[k]]
						try("labels swapped", s.with(i, swapped))
						doubled := maps.Clone(member)
						doubled[keys[k]] = doubled[keys[k-1]]
						try("a label twice", s.with(i, doubled))
					}
				}
				more := maps.Clone(member)
				more[uint64(len(member))] = map[bool]any{true: bytes.Repeat([]byte{7}, 32), false: uint64(77)}[s.kind < 2]
				try("a label more", s.with(i, more))
			case uint64:
				for _, other := range []any{member - 1, member + 1, 0, 5000, 1 << 40} {
					try("another count", s.with(i, other))
				}
			default:
				t.Fatalf("%T", member)
			}
		}
		try("a member more", shown{s.kind, append(slices.Clone(s.members), uint64(20))})
		tryText("bytes behind", signed+"AAAA")
		tryText("cut", signed[:len(signed)/8*4+1])
		tryText("another base", "z"+signed[1:])
		if tries[""] > 0 || tries[report.SignatureMismatch] < 20 || tries[report.ProofDisclosureMalformed] < 20 {
			t.Errorf("%s: %v", name, tries)
		}
		t.Logf("%s: %v", name, tries)

		for kind, keys := range pairs() {
			want := report.KeyAlgorithmMismatch
			if kind == P256 && s.kind < 2 {
				want = report.SignatureMismatch
			}
			if got := becomes(t, file, library(), resolved(keys[0].public)); got != want {
				t.Errorf("%s: a key of %s: %q", name, kind, got)
			}
		}
	}
}

const selectiveOptions = `{"type":"DataIntegrityProof","cryptosuite":"ecdsa-sd-2023","created":"2026-01-02T03:04:05Z",` +
	`"verificationMethod":"did:example:1#k","proofPurpose":"assertionMethod"}`

// signSelective makes a derived proof of ecdsa-sd-2023: as if a holder had
// chosen all of the document, of which the statements at these places are
// mandatory. change is done to the parts before they are written.
func signSelective(t testing.TB, library *jsonld.Library, document string, mandatory []int, change func(s *shown)) string {
	t.Helper()
	whole, options := mustJSON(t, document).Without("proof"), mustJSON(t, selectiveOptions)
	canonical, err := linked.New(whole, library).Canonical(crypto.SHA256, 0)
	if err != nil {
		t.Fatal(err)
	}
	proofHash, err := linked.New(options.With("@context", whole.At("@context")), library).Digest(crypto.SHA256, 0)
	if err != nil {
		t.Fatal(err)
	}
	names, labels := map[int][]byte{}, make(disclosure.Labels, len(canonical.Labels))
	for i := range labels {
		digest := sha256.Sum256([]byte{byte(i), 1})
		names[i], labels[i] = digest[:], "u"+base64.RawURLEncoding.EncodeToString(digest[:])
	}
	parts, err := disclosure.Split(canonical, labels, mandatory)
	if err != nil {
		t.Fatal(err)
	}
	own, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	key := append([]byte{0x80, 0x24}, samplekey.Compress(&own.PublicKey)...)
	es256 := algorithmNamed("ES256")
	signatures := [][]byte{}
	for _, line := range parts.Others {
		signatures = append(signatures, sign(es256, own, []byte(line)))
	}
	base := sign(es256, pairs()[P256][0].private, slices.Concat(proofHash, key, parts.MandatoryHash))
	if mandatory == nil {
		mandatory = []int{}
	}
	s := shown{1, []any{base, key, signatures, names, mandatory}}
	if change != nil {
		change(&s)
	}
	return withProof(t, document, string(options.With("proofValue", strictjson.NewString(s.text(t))).Append(nil)))
}

const selectiveDocument = `{"@context":["https://www.w3.org/ns/credentials/v2"],"type":["VerifiableCredential"],"issuer":{"id":"did:example:1","name":"N"},` +
	`"name":"Diploma","credentialSubject":[{"id":"did:example:2"},{"type":"VerifiableCredential"}],"validFrom":"2024-01-02T03:04:05Z"}`

// TestSelectiveOwn: whichever statements are mandatory, it verifies, and costs
// what it should.
func TestSelectiveOwn(t *testing.T) {
	key := pairs()[P256][0].public
	canonical, err := newMeaning(t, mustJSON(t, selectiveDocument)).Canonical(crypto.SHA256, 0)
	if err != nil {
		t.Fatal(err)
	}
	all := len(canonical.Lines)
	for mask := range 1 << all {
		var mandatory []int
		for i := range all {
			if mask>>i&1 == 1 {
				mandatory = append(mandatory, i)
			}
		}
		if mask%5 != 0 && len(mandatory) != all && mask > 0 {
			continue // a fifth of them will do
		}
		file := signSelective(t, library(), selectiveDocument, mandatory, nil)
		if got := becomes(t, file, library(), resolved(key)); got != "" {
			t.Errorf("%v: %q", mandatory, got)
		}
		proofs, _ := meant(t, file)
		if work := proofs[0].Work(key); work != 1+all-len(mandatory) {
			t.Errorf("%v: work %d", mandatory, work)
		}
		if got := codeOf(Verify(&proofs[0], pairs()[P256][1].public, nil)); got != report.SignatureMismatch {
			t.Errorf("%v: another key: %q", mandatory, got)
		}
	}
}

// TestSelectiveUnsigned: a statement that nobody has signed, under any guise.
func TestSelectiveUnsigned(t *testing.T) {
	key := pairs()[P256][0].public
	stranger := func() *ecdsa.PrivateKey {
		k, _ := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
		return k
	}()
	strangerKey := append([]byte{0x80, 0x24}, samplekey.Compress(&stranger.PublicKey)...)
	for name, test := range map[string]struct {
		change func(s *shown)
		want   report.Code
	}{
		"no change": {func(s *shown) {}, ""},
		"the holder's own key": {func(s *shown) {
			s.members[1] = strangerKey
		}, report.SignatureMismatch},
		"a signature that is another's": {func(s *shown) {
			signatures := s.members[2].([][]byte)
			signatures[0] = signatures[1]
		}, report.SignatureMismatch},
		"a signature by a stranger": {func(s *shown) {
			signatures := s.members[2].([][]byte)
			signatures[0] = sign(algorithmNamed("ES256"), stranger, []byte("x"))
		}, report.SignatureMismatch},
		"a signature of zeros": {func(s *shown) {
			s.members[2].([][]byte)[0] = make([]byte, 64)
		}, report.SignatureMalformed},
		"a base signature of zeros": {func(s *shown) {
			s.members[0] = make([]byte, 64)
		}, report.SignatureMalformed},
		"a statement said to be mandatory": {func(s *shown) {
			s.members[2], s.members[4] = s.members[2].([][]byte)[1:], []int{0, 1, 2}
		}, report.SignatureMismatch},
		"all said to be mandatory": {func(s *shown) {
			signatures := s.members[2].([][]byte)
			all := make([]int, len(signatures)+2)
			for i := range all {
				all[i] = i
			}
			s.members[2], s.members[4] = [][]byte{}, all
		}, report.SignatureMismatch},
		"a mandatory one said not to be": {func(s *shown) {
			s.members[4] = []int{0}
		}, report.SignatureMismatch},
	} {
		file := signSelective(t, library(), selectiveDocument, []int{0, 1}, test.change)
		if got := becomes(t, file, library(), resolved(key)); got != test.want {
			t.Errorf("%s: %q, want %q", name, got, test.want)
		}
	}
}

// TestSelectiveVersions: the reading that was signed is found.
func TestSelectiveVersions(t *testing.T) {
	document := strings.Replace(selectiveDocument, `credentials/v2"`, `credentials/v2","https://x.example/c"`, 1)
	document = strings.Replace(document, `"issuer"`, `"grade":"A","issuer"`, 1)
	first, second := `{"grade":"https://x.example/new#grade"}`, `{"grade":"https://x.example/old#grade"}`
	without := `{"other":"https://x.example/new#other"}`
	key := pairs()[P256][0].public
	for _, mandatory := range [][]int{nil, {0}, {0, 1, 2, 3, 4, 5, 6}} {
		file := signSelective(t, versions(second), document, mandatory, nil)
		for name, test := range map[string]struct {
			library *jsonld.Library
			reading int
			holds   bool
		}{
			"the only one":      {versions(second), 0, true},
			"the current one":   {versions(second, first), 0, true},
			"an earlier one":    {versions(first, second), 1, true},
			"the last of three": {versions(first, without, second), 2, true},
			"none":              {versions(first, first), 0, false},
		} {
			proofs, findings := meantBy(t, file, test.library)
			if !findings.Outcome().Lets() {
				t.Errorf("%s: %v", name, findings)
				continue
			}
			err := Verify(&proofs[0], key, nil)
			if (err == nil) != test.holds || !test.holds && codeOf(err) != report.SignatureMismatch || proofs[0].Reading() != test.reading {
				t.Errorf("%s: reading %d, %v", name, proofs[0].Reading(), err)
			}
		}
	}
}

// TestSelectiveDirection: a signer that drops directions has signed the same
// document without them. It is not accepted, and said to be no forgery.
func TestSelectiveDirection(t *testing.T) {
	document := strings.Replace(selectiveDocument, `"name":"Diploma"`, `"name":{"@value":"Diploma","@language":"en"}`, 1)
	key := pairs()[P256][0].public
	for _, mandatory := range [][]int{nil, {0, 1, 2, 3, 4, 5, 6}} {
		file := signSelective(t, library(), document, mandatory, nil)
		if got := becomes(t, file, library(), resolved(key)); got != "" {
			t.Fatalf("%q", got)
		}
		directed := strings.Replace(file, `"@language":"en"`, `"@language":"en","@direction":"rtl"`, 1)
		if got := becomes(t, directed, library(), resolved(key)); got != report.SignatureDirectionUnsigned {
			t.Errorf("%q", got)
		}
		if got := becomes(t, strings.Replace(directed, "Diploma", "Doctorate", 1), library(), resolved(key)); got != report.SignatureMismatch {
			t.Errorf("%q", got)
		}
	}
}

// TestSelectiveLimits: the largest that can be, and one more.
func TestSelectiveLimits(t *testing.T) {
	for count, want := range map[int]report.Code{limits.SignedStatements: report.SignatureMismatch, limits.SignedStatements + 1: report.ProofDisclosureMalformed} {
		for _, s := range []shown{
			{3, []any{make([]byte, 272+32*count), map[int]int{0: 0}, []int{}, []int{}, []byte{}}},
			{5, []any{make([]byte, 272+32*count), map[int]int{0: 0}, []int{}, []int{}, []byte{}, count - 1}},
		} {
			file := withProof(t, selectiveDocument, strings.Replace(strings.Replace(selectiveOptions, "ecdsa-sd", "bbs", 1), "{", `{"proofValue":"`+s.text(t)+`",`, 1))
			proofs, findings := meant(t, file)
			if want == report.ProofDisclosureMalformed {
				if !findings.Has(want) {
					t.Errorf("%d: %v", count, findings)
				}
				continue
			}
			if !findings.Outcome().Lets() || proofs[0].Work(nil) < count {
				t.Errorf("%d: %v", count, findings)
			}
		}
	}
}

func TestMandatoryParts(t *testing.T) {
	for _, test := range []struct{ mandatory, chosen, want string }{
		{"", "", ""},
		{"", "/name", ""},
		{"/type/0 /type/1 /issuer/id /issuer/name", "", "/issuer /type"},
		{"/type/0 /issuer/id", "/issuer/name", "/issuer/id /type"},
		{"/type/0 /type/1", "/type/2", "/type/0 /type/1"},
		// The link to the subject is mandatory, what it says is not.
		{"/credentialSubject /credentialSubject/type", "/credentialSubject/name", "/credentialSubject/type"},
		{"/credentialSubject /credentialSubject/a/b/c /credentialSubject/a/d", "/credentialSubject/name", "/credentialSubject/a"},
		{"/a /ab/c", "/ab/d", "/a /ab/c"},
		{" /a", "", "/a"},
	} {
		got := strings.Join(mandatoryParts(strings.Split(test.mandatory, " "), strings.Fields(test.chosen)), " ")
		if got != test.want {
			t.Errorf("%s | %s: %s, want %s", test.mandatory, test.chosen, got, test.want)
		}
	}
	if got := namedParts(nil); got != "" {
		t.Error(got)
	}
	many := strings.Fields(strings.Repeat("/x ", 30))
	if got := namedParts(many); strings.Count(got, "/x") != partsMost || !strings.HasSuffix(got, ", …") {
		t.Error(got)
	}
}

// FuzzShown: whatever the value, nothing is shown of a document that its issuer
// has not signed.
func FuzzShown(f *testing.F) {
	add := func(file string) {
		value := mustJSON(f, file).At("proof", "proofValue").Text()
		data, err := base64.RawURLEncoding.DecodeString(value[1:])
		if err != nil {
			f.Fatal(err)
		}
		f.Add(data)
	}
	for _, name := range []string{"ecdsa-sd.json", "bbs.json", "bbs-presentation-header.json"} {
		add(credentialFile(f, name))
	}
	add(signSelective(f, library(), selectiveDocument, []int{0, 3}, nil))
	_, fragment, _ := strings.Cut(mustJSON(f, credentialFile(f, "bbs.json")).At("proof", "verificationMethod").Text(), "#")
	bls := vectorKey(f)("#" + fragment)
	documents := map[string]*linked.Document{"ecdsa-sd-2023": newMeaning(f, mustJSON(f, selectiveDocument)), "bbs-2023": newMeaning(f, mustJSON(f, selectiveDocument))}
	f.Fuzz(func(t *testing.T, data []byte) {
		for name, prepare := range map[string]func(input) (verifying, error){"ecdsa-sd-2023": prepareEcdsaSD, "bbs-2023": prepareBBS} {
			m := member{proof: Proof{Path: "/proof", outcome: &outcome{}}}
			options := mustJSON(t, strings.Replace(selectiveOptions, "ecdsa-sd-2023", name, 1))
			in := input{member: &m, document: documents[name].Value, options: options, meant: documents[name], value: data, context: dataIntegrityContext}
			if err := in.adoptOptions(); err != nil {
				t.Fatal(err)
			}
			verify, err := prepare(in)
			if err != nil {
				continue
			}
			if m.proof.Work(nil) > 300 {
				continue
			}
			for _, public := range []any{pairs()[P256][1].public, bls} {
				if verify(public, nil) == nil {
					t.Fatal("verifies with a key that has never signed it")
				}
			}
		}
	})
}
