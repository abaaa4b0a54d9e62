#!/bin/bash
# Can a stranger use the installed libraries? Builds core/examples/fit.c by find_package, by pkg-config and by hand, with the static
# libraries and the shared ones, in empty folders, and compares what the programs do: bash tests/core/example.sh core folder compiler
# folder holds what install.sh left. Ends with 77, which CTest calls skipped, where nothing is installed.
set -uo pipefail
core=$(realpath "$1") folder=$(realpath "$2") compiler=$3
[ -d "$folder/static/include" ] && [ -d "$folder/shared/include" ] || { echo "example: not run: nothing is installed"; exit 77; }
command -v ninja >/dev/null && export CMAKE_GENERATOR=Ninja
passed=0 failed=0
fail() { echo "example: $*"; failed=$((failed + 1)); }

# The text between ``` and ``` that begins with so many letters of the language: the example in core/README.md, and what it prints.
quoted() { awk -v begin="^\`\`\`$1\$" '$0 ~ begin { on = 1; next } /^```/ { on = 0 } on' "$core/README.md"; }
if diff <(quoted c) "$core/examples/fit.c"; then passed=$((passed + 1)); else fail "core/README.md shows another program than examples/fit.c"; fi
quoted text >"$folder/wanted"
[ -s "$folder/wanted" ] || fail "core/README.md does not show what the program prints"

minor=$(sed -n 's/^#define RNN_VERSION  *"\([0-9]*\.[0-9]*\)\..*/\1/p' "$core/rnn.h")
if grep -qF "find_package(rnn $minor REQUIRED)" "$core/README.md"; then passed=$((passed + 1)); else fail "core/README.md asks find_package for another version than $minor"; fi

by_cmake() {
  printf '%s\n' 'cmake_minimum_required(VERSION 3.21)' 'project(fit LANGUAGES C)' "find_package(rnn $minor REQUIRED)" \
    'add_executable(fit fit.c)' 'target_link_libraries(fit PRIVATE rnn::rnn_files)' >CMakeLists.txt
  cmake -S . -B . -DCMAKE_C_COMPILER="$compiler" -DCMAKE_PREFIX_PATH="$prefix" -DCMAKE_FIND_USE_PACKAGE_REGISTRY=OFF && cmake --build .
}
by_pkg_config() {
  local static=
  [ "$kind" != shared ] && static=--static
  # A blank in the name of the folder is escaped in its answer, so a shell must read it.
  eval "\"\$compiler\" fit.c $(PKG_CONFIG_PATH="$library/pkgconfig" pkg-config $static --cflags --libs rnn_files) -o fit"
}
by_hand() { "$compiler" fit.c -I"$prefix/include" -L"$library" -lrnn_files -lrnn -lm -o fit; }

# An installed copy may be moved, to a name with a blank, too.
moved="$folder/moved copy"
rm -rf "$moved" && cp -a "$folder/static" "$moved"
for kind in static shared "moved copy"; do
  prefix=$folder/$kind
  library=$(dirname "$(find "$prefix" -name 'librnn.*' | head -1)")
  for way in by_hand by_pkg_config by_cmake; do
    [ $way = by_pkg_config ] && ! command -v pkg-config >/dev/null && { echo "example: not run: there is no pkg-config"; continue; }
    rm -rf "$folder/$kind-$way" && mkdir "$folder/$kind-$way" && cd "$folder/$kind-$way" && cp "$core/examples/fit.c" .
    if ! $way >log 2>&1; then
      cat log
      fail "$way, $kind: the program was not built"
    elif ! LD_LIBRARY_PATH=$library ./fit >said; then
      fail "$way, $kind: the program ended with an error"
    elif ! diff said "$folder/wanted"; then
      fail "$way, $kind: the program prints something else than core/README.md shows"
    elif ! cmp weights.safetensors "$folder/static-by_hand/weights.safetensors"; then
      fail "$way, $kind: the weights are not those of the other programs"
    else
      passed=$((passed + 1))
    fi
  done
done
echo "example: $passed passed, $failed failed"
[ "$failed" = 0 ]
