"""The retention run: what ended last year is erased in January (C44–C46, O4–O6).

It works batch by batch, each batch in one transaction. A run that is killed anywhere, run twice,
or run by two processes at once ends in the same state. The dry run is this same run with each
batch rolled back (R11).
"""

import time
from contextlib import AbstractContextManager
from datetime import date, datetime
from functools import partial
from typing import Any
from uuid import UUID

from django.db.models import F, QuerySet
from django.utils import timezone

from register.access.standing import SYSTEM
from register.db.bulk import Keys
from register.domain import statistics
from register.domain.access_log import restored, trusted_day
from register.domain.access_log.recording import name_subjects, record
from register.domain.billing import bookkeeping
from register.domain.erasure import engine, ledger
from register.domain.retention import due, forecast, listed, steps
from register.domain.retention.listed import Waiting
from register.domain.retention.night import (
    Night,
    do_step,
    in_transaction,
    log_failure,
    night_of,
)
from register.domain.retention.side_effects import NoSideEffects, RealSideEffects
from register.exceptions import LedgerUnavailable
from register.files import private
from register.files.locks import lock
from register.inventory.registry import inventory
from register.inventory.vocabulary import Purpose
from register.models import (
    BookkeepingRow,
    Client,
    ErasureList,
    RetentionRun,
    ServiceOrder,
)
from register.models.access_log import Action
from register.reference.clock import moment

# Clients in one transaction: big enough to be fast, small enough not to keep SQLite's writers
# waiting for long.
BATCH = 5_000
# A batch that has failed so often is taken client by client; a client that has failed so often
# alone is passed over until the next run, and counted in the run.
ATTEMPTS = 3
# So often a night a run that ended with a failure is tried again; then the next night's run is.
PASSES = 3


def apply(
    *, today: date, now: datetime, dry: bool = False, until: float | None = None
) -> RetentionRun:
    """Start the day's run, or resume it, and work until done.

    It erases what stands on a list that is in force, and puts on one what is due and stands on
    none (R14). In January it goes by the forecast; without one, it freezes one first.

    Args:
        now: the moment of the run, which says what is in force. A dry run for a later day looks
            ahead to five past midnight of that day, as if the lists until then were made.
        dry: count what would happen, and change nothing.
        until: stop between two batches after this `time.monotonic()`.

    Returns:
        The run; while its `finished_at` is None there is more to do, by calling this again. A run
        of which a step failed is not finished; `passes` tells how often it ended so.

    Raises DayInDoubt when the clock may have jumped: nobody is erased by surprise. NotTogether
    on a restored database.
    """
    if dry:
        run = _unfinished_or_new(today, now=now, dry=True)
        return _work(night_of(run, now=now, side_effects=NoSideEffects()), until=until)
    restored.require()
    trusted_day.require(last_written=ledger.last_day())
    with _machine_lock(until) as held:
        run = _unfinished_or_new(today, now=now, dry=False)
        side_effects = RealSideEffects()
        if not held:
            return run
        RetentionRun.objects.filter(pk=run.pk, waits=True).update(waits=False)
        if today.month == 1 and not listed.has_forecast(today.year):
            if not forecast.freeze(year=today.year, now=now, until=until):
                return run
            side_effects.tell(now)
        listed.freeze_lists_of_runs(now=now, but=run)
        return _work(night_of(run, now=now, side_effects=side_effects), until=until)


def wait(*, today: date, now: datetime) -> None:
    """Note that the day's run waits until somebody confirms the day."""
    run = _unfinished_or_new(today, now=now, dry=False)
    RetentionRun.objects.filter(pk=run.pk).update(waits=True)


def is_called_for(*, today: date, now: datetime) -> bool:
    """Whether there is something to erase that last night's run could not erase yet."""
    runs = RetentionRun.objects.filter(dry=False, started_at__lte=now)
    latest = runs.order_by("-started_at").first()
    if latest is None or (latest.is_unfinished and latest.passes >= PASSES):
        return False
    since = latest.started_at
    in_force = ErasureList.objects.in_force(now).filter(year=today.year, erases_at__gt=since)
    if latest.waits or in_force.exists():
        return True
    return since < listed.last_evening(today.year) <= now < moment(date(today.year, 2, 1))


def _machine_lock(until: float | None) -> AbstractContextManager[bool]:
    """Wait until no other process of this machine works on a real run; False when time is up.

    The transactions are safe without it. With it, two processes don't count each other's
    attempts as their own, which would pass over clients who never failed.
    """
    return lock(private.folder() / "retention.lock", until=until)


def _unfinished_or_new(today: date, *, now: datetime, dry: bool) -> RetentionRun:
    of_the_day = {"today": today, "dry": dry}
    unfinished = RetentionRun.objects.unfinished().filter(**of_the_day)
    return unfinished.first() or RetentionRun.objects.create(started_at=now, **of_the_day)


def _work(night: Night, *, until: float | None) -> RetentionRun:
    run = night.run
    RetentionRun.objects.filter(pk=run.pk).update(steps_failed=0)
    more = True
    while more:
        do_step(_confirm_erasures, night)
        if until is not None and time.monotonic() > until:
            return run
        try:
            more = _attempt_batch(night)
        except LedgerUnavailable as error:
            return _end_with_failure(run, error)
    steps.follow(night)
    if run.steps_failed:
        run.passes += 1
    else:
        run.finished_at = timezone.now()
    run.save()
    return run


