package proof

import (
	"bytes"
	"crypto"
	"crypto/sha256"
	"fmt"
	"maps"
	"slices"
	"testing"

	generalcbor "github.com/fxamacker/cbor/v2"

	"github.com/sealcheck/sealcheck/verifier/envelope"
	"github.com/sealcheck/sealcheck/verifier/internal/cose"
	"github.com/sealcheck/sealcheck/verifier/report"
)

type anyMap = map[any]any

func cborOf(value any) []byte {
	mode, err := generalcbor.CoreDetEncOptions().EncMode()
	if err != nil {
		panic(err)
	}
	data, err := mode.Marshal(value)
	if err != nil {
		panic(err)
	}
	return data
}

// listClaims are those of a status list token.
var listClaims = cborOf(anyMap{2: "https://example.org/1", 6: 1686920170, 65533: anyMap{"bits": 1, "lst": []byte{0x78, 0xda}}})

// coseToken makes a status list token with the headers as given, signed with
// the first key of the algorithm's kind over the Sig_structure as the general
// library writes it.
func coseToken(alg string, protected, unprotected anyMap, payload []byte) []byte {
	a := algorithmNamed(alg)
	head := cborOf(protected)
	value := sign(a, pairs()[a.Curve][0].private, cborOf([]any{"Signature1", head, []byte{}, payload}))
	if unprotected == nil {
		unprotected = anyMap{}
	}
	return cborOf(generalcbor.Tag{Number: 18, Content: []any{head, unprotected, payload, value}})
}

// readToken opens a token and reads its signature.
func readToken(t testing.TB, data []byte) ([]Proof, report.Findings) {
	t.Helper()
	e, findings := envelope.Open(data)
	if !findings.Outcome().Lets() {
		t.Fatal(findings)
	}
	return Read(e, AStatusListToken, nil)
}

// TestCOSE: every algorithm verifies with its key, and with no other; not
// when anything that is signed has been changed.
func TestCOSE(t *testing.T) {
	for _, known := range coseAlgorithms {
		name := fmt.Sprintf("%s (%d)", known.name, known.number)
		header := anyMap{1: known.number, 4: []byte("did:example:1#key"), 16: cose.StatusListType}
		data := coseToken(known.name, header, nil, listClaims)
		proofs, findings := readToken(t, data)
		if len(proofs) != 1 || findings.Outcome() != report.Pass {
			t.Fatal(name, findings)
		}
		p := &proofs[0]
		curve := algorithmNamed(known.name).Curve
		if ref := p.Reference; p.Suite != Suite("COSE/"+known.name) || ref.Algorithm != known.name || !slices.Equal(ref.Curves, []string{curve}) ||
			ref.KeyID != "did:example:1#key" || ref.Purpose != AssertionMethod || ref.Bound || len(ref.Chain) != 0 {
			t.Errorf("%s: %+v", name, p)
		}
		for kind, both := range pairs() {
			for i, pair := range both {
				want := report.SignatureMismatch
				switch {
				case kind == curve && i == 0:
					want = ""
				case kind != curve:
					want = report.KeyAlgorithmMismatch
				}
				if got := codeOf(Verify(p, pair.public, nil)); got != want {
					t.Errorf("%s with %s %d: %q, want %q", name, kind, i, got, want)
				}
			}
		}
		// The header, the payload and the signature, a bit in each.
		changed := 0
		for _, place := range []int{20, len(data) / 3, len(data) - 10} {
			other := slices.Clone(data)
			other[place] ^= 1
			e, findings := envelope.Open(other)
			if !findings.Outcome().Lets() {
				continue
			}
			proofs, findings := Read(e, AStatusListToken, nil)
			if !findings.Outcome().Lets() {
				continue
			}
			changed++
			if Verify(&proofs[0], pairs()[curve][0].public, nil) == nil {
				t.Errorf("%s: verifies with byte %d changed", name, place)
			}
		}
		if changed == 0 {
			t.Errorf("%s: nothing changed could be read", name)
		}
	}
}

// coseHost answers for the host's own mathematics.
type coseHost struct {
	says  bool
	asked []byte
}

func (h *coseHost) Start(public any, hash crypto.Hash, data, value []byte) func() bool {
	h.asked = data
	return func() bool { return h.says }
}

