package sdjwt

import (
	"crypto"
	"encoding/base64"
	"encoding/json"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"testing"

	"github.com/sealcheck/sealcheck/verifier/internal/jws"
	"github.com/sealcheck/sealcheck/verifier/internal/limits"
	"github.com/sealcheck/sealcheck/verifier/internal/strictjson"
	"github.com/sealcheck/sealcheck/verifier/report"
)

const vectors = "../../../../shared/vectors"

func b64(text string) string { return base64.RawURLEncoding.EncodeToString([]byte(text)) }

// token makes an SD-JWT: $1, $2 ... in payload and in later disclosures are
// the digests of the disclosures, which are made from the last to the first.
func token(payload string, disclosures ...string) string {
	texts := make([]string, len(disclosures))
	fill := func(text string, from int) string {
		for i := from; i < len(texts); i++ {
			text = strings.ReplaceAll(text, "$"+strconv.Itoa(i+1), digest(crypto.SHA256, []byte(texts[i])))
		}
		return text
	}
	for i := len(disclosures) - 1; i >= 0; i-- {
		texts[i] = b64(fill(disclosures[i], i+1))
	}
	compact := b64(`{"alg":"ES256"}`) + "." + b64(fill(payload, 0)) + "." + b64("s") + "~"
	for _, text := range texts {
		compact += text + "~"
	}
	return compact
}

