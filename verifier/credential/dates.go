package credential

import (
	"time"

	"github.com/sealcheck/sealcheck/verifier/internal/instant"
	"github.com/sealcheck/sealcheck/verifier/report"
)

// bounds are the members that say from when or until when a credential holds,
// in every data model: a member of another version of the model is what its
// issuer meant all the same, and the narrower bound is the safer reading.
var bounds = [...]struct {
	member string
	bound  Bound
}{
	{"validFrom", From}, {"issuanceDate", From},
	{"validUntil", Until}, {"expirationDate", Until},
	{"awardedDate", Issued}, {"issued", Issued},
}

// dates reads the dates of the credential.
func (r *reader) dates() {
	c := r.c
	for _, b := range bounds {
		value, ok := r.get(b.member)
		if !ok {
			continue
		}
		date := Date{Bound: b.bound, Text: value.Text(), Path: r.path(b.member)}
		date.Aside = r.model == 2 && (b.member == "issuanceDate" || b.member == "expirationDate")
		if date.Text == "" {
			date.Text = string(value.Append(nil))
		} else {
			date.Time, date.WholeDay, date.Readable = ParseDate(date.Text, b.bound, r.form())
		}
		c.Dates = append(c.Dates, date)
		// VC-DATA-MODEL-2.0 4.9: the value is a dateTimeStamp. An unreadable
		// date of a European Digital Credential is left to package validity:
		// its own model asks for less.
		if !date.Readable && b.bound != Issued && c.Format != EDC && c.Format != SDJWTVC {
			r.add(report.CredentialDateMalformed, "", "what", date.Path, "date", date.Text)
		}
	}
	// VC-DATA-MODEL-2.0 4.9: validUntil is not before validFrom.
	from, until := r.date("validFrom"), r.date("validUntil")
	if from.Readable && until.Readable && until.Time.Before(from.Time) {
		r.add(report.CredentialDatesReversed, "", "from", from.Text, "until", until.Text)
	}
}

func (r *reader) date(member string) Date {
	path := r.path(member)
	for i := range r.c.Dates {
		if date := &r.c.Dates[i]; date.Path == path {
			return *date
		}
	}
	return Date{}
}

// form is how strictly this data model writes dates.
func (r *reader) form() DateForm {
	switch {
	case r.c.Format == EDC || r.c.Format == OpenBadge3 || r.c.Format == SDJWTVC:
		return DayOrTime
	case r.model == 1:
		return RFC3339
	default:
		return TimeStamp
	}
}

// DateForm is how a data model writes dates.
type DateForm = instant.Form

// The forms of dates, from strict to lenient; see package instant.
const (
	TimeStamp = instant.TimeStamp
	RFC3339   = instant.RFC3339
	DayOrTime = instant.DayOrTime
)

// ParseDate reads a date, as instant.Parse does. For a whole day the time is
// its first second, or its last one where the bound is Until.
func ParseDate(text string, bound Bound, form DateForm) (when time.Time, wholeDay, ok bool) {
	return instant.Parse(text, form, bound == Until)
}

// End is the first instant at which an Until no longer holds.
func (d Date) End() time.Time {
	if d.WholeDay {
		return d.Time.Add(time.Second)
	}
	return d.Time
}

// holds says whether a NumericDate states the same as this date: the same
// second, or one within the whole day.
func (d Date) holds(when time.Time) bool {
	if !d.WholeDay {
		return d.Time.Unix() == when.Unix()
	}
	return d.Time.Format(time.DateOnly) == when.Format(time.DateOnly)
}
