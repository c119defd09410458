# Two commands are enough: `make site` builds the site, `make test` runs the tests.
# Everything is installed into .venv, from the lock files, when it is first needed; `properdocs` and `lock` add a tool each.

PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
SOURCES ?= $(EXPLAINER_SOURCES)
PUBLISH ?= $(EXPLAINER_PUBLISH)
FORMAT ?= text
PORT ?= 8000
PIP := python -m pip install --quiet --disable-pip-version-check
COMPILE := --quiet --upgrade --generate-hashes --no-emit-index-url --no-emit-find-links --strip-extras --allow-unsafe

export NO_MKDOCS_2_WARNING := 1
export EXPLAINER_SOURCES := $(SOURCES)
export EXPLAINER_PUBLISH := $(PUBLISH)
export PYTHONPATH := hooks

# Override the user's settings of Python and pip, except those that say where packages come from.
export PIP_USER := 0
export PIP_REQUIRE_VIRTUALENV := 0
export PIP_DRY_RUN := 0
export PIP_NO_DEPS := 0
export PIP_ROOT := /
export PYTHONNOUSERSITE := 1
export PYTHONUTF8 := 1
unexport PIP_TARGET PIP_PREFIX PIP_PYTHON PIP_REQUIREMENT PIP_CONSTRAINT
unexport PYTHONHOME PYTHONSTARTUP PYTHONPLATLIBDIR PYTHONSAFEPATH PYTHONOPTIMIZE VIRTUAL_ENV __PYVENV_LAUNCHER__

.PHONY: help site serve check test test-fast lint fuzz picture bench test-oldest test-newest links properdocs lock clean

help: ## list the commands
	@grep -E '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | expand -t 14

site: $(VENV)/site content docs ## build the site into site/, warnings count as errors; PUBLISH=1 refuses placeholders
	@$(BIN)/python -m explainer settings
	$(BIN)/python -m mkdocs build --strict

serve: $(VENV)/site content docs ## live preview at http://127.0.0.1:8000/
	@$(BIN)/python -c 'import socket, sys; port = sys.argv[1]; sys.exit(port.isdecimal() and int(port) < 65536 and not socket.socket().connect_ex(("127.0.0.1", int(port))))' "$(PORT)" || \
	{ echo "port $(PORT) is in use: make serve PORT=$$(($(PORT) + 1))"; exit 1; }
	@$(BIN)/python -m explainer settings
	$(BIN)/python -m mkdocs serve --dev-addr 127.0.0.1:$(PORT)

# If one of these folders is missing, the check reports it before MkDocs does, and says what to do.
content docs: | $(VENV)/site
	@$(BIN)/python -m explainer check

check: $(VENV)/site ## check the content alone; SOURCES=folder also checks passages against copies there
	@$(BIN)/python -m explainer check --format $(FORMAT)

test: $(VENV)/test $(VENV)/browser ## run the tests, a browser included
	$(BIN)/python -m pytest

test-fast: $(VENV)/test ## run the quick tests: no browser, no site built, few commands started
	$(BIN)/python -m pytest -m "not browser and not build and not slow"

lint: $(VENV)/test ## check format, style, types and the layers of the code
	$(BIN)/ruff format --check --quiet hooks tests
	$(BIN)/ruff check --quiet hooks tests
	$(BIN)/mypy
	PYTHONPATH=hooks $(BIN)/lint-imports --no-cache

fuzz: $(VENV)/test ## break real content in 5000 ways, and build 50 of them; ARGS="--seed 2 --mutants 500" for other ones
	PYTHONPATH=hooks:tests $(BIN)/python -m support.fuzz $(ARGS)

picture: $(VENV)/test $(VENV)/browser site ## take the picture of a page that README shows
	PYTHONPATH=hooks:tests $(BIN)/python -m support.page_picture site en/

bench: $(VENV)/test $(VENV)/browser ## measure build, preview and pages beside bare Material; ARGS="--runs 9 --json file"
	PYTHONPATH=hooks:tests $(BIN)/python -m support.bench $(ARGS)

