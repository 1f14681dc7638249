"""The one module that deletes or blanks personal rows (C44–C46, C49, R12).

What is erased with an order or a client is read from the inventory: each model that is declared
there with its unit, and no second list. So is the day on which anything else ends.

The history of the register's objects (RegisterLogEntry) stays: its labels are register numbers
and its keys random, so that nothing in it leads to anyone once the client is erased. So does the
log of use, which names clients by key only. Both have a clock of their own (O8).
"""

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from datetime import date
from graphlib import TopologicalSorter
from typing import Any, TypeVar
from uuid import UUID

from django.apps import apps
from django.contrib.auth import get_user_model
from django.contrib.auth.hashers import make_password
from django.db import router, transaction
from django.db.models import CASCADE, ForeignObject, Model, Q, QuerySet

from register.access.standing import SYSTEM
from register.db import write_ahead_log
from register.db.bulk import Keys, insert_keys
from register.domain.access_log.recording import name_clients, record
from register.domain.erasure import ledger
from register.inventory import AfterTheYear, Clock, Voucher, WithUnit, inventory
from register.inventory.vocabulary import ErasureUnit, Purpose, Subject
from register.models import (
    AccessLogEntry,
    AccessLogSubject,
    BookkeepingRow,
    Client,
    Erasure,
    ErasureList,
    ErasureRecord,
    ExportBatch,
    Feedback,
    ListedUnit,
    Note,
    RegisterLogEntry,
    Seal,
    ServiceOrder,
    StaffMember,
)
from register.models.access_log import Action, SealKind
from register.reference import clock

SLICE = 2_000
# The retention run erases these by a day of their own, once they stand on a list (R14).
LISTED = (Feedback, BookkeepingRow)
# Of a closed member's own row: who it was, and since when the account is closed.
KEPT = ("user", "closed_on")
# These end with the segments of the log of use (O8): `log_of_use` says which.
OF_THE_LOG: tuple[type[Model], ...] = (AccessLogSubject, AccessLogEntry, RegisterLogEntry)
M = TypeVar("M", bound=Model)
UNITS: dict[ErasureUnit, type[Model]] = {
    ErasureUnit.ORDER: ServiceOrder,
    ErasureUnit.CLIENT: Client,
}


def erase(
    *,
    orders: Mapping[UUID, UUID],
    clients: Collection[UUID],
    today: date,
    view: str,
    announce: Callable[[Iterable[ledger.Record]], None] = ledger.announce,
    run: UUID | None = None,
    act: UUID | None = None,
) -> None:
    """Erase orders, and clients who have no other order, with all that belongs to them.

    Call it inside a transaction: rows, erasure records and the entry in the log of use stand or
    fall together. Statistics are tallied and bookkeeping rows entered before. The ledger is
    written first: LedgerUnavailable, and nothing is erased, when it can't be (R15).

    Args:
        orders: the keys of the orders, each with that of its client.
        view: where the erasure was decided, a fixed word of the code.
        announce: writes the ledger; a dry run has one that does not.
        run: key of the retention run that decided it.
        act: an act of the ledger that is done again, as after a restore; `today` is its day.
    """
    if act is None:
        erasure = Erasure.objects.create(erased_on=today)
        announce(
            ledger.Record(erasure.act, key, unit, today)
            for unit, keys in ((ErasureUnit.ORDER, orders), (ErasureUnit.CLIENT, clients))
            for key in keys
        )
    else:
        erasure = Erasure.objects.create(erased_on=today, act=act, in_ledger=True)
    erased = {ErasureUnit.ORDER: Keys(orders), ErasureUnit.CLIENT: Keys(clients)}
    _log(erasure, {*orders.values(), *clients}, view=view, run=run)
    _detach_bookkeeping(erased[ErasureUnit.ORDER], today=today)
    take_off_lists([*orders, *clients])
    for unit, keys in erased.items():
        if keys.listed:
            _record(unit, keys, erasure)
            for model in in_order_of_deletion(unit):
                _delete(_rows_of(model, unit, keys))


def in_order_of_deletion(unit: ErasureUnit) -> list[type[Model]]:
    """Return the models whose rows are erased with the unit: notes before orders, and so on.

    A model with a foreign key to another one comes before it, since a row can't be deleted while
    others refer to it.
    """
    models = {apps.get_model(found.model) for found in inventory.erased_with(unit)}
    referring: dict[type[Model], set[type[Model]]] = {model: set() for model in models}
    for model in models:
        for field in model._meta.concrete_fields:
            if field.related_model in models - {model}:
                referring[field.related_model].add(model)
    return list(TopologicalSorter(referring).static_order())


