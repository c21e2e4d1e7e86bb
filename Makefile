# cmom-srs: `make review` sets up and studies, `make test` sets up and runs every test.

PYTHON ?= python3
VENV := .venv
RUN := $(VENV)/bin/python
CMOM := $(RUN) -m cmom_srs

# What an environment was made for: this folder, which it does not survive being moved from, and
# these two files. The stamp that says so is written last, so that a half-made one is never used.
MADE_FOR = $(CURDIR) $(shell cksum pyproject.toml constraints.txt | tr '\n' ' ')

.DEFAULT_GOAL := help
.PHONY: help review test lint check fix export bench bench-learning mutants guess golden clean ready ready-dev

help:  ## this list
	@sed -n 's/^\([a-z-]*\):[^#]*## \(.*\)/  make \1\t\2/p' $(MAKEFILE_LIST) | expand -t 18

review: ready  ## set up, then study what is due today
	@$(CMOM) review

test: ready-dev  ## set up, then run every test
	$(RUN) -m pytest

lint: ready-dev  ## format, lint, types, direction of imports, spelling, decks
	$(RUN) -m ruff format --check
	$(RUN) -m ruff check
	$(RUN) -m mypy
	$(RUN) -c 'from importlinter.cli import lint_imports_command; lint_imports_command()'
	$(RUN) -m codespell_lib decks docs cmom_srs tests *.md
	$(CMOM) check --strict decks

check: test lint  ## both

fix: ready-dev  ## format and mend what can be mended
	$(RUN) -m ruff check --fix
	$(RUN) -m ruff format

export: ready  ## build the Anki packages anew
	$(CMOM) --decks decks export

bench: ready-dev  ## measure: ratios against a named floor
	$(RUN) -m compileall -q cmom_srs $(VENV)/lib
	$(RUN) -m tests.bench

bench-learning: ready-dev  ## simulate learners, and write tests/bench/learning.md (half an hour)
	$(RUN) -m tests.bench.learning $(OPTIONS)

mutants: ready-dev  ## change the code in small ways, and list what no test notices (for hours)
	$(RUN) -m pip install --quiet --disable-pip-version-check 'mutmut>=3.8'
	$(RUN) -m mutmut run
	$(RUN) -m mutmut results

guess: ready-dev  ## find the right options of the decks by their look alone
	$(RUN) -m pip install --quiet --disable-pip-version-check 'scikit-learn>=1.5'
	$(RUN) -m tests.guess

golden: ready-dev  ## write the golden screens and JSON anew
	CMOM_GOLDEN=write $(RUN) -m pytest -q -k golden

clean:  ## remove the environment and every cache
	rm -rf $(VENV) .coverage .hypothesis .mypy_cache .pytest_cache .ruff_cache .import_linter_cache dist mutants

ready: WHAT := .
ready-dev: WHAT := .[dev]
ready ready-dev:
	@{ "$(RUN)" -c '' && grep -qxF "$(MADE_FOR)" "$(VENV)/$@"; } 2>/dev/null || { \
	  "$(PYTHON)" -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { \
	    echo "cmom-srs needs Python 3.11 or later; $(PYTHON) is $$("$(PYTHON)" -V 2>&1)."; \
	    echo "Say which one to use: make PYTHON=python3.12 $(MAKECMDGOALS)"; exit 1; }; \
	  echo "Setting up an environment in $(VENV), once. This takes up to a minute ..."; \
	  rm -f "$(VENV)/ready" "$(VENV)/ready-dev"; \
	  "$(PYTHON)" -m venv --clear "$(VENV)" || { \
	    echo "$(PYTHON) cannot make an environment: a part of it is not installed."; \
	    echo "On Debian and Ubuntu: sudo apt install python3-venv    Then: make $(MAKECMDGOALS)"; \
	    exit 1; }; \
	  echo "Installing what cmom-srs needs ..."; \
	  "$(RUN)" -m pip install --quiet --disable-pip-version-check -c constraints.txt -e '$(WHAT)' || { \
	    echo "The installation did not end well; see above. To try again: make $(MAKECMDGOALS)"; \
	    exit 1; }; \
	  for stamp in ready $@; do echo "$(MADE_FOR)" > "$(VENV)/$$stamp"; done; }
