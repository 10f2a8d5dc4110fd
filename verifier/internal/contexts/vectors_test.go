package contexts

import (
	"encoding/base64"
	"encoding/json"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/sealcheck/sealcheck/verifier/internal/strictjson"
)

const vectors = "../../../../shared/vectors"

// copies gives the copies of contexts in the third-party data, by address.
func copies(t *testing.T) map[string][]byte {
	t.Helper()
	data, err := os.ReadFile(vectors + "/contexts/index.json")
	if err != nil {
		if os.Getenv("CI") != "" {
			t.Fatal(err)
		}
		t.Skip("no third-party data: the copies of contexts are not compared")
	}
	var names map[string]string
	if err := json.Unmarshal(data, &names); err != nil {
		t.Fatal(err)
	}
	all := map[string][]byte{}
	for address, name := range names {
		if all[address], err = os.ReadFile(filepath.Join(vectors, "contexts", name)); err != nil {
			t.Fatal(err)
		}
	}
	return all
}

// differing are addresses whose copy is not what we hold, with the reason.
var differing = map[string]string{
	"http://data.europa.eu/snb/model/context/edc-ap":   "the copy is a draft that is not JSON-LD",
	"https://w3id.org/security/suites/ed25519-2020/v1": "the copy is a draft of 2020",
}

// TestCopies: what we hold for an address means the same as the copy of it:
// documents of packages are the same JSON, our own the same definitions. Where
// a Recommendation pins the bytes, the copy has that digest.
func TestCopies(t *testing.T) {
	all := copies(t)
	compared := map[string]int{}
	for _, r := range Describe() {
		copied, ok := all[r.Address]
		if !ok || differing[r.Address] != "" {
			continue
		}
		want, err := strictjson.Parse(copied)
		if err != nil {
			t.Errorf("%s: %v", r.Address, err)
			continue
		}
		got := Find(r.Address)[r.Version-1]
		same := got.Equal(want)
		if strings.HasSuffix(r.File, ".terms") {
			ours, theirs := definitions(t, got), definitions(t, want)
			if same = slices.Equal(ours, theirs); !same && r.Version == 1 {
				t.Errorf("%s:\n ours   %s\n theirs %s", r.Address, except(ours, theirs), except(theirs, ours))
			}
		}
		if same {
			compared[r.Address]++
		}
		if r.Published != "" && (digest(copied) != r.Published || !same) {
			t.Errorf("%s: the published bytes %s are not ours", r.Address, digest(copied))
		}
	}
	for address := range all {
		if Known(address) && differing[address] == "" && compared[address] == 0 {
			t.Errorf("%s: no version is what the copy says", address)
		}
	}
	t.Logf("%d of %d copies compared", len(compared), len(all))
}

func except(a, b []string) []string {
	return slices.DeleteFunc(slices.Clone(a), func(s string) bool { return slices.Contains(b, s) })
}

// definitions is the normal form of a context: one line for each term, with
// what JSON-LD makes of it. Prefixes are those of the context itself and of
// the ones around it.
func definitions(t *testing.T, document strictjson.Value) []string {
	t.Helper()
	var lines []string
	var walk func(context strictjson.Value, path string, outer []strictjson.Value)
	walk = func(context strictjson.Value, path string, outer []strictjson.Value) {
		if context.Kind() == strictjson.Array {
			for _, part := range context.Items() {
				walk(part, path, outer)
			}
			return
		}
		around := append([]strictjson.Value{context}, outer...)
		full := func(iri string) string {
			prefix, rest, ok := strings.Cut(iri, ":")
			if !ok || strings.HasPrefix(rest, "//") {
				return iri
			}
			for _, c := range around {
				// Only a term that is a string which ends in a delimiter is a prefix.
				if base := c.At(prefix).Text(); base != "" && strings.Contains(":/?#[]@", base[len(base)-1:]) {
					return base + rest
				}
			}
			return iri
		}
		protected := ""
		if context.At("@protected").Truth() {
			protected = " protected"
		}
		for _, m := range context.Members() {
			if m.Key == "@version" || m.Key == "@protected" {
				continue // 1.1 is what is read anyhow
			}
			where := path + "/" + m.Key
			if m.Key[0] == '@' || m.Value.Kind() == strictjson.String {
				lines = append(lines, where+" simple "+full(m.Value.Text())+protected)
				continue
			}
			line := where + " " + full(m.Value.At("@id").Text())
			if iri := full(m.Value.At("@id").Text()); len(m.Value.Members()) == 1 && !strings.Contains(":/?#[]@", iri[len(iri)-1:]) {
				line = where + " simple " + iri // as good as a string
			}
			line += protected
			if typ := m.Value.At("@type").Text(); typ != "" {
				line += " type " + full(typ)
			}
			var containers []string
			for _, container := range m.Value.At("@container").List() {
				containers = append(containers, container.Text())
			}
			slices.Sort(containers)
			if len(containers) > 0 {
				line += " in " + strings.Join(containers, ",")
			}
			lines = append(lines, line)
			for _, member := range m.Value.Members() {
				switch member.Key {
				case "@id", "@type", "@container":
				case "@context":
					walk(member.Value, where, around)
				default:
					t.Errorf("%s has a %s, which this test does not know", where, member.Key)
				}
			}
		}
	}
	walk(document.At("@context"), "", nil)
	slices.Sort(lines)
	return lines
}

