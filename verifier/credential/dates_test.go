package credential

import (
	"testing"
	"time"
)

// A whole day begins with its first second and ends with its last.
func TestParseDate(t *testing.T) {
	cases := []struct {
		text  string
		bound Bound
		form  DateForm
		want  string // RFC 3339, "" where it is no date
		whole bool
	}{
		{"2023-01-01", From, DayOrTime, "2023-01-01T00:00:00Z", true},
		{"2023-01-01", Issued, DayOrTime, "2023-01-01T00:00:00Z", true},
		{"2023-01-01", Until, DayOrTime, "2023-01-01T23:59:59Z", true},
		{"2023-01-01", Until, RFC3339, "", false},
		{"2023-01-01t12:00:00z", Until, RFC3339, "2023-01-01T12:00:00Z", false},
		{"2023-01-01t12:00:00z", Until, TimeStamp, "", false},
		{"2023-01-01T12:00:00Z", Until, TimeStamp, "2023-01-01T12:00:00Z", false},
	}
	for _, c := range cases {
		when, whole, ok := ParseDate(c.text, c.bound, c.form)
		got := ""
		if ok {
			got = when.Format(time.RFC3339)
		}
		if got != c.want || whole != c.whole {
			t.Errorf("%q: %q %v, want %q %v", c.text, got, whole, c.want, c.whole)
		}
	}
}
