package contexts

import (
	"crypto/sha256"
	"encoding/hex"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/sealcheck/sealcheck/verifier/internal/limits"
	"github.com/sealcheck/sealcheck/verifier/internal/strictjson"
)

func digest(data []byte) string {
	sum := sha256.Sum256(data)
	return hex.EncodeToString(sum[:])
}

// TestIndex: the index says of every file in data/, and of no other, what its
// bytes are; what is embedded are these bytes, in the order of the versions.
func TestIndex(t *testing.T) {
	records := Describe()
	seen := map[string]int{}
	used := map[string]bool{}
	for _, r := range records {
		seen[r.Address]++
		used[r.File] = true
		data, err := os.ReadFile(filepath.Join("data", r.File))
		if err != nil {
			t.Error(err)
			continue
		}
		if got := digest(data); got != r.SHA256 {
			t.Errorf("%s has SHA-256 %s, the index says %s", r.File, got, r.SHA256)
		}
		if r.Version != seen[r.Address] {
			t.Errorf("%s: version %d stands at place %d", r.Address, r.Version, seen[r.Address])
		}
		texts := versions(r.Address)
		if r.Version < 1 || r.Version > len(texts) || texts[r.Version-1] != string(data) {
			t.Errorf("%s: version %d is not the bytes of %s", r.Address, r.Version, r.File)
		}
		if r.Licence == "" || r.Source == "" {
			t.Errorf("%s: no licence or source", r.File)
		}
		if strings.HasSuffix(r.File, ".terms") && r.Version == 1 && !strings.Contains(string(data), "# address "+r.Address+"\n") {
			t.Errorf("%s does not name %s", r.File, r.Address)
		}
	}
	for address, n := range seen {
		if got := len(versions(address)); got != n || !Known(address) || !Public(address) {
			t.Errorf("%s has %d versions, the index says %d", address, got, n)
		}
	}
	entries, err := os.ReadDir("data")
	if err != nil {
		t.Fatal(err)
	}
	for _, entry := range entries {
		if name := entry.Name(); name != "index.txt" && !used[name] {
			t.Errorf("data/%s is not in the index", name)
		}
	}
	if lines := strings.Count(index, "\n") - 1; lines != len(records) {
		t.Errorf("%d of %d lines of the index are readable", len(records), lines)
	}
}

// TestFind: everything can be read, is a context, and comes out the same each
// time.
func TestFind(t *testing.T) {
	for _, r := range Describe() {
		found := Find(r.Address)
		if len(found) != len(versions(r.Address)) {
			t.Errorf("%s: a version cannot be read", r.Address)
		}
		if len(found) > limits.ContextVariants {
			t.Errorf("%s has more versions than are tried", r.Address)
		}
		for i, document := range found {
			if document.At("@context").Kind() == strictjson.Absent {
				t.Errorf("%s has no @context", r.Address)
			}
			if string(document.Append(nil)) != string(Find(r.Address)[i].Append(nil)) {
				t.Errorf("%s is another one the second time", r.Address)
			}
		}
	}
}

func TestUnknown(t *testing.T) {
	for _, address := range []string{
		"", "https://example.org/v1", "https://www.w3.org/ns/credentials/v2/", "https://www.w3.org/ns/credentials/v2#",
		"http://www.w3.org/ns/credentials/v2", "credentials-v2", "https://www.w3.org/ns/cid/v1",
	} {
		if Known(address) || len(Find(address)) != 0 {
			t.Errorf("%q is known", address)
		}
	}
	if !Public("https://www.w3.org/ns/cid/v1") || Public("https://example.org/v1") {
		t.Error("Public is wrong")
	}
}

// BenchmarkFind is what a cold start pays for the two contexts of a badge.
func BenchmarkFind(b *testing.B) {
	b.ReportAllocs()
	for b.Loop() {
		Find("https://www.w3.org/ns/credentials/v2")
		Find("https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.3.json")
	}
}
