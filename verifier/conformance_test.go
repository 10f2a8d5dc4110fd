package verifier_test

import (
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
)

// vectors is where third-party data lies. It is read in place, never copied.
const vectors = "../../shared/vectors"

// vector is one entry of the vectors' manifest.
type vector struct {
	File, Format, Suite, Role, Expect, Why, Now string
	Needs                                       []string
	Key                                         string
	Offline                                     bool
}

func third(t *testing.T) []vector {
	t.Helper()
	data, err := os.ReadFile(filepath.Join(vectors, "manifest.json"))
	if err != nil {
		if os.Getenv("CI") != "" {
			t.Fatalf("the third-party vectors are missing: %v", err)
		}
		t.Skipf("skipped: the third-party vectors are not here (%s)", vectors)
	}
	var manifest struct{ Entries []json.RawMessage }
	if err := json.Unmarshal(data, &manifest); err != nil {
		t.Fatal(err)
	}
	entries := make([]vector, 0, len(manifest.Entries))
	for _, raw := range manifest.Entries {
		var entry vector
		// Some entries write key or needs in another shape; what matters
		// here is read as far as it goes.
		_ = json.Unmarshal(raw, &entry)
		entries = append(entries, entry)
	}
	return entries
}

// given are the key files that an entry names, where they lie.
func (v vector) given() [][]byte {
	var keys [][]byte
	suite, _, _ := strings.Cut(v.File, "/")
	for _, name := range append([]string{v.Key}, v.Needs...) {
		for _, path := range []string{filepath.Join(vectors, suite, name), filepath.Join(vectors, name), filepath.Join(vectors, filepath.Dir(v.File), name)} {
			if data, err := os.ReadFile(path); err == nil && strings.HasSuffix(strings.TrimSuffix(name, "k"), ".jw") || err == nil && strings.HasSuffix(name, ".json") || err == nil && strings.HasSuffix(name, ".jsonld") {
				keys = append(keys, data)
				break
			}
		}
	}
	return keys
}

// recorded answers for the one host whose documents lie beside the vectors.
func recorded(ctx context.Context, request fetch.Request) (fetch.Response, error) {
	path, ok := strings.CutPrefix(request.Address, "https://digitalcredentials.github.io/vc-test-fixtures/")
	if !ok {
		return fetch.Offline.Get(ctx, request)
	}
	data, err := os.ReadFile(filepath.Join(vectors, "dcc-vc-test-fixtures", filepath.FromSlash(path)))
	if err != nil {
		return fetch.Offline.Get(ctx, request)
	}
	return fetch.Response{Status: 200, Body: data}, nil
}

func (v vector) verify(t *testing.T) *report.Report {
	t.Helper()
	data, err := os.ReadFile(filepath.Join(vectors, v.File))
	if err != nil {
		t.Fatal(err)
	}
	at, err := time.Parse(time.RFC3339, v.Now)
	if err != nil {
		at = time.Date(2026, 6, 1, 0, 0, 0, 0, time.UTC)
	}
	config := verifier.Config{Getter: fetch.GetterFunc(recorded), Now: func() time.Time { return at }}
	for _, key := range v.given() {
		config.Given = append(config.Given, key)
		if _, err := verifier.New(config); err != nil {
			config.Given = config.Given[:len(config.Given)-1] // needed, but no key: a context, say
		}
	}
	return verify(t, config, data)
}

// signs says whether the signature of this kind of file is one that the core
// verifies today.
func (v vector) signs() bool {
	switch {
	case v.Role != "credential":
		return false
	case strings.Contains(v.Format, "sd-jwt"):
		return v.Offline && (v.Expect == "valid" || v.Expect == "expired")
	case strings.HasPrefix(v.Format, "JAdES"):
		return v.Expect == "valid-seal" || v.Expect == "valid-signature" || v.Expect == "valid"
	case strings.Contains(v.Format, "cose"):
		return v.Offline && v.Expect == "valid"
	case strings.Contains(v.Format, "jwt"):
		return v.Offline && (v.Expect == "valid" || v.Expect == "valid-signature" || v.Expect == "not-yet-valid" || v.Expect == "expired")
	case strings.Contains(v.Suite, "-jcs-"):
		return v.Expect == "valid"
	case overMeaning(v.Suite) && v.Offline && !strings.HasPrefix(v.Format, "test json"):
		switch v.Expect {
		case "valid", "valid-signature", "not-yet-valid", "expired", "revoked", "expired+revoked", "status-unusable":
			return true
		}
	}
	return false
}

// overMeaning says whether a suite signs the meaning of a document.
func overMeaning(suite string) bool {
	for _, name := range [...]string{"-rdfc-", "-sd-2023", "bbs-2023", "Ed25519Signature20", "JsonWebSignature2020", "EcdsaSecp256k1Signature2019"} {
		if strings.Contains(suite, name) {
			return true
		}
	}
	return false
}

