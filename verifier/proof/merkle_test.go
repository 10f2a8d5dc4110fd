package proof

import (
	"bytes"
	"crypto"
	"crypto/sha256"
	"encoding/hex"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/fxamacker/cbor/v2"

	"github.com/sealcheck/sealcheck/verifier/envelope"
	"github.com/sealcheck/sealcheck/verifier/internal/limits"
	"github.com/sealcheck/sealcheck/verifier/internal/linked"
	"github.com/sealcheck/sealcheck/verifier/internal/strictjson"
	"github.com/sealcheck/sealcheck/verifier/report"
)

type (
	two  = []any
	list = []any
)

// within is CBOR in a byte string, as the format has it.
func within(t testing.TB, value any) []byte {
	data, err := cbor.Marshal(value)
	if err != nil {
		t.Fatal(err)
	}
	return data
}

func merkleValue(t testing.TB, value any) string { return "z" + base58Digits(within(t, value)) }

func base58Digits(data []byte) string { return strings.TrimPrefix(base58Text(data), "z") }

const transaction = "0f1e2d3c4b5a69788796a5b4c3d2e1f00f1e2d3c4b5a69788796a5b4c3d2e1f0"

// TestReadMerkle: what lds-merkle-proof-2019 writes is read, with fingerprints as
// text or as bytes, and nothing else.
func TestReadMerkle(t *testing.T) {
	leaf := sha256.Sum256([]byte("leaf"))
	left, right := sha256.Sum256([]byte("left")), sha256.Sum256([]byte("right"))
	root := sha256.Sum256(append(left[:], leaf[:]...))
	root = sha256.Sum256(append(root[:], right[:]...))
	text := func(sum [32]byte) []byte { return within(t, hex.EncodeToString(sum[:])) }
	raw := func(sum [32]byte) []byte { return within(t, sum[:]) }
	anchors := list{list{two{0, 0}, two{1, 1}, two{2, within(t, transaction)}}}
	path := list{two{0, text(left)}, two{1, raw(right)}}
	good := list{two{3, path}, two{0, text(root)}, two{1, raw(leaf)}, two{2, anchors}}
	m, err := readMerkle(within(t, good))
	if err != nil || m.reached() != root || m.root != root || m.target != leaf || len(m.anchors) != 1 || m.anchors[0] != (anchor{0, 1, transaction}) {
		t.Fatalf("%+v %v", m, err)
	}
	for name, value := range map[string]any{
		"a map":                  map[int]any{0: text(root)},
		"a pair of three":        list{two{0, text(root), 1}},
		"an unknown name":        append(list{two{4, text(root)}}, good...),
		"a name twice":           append(list{two{0, text(root)}}, good...),
		"no root":                list{two{1, raw(leaf)}, two{2, anchors}},
		"no fingerprint":         list{two{0, raw(root)}, two{2, anchors}},
		"a short fingerprint":    list{two{0, within(t, root[:31])}, two{1, raw(leaf)}},
		"a fingerprint of words": list{two{0, within(t, strings.Repeat("zz", 32))}, two{1, raw(leaf)}},
		"not within":             list{two{0, root[:]}, two{1, raw(leaf)}},
		"two within":             list{two{0, append(raw(root), raw(root)...)}, two{1, raw(leaf)}},
		"a number within":        list{two{0, within(t, 5)}, two{1, raw(leaf)}},
		"another side":           list{two{0, raw(root)}, two{1, raw(leaf)}, two{3, list{two{2, raw(left)}}}},
		"a step too many":        list{two{0, raw(root)}, two{1, raw(leaf)}, two{3, repeat(two{0, raw(left)}, limits.MerkleSteps+1)}},
		"an anchor too many":     list{two{0, raw(root)}, two{1, raw(leaf)}, two{2, repeat(list{}, limits.MerkleAnchors+1)}},
		"an anchor of four":      list{two{0, raw(root)}, two{1, raw(leaf)}, two{2, list{repeat(two{0, 0}, 4)}}},
		"an anchor out of order": list{two{0, raw(root)}, two{1, raw(leaf)}, two{2, list{list{two{1, 0}}}}},
	} {
		if _, err := readMerkle(within(t, value)); err == nil {
			t.Errorf("%s is read", name)
		}
	}
	whole := within(t, good)
	for i := range whole {
		if _, err := readMerkle(whole[:i]); err == nil {
			t.Errorf("read when cut at %d", i)
		}
	}
	if _, err := readMerkle(append(whole, 0)); err == nil {
		t.Error("read with a byte behind it")
	}
	// What says that it is large is not.
	for _, bomb := range []string{"\x9b\x7f\xff\xff\xff\xff\xff\xff\xff", "\x82\x82\x03\x9a\xff\xff\xff\xff", "\x81\x82\x00\x5b\x7f\xff\xff\xff\xff\xff\xff\xff", strings.Repeat("\x81", 5000)} {
		if _, err := readMerkle([]byte(bomb)); err == nil {
			t.Errorf("%x is read", bomb[:4])
		}
	}
}

