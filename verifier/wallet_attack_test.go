package verifier_test

import (
	"crypto/ed25519"
	"crypto/sha256"
	"crypto/x509"
	"crypto/x509/pkix"
	"encoding/base64"
	"encoding/json"
	"math/big"
	"strings"
	"testing"

	"github.com/sealcheck/sealcheck/verifier/report"
)

// ownCertificate is a certificate over a signer's key: of its own making, or by
// an authority of its own where there is a root.
func ownCertificate(t *testing.T, s signer, name string, root *x509.Certificate, rootKey any) []byte {
	t.Helper()
	template := &x509.Certificate{SerialNumber: big.NewInt(3), Subject: pkix.Name{CommonName: name, Organization: []string{name}},
		NotBefore: instant.AddDate(-1, 0, 0), NotAfter: instant.AddDate(1, 0, 0), KeyUsage: x509.KeyUsageDigitalSignature}
	parent, by := root, rootKey
	if root == nil {
		parent, by = template, s.private
	}
	der, err := x509.CreateCertificate(nil, template, parent, s.public, by)
	if err != nil {
		t.Fatal(err)
	}
	return der
}

// disclosed is an SD-JWT: %1 in the payload stands for the digest of the first
// disclosure, and so on.
func disclosed(s signer, header map[string]any, payload any, disclosures ...string) []byte {
	text, _ := json.Marshal(payload)
	body := string(text)
	tail := "~"
	for i, disclosure := range disclosures {
		encoded := b64([]byte(disclosure))
		sum := sha256.Sum256([]byte(encoded))
		body = strings.ReplaceAll(body, "%"+string(rune('1'+i)), b64(sum[:]))
		tail += encoded + "~"
	}
	header["alg"] = "EdDSA"
	h, _ := json.Marshal(header)
	input := b64(h) + "." + b64([]byte(body))
	return []byte(input + "." + b64(ed25519.Sign(s.private, []byte(input))) + tail)
}

