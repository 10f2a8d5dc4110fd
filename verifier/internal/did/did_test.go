package did

import (
	"testing"

	"github.com/sealcheck/sealcheck/verifier/report"
)

func TestWebAddress(t *testing.T) {
	rows := map[string]string{
		"did:web:example.com":                   "https://example.com/.well-known/did.json",
		"did:web:Example.COM":                   "https://example.com/.well-known/did.json",
		"did:web:example.com%3A3000":            "https://example.com:3000/.well-known/did.json",
		"did:web:example.com%3a3000:user:alice": "https://example.com:3000/user/alice/did.json",
		"did:web:w3c-ccg.github.io:user:a_b-c":  "https://w3c-ccg.github.io/user/a_b-c/did.json",
		"did:web:example.com:caf%C3%A9":         "https://example.com/caf%C3%A9/did.json",
		"did:web:xn--mnchen-3ya.example":        "https://xn--mnchen-3ya.example/.well-known/did.json",
		"did:web:127.0.0.1":                     "",
		"did:web:127.1":                         "",
		"did:web:0x7f000001":                    "",
		"did:web:2130706433":                    "",
		"did:web:%5B%3A%3A1%5D":                 "",
		"did:web:user%40example.com":            "",
		"did:web:example.com%2Fpath":            "",
		"did:web:example.com%3A":                "",
		"did:web:example.com%3A0":               "",
		"did:web:example.com%3A80a":             "",
		"did:web:example.com%3A123456":          "",
		"did:web:example.com:":                  "",
		"did:web::example.com":                  "",
		"did:web:example.com::a":                "",
		"did:web:example.com:..":                "",
		"did:web:example.com:%2e%2E":            "",
		"did:web:example.com:.":                 "",
		"did:web:example.com:a%2Fb":             "",
		"did:web:example.com:a%5Cb":             "",
		"did:web:example.com:a%00":              "",
		"did:web:example.com:a%3Fb":             "",
		"did:web:example.com:a%23b":             "",
		"did:web:example.com.":                  "",
		"did:web:example.com:a%zz":              "",
		"did:web:example.com%3A3000%3A3000":     "",
		"did:web:exam ple.com":                  "",
		"did:web:exämple.com":                   "",
		"did:web:example.com%3A443:%40alice":    "https://example.com:443/%40alice/did.json",
	}
	for did, expected := range rows {
		_, specific, err := Parse(did)
		address := ""
		if err == nil {
			address, err = WebAddress(did, specific)
		}
		if address != expected || expected == "" && report.CodeOf(err) != report.KeyIdentifierMalformed {
			t.Errorf("%s: %q %v, want %q", did, address, err, expected)
		}
	}
}
