package main

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
)

func TestListing(t *testing.T) {
	lists, modules := listing(map[string][]string{"trust": {"a.json", "b.json"}, "keys": {"c.json"}})
	for _, want := range []string{
		"import trust0 from './trust/a.json';\nimport trust1 from './trust/b.json';\nimport keys0 from './keys/c.json';\n",
		"export const trust = [\n  { name: 'a.json', text: trust0 },\n  { name: 'b.json', text: trust1 },\n];\n",
		"export const keys = [\n  keys0,\n];\n",
	} {
		if !strings.Contains(lists, want) {
			t.Errorf("lists.mjs lacks\n%s\nin\n%s", want, lists)
		}
	}
	if want := "    (name = \"keys/c.json\", text = embed \"keys/c.json\"),\n"; !strings.HasSuffix(modules, want) {
		t.Errorf("modules end otherwise: %s", modules)
	}
}

func TestListFiles(t *testing.T) {
	folder := t.TempDir()
	for _, name := range []string{"b.json", "a-1_x.json", "trust.go", "README.md"} {
		if err := os.WriteFile(filepath.Join(folder, name), nil, 0o644); err != nil {
			t.Fatal(err)
		}
	}
	names, err := data{"trust", folder}.files()
	if err != nil || strings.Join(names, " ") != "a-1_x.json b.json" {
		t.Errorf("%q, %v", names, err)
	}
	if names, err := (data{"trust", filepath.Join(folder, "none")}).files(); err != nil || len(names) != 0 {
		t.Errorf("no folder: %q, %v", names, err)
	}
	// A name is written into source text.
	if err := os.WriteFile(filepath.Join(folder, "a'b.json"), nil, 0o644); err != nil {
		t.Fatal(err)
	}
	if _, err := (data{"trust", folder}).files(); err == nil {
		t.Error("a name that would break out of its quotes is taken")
	}
}
