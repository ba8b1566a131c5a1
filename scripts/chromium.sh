#!/bin/sh
# Print the path of a Chromium; install the distribution's own package where there is none.
set -eu

find_chromium() {
    for candidate in "${CHROMIUM:-}" chromium chromium-browser google-chrome; do
        if [ -n "$candidate" ] && command -v "$candidate"; then return; fi
    done
    return 1
}

if find_chromium; then exit 0; fi
if ! command -v apt-get >/dev/null 2>&1; then
    echo "error: no Chromium found; install your distribution's package, or name one: CHROMIUM=/path/to/chromium" >&2
    exit 2
fi
as_root=
if [ "$(id -u)" -ne 0 ]; then as_root="sudo -n"; fi
echo "Installing Chromium from the distribution's packages (once; a few minutes) …" >&2
if ! $as_root apt-get update -qq >&2 || ! DEBIAN_FRONTEND=noninteractive $as_root apt-get install -y -qq --no-install-recommends chromium >&2; then
    echo "error: Chromium could not be installed; try: apt-get update && apt-get install chromium" >&2
    exit 2
fi
find_chromium || { echo "error: the package is installed and there is still no chromium on the path" >&2; exit 2; }