func TestProcess(t *testing.T) {
	for _, row := range []struct {
		payload, disclosures string // the latter one a line
		want                 string // the document, or the code
		disclosed, kept      string
	}{
		{`{"a":1}`, "", `{"a":1}`, "", ""},
		{`{"_sd_alg":"sha-256","a":1}`, "", `{"a":1}`, "", ""},
		{`{"a":1,"_sd":["$1"]}`, `["s","b",2]`, `{"a":1,"b":2}`, "/b", ""},
		{`{"a":1,"_sd":["decoy"]}`, "", `{"a":1}`, "", "."},
		{`{"_sd":["decoy"]}`, "", `{}`, "", "."},
		{`{"_sd":[]}`, "", `{}`, "", ""},
		{`{"a":{"_sd":["$1","x"]}}`, `["s","b/~",{}]`, `{"a":{"b/~":{}}}`, "/a/b~1~0", "/a"},
		{`{"a":[{"...":"$1"},{"...":"x"},3]}`, `["s",{"k":1}]`, `{"a":[{"k":1},3]}`, "/a/0", "/a"},
		{`{"a":[1,{"...":"x"},{"...":"$1"},[{"...":"y"}]]}`, `["s",2]`, `{"a":[1,2,[]]}`, "/a/1", "/a/2 /a"},
		{`{"a":[{"...":"x"}]}`, "", `{"a":[]}`, "", "/a"},
		{`{"_sd":["$1"]}`, "[\"s\",\"b\",{\"_sd\":[\"$2\"]}]\n[\"s\",\"c\",[{\"...\":\"$3\"}]]\n[\"s\",true]", `{"b":{"c":[true]}}`, "/b /b/c /b/c/0", ""},
		{`{"_sd":["$1"]}`, `["s","",0]`, `{"":0}`, "/", ""},
		{`{"_sd":["$1"],"a":{"b":0}}`, `["s","b",0]`, `{"a":{"b":0},"b":0}`, "/b", ""},

		{`{"_sd_alg":"sha-1"}`, "", "algorithm", "", ""},
		{`{"_sd_alg":"SHA-256"}`, "", "algorithm", "", ""},
		{`{"_sd_alg":1}`, "", "algorithm", "", ""},
		{`{"a":{"_sd_alg":"sha-256"}}`, "", "digest_malformed", "", ""},
		{`{"_sd":"$1"}`, `["s","b",2]`, "digest_malformed", "", ""},
		{`{"_sd":[1]}`, "", "digest_malformed", "", ""},
		{`{"...":"x"}`, "", "digest_malformed", "", ""},
		{`{"a":[{"...":"x","b":1}]}`, "", "digest_malformed", "", ""},
		{`{"a":[{"...":1}]}`, "", "digest_malformed", "", ""},
		{`{"_sd":["x","x"]}`, "", "digest_repeated", "", ""},
		{`{"_sd":["$1"],"a":{"_sd":["$1"]}}`, `["s","b",2]`, "digest_repeated", "", ""},
		{`{"_sd":["x"],"a":[{"...":"x"}]}`, "", "digest_repeated", "", ""},
		{`{"_sd":["$1","x"]}`, `["s","b",{"_sd":["x"]}]`, "digest_repeated", "", ""},
		{`{"a":1}`, `["s","b",2]`, "disclosure_foreign", "", ""},
		{`{"_sd":["$1"]}`, "[\"s\",\"b\",2]\n[\"s\",\"c\",2]", "disclosure_foreign", "", ""},
		{`{"_sd":["$1"]}`, `["s",2]`, "disclosure_malformed", "", ""},
		{`{"_sd":["$1"]}`, `["s",1,2]`, "disclosure_malformed", "", ""},
		{`{"_sd":["$1"]}`, `["s"]`, "disclosure_malformed", "", ""},
		{`{"_sd":["$1"]}`, `["s","b",2,3]`, "disclosure_malformed", "", ""},
		{`{"_sd":["$1"]}`, `[1,"b",2]`, "disclosure_malformed", "", ""},
		{`{"_sd":["$1"]}`, `{"b":2}`, "disclosure_malformed", "", ""},
		{`{"_sd":["$1"]}`, `["s","b",{"x":1,"x":2}]`, "disclosure_malformed", "", ""},
		{`{"a":[{"...":"$1"}]}`, `["s","b",2]`, "disclosure_malformed", "", ""},
		{`{"_sd":["$1"]}`, `["s","_sd",["x"]]`, "name_reserved", "", ""},
		{`{"_sd":["$1"]}`, `["s","...","x"]`, "name_reserved", "", ""},
		{`{"_sd":["$1"]}`, `["s","_sd_alg","sha-512"]`, "name_reserved", "", ""},
		{`{"_sd":["$1"],"b":1}`, `["s","b",2]`, "name_taken", "", ""},
		{`{"_sd":["$1","$2"]}`, "[\"s\",\"b\",2]\n[\"t\",\"b\",2]", "name_taken", "", ""},
		{`{"_sd":["$1"]}`, `["s","b",{"_sd":["x"],"...":"y"}]`, "digest_malformed", "", ""},
		{`[]`, "", "malformed", "", ""},
		{`{"a":1,"a":2}`, "", "malformed", "", ""},
	} {
		var disclosures []string
		if row.disclosures != "" {
			disclosures = strings.Split(row.disclosures, "\n")
		}
		m, err := Parse([]byte(token(row.payload, disclosures...)))
		if err != nil {
			if got := strings.TrimPrefix(string(report.CodeOf(err)), "envelope.sd_"); got != row.want {
				t.Errorf("%s %s: %v", row.payload, row.disclosures, err)
			}
			continue
		}
		if got := string(m.Document.Append(nil)); got != row.want {
			t.Errorf("%s %s: %s", row.payload, row.disclosures, got)
		}
		if got := strings.Join(m.Disclosed, " "); got != row.disclosed {
			t.Errorf("%s: disclosed %q", row.payload, got)
		}
		kept := strings.Join(m.Kept, " ")
		if len(m.Kept) == 1 && m.Kept[0] == "" {
			kept = "."
		}
		if kept != row.kept {
			t.Errorf("%s: kept %q", row.payload, kept)
		}
	}
}

