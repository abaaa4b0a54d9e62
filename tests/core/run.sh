#!/bin/bash
# Runs the C tests of one build folder and says how many checks they made: bash tests/core/run.sh build/native
set -euo pipefail
log="$1/Testing/Temporary/LastTest.log"
ctest --test-dir "$1" --output-on-failure --no-tests=error --parallel 2 | grep -v -e '^ *Start ' -e '^Internal ctest'
grep -E '^[a-z_]+: (skipped|not run)' "$log" || true
awk -v name="$(basename "$1")" '/^[a-z0-9_]+: [0-9]+ passed, [0-9]+ failed$/ { passed += $2; failed += $4 }
  END { printf "%s: %d passed, %d failed\n", name, passed, failed; exit passed == 0 || failed > 0 }' "$log"
