package main

import (
	"errors"
	"testing"
)

// tiny is a module of two functions, made by hand: one imported, one of its
// own called "my_pkg.do", and three bytes of data.
var tiny = []byte("\x00asm\x01\x00\x00\x00" +
	"\x01\x04\x01\x60\x00\x00" + // one type: nothing to nothing
	"\x02\x07\x01\x01m\x01f\x00\x00" + // import m.f
	"\x03\x02\x01\x00" + // one function of that type
	"\x0a\x04\x01\x02\x00\x0b" + // its body: nothing
	"\x0b\x08\x01\x00\x41\x00\x0b\x02ab" + // data
	"\x00\x14\x04name\x01\x0d\x01\x01\x0amy_pkg.do1")

func TestReadModule(t *testing.T) {
	m, err := readModule(tiny)
	if err != nil {
		t.Fatal(err)
	}
	if len(m.functions) != 1 || m.functions[0] != (function{"my_pkg.do1", 2}) || m.code != 4 || m.data != 8 {
		t.Errorf("%+v", m)
	}
	all := m.packages([]string{"other", "my/pkg"})
	if len(all) != 1 || all[0] != (pkg{"my/pkg", 2}) {
		t.Errorf("%+v", all)
	}
}

func TestReadModuleBroken(t *testing.T) {
	for cut := range tiny {
		if _, err := readModule(tiny[:cut]); cut < 8 && !errors.Is(err, errModule) {
			t.Errorf("%d bytes: %v", cut, err)
		}
	}
}

func FuzzReadModule(f *testing.F) {
	f.Add(tiny)
	f.Fuzz(func(t *testing.T, data []byte) {
		m, err := readModule(data)
		if err == nil && len(m.functions) == 0 {
			t.Error("a module without functions was read")
		}
	})
}

func TestPackageOf(t *testing.T) {
	known := map[string]string{"github.com_a_b": "github.com/a/b", "github.com_a_b_c": "github.com/a/b/c", "a": "a"}
	for name, want := range map[string]string{
		"github.com_a_b.Do":             "github.com/a/b",
		"github.com_a_b_c.__T_.Do":      "github.com/a/b/c",
		"github.com_a_b.Do_go.shape_x.": "github.com/a/b",
		"a.b.c":                         "a",
		"type_.eq.x":                    "(made by the linker)",
		"":                              "(made by the linker)",
	} {
		if got := packageOf(name, known); got != want {
			t.Errorf("%s: %s, want %s", name, got, want)
		}
	}
}
