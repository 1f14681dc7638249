"""What a retention run does when all clients are processed, step by step.

The failure of one step stops no other; the run is not finished then, and tried again.
"""

from collections.abc import Callable
from functools import partial
from typing import Any
from uuid import UUID

from django.db.models import QuerySet

from register.domain import statistics
from register.domain.erasure import engine
from register.domain.retention import due, listed
from register.domain.retention.night import Night, do_step, in_transaction
from register.models import ExportBatch
from register.models.billing import BatchState


def follow(night: Night) -> None:
    """Do all steps."""
    for step in (
        erase_feedback,
        erase_vouchers,
        blank_emails,
        remove_files,
        publish_statistics,
        empty_write_ahead_log,
        close_lists,
        tell,
    ):
        do_step(step, night)


def empty_write_ahead_log(night: Night) -> None:
    night.side_effects.empty_write_ahead_log()


def erase_feedback(night: Night) -> None:
    def erase(keys: list[UUID]) -> None:
        night.run.feedback_erased += engine.erase_feedback(keys, run=night.run.pk)

    _erase_listed(engine.due_feedback(today=night.run.today), erase, night)


def erase_vouchers(night: Night) -> None:
    def erase(keys: list[UUID]) -> None:
        night.run.vouchers_erased += engine.erase_vouchers(keys, run=night.run.pk)

    _erase_listed(engine.due_vouchers(today=night.run.today), erase, night)


def _erase_listed(rows: QuerySet[Any], erase: Callable[[list[UUID]], None], night: Night) -> None:
    """Erase those of the rows that may be, slice by slice; the others get onto a list."""
    waiting = night.lists.not_erasable(rows)
    if waiting.exists():
        in_transaction(night.run, partial(night.list_anew, waiting))
    for keys in engine.slices(night.lists.erasable(rows)):
        in_transaction(night.run, partial(erase, keys))


def blank_emails(night: Night) -> None:
    in_transaction(night.run, engine.blank_exported_emails)


def remove_files(night: Night) -> None:
    run = night.run

    def mark(batch: ExportBatch) -> None:
        ExportBatch.objects.filter(pk=batch.pk).update(state=BatchState.EXPIRED)
        run.files_removed += 1

    def count(files: int) -> None:
        run.files_removed += files

    for batch in due.stale_batches(today=run.today):
        # The file first, then its mark: a run killed between the two is made good by the next,
        # which finds the batch still unmarked and doesn't mind that its file is missing.
        night.side_effects.remove_export_file(batch.pk)
        in_transaction(run, partial(mark, batch))
    unknown = night.side_effects.remove_unknown_files()
    if unknown:
        in_transaction(run, partial(count, unknown))


def publish_statistics(night: Night) -> None:
    in_transaction(night.run, partial(statistics.publish, today=night.run.today))


def close_lists(night: Night) -> None:
    """Freeze the list that this run made, and forget the keys on those that it has gone by."""
    run = night.run
    if run.dry:
        return
    listed.freeze_lists_of_runs(now=night.now)
    if not run.clients_failed and not run.steps_failed:
        listed.drop_used_up(today=run.today, lists=night.lists)


def tell(night: Night) -> None:
    """Tell those who can look at them of lists that nobody was told of."""
    night.side_effects.tell(night.now)