// TestNormalForm: the normal form tells apart what differs.
func TestNormalForm(t *testing.T) {
	base := `{"@context":{"@version":1.1,"e":"https://e.org/#","a":{"@id":"e:a","@type":"@id"},"b":"e:b"}}`
	parse := func(text string) []string {
		v, err := strictjson.Parse([]byte(text))
		if err != nil {
			t.Fatal(err)
		}
		return definitions(t, v)
	}
	if !slices.Equal(parse(base), parse(`{"@context":[{"b":{"@id":"https://e.org/#b"},"a":{"@type":"@id","@id":"https://e.org/#a"},"e":"https://e.org/#"}]}`)) {
		t.Error("the same meaning is told apart")
	}
	for _, change := range []string{`"e:a"|"e:c"`, `"@id"}|"@vocab"}`, `"e:b"|{"@id":"e:b","@container":"@set"}`, `"@version":1.1|"@protected":true`, `"https://e.org/#"|{"@id":"https://e.org/#"}`, `"b"|"c"`} {
		old, new, _ := strings.Cut(change, "|")
		if slices.Equal(parse(base), parse(strings.Replace(base, old, new, 1))) {
			t.Errorf("%s makes no difference", change)
		}
	}
}

// leftOut are addresses that files of the third-party data name, of which
// there is a copy, and which we do not hold.
var leftOut = map[string]string{
	"https://w3id.org/openbadges/extensions/exampleExtension/context.json":   "an example of Open Badges 2, which is never signed over RDF",
	"https://w3id.org/openbadges/extensions/applyLinkExtension/context.json": "Open Badges 2, which is never signed over RDF",
}

// TestAddressesOfCredentials: every context that a file of the third-party
// data names and of which there is a copy is known, but for a list.
func TestAddressesOfCredentials(t *testing.T) {
	all := copies(t)
	named := map[string]string{}
	files := 0
	err := filepath.WalkDir(vectors, func(path string, entry fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		switch entry.Name() {
		case "contexts", "json-ld-api", "w3c-rdf-canon", "wycheproof":
			if entry.IsDir() {
				return fs.SkipDir
			}
		}
		if entry.IsDir() || entry.Name() == "reserve.bin" {
			return nil
		}
		data, err := os.ReadFile(path)
		if err != nil {
			return err
		}
		files++
		collect(strings.TrimSpace(string(data)), func(address string) { named[address] = path })
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	known := 0
	for address, path := range named {
		if Known(address) {
			known++
		} else if all[address] != nil && leftOut[address] == "" {
			t.Errorf("%s is not known, but named by %s", address, path)
		}
	}
	for address := range leftOut {
		if Known(address) {
			t.Errorf("%s is known", address)
		}
	}
	t.Logf("%d addresses in %d files, %d known", len(named), files, known)
	if known < 30 {
		t.Error("too few: were the files read?")
	}
}

// collect calls found for every address under a key @context in JSON, or in
// the payload of a JWS, at any depth.
func collect(text string, found func(string)) {
	var value any
	if json.Unmarshal([]byte(text), &value) == nil {
		collectValue(value, found)
		return
	}
	collectValue(text, found)
}

func collectValue(value any, found func(string)) {
	switch v := value.(type) {
	case map[string]any:
		for key, member := range v {
			if key == "@context" {
				list, ok := member.([]any)
				if !ok {
					list = []any{member}
				}
				for _, item := range list {
					if address, ok := item.(string); ok {
						found(address)
					}
				}
			}
			if text, ok := member.(string); ok && key == "payload" {
				if payload, err := base64.RawURLEncoding.DecodeString(text); err == nil {
					collect(string(payload), found)
				}
			}
			collectValue(member, found)
		}
	case []any:
		for _, item := range v {
			collectValue(item, found)
		}
	case string:
		if parts := strings.Split(v, "."); len(parts) >= 3 && strings.HasPrefix(v, "ey") {
			if payload, err := base64.RawURLEncoding.DecodeString(parts[1]); err == nil {
				collect(string(payload), found)
			}
		}
	}
}
