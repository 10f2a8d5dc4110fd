package verifier_test

import (
	"crypto/ed25519"
	"crypto/sha256"
	"crypto/x509"
	"crypto/x509/pkix"
	"encoding/base64"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"math/big"
	"net/url"
	"slices"
	"strings"
	"testing"
	"time"

	generalcbor "github.com/fxamacker/cbor/v2"

	"github.com/sealcheck/sealcheck/verifier"
	"github.com/sealcheck/sealcheck/verifier/fetch"
	"github.com/sealcheck/sealcheck/verifier/report"
	"github.com/sealcheck/sealcheck/verifier/trust"
)

// One listed key signs tokens of every kind, each for its use. Nothing that it
// has signed for one use may come out as another (T20; RFC 8725 3.11, 3.12).

// tokenForm is how a token is written.
type tokenForm uint8

const (
	compactForm tokenForm = iota
	tildeForm             // an SD-JWT in which nothing can be kept back
	coseForm
)

// tokenKind is a use for which the key signs. The header says typ, where there is one.
type tokenKind struct {
	name, typ string
	form      tokenForm
	claims    map[string]any
	cbor      bool            // the claims are written in CBOR
	seal      bool            // with the header of a JAdES seal
	good      report.Headline // what it is when it is offered as what it is
}

// crossedWorld is a test's world: the signer, who is listed, and all kinds.
type crossedWorld struct {
	signer signer
	did    string
	kinds  []tokenKind
	list   string
	// certificate is of the same key, for a seal.
	certificate []byte
}

