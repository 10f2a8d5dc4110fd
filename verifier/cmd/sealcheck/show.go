package main

import (
	"encoding/json"
	"fmt"
	"io"
	"maps"
	"os"
	"slices"
	"strconv"
	"strings"
	"time"
	"unicode"
	"unicode/utf8"

	"github.com/sealcheck/sealcheck/site/locales"
	"github.com/sealcheck/sealcheck/verifier/fetch"
	"github.com/sealcheck/sealcheck/verifier/report"
)

// jsonLine writes one report as one line of JSON: the file's name, then the
// members of the report.
func jsonLine(out io.Writer, file string, r *report.Report) error {
	line, err := json.Marshal(struct {
		File string `json:"file"`
		*report.Report
	}{file, r})
	if err != nil {
		return err
	}
	// Inside JSON, a character that could do harm in a terminal or reorder
	// the line is only ever part of a text, where an escape means the same.
	_, err = io.WriteString(out, escaped(string(line), `\u%04x`)+"\n")
	return err
}

// text writes reports for people.
type text struct{ colours bool }

// newText shows colours only where they are seen and wanted.
func newText(stdout io.Writer) shower {
	t := text{colours: isTerminal(stdout) && os.Getenv("NO_COLOR") == "" && os.Getenv("TERM") != "dumb"}
	return t.show
}

func isTerminal(out io.Writer) bool {
	file, ok := out.(*os.File)
	if !ok {
		return false
	}
	info, err := file.Stat()
	return err == nil && info.Mode()&os.ModeCharDevice != 0
}

// title is what a report is headed by: the headline's words, or those for its
// kind of sentence, where the headline's would not be true.
func title(headline report.Headline, saying report.Saying) string {
	own := "headline." + saying.Key + ".title"
	if !locales.Has(own) {
		own = "headline." + headline.String() + ".title"
	}
	return word(own, nil)
}

func (t text) show(out io.Writer, file string, r *report.Report) error {
	p := &printer{out: out}
	p.line("%s", visible(file))
	if len(r.Credentials) == 1 {
		t.credential(p, r, &r.Credentials[0])
	} else {
		p.line("%s", t.coloured(r.Headline, title(r.Headline, r.Saying)))
		p.line("%s", visible(worstOf(r)+sentence(r.Saying)))
		for _, count := range r.Counts {
			p.line("  %d × %s", count.Number, word("headline."+count.Headline.String()+".title", nil))
		}
		for i := range r.Credentials {
			c := &r.Credentials[i]
			p.line("")
			p.line("%s", visible(word("cmd.part", map[string]string{"what": fmt.Sprint(i + 1), "path": c.Path})))
			if locales.Has("cmd.role." + c.Role) {
				p.line("%s", word("cmd.role."+c.Role, nil))
			}
			t.credential(p, r, c)
		}
	}
	for _, other := range r.Besides {
		p.line("  %s", visible(word("cmd.besides", map[string]string{"name": clip(other.File), "what": string(other.Code)})))
	}
	basis(p, r)
	p.line("")
	return p.err
}

// worstOf says of how many credentials the file's sentence tells: of all that
// have the file's headline, or of the first of them, where the others have
// another signer or another reason.
func worstOf(r *report.Report) string {
	all, number, key := 0, 0, "several.alike"
	var first report.Saying
	for _, c := range r.Credentials {
		if c.Aside {
			continue
		}
		all++
		if c.Headline != r.Headline {
			continue
		}
		if number++; number == 1 {
			first = c.Saying
		} else if c.Saying.Key != first.Key || !maps.Equal(c.Saying.Facts, first.Facts) {
			key = "several.first"
		}
	}
	if all < 2 || number == 0 {
		return ""
	}
	return word(key, map[string]string{"number": strconv.Itoa(number), "all": strconv.Itoa(all)}) + " "
}

// credential writes the headline and sentence, what the file says, and a line
// for each check.
func (t text) credential(p *printer, r *report.Report, c *report.Credential) {
	if c.File != "" {
		p.line("%s", visible(word("cmd.file", map[string]string{"name": clip(c.File)})))
	}
	p.line("%s", t.coloured(c.Headline, title(c.Headline, c.Saying)))
	p.line("%s", visible(sentence(c.Saying)))
	// Where the sentence only says that a rule is broken, or that nothing
	// could be read, the finding behind it says which and what.
	if code := report.Code(c.Saying.Facts["code"]); locales.Has("code." + string(code)) {
		p.line("%s", visible(finding(c, code)))
	}
	if d := c.Description; d != nil && d.Claim != "" && locales.Has("claim."+d.Claim) {
		p.line("%s", word("claim."+d.Claim, nil))
	}
	if c.Description != nil {
		for _, mark := range c.Description.Marks {
			p.line("%s", word("mark."+mark, nil))
		}
	}
	if c.Verdict == report.Valid && c.Headline != report.Verified {
		p.line("%s", visible(word("cmd.accepted", map[string]string{"name": r.Policy})))
	}
	description(p, c.Description)
	p.line("  %s", word("cmd.checks", nil))
	for _, check := range c.Checks {
		p.line("    %s  %s  %s", pad(word("check."+string(check.Name), nil), 14),
			pad(word("outcome."+check.Outcome.String(), nil), 16), visible(findings(check)))
	}
	standing(p, r, c)
	// What a credential came in is no better for a known holder.
	if !c.Aside || c.Role == report.RoleEndorsement {
		steps(p, c)
	}
}

