#!/usr/bin/env bash
# The public dbt package dbt_zendesk on what `zendesk-hub models fivetran` makes: npm run test:dbt
#
# Makes an environment for dbt (kept in ~/.cache/zendesk-connector until its versions change), loads a sandbox into DuckDB and
# PostgreSQL, builds the package on both, runs its tests, and holds its numbers against Zendesk's own. The last line is
# "N passed, N failed". DBT_PACKAGES names the folder that packages.sh made. Exits with 77 without it, and without a Python
# for dbt. Without PostgreSQL (POSTGRES_URL, or postgres://postgres@localhost:5432/postgres) the part on it is left out, and named.
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)
project=$(cd "$here/../../.." && pwd)
. "$project/tools/environments.sh"

if [ ! -e "${DBT_PACKAGES:-}/dbt_zendesk/dbt_project.yml" ]; then
  echo "SKIPPED: dbt_zendesk is not here. Run test/peers/dbt/packages.sh FOLDER, and name the folder in DBT_PACKAGES."
  exit 77
fi
if ! "$python" -c 'import sys, venv; sys.exit(not (3, 10) <= sys.version_info < (3, 14))' 2>/dev/null; then
  echo "SKIPPED: dbt needs Python 3.10 to 3.13; $python is not one. Name one in PYTHON."
  exit 77
fi
if ! python_environment dbt "$here/requirements.txt"; then
  echo "SKIPPED: dbt cannot be installed here."
  exit 77
fi
(cd "$project" && npm run --silent build)

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

# The packages lie where dbt would put them. `dbt deps` wants their registry, so it is not called, and there is no packages.yml.
mkdir -p "$work/project/dbt_packages" "$work/project/macros"
ln -s "$(cd "$DBT_PACKAGES" && pwd)/dbt_zendesk" "$work/project/dbt_packages/zendesk"
ln -s "$(cd "$DBT_PACKAGES" && pwd)/dbt_utils" "$work/project/dbt_packages/dbt_utils"
cp -rL "$DBT_PACKAGES/dbt_fivetran_utils" "$work/project/dbt_packages/fivetran_utils"
if [ ! -e "$work/project/dbt_packages/fivetran_utils/macros/union_connections.sql" ]; then
  cp "$here/macros/one_connection.sql" "$work/project/dbt_packages/fivetran_utils/macros/"
fi
cp "$project/hub/dbt/macros/zendesk_hub_duckdb.sql" "$work/project/macros/"

# Nothing of this leaves the machine.
export DBT_SEND_ANONYMOUS_USAGE_STATS=false DO_NOT_TRACK=1 NO_COLOR=1
"$project/node_modules/node/bin/node" "$here/dbt.ts" "$work" "$environment/bin/dbt"
