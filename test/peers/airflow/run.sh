#!/usr/bin/env bash
# A fleet under Airflow: npm run test:airflow
#
# Makes an environment for Airflow (kept in ~/.cache/zendesk-connector until its versions change), builds the hub, and lets two
# Celery workers sync eight accounts of sandboxes into PostgreSQL: one worker is killed with all its processes, one with its
# group only, an account is run twice at once, and the database's connections are cut once. Then every table must hold the
# truth, and a second run must read nothing. MEASURE=1 does none of this: it prints how many runs an hour there are.
# Prints a line for each check; the last one is "N passed, N failed". Exits with 77 where there is no Python for Airflow, no
# PostgreSQL (POSTGRES_URL says where one is) or no redis-server.
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)
project=$(cd "$here/../../.." && pwd)
export PYTHON=${PYTHON:-$(command -v python3.11 || command -v python3.12 || echo python3)}
. "$project/tools/environments.sh"
export POSTGRES_URL=${POSTGRES_URL:-postgres://postgres@localhost:5432/postgres}

if ! "$python" -c 'import sys, venv; sys.exit(not (3, 10) <= sys.version_info < (3, 14))' 2>/dev/null; then
  echo "SKIPPED: Airflow needs Python 3.10 to 3.13; $python is not one. Name one in PYTHON."
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
if ! python_environment airflow "$project/deploy/airflow/requirements.lock"; then
  echo "SKIPPED: Airflow cannot be installed here."
  exit 77
fi
(cd "$project" && npm run --silent build)

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
"$project/node_modules/node/bin/node" "$here/airflow.ts" "$work" "$environment"
