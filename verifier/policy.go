package verifier

import (
	"fmt"

	"github.com/sealcheck/sealcheck/verifier/internal/strictjson"
	"github.com/sealcheck/sealcheck/verifier/report"
)

// Policy is what a host asks of a credential beyond the facts: plain data. The
// zero Policy is the strict one, used by the page, the worker and
// New(Config{}). No policy can do without signature or issuer.
type Policy struct {
	Name string // shown in the report; "strict" where it is empty
	// Demands say which headlines count as valid besides verified, which
	// checks may stay undecided, and which must pass in addition.
	Demands report.Demands
}

// presets are the policies that have a name.
var presets = []Policy{
	{Name: "strict"},
	{Name: "accept-identified", Demands: report.Demands{Accept: []report.Headline{report.Identified}}},
	{Name: "accept-unlisted", Demands: report.Demands{Accept: []report.Headline{report.Identified, report.Unlisted}}},
}

// PolicyNames lists the presets.
func PolicyNames() []string {
	names := make([]string, len(presets))
	for i, preset := range presets {
		names[i] = preset.Name
	}
	return names
}

// PolicyNamed gives the preset of that name.
func PolicyNamed(name string) (Policy, bool) {
	for _, preset := range presets {
		if preset.Name == name {
			return preset, true
		}
	}
	return Policy{}, false
}

// ParsePolicy reads a policy from JSON:
//
//	{"name":"our policy","accept":["identified","unlisted"],
//	 "optional":["status","validity","trust"],"require":["holder","schema"]}
//
// Every member may be left out; any other member or value is an error, so
// that a misspelt wish is not silently a stricter or laxer policy.
func ParsePolicy(data []byte) (Policy, error) {
	value, err := strictjson.Parse(data)
	if err != nil {
		return Policy{}, fmt.Errorf("policy: %w", err)
	}
	if value.Kind() != strictjson.Object {
		return Policy{}, fmt.Errorf("policy: not a JSON object")
	}
	policy := Policy{Name: "own"}
	for _, member := range value.Members() {
		if member.Key != "name" && member.Value.Kind() != strictjson.Array {
			return Policy{}, fmt.Errorf("policy: %s is not an array", member.Key)
		}
		switch member.Key {
		case "name":
			if policy.Name = member.Value.Text(); policy.Name == "" {
				return Policy{}, fmt.Errorf("policy: name is not a text")
			}
		case "accept":
			for _, item := range member.Value.Items() {
				var headline report.Headline
				if err := headline.UnmarshalText([]byte(item.Text())); err != nil {
					return Policy{}, fmt.Errorf("policy: accept: %w", err)
				}
				policy.Demands.Accept = append(policy.Demands.Accept, headline)
			}
		case "optional":
			for _, item := range member.Value.Items() {
				policy.Demands.Optional = append(policy.Demands.Optional, report.CheckName(item.Text()))
			}
		case "require":
			for _, item := range member.Value.Items() {
				policy.Demands.Require = append(policy.Demands.Require, report.CheckName(item.Text()))
			}
		default:
			return Policy{}, fmt.Errorf("policy: no member is called %q", member.Key)
		}
	}
	return policy, policy.check()
}

// check says what is wrong with a policy, if anything.
func (p Policy) check() error {
	for _, headline := range p.Demands.Accept {
		if headline != report.Identified && headline != report.Unlisted {
			return fmt.Errorf("policy: %q can never count as valid", headline)
		}
	}
	for _, name := range p.Demands.Optional {
		switch name {
		case report.CheckValidity, report.CheckStatus, report.CheckTrust:
		default:
			return fmt.Errorf("policy: no policy can do without %q", name)
		}
	}
	for _, name := range p.Demands.Require {
		switch name {
		case report.CheckHolder, report.CheckSchema:
		default:
			return fmt.Errorf("policy: %q cannot be required, or always is", name)
		}
	}
	return nil
}
