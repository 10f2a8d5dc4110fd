package envelope

import (
	"encoding/hex"
	"strings"
	"testing"

	library "github.com/fxamacker/cbor/v2"

	"github.com/sealcheck/sealcheck/verifier/internal/cose"
	"github.com/sealcheck/sealcheck/verifier/internal/strictjson"
)

// coseSign1 writes a tagged COSE_Sign1 message with the general library.
func coseSign1(t testing.TB, protected, unprotected map[any]any, payload []byte) string {
	t.Helper()
	marshal := func(value any) []byte {
		data, err := library.Marshal(value)
		if err != nil {
			t.Fatal(err)
		}
		return data
	}
	if unprotected == nil {
		unprotected = map[any]any{}
	}
	return string(marshal(library.Tag{Number: 18, Content: []any{marshal(protected), unprotected, payload, []byte("signature")}}))
}

// TestStatusListToken: a status list token in CBOR is opened.
func TestStatusListToken(t *testing.T) {
	payload, err := library.Marshal(map[any]any{2: "https://example.org/1", 6: 1686920170, 65533: map[any]any{"bits": 2, "lst": []byte{0x78, 0xda}}})
	if err != nil {
		t.Fatal(err)
	}
	type anyMap = map[any]any
	token := coseSign1(t, anyMap{1: -7, 16: cose.StatusListType}, anyMap{4: []byte("12")}, payload)
	e := expect(t, token, "cose")
	if e.Form != COSESign1 || e.COSE == nil || e.JWS != nil || e.Path != "" {
		t.Errorf("%+v", e)
	}
	list := e.Document.At("status_list")
	if bits, _ := list.At("bits").Int(); bits != 2 || list.At("lst").Text() != "eNo" || e.Document.At("sub").Text() != "https://example.org/1" {
		t.Errorf("%+v", e.Document)
	}
	for name, file := range map[string]string{
		"no type":                coseSign1(t, anyMap{1: -7}, nil, payload),
		"a type nobody signs":    coseSign1(t, anyMap{1: -7}, anyMap{16: cose.StatusListType}, payload),
		"the tag of a CWT":       "\xd8\x3d" + token,
		"claims are no map":      coseSign1(t, anyMap{1: -7, 16: cose.StatusListType}, nil, []byte{0x80}),
		"a claim twice":          coseSign1(t, anyMap{1: -7, 16: cose.StatusListType}, nil, []byte{0xa2, 2, 0x60, 2, 0x60}),
		"a byte after the claim": coseSign1(t, anyMap{1: -7, 16: cose.StatusListType}, nil, []byte{0xa0, 0}),
		"no claims":              coseSign1(t, anyMap{1: -7, 16: cose.StatusListType}, nil, nil),
	} {
		if _, findings := Open([]byte(file)); codes(findings) != "cbor" {
			t.Errorf("%s: %s", name, codes(findings))
		}
	}
	for name, file := range map[string]string{"a byte follows": token + "\x00", "cut off": token[:len(token)-1]} {
		if _, findings := Open([]byte(file)); codes(findings) != "cose_malformed" {
			t.Errorf("%s: %s", name, codes(findings))
		}
	}
	// Inside another document it cannot stand.
	if _, findings := e.Inner(strictjson.NewString(token), "/verifiableCredential/0"); findings.Outcome().Lets() || strings.Contains(codes(findings), "jws") {
		t.Error(codes(findings))
	}
}

