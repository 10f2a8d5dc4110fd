package library

import (
	"context"
	"strings"
	"testing"
	"testing/fstest"
	"time"

	"github.com/sealcheck/sealcheck/verifier/fetch"
	"github.com/sealcheck/sealcheck/verifier/internal/keydocument"
	"github.com/sealcheck/sealcheck/verifier/report"
)

func TestMetadataAddress(t *testing.T) {
	for issuer, want := range map[string]string{
		"https://example.com":              "https://example.com/.well-known/jwt-vc-issuer",
		"https://example.com/":             "https://example.com/.well-known/jwt-vc-issuer",
		"https://example.com/tenant/1234":  "https://example.com/.well-known/jwt-vc-issuer/tenant/1234",
		"https://example.com/tenant/1234/": "https://example.com/.well-known/jwt-vc-issuer/tenant/1234",
		"https://example.com:8443/a":       "https://example.com:8443/.well-known/jwt-vc-issuer/a",
		"https://example.com/a?b":          "",
		"https://example.com?b":            "",
		"https://example.com/a#b":          "",
		"http://example.com":               "",
		"did:web:example.com":              "",
		"example.com":                      "",
		"":                                 "",
	} {
		if got := MetadataAddress(issuer); got != want {
			t.Errorf("%s: %q, want %q", issuer, got, want)
		}
	}
}

func TestMetadata(t *testing.T) {
	const key = `{"kty":"OKP","crv":"Ed25519","x":"11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo","kid":"k"}`
	many := strings.Repeat(key+",", 101) + key
	for body, want := range map[string]report.Code{
		`{"issuer":"https://a.example/i","jwks":{"keys":[` + key + `]}}`:                              "",
		`{"issuer":"https://a.example/i","jwks_uri":"https://keys.example/set"}`:                      "",
		`{"issuer":"https://a.example/i","jwks_uri":"https://keys.example/none"}`:                     report.KeyUnreachable,
		`{"issuer":"https://a.example/i","jwks_uri":"https://keys.example/page"}`:                     report.KeyDocumentInvalid,
		`{"issuer":"https://a.example/i","jwks_uri":"http://keys.example/set"}`:                       report.KeyAddressRefused,
		`{"issuer":"https://a.example/i","jwks_uri":1}`:                                               report.KeyAddressRefused,
		`{"issuer":"https://a.example/i","jwks":{"keys":[]},"jwks_uri":"https://keys.example/set"}`:   report.KeyDocumentInvalid,
		`{"issuer":"https://a.example/i"}`:                                                            report.KeyDocumentInvalid,
		`{"issuer":"https://a.example/i/","jwks":{"keys":[` + key + `]}}`:                             report.KeyDocumentMismatch,
		`{"issuer":["https://a.example/i"],"jwks":{"keys":[` + key + `]}}`:                            report.KeyDocumentMismatch,
		`{"jwks":{"keys":[` + key + `]}}`:                                                             report.KeyDocumentMismatch,
		`{"issuer":"https://a.example/i","issuer":"https://b.example","jwks":{"keys":[` + key + `]}}`: report.KeyDocumentInvalid,
		`{"issuer":"https://a.example/i","jwks":{"keys":[` + many + `]}}`:                             report.KeyDocumentTooLarge,
		`<html></html>`: report.KeyDocumentInvalid,
	} {
		files := fstest.MapFS{
			"index.json": {Data: []byte(`{"https://a.example/.well-known/jwt-vc-issuer/i":{"file":"m.json"},"https://keys.example/set":{"file":"set.json"},"https://keys.example/page":{"file":"page.json"},"https://keys.example/none":{"status":404}}`)},
			"m.json":     {Data: []byte(body)},
			"set.json":   {Data: []byte(`{"keys":[` + key + `]}`)},
			"page.json":  {Data: []byte(`{"id":"https://keys.example/page"}`)},
		}
		static, err := fetch.NewStatic(files, time.Unix(0, 0))
		if err != nil {
			t.Fatal(err)
		}
		library := New(context.Background(), fetch.NewSession(static, time.Unix(0, 0), nil))
		d, err := library.OpenMetadata("https://a.example/i")
		if got := report.CodeOf(err); err != nil && got != want || err == nil && want != "" {
			t.Errorf("%.90s: %v, want %s", body, err, want)
			continue
		}
		if err == nil && (!d.Speaks() || d.Kind != keydocument.KeySet || len(d.Entries) != 1 || d.Address == "") {
			t.Errorf("%.90s: %+v", body, d)
		}
	}
}
