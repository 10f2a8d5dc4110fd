package main

import (
	"encoding/binary"
	"errors"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
)

// written is a table of two functions as the linker writes it. Both share one
// table of stack depths; the second's lines are the first's stack depths too.
func written() image {
	const (
		names  = "\x00main.one\x00main.two\x00"
		units  = "\x01\x00\x00\x00\xff\xff\xff\xff"
		files  = "one.go\x00two.go\x00"
		values = "\x00AA\x00BB\x00CC\x00DD\x00" // tables at 1, 4, 7 and 10; what ends them is not read
		head   = 8 + 8*8
	)
	number := func(to []byte, numbers ...uint32) []byte {
		for _, n := range numbers {
			to = binary.LittleEndian.AppendUint32(to, n)
		}
		return to
	}
	table := []byte(lineTable)
	for _, n := range []int{2, 2, 0, head, head + len(names), head + len(names+units), head + len(names+units+files), head + len(names+units+files+values)} {
		table = binary.LittleEndian.AppendUint64(table, uint64(n))
	}
	table = append(table, names+units+files+values...)
	table = number(table, 100, 20, 200, 68, 300) // where the functions begin, where their records are; the end
	table = number(table, 100, 1, 0, 0, 1, 4, 7, 1, 8, 30, 0, 10)
	table = number(table, 200, 10, 0, 0, 1, 4, 1, 0, 8, 40, 0)
	return image{64, append([]byte("before "), table...)}
}

func TestDropLines(t *testing.T) {
	memory := written()
	before := string(memory.bytes)
	if err := dropLines(memory); err != nil {
		t.Fatal(err)
	}
	after := string(memory.bytes)
	for _, want := range []string{"before ", "\x00main.one\x00main.two\x00", "\x00AA\x00\x00\x00\x00\x00\x00\x00DD\x00"} {
		if !strings.Contains(after, want) {
			t.Errorf("%q is not in %q", want, after)
		}
	}
	if strings.Contains(after, ".go") || len(after) != len(before) {
		t.Errorf("%q", after)
	}
	at := strings.Index(after, "\x64\x00\x00\x00\x14\x00\x00\x00") + 20
	for i, want := range []uint32{100, 1, 0, 0, 1, 0, 0, 1, 0, 0, 0, 10, 200, 10, 0, 0, 1, 0, 0, 0, 0, 0, 0} {
		if got := binary.LittleEndian.Uint32(memory.bytes[at+4*i:]); got != want {
			t.Errorf("field %d: %d, not %d", i, got, want)
		}
	}
}

// What is laid out in another way is left alone.
func TestDropLinesUnknown(t *testing.T) {
	for at := range written().bytes {
		memory := written()
		memory.bytes[at] ^= 0xff
		before := string(memory.bytes)
		if err := dropLines(memory); err != nil && (!errors.Is(err, errLines) || string(memory.bytes) != before) {
			t.Errorf("byte %d: %v", at, err)
		}
		short := image{0, written().bytes[:at]}
		if err := dropLines(short); !errors.Is(err, errLines) && at < len(before)-4 {
			t.Errorf("%d bytes: %v", at, err)
		}
	}
	twice := image{0, append(written().bytes, lineTable...)}
	if err := dropLines(twice); !errors.Is(err, errLines) {
		t.Error(err)
	}
}

func FuzzDropLines(f *testing.F) {
	f.Add(written().bytes)
	f.Fuzz(func(t *testing.T, data []byte) {
		length := len(data)
		if err := dropLines(image{0, data}); err != nil && !errors.Is(err, errLines) || len(data) != length {
			t.Error(err)
		}
	})
}

// The toolchain at hand writes the table as is known here, and a program runs
// without: it collects garbage, panics, recovers, and tells names.
func TestDropLinesRuns(t *testing.T) {
	folder := t.TempDir()
	source, program := filepath.Join(folder, "main.go"), filepath.Join(folder, "main.wasm")
	const text = `package main

import "runtime"

func depth(n int) (sum int) {
	defer func() {
		if recover() != nil {
			sum++
		}
	}()
	if n == 0 {
		runtime.GC()
		panic("deep")
	}
	kept := make([]byte, n)
	return depth(n-1) + len(kept)
}

func main() {
	_, file, line, ok := runtime.Caller(0)
	at, _, _, _ := runtime.Caller(0)
	println(depth(100), file, line, ok, runtime.FuncForPC(at).Name())
}
`
	if err := os.WriteFile(source, []byte(text), 0o644); err != nil {
		t.Fatal(err)
	}
	if err := compile(source, program, "-s -w"); err != nil {
		t.Fatal(err)
	}
	root, err := goroot()
	if err != nil {
		t.Fatal(err)
	}
	out, err := node(filepath.Join(root, "lib/wasm/wasm_exec_node.js"), program)
	if want := "5051 ? 0 true main.main\n"; err != nil || out != want {
		t.Errorf("%q, %v; want %q", out, err, want)
	}
}

func node(arguments ...string) (string, error) {
	command := exec.Command("node", arguments...)
	command.Env = []string{"PATH=" + os.Getenv("PATH")} // Go has little room for more
	out, err := command.CombinedOutput()
	return string(out), err
}
