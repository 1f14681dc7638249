# Two commands matter: `make run` and `make test`. Both do all their own set-up.
PYTHON ?= python3.11
PORT ?= 8000
VENV := .venv
NEXT := .venv-next
BIN := $(VENV)/bin
PYTEST_ARGS ?= -n auto

.PHONY: run test test-next lint types contracts catalogues soak bench requirements screenshots clean

run: $(VENV)/.runtime
	$(BIN)/python manage.py run_development --port $(PORT)

test: $(VENV)/.testing
	$(BIN)/python -m pytest $(PYTEST_ARGS) tests

test-next: $(NEXT)/.testing
	$(NEXT)/bin/python -m pytest $(PYTEST_ARGS) -m "not browser and not soak" tests

soak: $(VENV)/.testing
	$(BIN)/python -m pytest -m soak tests

lint: $(VENV)/.testing
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	git ls-files '*.html' | xargs $(BIN)/djhtml --check

types: $(VENV)/.testing
	$(BIN)/mypy .

contracts: $(VENV)/.testing
	$(BIN)/lint-imports

# Needs gettext (xgettext, msgfmt); the compiled files are committed for machines without it.
catalogues: $(VENV)/.runtime
	$(BIN)/python manage.py update_catalogues

screenshots: $(VENV)/.testing
	$(BIN)/python -m docs.screenshots

bench: $(VENV)/.testing
	$(BIN)/python -m bench

requirements: $(VENV)/.testing
	sh tests/compile_requirements.sh $(BIN)/uv

$(VENV)/bin/python:
	@command -v $(PYTHON) >/dev/null || { echo "Python 3.11 is needed: make run PYTHON=python3.11"; exit 1; }
	$(PYTHON) -m venv $(VENV)

$(NEXT)/bin/python:
	$(PYTHON) -m venv $(NEXT)

$(VENV)/.runtime: requirements.txt | $(VENV)/bin/python
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements.txt
	touch $@

$(VENV)/.testing: tests/requirements.txt $(VENV)/.runtime
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r tests/requirements.txt
	touch $@

$(NEXT)/.testing: tests/requirements-next.txt | $(NEXT)/bin/python
	$(NEXT)/bin/python -m pip install --quiet --disable-pip-version-check --require-hashes -r $<
	touch $@

clean:
	rm -rf $(VENV) $(NEXT) var