// TestCOSEHost: the host is asked about the Sig_structure, and a no is worked
// out again.
func TestCOSEHost(t *testing.T) {
	for _, says := range []bool{true, false} {
		for number, alg := range map[int]string{-7: "ES256", -8: "EdDSA", -37: "PS256"} {
			header := anyMap{1: number, 16: cose.StatusListType}
			proofs, _ := readToken(t, coseToken(alg, header, nil, listClaims))
			host := coseHost{says: says}
			if err := Verify(&proofs[0], pairs()[algorithmNamed(alg).Curve][0].public, &host); err != nil {
				t.Errorf("%s, the host says %v: %v", alg, says, err)
			}
			if want := cborOf([]any{"Signature1", cborOf(header), []byte{}, listClaims}); alg != "PS256" && !bytes.Equal(host.asked, want) {
				t.Errorf("%s: the host was asked about %x", alg, host.asked)
			}
			if wrong := codeOf(Verify(&proofs[0], pairs()[P521][0].public, &coseHost{says: true})); wrong != report.KeyAlgorithmMismatch {
				t.Errorf("%s: %s", alg, wrong)
			}
		}
	}
}

func TestCOSEHeader(t *testing.T) {
	der := certificate(pairs()[P256][0])
	sum := sha256.Sum256(der)
	good := func(change anyMap) anyMap {
		header := anyMap{1: -7, 4: []byte("12"), 16: cose.StatusListType}
		maps.Copy(header, change)
		return header
	}
	without := func(label int) anyMap {
		header := good(nil)
		delete(header, label)
		return header
	}
	for name, test := range map[string]struct {
		protected, unprotected anyMap
		want                   report.Code // of the worst finding that is no pass
	}{
		"as it should be":                   {good(nil), nil, ""},
		"kid unprotected":                   {without(4), anyMap{4: []byte("12")}, ""},
		"no kid":                            {without(4), nil, report.ProofKeyReferenceMissing},
		"kid a text":                        {good(anyMap{4: "12"}), nil, ""},
		"kid a number":                      {good(anyMap{4: 12}), nil, report.ProofHeaderMalformed},
		"kid twice":                         {good(nil), anyMap{4: []byte("12")}, report.ProofHeaderOverlap},
		"a text label twice":                {good(anyMap{"x": 1}), anyMap{"x": 1}, report.ProofHeaderOverlap},
		"a label nobody knows":              {good(anyMap{"x": 1, 1000: 2}), anyMap{"y": 3}, ""},
		"no algorithm":                      {without(1), nil, report.ProofAlgorithmMissing},
		"algorithm unprotected":             {without(1), anyMap{1: -7}, report.ProofAlgorithmMissing},
		"algorithm a text":                  {good(anyMap{1: "ES256"}), nil, report.ProofAlgorithmUnknown},
		"algorithm none":                    {good(anyMap{1: "none"}), nil, report.ProofAlgorithmUnknown},
		"algorithm bytes":                   {good(anyMap{1: []byte{1}}), nil, report.ProofHeaderMalformed},
		"algorithm null":                    {good(anyMap{1: nil}), nil, report.ProofHeaderMalformed},
		"algorithm too large":               {good(anyMap{1: uint64(1 << 63)}), nil, report.ProofHeaderMalformed},
		"HMAC":                              {good(anyMap{1: 5}), nil, report.ProofAlgorithmSymmetric},
		"AES-MAC":                           {good(anyMap{1: 25}), nil, report.ProofAlgorithmSymmetric},
		"algorithm zero":                    {good(anyMap{1: 0}), nil, report.ProofAlgorithmSymmetric},
		"RS1":                               {good(anyMap{1: -65535}), nil, report.ProofAlgorithmUnknown},
		"Ed448":                             {good(anyMap{1: -53}), nil, report.ProofAlgorithmUnknown},
		"crit, understood":                  {good(anyMap{2: []any{1, 16}}), nil, ""},
		"crit, unknown":                     {good(anyMap{2: []any{1000}, 1000: 1}), nil, report.ProofCritUnknown},
		"crit, a text":                      {good(anyMap{2: []any{"x"}, "x": 1}), nil, report.ProofCritUnknown},
		"crit, absent":                      {good(anyMap{2: []any{33}}), nil, report.ProofCritAbsent},
		"crit, not signed":                  {without(4), anyMap{4: []byte("12"), 2: []any{4}}, report.ProofCritUnprotected},
		"crit, what it names is not signed": {maps.Collect(maps.All(anyMap{1: -7, 16: cose.StatusListType, 2: []any{4}})), anyMap{4: []byte("12")}, report.ProofCritAbsent},
		"crit, twice":                       {good(anyMap{2: []any{1, 1}}), nil, report.ProofCritDuplicate},
		"crit, empty":                       {good(anyMap{2: []any{}}), nil, report.ProofCritEmpty},
		"crit, no array":                    {good(anyMap{2: 1}), nil, report.ProofCritMalformed},
		"crit, no label":                    {good(anyMap{2: []any{[]byte{1}}}), nil, report.ProofCritMalformed},
		"crit, too many":                    {good(anyMap{2: make([]int, 100)}), nil, report.ProofCritMalformed},
		"a chain":                           {without(4), anyMap{33: der}, ""},
		"a chain in an array":               {without(4), anyMap{33: []any{der, der}}, ""},
		"a chain, signed":                   {good(anyMap{33: der, 34: []any{-16, sum[:]}}), nil, ""},
		"an empty chain":                    {good(anyMap{33: []any{}}), nil, report.ProofCertificateMalformed},
		"an empty certificate":              {good(anyMap{33: []byte{}}), nil, report.ProofCertificateMalformed},
		"a chain of texts":                  {good(anyMap{33: []any{"x"}}), nil, report.ProofCertificateMalformed},
		"a chain of a number":               {good(anyMap{33: 1}), nil, report.ProofCertificateMalformed},
		"a chain too long":                  {good(anyMap{33: slices.Repeat([]any{der}, 11)}), nil, report.ProofCertificatesTooMany},
		"another digest":                    {good(anyMap{33: der, 34: []any{-16, sum[1:]}}), nil, report.ProofCertificateMalformed},
		"a digest of sha-512":               {good(anyMap{33: der, 34: []any{-44, sum[:]}}), nil, ""},
		"a digest alone":                    {good(anyMap{34: []any{-16, sum[:]}}), nil, ""},
		"a digest of no array":              {good(anyMap{33: der, 34: sum[:]}), nil, report.ProofHeaderMalformed},
		"an address of a chain":             {good(anyMap{35: "https://example.org"}), nil, report.ProofKeyAddressIgnored},
		"an address, not signed":            {good(nil), anyMap{35: "https://example.org"}, report.ProofKeyAddressIgnored},
	} {
		proofs, findings := readToken(t, coseToken("ES256", test.protected, test.unprotected, listClaims))
		if len(proofs) != 1 {
			t.Fatal(name, findings)
		}
		got := report.Code("")
		for _, finding := range findings {
			if finding.Code.Outcome() != report.Pass {
				got = finding.Code
			}
		}
		if got != test.want {
			t.Errorf("%s: %v, want %s", name, findings, test.want)
		}
		err := Verify(&proofs[0], pairs()[P256][0].public, nil)
		if good := findings.Outcome().Lets(); good != (err == nil) || good != proofs[0].Supported() {
			t.Errorf("%s: %v, though %v", name, err, findings)
		}
		if test.unprotected[33] != nil || test.protected[33] != nil && test.want == "" {
			if ref := proofs[0].Reference; len(ref.Chain) == 0 || !slices.Equal(ref.Chain[0], der) || ref.Bound != (name == "a chain, signed") {
				t.Errorf("%s: %+v", name, ref)
			}
		}
	}

	// A key id of bytes that are no text.
	proofs, _ := readToken(t, coseToken("ES256", good(anyMap{4: []byte{0xff, 0}}), nil, listClaims))
	if got := proofs[0].Reference.KeyID; got != "_wA" {
		t.Errorf("%q", got)
	}
	// What is not looked at as a list token is not read as anything else.
	for _, content := range []Content{ACredential, APresentation} {
		e, _ := envelope.Open(coseToken("ES256", good(nil), nil, listClaims))
		proofs, findings := Read(e, content, nil)
		if !findings.Has(report.ProofTypeWrong) || proofs[0].Supported() {
			t.Errorf("%v", findings)
		}
	}
	// No signature, and values that no signer makes.
	head := cborOf(good(nil))
	for _, test := range []struct {
		value []byte
		want  report.Code
	}{
		{nil, report.ProofSignatureEmpty}, {make([]byte, 63), report.SignatureMalformed}, {make([]byte, 64), report.SignatureMalformed},
	} {
		value := append([]byte{}, test.value...)
		proofs, findings := readToken(t, cborOf(generalcbor.Tag{Number: 18, Content: []any{head, anyMap{}, listClaims, value}}))
		got := codeOf(Verify(&proofs[0], pairs()[P256][0].public, nil))
		if !findings.Outcome().Lets() {
			got = findings[0].Code
		}
		if got != test.want {
			t.Errorf("%d bytes: %s, want %s", len(test.value), got, test.want)
		}
	}
}

