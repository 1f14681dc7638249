"""The forecast: who is due in January, frozen on the evening of 31 December (R14).

The run of January erases nobody who is not on it. The engine's own predicate says who is due, on
the last day of January, so that those who wait for billing are on it too.
"""

import time
from datetime import date, datetime

from register.db import retry
from register.domain.erasure import engine
from register.domain.retention import due, listed
from register.models import ErasureList
from register.models.retention import ListKind
from register.reference.clock import local

# Clients in one transaction, as in a run.
BATCH = 5_000


def is_day(today: date) -> bool:
    """Whether the forecast is frozen on this day."""
    return (today.month, today.day) == (12, 31)


def freeze(*, year: int, now: datetime, until: float | None = None) -> bool:
    """Put on the forecast who is due in January of the year; return whether it is complete.

    A forecast that is complete stays as it is. One that was begun on another day is begun anew.
    Killed anywhere, it is completed by calling this again.

    Args:
        until: stop between two batches after this `time.monotonic()`.
    """
    begun_on = local(now).date()
    found, _created = ErasureList.objects.get_or_create(
        kind=ListKind.FORECAST,
        year=year,
        defaults={
            "due_on": date(year, 1, due.LAST_DAY),
            "begun_on": begun_on,
            "erases_at": listed.erases_at(now=now, year=year, has_forecast=False),
        },
    )
    if found.frozen_at is None and found.begun_on != begun_on:
        _save(found, begun_on=begun_on, cursor=None, without_orders=False)
    while retry.in_transaction(lambda: _put_next(found, now=now)):
        if until is not None and time.monotonic() > until:
            return False
    return True


def _put_next(forecast: ErasureList, *, now: datetime) -> bool:
    """Put the next clients on it, and at last the rest; return whether there may be more."""
    forecast.refresh_from_db(from_queryset=ErasureList.objects.select_for_update())
    if forecast.frozen_at is not None:
        return False
    day, cursor = forecast.due_on, forecast.cursor
    keys = due.candidates(
        today=day, after=cursor, limit=BATCH, without_orders=forecast.without_orders
    )
    if keys:
        decision = due.decide(keys, today=day)
        listed.put_keys(orders=decision.orders, clients=decision.clients, on=forecast)
        _save(forecast, cursor=keys[-1])
    elif not forecast.without_orders:
        _save(forecast, cursor=None, without_orders=True)
    else:
        listed.put(engine.due_feedback(today=day), on=forecast)
        listed.put(engine.due_vouchers(today=day), on=forecast)
        moment = listed.erases_at(now=now, year=forecast.year, has_forecast=False)
        _save(forecast, frozen_at=now, erases_at=moment)
        return False
    return True


def _save(forecast: ErasureList, **values: object) -> None:
    ErasureList.objects.filter(pk=forecast.pk).update(**values)
