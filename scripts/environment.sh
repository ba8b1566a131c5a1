#!/bin/sh
# Bring .venv up to date with requirements/run.txt (and dev.txt for `dev`). Does nothing when it is.
set -eu

set_name="$1" # run or dev
venv=.venv
root=$(pwd -P)
mkdir -p "${TMPDIR:-.cache/tmp}"

supported() { # is this an interpreter we can use? (a name on the path may be an empty shim)
    "$1" -c 'import sys; sys.exit(sys.version_info < (3, 11))' >/dev/null 2>&1
}

find_python() {
    for candidate in ${PYTHON:-python3 python3.13 python3.12 python3.11 python3.14 python}; do
        if supported "$candidate"; then
            echo "$candidate"
            return
        fi
    done
    echo "error: Python 3.11 or newer is needed; found none (${PYTHON:-python3 … python}). Name one: make PYTHON=/path/to/python3" >&2
    exit 2
}

# The stamp holds what the environment was made from: a change in any of it makes the environment again.
wanted() {
    echo "$root"
    cat pyproject.toml requirements/run.txt
    if [ "$1" = dev ]; then cat requirements/dev.txt; fi
}

current() { # is this set installed from exactly these files? (the dev set contains the run set)
    [ -f "$venv/made-from-$1" ] && wanted "$1" | cmp -s - "$venv/made-from-$1"
}

if current "$set_name" || { [ "$set_name" = run ] && current dev; }; then exit 0; fi

if [ ! -x "$venv/bin/python" ] || ! "$venv/bin/python" -m pip --version >/dev/null 2>&1 ||
    [ "$(head -n 1 "$venv/made-from-run" 2>/dev/null || echo "$root")" != "$root" ]; then
    python=$(find_python)
    if ! "$python" -m venv --clear "$venv"; then
        echo "error: $python cannot make a virtual environment. On Debian and Ubuntu: apt install python3-venv" >&2
        rm -rf "$venv"
        exit 2
    fi
fi

echo "Installing the pinned packages of requirements/$set_name.txt into $venv (once; a minute or two) …" >&2
rm -f "$venv/made-from-run" "$venv/made-from-dev"
pip="$venv/bin/python -m pip --quiet --quiet --disable-pip-version-check --no-input"
# The lists are complete, so nothing is resolved: what is pinned is what is used.
$pip install --no-deps --requirement "requirements/$set_name.txt"
$pip install --no-deps --no-build-isolation --editable .
$pip check >&2
wanted run >"$venv/made-from-run"
if [ "$set_name" = dev ]; then wanted dev >"$venv/made-from-dev"; fi