// standing writes a line for each entry that says where its standing can be
// looked up: in which list, as of when, and what stands there.
func standing(p *printer, r *report.Report, c *report.Credential) {
	for i, entry := range c.Standing {
		if i == 0 {
			p.line("  %s", word("cmd.standing", nil))
		}
		parts := []string{clip(entry.Mechanism)}
		if host := fetch.Host(entry.Address); host != "" {
			parts[0] = host
		}
		switch {
		case entry.From == "":
			parts = append(parts, word("cmd.standing_unread", nil))
		case entry.From == "file", entry.From == "supplied":
			parts = append(parts, word("cmd.standing_"+entry.From, nil))
		default:
			for _, asked := range r.Consulted {
				if asked.Address == entry.Address && asked.Error == "" && asked.Memory == (entry.From == "memory") {
					parts = append(parts, dated("cmd.standing_"+entry.From, &asked.Time))
					break
				}
			}
		}
		parts = append(parts, dated("cmd.standing_issued", entry.Issued), dated("cmd.standing_until", entry.Until))
		if value := entry.Value; value != nil {
			key := "cmd.standing_marked"
			if *value == 0 {
				key = "cmd.standing_unmarked"
			}
			parts = append(parts, word(key, map[string]string{"what": strconv.Itoa(*value), "name": clip(entry.Purpose)}))
		}
		if entry.Reason != "" && entry.Purpose != "message" { // its finding has that
			parts = append(parts, word("cmd.standing_reason", map[string]string{"reason": clip(entry.Reason)}))
		}
		parts = append(parts, "["+string(entry.Code)+"]")
		parts = slices.DeleteFunc(parts, func(part string) bool { return part == "" })
		p.line("    %s", visible(strings.Join(parts, " ")))
	}
}

// dated gives a text with a date in it, or "" if there is no date.
func dated(key string, date *time.Time) string {
	if date == nil {
		return ""
	}
	return variant(key, map[string]string{"date": date.Format(time.RFC3339)})
}

// sentence gives the words of a saying, in the variant that fits its facts.
func sentence(s report.Saying) string {
	return variant("saying."+s.Key, s.Facts)
}

// finding gives the words of a code as the credential's checks found it.
func finding(c *report.Credential, code report.Code) string {
	for _, check := range c.Checks {
		for _, found := range check.Findings {
			if found.Code == code {
				return codeWords(found)
			}
		}
	}
	return codeWords(report.Finding{Code: code})
}

func codeWords(f report.Finding) string {
	return variant("code."+string(f.Code), f.Facts)
}

// variant gives a text in the variant that fits the facts, with instants
// written for people.
func variant(key string, facts map[string]string) string {
	shown := make(map[string]string, len(facts))
	for name, fact := range facts {
		shown[name] = clip(when(fact))
	}
	return word(locales.Key(key, shown), shown)
}

// when writes an instant as people read it; any other text stays as it is.
func when(text string) string {
	t, err := time.Parse(time.RFC3339, text)
	if err != nil {
		return text
	}
	return t.UTC().Format("2 January 2006, 15:04 UTC")
}

// findings gives the words of a check's findings with their codes, each text
// once, and first those that decided its outcome.
func findings(check report.Check) string {
	var deciding, others []string
	seen := map[string]bool{}
	for _, finding := range check.Findings {
		part := codeWords(finding) + " [" + string(finding.Code) + "]"
		switch {
		case seen[part]:
		case finding.Code.Outcome() == check.Outcome:
			deciding = append(deciding, part)
		default:
			others = append(others, part)
		}
		seen[part] = true
	}
	return strings.Join(append(deciding, others...), " ")
}

// steps says what a person can do about what failed or is unknown.
func steps(p *printer, c *report.Credential) {
	seen := map[string]bool{}
	for _, check := range c.Checks {
		for _, code := range check.Codes {
			key := "next." + string(code)
			if code.Outcome() != check.Outcome || !locales.Has(key) || seen[word(key, nil)] {
				continue
			}
			if len(seen) == 0 {
				p.line("  %s", word("cmd.next", nil))
			}
			seen[word(key, nil)] = true
			p.line("    %s", word(key, nil))
			if code == report.StatusWouldIdentify || code == report.ProofHostedPrivate {
				p.line("    %s", word("cmd.contact", nil))
			}
		}
	}
}

