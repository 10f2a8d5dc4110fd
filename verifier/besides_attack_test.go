package verifier_test

import (
	"archive/zip"
	"bytes"
	"testing"

	"github.com/sealcheck/sealcheck/verifier/report"
)

// TestAttackBesides: what is left aside of an archive is nothing that a reader
// could take for a credential, and the parts of an older badge are.
func TestAttackBesides(t *testing.T) {
	harvard, me := newSigner(1), newSigner(2)
	lists := list(entry("Good", `{"did":"`+harvard.did()+`"}`))
	token := func(s signer, payload object) string {
		return string(s.jwt(map[string]any{"kid": harvard.did() + "#0", "typ": "vc+jwt"}, payload))
	}
	claims := badge(profile(harvard.did(), "Good"))
	good := token(harvard, claims)
	for name, test := range map[string]struct {
		other string
		want  report.Headline
	}{
		"a forged badge that is a list as well": {token(me, with(claims, object{"type": []any{"VerifiableCredential", "OpenBadgeCredential", "BitstringStatusListCredential"}})), report.Refused},
		"a forged badge":                        {token(me, claims), report.Altered},
		"what a badge stands for":               {js(oldClass(uni+"/class", uni+"/issuers/1")), report.Verified},
		"an issuer's profile":                   {js(oldIssuer(uni + "/issuers/1")), report.Verified},
		"an award that nobody confirms":         {js(oldAward(uni+"/a/1", uni+"/class")), report.Incomplete},
	} {
		var packed bytes.Buffer
		w := zip.NewWriter(&packed)
		for file, text := range map[string]string{"good.jwt": good, "other.json": test.other} {
			f, err := w.Create(file)
			if err != nil {
				t.Fatal(err)
			}
			if _, err := f.Write([]byte(text)); err != nil {
				t.Fatal(err)
			}
		}
		if err := w.Close(); err != nil {
			t.Fatal(err)
		}
		got := judged(t, web{}, packed.Bytes(), lists)
		expect(t, name, got, test.want)
		if test.want == report.Verified && len(got.Besides) != 1 {
			t.Errorf("%s: %v", name, got.Besides)
		}
	}
}
