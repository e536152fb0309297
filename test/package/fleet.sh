#!/usr/bin/env bash
# Types what docs/fleet.md says for ten accounts in ten minutes, in order, in an empty folder: fleet.sh PAGE. The programs are in PATH.
# The page's two ports are taken by others for all we know: free ones stand in their place.
set -euo pipefail
page=$1

# block LINE: the commands that the page has behind this line.
block() {
  awk -v before="$1" '$0 == before { found = 1 } found && /^```$/ { exit } found && shown { print } found && /^```sh$/ { shown = 1 }' "$page" |
    sed "s/8473/$account/g; s/8090/$console/g"
}
free_port() {
  node -e 'const s = require("net").createServer().listen(0, "127.0.0.1", () => { console.log(s.address().port); s.close() })'
}
account=$(free_port) console=$(free_port)
fail() {
  echo "docs/fleet.md: $*"
  exit 1
}
# What has ended by then is no failure.
trap 'jobs -p | xargs -r kill 2>/dev/null || true' EXIT

block 'In a folder of its own:' >first.sh
block 'Then, in the same shell:' >then.sh
sed '/^kill /,$d' then.sh >before.sh
sed -n '/^kill /,$p' then.sh >end.sh
[ -s first.sh ] && [ -s before.sh ] && [ -s end.sh ] || fail 'its commands are not where they were.'

. ./first.sh >first.log 2>&1 || { cat first.log && fail 'a command of the first block fails.'; }
[ "$(grep -c '^customer-.* complete ' first.log)" = 10 ] || { cat first.log && fail 'ten accounts should be complete.'; }
tail -n 1 first.log | grep -q '^ *300$' || { cat first.log && fail 'an account should have 300 tickets.'; }

. ./before.sh >before.log 2>&1 || { cat before.log && fail 'a command of the second block fails.'; }
grep -q '^Sync 2 is complete: 0 rows' before.log || { cat before.log && fail 'a second run should read no record.'; }
for _ in $(seq 300); do grep -q '^Console: ' before.log && break || sleep 0.1; done
link=$(sed -n 's/^Console: //p' before.log)
curl --silent --fail --output signed-in.html --cookie-jar cookies "$link"
shown=$(curl --silent --fail --cookie cookies "http://localhost:$console/api/v1/fleet/accounts?limit=20" | node -e '
  console.log(JSON.parse(require("fs").readFileSync(0, "utf8")).accounts.filter(({ outcome }) => outcome === "complete").length)')
[ "$shown" = 10 ] || fail "the pages show $shown accounts in place of ten."

. ./end.sh
wait
echo "Ten accounts, as docs/fleet.md has them: read, read again, and shown."
