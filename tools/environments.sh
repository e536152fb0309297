# shellcheck shell=bash
# Environments for tools of others, each made once and kept in ~/.cache/zendesk-connector. Sourced by the scripts that need one.
cache=${XDG_CACHE_HOME:-$HOME/.cache}/zendesk-connector
python=${PYTHON:-python3}
# What Python compiles goes there, and not beside our own modules.
export PYTHONPYCACHEPREFIX=$cache/bytecode

# key_of FILE…: what an environment's name ends with, so that another version of these files makes another one.
key_of() {
  "$python" -c '
import hashlib, pathlib, sys
text = sys.version + "".join(pathlib.Path(path).read_text() for path in sys.argv[1:])
print(hashlib.sha256(text.encode()).hexdigest()[:16])' "$@"
}

# python_environment NAME REQUIREMENTS [FILE…]: sets `environment` to a folder with these packages. FILEs are what
# REQUIREMENTS refers to. Fails if they cannot be installed. Modules are compiled when they are first used: most never are.
python_environment() {
  local name=$1 requirements=$2
  shift
  environment=$cache/$name-$(key_of "$@")
  mkdir -p "$cache"
  (
    # Two scripts that want the same one: the second waits. Where there is no flock they must not run at the same time.
    if command -v flock >/dev/null; then flock 9; fi
    [ ! -f "$environment/ready" ] || exit 0
    echo "Installing $name (once) ..." >&2
    rm -rf "$environment"
    "$python" -m venv "$environment" &&
      "$environment/bin/pip" install --quiet --quiet --disable-pip-version-check --no-compile --requirement "$requirements" >&2 &&
      touch "$environment/ready"
  ) 9>"$environment.lock"
}