func newCrossedWorld(t *testing.T) *crossedWorld {
	t.Helper()
	w := &crossedWorld{signer: newSigner(1)}
	w.did = w.signer.did()
	template := &x509.Certificate{SerialNumber: big.NewInt(1), Subject: pkix.Name{Organization: []string{"Harvard"}}, NotBefore: instant.AddDate(-1, 0, 0), NotAfter: instant.AddDate(1, 0, 0), KeyUsage: x509.KeyUsageDigitalSignature}
	address, err := url.Parse(w.did)
	if err != nil {
		t.Fatal(err)
	}
	template.URIs = []*url.URL{address}
	if w.certificate, err = x509.CreateCertificate(nil, template, template, w.signer.public, w.signer.private); err != nil {
		t.Fatal(err)
	}
	spki, _ := x509.MarshalPKIXPublicKey(w.signer.public)
	sum := sha256.Sum256(spki)
	w.list = list(entry("Harvard", `{"did":"`+w.did+`"},{"publicKey":"`+hex.EncodeToString(sum[:])+`"}`))
	type object = map[string]any
	const issued, ended = 1767225600, 1798761600
	vc2 := badge(profile(w.did, "Harvard"))
	subject := vc2["credentialSubject"]
	vc1 := object{"@context": []any{"https://www.w3.org/2018/credentials/v1"}, "type": []any{"VerifiableCredential"}, "issuer": w.did, "issuanceDate": "2026-01-01T00:00:00Z", "credentialSubject": subject}
	inner := string(w.sign(tokenKind{typ: "vc+jwt", claims: vc2}))
	w.kinds = []tokenKind{
		{name: "vc+jwt", typ: "vc+jwt", claims: vc2, good: report.Verified},
		{name: "vp+jwt", typ: "vp+jwt", good: report.Unlisted, claims: object{"@context": []any{"https://www.w3.org/ns/credentials/v2"}, "type": []any{"VerifiablePresentation"}, "holder": w.did,
			"verifiableCredential": []any{object{"@context": "https://www.w3.org/ns/credentials/v2", "type": "EnvelopedVerifiableCredential", "id": "data:application/vc+jwt," + inner}}}},
		{name: "VC-JWT 1.1", typ: "JWT", good: report.Verified, claims: object{"iss": w.did, "nbf": issued, "vc": vc1}},
		{name: "VP-JWT 1.1", typ: "JWT", good: report.Unlisted, claims: object{"iss": w.did, "aud": "https://jobs.example", "vp": object{
			"@context": []any{"https://www.w3.org/2018/credentials/v1"}, "type": []any{"VerifiablePresentation"}, "holder": w.did, "verifiableCredential": []any{inner}}}},
		{name: "SD-JWT VC", typ: "dc+sd-jwt", form: tildeForm, good: report.Verified, claims: object{"iss": w.did, "iat": issued, "vct": "VerifiableMicroCredential", "title": "Welding"}},
		{name: "vc+sd-jwt", typ: "vc+sd-jwt", form: tildeForm, good: report.Verified, claims: vc2},
		{name: "key binding", typ: "kb+jwt", good: report.Unreadable, claims: object{"iat": issued, "aud": "https://jobs.example", "nonce": "1", "sd_hash": "x"}},
		{name: "status list", typ: "statuslist+jwt", good: report.Unreadable, claims: object{"sub": listAddress, "iat": issued, "exp": ended, "status_list": object{"bits": 1, "lst": "eNpjYAAAAAIAAQ"}}},
		{name: "status list credential", typ: "vc+jwt", good: report.Unreadable, claims: bitstringList(w.did, packed(bits(131072)))},
		{name: "entity statement", typ: "entity-statement+jwt", good: report.Unreadable, claims: object{"iss": w.did, "sub": w.did, "iat": issued, "exp": ended, "jwks": object{"keys": []any{w.signer.jwk()}}, "metadata": object{}}},
		{name: "trust list", typ: "trustlist+jwt", good: report.Unreadable, claims: object{"sealcheckTrustList": 1, "name": "Register", "issued": "2026-01-01T00:00:00Z",
			"issuers": []any{object{"names": object{"en": "Harvard"}, "vouches": []any{"identity"}, "identifiers": []any{object{"did": w.did}}}}}},
		{name: "ID token", typ: "JWT", good: report.Unreadable, claims: object{"iss": w.did, "sub": "did:example:mara", "aud": "client", "iat": issued, "exp": ended, "nonce": "1", "name": "Mara"}},
		{name: "access token", typ: "at+jwt", good: report.Unreadable, claims: object{"iss": w.did, "sub": "mara", "aud": "https://api.example", "client_id": "c", "jti": "1", "iat": issued, "exp": ended}},
		{name: "JAdES", typ: "jose+json", seal: true, good: report.Verified, claims: object{"@context": []any{"https://www.w3.org/2018/credentials/v1", "http://data.europa.eu/snb/model/context/edc-ap"}, "id": "urn:credential:1",
			"type": []any{"VerifiableCredential", "EuropeanDigitalCredential"}, "issuer": object{"id": w.did, "type": "Organisation", "legalName": object{"en": "Harvard"}},
			"issuanceDate": "2026-01-01T00:00:00Z", "issued": "2026-01-01T00:00:00Z", "validFrom": "2026-01-01T00:00:00Z",
			"credentialSubject": object{"id": "urn:epass:person:1", "type": "Person", "hasClaim": object{"type": "LearningAchievement", "title": object{"en": "Welding"}}}}},
		{name: "Open Badge 2.0", claims: object{"@context": "https://w3id.org/openbadges/v2", "type": "Assertion", "id": "https://harvard.example/a/1", "recipient": object{"type": "email", "hashed": false, "identity": "m@example.com"},
			"badge": "https://harvard.example/b/1", "verification": object{"type": "signed", "creator": w.did + "#0"}, "issuedOn": "2026-01-01T00:00:00Z"}},
		{name: "plain JWT", typ: "JWT", good: report.Unreadable, claims: object{"hello": "world"}},
		{name: "vc+cose", typ: "application/vc+cose", form: coseForm, claims: vc2, good: report.Verified},
		{name: "vp+cose", typ: "application/vp+cose", form: coseForm, good: report.Unlisted, claims: object{"@context": []any{"https://www.w3.org/ns/credentials/v2"}, "type": []any{"VerifiablePresentation"}, "holder": w.did, "verifiableCredential": []any{}}},
		{name: "status list in CBOR", typ: "application/statuslist+cwt", form: coseForm, cbor: true, good: report.Unreadable},
	}
	return w
}

// sign signs the claims of a kind under its own header.
func (w *crossedWorld) sign(k tokenKind) []byte { return w.signAs(k, k) }

