package verifier_test

import (
	"go/parser"
	"go/token"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"strings"
	"testing"
)

// TestReadmeSnippetCompiles builds the README's Go snippet as it stands there.
func TestReadmeSnippetCompiles(t *testing.T) {
	data, err := os.ReadFile("../README.md")
	if err != nil {
		t.Fatal(err)
	}
	_, snippet, ok := strings.Cut(string(data), "```go\n")
	if !ok {
		t.Fatal("no Go snippet in the README")
	}
	snippet, _, _ = strings.Cut(snippet, "```")
	if _, err := parser.ParseFile(token.NewFileSet(), "readme.go", snippet, 0); err != nil {
		t.Fatal(err)
	}
	if runtime.GOOS == "js" {
		t.Skip("the compiler does not run under GOOS=js; compiled natively")
	}
	// Inside the module, so that its import resolves; ignored by name.
	dir, err := os.MkdirTemp(".", "_readme")
	if err != nil {
		t.Fatal(err)
	}
	defer os.RemoveAll(dir)
	file := filepath.Join(dir, "main.go")
	if err := os.WriteFile(file, []byte(snippet), 0o600); err != nil {
		t.Fatal(err)
	}
	if out, err := exec.Command("go", "build", "-o", os.DevNull, file).CombinedOutput(); err != nil {
		t.Fatalf("%v\n%s", err, out)
	}
}
