#!/usr/bin/env bash
# run.sh ENGINE: what the tests of engines that are Python packages have in common.
set -euo pipefail
engine=$1
project=$(cd "$(dirname "$0")/../../.." && pwd)
export PYTHON=${PYTHON:-$(command -v python3.11 || command -v python3.12 || echo python3)}
. "$project/tools/environments.sh"
if ! "$python" -c 'import sys, venv; sys.exit(not (3, 10) <= sys.version_info < (3, 14))' 2>/dev/null; then
  echo "SKIPPED: $engine needs Python 3.10 to 3.13; $python is not one. Name one in PYTHON."
  exit 77
fi
if ! python_environment "$engine" "$project/deploy/$engine/requirements.lock"; then
  echo "SKIPPED: $engine cannot be installed here."
  exit 77
fi
(cd "$project" && npm run --silent build)

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
"$project/node_modules/node/bin/node" "$project/test/peers/$engine/$engine.ts" "$work" "$environment"
