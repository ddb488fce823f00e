#!/usr/bin/env bash
# Makes the virtual environment named by $1 with the first Python 3.11 or newer found.
set -euo pipefail
venv=$1

"$venv/bin/python" -m pip --version >/dev/null 2>&1 && exit 0

find_python() {
    local name
    for name in ${PYTHON:-python3.13 python3.12 python3.11 python3}; do
        if "$name" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null; then
            command -v "$name"
            return
        fi
    done
    echo "Payung needs Python 3.11 or newer and none was found. On Debian: apt-get install python3" >&2
    return 1
}

python=$(find_python)
if ! "$python" -c 'import ensurepip, venv' 2>/dev/null; then
    package=$("$python" -c 'import sys; print("python%d.%d-venv" % sys.version_info[:2])')
    if [ "$(id -u)" -ne 0 ] || ! command -v apt-get >/dev/null; then
        echo "$python cannot make virtual environments yet." >&2
        echo "Install the package $package (sudo apt-get install $package), then run the same command again." >&2
        exit 1
    fi
    apt-get update -qq
    DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends "$package" >/dev/null
fi

echo "Making $venv with $("$python" --version) …"
"$python" -m venv --clear "$venv"
