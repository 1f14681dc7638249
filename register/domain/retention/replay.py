"""What was erased and released since a backup is so again in the restored database (R15)."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from functools import partial
from uuid import UUID

from register.access.standing import SYSTEM
from register.db import retry
from register.db.bulk import Keys
from register.domain import statistics
from register.domain.billing import bookkeeping, restoring
from register.domain.billing.bookkeeping import Reference
from register.domain.erasure import engine, ledger
from register.domain.erasure.ledger import Record
from register.domain.retention import holds
from register.inventory.vocabulary import ErasureUnit
from register.models import Client, Erasure, Hold, ServiceOrder

VIEW = "after_restore"


@dataclass(slots=True)
class Replayed:
    """What was done again, and how many lines of the ledger say nothing."""

    clients: int = 0
    orders: int = 0
    holds: int = 0
    torn: int = 0


def replay(*, today: date) -> Replayed:
    """Release and erase again what the ledger says. Repeated, it finds nothing left to do.

    An act is known by its token: one that the database holds is passed over. Each is done in a
    transaction of its own, with all that belongs to its orders and clients now.
    """
    known = set(Erasure.objects.values_list("act", flat=True))
    contents = ledger.read(but_not=known)
    replayed = Replayed(torn=contents.torn)
    replayed.holds = _release(contents.releases)
    references = restoring.entered_without_batch() if contents.done else {}
    for act, records in contents.done.items():
        work = partial(_erase_again, act, records, references)
        clients, orders = retry.in_transaction(work)
        replayed.clients += clients
        replayed.orders += orders
    return replayed


def _release(releases: Iterable[ledger.Release]) -> int:
    days = dict(releases)
    count = 0
    for hold in Hold.objects.filter(pk__in=Keys(days), released_on=None):
        holds.release(hold=hold, seen=None, by=SYSTEM, today=days[hold.pk], again=True)
        count += 1
    return count


def _erase_again(
    act: UUID, records: list[Record], references: dict[UUID, Reference]
) -> tuple[int, int]:
    """Erase what of the act is there; return how many clients and orders."""
    day = records[0].day
    named = {unit: [each.key for each in records if each.unit == unit] for unit in ErasureUnit}
    locked = Client.objects.filter(pk__in=Keys(named[ErasureUnit.CLIENT]))
    clients = list(locked.order_by("pk").select_for_update().values_list("pk", flat=True))
    of_act = ServiceOrder.objects.filter(pk__in=Keys(named[ErasureUnit.ORDER]))
    # Whoever is erased has no order left, whatever order the backup still knows.
    of_clients = ServiceOrder.objects.filter(client__in=Keys(clients))
    here: dict[UUID, UUID] = {}
    for rows in (of_act, of_clients):
        here |= dict(rows.order_by("pk").select_for_update().values_list("pk", "client"))
    if not here and not clients:
        # Nothing to erase, and nothing to log: the database only learns of the act.
        Erasure.objects.create(act=act, erased_on=day, in_ledger=True)
        return 0, 0
    orders = ServiceOrder.objects.filter(pk__in=Keys(here))
    known = {key: references[key] for key in here.keys() & references.keys()}
    bookkeeping.enter_again(known, batch=None, on=day)
    bookkeeping.enter(orders, batch=None, today=day)
    statistics.tally(orders)
    engine.erase(orders=here, clients=clients, today=day, view=VIEW, act=act)
    return len(clients), len(here)
