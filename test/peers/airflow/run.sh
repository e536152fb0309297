#!/usr/bin/env bash
# A fleet under Airflow: npm run test:airflow
#
# Makes an environment for Airflow (kept in ~/.cache/zendesk-connector until its versions change), builds the hub, and lets two
# Celery workers sync five accounts of sandboxes into PostgreSQL: one worker is killed with all its processes, one with its
# group only, an account is run twice at once, and the database's connections are cut once. Then every table must hold the
# truth, and a second run must read nothing. Meltano is then run for an account: killed, tried again, run once more. MEASURE=1 does
# none of this: it prints how many runs an hour there are.
# Prints a line for each check; the last one is "N passed, N failed". Exits with 77 where there is no Python for both, no
# PostgreSQL (POSTGRES_URL says where one is) or no redis-server.
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)
project=$(cd "$here/../../.." && pwd)
export PYTHON=${PYTHON:-$(command -v python3.11 || command -v python3.12 || echo python3)}
. "$project/tools/environments.sh"
export POSTGRES_URL=${POSTGRES_URL:-postgres://postgres@localhost:5432/postgres}

if ! "$python" -c 'import sys, venv; sys.exit(not (3, 10) <= sys.version_info < (3, 13))' 2>/dev/null; then
  echo "SKIPPED: Airflow and Meltano need Python 3.10 to 3.12; $python is not one. Name one in PYTHON."
  exit 77
fi
if ! command -v redis-server >/dev/null; then
  echo "SKIPPED: there is no redis-server on the path, and Celery needs a broker."
  exit 77
fi
if ! psql "$POSTGRES_URL" --quiet --command 'select 1' >/dev/null 2>&1; then
  echo "SKIPPED: there is no PostgreSQL at \$POSTGRES_URL, or no psql."
  exit 77
fi

# environment_of NAME REQUIREMENTS: prints the folder of such an environment.
environment_of() {
  if ! python_environment "$1" "$2"; then
    echo "SKIPPED: $1 cannot be installed here." >&2
    return 1
  fi
  echo "$environment"
}
airflow=$(environment_of airflow "$project/deploy/airflow/requirements.lock") || exit 77
meltano=$(environment_of meltano-meltano "$project/test/peers/meltano/requirements-meltano.txt") || exit 77
target=$(environment_of meltano-target-postgres-meltanolabs "$project/test/peers/meltano/requirements-target-postgres-meltanolabs.txt") || exit 77
(cd "$project" && npm run --silent build)

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
# The tap and the target, as they stand on the path of a machine where Meltano runs them.
mkdir "$work/bin"
ln -s "$project/dist/tap-zendesk.js" "$work/bin/tap-zendesk"
ln -s "$target/bin/target-postgres" "$work/bin/target-postgres"
export PATH="$work/bin:$project/node_modules/node/bin:$PATH"
"$project/node_modules/node/bin/node" "$here/airflow.ts" "$work" "$airflow" "$meltano"
