package instant

import (
	"strings"
	"testing"
	"time"
)

func TestParse(t *testing.T) {
	const none = ""
	cases := []struct {
		text  string
		end   bool
		form  Form
		want  string // RFC 3339 with nanoseconds, "" where it is no date
		whole bool
	}{
		{"2023-02-26T01:21:51Z", false, TimeStamp, "2023-02-26T01:21:51Z", false},
		{"2023-02-25T19:10:39-06:00", false, TimeStamp, "2023-02-26T01:10:39Z", false},
		{"2023-02-26T01:20:18.477Z", true, TimeStamp, "2023-02-26T01:20:18.477Z", false},
		{"2023-02-26T01:20:18.1234567891234Z", true, TimeStamp, "2023-02-26T01:20:18.123456789Z", false},
		{"2023-02-26T01:20:18.5+14:00", true, TimeStamp, "2023-02-25T11:20:18.5Z", false},
		{"2023-02-26T01:20:18+14:01", true, TimeStamp, none, false},
		{"2023-02-26T01:20:18-00:00", true, TimeStamp, "2023-02-26T01:20:18Z", false},
		{"1970-01-01T00:00:00Z", false, TimeStamp, "1970-01-01T00:00:00Z", false},
		{"1969-12-31T23:59:59Z", false, TimeStamp, "1969-12-31T23:59:59Z", false},
		{"2100-02-28T00:00:00Z", false, TimeStamp, "2100-02-28T00:00:00Z", false},
		{"2100-02-29T00:00:00Z", false, TimeStamp, none, false}, // no leap year
		{"2000-02-29T00:00:00Z", false, TimeStamp, "2000-02-29T00:00:00Z", false},
		{"9999-12-31T23:59:59Z", true, TimeStamp, "9999-12-31T23:59:59Z", false},
		{"0001-01-01T00:00:00Z", false, TimeStamp, "0001-01-01T00:00:00Z", false},
		{"10000-01-01T00:00:00Z", true, TimeStamp, none, false},
		{"2016-12-31T23:59:60Z", true, TimeStamp, "2017-01-01T00:00:00Z", false},
		{"2016-12-31T18:59:60.5-05:00", true, TimeStamp, "2017-01-01T00:00:00Z", false},
		{"2016-12-31T22:59:60Z", true, TimeStamp, none, false},
		{"2016-12-30T23:59:60Z", true, TimeStamp, none, false},
		{"2016-12-31T23:59:61Z", true, TimeStamp, none, false},
		{"2023-12-31T24:00:00Z", true, TimeStamp, "2024-01-01T00:00:00Z", false},
		{"2023-12-31T24:00:01Z", true, TimeStamp, none, false},
		{"2023-12-31T25:00:00Z", true, TimeStamp, none, false},
		{"2023-13-01T00:00:00Z", true, TimeStamp, none, false},
		{"2023-00-01T00:00:00Z", true, TimeStamp, none, false},
		{"2023-01-00T00:00:00Z", true, TimeStamp, none, false},
		{"2023-01-01T00:60:00Z", true, TimeStamp, none, false},
		{"2023-01-01T00:00:00.Z", true, TimeStamp, none, false},
		{"2023-01-01T00:00Z", true, TimeStamp, none, false},
		{"2023-01-01 00:00:00Z", true, RFC3339, none, false},
		{" 2023-01-01T00:00:00Z", true, TimeStamp, none, false},
		{"2023-01-01T00:00:00Z ", true, DayOrTime, none, false},
		{"2023-1-1T00:00:00Z", true, TimeStamp, none, false},
		{"-2023-01-01T00:00:00Z", true, TimeStamp, none, false},
		{"2023-01-01t00:00:00z", true, TimeStamp, none, false},
		{"2023-01-01t00:00:00z", true, RFC3339, "2023-01-01T00:00:00Z", false},
		{"2023-01-01T00:00:00", false, TimeStamp, none, false},
		{"2023-01-01T00:00:00", false, RFC3339, none, false},
		{"2023-01-01", false, TimeStamp, none, false},
		{"2023-01-01", false, RFC3339, none, false},
		{"2023-01-01", false, DayOrTime, "2023-01-01T00:00:00Z", true},
		{"2023-01-01", true, DayOrTime, "2023-01-01T23:59:59Z", true},
		{"2023-01-01Z", true, DayOrTime, "2023-01-01T23:59:59Z", true},
		{"2023-01-01T12:30:00", true, DayOrTime, "2023-01-01T23:59:59Z", true},
		{"2023-01-01T12:30:00.5", false, DayOrTime, "2023-01-01T00:00:00Z", true},
		{"2023-01-01T12:30:00+02:00", false, DayOrTime, "2023-01-01T10:30:00Z", false},
		{"2023-01", false, DayOrTime, none, false},
		{"2023", false, DayOrTime, none, false},
		{"", false, DayOrTime, none, false},
		{"Sat 25 Feb 2023 07:16:31 PM CST", false, DayOrTime, none, false},
		{"٢٠٢٣-01-01T00:00:00Z", false, TimeStamp, none, false}, // digits of another script
	}
	for _, c := range cases {
		when, whole, ok := Parse(c.text, c.form, c.end)
		got := ""
		if ok {
			got = when.Format(time.RFC3339Nano)
		}
		if got != c.want || whole != c.whole {
			t.Errorf("%q: %q %v, want %q %v", c.text, got, whole, c.want, c.whole)
		}
	}
}

// TestDays: every day that can be written is that of the standard library.
func TestDays(t *testing.T) {
	for want := time.Date(0, 1, 1, 0, 0, 0, 0, time.UTC); want.Year() < 10_000; want = want.AddDate(0, 0, 1) {
		year, month, day := want.Date()
		if got := daysBefore(year, int(month), day); got*24*60*60 != want.Unix() {
			t.Fatalf("%v: %d", want, got)
		}
		if last := want.AddDate(0, 0, 1).Month() != month; last != (day == daysIn(year, int(month))) {
			t.Fatalf("%v: the month has %d days", want, daysIn(year, int(month)))
		}
	}
}

// TestZone: what is read is UTC, to the letter as the standard library has it.
func TestZone(t *testing.T) {
	for _, text := range []string{"2023-02-26T01:21:51Z", "0000-01-01T00:30:00+01:00", "9999-12-31T23:59:59-14:00", "1969-07-20T20:17:40.123456789Z"} {
		want, err := time.Parse(time.RFC3339, text)
		if got, _, ok := Parse(text, TimeStamp, false); err != nil || !ok || got != want.UTC() {
			t.Errorf("%q: %#v, want %#v", text, got, want.UTC())
		}
	}
}

func FuzzParse(f *testing.F) {
	for _, seed := range []string{"2023-02-25T19:10:39-06:00", "2016-12-31T23:59:60Z", "2023-01-01", "2023-01-01T24:00:00.000Z"} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, text string) {
		when, whole, ok := Parse(text, DayOrTime, true)
		if !ok {
			if !when.IsZero() || whole {
				t.Error("a date that is none has a time")
			}
			return
		}
		// Whatever the standard library reads too, we read as the same.
		if std, err := time.Parse(time.RFC3339, text); err == nil && !whole && !strings.ContainsAny(text, ",") && !std.Equal(when) {
			t.Errorf("%q: %v, want %v", text, when, std)
		}
		// What the strict form reads, the lenient one reads as the same.
		if strict, _, ok := Parse(text, TimeStamp, true); ok && !strict.Equal(when) {
			t.Errorf("%q: %v is not %v", text, strict, when)
		}
	})
}
