package verifier_test

import (
	"go/build"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// TestCoreIsPure: the core imports nothing that could open a file, a
// connection or a clock of its own, on either operating system (design.md 1),
// and no package of ours to its right.
func TestCoreIsPure(t *testing.T) {
	const module = "github.com/sealcheck/sealcheck/"
	forbidden := map[string]bool{"net/http": true, "os": true, "syscall/js": true, "net": true, "crypto/tls": true,
		"os/exec": true, "unsafe": true, "crypto/hmac": true, "text/template": true, "html/template": true,
		// Large, and not needed: strictjson reads, and writes canonically.
		"encoding/json": true, "regexp": true, "github.com/gowebpki/jcs": true}
	// Stages import only stages to their left, and the leaves.
	order := []string{"report", "fetch", "envelope", "credential", "hosted", "proof", "key", "issuer", "validity", "status", "trust", "describe"}
	rank := map[string]int{}
	for i, name := range order {
		rank[name] = i + 1
	}
	for _, goos := range []string{"linux", "js"} {
		context := build.Default
		context.GOOS = goos
		if goos == "js" {
			context.GOARCH = "wasm"
		} else {
			context.GOARCH = "amd64"
		}
		err := filepath.WalkDir(".", func(path string, entry fs.DirEntry, err error) error {
			if err != nil || !entry.IsDir() {
				return err
			}
			if name := entry.Name(); name == "cmd" || name == "testdata" || path != "." && strings.HasPrefix(name, "_") {
				return filepath.SkipDir
			}
			pkg, err := context.ImportDir(path, 0)
			if _, none := err.(*build.NoGoError); none {
				return nil
			}
			if err != nil {
				return err
			}
			for _, imported := range pkg.Imports {
				if forbidden[imported] {
					t.Errorf("%s: verifier/%s imports %s", goos, path, imported)
				}
				ours, isOurs := strings.CutPrefix(imported, module)
				if !isOurs {
					continue
				}
				stage, inCore := strings.CutPrefix(ours, "verifier/")
				if !inCore {
					t.Errorf("verifier/%s imports %s, which is not the core", path, imported)
				}
				if from, to := rank[filepath.ToSlash(path)], rank[stage]; from > 0 && to >= from {
					t.Errorf("verifier/%s imports %s, which stands to its right", path, stage)
				}
				if strings.HasPrefix(filepath.ToSlash(path), "internal/") && rank[stage] > rank["fetch"] {
					t.Errorf("verifier/%s imports the stage %s", path, stage)
				}
			}
			return nil
		})
		if err != nil {
			t.Fatal(err)
		}
	}
	if _, err := os.Stat("verifier.go"); err != nil {
		t.Fatal(err)
	}
}

// TestSignaturesByJWX: ordinary JOSE signatures are verified by the library
// that this project is built on, natively; in WebAssembly, where it would weigh
// too much, the host and the standard library do it (signature/library_js.go).
func TestSignaturesByJWX(t *testing.T) {
	native := build.Default
	native.GOOS, native.GOARCH = "linux", "amd64"
	const library = "github.com/lestrrat-go/jwx/v2/jws"
	found := ""
	err := filepath.WalkDir(".", func(path string, entry fs.DirEntry, err error) error {
		if err != nil || !entry.IsDir() || entry.Name() == "cmd" {
			return err
		}
		pkg, err := native.ImportDir(path, 0)
		if err == nil {
			for _, imported := range pkg.Imports {
				if imported == library {
					found = path
				}
			}
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	if found == "" {
		t.Errorf("nothing in the core imports %s", library)
	}
}
