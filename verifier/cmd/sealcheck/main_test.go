package main

import (
	"bytes"
	"crypto/ed25519"
	"encoding/base64"
	"encoding/json"
	"errors"
	"io"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/sealcheck/sealcheck/verifier"
	"github.com/sealcheck/sealcheck/verifier/fetch"
	"github.com/sealcheck/sealcheck/verifier/internal/limits"
	"github.com/sealcheck/sealcheck/verifier/report"
)

const (
	unsigned = `{"@context":["https://www.w3.org/ns/credentials/v2"],"type":["VerifiableCredential"],` +
		`"issuer":"did:web:example.org","credentialSubject":{"name":"A"}}`
	garbage = "\x00\x01\x02 no credential"
)

// call runs the command and gives exit status, standard output and error.
func call(t *testing.T, stdin string, args ...string) (int, string, string) {
	t.Helper()
	var stdout, stderr bytes.Buffer
	status := run(args, strings.NewReader(stdin), &stdout, &stderr)
	return status, stdout.String(), stderr.String()
}

// write puts a file into a folder, with the folders on the way to it.
func write(t *testing.T, folder, name, data string) string {
	t.Helper()
	path := filepath.Join(folder, name)
	if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(path, []byte(data), 0o644); err != nil {
		t.Fatal(err)
	}
	return path
}

// lines reads JSON lines.
func lines(t *testing.T, out string) []map[string]any {
	t.Helper()
	var all []map[string]any
	for _, line := range strings.Split(strings.TrimSuffix(out, "\n"), "\n") {
		var object map[string]any
		if err := json.Unmarshal([]byte(line), &object); err != nil {
			t.Fatalf("%v: %q", err, line)
		}
		all = append(all, object)
	}
	return all
}

func TestExitStatus(t *testing.T) {
	folder := t.TempDir()
	undecided := write(t, folder, "undecided.json", unsigned)
	bad := write(t, folder, "bad.bin", garbage)
	for _, test := range []struct {
		name string
		args []string
		want int
	}{
		{"indeterminate", []string{undecided}, exitIndeterminate},
		{"invalid", []string{bad}, exitInvalid},
		{"invalid before indeterminate", []string{undecided, bad, undecided}, exitInvalid},
		{"folder", []string{folder}, exitInvalid},
	} {
		for _, form := range [][]string{{"--offline"}, {"--offline", "--json"}} {
			status, out, errors := call(t, "", append(append([]string{"verify"}, form...), test.args...)...)
			if status != test.want || out == "" || errors != "" {
				t.Errorf("%s %v: status %d, want %d; %s", test.name, form, status, test.want, errors)
			}
		}
	}
}

// TestExitStatusOfVerdicts: the sum over verdicts, without files.
func TestExitStatusOfVerdicts(t *testing.T) {
	config := verifier.Config{Now: time.Now}
	v, err := verifier.New(config)
	if err != nil {
		t.Fatal(err)
	}
	show := func(io.Writer, string, *report.Report) error { return nil }
	if status := verifyAll(v, nil, nil, io.Discard, io.Discard, show); status != exitValid {
		t.Errorf("nothing invalid and nothing undecided: %d", status)
	}
	missing := []string{filepath.Join(t.TempDir(), "gone.json"), standardInput}
	var stdout, stderr bytes.Buffer
	status := verifyAll(v, missing, strings.NewReader(unsigned), &stdout, &stderr, jsonLine)
	if status != exitUsage || !strings.Contains(stderr.String(), "gone.json") || len(lines(t, stdout.String())) != 1 {
		t.Errorf("a file that is gone by then: %d %q %q", status, stdout.String(), stderr.String())
	}
	broken := func(io.Writer, string, *report.Report) error { return io.ErrClosedPipe }
	if status := verifyAll(v, []string{standardInput}, strings.NewReader(""), io.Discard, io.Discard, broken); status != exitUsage {
		t.Errorf("an output that takes nothing: %d", status)
	}
}

