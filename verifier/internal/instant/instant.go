// Package instant reads dates and times as credentials and proofs write them,
// to the letter: what another reader could take for another instant is none.
package instant

import (
	"time"
)

// Form is how a data model writes dates.
type Form uint8

const (
	// TimeStamp is XML Schema's dateTimeStamp: date, "T", time and zone.
	TimeStamp Form = iota + 1
	// RFC3339 also takes lower-case letters.
	RFC3339
	// DayOrTime also takes a date without a time, and a time without a zone;
	// either means the whole UTC day (design.md 3).
	DayOrTime
)

// Parse reads a date. For a whole day the time is its first second, or its
// last one where end says so. A second 60 is read at the end of a UTC month (a
// leap second) as the second after it, and 24:00:00 as the next midnight (XML
// Schema 1.1 part 2, 3.3.7). Digits of a fraction beyond the ninth are
// dropped.
func Parse(text string, form Form, end bool) (when time.Time, wholeDay, ok bool) {
	s := scanner{text: text, ok: true}
	year := s.digits(4)
	s.expect('-')
	month := s.digits(2)
	s.expect('-')
	day := s.digits(2)
	if !s.ok || month < 1 || month > 12 || day < 1 || day > daysIn(year, month) {
		return time.Time{}, false, false
	}
	if form == DayOrTime && (s.rest == len(text) || s.rest == len(text)-1 && text[s.rest] == 'Z') {
		return wholeDayOf(year, month, day, end), true, true
	}
	if !s.take('T') && !(form != TimeStamp && s.take('t')) {
		return time.Time{}, false, false
	}
	hour := s.digits(2)
	s.expect(':')
	minute := s.digits(2)
	s.expect(':')
	second := s.digits(2)
	nanos := s.fraction()
	midnight := hour == 24 && minute == 0 && second == 0 && nanos == 0
	if !s.ok || hour > 23 && !midnight || minute > 59 || second > 60 {
		return time.Time{}, false, false
	}
	if form == DayOrTime && s.rest == len(text) {
		return wholeDayOf(year, month, day, end), true, true
	}
	offset := s.zone(form != TimeStamp)
	if !s.ok || s.rest != len(text) {
		return time.Time{}, false, false
	}
	seconds := ((daysBefore(year, month, day)*24+int64(hour))*60+int64(minute-offset))*60 + int64(second)
	when = time.Unix(seconds, int64(nanos)).UTC()
	if second == 60 {
		when = when.Truncate(time.Second)
		if when.Hour() != 0 || when.Minute() != 0 || when.Day() != 1 {
			return time.Time{}, false, false
		}
	}
	return when, false, true
}

func wholeDayOf(year, month, day int, end bool) time.Time {
	start := time.Unix(daysBefore(year, month, day)*24*60*60, 0).UTC()
	if end {
		return start.Add(24*time.Hour - time.Second)
	}
	return start
}

// daysBefore counts the days from 1970-01-01 to a day of the Gregorian calendar,
// from the year 0 on. Years begin in March here, so that the leap day is the
// last one; time.Date, which takes any calendar and zone, takes ten times as
// long.
func daysBefore(year, month, day int) int64 {
	if month -= 2; month < 1 {
		month += 12
		year--
	}
	const epoch = 719_499 // the count below for 1970-01-01
	return int64(365*year + floor(year, 4) - floor(year, 100) + floor(year, 400) + 367*month/12 + day - epoch)
}

// floor divides, and rounds down below zero as well: the year 0 has two months
// in the one before.
func floor(a, b int) int {
	if a < 0 {
		return -((b - 1 - a) / b)
	}
	return a / b
}

func daysIn(year, month int) int {
	switch month {
	case 2:
		if year%4 == 0 && (year%100 != 0 || year%400 == 0) {
			return 29
		}
		return 28
	case 4, 6, 9, 11:
		return 30
	}
	return 31
}

// scanner reads a date from left to right; ok turns false at the first thing
// that does not fit.
type scanner struct {
	text string
	rest int // where the unread part begins
	ok   bool
}

func (s *scanner) take(c byte) bool {
	if s.rest < len(s.text) && s.text[s.rest] == c {
		s.rest++
		return true
	}
	return false
}

func (s *scanner) expect(c byte) {
	if !s.take(c) {
		s.ok = false
	}
}

func (s *scanner) digit() (int, bool) {
	if s.rest < len(s.text) && s.text[s.rest] >= '0' && s.text[s.rest] <= '9' {
		s.rest++
		return int(s.text[s.rest-1] - '0'), true
	}
	return 0, false
}

func (s *scanner) digits(count int) int {
	n := 0
	for i := 0; i < count; i++ {
		digit, ok := s.digit()
		if !ok {
			s.ok = false
			return 0
		}
		n = n*10 + digit
	}
	return n
}

// fraction reads ".123" as nanoseconds.
func (s *scanner) fraction() int {
	if !s.take('.') {
		return 0
	}
	nanos, count := 0, 0
	for {
		digit, ok := s.digit()
		if !ok {
			break
		}
		if count < 9 {
			nanos = nanos*10 + digit
		}
		count++
	}
	if count == 0 {
		s.ok = false
	}
	for ; count < 9; count++ {
		nanos *= 10
	}
	return nanos
}

// zone reads "Z" or an offset of at most 14 hours, in minutes.
func (s *scanner) zone(lower bool) int {
	if s.take('Z') || lower && s.take('z') {
		return 0
	}
	sign := 1
	if s.take('-') {
		sign = -1
	} else {
		s.expect('+')
	}
	hours := s.digits(2)
	s.expect(':')
	minutes := s.digits(2)
	if minutes > 59 || hours*60+minutes > 14*60 {
		s.ok = false
	}
	return sign * (hours*60 + minutes)
}
