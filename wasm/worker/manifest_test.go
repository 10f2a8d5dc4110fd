//go:build !js

package main

import (
	"bytes"
	"context"
	"encoding/json"
	"flag"
	"io/fs"
	"net/url"
	"os"
	"path"
	"path/filepath"
	"testing"
	"time"

	"github.com/sealcheck/sealcheck/verifier"
	"github.com/sealcheck/sealcheck/verifier/fetch"
	"github.com/sealcheck/sealcheck/verifier/trust"
)

const testdata = "../../testdata"

// reports is a folder to leave the core's own reports in: what the worker in
// workerd must answer, byte for byte (build/e2e/worker.test.js).
var reports = flag.String("reports", "", "write native reports into this folder")

type scenario struct {
	ID      string   `json:"id"`
	File    string   `json:"file"`
	At      string   `json:"at"`
	Policy  string   `json:"policy"`
	Network string   `json:"network"`
	Trust   []string `json:"trust"`
	Keys    []string `json:"keys"`
	Offline bool     `json:"offline"`
}

func scenarios(t testing.TB) []scenario {
	t.Helper()
	var manifest struct{ Scenarios []scenario }
	if err := json.Unmarshal(read(t, "manifest.json"), &manifest); err != nil {
		t.Fatal(err)
	}
	return manifest.Scenarios
}

// networked is some scenario that asks a host.
func networked(t testing.TB) scenario {
	t.Helper()
	for _, s := range scenarios(t) {
		if s.Network == "web" && !s.Offline {
			return s
		}
	}
	t.Fatal("no scenario has a network")
	return scenario{}
}

func read(t testing.TB, name string) []byte {
	t.Helper()
	data, err := fs.ReadFile(os.DirFS(testdata), path.Clean(name))
	if err != nil {
		t.Fatal(err)
	}
	return data
}

// settings are those of a worker that judges as the scenario has it.
func (s scenario) settings(t testing.TB) []byte {
	t.Helper()
	wanted := map[string]any{"offline": "0", "policy": s.Policy}
	if s.Offline {
		wanted["offline"] = "1"
	}
	if _, preset := verifier.PolicyNamed(s.Policy); !preset && s.Policy != "" {
		wanted["policy"] = string(read(t, s.Policy))
	}
	var lists []map[string]string
	for _, name := range s.Trust {
		lists = append(lists, map[string]string{"name": filepath.Base(name), "text": string(read(t, name))})
	}
	wanted["trust"] = lists
	var given []string
	for _, name := range s.Keys {
		given = append(given, string(read(t, name)))
	}
	wanted["given"] = given
	data, err := json.Marshal(wanted)
	if err != nil {
		t.Fatal(err)
	}
	return data
}

// core is the report that the core itself gives.
func (s scenario) core(t testing.TB, at time.Time, getter fetch.Getter) []byte {
	t.Helper()
	config := verifier.Config{Getter: getter, Now: func() time.Time { return at }}
	for _, name := range s.Trust {
		config.Trust = append(config.Trust, trust.Source{Name: filepath.Base(name), Data: read(t, name)})
	}
	for _, name := range s.Keys {
		config.Given = append(config.Given, read(t, name))
	}
	policy, preset := verifier.PolicyNamed(s.Policy)
	if !preset && s.Policy != "" {
		var err error
		if policy, err = verifier.ParsePolicy(read(t, s.Policy)); err != nil {
			t.Fatal(err)
		}
	}
	config.Policy = policy
	v, err := verifier.New(config)
	if err != nil {
		t.Fatal(err)
	}
	data, err := json.Marshal(v.Verify(context.Background(), read(t, s.File)))
	if err != nil {
		t.Fatal(err)
	}
	return data
}

func (s scenario) network(t testing.TB, at time.Time) fetch.Getter {
	t.Helper()
	if s.Offline || s.Network == "" {
		return fetch.Offline
	}
	static, err := fetch.NewStatic(os.DirFS(filepath.Join(testdata, "network", s.Network)), at)
	if err != nil {
		t.Fatal(err)
	}
	return static
}

// The handler's answers are the core's reports, byte for byte.
func TestManifest(t *testing.T) {
	for _, s := range scenarios(t) {
		t.Run(s.ID, func(t *testing.T) {
			at, err := time.Parse(time.RFC3339, s.At)
			if err != nil {
				t.Fatal(err)
			}
			want := s.core(t, at, s.network(t, at))
			service := newTestService(t, string(s.settings(t)), s.network(t, at))
			w := ask(service, "POST", "/verify?at="+url.QueryEscape(s.At), bytes.NewReader(read(t, s.File)))
			if w.Code != 200 || !bytes.Equal(w.Body.Bytes(), want) {
				t.Errorf("%d\n%s\nwant\n%s", w.Code, w.Body, want)
			}
			if *reports != "" {
				if err := os.WriteFile(filepath.Join(*reports, s.ID+".json"), want, 0o644); err != nil {
					t.Fatal(err)
				}
			}
		})
	}
}
