//go:build unix

package yardstick

import (
	"syscall"
	"time"
)

// spent is how long this program has kept processors busy, in its own code and in
// the system's for it. What other programs do at the time does not count.
func spent() time.Duration {
	var usage syscall.Rusage
	if err := syscall.Getrusage(syscall.RUSAGE_SELF, &usage); err != nil {
		panic(err)
	}
	return time.Duration(usage.Utime.Nano() + usage.Stime.Nano())
}
