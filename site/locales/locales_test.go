package locales

import (
	"bytes"
	"encoding/json"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"github.com/sealcheck/sealcheck/verifier/report"
)

// TestFlat: a locale is one object of texts, and no key stands twice in it.
func TestFlat(t *testing.T) {
	for _, language := range Languages() {
		data, err := files.ReadFile(language + ".json")
		if err != nil {
			t.Fatal(err)
		}
		decoder := json.NewDecoder(bytes.NewReader(data))
		seen := map[string]bool{}
		if token, _ := decoder.Token(); token != json.Delim('{') {
			t.Fatalf("%s: not an object", language)
		}
		for decoder.More() {
			key, _ := decoder.Token()
			value, err := decoder.Token()
			name, _ := key.(string)
			text, isText := value.(string)
			if err != nil || name == "" || !isText {
				t.Fatalf("%s: %v: %v %v", language, key, value, err)
			}
			if seen[name] {
				t.Errorf("%s: %s stands twice", language, name)
			}
			seen[name] = true
			if strings.TrimSpace(text) != text || text == "" {
				t.Errorf("%s: %s: space around the text, or no text", language, name)
			}
		}
	}
}

// TestCodes: every code has a text, no text is for a code that is not there,
// and testdata/codes.txt is the table in its order.
func TestCodes(t *testing.T) {
	data, err := os.ReadFile("../../testdata/codes.txt")
	if err != nil {
		t.Fatal(err)
	}
	lines := strings.Fields(string(data))
	table := report.Table()
	outcome := map[string]report.Outcome{}
	for i, row := range table {
		code := string(row.Code)
		outcome[code] = row.Outcome
		if !Has("code." + code) {
			t.Errorf("no text for %s", code)
		}
		if i >= len(lines) || lines[i] != code {
			t.Errorf("testdata/codes.txt: line %d is not %s", i+1, code)
		}
	}
	if len(lines) != len(table) {
		t.Errorf("testdata/codes.txt: %d lines, the table has %d", len(lines), len(table))
	}
	for _, key := range Keys(English) {
		kind, code, _ := strings.Cut(key, ".")
		if kind != "code" && kind != "next" {
			continue
		}
		of, known := outcome[whole(code)]
		if !known {
			t.Errorf("%s: there is no such code", key)
		}
		if kind == "next" && (of == report.Pass || of == report.Skipped) {
			t.Errorf("%s: nothing to do about what passed or was not looked at", key)
		}
	}
}

// TestUnknownsHaveNextStep: whoever reads that something could not be checked
// also reads what to do (domain/needs.md Q6).
func TestUnknownsHaveNextStep(t *testing.T) {
	for _, row := range report.Table() {
		if row.Outcome == report.Unknown && !Has("next."+string(row.Code)) {
			t.Errorf("no next step for %s", row.Code)
		}
		if row.Says == report.Unreadable && !Has("next."+string(row.Code)) {
			t.Errorf("no word on what to ask for in place of %s", row.Code)
		}
	}
}

// sayings are the keys that the core gives for a headline's sentence, with
// the facts that each may bear.
var sayings = map[string]string{
	"verified": "name list", "verified.issuing": "name list", "identified": "name list awarder",
	"unlisted.domain": "domain claimed", "unlisted.key": "claimed", "unlisted.key_nameless": "",
	"unlisted.certificate": "name claimed", "unlisted.certificate_name": "name", "unlisted.your_key": "claimed",
	"unlisted.test_list": "name list", "unlisted.host_only": "host claimed",
	"incomplete": "", "incomplete.hidden": "", "incomplete.key": "host", "incomplete.key_somewhere": "", "incomplete.status": "", "incomplete.status_ask": "host", "incomplete.status_private": "host",
	"incomplete.trust": "list", "incomplete.proof": "suite", "incomplete.anchor": "chain", "incomplete.anchor_test": "", "incomplete.time": "date",
	"suspended": "host", "suspended.seal": "date", "revoked.seal": "date", "not_yet_valid": "date", "expired": "date", "expired.just_now": "date",
	"delisted": "name list date", "delisted.scope": "name list", "revoked": "host",
	"wrong_key": "signer claimed", "wrong_key.unknown": "claimed", "wrong_key.unlisted_key": "host",
	"mismatch": "host", "mismatch.somewhere": "", "mismatch.your_key": "",
	"verified.hosted": "host name list", "unlisted.hosted": "host claimed", "revoked.hosted": "host", "expired.hosted": "host date", "not_yet_valid.hosted": "host date",
	"wrong_key.hosted": "host claimed", "incomplete.hosted": "host", "incomplete.hosted_ask": "host", "incomplete.hosted_part": "host", "incomplete.hosted_differs": "host", "not_signed.hosted": "",
	"altered": "", "altered.seal": "", "refused": "code what", "not_signed": "", "not_signed.draft": "", "not_signed.part": "", "not_signed.wrapper": "", "unlisted.presentation": "",
	"unreadable": "code what",
}

