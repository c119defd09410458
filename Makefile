# Two commands are enough: `make site` builds the site, `make test` runs the tests.
# Everything is installed into .venv, from the lock file, the first time it is needed.

PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
SOURCES ?= $(EXPLAINER_SOURCES)
FORMAT ?= text
PORT ?= 8000
INSTALL := $(BIN)/python -m pip install --quiet --disable-pip-version-check
COMPILE := --quiet --upgrade --generate-hashes --no-emit-index-url --no-emit-find-links --strip-extras --allow-unsafe

export NO_MKDOCS_2_WARNING := 1
export EXPLAINER_SOURCES := $(SOURCES)
export PYTHONPATH := hooks

.PHONY: help site serve check test properdocs lock clean

help: ## list the commands
	@grep -E '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | expand -t 14

site: $(VENV)/site ## build the site into site/, warnings count as errors
	$(BIN)/mkdocs build --strict

serve: $(VENV)/site ## live preview at http://127.0.0.1:8000/
	$(BIN)/mkdocs serve --dev-addr 127.0.0.1:$(PORT)

check: $(VENV)/site ## check the content alone; SOURCES=folder also checks passages against copies there
	@$(BIN)/python -m explainer check --format $(FORMAT)

test: $(VENV)/test $(VENV)/browser ## run the tests, a browser included
	$(BIN)/python -m pytest

properdocs: $(VENV)/properdocs ## build the same sources with ProperDocs, into site-properdocs/
	$(BIN)/properdocs build --strict --config-file mkdocs.yml --site-dir site-properdocs

lock: | $(VENV)/made ## pin anew what pyproject.toml allows, with hashes
	$(INSTALL) pip-tools
	$(BIN)/pip-compile $(COMPILE) --output-file requirements.lock pyproject.toml
	$(BIN)/pip-compile $(COMPILE) --extra test --constraint requirements.lock --output-file tests/requirements.lock pyproject.toml

clean: ## remove what was built and installed
	rm -rf $(VENV) site site-properdocs .pytest_cache

# A file in .venv for each set of packages says that it is installed.

$(VENV)/made:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { echo "Python 3.11 or newer is needed; name one: make PYTHON=python3.12 …"; exit 1; }
	@$(PYTHON) -c 'import ensurepip, venv' 2>/dev/null || { echo "Python's venv module is missing: apt-get install python3-venv"; exit 1; }
	$(PYTHON) -m venv $(VENV)
	@touch $@

$(VENV)/site: requirements.lock | $(VENV)/made
	$(INSTALL) --require-hashes --requirement requirements.lock
	@touch $@

$(VENV)/test: tests/requirements.lock $(VENV)/site
	$(INSTALL) --require-hashes --requirement tests/requirements.lock
	@touch $@

$(VENV)/properdocs: $(VENV)/site
	$(INSTALL) 'properdocs>=1.6,<1.7'
	@touch $@

# A browser for the tests: the system's, else Debian's when root on Debian, else Playwright's own.
$(VENV)/browser: $(VENV)/test
	@if command -v chromium chromium-browser google-chrome google-chrome-stable >/dev/null; then :; \
	elif [ "$$(id -u)" = 0 ] && command -v apt-get >/dev/null; then apt-get update -qq && apt-get install -y -qq chromium >/dev/null; \
	else $(BIN)/playwright install chromium; fi
	@touch $@