def paths(model: type[Model], unit: ErasureUnit) -> set[str]:
    """Return the lookups from a row of the model to the units that it is erased with.

    One is declared in the inventory. Any other foreign key to the unit counts as well: a likely
    duplicate names two clients and is erased with either of them.
    """
    foreign_keys = {
        field.name
        for field in model._meta.concrete_fields
        if field.related_model is UNITS[unit] and not field.null
    }
    ends = inventory[model._meta.label].ends
    return foreign_keys | ({ends.path} if isinstance(ends, WithUnit) else set())


def over(model: type[M], *, today: date) -> QuerySet[M]:
    """Return the rows that have ended by a day of their own, as the inventory declares it."""
    rows = model._base_manager
    match inventory[model._meta.label].ends:
        case AfterTheYear(field=field):
            first_kept = date(today.year, 1, 1)
        case Voucher(field=field):
            first_kept = today
        case Clock(field=field) as clock:
            first_kept = clock.first_kept(today)
        case _:
            return rows.none()
    return rows.filter(**{f"{field}__lt": first_kept})


def due_feedback(*, today: date) -> QuerySet[Feedback]:
    """Return the feedback whose time is over."""
    return over(Feedback, today=today)


def erase_feedback(keys: list[UUID], *, run: UUID) -> int:
    """Erase feedback by its keys, log it as done by the run, and return how many there were."""
    take_off_lists(keys)
    return _delete_logged(Feedback._base_manager.filter(pk__in=Keys(keys)), run=run)


def delete_feedback(keys: list[UUID]) -> int:
    """Delete feedback that a person removes, and return how many there were; the verb logs it."""
    return _delete(Feedback._base_manager.filter(pk__in=Keys(keys)))


def delete_notes(keys: list[UUID]) -> int:
    """Delete notes that their author removes, and return how many; the verb logs it (C18)."""
    return _delete(Note._base_manager.filter(pk__in=Keys(keys)))


def due_vouchers(*, today: date) -> QuerySet[BookkeepingRow]:
    """Return the bookkeeping rows past their last day.

    A row whose order is still there, as on a legal hold, waits for it: an order without its row
    would be billed once more (R08). `erase` takes the two together.
    """
    return over(BookkeepingRow, today=today).filter(order=None)


def erase_vouchers(keys: list[UUID], *, run: UUID) -> int:
    """Erase bookkeeping rows by their keys, log it as the run's, and return how many there were."""
    take_off_lists(keys)
    return _delete_logged(BookkeepingRow._base_manager.filter(pk__in=Keys(keys)), run=run)


def take_off_lists(keys: Collection[UUID]) -> None:
    """Forget that these stand on an erasure list."""
    _delete(ListedUnit.objects.filter(key__in=Keys(keys)))


def empty_lists(lists: QuerySet[ErasureList]) -> None:
    """Forget what stands on these erasure lists; how many there were stays."""
    _delete(ListedUnit.objects.filter(erasure_list__in=lists.values("pk")))


def erase_outlived(*, today: date) -> int:
    """Erase the rows whose own period, as the inventory declares it, is over; return how many."""
    models = [apps.get_model(label) for label, _clock in inventory.with_clock()]
    return sum(over(model, today=today).delete()[0] for model in models if model not in LISTED)


def empty_account(member: StaffMember) -> int:
    """Erase what is kept of a closed member but the names; return how many rows and values.

    What belongs to an account is read from the inventory. Of the member's own fields the day of
    closing stays, from which the time is counted.
    """
    own = inventory[StaffMember._meta.label]
    erased = member.user.groups.count()
    member.user.groups.clear()
    for declaration, path in inventory.erased_with_account():
        if declaration is not own:
            rows = apps.get_model(declaration.model)._base_manager
            erased += rows.filter(**{path: member.pk}).delete()[0]
    for field in belonging_to_accounts():
        erased += field.model._base_manager.filter(**{field.name: member.user}).delete()[0]
    joined = clock.moment(member.closed_on) if member.closed_on else member.user.date_joined
    emptied = {"email": "", "last_login": None, "is_active": False, "date_joined": joined}
    if member.user.has_usable_password():
        emptied["password"] = make_password(None)
    erased += _give(member.user, emptied)
    return erased + _give(member, {name: None for name in own.personal if name not in KEPT})


def erase_account(member: StaffMember) -> None:
    """Erase a closed member's names, too. ProtectedError while an order or a note has them."""
    member.user.delete()


def belonging_to_accounts() -> "list[ForeignObject[Any, Any]]":
    """Return the foreign keys by which rows of other apps' models belong to an account alone."""
    others = {found.model for found in inventory.third_party() if found.subject is Subject.STAFF}
    return [
        related.field
        for related in get_user_model()._meta.related_objects
        if related.on_delete is CASCADE and related.related_model._meta.label in others
    ]


