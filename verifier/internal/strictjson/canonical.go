package strictjson

import (
	"errors"
	"slices"
	"strconv"
)

var (
	errRange     = errors.New("a number is beyond those of double precision")
	errDuplicate = errors.New("an object has a key twice")
)

// AppendCanonical appends the value in the canonical form of RFC 8785, which
// any two programs write alike. It fails where a number is too large for that
// form, and where a value that was put together from others has a key twice.
func (v Value) AppendCanonical(dst []byte) ([]byte, error) {
	var err error
	switch v.kind {
	case Number:
		return appendNumber(dst, v.text)
	case String:
		return appendCanonicalText(dst, v.text), nil
	case Array:
		dst = append(dst, '[')
		for i, item := range v.Items() {
			if i > 0 {
				dst = append(dst, ',')
			}
			if dst, err = item.AppendCanonical(dst); err != nil {
				return dst, err
			}
		}
		return append(dst, ']'), nil
	case Object:
		// 3.2.3: members by their keys, as UTF-16.
		unsorted := v.Members()
		members := make([]*Member, len(unsorted))
		for i := range unsorted {
			members[i] = &unsorted[i]
		}
		slices.SortFunc(members, func(a, b *Member) int { return compareUTF16(a.Key, b.Key) })
		dst = append(dst, '{')
		for i, m := range members {
			if i > 0 {
				if m.Key == members[i-1].Key {
					return dst, errDuplicate
				}
				dst = append(dst, ',')
			}
			dst = append(appendCanonicalText(dst, m.Key), ':')
			if dst, err = m.Value.AppendCanonical(dst); err != nil {
				return dst, err
			}
		}
		return append(dst, '}'), nil
	default:
		return v.Append(dst), nil // null, true and false as they are, null for what is absent
	}
}

// compareUTF16 puts texts in the order of their UTF-16 code units. In UTF-8
// that is the order of the bytes, but for this: what UTF-16 writes in two units,
// and UTF-8 from 0xf0 on, comes before U+E000 to U+FFFF, which begin with 0xee
// and 0xef.
func compareUTF16(a, b string) int {
	for i := 0; i < len(a) && i < len(b); i++ {
		if a[i] != b[i] {
			return unitOrder(a[i]) - unitOrder(b[i])
		}
	}
	return len(a) - len(b)
}

func unitOrder(b byte) int {
	if b == 0xee || b == 0xef {
		return int(b) + 0x100
	}
	return int(b)
}

// appendCanonicalText writes a string by section 3.2.2.2: the short escapes
// where there are any, \u00xx for other control characters, all else as it is.
func appendCanonicalText(dst []byte, text string) []byte {
	dst = append(dst, '"')
	from := 0
	for i := 0; i < len(text); i++ {
		c := text[i]
		if c >= ' ' && c != '"' && c != '\\' {
			continue
		}
		dst = append(dst, text[from:i]...)
		from = i + 1
		const hex, short = "0123456789abcdef", "btn\x00fr" // short: of U+0008 to U+000D
		switch {
		case c >= ' ':
			dst = append(dst, '\\', c)
		case c >= '\b' && c <= '\r' && c != '\v':
			dst = append(dst, '\\', short[c-'\b'])
		default:
			dst = append(dst, '\\', 'u', '0', '0', hex[c>>4], hex[c&15])
		}
	}
	dst = append(dst, text[from:]...)
	return append(dst, '"')
}

// appendNumber writes a number as ECMAScript does (section 3.2.2.3): the
// shortest digits that are read as the same double, without an exponent from
// 1e-6 to below 1e21, and never a negative zero.
func appendNumber(dst []byte, literal string) ([]byte, error) {
	n, err := strconv.ParseFloat(literal, 64)
	if err != nil {
		return dst, errRange
	}
	if n == 0 {
		return append(dst, '0'), nil
	}
	if size := max(n, -n); size >= 1e-6 && size < 1e21 {
		return strconv.AppendFloat(dst, n, 'f', -1, 64), nil
	}
	dst = strconv.AppendFloat(dst, n, 'e', -1, 64)
	// Go writes two digits of exponent at least.
	if at := len(dst) - 2; dst[at] == '0' && (dst[at-1] == '-' || dst[at-1] == '+') {
		dst = append(dst[:at], dst[at+1])
	}
	return dst, nil
}
