package report

import (
	"slices"
	"strconv"
	"time"
	"unicode/utf8"
)

// Append appends the report as JSON, byte for byte what encoding/json makes of
// it. A page waits for every report, and reflection takes several times as
// long there.
func (r *Report) Append(dst []byte) []byte {
	// Most take 3 KB for each credential.
	w := writer{slices.Grow(dst, 1<<10+len(r.Credentials)*(3<<10))}
	w.open('{')
	w.text("verdict", r.Verdict.String())
	w.text("headline", r.Headline.String())
	w.saying(r.Saying)
	list(&w, "credentials", r.Credentials, (*writer).credential)
	if len(r.Besides) > 0 {
		list(&w, "besides", r.Besides, (*writer).besides)
	}
	list(&w, "counts", r.Counts, (*writer).count)
	w.instant("at", r.At)
	w.text("sha256", r.SHA256)
	w.number("bytes", int64(r.Bytes))
	if r.Unpacked != "" {
		w.text("unpacked", r.Unpacked)
	}
	list(&w, "consulted", r.Consulted, (*writer).consulted)
	list(&w, "wanted", r.Wanted, (*writer).wanted)
	list(&w, "lists", r.Lists, (*writer).list)
	w.text("policy", r.Policy)
	list(&w, "accepts", r.Accepts, func(w *writer, h *Headline) { w.string(h.String()) })
	w.text("core", r.Core)
	w.shut('}')
	return w.out
}

// writer writes JSON. A comma is put before whatever does not come first.
type writer struct{ out []byte }

func (w *writer) open(bracket byte) { w.out = append(w.out, bracket) }

func (w *writer) shut(bracket byte) { w.out = append(w.out, bracket) }

func (w *writer) comma() {
	if last := w.out[len(w.out)-1]; last != '{' && last != '[' {
		w.out = append(w.out, ',')
	}
}

func (w *writer) key(name string) {
	out := slices.Grow(w.out, len(name)+4)
	if last := out[len(out)-1]; last != '{' && last != '[' {
		out = append(out, ',')
	}
	out = append(out, '"')
	for i := range len(name) { // shorter than a call
		out = append(out, name[i])
	}
	w.out = append(out, '"', ':')
}

func (w *writer) text(name, value string) {
	w.key(name)
	w.string(value)
}

// some leaves an empty text out.
func (w *writer) some(name, value string) {
	if value != "" {
		w.text(name, value)
	}
}

func (w *writer) number(name string, value int64) {
	w.key(name)
	w.out = strconv.AppendInt(w.out, value, 10)
}

func (w *writer) instant(name string, value time.Time) {
	w.key(name)
	w.out = append(w.out, '"')
	w.out = value.AppendFormat(w.out, time.RFC3339Nano)
	w.out = append(w.out, '"')
}

// list writes every item of a list by one function; a list that is nil is
// null, as encoding/json has it.
func list[T any](w *writer, name string, items []T, write func(*writer, *T)) {
	w.key(name)
	if items == nil {
		w.out = append(w.out, "null"...)
		return
	}
	w.open('[')
	for i := range items {
		w.comma()
		write(w, &items[i])
	}
	w.shut(']')
}

func (w *writer) saying(s Saying) {
	w.key("saying")
	w.open('{')
	w.text("key", s.Key)
	w.facts(s.Facts)
	w.shut('}')
}

// facts stand in the order of their names.
func (w *writer) facts(facts map[string]string) {
	if len(facts) == 0 {
		return
	}
	names := make([]string, 0, len(facts))
	for name := range facts {
		names = append(names, name)
	}
	if len(names) > 1 {
		slices.Sort(names)
	}
	w.key("facts")
	w.open('{')
	for _, name := range names {
		w.comma()
		w.string(name)
		w.out = append(w.out, ':')
		w.string(facts[name])
	}
	w.shut('}')
}

func (w *writer) credential(c *Credential) {
	w.open('{')
	w.some("file", c.File)
	w.text("path", c.Path)
	w.text("format", c.Format)
	w.text("securing", c.Securing)
	w.text("verdict", c.Verdict.String())
	w.text("headline", c.Headline.String())
	w.saying(c.Saying)
	list(w, "checks", c.Checks, (*writer).check)
	if c.Description != nil {
		w.description(c.Description)
	}
	if len(c.Standing) > 0 {
		list(w, "standing", c.Standing, (*writer).standing)
	}
	w.some("role", c.Role)
	w.some("of", c.Of)
	if c.Aside {
		w.key("aside")
		w.out = append(w.out, "true"...)
	}
	w.shut('}')
}

func (w *writer) standing(s *Standing) {
	w.open('{')
	w.text("path", s.Path)
	w.text("mechanism", s.Mechanism)
	w.some("purpose", s.Purpose)
	w.some("address", s.Address)
	w.some("index", s.Index)
	if s.Bits != 0 {
		w.number("bits", int64(s.Bits))
	}
	if s.Value != nil {
		w.number("value", int64(*s.Value))
	}
	w.some("reason", s.Reason)
	w.some("reference", s.Reference)
	w.some("from", s.From)
	if s.Issued != nil {
		w.instant("issued", *s.Issued)
	}
	if s.Until != nil {
		w.instant("until", *s.Until)
	}
	w.text("code", string(s.Code))
	if s.List != nil {
		w.key("list")
		w.credential(s.List)
	}
	w.shut('}')
}

