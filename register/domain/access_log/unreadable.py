"""Stored texts that can't be read: each one that is met is an incident in the log of use (C18).

Nothing is mended here, and nothing overwritten: a lost key may come back from a backup. The log
names row and field by opaque keys, never what is stored.
"""

import logging
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.apps import apps
from django.db.models import Min, Model

from register.access.standing import Actor
from register.db.bulk import Keys
from register.db.encryption import Unreadable, encrypted_attributes
from register.inventory.vocabulary import Purpose
from register.models import AccessLogEntry
from register.models.access_log import Action

from .recording import clients_of, record

logger = logging.getLogger(__name__)


def note_unreadable(rows: Iterable[Model], *, by: Actor, view: str) -> None:
    """Write an entry for each row that holds an unreadable text, those fetched with it included.

    Call it in the transaction in which the rows were read.
    """
    for row in _fetched(rows):
        if kinds := unreadable_in(row):
            record(
                by=by,
                action=Action.UNREADABLE,
                purpose=Purpose.RIGHTS,
                model=type(row),
                view=view,
                objects=[row],
                clients=clients_of([row]),
                count=1,
                details={"fields": sorted(kinds), "kinds": sorted(set(kinds.values()))},
            )
            logger.error(
                "Unreadable: %s of %s %s.", ", ".join(sorted(kinds)), row._meta.label, row.pk
            )


def unreadable_in(row: Model) -> dict[str, str]:
    """Return the names of the row's unreadable texts, each with its kind."""
    texts = {each.name: getattr(row, each.name) for each in encrypted_attributes(type(row))}
    return {name: text.kind for name, text in texts.items() if isinstance(text, Unreadable)}


def _fetched(rows: Iterable[Any]) -> Iterator[Model]:
    """Yield the rows, and the rows that were fetched with them in lists of their own."""
    for row in rows:
        if isinstance(row, Model):
            yield row
            lists = (value for value in vars(row).values() if isinstance(value, list))
            for value in lists:
                yield from _fetched(value)


@dataclass(frozen=True, slots=True)
class Incident:
    """A row whose text was found unreadable, and is so still.

    Attributes:
        kind_of_data: what such rows are called.
        first_met: when somebody first met it.
    """

    kind_of_data: str
    key: str
    first_met: datetime


def still_unreadable() -> list[Incident]:
    """Return what was met and is unreadable to this day, the oldest first.

    What was mended, or erased with its order or client, is none any more.
    """
    entries = AccessLogEntry.objects.filter(action=Action.UNREADABLE).order_by()
    met: dict[str, dict[str, datetime]] = defaultdict(dict)
    for label, key, at in entries.values_list("model", "object_key").annotate(at=Min("at")):
        met[label][key] = at
    found = [
        Incident(str(row._meta.verbose_name), str(row.pk), first[str(row.pk)])
        for label, first in met.items()
        for row in apps.get_model(label)._base_manager.filter(pk__in=Keys(map(UUID, first)))
        if unreadable_in(row)
    ]
    return sorted(found, key=lambda incident: incident.first_met)
