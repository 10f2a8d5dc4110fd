package verifier_test

import (
	"crypto/x509"
	"encoding/pem"
	"fmt"
	"strings"
	"testing"

	"github.com/sealcheck/sealcheck/verifier/report"
)

// TestAttackAside: a presentation stands aside for what is in it, and hides
// none of that. good is by an issuer whom a list names; forged says so too.
func TestAttackAside(t *testing.T) {
	harvard, me := newSigner(1), newSigner(2)
	lists := list(entry("Good", `{"did":"`+harvard.did()+`"}`))
	token := func(s signer, payload object) string {
		return string(s.jwt(map[string]any{"kid": harvard.did() + "#0", "typ": "vc+jwt"}, payload))
	}
	claims := badge(profile(harvard.did(), "Good"))
	good, forged := token(harvard, claims), token(me, claims)
	mine := string(me.jwt(map[string]any{"kid": me.did() + "#0", "typ": "vc+jwt"}, badge(profile(me.did(), "Good"))))
	env := func(token string) object {
		return object{"@context": "https://www.w3.org/ns/credentials/v2", "type": "EnvelopedVerifiableCredential", "id": "data:application/vc+jwt," + token}
	}
	vp := func(parts ...any) object {
		return object{"@context": []any{"https://www.w3.org/ns/credentials/v2"}, "type": "VerifiablePresentation", "verifiableCredential": parts}
	}
	vp1 := func(parts any) object {
		return object{"@context": "https://www.w3.org/2018/credentials/v1", "type": "VerifiablePresentation", "verifiableCredential": parts}
	}
	signed := func(payload object) string {
		return string(me.jwt(map[string]any{"kid": me.did() + "#0", "typ": "JWT"}, payload))
	}
	var many []any
	for range 250 {
		many = append(many, good)
	}
	record := object{"@context": []any{"https://www.w3.org/ns/credentials/v2", "https://purl.imsglobal.org/spec/clr/v2p0/context-2.0.1.json"}, "type": []any{"VerifiableCredential", "ClrCredential"},
		"id": "urn:uuid:1", "name": "Record", "issuer": profile(harvard.did(), "Good"), "validFrom": "2026-01-01T00:00:00Z",
		"credentialSubject": object{"type": "ClrSubject", "verifiableCredential": []any{env(good)}}}
	deep := any(good)
	for range 20 {
		deep = with(vp1([]any{deep}), object{"description": strings.Repeat("y", 100_000)})
	}
	tests := []struct {
		name string
		file any
		want report.Headline
	}{
		{"one", vp(env(good)), report.Verified},
		{"one token, bare", vp1(good), report.Verified},
		{"a holder written out", with(vp1([]any{good}), object{"holder": object{"id": "did:example:me"}}), report.Verified},
		{"in a presentation of its own", vp1([]any{vp1([]any{good})}), report.Verified},
		{"signed by its holder", signed(object{"iss": me.did(), "vp": vp1([]any{good}), "nonce": "n", "aud": "a"}), report.Verified},
		{"signed for an occasion that is over", signed(object{"iss": me.did(), "exp": 1000, "vp": vp1([]any{good})}), report.Verified},
		{"a name of its own, which is not shown", with(vp(env(good)), object{"name": "Doctor", "issuer": profile(harvard.did(), "Good")}), report.Verified},
		{"claims of its own", with(vp(env(good)), object{"credentialSubject": object{"name": "Doctor"}}), report.NotSigned},
		{"somebody else's holder", signed(object{"iss": harvard.did(), "vp": vp1([]any{good})}), report.WrongKey},
		{"a forged one besides", vp(env(good), env(forged)), report.Altered},
		{"one by nobody besides", vp(env(good), env(mine)), report.Unlisted},
		{"an unsigned one besides", vp1([]any{good, claims}), report.NotSigned},
		{"an unsigned record", vp1([]any{record}), report.NotSigned},
		{"no token", vp1([]any{good, "garbage"}), report.Unreadable},
		{"an empty text", vp1([]any{good, ""}), report.Unreadable},
		{"a number", vp1([]any{good, 7}), report.NotSigned},
		{"a list in the list", vp1([]any{[]any{good}}), report.NotSigned},
		{"an empty presentation besides", vp1([]any{good, vp1([]any{})}), report.NotSigned},
		{"nothing", vp1([]any{}), report.NotSigned},
		{"more than are looked at", vp1(append(many[:220:220], forged)), report.Refused},
		{"deeper than is looked at", deep, report.Refused},
	}
	for _, kind := range []string{"BitstringStatusListCredential", "StatusList2021Credential", "RevocationList2020Credential", "EndorsementCredential", "VerifiablePresentation"} {
		bad := with(claims, object{"type": []any{"VerifiableCredential", "OpenBadgeCredential", kind}})
		want := map[string]report.Headline{"EndorsementCredential": report.Altered}[kind]
		if want == 0 {
			want = report.Refused
		}
		tests = append(tests, struct {
			name string
			file any
			want report.Headline
		}{"forged, and says it is a " + kind, vp(env(good), env(token(me, bad))), want})
	}
	for _, test := range tests {
		text, ok := test.file.(string)
		if !ok {
			text = js(test.file)
		}
		got := judged(t, web{}, []byte(text), lists)
		expect(t, test.name, got, test.want)
		if (got.Verdict == report.Valid) != (test.want == report.Verified) {
			t.Errorf("%s: %s", test.name, got.Verdict)
		}
		if said := js(got.Credentials[0].Description); strings.Contains(said, "Doctor") {
			t.Errorf("%s: shown %s", test.name, said)
		}
	}
}

