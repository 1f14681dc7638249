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


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize(
    ("name", "size"),
    [
        ("billing", "--rows"),
        ("client_list", "--clients"),
        ("retention", "--clients"),
        ("working_day", "--clients"),
    ],
)
def test_it_runs_to_its_end(name, size, tmp_path):
    results = tmp_path / "results.json"
    # PostgreSQL copies a database that nobody is using; earlier tests may have left a session.
    end_sessions()
    done = subprocess.run(
        [sys.executable, "-c", RUN.format(name=name), size, "200", results],
        cwd=settings.BASE_DIR,
        env=os.environ | {"DATABASE_URL": database_url()},
        capture_output=True,
        text=True,
    )
    assert results.exists(), done.stderr
    assert json.loads(results.read_text())
