// Command native verifies files as `make bench` asks for it: the same work as
// the page's core does for each file, but compiled for this machine.
//
//	native AT TRUST-LIST FILE...
//
// It reads lines of two numbers, which file and how often, and answers each
// with a line of JSON: the milliseconds that every verification took.
package main

import (
	"bufio"
	"context"
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"time"

	"github.com/sealcheck/sealcheck/verifier"
	"github.com/sealcheck/sealcheck/verifier/report"
	"github.com/sealcheck/sealcheck/verifier/trust"
)

func main() {
	if err := run(os.Args[1:]); err != nil {
		fmt.Fprintln(os.Stderr, "native:", err)
		os.Exit(1)
	}
}

func run(arguments []string) error {
	if len(arguments) < 3 {
		return fmt.Errorf("say an instant, a trust list and files")
	}
	at, err := time.Parse(time.RFC3339, arguments[0])
	if err != nil {
		return err
	}
	list, err := os.ReadFile(arguments[1])
	if err != nil {
		return err
	}
	files := make([][]byte, 0, len(arguments)-2)
	for _, name := range arguments[2:] {
		data, err := os.ReadFile(name)
		if err != nil {
			return err
		}
		files = append(files, data)
	}
	config := verifier.Config{
		Now:   func() time.Time { return at },
		Trust: []trust.Source{{Name: filepath.Base(arguments[1]), Data: list}},
	}
	answers := json.NewEncoder(os.Stdout)
	lines := bufio.NewScanner(os.Stdin)
	for lines.Scan() {
		var which, times int
		if _, err := fmt.Sscan(lines.Text(), &which, &times); err != nil || which < 0 || which >= len(files) {
			return fmt.Errorf("cannot read %q", lines.Text())
		}
		taken, err := measure(config, files[which], times)
		if err != nil {
			return fmt.Errorf("%s: %w", arguments[2+which], err)
		}
		if err := answers.Encode(taken); err != nil {
			return err
		}
	}
	return lines.Err()
}

// measure verifies one file so many times, from the configuration to the
// report's text each time, as the page's core does.
func measure(config verifier.Config, file []byte, times int) ([]float64, error) {
	taken := make([]float64, 0, times)
	for range times {
		begin := time.Now()
		v, err := verifier.New(config)
		if err != nil {
			return nil, err
		}
		found := v.Verify(context.Background(), file)
		if _, err := json.Marshal(found); err != nil {
			return nil, err
		}
		taken = append(taken, float64(time.Since(begin))/float64(time.Millisecond))
		if found.Headline != report.Verified {
			return nil, fmt.Errorf("%s instead of verified", found.Headline)
		}
	}
	return taken, nil
}