def _end_with_failure(run: RetentionRun, error: Exception) -> RetentionRun:
    """Leave the run unfinished: without a ledger nobody is erased (R15)."""
    log_failure("ledger", error)
    run.refresh_from_db()
    run.steps_failed += 1
    run.passes += 1
    # The batch did not fail by itself, so its attempt does not count.
    run.attempts = 0
    run.save()
    return run


def _confirm_erasures(night: Night) -> None:
    if not night.run.dry:
        ledger.confirm_committed(night.side_effects.confirm)


# --- clients and their orders, batch by batch


def _attempt_batch(night: Night) -> bool:
    """Attempt the next batch once; return whether there may be more. LedgerUnavailable.

    The attempt is counted and committed before the work begins, so that a batch which kills the
    process is counted as well. The batch itself sets the count back to 0 when it succeeds.
    """
    run = night.run
    RetentionRun.objects.filter(pk=run.pk).update(attempts=F("attempts") + 1)
    run.refresh_from_db()
    if run.attempts > ATTEMPTS:
        _isolate_failure(run)
        return True
    try:
        return _process_batch(night)
    except LedgerUnavailable:
        raise
    except Exception as error:
        log_failure("batch", error)
        return True


def _isolate_failure(run: RetentionRun) -> None:
    """Make a failing batch smaller: from now on its clients are processed one by one.

    Where that is so already, the batch was one client: pass over that client.
    """
    keys = _next_candidates(run, BATCH)
    if run.one_by_one_until is None:
        run.one_by_one_until = keys[-1] if keys else None
    elif keys:
        run.clients_failed += 1
        _advance(run, keys[0])
    run.attempts = 0
    run.save()


def _process_batch(night: Night) -> bool:
    """Erase, hold or defer the next clients in one transaction. False when there are none left."""
    return in_transaction(night.run, partial(_process_next_clients, night))


def _process_next_clients(night: Night) -> bool:
    run = night.run
    run.attempts = 0
    keys = _next_candidates(run, BATCH if run.one_by_one_until is None else 1)
    if not keys and run.without_orders:
        return False
    if keys:
        decision = due.decide(keys, today=run.today)
        _wait(listed.set_aside(decision, lists=night.lists), night)
        _carry_out(decision, night)
        run.clients_erased += len(decision.clients)
        run.orders_erased += len(decision.orders)
        run.clients_held += len(decision.held)
        run.clients_deferred += len(decision.deferred)
        _advance(run, keys[-1])
    else:
        # All clients with orders are processed. Those without any follow, from the first key on.
        run.without_orders, run.cursor = True, None
    return True


def _next_candidates(run: RetentionRun, limit: int) -> list[UUID]:
    return due.candidates(
        today=run.today, after=run.cursor, limit=limit, without_orders=run.without_orders
    )


def _advance(run: RetentionRun, cursor: UUID) -> None:
    """Note how far the run has come, and whether a failing batch lies behind it."""
    run.cursor = cursor
    if run.one_by_one_until is not None and cursor >= run.one_by_one_until:
        run.one_by_one_until = None


def _wait(waiting: Waiting, night: Night) -> None:
    """Count what may not be erased yet; what stands on no list gets onto one (R14)."""
    if waiting:
        night.list_anew(ServiceOrder._base_manager.filter(pk__in=Keys(waiting.orders)))
        night.list_anew(Client._base_manager.filter(pk__in=Keys(waiting.clients)))
        night.run.orders_waiting += len(waiting.orders)
        night.run.clients_waiting += len(waiting.clients)


def _carry_out(decision: due.Decision, night: Night) -> None:
    """Restrict what a hold keeps past its erasure date (R07), and erase the rest that is due."""
    run, today = night.run, night.run.today
    for rows, keys in (
        (ServiceOrder.objects.unrestricted(), decision.restricted_orders),
        (Client.objects.unrestricted(), decision.restricted_clients),
    ):
        if keys:
            _restrict(rows.filter(pk__in=Keys(keys)), run=run)
    if not decision.orders and not decision.clients:
        return
    orders = ServiceOrder.objects.filter(pk__in=Keys(decision.orders))
    # What is erased unbilled becomes a row that the next export takes (R08).
    if bookkeeping.enter(orders, batch=None, today=today):
        entered = BookkeepingRow.objects.filter(order__in=Keys(decision.orders), batch=None)
        night.side_effects.list_entered(entered, today)
    statistics.tally(orders)
    engine.erase(
        orders=decision.orders,
        clients=decision.clients,
        today=today,
        view="retention",
        announce=night.side_effects.announce,
        run=run.pk,
    )


def _restrict(rows: QuerySet[Any], *, run: RetentionRun) -> None:
    """Hide the rows from counsellors, and log whose they are: once, by the first run that does."""
    count = rows.count()
    if not count:
        return
    entry = record(
        by=SYSTEM,
        action=Action.RESTRICT,
        purpose=Purpose.RIGHTS,
        model=rows.model,
        view="retention",
        count=count,
        details={"run": str(run.pk)},
    )
    name_subjects(entry, rows=rows, client=inventory[rows.model._meta.label].client_path)
    rows.update(restricted_on=run.today)