func repeat(value any, n int) list {
	var all list
	for range n {
		all = append(all, value)
	}
	return all
}

const blockcert = `{"@context":["https://www.w3.org/2018/credentials/v1","https://w3id.org/security/suites/merkle-2019/v1","https://w3id.org/blockcerts/v3.1"],"id":"urn:uuid:2f0d","type":["VerifiableCredential","BlockcertsCredential"],"issuer":"https://university.example/profile.json","issuanceDate":"2026-01-10T09:00:00Z","credentialSubject":{"id":"did:example:mara","name":"Mara"}}`

const merkleOptions = `{"type":"MerkleProof2019","created":"2022-03-09T11:13:29.130168","proofPurpose":"assertionMethod","verificationMethod":"https://university.example/profile.json#key-1","proofValue":"z"}`

// digestOf is the fingerprint of a document as the proof has it.
func digestOf(t testing.TB, document string) [32]byte {
	t.Helper()
	value, err := strictjson.Parse([]byte(document))
	if err != nil {
		t.Fatal(err)
	}
	digest, err := linked.New(value, library()).Digest(crypto.SHA256, 0)
	if err != nil {
		t.Fatal(err)
	}
	return [32]byte(digest)
}

func judgedMerkle(t testing.TB, document, proofs string) (report.Findings, report.Findings) {
	t.Helper()
	e, findings := envelope.Open([]byte(withProof(t, document, proofs)))
	if !findings.Outcome().Lets() {
		t.Fatal(findings)
	}
	all, findings := Read(e, ACredential, linked.New(e.Document.Without("proof"), library()))
	var last report.Findings
	if n := len(all); n > 0 && all[n-1].Anchored {
		last.AddError(Verify(&all[n-1], nil, nil))
	}
	return findings, last
}

