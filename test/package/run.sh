#!/usr/bin/env bash
# Each package as its users get it: packed, installed into an empty folder, run from there.
set -euo pipefail
root=$(cd "$(dirname "$0")/../.." && pwd)
. "$root/tools/environments.sh"
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT

# pack NAME DEPENDENCIES [npm arguments…]: installs the package into a folder of its own, and goes there. `no` dependencies:
# it brings no other package; `named`: those that its package.json names.
pack() {
  local name=$1 dependencies=$2
  shift 2
  mkdir -p "$folder/$name"
  (cd "$root" && npm pack --silent "$@" --pack-destination "$folder/$name" >/dev/null)
  cd "$folder/$name"
  npm init -y >/dev/null
  npm install --silent --no-audit --no-fund "./$name"-*.tgz
  local installed
  installed=$(find node_modules -maxdepth 2 -name package.json | wc -l)
  [ "$dependencies" = named ] || [ "$installed" = 1 ] || { echo "$name brings other packages:" && ls node_modules && exit 1; }
  echo "$name: $(du -k "$name"-*.tgz | cut -f1) kB packed, $(du -sk "node_modules/$name" | cut -f1) kB installed, $dependencies dependencies."
}
# The packages need Node 22.19; this machine's own may be older.
export PATH="$root/node_modules/.bin:$PATH"

pack zendesk-connector no
node_modules/.bin/source-zendesk spec | grep -q '"type":"SPEC"'
node_modules/.bin/tap-zendesk --about --format json | grep -q '"name": "tap-zendesk"'
node_modules/.bin/destination-zendesk spec | grep -q 'Zendesk Destination Config'
node_modules/.bin/target-zendesk --about | grep -q '"name": "target-zendesk"'
test -f node_modules/zendesk-connector/meltano/tap-zendesk.yml
test -f node_modules/zendesk-connector/LICENSE
grep -q '^- undici .*(MIT)$' node_modules/zendesk-connector/dist/NOTICES.txt
echo '{"subdomain":"not a name","credentials":{"credentials":"oauth2.0","access_token":"x"}}' >config.json
node_modules/.bin/source-zendesk check --config=config.json | grep -q '"status":"FAILED"'

cat >try.mts <<'END'
import { type Config, createConnector } from 'zendesk-connector'
const config: Config = { subdomain: 'acme', credentials: { credentials: 'oauth2.0', access_token: 'x' } }
const connector = await createConnector(config)
if (typeof connector.read !== 'function') throw new Error('The library cannot read.')
END
tsc --noEmit --strict --module nodenext --target es2024 --types '' try.mts
node try.mts

pack zendesk-sandbox no --workspace zendesk-sandbox
node_modules/.bin/zendesk-sandbox --help >/dev/null 2>&1
# Its types stand alone too: no library of its own, no types of Node, nothing skipped.
cat >try.mts <<'END'
import { type Account, type SandboxOptions, startSandbox, type Truth } from 'zendesk-sandbox'
const options: SandboxOptions = { tickets: 3 }
await using sandbox = await startSandbox(options)
const account: Account = sandbox.account
const id: number = account.createTicket({ subject: 'One more' })
const truth: Truth = account.truth('tickets')
const { status } = await fetch(`${sandbox.url}/api/v2/tickets/${id}`, {
  headers: { authorization: `Bearer ${sandbox.credentials.accessToken}` },
})
if (status !== 200) throw new Error(`The sandbox answered ${status}.`)
if (truth.live.get(id)?.['subject'] !== 'One more') throw new Error('The truth lacks the new ticket.')
if (sandbox.requests.all().length !== 1) throw new Error('The request is not in the log.')
END
tsc --noEmit --strict --module nodenext --target es2024 --types '' try.mts
node try.mts

pack zendesk-hub named --workspace zendesk-hub
node_modules/.bin/zendesk-hub sync --sandbox --streams tickets,users | grep -q 'Sync 1 is complete'
node_modules/.bin/zendesk-hub query --json 'select count(*) as n from tickets' | grep -q '^{"n":[1-9]'
test -f node_modules/zendesk-hub/config.schema.json

# A newcomer's fleet, with both packages as they are installed.
mkdir fleet
(cd fleet && PATH="$folder/zendesk-hub/node_modules/.bin:$folder/zendesk-sandbox/node_modules/.bin:$PATH" \
  bash "$root/test/package/fleet.sh" "$root/docs/fleet.md")

# The oldest Node that the programs promise to run on (kept in ~/.cache/zendesk-connector): connector, sandbox and hub in one sync,
# into a folder of its own.
made_once "$cache/node-22.19" npm install --silent --no-audit --no-fund --prefix "$cache/node-22.19" node@22.19 >/dev/null
oldest=$cache/node-22.19/node_modules/node/bin/node
"$oldest" --version | grep -q '^v22\.19\.'
mkdir again
(cd again && "$oldest" ../node_modules/zendesk-hub/dist/zendesk-hub.js sync --sandbox --streams tickets,users 2>&1) | grep -q 'Sync 1 is complete'
for program in source-zendesk tap-zendesk; do
  "$oldest" "$folder/zendesk-connector/node_modules/zendesk-connector/dist/$program.js" --help | grep -q "$program"
done
"$oldest" "$folder/zendesk-connector/node_modules/zendesk-connector/dist/source-zendesk.js" check \
  --config="$folder/zendesk-connector/config.json" | grep -q '"status":"FAILED"'
echo "The packed packages run from empty folders."
