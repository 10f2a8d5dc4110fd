// Package report is what a verification says: a tree of file, credentials and
// checks, and the two pure functions (Headline and Verdict) that sum it up.
// It is a leaf: it imports nothing of ours and knows no format.
package report

import "fmt"

// Outcome is the result of one check. The zero value is Unknown, so that a
// forgotten result never reads as a pass.
type Outcome uint8

const (
	Unknown Outcome = iota // could not be decided; never as good as Pass
	Pass
	Warn    // passed, with something a person should know
	Fail    // decided, and bad
	Skipped // a prerequisite did not pass, or policy said not to
	None    // there is nothing to check; always said, never a pass
)

var outcomeNames = [...]string{"unknown", "pass", "warn", "fail", "skipped", "none"}

func (o Outcome) String() string {
	if int(o) < len(outcomeNames) {
		return outcomeNames[o]
	}
	return "unknown"
}

// MarshalText gives the lower-case name that the report's JSON carries.
func (o Outcome) MarshalText() ([]byte, error) { return []byte(o.String()), nil }

// UnmarshalText reads the name back; any other text is an error.
func (o *Outcome) UnmarshalText(text []byte) error {
	for i, name := range outcomeNames {
		if name == string(text) {
			*o = Outcome(i)
			return nil
		}
	}
	return fmt.Errorf("report: no outcome is called %q", text)
}

// Lets says whether a check that runs after this one may run: only a pass,
// with or without a remark, lets it.
func (o Outcome) Lets() bool { return o == Pass || o == Warn }

// weight orders outcomes for a check with several findings: the worst wins.
// Pass outweighs None, so that "has begun" and "has no end" together pass.
func (o Outcome) weight() int {
	switch o {
	case Fail:
		return 5
	case Unknown:
		return 4
	case Skipped:
		return 3
	case Warn:
		return 2
	case Pass:
		return 1
	default:
		return 0
	}
}

// Verdict is the one-word answer for a script.
type Verdict uint8

const (
	Indeterminate Verdict = iota // the zero value: nothing has been proven
	Valid
	Invalid
)

var verdictNames = [...]string{"indeterminate", "valid", "invalid"}

func (v Verdict) String() string {
	if int(v) < len(verdictNames) {
		return verdictNames[v]
	}
	return "indeterminate"
}

// MarshalText gives the lower-case name that the report's JSON carries.
func (v Verdict) MarshalText() ([]byte, error) { return []byte(v.String()), nil }

// UnmarshalText reads the name back; any other text is an error.
func (v *Verdict) UnmarshalText(text []byte) error {
	for i, name := range verdictNames {
		if name == string(text) {
			*v = Verdict(i)
			return nil
		}
	}
	return fmt.Errorf("report: no verdict is called %q", text)
}