func TestKeysOfTheReport(t *testing.T) {
	want := map[string]bool{}
	for _, headline := range report.Headlines() {
		want["headline."+headline.String()+".title"] = true
	}
	// Nothing is signed there, so nothing can be said to be unchanged.
	want["headline.verified.hosted.title"], want["headline.unlisted.hosted.title"], want["headline.wrong_key.hosted.title"] = true, true, true
	for key := range sayings {
		want["saying."+key] = true
		head, _, _ := strings.Cut(key, ".")
		if !Has("headline." + head + ".title") {
			t.Errorf("saying %s is of no headline", key)
		}
	}
	for _, name := range report.CheckNames {
		want["check."+string(name)] = true
		want["check."+string(name)+".question"] = true
	}
	for _, name := range []report.Outcome{report.Pass, report.Warn, report.Fail, report.Unknown, report.Skipped, report.None} {
		want["outcome."+name.String()] = true
	}
	for _, claim := range []string{"achieved", "attended", "result", "failed", "in_progress"} {
		want["claim."+claim] = true
	}
	for _, mark := range []string{"partial", "mandate", "profile.accredited", "profile.converted", "profile.mandate", "profile.supplement"} {
		want["mark."+mark] = true
	}
	for key := range want {
		if !Has(key) {
			t.Errorf("no text for %s", key)
		}
	}
	for _, key := range Keys(English) {
		kind, _, _ := strings.Cut(key, ".")
		switch kind {
		case "headline", "saying", "check", "outcome", "claim", "mark":
			if !want[whole(key)] {
				t.Errorf("%s: nothing asks for it", key)
			}
		case "code", "next", "cmd", "page", "several":
		default:
			t.Errorf("%s: of no known kind", key)
		}
	}
}

// whole takes the mark of a variant away.
func whole(key string) string {
	if key == "saying.unlisted.key_nameless" {
		return key // the core itself asks for this one
	}
	return strings.TrimSuffix(strings.TrimSuffix(key, "_nameless"), "_plain")
}

// TestGaps: gaps are well formed; a saying names only facts that it may bear;
// a variant has fewer gaps than the text that it stands in for; other
// languages have the gaps of the English text.
func TestGaps(t *testing.T) {
	codeFacts := strings.Fields("host did method date suite algorithm address type name list what claim status issuer signer awarder claimed message chain transaction")
	for _, language := range Languages() {
		for _, key := range Keys(language) {
			text := load()[language][key]
			names, err := Gaps(text)
			if err != nil && key != "page.paste_example" { // shows how a file begins
				t.Errorf("%s: %s: %v", language, key, err)
			}
			if !Has(key) {
				t.Errorf("%s: %s: English does not have it", language, key)
			}
			for _, name := range names {
				switch kind, rest, _ := strings.Cut(key, "."); {
				case kind == "saying" && !has(strings.Fields(sayings[whole(rest)]), name):
					t.Errorf("%s: %s: {%s} is no fact of it", language, key, name)
				case kind == "code" && !has(codeFacts, name):
					t.Errorf("%s: %s: {%s} is no fact of codes", language, key, name)
				case kind != "saying" && kind != "code" && kind != "cmd" && kind != "page" && kind != "several":
					t.Errorf("%s: %s: no gaps here", language, key)
				}
				if english, _ := Gaps(load()[English][key]); !has(english, name) {
					t.Errorf("%s: %s: {%s} is not in the English text", language, key, name)
				}
			}
			if full := whole(key); full != key {
				more, _ := Gaps(load()[language][full])
				if len(names) >= len(more) {
					t.Errorf("%s: %s lacks nothing that %s has", language, key, full)
				}
			}
		}
	}
}

func has(names []string, name string) bool {
	for _, n := range names {
		if n == name {
			return true
		}
	}
	return false
}

