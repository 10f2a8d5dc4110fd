package jsonld

import (
	"math"
	"strconv"
	"strings"

	"github.com/sealcheck/sealcheck/verifier/internal/strictjson"
)

const (
	xsdBoolean = "http://www.w3.org/2001/XMLSchema#boolean"
	xsdInteger = "http://www.w3.org/2001/XMLSchema#integer"
	xsdDouble  = "http://www.w3.org/2001/XMLSchema#double"
)

// number gives the lexical form of a JSON number and its own datatype (API
// section 8.6.2): xsd:integer for whole numbers below 10^21, in full;
// xsd:double for others, and where a double is asked for.
func number(value *strictjson.Value, datatype string) (text, own string) {
	literal := value.Literal()
	if datatype != xsdDouble && isShortInteger(literal) {
		return literal, xsdInteger
	}
	f, err := strconv.ParseFloat(literal, 64)
	if err != nil { // strictjson has refused such numbers
		return literal, xsdDouble
	}
	if f == 0 {
		f = 0 // no negative zero
	}
	if datatype != xsdDouble && f == math.Trunc(f) && math.Abs(f) < 1e21 {
		return strconv.FormatFloat(f, 'f', 0, 64), xsdInteger
	}
	return double(f), xsdDouble
}

// isShortInteger says whether a literal is an integer as it would be written
// and so small that double precision has it exactly.
func isShortInteger(literal string) bool {
	digits := strings.TrimPrefix(literal, "-")
	if len(digits) > 15 || literal == "-0" {
		return false
	}
	for i := 0; i < len(digits); i++ {
		if !isDigit(digits[i]) {
			return false
		}
	}
	return digits != ""
}

// double writes the canonical form of a double: one digit, a point, at most 15
// digits of which the last is no zero (but one there is), and the exponent. A
// number that lies in the middle of two such forms goes away from zero, as
// ECMAScript's toExponential does.
func double(f float64) string {
	digits := strconv.AppendFloat(make([]byte, 0, 48), f, 'E', 30, 64)
	negative := digits[0] == '-'
	if negative {
		digits = digits[1:]
	}
	at := strings.IndexByte(string(digits), 'E')
	exponent, _ := strconv.Atoi(string(digits[at+1:]))
	mantissa := append([]byte{digits[0]}, digits[2:17]...)
	if digits[17] >= '5' {
		i := len(mantissa) - 1
		for ; i >= 0 && mantissa[i] == '9'; i-- {
			mantissa[i] = '0'
		}
		if i >= 0 {
			mantissa[i]++
		} else {
			mantissa = append([]byte{'1'}, mantissa[:15]...)
			exponent++
		}
	}
	last := len(mantissa)
	for last > 2 && mantissa[last-1] == '0' {
		last--
	}
	out := make([]byte, 0, 24)
	if negative {
		out = append(out, '-')
	}
	out = append(out, mantissa[0], '.')
	out = append(out, mantissa[1:last]...)
	out = append(out, 'E')
	return string(strconv.AppendInt(out, int64(exponent), 10))
}
