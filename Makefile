# The front door. `make help` lists what there is. BUILD= and DIST= move what is built elsewhere.
BUILD ?= build
DIST ?= dist
PORT ?= 8000
BROWSERS ?= chromium
BITS_BROWSERS ?= chromium firefox
STATES ?= 8
# Which rows of tests/bits/compilers.ts: quick or all.
COMPILERS ?= quick
export PATH := $(CURDIR)/.tools/bin:$(CURDIR)/node_modules/.bin:$(PATH)
# Debian's emcc finds its JavaScript packages there, whichever node runs.
export NODE_PATH ?= /usr/share/nodejs
# Every language, state, width and theme?
EVERY ?=
export BUILD DIST BROWSERS STATES COMPILERS EVERY
MAKEFLAGS += --no-builtin-rules --no-print-directory --silent
SHELL = /bin/bash
.SHELLFLAGS = -o pipefail -c

REPORTER = $(shell test -t 1 && echo spec || echo tap)
# Node may hang as it ends while V8 optimizes on another thread (nodejs/node issue 54918), so V8 does that on the main
# thread. A test that has not ended after 15 minutes fails.
NODE_TEST = node --no-concurrent-recompilation --import ./tests/typescript.mjs --test --test-timeout=900000 \
  --test-reporter=$(REPORTER) --test-reporter-destination=stdout \
  --test-reporter=./tests/slowest.mjs --test-reporter-destination=stdout