func TestUsage(t *testing.T) {
	folder := t.TempDir()
	file := write(t, folder, "a.json", unsigned)
	empty := filepath.Join(folder, "empty")
	if err := os.Mkdir(empty, 0o755); err != nil {
		t.Fatal(err)
	}
	write(t, folder, "hidden/.only.json", unsigned)
	hidden := filepath.Join(folder, "hidden")
	nonsense := write(t, folder, "nonsense", "{")
	badPolicy := write(t, folder, "policy.json", `{"accept":["revoked"]}`)
	symmetric := write(t, folder, "symmetric.jwk", `{"kty":"oct","k":"AAAA"}`)
	write(t, folder, "contexts/index.json", `{"https://a.example/c":"missing.json"}`)
	write(t, folder, "contexts2/index.json", `{"https://a.example/c":"../a.json"}`)
	write(t, folder, "contexts3/index.json", `{"https://a.example/c":1}`)
	write(t, folder, "contexts4/index.json", `{"https://a.example/c":"c.json"}`)
	write(t, folder, "contexts4/c.json", `{"no":"context"}`)
	write(t, folder, "network/index.json", `[]`)
	large := write(t, folder, "large.jwt", "")
	if err := os.Truncate(large, limits.ListBytes+1); err != nil {
		t.Fatal(err)
	}
	in := func(name string) string { return filepath.Join(folder, name) }

	for name, args := range map[string][]string{
		"nothing":              {},
		"unknown verb":         {"check", file},
		"no file":              {"verify"},
		"flags only":           {"verify", "--offline"},
		"unknown flag":         {"verify", "--fast", file},
		"one dash":             {"verify", "-json", file},
		"short flag":           {"verify", "-j", file},
		"flag after file":      {"verify", file, "--fast"},
		"missing file":         {"verify", "--offline", in("none.json")},
		"missing after good":   {"verify", "--offline", "--json", file, in("none.json")},
		"missing after --":     {"verify", "--offline", "--", "--json"},
		"empty folder":         {"verify", "--offline", empty},
		"hidden files only":    {"verify", "--offline", hidden},
		"no instant":           {"verify", "--at", "yesterday", file},
		"instant without zone": {"verify", "--at", "2026-01-01T00:00:00", file},
		"no such day":          {"verify", "--at=2026-02-30", file},
		"empty instant":        {"verify", "--at=", file},
		"instant twice":        {"verify", "--at", "2026-01-01", "--at", "2026-01-02", file},
		"value missing":        {"verify", file, "--at"},
		"value is a flag":      {"verify", "--trust", "--json", file},
		"value unwanted":       {"verify", "--json=yes", file},
		"unknown policy":       {"verify", "--policy", "lax", file},
		"bad policy":           {"verify", "--policy", badPolicy, file},
		"policy no JSON":       {"verify", "--policy", nonsense, file},
		"policy a folder":      {"verify", "--policy", folder, file},
		"key missing":          {"verify", "--key", in("none.pem"), file},
		"key unreadable":       {"verify", "--key", nonsense, file},
		"key symmetric":        {"verify", "--key", symmetric, file},
		"trust missing":        {"verify", "--trust", in("none.json"), file},
		"trust a folder":       {"verify", "--trust", folder, file},
		"network missing":      {"verify", "--network", in("none"), file},
		"network no index":     {"verify", "--network", empty, file},
		"network bad index":    {"verify", "--network", in("network"), file},
		"list missing":         {"verify", "--list", in("none.jwt"), file},
		"list a folder":        {"verify", "--list", folder, file},
		"list too large":       {"verify", "--list", large, file},
		"too many lists":       append([]string{"verify", file}, slices.Repeat([]string{"--list=" + file}, limits.ListsSupplied+1)...),
		"list without value":   {"verify", "--list=", file},
		"contact of what":      {"verify", "--contact-issuer=yes", file},
		"contexts missing":     {"verify", "--contexts", in("none"), file},
		"context missing":      {"verify", "--contexts", in("contexts"), file},
		"context outside":      {"verify", "--contexts", in("contexts2"), file},
		"context no name":      {"verify", "--contexts", in("contexts3"), file},
		"context no context":   {"verify", "--contexts", in("contexts4"), file},
		"stdin twice":          {"verify", "--offline", "-", "-"},
	} {
		status, out, errors := call(t, unsigned, args...)
		if status != exitUsage || out != "" || !strings.HasPrefix(errors, "sealcheck: ") || strings.Contains(errors, "cmd.error") {
			t.Errorf("%s: status %d, output %q, error %q", name, status, out, errors)
		}
	}
}

