"""One way to change: lock the row, ask the gate, compare the version, check, save, record.

Every verb that adds, changes or deletes a row of the register goes through here, so that none
can forget a step. A form gives the wanted values; the row is touched after the gate was asked.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from copy import copy
from datetime import date
from typing import Any, Generic, TypeVar

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Model

from register.access.gate import may_change, may_create, may_delete
from register.access.standing import Actor, looking_anew
from register.db.encryption import Encrypted, Unreadable
from register.db.versioned import Versioned
from register.exceptions import Erased, NotAllowed, Stale
from register.inventory.vocabulary import Purpose
from register.models.access_log import AccessLogEntry, Action

from . import typed
from .recording import record_change

V = TypeVar("V", bound=Versioned)
M = TypeVar("M", bound=Model)


class Change(Generic[V]):
    """A row under change.

    Attributes:
        before: the row as it is in the database, locked.
        row: the row as it is to be.
        details: what the log keeps beside the fields' names.
        entry: what the log says of the change; None when nothing was changed.
    """

    def __init__(self, locked_row: V) -> None:
        self.before, self.row = locked_row, copy(locked_row)
        self.touched = False
        self.details: dict[str, Any] = {}
        self.entry: AccessLogEntry | None = None

    @property
    def fields(self) -> list[str]:
        """Names of the columns that differ from the database."""
        return [
            field.name
            for field in self.row._meta.concrete_fields
            if getattr(self.before, field.attname) != getattr(self.row, field.attname)
        ]

    def set(self, **values: Any) -> None:
        """Give the row these values.

        ValidationError for a text that can't be read: it is never overwritten. ValueError for a
        column that nobody is meant to edit.
        """
        for name, value in values.items():
            check_editable(type(self.row), name)
            stored = getattr(self.row, name)
            if isinstance(stored, Unreadable):
                raise ValidationError({name: str(stored)})
            value = in_one_form(type(self.row), name, value)
            # Encrypted anew, an unchanged text would look changed.
            if stored != value:
                setattr(self.row, name, value)

    def touch(self) -> None:
        """Say that something beside the row's own columns was changed, such as the roles."""
        self.touched = True


@contextmanager
def changing(
    row: V,
    *,
    by: Actor,
    today: date,
    view: str,
    seen: int | None,
    action: Action = Action.CHANGE,
    allowed: Callable[..., bool] = may_change,
) -> Iterator[Change[V]]:
    """Change a row in one transaction: `with changing(order, …) as change: change.set(…)`.

    Args:
        row: names the row by its model and key; its values are read anew.
        view: where the change was asked for, a fixed word of the code.
        seen: the version that the person saw; None when nobody saw one, as for SYSTEM.
        allowed: the gate's question, where a verb does less than changing whatever one likes.

    Nothing is saved or recorded when nothing was changed.

    Raises:
        Erased: the row is not there any more.
        NotAllowed: the actor may not change it, as the gate stands now.
        Stale: somebody changed it since the person saw it.
        ValidationError: a changed value does not fit, or the row as a whole does not.
    """
    with transaction.atomic(), looking_anew():
        change = Change(locked(row))
        if not allowed(by, change.before, today=today):
            raise NotAllowed
        refuse_stale(change.before, seen)
        yield change
        fields = change.fields
        if fields or change.touched:
            validate(change.row, fields)
            change.row.save(update_fields=[*fields, "version"])
            change.entry = record_change(
                change.row,
                by=by,
                today=today,
                action=action,
                view=view,
                fields=fields,
                details=change.details,
            )


def add(
    instance: M,
    *,
    by: Actor,
    today: date,
    view: str,
    action: Action = Action.CREATE,
    details: Mapping[str, Any] | None = None,
) -> M:
    """Add a row. NotAllowed when the actor's roles add no such rows; ValidationError."""
    with transaction.atomic(), looking_anew():
        if not may_create(by, type(instance), today=today):
            raise NotAllowed
        return add_with_another(
            instance, by=by, today=today, view=view, action=action, details=details
        )


def add_with_another(
    instance: M,
    *,
    by: Actor,
    today: date,
    view: str,
    action: Action = Action.CREATE,
    details: Mapping[str, Any] | None = None,
    purpose: Purpose | None = None,
) -> M:
    """Add a row that comes with another one, for which the gate was asked. ValidationError.

    So a counsellor who adds a client is assigned to it, and assigns nobody else.

    Args:
        purpose: why, where it is not what the actor's role uses such rows for.
    """
    with transaction.atomic():
        instance.full_clean()
        typed.refuse_unwanted(instance, [field.name for field in instance._meta.concrete_fields])
        instance.save(force_insert=True)
        record_change(
            instance,
            by=by,
            today=today,
            action=action,
            view=view,
            details=details,
            purpose=purpose,
        )
    return instance


def remove(row: Versioned, *, by: Actor, today: date, view: str, seen: int | None) -> None:
    """Delete a row of reference data that nothing uses.

    Args:
        seen: the version that the person saw; None when nobody saw one.

    Raises NotAllowed, Stale, Erased, or ProtectedError when something uses it.
    """
    with transaction.atomic(), looking_anew():
        found = locked(row)
        if not may_delete(by, found, today=today):
            raise NotAllowed
        refuse_stale(found, seen)
        key = found.pk
        found.delete()
        found.pk = key
        record_change(found, by=by, today=today, action=Action.DELETE, view=view)


def locked(row: M) -> M:
    """Return the row as it is in the database, locked until the transaction ends, or Erased.

    Against changes and erasure, not against rows that refer to it: two people whose clients may
    be one person would otherwise wait for each other.
    """
    rows = type(row)._base_manager.select_for_update(no_key=True)
    found: M | None = rows.filter(pk=row.pk).first()
    if found is None:
        raise Erased
    return found


def refuse_stale(row: Versioned, seen: int | None) -> None:
    """Raise Stale when the locked row is not the version that the person saw."""
    if seen is not None and row.version != seen:
        raise Stale(row._meta.label, row.pk)


def validate(row: Model, changed: Sequence[str]) -> None:
    """Check the changed values, and the rules that hold for the row as a whole.

    A value that was fit when it was saved, and is not changed, stands in nobody's way.
    """
    row.clean_fields(exclude={field.name for field in row._meta.fields} - set(changed))
    typed.refuse_unwanted(row, changed)
    row.clean()
    row.validate_unique()
    row.validate_constraints()


def in_one_form(model: type[Model], name: str, value: Any) -> Any:
    """Return the value as it will be stored, so that what only looks changed is no change."""
    encrypted = vars(model).get(name)
    field = encrypted if isinstance(encrypted, Encrypted) else model._meta.get_field(name)
    normal: Callable[[str], str] | None = getattr(field, "normal", None)
    return normal(value) if normal and isinstance(value, str) else value


def check_editable(model: type[Model], name: str) -> None:
    """Raise ValueError for a column that is not the staff's to edit, such as whose order it is."""
    encrypted = isinstance(vars(model).get(name), Encrypted)
    if not encrypted and not model._meta.get_field(name).editable:
        raise ValueError(f"{model._meta.label}.{name} is not edited.")
