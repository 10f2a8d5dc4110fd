package verifier

import (
	"testing"

	"github.com/sealcheck/sealcheck/verifier/report"
)

func TestParsePolicy(t *testing.T) {
	good := map[string]Policy{
		`{}`: {Name: "own"},
		`{"name":"ours","accept":["identified"]}`:      {Name: "ours", Demands: report.Demands{Accept: []report.Headline{report.Identified}}},
		`{"optional":["status"],"require":["holder"]}`: {Name: "own", Demands: report.Demands{Optional: []report.CheckName{report.CheckStatus}, Require: []report.CheckName{report.CheckHolder}}},
	}
	for text, want := range good {
		got, err := ParsePolicy([]byte(text))
		if err != nil || got.Name != want.Name || len(got.Demands.Accept) != len(want.Demands.Accept) ||
			len(got.Demands.Optional) != len(want.Demands.Optional) || len(got.Demands.Require) != len(want.Demands.Require) {
			t.Errorf("%s: %+v, %v", text, got, err)
		}
	}
	for _, text := range []string{``, `[]`, `{"accept":["verified"]}`, `{"accept":["revoked"]}`, `{"accept":"unlisted"}`, `{"accept":[1]}`,
		`{"optional":["signature"]}`, `{"optional":["issuer"]}`, `{"optional":["key"]}`, `{"require":["signature"]}`, `{"acept":[]}`, `{"name":1}`,
		`{"name":"a","name":"b"}`} {
		if policy, err := ParsePolicy([]byte(text)); err == nil {
			t.Errorf("%s is taken as %+v", text, policy)
		}
	}
	for _, name := range PolicyNames() {
		if policy, ok := PolicyNamed(name); !ok || policy.check() != nil {
			t.Errorf("preset %s is bad", name)
		}
	}
}

func TestNewRefusesBadConfigurations(t *testing.T) {
	if _, err := New(Config{}); err == nil {
		t.Error("no clock was taken")
	}
}
