package cose

import (
	"bytes"
	"encoding/hex"
	"errors"
	"maps"
	"slices"
	"strings"
	"testing"

	library "github.com/fxamacker/cbor/v2"

	"github.com/sealcheck/sealcheck/verifier/internal/cbor"
	"github.com/sealcheck/sealcheck/verifier/internal/limits"
	"github.com/sealcheck/sealcheck/verifier/internal/strictjson"
)

func marshal(t testing.TB, value any) []byte {
	t.Helper()
	data, err := library.Marshal(value)
	if err != nil {
		t.Fatal(err)
	}
	return data
}

// write writes a message with the general library.
func write(t testing.TB, protected, unprotected map[any]any, payload any) []byte {
	t.Helper()
	head := []byte{}
	if protected != nil {
		head = marshal(t, protected)
	}
	if unprotected == nil {
		unprotected = map[any]any{}
	}
	return marshal(t, library.Tag{Number: 18, Content: []any{head, unprotected, payload, []byte("signature")}})
}

type anyMap = map[any]any

func TestParse(t *testing.T) {
	payload := marshal(t, anyMap{2: "https://example.org/list"})
	data := write(t, anyMap{1: -7, 16: StatusListType, "text": []int{1}}, anyMap{4: []byte("12")}, payload)
	m, err := Parse(data)
	if err != nil || !Is(data) {
		t.Fatal(err)
	}
	alg, _ := m.Protected.Get(Algorithm)
	kid, _ := m.Unprotected.Get(KeyID)
	text, _ := m.Protected.Find(Label{Text: "text"})
	if alg.Integer() != -7 || string(kid.Bytes()) != "12" || text.Array() != 1 || !m.IsStatusList() || m.Detached {
		t.Errorf("%+v", m)
	}
	if _, ok := m.Protected.Get(KeyID); ok {
		t.Error("kid is not in the protected header")
	}
	if !bytes.Equal(m.Payload, payload) || string(m.Signature) != "signature" {
		t.Errorf("%+v", m)
	}
	// RFC 9052 4.4: ["Signature1", protected, external, payload].
	want := marshal(t, []any{"Signature1", m.protected, []byte{}, payload})
	if got := m.SigningInput(); !bytes.Equal(got, want) {
		t.Errorf("%x, want %x", got, want)
	}
	for _, size := range []int{0, 23, 24, 255, 256, 65535, 65536, 1 << 20} {
		long, err := Parse(write(t, anyMap{1: -7}, nil, make([]byte, size)))
		if err != nil {
			t.Fatal(err)
		}
		if want := marshal(t, []any{"Signature1", long.protected, []byte{}, long.Payload}); !bytes.Equal(long.SigningInput(), want) {
			t.Errorf("%d bytes: not the Sig_structure", size)
		}
	}
	// An empty header is signed as no bytes, however it is written.
	for _, empty := range []anyMap{nil, {}} {
		m, err := Parse(write(t, empty, nil, payload))
		if want := marshal(t, []any{"Signature1", []byte{}, []byte{}, payload}); err != nil || !bytes.Equal(m.SigningInput(), want) {
			t.Error(err)
		}
	}
	if m, err := Parse(write(t, nil, nil, nil)); err != nil || !m.Detached {
		t.Error(err)
	}
}