func TestHelpAndVersion(t *testing.T) {
	for _, args := range [][]string{{"help"}, {"--help"}, {"-h"}, {"help", "verify"}, {"verify", "--help"}, {"verify", "x", "-h"}} {
		status, out, errors := call(t, "", args...)
		if status != exitValid || !strings.Contains(out, "--network DIR") || errors != "" {
			t.Errorf("%v: %d %q %q", args, status, out, errors)
		}
		for name := range flags {
			if !strings.Contains(out, "--"+name) && name != "help" {
				t.Errorf("help does not name --%s", name)
			}
		}
		for _, name := range verifier.PolicyNames() {
			if !strings.Contains(out, name) {
				t.Errorf("help does not name the policy %s", name)
			}
		}
	}
	for _, args := range [][]string{{"version"}, {"--version"}} {
		if status, out, _ := call(t, "", args...); status != exitValid || out != "sealcheck "+verifier.Version+"\n" {
			t.Errorf("%v: %d %q", args, status, out)
		}
	}
}

func TestFlagOrder(t *testing.T) {
	file := write(t, t.TempDir(), "a.json", unsigned)
	want := ""
	for _, args := range [][]string{
		{"verify", "--json", "--offline", "--at", "2026-01-02", file},
		{"verify", file, "--json", "--offline", "--at", "2026-01-02"},
		{"verify", "--at=2026-01-02", file, "--offline", "--json"},
		{"verify", "--json", "--offline", "--at=2026-01-02T00:00:00Z", "--", file},
		{"verify", "--json", "--offline", "--at", "2026-01-02T03:00:00+03:00", file},
	} {
		status, out, errors := call(t, "", args...)
		if status != exitIndeterminate || errors != "" {
			t.Errorf("%v: %d %s", args, status, errors)
		}
		if want == "" {
			want = out
		}
		if out != want {
			t.Errorf("%v: %s, want %s", args, out, want)
		}
	}
	if !strings.Contains(want, `"at":"2026-01-02T00:00:00Z"`) {
		t.Errorf("judged at another instant: %s", want)
	}
}

// TestJSON: the file's name first, then the members of the report, on one
// line for each input.
func TestJSON(t *testing.T) {
	status, out, _ := call(t, unsigned, "verify", "--json", "--offline", "--at", "2026-01-01", "-")
	if status != exitIndeterminate || strings.Count(out, "\n") != 1 {
		t.Fatalf("%d %q", status, out)
	}
	const begins = `{"file":"-","verdict":"indeterminate","headline":"not_signed","saying":{`
	if !strings.HasPrefix(out, begins) {
		t.Errorf("begins %.90q, want %q", out, begins)
	}
	object := lines(t, out)[0]
	v, err := verifier.New(verifier.Config{Now: func() time.Time { return time.Date(2026, 1, 1, 0, 0, 0, 0, time.UTC) }})
	if err != nil {
		t.Fatal(err)
	}
	marshalled, err := json.Marshal(v.Verify(t.Context(), []byte(unsigned)))
	if err != nil {
		t.Fatal(err)
	}
	delete(object, "file")
	again, _ := json.Marshal(object)
	var plain any
	json.Unmarshal(marshalled, &plain)
	sorted, _ := json.Marshal(plain)
	if string(again) != string(sorted) {
		t.Errorf("members differ from the report's:\n%s\n%s", again, sorted)
	}
}

