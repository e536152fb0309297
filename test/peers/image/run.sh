#!/usr/bin/env bash
# Builds the image and tries it: npm run test:image
#
# Every check prints a line; the last line is "N passed, N failed", and the exit code says whether any failed.
# Exits with 77 where no container engine can be used. BASE_IMAGE sets another base (for an engine that already runs).
# What takes long to make (a Debian tree, a Python environment) is kept in ~/.cache/zendesk-connector.
set -euo pipefail
umask 022

project=$(cd "$(dirname "$0")/../../.." && pwd)
here=$project/test/peers/image
work=$(mktemp -d)
note=$work/note
image=airbyte/source-zendesk:image-test
destination=airbyte/destination-zendesk:image-test
hub=zendesk-hub:image-test
node=$project/node_modules/node/bin/node
container=zendesk-image-test-$$
sandbox_pids=()
passed=0
failed=0
. "$project/tools/environments.sh"
. "$here/engine.sh"
mkdir -p "$cache" "$work/engine"

clean_up() {
  kill "${sandbox_pids[@]}" 2>/dev/null || true
  docker rm --force "$container" >/dev/null 2>&1 || true
  engine_down
  rm -rf "$work" || true
}
trap clean_up EXIT
trap 'exit 130' INT
trap 'exit 143' TERM

# check WHAT FUNCTION: runs it apart; what it wrote is shown only when it fails, what it put into $note always.
check() {
  local from=$SECONDS code
  : >"$note"
  set +e
  (set -e && "$2") >"$work/check.log" 2>&1
  code=$?
  set -e
  if [ "$code" = 0 ]; then
    passed=$((passed + 1))
    echo "ok      $1 ($((SECONDS - from)) s)$(sed 's/^/; /' "$note")"
  else
    failed=$((failed + 1))
    echo "FAILED  $1"
    tail -n 60 "$work/check.log" | sed 's/^/        /'
  fi
}

finish() {
  echo "$passed passed, $failed failed"
  [ "$failed" = 0 ] || exit 1
  exit 0
}

is() { # is WHAT FOUND EXPECTED
  [ "$2" = "$3" ] || {
    echo "$1: found '$2', expected '$3'"
    return 1
  }
}

inspect() { docker image inspect --format "$1" "$image"; }

# How many of the lines on stdin, each a JSON message, answer to a JavaScript expression over `m`.
count() {
  "$node" -e '
    const lines = require("node:fs").readFileSync(0, "utf8").split("\n").filter(Boolean)
    console.log(lines.map((line) => JSON.parse(line)).filter((m) => '"$1"').length)'
}

# A read of one stream, through files mounted as the platform mounts them: read_stream SANDBOX STREAM [option of docker ...]
read_stream() {
  local sandbox=$1 stream=$2
  shift 2
  timeout 120 docker run --network host "$@" \
    -v "$work/$sandbox/config.json:/secrets/config.json:ro" -v "$work/$stream.json:/secrets/catalog.json:ro" \
    "$image" read --config /secrets/config.json --catalog /secrets/catalog.json
}

builds_from_source() {
  docker build --network host --tag "$image" --build-arg "BASE_IMAGE=$BASE_IMAGE" \
    --build-arg "NPM_CONFIG_REGISTRY=$(npm config get registry 2>/dev/null)" "$project"
  local size base
  size=$(inspect '{{.Size}}')
  base=$(docker image inspect --format '{{.Size}}' "$BASE_IMAGE")
  echo "$((size / 1000000)) MB, of which the base is $((base / 1000000)) MB and ours $(((size - base) / 1000)) kB" >"$note"
}

builds_from_dist() {
  docker build --network none --tag "$image-dist" --build-arg "BASE_IMAGE=$BASE_IMAGE" --build-arg DIST=local "$project"
  docker run --rm --network none "$image-dist" spec
}

builds_the_destination() {
  docker build --network none --target destination --tag "$destination" --build-arg "BASE_IMAGE=$BASE_IMAGE" \
    --build-arg DIST=local "$project"
  is io.airbyte.name "$(docker image inspect --format '{{index .Config.Labels "io.airbyte.name"}}' "$destination")" \
    airbyte/destination-zendesk
  docker run --rm --network none "$destination" spec >"$work/destination-spec.jsonl"
  is 'SPEC messages' "$(count 'm.type === "SPEC" && m.spec.connectionSpecification' <"$work/destination-spec.jsonl")" 1
}

