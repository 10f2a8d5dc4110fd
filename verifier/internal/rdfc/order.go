package rdfc

import (
	"bytes"
	"slices"
)

// sortNumbers sorts numbers of things. Everything here is sorted by it: each
// other type would bring a sorting algorithm of its own into the program.
func sortNumbers(order []int32, compare func(a, b int32) int) { slices.SortFunc(order, compare) }

// appendNumbers appends the numbers from one up to another, which is left out.
func appendNumbers(dst []int32, from, to int) []int32 {
	for n := from; n < to; n++ {
		dst = append(dst, int32(n))
	}
	return dst
}

// nextOrder makes the next greater order of some numbers, and is false after
// the last one.
func nextOrder(a []int32) bool {
	i := len(a) - 2
	for i >= 0 && a[i] >= a[i+1] {
		i--
	}
	if i < 0 {
		return false
	}
	j := len(a) - 1
	for a[j] <= a[i] {
		j--
	}
	a[i], a[j] = a[j], a[i]
	slices.Reverse(a[i+1:])
	return true
}

// compare orders lines.
func (d *dataset) compare(a, b []byte) int {
	if d.byUnits {
		return compareUnits(a, b)
	}
	return bytes.Compare(a, b)
}

// compareUnits orders texts in UTF-8 by their UTF-16 code units. That is the
// order of their bytes but for one thing: characters beyond U+FFFF, whose first
// byte is 0xF0 or more, are pairs of surrogates there, which come before
// U+E000 to U+FFFF, whose first byte is 0xEE or 0xEF.
func compareUnits(a, b []byte) int {
	for i := range min(len(a), len(b)) {
		if x, y := a[i], b[i]; x != y {
			if x >= 0xee && y >= 0xee && (x < 0xf0) != (y < 0xf0) {
				return int(y) - int(x)
			}
			return int(x) - int(y)
		}
	}
	return len(a) - len(b)
}

// mixed says whether a text has characters that the two orders order
// differently.
func mixed(text []byte) bool {
	high, beyond := false, false
	for _, c := range text {
		high, beyond = high || c == 0xee || c == 0xef, beyond || c >= 0xf0
	}
	return high && beyond
}
