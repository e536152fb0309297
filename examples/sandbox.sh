# shellcheck shell=bash
# What each run.sh begins with. Sourced. Sets project, node, work (a folder that is removed at the end), and puts the built
# programs into PATH under the names that they have once they are installed.
project=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
node=$project/node_modules/node/bin/node
work=$(mktemp -d)
sandbox_pid=

clean_up() {
  [ -z "$sandbox_pid" ] || kill "$sandbox_pid" 2>/dev/null || true
  rm -rf "$work"
}
trap clean_up EXIT

skip() {
  echo "SKIPPED: $*"
  exit 77
}

for program in dist/source-zendesk dist/tap-zendesk sandbox/dist/zendesk-sandbox; do
  [ -f "$project/$program.js" ] || { echo "There is no $program.js: npm run build makes it." && exit 1; }
  mkdir -p "$work/bin"
  printf '#!/bin/sh\nexec "%s" "%s" "$@"\n' "$node" "$project/$program.js" >"$work/bin/${program##*/}"
  chmod +x "$work/bin/${program##*/}"
done
PATH=$work/bin:$PATH

# offline COMMAND…: the tools of others phone home unless they are asked not to; what still tries meets a proxy that is not there.
export DO_NOT_TRACK=1 NO_COLOR=1 PYTHONUTF8=1
offline() {
  local proxy=http://127.0.0.1:9
  env HTTP_PROXY=$proxy HTTPS_PROXY=$proxy http_proxy=$proxy https_proxy=$proxy NO_PROXY=127.0.0.1,localhost \
    no_proxy=127.0.0.1,localhost "$@"
}

# needs_python FROM TO NAME FILE…: sets `environment` to a Python environment with what the first FILE names, as
# tools/environments.sh makes it. FROM and TO are minor versions of Python 3: the first that works and the last.
. "$project/tools/environments.sh"
needs_python() {
  local from=$1 to=$2
  shift 2
  "$python" -c "import sys, venv; sys.exit(not (3, $from) <= sys.version_info[:2] <= (3, $to))" 2>/dev/null ||
    skip "it takes Python 3.$from to 3.$to, and $python is not one; name one in PYTHON"
  python_environment "$@" || skip "its packages could not be installed"
}

# start_sandbox [option …]: with 200 tickets, on a free port, without limits. $work/config.json is the configuration for it,
# with an OAuth client, as docs/sign-in.md advises; SANDBOX_URL is where it is.
start_sandbox() {
  zendesk-sandbox --json --port 0 --no-limits --control --tickets 200 --seed 7 "$@" >"$work/sandbox.json" 2>"$work/sandbox.log" &
  sandbox_pid=$!
  local tries=0
  until [ -s "$work/sandbox.json" ]; do
    tries=$((tries + 1))
    [ "$tries" -lt 1200 ] && kill -0 "$sandbox_pid" 2>/dev/null || { cat "$work/sandbox.log" && exit 1; }
    sleep 0.1
  done
  SANDBOX_URL=$("$node" -e '
    const { url, subdomain, credentials } = JSON.parse(fs.readFileSync(0, "utf8"))
    const { clientId: client_id, clientSecret: client_secret } = credentials
    const way = { credentials: "oauth2_client_credentials", client_id, client_secret }
    fs.writeFileSync(process.argv[1], JSON.stringify({ subdomain, base_url: url, credentials: way }))
    console.log(url)' "$work/config.json" <"$work/sandbox.json")
  export SANDBOX_URL
}

# An hour in which people work: 40 random changes, and a ticket that is deleted. The exports hold back the newest minute.
change_account() {
  "$node" "$project/examples/account.ts" change
}

# same_as_account STREAM: compares the ids on stdin, one a line, with those of the account's live records.
same_as_account() {
  "$node" "$project/examples/account.ts" compare "$1"
}
