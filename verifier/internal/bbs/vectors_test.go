package bbs

import (
	"encoding/hex"
	"encoding/json"
	"errors"
	"os"
	"path/filepath"
	"testing"
)

const vectorsFolder = "../../../../shared/vectors/w3c-vc-di-bbs"

func readVector(t testing.TB, name string, to any) {
	t.Helper()
	data, err := os.ReadFile(filepath.Join(vectorsFolder, filepath.FromSlash(name)))
	if errors.Is(err, os.ErrNotExist) && os.Getenv("CI") == "" {
		t.Skip("1 vector skipped: ", name)
	}
	if err != nil {
		t.Fatal(err)
	}
	if err := json.Unmarshal(data, to); err != nil {
		t.Fatal(err)
	}
}

func fromHex(t testing.TB, text string) []byte {
	t.Helper()
	data, err := hex.DecodeString(text)
	if err != nil {
		t.Fatal(err)
	}
	return data
}

// vector is one worked example of VC-DI-BBS: what its steps give.
type vector struct {
	key        *PublicKey
	proof      []byte
	disclosure Disclosure
	count      int // messages that the issuer signed
}

func workedExample(t testing.TB, folder string) (v vector) {
	t.Helper()
	var keys struct{ PublicKeyHex string }
	readVector(t, "BBSKeyMaterial.json", &keys)
	key, err := ParsePublicKey(fromHex(t, keys.PublicKeyHex))
	if err != nil {
		t.Fatal(err)
	}
	var derive struct{ PresentationHeaderHex string }
	readVector(t, "BBSDeriveMaterial.json", &derive)
	var hashes struct{ ProofHash, MandatoryHash string }
	readVector(t, folder+"/addHashData.json", &hashes)
	var value struct {
		BBSProof           string
		MandatoryIndexes   []int
		AdjSelectedIndexes []int
	}
	readVector(t, folder+"/verifyDerivedProofValue.json", &value)
	var lines []string
	readVector(t, folder+"/verifyNQuads.json", &lines)
	var all struct{ NonMandatory struct{ Value [][]any } }
	readVector(t, folder+"/addBaseTransform.json", &all)

	v = vector{key: key, proof: fromHex(t, value.BBSProof), count: len(all.NonMandatory.Value)}
	v.disclosure = Disclosure{
		Header:       fromHex(t, hashes.ProofHash+hashes.MandatoryHash),
		Presentation: fromHex(t, derive.PresentationHeaderHex),
		Indexes:      value.AdjSelectedIndexes,
	}
	mandatory := map[int]bool{}
	for _, i := range value.MandatoryIndexes {
		mandatory[i] = true
	}
	for i, line := range lines {
		if !mandatory[i] {
			v.disclosure.Messages = append(v.disclosure.Messages, []byte(line))
		}
	}
	return v
}

func TestWorkedExamples(t *testing.T) {
	t.Run("baseline", func(t *testing.T) {
		v := workedExample(t, "prc")
		if err := v.key.VerifyProof(v.proof, v.disclosure); err != nil {
			t.Fatal(err)
		}
		for _, count := range []int{v.count - 1, v.count} {
			if v.key.VerifyBlindProof(v.proof, count, v.disclosure) == nil {
				t.Error("verifies as a blind proof over", count, "messages")
			}
		}
	})
	t.Run("holder binding", func(t *testing.T) {
		v := workedExample(t, "HolderBinding")
		if err := v.key.VerifyBlindProof(v.proof, v.count, v.disclosure); err != nil {
			t.Fatal(err)
		}
		if err := v.key.VerifyProof(v.proof, v.disclosure); !errors.Is(err, ErrMismatch) {
			t.Error("as a plain proof:", err)
		}
		for _, count := range []int{v.count - 1, v.count + 1} {
			if err := v.key.VerifyBlindProof(v.proof, count, v.disclosure); !errors.Is(err, ErrMismatch) {
				t.Error("with another number of messages:", err)
			}
		}
	})
}

func BenchmarkVerifyProof(b *testing.B) {
	v := workedExample(b, "prc")
	for b.Loop() {
		if err := v.key.VerifyProof(v.proof, v.disclosure); err != nil {
			b.Fatal(err)
		}
	}
}
