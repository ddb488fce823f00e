#!/usr/bin/env bash
# Every test on SQLite and, beside it, every test that touches the database on PostgreSQL: each of
# them alone leaves the processor idle a third of the time. Arguments go to both runs of pytest.
set -uo pipefail
cd "$(dirname "$0")/.."
bin=$PWD/.venv/bin
cores=$(nproc)
# Tests compiled once serve both runs, and Payung's own code each command that a test starts.
unset PYTHONDONTWRITEBYTECODE

"$bin/python" -m tests.ground || exit 1

said=$(mktemp)
trap 'kill "$beside" 2>/dev/null; rm -f "$said"' EXIT
"$bin/python" -m tests.support.postgres "$bin/pytest" -p no:cacheprovider \
    --numprocesses $((cores < 4 ? 1 : 2)) --touching-database "$@" >"$said" 2>&1 &
beside=$!

echo "== SQLite: every test"
env -u PAYUNG_DATABASE "$bin/pytest" --numprocesses $((cores < 4 ? cores + 1 : 4)) "$@"
sqlite=$?

echo "== PostgreSQL: every test that touches the database, run meanwhile"
wait "$beside"
postgres=$?
cat "$said"

if [ "$sqlite" -ne 0 ] || [ "$postgres" -ne 0 ]; then
    echo "Not everything passed: pytest ended with $sqlite on SQLite and $postgres on PostgreSQL." >&2
    exit 1
fi
