#!/usr/bin/env bash
# Runs every example against the sandbox: npm run examples. With `-- --without NAME` all but this one.
#
# Prints what each did; the last line is "N passed, N failed, N skipped". Exits with 1 where one failed, with 77 where none
# could be run. An example exits with 77 where this machine lacks its tool.
set -uo pipefail
cd "$(dirname "$0")" || exit 1
log=$(mktemp)
trap 'rm -f "$log"' EXIT
passed=0 failed=0 skipped=0 without=
[ "${1:-}" != --without ] || without=$2

for example in */run.sh; do
  name=${example%/run.sh} code=0 began=$SECONDS
  [ "$name" != "$without" ] || continue
  bash "$example" >"$log" 2>&1 || code=$?
  case $code in
    0)
      passed=$((passed + 1))
      echo "ok       $name ($((SECONDS - began)) s): $(tail -n 1 "$log")"
      ;;
    77)
      skipped=$((skipped + 1))
      echo "skipped  $name: $(sed -n 's/^SKIPPED: //p' "$log" | tail -n 1)"
      ;;
    *)
      failed=$((failed + 1))
      echo "FAILED   $name ($((SECONDS - began)) s), exit code $code"
      tail -n 40 "$log" | sed 's/^/         /'
      ;;
  esac
done

echo "$passed passed, $failed failed, $skipped skipped"
[ "$failed" -eq 0 ] || exit 1
[ "$passed" -gt 0 ] || exit 77
