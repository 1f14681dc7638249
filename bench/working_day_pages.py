"""What `bench.working_day` runs in a process for each database: a register, a worker, the pages."""

import itertools
import json
import os
import signal
import statistics
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path
from typing import Any

import django

django.setup()

from django.contrib.auth.models import User  # noqa: E402
from django.core.management import call_command  # noqa: E402
from django.db import connection  # noqa: E402
from django.test import Client as Browser  # noqa: E402
from django.urls import reverse  # noqa: E402
from django_q.models import OrmQ  # noqa: E402
from django_q.tasks import async_task  # noqa: E402

from bench import population  # noqa: E402
from register.models import Assignment, Client, Note, Office, Service, ServiceOrder  # noqa: E402
from register.reference.clock import today  # noqa: E402
from register.wagtail_admin.base.screens import address  # noqa: E402

OWN = 300  # as many as a counsellor may have
TASKS = ("seal_log", "mend_keys", "verify_log")
FIRST = ("Aada", "Eero", "Helmi", "Onni", "Siiri", "Väinö", "Lyyti", "Åke", "Tuisku", "Ilta")
LAST = ("Esimerkki", "Keksitty", "Kuviteltu", "Mallinen", "Näytelmä", "Satunen", "Tarina")


def populate(clients: int) -> tuple[User, User]:
    """Make the register. Return a counsellor of `OWN` clients, and one who has all of them."""
    members = [population.counsellor(name) for name in ("usual", "all")]
    service, office = (Service.objects.create(name="Uraohjaus"), Office.objects.create(name="V"))
    day, view = today(), population.view_permission()
    names = itertools.cycle(itertools.product(FIRST, LAST))
    rows = [
        Client(
            name=" ".join(next(names)),
            email=f"asiakas{number}@example.org",
            phone="+358401234567",
            home_municipality="092",
            birth_year=1980,
        )
        for number in range(clients)
    ]
    Client.objects.bulk_create(rows, batch_size=500)
    orders = [
        ServiceOrder(
            client=client,
            service=service,
            office=office,
            manner="remote",
            counsellor=members[1],
            starts_on=day - timedelta(days=400),
            planned_end=day + timedelta(days=number % 500 - 60),
            price=0,
        )
        for number, client in enumerate(rows)
    ]
    ServiceOrder.objects.bulk_create(orders, batch_size=500)
    written: dict[str, Any] = {
        "author": members[1],
        "basis": "arose_in_delivery",
        "met_on": day,
        "text": "Keksitty.",
    }
    notes = [Note(order=order, **written) for order in orders[::2]]
    Note.objects.bulk_create(notes, batch_size=500)
    for member, own in ((members[0], rows[:OWN]), (members[1], rows)):
        Assignment.objects.bulk_create(
            [
                Assignment(
                    user_id=member.user_id, permission=view, content_object=client, valid_from=day
                )
                for client in own
            ],
            batch_size=500,
        )
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")
    return members[0].user, members[1].user


@contextmanager
def busy_worker() -> Iterator[None]:
    """A worker of its own, whose queue is kept filled with tasks that read and write."""
    order = [sys.executable, "manage.py", "supervise_worker"]
    worker = subprocess.Popen(order, stdout=subprocess.DEVNULL, start_new_session=True)
    over = threading.Event()

    def fill() -> None:
        for name in itertools.cycle(TASKS):
            if over.wait(0.05):
                connection.close()
                return
            if OrmQ.objects.count() < 10:
                async_task(f"register.tasks.entry.{name}")

    filling = threading.Thread(target=fill)
    filling.start()
    try:
        yield
    finally:
        over.set()
        filling.join()
        os.killpg(worker.pid, signal.SIGTERM)
        worker.wait(timeout=60)


def pages_of(user: User) -> dict[str, Callable[[], Any]]:
    """Return what the counsellor does, by name."""
    browser = Browser(headers={"host": "localhost"})
    browser.force_login(user)
    listed = address(Client, "index")
    key = Client.objects.assigned_to(user, on=today()).values_list("pk", flat=True)[0]
    return {
        "home": lambda: browser.get(reverse("wagtailadmin_home")),
        "list": lambda: browser.get(listed),
        "card": lambda: browser.get(address(Client, "inspect", key)),
        "search": lambda: browser.post(listed, {"q": "siiri mal"}, follow=True),
    }


def time_of(act: Callable[[], Any], repeats: int) -> dict[str, float]:
    """Return median and 95th percentile, in milliseconds, of so many answers."""
    seconds = []
    for _time in range(repeats):
        start = time.perf_counter()
        answer = act()
        seconds.append(time.perf_counter() - start)
        if answer.status_code != 200:
            raise RuntimeError(f"status {answer.status_code}")
    return {
        "median": round(statistics.median(seconds) * 1000, 1),
        "p95": round(statistics.quantiles(seconds, n=20)[-1] * 1000, 1),
    }


def main(clients: int, repeats: int, found: Path) -> None:
    call_command("migrate", verbosity=0)
    counsellors = dict(zip((f"{OWN} own", "all own"), populate(clients), strict=True))
    figures = {}
    with busy_worker():
        for whose, user in counsellors.items():
            for name, act in pages_of(user).items():
                act()  # the first one loads what later ones have
                figures[f"{name}, {whose}"] = time_of(act, repeats)
    found.write_text(json.dumps(figures))


if __name__ == "__main__":
    main(int(sys.argv[1]), int(sys.argv[2]), Path(sys.argv[3]))
