#!/usr/bin/env bash
# Programs of others beside `zendesk-hub listen`: zenpy makes webhooks and a trigger that it understands, and librdkafka's
# mock broker and consumer take what it writes to Kafka.
#
# Makes a Python environment (kept in ~/.cache/zendesk-connector until its versions change), builds dist/, starts a sandbox, and
# prints a line for each check; the last line is "N passed, N failed", and the exit code says whether any failed. Exits with 77
# where there is no Python that can run them.
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)
project=$(cd "$here/../../.." && pwd)
. "$project/tools/environments.sh"
node=$project/node_modules/node/bin/node

if ! "$python" -c 'import sys, venv; sys.exit(sys.version_info < (3, 10))' 2>/dev/null; then
  echo "SKIPPED: zenpy needs Python 3.10 or newer; $python is not one. Name one in PYTHON."
  exit 77
fi
python_environment peers-live "$here/requirements.txt"
(cd "$project" && npm run --silent build)

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
export PYTHONPATH=$here/../clients PYTHONUTF8=1 TZ=UTC
code=0
"$environment/bin/python" "$here/live.py" --sandbox "$node $project/sandbox/dist/zendesk-sandbox.js" \
  --work "$work" --hub "$node $project/hub/dist/zendesk-hub.js" | tee "$work/log" || code=$?
grep -q '^# .* checks passed' "$work/log" || echo "FAIL live: the driver broke off before its end" | tee -a "$work/log"
failed=$(grep -c '^FAIL ' "$work/log" || true)
echo "$(grep -c '^ok ' "$work/log" || true) passed, $failed failed"
[ "$failed" -eq 0 ]