// description writes what the file says, marked as its own words.
func description(p *printer, d *report.Description) {
	if d == nil {
		return
	}
	rows := []struct {
		key    string
		values []report.Text
	}{
		{"cmd.title", d.Title}, {"cmd.learner", d.Learner}, {"cmd.issuer", d.Issuer},
		{"cmd.issuer_id", plain(d.IssuerID)}, {"cmd.awarder", d.Awarder}, {"cmd.issued", d.Issued},
		{"cmd.from", d.From}, {"cmd.until", d.Until}, {"cmd.results", d.Results},
		{"cmd.criteria", d.Criteria}, {"cmd.details", d.Details}, {"cmd.mandate", d.Mandate},
	}
	for _, file := range d.Files {
		what := strings.TrimSpace(file.Name + " " + file.Type)
		rows = append(rows, struct {
			key    string
			values []report.Text
		}{"cmd.files", plain(fmt.Sprintf("%s, %d bytes, SHA-256 %s", what, file.Bytes, file.SHA256))})
	}
	first := true
	for _, row := range rows {
		var values []string
		for _, value := range row.values {
			if value.Value != "" {
				values = append(values, "“"+clip(value.Value)+"”")
			}
		}
		if len(values) == 0 {
			continue
		}
		if first {
			p.line("  %s", word("cmd.says", nil))
			first = false
		}
		p.line("    %s  %s", pad(word(row.key, nil), 14), visible(strings.Join(values, ", ")))
	}
}

func plain(value string) []report.Text { return []report.Text{{Value: value}} }

// basis writes on what the answer rests: when, by which lists, and whom we
// asked or would have asked.
func basis(p *printer, r *report.Report) {
	p.line("  %s", visible(word("cmd.basis", map[string]string{"date": r.At.Format(time.RFC3339), "name": r.Policy})))
	for _, list := range r.Lists {
		key := "cmd.list"
		switch {
		case list.Problem != "":
			key = "cmd.list_unusable"
		case list.Test:
			key = "cmd.list_test"
		}
		p.line("  %s", visible(word(key, map[string]string{"name": list.Name})))
	}
	if len(r.Lists) == 0 {
		p.line("  %s", word("cmd.no_list", nil))
	}
	for _, asked := range r.Consulted {
		key := "cmd.asked"
		switch {
		case asked.Error != "":
			key = "cmd.asked_in_vain"
		case asked.Memory:
			key = "cmd.asked_before"
		}
		p.line("  %s", visible(word(key, map[string]string{"address": asked.Address})))
	}
	for _, wanted := range r.Wanted {
		key := "cmd.wanted"
		if wanted.Refused == "identifies" {
			key = "cmd.wanted_identifies"
		}
		p.line("  %s", visible(word(key, map[string]string{"address": wanted.Address})))
	}
}

// coloured paints a headline. Green is for verified alone: a headline that a
// policy merely accepts has not become another one.
func (t text) coloured(h report.Headline, words string) string {
	if !t.colours {
		return words
	}
	colour := "33" // yellow: not decided
	switch h {
	case report.Verified:
		colour = "32"
	case report.Identified:
		colour = "36"
	case report.Unreadable, report.Refused, report.Altered, report.Mismatch, report.WrongKey,
		report.Revoked, report.Delisted, report.Expired, report.NotYetValid:
		colour = "31"
	}
	return "\x1b[1;" + colour + "m" + words + "\x1b[0m"
}

// printer writes lines and keeps the first error.
type printer struct {
	out io.Writer
	err error
}

func (p *printer) line(format string, values ...any) {
	if p.err == nil {
		_, p.err = fmt.Fprintln(p.out, strings.TrimRight(fmt.Sprintf(format, values...), " "))
	}
}

func pad(words string, width int) string {
	if n := width - utf8.RuneCountInString(words); n > 0 {
		return words + strings.Repeat(" ", n)
	}
	return words
}

// clip shortens a value to what fits a screen.
func clip(value string) string {
	const most = 300
	if runes := []rune(value); len(runes) > most {
		return string(runes[:most]) + "…"
	}
	return value
}

// visible makes foreign text harmless for a terminal: characters that control
// it, that reorder the line or that cannot be seen are written as escapes
// (T22).
func visible(foreign string) string { return escaped(foreign, `\u{%x}`) }

func escaped(foreign, format string) string {
	harmless := func(r rune) bool {
		return r != utf8.RuneError && !unicode.IsControl(r) && !unicode.In(r, unicode.Cf, unicode.Zl, unicode.Zp, unicode.Co)
	}
	if strings.IndexFunc(foreign, func(r rune) bool { return !harmless(r) }) < 0 {
		return foreign
	}
	var out strings.Builder
	for _, r := range foreign {
		switch {
		case harmless(r):
			out.WriteRune(r)
		case r > 0xffff && format == `\u%04x`: // JSON writes such characters in two halves
			fmt.Fprintf(&out, `\u%04x\u%04x`, 0xd800+(r-0x10000)>>10, 0xdc00+(r-0x10000)&0x3ff)
		default:
			fmt.Fprintf(&out, format, r)
		}
	}
	return out.String()
}
