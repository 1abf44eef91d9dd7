# Every target sets up what it needs; a fresh clone needs Python 3.11 or newer and make.
.DEFAULT_GOAL := help
.PHONY: help setup run demo dev test torture audit lint fmt bench dist test-dist frontend frontend-dev frontend-check screenshots snapshots lock clean

PYTHON ?= python3
BIN := .venv/$(if $(filter Windows_NT,$(OS)),Scripts,bin)
INSTALL := $(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes
ARGS ?=
# Node comes with the Python packages and brings npm, that brings Bun, that brings the rest.
NODE_PATH := $(CURDIR)/$(BIN):$(CURDIR)/frontend/tools/node_modules/.bin
BUN := PATH="$(NODE_PATH):$$PATH" bun --cwd=frontend

help: ## list the targets
	@sed -n 's/^\([a-z-]*\):.*## /\1\t/p' $(MAKEFILE_LIST) | expand -t 16

setup: .venv/ready-to-develop ## create .venv with everything that is needed, as locked

.venv/ready-to-run: requirements.txt
	$(PYTHON) -m venv .venv
	$(INSTALL) -r requirements.txt
	@touch $@

.venv/ready-to-develop: requirements-dev.txt .venv/ready-to-run
	$(INSTALL) -r requirements-dev.txt
	@touch $@

.venv/ready-to-freeze: release/bootloader.patch release/bootloader.py .venv/ready-to-develop
	$(BIN)/python -m release.bootloader
	@touch $@

frontend/tools/node_modules/ready: frontend/tools/package-lock.json .venv/ready-to-develop
	PATH="$(NODE_PATH):$$PATH" npm ci --prefix frontend/tools --silent
	@touch $@

frontend/node_modules/ready: frontend/bun.lock frontend/package.json frontend/tools/node_modules/ready
	$(BUN) install --frozen-lockfile --silent
	@touch $@

run: .venv/ready-to-run ## serve; pass options on with ARGS="--port 0 --no-browser"
	@$(BIN)/python app.py $(ARGS)

demo: .venv/ready-to-run ## serve against a simulated relay
	@$(BIN)/python app.py --demo $(ARGS)

dev: .venv/ready-to-run ## serve with the event loop's debug mode and every log line
	@PYTHONDEVMODE=1 $(BIN)/python app.py --log-level debug $(ARGS)

test: setup frontend/node_modules/ready ## run the tests; choose some of Python's with ARGS="-k cookie"
	$(if $(ARGS),,$(BUN) run --silent test)
	$(BIN)/python -m pytest $(ARGS)

torture: setup ## try to break it, for hours; choose with ARGS="-k kills --kills 100"
	$(BIN)/python -m pytest tests/torture --full $(ARGS)

audit: setup frontend/node_modules/ready ## ask the registries whether what is locked has known holes
	$(BIN)/pip-audit --strict --disable-pip --require-hashes -r requirements-dev.txt
	$(BUN) audit
	PATH="$(NODE_PATH):$$PATH" npm audit --prefix frontend/tools

lint: setup frontend/node_modules/ready ## check style and types
	$(BIN)/ruff check
	$(BIN)/ruff format --check
	$(BIN)/mypy
	$(BUN) run --silent lint

fmt: setup frontend/node_modules/ready ## put style right
	$(BIN)/ruff check --fix
	$(BIN)/ruff format
	$(BUN) run --silent fmt

frontend: frontend/node_modules/ready ## build the page into static/
	$(BUN) run --silent build

frontend-dev: frontend/node_modules/ready ## serve the page as it is edited, beside a running CCurve (CCURVE_URL)
	$(BUN) run dev

frontend-check: frontend ## fail where what is kept of the page is not what frontend/ builds
	@git diff --exit-code --stat -- static release/page-components.json && test -z "$$(git status --porcelain -- static)"

dist: .venv/ready-to-freeze ## build what people download into dist/
	$(BIN)/python -m release

test-dist: $(if $(BUILT),setup,dist) ## run the tests of the contract and of the page against dist/ccurve; BUILT=1 takes it as it is
	CCURVE_TEST_PROGRAM=dist/ccurve $(BIN)/python -m pytest tests/dist tests/e2e tests/browser tests/words/test_commands.py $(ARGS)

screenshots: setup ## picture every state of the page in build/screenshots
	$(BIN)/python -m tests.browser.screenshots build/screenshots $(ARGS)

snapshots: setup ## write anew what every answer says, for the page's tests
	CCURVE_WRITE_SNAPSHOTS=1 $(BIN)/python -m pytest -q tests/web/test_snapshots.py

bench: setup ## measure speed and size; each figure on a line
	@$(BIN)/python -m bench $(ARGS)

lock: setup ## lock the newest dependencies, with hashes, for every system
	$(BIN)/uv pip compile --quiet --universal --generate-hashes --no-header --no-emit-index-url --upgrade \
		--python-version 3.11 pyproject.toml -o requirements.txt
	$(BIN)/uv pip compile --quiet --universal --generate-hashes --no-header --no-emit-index-url \
		--python-version 3.11 -c requirements.txt pyproject.toml --group dev -o requirements-dev.txt

clean: ## remove what was built and installed
	rm -rf .venv frontend/dist frontend/node_modules frontend/tools/node_modules build dist .mypy_cache .pytest_cache .ruff_cache .hypothesis
