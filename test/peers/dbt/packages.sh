#!/usr/bin/env bash
# Fetches the dbt packages that the test needs: packages.sh FOLDER. They are of others (Apache-2.0), and no part of this project.
set -euo pipefail
folder=${1:?a folder that is to be made}
mkdir -p "$folder"
take() { # take NAME REPOSITORY TAG
  [ -e "$folder/$1" ] || git clone --quiet --depth 1 --branch "$3" "https://github.com/$2.git" "$folder/$1"
}
take dbt_zendesk fivetran/dbt_zendesk v1.7.0
take dbt_fivetran_utils fivetran/dbt_fivetran_utils v0.4.10
take dbt_utils dbt-labs/dbt-utils 1.4.1