// TestAttackWallet: credentials for wallets in the name of an issuer who did not
// sign them.
func TestAttackWallet(t *testing.T) {
	harvard, mallory := newSigner(1), newSigner(2)
	const page = "https://harvard.example"
	const elsewhere = "https://keys.harvard.example/wallet#1"
	root, rootKey := certificate(t, "Cheap CA", "", nil, nil)
	type object = map[string]any
	text := func(v any) string { data, _ := json.Marshal(v); return string(data) }
	document := text(object{"@context": "https://www.w3.org/ns/did/v1", "id": victim,
		"verificationMethod": []any{object{"id": victim + "#key-1", "type": "JsonWebKey", "controller": victim, "publicKeyJwk": harvard.jwk()}},
		"assertionMethod":    []any{victim + "#key-1", elsewhere}})
	site := web{
		"https://harvard.example/.well-known/did.json":       document,
		page + "/.well-known/jwt-vc-issuer":                  text(object{"issuer": page, "jwks": object{"keys": []any{harvard.jwk()}}}),
		page + "/.well-known/jwt-vc-issuer/~mallory":         text(object{"issuer": page + "/~mallory", "jwks": object{"keys": []any{mallory.jwk()}}}),
		page + "/~mallory/.well-known/jwt-vc-issuer":         text(object{"issuer": page, "jwks": object{"keys": []any{mallory.jwk()}}}),
		"https://evil.example/.well-known/jwt-vc-issuer":     text(object{"issuer": page, "jwks": object{"keys": []any{mallory.jwk()}}}),
		"https://uri.example/.well-known/jwt-vc-issuer":      text(object{"issuer": "https://uri.example", "jwks_uri": page + "/.well-known/jwt-vc-issuer/~mallory"}),
		"https://borrowed.example/.well-known/jwt-vc-issuer": text(object{"issuer": "https://borrowed.example", "jwks": object{"keys": []any{harvard.jwk()}}}),
	}
	lists := list(entry("Harvard", `{"did":"`+victim+`"},{"domain":"harvard.example"}`))
	own, theirs := ownCertificate(t, mallory, "Harvard", nil, nil), ownCertificate(t, harvard, "Harvard", root, rootKey)
	cheap := ownCertificate(t, mallory, "Harvard", root, rootKey)
	chain := func(der ...[]byte) []string {
		var all []string
		for _, one := range der {
			all = append(all, base64.StdEncoding.EncodeToString(one))
		}
		return all
	}
	sum := func(der []byte) string { s := sha256.Sum256(der); return b64(s[:]) }
	head := func(more object) object {
		h := object{"typ": "dc+sd-jwt"}
		for k, v := range more {
			h[k] = v
		}
		return h
	}
	claims := func(iss any, more object) object {
		c := object{"vct": "VerifiableMicroCredential", "iat": 1767225600, "exp": 1830297600, "title": "Welding", "awardingBody": "Harvard", "iss": iss}
		for k, v := range more {
			c[k] = v
		}
		if iss == nil {
			delete(c, "iss")
		}
		return c
	}
	plain := func(iss any) object { return claims(iss, nil) }
	for _, row := range []struct {
		name string
		file []byte
		want report.Headline
	}{
		{"its own, by DID", disclosed(harvard, head(object{"kid": victim + "#key-1"}), plain(victim)), report.Verified},
		{"its own, without a reference", disclosed(harvard, head(nil), plain(victim)), report.Verified},
		{"its own, by metadata", disclosed(harvard, head(nil), plain(page)), report.Verified},
		{"its own, with a certificate", disclosed(harvard, head(object{"x5c": chain(theirs)}), plain(page)), report.Verified},
		{"its own, with a bound certificate", disclosed(harvard, head(object{"x5c": chain(theirs), "x5t#S256": sum(theirs)}), plain(page)), report.Verified},
		{"its own DID, with a certificate", disclosed(harvard, head(object{"x5c": chain(theirs)}), plain(victim)), report.Verified},

		{"a stranger", disclosed(mallory, head(nil), plain(page)), report.Mismatch},
		{"a stranger's DID", disclosed(mallory, head(object{"kid": mallory.did() + "#0"}), plain(victim)), report.WrongKey},
		{"a stranger's DID for an address", disclosed(mallory, head(object{"kid": mallory.did() + "#0"}), plain(page)), report.WrongKey},
		{"a key in the header", disclosed(mallory, head(object{"jwk": mallory.jwk()}), plain(page)), report.WrongKey},
		{"a certificate of its own", disclosed(mallory, head(object{"x5c": chain(own)}), plain(page)), report.WrongKey},
		{"a certificate of an authority", disclosed(mallory, head(object{"x5c": chain(cheap)}), plain(page)), report.WrongKey},
		{"a certificate of its own for a DID", disclosed(mallory, head(object{"x5c": chain(own)}), plain(victim)), report.WrongKey},
		{"a bound certificate under the name of a key elsewhere", disclosed(mallory, head(object{"x5c": chain(cheap), "x5t#S256": sum(cheap), "kid": elsewhere}), plain(victim)), report.WrongKey},
		{"a certificate under the name of a key elsewhere", disclosed(mallory, head(object{"x5c": chain(cheap), "kid": elsewhere}), plain(victim)), report.WrongKey},
		{"a bound certificate under the name of its key", disclosed(mallory, head(object{"x5c": chain(cheap), "x5t#S256": sum(cheap), "kid": victim + "#key-1"}), plain(victim)), report.WrongKey},
		{"the university's certificate", disclosed(mallory, head(object{"x5c": chain(theirs)}), plain(page)), report.Mismatch},
		{"the university's certificate behind its own", disclosed(mallory, head(object{"x5c": chain(cheap, theirs)}), plain(page)), report.WrongKey},
		{"no issuer, a certificate in its name", disclosed(mallory, head(object{"x5c": chain(cheap)}), plain(nil)), report.Unlisted},
		{"no issuer, and the university as an issuer beside", disclosed(mallory, head(object{"x5c": chain(cheap)}), claims(nil, object{"issuer": page})), report.Unlisted},
		{"a page of the same website", disclosed(mallory, head(nil), plain(page+"/~mallory")), report.Unlisted},
		{"a page of the same website, with dots", disclosed(mallory, head(nil), plain(page+"/~mallory/..")), report.Refused},
		{"metadata of another website", disclosed(mallory, head(nil), plain("https://evil.example")), report.Incomplete},
		{"keys that lie at the university", disclosed(mallory, head(nil), plain("https://uri.example")), report.Incomplete},
		{"an address with a name in it", disclosed(mallory, head(nil), plain("https://harvard.example@evil.example")), report.Incomplete},
		{"an address with a port", disclosed(mallory, head(nil), plain("https://harvard.example:444")), report.Incomplete},
		{"an address with a query", disclosed(mallory, head(nil), plain(page+"?x")), report.Refused},
		{"an issuer that is a list", disclosed(mallory, head(object{"kid": mallory.did() + "#0"}), plain([]any{victim, mallory.did()})), report.Refused},
		{"an issuer beside iss", disclosed(mallory, head(object{"kid": mallory.did() + "#0"}), claims(mallory.did(), object{"issuer": object{"id": victim, "name": "Harvard"}})), report.Unlisted},
		{"an issuer by choice", disclosed(mallory, head(object{"kid": mallory.did() + "#0"}), object{"vct": "VerifiableMicroCredential", "_sd": []any{"%1"}}, `["s","iss","`+victim+`"]`), report.Refused},
		{"a credential within", disclosed(mallory, head(object{"kid": mallory.did() + "#0"}), claims(mallory.did(), object{"vc": badge(profile(victim, "Harvard"))})), report.Refused},
		{"a key of the university's that another borrows", disclosed(harvard, head(nil), plain("https://borrowed.example")), report.Unlisted},
		// As a W3C credential.
		{"a W3C credential, and iss", disclosed(mallory, object{"typ": "vc+sd-jwt", "kid": mallory.did() + "#0"}, func() object {
			b := badge(profile(mallory.did(), "Harvard"))
			b["iss"] = victim
			return b
		}()), report.WrongKey},
		{"a W3C credential whose issuer is a choice", disclosed(mallory, object{"typ": "vc+sd-jwt", "kid": mallory.did() + "#0"}, func() object {
			b := badge(nil)
			delete(b, "issuer")
			b["_sd"] = []any{"%1"}
			return b
		}(), `["s","issuer","`+victim+`"]`), report.WrongKey},
		{"a W3C credential with a part that takes the place of its issuer", disclosed(mallory, object{"typ": "vc+sd-jwt", "kid": mallory.did() + "#0"}, func() object {
			b := badge(profile(mallory.did(), "Harvard"))
			b["_sd"] = []any{"%1"}
			return b
		}(), `["s","issuer","`+victim+`"]`), report.Refused},
		{"cut down to its token", untilded(disclosed(harvard, object{"typ": "JWT", "kid": victim + "#key-1"}, func() object {
			b := badge(profile(victim, "Harvard"))
			b["_sd"] = []any{"%1"}
			return b
		}(), `["s","validUntil","2026-01-02T00:00:00Z"]`)), report.Refused},
		{"cut down to its token, with a list", untilded(disclosed(harvard, object{"kid": victim + "#key-1"}, func() object {
			b := badge(profile(victim, "Harvard"))
			b["credentialStatus"] = []any{object{"...": "%1"}}
			return b
		}(), `["s",{"type":"BitstringStatusListEntry"}]`)), report.Refused},
	} {
		expect(t, row.name, judged(t, site, row.file, lists), row.want)
	}
}

