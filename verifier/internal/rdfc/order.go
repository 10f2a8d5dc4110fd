package rdfc

import "slices"

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
