package hosted

import (
	"context"
	"strings"
	"testing"
	"time"

	"github.com/sealcheck/sealcheck/verifier/credential"
	"github.com/sealcheck/sealcheck/verifier/envelope"
	"github.com/sealcheck/sealcheck/verifier/fetch"
	"github.com/sealcheck/sealcheck/verifier/internal/strictjson"
	"github.com/sealcheck/sealcheck/verifier/report"
)

// TestWithin: where an issuer says that its badges are, and where they are
// without a word of it.
func TestWithin(t *testing.T) {
	const issuer = "https://a.example/issuer"
	tests := []struct {
		address, scope string
		want           bool
	}{
		{"https://a.example/1", ``, true},
		{"https://A.example:443/1", ``, true},
		{"https://a.example:8443/1", ``, false},
		{"https://b.a.example/1", ``, false},
		{"https://a.example.evil.example/1", ``, false},
		{"https://a.example@evil.example/1", ``, false},
		{"https://b.example/1", `"startsWith":"https://b.example/"`, true},
		{"https://b.example/1", `"startsWith":"http://b.example/"`, true},
		{"https://b.example/1", `"startsWith":"https://b.example"`, true},
		{"https://b.example.evil.example/1", `"startsWith":"https://b.example"`, false},
		{"https://b.examples/1", `"startsWith":"https://b.example"`, false},
		{"https://b.example@evil.example/1", `"startsWith":"https://b.example"`, false},
		{"https://b.example:8443/1", `"startsWith":"https://b.example"`, false},
		{"https://evil.example/1", `"startsWith":"https://"`, false},
		{"https://evil.example/1", `"startsWith":""`, false},
		{"https://a.example/1", `"startsWith":[]`, false},
		{"https://a.example/1", `"startsWith":null`, true},
		{"https://a.example/1", `"startsWith":7`, false},
		{"https://b.example/x/1", `"startsWith":["https://b.example/y/","https://b.example/x/"]`, true},
		{"https://b.example/1", `"allowedOrigins":"b.example"`, true},
		{"https://b.example/1", `"allowedOrigins":["c.example","https://b.example/"]`, true},
		{"https://c.b.example/1", `"allowedOrigins":"b.example"`, false},
		{"https://b.example:8443/1", `"allowedOrigins":"b.example"`, false},
		{"https://b.example/1", `"allowedOrigins":"b.example/x"`, false},
		{"https://a.example/1", `"allowedOrigins":"b.example"`, false},
		{"https://a.example/1", `"allowedOrigins":"*"`, false},
		{"https://b.example/1", `"startsWith":"https://b.example/","allowedOrigins":"a.example"`, false},
		{"urn:x:1", `"startsWith":"urn:"`, false},
		{"", ``, false},
	}
	for _, test := range tests {
		profile, err := strictjson.Parse([]byte(`{"verification":{` + test.scope + `}}`))
		if err != nil {
			t.Fatal(err)
		}
		if got := within(test.address, profile, issuer); got != test.want {
			t.Errorf("%s within %s: %t", test.address, test.scope, got)
		}
	}
}

// TestDiffers: what a file says is held against what its website keeps.
func TestDiffers(t *testing.T) {
	const kept = `{"id":"https://a.example/1","recipient":{"type":"email","identity":"h","hashed":true},"issuedOn":"2026-01-01","narrative":["n"],
		"badge":{"id":"https://a.example/b","name":"N","issuer":{"id":"https://a.example/i","name":"I"}}}`
	for file, want := range map[string]string{
		`{}`: "",
		`{"recipient":{"type":"email","identity":"h","hashed":true}}`:                 "",
		`{"recipient":{"type":["email"],"identity":"h"}}`:                             "",
		`{"recipient":{"identity":"H"}}`:                                              "recipient",
		`{"recipient":{"identity":"h","hashed":false}}`:                               "recipient",
		`{"recipient":{"identity":"h","salt":"s"}}`:                                   "recipient",
		`{"recipient":"h"}`:                                                           "recipient",
		`{"issuedOn":"2026-01-02"}`:                                                   "issuedOn",
		`{"expires":"2030-01-01"}`:                                                    "expires",
		`{"expires":null}`:                                                            "",
		`{"narrative":"n"}`:                                                           "",
		`{"narrative":"m"}`:                                                           "narrative",
		`{"badge":"http://a.example/b"}`:                                              "",
		`{"badge":"https://a.example/c"}`:                                             "badge",
		`{"badge":{"name":"N"}}`:                                                      "",
		`{"badge":[{"name":"M"}]}`:                                                    "badge name",
		`{"badge":{"id":"https://a.example/b","issuer":"https://a.example/i"}}`:       "",
		`{"badge":{"id":"https://a.example/b","issuer":"https://famous.example/i"}}`:  "issuer",
		`{"badge":{"issuer":{"id":"https://a.example/i","name":"Famous"}}}`:           "issuer name",
		`{"image":"https://a.example/x.png","@context":[],"extensions:x":{"a":true}}`: "",
	} {
		mine, _ := strictjson.Parse([]byte(file))
		theirs, err := strictjson.Parse([]byte(kept))
		if err != nil {
			t.Fatal(err)
		}
		if got := differs(mine, theirs, theirs); got != want {
			t.Errorf("%s: %q, want %q", file, got, want)
		}
	}
	if got := differs(strictjson.Value{}, strictjson.Value{}, strictjson.Value{}); got != "" {
		t.Error(got)
	}
}

