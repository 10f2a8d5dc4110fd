package cose

import (
	"encoding/base64"
	"strconv"
	"strings"
	"unicode/utf8"

	"github.com/sealcheck/sealcheck/verifier/internal/cbor"
	"github.com/sealcheck/sealcheck/verifier/internal/strictjson"
)

// StatusListType is the type of a status list token in CBOR
// (draft-ietf-oauth-status-list 5.2).
const StatusListType = "application/statuslist+cwt"

// IsStatusList says whether the protected header states that type. Older
// drafts write it without "application/".
func (m *Message) IsStatusList() bool {
	media, _ := m.Media(Type)
	return "application/"+media == StatusListType
}

// Media gives the media type in a protected parameter, Type or ContentType, in
// small letters and without "application/" and parameters; stated says whether
// the parameter is there. It is "" where it is no text: the registered numbers
// name no type that is read here.
func (m *Message) Media(parameter int64) (media string, stated bool) {
	value, ok := m.Protected.Get(parameter)
	if !ok {
		return "", false
	}
	if value.Kind() != cbor.Text {
		return "", true
	}
	media, _, _ = strings.Cut(strings.ToLower(value.Text()), ";")
	return strings.TrimPrefix(strings.TrimSpace(media), "application/"), true
}

// Use is what a media type says that a message secures.
type Use uint8

const (
	Nothing Use = iota // it is of no use here
	Anything
	Credential
	Presentation
)

// uses are the media types that credentials and presentations have, by what
// follows "vc" and "vp" (VC-JOSE-COSE 3.3, and the names in its drafts).
var uses = [...]string{"+cose", "+ld+cose", "-ld+cose", "+ld+json+cose", "", "+ld+json"}

// whole is how many of uses name the message; the others name its payload.
const whole = 4

// UseOf reads a media type that stands in a parameter, Type or ContentType.
func UseOf(parameter int64, media string) Use {
	switch {
	case parameter == Type && media == "cose", parameter == ContentType && media == "json":
		return Anything // no more than that it is COSE, or JSON
	case len(media) < 2:
		return Nothing
	}
	for i, rest := range uses {
		if media[2:] != rest || i >= whole && parameter == Type {
			continue
		}
		switch media[:2] {
		case "vc":
			return Credential
		case "vp":
			return Presentation
		}
	}
	return Nothing
}

// IsCredential says whether the protected header states a media type of a
// credential or presentation.
func (m *Message) IsCredential() bool {
	for _, parameter := range [...]int64{Type, ContentType} {
		if media, _ := m.Media(parameter); UseOf(parameter, media) > Anything {
			return true
		}
	}
	return false
}

// claims are the claims that are read, in the words of a token in JSON
// (RFC 8392 3, draft-ietf-oauth-status-list 5.2, 14).
var claims = [...]struct {
	key  int64
	name string
	kind claimKind
}{
	{1, "iss", aText}, {2, "sub", aText}, {4, "exp", aNumber}, {5, "nbf", aNumber}, {6, "iat", aNumber}, {7, "jti", anID},
	{65533, "status_list", aList}, {65534, "ttl", aNumber},
}

type claimKind uint8

const (
	aText claimKind = iota
	aNumber
	aList
	anID
)

// StatusList gives the claims of a status list token as the JSON object that
// the same token has as a JWT (draft-ietf-oauth-status-list 5.1), so that both
// are read by the same rules: lst becomes base64url. A claim of another kind
// than it should be is false there, which no rule accepts. Claims that are not
// known are left out. Errors are those of package cbor.
func (m *Message) StatusList() (strictjson.Value, error) {
	return readClaims(cbor.NewReader(m.Payload))
}

// Claims gives the claims in the protected header (RFC 9597) in the same way,
// Absent where it has none. Those that nobody signs count for nothing.
func (m *Message) Claims() (strictjson.Value, error) {
	r, ok := m.Protected.Get(HeaderClaims)
	if !ok {
		return strictjson.Value{}, nil
	}
	return readClaims(r)
}

func readClaims(r *cbor.Reader) (strictjson.Value, error) {
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
				if claim.key == number && claim.kind.says(value) {
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

// says is false for an identifier that is no text: it cannot be held against
// one that is.
func (k claimKind) says(item []byte) bool {
	r := cbor.NewReader(item)
	return k != anID || r.Kind() != cbor.Bytes || utf8.Valid(r.Bytes())
}

// read reads a claim, which is well-formed.
func (k claimKind) read(item []byte) strictjson.Value {
	r := cbor.NewReader(item)
	switch kind := r.Kind(); {
	case k == aText && kind == cbor.Text:
		return text(r.Text())
	case k == anID && kind == cbor.Bytes:
		return text(string(r.Bytes()))
	case k == aNumber && (kind == cbor.Number || kind == cbor.Negative):
		number := r.Integer()
		if r.Failed() {
			return wrong()
		}
		return integer(number)
	case k == aList && kind == cbor.Map:
		return list(r)
	}
	return wrong()
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
		kind, value := r.Kind(), wrong()
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
		return wrong()
	}
	return strictjson.NewString(text)
}

func integer(number int64) strictjson.Value {
	value, err := strictjson.Parse(strconv.AppendInt(nil, number, 10))
	if err != nil {
		return wrong()
	}
	return value
}

// wrong is what stands in the place of something that is not as it should be.
// It is not null, which counts as absent.
func wrong() strictjson.Value {
	value, _ := strictjson.Parse([]byte("false"))
	return value
}
