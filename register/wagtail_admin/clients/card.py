"""The client card: one client with orders, notes and what the notice promised, in one read."""

from datetime import date
from typing import Any

from django import forms
from django.db.models import Prefetch, QuerySet
from django.utils.translation import gettext_lazy as _

from register.access.gate import may_change, may_list, visible
from register.access.standing import User, effective_access
from register.conf import register_settings
from register.domain.clients import states
from register.domain.retention import erasure_date
from register.domain.retention.erasure_date import ClientEnds
from register.domain.retention.erasure_words import order_sentence, sentence
from register.models import (
    AccessLogEntry,
    Assignment,
    Hold,
    Note,
    NoticeGiven,
    ServiceOrder,
)
from register.models.orders import state_of
from register.wagtail_admin.base.inputs import DayInput
from register.wagtail_admin.base.objects import InspectView
from register.wagtail_admin.base.screens import address
from register.wagtail_admin.base.words import plain
from register.wagtail_admin.orders import acts
from register.wagtail_admin.orders.note_forms import NoteForm
from register.wagtail_admin.orders.states import Tag, tag_of

# The newest notes, which are read without a click.
UNFOLDED = 5
WITHOUT_SERVICE = Tag(_("No service"))


def with_what_the_card_shows(rows: QuerySet[Any], *, to: User, today: date) -> QuerySet[Any]:
    """Return the clients with all that the person may see of them on the card."""
    notes = visible(Note, to=to, today=today).select_related("author__user")
    orders = (
        visible(ServiceOrder, to=to, today=today)
        .with_hold(today)  # type: ignore[attr-defined]
        .select_related("service", "office", "counsellor__user")
        .prefetch_related(Prefetch("notes", queryset=notes, to_attr="visible_notes"))
    )
    notices = visible(NoticeGiven, to=to, today=today).order_by("notice_version")
    periods = visible(Assignment, to=to, today=today).select_related("user")
    periods = periods.order_by("-valid_from")
    holds = visible(Hold, to=to, today=today).filter(Hold.is_active.on(today))
    return rows.prefetch_related(
        Prefetch("orders", queryset=orders, to_attr="visible_orders"),
        Prefetch("notices_given", queryset=notices, to_attr="visible_notices"),
        Prefetch("assignments", queryset=periods, to_attr="visible_periods"),
        Prefetch("holds", queryset=holds, to_attr="visible_holds"),
    )


class ClientCard(InspectView):
    """One client with the orders and notes that the person may see, in one logged read."""

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        user, client, today = self.request.user, self.instance, self.today
        may_write = may_change(user, client, today=today)
        ends = erasure_date.of_client(client)
        state = states.state_of(client, held=bool(ends.postponed(today)), today=today)
        shown = states.open_first(client.visible_orders, today=today)
        self.billed = set(ServiceOrder.objects.billed().filter(client=client.pk).values_list("pk"))
        writable = [each for each in shown if may_write and each.is_unrestricted]
        self.ongoing = [each for each in writable if each.is_ongoing(today)]
        orders = [self.order_on_card(order, ends, may_write=order in writable) for order in shown]
        notes = self.notes_on_card(shown, may_write=may_write)
        sees_log = may_list(user, AccessLogEntry, today=today)
        return super().get_context_data(
            **{
                "uses_url": address(client, "uses") if sees_log else None,
                "state": tag_of(state) if state else WITHOUT_SERVICE,
                "sentence": sentence(
                    ends, today=today, with_ground=may_list(user, Hold, today=today)
                ),
                "phone": plain(client.phone) if client.phone else "",
                "municipality": client.get_home_municipality_display(),
                "orders": orders,
                "notes": notes[:UNFOLDED],
                "folded_notes": notes[UNFOLDED:],
                "may_order": may_write,
                "has_notice": bool(register_settings.NOTICE_IN_FORCE),
                # Of the boxes for notes and days.
                "media": forms.Media() + DayInput().media,
                "notices": self.notices_on_card(may_tell=may_write),
                **kwargs,
            }
        )

    def notices_on_card(self, *, may_tell: bool) -> dict[str, Any]:
        """Return which versions of the notice the client was given, and the one that waits."""
        rows = self.instance.visible_notices
        given = [row for row in rows if row.given_on]
        last = given[-1].notice_version if given else 0
        waiting = [row for row in rows if row.notice_version > last][-1:]
        return {
            "given": given[::-1],
            "waiting": waiting[0] if waiting else None,
            "today": plain(self.today) if may_tell else "",
        }

    def order_on_card(
        self, order: ServiceOrder, ends: ClientEnds, *, may_write: bool
    ) -> dict[str, Any]:
        """Return what the card shows of an order; its own erasure only beside other orders."""
        others = len(ends.orders) > 1
        return {
            "order": order,
            "price": plain(order.price),
            "ended": order.is_finished(self.today),
            "state": tag_of(state_of(order, self.today)),
            "may_write": may_write,
            **(self.acts_on_card(order, ends) if may_write else {}),
            "sentence": order_sentence(ends, ends.of(order.pk), today=self.today) if others else "",
        }

    def acts_on_card(self, order: ServiceOrder, ends: ClientEnds) -> dict[str, Any]:
        """Return what may be done to an order; a box for notes that is alone is open."""
        by, today = self.request.user, self.today
        is_billed = (order.pk,) in self.billed
        return {
            "acts": acts.on_card(order, ends, is_billed=is_billed, by=by, today=today),
            "note_form": NoteForm(order=order, by=by, auto_id=f"note-{order.pk}-%s"),
            "is_note_open": self.ongoing == [order],
        }

    def notes_on_card(self, orders: list[ServiceOrder], *, may_write: bool) -> list[dict[str, Any]]:
        """Return the notes of all orders, newest first."""
        author = effective_access(self.request.user, today=self.today).staff_member
        notes = [
            {
                "note": note,
                "order": order,
                "may_change": may_write and order.is_unrestricted and note.author == author,
            }
            for order in orders
            for note in order.visible_notes  # type: ignore[attr-defined]
        ]
        newest = lambda each: (each["note"].met_on, each["note"].written_at)  # noqa: E731
        return sorted(notes, key=newest, reverse=True)