func TestParseRefuses(t *testing.T) {
	good := write(t, anyMap{1: -7}, nil, []byte("payload"))
	large := write(t, anyMap{1: -7, 99: make([]byte, limits.HeaderBytes)}, nil, []byte("payload"))
	for name, test := range map[string]struct {
		data []byte
		want error
	}{
		"empty":                     {nil, ErrForm},
		"a MAC":                     {append([]byte{0xd1}, good[1:]...), ErrTag},
		"the tag of a CWT before":   {append([]byte{0xd8, 0x3d}, good...), ErrTag},
		"another tag":               {append([]byte{0xd3}, good[1:]...), ErrTag},
		"the tag in two bytes":      {append([]byte{0xd8, 18}, good[1:]...), ErrTag},
		"no array":                  {[]byte{0xd2, 0x40}, ErrForm},
		"three parts":               {[]byte{0xd2, 0x83, 0x40, 0xa0, 0x40}, ErrForm},
		"five parts":                {[]byte{0xd2, 0x85, 0x40, 0xa0, 0x40, 0x40, 0x40}, ErrForm},
		"a byte follows":            {append(slices.Clone(good), 0), cbor.ErrTrailing},
		"cut off":                   {good[:len(good)-1], cbor.ErrShort},
		"header not a map":          {[]byte{0xd2, 0x84, 0x41, 0x80, 0xa0, 0x40, 0x40}, cbor.ErrKind},
		"bytes behind the header":   {[]byte{0xd2, 0x84, 0x42, 0xa0, 0x00, 0xa0, 0x40, 0x40}, cbor.ErrTrailing},
		"header not in bytes":       {[]byte{0xd2, 0x84, 0xa0, 0xa0, 0x40, 0x40}, cbor.ErrKind},
		"a label twice":             {[]byte{0xd2, 0x84, 0x45, 0xa2, 1, 0, 1, 1, 0xa0, 0x40, 0x40}, cbor.ErrTwice},
		"a label twice, unsigned":   {[]byte{0xd2, 0x84, 0x40, 0xa2, 1, 0, 1, 1, 0x40, 0x40}, cbor.ErrTwice},
		"a label of bytes":          {[]byte{0xd2, 0x84, 0x43, 0xa1, 0x40, 0, 0xa0, 0x40, 0x40}, ErrLabel},
		"an empty label":            {[]byte{0xd2, 0x84, 0x43, 0xa1, 0x60, 0, 0xa0, 0x40, 0x40}, ErrLabel},
		"a label beyond 64 bits":    {[]byte{0xd2, 0x84, 0x4b, 0xa1, 0x1b, 0xff, 0, 0, 0, 0, 0, 0, 0, 0, 0xa0, 0x40, 0x40}, cbor.ErrKind},
		"a payload of text":         {[]byte{0xd2, 0x84, 0x40, 0xa0, 0x61, 0x61, 0x40}, cbor.ErrKind},
		"a payload of true":         {[]byte{0xd2, 0x84, 0x40, 0xa0, 0xf5, 0x40}, ErrForm},
		"a signature of null":       {[]byte{0xd2, 0x84, 0x40, 0xa0, 0x40, 0xf6}, cbor.ErrKind},
		"indefinite length":         {[]byte{0xd2, 0x9f, 0x40, 0xa0, 0x40, 0x40, 0xff}, ErrForm},
		"a header too large":        {large, ErrHeader},
		"nested too deep in header": {[]byte("\xd2\x84\x40\xa1\x01" + strings.Repeat("\x81", 100) + "\x00\x40\x40"), cbor.ErrDeep},
	} {
		if _, err := Parse(test.data); !errors.Is(err, test.want) {
			t.Errorf("%s: %v, want %v", name, err, test.want)
		}
	}
	for n := range good {
		if _, err := Parse(good[:n]); err == nil {
			t.Errorf("%d bytes are read", n)
		}
	}
}

func TestIsStatusList(t *testing.T) {
	for _, test := range []struct {
		protected, unprotected anyMap
		want                   bool
	}{
		{anyMap{16: StatusListType}, nil, true},
		{anyMap{16: "application/StatusList+CWT"}, nil, true},
		{anyMap{16: "statuslist+cwt"}, nil, true}, // as in earlier drafts
		{anyMap{}, anyMap{16: StatusListType}, false},
		{anyMap{3: StatusListType}, nil, false},
		{anyMap{16: []byte(StatusListType)}, nil, false},
		{anyMap{16: 275}, nil, false},
		{anyMap{16: "application/vc+cose"}, nil, false},
		{anyMap{16: "application/application/statuslist+cwt"}, nil, false},
		{anyMap{16: ""}, nil, false},
		{anyMap{}, nil, false},
	} {
		m, err := Parse(write(t, test.protected, test.unprotected, []byte{0xa0}))
		if err != nil || m.IsStatusList() != test.want {
			t.Errorf("%v %v: %v", test.protected, test.unprotected, err)
		}
	}
}

// show writes a value shortly.
func show(value strictjson.Value) string {
	switch value.Kind() {
	case strictjson.Object:
		var parts []string
		for _, m := range value.Members() {
			parts = append(parts, m.Key+"="+show(m.Value))
		}
		slices.Sort(parts)
		return "{" + strings.Join(parts, " ") + "}"
	case strictjson.Null:
		return "null"
	case strictjson.Bool:
		return "wrong"
	case strictjson.Absent:
		return "absent"
	}
	return value.Text() + value.Literal()
}

