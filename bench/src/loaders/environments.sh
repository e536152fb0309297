#!/usr/bin/env bash
# Makes the environments of the loaders of others, once, and prints their folders: one line NAME=FOLDER for each that could be made.
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)
. "$here/../../../tools/environments.sh"
for name in target-duckdb pyairbyte dlt; do
  if python_environment "loader-$name" "$here/requirements-$name.txt"; then echo "$name=$environment"; fi
done