// TestSignedCredential: a credential or presentation in CBOR is opened, with
// its tag and without, as a file, as text, and in an address; whatever else is
// signed there is named. What the header says is for package proof to judge.
func TestSignedCredential(t *testing.T) {
	type anyMap = map[any]any
	typed := anyMap{1: -7, 16: "application/vc+cose"}
	good := coseSign1(t, typed, nil, []byte(vc))
	address := "data:application/vc+cose;base64," + b64std(good)
	presentation := coseSign1(t, anyMap{1: -7, 3: "application/vp"}, nil, []byte(`{"type":"VerifiablePresentation"}`))
	for name, test := range map[string]struct{ file, want string }{
		"tagged":                         {good, "cose"},
		"not tagged":                     {good[1:], "cose"},
		"said to be CBOR":                {"\xd9\xd9\xf7" + good, "cose"},
		"in base64":                      {b64std(good), "cose"},
		"in base64, in lines":            {lines(b64std(good)), "cose"},
		"in base64url":                   {b64(good), "cose"},
		"in hexadecimal digits":          {hex.EncodeToString([]byte(good)), "cose"},
		"in large hexadecimal digits":    {strings.ToUpper(hex.EncodeToString([]byte(good))) + "\n", "cose"},
		"in an address":                  {address, "cose data_address"},
		"in an address, percent":         {"data:application/cose," + percent(good), "cose data_address"},
		"enveloped":                      {enveloped(address), "cose data_address"},
		"enveloped presentation":         {`{"type":"EnvelopedVerifiablePresentation","id":"data:application/vp+cose;base64,` + b64std(presentation) + `"}`, "cose data_address"},
		"a presentation under vc+cose":   {"data:application/vc+cose;base64," + b64std(presentation), "data_address_malformed"},
		"a credential under vp+cose":     {strings.Replace(address, "vc+cose", "vp+cose", 1), "data_address_malformed"},
		"a presentation as a credential": {enveloped("data:application/cose;base64," + b64std(presentation)), "data_address_malformed"},
		"a JWS under vc+cose":            {"data:application/vc+cose," + signed, "cbor"},
		"COSE under vc+jwt":              {strings.Replace(address, "vc+cose", "vc+jwt", 1), "jws_base64"},
		"no type":                        {coseSign1(t, anyMap{1: -7}, nil, []byte(vc)), "cose"},
		"a type nobody knows":            {coseSign1(t, anyMap{1: -7, 16: "very/bad"}, nil, []byte(vc)), "cose"},
		"a mark before it":               {coseSign1(t, typed, nil, []byte(mark+vc)), "cose"},
		"detached":                       {coseSign1(t, typed, nil, nil), "cose"},
		"a payload that is no JSON":      {coseSign1(t, typed, nil, []byte{0xa0}), "cose"},
		"a member twice":                 {coseSign1(t, typed, nil, []byte(`{"a":1,"a":2}`)), "json_duplicate_key"},
		"cut off":                        {good[:len(good)-1], "cose_malformed"},
		"cut off in base64":              {b64std(good[:len(good)-1]), "cose_malformed"},
		"a second one behind":            {good + good, "cose_malformed"},
		"of open length":                 {"\xd2\x84" + "\x5f\x43\xa1\x01\x26\xff" + "\xa0\x42{}\x41\x01", "cbor"},
		"longer than need be":            {"\xd2\x84" + "\x58\x03\xa1\x01\x26" + "\xa0\x42{}\x41\x01", "cbor"},
		"several signers":                {"\xd8\x62" + good[1:], "cbor"},
		"a MAC":                          {"\xd1" + good[1:], "cbor"},
		"encrypted":                      {"\xd0" + good[1:], "cbor"},
		"another payload":                {coseSign1(t, anyMap{1: -7}, nil, []byte("hello")), "cbor"},
		"the token of something":         {coseSign1(t, anyMap{1: -7, 16: "application/eat+cwt"}, nil, []byte{0xa0}), "cbor"},
		"a mobile document":              {cborText(t, anyMap{"nameSpaces": anyMap{}, "issuerAuth": []any{1}}), "mdoc"},
		"a mobile document in base64":    {b64(cborText(t, anyMap{"version": "1.0", "documents": []any{anyMap{"issuerSigned": anyMap{"nameSpaces": 1, "issuerAuth": 2}}}})), "mdoc"},
	} {
		e, findings := Open([]byte(test.file))
		judge(t, e, findings, test.want)
		if t.Failed() {
			t.Fatal(name)
		}
		if opened := strings.HasPrefix(test.want, "cose"); opened && findings.Outcome().Lets() {
			if e.Form != COSESign1 || e.COSE == nil || e.JWS != nil || (e.Document.Kind() == strictjson.Absent) != (name == "detached" || name == "a payload that is no JSON") {
				t.Errorf("%s: %+v", name, e)
			}
		}
	}
}

func percent(data string) string {
	var b strings.Builder
	for i := range len(data) {
		b.WriteString("%" + hex.EncodeToString([]byte{data[i]}))
	}
	return b.String()
}

func cborText(t testing.TB, value any) string {
	t.Helper()
	data, err := library.Marshal(value)
	if err != nil {
		t.Fatal(err)
	}
	return string(data)
}
