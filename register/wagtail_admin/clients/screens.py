"""Clients on the staff's screens: the list of one's own, and the client card."""

from functools import partial
from typing import Any

from django.db.models import Model, Prefetch, QuerySet
from django.utils.translation import gettext_lazy as _

from register.access.gate import may_change, may_list, visible
from register.access.standing import User, effective_access
from register.domain.clients import records
from register.domain.retention import hastening
from register.models import AccessLogEntry, Client, Note, NoticeGiven, ServiceOrder
from register.wagtail_admin.base import RegisterModelAdmin, erased_soon
from register.wagtail_admin.base.columns import Column
from register.wagtail_admin.base.objects import InspectView
from register.wagtail_admin.base.screens import address
from register.wagtail_admin.base.uses import UsesView
from register.wagtail_admin.base.words import plain
from register.wagtail_admin.clients.forms import CLIENT_FIELDS, ClientForm, NewClientForm
from register.wagtail_admin.orders.forms import ORDER_FIELDS


def latest_order(client: Client) -> ServiceOrder | None:
    """Return the latest of the orders that were fetched with the client."""
    return next(iter(client.visible_orders), None)  # type: ignore[attr-defined]


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


class ClientAdmin(RegisterModelAdmin):
    """Counsellors' own clients; for the data protection contact, those in an open matter."""

    model = Client
    ordering = ("name",)
    search_fields = ("search_key",)
    search_hint = _("Name, e-mail address, phone or register number")
    form_class = ClientForm
    inspect_view_class = ClientCard
    object_views = {"uses": UsesView}
    inspect_template_name = "register/admin/client.html"
    columns = (
        Column("name", sortable=True),
        Column("register_number", desktop_only=True),
        Column(
            "service",
            label=_("Service"),
            accessor=lambda c: getattr(latest_order(c), "service", "–"),
        ),
        Column(
            "planned_end",
            label=_("Valid until"),
            accessor=lambda c: getattr(latest_order(c), "planned_end", None),
        ),
    )
    details = ("register_number", *CLIENT_FIELDS[1:])

    def title_of(self, instance: Client) -> str:
        return instance.name

    def prepare_list(self, rows: QuerySet[Any], *, user: User) -> QuerySet[Any]:
        orders = (
            visible(ServiceOrder, to=user, today=self.today)
            .select_related("service")
            .order_by("-starts_on")
        )
        return rows.prefetch_related(Prefetch("orders", queryset=orders, to_attr="visible_orders"))

    def prepare_object(self, rows: QuerySet[Any], *, user: User) -> QuerySet[Any]:
        notes = visible(Note, to=user, today=self.today).select_related("author__user")
        orders = (
            visible(ServiceOrder, to=user, today=self.today)
            .select_related("service", "office", "counsellor__user")
            .prefetch_related(Prefetch("notes", queryset=notes, to_attr="visible_notes"))
        )
        notices = visible(NoticeGiven, to=user, today=self.today).order_by("notice_version")
        return rows.prefetch_related(
            Prefetch("orders", queryset=orders, to_attr="visible_orders"),
            Prefetch("notices_given", queryset=notices, to_attr="visible_notices"),
        )

    def get_form_class(self, instance: Any) -> Any:
        return NewClientForm if instance is None else ClientForm

    def add_object(self, form: Any, *, by: User) -> Model:
        asked: dict[str, Any] = {"by": by, "today": self.today}
        facts, order = form.values(*CLIENT_FIELDS), form.values(*ORDER_FIELDS)
        return hastening.carry_out(
            partial(records.add, facts=facts, order=order, **asked),
            client=None,
            confirmed=erased_soon.confirmed(form),
            **asked,
        )

    def whose(self, form: Any) -> str:
        return str(form.cleaned_data["name"])

    def change_object(self, form: Any, *, by: User) -> Model:
        return records.change(
            client=form.instance, changes=form.values(), seen=form.seen, by=by, today=self.today
        )
