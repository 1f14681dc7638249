"""The counsellor's client list at 1,000,000 clients, against the same page at 1,000.

`DATABASE_URL=postgres://… python -m bench.client_list [--clients N]` asks the real admin address,
with its object permissions and its log of use, as a counsellor with 1,000 assigned clients and as
one with 100,000. It writes `bench/results/client_list.json`, and fails when a page takes more
than twice as long or the number of queries is not constant.
"""

import argparse
import json
import os
import statistics
import sys
import time
from pathlib import Path

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "futuuri_site.settings.test")
django.setup()

from django.contrib.auth.models import User  # noqa: E402
from django.db import connection  # noqa: E402
from django.test import Client as Browser  # noqa: E402
from django.test.utils import CaptureQueriesContext, setup_test_environment  # noqa: E402
from django.urls import reverse  # noqa: E402

from bench import population  # noqa: E402

RESULTS = Path(__file__).parent / "results" / "client_list.json"
BOUND = 2.0
PAGES = {"first": "", "fifth": "?p=5"}
REPEATS = 25


def page(user: User, query: str) -> dict[str, float]:
    """Return the median milliseconds and the number of queries of one page of the list."""
    browser = Browser()
    browser.force_login(user)
    address = reverse("asiakkaat_modeladmin_index") + query
    seconds = []
    for _ in range(REPEATS):
        start = time.perf_counter()
        response = browser.get(address)
        seconds.append(time.perf_counter() - start)
        if response.status_code != 200 or len(response.context["object_list"]) == 0:
            raise RuntimeError(f"no list: status {response.status_code}")
    with CaptureQueriesContext(connection) as queries:
        response = browser.get(address)
    return {
        "milliseconds": round(statistics.median(seconds) * 1000, 1),
        "queries": len(queries),
        "sql_milliseconds": round(sum(float(q["time"]) for q in queries) * 1000, 1),
        "count": response.context["paginator"].count_label,
    }


def measure(clients: int, *assigned: int) -> dict[int, dict[str, dict[str, float]]]:
    """Return the pages of one counsellor for each number of assigned clients."""
    with population.scratch_database():
        population.populate(clients=clients, notes=0)
        users = {}
        for number in assigned:
            users[number] = population.counsellor(f"counsellor{number}").user
            population.assign(users[number], clients=number)
        return {
            number: {name: page(user, query) for name, query in PAGES.items()}
            for number, user in users.items()
        }


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--clients", type=int, default=1_000_000)
    clients = parser.parse_args().clients
    setup_test_environment()
    small = measure(1000, 1000)[1000]
    large = measure(clients, 1000, 100_000)
    ratios = {
        f"{name} page, {number} assigned": round(
            pages[name]["milliseconds"] / small[name]["milliseconds"], 2
        )
        for number, pages in large.items()
        for name in PAGES
    }
    counts = {p["queries"] for pages in (small, *large.values()) for p in pages.values()}
    figures = {
        "clients": clients,
        "at_1000": small,
        "at_many": large,
        "ratios": ratios,
        "bound": BOUND,
        "queries": sorted(counts),
    }
    RESULTS.parent.mkdir(exist_ok=True)
    RESULTS.write_text(json.dumps(figures, indent=2) + "\n")
    print(json.dumps(figures, indent=2))
    return 0 if max(ratios.values()) <= BOUND and len(counts) == 1 else 1


if __name__ == "__main__":
    sys.exit(main())
