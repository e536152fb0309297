#!/usr/bin/env bash
# A pipe into DuckDB, against the sandbox, twice.
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)
. "$here/../sandbox.sh"

if command -v duckdb >/dev/null; then
  load() { duckdb zendesk.duckdb -bail -f "$here/load.sql"; }
  ids() { duckdb zendesk.duckdb -noheader -list -c "select id from $1"; }
else
  # PyAirbyte's environment has DuckDB too.
  peers=$project/test/peers/airbyte
  needs_python 11 12 interop "$peers/requirements.txt" "$peers/constraints.txt"
  sql() { "$environment/bin/python" -c 'import duckdb, sys; print(*(row[0] for row in duckdb.connect("zendesk.duckdb").execute(sys.argv[1]).fetchall()), sep="\n")' "$1"; }
  load() { sql "$(cat "$here/load.sql")" >/dev/null; }
  ids() { sql "select id from $1"; }
fi

start_sandbox
cd "$work"

# The catalog, with two streams marked as selected.
tap-zendesk --config config.json --discover >all.json
"$node" -e '
  const { streams } = JSON.parse(fs.readFileSync("all.json", "utf8"))
  for (const { stream, metadata } of streams)
    metadata.find(({ breadcrumb }) => breadcrumb.length === 0).metadata.selected = ["tickets", "users"].includes(stream)
  fs.writeFileSync("catalog.json", JSON.stringify({ streams }))'
echo '{}' >state.json

pipe() { tap-zendesk --config config.json --catalog catalog.json --state state.json 2>>tap.log | tee lines.jsonl | load; }
pipe
ids tickets | same_as_account tickets
ids users | same_as_account users
change_account
pipe
ids tickets | same_as_account tickets
ids users | same_as_account users

again=$(grep -c '"type":"RECORD"' lines.jsonl)
[ "$again" -lt 150 ] || { echo "The second run read everything again: $again records." && exit 1; }
echo "two runs into DuckDB, the second with $again records; tickets and users are those of the account"