// TestWithoutFacts: with the facts that the core always gives and no other,
// the variant that is chosen reads like a sentence. A gap that stays empty
// stands between two words and could as well not be there.
func TestWithoutFacts(t *testing.T) {
	for _, key := range Keys(English) {
		kind, rest, _ := strings.Cut(key, ".")
		if kind != "saying" && kind != "code" || whole(key) != key {
			continue
		}
		facts := map[string]string{}
		for _, name := range strings.Fields(guaranteed[whole(key)]) {
			facts[name] = "F"
		}
		text := load()[English][Key(key, facts)]
		for _, at := range gap.FindAllStringIndex(text, -1) {
			name := text[at[0]+1 : at[1]-1]
			between := at[0] > 1 && text[at[0]-1] == ' ' && at[1]+1 < len(text) && text[at[1]] == ' '
			if facts[name] == "" && !between {
				t.Errorf("%s: {%s} may be missing, and is missed in %q", rest, name, text)
			}
		}
		if shown := Text(English, Key(key, facts), facts); strings.Contains(shown, "  ") || strings.ContainsAny(shown, "{}") {
			t.Errorf("%s: %q", key, shown)
		}
	}
}

// guaranteed are the facts without which the core never gives these.
var guaranteed = map[string]string{
	"saying.verified": "name list", "saying.verified.issuing": "name list", "saying.identified": "name list",
	"saying.unlisted.domain": "domain", "saying.unlisted.certificate_name": "name", "saying.wrong_key.unlisted_key": "host", "saying.unlisted.host_only": "host", "saying.unlisted.test_list": "name list",
	"saying.verified.hosted": "host name list", "saying.unlisted.hosted": "host",
	"saying.unlisted.key": "", "saying.incomplete.key": "host", "saying.mismatch": "host",
	"saying.delisted": "name list", "saying.delisted.scope": "name list", "saying.wrong_key": "signer",
	"code.validity.expired": "date", "code.validity.expired_just_now": "date", "code.validity.not_yet_valid": "date",
	"code.validity.proof_expired": "date", "code.validity.proof_in_future": "date",
	"code.validity.certificate_expired": "date", "code.validity.date_unreadable": "date",
	"code.trust.listed": "name list", "code.trust.may_issue": "name list", "code.trust.test_list": "name list",
	"code.trust.not_in_force": "name list", "code.trust.awarder_unproven": "name list",
	"code.trust.name_differs": "name claimed", "code.trust.list_stale": "list",
	"code.trust.list_unreachable": "list", "code.trust.list_invalid": "list",
	"code.trust.withdrawn": "name list", "code.trust.out_of_scope": "name list", "code.trust.path_broken": "name list",
}

// TestTone: no text of a verdict says more than has been shown, accuses
// anybody, or uses words that only engineers know (design.md 2, threats.md
// rule 2, domain/needs.md G2).
func TestTone(t *testing.T) {
	verdict := regexp.MustCompile(`(?i)\b(authentic|genuine|valid|legitimate|trustworthy|certified|recogni[sz]ed|equivalent|qualified|` +
		`forged?|forgery|fake|fraud|tampered|tampering|manipulated|suspicious|counterfeit|` +
		`cryptograph\w*|did|jwt|jws|json|hash|digest|mismatch|verification|payload|header|null|error)\b`)
	anywhere := regexp.MustCompile(`(?i)\b(authentic|genuine|legitimate|trustworthy|equivalent|recogni[sz]ed|fake|fraud|tampered|suspicious)\b`)
	for _, key := range Keys(English) {
		text := load()[English][key]
		kind, rest, _ := strings.Cut(key, ".")
		switch kind {
		case "headline", "saying", "claim":
			if found := verdict.FindString(gap.ReplaceAllString(text, "")); found != "" {
				t.Errorf("%s: %q in %q", key, found, text)
			}
			if strings.Contains(strings.ToLower(text), "verified") && rest != "verified.title" && rest != "verified.hosted.title" {
				t.Errorf("%s: only one headline is verified: %q", key, text)
			}
		case "code", "next", "check", "outcome", "page":
			if found := anywhere.FindString(text); found != "" {
				t.Errorf("%s: %q in %q", key, found, text)
			}
		}
	}
}

// TestOneCheckOneClaim: the checks of key and issuer run whether or not the
// signature holds, so their words may not say that it does.
func TestOneCheckOneClaim(t *testing.T) {
	claims := regexp.MustCompile(`(?i)\b(unchanged|not changed|signed (it|this)|this file was signed)\b`)
	for _, key := range Keys(English) {
		if !strings.HasPrefix(key, "code.key.") && !strings.HasPrefix(key, "code.issuer.") && !strings.HasPrefix(key, "saying.wrong_key") {
			continue
		}
		if found := claims.FindString(load()[English][key]); found != "" && key != "code.key.private" {
			t.Errorf("%s: %q is for the signature check to say", key, found)
		}
	}
}

