"""Retention of 400,000 of 1,000,000 clients on PostgreSQL, against the deletes in raw SQL.

`DATABASE_URL=postgres://… python -m bench.retention [--clients N]` makes a database of its own
beside the named one, writes `bench/results/retention.json`, and fails when the engine takes more
than three times the raw deletes, or its memory grows. Both work on copies of one population.
"""

import argparse
import json
import os
import resource
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from datetime import time as time_of_day
from pathlib import Path

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "futuuri_site.settings.test")
django.setup()

from django.conf import settings  # noqa: E402
from django.db import connection, transaction  # noqa: E402

from bench import population  # noqa: E402
from register.domain.retention import forecast, runs  # noqa: E402
from register.domain.retention.night import STARTS_AT  # noqa: E402
from register.models import Client, ErasureRecord, Note, ServiceOrder  # noqa: E402
from register.reference.clock import moment  # noqa: E402

TODAY = date(2027, 1, 1)
EVENING = time_of_day(20, 5)
RESULTS = Path(__file__).parent / "results" / "retention.json"
BOUND_RATIO = 3.0
BOUND_GROWTH = 40.0  # MB, whatever the number of clients

# What a careful administrator would type: who is due, then notes before orders before clients.
RAW = (
    """CREATE TEMPORARY TABLE due AS
        SELECT o.id AS ordered, o.client_id AS client FROM register_serviceorder o
        WHERE coalesce(o.cancelled_on, o.actual_end, greatest(o.planned_end, (
            SELECT max(n.met_on) FROM register_note n
            WHERE n.order_id = o.id AND n.kind <> 'no_show'))) < '2027-01-01'
        AND NOT EXISTS (SELECT FROM register_hold h WHERE h.client_id = o.client_id)""",
    "ANALYZE due",
    "DELETE FROM register_note n USING due WHERE n.order_id = due.ordered",
    "DELETE FROM register_serviceorder o USING due WHERE o.id = due.ordered",
    "DELETE FROM register_assignment a USING due WHERE a.content_object_id = due.client",
    "DELETE FROM register_hold h USING due WHERE h.client_id = due.client",
    "DELETE FROM register_likelyduplicate d USING due WHERE d.client_id = due.client",
    "DELETE FROM register_likelyduplicate d USING due WHERE d.other_id = due.client",
    "DELETE FROM register_client c USING due WHERE c.id = due.client",
)


def main() -> int:
    parser = argparse.ArgumentParser()
    parser.add_argument("--clients", type=int, default=1_000_000)
    clients = parser.parse_args().clients
    due = clients * 2 // 5
    with population.scratch_database(), tempfile.TemporaryDirectory() as private:
        settings.REGISTER = settings.REGISTER | {"PRIVATE_DIR": Path(private)}
        server = server_settings()
        with timed("population"):
            population.populate(clients=clients, ended=due)
        with population.copy_of_database(), timed("raw deletes") as raw:
            delete_in_raw_sql()
            assert Client.objects.count() == clients - due
        with population.copy_of_database():
            connection.ensure_connection()
            before = memory()
            # On the evening before, as it is done: apart from the run.
            with timed("forecast") as frozen:
                forecast.freeze(year=TODAY.year, now=moment(date(2026, 12, 31), EVENING))
            with timed("engine") as engine:
                run = runs.apply(today=TODAY, now=moment(TODAY, STARTS_AT))
            growth = peak_memory() - before
            check(run.clients_erased, due, clients)
    ratio = engine[0] / raw[0]
    result = {
        "clients": clients,
        "erased": due,
        "server": server,
        "raw_seconds": round(raw[0], 2),
        "forecast_seconds": round(frozen[0], 2),
        "engine_seconds": round(engine[0], 2),
        "ratio": round(ratio, 2),
        "bound": BOUND_RATIO,
        "memory_growth_mb": round(growth, 1),
        "memory_bound_mb": BOUND_GROWTH,
    }
    RESULTS.parent.mkdir(exist_ok=True)
    RESULTS.write_text(json.dumps(result, indent=2) + "\n")
    print(json.dumps(result, indent=2))
    return 0 if ratio <= BOUND_RATIO and growth <= BOUND_GROWTH else 1


def server_settings() -> dict[str, str]:
    """The two settings of the server on which such figures depend most."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT name, current_setting(name) FROM pg_settings"
            " WHERE name IN ('shared_buffers', 'max_wal_size')"
        )
        return dict(cursor.fetchall())


def delete_in_raw_sql() -> None:
    with transaction.atomic(), connection.cursor() as cursor:
        for statement in RAW:
            cursor.execute(statement)


def check(erased: int, due: int, clients: int) -> None:
    """A fast engine that forgets something is no engine."""
    assert erased == due
    assert Client.objects.count() == ServiceOrder.objects.count() == clients - due
    assert Note.objects.count() == 2 * (clients - due)
    assert ErasureRecord.objects.filter(erasure__in_ledger=True).count() == 2 * due


@contextmanager
def timed(what: str) -> Iterator[list[float]]:
    seconds: list[float] = []
    start = time.perf_counter()
    yield seconds
    seconds.append(time.perf_counter() - start)
    print(f"{what}: {seconds[0]:.1f} s", flush=True)


def memory() -> float:
    """Resident memory now, in MB."""
    pages = int(Path("/proc/self/statm").read_text().split()[1])
    return pages * resource.getpagesize() / 1e6


def peak_memory() -> float:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024 / 1e6


if __name__ == "__main__":
    sys.exit(main())
