package main

import (
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
)

// copySamples copies the samples that the index names, and their lists, byte
// for byte: they are signed.
func copySamples() error {
	const from = "testdata/samples"
	data, err := os.ReadFile(from + "/index.json")
	if err != nil {
		return err
	}
	var index struct {
		Samples []struct {
			ID    string          `json:"id"`
			Group string          `json:"group"`
			File  string          `json:"file"`
			Trust json.RawMessage `json:"trust,omitempty"`
			At    string          `json:"at,omitempty"`
		} `json:"samples"`
	}
	if err := json.Unmarshal(data, &index); err != nil {
		return fmt.Errorf("%s/index.json: %w", from, err)
	}
	shipped := make([]map[string]any, 0, len(index.Samples))
	for _, sample := range index.Samples {
		file, err := copySample(from, sample.File)
		if err != nil {
			return err
		}
		lists := []string{}
		for _, list := range listed(sample.Trust) {
			name, err := copySample(from, list)
			if err != nil {
				return err
			}
			lists = append(lists, name)
		}
		entry := map[string]any{"id": sample.ID, "group": sample.Group, "file": file, "trust": lists}
		if sample.At != "" {
			entry["at"] = sample.At
		}
		shipped = append(shipped, entry)
	}
	out, err := json.Marshal(map[string]any{"samples": shipped})
	if err != nil {
		return err
	}
	return write("samples/index.json", out)
}

// listed reads one name or several.
func listed(raw json.RawMessage) []string {
	var many []string
	if json.Unmarshal(raw, &many) == nil {
		return many
	}
	var one string
	if json.Unmarshal(raw, &one) == nil && one != "" {
		return []string{one}
	}
	return nil
}

// copySample finds a file beside the index or below testdata.
func copySample(from, name string) (string, error) {
	for _, path := range []string{filepath.Join(from, name), filepath.Join("testdata", name)} {
		data, err := os.ReadFile(path)
		if errors.Is(err, fs.ErrNotExist) {
			continue
		}
		if err != nil {
			return "", err
		}
		short := filepath.Base(name)
		return short, write("samples/"+short, data)
	}
	return "", fmt.Errorf("%s/index.json names %s, which is not there", from, name)
}
