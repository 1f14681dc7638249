"""Ordered services and notes (C14–C18, C20)."""

from datetime import date

from django.db import transaction

from register.enums import Action
from register.exceptions import NotAllowed
from register.models import Note, ServiceOrder
from register.permissions import User, may_change, may_create

from . import access_log


def order_service(*, order: ServiceOrder, by: User, today: date) -> ServiceOrder:
    """Add an ordered service to a client of one's own. NotAllowed otherwise."""
    if not (
        may_create(by, ServiceOrder, today=today) and may_change(by, order.client, today=today)
    ):
        raise NotAllowed
    with transaction.atomic():
        order.created_on = today
        order.save(force_insert=True)
        access_log.changed(by=by, action=Action.CREATE, instance=order, view="order_add")
    return order


def change_order(*, order: ServiceOrder, by: User, today: date) -> ServiceOrder:
    """Save a changed order: a new validity, its actual end. NotAllowed when not one's own."""
    if not may_change(by, order, today=today):
        raise NotAllowed
    with transaction.atomic():
        order.save(force_update=True)
        access_log.changed(by=by, action=Action.CHANGE, instance=order, view="order_edit")
    return order


def write_note(*, note: Note, by: User, today: date) -> Note:
    """Add a note to an order of one's own client, signed by its author. NotAllowed otherwise."""
    if not (may_create(by, Note, today=today) and may_change(by, note.order, today=today)):
        raise NotAllowed
    with transaction.atomic():
        note.save(force_insert=True)
        access_log.changed(by=by, action=Action.CREATE, instance=note, view="note_add")
    return note


def change_note(*, note: Note, by: User, today: date) -> Note:
    """Save a changed note. NotAllowed to anyone but its author."""
    if not may_change(by, note, today=today):
        raise NotAllowed
    with transaction.atomic():
        note.save(force_update=True)
        access_log.changed(by=by, action=Action.CHANGE, instance=note, view="note_edit")
    return note
