#!/usr/bin/env bash
# The package as its users get it: packed, installed into an empty folder, run from there.
set -euo pipefail
root=$(cd "$(dirname "$0")/../.." && pwd)
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT

cd "$root"
npm pack --silent --pack-destination "$folder" >/dev/null
cd "$folder"
npm init -y >/dev/null
npm install --silent --no-audit --no-fund ./zendesk-connector-*.tgz
# The package needs Node 24; this machine's own may be older.
export PATH="$root/node_modules/.bin:$PATH"
"$folder/node_modules/.bin/source-zendesk" spec | grep -q '"type":"SPEC"'
"$folder/node_modules/.bin/tap-zendesk" --about --format json | grep -q '"name": "tap-zendesk"'
test -f "$folder/node_modules/zendesk-connector/meltano/tap-zendesk.yml"
"$folder/node_modules/.bin/zendesk-sandbox" --help >/dev/null 2>&1
echo '{"subdomain":"not a name","credentials":{"credentials":"oauth2.0","access_token":"x"}}' >config.json
"$folder/node_modules/.bin/source-zendesk" check --config=config.json | grep -q '"status":"FAILED"'
echo "The packed package runs from an empty folder ($(du -k "$folder"/zendesk-connector-*.tgz | cut -f1) kB packed)."
