package verifier_test

import (
	"crypto/ed25519"
	"encoding/json"
	"strings"
	"testing"

	generalcbor "github.com/fxamacker/cbor/v2"

	"github.com/sealcheck/sealcheck/verifier/internal/multibase"
	"github.com/sealcheck/sealcheck/verifier/report"
)

// TestAttackEBSI: what EBSI's register says of one DID says nothing of another.
func TestAttackEBSI(t *testing.T) {
	name := func(b byte) string {
		return "did:ebsi:z" + multibase.EncodeBase58(append([]byte{1}, []byte(strings.Repeat(string(rune(b)), 16))...))
	}
	const register = "https://api-pilot.ebsi.eu/did-registry/v5/identifiers/"
	harvard, mallory := newSigner(1), newSigner(2)
	us, them := name('h'), name('m')
	lists := list(entry("Harvard", `{"did":"`+us+`"}`))
	token := func(s signer, kid string, extra map[string]any) []byte {
		head := map[string]any{"typ": "vc+jwt", "kid": kid}
		for k, v := range extra {
			head[k] = v
		}
		return s.jwt(head, badge(profile(us, "Harvard")))
	}
	both := func(id string) string {
		text, _ := json.Marshal(map[string]any{"id": id, "verificationMethod": []any{
			map[string]any{"id": us + "#key-1", "type": "JsonWebKey2020", "controller": us, "publicKeyJwk": mallory.jwk()},
			map[string]any{"id": id + "#key-2", "type": "JsonWebKey2020", "controller": us, "publicKeyJwk": mallory.jwk()}},
			"assertionMethod": []any{us + "#key-1", id + "#key-2"}})
		return string(text)
	}
	for _, row := range []struct {
		name  string
		site  web
		token []byte
		want  report.Headline
	}{
		{"its own", web{register + us: harvard.document(us)}, token(harvard, us+"#key-1", nil), report.Verified},
		{"the document of another", web{register + us: mallory.document(them)}, token(mallory, us+"#key-1", nil), report.Incomplete},
		{"a document with its keys under another name", web{register + us: both(them)}, token(mallory, us+"#key-1", nil), report.Incomplete},
		{"the key of another", web{register + us: harvard.document(us), register + them: mallory.document(them)}, token(mallory, them+"#key-1", nil), report.WrongKey},
		{"another lists a key as its own", web{register + us: harvard.document(us), register + them: both(them)}, token(mallory, us+"#key-1", nil), report.Mismatch},
		{"by the other's document", web{register + us: harvard.document(us), register + them: both(them)}, token(mallory, them+"#key-2", nil), report.Refused},
		{"a key in the header", web{register + us: harvard.document(us)}, token(mallory, us+"#key-1", map[string]any{"jwk": mallory.jwk()}), report.Mismatch},
		{"a document in a document", web{register + us: `{"didDocument":` + mallory.document(them) + `}`}, token(mallory, us+"#key-1", nil), report.Incomplete},
		{"a query", web{register + us: harvard.document(us), register + us + "?a": mallory.document(us)}, token(mallory, us+"?a#key-1", nil), report.Incomplete},
		{"a path", web{register + us: harvard.document(us), register + us + "/a": mallory.document(us)}, token(mallory, us+"/a#key-1", nil), report.Incomplete},
		{"a zero before it", web{register + us: harvard.document(us), register + strings.Replace(us, ":z", ":z1", 1): mallory.document(us)}, token(mallory, strings.Replace(us, ":z", ":z1", 1)+"#key-1", nil), report.Refused},
		{"the register for trials", web{register + us: harvard.document(us), strings.Replace(register, "pilot", "test", 1) + us: mallory.document(us)}, token(mallory, us+"#key-1", nil), report.Mismatch},
		{"a fragment that is a key", web{register + us: harvard.document(us)}, token(mallory, us+"#z"+multibase.EncodeBase58(append([]byte{0xed, 1}, mallory.public...)), nil), report.WrongKey},
	} {
		expect(t, row.name, judged(t, row.site, row.token, lists), row.want)
	}
}

