"""The benchmarks still run: at a small size, whose figures mean nothing."""

import json
import os
import subprocess
import sys

import pytest
from django.conf import settings
from django.db import connection

from tests.databases import end_sessions
from tests.integration.processes import database_url

pytestmark = pytest.mark.skipif(
    connection.vendor != "postgresql", reason="the benchmarks measure PostgreSQL"
)

RUN = """
import sys
from pathlib import Path
from bench import {name} as benchmark, population
# A copy of the test's database is quicker than one made by migrations.
population.scratch_database = population.copy_of_database
benchmark.RESULTS, benchmark.REPEATS = Path(sys.argv.pop()), 1
sys.exit(benchmark.main())
"""

# It makes databases of its own, on SQLite as well.
RUN_DAY = """
import sys
from pathlib import Path
from bench import working_day as benchmark
benchmark.RESULTS, benchmark.REPEATS = Path(sys.argv.pop()), 2
sys.exit(benchmark.main())
"""


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize(
    ("name", "size"),
    [("billing", "--rows"), ("client_list", "--clients"), ("retention", "--clients")],
)
def test_it_runs_to_its_end(name, size, tmp_path):
    # PostgreSQL copies a database that nobody is using; earlier tests may have left a session.
    end_sessions()
    run(RUN.format(name=name), size, tmp_path / "results.json")


def test_a_working_day_is_measured_on_both_databases(tmp_path):
    results = tmp_path / "results.json"
    run(RUN_DAY, "--clients", results)
    figures = json.loads(results.read_text())
    assert figures["sqlite"].keys() == figures["postgresql"].keys() == figures["ratios"].keys()


def run(code, size, results):
    done = subprocess.run(
        [sys.executable, "-c", code, size, "200", results],
        cwd=settings.BASE_DIR,
        env=os.environ | {"DATABASE_URL": database_url()},
        capture_output=True,
        text=True,
    )
    assert results.exists(), done.stderr
    assert json.loads(results.read_text())
