# Sourced by the other scripts here: everything that tools write stays in .cache.
cd "$(dirname "$0")/.."
here=$(pwd)
bin=$here/.venv/bin
mkdir -p "$here/.cache/home" "$here/.cache/tmp"
export HOME="$here/.cache/home" TMPDIR="$here/.cache/tmp" XDG_CACHE_HOME="$here/.cache"
export XDG_CONFIG_HOME="$here/.cache/home/.config" XDG_DATA_HOME="$here/.cache/home/.local/share"
export PYTEST_DEBUG_TEMPROOT="$here/.cache/tmp" HYPOTHESIS_STORAGE_DIRECTORY="$here/.cache/hypothesis"
# Compiled once and kept, whatever the developer's own shell says: every test process starts from it.
unset PYTHONDONTWRITEBYTECODE 2>/dev/null || true
export PYTHONPYCACHEPREFIX="$here/.cache/python"
export PYTHONUTF8=1 PATH="$bin:$PATH"
unset PYTHONPATH DJANGO_SETTINGS_MODULE 2>/dev/null || true
say() { printf '%s\n' "$*" >&2; }
