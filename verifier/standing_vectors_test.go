package verifier_test

import (
	"context"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/sealcheck/sealcheck/verifier"
	"github.com/sealcheck/sealcheck/verifier/fetch"
	"github.com/sealcheck/sealcheck/verifier/report"
)

// TestStatusVectors: credentials of others with the lists that they name,
// served where they are said to stand. The bit that each source states is the
// one that is read. The lists of these fixtures were moved and name their old
// address: that is said, and no more is made of the bit.
func TestStatusVectors(t *testing.T) {
	read := 0
	for _, v := range third(t) {
		if !strings.HasPrefix(v.File, "dcc-vc-test-fixtures/vc/") || v.Role != "credential" {
			continue
		}
		var served []string
		for _, need := range v.Needs {
			if file, address, ok := strings.Cut(need, " served at "); ok {
				served = append(served, address, file)
			}
		}
		bit, stated := statedBit(v.Why)
		if len(served) != 2 || !stated && v.Expect != "status-unusable" {
			continue
		}
		network := fetch.GetterFunc(func(ctx context.Context, request fetch.Request) (fetch.Response, error) {
			if request.Address != served[0] {
				return recorded(ctx, request)
			}
			data, err := os.ReadFile(filepath.Join(vectors, "dcc-vc-test-fixtures", filepath.FromSlash(served[1])))
			return fetch.Response{Status: 200, Body: data}, err
		})
		data, err := os.ReadFile(filepath.Join(vectors, v.File))
		if err != nil {
			t.Fatal(err)
		}
		got := verify(t, verifier.Config{Getter: network, Now: func() time.Time { return time.Date(2026, 6, 1, 0, 0, 0, 0, time.UTC) }}, data)
		c := got.Credentials[0]
		if !c.Checks[4].Outcome.Lets() || !c.Checks[5].Outcome.Lets() {
			continue // the signer's document is not at hand; TestConformance counts these
		}
		read++
		if len(c.Standing) != 1 {
			t.Errorf("%s: %d entries", v.File, len(c.Standing))
			continue
		}
		s := c.Standing[0]
		want := []report.Code{report.StatusListOtherAddress}
		if v.Expect == "status-unusable" {
			want = []report.Code{report.StatusListExpired, report.StatusListNotYetValid, report.StatusListAltered}
		} else if s.Value == nil || *s.Value != bit {
			t.Errorf("%s: read %v, want %d", v.File, s.Value, bit)
		}
		if !slices.Contains(want, s.Code) || c.Checks[7].Outcome != report.Unknown {
			t.Errorf("%s: %s, %v", v.File, s.Code, c.Checks[7].Findings)
		}
		if s.List == nil || s.List.Checks[0].Name != report.CheckEnvelope {
			t.Errorf("%s: no report on the list", v.File)
		}
	}
	if read < 10 {
		t.Errorf("only %d were read", read)
	}
	t.Logf("%d credentials with their lists", read)
}

func statedBit(why string) (int, bool) {
	_, bit, ok := strings.Cut(why, "-> bit ")
	return int(strings.IndexByte("01", (bit + "?")[0])), ok
}
