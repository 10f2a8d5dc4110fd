package cborld

import (
	"encoding/base32"
	"strings"

	"github.com/sealcheck/sealcheck/verifier/internal/limits"
)

// prefix is what the text of every such code begins with.
const prefix = "VP1-"

var noPadding = base32.StdEncoding.WithPadding(base32.NoPadding)

// Text takes the bytes out of the text of a code: "VP1-", a letter for the base
// and the digits, of which every one counts: a space is one in base45. known is
// false for any other text; data is nil where the digits are wrong.
func Text(text string) (data []byte, known bool) {
	rest, ok := strings.CutPrefix(text, prefix)
	if !ok || rest == "" || len(text) > limits.PackedCharacters {
		return nil, false
	}
	switch digits := rest[1:]; rest[0] {
	case 'B': // RFC 4648 6, multibase
		data, err := noPadding.DecodeString(digits)
		// No line breaks, and no bits behind the last byte: one spelling.
		if err != nil || noPadding.EncodeToString(data) != digits {
			return nil, true
		}
		return data, true
	case 'R':
		return base45(digits), true
	}
	return nil, false
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
