//go:build !unix

package yardstick

import "time"

var begun = time.Now()

// spent is how long this program has run: a browser tells no more.
func spent() time.Duration { return time.Since(begun) }
