#!/usr/bin/env bash
# What others have made against what this project makes: npm run test:interop
#
# Airbyte's own tools try the connector (airbyte/), Zendesk clients of others try the sandbox (clients/) and listen (live/), and Meltano runs
# the tap (meltano/), where there is a PostgreSQL. Needs
# Node, npm and Python 3.11; with 3.10 the second part runs alone, with 3.12 the first. PYTHON names another Python than
# python3. The last line is "N passed, N failed" of all; the exit code says whether any failed, and is 77 if none ran.
set -uo pipefail
cd "$(dirname "$0")"
log=$(mktemp)
trap 'rm -f "$log"' EXIT
passed=0 failed=0 ran=0

for part in airbyte clients live meltano; do
  code=0
  bash "$part/run.sh" | tee "$log" || code=$?
  [ "$code" -ne 77 ] || continue
  ran=$((ran + 1))
  if [[ $(tail -n 1 "$log") =~ ^([0-9]+)\ passed,\ ([0-9]+)\ failed$ ]]; then
    passed=$((passed + BASH_REMATCH[1])) failed=$((failed + BASH_REMATCH[2]))
  else
    echo "FAIL $part: it broke off with exit code $code"
    failed=$((failed + 1))
  fi
done

[ "$ran" -gt 0 ] || exit 77
echo "$passed passed, $failed failed"
[ "$failed" -eq 0 ]
