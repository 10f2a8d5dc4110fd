// Package yardstick tells tests how much work something is, on whatever machine
// they run and whatever else it does at the time. Only tests import it.
package yardstick

import (
	"hash/fnv"
	"time"
)

// Units says how long run takes, as a multiple of what one pass over a megabyte
// takes here and now (FNV-1a, byte by byte; about a millisecond natively, three
// in WebAssembly). Time is what processors spent on this program, where the
// system tells. The pass is timed before and after, and the slower counts: a
// machine that is slow now is slow with both.
func Units(run func()) float64 {
	before := pass()
	begun := spent()
	run()
	took := spent() - begun
	return float64(took) / float64(max(before, pass()))
}

var megabyte = make([]byte, 1<<20)

func pass() time.Duration {
	begun := spent()
	hash := fnv.New64a()
	hash.Write(megabyte)
	hash.Sum64()
	return max(spent()-begun, time.Microsecond)
}
