"""Notes of an ordered service (C18, C20)."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from django.db import transaction

from register.access.gate import may_change
from register.access.standing import User, effective_access, looking_anew
from register.domain.access_log.changing import add, changing, locked
from register.exceptions import NotAllowed
from register.models import Note, ServiceOrder


def write_note(*, order: ServiceOrder, values: Mapping[str, Any], by: User, today: date) -> Note:
    """Add a note to an order of one's own client, signed by its author.

    Args:
        values: `met_on`, `basis` and `text`.

    Raises NotAllowed when the client is not one's own, Erased, ValidationError.
    """
    with transaction.atomic(), looking_anew():
        order = locked(order)
        if not may_change(by, order, today=today):
            raise NotAllowed
        author = effective_access(by, today=today).staff_member
        return add(Note(order=order, author=author, **values), by=by, today=today, view="note_add")


def change_note(
    *, note: Note, changes: Mapping[str, Any], seen: int | None, by: User, today: date
) -> Note:
    """Correct a note. Raises NotAllowed to anyone but its author, Stale, Erased, ValidationError.

    Args:
        changes: new values by name; the text is plain.
        seen: the row's version that the person saw.
    """
    with changing(note, by=by, today=today, seen=seen, view="note_edit") as change:
        change.set(**changes)
    return change.row
