package stack

import (
	"sync"
	"sync/atomic"
	"testing"
)

// However many there are, each is run once, and goroutines are used again.
func TestWait(t *testing.T) {
	var ran atomic.Int64
	for range 1000 {
		Wait(func() { ran.Add(1) })
	}
	if ran.Load() != 1000 {
		t.Errorf("%d ran", ran.Load())
	}
	lock.Lock()
	alone := len(idle)
	lock.Unlock()
	// The one before may not have come back yet when the next is there.
	if alone > 10 {
		t.Errorf("%d goroutines for one at a time", alone)
	}
	var all sync.WaitGroup
	for range 64 {
		all.Add(1)
		go func() {
			defer all.Done()
			for range 100 {
				Wait(func() { ran.Add(1) })
			}
		}()
	}
	all.Wait()
	if ran.Load() != 7400 {
		t.Errorf("%d ran", ran.Load())
	}
}

// Many that wait for each other do not wait for a goroutine.
func TestGo(t *testing.T) {
	const many = 200
	var all, ready sync.WaitGroup
	all.Add(many)
	ready.Add(many)
	for range many {
		Go(func() {
			ready.Done()
			ready.Wait()
			all.Done()
		})
	}
	all.Wait()
}
