"""Notes: read on the client card, added and corrected by their author (C18, C20)."""

from functools import partial
from operator import attrgetter
from typing import Any

from django.db.models import Model, QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from register.access.standing import User
from register.domain.orders import notes
from register.domain.retention import hastening
from register.models import Note, ServiceOrder
from register.wagtail_admin.base import RegisterModelAdmin, erased_soon
from register.wagtail_admin.base.columns import Column
from register.wagtail_admin.base.details import Detail
from register.wagtail_admin.orders.note_acts import NOTE_ACTS
from register.wagtail_admin.orders.note_forms import NoteForm
from register.wagtail_admin.orders.parents import (
    client_card,
    name_and_number,
    parent,
    to_the_client,
)


class NoteAdmin(RegisterModelAdmin):
    """Notes; they are read on the client card, and added and corrected by their author."""

    model = Note
    ordering = ("-met_on",)
    form_class = NoteForm
    object_views = NOTE_ACTS
    adds_from_list = False
    columns = (
        "met_on",
        "kind",
        Column("client", label=_("Client"), accessor=attrgetter("order.client.name")),
        Column("basis", label=_("Basis")),
    )
    details = (
        Detail("client", label=_("Client"), accessor=lambda note: name_and_number(note.order)),
        "met_on",
        "kind",
        "basis",
        Detail("author", accessor=attrgetter("author.name")),
        Detail("text", label=_("Note")),
    )

    def title_of(self, instance: Note) -> str:
        return f"{instance.order.client.name}: {instance.met_on:%d.%m.%Y}"

    def prepare_list(self, rows: QuerySet[Any], *, user: User) -> QuerySet[Any]:
        return rows.select_related("order__client", "author__user")

    def get_form_kwargs(self, request: HttpRequest, instance: Any) -> dict[str, Any]:
        if instance is not None:
            return {"order": instance.order}
        return {
            "order": parent(
                ServiceOrder, key=request.GET.get("order", ""), by=request.user, today=self.today
            )
        }

    def add_object(self, form: Any, *, by: User) -> Model:
        order = form.instance.order
        asked: dict[str, Any] = {"by": by, "today": self.today}
        return hastening.carry_out(
            partial(notes.write_note, order=order, values=form.values(), **asked),
            client=order.client_id,
            confirmed=erased_soon.confirmed(form),
            **asked,
        )

    def change_object(self, form: Any, *, by: User) -> Model:
        note = form.instance
        asked: dict[str, Any] = {"by": by, "today": self.today}
        change = partial(
            notes.change_note, note=note, changes=form.values(), seen=form.seen, **asked
        )
        return hastening.carry_out(
            change, client=note.order.client_id, confirmed=erased_soon.confirmed(form), **asked
        )

    def whose(self, form: Any) -> str:
        return name_and_number(form.instance.order)

    def about(self, instance: Note) -> str:
        return f"{instance.order.client.name}, {instance.order.service}"

    def trail(self, instance: Note) -> list[dict[str, Any]]:
        return to_the_client(instance.order)

    def back_url(self, instance: Note) -> str:
        return client_card(instance.order)

    def success_url(self, instance: Note) -> str:
        return client_card(instance.order)
