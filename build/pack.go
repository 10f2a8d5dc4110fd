package main

import (
	"bytes"
	"compress/gzip"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
)

// packed holds compressed files by the digest of what is in them: the core
// takes brotli the better part of a minute, and seldom changes.
var packed = filepath.Join(scraps, "packed")

// pack leaves a .gz and a .br beside every file of the site that gets smaller
// by it, for hosts that send them as they are.
func pack() error {
	files, err := packable()
	if err != nil {
		return err
	}
	if err := os.MkdirAll(packed, 0o755); err != nil {
		return err
	}
	kept := make([]string, len(files))
	var fresh []string
	for i, file := range files {
		data, err := os.ReadFile(file)
		if err != nil {
			return err
		}
		sum := sha256.Sum256(data)
		kept[i] = filepath.Join(packed, hex.EncodeToString(sum[:]))
		if _, err := os.Stat(kept[i] + ".br"); errors.Is(err, fs.ErrNotExist) {
			fresh = append(fresh, file, kept[i]+".br")
		}
		if err := zip(data, kept[i]+".gz"); err != nil {
			return err
		}
	}
	if err := brotli(fresh); err != nil {
		return err
	}
	for i, file := range files {
		for _, ending := range []string{".gz", ".br"} {
			if err := copyFile(kept[i]+ending, file+ending); err != nil {
				return err
			}
		}
	}
	return nil
}

// packable lists the files of the site that are worth it, in order. What is
// for the host alone is not sent.
func packable() ([]string, error) {
	var files []string
	err := filepath.WalkDir(target, func(path string, entry fs.DirEntry, err error) error {
		ending := filepath.Ext(path)
		if err == nil && !entry.IsDir() && entry.Name() != "vercel.json" && (ending == ".wasm" || types[ending] != "") {
			files = append(files, path)
		}
		return err
	})
	return files, err
}

// zip packs what no earlier build has packed. No name and no time goes in.
func zip(data []byte, to string) error {
	if _, err := os.Stat(to); err == nil {
		return nil
	}
	var buffer bytes.Buffer
	writer, err := gzip.NewWriterLevel(&buffer, gzip.BestCompression)
	if err != nil {
		return err
	}
	if _, err := writer.Write(data); err != nil {
		return err
	}
	if err := writer.Close(); err != nil {
		return err
	}
	return os.WriteFile(to, buffer.Bytes(), 0o644)
}

// brotli packs files (from, to, from, to ...) by node, whose standard library
// has what Go's has not. A file is put in place whole.
func brotli(files []string) error {
	if len(files) == 0 {
		return nil
	}
	const script = `
		const fs = require('node:fs'), { brotliCompressSync, constants: c } = require('node:zlib');
		const files = process.argv.slice(1);
		for (let i = 0; i < files.length; i += 2) {
			const data = fs.readFileSync(files[i]);
			const to = files[i + 1];
			fs.writeFileSync(to + '.part', brotliCompressSync(data, { params: {
				[c.BROTLI_PARAM_QUALITY]: 11, [c.BROTLI_PARAM_LGWIN]: 24, [c.BROTLI_PARAM_SIZE_HINT]: data.length,
			} }));
			fs.renameSync(to + '.part', to);
		}`
	command := exec.Command("node", append([]string{"-e", script, "--"}, files...)...)
	command.Stdout, command.Stderr = os.Stdout, os.Stderr
	if err := command.Run(); err != nil {
		return fmt.Errorf("node, for brotli: %w", err)
	}
	return nil
}
