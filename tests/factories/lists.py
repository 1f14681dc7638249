"""Retention runs of a day, whose lists were frozen the evening before (R14)."""

from datetime import date, datetime, time, timedelta

from django.db import transaction

from register.domain.erasure import engine
from register.domain.retention import due, forecast, listed, runs
from register.domain.retention.night import STARTS_AT
from register.models import Client, ErasureList, RetentionRun
from register.models.retention import ListKind
from register.reference.clock import moment


def night_of(day: date) -> datetime:
    """The moment at which the day's run begins."""
    return moment(day, STARTS_AT)


def list_of_last_evening(day: date) -> None:
    """Freeze what the day's run will find due: the forecast in January, and a list as a run's."""
    evening = moment(day - timedelta(days=1), time(20, 5))
    if day.month == 1:
        forecast.freeze(year=day.year, now=moment(date(day.year - 1, 12, 31), time(20, 5)))
    last_evening = ErasureList.objects.create(
        kind=ListKind.EVENING,
        year=day.year,
        due_on=day,
        begun_on=evening.date(),
        erases_at=moment(day),
        frozen_at=evening,
    )
    with transaction.atomic():
        decision = due.decide(list(Client.objects.values_list("pk", flat=True)), today=day)
    listed.put_keys(orders=decision.orders, clients=decision.clients, on=last_evening)
    listed.put(engine.due_feedback(today=day), on=last_evening)
    listed.put(engine.due_vouchers(today=day), on=last_evening)


def run_on(day: date, *, dry: bool = False, until: float | None = None) -> RetentionRun:
    """Do the day's run, after the list of the evening before."""
    list_of_last_evening(day)
    return runs.apply(today=day, now=night_of(day), dry=dry, until=until)