// signAs signs the claims of one kind under the header of another.
func (w *crossedWorld) signAs(claims, header tokenKind) []byte {
	kid := w.did + "#0"
	if header.form == coseForm {
		payload, _ := json.Marshal(claims.claims)
		if claims.cbor {
			payload, _ = generalcbor.Marshal(map[any]any{2: listAddress, 6: 1767225600, 65533: map[any]any{"bits": 1, "lst": []byte{0x78, 0xda, 0x63, 0x60, 0, 0, 0, 2, 0, 1}}})
		}
		head := map[any]any{1: -8, 4: []byte(kid)}
		if header.typ != "" {
			head[16] = header.typ
		}
		protected, _ := generalcbor.Marshal(head)
		input, _ := generalcbor.Marshal([]any{"Signature1", protected, []byte{}, payload})
		message, _ := generalcbor.Marshal(generalcbor.Tag{Number: 18, Content: []any{protected, map[any]any{}, payload, ed25519.Sign(w.signer.private, input)}})
		return message
	}
	head := map[string]any{"kid": kid}
	if header.typ != "" {
		head["typ"] = header.typ
	}
	if header.seal {
		digest := sha256.Sum256(w.certificate)
		head = map[string]any{"typ": header.typ, "sigT": "2026-02-01T00:00:00Z", "crit": []any{"sigT"},
			"x5c": []any{base64.StdEncoding.EncodeToString(w.certificate)}, "x5t#S256": b64(digest[:])}
	}
	body := claims.claims
	if claims.cbor {
		body = map[string]any{"2": listAddress, "6": 1767225600, "65533": map[string]any{"bits": 1, "lst": "eNpjYAAAAAIAAQ"}}
	}
	token := w.signer.jwt(head, body)
	if header.form == tildeForm {
		token = append(token, '~')
	}
	return token
}

func (w *crossedWorld) judge(t *testing.T, file []byte) *report.Report {
	t.Helper()
	return judged(t, fetch.Offline, file, w.list)
}

// TestT20OwnKind: each kind, offered as what it is.
func TestT20OwnKind(t *testing.T) {
	w := newCrossedWorld(t)
	for _, k := range w.kinds {
		if got := w.judge(t, w.sign(k)); k.good != report.HeadlineNone && got.Credentials[0].Headline != k.good {
			expect(t, k.name, got, k.good)
		}
	}
}

// TestT20SignedAs: the claims of each kind under the header of each other. What
// comes out verified is listed here: where the header leaves open what is
// signed, or is the right one by another name.
func TestT20SignedAs(t *testing.T) {
	w := newCrossedWorld(t)
	open := []string{"VC-JWT 1.1", "VP-JWT 1.1", "ID token", "plain JWT", "Open Badge 2.0"} // typ JWT, or none
	allowed := map[string][]string{
		"vc+jwt":     append([]string{"status list credential", "vc+sd-jwt", "vc+cose"}, open...),
		"vc+sd-jwt":  append([]string{"status list credential", "vc+jwt", "vc+cose"}, open...),
		"vc+cose":    append([]string{"status list credential", "vc+sd-jwt", "vc+jwt"}, open...),
		"VC-JWT 1.1": open,
		"vp+jwt":     append([]string{"vp+cose"}, open...), // for the good credential in it
		"VP-JWT 1.1": open,
		"SD-JWT VC":  {"vc+sd-jwt"}, // its media type before November 2024
		"JAdES":      append([]string{"vc+jwt", "status list credential", "vc+sd-jwt", "vc+cose"}, open...),
	}
	for _, claims := range w.kinds {
		for _, header := range w.kinds {
			if claims.name == header.name {
				continue
			}
			got := w.judge(t, w.signAs(claims, header))
			verified := got.Headline == report.Verified || got.Verdict == report.Valid || got.Credentials[0].Headline == report.Verified
			want := slices.Contains(allowed[claims.name], header.name)
			if verified != want {
				t.Errorf("%s signed as %s: %s, %s", claims.name, header.name, got.Headline, got.Credentials[0].Headline)
			}
			reasoned(t, claims.name+" signed as "+header.name, got)
		}
	}
}