func TestFolder(t *testing.T) {
	folder := t.TempDir()
	for _, name := range []string{"b.json", "a/z.json", "a/deep/er.json", "a.json", ".hidden.json", ".git/config", "a/.x/y.json"} {
		write(t, folder, name, unsigned)
	}
	outside := write(t, t.TempDir(), "linked.json", unsigned)
	if err := os.Symlink(outside, filepath.Join(folder, "link.json")); err != nil {
		t.Skip("no links here")
	}
	if err := os.Symlink(folder, filepath.Join(folder, "circle")); err != nil {
		t.Fatal(err)
	}
	before := write(t, t.TempDir(), "zz.json", garbage)
	status, out, errors := call(t, unsigned, "verify", "--json", "--offline", before, folder, "-")
	if status != exitInvalid || errors != "" {
		t.Fatalf("%d %s", status, errors)
	}
	want := []string{before}
	for _, name := range []string{"a.json", "a/deep/er.json", "a/z.json", "b.json", "link.json"} {
		want = append(want, filepath.Join(folder, filepath.FromSlash(name)))
	}
	want = append(want, "-")
	var got []string
	for _, object := range lines(t, out) {
		got = append(got, object["file"].(string))
	}
	if strings.Join(got, "\n") != strings.Join(want, "\n") {
		t.Errorf("files %q, want %q", got, want)
	}
	// A hidden file that is named is read, and so is a folder behind a link.
	if status, _, _ := call(t, "", "verify", "--offline", filepath.Join(folder, ".hidden.json")); status != exitIndeterminate {
		t.Errorf("named hidden file: %d", status)
	}
	if status, _, _ := call(t, "", "verify", "--offline", filepath.Join(folder, "circle", "a")); status != exitIndeterminate {
		t.Errorf("folder behind a link: %d", status)
	}
}

func TestTooLarge(t *testing.T) {
	large := io.LimitReader(endless{}, limits.PackedBytes+1000)
	var stdout, stderr bytes.Buffer
	if status := run([]string{"verify", "--offline", "--json", "-"}, large, &stdout, &stderr); status != exitInvalid {
		t.Errorf("status %d: %s", status, stderr.String())
	}
	if !strings.Contains(stdout.String(), `"envelope.too_large"`) || !strings.Contains(stdout.String(), `"bytes":33554433`) {
		t.Errorf("%.300s", stdout.String())
	}
}

type endless struct{}

func (endless) Read(p []byte) (int, error) {
	for i := range p {
		p[i] = '{'
	}
	return len(p), nil
}

// TestNetwork: a recording answers, and what it does not hold is answered by
// nobody.
func TestNetwork(t *testing.T) {
	folder := t.TempDir()
	write(t, folder, "index.json", `{"https://example.org/.well-known/did.json":{"status":404}}`)
	token := "eyJhbGciOiJFUzI1NiIsImtpZCI6ImRpZDp3ZWI6ZXhhbXBsZS5vcmcjayIsInR5cCI6InZjK2p3dCJ9." + // {"alg":"ES256","kid":"did:web:example.org#k","typ":"vc+jwt"}
		"eyJAY29udGV4dCI6WyJodHRwczovL3d3dy53My5vcmcvbnMvY3JlZGVudGlhbHMvdjIiXSwidHlwZSI6WyJWZXJpZmlhYmxlQ3JlZGVudGlhbCJdLCJpc3N1ZXIiOiJkaWQ6d2ViOmV4YW1wbGUub3JnIiwiY3JlZGVudGlhbFN1YmplY3QiOnsiaWQiOiJkaWQ6ZXhhbXBsZTphIn19." +
		strings.Repeat("A", 86)
	for _, test := range []struct {
		args []string
		want string
	}{
		{[]string{"--network", folder}, `"consulted":[{"address":"https://example.org/.well-known/did.json"`},
		{[]string{"--network", folder, "--offline"}, `"consulted":[{"address":"https://example.org/.well-known/did.json"`},
		{[]string{"--offline"}, `"refused":"offline"`},
	} {
		args := append([]string{"verify", "--json", "--at", "2026-01-01"}, test.args...)
		status, out, errors := call(t, token, append(args, "-")...)
		if status != exitIndeterminate || errors != "" || !strings.Contains(out, test.want) {
			t.Errorf("%v: %d %s %s", test.args, status, errors, out)
		}
	}
}