# write_users FOLDER: 30 users, from standard input as the platform gives them; the ledger is in FOLDER
write_users() {
  local nth
  for nth in {1..30}; do
    echo '{"type":"RECORD","record":{"stream":"users","emitted_at":0,"data":{"external_id":"image-'"$nth"'","name":"Image '"$nth"'"}}}'
  done | cat - <(echo '{"type":"STATE","state":{"type":"LEGACY","data":{"all":30}}}') |
    timeout 120 docker run --rm --interactive --network host --read-only --cap-drop ALL --security-opt no-new-privileges \
      -v "$1:/ledger" -v "$work/quick/config.json:/secrets/config.json:ro" -v "$work/users.json:/secrets/catalog.json:ro" \
      "$destination" write --config /secrets/config.json --catalog /secrets/catalog.json
}

destination_writes() {
  local ledger=$work/ledger first again
  mkdir -m 777 "$ledger"
  echo '{"streams":[{"stream":{"name":"users","json_schema":{},"supported_sync_modes":["full_refresh"]},"sync_mode":"full_refresh",
    "destination_sync_mode":"append_dedup","primary_key":[["external_id"]]}]}' >"$work/users.json"
  write_users "$ledger" >"$work/written.jsonl"
  is 'states behind 30 rows' "$(count 'm.state?.destinationStats?.recordCount === 30' <"$work/written.jsonl")" 1
  first=$(count 'm.log?.message.includes("30 written (30 created)")' <"$work/written.jsonl")
  [ -s "$ledger/zendesk-destination/ledger.sqlite" ]
  write_users "$ledger" >"$work/again.jsonl"
  again=$(count 'm.log?.message.includes("0 written, 30 unchanged")' <"$work/again.jsonl")
  is 'created, then unchanged' "$first $again" '1 1'
}

builds_the_hub() {
  docker build --network host --file "$project/hub/Dockerfile" --tag "$hub" --build-arg "BASE_IMAGE=$BASE_IMAGE" \
    --build-arg "NPM_CONFIG_REGISTRY=$(npm config get registry 2>/dev/null)" "$project"
  docker run --rm --network none "$hub" | grep '^Usage: zendesk-hub'
  local size base
  size=$(docker image inspect --format '{{.Size}}' "$hub")
  base=$(docker image inspect --format '{{.Size}}' "$BASE_IMAGE")
  echo "$((size / 1000000)) MB, of which the base is $((base / 1000000)) MB" >"$note"
}

# What the image may do, as compose.yaml starts it: run_hub [option of docker ...] -- COMMAND ...
run_hub() {
  local options=()
  while [ "$1" != -- ]; do
    options+=("$1")
    shift
  done
  shift
  timeout 120 docker run --network host --read-only --cap-drop ALL --security-opt no-new-privileges \
    -v "$work/hub-data:/data" -v "$work/quick/config.json:/config/config.json:ro" "${options[@]}" "$hub" "$@"
}

the_hub_syncs() {
  local rows
  mkdir -m 777 "$work/hub-data"
  run_hub --rm -- sync --source /config/config.json --to duckdb:/data/a.duckdb --streams groups,users
  rows=$(run_hub --rm -- query 'select count(*) as n from groups' --to duckdb:/data/a.duckdb --json | count 'm.n > 0')
  is 'answers with rows' "$rows" 1
  docker run --rm --network none --entrypoint node "$hub" -e '
    try { require("node:fs").appendFileSync("/hub/dist/zendesk-hub.js", "") } catch ({ code }) { console.log(process.getuid(), process.cwd(), code) }' |
    grep -x '1000 /data EACCES'
}

# The configuration is a file that is mounted, as compose.yaml does it.
the_hub_serves() {
  local tries from=$SECONDS
  printf 'connections: [{name: a, source: config.json, streams: [groups], to: "duckdb:/data/b.duckdb"}]\n' >"$work/hub.yaml"
  run_hub --detach --name "$container" -v "$work/hub.yaml:/config/hub.yaml:ro" -- \
    serve --config /config/hub.yaml --no-console --host 127.0.0.1 --port 8090
  for tries in {1..300}; do
    docker logs "$container" 2>&1 | grep -q ' is complete' && break
    sleep 0.2
  done
  docker run --rm --network host --entrypoint node "$hub" -e '
    fetch("http://127.0.0.1:8090/healthz").then(async (answer) => console.log(answer.status, (await answer.json()).isFresh))' |
    grep -x '200 true'
  docker stop --time 60 "$container"
  is 'exit code' "$(docker inspect --format '{{.State.ExitCode}}' "$container")" 143
  docker rm "$container"
  echo "$((SECONDS - from)) s" >"$note"
}

