# Two commands matter: `make run` and `make test`. Both do all their own set-up.
PYTHON ?= $(shell sh tests/pythons.sh | head -n 1)
PORT ?= 8000
VENV ?= .venv
NEXT ?= .venv-next
BIN := $(VENV)/bin
T ?=
PYTEST_ARGS ?= $(if $(T),,-n auto)
PIP_INSTALL := -m pip install --quiet --disable-pip-version-check --require-hashes -r

# Tests of what no Wagtail changes: ground floor, models, verbs, settings, migrations, and whole
# processes that are stopped, killed, restored or deployed.
BESIDE_WAGTAIL := $(addprefix register/,db exporters files inventory management models reference \
		tasks text) \
	$(addprefix register/domain/,access_log billing clients erasure notices orders retention staff) \
	$(patsubst %,integration/test_%.py,after_restore_killed assignment_history \
		assignment_migration assignments_at_once benchmarks billing_killed constraints \
		database_away deadlocks deployment feedback_migration hold_migration \
		logs_of_the_database migrations nginx restored_at_any_point restore_drill \
		retention_killed worker) \
	futuuri_site/settings databases repository

.PHONY: help run test test-next coverage mutate soak check lint types contracts \
	check-translations migrations translations drawing bench requirements screenshots clean

help: ## this list
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "make %-18s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

run: $(VENV)/.runtime ## sets up and runs site and worker on http://localhost:8000 (PORT=8001)
	$(BIN)/python manage.py run_development --port $(PORT)

test: $(VENV)/.testing ## all tests, or those of T=tests/…; also PYTEST_ARGS=…, DATABASE_URL=postgres://…
	$(BIN)/python -m pytest $(PYTEST_ARGS) $(T)

test-next: $(NEXT)/.testing ## the tests on the next Wagtail, without browser, of what stands on Wagtail
	$(NEXT)/bin/python -m pytest $(PYTEST_ARGS) -m "not browser and not soak" \
		$(if $(T),$(T),$(addprefix --ignore=tests/,$(BESIDE_WAGTAIL)))

coverage: $(VENV)/.testing ## the tests on SQLite without browser, and which branches none of them takes
	$(BIN)/python -m pytest -n auto -m "not browser and not soak" --cov --cov-report= --cov-fail-under=0
	$(BIN)/python -m tests.coverage_gate

mutate: $(VENV)/.testing ## changes the code that must not err, and tells what no test notices (M=register.access.*)
	$(BIN)/python -m tests.mutation $(M)

soak: $(VENV)/.testing ## the tests that take minutes
	$(BIN)/python -m pytest -m soak $(T)

check: $(VENV)/.testing ## all but the tests: lint, types, contracts, translations, migrations
	@$(MAKE) --no-print-directory -j2 -k -O lint types contracts check-translations migrations

lint: $(VENV)/.testing ## ruff and djhtml
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	git ls-files '*.html' | xargs $(BIN)/djhtml --check

types: $(VENV)/.testing ## mypy
	$(BIN)/mypy .

contracts: $(VENV)/.testing ## which package may import which
	$(BIN)/lint-imports

check-translations: $(VENV)/.testing ## whether every text of the code is translated
	$(BIN)/python manage.py update_translations --check

migrations: $(VENV)/.testing ## whether a migration is missing
	$(BIN)/python manage.py makemigrations --check --dry-run

# Needs gettext (xgettext, msgfmt); the compiled files are committed for machines without it.
translations: $(VENV)/.runtime ## brings the translations up to date with the texts of the code
	$(BIN)/python manage.py update_translations

drawing: $(VENV)/.testing ## draws floors and wings into docs/architecture.md
	$(BIN)/python -m docs.architecture

screenshots: $(VENV)/.testing ## makes the README's pictures again
	KEEP_SCREENSHOTS=1 $(BIN)/python -m pytest -n 0 tests/browser/test_screenshots.py

bench: $(VENV)/.testing ## the measurements, as ratios with a plot
	$(BIN)/python -m bench

requirements: $(VENV)/.testing ## pins what pyproject.toml asks for, with hashes
	sh tests/compile_requirements.sh $(BIN)/uv

clean: ## removes what these commands made, the development database included
	rm -rf $(VENV) $(NEXT) mutants var

$(VENV)/bin/python $(NEXT)/bin/python:
	@test -n "$(PYTHON)" || { echo "No working Python 3.11 to 3.13 with venv on the path:" \
		"install one (Debian: python3-venv), or name it: make run PYTHON=…" >&2; exit 1; }
	$(PYTHON) -m venv $(@D:/bin=)

$(VENV)/.runtime: requirements.txt | $(VENV)/bin/python
	$(BIN)/python $(PIP_INSTALL) $<
	touch $@

$(VENV)/.testing: tests/requirements.txt $(VENV)/.runtime
	$(BIN)/python $(PIP_INSTALL) $<
	touch $@

$(NEXT)/.testing: tests/requirements-next.txt | $(NEXT)/bin/python
	$(NEXT)/bin/python $(PIP_INSTALL) $<
	touch $@
