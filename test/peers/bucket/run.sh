#!/usr/bin/env bash
# Rejected rows in a bucket: npm run test:bucket. The destination against moto, which speaks S3 and checks who asks.
#
# Makes a Python environment (kept in ~/.cache/zendesk-connector until its version changes), builds dist/, and prints a line for each
# check; the exit code says whether any failed. Exits with 77 where there is no Python for it. PYTHON names another than python3.
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)
project=$(cd "$here/../../.." && pwd)
. "$project/tools/environments.sh"
if ! "$python" -c 'import sys, venv; sys.exit(sys.version_info < (3, 10))' 2>/dev/null; then
  echo "SKIPPED: moto needs Python 3.10 or newer; $python is not one. Name one in PYTHON."
  exit 77
fi
python_environment bucket "$here/requirements.txt"
(cd "$project" && npm run --silent build)
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
"$environment/bin/python" "$here/bucket.py" "$project/node_modules/node/bin/node" "$project" "$work"