func TestStatusList(t *testing.T) {
	good := func(change anyMap) anyMap {
		claims := anyMap{1: "https://issuer.example", 2: "https://example.org/1", 4: 2291720170, 6: 1686920170, 65534: 43200,
			65533: anyMap{"bits": 1, "lst": []byte{0xfb, 0xff}}}
		maps.Copy(claims, change)
		return claims
	}
	const rest = "exp=2291720170 iat=1686920170 iss=https://issuer.example status_list={bits=1 lst=-_8} sub=https://example.org/1 ttl=43200}"
	without := func(name, value string) string {
		i := strings.Index(rest, name+"=")
		j := i + strings.IndexAny(rest[i:], " }")
		if strings.HasPrefix(rest[i:], "status_list={") {
			j = i + strings.Index(rest[i:], "}") + 1
		}
		return "{" + rest[:i] + name + "=" + value + rest[j:]
	}
	for name, test := range map[string]struct {
		claims anyMap
		want   string
	}{
		"as it should be":        {good(nil), "{" + rest},
		"claims that are more":   {good(anyMap{3: "aud", "exp": 1, -1: 2, 65535: anyMap{"a": 1.5}, 1000: []any{true, nil}}), "{" + rest},
		"sub of bytes":           {good(anyMap{2: []byte("x")}), without("sub", "wrong")},
		"sub with U+0000":        {good(anyMap{2: "a\x00b"}), without("sub", "wrong")},
		"exp a float":            {good(anyMap{4: 1.5}), without("exp", "wrong")},
		"exp a text":             {good(anyMap{4: "1"}), without("exp", "wrong")},
		"exp tagged":             {good(anyMap{4: library.Tag{Number: 1, Content: 1}}), without("exp", "wrong")},
		"exp below zero":         {good(anyMap{4: -5}), without("exp", "-5")},
		"exp of 64 bits":         {good(anyMap{4: uint64(1<<64 - 1)}), without("exp", "wrong")},
		"ttl null":               {good(anyMap{65534: nil}), without("ttl", "wrong")},
		"list of bytes":          {good(anyMap{65533: []byte{1}}), without("status_list", "wrong")},
		"list with more":         {good(anyMap{65533: anyMap{"bits": 8, "lst": []byte{}, "aggregation_uri": "https://a.example", "x": 1, 5: 6}}), without("status_list", "{aggregation_uri=https://a.example bits=8 lst=}")},
		"list of wrong kinds":    {good(anyMap{65533: anyMap{"bits": "1", "lst": "eNo", "aggregation_uri": 1}}), without("status_list", "{aggregation_uri=wrong bits=wrong lst=wrong}")},
		"keys of the list: ints": {good(anyMap{65533: anyMap{1: 1, 2: []byte{1}}}), without("status_list", "{}")},
		"nothing":                {anyMap{}, "{}"},
	} {
		m, err := Parse(write(t, anyMap{16: StatusListType}, nil, marshal(t, test.claims)))
		if err != nil {
			t.Fatal(name, err)
		}
		got, err := m.StatusList()
		if err != nil || show(got) != test.want {
			t.Errorf("%s: %v\n got %s\nwant %s", name, err, show(got), test.want)
		}
	}
	for payload, want := range map[string]error{
		"":                             cbor.ErrShort,
		"80":                           cbor.ErrKind,
		"a1":                           cbor.ErrShort,
		"a0 00":                        cbor.ErrTrailing,
		"a2 0200 0201":                 cbor.ErrTwice,
		"a1 80 00":                     cbor.ErrKind,
		"a1 19fffd a2 6162 00 6162 01": cbor.ErrTwice,
		"bf ff":                        cbor.ErrPreferred,
		"a1 1802 00":                   cbor.ErrPreferred,
	} {
		data, err := hex.DecodeString(strings.ReplaceAll(payload, " ", ""))
		if err != nil {
			t.Fatal(err)
		}
		m, err := Parse(write(t, anyMap{16: StatusListType}, nil, data))
		if err != nil {
			t.Fatal(err)
		}
		if _, err := m.StatusList(); !errors.Is(err, want) {
			t.Errorf("%s: %v, want %v", payload, err, want)
		}
	}
}

