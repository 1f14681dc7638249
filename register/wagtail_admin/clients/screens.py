"""Clients on the staff's screens: the list of one's own, and their form."""

from functools import partial
from typing import Any

from django.db.models import Exists, Model, OuterRef, Prefetch, QuerySet
from django.utils.translation import gettext_lazy as _

from register.access.gate import visible
from register.access.standing import User
from register.domain.clients import records, states
from register.domain.retention import hastening
from register.models import Client, Hold, ServiceOrder
from register.models.orders import OrderState
from register.reference.clock import today
from register.wagtail_admin.base import RegisterModelAdmin, erased_soon
from register.wagtail_admin.base.columns import Column
from register.wagtail_admin.base.filters import Filter
from register.wagtail_admin.base.screens import address
from register.wagtail_admin.base.uses import UsesView
from register.wagtail_admin.clients.adding import NewClientView
from register.wagtail_admin.clients.card import ClientCard, with_what_the_card_shows
from register.wagtail_admin.clients.forms import CLIENT_FIELDS, ClientForm, NewClientForm
from register.wagtail_admin.clients.printed_notes import PrintedNotesView
from register.wagtail_admin.clients.slip import SlipView
from register.wagtail_admin.orders.forms import ORDER_FIELDS
from register.wagtail_admin.orders.states import shown


def leading_order(client: Client) -> ServiceOrder | None:
    """Return the order that leads those that were fetched with the client."""
    orders = client.visible_orders  # type: ignore[attr-defined]
    return next(iter(states.open_first(orders, today=today())), None)


def state(client: Client) -> Any:
    return shown(states.state_of(client, held=client.is_held, today=today()))  # type: ignore[attr-defined]


def by_state(rows: Any, value: str) -> QuerySet[Any]:
    return states.in_state(rows, OrderState(value), today=today())


class ClientAdmin(RegisterModelAdmin):
    """Counsellors' own clients; for the data protection contact, those in an open matter."""

    model = Client
    ordering = ("name",)
    search_fields = ("search_key",)
    filters = (
        Filter(parameter="tila", label=_("State"), choices=OrderState.choices, apply=by_state),
    )
    search_hint = _("Name, e-mail address, phone or register number")
    empty_text = _("You have no clients today. Add one, or ask a colleague to hand one over.")
    form_class = ClientForm
    create_view_class = NewClientView
    inspect_view_class = ClientCard
    object_views = {"uses": UsesView, "slip": SlipView, "notes": PrintedNotesView}
    inspect_template_name = "register/admin/client.html"
    columns = (
        Column("name", sortable=True),
        Column("register_number", desktop_only=True),
        Column(
            "service",
            label=_("Service"),
            accessor=lambda c: getattr(leading_order(c), "service", "–"),
        ),
        Column("state", label=_("State"), accessor=state),
        Column(
            "planned_end",
            label=_("Valid until"),
            accessor=lambda c: getattr(leading_order(c), "planned_end", None),
        ),
    )
    details = ("register_number", *CLIENT_FIELDS[1:])

    def title_of(self, instance: Client) -> str:
        return instance.name

    def row_links(self, instance: Client) -> list[tuple[Any, str]]:
        return [
            (_("Add a service order"), f"{address(ServiceOrder, 'create')}?client={instance.pk}")
        ]

    def prepare_list(self, rows: QuerySet[Any], *, user: User) -> QuerySet[Any]:
        orders = (
            visible(ServiceOrder, to=user, today=self.today)
            .with_hold(self.today)  # type: ignore[attr-defined]
            .select_related("service")
            .order_by("-starts_on")
        )
        held = Exists(Hold.objects.active(self.today).filter(client=OuterRef("pk")))
        visible_orders = Prefetch("orders", queryset=orders, to_attr="visible_orders")
        return rows.annotate(is_held=held).prefetch_related(visible_orders)

    def prepare_object(self, rows: QuerySet[Any], *, user: User) -> QuerySet[Any]:
        return with_what_the_card_shows(rows, to=user, today=self.today)

    def get_form_class(self, instance: Any) -> Any:
        return NewClientForm if instance is None else ClientForm

    def add_object(self, form: Any, *, by: User) -> Model:
        asked: dict[str, Any] = {"by": by, "today": self.today}
        facts, order = form.values(*CLIENT_FIELDS), form.values(*ORDER_FIELDS)
        return hastening.carry_out(
            partial(
                records.add,
                facts=facts,
                order=order,
                responsible=form.cleaned_data.get("responsible"),
                keeps=form.cleaned_data["keeps"],
                **asked,
            ),
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