// TestCOSEType: a message says in its protected header what it is, or what it
// holds, and nothing else beside.
func TestCOSEType(t *testing.T) {
	const document = `{"type":["VerifiableCredential"]}`
	for _, test := range []struct {
		name                   string
		protected, unprotected anyMap
		credential, presented  report.Code
	}{
		{"typ", anyMap{16: "application/vc+cose"}, nil, "", report.ProofTypeWrong},
		{"typ and content", anyMap{16: "application/vc+cose", 3: "application/vc"}, nil, "", report.ProofTypeWrong},
		{"content alone", anyMap{3: "application/vc"}, nil, "", report.ProofContentTypeWrong},
		{"of drafts", anyMap{16: "vc+ld+json+cose", 3: "vc+ld+json"}, nil, "", report.ProofTypeWrong},
		{"presentation", anyMap{16: "application/vp+cose", 3: "application/vp"}, nil, report.ProofTypeWrong, ""},
		{"presentation by its content", anyMap{3: "application/vp"}, nil, report.ProofContentTypeWrong, ""},
		{"COSE and content", anyMap{16: "application/cose", 3: "application/vc"}, nil, "", report.ProofContentTypeWrong},
		{"COSE and JSON", anyMap{16: "application/cose", 3: "application/json"}, nil, report.ProofTypeWrong, report.ProofTypeWrong},
		{"one of each", anyMap{16: "application/vc+cose", 3: "application/vp"}, nil, report.ProofContentTypeWrong, report.ProofTypeWrong},
		{"nothing", anyMap{}, nil, report.ProofTypeWrong, report.ProofTypeWrong},
		{"not signed", anyMap{}, anyMap{16: "application/vc+cose", 3: "application/vc"}, report.ProofTypeWrong, report.ProofTypeWrong},
		{"in both headers", anyMap{16: "application/vc+cose"}, anyMap{16: "application/vp+cose"}, report.ProofHeaderOverlap, report.ProofHeaderOverlap},
		{"another content that nobody signs", anyMap{16: "application/vc+cose"}, anyMap{3: "very/bad"}, "", report.ProofTypeWrong},
		{"something else", anyMap{16: "very/bad", 3: "application/vc"}, nil, report.ProofTypeWrong, report.ProofTypeWrong},
		{"of something else", anyMap{16: "application/vc+cose", 3: "very/bad"}, nil, report.ProofContentTypeWrong, report.ProofTypeWrong},
		{"a number", anyMap{16: 18}, nil, report.ProofTypeWrong, report.ProofTypeWrong},
		{"of a number", anyMap{16: "application/vc+cose", 3: 50}, nil, report.ProofContentTypeWrong, report.ProofTypeWrong},
		{"of a JWT", anyMap{16: "vc+jwt"}, nil, report.ProofTypeWrong, report.ProofTypeWrong},
	} {
		test.protected[1] = -7
		e, findings := envelope.Open(coseToken("ES256", test.protected, test.unprotected, []byte(document)))
		if !findings.Outcome().Lets() {
			t.Fatal(findings)
		}
		for content, want := range map[Content]report.Code{ACredential: test.credential, APresentation: test.presented, AStatusListToken: report.ProofTypeWrong} {
			if test.name == "in both headers" {
				want = report.ProofHeaderOverlap
			}
			proofs, findings := Read(e, content, nil)
			if got := findings.Has(want); want != "" && !got || want == "" && !findings.Outcome().Lets() {
				t.Errorf("%s, %v: %v, want %q", test.name, content, findings, want)
			}
			if err := Verify(&proofs[0], pairs()[P256][0].public, nil); (err == nil) != (want == "") {
				t.Errorf("%s: %v", test.name, err)
			}
			if purpose := proofs[0].Reference.Purpose; (purpose == Authentication) != (content == APresentation) {
				t.Errorf("%s: %s", test.name, purpose)
			}
		}
	}
	e, _ := envelope.Open(cborOf(generalcbor.Tag{Number: 18, Content: []any{cborOf(anyMap{1: -7, 16: "application/vc+cose"}), anyMap{}, nil, make([]byte, 64)}}))
	if proofs, findings := Read(e, ACredential, nil); !findings.Has(report.ProofPayloadDetached) || proofs[0].Supported() {
		t.Error(findings)
	}
}

