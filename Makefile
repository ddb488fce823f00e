# The two commands are `make demo` and `make test`; `make help` lists the others.
VENV := .venv
BIN := $(VENV)/bin
PIP := $(BIN)/pip --disable-pip-version-check --quiet

.DEFAULT_GOAL := help
.PHONY: help setup demo test bench bench-linkage lint format law lock clean

help: ## Show this list
	@awk -F ':.*## ' '/^[a-z-]+:.*## / {printf "  make %-14s %s\n", $$1, $$2}' Makefile

setup: $(VENV)/runtime-installed ## Make .venv and install Payung with its pinned dependencies

demo: setup ## A made-up city's whole year, then the site at http://127.0.0.1:8000
	@$(BIN)/payung demo

test: $(VENV)/test-installed ## Every test, on SQLite and PostgreSQL, with a browser
	@scripts/test.sh

lint: $(VENV)/test-installed ## Style, types and the floors: what tests/architecture checks
	@$(BIN)/pytest -q tests/architecture

bench: $(VENV)/test-installed ## How fast a list of 100,000 rows reaches the registry; writes benchmarks/RESULTS.md
	@$(BIN)/python -m benchmarks.intake

bench-linkage: build/bench/installed ## Our linkage beside Splink; SIZES=100000,1000000 LINK=100000x1000000 ROUNDS=2
	@build/bench/bin/python -m benchmarks.linkage --sizes $(or $(SIZES),100000) --link "$(LINK)" --rounds $(or $(ROUNDS),1)

format: $(VENV)/test-installed ## Put Python and templates into the project's style
	@$(BIN)/ruff check --fix-only --quiet . ; $(BIN)/ruff format --quiet .
	@git ls-files -z 'src/*.html' | xargs -0 -r $(BIN)/djade --target-version 5.2

law: setup ## Write docs/law.md anew from the law's parameters
	@$(BIN)/python -m payung.law.reference

lock: ## Resolve requirements/*.in anew into hashed requirements/*.txt
	@scripts/lock.sh

clean: ## Remove .venv, caches and screenshots; the databases in var/ stay
	@rm -rf $(VENV) build .pytest_cache .mypy_cache .ruff_cache .import_linter_cache .hypothesis \
		tests/screenshots src/payung.egg-info
	@find src tests benchmarks -name __pycache__ -type d -prune -exec rm -rf {} +

$(VENV)/runtime-installed: requirements/runtime.txt pyproject.toml scripts/venv.sh
	@scripts/venv.sh $(VENV)
	@echo "Installing the pinned dependencies (about half a minute) …"
	@$(PIP) install --require-hashes -r requirements/runtime.txt
	@$(PIP) install --no-deps --no-build-isolation --editable .
	@touch $@

$(VENV)/test-installed: $(VENV)/runtime-installed requirements/test.txt requirements/wheels.cfg
	@echo "Installing what the tests need (a minute, most of it for Spark) …"
	@DIST_EXTRA_CONFIG=$(CURDIR)/requirements/wheels.cfg $(PIP) install --require-hashes --use-pep517 --no-build-isolation -r requirements/test.txt
	@touch $@

# apart from .venv, so that nothing of Payung's can come to lean on it
build/bench/installed: requirements/bench.txt pyproject.toml scripts/venv.sh
	@scripts/venv.sh build/bench
	@echo "Installing what the linkage benchmark needs (a minute) …"
	@build/bench/bin/pip --disable-pip-version-check --quiet install --require-hashes -r requirements/bench.txt
	@build/bench/bin/pip --disable-pip-version-check --quiet install --no-deps --no-build-isolation --editable .
	@touch $@
