#!/usr/bin/env bash
# The image against the sandbox: check, discover, read, and read on from the state.
set -euo pipefail
umask 022
here=$(cd "$(dirname "$0")" && pwd)
. "$here/../sandbox.sh"
# An engine that answers is used; as root on Debian, one is started for this run.
. "$project/test/peers/image/engine.sh"
mkdir -p "$work/engine" "$cache"
trap 'engine_down; clean_up' EXIT
engine_up

docker build --network host --tag source-zendesk --build-arg "BASE_IMAGE=$BASE_IMAGE" --build-arg DIST=local "$project" \
  >"$work/build.log" 2>&1 || { tail -n 30 "$work/build.log" && exit 1; }

start_sandbox
mkdir -m 755 "$work/secrets"
chmod 755 "$work"
cp "$work/config.json" "$project/catalog/helpdesk.json" "$work/secrets/"
chmod 644 "$work/secrets"/*
cd "$work"

# Only the network is not as in the README: the sandbox listens on this machine's own address.
source_zendesk() { docker run --rm --network host --read-only --cap-drop ALL -v "$work/secrets:/secrets:ro" source-zendesk "$@"; }
read_once() { source_zendesk read --config /secrets/config.json --catalog /secrets/helpdesk.json "$@" || { tail -n 5 "$work"/*.jsonl && return 1; }; }

source_zendesk check --config /secrets/config.json | grep -q '"status":"SUCCEEDED"'
source_zendesk discover --config /secrets/config.json | grep -q '"type":"CATALOG"'
read_once >first.jsonl

# The last state of each stream, as a platform keeps it.
"$node" -e '
  const states = new Map()
  for (const line of fs.readFileSync("first.jsonl", "utf8").split("\n").filter(Boolean)) {
    const { type, state } = JSON.parse(line)
    if (type === "STATE") states.set(state.stream.stream_descriptor.name, state)
  }
  fs.writeFileSync("secrets/state.json", JSON.stringify([...states.values()]))'
chmod 644 secrets/state.json
change_account
read_once --state /secrets/state.json >second.jsonl

ids() {
  "$node" -e '
    const newest = new Map()
    for (const file of ["first.jsonl", "second.jsonl"])
      for (const line of fs.readFileSync(file, "utf8").split("\n").filter(Boolean)) {
        const { type, record } = JSON.parse(line)
        if (type === "RECORD" && record.stream === "tickets") newest.set(record.data.id, record.data._ab_cdc_deleted_at)
      }
    for (const [id, deletedAt] of newest) if (deletedAt == null) console.log(id)'
}
ids | same_as_account tickets
first=$(grep -c '"type":"RECORD"' first.jsonl) second=$(grep -c '"type":"RECORD"' second.jsonl)
[ "$second" -lt $((first / 4)) ] || { echo "The second read read everything again: $second records of $first." && exit 1; }
echo "two reads by the image, $first records and $second; the tickets are those of the account"