test-oldest test-newest: test-%: $(VENV)-%/made $(VENV)/browser
	$(BIN)/python tests/support/dependency_bounds.py $* > $(VENV)-$*/needs.txt
	$(VENV)-$*/bin/$(PIP) --upgrade --upgrade-strategy eager --requirement $(VENV)-$*/needs.txt
	$(VENV)-$*/bin/python -m pytest -n auto --dist loadscope

test-oldest: ## run the tests with the oldest packages that pyproject.toml allows
test-newest: ## run the tests with the newest ones

links: $(VENV)/site ## ask every address that the content cites whether it still answers; uses the network
	@$(BIN)/python -m explainer links

properdocs: $(VENV)/properdocs ## build the same sources with ProperDocs, into site-properdocs/
	$(BIN)/properdocs build --strict --config-file mkdocs.yml --site-dir site-properdocs

lock: | $(VENV)/made ## pin anew what pyproject.toml allows, with hashes
	$(BIN)/$(PIP) pip-tools
	$(BIN)/python -m piptools compile $(COMPILE) --output-file requirements.lock pyproject.toml
	$(BIN)/python -m piptools compile $(COMPILE) --extra test --extra lint --constraint requirements.lock --output-file tests/requirements.lock pyproject.toml

clean: ## remove what was built and installed
	rm -rf $(VENV) $(VENV)-oldest $(VENV)-newest site site-properdocs .pytest_cache

# A file in .venv records that a set of packages is installed. While pip runs, the file is called *.begun: pip would take
# packages of an interrupted installation for complete. If such a file is left, or if the environment's Python is gone
# (after a system upgrade, for instance), the environment is made again.

define install
@touch $@.begun
$(BIN)/$(PIP) $(1)
@$(BIN)/python -I -c 'import mkdocs' 2>/dev/null || { echo "pip put the packages elsewhere: remove target and prefix from its settings (pip config list)"; exit 1; }
@mv $@.begun $@
endef

ANEW := $(shell test -z "$(wildcard $(VENV)/*.begun)" && $(BIN)/python -I -c 'import pip' 2>/dev/null || echo ANEW)
ANEW:

$(VENV)/made: $(ANEW)
	$(environment)

$(VENV)-%/made: pyproject.toml
	$(environment)

define environment
@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { echo "Python 3.11 or newer is needed; name one: make PYTHON=python3.12 …"; exit 1; }
@$(PYTHON) -c 'import ensurepip, venv' 2>/dev/null || { echo "Python's venv module is missing: apt-get install python3-venv"; exit 1; }
$(PYTHON) -m venv --clear $(@D)
@touch $@
endef

$(VENV)/site: requirements.lock $(VENV)/made $(BIN)/explainer
	$(call install,--require-hashes --requirement requirements.lock)

# The command for editors. The project is not installed as a package: .venv/bin/explainer new fact …
$(BIN)/explainer: $(VENV)/made
	@printf '#!/bin/sh\nunset PYTHONHOME PYTHONSTARTUP\nPYTHONPATH="$${0%%/*}/../../hooks" exec "$${0%%/*}/python" -m explainer "$$@"\n' > $@
	@chmod +x $@

$(VENV)/test: tests/requirements.lock $(VENV)/site
	$(call install,--require-hashes --requirement tests/requirements.lock)

$(VENV)/properdocs: $(VENV)/site
	$(call install,properdocs~=1.6.0)

# A browser for the tests: one that is installed; else Debian's, if run by root on Debian; else Playwright's.
$(VENV)/browser: $(VENV)/test
	@for name in chromium chromium-browser google-chrome google-chrome-stable; do command -v $$name >/dev/null && exit; done; \
	if [ "$$(id -u)" = 0 ] && command -v apt-get >/dev/null; then apt-get update -qq && apt-get install -y -qq chromium >/dev/null; \
	else $(BIN)/python -m playwright install chromium; fi
	@touch $@
