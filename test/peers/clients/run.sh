#!/usr/bin/env bash
# Clients made by others try the sandbox: Airbyte's Zendesk connector, Singer's tap-zendesk, zenpy and node-zendesk read
# and write, and the models of python-zendesk hold what it answers against Zendesk's own description.
#
# Makes an environment for each client (kept in ~/.cache/zendesk-connector until its versions change), builds dist/,
# starts sandboxes, and prints a line for each check; the last line is "N passed, N failed", and the exit code says
# whether any failed. Exits with 77 where there is no Python that the clients run on. PYTHON names another one than
# python3; arguments name the clients to run (airbyte, tap, zenpy, node, models), all without any; SANDBOX is another command
# that starts a sandbox.
#
# airbyte and tap hand over to this project's programs too, after whole and after unfinished syncs (docs/moving.md).
#
# The clients are as they were published, and ask https://{subdomain}.zendesk.com. Where that leads is decided below
# them (common.py, rerouted.py, rerouted.mjs): no root, no hosts file, no port 443.
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)
project=$(cd "$here/../../.." && pwd)
. "$project/tools/environments.sh"
node=$project/node_modules/node/bin/node
clients=("$@")
[ ${#clients[@]} -gt 0 ] || clients=(models zenpy node tap airbyte)

if ! "$python" -c 'import sys, venv; sys.exit(not (3, 10) <= sys.version_info < (3, 12))' 2>/dev/null; then
  echo "SKIPPED: Airbyte's connector needs Python 3.10 or 3.11; $python is not one. Name one in PYTHON."
  exit 77
fi

environment_for() {
  python_environment "strangers-$1" "$here/requirements-$1.txt" "$here/constraints-$1.txt"
}
node_environment() {
  local key
  key=$(key_of "$here/package.json" "$here/package-lock.json")
  environment=$cache/strangers-node-$key
  if [ ! -f "$environment/ready" ]; then
    echo "Installing node-zendesk (once) ..."
    rm -rf "$environment"
    mkdir -p "$environment"
    cp "$here/package.json" "$here/package-lock.json" "$environment"
    (cd "$environment" && PATH=$(dirname "$node"):$PATH npm ci --silent --no-audit --no-fund --ignore-scripts)
    touch "$environment/ready"
  fi
}

if [ -z "${SANDBOX:-}" ]; then
  (cd "$project" && npm run --silent build)
  SANDBOX="$node $project/sandbox/dist/zendesk-sandbox.js"
fi

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
log=$work/log
touch "$log"

run_client() {
  local client=$1
  shift
  mkdir -p "$work/$client"
  (
    cd "$work/$client"
    # What should try to leave this machine meets a proxy that is not there.
    export HTTP_PROXY=http://127.0.0.1:9 HTTPS_PROXY=http://127.0.0.1:9 ALL_PROXY=http://127.0.0.1:9
    export NO_PROXY=127.0.0.1,localhost,.zendesk.com
    export http_proxy=$HTTP_PROXY https_proxy=$HTTPS_PROXY all_proxy=$ALL_PROXY no_proxy=$NO_PROXY
    export PYTHONUTF8=1 DO_NOT_TRACK=1 TZ=UTC
    "$@" --sandbox "$SANDBOX" --work "$work/$client" || true
  ) | tee "$work/$client.log"
  # One that breaks off has failed, whatever it had printed.
  grep -q '^# .* checks passed' "$work/$client.log" ||
    echo "FAIL $client: the driver broke off before its end" | tee -a "$work/$client.log"
  cat "$work/$client.log" >> "$log"
}

for client in "${clients[@]}"; do
  case $client in
    airbyte | tap | zenpy) environment_for "$client" ;;
    models) environment_for zenpy ;;
    node) node_environment ;;
    *)
      echo "There is no client $client." >&2
      exit 2
      ;;
  esac
  case $client in
    airbyte) run_client airbyte "$environment/bin/python" "$here/airbyte.py" ;;
    tap) run_client tap "$environment/bin/python" "$here/tap.py" ;;
    zenpy) run_client zenpy "$environment/bin/python" "$here/zenpy_calls.py" ;;
    models) run_client models "$environment/bin/python" "$here/models.py" ;;
    node) run_client node "$node" "$here/node_zendesk.mjs" --client "$environment/node_modules/node-zendesk" ;;
  esac
done

failed=$(grep -c '^FAIL ' "$log" || true)
echo "$(grep -c '^ok ' "$log" || true) passed, $failed failed"
[ "$failed" -eq 0 ]
