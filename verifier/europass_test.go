package verifier_test

import (
	"encoding/json"
	"strings"
	"testing"

	"github.com/sealcheck/sealcheck/verifier/report"
)

// TestEuropassXMLBytes changes sealed XML files byte by byte: whatever is still
// verified says exactly what it said before (T17). Such bytes there are: line
// ends in a certificate, quotes, space in tags.
func TestEuropassXMLBytes(t *testing.T) {
	said := func(r *report.Report) string {
		text, err := json.Marshal(deciding(r).Description)
		if err != nil {
			t.Fatal(err)
		}
		return string(text)
	}
	for _, s := range scenarios(t) {
		if s.ID != "xml-seal" && s.ID != "xml-seal-xadesjs" && s.ID != "xml-mandated-own" && s.ID != "xml-shared" {
			continue
		}
		config, file := s.config(t, nil), read(t, s.File)
		before := said(verify(t, config, file))
		if !strings.Contains(before, "Mara Lindqvist") {
			t.Fatal(before)
		}
		still, tried := 0, 0
		for i := len(s.ID) % 7; i < len(file); i += 17 {
			for _, with := range []string{string(rune(file[i]&0x7f ^ 1)), "", "<!---->", "<x/>", " "} {
				changed := string(file[:i]) + with + string(file[i+1:])
				if with == "<!---->" {
					changed = string(file[:i]) + with + string(file[i:])
				}
				r := verify(t, config, []byte(changed))
				tried++
				if r.Verdict != report.Valid {
					continue
				}
				if still++; said(r) != before {
					t.Errorf("%s: %q at %d: %s", s.ID, with, i, said(r))
				}
			}
		}
		if tried < 1000 {
			t.Errorf("%s: only %d changes", s.ID, tried)
		}
		t.Logf("%s: %d changes, %d of them to what no seal covers", s.ID, tried, still)
	}
}
