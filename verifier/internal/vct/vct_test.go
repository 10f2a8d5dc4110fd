package vct

import "testing"

// TestFor: a type has rules only as it is written, and every rule says where
// at least the title stands.
func TestFor(t *testing.T) {
	for name, rules := range types {
		if For(name) != rules {
			t.Errorf("%s has other rules", name)
		}
		if rules.Shape == Flat && (len(rules.Title) == 0 || len(rules.Learner) == 0) {
			t.Errorf("%s: neither title nor learner", name)
		}
		if rules.Shape != Flat && len(rules.Title)+len(rules.Learner)+len(rules.Criteria)+len(rules.Results)+len(rules.Details) > 0 {
			t.Errorf("%s: its shape says where things are", name)
		}
	}
	for _, name := range []string{"", "verifiablemicrocredential", "VerifiableMicroCredential ", "urn:eudi:elm:2", "https://example.com/type"} {
		if For(name) != &fallback {
			t.Errorf("%q has rules of its own", name)
		}
	}
	if fallback.Known {
		t.Error("what a type means that is not known is a guess")
	}
}
