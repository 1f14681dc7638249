"""Notes of an ordered service (C18, C20)."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext_lazy as _

from register.access.gate import may_change
from register.access.standing import User, effective_access, looking_anew
from register.domain.access_log.changing import add, changing, locked, refuse_stale
from register.domain.access_log.recording import record_change
from register.domain.erasure import engine
from register.exceptions import NotAllowed, Stale
from register.models import Hold, Note, ServiceOrder
from register.models.access_log import Action


def write_note(*, order: ServiceOrder, values: Mapping[str, Any], by: User, today: date) -> Note:
    """Add a note to an order of one's own client, signed by its author.

    Args:
        values: `kind` (a meeting unless told), `met_on`, `basis` and `text`.

    Raises NotAllowed when the client is not one's own, Erased, ValidationError.
    """
    with transaction.atomic(), looking_anew():
        order = locked(order)
        if not may_change(by, order, today=today):
            raise NotAllowed
        author = effective_access(by, today=today).staff_member
        note = Note(order=order, author=author, **values)
        refuse_day(note.met_on, order=order, today=today)
        return add(note, by=by, today=today, view="note_add")


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
        if "met_on" in change.fields:
            refuse_day(change.row.met_on, order=change.row.order, today=today)
    return change.row


def refuse_day(met_on: date | None, *, order: ServiceOrder, today: date) -> None:
    """Raise ValidationError for a day of a note that can't be. Before the start it can."""
    if met_on is None:
        return
    if met_on > today:
        raise ValidationError({"met_on": _("The day can't be in the future.")})
    end = order.cancelled_on or order.actual_end
    if end and met_on > end:
        raise ValidationError({"met_on": _("The day can't be after the service has ended.")})


def move_note(*, note: Note, to: ServiceOrder, seen: int | None, by: User, today: date) -> Note:
    """Move a note that was written to the wrong order, and log it for both clients.

    Raises NotAllowed to anyone but its author, and where the other order's client is not one's
    own; Stale, Erased, ValidationError.
    """
    # The order before the note, as erasure locks them.
    with transaction.atomic(), looking_anew():
        wanted = locked(to)
        with changing(note, by=by, today=today, seen=seen, view="note_moved_here") as change:
            if not may_change(by, wanted, today=today):
                raise NotAllowed
            change.row.order = wanted
            if change.fields:
                refuse_day(change.row.met_on, order=wanted, today=today)
                record_change(
                    change.before, by=by, today=today, action=Action.CHANGE, view="note_moved_away"
                )
    return change.row


def remove_note(*, note: Note, seen: int | None, by: User, today: date) -> Note:
    """Remove a note for good, as one written to the wrong client; return what it was.

    The log says that it was done and of whose note, not what it said.

    Raises NotAllowed to anyone but its author, Stale, Erased; ValidationError while a hold keeps
    the client's data.
    """
    # The client before the note, as erasure locks them.
    with transaction.atomic(), looking_anew():
        client = locked(note.order.client)
        found = locked(note)
        if not may_change(by, found, today=today):
            raise NotAllowed
        refuse_stale(found, seen)
        if found.order_id != note.order_id:
            raise Stale(found._meta.label, found.pk)
        if Hold.objects.active(today).filter(client=client).exists():
            raise ValidationError(
                _(
                    "The client's data is on hold, so nothing of it is removed now. Ask the data "
                    "protection contact, or move the note to the right client."
                )
            )
        engine.delete_notes([found.pk])
        record_change(found, by=by, today=today, action=Action.DELETE, view="note_remove")
    return found
