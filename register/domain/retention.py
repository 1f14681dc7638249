"""The retention run: what ended last year leaves in January (C44–C46, O4–O6).

Batch by batch, each in one transaction: kill it anywhere, run it twice or twice at once, and
the end is the same. The dry run is this run with each batch rolled back.
"""

import fcntl
import logging
import os
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from uuid import UUID

from django.db import connection, transaction
from django.db.models import F
from django.utils import timezone

from register.conf import register_settings
from register.enums import BatchState
from register.models import Client, ExportBatch, RetentionRun, ServiceOrder
from register.models.set_based import Keys

from . import bookkeeping, due, erasure, ledger, statistics
from .outside import NothingOutside, Outside, RealOutside

logger = logging.getLogger(__name__)

# Clients in one transaction: big enough to be fast, small enough not to keep SQLite's writers
# waiting for long.
BATCH = 5_000
# After so many attempts without progress a batch is taken client by client, and a client alone
# is passed over until the next run, counted in the run.
ATTEMPTS = 3
LOCK_POLL = 0.2  # seconds


def apply(*, today: date, dry: bool = False, until: float | None = None) -> RetentionRun:
    """Start the day's run, or resume it, and work until done.

    Args:
        dry: count what would happen, and change nothing.
        until: stop between two batches after this `time.monotonic()`.

    Returns:
        The run; while its `finished_at` is None there is more to do, by calling this again.
    """
    if dry:
        return _work(today=today, until=until, outside=NothingOutside(), dry=True)
    with _alone(until) as alone:
        if not alone:
            return _current(today=today, dry=False)
        return _work(today=today, until=until, outside=RealOutside(), dry=False)


def _work(*, today: date, until: float | None, outside: Outside, dry: bool) -> RetentionRun:
    run = _current(today=today, dry=dry)
    more = True
    while more:
        _guarded(run, _flush, outside)
        if until is not None and time.monotonic() > until:
            return run
        more = _attempt(run)
    for step in (_feedback, _vouchers, _emails, _files, _publish):
        _guarded(run, step, outside)
    run.finished_at = timezone.now()
    run.save()
    return run


def _current(*, today: date, dry: bool) -> RetentionRun:
    unfinished = RetentionRun.objects.filter(today=today, dry=dry, finished_at=None)
    return unfinished.first() or RetentionRun.objects.create(today=today, dry=dry)


def _attempt(run: RetentionRun) -> bool:
    """Try the next batch once; return whether there may be more.

    The attempt is counted, and that committed, before the work: a batch that kills the process
    is counted as well.
    """
    RetentionRun.objects.filter(pk=run.pk).update(attempts=F("attempts") + 1)
    run.refresh_from_db()
    if run.attempts > ATTEMPTS:
        _step_back(run)
        return True
    try:
        return _batch(run)
    except Exception as error:
        _report("batch", error)
        return True


def _step_back(run: RetentionRun) -> None:
    """Take the clients of a failing batch one by one; pass over the one that fails alone."""
    keys = _next(run, BATCH)
    if run.one_by_one_until is None:
        run.one_by_one_until = keys[-1] if keys else None
    elif keys:
        run.clients_failed += 1
        _move_on(run, keys[0])
    run.attempts = 0
    run.save()


def _batch(run: RetentionRun) -> bool:
    """Erase, hold or defer the next clients in one transaction. Return whether there were any."""
    with _kept(run):
        # Whoever waits here for another process goes on after the batch that one has done.
        run.refresh_from_db(from_queryset=RetentionRun.objects.select_for_update())
        size = BATCH if run.one_by_one_until is None else 1
        keys = _next(run, size)
        more = bool(keys) or not run.without_orders
        if keys:
            decision = due.decide(keys, today=run.today)
            _carry_out(decision, today=run.today)
            run.clients_erased += len(decision.clients)
            run.orders_erased += len(decision.orders)
            run.clients_held += len(decision.held)
            run.clients_deferred += len(decision.deferred)
            _move_on(run, keys[-1])
        else:
            # Those with orders are through: once more from the beginning, for those without.
            run.without_orders, run.cursor = True, None
        run.attempts = 0
    return more


