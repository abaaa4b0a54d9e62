#!/bin/bash
# Does a static program start, with glibc and, where musl-gcc is there, with musl? bash tests/core/static.sh core
# musl cannot choose between two versions of a function when a program starts: a program that needs it dies without a word.
# Ends with 77, which CTest calls skipped, where no compiler links static programs.
set -uo pipefail
core=$(realpath "$1")
tests=$(dirname "$(realpath "$0")")
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
echo 'int main(void) { return 0; }' >"$folder/empty.c"
passed=0 failed=0
for compiler in gcc musl-gcc; do
  if ! "$compiler" -static "$folder/empty.c" -o "$folder/empty" 2>"$folder/why"; then
    echo "static: not run with $compiler, which links no static program here"
    continue
  fi
  if "$compiler" -static -std=c11 -O1 -ffp-contract=off -fno-math-errno -Wno-psabi -I"$core" \
    "$tests/test_linalg.c" "$core"/numeric/*.c "$core"/data/tasks.c "$core"/model/config.c -lm -o "$folder/program" && "$folder/program"; then
    passed=$((passed + 1))
  else
    echo "static: the program of $compiler ended with $?"
    failed=$((failed + 1))
  fi
done
[ $((passed + failed)) = 0 ] && exit 77
echo "static: $passed passed, $failed failed"
[ "$failed" = 0 ]
