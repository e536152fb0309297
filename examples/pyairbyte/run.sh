#!/usr/bin/env bash
# PyAirbyte loads into DuckDB, against the sandbox, twice.
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)
. "$here/../sandbox.sh"
peers=$project/test/peers/airbyte
needs_python 11 12 interop "$peers/requirements.txt" "$peers/constraints.txt"

start_sandbox
cd "$work"
# It fetches a list of connectors unless asked not to, and writes below the home folder.
export AIRBYTE_OFFLINE_MODE=1 NO_LIVE_PROGRESS=1
export AIRBYTE_PROJECT_DIR=$work AIRBYTE_LOGGING_ROOT=$work/logs AIRBYTE_TEMP_DIR=$work/temp
mkdir -p logs temp

load() { offline "$environment/bin/python" -W ignore "$here/load.py" >out.log 2>load.log || { tail -n 30 load.log out.log && return 1; }; }
ids() {
  "$environment/bin/python" -c '
import duckdb, glob, sys
[path] = glob.glob("cache/**/*.duckdb", recursive=True)
for [id] in duckdb.connect(path, read_only=True).execute(f"select id from main.{sys.argv[1]} where _ab_cdc_deleted_at is null").fetchall():
    print(id)' "$1"
}
compare() {
  local stream
  for stream in tickets users groups; do ids "$stream" | same_as_account "$stream"; done
}

load
compare
change_account
load
compare
again=$(sed -n 's/^\([0-9]*\) records$/\1/p' out.log)
[ "$again" -lt 150 ] || { echo "The second run read everything again: $again records." && exit 1; }
echo "two loads by PyAirbyte, the second with $again records; tickets, users and groups are those of the account"