def _next(run: RetentionRun, limit: int) -> list[UUID]:
    return due.candidates(
        today=run.today, after=run.cursor, limit=limit, without_orders=run.without_orders
    )


def _carry_out(decision: due.Decision, *, today: date) -> None:
    for rows, keys in (
        (ServiceOrder.objects.unrestricted(), decision.restricted_orders),
        (Client.objects.unrestricted(), decision.restricted_clients),
    ):
        if keys:
            rows.filter(pk__in=Keys(keys)).update(restricted_on=today)
    if not decision.orders and not decision.clients:
        return
    going = ServiceOrder.objects.filter(pk__in=Keys(decision.orders))
    if not due.may_defer(today):
        bookkeeping.enter(going, batch=None, today=today)
    statistics.tally(going)
    erasure.erase(orders=decision.orders, clients=decision.clients, today=today, view="retention")


def _move_on(run: RetentionRun, cursor: UUID) -> None:
    run.cursor = cursor
    if run.one_by_one_until is not None and cursor >= run.one_by_one_until:
        run.one_by_one_until = None


@contextmanager
def _kept(run: RetentionRun) -> Iterator[None]:
    """One transaction of work and run together; in a dry run the work is rolled back."""
    with transaction.atomic():
        yield
        if run.dry:
            # What a commit would refuse is refused here too.
            connection.check_constraints()
            transaction.set_rollback(True)
        else:
            run.save()
    if run.dry:
        run.save()


def _guarded(
    run: RetentionRun, step: Callable[[RetentionRun, Outside], None], outside: Outside
) -> None:
    """Do one step; where it fails the others are done all the same, and the run says so."""
    try:
        step(run, outside)
    except Exception as error:
        _report("step", error)
        RetentionRun.objects.filter(pk=run.pk).update(steps_failed=F("steps_failed") + 1)
        run.refresh_from_db()


def _report(what: str, error: Exception) -> None:
    """Log the kind of error only: its text can carry a row's values."""
    logger.error("A retention %s failed (%s).", what, type(error).__name__)


def _flush(run: RetentionRun, outside: Outside) -> None:
    if not run.dry:
        ledger.flush(outside.append_to_ledger)


def _feedback(run: RetentionRun, outside: Outside) -> None:
    for keys in erasure.expired_feedback(before=due.new_year(run.today)):
        with _kept(run):
            run.feedback_erased += erasure.erase_feedback(keys)


def _vouchers(run: RetentionRun, outside: Outside) -> None:
    for keys in erasure.expired_vouchers(today=run.today):
        with _kept(run):
            run.vouchers_erased += erasure.erase_vouchers(keys)


def _emails(run: RetentionRun, outside: Outside) -> None:
    with _kept(run):
        erasure.blank_exported_emails()


def _files(run: RetentionRun, outside: Outside) -> None:
    for batch in due.stale_batches(today=run.today):
        # The file first: killed in between, the next run removes what is no longer there.
        outside.remove_export_file(batch.pk)
        with _kept(run):
            ExportBatch.objects.filter(pk=batch.pk).update(state=BatchState.EXPIRED)
            run.files_removed += 1


def _publish(run: RetentionRun, outside: Outside) -> None:
    with _kept(run):
        statistics.publish(today=run.today)


@contextmanager
def _alone(until: float | None) -> Iterator[bool]:
    """Wait until no other process of this machine works on a real run; False when time is up.

    The lock goes with the process, however it ends. It only keeps two from counting each other's
    attempts: the transactions are safe without it.
    """
    folder = Path(register_settings.PRIVATE_DIR)
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    descriptor = os.open(folder / "retention.lock", os.O_RDWR | os.O_CREAT, 0o600)
    try:
        alone = False
        while not alone and (until is None or time.monotonic() <= until):
            try:
                fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
                alone = True
            except BlockingIOError:
                time.sleep(LOCK_POLL)
        yield alone
    finally:
        os.close(descriptor)
