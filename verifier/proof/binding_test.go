package proof

import (
	"encoding/json"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/sealcheck/sealcheck/verifier/envelope"
	"github.com/sealcheck/sealcheck/verifier/internal/publickey"
	"github.com/sealcheck/sealcheck/verifier/internal/strictjson"
	"github.com/sealcheck/sealcheck/verifier/report"
)

// TestVectorsBinding: each KB-JWT of the RFC, of the draft and of Credo was
// made by the key that its credential names, for what is shown; and no more
// after one part is taken away, or the last letter of the signature is another.
func TestVectorsBinding(t *testing.T) {
	data := vector(t, "manifest.json")
	var manifest struct {
		Entries []struct{ File, Format, Role string }
	}
	if err := json.Unmarshal(data, &manifest); err != nil {
		t.Fatal(err)
	}
	at := time.Date(2026, 11, 1, 0, 0, 0, 0, time.UTC)
	bound := 0
	for _, entry := range manifest.Entries {
		if !strings.Contains(entry.Format, "sd-jwt") || entry.Role != "credential" {
			continue
		}
		e, findings := envelope.Open(vector(t, entry.File))
		if !findings.Outcome().Lets() || e.SD == nil {
			t.Errorf("%s: %v", entry.File, findings)
			continue
		}
		if e.SD.KeyBinding == "" {
			continue
		}
		bound++
		if got := CheckBinding(e, at, nil); got.Outcome() != report.Pass || !got.Has(report.HolderKeySigned) || got[0].Facts["date"] == "" || got[0].Facts["name"] == "" {
			t.Errorf("%s: %v", entry.File, got)
		}
		changed := *e.SD
		end := strings.LastIndexByte(changed.KeyBinding, '.')
		changed.KeyBinding = changed.KeyBinding[:end+1] + flip(changed.KeyBinding[end+1:])
		forged := e
		forged.SD = &changed
		if got := CheckBinding(forged, at, nil); !got.Has(report.HolderBindingMismatch) {
			t.Errorf("%s with another signature: %v", entry.File, got)
		}
		if text := string(vector(t, entry.File)); text[0] != '{' {
			parts := strings.Split(strings.Join(strings.Fields(text), ""), "~")
			if len(parts) < 3 {
				continue
			}
			less, findings := envelope.Open([]byte(strings.Join(append(parts[:1:1], parts[2:]...), "~")))
			if !findings.Outcome().Lets() {
				continue // what is left belongs to what was taken away
			}
			if got := CheckBinding(less, at, nil); !got.Has(report.HolderBindingOther) {
				t.Errorf("%s with a part less: %v", entry.File, got)
			}
		}
	}
	if bound < 6 {
		t.Errorf("only %d", bound)
	}
	t.Logf("%d bound to a key", bound)
}

// flip changes the first letter of a text in base64url.
func flip(text string) string {
	if text[0] == 'A' {
		return "B" + text[1:]
	}
	return "A" + text[1:]
}

// TestVectorsPlainSDJWT: the examples of RFC 9901 that are no credentials are
// refused by their type, and their issuer's signature is good all the same.
func TestVectorsPlainSDJWT(t *testing.T) {
	jwk, err := strictjson.Parse(vector(t, "ietf-sd-jwt/issuer-key.jwk.json"))
	if err != nil {
		t.Fatal(err)
	}
	public, err := publickey.FromJWK(jwk)
	if err != nil {
		t.Fatal(err)
	}
	files, err := filepath.Glob(filepath.Join("../../../shared/vectors", "ietf-sd-jwt", "sd-jwt-*"))
	if err != nil || len(files) < 7 {
		if os.Getenv("CI") == "" && len(files) == 0 {
			t.Skip("0 vectors: the folder is not here")
		}
		t.Fatal(err, len(files))
	}
	plain := 0
	for _, file := range files {
		e, findings := envelope.Open(vector(t, "ietf-sd-jwt/"+filepath.Base(file)))
		if e.SD == nil {
			if !strings.Contains(file, "sd-jwt-01") {
				t.Errorf("%s: %v", file, findings)
			}
			continue
		}
		algorithm := algorithmOf("ES256")
		if err := algorithm.Start(nil, e.JWS, &e.JWS.Signatures[0], public)(); err != nil {
			t.Errorf("%s: %v", file, err)
		}
		_, findings = Read(e, ACredential, nil)
		if typ := e.JWS.Signatures[0].Header.At("typ").Text(); typ == "example+sd-jwt" {
			plain++
			if !findings.Has(report.ProofTypeWrong) {
				t.Errorf("%s: %v", file, findings)
			}
		}
	}
	if plain < 4 {
		t.Errorf("only %d", plain)
	}
}

func FuzzCheckBinding(f *testing.F) {
	const token = "eyJ0eXAiOiJrYitqd3QiLCJhbGciOiJFUzI1NiJ9.eyJpYXQiOjEsImF1ZCI6ImEiLCJub25jZSI6Im4iLCJzZF9oYXNoIjoieCJ9.AAAA"
	f.Add([]byte(token), []byte(`{"cnf":{"jwk":{"kty":"EC","crv":"P-256","x":"TCAER19Zvu3OHF4j4W4vfSVoHIP1ILilDls7vCeGemc","y":"ZxjiWWbZMQGHVWKVQ4hbSIirsVfuecCE6t4jT9F2HZQ"}}}`))
	f.Add([]byte(token), []byte(`{"cnf":{"kid":"x"}}`))
	f.Fuzz(func(t *testing.T, binding, payload []byte) {
		text := "eyJ0eXAiOiJkYytzZC1qd3QifQ." + b64(string(payload)) + ".AA~" + string(binding)
		e, _ := envelope.Open([]byte(text))
		if e.SD == nil || e.SD.KeyBinding == "" {
			return
		}
		got := CheckBinding(e, time.Unix(1_800_000_000, 0), nil)
		if len(got) == 0 || got.Has(report.InternalUnexpected) {
			t.Error(got)
		}
	})
}