// TestConfiguration: what the command line names arrives in the core.
func TestConfiguration(t *testing.T) {
	folder := t.TempDir()
	list := write(t, folder, "list.json", "not a list")
	policy := write(t, folder, "policy.json", `{"name":"ours","accept":["unlisted"]}`)
	point, _, err := ed25519.GenerateKey(nil)
	if err != nil {
		t.Fatal(err)
	}
	public := write(t, folder, "key.jwk", `{"kty":"OKP","crv":"Ed25519","x":"`+base64.RawURLEncoding.EncodeToString(point)+`"}`)
	write(t, folder, "contexts/index.json", `{"https://a.example/c":"c.json"}`)
	write(t, folder, "contexts/c.json", `{"@context":{}}`)
	a, err := parseArguments([]string{"verify", "--offline", "--trust", list, "--trust=" + list, "--policy", policy,
		"--key", public, "--key", public, "--list", list, "--list=" + policy, "--contexts", filepath.Join(folder, "contexts"), "x"})
	if err != nil {
		t.Fatal(err)
	}
	config, err := configure(a)
	if err != nil {
		t.Fatal(err)
	}
	if len(config.Trust) != 2 || config.Trust[0].Name != "list.json" || string(config.Trust[0].Data) != "not a list" || config.Trust[0].Err != nil {
		t.Errorf("trust: %+v", config.Trust)
	}
	if len(config.StatusLists) != 2 || string(config.StatusLists[0]) != "not a list" {
		t.Errorf("status lists: %q", config.StatusLists)
	}
	if config.Policy.Name != "ours" || len(config.Given) != 2 || len(config.Contexts["https://a.example/c"]) == 0 {
		t.Errorf("%+v", config)
	}
	// A list that can be read and is none is no mistake in the command line.
	status, out, errors := call(t, unsigned, "verify", "--json", "--offline", "--trust", list, "-")
	if status != exitIndeterminate || errors != "" || !strings.Contains(out, `"problem":"trust.list_invalid"`) {
		t.Errorf("%d %s %s", status, errors, out)
	}
	if status, out, _ := call(t, unsigned, "verify", "--json", "--offline", "--policy", "accept-unlisted", "-"); status != exitIndeterminate ||
		!strings.Contains(out, `"policy":"accept-unlisted"`) {
		t.Errorf("named policy: %d %s", status, out)
	}
}

// TestContactIssuer: what shows which credential is checked is asked only
// where the user, or the recording, says so; and only the web has a memory.
func TestContactIssuer(t *testing.T) {
	folder := t.TempDir()
	write(t, folder, "index.json", `{"https://a.example.org/1":{"consent":true}}`)
	for _, test := range []struct {
		args      []string
		one, two  bool
		remembers bool
	}{
		{nil, false, false, true},
		{[]string{"--contact-issuer"}, true, true, true},
		{[]string{"--offline"}, false, false, false},
		{[]string{"--network", folder}, true, false, false},
		{[]string{"--network", folder, "--contact-issuer"}, true, true, false},
	} {
		a, err := parseArguments(append([]string{"verify", "x"}, test.args...))
		if err != nil {
			t.Fatal(err)
		}
		config, err := configure(a)
		if err != nil {
			t.Fatal(err)
		}
		if (config.Memory != nil) != test.remembers {
			t.Errorf("%v: memory %v", test.args, config.Memory)
		}
		for name, want := range map[string]bool{"1": test.one, "2": test.two} {
			request := fetch.Request{Address: "https://a.example.org/" + name, Kind: fetch.StatusList, Identifies: fetch.ByPath}
			if got := config.Getter.(fetch.Consenting).Consents(t.Context(), request); got != want {
				t.Errorf("%v: %s: %v, want %v", test.args, request.Address, got, want)
			}
		}
	}
}

