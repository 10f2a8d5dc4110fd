package strictjson

import (
	"strconv"
	"strings"
)

// Int is the number as an integer. It is exact only for a number without a
// fraction and within ±(2^53-1), the range in which all readers agree
// (RFC 8259 6). 1.0 and 1e3 are integers; 1.0000000000000000001 is none,
// although a reader that rounds to double precision would say so.
func (v Value) Int() (n int64, exact bool) {
	if v.kind != Number {
		return 0, false
	}
	if n, plain := few(v.text); plain {
		return n, true
	}
	d, ok := readDecimal(v.text)
	if !ok || d.exponent < 0 || len(d.digits)+d.exponent > 16 {
		return 0, false
	}
	if d.digits == "" {
		return 0, true
	}
	n, err := strconv.ParseInt(d.digits+strings.Repeat("0", d.exponent), 10, 64)
	if err != nil || n > 1<<53-1 {
		return 0, false
	}
	if d.negative {
		n = -n
	}
	return n, true
}

// few reads a number of up to fifteen digits and nothing else, as most are.
func few(literal string) (n int64, plain bool) {
	if len(literal) > 15 {
		return 0, false
	}
	for i := range len(literal) {
		c := literal[i]
		if c < '0' || c > '9' {
			return 0, false
		}
		n = 10*n + int64(c-'0')
	}
	return n, literal != ""
}

// decimal is a number as it was written: digits × 10^exponent. The digits
// have no zero at either end; zero has none, and no sign.
type decimal struct {
	negative bool
	digits   string
	exponent int
}

// readDecimal takes a literal apart; ok is false where its exponent is beyond
// anything that a number in use can have.
func readDecimal(literal string) (d decimal, ok bool) {
	rest, negative := strings.CutPrefix(literal, "-")
	mantissa, power := rest, ""
	if at := strings.IndexAny(rest, "eE"); at >= 0 {
		mantissa, power = rest[:at], rest[at+1:]
	}
	whole, fraction, _ := strings.Cut(mantissa, ".")
	digits := strings.TrimLeft(whole+fraction, "0")
	kept := strings.TrimRight(digits, "0")
	if kept == "" {
		return decimal{}, true
	}
	exponent := len(digits) - len(kept) - len(fraction)
	if power != "" {
		n, err := strconv.Atoi(power)
		if err != nil || n > 1<<24 || n < -1<<24 {
			return decimal{}, false
		}
		exponent += n
	}
	return decimal{negative, kept, exponent}, true
}

// sameNumber compares two literals by their exact value: rounded to double
// precision, two different large numbers could pass for one.
func sameNumber(a, b string) bool {
	x, okX := readDecimal(a)
	y, okY := readDecimal(b)
	return okX && okY && x == y
}