func (w *writer) check(c *Check) {
	w.open('{')
	w.text("name", string(c.Name))
	w.text("outcome", c.Outcome.String())
	list(w, "codes", c.Codes, func(w *writer, code *Code) { w.string(string(*code)) })
	if len(c.Findings) > 0 {
		list(w, "findings", c.Findings, (*writer).finding)
	}
	w.shut('}')
}

func (w *writer) finding(f *Finding) {
	w.open('{')
	w.text("code", string(f.Code))
	w.some("detail", f.Detail)
	w.facts(f.Facts)
	w.shut('}')
}

func (w *writer) besides(a *Besides) {
	w.open('{')
	w.text("file", a.File)
	w.text("code", string(a.Code))
	w.shut('}')
}

func (w *writer) count(c *Count) {
	w.open('{')
	w.text("headline", c.Headline.String())
	w.number("number", int64(c.Number))
	w.shut('}')
}

func (w *writer) consulted(c *Consulted) {
	w.open('{')
	w.text("address", c.Address)
	w.text("kind", c.Kind)
	w.text("reason", c.Reason)
	w.number("status", int64(c.Status))
	w.number("bytes", int64(c.Bytes))
	w.some("sha256", c.SHA256)
	w.instant("time", c.Time)
	w.number("age", c.Age)
	w.some("error", c.Error)
	if c.Memory {
		w.key("memory")
		w.out = append(w.out, "true"...)
	}
	w.some("final", c.Final)
	w.shut('}')
}

func (w *writer) wanted(o *Wanted) {
	w.open('{')
	w.text("address", o.Address)
	w.text("host", o.Host)
	w.text("kind", o.Kind)
	w.text("reason", o.Reason)
	w.text("refused", o.Refused)
	w.some("identifies", o.Identifies)
	w.shut('}')
}

func (w *writer) list(l *List) {
	w.open('{')
	w.text("name", l.Name)
	w.text("sha256", l.SHA256)
	if l.Issued != nil {
		w.instant("issued", *l.Issued)
	}
	if l.Expires != nil {
		w.instant("expires", *l.Expires)
	}
	if l.Test {
		w.key("test")
		w.out = append(w.out, "true"...)
	}
	w.some("problem", string(l.Problem))
	w.shut('}')
}

func (w *writer) description(d *Description) {
	w.key("description")
	w.open('{')
	w.texts("title", d.Title)
	w.texts("learner", d.Learner)
	w.texts("issuer", d.Issuer)
	w.some("issuerId", d.IssuerID)
	w.texts("awarder", d.Awarder)
	w.texts("issued", d.Issued)
	w.texts("from", d.From)
	w.texts("until", d.Until)
	w.some("claim", d.Claim)
	w.texts("results", d.Results)
	w.texts("criteria", d.Criteria)
	w.texts("details", d.Details)
	if len(d.Types) > 0 {
		list(w, "types", d.Types, func(w *writer, text *string) { w.string(*text) })
	}
	w.some("id", d.ID)
	w.texts("mandate", d.Mandate)
	if len(d.Marks) > 0 {
		list(w, "marks", d.Marks, func(w *writer, text *string) { w.string(*text) })
	}
	if len(d.Files) > 0 {
		list(w, "files", d.Files, (*writer).file)
	}
	w.shut('}')
}

func (w *writer) texts(name string, texts []Text) {
	if len(texts) > 0 {
		list(w, name, texts, (*writer).value)
	}
}

func (w *writer) file(f *File) {
	w.open('{')
	w.some("name", f.Name)
	w.some("type", f.Type)
	w.number("bytes", int64(f.Bytes))
	w.text("sha256", f.SHA256)
	w.text("path", f.Path)
	w.shut('}')
}

func (w *writer) value(t *Text) {
	w.open('{')
	w.text("value", t.Value)
	w.some("language", t.Language)
	w.text("path", t.Path)
	if t.Chosen {
		w.key("chosen")
		w.out = append(w.out, "true"...)
	}
	w.shut('}')
}

// plain says of a byte that it stands in a JSON text as it is.
var plain = func() (plain [256]bool) {
	for c := ' '; c < utf8.RuneSelf; c++ {
		plain[c] = c != '"' && c != '\\' && c != '<' && c != '>' && c != '&'
	}
	return plain
}()

// string writes a text as encoding/json does: safe inside HTML and scripts,
// and bytes that are no UTF-8 as U+FFFD.
func (w *writer) string(text string) {
	const hex = "0123456789abcdef"
	out := append(w.out, '"')
	start := 0
	for i := 0; i < len(text); {
		c := text[i]
		if plain[c] {
			i++
			continue
		}
		if c < utf8.RuneSelf {
			out = append(out, text[start:i]...)
			switch c {
			case '"', '\\':
				out = append(out, '\\', c)
			case '\b':
				out = append(out, '\\', 'b')
			case '\f':
				out = append(out, '\\', 'f')
			case '\n':
				out = append(out, '\\', 'n')
			case '\r':
				out = append(out, '\\', 'r')
			case '\t':
				out = append(out, '\\', 't')
			default:
				out = append(out, '\\', 'u', '0', '0', hex[c>>4], hex[c&15])
			}
			i++
			start = i
			continue
		}
		r, size := utf8.DecodeRuneInString(text[i:])
		switch {
		case r == utf8.RuneError && size == 1:
			out = append(append(out, text[start:i]...), `\ufffd`...)
			start = i + size
		case r == '\u2028' || r == '\u2029':
			out = append(append(out, text[start:i]...), '\\', 'u', '2', '0', '2', hex[r&15])
			start = i + size
		}
		i += size
	}
	out = append(out, text[start:]...)
	w.out = append(out, '"')
}