// TestStanding: a line for each entry, with the list's host, its dates and
// what stands in it; and how to have asked what was not.
func TestStanding(t *testing.T) {
	at := time.Date(2026, 11, 22, 10, 0, 0, 0, time.UTC)
	issued, until, one, none := at.AddDate(0, 0, -1), at.AddDate(0, 0, 1), 1, 0
	status := report.NewCheck(report.CheckStatus, report.Findings{report.NewFinding(report.StatusWouldIdentify, "", "host", "e.example")})
	r := &report.Report{At: at, Consulted: []report.Consulted{
		{Address: "https://a.example/1", Kind: "status-list", Time: at},
		{Address: "https://b.example/1", Kind: "status-list", Time: at.Add(-time.Hour), Memory: true},
		{Address: "https://d.example/1", Kind: "status-list", Time: at, Error: "timeout"},
	}, Wanted: []report.Wanted{{Address: "https://e.example/u", Refused: "identifies"}, {Address: "https://f.example/u", Refused: "offline"}},
		Credentials: []report.Credential{{Headline: report.Incomplete, Saying: report.Saying{Key: "incomplete"}, Checks: []report.Check{status}, Standing: []report.Standing{
			{Mechanism: "TokenStatusList", Address: "https://a.example/1", From: "network", Value: &none, Purpose: "revocation", Issued: &issued, Until: &until, Code: report.StatusGood},
			{Mechanism: "BitstringStatusListEntry", Address: "https://b.example/1", From: "memory", Value: &one, Purpose: "message\x1b[2J", Code: report.StatusMessageSet},
			{Mechanism: "crl", From: "file", Issued: &issued, Value: &none, Code: report.StatusCertificateGood},
			{Mechanism: "StatusList2021Entry", Address: "https://c.example/1", From: "supplied", Code: report.StatusListExpired},
			{Mechanism: "x", Address: "https://d.example/1", Code: report.StatusListTimeout},
		}}},
	}
	var out bytes.Buffer
	if err := (text{}).show(&out, "f", r); err != nil {
		t.Fatal(err)
	}
	for _, want := range []string{
		"  What is said of its standing:\n" +
			"    a.example Read on 22 November 2026, 10:00 UTC. Issued on 21 November 2026, 10:00 UTC. Good until 23 November 2026, 10:00 UTC. No mark for it (revocation). [status.good]\n" +
			"    b.example Read on 22 November 2026, 09:00 UTC and kept since. The mark for it: 1 (message\\u{1b}[2J). [status.message_set]\n" +
			"    crl It came in the file. Issued on 21 November 2026, 10:00 UTC. No mark for it. [status.certificate_good]\n" +
			"    c.example Handed in with --list. [status.list_expired]\n" +
			"    d.example Not read. [status.list_timeout]\n",
		word("next.status.would_identify", nil) + "\n    To have it asked, add --contact-issuer.\n",
		"  Asked: https://a.example/1\n", "  Asked for an earlier file: https://b.example/1\n", "  Asked, without an answer: https://d.example/1\n",
		"  Not asked, since it would show which record is checked: https://e.example/u\n", "  Not asked, but would have helped: https://f.example/u\n",
	} {
		if !strings.Contains(out.String(), want) {
			t.Errorf("no %s\nin\n%s", want, out.String())
		}
	}
}

