package main

import (
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
)

const wasmName = "sealcheck.wasm"

// wasmBuilt is where the core waits for the site to be built around it.
var wasmBuilt = filepath.Join(scraps, wasmName)

// inlining makes a program larger by a seventh where it is on everywhere, and
// pays only where much is called: there it stays on. First of all in Go's own
// runtime and in what is called from everywhere: in WebAssembly a call costs more
// than what most small functions do, and an allocation makes a dozen; 30 KB,
// packed, save a fifth of all time. Without math/bits, every addition with carry
// in the curves would be a call, and ES256 take 2.6 times as long, a BBS proof
// three times; without bigmod, a certificate's chain a fifth longer. Of our own
// packages those that every credential goes through: with them a token takes 7 %
// less time and a badge of statements 5 %, for 42 KB; all the others would save 1
// or 2 % more for 125 KB.
var inlining = []string{
	"-gcflags=all=-l",
	"-gcflags=runtime=",
	"-gcflags=internal/abi=",
	"-gcflags=internal/bytealg=",
	"-gcflags=internal/byteorder=",
	"-gcflags=internal/chacha8rand=",
	"-gcflags=internal/race=",
	"-gcflags=internal/reflectlite=",
	"-gcflags=internal/runtime/...=",
	"-gcflags=internal/strconv=",
	"-gcflags=internal/stringslite=",
	"-gcflags=internal/sync=",
	"-gcflags=bytes=",
	"-gcflags=context=",
	"-gcflags=encoding/base64=",
	"-gcflags=encoding/binary=",
	"-gcflags=encoding/hex=",
	"-gcflags=errors=",
	"-gcflags=maps=",
	"-gcflags=slices=",
	"-gcflags=sort=",
	"-gcflags=strconv=",
	"-gcflags=strings=",
	"-gcflags=sync=",
	"-gcflags=sync/atomic=",
	"-gcflags=syscall/js=",
	"-gcflags=time=",
	"-gcflags=unicode/utf8=",
	"-gcflags=crypto/internal/fips140=",
	"-gcflags=crypto/internal/fips140/bigmod=",
	"-gcflags=crypto/internal/fips140/edwards25519/...=",
	"-gcflags=crypto/internal/fips140/nistec/fiat=",
	"-gcflags=crypto/internal/fips140/sha256=",
	"-gcflags=crypto/internal/fips140deps/...=",
	"-gcflags=crypto/sha256=",
	"-gcflags=math/bits=",
	"-gcflags=github.com/cloudflare/circl/ecc/bls12381/...=",
	"-gcflags=github.com/hack-pad/safejs/...=",
	"-gcflags=github.com/sealcheck/sealcheck/wasm/...=",
	"-gcflags=github.com/sealcheck/sealcheck/verifier/describe=",
	"-gcflags=github.com/sealcheck/sealcheck/verifier/report=",
	"-gcflags=github.com/sealcheck/sealcheck/verifier/internal/contexts=",
	"-gcflags=github.com/sealcheck/sealcheck/verifier/internal/instant=",
	"-gcflags=github.com/sealcheck/sealcheck/verifier/internal/jsonld=",
	"-gcflags=github.com/sealcheck/sealcheck/verifier/internal/jws=",
	"-gcflags=github.com/sealcheck/sealcheck/verifier/internal/linked=",
	"-gcflags=github.com/sealcheck/sealcheck/verifier/internal/member=",
	"-gcflags=github.com/sealcheck/sealcheck/verifier/internal/multibase=",
	"-gcflags=github.com/sealcheck/sealcheck/verifier/internal/publickey=",
	"-gcflags=github.com/sealcheck/sealcheck/verifier/internal/rdf=",
	"-gcflags=github.com/sealcheck/sealcheck/verifier/internal/rdfc=",
	"-gcflags=github.com/sealcheck/sealcheck/verifier/internal/secp256k1=",
	"-gcflags=github.com/sealcheck/sealcheck/verifier/internal/signature=",
	"-gcflags=github.com/sealcheck/sealcheck/verifier/internal/strictjson=",
	"-gcflags=github.com/sealcheck/sealcheck/verifier/internal/vcdm=",
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

// collector is the one version of Go that has two garbage collectors to choose
// from. The older is 18 KB smaller when packed, and here, where there is one
// thread and nothing is prefetched, as fast.
const collector = "go1.26"

// compile builds a program of this module for js/wasm.
func compile(program, to, ldflags string, flags ...string) error {
	version, err := goEnv("GOVERSION")
	if err != nil {
		return err
	}
	arguments := append([]string{"build", "-trimpath", "-buildvcs=false", "-ldflags=" + ldflags}, flags...)
	command := exec.Command("go", append(arguments, "-o", to, program)...)
	command.Env = append(os.Environ(), "GOOS=js", "GOARCH=wasm", "CGO_ENABLED=0")
	if strings.HasPrefix(version, collector) {
		command.Env = append(command.Env, "GOEXPERIMENT=nogreenteagc")
	}
	command.Stdout, command.Stderr = os.Stdout, os.Stderr
	if err := command.Run(); err != nil {
		return fmt.Errorf("go build %s: %w", program, err)
	}
	if err := slim(to); err != nil {
		return fmt.Errorf("%s: %w", to, err)
	}
	return os.Chmod(to, 0o644) // nobody runs it as a program
}

// slim makes a linked program smaller, as it is packed.
func slim(program string) error {
	linked, err := os.ReadFile(program)
	if err != nil {
		return err
	}
	slimmer, err := rewriteData(linked, dropLines)
	if errors.Is(err, errLines) { // works as well, and is larger
		fmt.Fprintln(os.Stderr, "build:", err)
		slimmer, err = rewriteData(linked, func(image) error { return nil })
	}
	if err != nil {
		return err
	}
	return os.WriteFile(program, slimmer, 0o644)
}

// goroot asks the toolchain that builds, which may not be the one that this
// program was built with.
func goroot() (string, error) {
	root, err := goEnv("GOROOT")
	return filepath.Clean(root), err
}

func goEnv(name string) (string, error) {
	out, err := exec.Command("go", "env", name).Output()
	if err != nil {
		return "", fmt.Errorf("go env %s: %w", name, err)
	}
	return strings.TrimSpace(string(out)), nil
}
