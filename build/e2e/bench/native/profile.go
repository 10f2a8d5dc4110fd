package main

import (
	"fmt"
	"os"
	"os/exec"
	"runtime/pprof"
	"time"
)

// How long is warmed up and how long is looked at.
const (
	warming = time.Second
	looking = 5 * time.Second
)

// profile prints the functions that take the most time: by themselves, and
// with all that they call.
func profile(name string, once func() error) error {
	samples, err := os.CreateTemp("", "sealcheck-*.pprof")
	if err != nil {
		return err
	}
	defer os.Remove(samples.Name())
	if _, _, err := repeat(once, warming); err != nil {
		return err
	}
	if err := pprof.StartCPUProfile(samples); err != nil {
		return err
	}
	count, taken, err := repeat(once, looking)
	pprof.StopCPUProfile()
	if err != nil {
		return err
	}
	if err := samples.Close(); err != nil {
		return err
	}
	fmt.Printf("%s: %.3f ms each\n", name, float64(taken)/float64(count)/float64(time.Millisecond))
	for _, order := range []string{"-flat", "-cum"} {
		top := exec.Command("go", "tool", "pprof", "-top", order, "-nodecount=15", samples.Name())
		top.Stdout, top.Stderr = os.Stdout, os.Stderr
		fmt.Println()
		if err := top.Run(); err != nil {
			return fmt.Errorf("go tool pprof: %w", err)
		}
	}
	return nil
}

func repeat(once func() error, least time.Duration) (count int, taken time.Duration, err error) {
	for begin := time.Now(); taken < least; taken = time.Since(begin) {
		if err := once(); err != nil {
			return 0, 0, err
		}
		count++
	}
	return count, taken, nil
}
