package verifier_test

import (
	"crypto/ed25519"
	"crypto/sha256"
	"encoding/base64"
	"strings"
	"testing"

	"github.com/sealcheck/sealcheck/verifier/report"
)

// TestAttackDisclosedDates: where a learner keeps the credential's own dates
// back, the claims of the token that are always shown do not stand for them.
func TestAttackDisclosedDates(t *testing.T) {
	harvard := newSigner(1)
	kid := victim + "#key-1"
	site := web{
		"https://harvard.example/.well-known/did.json": harvard.document(victim),
		listAddress: string(harvard.jwt(map[string]any{"typ": "vc+jwt", "kid": kid}, bitstringList(victim, packed(bits(131072, 3))))),
	}
	lists := list(entry("Harvard", `{"did":"`+victim+`"}`))
	const late, from = "2029-01-01T00:00:00Z", "2026-01-01T00:00:00Z"
	const end, start = `["s","validUntil","2026-01-02T00:00:00Z"]`, `["s","validFrom","2027-01-02T00:00:00Z"]`
	for _, row := range []struct {
		name       string
		members    object
		disclosure string
		hidden     report.Headline
		shown      report.Headline
	}{
		{"nothing that decides", object{"validUntil": late}, `["s","name","x"]`, report.Verified, report.Verified},
		{"its end, behind exp", object{"exp": 1830297600}, end, report.Incomplete, report.Expired},
		{"its end, behind that of another model", object{"expirationDate": late}, end, report.Incomplete, report.Expired},
		{"its beginning, behind nbf", object{"validFrom": nil, "nbf": 1767225600, "validUntil": late}, start, report.Incomplete, report.NotYetValid},
		{"its beginning, behind that of another model", object{"validFrom": nil, "issuanceDate": from, "validUntil": late}, start, report.Incomplete, report.NotYetValid},
	} {
		b := badgeWith(victim, statusEntry())
		b["_sd"] = []any{"%1"}
		for name, value := range row.members {
			if b[name] = value; value == nil {
				delete(b, name)
			}
		}
		file := disclosed(harvard, object{"typ": "vc+sd-jwt", "kid": kid}, b, row.disclosure)
		expect(t, row.name, judged(t, site, append(untilded(file), '~'), lists), row.hidden)
		expect(t, row.name+", shown", judged(t, site, file, lists), row.shown)
	}
}

// TestAttackDisclosedPackages: however an SD-JWT of which an end is kept back is
// packed again, with the tilde or without, it is not verified.
func TestAttackDisclosedPackages(t *testing.T) {
	harvard, mallory := newSigner(1), newSigner(2)
	kid, own := victim+"#key-1", mallory.did()+"#0"
	site := web{
		"https://harvard.example/.well-known/did.json": harvard.document(victim),
		listAddress: string(harvard.jwt(object{"typ": "vc+jwt", "kid": kid}, bitstringList(victim, packed(bits(131072, 3))))),
	}
	lists := list(entry("Harvard", `{"did":"`+victim+`"}`))
	const v1, v2 = "https://www.w3.org/2018/credentials/v1", "https://www.w3.org/ns/credentials/v2"
	held := func(context string, credential any) object {
		return object{"@context": []any{context}, "type": []any{"VerifiablePresentation"}, "holder": mallory.did(), "verifiableCredential": []any{credential}}
	}
	address := func(kind, token string) object {
		return object{"@context": []any{v2}, "type": []any{"EnvelopedVerifiableCredential"}, "id": "data:application/" + kind + "," + token}
	}
	for _, typ := range []string{"", "JWT", "jose", "vc+jwt", "vc+ld+jwt", "vc+sd-jwt", "DC+SD-JWT"} {
		header := object{"kid": kid}
		if typ != "" {
			header["typ"] = typ
		}
		for _, model := range []string{"1.1", "1.1 in a claim", "2.0"} {
			b := badgeWith(victim, statusEntry())
			b["_sd"], b["exp"] = []any{"%1"}, 1830297600
			if model != "2.0" {
				b["@context"] = []any{v1, "https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.3.json"}
				b["issuanceDate"] = "2026-01-01T00:00:00Z"
			}
			var payload any = b
			if model == "1.1 in a claim" {
				payload = object{"iss": victim, "vc": b}
			}
			bare := string(untilded(disclosed(harvard, header, payload, `["s","validUntil","2026-01-02T00:00:00Z"]`)))
			part := strings.Split(bare, ".")
			packages := map[string][]byte{
				"flattened": []byte(js(object{"protected": part[0], "payload": part[1], "signature": part[2]})),
				"general":   []byte(js(object{"payload": part[1], "signatures": []any{object{"protected": part[0], "signature": part[2], "header": object{"disclosures": []any{}}}}})),
			}
			for _, token := range []string{bare, bare + "~"} {
				end := token[len(token)-1:]
				packages["alone "+end] = []byte(token)
				packages["a member "+end] = []byte(js(object{"credential": token}))
				packages["held 1.1 "+end] = []byte(js(held(v1, token)))
				packages["presented 1.1 "+end] = mallory.jwt(object{"kid": own, "typ": "JWT"}, object{"iss": mallory.did(), "vp": held(v1, token)})
				for _, kind := range []string{"vc+jwt", "vc+sd-jwt", "jwt"} {
					packages[kind+" "+end] = []byte(js(address(kind, token)))
					packages["presented "+kind+" "+end] = mallory.jwt(object{"kid": own, "typ": "vp+jwt"}, held(v2, address(kind, token)))
				}
			}
			for name, file := range packages {
				got := judged(t, site, file, lists)
				for i := range got.Credentials {
					if h := got.Credentials[i].Headline; h == report.Verified || h == report.Altered || h == report.Mismatch {
						t.Errorf("typ %q, model %s, %s: %v", typ, model, name, h)
					}
				}
			}
		}
	}
}

