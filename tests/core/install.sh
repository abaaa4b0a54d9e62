#!/bin/bash
# Installs both libraries by core's own CMakeLists.txt, static and shared, for symbols.sh and example.sh:
#     bash tests/core/install.sh core folder compiler         leaves folder/static and folder/shared
# Ends with 77, which CTest calls skipped, where there is no cmake.
set -uo pipefail
core=$(realpath "$1") compiler=$3
command -v cmake >/dev/null || { echo "install: not run: there is no cmake"; exit 77; }
command -v ninja >/dev/null && export CMAKE_GENERATOR=Ninja
mkdir -p "$2" && folder=$(realpath "$2")
rm -rf "$folder"/{static,shared}{,-build}
passed=0 failed=0
expect() { # what, command...
  local what=$1
  shift
  if "$@" >"$folder/log" 2>&1; then
    passed=$((passed + 1))
  else
    echo "install: $what"
    cat "$folder/log"
    failed=$((failed + 1))
  fi
}
is_missing_in() { ! grep -rlF "$1" "$2"; }
for kind in static shared; do
  [ $kind = shared ] && shared=ON || shared=OFF
  # Little optimization, to save time: it changes no bit.
  expect "configuring ($kind) failed" cmake -S "$core" -B "$folder/$kind-build" -DBUILD_SHARED_LIBS=$shared \
    -DCMAKE_C_COMPILER="$compiler" -DCMAKE_C_FLAGS_RELEASE=-O0 -DCMAKE_INSTALL_PREFIX="$folder/$kind"
  expect "building ($kind) failed" cmake --build "$folder/$kind-build" --parallel 2
  expect "installing ($kind) failed" cmake --install "$folder/$kind-build"
  expect "an installed file ($kind) names the folder of the sources" is_missing_in "$core" "$folder/$kind"
  expect "another header than the public ones is installed ($kind)" \
    diff <(cd "$folder/$kind/include" && find . -type f | sort) <(printf './rnn.h\n./rnn_files.h\n')
done
echo "install: $passed passed, $failed failed"
[ "$failed" = 0 ]
