#!/bin/bash
# Are the public headers valid C11, and C++98, C++11 and C++20, without a warning? bash tests/core/header.sh core
# Ends with 77, which CTest calls skipped, where there is neither a C nor a C++ compiler.
set -uo pipefail
core=$(realpath "$1")
passed=0 failed=0
# compiler language standard options...
try() {
  for header in rnn.h rnn_files.h; do
    # Twice: a header that is included again adds nothing.
    if printf '#include "%s"\n#include "%s"\nint main(void) { return rnn_status_text(RNN_OK) == 0; }\n' "$header" "$header" |
      "$1" -x "$2" -std="$3" "${@:4}" -I"$core" -fsyntax-only -Wall -Wextra -Wpedantic -Werror -; then
      passed=$((passed + 1))
    else
      echo "header: $header is no $3 for $1"
      failed=$((failed + 1))
    fi
  done
}
for compiler in gcc clang; do
  command -v "$compiler" >/dev/null && try "$compiler" c c11 -pedantic-errors -Wstrict-prototypes
done
for compiler in g++ clang++; do
  command -v "$compiler" >/dev/null || continue
  for standard in c++98 c++11 c++20; do
    # stdint.h itself needs long long, which C++98 does not have.
    try "$compiler" c++ "$standard" -Wno-long-long
  done
done
[ $((passed + failed)) = 0 ] && { echo "header: not run: there is no compiler"; exit 77; }
echo "header: $passed passed, $failed failed"
[ "$failed" = 0 ]
