package joseheader

import (
	"strings"
	"testing"

	"github.com/sealcheck/sealcheck/verifier/internal/strictjson"
	"github.com/sealcheck/sealcheck/verifier/report"
)

// broken gives the first rule that a header breaks, as proof.Read asks them.
func broken(h Header) string {
	h.Problem = func(code report.Code, detail string, pairs ...string) error {
		return report.NewProblem(code, detail, pairs...)
	}
	err := h.CheckNames()
	var critical []string
	if err == nil {
		critical, err = h.Critical()
	}
	if err == nil {
		err = h.CheckB64(critical)
	}
	if err == nil {
		err = h.CheckType()
	}
	return strings.TrimPrefix(string(report.CodeOf(err)), "proof.")
}

func TestHeader(t *testing.T) {
	const seal, plain = true, false
	for _, row := range []struct {
		protected, unprotected string
		seal                   bool
		want, wantPresentation string
	}{
		{`{}`, `{}`, plain, "", ""},
		{`{"typ":"vc+jwt","cty":"vc"}`, `{"kid":"k"}`, plain, "", "type_wrong"},
		{`{"typ":"application/VP+JWT"}`, `{}`, plain, "type_wrong", ""},
		{`{"typ":"JWT","cty":"vp"}`, `{}`, plain, "content_type_wrong", ""},
		{`{"typ":"vc+jwt","cty":"json"}`, `{}`, plain, "content_type_wrong", "type_wrong"},
		{`{"typ":"statuslist+jwt"}`, `{}`, plain, "type_wrong", "type_wrong"},
		{`{"typ":"dc+sd-jwt"}`, `{}`, plain, "type_wrong", "type_wrong"},
		{`{"typ":"vp+sd-jwt"}`, `{}`, plain, "type_wrong", "type_wrong"},
		{`{"typ":"kb+jwt"}`, `{}`, plain, "type_wrong", "type_wrong"},
		{`{"typ":""}`, `{}`, plain, "type_wrong", "type_wrong"},
		{`{"typ":1}`, `{}`, plain, "header_malformed", "header_malformed"},
		{`{"cty":1}`, `{}`, plain, "header_malformed", "header_malformed"},
		{`{"cty":"text/plain"}`, `{}`, seal, "", ""},
		{`{"ALG":"none"}`, `{}`, plain, "header_malformed", "header_malformed"},
		{`{}`, `{"Kid":"k"}`, plain, "header_malformed", "header_malformed"},
		{`{"kid":"k"}`, `{"kid":"k"}`, plain, "header_overlap", "header_overlap"},
		{`{}`, `{"crit":[]}`, plain, "crit_unprotected", "crit_unprotected"},
		{`{}`, `{"b64":true}`, plain, "b64_malformed", "b64_malformed"},
		{`{"crit":"b64"}`, `{}`, plain, "crit_malformed", "crit_malformed"},
		{`{"crit":[]}`, `{}`, plain, "crit_empty", "crit_empty"},
		{`{"crit":[1]}`, `{}`, plain, "crit_malformed", "crit_malformed"},
		{`{"b64":true,"crit":["b64","b64"]}`, `{}`, plain, "crit_duplicate", "crit_duplicate"},
		{`{"alg":"x","crit":["alg"]}`, `{}`, plain, "crit_standard", "crit_standard"},
		{`{"exp":1,"crit":["exp"]}`, `{}`, plain, "crit_unknown", "crit_unknown"},
		{`{"exp":1,"crit":["exp"]}`, `{}`, seal, "", ""},
		{`{"sigT":"x","crit":["sigT"]}`, `{}`, plain, "crit_unknown", "crit_unknown"},
		{`{"sigT":"x","crit":["sigT"]}`, `{}`, seal, "", ""},
		{`{"crit":["b64"]}`, `{}`, plain, "crit_absent", "crit_absent"},
		{`{"b64":1,"crit":["b64"]}`, `{}`, seal, "b64_malformed", "b64_malformed"},
		{`{"b64":true}`, `{}`, seal, "b64_not_critical", "b64_not_critical"},
		{`{"b64":true,"crit":["b64"]}`, `{}`, plain, "", ""},
		{`{"b64":false,"crit":["b64"]}`, `{}`, plain, "b64_unexpected", "b64_unexpected"},
		{`{"b64":false,"crit":["b64"]}`, `{}`, seal, "", ""},
		{`{"b64":false,"typ":"JWT","crit":["b64"]}`, `{}`, seal, "b64_unexpected", "b64_unexpected"},
	} {
		protected, err := strictjson.Parse([]byte(row.protected))
		if err != nil {
			t.Fatal(err)
		}
		unprotected, err := strictjson.Parse([]byte(row.unprotected))
		if err != nil {
			t.Fatal(err)
		}
		h := Header{Protected: protected, Unprotected: unprotected, Seal: row.seal, Payload: "x"}
		if got := broken(h); got != row.want {
			t.Errorf("%s %s: %q, want %q", row.protected, row.unprotected, got, row.want)
		}
		h.Presentation = true
		if got := broken(h); got != row.wantPresentation {
			t.Errorf("%s %s in a presentation: %q, want %q", row.protected, row.unprotected, got, row.wantPresentation)
		}
	}
}

