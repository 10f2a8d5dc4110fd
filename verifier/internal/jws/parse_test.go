package jws

import (
	"encoding/base64"
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/sealcheck/sealcheck/verifier/internal/limits"
	"github.com/sealcheck/sealcheck/verifier/internal/strictjson"
	"github.com/sealcheck/sealcheck/verifier/report"
)

func b64(text string) string { return base64.RawURLEncoding.EncodeToString([]byte(text)) }

// codeOf is the code of a problem, or the error's text.
func codeOf(err error) report.Code {
	var problem *report.Problem
	if errors.As(err, &problem) {
		return problem.Code
	}
	if err != nil {
		return report.Code("no code: " + err.Error())
	}
	return ""
}

func TestParse(t *testing.T) {
	head, claims := b64(`{"alg":"ES256"}`), b64(`{"iss":"x"}`)
	raw := b64(`{"alg":"ES256","b64":false,"crit":["b64"]}`)
	tests := []struct {
		name, text string
		code       report.Code
		content    string
	}{
		{"plain", head + "." + claims + "." + b64("sig"), "", `{"iss":"x"}`},
		{"empty signature", head + "." + claims + ".", "", `{"iss":"x"}`},
		{"empty payload", head + ".." + b64("sig"), "", ""},
		{"header with white space", b64("{\r\n \"alg\": \"ES256\"\r\n}") + "." + claims + ".", "", `{"iss":"x"}`},
		{"unencoded payload", raw + `.{"iss":"x y"}.` + b64("sig"), "", `{"iss":"x y"}`},
		{"unencoded and detached", raw + `..` + b64("sig"), "", ""},
		{"b64 true", b64(`{"b64":true}`) + "." + claims + ".", "", `{"iss":"x"}`},
		{"b64 no truth value is no b64 false", b64(`{"b64":"false"}`) + "." + claims + ".", "", `{"iss":"x"}`},
		{"unencoded payload with a full stop", raw + `.a.b.` + b64("sig"), report.EnvelopeJwsMalformed, ""},
		{"unencoded payload with a line break", raw + ".a\nb." + b64("sig"), report.EnvelopeJwsPayload, ""},
		{"unencoded payload beyond ASCII", raw + ".é." + b64("sig"), report.EnvelopeJwsPayload, ""},
		{"nothing", "", report.EnvelopeJwsMalformed, ""},
		{"one part", head, report.EnvelopeJwsMalformed, ""},
		{"two parts", head + "." + claims, report.EnvelopeJwsMalformed, ""},
		{"four parts", head + "." + claims + ".." + claims, report.EnvelopeJwsMalformed, ""},
		{"dots only", strings.Repeat(".", 1<<20), report.EnvelopeJwsMalformed, ""},
		{"padding", head + "." + base64.URLEncoding.EncodeToString([]byte("{}")) + ".", report.EnvelopeJwsBase64, ""},
		{"padding of the header", base64.URLEncoding.EncodeToString([]byte(`{"a":1}`)) + "." + claims + ".", report.EnvelopeJwsBase64, ""},
		{"standard alphabet", head + "." + claims + ".+/+/", report.EnvelopeJwsBase64, ""},
		{"bits left over", head + "." + claims + ".AB", report.EnvelopeJwsBase64, ""},
		{"line break behind", head + "." + claims + ".AA\n", report.EnvelopeJwsBase64, ""},
		{"line break inside", head + "." + claims[:4] + "\n" + claims[4:] + ".AA", report.EnvelopeJwsBase64, ""},
		{"space in front", " " + head + "." + claims + ".AA", report.EnvelopeJwsBase64, ""},
		{"empty header", "." + claims + ".AA", report.EnvelopeJwsHeader, ""},
		{"header is a list", b64(`["alg"]`) + "." + claims + ".AA", report.EnvelopeJwsHeader, ""},
		{"header is no JSON", b64(`alg`) + "." + claims + ".AA", report.EnvelopeJwsHeader, ""},
		{"header with a duplicate", b64(`{"alg":"none","alg":"ES256"}`) + "." + claims + ".AA", report.EnvelopeJwsHeader, ""},
		{"header with an escaped duplicate", b64(`{"alg":"none","\u0061lg":"ES256"}`) + "." + claims + ".AA", report.EnvelopeJwsHeader, ""},
		{"header with something behind", b64(`{"alg":"ES256"}x`) + "." + claims + ".AA", report.EnvelopeJwsHeader, ""},
		{"header with a byte order mark", b64("\ufeff{}") + "." + claims + ".AA", report.EnvelopeJwsHeader, ""},
		{"header at the limit", strings.Repeat("A", limits.HeaderBytes) + "." + claims + ".AA", report.EnvelopeJwsHeader, ""},
		{"header above the limit", strings.Repeat("A", limits.HeaderBytes+1) + "." + claims + ".AA", report.EnvelopeJwsHeader, ""},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			m, err := Parse([]byte(test.text))
			if codeOf(err) != test.code {
				t.Fatalf("got %v, want %q", err, test.code)
			}
			if err != nil {
				return
			}
			if string(m.Content) != test.content || m.Form != Compact {
				t.Errorf("content %q, form %d", m.Content, m.Form)
			}
			// What was signed is what stood in the file, to the byte.
			at := strings.LastIndexByte(test.text, '.')
			if got := string(m.SigningInput(&m.Signatures[0])); got != test.text[:at] {
				t.Errorf("signing input %q", got)
			}
		})
	}
}

