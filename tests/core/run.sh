#!/bin/bash
# Runs the C tests of one build folder and says how many checks they made: bash tests/core/run.sh build/native
# It leaves out a build that has passed, as long as no program of the build and no source has changed since.
# ALWAYS=1 runs it all the same.
set -euo pipefail
cd "$(dirname "$0")/../.."
inputs=$({
  find core wasm/command tests/core tests/fuzz CMakeLists.txt CMakePresets.json -type f -print0
  find "$1" \( -name CMakeFiles -o -name installed \) -prune -o \
    -type f \( -perm -u+x -o -name '*.wasm' -o -name '*.a' -o -name CTestTestfile.cmake \) -print0
} | LC_ALL=C sort -z | xargs -0 sha256sum | sha256sum)
stamp="$1/Testing/passed"
if [ -z "${ALWAYS:-}" ] && [ "$(head -n 1 "$stamp" 2>/dev/null)" = "$inputs" ]; then
  echo "$(tail -n 1 "$stamp") (when they last ran; nothing has changed since)"
  exit
fi
rm -f "$stamp"
log="$1/Testing/Temporary/LastTest.log"
ctest --test-dir "$1" --output-on-failure --no-tests=error --parallel 2 | grep -v -e '^ *Start ' -e '^Internal ctest'
grep -E '^[a-z_]+: (skipped|not run)' "$log" || true
awk -v name="$(basename "$1")" '/^[a-z0-9_]+: [0-9]+ passed, [0-9]+ failed$/ { passed += $2; failed += $4 }
  END { printf "%s: %d passed, %d failed\n", name, passed, failed; exit passed == 0 || failed > 0 }' "$log" | tee "$1/Testing/summary"
cat <(echo "$inputs") "$1/Testing/summary" >"$stamp"
