#!/bin/bash
# Runs test_every_float unless it has passed already: bash tests/core/every_float.sh check|always build/native
#   check    ends with 77, which CTest calls skipped, if every_float.stamp says that these sources passed with this compiler and
#            these flags
#   always   runs it, and notes in every_float.stamp that it passed
# The stamp is committed, because a fresh clone has no build folder that could remember. Whatever cannot be found out counts as
# changed.
set -uo pipefail
mode=$1 build=$2
here=$(dirname "$(realpath "$0")")
core=$here/../../core
stamp=$here/every_float.stamp

# What decides the answers: the functions, what they include, the test. Of the public header that is the number type alone.
sources() {
  sed -n '/^#ifdef RNN_DOUBLE/,/^#endif/p' "$core/rnn.h" || return
  cat "$core/internal.h" "$core/numeric/elementary.h" "$core/numeric/elementary.c" "$core/numeric/lanes.h" \
    "$here/test_every_float.c" "$here/check.h"
}

# The command that compiles to an object file, without warnings, debug information and paths, which change no answer.
flags_of() {
  grep -F -- "-o $1 " "$build/compile_commands.json" 2>/dev/null | sed 's/^ *"command": "[^ ]* //; s/",$//' | tr ' ' '\n' |
    awk '$0 == "-o" || $0 == "-c" { getline; next } /^-(W|I|g|ffile-prefix-map=)/ || $0 == "" { next } { print }' | tr '\n' ' '
}

compiler=$(sed -n 's/^ *"command": "\([^ ]*\) .*/\1/p' "$build/compile_commands.json" 2>/dev/null | head -1)
version=$("$compiler" --version 2>/dev/null | head -1) machine=$("$compiler" -dumpmachine 2>/dev/null)
functions=$(flags_of core/CMakeFiles/rnn.dir/numeric/elementary.c.o)
program=$(flags_of tests/core/CMakeFiles/test_every_float.dir/test_every_float.c.o)
hash=$(set -e; sources | sha256sum | cut -d ' ' -f 1)
line="$version for $machine: ${functions}and for the test ${program% }"
known=
[ "$version" ] && [ "$machine" ] && [ "$functions" ] && [ "$program" ] && [ ${#hash} = 64 ] && known=yes

if [ "$mode" = check ] && [ "$known" ] && grep -qxF "sources $hash" "$stamp" && grep -qxF "$line" "$stamp"; then
  echo "test_every_float: skipped, because every_float.stamp says that these sources passed with $version and these flags"
  exit 77
fi
"$build/tests/core/test_every_float" || exit
[ "$mode" = always ] || exit 0
if [ ! "$known" ]; then
  echo "test_every_float: every_float.stamp stays as it is, because the compiler or its flags cannot be found out" >&2
  exit 1
fi
# Lines of other compilers stay only if they are about the same sources.
others=$(grep -qxF "sources $hash" "$stamp" 2>/dev/null && grep -v -e '^#' -e '^sources ' "$stamp" | grep -vxF "$line")
{
  echo "# test_every_float passed for these sources with each of these compilers and their flags. Written by: make exhaustive"
  echo "sources $hash"
  printf '%s\n' "$others" "$line" | sed '/^$/d' | LC_ALL=C sort
} >"$stamp.new" && mv "$stamp.new" "$stamp"
