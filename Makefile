# `make` prints the targets.  A fresh machine needs python3 (3.11 or newer, with venv), make and git.

PYTHON ?= python3
VENV ?= .venv
LAB_VENV ?= .venv-lab
LOCK_VENV ?= .venv-lock

.DEFAULT_GOAL := help
.DELETE_ON_ERROR:
.SUFFIXES:
MAKEFLAGS += --no-print-directory
.PHONY: help report pdf test lint check lab bench lock clean

# An environment whose Python was removed or replaced is made again.
HEALED := $(shell for made in $(VENV)/.made $(LAB_VENV)/.made; do \
  if test -e $$made && ! "$${made%.made}bin/python" -c '' 2>/dev/null; then rm -rf "$${made%/.made}"; fi; done)

RUN = $(VENV)/bin/python
PIP = -m pip --quiet --quiet --disable-pip-version-check --no-input
# A folder's name reaches the command as it was typed, spaces, quotes, dollars and all.
quote = '$(subst ','\'',$(1))'
REPORT = $(RUN) -m howlong report $(if $(value REVIEW),--review=$(call quote,$(value REVIEW))) $(ARGS)

help: ## print the targets
	@echo "make report [REVIEW=DIR]  regenerate the report: reports/review.html and data/ (ARGS=--force runs it all again)"
	@echo "make pdf [REVIEW=DIR]     print the report as reports/review.pdf, where Chromium or Chrome is installed"
	@echo "make test                 run the tests, and the notebooks against their published outputs"
	@echo "make lint                 check style, types and the order of imports"
	@echo "make check                lint, and every test, the slow ones too"
	@echo "make lab                  open the notebooks in JupyterLab"
	@echo "make bench                measure the reader beside others, and a run: docs/benchmark.md (ARGS='--data DIR' scores your own data)"
	@echo "make lock                 resolve the versions in requirements/ anew"
	@echo "make clean                remove the environments and what was made by hand; keep what is published"

report: $(VENV)/.report ## regenerate the report
	@$(REPORT)

pdf: $(VENV)/.made ## print the report
	@$(if $(CHROMIUM),CHROMIUM="$(CHROMIUM)") $(RUN) tools/print_page.py $(call quote,$(or $(value REVIEW),.))

test: $(VENV)/.test ## run the tests
	@$(RUN) -m pytest -m "not slow"
	@$(MAKE) nbval

lint: $(VENV)/.test ## check style, types and imports
	@$(RUN) -m ruff check .
	@$(RUN) -m ruff format --check howlong tests
	@$(RUN) -m mypy
	@$(VENV)/bin/lint-imports

check: lint ## lint and all tests
	@$(RUN) -m pytest
	@$(MAKE) nbval

# The committed notebooks hold no outputs: running them is a smoke test.  The published ones hold outputs: these are
# compared.  Both run where git looks away.
.PHONY: nbval
nbval: $(VENV)/.test
	@echo "notebooks: run those of notebooks/ as they are, and those of reports/notebooks/ against their outputs"
	@rm -rf work/smoke work/compare
	@$(RUN) tests/copy_notebooks.py
	@$(RUN) -m pytest --nbval-lax --nbval-current-env -p no:cacheprovider work/smoke
	@$(RUN) -m pytest --nbval --nbval-current-env -p no:cacheprovider work/compare
	@$(RUN) tests/copy_notebooks.py --compare

lab: $(LAB_VENV)/.lab ## open JupyterLab
	@$(LAB_VENV)/bin/jupyter lab notebooks $(ARGS)

bench: $(VENV)/.bench ## measure
	@$(RUN) -W ignore tools/bench.py $(ARGS)

# --- environments: made from the hashed locks, once, and again when a lock changes ----------------------------------

define make_venv
	@command -v $(PYTHON) >/dev/null 2>&1 || { \
	  echo "$(PYTHON): must be there, is not found. Install Python 3.11 or newer (Debian: apt install python3 python3-venv), or name one: make PYTHON=/path/to/python3" >&2; exit 1; }
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { \
	  echo "$(PYTHON): must be 3.11 or newer, is $$($(PYTHON) --version 2>&1 | cut -d' ' -f2). Install a newer one and name it: make PYTHON=/path/to/python3" >&2; exit 1; }
	@$(PYTHON) -c 'import ensurepip, venv' 2>/dev/null || { \
	  echo "$(PYTHON): must have venv and ensurepip, has not. Debian and Ubuntu: apt install python$$($(PYTHON) -c 'import sys; print("%d.%d" % sys.version_info[:2])')-venv" >&2; exit 1; }
	@$(PYTHON) -m venv --clear $(1)
endef

define install_project
	@$(1) $(PIP) install --no-deps --no-build-isolation --editable .
endef

