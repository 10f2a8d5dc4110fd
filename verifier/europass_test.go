package verifier_test

import (
	"encoding/json"
	"slices"
	"strings"
	"testing"

	"github.com/sealcheck/sealcheck/verifier/report"
)

// TestEuropassXMLBytes changes sealed XML files byte by byte: whatever is still
// verified says exactly what it said before (T17). Such bytes there are: line
// ends in a certificate, quotes, space in tags.
func TestEuropassXMLBytes(t *testing.T) {
	// said is what each entry says that nothing is held against, and whose it is.
	said := func(r *report.Report) (all []string) {
		for i := range r.Credentials {
			c := &r.Credentials[i]
			if c.Headline < report.Unlisted {
				continue
			}
			text, err := json.Marshal(c.Description)
			if err != nil {
				t.Fatal(err)
			}
			signer := c.Checks[5].Findings[0].Facts["signer"]
			all = append(all, c.Headline.String()+" "+signer+" "+string(text))
		}
		return all
	}
	tried := 0
	for _, s := range scenarios(t) {
		if !strings.HasPrefix(s.ID, "xml-") || !strings.Contains(" seal seal-xadesjs mandated-own shared two-seals two-seals-joined shared-more mandated-more contained-sealed seal-key-info seal-c14n11 ", " "+s.ID[4:]+" ") {
			continue
		}
		config, file := s.config(t, nil), read(t, s.File)
		before := said(verify(t, config, file))
		if len(before) == 0 || !strings.Contains(before[len(before)-1], "Mara Lindqvist") && !strings.Contains(before[0], "Mara Lindqvist") {
			t.Fatal(before)
		}
		tried++
		still, changes := 0, 0
		for i := len(s.ID) % 7; i < len(file); i += 41 {
			for _, with := range []string{string(rune(file[i]&0x7f ^ 1)), "", "<!---->", "<x/>", " "} {
				changed := string(file[:i]) + with + string(file[i+1:])
				if with == "<!---->" {
					changed = string(file[:i]) + with + string(file[i:])
				}
				changes++
				for _, one := range said(verify(t, config, []byte(changed))) {
					if still++; !slices.Contains(before, one) {
						t.Errorf("%s: %q at %d: %s", s.ID, with, i, one)
					}
				}
			}
		}
		t.Logf("%s: %d changes, %d times something is still said", s.ID, changes, still)
	}
	if tried != 11 {
		t.Errorf("%d files", tried)
	}
}