// website answers with one body, whatever is asked, and agrees to all.
type website struct {
	body   []byte
	status int
	asked  *int
}

func (w website) Get(context.Context, fetch.Request) (fetch.Response, error) {
	*w.asked++
	return fetch.Response{Status: w.status, Body: w.body}, nil
}

func (website) Consents(context.Context, fetch.Request) bool { return true }

// FuzzOpen: whatever a website answers, it is asked for few addresses, and
// its word is taken only for a badge that says that it is kept there.
func FuzzOpen(f *testing.F) {
	const address = "https://a.example/1"
	file, _ := strictjson.Parse([]byte(`{"@context":"https://w3id.org/openbadges/v2","id":"` + address + `","type":"Assertion","recipient":{"identity":"h"},"badge":"https://a.example/b"}`))
	for _, seed := range []string{
		`{}`, `[]`, `<html>`, `{"revoked":true}`, `{"id":"https://a.example/2","revoked":true}`, string(file.Append(nil)),
		`{"@context":"https://w3id.org/openbadges/v2","id":"https://a.example/b","type":"BadgeClass","issuer":"https://a.example/i"}`,
		`{"recipient":"h","badge":{"issuer":{"origin":"https://a.example"}}}`,
		`{"@context":"https://w3id.org/openbadges/v2","id":"https://a.example/1","type":"Assertion","recipient":{"identity":"h"},"badge":{"issuer":{"id":"https://a.example/1","verification":{"startsWith":"https://a.example/"}}}}`,
	} {
		f.Add([]byte(seed), 200)
		f.Add([]byte(seed), 410)
	}
	f.Fuzz(func(t *testing.T, body []byte, status int) {
		for _, known := range []strictjson.Value{file, {}} {
			c, _ := credential.Read(envelope.Envelope{Form: envelope.Address, Address: address}, nil, nil)
			if known.Kind() == strictjson.Object {
				c, _ = credential.OldBadge(known)
			}
			asked := 0
			session := fetch.NewSession(website{body, status, &asked}, time.Unix(1e9, 0), nil)
			answer := Open(t.Context(), Question{Credential: c, File: known, Session: session})
			if asked > 5 {
				t.Fatalf("%d addresses asked", asked)
			}
			if len(answer.Proof) == 0 {
				t.Fatal("no word on what was found")
			}
			held := answer.Proof.Has(report.ProofHostedMatch) || answer.Proof.Has(report.ProofHostedDiffers)
			if held && (!answer.Kept || status < 200 || status > 299 || len(answer.Issuer) == 0) {
				t.Fatalf("%d: taken for the website's word: %v %v", status, answer.Proof, answer.Issuer)
			}
			if id := answer.Document.At("id").Text(); held && id != "" && id != address && !strings.Contains(string(body), `"verify"`) && fetch.Secure(id) != address {
				t.Fatalf("%s was kept as %s", id, address)
			}
			if answer.Withdrawn != answer.Proof.Has(report.ProofHostedWithdrawn) || answer.Withdrawn && held {
				t.Fatalf("%v", answer.Proof)
			}
		}
	})
}
