package status

import (
	"context"
	"crypto/x509"
	"strings"
	"testing"
	"time"

	"github.com/sealcheck/sealcheck/verifier/credential"
	"github.com/sealcheck/sealcheck/verifier/fetch"
	"github.com/sealcheck/sealcheck/verifier/internal/limits"
	"github.com/sealcheck/sealcheck/verifier/internal/strictjson"
	"github.com/sealcheck/sealcheck/verifier/key"
	"github.com/sealcheck/sealcheck/verifier/proof"
	"github.com/sealcheck/sealcheck/verifier/report"
)

// question is one to which nobody answers.
func question(c *credential.Credential, p *proof.Proof, k *key.Key) Question {
	return Question{Credential: c, Proof: p, Key: k, At: time.Unix(1781524800, 0).UTC(), Session: fetch.NewSession(nil, time.Unix(1781524800, 0).UTC(), nil)}
}

func codes(findings report.Findings) string {
	var list []string
	for _, finding := range findings {
		list = append(list, strings.TrimPrefix(string(finding.Code), "status."))
	}
	return strings.Join(list, " ")
}

func TestCheck(t *testing.T) {
	list := credential.Status{Type: "BitstringStatusListEntry", ID: "https://x/1#7", Value: strictjson.NewObject([]strictjson.Member{
		{Key: "statusListCredential", Value: strictjson.NewString("https://x/1")},
	})}
	plain := credential.Status{Type: "1EdTechRevocationList", ID: "https://x/2"}
	sealed := &key.Key{Chain: []*x509.Certificate{{CRLDistributionPoints: []string{"http://ca/crl"}, OCSPServer: []string{"http://ca/ocsp"}}}}
	cases := []struct {
		name    string
		entries []credential.Status
		key     *key.Key
		want    string
		outcome report.Outcome
	}{
		{"nothing", nil, nil, "none_published", report.None},
		{"nothing, a key of its own", nil, &key.Key{}, "none_published", report.None},
		{"every entry is told", []credential.Status{list, plain}, nil, "purpose_missing malformed", report.Unknown},
		{"an address", []credential.Status{{ID: "https://x/3"}}, nil, "malformed", report.Unknown},
		{"as many as can be", make([]credential.Status, limits.StatusEntries), nil, strings.TrimSpace(strings.Repeat("malformed ", limits.StatusEntries)), report.Unknown},
		{"more", make([]credential.Status, limits.StatusEntries+1), nil, "too_many", report.Unknown},
		{"a seal", nil, sealed, "none_published certificate_unchecked", report.Unknown},
		{"a seal that nobody can revoke", nil, &key.Key{Chain: []*x509.Certificate{{}}}, "none_published", report.None},
	}
	for _, c := range cases {
		_, findings := Check(context.Background(), question(&credential.Credential{Status: c.entries}, nil, c.key))
		if got := codes(findings); got != c.want || findings.Outcome() != c.outcome {
			t.Errorf("%s: %q %v", c.name, got, findings.Outcome())
		}
	}
	_, shown := Check(context.Background(), question(&credential.Credential{}, &proof.Proof{Selective: true}, nil))
	if codes(shown) != "may_be_hidden" || shown.Outcome() != report.Unknown {
		t.Error("of a part that the holder chose to show:", codes(shown))
	}
	_, findings := Check(context.Background(), question(&credential.Credential{Status: []credential.Status{list, plain}}, nil, sealed))
	for i, want := range []string{"https://x/1", "https://x/2", "http://ca/ocsp"} {
		if findings[i].Facts["address"] != want {
			t.Error(findings[i])
		}
	}
}
