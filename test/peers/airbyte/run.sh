#!/usr/bin/env bash
# Airbyte's own tools try the program; ../run.sh runs this
#
# Makes a Python environment (kept in ~/.cache/zendesk-connector until the versions change), builds dist/, starts
# sandboxes, and prints a line for each check; the last line is "N passed, N failed", and the exit code says whether any
# failed. Exits with 77 where there is no Python that PyAirbyte runs on. PYTHON names another one than python3.
#
# Lines that other tests have kept are read from the folder $KEEP_PROTOCOL_LINES, or .cache/protocol-lines. Arguments name the
# parts: `lines` are these, `programs` all others; both without any.
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)
project=$(cd "$here/../../.." && pwd)
. "$project/tools/environments.sh"

if ! "$python" -c 'import sys, venv; sys.exit(not (3, 11) <= sys.version_info < (3, 13))' 2>/dev/null; then
  echo "SKIPPED: PyAirbyte needs Python 3.11 or 3.12; $python is not one. Name one in PYTHON."
  exit 77
fi

python_environment interop "$here/requirements.txt" "$here/constraints.txt"

(cd "$project" && npm run --silent build)

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

# PyAirbyte phones home and fetches a list of connectors unless told not to. What should still try to leave this machine
# meets a proxy that is not there. Its files go where ours go.
export DO_NOT_TRACK=1 AIRBYTE_OFFLINE_MODE=1 NO_LIVE_PROGRESS=1
export HTTP_PROXY=http://127.0.0.1:9 HTTPS_PROXY=http://127.0.0.1:9 ALL_PROXY=http://127.0.0.1:9 NO_PROXY=127.0.0.1,localhost
export http_proxy=$HTTP_PROXY https_proxy=$HTTPS_PROXY all_proxy=$ALL_PROXY no_proxy=$NO_PROXY
export AIRBYTE_PROJECT_DIR=$work/airbyte AIRBYTE_LOGGING_ROOT=$work/logs AIRBYTE_TEMP_DIR=$work/temp
export PYTHONUTF8=1 COLUMNS=200
mkdir -p "$AIRBYTE_PROJECT_DIR" "$AIRBYTE_LOGGING_ROOT" "$AIRBYTE_TEMP_DIR"

lines=${KEEP_PROTOCOL_LINES:-$project/.cache/protocol-lines}
[[ $lines = /* ]] || lines=$PWD/$lines
cd "$work"
"$environment/bin/python" -W ignore::FutureWarning "$here/interop.py" --work "$work" --lines "$lines" \
  --node "$project/node_modules/node/bin/node" --dist "$project/dist" "$@"
