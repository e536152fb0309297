#!/usr/bin/env bash
# The console's journeys in a headless Chromium: bash hub/test/console/run.sh [FOLDER FOR PICTURES]
#
# Installs Chromium where it is missing and Debian's packages can be had (as root). CHROMIUM names another browser of the
# kind. The last line is "N passed, N failed". Exits with 77 where no Chromium can be had.
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)
project=$(cd "$here/../../.." && pwd)

find_browser() {
  local name
  for name in ${CHROMIUM:+"$CHROMIUM"} chromium chromium-browser google-chrome; do
    command -v "$name" && return
  done
  return 1
}

if ! browser=$(find_browser); then
  if [ "$(id -u)" -eq 0 ] && command -v apt-get >/dev/null; then
    echo "Installing Chromium (once) ..."
    { apt-get update && apt-get install --yes --no-install-recommends chromium fonts-dejavu-core; } >/dev/null 2>&1 || true
  fi
  browser=$(find_browser) || { echo "SKIPPED: there is no Chromium. Name one in CHROMIUM."; exit 77; }
fi

(cd "$project" && npm run --silent build)
exec "$project/node_modules/node/bin/node" "$here/page.ts" "$browser" "$@"