func TestMerkle(t *testing.T) {
	leaf := digestOf(t, blockcert)
	sibling := sha256.Sum256([]byte("another"))
	root := sha256.Sum256(append(sibling[:], leaf[:]...))
	sum := func(s [32]byte) []byte { return within(t, s[:]) }
	where := func(parts ...any) any {
		var all list
		for i, part := range parts {
			if text, ok := part.(string); ok {
				part = within(t, text)
			}
			all = append(all, two{i, part})
		}
		return all
	}
	value := func(target, root [32]byte, path list, anchors ...any) string {
		return merkleValue(t, list{two{0, sum(root)}, two{1, sum(target)}, two{2, append(list{}, anchors...)}, two{3, append(list{}, path...)}})
	}
	path := list{two{0, sum(sibling)}}
	bitcoin := where(0, 1, transaction)
	options := func(value string, edits ...string) string {
		return strings.NewReplacer(append(edits, `"z"`, `"`+value+`"`)...).Replace(merkleOptions)
	}
	good := value(leaf, root, path, bitcoin)
	changed := strings.Replace(blockcert, "Mara", "Lena", 1)
	earlier := `{"type":"MerkleProof2019","created":"2026-01-10T09:00:00Z","proofPurpose":"assertionMethod","verificationMethod":"https://university.example/profile.json#key-1","proofValue":"` + value(leaf, leaf, nil, bitcoin) + `"}`
	later := digestOf(t, withProof(t, blockcert, earlier))
	onTop := value(later, later, nil, bitcoin)
	chain := func(previous string) string {
		return options(onTop, "MerkleProof2019", "ChainedProof2021", `"created"`, `"chainedProofType":"MerkleProof2019","previousProof":`+previous+`,"created"`)
	}
	tests := []struct {
		name, document, proofs string
		want                   report.Code
		fact                   string
	}{
		{"good", blockcert, options(good), report.SignatureAnchorUnchecked, "Bitcoin"},
		{"alone in its tree", blockcert, options(value(leaf, leaf, nil, bitcoin)), report.SignatureAnchorUnchecked, transaction},
		{"Data Integrity", blockcert, options(good, `"type":"MerkleProof2019"`, `"type":"DataIntegrityProof","cryptosuite":"merkle-proof-2019"`), report.SignatureAnchorUnchecked, ""},
		{"Ethereum", blockcert, options(value(leaf, root, path, where(1, 1, "0x"+strings.ToUpper(transaction)))), report.SignatureAnchorUnchecked, "https://etherscan.io/tx/0x" + transaction},
		{"Polygon", blockcert, options(value(leaf, root, path, where(2, 137, transaction))), report.SignatureAnchorUnchecked, "Polygon"},
		{"a test network", blockcert, options(value(leaf, root, path, where(0, 3, transaction))), report.SignatureAnchorTest, "Bitcoin"},
		{"no network", blockcert, options(value(leaf, root, path, where(-1, "not issued"))), report.SignatureAnchorTest, "not issued"},
		{"an unknown one", blockcert, options(value(leaf, root, path, where(77, 1, transaction))), report.SignatureAnchorTest, ""},
		{"a test and a real one", blockcert, options(value(leaf, root, path, where(0, 3, "x"), bitcoin)), report.SignatureAnchorUnchecked, "Bitcoin"},
		{"changed", changed, options(good), report.SignatureFingerprintDiffers, ""},
		{"of another", blockcert, options(value(sibling, sibling, nil, bitcoin)), report.SignatureFingerprintDiffers, ""},
		{"a wrong way", blockcert, options(value(leaf, root, list{two{1, sum(sibling)}}, bitcoin)), report.ProofMerklePath, ""},
		{"no way", blockcert, options(value(leaf, root, nil, bitcoin)), report.ProofMerklePath, ""},
		{"changed, and a wrong way", changed, options(value(leaf, root, nil, bitcoin)), report.ProofMerklePath, ""},
		{"nowhere", blockcert, options(value(leaf, root, path)), report.ProofMerkleNoAnchor, ""},
		{"no transaction", blockcert, options(value(leaf, root, path, where(0, 1, "javascript:alert(1)"))), report.ProofMerkleMalformed, ""},
		{"a transaction left out", blockcert, options(value(leaf, root, path, where(0, 1))), report.ProofMerkleMalformed, ""},
		{"another base", blockcert, options("u" + good[1:]), report.ProofMerkleMalformed, ""},
		{"no base58", blockcert, options("z0OIl"), report.ProofMerkleMalformed, ""},
		{"too long", blockcert, options("z" + strings.Repeat("2", mostMerkle)), report.ProofMerkleMalformed, ""},
		{"empty", blockcert, options(""), report.ProofValueMissing, ""},
		{"another purpose", blockcert, options(good, "assertionMethod", "authentication"), report.ProofPurposeWrong, ""},
		{"another chained proof", blockcert, options(good, "MerkleProof2019", "ChainedProof2021"), report.ProofSuiteUnsupported, ""},
		{"the second", blockcert, "[" + earlier + "," + options(onTop) + "]", report.SignatureAnchorUnchecked, ""},
		{"the second by itself", blockcert, "[" + earlier + "," + options(good) + "]", report.SignatureAnchorUnchecked, ""},
		{"the second without the first", blockcert, options(onTop), report.SignatureFingerprintDiffers, ""},
		{"the second after another", blockcert, "[" + strings.Replace(earlier, "key-1", "key-2", 1) + "," + options(onTop) + "]", report.SignatureFingerprintDiffers, ""},
		{"chained", blockcert, "[" + earlier + "," + chain(earlier) + "]", report.SignatureAnchorUnchecked, ""},
		{"chained to what is not there", blockcert, "[" + strings.Replace(earlier, "key-1", "key-2", 1) + "," + chain(earlier) + "]", report.ProofChainMalformed, ""},
		{"chained to nothing", blockcert, "[" + earlier + "," + chain("[]") + "]", report.ProofChainMalformed, ""},
		{"chained in the wrong order", blockcert, "[" + chain(earlier) + "," + earlier + "]", report.ProofChainMalformed, ""},
		{"an undefined word", strings.Replace(blockcert, `"name"`, `"nickname":"x","name"`, 1), options(good), report.ContextTermUndefined, ""},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			findings, result := judgedMerkle(t, test.document, test.proofs)
			all := append(findings, result...)
			if !all.Has(test.want) || all.Outcome() != test.want.Outcome() {
				t.Errorf("%v, want %s", all, test.want)
			}
			found := test.fact == ""
			for _, f := range all {
				for _, value := range f.Facts {
					found = found || value == test.fact
				}
			}
			if !found {
				t.Errorf("%v does not say %s", all, test.fact)
			}
		})
	}
}

