// Package locales holds the words of the product: one flat JSON object for
// each language, from a key to a text with gaps in braces. The page reads the
// same files; this package hands them to the command and to tests. The core
// knows no word of them: it speaks in codes.
package locales

import (
	"embed"
	"encoding/json"
	"fmt"
	"sort"
	"strings"
	"sync"
	"unicode"
	"unicode/utf8"
)

// English is the language that has every text, and to which others fall back.
const English = "en"

//go:embed *.json
var files embed.FS

// load reads all languages, once. A file that is not a flat JSON object of
// texts is a fault in this package, which its tests find.
var load = sync.OnceValue(func() map[string]map[string]string {
	entries, err := files.ReadDir(".")
	if err != nil {
		panic(fmt.Sprintf("locales: %v", err))
	}
	all := make(map[string]map[string]string, len(entries))
	for _, entry := range entries {
		data, err := files.ReadFile(entry.Name())
		if err != nil {
			panic(fmt.Sprintf("locales: %v", err))
		}
		var texts map[string]string
		if err := json.Unmarshal(data, &texts); err != nil {
			panic(fmt.Sprintf("locales: %s: %v", entry.Name(), err))
		}
		all[strings.TrimSuffix(entry.Name(), ".json")] = texts
	}
	return all
})

// Languages lists the languages there are, as BCP 47 tags, sorted.
func Languages() []string {
	var tags []string
	for tag := range load() {
		tags = append(tags, tag)
	}
	sort.Strings(tags)
	return tags
}

// Has says whether English has a text for the key.
func Has(key string) bool {
	_, ok := load()[English][key]
	return ok
}

// Keys lists all keys of a language, sorted.
func Keys(language string) []string {
	var keys []string
	for key := range load()[language] {
		keys = append(keys, key)
	}
	sort.Strings(keys)
	return keys
}

// Text gives the text of a key in the language that comes nearest to the tag
// ("de-AT", then "de", then English), with its gaps filled from the facts.
// Facts are foreign text and are put in as they are: how they are kept from
// doing harm is for who shows them. A gap without a fact is left out,
// together with the quotation marks or the space that would be left over. A
// key that has no text gives the key itself, so that a gap in the words is
// seen and not passed over.
func Text(language, key string, facts map[string]string) string {
	for _, tag := range []string{language, base(language), English} {
		if text, ok := load()[tag][key]; ok {
			return fill(text, facts)
		}
	}
	return key
}

// Key chooses between the variants of a text by the facts that are there: the
// key itself if every gap of its text has a fact, else key+"_nameless" or
// key+"_plain" where they exist and lack nothing, else the key.
func Key(key string, facts map[string]string) string {
	for _, variant := range []string{key, key + "_nameless", key + "_plain"} {
		if text, ok := load()[English][variant]; ok && complete(text, facts) {
			return variant
		}
	}
	return key
}

func base(tag string) string {
	tag, _, _ = strings.Cut(tag, "-")
	return strings.ToLower(tag)
}

// Gaps lists the names of the gaps of a text, in order, and an error where a
// brace has no partner or a name is not of small letters.
func Gaps(text string) ([]string, error) {
	var names []string
	for {
		before, rest, found := strings.Cut(text, "{")
		if strings.Contains(before, "}") {
			return nil, fmt.Errorf("locales: a brace closes nothing in %q", text)
		}
		if !found {
			return names, nil
		}
		name, after, found := strings.Cut(rest, "}")
		if !found || name == "" || strings.Trim(name, "abcdefghijklmnopqrstuvwxyz") != "" {
			return nil, fmt.Errorf("locales: a gap without a proper name in %q", text)
		}
		names, text = append(names, name), after
	}
}

func complete(text string, facts map[string]string) bool {
	names, _ := Gaps(text)
	for _, name := range names {
		if facts[name] == "" {
			return false
		}
	}
	return true
}

// fill puts facts into gaps in one pass, so that braces inside a fact mean
// nothing.
func fill(text string, facts map[string]string) string {
	var out strings.Builder
	for {
		before, rest, found := strings.Cut(text, "{")
		name, after, closed := strings.Cut(rest, "}")
		if !found || !closed {
			out.WriteString(text)
			return out.String()
		}
		if fact := facts[name]; fact != "" {
			out.WriteString(before)
			out.WriteString(fact)
			text = after
			continue
		}
		before, text = closeUp(before, after)
		out.WriteString(before)
	}
}

// closeUp takes away what an empty gap leaves over: the quotation marks or
// brackets that held it, and one of two spaces, or the space before a stop.
func closeUp(before, after string) (string, string) {
	for _, pair := range [][2]string{{"“", "”"}, {"(", ")"}} {
		if strings.HasSuffix(before, pair[0]) && strings.HasPrefix(after, pair[1]) {
			before, after = strings.TrimSuffix(before, pair[0]), strings.TrimPrefix(after, pair[1])
		}
	}
	next, _ := utf8.DecodeRuneInString(after)
	if after == "" || unicode.IsSpace(next) || strings.ContainsRune(".,:;)", next) {
		before = strings.TrimSuffix(before, " ")
	}
	return before, after
}