// TestAttackManyKeys: whatever names, keys and certificates a header has at once,
// a stranger's signature is never the university's, and its own always is where
// all of them are its own.
func TestAttackManyKeys(t *testing.T) {
	harvard, mallory := newSigner(1), newSigner(2)
	site := web{"https://harvard.example/.well-known/did.json": harvard.document(victim)}
	lists := list(entry("Harvard", `{"did":"`+victim+`"}`))
	root, rootKey := certificate(t, "Cheap CA", "", nil, nil)
	theirs := ownCertificate(t, harvard, "Sealing service", root, rootKey)
	names := []string{"", victim + "#key-1", "#key-1", "key-1", victim, mallory.did() + "#0"}
	keys := []map[string]any{nil, harvard.jwk(), mallory.jwk()}
	certificates := [][]byte{nil, theirs, ownCertificate(t, harvard, "x", nil, nil), ownCertificate(t, mallory, "Harvard", root, rootKey)}
	payload := b64([]byte(js(badge(profile(victim, "Harvard")))))
	// Each number stands for one choice of all.
	for n := range 2 * 2 * 2 * len(names) * len(keys) * len(certificates) {
		rest := n
		next := func(choices int) int {
			choice := rest % choices
			rest /= choices
			return choice
		}
		bound, open, by := next(2) == 1, next(2) == 1, []signer{harvard, mallory}[next(2)]
		name, key, own := next(len(names)), next(len(keys)), next(len(certificates))
		header, unprotected := object{"alg": "EdDSA", "typ": "vc+jwt"}, object{"x": 1}
		if at := header; names[name] != "" {
			if open {
				at = unprotected
			}
			at["kid"] = names[name]
		}
		if keys[key] != nil {
			header["jwk"] = keys[key]
		}
		if der := certificates[own]; der != nil {
			header["x5c"] = []string{base64.StdEncoding.EncodeToString(der)}
			if sum := sha256.Sum256(der); bound {
				header["x5t#S256"] = b64(sum[:])
			}
		}
		head := b64([]byte(js(header)))
		value := b64(ed25519.Sign(by.private, []byte(head+"."+payload)))
		got := judged(t, site, []byte(js(object{"protected": head, "payload": payload, "signature": value, "header": unprotected})), lists).Headline
		foreign := name == 5 || key == 2 || own == 3
		switch honest := by.public.Equal(harvard.public); {
		case !honest && (got == report.Verified || got == report.Identified):
			t.Errorf("a stranger, %v and %v: %v", header, unprotected, got)
		case honest && !foreign && got != report.Verified:
			t.Errorf("its own, %v and %v: %v", header, unprotected, got)
		}
	}
}
