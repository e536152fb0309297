#!/usr/bin/env bash
# Schemathesis sends the API what its description allows, and what it does not: bash hub/test/console/fuzz.sh
#
# Makes a virtual environment of its own in .cache/. Exits with 77 where Python's packages cannot be had.
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)
project=$(cd "$here/../../.." && pwd)
venv="$project/.cache/schemathesis"

if ! [ -x "$venv/bin/schemathesis" ]; then
  python3 -m venv "$venv" 2>/dev/null || { echo "SKIPPED: Python cannot make a virtual environment."; exit 77; }
  "$venv/bin/pip" install --quiet --disable-pip-version-check 'schemathesis==4.*' ||
    { rm -rf "$venv"; echo "SKIPPED: schemathesis cannot be had from PyPI."; exit 77; }
fi

(cd "$project" && npm run --silent build)
exec "$project/node_modules/node/bin/node" "$here/fuzz.ts" "$venv/bin/schemathesis"
