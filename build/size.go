package main

import (
	"bytes"
	"compress/gzip"
	"fmt"
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
)

// mostWasm is what the core may weigh on its way to the page: brotli 11, in
// bytes (1.75 MB).
const mostWasm = 1_750_000

// size prints how large every artefact is, raw and compressed, and which
// packages the core consists of. The compressed files stay beside the
// originals, for hosts that send them. It fails when the core has grown
// beyond its budget.
func size() error {
	var files []string
	err := filepath.WalkDir(target, func(path string, entry fs.DirEntry, err error) error {
		if err == nil && !entry.IsDir() && compressible(path) {
			files = append(files, path)
		}
		return err
	})
	if err != nil {
		return fmt.Errorf("build the site first: %w", err)
	}
	if err := brotli(files); err != nil {
		return err
	}
	fmt.Printf("%-34s %10s %10s %10s\n", "", "raw", "gzip -9", "brotli 11")
	var sum [3]int
	core := 0
	for _, file := range files {
		raw, packed, squeezed, err := sizes(file)
		if err != nil {
			return err
		}
		sum[0], sum[1], sum[2] = sum[0]+raw, sum[1]+packed, sum[2]+squeezed
		if filepath.Base(file) == wasmName {
			core = squeezed
		}
		name, _ := filepath.Rel(target, file)
		fmt.Printf("%-34s %10d %10d %10d\n", name, raw, packed, squeezed)
	}
	fmt.Printf("%-34s %10d %10d %10d\n\n", "all", sum[0], sum[1], sum[2])
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

func compressible(path string) bool {
	ending := filepath.Ext(path)
	return ending == ".wasm" || types[ending] != ""
}

// sizes packs one file and tells how large it is in each form.
func sizes(file string) (raw, packed, squeezed int, err error) {
	data, err := os.ReadFile(file)
	if err != nil {
		return 0, 0, 0, err
	}
	var buffer bytes.Buffer
	writer, err := gzip.NewWriterLevel(&buffer, gzip.BestCompression)
	if err != nil {
		return 0, 0, 0, err
	}
	if _, err := writer.Write(data); err != nil {
		return 0, 0, 0, err
	}
	if err := writer.Close(); err != nil {
		return 0, 0, 0, err
	}
	if err := os.WriteFile(file+".gz", buffer.Bytes(), 0o644); err != nil {
		return 0, 0, 0, err
	}
	info, err := os.Stat(file + ".br")
	if err != nil {
		return 0, 0, 0, err
	}
	return len(data), buffer.Len(), int(info.Size()), nil
}

// brotli packs files by node, whose standard library has what Go's has not.
// What is packed already and not older stays.
func brotli(files []string) error {
	var stale []string
	for _, file := range files {
		plain, err := os.Stat(file)
		if err != nil {
			return err
		}
		packed, err := os.Stat(file + ".br")
		if err != nil || packed.ModTime().Before(plain.ModTime()) {
			stale = append(stale, file)
		}
	}
	if len(stale) == 0 {
		return nil
	}
	const script = `
		const fs = require('node:fs'), { brotliCompressSync, constants: c } = require('node:zlib');
		for (const file of process.argv.slice(1)) {
			const data = fs.readFileSync(file);
			fs.writeFileSync(file + '.br', brotliCompressSync(data, { params: {
				[c.BROTLI_PARAM_QUALITY]: 11, [c.BROTLI_PARAM_LGWIN]: 24, [c.BROTLI_PARAM_SIZE_HINT]: data.length,
			} }));
		}`
	command := exec.Command("node", append([]string{"-e", script, "--"}, stale...)...)
	command.Stdout, command.Stderr = os.Stdout, os.Stderr
	if err := command.Run(); err != nil {
		return fmt.Errorf("node, for brotli: %w", err)
	}
	return nil
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
	// The page does the asking: a client in the core would be about a
	// megabyte of what nobody may use.
	for _, f := range module.functions {
		if strings.HasPrefix(f.name, "net_http.__Transport_") || strings.HasPrefix(f.name, "net_http.__Client_.") {
			return fmt.Errorf("an HTTP client is reachable in the core: %s", f.name)
		}
	}
	return nil
}