$(VENV)/.made:
	@echo "environment: make $(VENV) with $(PYTHON)"
	$(call make_venv,$(VENV))
	@touch $@

$(VENV)/.report: requirements/report.txt pyproject.toml | $(VENV)/.made
	@echo "environment: install requirements/report.txt (about half a minute)"
	@$(RUN) $(PIP) install --require-hashes -r requirements/report.txt
	$(call install_project,$(RUN))
	@touch $@

# The checker of accessibility comes without what it would drive a browser with: see docs/decisions.
$(VENV)/.test: requirements/test.txt requirements/axe.txt $(VENV)/.report
	@echo "environment: install requirements/test.txt"
	@$(RUN) $(PIP) install --require-hashes -r requirements/test.txt
	@$(RUN) $(PIP) install --require-hashes --no-deps -r requirements/axe.txt
	@touch $@

$(VENV)/.bench: requirements/bench.txt $(VENV)/.report
	@echo "environment: install requirements/bench.txt"
	@$(RUN) $(PIP) install --require-hashes -r requirements/bench.txt
	@touch $@

# JupyterLab has an environment of its own: beside it every headless command starts slower.
$(LAB_VENV)/.made:
	@echo "environment: make $(LAB_VENV) with $(PYTHON)"
	$(call make_venv,$(LAB_VENV))
	@touch $@

$(LAB_VENV)/.lab: requirements/lab.txt pyproject.toml | $(LAB_VENV)/.made
	@echo "environment: install requirements/lab.txt (about a minute), the kernel of the notebooks, and nbstripout as git's filter"
	@$(LAB_VENV)/bin/python $(PIP) install --require-hashes -r requirements/lab.txt
	$(call install_project,$(LAB_VENV)/bin/python)
	@$(LAB_VENV)/bin/python -m ipykernel install --sys-prefix --name python3 --display-name "Python 3 (ipykernel)" >/dev/null
	@if git rev-parse --git-dir >/dev/null 2>&1; then \
	  git config filter.nbstripout.clean '"$(CURDIR)/$(LAB_VENV)/bin/nbstripout" --keep-id --extra-keys metadata.language_info'; \
	  git config filter.nbstripout.smudge cat; \
	  grep -qs nbstripout "$$(git rev-parse --git-path info/attributes)" || \
	    echo 'notebooks/*.ipynb filter=nbstripout' >> "$$(git rev-parse --git-path info/attributes)"; fi
	@touch $@

# --- one resolution in five sizes: the smaller ones are constrained by the largest ------------------------------------

COMPILE = $(LOCK_VENV)/bin/uv pip compile --quiet --universal --python-version 3.11 --fork-strategy fewest --generate-hashes --no-header $(ARGS)
LOCK_INPUTS = pyproject.toml requirements/build.in

lock: ## resolve the versions anew
	@test -x $(LOCK_VENV)/bin/uv || { echo "environment: make $(LOCK_VENV) with uv"; $(PYTHON) -m venv $(LOCK_VENV) && $(LOCK_VENV)/bin/python $(PIP) install uv; }
	@echo "lock: requirements/report.txt, cluster.txt, test.txt, lab.txt, bench.txt"
	@$(COMPILE) --upgrade $(LOCK_INPUTS) --extra test --extra lab --extra bench --output-file $(LOCK_VENV)/all.txt
	@$(COMPILE) --upgrade $(LOCK_INPUTS) --constraint $(LOCK_VENV)/all.txt --no-annotate --output-file requirements/report.txt
	@$(COMPILE) --upgrade $(LOCK_INPUTS) --constraint $(LOCK_VENV)/all.txt --no-annotate --extra cluster --output-file requirements/cluster.txt
	@$(COMPILE) --upgrade $(LOCK_INPUTS) --constraint $(LOCK_VENV)/all.txt --no-annotate --extra test --output-file requirements/test.txt
	@$(COMPILE) --upgrade $(LOCK_INPUTS) --constraint $(LOCK_VENV)/all.txt --no-annotate --extra lab --output-file requirements/lab.txt
	@$(COMPILE) --upgrade $(LOCK_INPUTS) --constraint $(LOCK_VENV)/all.txt --no-annotate --extra bench --output-file requirements/bench.txt
	@$(COMPILE) --upgrade --no-deps requirements/axe.in --no-annotate --output-file requirements/axe.txt

clean: ## remove the environments and what was made by hand
	@rm -rf $(VENV) $(LAB_VENV) $(LOCK_VENV) work reports/failed reports/.staging .howlong-cache build dist *.egg-info \
	  .pytest_cache .mypy_cache .ruff_cache .hypothesis .import_linter_cache
	@git config --remove-section filter.nbstripout 2>/dev/null || true
	@find . -name __pycache__ -type d -not -path './.git/*' -prune -exec rm -rf {} +
