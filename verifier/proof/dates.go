package proof

import (
	"time"

	"github.com/sealcheck/sealcheck/verifier/internal/strictjson"
)

// dateTimeStamp reads an xsd:dateTimeStamp, a date and time with its zone, of
// a year from 0000 to 9999: "2026-11-21T10:00:00Z", "2026-11-21T10:00:00.5+01:00".
func dateTimeStamp(text string) (time.Time, bool) {
	// The standard library also takes a comma, a missing leading zero and
	// other spellings on which readers disagree; the shape is fixed first.
	const shape = "0000-00-00T00:00:00"
	if len(text) < len(shape)+1 || len(text) > 60 {
		return time.Time{}, false
	}
	for i := range shape {
		if digit := shape[i] == '0'; digit != isDigit(text[i]) || !digit && text[i] != shape[i] {
			return time.Time{}, false
		}
	}
	rest := text[len(shape):]
	if rest[0] == '.' {
		digits := 1
		for digits < len(rest) && isDigit(rest[digits]) {
			digits++
		}
		if digits == 1 {
			return time.Time{}, false
		}
		rest = rest[digits:]
	}
	if !isZone(rest) {
		return time.Time{}, false
	}
	t, err := time.Parse(time.RFC3339Nano, text)
	return t.UTC(), err == nil
}

// isZone takes "Z" and "+01:00", up to 14 hours either way.
func isZone(text string) bool {
	if text == "Z" {
		return true
	}
	if len(text) != 6 || text[0] != '+' && text[0] != '-' || text[3] != ':' {
		return false
	}
	for _, i := range [...]int{1, 2, 4, 5} {
		if !isDigit(text[i]) {
			return false
		}
	}
	return text[1:] <= "14:00"
}

func isDigit(c byte) bool { return c >= '0' && c <= '9' }

// numericDate reads a NumericDate (RFC 7519 2) of whole seconds up to the
// year 9999: a number of milliseconds lies beyond that.
func numericDate(value strictjson.Value) (time.Time, bool) {
	const last = 253402300799
	seconds, exact := value.Int()
	if !exact || seconds <= 0 || seconds > last {
		return time.Time{}, false
	}
	return time.Unix(seconds, 0).UTC(), true
}
