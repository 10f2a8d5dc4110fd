package verifier_test

import (
	"strings"
	"testing"

	"github.com/sealcheck/sealcheck/verifier/report"
)

func scenarioNamed(t *testing.T, id string) scenario {
	t.Helper()
	for _, s := range scenarios(t) {
		if s.ID == id {
			return s
		}
	}
	t.Fatalf("no scenario %s", id)
	return scenario{}
}

// TestT20EveryLetter: no letter of an SD-JWT can be another, in the token, in
// a disclosure or in the holder's confirmation (T20).
func TestT20EveryLetter(t *testing.T) {
	tried := 0
	for _, id := range []string{"wallet-some", "wallet-bound-good", "wallet-json-bound"} {
		s := scenarioNamed(t, id)
		file := read(t, s.File)
		config := s.config(t, s.network(t))
		if got := verify(t, config, file); got.Verdict != report.Valid {
			t.Fatalf("%s: %s", id, got.Headline)
		}
		for at := 0; at < len(file); at += 5 {
			c := file[at]
			if !strings.ContainsRune("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_", rune(c)) {
				continue
			}
			changed := append([]byte(nil), file...)
			changed[at] = 'A'
			if c == 'A' {
				changed[at] = 'B'
			}
			tried++
			got := verify(t, config, changed)
			// A member of JSON under another name is as good as not there: who
			// hands it in may keep back what it held.
			kept := id == "wallet-json-bound" && got.Credentials[0].Checks[9].Outcome == report.None
			if got.Verdict == report.Valid && !kept {
				t.Errorf("%s: letter %d may be another", id, at)
			}
		}
	}
	if tried < 800 {
		t.Errorf("only %d", tried)
	}
}

// TestT20Pieces: no piece can be left out, doubled or taken from another
// credential of the same issuer, but for disclosures that the holder keeps back
// where nothing binds them.
func TestT20Pieces(t *testing.T) {
	some, bound := scenarioNamed(t, "wallet-some"), scenarioNamed(t, "wallet-bound-good")
	other := strings.Split(string(read(t, scenarioNamed(t, "wallet-w3c-all").File)), "~")
	for _, s := range []scenario{some, bound} {
		config := s.config(t, s.network(t))
		parts := strings.Split(string(read(t, s.File)), "~")
		try := func(want bool, parts ...string) {
			t.Helper()
			got := verify(t, config, []byte(strings.Join(parts, "~")))
			if (got.Verdict == report.Valid) != want {
				t.Errorf("%s: %s with %d parts", s.ID, got.Headline, len(parts))
			}
		}
		last := parts[len(parts)-1]
		try(true, parts...)
		try(last == "", parts[0], last)                             // nothing shown
		try(false, append(parts[:1:1], parts[0], last)...)          // the token as a disclosure
		try(false, append(append([]string{}, parts...), "")...)     // a tilde too many
		try(false, parts[0], parts[1], parts[1], last)              // twice
		try(false, parts[0], other[1], last)                        // of another credential
		try(false, append([]string{other[0]}, parts[1:]...)...)     // under another token
		try(false, parts[:len(parts)-1]...)                         // the end lost
		try(true, append(parts[:len(parts)-1:len(parts)-1], "")...) // not bound
		if last == "" {
			try(false, append(parts[:len(parts)-1:len(parts)-1], strings.Split(string(read(t, bound.File)), "~")[2])...)
		}
	}
}

// TestWalletTypes: each type of wallet credential is read by its own rules, and
// each value names its place in what is shown.
func TestWalletTypes(t *testing.T) {
	for id, want := range map[string][4]string{ // learner, title, awarder, claim
		"wallet-issued":             {"Mara /givenName", "Reading Soil Data /title", "Westerlund University /awardingBody", "result"},
		"wallet-some":               {"Mara /givenName", "Reading Soil Data /title", "Westerlund University /awardingBody", ""},
		"wallet-none":               {"", "Reading Soil Data /title", "Westerlund University /awardingBody", ""},
		"wallet-type-dc4eu-badge":   {"", "Reading Soil Data /credentialSubject/achievement/name", "", "achieved"},
		"wallet-type-dc4eu-elm":     {"Mara Lindqvist /elm/credentialSubject/fullName/en/0", "Reading Soil Data /elm/credentialSubject/hasClaim/0/title/en/0", "Westerlund University /elm/issuer/legalName/en/0", "achieved"},
		"wallet-type-dc4eu-diploma": {"Mara Lindqvist /credentialSubject/fullName/en/0", "Reading Soil Data /credentialSubject/hasClaim/0/title/en/0", "Westerlund University /issuer/legalName/en/0", "achieved"},
		"wallet-type-learning":      {"Mara /given_name", "Reading Soil Data /achievement_title", "", "achieved"},
		"wallet-type-unknown":       {"Mara /givenName", "Reading Soil Data /title", "Westerlund University /awardingBody", ""},
	} {
		s := scenarioNamed(t, id)
		got := verify(t, s.config(t, s.network(t)), read(t, s.File)).Credentials[0]
		d := got.Description
		if got.Format != "sd-jwt-vc" || d == nil {
			t.Errorf("%s is %s", id, got.Format)
			continue
		}
		for _, texts := range d.Texts() {
			for _, text := range texts {
				chosen := strings.Contains(" /givenName /familyName /grade /typeOfAssessment /level /learningOutcomes/0 /learningOutcomes/1 /notionalWorkload/unit ", " "+text.Path+" ")
				if text.Chosen != chosen {
					t.Errorf("%s: %s is marked %v", id, text.Path, text.Chosen)
				}
			}
		}
		first := func(texts []report.Text) string {
			if len(texts) == 0 {
				return ""
			}
			return texts[0].Value + " " + texts[0].Path
		}
		if have := [4]string{first(d.Learner), first(d.Title), first(d.Awarder), d.Claim}; have != want {
			t.Errorf("%s: %q, want %q", id, have, want)
		}
	}
}
