"""Every way in which a database refuses a person's data, each with a name of its own to look for.

Run as a script it tries them all, and writes which error each one met and which settings of the
server the register takes for telling.
"""

import json
import sys
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

from django.db import connection, connections, transaction
from django.db.models import F, FloatField, Func, Value


def marker(way: str) -> str:
    """Return the name of whoever the way is tried with."""
    return f"Salainen-{way}"


@contextmanager
def limited(setting: str, milliseconds: int) -> Iterator[None]:
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(f"SET LOCAL {setting} = {milliseconds}")
        yield


class Sleep(Func):
    """`pg_sleep`, which returns nothing."""

    function = "pg_sleep"
    template = "(%(function)s(%(expressions)s) IS NULL)"
    output_field = FloatField()


def client(way: str) -> Any:
    from tests.factories import ClientFactory

    return ClientFactory(name=marker(way), email=f"{way}@example.org")


def check() -> None:
    row = client("check")
    type(row).objects.filter(name=row.name).update(birth_year=1800)


def missing() -> None:
    row = client("missing")
    type(row).objects.filter(name=row.name).update(created_on=None)


def unique() -> None:
    from register.models import Service

    for _ in range(2):
        Service.objects.create(name=marker("unique"))


def too_long() -> None:
    row = client("too-long")
    type(row).objects.filter(name=row.name).update(home_municipality="too long")


def cancelled() -> None:
    row = client("cancelled")
    with limited("statement_timeout", 100):
        list(type(row).objects.filter(name=row.name).annotate(slept=Sleep(Value(5.0))))


def locked_out() -> None:
    """A wait for a lock, which the server writes of by itself, and the end of that wait."""
    row = client("locked-out")
    rows = type(row).objects.filter(name=row.name)

    def wait() -> None:
        try:
            with limited("lock_timeout", 1500):
                rows.update(home_municipality="091")
        except Exception as error:
            raised.append(error)
        finally:
            connections.close_all()

    raised: list[Exception] = []
    with transaction.atomic():
        rows.update(birth_year=1970)
        waiting = threading.Thread(target=wait)
        waiting.start()
        waiting.join()
    for error in raised:
        raise error


def deadlock() -> None:
    one, other = client("deadlock"), client("deadlock")
    rows = type(one).objects.filter(name=one.name)
    together = threading.Barrier(2)
    raised: list[Exception] = []

    def turn(first: Any, second: Any) -> None:
        try:
            with transaction.atomic():
                rows.filter(pk=first.pk).update(birth_year=F("birth_year") + 1)
                together.wait()
                rows.filter(pk=second.pk).update(birth_year=F("birth_year") + 1)
        except Exception as error:
            raised.append(error)
        finally:
            connections.close_all()

    threads = [threading.Thread(target=turn, args=pair) for pair in ((one, other), (other, one))]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    for error in raised:
        raise error


def copied() -> None:
    """As pg_restore does with a damaged dump."""
    table = "COPY register_service (name, price) FROM STDIN"
    with connection.cursor() as cursor, cursor.copy(table) as copy:
        copy.write(f"{marker('copied')}\t{marker('copied')}\n")


def by_hand() -> None:
    """As an administrator does in psql."""
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT '{marker('by-hand')}'::integer")


def ended() -> None:
    """A connection that the administrator ends in the midst of a statement."""
    row = client("ended")
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_backend_pid()")
        pid = cursor.fetchone()[0]

    def end() -> None:
        with connection.cursor() as cursor:
            cursor.execute(f"SELECT pg_sleep(0.5), pg_terminate_backend({pid})")
        connections.close_all()

    ending = threading.Thread(target=end)
    ending.start()
    try:
        list(type(row).objects.filter(name=row.name).annotate(slept=Sleep(Value(5.0))))
    finally:
        ending.join()
        connection.close()


WAYS: dict[str, Callable[[], None]] = {
    each.__name__.replace("_", "-"): each
    for each in (
        check,
        missing,
        unique,
        too_long,
        cancelled,
        locked_out,
        deadlock,
        copied,
        by_hand,
        ended,
    )
}


def in_web(request: Any, way: str) -> Any:
    """A view that fails in this way; what it raises goes all the way up."""
    WAYS[way]()


def in_worker(way: str) -> dict[str, int]:
    """A task, guarded as all of the register are."""
    from register.tasks.guard import guarded

    @guarded
    def work() -> dict[str, int]:
        WAYS[way]()
        return {}

    return work()


def in_worker_unguarded(way: str) -> None:
    """A task of somebody else, whose error django-q2 itself tells of."""
    WAYS[way]()


def main() -> None:
    import django

    django.setup()
    met = {}
    for way, attempt in WAYS.items():
        try:
            attempt()
        except Exception as error:
            met[way] = type(error.__cause__ or error).__name__
    from register.domain.operations.database_log import telling

    json.dump({"met": met, "telling": telling()}, sys.stdout)


if __name__ == "__main__":
    main()
