"""Rotation of the encryption keys: batches, each row locked, nothing unreadable overwritten."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import partial
from typing import Any
from uuid import UUID

from django.apps import apps
from django.db.models import Model, QuerySet
from django.db.models.functions import Substr

from register.access.standing import SYSTEM
from register.db import retry
from register.db.encryption import Encrypted, current_key_id, encrypted_attributes
from register.domain.access_log.unreadable import note_unreadable
from register.exceptions import CannotDecrypt, KeyUnavailable

BATCH = 500


@dataclass(frozen=True, slots=True)
class Column:
    """An encrypted column, found by the class of its attribute."""

    model: type[Model]
    attribute: Encrypted

    @property
    def label(self) -> str:
        return f"{self.model._meta.label}.{self.attribute.name}"


@dataclass(slots=True)
class Result:
    """How many values were encrypted anew, how many do not open, and which keys are missing."""

    rotated: int = 0
    unopened: int = 0
    missing: set[str] = field(default_factory=set)


def columns() -> Iterator[Column]:
    """Yield every encrypted column of the installed models."""
    for model in apps.get_models():
        for attribute in encrypted_attributes(model):
            yield Column(model, attribute)


def outdated(column: Column) -> QuerySet[Any]:
    """Return the rows whose value is not under the current key."""
    return _with_beginning(column, current_key_id()).exclude(beginning=f"{current_key_id()}.")


def under(column: Column, key_id: str) -> QuerySet[Any]:
    """Return the rows whose value is under the key."""
    return _with_beginning(column, key_id).filter(beginning=f"{key_id}.")


def _with_beginning(column: Column, key_id: str) -> QuerySet[Any]:
    # Not LIKE, to which capitals and small letters are the same on SQLite.
    beginning = Substr(column.attribute.column, 1, len(key_id) + 1)
    return filled(column).annotate(beginning=beginning)


def filled(column: Column) -> QuerySet[Any]:
    """Return the rows that have a value."""
    return column.model._base_manager.exclude(**{column.attribute.column: ""})


def rotate(column: Column) -> Result:
    """Encrypt the column's outdated values with the current key; repeat it as often as needed.

    A value that does not open, or whose key is not in the settings, is left untouched, counted
    and an incident; it keeps no other from being encrypted anew.

    Raises:
        KeyUnavailable: there is no key to encrypt with.
    """
    result = Result()
    after: UUID | None = None
    while True:
        keys, batch = retry.in_transaction(partial(_rotate_next, column, after))
        if not keys:
            return result
        after = keys[-1]
        result.rotated += batch.rotated
        result.unopened += batch.unopened
        result.missing |= batch.missing


def proven(column: Column) -> int | None:
    """Open every value of the column; return their number, or None when one can't be relied on.

    It can't when it does not open, or is under another key than the current one.
    """
    count = 0
    begins = f"{current_key_id()}."
    for row in filled(column).iterator(chunk_size=BATCH):
        try:
            column.attribute.opened(row)
        except (CannotDecrypt, KeyUnavailable):
            return None
        if not getattr(row, column.attribute.column).startswith(begins):
            return None
        count += 1
    return count


def _rotate_next(column: Column, after: UUID | None) -> tuple[list[UUID], Result]:
    """Rotate a batch beyond the key; return its keys, and what became of their values."""
    rest = outdated(column).order_by("pk").select_for_update()
    if after is not None:
        rest = rest.filter(pk__gt=after)
    rows = list(rest[:BATCH])
    opened, unopened, missing = [], [], set()
    for row in rows:
        try:
            column.attribute.reencrypt(row)
            opened.append(row)
        except CannotDecrypt:
            unopened.append(row)
        except KeyUnavailable as error:
            unopened.append(row)
            missing.add(str(error))
    column.model._default_manager.bulk_update(opened, [column.attribute.column], batch_size=BATCH)
    note_unreadable(unopened, by=SYSTEM, view="key_rotation")
    return [row.pk for row in rows], Result(len(opened), len(unopened), missing)
