#!/usr/bin/env bash
# Resolves requirements/*.in into hashed requirements/*.txt; arguments go to uv (for example --upgrade).
set -euo pipefail
cd "$(dirname "$0")/.."

[ -x build/lock/bin/uv ] || { scripts/venv.sh build/lock && build/lock/bin/pip install --quiet uv; }

lock() {
    build/lock/bin/uv pip compile --quiet --universal --python-version 3.11 --generate-hashes \
        --no-emit-index-url --no-header "$@"
}
lock "$@" requirements/runtime.in --output-file requirements/runtime.txt
lock "$@" requirements/test.in --constraint requirements/runtime.txt --output-file requirements/test.txt
lock "$@" requirements/bench.in --constraint requirements/test.txt --output-file requirements/bench.txt
