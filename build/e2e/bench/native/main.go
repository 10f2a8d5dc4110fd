// Command native verifies files as `make bench` asks for it, compiled for this
// machine.
//
//	native BENCH.JSON
//	native -profile FILE BENCH.JSON
//
// BENCH.JSON says what there is to verify; see the type bench. The first form
// reads lines of a word and three numbers, who does it (see workers), which
// file, how often, and for how many milliseconds at most (0: without an end).
// It answers each with a line of JSON: the milliseconds that each took.
//
// The second form verifies one file, named by a part of its name, for some
// seconds and prints where the time goes.
package main

import (
	"bufio"
	"encoding/json"
	"flag"
	"fmt"
	"os"
	"strings"
	"time"
)

// bench is what the program is told of a run.
type bench struct {
	At    time.Time `json:"at"` // the instant to judge at
	Trust []struct {
		Name string `json:"name"`
		Text string `json:"text"`
	} `json:"trust"` // the trust lists
	Contexts map[string]any `json:"contexts"` // JSON-LD contexts by address
	Files    []file         `json:"files"`
}

// file is one file to verify.
type file struct {
	Name      string   `json:"name"`
	Path      string   `json:"path"`
	Headlines []string `json:"headlines"` // that the report must have
	Canonical string   `json:"canonical"` // SHA-256 of its canonical N-Quads and its proof options', hexadecimal; "" where it has none

	data []byte
}

// workers are those who can be timed. Each gives a function that does the work
// once and returns an error where the result is wrong.
var workers = map[string]func(*bench, *file) func() error{
	"ours":      ours,
	"json-gold": jsonGold,
}

func main() {
	if err := run(); err != nil {
		fmt.Fprintln(os.Stderr, "native:", err)
		os.Exit(1)
	}
}

func run() error {
	profiled := flag.String("profile", "", "part of the name of a file: say where the time of its verification goes")
	flag.Parse()
	if flag.NArg() != 1 {
		return fmt.Errorf("say a bench.json")
	}
	b, err := load(flag.Arg(0))
	if err != nil {
		return err
	}
	if *profiled == "" {
		return serve(b)
	}
	for i := range b.Files {
		if f := &b.Files[i]; strings.Contains(f.Name, *profiled) {
			return profile(f.Name, ours(b, f))
		}
	}
	return fmt.Errorf("no file is called %q", *profiled)
}

func load(path string) (*bench, error) {
	data, err := os.ReadFile(path)
	if err != nil {
		return nil, err
	}
	var b bench
	if err := json.Unmarshal(data, &b); err != nil {
		return nil, fmt.Errorf("%s: %w", path, err)
	}
	for i := range b.Files {
		if b.Files[i].data, err = os.ReadFile(b.Files[i].Path); err != nil {
			return nil, err
		}
	}
	return &b, nil
}

// serve answers the questions on standard input.
func serve(b *bench) error {
	answers := json.NewEncoder(os.Stdout)
	lines := bufio.NewScanner(os.Stdin)
	for lines.Scan() {
		var who string
		var which, count int
		var most float64
		_, err := fmt.Sscan(lines.Text(), &who, &which, &count, &most)
		worker := workers[who]
		if err != nil || worker == nil || which < 0 || which >= len(b.Files) {
			return fmt.Errorf("cannot read %q", lines.Text())
		}
		taken, err := measure(worker(b, &b.Files[which]), count, most)
		if err != nil {
			return fmt.Errorf("%s, %s: %w", who, b.Files[which].Name, err)
		}
		if err := answers.Encode(taken); err != nil {
			return err
		}
	}
	return lines.Err()
}

// measure gives the milliseconds of each.
func measure(once func() error, count int, most float64) ([]float64, error) {
	var taken []float64
	for sum := 0.0; len(taken) < count && (most == 0 || sum < most || len(taken) < 3); {
		begin := time.Now()
		if err := once(); err != nil {
			return nil, err
		}
		taken = append(taken, float64(time.Since(begin))/float64(time.Millisecond))
		sum += taken[len(taken)-1]
	}
	return taken, nil
}
