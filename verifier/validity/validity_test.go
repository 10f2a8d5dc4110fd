package validity

import (
	"crypto/x509"
	"strings"
	"testing"
	"time"

	"github.com/sealcheck/sealcheck/verifier/credential"
	"github.com/sealcheck/sealcheck/verifier/key"
	"github.com/sealcheck/sealcheck/verifier/proof"
	"github.com/sealcheck/sealcheck/verifier/report"
)

func instant(t *testing.T, text string) time.Time {
	t.Helper()
	when, err := time.Parse(time.RFC3339, text)
	if err != nil {
		t.Fatal(err)
	}
	return when
}

func codes(findings report.Findings) string {
	var list []string
	for _, finding := range findings {
		list = append(list, strings.TrimPrefix(string(finding.Code), "validity."))
	}
	return strings.Join(list, " ")
}

// dates reads "from TEXT", "until TEXT" and "issued TEXT" lines as Open Badges
// may write them.
func dates(lines ...string) *credential.Credential {
	c := &credential.Credential{}
	for _, line := range lines {
		word, text, _ := strings.Cut(line, " ")
		date := credential.Date{Text: text, Bound: map[string]credential.Bound{
			"from": credential.From, "until": credential.Until, "issued": credential.Issued,
		}[word]}
		date.Time, date.WholeDay, date.Readable = credential.ParseDate(text, date.Bound, credential.DayOrTime)
		c.Dates = append(c.Dates, date)
	}
	return c
}

func TestCheck(t *testing.T) {
	cases := []struct {
		at    string
		dates []string
		want  string
	}{
		{"2024-01-01T00:00:00Z", nil, "no_dates"},
		{"2024-01-01T00:00:00Z", []string{"issued 2023-01-01"}, "no_dates"},
		{"2024-01-01T00:00:00Z", []string{"issued someday"}, "no_dates"},
		// beginnings
		{"2024-01-01T00:00:00Z", []string{"from 2024-01-01T00:00:00Z"}, "in_force no_end"},
		{"2023-12-31T23:59:59Z", []string{"from 2024-01-01T00:00:00Z"}, "within_tolerance in_force no_end"},
		{"2023-12-31T23:55:00Z", []string{"from 2024-01-01T00:00:00Z"}, "within_tolerance in_force no_end"},
		{"2023-12-31T23:54:59Z", []string{"from 2024-01-01T00:00:00Z"}, "not_yet_valid"},
		{"2024-01-01T00:00:00Z", []string{"from 2024-01-01T05:30:00+05:30"}, "in_force no_end"},
		{"2024-01-01T00:00:00Z", []string{"from 2020-01-01T00:00:00Z", "from 2025-01-01T00:00:00Z"}, "not_yet_valid"},
		{"1970-01-01T00:00:00Z", []string{"from 1970-01-01T00:00:00Z"}, "in_force no_end"},
		{"1969-12-31T23:50:00Z", []string{"from 1970-01-01T00:00:00Z"}, "not_yet_valid"},
		// ends: the instant itself is no longer part of it
		{"2024-01-01T00:00:00Z", []string{"until 2024-01-01T00:00:00.001Z"}, "in_force"},
		{"2024-01-01T00:00:00Z", []string{"until 2024-01-01T00:00:00Z"}, "expired_just_now"},
		{"2024-01-01T00:09:59Z", []string{"until 2024-01-01T00:00:00Z"}, "expired_just_now"},
		{"2024-01-01T00:10:00Z", []string{"until 2024-01-01T00:00:00Z"}, "expired"},
		{"2099-12-31T23:59:59Z", []string{"until 2100-01-01T00:00:00Z"}, "in_force"},
		{"2100-01-01T01:00:00Z", []string{"until 2100-01-01T00:00:00Z"}, "expired"},
		{"2024-01-01T00:00:00Z", []string{"until 9999-12-31T23:59:59Z"}, "in_force"},
		{"2016-12-31T23:59:59Z", []string{"until 2016-12-31T23:59:60Z"}, "in_force"},
		{"2017-01-01T00:00:00Z", []string{"until 2016-12-31T23:59:60Z"}, "expired_just_now"},
		{"2023-12-31T23:59:59Z", []string{"until 2023-12-31T24:00:00Z"}, "in_force"},
		// several
		{"2024-01-01T00:00:00Z", []string{"until 2025-01-01T00:00:00Z", "until 2023-01-01T00:00:00Z"}, "several_ends expired"},
		{"2024-01-01T00:00:00Z", []string{"until 2025-01-01T00:00:00Z", "until 2026-01-01T00:00:00Z"}, "several_ends in_force"},
		{"2024-01-01T00:00:00Z", []string{"until 2025-01-01T00:00:00Z", "until 2025-01-01T01:00:00+01:00"}, "in_force"},
		{"2024-01-01T00:00:00Z", []string{"from 2025-01-01T00:00:00Z", "until 2023-01-01T00:00:00Z"}, "not_yet_valid expired"},
		// whole days, in UTC
		{"2024-01-01T00:00:00Z", []string{"from 2024-01-01"}, "whole_day in_force no_end"},
		{"2023-12-31T23:00:00Z", []string{"from 2024-01-01"}, "not_yet_valid whole_day"},
		{"2024-01-01T23:59:59Z", []string{"until 2024-01-01"}, "whole_day in_force"},
		{"2024-01-01T23:59:59.999Z", []string{"until 2024-01-01"}, "whole_day in_force"},
		{"2024-01-02T00:00:00Z", []string{"until 2024-01-01"}, "expired_just_now whole_day"},
		{"2024-01-01T12:00:00Z", []string{"from 2024-01-01", "until 2024-01-01T11:00:00"}, "whole_day whole_day in_force"},
		// a day that decides nothing is not remarked on
		{"2024-01-01T12:00:00Z", []string{"from 2023-01-01", "from 2023-06-01T00:00:00Z"}, "in_force no_end"},
		// unreadable
		{"2024-01-01T00:00:00Z", []string{"until soon"}, "date_unreadable"},
		{"2024-01-01T00:00:00Z", []string{"until soon", "until 2023-01-01T00:00:00Z"}, "date_unreadable expired"},
		{"2024-01-01T00:00:00Z", []string{"until soon", "from 2023-01-01T00:00:00Z"}, "date_unreadable"},
	}
	for _, c := range cases {
		findings := Check(dates(c.dates...), nil, nil, instant(t, c.at))
		if got := codes(findings); got != c.want {
			t.Errorf("%s at %s: %q, want %q", c.dates, c.at, got, c.want)
		}
	}
}