// TestBlockcertsVectors: what others have issued as Blockcerts. Where their own
// source calls a file good, and it is another one than its proof was made for,
// that was never computed there.
func TestBlockcertsVectors(t *testing.T) {
	const folder = "blockcerts-cert-verifier-js/v3/"
	want := map[string]report.Code{
		"testnet-v3--tampered":                        report.ContextIriRelative,
		"testnet-v3--no-did":                          report.SignatureFingerprintDiffers, // its issuer was replaced
		"blockcerts-3.0-beta":                         report.ProofMerkleDisplay,
		"blockcerts-3.0-beta-did-ethereum-ropsten":    report.ContextIriRelative,
		"mocknet-verifiable-presentation-tampered":    report.SignatureFingerprintDiffers,
		"mocknet-vc-v2-credential-subject-array":      report.ProofMerkleDirection,
		"mocknet-vc-v2-name-description-multilingual": report.ProofMerkleDirection,
		"ecdsa-sd-2023-signed-credential":             report.ProofBaseProof,
	}
	names, _ := filepath.Glob(filepath.Join(vectorsFolder, folder, "*.json"))
	if len(names) == 0 {
		if os.Getenv("CI") != "" {
			t.Fatal("the folder is not here")
		}
		t.Skip("0 files: the folder is not here")
	}
	for _, name := range names {
		data, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		name = strings.TrimSuffix(filepath.Base(name), ".json")
		e, findings := envelope.Open(data)
		if !findings.Outcome().Lets() {
			t.Fatal(name, findings)
		}
		content := ACredential
		if bytes.Contains(data, []byte("VerifiablePresentation")) {
			content = APresentation
		}
		proofs, findings := Read(e, content, linked.New(e.Document.Without("proof"), library()))
		for i := range proofs {
			if proofs[i].Anchored {
				findings.AddError(Verify(&proofs[i], nil, nil))
			}
		}
		code, ok := want[name]
		if !ok {
			code = report.SignatureAnchorTest
		}
		if !findings.Has(code) {
			t.Errorf("%s: %v, want %s", name, findings, code)
		}
	}
	t.Logf("%d files", len(names))
}

func FuzzReadMerkle(f *testing.F) {
	sum := sha256.Sum256(nil)
	f.Add(within(f, list{two{0, within(f, sum[:])}, two{1, within(f, hex.EncodeToString(sum[:]))}, two{2, list{list{two{0, -1}, two{1, within(f, "x")}}}}, two{3, list{two{0, within(f, sum[:])}}}}))
	f.Fuzz(func(t *testing.T, data []byte) {
		m, err := readMerkle(data)
		if err != nil {
			return
		}
		m.reached()
		p := Proof{}
		if p.checkAnchors(&m) == nil && report.CodeOf(m.finding()).Outcome() != report.Unknown {
			t.Error("more than open")
		}
	})
}
