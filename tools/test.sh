#!/bin/sh
# The tests: all of them on SQLite with a browser, then the database ones again on PostgreSQL. What both
# runs reach is measured on the way; less than tools/floors.py asks is a failure too.
# Arguments go to pytest; with any, only those tests run, on SQLite.
set -eu
. "$(dirname "$0")/env.sh"
CHROME=$(tools/chromium.sh)
export CHROME
jobs=${JOBS:-2}

if [ $# -gt 0 ]; then
    exec python -m pytest -n "$jobs" "$@"
fi
# In the order of the files: what a run here says, a run there says too. Another order is one
# PYTEST_ARGS away (-p randomly) and should hold as well.
order="-p no:randomly"
failed=""
say "Tests on SQLite …"
rm -rf .cache/reached
python -m pytest -q $order -p tests.measured -n "$jobs" || failed="$failed SQLite"
say "Tests of the database again, on PostgreSQL …"
python -m tests.postgres python -m pytest -q $order -p tests.measured -n "$jobs" -m both_databases \
    tests/base tests/kernel tests/rooms ||
    failed="$failed PostgreSQL"
say "What the tests reach …"
python -m tools.floors || failed="$failed floors"
if [ -n "$failed" ]; then
    say "Tests failed on:$failed"
    exit 1
fi
say "Everything holds."