// reasoned says that what is not verified has a code that says why: one that fails
// or leaves something open.
func reasoned(t *testing.T, name string, r *report.Report) {
	t.Helper()
	if r.Headline == report.Verified || r.Headline == report.NotSigned {
		return
	}
	for _, c := range r.Credentials {
		for _, check := range c.Checks {
			for _, finding := range check.Findings {
				if outcome := finding.Code.Outcome(); outcome != report.Pass && outcome != report.None && outcome != report.Skipped {
					return
				}
			}
		}
	}
	t.Errorf("%s: %s without a reason", name, r.Headline)
}

// wrapping is one way to hand on what somebody has signed, without its key.
type wrapping struct {
	name string
	wrap func(token []byte) []byte
	// media is the media type that the wrapping states, "" for none.
	media string
	// held is the type of the object around it, "" for none.
	held string
}

const unsigned = "an unsigned presentation"

func wrappings() []wrapping {
	text := func(value any) []byte {
		data, _ := json.Marshal(value)
		return data
	}
	in := func(member string) func([]byte) []byte {
		return func(token []byte) []byte { return text(map[string]any{member: string(token)}) }
	}
	type object = map[string]any
	parts := func(token []byte) (head, payload, signature string) {
		issued, _, _ := strings.Cut(string(token), "~")
		all := strings.Split(issued, ".")
		if len(all) != 3 {
			return "", "", ""
		}
		return all[0], all[1], all[2]
	}
	ways := []wrapping{
		{name: "white space", wrap: func(token []byte) []byte { return []byte(" \n" + string(token) + "\n") }},
		{name: "quotes", wrap: func(token []byte) []byte { return text(string(token)) }},
		{name: "base64", wrap: func(token []byte) []byte { return []byte(base64.StdEncoding.EncodeToString(token)) }},
		{name: "hex", wrap: func(token []byte) []byte { return []byte(hex.EncodeToString(token)) }},
		{name: "a tilde behind", wrap: func(token []byte) []byte { return append(slices.Clone(token), '~') }},
		{name: "without the tilde", wrap: func(token []byte) []byte { return []byte(strings.TrimSuffix(string(token), "~")) }},
		{name: "jwt", wrap: in("jwt")}, {name: "vc", wrap: in("vc")}, {name: "credential", wrap: in("credential")}, {name: "verifiableCredential", wrap: in("verifiableCredential")},
		{name: "verifiableCredential, a list", wrap: func(token []byte) []byte { return text(object{"verifiableCredential": []any{string(token)}}) }},
		{name: unsigned, wrap: func(token []byte) []byte {
			return text(object{"@context": []any{"https://www.w3.org/2018/credentials/v1"}, "type": "VerifiablePresentation", "verifiableCredential": []any{string(token)}})
		}},
		{name: "flattened", wrap: func(token []byte) []byte {
			head, payload, signature := parts(token)
			return text(object{"protected": head, "payload": payload, "signature": signature})
		}},
		{name: "flattened with disclosures", wrap: func(token []byte) []byte {
			head, payload, signature := parts(token)
			return text(object{"protected": head, "payload": payload, "signature": signature, "header": object{"disclosures": []any{}}})
		}},
		{name: "general", wrap: func(token []byte) []byte {
			head, payload, signature := parts(token)
			return text(object{"payload": payload, "signatures": []any{object{"protected": head, "signature": signature}}})
		}},
		{name: "baked", wrap: func(token []byte) []byte { return bake("openbadgecredential", token) }},
		{name: "baked as an older badge", wrap: func(token []byte) []byte { return bake("openbadges", token) }},
		{name: "without its tag", wrap: func(token []byte) []byte { return token[1:] }},
		{name: "with the tag of a CWT", wrap: func(token []byte) []byte { return append([]byte{0xd8, 0x3d}, token...) }},
		{name: "with the tag of CBOR", wrap: func(token []byte) []byte { return append([]byte{0xd9, 0xd9, 0xf7}, token...) }},
	}
	for _, media := range []string{"vc+jwt", "vp+jwt", "jwt", "vc-ld+jwt", "vc+sd-jwt", "vp+sd-jwt", "dc+sd-jwt", "sd-jwt", "vc+cose", "vp+cose", "cose", "cwt", "statuslist+jwt", "kb+jwt"} {
		address := func(token []byte) string {
			return "data:application/" + media + ";base64," + base64.StdEncoding.EncodeToString(token)
		}
		ways = append(ways, wrapping{name: "data: " + media, media: media, wrap: func(token []byte) []byte { return []byte(address(token)) }})
		for _, held := range []string{"EnvelopedVerifiableCredential", "EnvelopedVerifiablePresentation"} {
			ways = append(ways, wrapping{name: held + " " + media, media: media, held: held, wrap: func(token []byte) []byte {
				return text(object{"@context": "https://www.w3.org/ns/credentials/v2", "type": held, "id": address(token)})
			}})
		}
	}
	return ways
}

