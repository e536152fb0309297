#!/usr/bin/env bash
# Meltano copies people of one account into another: npm run test:meltano:write
#
# tap-zendesk and target-zendesk between two sandboxes, three runs with changes between. Makes an environment for Meltano, as run.sh
# does, and prints a line for each check; the exit code says whether any failed. Exits with 77 where there is no Python for Meltano.
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)
project=$(cd "$here/../../.." && pwd)
. "$project/tools/environments.sh"
if ! "$python" -c 'import sys, venv; sys.exit(not (3, 10) <= sys.version_info < (3, 13))' 2>/dev/null; then
  echo "SKIPPED: Meltano needs Python 3.10, 3.11 or 3.12; $python is not one. Name one in PYTHON."
  exit 77
fi
python_environment meltano-meltano "$here/requirements-meltano.txt"
(cd "$project" && npm run --silent build)
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
export PATH="$project/node_modules/node/bin:$PATH"
export MELTANO_SEND_ANONYMOUS_USAGE_STATS=false DO_NOT_TRACK=1 NO_COLOR=1 PYTHONUTF8=1
node "$here/write.ts" "$work" "$environment/bin/meltano" "$project/dist"