// TestAttackManyBadges: a presentation of older badges whose parts, or whose
// list of what was withdrawn, are as large as may be keeps nobody waiting.
func TestAttackManyBadges(t *testing.T) {
	me := newSigner(5)
	const listed = uni + "/issuers/1"
	presented := func(parts []any) []byte {
		return []byte(js(object{"@context": "https://www.w3.org/2018/credentials/v1", "type": "VerifiablePresentation", "verifiableCredential": parts}))
	}
	padded := func(value object) reply {
		return reply{body: js(with(value, object{"x": make([]struct{}, 190_000)}))}
	}
	answers := map[string]reply{uni + "/class": padded(oldClass(uni+"/class", listed)), listed: padded(oldIssuer(listed))}
	var hosted, signed []any
	for i := range 190 {
		award := oldAward(fmt.Sprintf("%s/a/%d", uni, i), uni+"/class")
		hosted, answers[award["id"].(string)] = append(hosted, award), padded(award)
		signed = append(signed, string(me.jwt(map[string]any{}, oldAward(fmt.Sprintf("urn:x:%d", i), uni+"/class"))))
	}
	soon(t, func() {
		got := judged(t, &site{answers: answers}, presented(hosted), uniListed)
		if got.Headline != report.Incomplete {
			t.Error(got.Headline)
		}
	})

	der, err := x509.MarshalPKIXPublicKey(me.public)
	if err != nil {
		t.Fatal(err)
	}
	var ids []any
	for i := range 150_000 {
		ids = append(ids, fmt.Sprintf("urn:other:%d", i))
	}
	ids = append(ids, "urn:x:7")
	answers = map[string]reply{
		uni + "/class": {body: js(oldClass(uni+"/class", listed))},
		uni + "/list":  {body: js(object{"id": uni + "/list", "type": "RevocationList", "revokedAssertions": ids})},
		listed: {body: js(with(oldIssuer(listed), object{"revocationList": uni + "/list", "publicKey": object{"id": listed + "#k", "type": "CryptographicKey",
			"owner": listed, "publicKeyPem": string(pem.EncodeToMemory(&pem.Block{Type: "PUBLIC KEY", Bytes: der}))}}))},
	}
	soon(t, func() {
		got := judged(t, &site{answers: answers}, presented(signed), uniListed)
		revoked := 0
		for i, c := range got.Credentials[1:] {
			if c.Headline == report.Revoked {
				revoked++
				if i != 7 {
					t.Errorf("badge %d", i)
				}
			}
		}
		if got.Headline != report.Revoked || revoked != 1 {
			t.Errorf("%s, %d are revoked", got.Headline, revoked)
		}
	})
}
