package cose

import (
	"encoding/base64"
	"strconv"
	"strings"

	"github.com/sealcheck/sealcheck/verifier/internal/cbor"
	"github.com/sealcheck/sealcheck/verifier/internal/strictjson"
)

// StatusListType is the type of a status list token in CBOR
// (draft-ietf-oauth-status-list 5.2).
const StatusListType = "application/statuslist+cwt"

// IsStatusList says whether the protected header states that type. Older
// drafts write it without "application/".
func (m *Message) IsStatusList() bool {
	value, ok := m.Protected.Get(Type)
	if !ok || value.Kind() != cbor.Text {
		return false
	}
	text := strings.ToLower(value.Text())
	return text == StatusListType || "application/"+text == StatusListType
}

// claims are the claims that are read, in the words of a token in JSON
// (RFC 8392 3, draft-ietf-oauth-status-list 5.2, 14).
var claims = [...]struct {
	key  int64
	name string
	kind claimKind
}{
	{1, "iss", aText}, {2, "sub", aText}, {4, "exp", aNumber}, {5, "nbf", aNumber}, {6, "iat", aNumber},
	{65533, "status_list", aList}, {65534, "ttl", aNumber},
}

type claimKind uint8

const (
	aText claimKind = iota
	aNumber
	aList
)

// StatusList gives the claims of a status list token as the JSON object that
// the same token has as a JWT (draft-ietf-oauth-status-list 5.1), so that both
// are read by the same rules: lst becomes base64url. A claim of another kind
// than it should be is null there, which no rule accepts. Claims that are not
// known are left out. Errors are those of package cbor.
func (m *Message) StatusList() (strictjson.Value, error) {
	r := cbor.NewReader(m.Payload)
	var members []strictjson.Member
	seen := map[string]bool{}
	for n := r.Map(); n > 0 && !r.Failed(); n-- {
		key := r.Key()
		if seen[key] {
			return strictjson.Value{}, cbor.ErrTwice
		}
		seen[key] = true
		value := r.Item()
		if label := cbor.NewReader([]byte(key)); label.Kind() == cbor.Number {
			number := label.Integer()
			for _, claim := range claims {
				if claim.key == number {
					members = append(members, strictjson.Member{Key: claim.name, Value: claim.kind.read(value)})
				}
			}
		}
	}
	if err := r.Close(); err != nil {
		return strictjson.Value{}, err
	}
	return strictjson.NewObject(members), nil
}

// read reads a claim, which is well-formed.
func (k claimKind) read(item []byte) strictjson.Value {
	r := cbor.NewReader(item)
	switch kind := r.Kind(); {
	case k == aText && kind == cbor.Text:
		return text(r.Text())
	case k == aNumber && (kind == cbor.Number || kind == cbor.Negative):
		number := r.Integer()
		if r.Failed() {
			return null()
		}
		return integer(number)
	case k == aList && kind == cbor.Map:
		return list(r)
	}
	return null()
}

// list reads {"bits", "lst", "aggregation_uri"} (draft-ietf-oauth-status-list
// 4.3).
func list(r *cbor.Reader) strictjson.Value {
	var members []strictjson.Member
	for n := r.Map(); n > 0 && !r.Failed(); n-- {
		name := ""
		if r.Kind() == cbor.Text {
			name = r.Text()
		} else {
			r.Item()
		}
		kind, value := r.Kind(), null()
		item := r.Item()
		switch inner := cbor.NewReader(item); {
		case name == "bits":
			value = aNumber.read(item)
		case name == "aggregation_uri":
			value = aText.read(item)
		case name == "lst" && kind == cbor.Bytes:
			value = strictjson.NewString(base64.RawURLEncoding.EncodeToString(inner.Bytes()))
		case name != "lst":
			continue
		}
		members = append(members, strictjson.Member{Key: name, Value: value})
	}
	return strictjson.NewObject(members)
}

// text is a text as strict JSON admits it: readers written in C see one with
// U+0000 end there.
func text(text string) strictjson.Value {
	if strings.IndexByte(text, 0) >= 0 {
		return null()
	}
	return strictjson.NewString(text)
}

func integer(number int64) strictjson.Value {
	value, err := strictjson.Parse(strconv.AppendInt(nil, number, 10))
	if err != nil {
		return null()
	}
	return value
}

// null is what stands in the place of something that is not as it should be.
func null() strictjson.Value {
	value, _ := strictjson.Parse([]byte("null"))
	return value
}
