#!/usr/bin/env bash
# Every test on SQLite, then every test that touches the database again on PostgreSQL.
# Arguments go to both runs of pytest.
set -uo pipefail
cd "$(dirname "$0")/.."
bin=$PWD/.venv/bin
workers="--numprocesses auto --maxprocesses 4"
# Tests compiled once serve both runs, and Payung's own code each command that a test starts.
unset PYTHONDONTWRITEBYTECODE

"$bin/python" -m tests.ground || exit 1

echo "== SQLite: every test"
env -u PAYUNG_DATABASE "$bin/pytest" $workers "$@"
sqlite=$?

echo "== PostgreSQL: every test that touches the database"
"$bin/python" -m tests.support.postgres "$bin/pytest" $workers --touching-database "$@"
postgres=$?

if [ "$sqlite" -ne 0 ] || [ "$postgres" -ne 0 ]; then
    echo "Not everything passed: pytest ended with $sqlite on SQLite and $postgres on PostgreSQL." >&2
    exit 1
fi