// FuzzCOSE: nothing verifies with a key that has never signed, and what may go
// on can be checked.
func FuzzCOSE(f *testing.F) {
	header := anyMap{1: -7, 4: []byte("12"), 16: cose.StatusListType}
	f.Add(coseToken("ES256", header, nil, listClaims))
	header[1], header[2] = -8, []any{1, 16}
	f.Add(coseToken("EdDSA", header, anyMap{33: []byte{1}, 35: "x"}, listClaims))
	f.Add(coseToken("ES256", anyMap{1: -7, 3: "application/vp", 16: "vp+cose", 15: anyMap{1: "x"}}, nil, []byte(`{"type":"VerifiablePresentation"}`))[1:])
	f.Fuzz(func(t *testing.T, data []byte) {
		e, findings := envelope.Open(data)
		if !findings.Outcome().Lets() || e.Form != envelope.COSESign1 {
			return
		}
		proofs, findings := Read(e, Content(len(data)%3), nil)
		if len(proofs) != 1 || len(findings) == 0 {
			t.Fatal("nothing found")
		}
		if findings.Outcome().Lets() != proofs[0].Supported() && findings.Outcome() != report.Unknown {
			t.Fatal(findings)
		}
		for _, keys := range pairs() {
			if Verify(&proofs[0], keys[1].public, nil) == nil {
				t.Fatal("verifies with a key that has never signed")
			}
		}
	})
}
