package main

import (
	"io/fs"
	"os"
	"path/filepath"
	"sort"
	"strings"
)

// collect turns the FILE arguments into inputs, in their order: a folder
// becomes all files below it, sorted by path, without hidden ones. Everything
// is looked for before anything is verified, so that a mistake in the command
// line is told at once and not after the first thousand files.
func collect(named []string) ([]string, error) {
	var inputs []string
	stdin := false
	for _, name := range named {
		if name == standardInput {
			if stdin {
				return nil, saying("cmd.error.stdin_twice")
			}
			stdin = true
			inputs = append(inputs, name)
			continue
		}
		info, err := os.Stat(name)
		if err != nil {
			return nil, saying("cmd.error.path", "path", name, "what", reason(err))
		}
		if !info.IsDir() {
			if err := readable(name, info); err != nil {
				return nil, err
			}
			inputs = append(inputs, name)
			continue
		}
		below, err := folder(name)
		if err != nil {
			return nil, err
		}
		inputs = append(inputs, below...)
	}
	return inputs, nil
}

// folder lists the files below a folder. Links to files are followed, links
// to folders are not: they could lead in a circle.
func folder(root string) ([]string, error) {
	var found []string
	tree := os.DirFS(root)
	err := fs.WalkDir(tree, ".", func(path string, entry fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		if path != "." && strings.HasPrefix(entry.Name(), ".") {
			if entry.IsDir() {
				return fs.SkipDir
			}
			return nil
		}
		if entry.IsDir() {
			return nil
		}
		full := filepath.Join(root, filepath.FromSlash(path))
		info, err := os.Stat(full)
		if err != nil {
			return err
		}
		// Pipes, sockets and devices could keep us waiting for ever.
		if !info.Mode().IsRegular() {
			return nil
		}
		found = append(found, full)
		return readable(full, info)
	})
	if words, ok := err.(said); ok {
		return nil, words
	}
	if err != nil {
		return nil, saying("cmd.error.path", "path", root, "what", err.Error())
	}
	if len(found) == 0 {
		return nil, saying("cmd.error.folder_empty", "path", root)
	}
	sort.Strings(found)
	return found, nil
}

// readable says whether a file can be opened. A pipe is not tried: opening it
// twice would take away what is in it.
func readable(path string, info fs.FileInfo) error {
	if !info.Mode().IsRegular() {
		return nil
	}
	file, err := os.Open(path)
	if err != nil {
		return saying("cmd.error.path", "path", path, "what", reason(err))
	}
	return file.Close()
}
