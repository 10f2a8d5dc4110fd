package main

import (
	"errors"
	"io"
	"io/fs"
	"strings"
	"time"

	"github.com/sealcheck/sealcheck/verifier/report"
)

const (
	verbVerify  = "verify"
	verbHelp    = "help"
	verbVersion = "version"
)

// standardInput is the name that stands for the standard input.
const standardInput = "-"

// arguments is the command line, taken apart.
type arguments struct {
	verb     string
	json     bool
	offline  bool
	contact  bool      // ask also where that shows which credential is checked
	at       time.Time // zero: now
	network  string    // folder, "" for none
	policy   string    // file or name, "" for the strict policy
	contexts string    // folder, "" for none
	trust    []string
	keys     []string
	lists    []string // status lists and certificate revocation lists
	files    []string
}

// flags says of every flag whether it takes a value and may be repeated.
var flags = map[string]struct{ value, repeated bool }{
	"json":           {},
	"offline":        {},
	"contact-issuer": {},
	"help":           {},
	"at":             {value: true},
	"network":        {value: true},
	"policy":         {value: true},
	"contexts":       {value: true},
	"trust":          {value: true, repeated: true},
	"key":            {value: true, repeated: true},
	"list":           {value: true, repeated: true},
}

// parseArguments takes the command line apart. Flags may stand before, between
// and after the files; "--" ends them.
func parseArguments(args []string) (arguments, error) {
	if len(args) == 0 {
		return arguments{}, saying("cmd.error.verb_missing")
	}
	switch args[0] {
	case "help", "--help", "-h":
		return arguments{verb: verbHelp}, nil
	case "version", "--version":
		return arguments{verb: verbVersion}, nil
	case verbVerify:
	default:
		return arguments{}, saying("cmd.error.verb", "what", args[0])
	}
	a := arguments{verb: verbVerify}
	given := map[string]bool{}
	for rest := args[1:]; len(rest) > 0; {
		argument := rest[0]
		rest = rest[1:]
		if argument == "--" {
			a.files = append(a.files, rest...)
			break
		}
		if argument == standardInput || !strings.HasPrefix(argument, "-") {
			a.files = append(a.files, argument)
			continue
		}
		name, value, joined := strings.Cut(strings.TrimPrefix(argument, "--"), "=")
		kind, known := flags[name]
		if argument == "-h" {
			name, kind, known = "help", flags["help"], true
		}
		switch {
		case !known || (!strings.HasPrefix(argument, "--") && argument != "-h"):
			return arguments{}, saying("cmd.error.flag", "what", argument)
		case !kind.value && joined:
			return arguments{}, saying("cmd.error.value_unwanted", "name", name)
		case kind.value && given[name] && !kind.repeated:
			return arguments{}, saying("cmd.error.twice", "name", name)
		case kind.value && !joined:
			if len(rest) == 0 || strings.HasPrefix(rest[0], "--") {
				return arguments{}, saying("cmd.error.value_missing", "name", name)
			}
			value, rest = rest[0], rest[1:]
		}
		if kind.value && value == "" {
			return arguments{}, saying("cmd.error.value_missing", "name", name)
		}
		given[name] = true
		if err := a.set(name, value); err != nil {
			return arguments{}, err
		}
	}
	if a.verb == verbVerify && len(a.files) == 0 {
		return arguments{}, saying("cmd.error.no_files")
	}
	return a, nil
}

func (a *arguments) set(name, value string) (err error) {
	switch name {
	case "json":
		a.json = true
	case "offline":
		a.offline = true
	case "contact-issuer":
		a.contact = true
	case "help":
		a.verb = verbHelp
	case "at":
		a.at, err = instant(value)
	case "network":
		a.network = value
	case "policy":
		a.policy = value
	case "contexts":
		a.contexts = value
	case "trust":
		a.trust = append(a.trust, value)
	case "key":
		a.keys = append(a.keys, value)
	case "list":
		a.lists = append(a.lists, value)
	}
	return err
}

// instant reads a date with time and zone (RFC 3339), or a date alone, which
// is the start of that day in UTC.
func instant(text string) (time.Time, error) {
	for _, layout := range []string{time.RFC3339, time.DateOnly} {
		if t, err := time.Parse(layout, text); err == nil {
			return t.UTC(), nil
		}
	}
	return time.Time{}, saying("cmd.error.instant", "what", text)
}

// said is an error that has words.
type said struct {
	key   string
	facts map[string]string
}

// saying makes an error from a key of the words and facts: name, value, name,
// value.
func saying(key string, pairs ...string) error {
	s := said{key: key, facts: map[string]string{}}
	for i := 0; i+1 < len(pairs); i += 2 {
		s.facts[pairs[i]] = pairs[i+1]
	}
	return s
}

func (s said) Error() string { return word(s.key, s.facts) }

// reason gives the words for why something could not be read: those of a code
// of ours if it has one, else what the system says, without the path that is
// named anyway.
func reason(err error) string {
	var problem *report.Problem
	if errors.As(err, &problem) {
		return word("code."+string(problem.Code), problem.Facts)
	}
	var path *fs.PathError
	if errors.As(err, &path) {
		return path.Err.Error()
	}
	return err.Error()
}

// usageError writes an error for people and returns the exit status for it.
func usageError(stderr io.Writer, err error) int {
	io.WriteString(stderr, "sealcheck: "+visible(err.Error())+"\n")
	return exitUsage
}
