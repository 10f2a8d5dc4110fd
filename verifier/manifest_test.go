package verifier_test

import (
	"bytes"
	"context"
	"encoding/json"
	"os"
	"path/filepath"
	"sort"
	"strings"
	"testing"
	"time"

	"github.com/sealcheck/sealcheck/verifier"
	"github.com/sealcheck/sealcheck/verifier/fetch"
	"github.com/sealcheck/sealcheck/verifier/report"
	"github.com/sealcheck/sealcheck/verifier/trust"
)

// testdata is where the scenarios lie, seen from this package.
const testdata = "../testdata"

// scenario is one entry of testdata/manifest.json. The same entries run here
// (natively and under GOOS=js) and through the built page in Chromium.
type scenario struct {
	ID      string   `json:"id"`
	File    string   `json:"file"`
	At      string   `json:"at"`
	Policy  string   `json:"policy"`
	Network string   `json:"network"`
	Trust   []string `json:"trust"`
	Keys    []string `json:"keys"`
	Lists   []string `json:"lists"`
	Offline bool     `json:"offline"`
	About   string   `json:"about"`
	Expect  struct {
		Verdict  report.Verdict                      `json:"verdict"`
		Headline report.Headline                     `json:"headline"`
		Checks   map[report.CheckName]report.Outcome `json:"checks"`
		Codes    []report.Code                       `json:"codes"`
		Entries  []string                            `json:"entries"`
	} `json:"expect"`
}

func scenarios(t testing.TB) []scenario {
	t.Helper()
	data, err := os.ReadFile(filepath.Join(testdata, "manifest.json"))
	if err != nil {
		t.Fatal(err)
	}
	var manifest struct{ Scenarios []scenario }
	if err := json.Unmarshal(data, &manifest); err != nil {
		t.Fatal(err)
	}
	return manifest.Scenarios
}

func read(t testing.TB, name string) []byte {
	t.Helper()
	data, err := os.ReadFile(filepath.Join(testdata, filepath.FromSlash(name)))
	if err != nil {
		t.Fatal(err)
	}
	return data
}

// config is the configuration of a scenario, with the network handed in.
func (s scenario) config(t testing.TB, getter fetch.Getter) verifier.Config {
	t.Helper()
	at, err := time.Parse(time.RFC3339, s.At)
	if err != nil {
		t.Fatalf("%s: at: %v", s.ID, err)
	}
	config := verifier.Config{Getter: getter, Now: func() time.Time { return at }}
	for _, name := range s.Trust {
		config.Trust = append(config.Trust, trust.Source{Name: filepath.Base(name), Data: read(t, name)})
	}
	for _, name := range s.Lists {
		config.StatusLists = append(config.StatusLists, read(t, name))
	}
	for _, name := range s.Keys {
		config.Given = append(config.Given, read(t, name))
	}
	if s.Policy != "" {
		policy, ok := verifier.PolicyNamed(s.Policy)
		if !ok {
			policy, err = verifier.ParsePolicy(read(t, s.Policy))
			if err != nil {
				t.Fatalf("%s: %v", s.ID, err)
			}
		}
		config.Policy = policy
	}
	return config
}

// network answers from the scenario's recordings; a request without one fails
// the test by name.
func (s scenario) network(t testing.TB) fetch.Getter {
	t.Helper()
	if s.Offline || s.Network == "" {
		return fetch.Offline
	}
	at, _ := time.Parse(time.RFC3339, s.At)
	static, err := fetch.NewStatic(os.DirFS(filepath.Join(testdata, "network", s.Network)), at)
	if err != nil {
		t.Fatalf("%s: %v", s.ID, err)
	}
	static.Missing = func(request fetch.Request) {
		t.Errorf("%s: asks for %s (%s), which is not recorded", s.ID, request.Address, request.Kind)
	}
	return static
}

func verify(t testing.TB, config verifier.Config, file []byte) *report.Report {
	t.Helper()
	v, err := verifier.New(config)
	if err != nil {
		t.Fatal(err)
	}
	return v.Verify(context.Background(), file)
}

// deciding is the credential of a report that gives the file its headline.
func deciding(r *report.Report) report.Credential {
	i, _, _ := report.Worst(r.Credentials)
	return r.Credentials[i]
}

