package cborld

import (
	"strings"

	"github.com/sealcheck/sealcheck/verifier/internal/limits"
)

// prefix is what the text of every such code begins with.
const prefix = "VP1-"

// Text takes the bytes out of the text of a code: "VP1-", a letter for the base
// and the digits, of which every one counts: a space is one in base45. known is
// false for any other text; data is nil where the digits are wrong.
func Text(text string) (data []byte, known bool) {
	rest, ok := strings.CutPrefix(text, prefix)
	if !ok || rest == "" || len(text) > limits.PackedCharacters {
		return nil, false
	}
	switch rest[0] {
	case 'B':
		return base32(rest[1:]), true
	case 'R':
		return base45(rest[1:]), true
	}
	return nil, false
}

// thirty has the digits of RFC 4648 6.
const thirty = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567"

// base32 reads RFC 4648 without padding: eight digits stand for five bytes. What
// is left behind the last byte is less than a digit, and zero: one spelling.
func base32(digits string) []byte {
	data := make([]byte, 0, len(digits)*5/8)
	bits, left := 0, 0
	for i := range len(digits) {
		digit := strings.IndexByte(thirty, digits[i])
		if digit < 0 {
			return nil
		}
		bits, left = bits<<5|digit, left+5
		if left >= 8 {
			left -= 8
			data = append(data, byte(bits>>left))
			bits &= 1<<left - 1
		}
	}
	if left >= 5 || bits != 0 {
		return nil
	}
	return data
}

// forty has the digits of RFC 9285 4.
const forty = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ $%*+-./:"

// base45 reads RFC 9285: three digits stand for two bytes, two for one.
func base45(digits string) []byte {
	if len(digits)%3 == 1 {
		return nil
	}
	data := make([]byte, 0, len(digits)/3*2+1)
	for i := 0; i < len(digits); i += 3 {
		group := digits[i:min(i+3, len(digits))]
		number, factor := 0, 1
		for j := range len(group) {
			digit := strings.IndexByte(forty, group[j])
			if digit < 0 {
				return nil
			}
			number += digit * factor
			factor *= 45
		}
		if number >= 1<<(8*(len(group)-1)) {
			return nil
		}
		if len(group) == 3 {
			data = append(data, byte(number>>8))
		}
		data = append(data, byte(number))
	}
	return data
}
