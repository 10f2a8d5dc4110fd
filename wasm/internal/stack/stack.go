// Package stack runs functions on goroutines that stay. A verification needs
// some 30 KB of stack; on a new goroutine the runtime gets there by copying
// the stack again and again, which in WebAssembly takes as long as a small
// proof. A goroutine that stays has its stack already.
package stack

import "sync"

var (
	lock sync.Mutex
	// idle are the goroutines without work, as many as there ever were at
	// once: by their channels, each of which has room for what comes next.
	idle []chan func()
)

// Go runs do on a goroutine of its own, as the go statement does.
func Go(do func()) {
	lock.Lock()
	last := len(idle) - 1
	if last < 0 {
		lock.Unlock()
		go run(do)
		return
	}
	work := idle[last]
	idle = idle[:last]
	lock.Unlock()
	work <- do
}

// Wait runs do and waits for it.
func Wait(do func()) {
	done := make(chan struct{})
	Go(func() {
		defer close(done)
		do()
	})
	<-done
}

func run(do func()) {
	work := make(chan func(), 1)
	for ; ; do = <-work {
		do()
		lock.Lock()
		idle = append(idle, work)
		lock.Unlock()
	}
}
