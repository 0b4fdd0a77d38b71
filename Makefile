# Two commands on a fresh machine: `make build` and `make test`. Set-up is a virtual environment in this folder;
# nothing outside the folder is touched. `make help` lists the rest.

PYTHON ?= python3
PYTEST_ARGS ?= -n auto

venv := .venv
bin := $(venv)/bin
cache := $(CURDIR)/$(venv)/.cache
ready := $(venv)/.ready

# What would otherwise be kept in the home folder is kept here; terraform looks for no newer version of itself.
export CHECKPOINT_DISABLE := 1
export PIP_CACHE_DIR := $(cache)/pip
export PIP_DISABLE_PIP_VERSION_CHECK := 1
export PRE_COMMIT_HOME := $(cache)/pre-commit
export SE_CACHE_PATH := $(cache)/selenium
export UV_CACHE_DIR := $(cache)/uv
export XDG_CACHE_HOME := $(cache)
export XDG_DATA_HOME := $(cache)/data

.DEFAULT_GOAL := help
.PHONY: help build test lint setup bench lock generated clean

help: ## list the targets
	@sed -n 's/^\([a-z]*\):.*## /\1|/p' $(MAKEFILE_LIST) | while IFS='|' read -r name what; do printf '  make %-9s %s\n' "$$name" "$$what"; done

build: $(ready) ## set up, check the sources, build everything into build/
	$(bin)/tocsin check
	$(bin)/tocsin build

test: lint ## set up, then pass every check and test of the project
	$(bin)/python -m pytest $(PYTEST_ARGS)

lint: $(ready) ## only what needs no run: ruff, mypy, import-linter
	$(bin)/ruff check
	$(bin)/ruff format --check
	$(bin)/mypy
	$(bin)/lint-imports --no-logo

setup: $(ready) ## only the virtual environment

bench: $(ready) ## measure; benchmarks/README.md says what
	$(bin)/python -m benchmarks
	$(bin)/python -m benchmarks.site

generated: $(ready) ## write what is made from the code: the schema of tocsin.yaml and its page, the pages of the checks
	$(bin)/python .ci/generated.py

lock: $(ready) ## resolve the dependencies anew into requirements.lock
	$(bin)/uv pip compile pyproject.toml --group dev --universal --python-version 3.11 --upgrade --quiet \
	  --generate-hashes --no-header --no-annotate --no-emit-index-url --no-emit-find-links --output-file $(venv)/lock.txt
	{ echo '# Every package that users and developers need, on every platform; `make lock` writes this file.'; \
	  cat $(venv)/lock.txt; } > requirements.lock

clean: ## remove what was built, and the virtual environment
	rm -rf $(venv) build dist .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache .tocsin-cache
	find . -name __pycache__ -type d -prune -exec rm -rf {} +

$(ready): requirements.lock pyproject.toml
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null \
	  || { echo 'Tocsin needs Python 3.11 or newer: install it, or name one, as in `make PYTHON=python3.12 build`.' >&2; exit 1; }
	@$(PYTHON) -c 'import ensurepip, venv' 2>/dev/null \
	  || { echo 'This Python cannot make virtual environments: install its venv package (on Debian and Ubuntu: python3-venv).' >&2; exit 1; }
	@echo 'Setting up in $(venv): a minute or two, once.'
	$(PYTHON) -m venv $(venv)
	$(bin)/python -m pip install --quiet --require-hashes -r requirements.lock
	$(bin)/python -m pip install --quiet --no-deps --no-build-isolation --editable .
	@touch $@