def erase_log_segments(*, last: int) -> int:
    """Erase the rows of the log of use until this seal, with the seals; return how many entries.

    The database lets it happen once a newer seal says so (`register.domain.access_log.protection`).
    Seals of a restore stay: they tell how the checkpoints outside the database are to be read.
    """
    entries = AccessLogEntry.objects.filter(seal__lte=last)
    _delete(AccessLogSubject.objects.filter(entry__in=entries.order_by().values("pk")))
    erased = _delete(entries)
    _delete(Seal.objects.filter(position__lte=last).exclude(kind=SealKind.RESTORE))
    return erased


def erase_history(keys: Collection[int]) -> int:
    """Erase these rows of the histories of the register's objects, and return how many."""
    return _delete(RegisterLogEntry._base_manager.filter(pk__in=keys))


def blank_exported_emails() -> int:
    """Blank the address of rows whose client is erased, once their file is written (C45)."""
    return _blank_emails(BookkeepingRow.objects.filter(batch__in=ExportBatch.objects.made()))


def blank_emails_of(batch: ExportBatch) -> int:
    """The same for one batch, whose file has just been written."""
    return _blank_emails(BookkeepingRow.objects.filter(batch=batch))


def _blank_emails(rows: QuerySet[BookkeepingRow]) -> int:
    return rows.filter(order=None).exclude(email="").update(email="")


def slices(rows: QuerySet[Any]) -> Iterator[list[UUID]]:
    """Yield the keys of the rows, a slice at a time, while each slice may be erased."""
    # Each slice begins behind the last one. To take the first keys until none are left would never
    # end in a dry run, which rolls every slice back.
    rest = rows.order_by("pk")
    keys = list(rest.values_list("pk", flat=True)[:SLICE])
    while keys:
        yield keys
        keys = list(rest.filter(pk__gt=keys[-1]).values_list("pk", flat=True)[:SLICE])


def _rows_of(model: type[Model], unit: ErasureUnit, keys: Keys) -> QuerySet[Any]:
    condition = Q()
    for path in sorted(paths(model, unit)):
        condition |= Q(**{f"{path}__in": keys})
    rows: QuerySet[Any] = model._base_manager.filter(condition)
    if any("__" in path for path in paths(model, unit)):
        rows = model._base_manager.filter(pk__in=rows.values("pk"))
    return rows


def _delete(rows: QuerySet[Any]) -> int:
    """Delete in one statement, fetching nothing: the rows that refer to these are deleted first.

    SQLite keeps what was deleted in its write-ahead log: that is emptied after the commit.
    """
    transaction.on_commit(write_ahead_log.empty, robust=True)
    return int(rows._raw_delete(router.db_for_write(rows.model)))


def _give(row: Model, values: Mapping[str, Any]) -> int:
    """Store what differs of the values; return how many they were."""
    new = {name: value for name, value in values.items() if getattr(row, name) != value}
    for name, value in new.items():
        setattr(row, name, value)
    if new:
        row.save()
    return len(new)


def _delete_logged(rows: QuerySet[Any], *, run: UUID) -> int:
    """Delete rows with a clock of their own, and log how many: no client can be named any more."""
    count = _delete(rows)
    record(
        by=SYSTEM,
        action=Action.ERASE,
        purpose=Purpose.RIGHTS,
        model=rows.model,
        view="retention",
        count=count,
        details={"run": str(run)},
    )
    return count


def _detach_bookkeeping(orders: Keys, *, today: date) -> None:
    """Take the order out of its bookkeeping row, and the e-mail address, unless a file needs it.

    The row itself stays, for bookkeeping (R08), unless its time was over before its order's. The
    address is blanked with the order even where the client has another order: without the order
    nothing tells whose row it was, so that it could not be blanked with the client.
    """
    if isinstance(inventory[BookkeepingRow._meta.label].ends, WithUnit):
        return
    rows = BookkeepingRow._base_manager.filter(order__in=orders)
    if not rows.exists():
        return
    _delete(over(BookkeepingRow, today=today).filter(order__in=orders))
    rows.filter(batch__in=ExportBatch.objects.made()).update(order=None, email="")
    rows.update(order=None)


def _record(unit: ErasureUnit, keys: Keys, erasure: Erasure) -> None:
    insert_keys(
        ErasureRecord,
        "erased_id",
        keys,
        on_conflict="(erased_id) DO NOTHING",
        unit=unit,
        erasure=erasure.pk,
    )


def _log(erasure: Erasure, subjects: set[UUID], *, view: str, run: UUID | None) -> None:
    """Write one entry, and a subject for each client who is erased, or an order of theirs."""
    entry = record(
        by=SYSTEM,
        action=Action.ERASE,
        purpose=Purpose.RIGHTS,
        model=Erasure,
        view=view,
        objects=[erasure],
        count=len(subjects),
        details={"run": str(run)} if run else {},
    )
    name_clients(entry, subjects)
