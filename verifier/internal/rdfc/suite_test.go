package rdfc

import (
	"crypto"
	"encoding/json"
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/sealcheck/sealcheck/verifier/internal/rdf"
	"github.com/sealcheck/sealcheck/verifier/report"
)

const suite = "../../../../shared/vectors/w3c-rdf-canon"

func parse(t testing.TB, text string) []rdf.Quad {
	t.Helper()
	quads, err := rdf.Parse([]byte(text))
	if err != nil {
		t.Fatal(err)
	}
	return quads
}

func code(err error) report.Code {
	var p *report.Problem
	if errors.As(err, &p) {
		return p.Code
	}
	return ""
}

// TestSuite runs the W3C's own tests, as far as their files are here.
func TestSuite(t *testing.T) {
	data, err := os.ReadFile(filepath.Join(suite, "manifest.jsonld"))
	if err != nil {
		if _, ci := os.LookupEnv("CI"); ci {
			t.Fatal(err)
		}
		t.Skip("86 tests of the W3C are not here: ", err)
	}
	var manifest struct {
		Entries []struct{ ID, Type, Name, HashAlgorithm, Action, Result string }
	}
	if err := json.Unmarshal(data, &manifest); err != nil {
		t.Fatal(err)
	}
	run, absent := 0, 0
	for _, e := range manifest.Entries {
		in, err := os.ReadFile(filepath.Join(suite, e.Action))
		want, err2 := os.ReadFile(filepath.Join(suite, e.Result))
		if err != nil || err2 != nil && e.Result != "" {
			absent++
			continue
		}
		run++
		t.Run(e.ID[1:], func(t *testing.T) {
			hash := crypto.SHA256
			if e.HashAlgorithm == "SHA384" {
				hash = crypto.SHA384
			}
			start := time.Now()
			c, steps, err := canonicalize(parse(t, string(in)), hash)
			t.Logf("%s: %d steps, %v", e.Name, steps, time.Since(start))
			switch e.Type {
			case "rdfc:RDFC10NegativeEvalTest":
				if code(err) != report.ContextGraphTooComplex {
					t.Fatal(err)
				}
			case "rdfc:RDFC10EvalTest":
				if err != nil || strings.Join(c.Lines, "") != string(want) {
					t.Fatalf("%v\n%s", err, strings.Join(c.Lines, ""))
				}
			case "rdfc:RDFC10MapTest":
				labels := map[string]string{}
				if err := json.Unmarshal(want, &labels); err != nil {
					t.Fatal(err)
				}
				if err != nil || len(labels) != len(c.Labels) {
					t.Fatal(err, c.Labels)
				}
				for from, to := range labels {
					if c.Labels[from] != to {
						t.Errorf("%s is %s, not %s", from, c.Labels[from], to)
					}
				}
			default:
				t.Fatal(e.Type)
			}
		})
	}
	t.Logf("%d tests run, the files of %d are not here", run, absent)
	if run < 50 {
		t.Error("too few")
	}
}
