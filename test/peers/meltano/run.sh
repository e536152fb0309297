#!/usr/bin/env bash
# Meltano runs the tap: npm run test:meltano
#
# Makes environments for Meltano and for three targets (kept in ~/.cache/zendesk-connector until their versions change),
# builds dist/, and types what docs/meltano.md says: all streams of a sandbox into files (target-jsonl) and into
# PostgreSQL (both widespread targets), twice, with changes and deletions between. Prints a line for each check; the last
# line is "N passed, N failed", and the exit code says whether any failed. Exits with 77 where there is no Python for
# Meltano, or no PostgreSQL: PGHOST, PGPORT, PGUSER and PGPASSWORD say where one is (localhost, as you). It gets a
# database of its own, which is dropped at the end. PYTHON names another Python than python3.
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)
project=$(cd "$here/../../.." && pwd)
. "$project/tools/environments.sh"
export PGHOST=${PGHOST:-localhost} PGPORT=${PGPORT:-5432} PGUSER=${PGUSER:-$(id -un)}

if ! "$python" -c 'import sys, venv; sys.exit(not (3, 10) <= sys.version_info < (3, 13))' 2>/dev/null; then
  echo "SKIPPED: Meltano and its targets need Python 3.10, 3.11 or 3.12; $python is not one. Name one in PYTHON."
  exit 77
fi
if ! psql --dbname postgres --quiet --command 'select 1' >/dev/null 2>&1; then
  echo "SKIPPED: there is no PostgreSQL at $PGHOST:$PGPORT for $PGUSER, or no psql."
  exit 77
fi

environment_of() {
  python_environment "meltano-$1" "$here/requirements-$1.txt" || return
  echo "$environment"
}
meltano=$(environment_of meltano)/bin/meltano
jsonl=$(environment_of target-jsonl)/bin/target-jsonl
transferwise=$(environment_of target-postgres-transferwise)/bin/target-postgres
meltanolabs=$(environment_of target-postgres-meltanolabs)/bin/target-postgres

(cd "$project" && npm run --silent build)

work=$(mktemp -d)
database=zendesk_meltano_$$
clean() {
  rm -rf "$work"
  psql --dbname postgres --quiet --command "drop database if exists $database" >/dev/null
}
trap clean EXIT
psql --dbname postgres --quiet --command "create database $database"

# The tap as it stands on the path once the package is installed.
mkdir -p "$work/bin"
ln -s "$project/dist/tap-zendesk.js" "$work/bin/tap-zendesk"
export PATH="$work/bin:$project/node_modules/node/bin:$PATH"
# Meltano phones home unless told not to. What should still try to leave this machine meets a proxy that is not there.
export MELTANO_SEND_ANONYMOUS_USAGE_STATS=false DO_NOT_TRACK=1 NO_COLOR=1
export HTTP_PROXY=http://127.0.0.1:9 HTTPS_PROXY=http://127.0.0.1:9 ALL_PROXY=http://127.0.0.1:9
export NO_PROXY=127.0.0.1,localhost PYTHONUTF8=1

"$project/node_modules/node/bin/node" "$here/meltano.ts" "$work" "$database" "$meltano" \
  "jsonl=$jsonl" "transferwise=$transferwise" "meltanolabs=$meltanolabs"
