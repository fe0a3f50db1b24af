#!/bin/sh
# Makes or refreshes .venv from a hashed lock: tools/setup.sh run|dev. Costs nothing when nothing changed.
set -eu
cd "$(dirname "$0")/.."
kind=${1:-dev}
here=$(pwd)
venv=$here/.venv
export UV_CACHE_DIR="${UV_CACHE_DIR:-$here/.cache/uv}" PIP_CACHE_DIR="${PIP_CACHE_DIR:-$here/.cache/pip}"
export XDG_CACHE_HOME="$here/.cache" PIP_DISABLE_PIP_VERSION_CHECK=1 UV_NO_CONFIG=1 UV_PYTHON_DOWNLOADS=never
# A company's own certificates stand in the system's store, where there is one; uv brings its own.
for store in /etc/ssl/certs/ca-certificates.crt /etc/pki/tls/certs/ca-bundle.crt /etc/ssl/cert.pem; do
    [ -s "$store" ] && export UV_SYSTEM_CERTS="${UV_SYSTEM_CERTS:-1}"
done
[ -n "${UV_LINK_MODE:-}" ] || export UV_LINK_MODE=hardlink

say() { printf '%s\n' "$*" >&2; }

if ! command -v python3 >/dev/null 2>&1; then
    say "python3 was not found. Taihua needs Python 3.13 or newer, reachable as python3."
    exit 2
fi
if ! python3 -c 'import sys; sys.exit(sys.version_info < (3, 13))'; then
    say "Taihua needs Python 3.13 or newer; python3 here is $(python3 -V 2>&1 | cut -d" " -f2)."
    say "Install a newer one and make it reachable as python3 in this folder (pyenv reads .python-version)."
    exit 2
fi

# One stamp per kind: the locks, what installs Taihua itself, and the interpreter.
interpreter=$(python3 -c 'import sys; print(sys.version, sys.base_prefix)')
stamp_of() {
    { printf '%s\n' "$interpreter" "$here"; cat "requirements/$1.txt" requirements/uv.txt pyproject.toml setup.py; } |
        python3 -c 'import hashlib, sys; print(hashlib.sha256(sys.stdin.buffer.read()).hexdigest())'
}
# The English catalogues in the form that Django reads, where one is newer; git keeps only their sources.
words() { "$venv/bin/python" -m tools.messages --compile; }
# The dev environment holds everything the run environment holds.
if [ -x "$venv/bin/taihua" ]; then
    [ "$(cat "$venv/.stamp-dev" 2>/dev/null)" = "$(stamp_of dev)" ] && words && exit 0
    [ "$kind" = run ] && [ "$(cat "$venv/.stamp-run" 2>/dev/null)" = "$(stamp_of run)" ] && words && exit 0
fi

if [ -d "$venv" ] && [ "$(cat "$venv/.interpreter" 2>/dev/null)" != "$interpreter" ]; then
    say "The environment in .venv was made by another Python: making it anew."
    rm -rf "$venv"
fi
if [ ! -x "$venv/bin/python" ]; then
    say "Making the environment in .venv …"
    if ! python3 -m venv "$venv"; then
        rm -rf "$venv"
        say "python3 cannot make a virtual environment here. On Debian or Ubuntu: apt-get install python3-venv"
        exit 2
    fi
    printf '%s\n' "$interpreter" > "$venv/.interpreter"
fi
rm -f "$venv/.stamp-run" "$venv/.stamp-dev"
"$venv/bin/python" -m pip install -q --require-hashes -r requirements/uv.txt
say "Installing what $kind needs (first time: about a minute) …"
"$venv/bin/uv" pip install -q --python "$venv/bin/python" --require-hashes -r "requirements/$kind.txt"
"$venv/bin/uv" pip install -q --python "$venv/bin/python" --no-deps --no-build-isolation --no-index -e .
stamp_of "$kind" > "$venv/.stamp-$kind"
words
