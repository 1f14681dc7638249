"""Rotation of the encryption keys: batches, each row locked, nothing unreadable overwritten."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.apps import apps
from django.db import transaction
from django.db.models import Model, QuerySet

from register.encryption import Encrypted, current_key_id
from register.exceptions import CannotDecrypt

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
    """How many values were encrypted anew, and how many do not open with their own key."""

    rotated: int = 0
    unopened: int = 0


def columns() -> Iterator[Column]:
    """Yield every encrypted column of the installed models."""
    for model in apps.get_models():
        for attribute in vars(model).values():
            if isinstance(attribute, Encrypted):
                yield Column(model, attribute)


def outdated(column: Column) -> QuerySet[Any]:
    """Return the rows whose value is not under the current key."""
    name = column.attribute.column
    rows = column.model._base_manager.exclude(**{name: ""})
    return rows.exclude(**{f"{name}__startswith": f"{current_key_id()}."})


def rotate(column: Column) -> Result:
    """Encrypt the column's outdated values with the current key; repeat it as often as needed.

    A value that does not open is left untouched and counted.

    Raises:
        KeyUnavailable: a value's key is not in the settings; what was done so far stays done.
    """
    result = Result()
    after: UUID | None = None
    while True:
        with transaction.atomic():
            rest = outdated(column).order_by("pk").select_for_update()
            if after is not None:
                rest = rest.filter(pk__gt=after)
            rows = list(rest[:BATCH])
            opened = []
            for row in rows:
                try:
                    column.attribute.reencrypt(row)
                    opened.append(row)
                except CannotDecrypt:
                    result.unopened += 1
            column.model._base_manager.bulk_update(
                opened, [column.attribute.column], batch_size=BATCH
            )
        if not rows:
            return result
        after = rows[-1].pk
        result.rotated += len(opened)
