#!/bin/bash
# Searches for inputs that break a fuzz target, each target for so many seconds: bash tests/fuzz/run.sh build/fuzz 60
# What is found stays in build/fuzz/corpus for the next search. An input that breaks a target is build/fuzz/NAME-crash-...; the same
# program runs it again: build/fuzz/tests/fuzz/fuzz_NAME build/fuzz/NAME-crash-...
set -uo pipefail
build=$1 seconds=$2
cd "$(dirname "$0")/../.."
export ASAN_OPTIONS=${ASAN_OPTIONS:-allocator_may_return_null=1} UBSAN_OPTIONS=${UBSAN_OPTIONS:-print_stacktrace=1}
failed=0
for source in tests/fuzz/fuzz_*.c; do
  name=$(basename "$source" .c) name=${name#fuzz_}
  corpus=$build/corpus/$name log=$build/$name.log
  mkdir -p "$corpus"
  if "$build/tests/fuzz/fuzz_$name" -max_total_time="$seconds" -timeout=20 -rss_limit_mb=2048 -max_len=4096 -use_value_profile=1 \
    -print_final_stats=1 -artifact_prefix="$build/$name-" "$corpus" "tests/fuzz/$name" >"$log" 2>&1; then
    verdict="no fault"
  else
    verdict="FAULT: $(grep -m 1 -E '^SUMMARY|not so:|runtime error' "$log"), see $log"
    failed=1
  fi
  edges=$(sed -n 's/.* cov: \([0-9]*\) .*/\1/p' "$log" | tail -1)
  printf '%-10s %9d inputs in %d s, %d new ones kept, %d edges of the code reached: %s\n' "$name" \
    "$(sed -n 's/^stat::number_of_executed_units: *//p' "$log")" "$seconds" \
    "$(sed -n 's/^stat::new_units_added: *//p' "$log")" "${edges:-0}" "$verdict"
done
exit $failed
