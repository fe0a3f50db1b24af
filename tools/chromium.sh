#!/bin/sh
# Prints the path of a Chromium-like browser; installs Debian's when root and there is none.
set -eu
find_browser() {
    for name in "${CHROME:-}" chromium chromium-browser google-chrome google-chrome-stable chrome \
        "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome" \
        "/Applications/Chromium.app/Contents/MacOS/Chromium"; do
        [ -n "$name" ] && command -v "$name" 2>/dev/null && return 0
    done
    return 1
}

find_browser && exit 0
if [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null 2>&1; then
    echo "No browser here: installing Chromium with apt-get (about a minute) …" >&2
    export DEBIAN_FRONTEND=noninteractive
    {
        apt-get update -q && apt-get install -q -y --no-install-recommends chromium
    } >&2 </dev/null || echo "apt-get could not install Chromium." >&2
    find_browser && exit 0
fi
cat >&2 <<'TEXT'
The browser tests need Chromium or Chrome, and none was found.
Install one (Debian, Ubuntu: sudo apt-get install chromium; Fedora: sudo dnf install chromium;
macOS: brew install --cask chromium), or say where it is: CHROME=/path/to/chrome make test
TEXT
exit 2
