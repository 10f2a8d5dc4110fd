package main

import (
	"strings"
	"testing"
)

func BenchmarkOurs(b *testing.B) {
	all, err := load("../../../../.cache/bench/bench.json")
	if err != nil {
		b.Fatal(err)
	}
	for i := range all.Files {
		f := &all.Files[i]
		once := ours(all, f)
		b.Run(strings.ReplaceAll(f.Name, "/", "_"), func(b *testing.B) {
			b.ReportAllocs()
			for i := 0; i < b.N; i++ {
				if err := once(); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
}
