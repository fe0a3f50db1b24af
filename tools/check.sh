#!/bin/sh
# Style, types and arrows. All are run, so that one sight shows everything.
set -eu
. "$(dirname "$0")/env.sh"
failed=""

step() {
    name=$1
    shift
    if "$@" >"$here/.cache/check.out" 2>&1; then
        say "  ok      $name"
    else
        say "  FAILED  $name"
        cat "$here/.cache/check.out" >&2
        failed="$failed $name"
    fi
}

# Checks look at this checkout as it ships, not at somebody's own settings.
for name in $(env | sed -n 's/^\(TAIHUA_[A-Z_]*\)=.*/\1/p'); do unset "$name"; done
export TAIHUA_HOME="$here/.cache/check" TAIHUA_DATABASE_URL="sqlite:///$here/.cache/check/none.sqlite3"
mkdir -p "$TAIHUA_HOME"

step format ruff format --check src tests tools bench setup.py
step lint ruff check src tests tools bench setup.py
step templates djangofmt --check src
step template-lint djlint --lint --quiet src
step arrows lint-imports --no-cache
step types mypy
step migrations taihua makemigrations --check --dry-run
step system taihua check --fail-level WARNING
if [ -n "$(command -v nginx || command -v /usr/sbin/nginx)" ]; then
    step nginx python -m tools.nginx
else
    say "  left    nginx (there is none on this machine)"
fi
step scripts sh -n tools/check.sh tools/test.sh tools/setup.sh tools/lock.sh tools/chromium.sh

if [ -n "$failed" ]; then
    say "Not right yet:$failed  (make fmt puts most style in order)"
    exit 1
fi
