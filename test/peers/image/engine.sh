# A container engine and a base image for run.sh, which sources this file. An engine that answers is used as it is, with
# the Dockerfile's own base. Where none does, one is started from Debian's packages, with a base made of Debian and Node.
# Sets BASE_IMAGE, and DOCKER_HOST if the engine is ours. Expects: work (scratch folder), cache (kept folder), project.

engine_pid=

skip() {
  echo "SKIPPED: no container engine can be started here: $*"
  exit 77
}

engine_up() {
  if docker info >/dev/null 2>&1; then
    BASE_IMAGE=${BASE_IMAGE:-node:26-slim}
    echo "engine: the one that runs here; base: $BASE_IMAGE"
    return
  fi
  [ "$(uname -s)" = Linux ] || skip "none answers, and only on Linux can one be started"
  [ "$(id -u)" = 0 ] || skip "none answers, and only root can start one"
  PATH=$PATH:/usr/sbin:/sbin
  install_packages
  make_base_tree
  export DOCKER_BUILDKIT=0
  local driver
  for driver in overlay2 vfs; do
    if start_engine "$driver" && import_base; then
      echo "engine: $(docker version --format '{{.Server.Version}}'), started for this run, $driver; base: $BASE_IMAGE"
      return
    fi
    engine_down
  done
  skip "$(tail -n 1 "$work/engine.log")"
}

install_packages() {
  local missing=()
  command -v dockerd >/dev/null || missing+=(docker.io)
  command -v debootstrap >/dev/null || missing+=(debootstrap)
  python3 -c 'import ensurepip' 2>/dev/null || missing+=(python3-venv)
  [ ${#missing[@]} -gt 0 ] || return 0
  command -v apt-get >/dev/null || skip "none answers, and ${missing[*]} cannot be installed without apt-get"
  echo "installing ${missing[*]}"
  export DEBIAN_FRONTEND=noninteractive
  {
    apt-get -o DPkg::Lock::Timeout=120 update &&
      apt-get -o DPkg::Lock::Timeout=120 install -y --no-install-recommends "${missing[@]}"
  } >"$work/apt.log" 2>&1 || skip "apt-get could not install ${missing[*]}: $(tail -n 1 "$work/apt.log")"
}

# No bridge and no packet filter: builds and containers that need the network use the host's.
start_engine() {
  dockerd --bridge=none --iptables=false --ip6tables=false --ip-forward=false --storage-driver="$1" \
    --exec-opt native.cgroupdriver=cgroupfs \
    --data-root "$work/engine/$1" --exec-root "$work/engine/run" --pidfile "$work/engine/pid" \
    --host "unix://$work/engine/socket" >"$work/engine.log" 2>&1 &
  engine_pid=$!
  export DOCKER_HOST=unix://$work/engine/socket
  local tries
  for tries in {1..150}; do
    docker info >/dev/null 2>&1 && return
    kill -0 "$engine_pid" 2>/dev/null || return
    sleep 0.2
  done
  return 1
}

engine_down() {
  [ -n "$engine_pid" ] || return 0
  kill "$engine_pid" 2>/dev/null || true
  wait "$engine_pid" 2>/dev/null || true
  # dockerd leaves mounts of its own behind, and they would keep the folder.
  awk -v below="$work/engine/" 'index($5, below) == 1 { print $5 }' /proc/self/mountinfo | sort -r | xargs -r umount
  engine_pid=
  unset DOCKER_HOST
}

# What node:26-slim is: a small Debian with node and npm. The certificates and npm's word on them are this machine's.
make_base_tree() {
  local node=$project/node_modules/node/bin/node suite tree=$work/base
  suite=$(. /etc/os-release && echo "${VERSION_CODENAME:-stable}")
  base_tree=$cache/base-$suite-node-$("$node" --version).tar
  [ -f "$base_tree" ] && return
  echo "making a base of Debian $suite and node $("$node" --version)"
  debootstrap --variant=minbase --include=ca-certificates,libatomic1 "$suite" "$tree" >"$work/debootstrap.log" 2>&1 ||
    skip "debootstrap failed: $(tail -n 1 "$work/debootstrap.log")"
  rm -rf "$tree"/usr/share/{doc,man,info,locale} "$tree"/var/cache/apt/* "$tree"/var/lib/apt/lists/*
  cp "$node" "$tree/usr/local/bin/"
  mkdir -p "$tree/usr/local/etc" "$tree/usr/local/lib/node_modules"
  # Where npm itself is, whichever node comes first in the path.
  cp -R "$(dirname "$(dirname "$(readlink -f "$(command -v npm)")")")" "$tree/usr/local/lib/node_modules/npm"
  ln -s ../lib/node_modules/npm/bin/npm-cli.js "$tree/usr/local/bin/npm"
  if [ -f /etc/ssl/certs/ca-certificates.crt ]; then
    cp /etc/ssl/certs/ca-certificates.crt "$tree/etc/ssl/certs/"
    echo 'cafile=/etc/ssl/certs/ca-certificates.crt' >"$tree/usr/local/etc/npmrc"
  fi
  tar -C "$tree" -cf "$base_tree.part" .
  mv "$base_tree.part" "$base_tree"
  rm -rf "$tree"
}

import_base() {
  BASE_IMAGE=zendesk-connector-base
  {
    docker import "$base_tree" "$BASE_IMAGE" && docker run --rm --network host "$BASE_IMAGE" node --version
  } >>"$work/engine.log" 2>&1
}
