// Command sealcheck verifies credentials in a terminal, a folder or a
// pipeline, with the same core as the page.
//
// Its flags, its exit status and the shape of its JSON lines are a contract:
// other programs are built on them.
package main

import (
	"bufio"
	"context"
	"io"
	"os"

	"github.com/sealcheck/sealcheck/site/locales"
	"github.com/sealcheck/sealcheck/verifier"
	"github.com/sealcheck/sealcheck/verifier/internal/limits"
	"github.com/sealcheck/sealcheck/verifier/report"
)

// Exit status of the command. The worst file decides.
const (
	exitValid         = 0 // every credential file is valid
	exitInvalid       = 1 // at least one is invalid
	exitIndeterminate = 2 // none is invalid, at least one is indeterminate
	exitUsage         = 3 // the command could not do what it was asked to
)

func main() {
	os.Exit(run(os.Args[1:], os.Stdin, os.Stdout, os.Stderr))
}

// run is the whole command without its process: it returns the exit status.
func run(args []string, stdin io.Reader, stdout, stderr io.Writer) int {
	arguments, err := parseArguments(args)
	if err != nil {
		return usageError(stderr, err)
	}
	switch arguments.verb {
	case verbHelp:
		return written(io.WriteString(stdout, word("cmd.usage", nil)+"\n"))
	case verbVersion:
		return written(io.WriteString(stdout, "sealcheck "+verifier.Version+"\n"))
	}
	config, err := configure(arguments)
	if err != nil {
		return usageError(stderr, err)
	}
	inputs, err := collect(arguments.files)
	if err != nil {
		return usageError(stderr, err)
	}
	v, err := verifier.New(config)
	if err != nil {
		return usageError(stderr, saying("cmd.error.configuration", "what", err.Error()))
	}
	show := newText(stdout)
	if arguments.json {
		show = jsonLine
	}
	return verifyAll(v, inputs, stdin, stdout, stderr, show)
}

// shower writes what became of one file.
type shower func(out io.Writer, file string, r *report.Report) error

// verifyAll verifies one input after the other, so that only one is in memory
// at a time, and sums up the exit status.
func verifyAll(v *verifier.Verifier, inputs []string, stdin io.Reader, stdout, stderr io.Writer, show shower) int {
	found := map[report.Verdict]bool{}
	failed := false
	for _, input := range inputs {
		data, err := read(input, stdin)
		if err != nil {
			// It was there a moment ago. The others are still judged, but the
			// run as a whole has not done what it was asked to.
			usageError(stderr, saying("cmd.error.path", "path", input, "what", reason(err)))
			failed = true
			continue
		}
		r := v.Verify(context.Background(), data)
		found[r.Verdict] = true
		out := bufio.NewWriter(stdout)
		if err := show(out, input, r); err != nil || out.Flush() != nil {
			return exitUsage
		}
	}
	switch {
	case failed:
		return exitUsage
	case found[report.Invalid]:
		return exitInvalid
	case found[report.Indeterminate]:
		return exitIndeterminate
	default:
		return exitValid
	}
}

// read reads one input, and never more than one byte beyond what the core
// takes: that byte lets the core say that the file is too large.
func read(input string, stdin io.Reader) ([]byte, error) {
	if input == standardInput {
		return io.ReadAll(io.LimitReader(stdin, limits.PackedBytes+1))
	}
	return readFile(input, limits.PackedBytes)
}

// readFile reads a file, at most one byte beyond the limit.
func readFile(path string, limit int64) ([]byte, error) {
	file, err := os.Open(path)
	if err != nil {
		return nil, err
	}
	defer file.Close()
	return io.ReadAll(io.LimitReader(file, limit+1))
}

// word gives a text of the command in the language of the command, which is
// English for now.
func word(key string, facts map[string]string) string {
	return locales.Text(locales.English, key, facts)
}

func written(_ int, err error) int {
	if err != nil {
		return exitUsage
	}
	return exitValid
}