// untilded is the token of an SD-JWT.
func untilded(file []byte) []byte {
	token, _, _ := strings.Cut(string(file), "~")
	return []byte(token)
}

// TestCertificateOfListedKey: a certificate that does not name an issuer's
// address says nothing against a key that the issuer's own document lists; and
// where that cannot be asked, nobody is called a stranger.
func TestCertificateOfListedKey(t *testing.T) {
	harvard, mallory := newSigner(1), newSigner(2)
	root, rootKey := certificate(t, "Cheap CA", "", nil, nil)
	site := web{"https://harvard.example/.well-known/did.json": harvard.document(victim)}
	lists := list(entry("Harvard", `{"did":"`+victim+`"}`))
	token := func(s signer, der []byte) []byte {
		return s.jwt(map[string]any{"typ": "vc+jwt", "x5c": []string{base64.StdEncoding.EncodeToString(der)}}, badge(profile(victim, "Harvard College")))
	}
	theirs, cheap := ownCertificate(t, harvard, "Sealing service", root, rootKey), ownCertificate(t, mallory, "Mallory", root, rootKey)
	for _, row := range []struct {
		name string
		site web
		file []byte
		want report.Headline
	}{
		{"its own", site, token(harvard, theirs), report.Verified},
		{"its own, of its own making", site, token(harvard, ownCertificate(t, harvard, "x", nil, nil)), report.Verified},
		{"its own, and nobody answers", nil, token(harvard, theirs), report.Incomplete},
		{"a stranger's", site, token(mallory, cheap), report.WrongKey},
		{"a stranger's in its name", site, token(mallory, ownCertificate(t, mallory, "Harvard", root, rootKey)), report.WrongKey},
		{"a stranger's, and nobody answers", nil, token(mallory, cheap), report.Incomplete},
		{"its own, by a stranger", site, token(mallory, theirs), report.Mismatch},
	} {
		expect(t, row.name, judged(t, row.site, row.file, lists), row.want)
	}
}
