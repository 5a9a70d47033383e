# The two commands that set everything up: `make demo` and `make test`. The rest: bench, e2e, packages, faults, lint, clean, lock.
# Debian's, where it is: what a provider runs, built with optimisation.
PYTHON ?= $(shell /usr/bin/python3.11 -c 'import ensurepip' 2>/dev/null && echo /usr/bin/python3.11 || echo python3.11)
VENV := .venv
BIN := $(VENV)/bin
DEMO_HOME ?= netledger-home
CATALOGUES := src/netledger/locale/ru/LC_MESSAGES/django.mo

.PHONY: venv packages demo test bench e2e screenshots faults test-postgresql15 lint clean lock vendor

venv: $(VENV)/.complete $(CATALOGUES)

$(VENV)/.complete: requirements/dev.txt pyproject.toml
	$(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements/dev.txt
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation --editable .
	touch $@

# What some tests play clients and proxies with, of Debian; without them those tests are skipped, and say so.
# (Where systemd runs, Debian starts nginx and haproxy when it installs them.)
PACKAGES := php-cli php-curl golang-go nginx-light haproxy
packages:
	@if [ "$$(id -u)" != 0 ] || ! command -v apt-get >/dev/null; then \
		echo "packages: needs root and apt-get; otherwise install yourself: $(PACKAGES)"; \
	elif ! dpkg --status $(PACKAGES) >/dev/null 2>&1; then \
		apt-get update --quiet=2 && DEBIAN_FRONTEND=noninteractive \
		apt-get install --quiet=2 --yes --no-install-recommends -o Acquire::Retries=3 $(PACKAGES); \
	fi

# The Russian texts of the pages, as Django reads them.
%.mo: %.po $(VENV)/.complete
	$(BIN)/pybabel --quiet compile --input-file $< --output-file $@

demo: venv
	$(BIN)/netledger demo --home $(DEMO_HOME)

test: venv
	$(BIN)/pytest -n 2

# In Debian's Chromium, which is installed where it is missing.
e2e: venv
	command -v chromium >/dev/null || $(MAKE) packages PACKAGES=chromium
	$(BIN)/pytest -n 1 tests/e2e -m e2e

# Small sizes; FULL=1: a million subscribers, nearly 19,000,000 transfers. How long each takes: bench/README.md.
BENCH_FULL := --subscribers 1000000 --long-list 1000000 --seconds 15
bench: venv
	$(BIN)/python -m bench $(if $(FULL),$(BENCH_FULL)) $(BENCH)

# Takes the pictures of the READMEs anew.
screenshots: venv
	command -v chromium >/dev/null || $(MAKE) packages PACKAGES=chromium
	SCREENSHOTS=yes $(BIN)/pytest tests/e2e/test_pictures_of_the_readmes.py -m e2e

faults: venv
	$(BIN)/pytest -n 2 -m faults

# The suite with DATABASE_URL at Debian's PostgreSQL 15, in a cluster of its own; what is about the embedded one is passed over.
test-postgresql15: venv
	.ci/on_postgresql15 $(BIN)/pytest -n 2

lint: venv
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/lint-imports

# Renews what the pages take from npm (package.json); its files are committed, so that no page needs Node.
VENDORED := node_modules/@tabler/core/dist/css/tabler.min.css node_modules/chart.js/dist/chart.umd.js
vendor:
	npm ci --silent --ignore-scripts
	for file in $(VENDORED); do sed '/^[/*#@ ]*sourceMappingURL=/d' $$file > src/netledger/backoffice/static/vendor/$${file##*/}; done

clean:
	rm -rf $(VENV) .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache

# Needs uv (from PyPI); writes the locked requirements anew, newest allowed versions, hashes included.
lock:
	uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-header --upgrade \
		pyproject.toml --group test --group lint --group build --output-file requirements/dev.txt
	uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-header --upgrade \
		pyproject.toml --output-file requirements/run.txt