is_labelled() {
  local version
  version=$("$node" -p 'require(process.argv[1]).version' "$project/package.json")
  is io.airbyte.name "$(inspect '{{index .Config.Labels "io.airbyte.name"}}')" airbyte/source-zendesk
  is io.airbyte.version "$(inspect '{{index .Config.Labels "io.airbyte.version"}}')" "$version"
  is 'dockerImageTag of metadata.yaml' "$(sed -n 's/^ *dockerImageTag: *//p' "$project/metadata.yaml")" "$version"
  is AIRBYTE_ENTRYPOINT "$(inspect '{{range .Config.Env}}{{println .}}{{end}}' | sed -n 's/^AIRBYTE_ENTRYPOINT=//p')" \
    "$(inspect '{{join .Config.Entrypoint " "}}')"
}

holds_the_program_only() {
  docker run --rm --network none --entrypoint node "$image" -e '
    const fs = require("node:fs")
    const found = fs.readdirSync(".", { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile())
    console.log(found.map((file) => `${file.parentPath}/${file.name}`.replace(/^[.][/]/, "")).sort().join("\n"))' >"$work/found"
  (cd "$project" && find dist package.json LICENSE -type f | LC_ALL=C sort) | diff - "$work/found"
}

has_no_root() {
  local found
  found=$(docker run --rm --network none --entrypoint node "$image" -e '
    const fs = require("node:fs")
    const tried = (act) => { try { act(); return "done" } catch ({ code }) { return code } }
    const outcomes = [
      () => fs.writeFileSync("probe", ""),
      () => fs.appendFileSync("dist/source-zendesk.js", ""),
      () => fs.writeFileSync("dist/probe.js", ""),
      () => fs.rmSync("package.json"),
      () => fs.writeFileSync("/tmp/probe", ""),
    ].map(tried)
    console.log(process.getuid(), process.getgid(), process.cwd(), ...outcomes)')
  is 'user, group, folder, and what it can write' "$found" \
    '1000 1000 /airbyte/integration_code EACCES EACCES EACCES EACCES done'
}

prints_spec() {
  local from to
  from=$(date +%s%N)
  docker run --rm --network none "$image" spec >"$work/spec.jsonl"
  to=$(date +%s%N)
  is 'lines of spec' "$(wc -l <"$work/spec.jsonl")" 1
  is 'SPEC messages' "$(count 'm.type === "SPEC" && m.spec.connectionSpecification' <"$work/spec.jsonl")" 1
  echo "$(((to - from) / 1000000)) ms with the start of the container" >"$note"
}

# The platform's pods run the variable in a shell, in a folder of their own.
prints_spec_as_in_a_pod() {
  docker run --rm --network none --workdir /tmp --entrypoint sh "$image" -c 'exec $AIRBYTE_ENTRYPOINT spec' |
    cmp - "$work/spec.jsonl"
}

reads_groups() {
  read_stream quick groups --rm --read-only --cap-drop ALL --security-opt no-new-privileges >"$work/groups.jsonl"
  local records
  records=$(count 'm.type === "RECORD" && m.record.stream === "groups"' <"$work/groups.jsonl")
  [ "$records" -gt 0 ]
  is 'groups COMPLETE' "$(count 'm.trace?.stream_status?.status === "COMPLETE"' <"$work/groups.jsonl")" 1
  echo "$records records" >"$note"
}

ends_on_sigterm() {
  local tries from
  read_stream slow tickets --detach --name "$container" --read-only
  for tries in {1..150}; do
    docker logs "$container" >"$work/tickets.jsonl" 2>/dev/null
    grep -q RATE_LIMITED "$work/tickets.jsonl" && break
    sleep 0.2
  done
  grep -q RATE_LIMITED "$work/tickets.jsonl"
  from=$SECONDS
  docker stop --time 30 "$container"
  local seconds=$((SECONDS - from)) code
  code=$(docker inspect --format '{{.State.ExitCode}}' "$container")
  docker logs "$container" >"$work/tickets.jsonl"
  docker rm "$container"
  is 'exit code' "$code" 143
  [ "$seconds" -lt 10 ]
  is 'tickets INCOMPLETE' "$(count 'm.trace?.stream_status?.status === "INCOMPLETE"' <"$work/tickets.jsonl")" 1
  [ "$(count 'm.type === "STATE"' <"$work/tickets.jsonl")" -gt 0 ]
  echo "$seconds s from the signal to the end" >"$note"
}

install_cdk() { python_environment airbyte-cdk "$here/requirements.txt"; }

# Airbyte's tests, on a copy of what they read: they write into the connector's folder, and go by its name.
airbyte_tests() {
  local log=$work/airbyte.log
  install_cdk
  (cd "$work/source-zendesk" && timeout 300 "$environment/bin/airbyte-cdk" image test --image "$image" "$@" "$work/source-zendesk") 2>&1 | tee "$log"
  grep -q ' passed' "$log"
  sed -n 's/^=* *\(.* passed.*\) in .*/\1/p' "$log" >"$note"
}

passes_airbyte_tests_without_credentials() { airbyte_tests --no-creds; }

# The same, and check, discover and read too: the sandbox is the account. Airbyte's commands know nothing of the
# network, so a docker of ours, first in PATH, gives containers the host's.
passes_airbyte_tests_on_the_sandbox() {
  mkdir -p "$work/bin" "$work/source-zendesk/secrets"
  cp "$work/quick/config.json" "$work/source-zendesk/secrets/"
  printf '#!/bin/sh\n[ "$1" != run ] || { shift; set -- run --network host "$@"; }\nexec %s "$@"\n' "$(command -v docker)" \
    >"$work/bin/docker"
  chmod +x "$work/bin/docker"
  PATH=$work/bin:$PATH PYTEST_ADDOPTS=--read-from-streams=all airbyte_tests
}

# What examples/ shows of it, by the engine that runs already.
runs_as_the_example_does() {
  BASE_IMAGE=$BASE_IMAGE bash "$project/examples/docker-run/run.sh" >"$work/example.log" || {
    cat "$work/example.log"
    return 1
  }
  tail -n 1 "$work/example.log" >"$note"
}

# start_sandbox NAME [option ...]: its last word, once it listens, is a configuration: $work/NAME/config.json
start_sandbox() {
  local name=$1 tries
  shift
  mkdir "$work/$name"
  "$node" "$project/sandbox/dist/zendesk-sandbox.js" --port 0 --no-limits "$@" 2>"$work/$name/log" &
  sandbox_pids+=($!)
  for tries in {1..300}; do
    tail -n 1 "$work/$name/log" 2>/dev/null | grep '^{.*}$' >"$work/$name/config.json" && return
    sleep 0.2
  done
  cat "$work/$name/log"
  return 1
}

write_catalog() { # write_catalog STREAM
  echo '{"streams":[{"stream":{"name":"'"$1"'","json_schema":{},"supported_sync_modes":["full_refresh","incremental"]},
    "sync_mode":"full_refresh","destination_sync_mode":"append"}]}' >"$work/$1.json"
}