// agrees says whether what a wrapping states is true of a kind.
func (way wrapping) agrees(k tokenKind) bool {
	family := map[tokenForm][]string{
		compactForm: {"vc+jwt", "jwt", "vc-ld+jwt"}, tildeForm: {"vc+sd-jwt", "dc+sd-jwt", "sd-jwt"}, coseForm: {"vc+cose", "cose", "cwt"},
	}[k.form]
	if k.good == report.Unlisted { // a presentation
		family = map[tokenForm][]string{compactForm: {"vp+jwt", "jwt"}, coseForm: {"vp+cose", "cose", "cwt"}}[k.form]
		return (way.media == "" || slices.Contains(family, way.media)) && way.held != "EnvelopedVerifiableCredential"
	}
	return (way.media == "" || slices.Contains(family, way.media)) && way.held != "EnvelopedVerifiablePresentation"
}

// TestT20Wrapped: the same signature in every wrapping. Only a credential comes
// out verified, or a presentation for the credential in it, as what it is, and
// only where the wrapping states nothing else.
func TestT20Wrapped(t *testing.T) {
	w := newCrossedWorld(t)
	for _, k := range w.kinds {
		token := w.sign(k)
		own := w.judge(t, token)
		for _, way := range wrappings() {
			name := fmt.Sprintf("%s in %s", k.name, way.name)
			got := w.judge(t, way.wrap(token))
			if got.Verdict == report.Valid != (got.Headline == report.Verified) {
				t.Errorf("%s: %s, %s", name, got.Verdict, got.Headline)
			}
			first := got.Credentials[0]
			if way.name == unsigned && len(got.Credentials) > 1 {
				first = got.Credentials[1]
			}
			if got.Headline == report.Verified && (own.Headline != report.Verified || first.Format != own.Credentials[0].Format || !way.agrees(k)) {
				t.Errorf("%s: verified as %s", name, first.Format)
			}
			// An honest way to hand it on does no harm.
			if k.good == report.Verified && way.media != "" && way.agrees(k) && got.Headline != report.Verified {
				expect(t, name, got, report.Verified)
			}
			reasoned(t, name, got)
		}
	}
}

// TestT20Presented: each kind as the credential of a signed presentation. What
// is no credential never comes out as one.
func TestT20Presented(t *testing.T) {
	w := newCrossedWorld(t)
	holder := newSigner(2)
	head := func(typ string) map[string]any { return map[string]any{"kid": holder.did() + "#0", "typ": typ} }
	for _, k := range w.kinds {
		token := w.sign(k)
		own := w.judge(t, token)
		for media, value := range map[string]any{
			"text":   string(token),
			"vc+jwt": "", "vp+jwt": "", "jwt": "", "vc+sd-jwt": "", "dc+sd-jwt": "", "vc+cose": "", "vp+cose": "", "cose": "",
		} {
			file := holder.jwt(head("JWT"), map[string]any{"iss": holder.did(), "vp": map[string]any{"@context": []any{"https://www.w3.org/2018/credentials/v1"}, "type": []any{"VerifiablePresentation"}, "verifiableCredential": []any{value}}})
			if value == "" {
				value = map[string]any{"@context": "https://www.w3.org/ns/credentials/v2", "type": "EnvelopedVerifiableCredential", "id": "data:application/" + media + ";base64," + base64.StdEncoding.EncodeToString(token)}
				file = holder.jwt(head("vp+jwt"), map[string]any{"@context": []any{"https://www.w3.org/ns/credentials/v2"}, "type": []any{"VerifiablePresentation"}, "holder": holder.did(), "verifiableCredential": []any{value}})
			}
			got := w.judge(t, file)
			way := wrapping{media: media, held: "EnvelopedVerifiableCredential"}
			if media == "text" {
				way = wrapping{}
			}
			if got.Headline == report.Verified && (own.Headline != report.Verified || !way.agrees(k)) {
				t.Errorf("%s presented as %s: %s", k.name, media, got.Headline)
			}
			for _, c := range got.Credentials[1:] {
				// A presentation within has its own good credential within.
				if c.Headline == report.Verified && k.good != report.Verified && k.good != report.Unlisted {
					t.Errorf("%s presented as %s: %s at %s", k.name, media, c.Headline, c.Path)
				}
			}
		}
	}
}