// FuzzParse: what is accepted the general library reads as well, as the same
// parts, and signs the same bytes.
func FuzzParse(f *testing.F) {
	f.Add(write(f, anyMap{1: -7, 16: StatusListType}, anyMap{4: []byte("12")}, marshal(f, anyMap{2: "a", 65533: anyMap{"bits": 1, "lst": []byte{1}}})))
	f.Add(write(f, nil, nil, nil))
	f.Add(write(f, anyMap{3: "application/vc", 16: "cose;x", 15: anyMap{1: "a", 4: 1.5, 7: []byte{0xff}}}, nil, []byte("{}"))[1:])
	f.Add([]byte{0xd2, 0x84, 0x40, 0xa2, 1, 0, 1, 1, 0x40, 0x40})
	mode, err := library.DecOptions{DupMapKey: library.DupMapKeyEnforcedAPF, IndefLength: library.IndefLengthForbidden, MaxNestedLevels: 100}.DecMode()
	if err != nil {
		f.Fatal(err)
	}
	f.Fuzz(func(t *testing.T, data []byte) {
		m, err := Parse(data)
		if err != nil {
			return
		}
		var theirs struct {
			_           struct{} `cbor:",toarray"`
			Protected   []byte
			Unprotected library.RawMessage
			Payload     []byte
			Signature   []byte
		}
		if data[0] == 0xd2 {
			data = data[1:]
		}
		if err := mode.Unmarshal(data, &theirs); err != nil {
			t.Fatalf("%x: %v", data, err)
		}
		if !bytes.Equal(theirs.Payload, m.Payload) || !bytes.Equal(theirs.Signature, m.Signature) || !bytes.Equal(theirs.Protected, m.protected) {
			t.Fatal("other parts")
		}
		m.IsCredential()
		if claims, err := m.Claims(); err == nil && len(claims.Members()) > 7 {
			t.Fatal(claims)
		}
		input, err := library.Marshal([]any{"Signature1", append([]byte{}, theirs.Protected...), []byte{}, append([]byte{}, m.Payload...)})
		if err != nil {
			t.Fatal(err)
		}
		if len(m.Protected) > 0 && !bytes.Equal(input, m.SigningInput()) {
			t.Fatal("other bytes to sign")
		}
		value, err := m.StatusList()
		if err == nil && value.Kind() != strictjson.Object {
			t.Fatal("no object")
		}
		_ = m.IsStatusList()
	})
}

// TestClaims: claims of the protected header, and of no other (RFC 9597).
func TestClaims(t *testing.T) {
	for name, test := range map[string]struct {
		protected, unprotected anyMap
		want                   string
	}{
		"none":                {anyMap{16: "application/vc+cose"}, nil, "absent"},
		"all":                 {anyMap{15: anyMap{1: "did:example:1", 2: "x", 3: "aud", 4: 5, 5: 4, 6: 3, 7: []byte("urn:x:1")}}, nil, "{exp=5 iat=3 iss=did:example:1 jti=urn:x:1 nbf=4 sub=x}"},
		"an id of bytes":      {anyMap{15: anyMap{7: []byte{0xff, 0xfe}}}, nil, "{}"},
		"an id of text":       {anyMap{15: anyMap{7: "x"}}, nil, "{jti=wrong}"},
		"an end with a point": {anyMap{15: anyMap{4: 5.5}}, nil, "{exp=wrong}"},
		"no end":              {anyMap{15: anyMap{4: nil}}, nil, "{exp=wrong}"},
		"not signed":          {anyMap{}, anyMap{15: anyMap{4: 5}}, "absent"},
	} {
		m, err := Parse(write(t, test.protected, test.unprotected, []byte("{}"))[1:])
		if err != nil {
			t.Fatal(name, err)
		}
		if got, err := m.Claims(); err != nil || show(got) != test.want {
			t.Errorf("%s: %v %s, want %s", name, err, show(got), test.want)
		}
	}
	m, err := Parse(write(t, anyMap{15: []int{1}}, nil, []byte("{}")))
	if err != nil {
		t.Fatal(err)
	}
	if _, err := m.Claims(); !errors.Is(err, cbor.ErrKind) {
		t.Error(err)
	}
}

func TestUses(t *testing.T) {
	for _, test := range []struct {
		protected anyMap
		typ, of   Use
	}{
		{anyMap{16: "application/vc+cose", 3: "application/vc"}, Credential, Credential},
		{anyMap{16: "VC+COSE", 3: "vc+ld+json; charset=utf-8"}, Credential, Credential},
		{anyMap{16: "vp+cose", 3: "application/vp"}, Presentation, Presentation},
		{anyMap{16: "application/vp+ld+json+cose"}, Presentation, Nothing},
		{anyMap{16: "application/cose; cose-type=\"cose-sign1\"", 3: "application/json"}, Anything, Anything},
		{anyMap{16: "application/vc", 3: "cose"}, Nothing, Nothing},
		{anyMap{16: "vc+jwt", 3: "v"}, Nothing, Nothing},
		{anyMap{16: "vx+cose", 3: "vx"}, Nothing, Nothing},
		{anyMap{16: 18, 3: 50}, Nothing, Nothing},
		{anyMap{16: "application/statuslist+cwt"}, Nothing, Nothing},
		{anyMap{16: ""}, Nothing, Nothing},
	} {
		m, err := Parse(write(t, test.protected, nil, []byte("{}")))
		if err != nil {
			t.Fatal(err)
		}
		typ, _ := m.Media(Type)
		of, _ := m.Media(ContentType)
		if UseOf(Type, typ) != test.typ || UseOf(ContentType, of) != test.of || m.IsCredential() != (test.typ > Anything || test.of > Anything) {
			t.Errorf("%v: %v %v", test.protected, UseOf(Type, typ), UseOf(ContentType, of))
		}
	}
}
