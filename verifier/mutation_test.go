package verifier

import (
	"context"
	"encoding/json"
	"os"
	"path/filepath"
	"testing"
	"time"

	"github.com/sealcheck/sealcheck/verifier/fetch"
	"github.com/sealcheck/sealcheck/verifier/report"
	"github.com/sealcheck/sealcheck/verifier/trust"
)

// TestT19EveryCheckMatters takes each check away in turn, by letting it pass
// whatever it is given, and runs the scenarios again: some must then end
// otherwise, and wherever a check alone stands between a file and `valid`,
// some must end valid that may not (T19).
func TestT19EveryCheckMatters(t *testing.T) {
	data, err := os.ReadFile("../testdata/manifest.json")
	if err != nil {
		t.Fatal(err)
	}
	var manifest struct {
		Scenarios []struct {
			ID, File, At, Network, Policy string
			Trust, Keys, Lists            []string
			Offline                       bool
			Expect                        struct{ Verdict, Headline string }
		}
	}
	if err := json.Unmarshal(data, &manifest); err != nil {
		t.Fatal(err)
	}
	read := func(name string) []byte {
		data, err := os.ReadFile(filepath.Join("../testdata", filepath.FromSlash(name)))
		if err != nil {
			t.Fatal(err)
		}
		return data
	}
	// run gives how many scenarios end otherwise than expected, and how many
	// of those are valid.
	run := func() (other, valid int) {
		for _, s := range manifest.Scenarios {
			if s.Policy != "" && s.Policy != "strict" {
				continue
			}
			at, err := time.Parse(time.RFC3339, s.At)
			if err != nil {
				t.Fatal(err)
			}
			config := Config{Now: func() time.Time { return at }}
			if !s.Offline && s.Network != "" {
				if config.Getter, err = fetch.NewStatic(os.DirFS(filepath.Join("../testdata/network", s.Network)), at); err != nil {
					t.Fatal(err)
				}
			}
			for _, name := range s.Trust {
				config.Trust = append(config.Trust, trust.Source{Name: name, Data: read(name)})
			}
			for _, name := range s.Lists {
				config.StatusLists = append(config.StatusLists, read(name))
			}
			for _, name := range s.Keys {
				config.Given = append(config.Given, read(name))
			}
			v, err := New(config)
			if err != nil {
				t.Fatal(err)
			}
			got := v.Verify(context.Background(), read(s.File))
			if got.Headline.String() != s.Expect.Headline {
				other++
				if got.Verdict == report.Valid {
					valid++
				}
			}
		}
		return other, valid
	}
	if other, _ := run(); other != 0 {
		t.Fatalf("%d scenarios end otherwise before anything was taken away", other)
	}
	passing := map[report.CheckName]report.Code{}
	for _, row := range report.Table() {
		if _, ok := passing[row.Code.Check()]; !ok && row.Outcome == report.Pass {
			passing[row.Code.Check()] = row.Code
		}
	}
	// Checks of which none passes in these formats yet.
	informative := map[report.CheckName]bool{report.CheckHolder: true, report.CheckSchema: true}
	for i := range steps {
		name, original := steps[i].name, steps[i].run
		if informative[name] {
			continue
		}
		code := passing[name]
		if name == report.CheckStatus {
			code = report.StatusNonePublished
		}
		steps[i].run = func(s *subject, ctx context.Context) report.Findings {
			original(s, ctx) // what it leaves for later steps stays
			return report.Findings{report.NewFinding(code, "")}
		}
		other, valid := run()
		steps[i].run = original
		t.Logf("without %-10s %3d scenarios end otherwise, %3d of them valid", name, other, valid)
		if other == 0 {
			t.Errorf("nothing notices that %s is not checked", name)
		}
		// Without envelope or key there is nothing that could be verified:
		// the signature stands behind them.
		if valid == 0 && name != report.CheckEnvelope && name != report.CheckKey {
			t.Errorf("%s alone keeps no scenario from being valid", name)
		}
	}
}
