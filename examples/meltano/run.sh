#!/usr/bin/env bash
# A Meltano project, against the sandbox, twice.
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)
. "$here/../sandbox.sh"
peers=$project/test/peers/meltano
# The target is in PATH, as the tap is: `meltano install` would fetch it.
needs_python 10 12 meltano-target-jsonl "$peers/requirements-target-jsonl.txt"
ln -s "$environment/bin/target-jsonl" "$work/bin/"
needs_python 10 12 meltano-meltano "$peers/requirements-meltano.txt"
meltano=$environment/bin/meltano

start_sandbox
mkdir -p "$work/project/output"
cd "$work/project"
# The project as it is, with the sandbox's account in place of yours.
"$node" -e '
  const { subdomain, base_url, credentials } = JSON.parse(fs.readFileSync("../config.json", "utf8"))
  const file = fs.readFileSync(process.argv[1], "utf8")
    .replace("subdomain: acme", `subdomain: ${subdomain}\n      base_url: ${base_url}`)
    .replace("client_id: warehouse", `client_id: ${credentials.client_id}`)
    .replace(/^ *pip_url: .*\n/m, "")
  fs.writeFileSync("meltano.yml", file)
  fs.writeFileSync(".env", `TAP_ZENDESK_CLIENT_SECRET=${credentials.client_secret}\n`)' "$here/meltano.yml"

load() { offline "$meltano" run tap-zendesk target-jsonl >load.log 2>&1 || { tail -n 40 load.log && return 1; }; }
# The target only adds lines: the newest of each id counts.
ids() {
  "$node" -e '
    const newest = new Map()
    for (const line of fs.readFileSync(`output/${process.argv[1]}.jsonl`, "utf8").split("\n").filter(Boolean)) {
      const { id, _sdc_deleted_at: deletedAt } = JSON.parse(line)
      newest.set(id, deletedAt)
    }
    for (const [id, deletedAt] of newest) if (deletedAt == null) console.log(id)' "$1"
}
compare() {
  local stream
  for stream in tickets users groups; do ids "$stream" | same_as_account "$stream"; done
}

load
compare
before=$(cat output/*.jsonl | wc -l)
change_account
load
compare
again=$(($(cat output/*.jsonl | wc -l) - before))
[ "$again" -lt 150 ] || { echo "The second run read everything again: $again records." && exit 1; }
echo "two runs of Meltano, the second with $again records; tickets, users and groups are those of the account"
