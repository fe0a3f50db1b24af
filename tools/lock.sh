#!/bin/sh
# Resolves requirements/*.in into hashed locks that name no registry and no machine.
set -eu
. "$(dirname "$0")/env.sh"
export UV_CACHE_DIR="${UV_CACHE_DIR:-$here/.cache/uv}"
# "$@" may carry --upgrade or --upgrade-package NAME.
lock() {
    source=$1
    shift
    uv pip compile -q --universal --python-version 3.13 --generate-hashes \
        --no-emit-index-url --no-emit-find-links --no-header \
        "requirements/$source.in" -o "requirements/$source.txt" "$@"
}
lock uv "$@"
lock run "$@"
for extra in postgres lake; do lock "$extra" -c requirements/run.txt "$@"; done
lock dev -c requirements/run.txt "$@"
if grep -nE '://|^-i|--find-links|--index' requirements/*.txt; then
    say "A lock names a registry: not wanted."
    exit 1
fi
