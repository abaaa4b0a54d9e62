#!/bin/bash
# Do the libraries show what the headers declare, and nothing else? bash tests/core/symbols.sh core folder
# folder holds what install.sh left. Ends with 77, which CTest calls skipped, where there is no nm or nothing is installed.
set -uo pipefail
core=$(realpath "$1") folder=$2
command -v nm >/dev/null || { echo "symbols: not run: there is no nm"; exit 77; }
library() { find "$folder/$1" -name "lib$2" 2>/dev/null | head -1; }
[ -n "$(library shared rnn.so)" ] && [ -n "$(library static rnn.a)" ] || { echo "symbols: not run: nothing is installed"; exit 77; }
passed=0 failed=0
same() { # what, wanted, got
  if difference=$(diff <(sort -u <<<"$2") <(sort -u <<<"$3")); then
    passed=$((passed + 1))
  else
    printf 'symbols: %s\n%s\n' "$1" "$difference"
    failed=$((failed + 1))
  fi
}
# The names that a header declares: marked with RNN_API, and in all.
marked() { sed -n 's/^RNN_API .*[ *]\(rnn_[a-z0-9_]*\)(.*/\1/p' "$core/$1"; }
declared() { sed -n 's/^[a-zA-Z].*[ *]\(rnn_[a-z0-9_]*\)(.*/\1/p' "$core/$1"; }
# Names of functions and objects that a library defines, or wants from elsewhere.
shown() { nm -D --defined-only --format=posix "$1" | cut -d' ' -f1; }
defined() { nm -g --defined-only --format=posix "$1" | grep -v ':$' | cut -d' ' -f1 | sed '/^$/d'; }
wanted() { comm -23 <(nm -u --format=posix "$1" | grep -v ':$' | cut -d' ' -f1 | sed '/^$/d' | sort -u) <(defined "$1" | sort -u); }

for name in rnn rnn_files; do
  same "$name.h declares a function without RNN_API" "$(declared $name.h)" "$(marked $name.h)"
  same "lib$name.so shows something else than $name.h declares" "$(marked $name.h)" "$(shown "$(library shared $name.so)")"
  same "lib$name.a defines a public name that $name.h does not declare" "$(marked $name.h)" "$(defined "$(library static $name.a)" | grep -v '^rnni_')"
done
[ "$(marked rnn.h | wc -l)" -gt 50 ] && [ "$(marked rnn_files.h | wc -l)" -gt 10 ]
same "the headers declare too few functions to be read rightly" 0 $?

# Of the network the files take what rnn.h declares, and nothing private.
network=$(wanted "$(library static rnn_files.a)" | grep '^rnn')
same "librnn_files.a takes from the network what rnn.h does not declare" "$(marked rnn.h)" "$(printf '%s\n' "$network" "$(marked rnn.h)")"
same "librnn_files.so takes another part of the network than librnn_files.a" "$network" "$(nm -D -u --format=posix "$(library shared rnn_files.so)" | cut -d' ' -f1 | grep '^rnn')"
same "librnn.a takes something from librnn_files.a" "" "$(wanted "$(library static rnn.a)" | grep '^rnn')"

# No memory, no files, no clock: of the C library only what works on bytes, and the square root. A compiler adds some of its own.
for name in rnn rnn_files; do
  same "lib$name.a takes from the C library what it should not" "" "$(wanted "$(library static $name.a)" |
    grep -v -E '^(rnn_|mem(chr|cmp|cpy|move|set)$|str(len|cmp|ncmp|chr|rchr|str|cpy|ncpy|cat|spn|cspn|pbrk)$|sqrtf?$|__stack_chk_fail|_GLOBAL_OFFSET_TABLE_$|__[a-z]*di3$|__cpu_model$|__cpu_indicator_init$)')"
done
echo "symbols: $passed passed, $failed failed"
[ "$failed" = 0 ]