func TestParse(t *testing.T) {
	good := token(`{"_sd":["$1"]}`, `["s","b",2]`)
	jwt, disclosure, _ := strings.Cut(strings.TrimSuffix(good, "~"), "~")
	for text, want := range map[string]string{
		good:                               "",
		jwt + "~" + disclosure + "~" + jwt: "",
		jwt + "~":                          "",
		jwt:                                "envelope.sd_malformed",
		jwt + "~" + disclosure:             "envelope.sd_malformed",
		good + "x":                         "envelope.sd_malformed",
		good + "~":                         "envelope.sd_disclosure_malformed",
		good + disclosure + "~":            "envelope.sd_disclosure_malformed",
		jwt + "~" + disclosure + "=~":      "envelope.sd_disclosure_malformed",
		jwt + "~" + disclosure + "A~":      "envelope.sd_disclosure_malformed",
		"~" + good:                         "envelope.jws_malformed",
		"x~y~":                             "envelope.jws_malformed",
		jwt + strings.Repeat("~", limits.Disclosures+2):                                   "envelope.sd_too_many",
		jwt + "~" + b64(`["s","b",[`+strings.Repeat("1,", limits.JSONTokens)+`1]]`) + "~": "envelope.sd_too_many",
	} {
		m, err := Parse([]byte(text))
		if got := string(report.CodeOf(err)); err == nil && want != "" || err != nil && got != want {
			t.Errorf("%.80s: %v, want %s", text, err, want)
		}
		if err == nil && m.Document.Kind() != strictjson.Object {
			t.Errorf("%.80s: no document", text)
		}
	}
	deep := `["s","b",{"_sd":["$2"]}]`
	var disclosures []string
	for i := range limits.JSONDepth + 1 {
		disclosures = append(disclosures, strings.ReplaceAll(deep, "$2", "$"+strconv.Itoa(i+2)+"x"))
	}
	// Nested by recursion beyond what a document may be.
	texts, next := []string{}, "end"
	for i := range disclosures {
		text := b64(`["s","b",{"_sd":["` + next + `"]}]`)
		_ = i
		texts, next = append(texts, text), digest(crypto.SHA256, []byte(text))
	}
	if _, err := Parse([]byte(b64(`{}`) + "." + b64(`{"_sd":["`+next+`"]}`) + ".AA~" + strings.Join(texts, "~") + "~")); report.CodeOf(err) != report.EnvelopeJsonDepth {
		t.Errorf("deep: %v", err)
	}
}

func TestHashes(t *testing.T) {
	for name, hash := range hashes {
		text := b64(`["s","b",2]`)
		m, err := Parse([]byte(b64(`{}`) + "." + b64(`{"_sd_alg":"`+name+`","_sd":["`+digest(hash, []byte(text))+`"]}`) + ".AA~" + text + "~"))
		if err != nil || string(m.Document.Append(nil)) != `{"b":2}` {
			t.Errorf("%s: %v", name, err)
		}
	}
}

func fromJSON(text string) (*Message, error) {
	value, err := strictjson.Parse([]byte(text))
	if err != nil {
		return nil, err
	}
	message, err := jws.ParseJSON(value)
	if err != nil {
		return nil, err
	}
	if !InJSON(value, message) {
		return nil, nil
	}
	return FromJSON(value, message)
}

