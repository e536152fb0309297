#!/usr/bin/env bash
# The console's journeys in a headless Chromium: bash hub/test/console/run.sh [FOLDER FOR PICTURES]
#
# Installs Chromium where it is missing and Debian's packages can be had (as root). CHROMIUM names another browser of the
# kind. The last line is "N passed, N failed". Exits with 77 where no Chromium can be had.
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)
project=$(cd "$here/../../.." && pwd)
. "$project/tools/browser.sh"

(cd "$project" && npm run --silent build)
exec "$project/node_modules/node/bin/node" "$here/page.ts" "$browser" "$@"