engine_up
(cd "$project" && npm run --silent build)
write_catalog groups
write_catalog tickets
# Pages of 20 tickets, three a minute: a read that takes long.
start_sandbox slow --tickets 200 --export-page 20 --export-limit 3
start_sandbox quick --tickets 200
mkdir -p "$work/source-zendesk/test/peers/image"
cp "$project"/{metadata.yaml,acceptance-test-config.yml,spec.json} "$work/source-zendesk/"
cp -R "$here/configs" "$work/source-zendesk/test/peers/image/"

check 'the image is built from source' builds_from_source
[ "$failed" = 0 ] || finish
check 'the image is built from a dist/ that is there, without a network' builds_from_dist
check 'labels and AIRBYTE_ENTRYPOINT' is_labelled
check 'holds the program and nothing else' holds_the_program_only
check 'runs as 1000:1000, which may not change the code' has_no_root
check 'spec prints one SPEC' prints_spec
check 'spec through $AIRBYTE_ENTRYPOINT in a shell' prints_spec_as_in_a_pod
check 'reads groups, root file system read-only, no capabilities' reads_groups
check 'SIGTERM ends a read with 143, while it waits for a limit' ends_on_sigterm
check 'check, discover and two reads, as examples/docker-run does it' runs_as_the_example_does
check 'the image of the destination is built, and prints its spec' builds_the_destination
check 'it writes users, with its ledger in a folder that is mounted, and nothing the second time' destination_writes
check 'the image of the hub is built, and says what it can do' builds_the_hub
check 'it syncs into a folder that is mounted, and may not change its code' the_hub_syncs
check 'it serves, answers /healthz, and ends with 143 on SIGTERM' the_hub_serves
check 'the environment of airbyte-cdk is there' install_cdk
check 'airbyte-cdk image test --no-creds' passes_airbyte_tests_without_credentials
check 'airbyte-cdk image test, with the sandbox as the account' passes_airbyte_tests_on_the_sandbox
finish
