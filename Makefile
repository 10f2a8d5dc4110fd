# Everything that is done with this project has a name here. Needs Go, node and
# make; what else is needed is installed on the way.

.DEFAULT_GOAL := help
SHELL := /bin/sh
export PORT ?= 8080

TOOL := .cache/build
GOFILES = $(shell find build site testdata verifier wasm -name node_modules -prune -o -name '*.go' -print)
# A test binary under node may be handed only a short environment.
NODE_EXEC = env -i 'PATH=$(PATH)' 'HOME=$(HOME)' $(if $(CI),'CI=$(CI)') '$(shell go env GOROOT)/lib/wasm/go_js_wasm_exec'

.PHONY: help run build worker test test-go test-wasm test-e2e bench size fuzz soak lint clean tool

help: ## what there is to say
	@awk -F ':.*## ' '/^[a-z0-9-]+:.*## / { printf "  make %-11s %s\n", $$1, $$2 }' Makefile

run: build ## build the page and serve it on http://localhost:8080 (PORT=... for another)
	$(TOOL) serve

build: tool build/npm/page/node_modules/.package-lock.json ## build the page into build/dist/site
	$(TOOL) wasm
	$(TOOL) site

worker: tool ## build the edge worker into build/dist/worker
	$(TOOL) worker

test: lint test-go test-wasm test-e2e size ## every check there is

# Two thousand credentials as another implementation reads them, for the core
# to be held against; another SEED gives other ones.
SEED ?= 7

test-go: build/npm/node_modules/.package-lock.json build/npm/page/node_modules/.package-lock.json ## the core, the command and the tools, natively
	@mkdir -p .cache
	node build/npm/contexts.mjs --check
	node build/npm/canonical.mjs --seed $(SEED) --count 2000 > .cache/canonical.jsonl
	SEALCHECK_CANONICAL='$(CURDIR)/.cache/canonical.jsonl' go test ./...

test-wasm: ## the core as the browser runs it, under node
	GOOS=js GOARCH=wasm go test -exec "$(NODE_EXEC)" ./verifier ./wasm/...

test-e2e: build worker build/e2e/node_modules/.package-lock.json build/npm/node_modules/.package-lock.json ## the built page in Chromium, the built worker in workerd
	CHROME="$$(build/e2e/chromium.sh)" && export CHROME && node --test --test-concurrency=1 --test-reporter=spec build/e2e/*.test.js

bench: build build/e2e/node_modules/.package-lock.json build/npm/node_modules/.package-lock.json ## how fast it is, beside its peers
	$(TOOL) worker
	CHROME="$$(build/e2e/chromium.sh)" && export CHROME && node build/e2e/bench.js

size: build ## how large the page is, and what the core consists of
	$(TOOL) size

fuzz: ## every fuzz target, a minute each
	build/fuzz.sh 60s

soak: ## every fuzz target, ten minutes each
	build/fuzz.sh 600s

lint: ## formatting and vet, for both platforms
	@out=$$(gofmt -l $(GOFILES)); if [ -n "$$out" ]; then echo "gofmt -w $$out"; exit 1; fi
	go vet ./...
	GOOS=js GOARCH=wasm go vet ./...

clean: ## remove what was built
	rm -rf build/dist .cache build/e2e/node_modules build/npm/node_modules build/npm/page/node_modules

tool:
	@mkdir -p .cache
	go build -o $(TOOL) ./build

# npm packages, whenever a lock file has changed
%/node_modules/.package-lock.json: %/package-lock.json
	cd $* && npm ci --no-audit --no-fund
