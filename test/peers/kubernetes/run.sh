#!/usr/bin/env bash
# Kubernetes' files against Kubernetes' own schema: npm run test:kubernetes
#
# Exits with 77 where the checker (from PyPI, kept in ~/.cache/zendesk-connector) cannot be had. Nothing is run.
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)
project=$(cd "$here/../../.." && pwd)
. "$project/tools/environments.sh"
if ! "$python" -c 'import venv' 2>/dev/null || ! python_environment kubernetes "$here/requirements.txt"; then
  echo "SKIPPED: kubernetes-validate cannot be installed here."
  exit 77
fi
"$environment/bin/kubernetes-validate" --strict "$project"/deploy/kubernetes/*.yaml
