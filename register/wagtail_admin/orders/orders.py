"""Ordered services of one's own clients (C14–C17)."""

from functools import partial
from operator import attrgetter
from typing import Any

from django.db.models import Model, QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from register.access.standing import User
from register.domain.orders import orders
from register.domain.retention import hastening
from register.models import Client, Note, ServiceOrder
from register.models.orders import OrderState, state_of
from register.reference.clock import today
from register.wagtail_admin.base import RegisterModelAdmin, erased_soon
from register.wagtail_admin.base.columns import Column
from register.wagtail_admin.base.details import Detail
from register.wagtail_admin.base.filters import Filter
from register.wagtail_admin.base.screens import address
from register.wagtail_admin.orders.acts import ACTS
from register.wagtail_admin.orders.forms import ServiceOrderForm
from register.wagtail_admin.orders.parents import (
    client_card,
    name_and_number,
    parent,
    to_the_client,
)
from register.wagtail_admin.orders.states import shown


def by_state(rows: Any, value: str) -> QuerySet[Any]:
    found: QuerySet[Any] = rows.in_state(OrderState(value), today())
    return found


class ServiceOrderAdmin(RegisterModelAdmin):
    """Ordered services of one's own clients."""

    model = ServiceOrder
    ordering = ("planned_end",)
    empty_text = _("Your clients have no services. One is ordered on the client's card.")
    form_class = ServiceOrderForm
    edit_template_name = "register/admin/order_form.html"
    adds_from_list = False
    object_views = ACTS
    search_fields = ("client__search_key",)
    search_hint = _("Client's name or register number")
    filters = (
        Filter(
            parameter="tila",
            label=_("State"),
            choices=OrderState.choices,
            apply=by_state,
        ),
    )
    columns = (
        Column("client", accessor=attrgetter("client.name")),
        "service",
        Column("state", label=_("State"), accessor=lambda order: shown(state_of(order, today()))),
        Column("manner", desktop_only=True),
        Column("starts_on", sortable=True, desktop_only=True),
        Column("planned_end", sortable=True),
        Column("actual_end", sortable=True, desktop_only=True),
    )
    details = (
        Detail("client", accessor=name_and_number),
        "service",
        "manner",
        "office",
        "starts_on",
        "planned_end",
        "actual_end",
        "cancelled_on",
        "price",
        Detail("counsellor", accessor=attrgetter("counsellor.name")),
        Detail("specification", label=_("Specification")),
    )

    def title_of(self, instance: ServiceOrder) -> str:
        return f"{instance.client.name}: {instance.service}"

    def row_links(self, instance: ServiceOrder) -> list[tuple[Any, str]]:
        return [
            (_("Write a note"), f"{address(Note, 'create')}?order={instance.pk}"),
            (_("Client's card"), client_card(instance)),
        ]

    def prepare_list(self, rows: QuerySet[Any], *, user: User) -> QuerySet[Any]:
        return rows.with_hold(self.today).select_related("client", "service")  # type: ignore[attr-defined]

    def prepare_object(self, rows: QuerySet[Any], *, user: User) -> QuerySet[Any]:
        return rows.select_related("client", "service", "office", "counsellor__user")

    def get_form_kwargs(self, request: HttpRequest, instance: Any) -> dict[str, Any]:
        if instance is not None:
            return {"client": instance.client}
        return {
            "client": parent(
                Client, key=request.GET.get("client", ""), by=request.user, today=self.today
            )
        }

    def add_object(self, form: Any, *, by: User) -> Model:
        client = form.instance.client
        asked: dict[str, Any] = {"by": by, "today": self.today}
        return hastening.carry_out(
            partial(orders.order_service, client=client, values=form.values(), **asked),
            client=client.pk,
            confirmed=erased_soon.confirmed(form),
            **asked,
        )

    def change_object(self, form: Any, *, by: User) -> Model:
        order = form.instance
        asked: dict[str, Any] = {"by": by, "today": self.today}
        change = partial(
            orders.change_order, order=order, changes=form.values(), seen=form.seen, **asked
        )
        return hastening.carry_out(
            change, client=order.client_id, confirmed=erased_soon.confirmed(form), **asked
        )

    def whose(self, form: Any) -> str:
        return name_and_number(form.instance)

    def about(self, instance: ServiceOrder) -> str:
        return instance.client.name

    def trail(self, instance: ServiceOrder) -> list[dict[str, Any]]:
        return to_the_client(instance)

    def back_url(self, instance: ServiceOrder) -> str:
        return client_card(instance)

    def success_url(self, instance: ServiceOrder) -> str:
        return client_card(instance)
