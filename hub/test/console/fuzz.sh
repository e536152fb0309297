#!/usr/bin/env bash
# Schemathesis sends the API what its description allows, and what it does not: bash hub/test/console/fuzz.sh
#
# Makes a Python environment (kept in ~/.cache/zendesk-connector until its version changes). Exits with 77 where Python's packages
# cannot be had. PYTHON names another Python than python3.
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)
project=$(cd "$here/../../.." && pwd)
. "$project/tools/environments.sh"
if ! python_environment fuzz "$here/requirements.txt"; then
  echo "SKIPPED: schemathesis cannot be had from PyPI."
  exit 77
fi

(cd "$project" && npm run --silent build)
exec "$project/node_modules/node/bin/node" "$here/fuzz.ts" "$environment/bin/schemathesis"
