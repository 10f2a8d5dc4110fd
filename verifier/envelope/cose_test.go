package envelope

import (
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

// TestStatusListToken: of what is signed in CBOR a status list token is opened,
// and nothing else.
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
		"another type":           coseSign1(t, anyMap{1: -7, 16: "application/vc+cose"}, nil, payload),
		"no type":                coseSign1(t, anyMap{1: -7}, nil, payload),
		"a type nobody signs":    coseSign1(t, anyMap{1: -7}, anyMap{16: cose.StatusListType}, payload),
		"the tag of a CWT":       "\xd8\x3d" + token,
		"not tagged":             token[1:],
		"a byte follows":         token + "\x00",
		"cut off":                token[:len(token)-1],
		"claims are no map":      coseSign1(t, anyMap{1: -7, 16: cose.StatusListType}, nil, []byte{0x80}),
		"a claim twice":          coseSign1(t, anyMap{1: -7, 16: cose.StatusListType}, nil, []byte{0xa2, 2, 0x60, 2, 0x60}),
		"a byte after the claim": coseSign1(t, anyMap{1: -7, 16: cose.StatusListType}, nil, []byte{0xa0, 0}),
		"no claims":              coseSign1(t, anyMap{1: -7, 16: cose.StatusListType}, nil, nil),
	} {
		if _, findings := Open([]byte(file)); codes(findings) != "cbor" {
			t.Errorf("%s: %s", name, codes(findings))
		}
	}
	// Inside another document it cannot stand.
	if _, findings := e.Inner(strictjson.NewString(token), "/verifiableCredential/0"); findings.Outcome().Lets() || strings.Contains(codes(findings), "jws") {
		t.Error(codes(findings))
	}
}
