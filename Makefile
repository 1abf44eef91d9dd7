# Every target sets up what it needs; a fresh clone needs Python 3.11 or newer and make.
.DEFAULT_GOAL := help
.PHONY: help setup run demo dev test lint fmt bench lock clean

PYTHON ?= python3
BIN := .venv/bin
INSTALL := $(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes
ARGS ?=

help: ## list the targets
	@sed -n 's/^\([a-z-]*\):.*## /\1\t/p' $(MAKEFILE_LIST) | expand -t 10

setup: .venv/ready-to-develop ## create .venv with everything that is needed, as locked

.venv/ready-to-run: requirements.txt
	$(PYTHON) -m venv .venv
	$(INSTALL) -r requirements.txt
	@touch $@

.venv/ready-to-develop: requirements-dev.txt .venv/ready-to-run
	$(INSTALL) -r requirements-dev.txt
	@touch $@

run: .venv/ready-to-run ## serve; pass options on with ARGS="--port 0 --no-browser"
	@$(BIN)/python app.py $(ARGS)

demo: .venv/ready-to-run ## serve against a simulated relay
	@$(BIN)/python app.py --demo $(ARGS)

dev: .venv/ready-to-run ## serve with the event loop's debug mode and every log line
	@PYTHONDEVMODE=1 $(BIN)/python app.py --log-level debug $(ARGS)

test: setup ## run the tests; choose some with ARGS="-k cookie"
	$(BIN)/python -m pytest $(ARGS)

lint: setup ## check style and types
	$(BIN)/ruff check
	$(BIN)/ruff format --check
	$(BIN)/mypy

fmt: setup ## put style right
	$(BIN)/ruff check --fix
	$(BIN)/ruff format

bench: setup ## measure speed and size; each figure on a line
	@$(BIN)/python -m bench $(ARGS)

lock: setup ## lock the newest dependencies, with hashes, for every system
	$(BIN)/uv pip compile --quiet --universal --generate-hashes --no-header --no-emit-index-url --upgrade \
		--python-version 3.11 pyproject.toml -o requirements.txt
	$(BIN)/uv pip compile --quiet --universal --generate-hashes --no-header --no-emit-index-url \
		--python-version 3.11 -c requirements.txt pyproject.toml --group dev -o requirements-dev.txt

clean: ## remove what was built and installed
	rm -rf .venv build dist .mypy_cache .pytest_cache .ruff_cache .hypothesis
