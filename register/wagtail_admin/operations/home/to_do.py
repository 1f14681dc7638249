"""The lists behind the counts: what is to be prolonged, ended or looked at (C16, C44)."""

from collections.abc import Sequence
from datetime import date
from itertools import groupby
from typing import Any

from django.http import Http404, HttpRequest
from django.urls import URLPattern, path
from django.utils.decorators import method_decorator
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.generic import TemplateView
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin

from register.domain.operations import to_do
from register.domain.operations.to_do import ToDo
from register.domain.retention.erasure_date import ClientEnds, OrderEnd
from register.domain.retention.erasure_words import order_sentence
from register.models import ServiceOrder
from register.models.orders import state_of
from register.reference.clock import today
from register.wagtail_admin.base.paginator import CappedPaginator
from register.wagtail_admin.base.screens import address
from register.wagtail_admin.operations.home.rows import note_address
from register.wagtail_admin.orders.states import tag_of

NAME = "register_to_do"
SHOWN = 50  # on one page


def group_of(order: ServiceOrder, *, today: date) -> Any:
    """Return under which heading the service stands."""
    if order.is_expired(today):
        return _("Overdue")
    return _("Due soon") if order.is_ending_soon(today) else _("Later")


def row_of(order: ServiceOrder, *, today: date) -> dict[str, Any]:
    """Return what the list shows of a service that was fetched `with_end` and `with_hold`."""
    is_open = order.is_open
    may_end = is_open and not order.is_exported  # type: ignore[attr-defined]
    return {
        "order": order,
        "client": order.client,
        "card": address(order.client, "inspect"),
        "state": tag_of(state_of(order, today)),
        "erased": erased(order, today=today),
        "ended": None if is_open else order.ends_on,  # type: ignore[attr-defined]
        "prolong": address(order, "prolong") if may_end else "",
        "end": address(order, "end") if may_end else "",
        "note": note_address(order.pk) if is_open or order.is_ongoing(today) else "",
    }


def erased(order: ServiceOrder, *, today: date) -> str:
    """Return when the service's data is erased, in the words of the card."""
    if order.is_held:  # type: ignore[attr-defined]
        return _("The erasure of this service's data is postponed.")
    end = OrderEnd(key=order.pk, service=order.service.name, ends_on=order.ends_on)  # type: ignore[attr-defined]
    ends = ClientEnds(created_on=order.client.created_on, orders=(end,))
    return order_sentence(ends, end, today=today)


def grouped(
    orders: Sequence[ServiceOrder], *, today: date
) -> list[tuple[Any, list[dict[str, Any]]]]:
    """Return (heading, rows) in the order of the list."""
    return [
        (heading, [row_of(order, today=today) for order in rows])
        for heading, rows in groupby(orders, key=lambda order: group_of(order, today=today))
    ]


@method_decorator(never_cache, name="dispatch")
class ToDoView(WagtailAdminTemplateMixin, TemplateView):
    """One of the lists, with the acts on each row."""

    template_name = "register/admin/home/to_do.html"
    header_icon = "list-ul"
    _show_breadcrumbs = True

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        day = today()
        if kwargs["kind"] not in ToDo or to_do.own(by=request.user, today=day).query.is_empty():
            raise Http404
        self.kind = ToDo(kwargs["kind"])
        return super().dispatch(request, *args, **kwargs)

    def get_page_title(self) -> Any:
        return self.kind.label

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        return [*super().get_breadcrumbs_items(), {"url": "", "label": self.kind.label}]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        day = today()
        asked: dict[str, Any] = {"by": self.request.user, "today": day}
        wanted = to_do.rows(self.kind, **asked)
        paginator = CappedPaginator(wanted, SHOWN)
        number = paginator.number(self.request.GET.get("p"))
        stop = number * SHOWN
        found = to_do.read(wanted, **asked, start=stop - SHOWN, stop=stop)
        return super().get_context_data(
            groups=grouped(found, today=day),
            kinds=[(each, each == self.kind) for each in ToDo],
            paginator=paginator,
            page_number=number,
            has_next=paginator.count > stop,
            **kwargs,
        )


def urls() -> list[URLPattern]:
    """Return the addresses of the lists."""
    return [path("hoidettavat/<str:kind>/", ToDoView.as_view(), name=NAME)]
