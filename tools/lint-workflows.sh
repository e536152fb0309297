#!/usr/bin/env bash
# Checks the workflows and forms in .github/: npm run lint:workflows
#
# Exits with 1 where one is wrong, with 77 where the linters cannot be had (a Python of 3.10 or newer, PyPI once). What
# they are is in lint-workflows.txt.
set -uo pipefail
cd "$(dirname "$0")/.." || exit 1
. tools/environments.sh

if ! "$python" -c 'import sys, venv; sys.exit(sys.version_info < (3, 10))' 2>/dev/null; then
  echo "SKIPPED: the linters of workflows need Python 3.10 or newer; $python is not one. Name one in PYTHON."
  exit 77
fi
if ! python_environment workflow-linters tools/lint-workflows.txt; then
  echo "SKIPPED: the linters of workflows could not be installed."
  exit 77
fi
bin=$environment/bin
export NO_COLOR=1
failed=0

# check WHAT COMMAND…: what it wrote is shown only when it fails.
check() {
  local what=$1 log code=0
  shift
  log=$("$@" 2>&1) || code=$?
  if [ "$code" = 0 ]; then
    echo "ok      $what"
  else
    echo "FAILED  $what"
    printf '%s\n' "$log"
    failed=1
  fi
}

workflows=(.github/workflows/*.yml)
check 'workflows: syntax, expressions, inputs of actions, shell (actionlint)' \
  "$bin/actionlint" -shellcheck "$bin/shellcheck" -pyflakes ''
check 'workflows: security (zizmor)' "$bin/zizmor" --offline --no-progress --quiet --config .github/zizmor.yml .github
check 'workflows: schema' "$bin/check-jsonschema" --builtin-schema vendor.github-workflows "${workflows[@]}"
check 'dependabot.yml: schema' "$bin/check-jsonschema" --builtin-schema vendor.dependabot .github/dependabot.yml
check 'issue forms: schema' "$bin/check-jsonschema" --builtin-schema vendor.github-issue-forms .github/ISSUE_TEMPLATE/{bug,stream}.yml
exit "$failed"
