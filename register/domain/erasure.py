"""The one module that deletes or blanks personal rows (C44–C46, C49).

What leaves with an order or a client is read from the inventory: a model that is declared there
with its unit is erased with it, and nothing is listed here a second time.

The history of the register's objects (RegisterLogEntry) stays: its labels are register numbers
and its keys random, so that nothing in it leads to anyone once the client is gone. So does the
log of use, which names clients by key only and has a clock of its own (O8).
"""

from collections.abc import Collection, Iterator
from datetime import date
from graphlib import TopologicalSorter
from typing import Any
from uuid import UUID

from django.apps import apps
from django.db import router
from django.db.models import (
    BigIntegerField,
    CharField,
    Model,
    Q,
    QuerySet,
    Value,
)

from register.enums import Action, BatchState, ErasedWith, Purpose
from register.inventory import inventory
from register.models import (
    BookkeepingRow,
    Client,
    Erasure,
    ErasureRecord,
    ExportBatch,
    Feedback,
    ServiceOrder,
)
from register.models.set_based import Keys, insert_select

from .access_log import name_subjects, record

SLICE = 2_000
UNITS: dict[ErasedWith, type[Model]] = {
    ErasedWith.ORDER: ServiceOrder,
    ErasedWith.CLIENT: Client,
}


def erase(*, orders: Collection[UUID], clients: Collection[UUID], today: date, view: str) -> None:
    """Erase orders, and clients who have no other order, with all that belongs to them.

    Call it inside a transaction: rows, erasure records and the entry in the log of use stand or
    fall together. Statistics are tallied and bookkeeping rows entered before.

    Args:
        view: where the erasure was decided, a fixed word of the code.
    """
    leaving = {ErasedWith.ORDER: Keys(orders), ErasedWith.CLIENT: Keys(clients)}
    _log(leaving[ErasedWith.ORDER], clients, view=view)
    _sever_bookkeeping(leaving[ErasedWith.ORDER])
    erasure = Erasure.objects.create(erased_on=today)
    for unit, keys in leaving.items():
        if keys.hexadecimal:
            _record(unit, keys, erasure)
            for model in children_first(unit):
                _delete(_leaving(model, unit, keys))


def children_first(unit: ErasedWith) -> list[type[Model]]:
    """Return the models whose rows leave with the unit, referring models before referred ones."""
    models = {apps.get_model(found.model) for found in inventory.erased_with(unit)}
    referring: dict[type[Model], set[type[Model]]] = {model: set() for model in models}
    for model in models:
        for field in model._meta.concrete_fields:
            if field.related_model in models - {model}:
                referring[field.related_model].add(model)
    return list(TopologicalSorter(referring).static_order())


def paths(model: type[Model], unit: ErasedWith) -> set[str]:
    """Return every lookup from a row of the model to a unit that it leaves with.

    The declared one, and each other foreign key to the unit: a pair leaves with either half.
    """
    foreign_keys = {
        field.name
        for field in model._meta.concrete_fields
        if field.related_model is UNITS[unit] and not field.null
    }
    return foreign_keys | {inventory[model._meta.label].unit_path}


def expired_feedback(*, before: date) -> Iterator[list[UUID]]:
    """Yield the keys of feedback received before the day, a slice at a time."""
    return _slices(Feedback._base_manager.filter(received_on__lt=before))


def erase_feedback(keys: list[UUID]) -> int:
    return _delete(Feedback._base_manager.filter(pk__in=Keys(keys)))


def expired_vouchers(*, today: date) -> Iterator[list[UUID]]:
    """Yield the keys of bookkeeping rows past their last day, a slice at a time."""
    return _slices(BookkeepingRow._base_manager.filter(keep_until__lt=today))


def erase_vouchers(keys: list[UUID]) -> int:
    return _delete(BookkeepingRow._base_manager.filter(pk__in=Keys(keys)))


def blank_exported_emails() -> int:
    """Blank the address of rows whose client is gone, once their file is written (C45)."""
    return _blank_emails(BookkeepingRow.objects.filter(batch__in=_written()))


def blank_emails_of(batch: ExportBatch) -> int:
    """The same for one batch, whose file has just been written."""
    return _blank_emails(BookkeepingRow.objects.filter(batch=batch))


def _blank_emails(rows: QuerySet[BookkeepingRow]) -> int:
    return rows.filter(order=None).exclude(email="").update(email="")


def _slices(rows: QuerySet[Any]) -> Iterator[list[UUID]]:
    # On from the last key, not until none is left: a dry run rolls each slice back.
    rest = rows.order_by("pk")
    keys = list(rest.values_list("pk", flat=True)[:SLICE])
    while keys:
        yield keys
        keys = list(rest.filter(pk__gt=keys[-1]).values_list("pk", flat=True)[:SLICE])


def _leaving(model: type[Model], unit: ErasedWith, keys: Keys) -> QuerySet[Any]:
    condition = Q()
    for path in sorted(paths(model, unit)):
        condition |= Q(**{f"{path}__in": keys})
    rows: QuerySet[Any] = model._base_manager.filter(condition)
    if any("__" in path for path in paths(model, unit)):
        rows = model._base_manager.filter(pk__in=rows.values("pk"))
    return rows


def _delete(rows: QuerySet[Any]) -> int:
    """Delete in one statement, fetching nothing: the referring rows are gone already."""
    return int(rows._raw_delete(router.db_for_write(rows.model)))


def _sever_bookkeeping(orders: Keys) -> None:
    """Cut the rows' tie to the orders; the address goes with it, unless a file still needs it.

    Once the order is gone nothing tells whose row it was, so the address goes with the order
    already, where the client stays for another one: the invoice has been written by then.
    """
    rows = BookkeepingRow.objects.filter(order__in=orders)
    rows.filter(batch__in=_written()).update(order=None, email="")
    rows.update(order=None)


def _written() -> QuerySet[ExportBatch]:
    return ExportBatch.objects.exclude(state=BatchState.OPEN)


def _record(unit: ErasedWith, keys: Keys, erasure: Erasure) -> None:
    rows = UNITS[unit]._base_manager.filter(pk__in=keys)
    insert_select(
        ErasureRecord,
        ("erased_id", "unit", "erasure"),
        rows.values_list(
            "pk",
            Value(unit.value, output_field=CharField()),
            Value(erasure.pk, output_field=BigIntegerField()),
        ),
        on_conflict="(erased_id) DO NOTHING",
    )


def _log(orders: Keys, clients: Collection[UUID], *, view: str) -> None:
    """Write one entry, and a subject for each client who loses an order or goes."""
    losing = ServiceOrder.objects.filter(pk__in=orders).values_list("client", flat=True)
    subjects = {*losing, *clients}
    entry = record(
        by=None,
        action=Action.ERASE,
        purpose=Purpose.RIGHTS,
        model=Client,
        view=view,
        count=len(subjects),
    )
    name_subjects(entry, rows=Client.objects.filter(pk__in=Keys(subjects)), client="pk")