func TestText(t *testing.T) {
	folder := t.TempDir()
	hostile := `{"@context":["https://www.w3.org/ns/credentials/v2"],"type":["VerifiableCredential"],` +
		`"issuer":{"id":"did:web:example.org","name":"Uni\u202e\u001b[32mVERIFIED\u009b\u2028\u200d\udb40\udc41"},` +
		`"credentialSubject":{"name":"A\r\nTrust passed"}}`
	file := write(t, folder, "evil\x1b[2J.json", hostile)
	status, out, _ := call(t, "", "verify", "--offline", file)
	if status != exitIndeterminate {
		t.Errorf("status %d", status)
	}
	for _, r := range out {
		if r != '\n' && r != '\\' && visible(string(r)) != string(r) {
			t.Errorf("%U reaches the terminal", r)
		}
	}
	for _, name := range report.CheckNames {
		if !strings.Contains(out, "\n    "+word("check."+string(name), nil)+" ") {
			t.Errorf("no line for %s in\n%s", name, out)
		}
	}
	for _, want := range []string{"Not signed\n", `\u{202e}\u{1b}[32mVERIFIED\u{9b}`, "[proof.none]", "The file says of itself:", `evil\u{1b}[2J.json`} {
		if !strings.Contains(out, want) {
			t.Errorf("no %q in\n%s", want, out)
		}
	}
	status, out, _ = call(t, garbage, "verify", "--offline", "-")
	if status != exitInvalid || !strings.Contains(out, "\nSealcheck found no credential in this file that it can read.\n") {
		t.Errorf("%d %s", status, out)
	}
	// The same in JSON: nothing reaches the terminal, and nothing is lost.
	_, out, _ = call(t, "", "verify", "--offline", "--json", file)
	for _, r := range strings.TrimSuffix(out, "\n") {
		if visible(string(r)) != string(r) {
			t.Errorf("JSON: %U reaches the terminal", r)
		}
	}
	object := lines(t, out)[0]
	description := object["credentials"].([]any)[0].(map[string]any)["description"].(map[string]any)
	if name := description["issuer"].([]any)[0].(map[string]any)["value"]; name != "Uni\u202e\x1b[32mVERIFIED\u009b\u2028\u200d\U000e0041" {
		t.Errorf("JSON: the issuer became %+q", name)
	}
}

func TestColours(t *testing.T) {
	r := &report.Report{Verdict: report.Valid, Policy: "accept-unlisted", Headline: report.Unlisted, At: time.Unix(0, 0),
		Credentials: []report.Credential{{Verdict: report.Valid, Headline: report.Unlisted, Saying: report.Saying{Key: "unlisted.key_nameless"}}}}
	show := func(headline report.Headline, colours bool) string {
		r.Headline, r.Credentials[0].Headline = headline, headline
		var out bytes.Buffer
		if err := (text{colours: colours}).show(&out, "f", r); err != nil {
			t.Fatal(err)
		}
		return out.String()
	}
	const green = "\x1b[1;32m"
	for _, headline := range report.Headlines() {
		if strings.Contains(show(headline, false), "\x1b") {
			t.Errorf("%s: a colour where none is wanted", headline)
		}
		if painted := show(headline, true); strings.Contains(painted, green) != (headline == report.Verified) || !strings.Contains(painted, "\x1b[0m") {
			t.Errorf("%s: %q", headline, painted)
		}
	}
	if out := show(report.Unlisted, false); !strings.Contains(out, "The policy “accept-unlisted” takes this as good enough.") {
		t.Errorf("what the policy accepts is not said:\n%s", out)
	}
	// Neither a buffer nor a file is a terminal.
	file, err := os.Create(filepath.Join(t.TempDir(), "out"))
	if err != nil {
		t.Fatal(err)
	}
	defer file.Close()
	if isTerminal(file) || isTerminal(&bytes.Buffer{}) {
		t.Error("a file or buffer passes for a terminal")
	}
}

