"""Clients on the staff's screens: the list of one's own, and the client card."""

from collections.abc import Sequence
from typing import Any

from django.db.models import Model, Prefetch, QuerySet
from django.utils.translation import gettext_lazy as _
from wagtail.admin.ui.tables import Column, TitleColumn

from register.domain import clients
from register.models import Client, LikelyDuplicate, Note, ServiceOrder
from register.permissions import User, may_change, standing, visible

from .base import RegisterModelAdmin
from .base.columns import WIDE, DayColumn
from .base.modeladmin import display, label
from .base.objects import InspectView
from .forms.clients import CLIENT_FIELDS, ClientForm, NewClientForm


def latest_order(client: Client) -> ServiceOrder | None:
    """Return the latest of the orders that were fetched with the client."""
    return next(iter(client.visible_orders), None)  # type: ignore[attr-defined]


class ClientCard(InspectView):
    """One client with the orders and notes that the person may see, in one logged read."""

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        may_write = may_change(self.request.user, self.instance)
        orders = [
            self.order_on_card(order, may_write=may_write and order.restricted_on is None)
            for order in self.instance.visible_orders
        ]
        return super().get_context_data(**{"orders": orders, "may_order": may_write, **kwargs})

    def order_on_card(self, order: ServiceOrder, *, may_write: bool) -> dict[str, Any]:
        author = standing(self.request.user).staff_member
        return {
            "order": order,
            "ended": (order.actual_end or order.planned_end) < self.model_admin.today,
            "may_write": may_write,
            "notes": [
                {"note": note, "may_change": may_write and note.author == author}
                for note in order.visible_notes  # type: ignore[attr-defined]
            ],
        }


class ClientAdmin(RegisterModelAdmin):
    """Counsellors' own clients; for the data protection contact, those in an open matter."""

    model = Client
    menu_label = _("Clients")
    menu_icon = "group"
    menu_order = 110
    base_url_path = "asiakkaat"
    ordering = ("name",)
    search_fields = ("name", "email", "register_number")
    search_hint = _("Name, e-mail address or register number")
    form_class = ClientForm
    inspect_view_class = ClientCard
    inspect_template_name = "register/admin/client.html"
    columns = (
        TitleColumn(
            "name", label=_("Name"), sort_key="name", url_name="asiakkaat_modeladmin_inspect"
        ),
        Column("register_number", label=_("Register number"), classname=WIDE),
        Column(
            "service",
            label=_("Service"),
            accessor=lambda c: getattr(latest_order(c), "service", "–"),
        ),
        DayColumn(
            "planned_end",
            label=_("Valid until"),
            accessor=lambda c: getattr(latest_order(c), "planned_end", None),
        ),
    )

    def title_of(self, instance: Client) -> str:
        return instance.name

    def details_of(self, instance: Client) -> Sequence[tuple[Any, Any]]:
        names = ("register_number", *CLIENT_FIELDS[1:])
        return [(label(instance, name), display(instance, name)) for name in names]

    def narrow_list(self, rows: QuerySet[Any], *, user: User) -> QuerySet[Any]:
        orders = visible(ServiceOrder, to=user).select_related("service").order_by("-starts_on")
        return rows.prefetch_related(Prefetch("orders", queryset=orders, to_attr="visible_orders"))

    def narrow_object(self, rows: QuerySet[Any], *, user: User) -> QuerySet[Any]:
        notes = visible(Note, to=user).select_related("author__user")
        orders = (
            visible(ServiceOrder, to=user)
            .select_related("service", "office", "counsellor__user")
            .prefetch_related(Prefetch("notes", queryset=notes, to_attr="visible_notes"))
        )
        return rows.prefetch_related(Prefetch("orders", queryset=orders, to_attr="visible_orders"))

    def get_form_class(self, instance: Any) -> Any:
        return NewClientForm if instance is None else ClientForm

    def add_object(self, form: Any, *, by: User) -> Model:
        return clients.add(client=form.instance, order=form.order, by=by, today=self.today)

    def change_object(self, form: Any, *, by: User) -> Model:
        return clients.change(client=form.instance, by=by, today=self.today)


class LikelyDuplicateAdmin(RegisterModelAdmin):
    """Likely duplicates across counsellors: register numbers only, for the contact (C33)."""

    model = LikelyDuplicate
    menu_label = _("Likely duplicates")
    menu_icon = "copy"
    menu_order = 320
    base_url_path = "kaksoiskappaleet"
    ordering = ("-found_on",)
    columns = (
        TitleColumn("client", label=_("Client"), url_name="kaksoiskappaleet_modeladmin_inspect"),
        Column("other", label=_("Other client")),
        DayColumn("found_on", label=_("Found on"), sort_key="found_on"),
    )

    def narrow_list(self, rows: QuerySet[Any], *, user: User) -> QuerySet[Any]:
        return rows.select_related("client", "other")

    narrow_object = narrow_list