func TestManifest(t *testing.T) {
	all := scenarios(t)
	if len(all) < 120 {
		t.Errorf("%d scenarios; at least 120 are promised", len(all))
	}
	ids := map[string]bool{}
	seen := map[report.Headline]int{}
	for _, s := range all {
		if ids[s.ID] {
			t.Errorf("two scenarios are called %s", s.ID)
		}
		ids[s.ID] = true
		seen[s.Expect.Headline]++
		t.Run(s.ID, func(t *testing.T) {
			file := read(t, s.File)
			asked := &asked{Getter: s.network(t)}
			config := s.config(t, asked)
			got := verify(t, config, file)
			asked.check(t, got)
			if got.Verdict != s.Expect.Verdict || got.Headline != s.Expect.Headline {
				t.Errorf("%s: %s/%s, want %s/%s", s.About, got.Verdict, got.Headline, s.Expect.Verdict, s.Expect.Headline)
			}
			worst := deciding(got)
			codes := map[report.Code]bool{}
			for i, check := range worst.Checks {
				if check.Name != report.CheckNames[i] {
					t.Fatalf("check %d is %s", i, check.Name)
				}
				if want, ok := s.Expect.Checks[check.Name]; ok && want != check.Outcome {
					t.Errorf("%s is %s %v, want %s", check.Name, check.Outcome, check.Codes, want)
				}
				for _, code := range check.Codes {
					codes[code] = true
				}
			}
			for _, code := range s.Expect.Codes {
				if !codes[code] {
					t.Errorf("%s was not found", code)
				}
			}
			if t.Failed() {
				for _, check := range worst.Checks {
					t.Logf("%-10s %-8s %v", check.Name, check.Outcome, check.Findings)
				}
			}
			wellFormed(t, got, config.Policy.Demands)
			if s.Expect.Entries != nil {
				entries(t, got, s.Expect.Entries)
			}

			// Same bytes, instant and network: the same report, byte for byte.
			first, _ := json.Marshal(got)
			again, _ := json.Marshal(verify(t, s.config(t, s.network(t)), file))
			if !bytes.Equal(first, again) {
				t.Error("two runs give two reports")
			}
		})
	}
	for _, headline := range report.Headlines() {
		if seen[headline] == 0 {
			t.Errorf("no scenario ends in %s", headline)
		}
	}
}

// asked is a log of everything that a verification asks for.
type asked struct {
	fetch.Getter
	requests []fetch.Request
	agreed   map[string]bool
}

func (a *asked) Get(ctx context.Context, request fetch.Request) (fetch.Response, error) {
	a.requests = append(a.requests, request)
	return a.Getter.Get(ctx, request)
}

func (a *asked) Consents(ctx context.Context, request fetch.Request) bool {
	consenting, ok := a.Getter.(fetch.Consenting)
	yes := ok && consenting.Consents(ctx, request)
	if a.agreed == nil {
		a.agreed = map[string]bool{}
	}
	a.agreed[request.Address] = a.agreed[request.Address] || yes
	return yes
}

// check: only what the report lists was asked, and no address had an
// identifier of the credential or of its learner in it to which nobody had
// agreed.
func (a *asked) check(t *testing.T, r *report.Report) {
	t.Helper()
	listed := map[string]bool{}
	for _, c := range r.Consulted {
		listed[c.Address] = true
	}
	for _, w := range r.Wanted {
		listed[w.Address] = true // asked of a host that said that it may not
	}
	for _, request := range a.requests {
		if !listed[report.Clip(request.Address)] {
			t.Errorf("asked %s, which the report does not list", request.Address)
		}
		if request.Kind != fetch.StatusList || a.agreed[request.Address] {
			continue
		}
		for _, c := range r.Credentials {
			if c.Description == nil {
				continue
			}
			if i := strings.LastIndexAny(c.Description.ID, ":/"); i >= 0 && len(c.Description.ID)-i > 8 && strings.Contains(request.Address, c.Description.ID[i+1:]) {
				t.Errorf("asked %s, which names the credential", request.Address)
			}
		}
	}
}

// entries holds the entries of a report against "path: role aside headline
// code code", see build/npm/registry.mjs.
func entries(t *testing.T, r *report.Report, want []string) {
	t.Helper()
	if len(r.Credentials) != len(want) {
		t.Errorf("%d entries, want %d", len(r.Credentials), len(want))
	}
	for i := range min(len(want), len(r.Credentials)) {
		c := r.Credentials[i]
		aside := ""
		if c.Aside {
			aside = " aside"
		}
		got := c.Path + ": " + c.Role + aside + " " + c.Headline.String()
		words := strings.Fields(want[i][len(got[:min(len(got), len(want[i]))]):])
		if !strings.HasPrefix(want[i]+" ", got+" ") {
			t.Errorf("entry %d is %q, want %q", i, got, want[i])
			continue
		}
		for _, word := range words {
			found := false
			for _, check := range c.Checks {
				for _, code := range check.Codes {
					found = found || string(code) == word
				}
			}
			if !found {
				t.Errorf("entry %d, %s: no %s", i, got, word)
			}
		}
	}
	// Each entry that stands in another one says in which, and that is there.
	paths := map[string]bool{}
	for _, c := range r.Credentials {
		if c.Path != "" && (!paths[c.Of] || !strings.HasPrefix(c.Path, c.Of+"/")) {
			t.Errorf("%s stands in %q", c.Path, c.Of)
		}
		if paths[c.Path] {
			t.Errorf("two entries stand at %s", c.Path)
		}
		paths[c.Path] = true
	}
}

