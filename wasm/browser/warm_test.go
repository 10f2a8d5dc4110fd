//go:build js && wasm

package main

import (
	"encoding/json"
	"testing"
)

// What warms up goes all the way: its signature holds, and no list names its issuer.
func TestWarm(t *testing.T) {
	for name, file := range map[string][]byte{"token": warmToken, "badge": warmBadge} {
		var report struct{ Headline string }
		if err := json.Unmarshal(warm(file), &report); err != nil || report.Headline != "unlisted" {
			t.Errorf("%s: %+v, %v", name, report, err)
		}
	}
	before := kept.verifier
	warm(warmToken)
	if kept.verifier != before {
		t.Error("a verifier without lists was kept")
	}
}
