# Two commands: `make run` reads warehouse/inbox into warehouse/gongkai.duckdb, `make test` proves that it works.
# Python 3.11 or newer, make and git suffice; everything else is set up in .venv from uv.lock.

PYTHON ?= python3
PORT ?= 3000
BIN := .venv/bin
UV_VERSION := 0.13.9
STAMP := .venv/.set-up
export DAGSTER_HOME ?= $(CURDIR)/.dagster

.DEFAULT_GOAL := help
.PHONY: help setup run ui test acceptance roundtrip faults fuzz audit lint format clean

help: ## List the targets
	@awk -F ':.*## ' '/^[a-z]+:.*## / { printf "  make %-10s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

setup: $(STAMP) ## Set up .venv from the lock file

$(STAMP): uv.lock pyproject.toml
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { echo "Gongkai needs Python 3.11 or newer; this is $$($(PYTHON) -V). Name another: make setup PYTHON=python3.12"; exit 1; }
	@test -x $(BIN)/python || $(PYTHON) -m venv .venv
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check 'uv==$(UV_VERSION)'
	@$(BIN)/uv sync --quiet --frozen --inexact --extra cluster --compile-bytecode
	@touch $@

run: setup ## Read warehouse/inbox, publish warehouse/gongkai.duckdb
	@$(BIN)/gongkai run

ui: setup ## Serve the Dagster UI on 127.0.0.1:3000 (PORT=… for another)
	@$(BIN)/gongkai ui --port $(PORT)

# Tests that start browsers, office programs, clusters, the command line or many processes: `make test` stays short without them.
LONG := tests/test_cli.py tests/examples tests/atlas/test_browser.py tests/reliability tests/roundtrip tests/test_cluster.py tests/assets/test_ui.py tests/assets/test_unchanged.py

test: setup ## Run the tests, on all cores (those that take long: make acceptance)
	@$(BIN)/pytest --numprocesses auto --dist loadfile $(addprefix --ignore=,$(LONG))

acceptance: setup ## Run the tests that start browsers, office programs, clusters, faults
	@$(BIN)/pytest $(LONG)

roundtrip: setup ## Write forms with LibreOffice and Chromium, read them back
	@GONGKAI_ROUNDTRIPS=$${GONGKAI_ROUNDTRIPS:-10} $(BIN)/pytest tests/roundtrip -rs

faults: setup ## Kill runs 200 times at any moment, and publishing at every line
	@$(BIN)/uv sync --quiet --frozen --inexact --extra cluster --group audit
	@GONGKAI_FAULTS=1 $(BIN)/pytest tests/reliability
	@$(BIN)/python -m tests.reliability.kills --kills 200

fuzz: setup ## Fuzz all readers and the extractor for ten minutes
	@$(BIN)/uv sync --quiet --frozen --inexact --extra cluster --group fuzz
	@$(BIN)/python -m tests.reliability.fuzzing --seconds 300
	@$(BIN)/python -m tests.reliability.fuzzing --seconds 300 --guided

audit: setup ## Ask for known vulnerabilities of what is locked (needs a network)
	@$(BIN)/uv sync --quiet --frozen --inexact --extra cluster --group audit
	@$(BIN)/python -m tests.reliability.audit

lint: setup ## Check style and types
	@$(BIN)/ruff check
	@$(BIN)/ruff format --check
	@$(BIN)/mypy

bench: setup ## Measure speed and correctness on made-up reports (SIZES=100,1000,10000 for others)
	@$(BIN)/python -m benchmarks.bench

format: setup ## Put the code into the project's format
	@$(BIN)/ruff format
	@$(BIN)/ruff check --fix

clean: ## Remove what runs have made; the inbox stays
	rm -rf warehouse/stage warehouse/atlas warehouse/.build warehouse/.published warehouse/gongkai.duckdb* .dagster