// TestT20Lists: each kind as the answer of a status list's address, handed in
// as a list, handed in as a trust list, as a key, and as the confirmation of a
// holder: it is what it is for, or of no use.
func TestT20Lists(t *testing.T) {
	w := newCrossedWorld(t)
	for _, k := range w.kinds {
		token := w.sign(k)
		for mechanism, change := range map[string]func(map[string]any){
			"status list": func(b map[string]any) {
				b["status"] = map[string]any{"status_list": map[string]any{"idx": 9, "uri": listAddress}}
			},
			"status list credential": func(b map[string]any) { b["credentialStatus"] = statusEntry() },
		} {
			b := badge(profile(w.did, "Harvard"))
			change(b)
			file := w.sign(tokenKind{typ: "vc+jwt", claims: b})
			for _, handed := range []bool{false, true} {
				network := &kept{answers: map[string]fetch.Response{listAddress: {Body: token}}, consent: true}
				config := verifier.Config{Getter: network, Now: func() time.Time { return instant }, Trust: []trust.Source{{Name: "list", Data: []byte(w.list)}}}
				if handed {
					config.Getter, config.StatusLists = fetch.Offline, [][]byte{token}
				}
				got := verify(t, config, file)
				wellFormed(t, got, report.Demands{})
				fits := k.name == mechanism || mechanism == "status list" && k.cbor
				outcome := got.Credentials[0].Checks[7].Outcome
				// Only a list that was made today is used as it is handed in.
				if outcome.Lets() != (fits && !handed) || outcome == report.Fail {
					t.Errorf("%s as a %s (handed in: %v): %s %v", k.name, mechanism, handed, outcome, got.Credentials[0].Checks[7].Findings)
				}
			}
		}

		b := badge(profile(w.did, "Harvard"))
		b["endorsementJwt"] = []any{string(token)}
		for i, c := range w.judge(t, w.sign(tokenKind{typ: "vc+jwt", claims: b})).Credentials {
			if i > 0 && c.Headline == report.Verified && k.good != report.Verified && k.good != report.Unlisted {
				t.Errorf("%s as an endorsement: %s at %s", k.name, c.Headline, c.Path)
			}
		}

		config := verifier.Config{Now: func() time.Time { return instant }, Trust: []trust.Source{{Name: "list", Data: token}}}
		if got := verify(t, config, w.sign(w.kinds[0])); got.Headline == report.Verified {
			t.Errorf("%s as a trust list: %s", k.name, got.Headline)
		}
		config = verifier.Config{Now: func() time.Time { return instant }, Given: [][]byte{token}}
		if _, err := verifier.New(config); err == nil {
			t.Errorf("%s is taken for a key", k.name)
		}

		bound := w.kinds[4].claims
		bound["cnf"] = map[string]any{"jwk": w.signer.jwk()}
		got := w.judge(t, append(w.sign(tokenKind{typ: "dc+sd-jwt", form: tildeForm, claims: bound}), token...))
		if got.Headline == report.Verified {
			t.Errorf("%s as a holder's confirmation: %s", k.name, got.Headline)
		}
	}
}
