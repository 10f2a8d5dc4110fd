package contexts_test

import (
	"crypto"
	"encoding/json"
	"errors"
	"io/fs"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/sealcheck/sealcheck/verifier/internal/contexts"
	"github.com/sealcheck/sealcheck/verifier/internal/jsonld"
	"github.com/sealcheck/sealcheck/verifier/internal/rdfc"
	"github.com/sealcheck/sealcheck/verifier/internal/strictjson"
)

const vectors = "../../../../shared/vectors"

// own are the addresses whose text is our own. Where it is that of another time
// only, no copy is at hand.
func own() map[string]bool {
	all := map[string]bool{}
	for _, r := range contexts.Describe() {
		if strings.HasSuffix(r.File, ".terms") && r.Version == 1 {
			all[r.Address] = true
		}
	}
	return all
}

// TestCanonicalForms: every document of the third-party data that names a
// context of our own gives the same statements with it as with the copy.
func TestCanonicalForms(t *testing.T) {
	data, err := os.ReadFile(vectors + "/contexts/index.json")
	if err != nil {
		if os.Getenv("CI") != "" {
			t.Fatal(err)
		}
		t.Skip("no third-party data: no canonical forms are compared")
	}
	var names map[string]string
	if err := json.Unmarshal(data, &names); err != nil {
		t.Fatal(err)
	}
	ours := own()
	mine := jsonld.NewLibrary(contexts.Find)
	copyOf := func(address string) []strictjson.Value {
		if !ours[address] {
			return contexts.Find(address)
		}
		if copied, err := os.ReadFile(filepath.Join(vectors, "contexts", names[address])); err == nil {
			if value, err := strictjson.Parse(copied); err == nil {
				return []strictjson.Value{value}
			}
		}
		return nil
	}
	theirs := jsonld.NewLibrary(copyOf)
	used := map[string]int{}
	compare := func(path string, document strictjson.Value) {
		var addresses []string
		for _, item := range document.At("@context").List() {
			if ours[item.Text()] && item.Text() != european {
				addresses = append(addresses, item.Text())
			}
		}
		if len(addresses) == 0 {
			return
		}
		got, gotErr := canonical(mine, document)
		want, wantErr := canonical(theirs, document)
		if (gotErr == nil) != (wantErr == nil) || !slices.Equal(got, want) {
			t.Errorf("%s: with ours %v %q, with the copies %v %q", path, gotErr, got, wantErr, want)
		}
		if gotErr != nil {
			t.Logf("%s: %v", path, gotErr)
		} else if len(got) > 0 {
			for _, address := range addresses {
				used[address]++
			}
		}
	}
	var walk func(path string, value strictjson.Value)
	walk = func(path string, value strictjson.Value) {
		for _, item := range value.Items() {
			walk(path, item)
		}
		if value.Kind() == strictjson.Object {
			compare(path, value)
		}
		for _, m := range value.Members() {
			walk(path, m.Value)
		}
	}
	err = filepath.WalkDir(vectors, func(path string, entry fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		if name := entry.Name(); entry.IsDir() {
			if name == "contexts" || name == "json-ld-api" || name == "w3c-rdf-canon" || name == "wycheproof" {
				return fs.SkipDir
			}
			return nil
		}
		data, err := os.ReadFile(path)
		if err != nil {
			return err
		}
		if value, err := strictjson.Parse(data); err == nil {
			walk(path, value)
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	for _, address := range slices.Sorted(maps.Keys(used)) {
		t.Logf("%d documents with %s", used[address], address)
	}
	if len(used) < 5 {
		t.Error("too few: were the files read?")
	}

	// Files do not use every term. These do.
	for address := range ours {
		if names[address] == "" || address == european {
			continue
		}
		document := exhaust(address, copyOf(address)[0].At("@context"))
		got, gotErr := canonical(mine, document)
		want, wantErr := canonical(theirs, document)
		if gotErr != nil || wantErr != nil || !slices.Equal(got, want) || len(got) == 0 {
			t.Errorf("%s: with ours %v %q, with the copy %v %q", address, gotErr, got, wantErr, want)
		}
	}
}

// exhaust makes a document that uses every term of a context: those with a
// context of their own as types, all of them as properties.
func exhaust(address string, context strictjson.Value) strictjson.Value {
	members := append([]strictjson.Member{{Key: "@context", Value: strictjson.NewString(address)}}, properties(context)...)
	return strictjson.NewObject(members)
}

func properties(context strictjson.Value) []strictjson.Member {
	var members []strictjson.Member
	if vocab := context.At("@vocab"); vocab.Text() != "" {
		members = append(members, strictjson.Member{Key: "undefined", Value: strictjson.NewString("text")})
	}
	for _, part := range append(context.Items(), context) {
		for _, m := range part.Members() {
			iri := m.Value.At("@id").Text() + m.Value.Text()
			if m.Key[0] == '@' || strings.HasPrefix(iri, "@") || strings.HasSuffix(iri, "/") || strings.HasSuffix(iri, "#") {
				continue // a keyword, or a prefix
			}
			value := strictjson.NewString("https://example.org/" + m.Key)
			if scoped := m.Value.At("@context"); scoped.Kind() == strictjson.Object {
				inner := properties(scoped)
				if typ := m.Value.At("@type").Text(); typ == "" {
					inner = append(inner, strictjson.Member{Key: "@type", Value: strictjson.NewString(m.Key)})
				} else if typ == "@vocab" {
					members = append(members, strictjson.Member{Key: m.Key, Value: words(inner)})
					continue
				}
				value = strictjson.NewObject(inner)
			}
			if m.Value.At("@container").Text() == "@graph" {
				value = strictjson.NewObject([]strictjson.Member{{Key: "@type", Value: value}})
			}
			members = append(members, strictjson.Member{Key: m.Key, Value: value})
		}
	}
	return members
}

// words are the terms of members as values, which a property of type @vocab
// gives their meaning.
func words(members []strictjson.Member) strictjson.Value {
	var items []strictjson.Value
	for _, m := range members {
		items = append(items, strictjson.NewString(m.Key))
	}
	return strictjson.NewArray(items)
}

func canonical(library *jsonld.Library, document strictjson.Value) ([]string, error) {
	expanded, err := library.Expand(document.Without("proof"), jsonld.Options{})
	if err != nil {
		return nil, err
	}
	quads, err := expanded.Quads()
	if err != nil {
		return nil, err
	}
	form, err := rdfc.Canonicalize(quads, crypto.SHA256)
	if err != nil {
		return nil, err
	}
	return form.Lines, nil
}

const european = "http://data.europa.eu/snb/model/context/edc-ap"

// TestEuropean: the European context says what every member of the European
// samples means. One of them spells a member with a Greek capital iota.
func TestEuropean(t *testing.T) {
	library := jsonld.NewLibrary(contexts.Find)
	for name, undefined := range map[string]string{
		"eu-elm/Sample-MC-Annex1-unsigned.jsonld": "",
		"eu-elm/credential-sample.jsonld":         "eIDAS\u0399dentifier",
	} {
		data, err := os.ReadFile(filepath.Join(vectors, name))
		if err != nil {
			if os.Getenv("CI") != "" {
				t.Fatal(err)
			}
			t.Skip("no third-party data: no European sample is read")
		}
		document, err := strictjson.Parse(data)
		if err != nil {
			t.Fatal(err)
		}
		_, err = library.Expand(document, jsonld.Options{Lossless: true})
		var lost *jsonld.Error
		switch {
		case undefined == "" && err != nil:
			t.Errorf("%s: %v", name, err)
		case undefined != "" && (!errors.As(err, &lost) || lost.What != undefined):
			t.Errorf("%s: %v, not about %s", name, err, undefined)
		}
	}
}
