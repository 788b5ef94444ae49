# strategybot: every target says in one line what it does.
PYTHON ?= python3.11
BIN := .venv/bin
TORCH := torch==2.13.0
PIP := $(BIN)/python -m pip install --quiet --disable-pip-version-check
export GRADIO_ANALYTICS_ENABLED := False
export ANONYMIZED_TELEMETRY := False
export HF_HUB_OFFLINE := 1

.DEFAULT_GOAL := help
.PHONY: help setup setup-dev run ingest serve fix lint type imports unit check test eval calibrate bench docs clean

help: ## list the targets
	@grep -hE '^[a-z-]+:.*##' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | expand -t 14

setup: .venv/.ready ## make .venv with all that running needs

setup-dev: .venv/.dev ## the same, with all that testing needs

.venv/.ready: pyproject.toml constraints.txt
	@test -x $(BIN)/python || $(PYTHON) -m venv .venv
	@echo "Installing (the first time takes a few minutes) ..."
	@$(PIP) --upgrade pip
	@$(BIN)/python -c "import torch" 2>/dev/null || BIN=$(BIN) TORCH=$(TORCH) sh tools/install_torch.sh
	@$(PIP) --constraint constraints.txt --editable .
	@touch $@

.venv/.dev: .venv/.ready
	@$(PIP) --constraint constraints.txt --group dev
	@touch $@

run: setup ## index the corpus if needed, then open the page
	@$(BIN)/strategybot ingest
	@$(BIN)/python app.py

ingest: setup ## index the corpus
	@$(BIN)/strategybot ingest

serve: setup ## serve the pages
	@$(BIN)/strategybot serve

fix: setup-dev ## format, and mend what can be mended
	$(BIN)/ruff format . && $(BIN)/ruff check --fix .

lint: setup-dev ## style
	$(BIN)/ruff format --check . && $(BIN)/ruff check .

type: setup-dev ## types
	$(BIN)/mypy

imports: setup-dev ## who may import whom
	$(BIN)/lint-imports

unit: setup-dev ## unit tests
	$(BIN)/pytest tests/unit -q

check: lint type imports unit ## all that is quick: style, types, imports, unit tests

test: lint type imports ## everything that must hold: check, integration, browser, floors of the evals
	$(BIN)/pytest tests -q

eval: setup-dev ## the development questions: table and report
	$(BIN)/strategybot ingest && $(BIN)/strategybot evaluate

calibrate: setup-dev ## fit the thresholds on the development questions
	$(BIN)/strategybot ingest && $(BIN)/python -m evals.calibrate

bench: setup-dev ## speed, against peers, in one run
	$(BIN)/python -m benchmarks

docs: setup ## write docs/commands.md, docs/facts.md and .env.example from the code
	$(BIN)/python tools/write_reference.py

clean: ## delete the index and caches, not .venv
	rm -rf .strategybot .mypy_cache .ruff_cache .pytest_cache .import_linter_cache
