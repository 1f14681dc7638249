"""The verbs of orders and notes: who may use each, on what, and what the log then says."""

from datetime import date

from register.domain.orders import ending, notes, orders
from register.models.access_log import Action
from register.models.staff import Role
from tests.factories import (
    AssignmentFactory,
    ClientFactory,
    NoteFactory,
    OfficeFactory,
    ServiceFactory,
    ServiceOrderFactory,
    StaffHearingFactory,
)
from tests.integration.verb import RESULT, TODAY, Verb


def own_client(by):
    return AssignmentFactory(user=by, content_object=ClientFactory()).content_object


def own_order(by):
    return ServiceOrderFactory(client=own_client(by), counsellor=by.staff_member)


def own_note(by):
    return NoteFactory(order=own_order(by), author=by.staff_member)


def own_note_and_order(by):
    note = own_note(by)
    note.client_elsewhere = own_order(by)
    return note


def of_own_order(*, ended=False, **wanted):
    def about(by):
        order = own_order(by)
        type(order).objects.filter(pk=order.pk).update(actual_end=TODAY if ended else None)
        return order

    return {
        "role": Role.COUNSELLOR,
        "about": about,
        "wanted": lambda order: {"order": order, "seen": None, **wanted},
    }


def an_order():
    StaffHearingFactory()  # no client before it
    return {
        "service": ServiceFactory(),
        "office": OfficeFactory(),
        "manner": "remote",
        "starts_on": date(2026, 1, 2),
        "planned_end": date(2026, 12, 1),
        "price": 0,
    }


ORDER_VERBS = {
    "orders.orders.order_service": Verb(
        run=orders.order_service,
        role=Role.COUNSELLOR,
        about=own_client,
        wanted=lambda client: {"client": client, "values": an_order()},
        action=Action.CREATE,
        **RESULT,
    ),
    "orders.orders.change_order": Verb(
        run=orders.change_order,
        role=Role.COUNSELLOR,
        about=own_order,
        wanted=lambda order: {"order": order, "changes": {"price": 1}, "seen": 1},
    ),
    "orders.notes.write_note": Verb(
        run=notes.write_note,
        role=Role.COUNSELLOR,
        about=own_order,
        wanted=lambda order: {
            "order": order,
            "values": {"met_on": TODAY, "basis": "told_by_client", "text": "Keksitty."},
        },
        action=Action.CREATE,
        **RESULT,
    ),
    "orders.notes.change_note": Verb(
        run=notes.change_note,
        role=Role.COUNSELLOR,
        about=own_note,
        wanted=lambda note: {"note": note, "changes": {"text": "Korjattu."}, "seen": 1},
    ),
    "orders.notes.move_note": Verb(
        run=notes.move_note,
        role=Role.COUNSELLOR,
        about=own_note_and_order,
        wanted=lambda note: {"note": note, "to": note.client_elsewhere, "seen": 1},
    ),
    "orders.notes.remove_note": Verb(
        run=notes.remove_note,
        role=Role.COUNSELLOR,
        about=own_note,
        wanted=lambda note: {"note": note, "seen": 1},
        action=Action.DELETE,
    ),
    "orders.ending.prolong": Verb(
        run=ending.prolong, **of_own_order(until=date(2100, 1, 1), reason="Keksitty.")
    ),
    "orders.ending.end": Verb(run=ending.end, **of_own_order(on=TODAY)),
    "orders.ending.cancel": Verb(run=ending.cancel, **of_own_order(on=TODAY)),
    "orders.ending.reopen": Verb(run=ending.reopen, **of_own_order(ended=True)),
}