func TestParseJSON(t *testing.T) {
	head, raw := b64(`{"alg":"ES256"}`), b64(`{"alg":"ES256","b64":false,"crit":["b64"]}`)
	payload := `"payload":"` + b64(`{}`) + `"`
	one := `{"protected":"` + head + `","signature":"AA"}`
	tests := []struct {
		name, text string
		code       report.Code
		form       Form
		content    string
	}{
		{"general", `{` + payload + `,"signatures":[` + one + `]}`, "", General, "{}"},
		{"general, two", `{` + payload + `,"signatures":[` + one + `,` + one + `]}`, "", General, "{}"},
		{"flattened", `{` + payload + `,"protected":"` + head + `","signature":"AA"}`, "", Flattened, "{}"},
		{"unprotected only", `{` + payload + `,"header":{"alg":"ES256"},"signature":"AA"}`, "", Flattened, "{}"},
		{"empty signature", `{` + payload + `,"protected":"` + head + `","signature":""}`, "", Flattened, "{}"},
		{"other members", `{` + payload + `,"x":1,"signatures":[{"protected":"` + head + `","signature":"AA","x":1}]}`, "", General, "{}"},
		{"detached", `{"protected":"` + head + `","signature":"AA"}`, "", Flattened, ""},
		{"unencoded", `{"payload":"{\"a\":\"é\\n.\"}","signatures":[{"protected":"` + raw + `","header":{"etsiU":[]},"signature":"AA"}]}`, "", General, `{"a":"é\n."}`},
		{"b64 in the unprotected header changes nothing", `{` + payload + `,"header":{"b64":false},"protected":"` + head + `","signature":"AA"}`, "", Flattened, "{}"},
		{"not an object", `[]`, report.EnvelopeJwsMalformed, 0, ""},
		{"both forms", `{` + payload + `,"signature":"AA","signatures":[` + one + `]}`, report.EnvelopeJwsMalformed, 0, ""},
		{"both forms, header", `{` + payload + `,"header":{},"signatures":[` + one + `]}`, report.EnvelopeJwsMalformed, 0, ""},
		{"both forms, protected", `{` + payload + `,"protected":"` + head + `","signatures":[` + one + `]}`, report.EnvelopeJwsMalformed, 0, ""},
		{"no signatures", `{` + payload + `,"signatures":[]}`, report.EnvelopeNoSignatures, 0, ""},
		{"signatures is null", `{` + payload + `,"signatures":null}`, report.EnvelopeJwsMalformed, 0, ""},
		{"signatures at the limit", `{` + payload + `,"signatures":[` + repeat(one, limits.Proofs) + `]}`, "", General, "{}"},
		{"signatures above the limit", `{` + payload + `,"signatures":[` + repeat(one, limits.Proofs+1) + `]}`, report.EnvelopeTooManySignatures, 0, ""},
		{"entry is a string", `{` + payload + `,"signatures":["AA"]}`, report.EnvelopeJwsMalformed, 0, ""},
		{"signature missing", `{` + payload + `,"protected":"` + head + `"}`, report.EnvelopeJwsMalformed, 0, ""},
		{"signature is a number", `{` + payload + `,"protected":"` + head + `","signature":1}`, report.EnvelopeJwsMalformed, 0, ""},
		{"signature not base64url", `{` + payload + `,"protected":"` + head + `","signature":"A="}`, report.EnvelopeJwsBase64, 0, ""},
		{"payload is an object", `{"payload":{},"protected":"` + head + `","signature":"AA"}`, report.EnvelopeJwsMalformed, 0, ""},
		{"payload not base64url", `{"payload":"{}","protected":"` + head + `","signature":"AA"}`, report.EnvelopeJwsBase64, 0, ""},
		{"no header at all", `{` + payload + `,"signature":"AA"}`, report.EnvelopeJwsHeader, 0, ""},
		{"protected is empty", `{` + payload + `,"protected":"","header":{"alg":"ES256"},"signature":"AA"}`, report.EnvelopeJwsHeader, 0, ""},
		{"protected is an object", `{` + payload + `,"protected":{"alg":"ES256"},"signature":"AA"}`, report.EnvelopeJwsHeader, 0, ""},
		{"header is a string", `{` + payload + `,"protected":"` + head + `","header":"x","signature":"AA"}`, report.EnvelopeJwsHeader, 0, ""},
		{"a name in both headers is for proof", `{` + payload + `,"protected":"` + head + `","header":{"alg":"none"},"signature":"AA"}`, "", Flattened, "{}"},
		{"b64 differs", `{` + payload + `,"signatures":[` + one + `,{"protected":"` + raw + `","signature":"AA"}]}`, report.EnvelopeJwsPayload, 0, ""},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			value, err := strictjson.Parse([]byte(test.text))
			if err != nil {
				t.Fatal(err)
			}
			m, err := ParseJSON(value)
			if codeOf(err) != test.code {
				t.Fatalf("got %v, want %q", err, test.code)
			}
			if err == nil && (m.Form != test.form || string(m.Content) != test.content) {
				t.Errorf("form %d, content %q", m.Form, m.Content)
			}
		})
	}
}

