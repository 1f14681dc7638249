"""One client is erased by the engine, to see what would stay; then all is rolled back (C45)."""

from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from django.db.models import Max, Model, Q

from privacy_notice.promises.trial import rolled_back
from register.domain.billing import bookkeeping
from register.domain.erasure import engine
from register.domain.retention import due
from register.inventory import inventory
from register.inventory.vocabulary import Category, ErasureUnit
from register.models import BookkeepingRow, Hold, ServiceOrder


@dataclass(frozen=True, slots=True)
class Remains:
    """What the engine leaves of one client.

    Attributes:
        day: the day for which the erasure was tried.
        tried: of which data the client had rows.
        left: of which of them rows are left.
        vouchers: how many bookkeeping rows stay.
        attached: how many of those still lead to an order.
        kept_until: the last days of the vouchers that were made on that day.
    """

    day: date
    tried: frozenset[Category]
    left: frozenset[Category]
    vouchers: int
    attached: int
    kept_until: frozenset[date]


def try_on_one(today: date) -> Remains | None:
    """Erase a client with a priced order, for the last day that it could come to, and look.

    None when there is no such client.
    """
    held = Hold.objects.filter(Q(released_on=None) | Q(released_on__gt=today)).values("client")
    priced = ServiceOrder.objects.filter(price__gt=0).exclude(client__in=held).order_by("pk")
    client = priced.values_list("client", flat=True).first()
    if client is None:
        return None
    orders = ServiceOrder.objects.filter(client=client)
    ends: Any = orders.with_end().aggregate(last=Max("ends_on"))
    day = date(ends["last"].year + 1, 1, due.LAST_DAY)
    with rolled_back():
        there = _rows_of(client)
        billed = _keys(BookkeepingRow.objects.filter(order__in=orders))
        decision = due.decide([client], today=day)
        bookkeeping.enter(orders.filter(pk__in=decision.orders), batch=None, today=day)
        vouchers = _keys(BookkeepingRow.objects.filter(order__in=orders))
        engine.erase(
            orders=decision.orders,
            clients=decision.clients,
            today=day,
            view="promise",
            announce=lambda records: None,
        )
        stay = BookkeepingRow.objects.filter(pk__in=vouchers)
        made = stay.exclude(pk__in=billed).values_list("keep_until", flat=True)
        return Remains(
            day=day,
            tried=_categories(there),
            left=_categories({model: _still(model, keys) for model, keys in there.items()}),
            vouchers=stay.count(),
            attached=stay.exclude(order=None).count(),
            kept_until=frozenset(made),
        )


Rows = dict[type[Model], set[Any]]


def _rows_of(client: UUID) -> Rows:
    """Return the keys of all rows of the client that are to be erased with it or its orders."""
    return {
        model: _keys(
            model._base_manager.filter(**{inventory[model._meta.label].client_path: client})
        )
        for unit in ErasureUnit
        for model in engine.in_order_of_deletion(unit)
    }


def _still(model: type[Model], keys: set[Any]) -> set[Any]:
    return _keys(model._base_manager.filter(pk__in=keys))


def _keys(rows: Any) -> set[Any]:
    return set(rows.values_list("pk", flat=True))


def _categories(rows: Rows) -> frozenset[Category]:
    """Return of which data the rows are; what they tell of the staff is no client's."""
    found = {
        field.category
        for model, keys in rows.items()
        if keys
        for field in inventory[model._meta.label].personal.values()
    }
    return frozenset(found - {Category.STAFF})
