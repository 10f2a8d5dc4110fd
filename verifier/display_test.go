package verifier_test

import (
	"crypto/sha256"
	"crypto/sha512"
	"encoding/base64"
	"encoding/json"
	"strconv"
	"strings"
	"testing"

	"github.com/sealcheck/sealcheck/verifier/fetch"
	"github.com/sealcheck/sealcheck/verifier/internal/strictjson"
	"github.com/sealcheck/sealcheck/verifier/report"
)

// TestT7DisplayedIsSigned: every value that a report shows stands, at the
// path that it names, in the bytes that were signed (T7). The documents are
// opened here by other means than the core's.
func TestT7DisplayedIsSigned(t *testing.T) {
	shown := 0
	for _, s := range scenarios(t) {
		file := read(t, s.File)
		got := verify(t, s.config(t, s.network(t)), file)
		document, ok := signedDocument(file)
		if !ok || len(got.Credentials) != 1 || got.Credentials[0].Description == nil {
			continue
		}
		d := got.Credentials[0].Description
		for _, texts := range [][]report.Text{d.Title, d.Learner, d.Issuer, d.Awarder, d.Issued, d.From, d.Until, d.Results, d.Criteria, d.Details} {
			for _, text := range texts {
				shown++
				within, path := document, text.Path
				if address, rest, elsewhere := strings.Cut(text.Path, "#"); elsewhere && strings.HasPrefix(address, "https://") {
					// A part of an older badge, as it was answered.
					answer, err := s.network(t).Get(t.Context(), fetch.Request{Address: address, Kind: fetch.Badge})
					if err != nil {
						t.Errorf("%s: %s: %v", s.ID, text.Path, err)
					}
					within, _ = strictjson.Parse(answer.Body)
					path = rest
				}
				value, ok := pointer(within, path)
				if !ok {
					t.Errorf("%s: %q is shown from %s, which is not there", s.ID, text.Value, text.Path)
					continue
				}
				if !says(value, text.Value) {
					t.Errorf("%s: %q is shown for %s at %s", s.ID, text.Value, value.Append(nil), text.Path)
				}
			}
		}
	}
	if shown < 1000 {
		t.Errorf("only %d values were compared", shown)
	}
	t.Logf("%d values compared", shown)
}

// says whether a value of the document is what is shown for it: the same
// text, the same number, or the beginning of a text that was clipped.
func says(value strictjson.Value, shown string) bool {
	switch value.Kind() {
	case strictjson.Object: // a text with its language
		return value.At("@value").Text() == shown
	case strictjson.String:
		return value.Text() == shown || strings.HasSuffix(shown, "…") && strings.HasPrefix(value.Text(), strings.TrimSuffix(shown, "…"))
	case strictjson.Number:
		a, errA := strconv.ParseFloat(value.Literal(), 64)
		b, errB := strconv.ParseFloat(shown, 64)
		if errA == nil && errB == nil && a == b {
			return true
		}
		// A NumericDate is shown as the instant that it is.
		return strings.Contains(shown, "T") && strings.HasSuffix(shown, "Z")
	case strictjson.Bool:
		return strconv.FormatBool(value.Truth()) == shown
	}
	return false
}

// signedDocument is the JSON document of a plain file: the file itself, the
// payload of a compact JWS, or that of a sealed one.
func signedDocument(file []byte) (strictjson.Value, bool) {
	text := strings.Trim(string(file), " \t\r\n\"'`")
	if strings.HasPrefix(text, "eyJ") && strings.Contains(text, "~") {
		return disclosedDocument(text)
	}
	if parts := strings.Split(text, "."); len(parts) == 3 && strings.HasPrefix(text, "eyJ") {
		payload, err := base64.RawURLEncoding.DecodeString(parts[1])
		if err != nil {
			return strictjson.Value{}, false
		}
		value, err := strictjson.Parse(payload)
		return value, err == nil
	}
	var sealed struct{ Payload *string }
	if json.Unmarshal(file, &sealed) == nil && sealed.Payload != nil {
		value, err := strictjson.Parse([]byte(*sealed.Payload))
		return value, err == nil
	}
	value, err := strictjson.Parse(file)
	if _, wrapped := value.Get("jwt"); wrapped || strings.HasPrefix(value.At("id").Text(), "data:") {
		return value, false
	}
	return value, err == nil
}

// pointer follows a JSON pointer (RFC 6901).
func pointer(value strictjson.Value, path string) (strictjson.Value, bool) {
	if path == "" {
		return value, true
	}
	for _, token := range strings.Split(path[1:], "/") {
		token = strings.NewReplacer("~1", "/", "~0", "~").Replace(token)
		switch value.Kind() {
		case strictjson.Object:
			next, ok := value.Get(token)
			if !ok {
				return strictjson.Value{}, false
			}
			value = next
		case strictjson.Array:
			i, err := strconv.Atoi(token)
			if err != nil || i < 0 || i >= len(value.Items()) {
				return strictjson.Value{}, false
			}
			value = value.Items()[i]
		default:
			return strictjson.Value{}, false
		}
	}
	return value, true
}

// disclosedDocument is the payload of an SD-JWT with what is disclosed in its
// places, put together as simply as can be.
func disclosedDocument(text string) (strictjson.Value, bool) {
	parts := strings.Split(strings.Join(strings.Fields(text), ""), "~")
	token := strings.Split(parts[0], ".")
	if len(token) != 3 {
		return strictjson.Value{}, false
	}
	decode := func(text string) strictjson.Value {
		data, err := base64.RawURLEncoding.DecodeString(text)
		if err != nil {
			return strictjson.Value{}
		}
		value, _ := strictjson.Parse(data)
		return value
	}
	shown := map[string][]strictjson.Value{}
	for _, part := range parts[1 : len(parts)-1] {
		s256, s384, s512 := sha256.Sum256([]byte(part)), sha512.Sum384([]byte(part)), sha512.Sum512([]byte(part))
		for _, digest := range [][]byte{s256[:], s384[:], s512[:]} {
			shown[base64.RawURLEncoding.EncodeToString(digest)] = decode(part).Items()
		}
	}
	var fill func(strictjson.Value) strictjson.Value
	fill = func(v strictjson.Value) strictjson.Value {
		switch v.Kind() {
		case strictjson.Object:
			whole := v.Without("_sd")
			for _, m := range whole.Members() {
				whole = whole.With(m.Key, fill(m.Value))
			}
			for _, digest := range v.At("_sd").Items() {
				if items := shown[digest.Text()]; len(items) == 3 {
					whole = whole.With(items[1].Text(), fill(items[2]))
				}
			}
			return whole
		case strictjson.Array:
			var whole []strictjson.Value
			for _, item := range v.Items() {
				if digest := item.At("...").Text(); digest == "" {
					whole = append(whole, fill(item))
				} else if items := shown[digest]; len(items) == 2 {
					whole = append(whole, fill(items[1]))
				}
			}
			return strictjson.NewArray(whole)
		}
		return v
	}
	document := fill(decode(token[1]))
	return document, document.Kind() == strictjson.Object
}
