#!/bin/bash
# Can a C++ program include the public header, as C++98, C++11 and C++20? bash tests/core/header.sh core
# Ends with 77, which CTest calls skipped, where there is no C++ compiler.
set -uo pipefail
header=$(realpath "$1")/rnn.h
compiler=$(command -v g++ || command -v clang++) || { echo "header: not run: there is neither g++ nor clang++"; exit 77; }
passed=0 failed=0
for standard in c++98 c++11 c++20; do
  # stdint.h itself needs long long, which C++98 does not have.
  if printf '#include "%s"\nint main() { return rnn_status_text(RNN_OK) == 0; }\n' "$header" |
    "$compiler" -x c++ -std=$standard -fsyntax-only -Wall -Wextra -Wpedantic -Wno-long-long -Werror -; then
    passed=$((passed + 1))
  else
    echo "header: $header is no $standard for $compiler"
    failed=$((failed + 1))
  fi
done
echo "header: $passed passed, $failed failed"
[ "$failed" = 0 ]
