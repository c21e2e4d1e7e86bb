# cmom-srs: `make review` sets up and studies, `make test` sets up and runs every test.

PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
CMOM := $(BIN)/cmom

.DEFAULT_GOAL := help
.PHONY: help review test lint check fix export bench golden clean

help:  ## this list
	@sed -n 's/^\([a-z]*\):[^#]*## \(.*\)/  make \1\t\2/p' $(MAKEFILE_LIST) | expand -t 18

review: $(VENV)/installed  ## set up, then study what is due today
	@$(CMOM) review

test: $(VENV)/installed-dev  ## set up, then run every test
	$(BIN)/python -m pytest

lint: $(VENV)/installed-dev  ## format, lint, types, direction of imports, decks
	$(BIN)/ruff format --check
	$(BIN)/ruff check
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(CMOM) check --strict decks

check: test lint  ## both

fix: $(VENV)/installed-dev  ## format and mend what can be mended
	$(BIN)/ruff check --fix
	$(BIN)/ruff format

export: $(VENV)/installed  ## build the Anki packages anew
	$(CMOM) --decks decks export

bench: $(VENV)/installed-dev  ## measure: ratios against a named floor
	$(BIN)/python -m compileall -q cmom_srs $(VENV)/lib
	$(BIN)/python -m tests.bench

golden: $(VENV)/installed-dev  ## write the golden screens anew
	CMOM_GOLDEN=write $(BIN)/python -m pytest -q -k golden

clean:  ## remove the environment and every cache
	rm -rf $(VENV) .coverage .hypothesis .mypy_cache .pytest_cache .ruff_cache .import_linter_cache dist

$(BIN)/python:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { \
	  echo "cmom-srs needs Python 3.11 or later; $(PYTHON) is $$($(PYTHON) -V 2>&1)."; \
	  echo "Say which one to use: make PYTHON=python3.12 $(MAKECMDGOALS)"; exit 1; }
	$(PYTHON) -m venv $(VENV)

$(VENV)/installed: pyproject.toml constraints.txt | $(BIN)/python
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -c constraints.txt -e .
	@touch $@

$(VENV)/installed-dev: pyproject.toml constraints.txt | $(BIN)/python
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -c constraints.txt -e '.[dev]'
	@touch $@ $(VENV)/installed
