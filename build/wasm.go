package main

import (
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
)

const wasmName = "sealcheck.wasm"

// wasmBuilt is where the core waits for the site to be built around it.
var wasmBuilt = filepath.Join(scraps, wasmName)

// inlining makes the compressed core a tenth larger, and pays only in inner
// loops: it stays on where those are. Without math/bits, every addition with
// carry in the curves would be a call, and ES256 take 2.6 times as long, a
// BBS proof three times.
var inlining = []string{
	"-gcflags=all=-l",
	"-gcflags=crypto/internal/...=",
	"-gcflags=internal/byteorder=",
	"-gcflags=math/big=",
	"-gcflags=math/bits=",
	"-gcflags=github.com/cloudflare/circl/ecc/bls12381/...=",
	"-gcflags=github.com/sealcheck/sealcheck/verifier/internal/bbs=",
	"-gcflags=github.com/sealcheck/sealcheck/verifier/internal/jsonld=",
	"-gcflags=github.com/sealcheck/sealcheck/verifier/internal/multibase=",
	"-gcflags=github.com/sealcheck/sealcheck/verifier/internal/rdf=",
	"-gcflags=github.com/sealcheck/sealcheck/verifier/internal/rdfc=",
	"-gcflags=github.com/sealcheck/sealcheck/verifier/internal/secp256k1=",
	"-gcflags=github.com/sealcheck/sealcheck/verifier/internal/strictjson=",
}

// buildWasm compiles the core for the page. The same source and toolchain
// give the same bytes, wherever the project lies.
func buildWasm() error {
	if err := os.MkdirAll(scraps, 0o755); err != nil {
		return err
	}
	return compileWasm(wasmBuilt, "-s -w")
}

func compileWasm(to, ldflags string) error {
	return compile("./wasm/browser", to, ldflags, inlining...)
}

// compile builds a program of this module for js/wasm.
func compile(program, to, ldflags string, flags ...string) error {
	arguments := append([]string{"build", "-trimpath", "-buildvcs=false", "-ldflags=" + ldflags}, flags...)
	command := exec.Command("go", append(arguments, "-o", to, program)...)
	command.Env = append(os.Environ(), "GOOS=js", "GOARCH=wasm", "CGO_ENABLED=0")
	command.Stdout, command.Stderr = os.Stdout, os.Stderr
	if err := command.Run(); err != nil {
		return fmt.Errorf("go build %s: %w", program, err)
	}
	return os.Chmod(to, 0o644) // nobody runs it as a program
}

// goroot asks the toolchain that builds, which may not be the one that this
// program was built with.
func goroot() (string, error) {
	out, err := exec.Command("go", "env", "GOROOT").Output()
	if err != nil {
		return "", fmt.Errorf("go env GOROOT: %w", err)
	}
	return filepath.Clean(string(out[:len(out)-1])), nil
}
