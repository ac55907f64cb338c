# coopgraph: `make demo` to see it, `make test` to check it. `make help` lists the rest.
PYTHON ?= python3
BIN := .venv/bin
PORT ?= 8000
SHELL := /bin/sh

.DEFAULT_GOAL := help
.PHONY: help venv dev machine demo lint types architecture unit test fidelity bench bundle examples format clean

help: ## list the targets
	@sed -n 's/^\([a-z]*\):.*## /\1\t/p' $(MAKEFILE_LIST) | sort

venv: # make .venv from the lock
	@command -v $(PYTHON) >/dev/null 2>&1 || { echo "coopgraph: Python 3.11 or newer is needed, but there is no '$(PYTHON)'; install it or name one with 'make PYTHON=…'." >&2; exit 1; }
	@$(PYTHON) tools/setup_venv.py

dev: # the same, with what development needs
	@command -v $(PYTHON) >/dev/null 2>&1 || { echo "coopgraph: Python 3.11 or newer is needed, but there is no '$(PYTHON)'; install it or name one with 'make PYTHON=…'." >&2; exit 1; }
	@$(PYTHON) tools/setup_venv.py --group dev

machine: # install, or name, what the tests need beside Python
	@$(PYTHON) tools/setup_machine.py

demo: venv ## read the examples into a local store and open the explorer at a printed address
	@$(BIN)/coopgraph demo --port $(PORT)

lint: dev ## style and format
	@$(BIN)/ruff check .
	@$(BIN)/ruff format --check .

types: dev ## pyright, strict
	@$(BIN)/pyright

architecture: dev ## api → (viz | ingest) → graph
	@$(BIN)/lint-imports

unit: dev machine ## all tests, browser and Neo4j included
	@$(BIN)/python -m pytest -n 2 --dist worksteal

test: lint types architecture unit ## everything that must hold

fidelity: dev ## precision and recall of reading, per format and layout
	@$(BIN)/python -m tests.fidelity

bench: dev ## timings, as ratios to a bare baseline in the same run
	@$(BIN)/python -m benchmarks $(ONLY)

bundle: venv ## an archive that installs without a network: dist/coopgraph-bundle-*.tar.gz
	@$(BIN)/python tools/bundle.py

examples: venv ## build the example documents anew from examples/facts
	@$(BIN)/python examples/build.py

format: dev ## format the code
	@$(BIN)/ruff check --fix -q . ; $(BIN)/ruff format .

clean: ## remove what was built, not the data
	rm -rf .venv build dist .pytest_cache .ruff_cache .hypothesis