page_tests := $(sort $(filter-out tests/web/bits.test.ts,$(wildcard tests/web/*.test.ts tests/embedding/*.test.ts)))
node_tests := $(sort $(filter-out tests/web/% tests/embedding/%,$(wildcard tests/*/*.test.ts)))
wasm_files = $(addprefix $(BUILD)/js/,unrolled.simd.wasm unrolled.scalar.wasm files.wasm data.wasm)
languages = $(notdir $(patsubst %/,%,$(wildcard web/languages/*/)))
web_sources := $(shell find web wasm/js -type f 2>/dev/null)

.PHONY: help demo dev build js page package dist check test test-all test-c test-node test-page exhaustive fuzz mutation bench experiments hosts coverage lint quick-lint picture social stills clean setup-%
.PHONY: native clang clang-avx2 clang-sanitize aarch64 sanitize double coverage-build fuzz-build wasi browser-simd browser-scalar programs all-tests

help: ## this list
	@grep -hE '^[a-z-]+:.*##' Makefile | sed -E 's/:.*## /\t/' | expand -t 14

demo: setup-demo ## build the page and serve it on http://localhost:8000 (PORT=)
	@$(MAKE) page
	@node web/packaging/serve.mjs $(DIST) $(PORT)

dev: setup-build ## the pages, reloaded whenever a source is saved, on http://localhost:8000 (PORT=, LANGUAGE=)
	@$(MAKE) js
	@vite --host 127.0.0.1 --port $(PORT) --strictPort

build: setup-build ## everything: the command, the browser module, the JavaScript interface, the page
	@$(MAKE) programs js page

test: setup-test ## C tests (native, sanitized, double, WASI), Node tests, the page in Chromium
	@$(MAKE) all-tests

test-all: setup-test-all ## the same, with gcc and clang, six more machines under qemu, Chromium, Firefox and WebKit
	@$(MAKE) all-tests BROWSERS="chromium firefox webkit" BITS_BROWSERS="chromium firefox webkit" C_BUILDS="native clang sanitize clang-sanitize double wasi" MORE_BUILDS="clang-avx2 aarch64" STATES=300 COMPILERS=all CHROMIUM=whole EVERY=1

C_BUILDS ?= native sanitize double wasi
all-tests:
	@$(MAKE) $(C_BUILDS) $(MORE_BUILDS) programs js page
	@failed=; for part in quick-lint test-c test-node test-page; do $(MAKE) $$part || failed="$$failed $$part"; done; \
	  if [ "$$failed" ]; then echo "failed:$$failed"; exit 1; fi

test-c: $(C_BUILDS) ## the C tests alone, in every build of C_BUILDS
	@failed=; for build in $(C_BUILDS); do bash tests/core/run.sh $(BUILD)/$$build || failed=1; done; test -z "$$failed"

test-node: ## Node's tests alone: the house, the module, the interface, the command (TESTS= for some files)
	@$(NODE_TEST) --test-concurrency=2 $(or $(TESTS),$(node_tests))

test-page: ## the page's tests alone, in BROWSERS (TESTS= for some files); the bits in BITS_BROWSERS
	@$(NODE_TEST) --test-concurrency=$(or $(AT_ONCE),2) $(or $(TESTS),$(page_tests))
	@$(if $(TESTS),,BROWSERS="$(BITS_BROWSERS)" $(NODE_TEST) tests/web/bits.test.ts)

check: setup-test ## before a commit: types, layout, and the tests that touch what has changed (BASE=, SECONDS=)
	@node --import ./tests/typescript.mjs tests/check/check.ts

package: setup-build ## the npm package: interface and elements, as a tarball in build/
	@$(MAKE) page
	@node web/packaging/package.mjs

dist: setup-build ## the site as a zip and as one file, and the npm package, in build/release, with sums and licenses
	@$(MAKE) page
	@node web/packaging/package.mjs
	@node web/packaging/release.mjs

EXHAUSTIVE ?= native
exhaustive: $(EXHAUSTIVE) ## exp, log, tanh, sigmoid and softplus over all 2^32 floats: the table of errors, and the stamp that make test looks at
	@for build in $(EXHAUSTIVE); do bash tests/core/every_float.sh always $(BUILD)/$$build || exit 1; done

SECONDS ?= 60
fuzz: setup-fuzz ## search for inputs that break the core or the exports, with clang's sanitizers (SECONDS= for each target)
	@$(MAKE) fuzz-build
	@nice bash tests/fuzz/run.sh $(BUILD)/fuzz $(SECONDS)

MUTANTS ?= 400
SEED ?= 1
mutation: native ## break the core in small ways and see that the C tests notice (MUTANTS= how many, SEED= which, FILES= of what)
	@MUTANTS=$(MUTANTS) SEED=$(SEED) FILES=$(FILES) nice node --import ./tests/typescript.mjs tests/mutation/mutate.ts

bench: setup-test ## speed on this machine
	@$(MAKE) native js page
	@$(MAKE) -C tests/bench

experiments: setup-test ## docs/experiments.md: every command run again, every bar checked (ONLY= for some by name)
	@$(MAKE) native
	@cp -pu $(BUILD)/native/unrolled $(BUILD)/
	@node --import ./tests/typescript.mjs tests/experiments/run.ts $(ONLY)

hosts: setup-hosts ## do exported files run in PyTorch, numpy and TF.js, the package in React, Vue, webpack, figures in MkDocs, Hugo, Jupyter? (large; no part of make test)
	@$(MAKE) programs page
	@$(MAKE) -C tests/bench peers
	@cd tests/hosts/projects && cmp -s package-lock.json node_modules/.unrolled-stamp || { echo "installing the projects' packages"; \
	  npm ci --ignore-scripts --no-audit --no-fund --loglevel=error >/dev/null && cp package-lock.json node_modules/.unrolled-stamp; }
	@$(NODE_TEST) --test-concurrency=1 tests/hosts/hosts.ts tests/hosts/projects.ts tests/hosts/sites.ts

coverage: setup-coverage ## lines of the core that the C tests run
	@$(MAKE) coverage-build
	@ALWAYS=1 bash tests/core/run.sh $(BUILD)/coverage-build
	@gcovr --root . --filter core/ --exclude-throw-branches $(BUILD)/coverage-build

lint: setup-lint ## layout, types and likely mistakes in TypeScript, CSS and C, the page's markup
	@$(MAKE) js
	@$(MAKE) quick-lint
	@bash .ci/lint $(BUILD) mistakes

# All of it but clang-tidy, which takes minutes: what make test asks, too.
quick-lint:
	@tsc -p .
	@biome format . >/dev/null || { biome format . --max-diagnostics=3; echo "biome format --write . lays them out"; exit 1; }
	@biome lint . --diagnostic-level=warn
	@html-validate web/pages/*.html web/lesson/frame.html
	@bash .ci/lint $(BUILD) layout

picture: setup-test ## take docs/picture.png anew
	@$(MAKE) page
	@node --import ./tests/typescript.mjs tests/web/picture.ts docs/picture.png

social: setup-test ## take web/pages/social.png anew, the picture beside links to the pages
	@$(MAKE) page
	@node --import ./tests/typescript.mjs tests/web/social.ts web/pages/social.png

stills: setup-test ## take the pictures of the lesson anew, for paper and for browsers without JavaScript
	@$(MAKE) page
	@node --import ./tests/typescript.mjs tests/web/stills.ts $(CHAPTERS)

clean: ## remove all that was built
	rm -rf $(BUILD) $(DIST) web/shared/core-facts.ts

setup-%:
	@.ci/setup $*

# Two makes at once take turns in a build folder.
LOCK := $(if $(shell command -v flock),flock)

# ---- C, by CMake: one build folder for each preset
# CMake names the checkout and the build folder by their full paths. If one of them has moved, the folder would be built
# from other sources or not at all, so it is emptied.
cached = $$(sed -n 's/^$(1):INTERNAL=//p' $(2)/CMakeCache.txt)
empty_if_moved = [ ! -e $(1)/CMakeCache.txt ] || [ "$(call cached,CMAKE_HOME_DIRECTORY,$(1))" -ef . ] && [ "$(call cached,CMAKE_CACHEFILE_DIR,$(1))" -ef $(1) ] || rm -rf $(1)
fuzz-build: CMakePresets.json
	@$(call empty_if_moved,$(BUILD)/fuzz)
	@mkdir -p $(BUILD)/fuzz
	@$(if $(LOCK),$(LOCK) $(BUILD)/fuzz/lock) cmake --preset clang -B $(BUILD)/fuzz -DUNROLLED_FUZZ=ON -DUNROLLED_TESTS=ON -DCMAKE_C_FLAGS_RELEASE=-O2 >$(BUILD)/fuzz.log 2>&1 || { cat $(BUILD)/fuzz.log; exit 1; }
	@$(if $(LOCK),$(LOCK) $(BUILD)/fuzz/lock) cmake --build $(BUILD)/fuzz --target fuzz -- --quiet
native clang clang-avx2 clang-sanitize aarch64 sanitize double wasi browser-simd browser-scalar coverage-build: %: $(BUILD)/%/build.ninja
	@$(call empty_if_moved,$(<D)); [ -e $< ] || $(MAKE) $<
	@$(if $(LOCK),$(LOCK) $(<D)/lock) cmake --build $(<D) -- --quiet | { grep -v -e '^ninja: no work' -e '^-- ' || true; }
$(BUILD)/%/build.ninja: CMakePresets.json
	@echo "configuring $(@D)"
	@mkdir -p $(@D)
	@cmake --fresh --preset $(*:-build=) -B $(@D) >$(@D).log 2>&1 || { cat $(@D).log; exit 1; }
	@touch $@

programs: native wasi
	@cp -pu $(BUILD)/native/unrolled $(BUILD)/wasi/unrolled.wasm $(BUILD)/

# ---- JavaScript
js: browser-simd browser-scalar
	@mkdir -p $(BUILD)/js
	@cp -pu $(BUILD)/browser-simd/unrolled.simd.wasm $(addprefix $(BUILD)/browser-scalar/,unrolled.scalar.wasm files.wasm data.wasm) $(BUILD)/js/
	@$(MAKE) $(BUILD)/js/unrolled.js
	@node web/packaging/core-facts.mjs
$(BUILD)/js/unrolled.js: $(wildcard wasm/js/*.ts) wasm/js/tsconfig.json
	@tsc -p wasm/js --outDir $(BUILD)/js
	@rolldown wasm/js/unrolled.ts --format esm --platform neutral --dir $(@D) --entry-file-names '[name].js' --no-codeSplitting --log-level warn >/dev/null
page: js
	@$(MAKE) $(DIST)/index.html
$(DIST)/index.html: $(web_sources) $(wasm_files) vite.config.ts
	@for language in en $(languages); do \
	  LANGUAGE=$$language vite build --logLevel warn && LANGUAGE=$$language node web/packaging/figure-scripts.mjs || exit 1; \
	done
	@touch $@