func repeat(item string, n int) string {
	return strings.TrimSuffix(strings.Repeat(item+",", n), ",")
}

// TestSealedSamples: the sealed files of the Commission sign the payload's
// text after unescaping, with its line ends.
func TestSealedSamples(t *testing.T) {
	files, _ := filepath.Glob("../../../../shared/vectors/eu-*/*-signed.jsonld")
	more, _ := filepath.Glob("../../../../shared/vectors/eu-edc/eseal/*.json")
	files = append(files, more...)
	if len(files) == 0 {
		if os.Getenv("CI") != "" {
			t.Fatal("no vectors")
		}
		t.Skip("0 of 4 or more sealed samples: vectors are not here")
	}
	read := 0
	for _, file := range files {
		data, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		value, err := strictjson.Parse(data)
		if err != nil {
			t.Fatal(file, err)
		}
		if value.At("signatures").Kind() == strictjson.Absent {
			continue // the draft of a sealed file
		}
		read++
		m, err := ParseJSON(value)
		if err != nil {
			t.Fatal(file, err)
		}
		if m.Form != General || !m.Signatures[0].Unencoded || string(m.Content) != m.Payload {
			t.Errorf("%s: form %d", file, m.Form)
		}
		if document, err := strictjson.Parse(m.Content); err != nil || document.Kind() != strictjson.Object {
			t.Errorf("%s: payload: %v", file, err)
		}
	}
	if read < 4 {
		t.Errorf("only %d sealed samples", read)
	}
}

// FuzzParse: no bytes give a panic, an error always has an envelope code, and
// an accepted message is the text again when put together.
func FuzzParse(f *testing.F) {
	head := b64(`{"alg":"ES256"}`)
	for _, seed := range []string{
		head + "." + b64("{}") + ".AA", head + "..", b64(`{"b64":false}`) + ".a b.AA", "..", ".", head + ".A=.A\n",
		`{"payload":"e30","signatures":[{"protected":"` + head + `","signature":"AA"}]}`,
		`{"payload":"e30","protected":"` + head + `","header":{"alg":1},"signature":"AA"}`,
	} {
		f.Add([]byte(seed))
	}
	f.Fuzz(func(t *testing.T, data []byte) {
		m, err := Parse(data)
		check(t, m, err)
		if err == nil {
			again := append(m.SigningInput(&m.Signatures[0]), '.')
			again = base64.RawURLEncoding.AppendEncode(again, m.Signatures[0].Value)
			if string(again) != string(data) {
				t.Fatalf("%q is not %q", again, data)
			}
		}
		if value, err := strictjson.Parse(data); err == nil {
			m, err := ParseJSON(value)
			check(t, m, err)
		}
	})
}

func check(t *testing.T, m *Message, err error) {
	if err != nil {
		if code := codeOf(err); code.Outcome() != report.Fail {
			t.Fatalf("error %v", err)
		}
		return
	}
	if len(m.Signatures) == 0 || len(m.Signatures) > limits.Proofs {
		t.Fatalf("%d signatures", len(m.Signatures))
	}
	for i := range m.Signatures {
		s := &m.Signatures[i]
		if (s.Header.Kind() == strictjson.Object) != (s.Protected != "") {
			t.Fatalf("protected header %q", s.Protected)
		}
		if s.Unencoded != m.Signatures[0].Unencoded {
			t.Fatal("two readings of the payload")
		}
	}
}
