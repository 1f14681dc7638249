"""The client card: one client with orders, notes and what the notice promised, in one read."""

from datetime import date
from typing import Any

from django.db.models import Prefetch, QuerySet

from register.access.gate import may_change, may_list, visible
from register.access.standing import User, effective_access
from register.models import AccessLogEntry, Note, NoticeGiven, ServiceOrder
from register.wagtail_admin.base.objects import InspectView
from register.wagtail_admin.base.screens import address
from register.wagtail_admin.base.words import plain


def with_what_the_card_shows(rows: QuerySet[Any], *, to: User, today: date) -> QuerySet[Any]:
    """Return the clients with the orders, notes and notices that the person may see of them."""
    notes = visible(Note, to=to, today=today).select_related("author__user")
    orders = (
        visible(ServiceOrder, to=to, today=today)
        .select_related("service", "office", "counsellor__user")
        .prefetch_related(Prefetch("notes", queryset=notes, to_attr="visible_notes"))
    )
    notices = visible(NoticeGiven, to=to, today=today).order_by("notice_version")
    return rows.prefetch_related(
        Prefetch("orders", queryset=orders, to_attr="visible_orders"),
        Prefetch("notices_given", queryset=notices, to_attr="visible_notices"),
    )


class ClientCard(InspectView):
    """One client with the orders and notes that the person may see, in one logged read."""

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        may_write = may_change(self.request.user, self.instance, today=self.today)
        orders = [
            self.order_on_card(order, may_write=may_write and order.is_unrestricted)
            for order in self.instance.visible_orders
        ]
        sees_log = may_list(self.request.user, AccessLogEntry, today=self.today)
        return super().get_context_data(
            **{
                "uses_url": address(self.instance, "uses") if sees_log else None,
                "orders": orders,
                "may_order": may_write,
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
            "given": given,
            "waiting": waiting[0] if waiting else None,
            "today": plain(self.today) if may_tell else "",
        }

    def order_on_card(self, order: ServiceOrder, *, may_write: bool) -> dict[str, Any]:
        author = effective_access(self.request.user, today=self.today).staff_member
        return {
            "order": order,
            "price": plain(order.price),
            "ended": order.is_finished(self.today),
            "may_write": may_write,
            "notes": [
                {"note": note, "may_change": may_write and note.author == author}
                for note in order.visible_notes  # type: ignore[attr-defined]
            ],
        }
