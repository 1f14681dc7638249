"""What waits a year, waits for a person: whoever makes a client due for the very next run says so.

The engine's own predicate is asked, on the rows as they would be: the verb runs, the clients are
looked at on the day of the next run, and without a confirmation all of it is rolled back.
"""

import hashlib
from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any, TypeVar
from uuid import UUID

from django.db import transaction
from django.db.models import Model

from register.access.standing import Actor
from register.db.bulk import Keys
from register.domain.access_log.recording import clients_of, record_change
from register.domain.retention import due, listed
from register.exceptions import ErasesSoon
from register.models import ServiceOrder
from register.models.access_log import Action

M = TypeVar("M", bound=Model)


@dataclass(frozen=True)
class Outlook:
    """What the next run erases of some clients.

    Attributes:
        day: the day of that run.
        orders: keys of the orders, with their notes.
        clients: keys of the clients who are erased as a whole.
    """

    day: date
    orders: frozenset[UUID]
    clients: frozenset[UUID]

    def beyond(self, other: "Outlook") -> "Outlook":
        """Return what the other one does not hold."""
        return Outlook(self.day, self.orders - other.orders, self.clients - other.clients)

    def __bool__(self) -> bool:
        return bool(self.orders or self.clients)


def next_run(today: date) -> date:
    """Return the day of the next run. Today's was at five past midnight (O4)."""
    return today + timedelta(days=1)


def outlook(clients: Iterable[UUID], *, today: date) -> Outlook:
    """Return what the next run erases of the clients. Call it in a transaction."""
    day = next_run(today)
    decision = due.decide(list(clients), today=day)
    return Outlook(day, frozenset(decision.orders), frozenset(decision.clients))


def foresee(act: Callable[[], Any], *, clients: Collection[UUID], today: date) -> Outlook:
    """Return what the next run would erase beside, were the act done. It is not done."""
    with transaction.atomic():
        before = outlook(clients, today=today)
        act()
        after = outlook(clients, today=today)
        transaction.set_rollback(True)
    return after.beyond(before)


def carry_out(
    act: Callable[[], M],
    *,
    client: UUID | None,
    also: Collection[UUID] = (),
    confirmed: str,
    by: Actor,
    today: date,
) -> M:
    """Do what adds or changes an order or a note, and return it; log it when it hastens erasure.

    Args:
        act: the verb, which asks the gate.
        client: the client whom it is about; None when the verb adds one.
        also: further clients whom it is about: to whom a note is moved.
        confirmed: the sign of the page on which a person has read what will be erased; "" when
            nobody has.

    Raises ErasesSoon when the next run would erase something that it would not have erased, and
    no page with the same words was confirmed; then nothing is done. Whatever the verb raises.
    """
    with transaction.atomic():
        about = {*also, *([client] if client else [])}
        before = outlook(about, today=today)
        result = act()
        clients = sorted(about | set(clients_of([result])))
        hastened = outlook(clients, today=today).beyond(before)
        if hastened:
            sign = _sign(clients, hastened, is_new=client is None)
            if confirmed != sign:
                raise ErasesSoon(hastened, sign)
            record_change(
                result, by=by, today=today, action=Action.HASTEN, view="erased_by_next_run"
            )
            let_erase(hastened, today=today)
    return result


def let_erase(soon: Outlook, *, today: date) -> None:
    """Let the next run erase what a person has read that it will: it needs no other list (R14).

    A client who is erased as a whole is so with every order, one that was due before too.
    """
    theirs = ServiceOrder.objects.filter(client__in=Keys(soon.clients))
    orders = soon.orders | set(theirs.values_list("pk", flat=True))
    if soon:
        listed.enter_act(orders=orders, clients=soon.clients, day=soon.day, today=today)


def _sign(clients: Collection[UUID], hastened: Outlook, *, is_new: bool) -> str:
    """Return what tells this page from another: which client, when, and how much is erased.

    A row that is added has another key each time.
    """
    whose = "" if is_new else sorted(map(str, clients))
    told = (whose, hastened.day, len(hastened.orders), len(hastened.clients))
    return hashlib.sha256(repr(told).encode()).hexdigest()