func TestFacts(t *testing.T) {
	findings := Check(dates("from 2024-01-01", "until 2024-02-01T01:00:00+01:00", "until 2024-03-01"), nil, nil, instant(t, "2024-02-01T00:00:00Z"))
	for _, finding := range findings {
		want := map[report.Code]string{
			report.ValiditySeveralEnds: "2024-02-01T00:00:00Z", report.ValidityExpiredJustNow: "2024-02-01T00:00:00Z",
			report.ValidityWholeDay: "2024-01-01",
		}[finding.Code]
		if finding.Facts["date"] != want {
			t.Error(finding)
		}
	}
	if len(findings) != 3 || findings[0].Facts["other"] != "2024-03-01" {
		t.Error(findings)
	}
}

func TestProof(t *testing.T) {
	at := instant(t, "2024-01-01T00:00:00Z")
	for _, c := range []struct {
		expires, created string
		want             string
	}{
		{"", "", "no_dates"},
		{"2024-01-01T00:00:01Z", "2023-01-01T00:00:00Z", "no_dates"},
		{"2024-01-01T00:00:00Z", "", "proof_expired no_dates"},
		{"", "2024-01-01T00:05:00Z", "no_dates"},
		{"", "2024-01-01T00:05:01Z", "proof_in_future no_dates"},
	} {
		p := &proof.Proof{}
		if c.expires != "" {
			p.Expires = instant(t, c.expires)
		}
		if c.created != "" {
			p.Reference.Created = instant(t, c.created)
		}
		if got := codes(Check(dates(), p, nil, at)); got != c.want {
			t.Errorf("%v: %q", c, got)
		}
	}
}

func TestCertificate(t *testing.T) {
	k := &key.Key{Chain: []*x509.Certificate{{NotAfter: instant(t, "2024-01-01T00:00:00Z")}}}
	for at, want := range map[string]string{
		"2024-01-01T00:00:00Z": "in_force no_end",
		"2024-01-01T00:00:01Z": "certificate_expired in_force no_end",
	} {
		findings := Check(dates("from 2020-01-01T00:00:00Z"), &proof.Proof{Seal: true}, k, instant(t, at))
		if got := codes(findings); got != want {
			t.Errorf("%s: %q", at, got)
		}
	}
	if got := codes(Check(dates(), nil, &key.Key{}, instant(t, "2024-01-01T00:00:00Z"))); got != "no_dates" {
		t.Error(got)
	}
}
