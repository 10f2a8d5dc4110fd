package multibase

import (
	"encoding/binary"
	"errors"
)

// alphabet is that of Bitcoin, "base58btc" in the multibase table.
const alphabet = "123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz"

// digits maps a byte to its base58 digit, 0xff where it is none.
var digits = func() (table [256]byte) {
	for i := range table {
		table[i] = 0xff
	}
	for i := 0; i < len(alphabet); i++ {
		table[alphabet[i]] = byte(i)
	}
	return table
}()

var (
	errDigit = errors.New("multibase: a character that is not in the base58 alphabet")
	errLong  = errors.New("multibase: text too long")
)

// DecodeBase58 decodes base58btc text without a prefix, of at most 8192
// characters. Each leading "1" stands for a zero byte.
func DecodeBase58(text string) ([]byte, error) {
	if len(text) > mostCharacters {
		return nil, errLong
	}
	zeros := 0
	for zeros < len(text) && text[zeros] == alphabet[0] {
		zeros++
	}
	// Base conversion is quadratic; taking five digits and four bytes at a
	// time keeps the longest text under a few milliseconds.
	var words []uint32 // the number so far, least significant first
	for rest := text[zeros:]; rest != ""; {
		taken := min(5, len(rest))
		factor, sum := uint64(1), uint64(0)
		for i := 0; i < taken; i++ {
			d := digits[rest[i]]
			if d == 0xff {
				return nil, errDigit
			}
			factor, sum = factor*58, sum*58+uint64(d)
		}
		rest = rest[taken:]
		for i := range words {
			sum += uint64(words[i]) * factor
			words[i] = uint32(sum)
			sum >>= 32
		}
		if sum > 0 {
			words = append(words, uint32(sum))
		}
	}
	number := make([]byte, 4*len(words))
	for i, word := range words {
		binary.BigEndian.PutUint32(number[4*(len(words)-1-i):], word)
	}
	for len(number) > 0 && number[0] == 0 {
		number = number[1:]
	}
	return append(make([]byte, zeros), number...), nil
}

// EncodeBase58 encodes bytes as base58btc without a prefix.
func EncodeBase58(data []byte) string {
	zeros := 0
	for zeros < len(data) && data[zeros] == 0 {
		zeros++
	}
	var reversed []byte // base58 digits, least significant first
	for _, b := range data[zeros:] {
		carry := int(b)
		for i := range reversed {
			carry += int(reversed[i]) << 8
			reversed[i] = byte(carry % 58)
			carry /= 58
		}
		for ; carry > 0; carry /= 58 {
			reversed = append(reversed, byte(carry%58))
		}
	}
	text := make([]byte, zeros+len(reversed))
	for i := range text {
		if i < zeros {
			text[i] = alphabet[0]
		} else {
			text[i] = alphabet[reversed[len(text)-1-i]]
		}
	}
	return string(text)
}