// wellFormed holds a report against what every report promises.
func wellFormed(t *testing.T, r *report.Report, demands report.Demands) {
	t.Helper()
	if len(r.Credentials) == 0 || r.Saying.Key == "" {
		t.Error("a report without credentials or sentence")
	}
	for _, c := range r.Credentials {
		if len(c.Checks) != len(report.CheckNames) {
			t.Errorf("%d checks", len(c.Checks))
		}
		for i, check := range c.Checks {
			if check.Name != report.CheckNames[i] || len(check.Codes) == 0 {
				t.Errorf("check %d is %s with %v", i, check.Name, check.Codes)
			}
			for _, finding := range check.Findings {
				if owner := finding.Code.Check(); owner != check.Name && owner != "" {
					t.Errorf("%s stands in the row of %s", finding.Code, check.Name)
				}
				if finding.Code == report.InternalUnexpected {
					t.Errorf("%s: a fault of our own: %s", check.Name, finding.Detail)
				}
			}
		}
		if verdict, headline := report.SumUp(c.Checks, demands); verdict != c.Verdict || headline != c.Headline {
			t.Errorf("the rows give %s/%s, the credential says %s/%s", verdict, headline, c.Verdict, c.Headline)
		}
	}
}

// failures are the ways in which a host can fail to answer.
var failures = map[string]func() (fetch.Response, error){
	"500": func() (fetch.Response, error) { return fetch.Response{Status: 500, Body: []byte("oops")}, nil },
	"html": func() (fetch.Response, error) {
		return fetch.Response{Status: 200, ContentType: "text/html", Body: []byte("<!doctype html><title>Please log in</title>")}, nil
	},
	"nothing": func() (fetch.Response, error) { return fetch.Response{}, fetch.ErrUnreachable },
	"empty":   func() (fetch.Response, error) { return fetch.Response{Status: 200}, nil },
	"too much": func() (fetch.Response, error) {
		return fetch.Response{Status: 200, Body: bytes.Repeat([]byte(" "), fetch.DIDDocument.MaxBody()+1)}, nil
	},
	"404": func() (fetch.Response, error) { return fetch.Response{Status: 404, Body: []byte("{}")}, nil },
	"json": func() (fetch.Response, error) {
		return fetch.Response{Status: 200, Body: []byte(`{"error":"maintenance"}`)}, nil
	},
}

// TestOutages: in every scenario with a network, each host in turn fails in
// each way. A failing host never makes anything better than it was, and never
// makes an honest file look changed or revoked (asks 5).
func TestOutages(t *testing.T) {
	tried := 0
	for _, s := range scenarios(t) {
		if s.Offline || s.Network == "" {
			continue
		}
		// Who asks to do without the answer of a host does without it also
		// where that would have been bad.
		if len(s.config(t, nil).Policy.Demands.Optional) > 0 {
			continue
		}
		recorded := s.network(t)
		file := read(t, s.File)
		before := verify(t, s.config(t, recorded), file)
		hosts := map[string]bool{}
		for _, consulted := range before.Consulted {
			hosts[fetch.Host(consulted.Address)] = true
		}
		names := make([]string, 0, len(hosts))
		for host := range hosts {
			names = append(names, host)
		}
		sort.Strings(names)
		for _, host := range names {
			for how, fail := range failures {
				tried++
				broken := fetch.GetterFunc(func(ctx context.Context, request fetch.Request) (fetch.Response, error) {
					if fetch.Host(request.Address) == host {
						return fail()
					}
					response, err := recorded.Get(ctx, request)
					return response, err
				})
				after := verify(t, s.config(t, broken), file)
				same := after.Headline == before.Headline
				switch after.Headline {
				case report.Altered, report.Revoked:
					if !same {
						t.Errorf("%s, %s answers %s: %s becomes %s", s.ID, host, how, before.Headline, after.Headline)
					}
				case report.Verified, report.Identified, report.Unlisted:
					if after.Headline > before.Headline {
						t.Errorf("%s, %s answers %s: %s becomes %s", s.ID, host, how, before.Headline, after.Headline)
					}
				}
				wellFormed(t, after, s.config(t, nil).Policy.Demands)
			}
		}
	}
	if tried < 100 {
		t.Errorf("only %d outages tried", tried)
	}
	t.Logf("%d outages", tried)
}
