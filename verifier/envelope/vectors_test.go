package envelope

import (
	"encoding/json"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/sealcheck/sealcheck/verifier/report"
)

const vectors = "../../../shared/vectors"

// seems says what a format of the vectors' manifest must be recognised as,
// where that is no form that is read. The first match counts.
var seems = []struct{ format, code string }{
	{"cose", "cose"}, {"cbor", "cbor"},
}

// TestVectors: every credential of others is opened, or named for what it is.
// What its source calls valid never fails on a rule of JSON or JWS.
func TestVectors(t *testing.T) {
	data, err := os.ReadFile(filepath.Join(vectors, "manifest.json"))
	if err != nil {
		if os.Getenv("CI") != "" {
			t.Fatal(err)
		}
		t.Skip("0 vectors: the folder is not here")
	}
	var manifest struct {
		Entries []struct{ File, Format, Role, Expect string }
	}
	if err := json.Unmarshal(data, &manifest); err != nil {
		t.Fatal(err)
	}
	read := 0
	for _, entry := range manifest.Entries {
		if entry.Role != "credential" && entry.Role != "statuslist" {
			continue
		}
		file, err := os.ReadFile(filepath.Join(vectors, entry.File))
		if err != nil {
			t.Error(err)
			continue
		}
		read++
		_, findings := Open(file)
		want := ""
		for _, s := range seems {
			if want == "" && strings.Contains(entry.Format, s.format) {
				want = s.code
			}
		}
		switch {
		case want != "":
			if got := codes(findings); got != want {
				t.Errorf("%s (%s): %s", entry.File, entry.Format, got)
			}
		case findings.Outcome() == report.Fail && !strings.Contains(entry.Expect, "invalid") && entry.Expect != "extract-none" && !strings.Contains(entry.Expect, "error"):
			t.Errorf("%s (%s, %s): %v", entry.File, entry.Format, entry.Expect, findings)
		}
	}
	if read < 300 {
		t.Errorf("only %d files", read)
	}
	t.Logf("%d files", read)
}
