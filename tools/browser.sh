# shellcheck shell=bash
# A Chromium without a screen, for the scripts that try pages. Sourced: sets `browser`. Installs one where there is none and Debian's
# packages can be had (as root); CHROMIUM names another browser of the kind. Exits with 77 where none can be had.
#
# The shell is what Playwright takes by itself: the same pages, without the windows of a desktop around them, which cost more than
# most pages do.
find_browser() {
  local name
  for name in ${CHROMIUM:+"$CHROMIUM"} chromium-headless-shell chromium chromium-browser google-chrome; do
    command -v "$name" && return
  done
  return 1
}

install_browser() {
  [ "$(id -u)" -eq 0 ] && command -v apt-get >/dev/null || return
  echo "Installing Chromium (once) ..."
  local lock=DPkg::Lock::Timeout=300 package
  apt-get -o "$lock" update >/dev/null 2>&1
  for package in chromium-headless-shell chromium; do
    apt-get -o "$lock" install --yes --no-install-recommends "$package" fonts-dejavu-core >/dev/null 2>&1 && return
  done
}

if ! browser=$(find_browser); then
  install_browser || true
  browser=$(find_browser) || { echo "SKIPPED: there is no Chromium. Name one in CHROMIUM."; exit 77; }
fi