func FuzzHeader(f *testing.F) {
	f.Add([]byte(`{"alg":"ES256","crit":["b64"],"b64":false,"typ":"vc+jwt"}`), []byte(`{"kid":"k"}`))
	f.Add([]byte(`{"CRIT":[]}`), []byte(`{"etsiU":[]}`))
	f.Fuzz(func(t *testing.T, protected, unprotected []byte) {
		p, err := strictjson.Parse(protected)
		if err != nil {
			return
		}
		u, err := strictjson.Parse(unprotected)
		if err != nil {
			return
		}
		for _, h := range []Header{{Protected: p, Unprotected: u}, {Protected: p, Unprotected: u, Seal: true, Payload: "x"}, {Protected: p, Presentation: true}} {
			if got := broken(h); got == string(report.InternalUnexpected) {
				t.Error(got)
			}
		}
	})
}

// TestTypes: a token of one kind that is offered as another is refused, in
// every pair (RFC 8725 3.11; T20).
func TestTypes(t *testing.T) {
	offered := map[string]Header{
		"credential": {}, "presentation": {Presentation: true}, "list": {StatusList: true},
		"SD-JWT credential": {Disclosing: true}, "SD-JWT presentation": {Disclosing: true, Presentation: true},
		"SD-JWT list": {Disclosing: true, StatusList: true},
	}
	for typ, fits := range map[string]string{
		"": "credential presentation", "JWT": "credential presentation", "vc+jwt": "credential", "vp+jwt": "presentation",
		"statuslist+jwt": "list", "application/statuslist+jwt": "list",
		"dc+sd-jwt": "SD-JWT credential", "vc+sd-jwt": "SD-JWT credential", "application/dc+sd-jwt": "SD-JWT credential", "vp+sd-jwt": "SD-JWT presentation",
		"kb+jwt": "", "sd-jwt": "", "example+sd-jwt": "", "entity-statement+jwt": "", "oauth-authz-req+jwt": "", "at+jwt": "", "statuslist+cwt": "", "dpop+jwt": "",
	} {
		for name, h := range offered {
			h.Protected = strictjson.NewObject(nil)
			if typ != "" {
				h.Protected = h.Protected.With("typ", strictjson.NewString(typ))
			}
			want := "type_wrong"
			if fits == name || fits == "credential presentation" && (name == "credential" || name == "presentation") {
				want = ""
			}
			if got := broken(h); got != want {
				t.Errorf("%q as %s: %q, want %q", typ, name, got, want)
			}
		}
	}
}
