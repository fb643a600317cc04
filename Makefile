# The commands of the project. `make help` lists them.
UV_VERSION := 0.13.9
PYTHON ?= python3
BIN := .venv/bin
PORT ?= 8000
WORKERS ?= 2
SINCE ?= HEAD

.DEFAULT_GOAL := help
.PHONY: help setup demo quick nearest test test-long lint bench bench-linking migration lock

help: ## List the commands
	@grep -E '^[a-z-]+:.*##' $(MAKEFILE_LIST) | sed -E 's/:[^#]*## /\t/' | expand -t 16

setup: .venv/ready web/dist/index.html tests/clients/node_modules/ready ## Install the locked packages and build the pages

.venv/ready: requirements.lock pyproject.toml
	$(PYTHON) -m venv .venv
	$(BIN)/pip install --quiet --disable-pip-version-check uv==$(UV_VERSION)
	VIRTUAL_ENV=.venv $(BIN)/uv pip install --quiet --compile-bytecode --require-hashes --requirement requirements.lock
	VIRTUAL_ENV=.venv $(BIN)/uv pip install --quiet --no-deps --no-build-isolation --editable .
	touch $@

web/node_modules/ready: web/package-lock.json
	npm ci --prefix web --no-audit --no-fund
	touch $@

web/dist/index.html: web/node_modules/ready $(wildcard web/*.js web/src/* web/steward/*) $(wildcard examples/*)
	npm run build --prefix web
	touch $@

tests/clients/node_modules/ready: tests/clients/package-lock.json
	npm ci --prefix tests/clients --no-audit --no-fund
	touch $@

demo: .venv/ready web/dist/index.html ## Set up, fill the hub from the demonstration systems, serve it (PORT=8000)
	$(BIN)/python -m demo --port $(PORT)

lint: .venv/ready web/node_modules/ready ## Check style, types and imports, of Python and of the pages
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports
	web/node_modules/.bin/eslint --config web/eslint.config.js --max-warnings 0 web tests/clients

quick: setup ## Check what changed since HEAD in a minute: style, types, imports, the nearest tests (SINCE=main)
	$(MAKE) --no-print-directory --jobs=2 lint nearest

nearest: .venv/ready
	$(BIN)/python -m tests.nearest --since $(SINCE)

test: setup lint ## Set up, check and test everything, in WORKERS=2 processes
	$(BIN)/pytest --numprocesses $(WORKERS)

bench/peers/postgraphile/node_modules/.package-lock.json: bench/peers/postgraphile/package-lock.json
	npm ci --prefix bench/peers/postgraphile

test-long: setup ## Try 1,000 random sequences of pushes, decisions, pins and undoings
	HUB_TEST_SEQUENCES=1000 $(BIN)/pytest tests/hub/test_sequences.py

bench: setup var/bench/dlt/ready bench/peers/postgraphile/node_modules/.package-lock.json ## Measure the hot paths against their peers
	$(BIN)/python -m bench

var/bench/dlt/ready: bench/dlt-requirements.lock
	$(PYTHON) -m venv var/bench/dlt
	VIRTUAL_ENV=var/bench/dlt $(BIN)/uv pip install --quiet --compile-bytecode --require-hashes --requirement $<
	touch $@

bench-linking: setup var/bench/linking/ready ## Measure how well and how fast people are linked
	$(BIN)/python -m bench.linking

var/bench/linking/ready: bench/linking-requirements.lock
	$(PYTHON) -m venv var/bench/linking
	VIRTUAL_ENV=var/bench/linking $(BIN)/uv pip install --quiet --require-hashes --requirement $<
	touch $@

migration: .venv/ready ## Write the migration that the tables lack: NAME="The tables of motions"
	$(BIN)/python -m migrations "$(NAME)"

lock: ## Write requirements.lock for pyproject.toml; UPGRADE=--upgrade resolves all versions anew
	$(BIN)/uv pip compile pyproject.toml --group dev --generate-hashes --universal --python-version 3.11 \
	  --no-emit-index-url --custom-compile-command "make lock" --quiet $(UPGRADE) --output-file requirements.lock
	$(BIN)/uv pip compile bench/dlt-requirements.in --generate-hashes --universal --python-version 3.11 \
	  --no-emit-index-url --custom-compile-command "make lock" --quiet $(UPGRADE) --output-file bench/dlt-requirements.lock
	$(BIN)/uv pip compile bench/linking-requirements.in --generate-hashes --universal --python-version 3.11 \
	  --no-emit-index-url --custom-compile-command "make lock" --quiet $(UPGRADE) --output-file bench/linking-requirements.lock
