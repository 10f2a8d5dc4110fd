#!/bin/sh
# Runs every fuzz target of the core for the given time each, e.g. 60s.
set -eu

go list ./verifier/... ./wasm/... | while read -r package; do
  go test -list '^Fuzz' "$package" | grep '^Fuzz' | while read -r target; do
    echo "== $package $target"
    go test -run '^$' -fuzz "^$target\$" -fuzztime "$1" "$package" </dev/null
  done
done