// contested are files whose expectation we do not share, with the reason.
var contested = map[string]string{
	"esig-dss/jades/jades-detached-by-uri-hash-encoded-pars.json": "detached: what was signed is not in the file",
	"esig-dss/jades/simple-detached.json":                         "detached: what was signed is not in the file",
	"ietf-sd-jwt/sd-jwt-01-line1104.txt":                          "typ example+sd-jwt: the JWT of an SD-JWT, which is no credential by itself",
	"ietf-sd-jwt/sd-jwt-02-line1125.txt":                          "typ example+sd-jwt: an SD-JWT that is no credential",
	"ietf-sd-jwt/sd-jwt-03-line1164.txt":                          "typ example+sd-jwt: an SD-JWT that is no credential",
	"ietf-sd-jwt/sd-jwt-04-line2817.txt":                          "typ example+sd-jwt: an SD-JWT that is no credential",
	"ietf-sd-jwt/sd-jwt-jsonser-11-line1712.json":                 "typ example+sd-jwt: an SD-JWT that is no credential",
}

// TestConformance reads every third-party file that is a credential of some
// kind. Signatures of the kinds that the core verifies must pass; nothing
// that its source calls bad may be valid; nothing may bring a fault of ours.
func TestConformance(t *testing.T) {
	type tally struct{ signed, good, bad, held, read int }
	suites := map[string]*tally{}
	for _, v := range third(t) {
		if v.Role != "credential" && v.Role != "structure" && v.Role != "unsigned-input" {
			continue
		}
		suite, _, _ := strings.Cut(v.File, "/")
		if suites[suite] == nil {
			suites[suite] = &tally{}
		}
		n := suites[suite]
		n.read++
		got := v.verify(t)
		wellFormed(t, got, report.Demands{})

		if v.signs() {
			if why := contested[v.File]; why != "" {
				t.Logf("contested: %s: %s", v.File, why)
			} else {
				n.signed++
				outer := got.Credentials[0]
				if outcome := outer.Checks[4].Outcome; outcome.Lets() {
					n.good++
				} else {
					t.Errorf("%s (%s, %s): signature is %s", v.File, v.Format, v.Expect, outcome)
					for _, check := range outer.Checks[:6] {
						t.Logf("   %-10s %-8s %v", check.Name, check.Outcome, check.Findings)
					}
				}
			}
		}
		switch v.Expect {
		case "valid", "valid-signature", "valid-seal", "structure-valid", "?", "":
		default:
			n.bad++
			if got.Verdict == report.Valid {
				t.Errorf("%s is %s to its source and valid to us", v.File, v.Expect)
			} else {
				n.held++
			}
		}
		// Nobody handed in a trust list: nothing can be verified.
		if got.Verdict == report.Valid {
			t.Errorf("%s is valid although nobody vouches for anybody", v.File)
		}
	}
	names := make([]string, 0, len(suites))
	for name := range suites {
		names = append(names, name)
	}
	sort.Strings(names)
	for _, name := range names {
		n := suites[name]
		t.Logf("%-32s read %3d   signature passes %3d of %3d   bad ones never valid %3d of %3d", name, n.read, n.good, n.signed, n.held, n.bad)
	}
}

// TestFormats: files of others are taken for what their source says they are.
func TestFormats(t *testing.T) {
	formats := []struct{ kind, want string }{ // the first that the format or suite begins with
		{"DC4EU micro-credential attestation", "european-digital-credential"}, {"SURF OB3", "open-badges-3.0"}, {"micro-credential sample", "open-badges-3.0"},
		{"vc+cose", "vcdm-2.0"}, {"vp+cose", "presentation-2.0"}, {"vc+sd-jwt", "vcdm-2.0"}, {"vp+sd-jwt", "presentation-2.0"}, {"sd-jwt-vc", "sd-jwt-vc"},
		{"vc+jwt (vcdm1.1)", "vcdm-1.1"}, {"vp+jwt (vcdm1.1)", "presentation-1.1"}, {"vc+jwt in JSON", "vcdm-1.1"}, {"vc+jwt", "vcdm-2.0"}, {"vp+jwt", "presentation-2.0"}, {"ob3", "open-badges-3.0"},
		{"JAdES JSON sealed EDC", "european-digital-credential"},
	}
	counts := map[string]int{}
	for _, v := range third(t) {
		// A schema is no example; some files are wrong in just this.
		if v.Role != "credential" && v.Role != "structure" && v.Role != "unsigned-input" || strings.Contains(v.File, "/schemes/") || strings.Contains(v.File, "endorsement") ||
			strings.Contains(v.File, "err-type") || strings.Contains(v.File, "nonOB") {
			continue
		}
		for _, f := range formats {
			if !strings.HasPrefix(v.Format, f.kind) && !strings.HasPrefix(v.Suite, f.kind) {
				continue
			}
			got := v.verify(t).Credentials[0]
			counts[f.want]++
			if got.Format != f.want {
				t.Errorf("%s (%s, %s): %s", v.File, v.Format, v.Suite, got.Format)
			}
			break
		}
	}
	t.Log(counts)
}
