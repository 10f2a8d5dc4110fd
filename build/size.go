package main

import (
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
)

// mostWasm is what the core may weigh on its way to the page: brotli 11, in
// bytes (1.75 MB).
const mostWasm = 1_950_000

// size prints how large every artefact is, raw and compressed, and which
// packages the core consists of. It fails when the core has grown beyond its
// budget.
func size() error {
	files, err := packable()
	if err != nil {
		return fmt.Errorf("build the site first: %w", err)
	}
	fmt.Printf("%-38s %10s %10s %10s\n", "", "raw", "gzip -9", "brotli 11")
	var sum [3]int
	core := 0
	for _, file := range files {
		all, err := sizes(file)
		if err != nil {
			return fmt.Errorf("build the site first: %w", err)
		}
		for i := range sum {
			sum[i] += all[i]
		}
		if filepath.Ext(file) == ".wasm" {
			core = all[2]
		}
		name, _ := filepath.Rel(target, file)
		fmt.Printf("%-38s %10d %10d %10d\n", name, all[0], all[1], all[2])
	}
	fmt.Printf("%-38s %10d %10d %10d\n\n", "all", sum[0], sum[1], sum[2])
	if err := packages(); err != nil {
		return err
	}
	if core == 0 {
		return fmt.Errorf("%s is not there", wasmName)
	}
	fmt.Printf("\n%s: %d of at most %d bytes (brotli 11)\n", wasmName, core, mostWasm)
	if core > mostWasm {
		return fmt.Errorf("the core is too large by %d bytes", core-mostWasm)
	}
	return nil
}

// unwanted is what libraries bring along if they can, by how the names of its
// functions begin. The page does the asking: a client in the core would be
// about a megabyte of what nobody may use. The others are 75 KB and 14 KB,
// packed, for what is done better without.
var unwanted = map[string]string{
	"net_http.__Transport_": "an HTTP client",
	"net_http.__Client_.":   "an HTTP client",
	"regexp.":               "a reader of regular expressions",
	"encoding_json.":        "JSON by reflection",
}

func compressible(path string) bool {
	ending := filepath.Ext(path)
	return ending == ".wasm" || types[ending] != ""
}

// sizes tells how large a file is in each form.
func sizes(file string) (all [3]int, err error) {
	for i, ending := range []string{"", ".gz", ".br"} {
		info, err := os.Stat(file + ending)
		if err != nil {
			return all, err
		}
		all[i] = int(info.Size())
	}
	return all, nil
}

// packages prints the largest packages of the core's code, read from a build
// that keeps the names of its functions. Data (tables, texts, type
// information) is one block and cannot be told apart by package.
func packages() error {
	if err := os.MkdirAll(scraps, 0o755); err != nil {
		return err
	}
	named := filepath.Join(scraps, "named.wasm")
	if err := compileWasm(named, "-w"); err != nil {
		return err
	}
	data, err := os.ReadFile(named)
	if err != nil {
		return err
	}
	module, err := readModule(data)
	if err != nil {
		return fmt.Errorf("%s: %w", named, err)
	}
	command := exec.Command("go", "list", "-deps", "./wasm/browser")
	command.Env = append(os.Environ(), "GOOS=js", "GOARCH=wasm", "CGO_ENABLED=0")
	paths, err := command.Output()
	if err != nil {
		return fmt.Errorf("go list: %w", err)
	}
	const most = 30
	all := module.packages(strings.Fields(string(paths)))
	fmt.Printf("code by package (%d bytes of code, %d of data)\n", module.code, module.data)
	rest := 0
	for i, p := range all {
		if i < most {
			fmt.Printf("%10s  %s\n", strconv.Itoa(p.bytes), p.name)
		} else {
			rest += p.bytes
		}
	}
	if len(all) > most {
		fmt.Printf("%10d  %d smaller packages\n", rest, len(all)-most)
	}
	for _, f := range module.functions {
		for prefix, what := range unwanted {
			if strings.HasPrefix(f.name, prefix) {
				return fmt.Errorf("%s is reachable in the core: %s", what, f.name)
			}
		}
	}
	return nil
}