// TestSentences: sentences are whole and short enough to be taken in.
func TestSentences(t *testing.T) {
	for _, key := range Keys(English) {
		text := load()[English][key]
		switch kind, _, _ := strings.Cut(key, "."); kind {
		case "saying", "claim", "code", "next":
			if !strings.HasSuffix(text, ".") && !strings.HasSuffix(text, "?") {
				t.Errorf("%s: no full stop: %q", key, text)
			}
			for _, sentence := range regexp.MustCompile(`[.?:] `).Split(text, -1) {
				if words := len(strings.Fields(sentence)); words > 32 {
					t.Errorf("%s: a sentence of %d words: %q", key, words, sentence)
				}
			}
		case "check":
			if strings.HasSuffix(key, ".question") != strings.HasSuffix(text, "?") {
				t.Errorf("%s: %q", key, text)
			}
		}
	}
}

var gap = regexp.MustCompile(`\{[a-z]+\}`)

func TestText(t *testing.T) {
	words := load()
	words["xx"] = map[string]string{
		"cmd.part": "[{what}] ({path}) „{path}“ end",
		"cmd.a":    "a {x} b", "cmd.b": "to {x}.", "cmd.c": "the “{x}” list", "cmd.d": "{x}", "cmd.e": "open { brace",
		"cmd.f": "one {x} two (kind: {x}) “{y}”", "cmd.g": "see ({x}).",
	}
	defer delete(words, "xx")
	for _, test := range []struct {
		language, key string
		facts         map[string]string
		want          string
	}{
		{"xx", "cmd.a", nil, "a b"},
		{"xx", "cmd.a", map[string]string{"x": "1"}, "a 1 b"},
		{"xx", "cmd.a", map[string]string{"x": "{x} {y}", "y": "2"}, "a {x} {y} b"},
		{"xx", "cmd.b", nil, "to."},
		{"xx", "cmd.c", nil, "the list"},
		{"xx", "cmd.c", map[string]string{"x": " “ ”  "}, "the “ “ ”  ” list"},
		{"xx", "cmd.d", nil, ""},
		{"xx", "cmd.e", nil, "open { brace"},
		{"xx", "cmd.g", nil, "see."},
		{"xx", "outcome.pass", nil, "passed"},                // English
		{"xx-YY", "cmd.d", map[string]string{"x": "z"}, "z"}, // base language
		{"XX", "cmd.d", map[string]string{"x": "z"}, "z"},
		{"", "outcome.pass", nil, "passed"},
		{"en", "no.such.key", nil, "no.such.key"},
	} {
		if got := Text(test.language, test.key, test.facts); got != test.want {
			t.Errorf("Text(%q, %q, %v) = %q, want %q", test.language, test.key, test.facts, got, test.want)
		}
	}
}

func TestKey(t *testing.T) {
	for _, test := range []struct {
		key   string
		facts map[string]string
		want  string
	}{
		{"saying.unlisted.domain", map[string]string{"domain": "a.example", "claimed": "A"}, "saying.unlisted.domain"},
		{"saying.unlisted.domain", map[string]string{"domain": "a.example"}, "saying.unlisted.domain_nameless"},
		{"saying.unlisted.key", nil, "saying.unlisted.key_nameless"},
		{"saying.expired", nil, "saying.expired_plain"},
		{"saying.altered", nil, "saying.altered"},
		{"no.such.key", nil, "no.such.key"},
	} {
		if got := Key(test.key, test.facts); got != test.want {
			t.Errorf("Key(%q, %v) = %q, want %q", test.key, test.facts, got, test.want)
		}
	}
}

// pageKey finds the keys of words in the page's own files: in calls of its
// text functions, and in braces in its HTML.
var pageKey = regexp.MustCompile("['\"{`](page\\.[a-z_0-9.]+)['\"}`]")

// TestPage: every text that the page asks for is there.
func TestPage(t *testing.T) {
	for _, pattern := range []string{"../*.js", "../*.html", "../*.webmanifest"} {
		names, _ := filepath.Glob(pattern)
		for _, name := range names {
			data, err := os.ReadFile(name)
			if err != nil {
				t.Fatal(err)
			}
			for _, found := range pageKey.FindAllStringSubmatch(string(data), -1) {
				if key := found[1]; !Has(key) && !Has(key+".other") && key != "page.language" {
					t.Errorf("%s: no text for %s", name, key)
				}
			}
		}
	}
}

func FuzzFill(f *testing.F) {
	f.Add("a {x} “{y}” b", "1", "")
	f.Add("{x", "}", "{")
	f.Fuzz(func(t *testing.T, text, x, y string) {
		fill(text, map[string]string{"x": x, "y": y})
		Gaps(text)
	})
}
