# shellcheck shell=bash
# Environments for tools of others, each made once and kept in ~/.cache/zendesk-connector. Sourced by the scripts that need one.
cache=${XDG_CACHE_HOME:-$HOME/.cache}/zendesk-connector
# The program itself: what leads to it, such as pyenv's, takes longer to start than Python does.
python=$("${PYTHON:-python3}" -c 'import sys; print(sys.executable)' 2>/dev/null) || python=${PYTHON:-python3}
# What Python compiles goes there, and not beside our own modules. Where it may not, as in many containers, each start of a
# program would compile all of its modules anew: that takes longer than most of the programs do.
export PYTHONPYCACHEPREFIX=$cache/bytecode
unset PYTHONDONTWRITEBYTECODE

# key_of FILE…: what an environment's name ends with, so that another version of these files makes another one.
key_of() {
  "$python" -c '
import hashlib, pathlib, sys
text = sys.version + "".join(pathlib.Path(path).read_text() for path in sys.argv[1:])
print(hashlib.sha256(text.encode()).hexdigest()[:16])' "$@"
}

# uv installs in seconds what keeps pip busy for minutes. The one on the path, or one in an environment of its own.
uv_version=0.13.9
uv_program() {
  command -v uv && return
  local own=$cache/uv-$uv_version-$(key_of)
  made_once "$own" install_uv "$own" >&2 && echo "$own/bin/uv"
}
install_uv() {
  "$python" -m venv "$1" && "$1/bin/pip" install --quiet --disable-pip-version-check --no-compile "uv==$uv_version"
}

# made_once FOLDER COMMAND…: makes the folder by the command, unless it was made before. Two scripts that want the same one: the
# second waits. Where there is no flock they must not run at the same time.
made_once() {
  local folder=$1
  shift
  mkdir -p "$cache"
  (
    if command -v flock >/dev/null; then flock 9; fi
    [ ! -f "$folder/ready" ] || exit 0
    rm -rf "$folder"
    "$@" && touch "$folder/ready"
  ) 9>"$folder.lock"
}

# python_environment NAME REQUIREMENTS [FILE…]: sets `environment` to a folder with these packages. FILEs are what
# REQUIREMENTS refers to. Fails if they cannot be installed. Modules are compiled when they are first used: most never are.
# Old packages want setuptools, which `--seed` brings as `venv` does.
python_environment() {
  local name=$1
  shift
  environment=$cache/$name-$(key_of "$@")
  made_once "$environment" install_python_packages "$name" "$environment" "$1"
}
install_python_packages() {
  local name=$1 folder=$2 requirements=$3
  echo "Installing $name (once) ..." >&2
  install_by_uv "$folder" "$requirements" >&2 && return
  echo "uv does not install $name here: pip does." >&2
  rm -rf "$folder"
  "$python" -m venv "$folder" &&
    "$folder/bin/pip" install --quiet --quiet --disable-pip-version-check --no-compile --requirement "$requirements" >&2
}
install_by_uv() {
  local uv index
  uv=$(uv_program) || return
  # uv reads no configuration of pip: it is told where pip has its packages from.
  index=${UV_DEFAULT_INDEX:-${PIP_INDEX_URL:-$("$python" -m pip config get global.index-url 2>/dev/null || true)}}
  export UV_CACHE_DIR=$cache/uv UV_DEFAULT_INDEX=$index
  "$uv" venv --quiet --seed --python "$python" "$1" &&
    "$uv" pip install --quiet --python "$1/bin/python" --requirement "$2"
}