// TestAttackCOSE: a message in CBOR whose header names one and is signed by
// another.
func TestAttackCOSE(t *testing.T) {
	root, rootKey := certificate(t, "Sealing CA", "", nil, nil)
	leaf, _ := certificate(t, "Harvard", "NTRXX-1", root, rootKey)
	w := newCrossedWorld(t)
	mallory := newSigner(3)
	payload, _ := json.Marshal(badge(profile(w.did, "Harvard")))
	own, _ := json.Marshal(badge(profile(mallory.did(), "Harvard")))
	cborOf := func(value any) []byte { data, _ := generalcbor.Marshal(value); return data }
	type m = map[any]any
	message := func(by signer, protected m, open m, payload []byte) []byte {
		head := cborOf(protected)
		input := cborOf([]any{"Signature1", head, []byte{}, payload})
		return cborOf(generalcbor.Tag{Number: 18, Content: []any{head, open, payload, ed25519.Sign(by.private, input)}})
	}
	kid, theirs := []byte(w.did+"#0"), []byte(mallory.did()+"#0")
	base := func(more m) m {
		head := m{1: -8, 16: "application/vc+cose"}
		for k, v := range more {
			head[k] = v
		}
		return head
	}
	good := message(w.signer, base(m{4: kid}), m{}, payload)
	for name, row := range map[string]struct {
		file []byte
		want report.Headline
	}{
		"its own":                              {good, report.Verified},
		"without a tag":                        {good[1:], report.Verified},
		"named where nobody signs":             {message(w.signer, base(nil), m{4: kid}, payload), report.Verified},
		"by a stranger":                        {message(mallory, base(m{4: kid}), m{}, payload), report.Altered},
		"by a stranger's key":                  {message(mallory, base(m{4: theirs}), m{}, payload), report.WrongKey},
		"named twice":                          {message(mallory, base(m{4: theirs}), m{4: kid}, payload), report.Refused},
		"a certificate of the university":      {message(mallory, base(m{4: theirs, 33: leaf.Raw}), m{}, payload), report.WrongKey},
		"a certificate alone":                  {message(mallory, base(m{33: leaf.Raw}), m{}, payload), report.Refused},
		"a certificate of its own":             {message(w.signer, base(m{33: []any{w.certificate, leaf.Raw}}), m{}, own), report.WrongKey},
		"a key that comes along":               {message(mallory, base(m{-1: cborOf(m{1: 1, -1: 6, -2: []byte(mallory.public)})}), m{}, payload), report.Altered},
		"claims in the name of the university": {message(mallory, base(m{4: theirs, 15: m{1: w.did}}), m{}, own), report.WrongKey},
		"claims that nobody signs":             {message(mallory, base(m{4: theirs}), m{15: m{1: w.did}}, own), report.Unlisted},
		"an algorithm that nobody signs":       {message(w.signer, m{16: "application/vc+cose", 4: kid}, m{1: -8}, payload), report.Refused},
		"a type that nobody signs":             {message(w.signer, m{1: -8, 4: kid}, m{16: "application/vc+cose"}, payload), report.Refused},
		"bytes behind it":                      {append(append([]byte{}, good...), 0), report.Unreadable},
		"two":                                  {append(append([]byte{}, good...), good...), report.Unreadable},
		"a tag around it":                      {append([]byte{0xd2}, good...), report.Unreadable},
		"a CWT's tag around it":                {append([]byte{0xd8, 0x3d}, good...), report.Unreadable},
		"two issuers":                          {message(mallory, base(m{4: theirs}), m{}, []byte(strings.Replace(string(own), `"issuer":`, `"issuer":"`+w.did+`","issuer":`, 1))), report.Refused},
		"text behind the payload":              {message(w.signer, base(m{4: kid}), m{}, append(append([]byte{}, payload...), "{}"...)), report.Refused},
	} {
		expect(t, name, judged(t, nil, row.file, w.list, authorities("CAs", root)), row.want)
	}
}