func TestJSON(t *testing.T) {
	compact := token(`{"_sd":["$1"]}`, `["s","b",2]`)
	parts := strings.FieldsFunc(compact, func(r rune) bool { return r == '.' || r == '~' })
	head := `"protected":"` + parts[0] + `","signature":"` + parts[2] + `"`
	payload := `"payload":"` + parts[1] + `"`
	shown := `"header":{"disclosures":["` + parts[3] + `"]}`
	want, err := Parse([]byte(compact))
	if err != nil {
		t.Fatal(err)
	}
	for text, code := range map[string]string{
		`{` + payload + `,` + head + `,` + shown + `}`:                                                    "",
		`{` + payload + `,"signatures":[{` + head + `,` + shown + `},{` + head + `}]}`:                    "",
		`{` + payload + `,"signatures":[{` + head + `},{` + head + `,` + shown + `}]}`:                    "sd_malformed",
		`{` + payload + `,` + head + `,"disclosures":["` + parts[3] + `"]}`:                               "sd_malformed",
		`{` + payload + `,` + head + `,"header":{"disclosures":[1]}}`:                                     "sd_malformed",
		`{` + payload + `,` + head + `,"header":{"disclosures":"` + parts[3] + `"}}`:                      "sd_malformed",
		`{` + payload + `,` + head + `,"header":{"disclosures":["` + parts[3] + `"],"kb_jwt":1}}`:         "sd_malformed",
		`{` + payload + `,` + head + `,"header":{"disclosures":["` + parts[3] + `","` + parts[3] + `"]}}`: "sd_disclosure_malformed",
	} {
		m, err := fromJSON(text)
		if got := strings.TrimPrefix(string(report.CodeOf(err)), "envelope."); err != nil && got != code || err == nil && code != "" {
			t.Errorf("%s: %v", text, err)
			continue
		}
		if err == nil && (m == nil || m.Digest() != want.Digest() || !m.Document.Equal(want.Document)) {
			t.Errorf("%s: not the same as the compact form", text)
		}
	}
}

// TestVectors: the examples of RFC 9901, of the SD-JWT VC draft, of the W3C and
// of Credo can be read, and the digests in their KB-JWTs are those of what is
// shown.
func TestVectors(t *testing.T) {
	manifest, err := os.ReadFile(filepath.Join(vectors, "manifest.json"))
	if err != nil {
		if os.Getenv("CI") != "" {
			t.Fatal(err)
		}
		t.Skip("0 vectors: the folder is not here")
	}
	var list struct {
		Entries []struct{ File, Format, Role string }
	}
	if err := json.Unmarshal(manifest, &list); err != nil {
		t.Fatal(err)
	}
	read, bound := 0, 0
	for _, entry := range list.Entries {
		if !strings.Contains(entry.Format, "sd-jwt") || entry.Role != "credential" {
			continue
		}
		data, err := os.ReadFile(filepath.Join(vectors, entry.File))
		if err != nil {
			t.Error(err)
			continue
		}
		var m *Message
		if data[0] == '{' {
			m, err = fromJSON(string(data))
		} else {
			m, err = Parse([]byte(strings.Join(strings.Fields(string(data)), "")))
		}
		if err != nil {
			t.Errorf("%s: %v", entry.File, err)
			continue
		}
		read++
		if m.KeyBinding == "" {
			continue
		}
		binding, err := jws.Parse([]byte(m.KeyBinding))
		if err != nil {
			t.Errorf("%s: %v", entry.File, err)
			continue
		}
		claims, err := strictjson.Parse(binding.Content)
		if err != nil || claims.At("sd_hash").Text() != m.Digest() {
			t.Errorf("%s: %v, sd_hash is %s", entry.File, err, m.Digest())
		}
		bound++
	}
	if read < 20 || bound < 6 {
		t.Errorf("only %d read, %d bound", read, bound)
	}
	t.Logf("%d read, %d bound to a key", read, bound)
}

func FuzzParse(f *testing.F) {
	f.Add([]byte(token(`{"a":[{"...":"$1"}],"_sd":["$2","x"]}`, `["s",{"_sd":["$3"]}]`, `["s","b",2]`, `["s","c",[]]`)))
	f.Add([]byte(token(`{"_sd":["$1"],"b":1}`, `["s","b",2]`)))
	f.Fuzz(func(t *testing.T, data []byte) {
		m, err := Parse(data)
		if err != nil {
			if report.CodeOf(err) == report.InternalUnexpected {
				t.Error(err)
			}
			return
		}
		text := string(m.Document.Append(nil))
		if again, err := strictjson.Parse([]byte(text)); err != nil || !again.Equal(m.Document) {
			t.Errorf("%s: %v", text, err)
		}
		for _, name := range []string{`"_sd":`, `"...":`, `"_sd_alg":`} {
			if strings.Contains(text, name) {
				t.Errorf("%s is left", name)
			}
		}
	})
}
