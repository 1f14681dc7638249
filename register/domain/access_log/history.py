"""What was done to an object since somebody looked at it: which fields, by whom, when."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.contrib.auth import get_user_model
from django.db.models import Model

from register.models import AccessLogEntry
from register.models.staff import named


@dataclass(frozen=True, slots=True)
class FieldChange:
    """One field that somebody changed.

    Attributes:
        field: the field's name, as the log of use keeps it.
        actor: the person's name and user name; "" when it was the system, or the account is not
            there any more.
        at: when it was saved.
    """

    field: str
    actor: str
    at: datetime


def changes_since(instance: Model, *, version: int) -> dict[str, FieldChange]:
    """Return the last change of each field that was changed after this version of the row."""
    later = AccessLogEntry.objects.filter(
        object_key=str(instance.pk), model=instance._meta.label, details__version__gt=version
    ).order_by("pk")
    actors = [entry.actor for entry in later if entry.actor is not None]
    people = get_user_model()._default_manager.in_bulk(actors)
    found: dict[str, FieldChange] = {}
    for entry in later:
        person = people.get(entry.actor)
        name = named(person) if person else ""
        for field in fields_of(entry.details):
            found[field] = FieldChange(field, name, entry.at)
    return found


def fields_of(details: Mapping[str, Any]) -> list[str]:
    """Return the names of all that an entry says was changed: of the row, its account, its roles.

    Args:
        details: what `record_change` kept with the change.
    """
    roles = ["roles"] if "roles_before" in details else []
    return [*details.get("fields", ()), *details.get("account", ()), *roles]
