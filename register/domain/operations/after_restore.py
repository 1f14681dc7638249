"""Bringing a restored database together with what happened since its backup (R15).

Every step finds what is left to do by itself. So a killed one is simply run again, and until the
last step is done the register stands still.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from datetime import date, datetime

from django.db import transaction

from register.access.standing import SYSTEM
from register.domain.access_log import restored, sealing
from register.domain.access_log.recording import record
from register.domain.billing import batch_file, restoring
from register.domain.erasure import ledger
from register.domain.operations import tidying
from register.domain.retention import replay
from register.inventory.vocabulary import Purpose
from register.models import Heartbeat
from register.models.access_log import Action

VIEW = "after_restore"


@dataclass(slots=True)
class Done:
    """What was done, in numbers.

    Attributes:
        batches: export batches that the database did not know as made.
        services: billed services that it would have billed again.
        unknown: billed services of orders that it does not have.
        clients: erased again.
        orders: erased again.
        holds: released again.
        files: export files that no batch knows, removed.
        sessions: ended.
        torn: lines of the ledger that say nothing.
    """

    batches: int = 0
    services: int = 0
    unknown: int = 0
    clients: int = 0
    orders: int = 0
    holds: int = 0
    files: int = 0
    sessions: int = 0
    torn: int = 0


def run(*, today: date, now: datetime, dry: bool = False) -> Done:
    """Bring database and private folder together, and return what was done for it.

    Nothing else may work on the database meanwhile: see `register.tasks.supervision`.

    Args:
        dry: roll everything back, and touch no file.

    Raises NoRecipient when there is nobody to whom a batch could have been sent.
    """
    done = Done()
    with _rolled_back() if dry else _as_it_comes():
        if not dry:
            ledger.complete()
        # Before anybody is erased again: their bills are found by their orders.
        _learn_exports(done, today=today)
        replayed = replay.replay(today=today)
        done.clients, done.orders = replayed.clients, replayed.orders
        done.holds, done.torn = replayed.holds, replayed.torn
        # Rows that were entered when their orders were erased exist by now.
        _learn_exports(done, today=today)
        if dry:
            done.files = len(batch_file.unknown())
        else:
            restoring.drop_never_placed()
            done.files = batch_file.remove_unknown()
        done.sessions = tidying.end_sessions()
        _settle(done, now=now)
    if not dry:
        sealing.seal_restore(now=now)
        restored.show_outside()
    return done


def _learn_exports(done: Done, *, today: date) -> None:
    learnt = restoring.learn(today=today)
    done.batches += learnt.batches
    done.services += learnt.services
    done.unknown = learnt.unknown


def _settle(done: Done, *, now: datetime) -> None:
    with transaction.atomic():
        restored.bring_together(now=now)
        record(
            by=SYSTEM,
            action=Action.CHANGE,
            purpose=Purpose.RIGHTS,
            model=Heartbeat,
            view=VIEW,
            objects=list(Heartbeat.objects.all()),
            count=done.clients,
            details=asdict(done) | {"counter": restored.inside_number()},
        )


@contextmanager
def _rolled_back() -> Iterator[None]:
    with transaction.atomic():
        yield
        transaction.set_rollback(True)


@contextmanager
def _as_it_comes() -> Iterator[None]:
    yield