// TestSeveral: a file with several credentials gets a headline of its own and
// one for each.
func TestSeveral(t *testing.T) {
	bundle := `{"@context":["https://www.w3.org/ns/credentials/v2"],"type":["VerifiablePresentation"],"verifiableCredential":[` + unsigned + `,` + unsigned + `]}`
	status, out, _ := call(t, bundle, "verify", "--offline", "-")
	if status != exitIndeterminate || strings.Count(out, "What was checked:") != 3 || !strings.Contains(out, "3 × Not signed") ||
		!strings.Contains(out, "Part 3 of the file /verifiableCredential/1\n") {
		t.Errorf("%d\n%s", status, out)
	}
	// The file's sentence names one signer, and does not say so of the others.
	const samples = "../../../testdata/samples/"
	_, out, _ = call(t, "", "verify", "--offline", "--trust", samples+"trust.json", samples+"record.json")
	if !strings.Contains(out, "\n3 of 3 credentials. The first of them: Signed by Westerlund University") {
		t.Errorf("%s", out)
	}
}

// TestReadme: what the README shows can be typed as it stands, in the project's
// folder.
func TestReadme(t *testing.T) {
	t.Chdir("../../..")
	readme, err := os.ReadFile("README.md")
	if err != nil {
		t.Fatal(err)
	}
	var ends []int
	for line := range strings.Lines(string(readme)) {
		if words, ok := strings.CutPrefix(strings.TrimSpace(line), "go run ./verifier/cmd/sealcheck "); ok {
			status, out, problem := call(t, "", append(strings.Fields(words), "--offline")...)
			ends = append(ends, status)
			if problem != "" || !strings.Contains(out, "testdata/samples/") {
				t.Errorf("%s: %s %s", words, out, problem)
			}
		}
	}
	if want := []int{exitIndeterminate, exitValid}; !slices.Equal(ends, want) {
		t.Errorf("%v, want %v", ends, want)
	}
}

// TestSteps: what can be done about a badge that was not asked for, and nothing
// about a bundle whose holder no list names.
func TestSteps(t *testing.T) {
	const credentials = "../../../testdata/credentials/"
	_, out, _ := call(t, "", "verify", "--offline", credentials+"old-badge-hosted.json")
	if !strings.Contains(out, "add --contact-issuer") {
		t.Errorf("%s", out)
	}
	_, out, _ = call(t, "", "verify", "--offline", "--trust", "../../../testdata/trust/main.json", "--at", "2026-06-15", credentials+"vp2-di.json")
	if !strings.Contains(out, "A bundle, put together") || strings.Contains(out, "What you can do") {
		t.Errorf("%s", out)
	}
}

func TestVisible(t *testing.T) {
	for in, want := range map[string]string{
		"plain “é” ü 漢字 العربية": "plain “é” ü 漢字 العربية",
		"a\x1b]0;b\x07":   `a\u{1b}]0;b\u{7}`,
		"x\u2066y\ufeffz": `x\u{2066}y\u{feff}z`,
		"bad \xff byte":   `bad \u{fffd} byte`,
		"tag \U000e0041":  `tag \u{e0041}`,
	} {
		if got := visible(in); got != want {
			t.Errorf("visible(%+q) = %q, want %q", in, got, want)
		}
	}
}

func TestReason(t *testing.T) {
	_, err := os.Open(filepath.Join(t.TempDir(), "none"))
	if got := reason(err); strings.Contains(got, "none") || got == "" {
		t.Errorf("reason %q", got)
	}
	if got := reason(report.NewProblem(report.KeyPrivate, "d")); got != word("code.key.private", nil) {
		t.Errorf("reason %q", got)
	}
	if got := reason(errors.New("x")); got != "x" {
		t.Errorf("reason %q", got)
	}
}

func FuzzArguments(f *testing.F) {
	f.Add("verify --at=2026-01-01 x -- --json")
	f.Add("verify --trust a --trust")
	f.Fuzz(func(t *testing.T, line string) {
		a, err := parseArguments(strings.Split(line, " "))
		if err == nil && a.verb == verbVerify && len(a.files) == 0 {
			t.Error("nothing to verify")
		}
	})
}

func FuzzVisible(f *testing.F) {
	f.Add("a\x1b[31m\u202e")
	f.Fuzz(func(t *testing.T, foreign string) {
		if again := visible(visible(foreign)); again != visible(foreign) {
			t.Errorf("%q is not harmless", again)
		}
	})
}
