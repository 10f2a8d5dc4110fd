package proof

import (
	"time"

	"github.com/sealcheck/sealcheck/verifier/internal/instant"
	"github.com/sealcheck/sealcheck/verifier/internal/strictjson"
)

// dateTimeStamp reads an xsd:dateTimeStamp, a date and time with its zone, of
// a year from 0000 to 9999: "2026-11-21T10:00:00Z", "2026-11-21T10:00:00.5+01:00".
// Midnight as the end of a day and leap seconds, which credentials may state,
// are none here: readers of proofs disagree on them.
func dateTimeStamp(text string) (time.Time, bool) {
	when, _, ok := instant.Parse(text, instant.TimeStamp, false)
	if !ok || len(text) > 60 || text[11:13] == "24" || text[17:19] == "60" {
		return time.Time{}, false
	}
	return when, true
}

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
