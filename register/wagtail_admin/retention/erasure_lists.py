"""The erasure lists: how much, when and why; and the confirmation of what was on no forecast."""

from datetime import date, datetime
from typing import Any

from django.db.models import Count, Exists, OuterRef, Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from wagtail.admin.ui.tables import Table

from register.access.gate import may_list, visible
from register.access.standing import User
from register.domain.access_log import reading
from register.domain.retention import confirming
from register.models import Client, ErasureList, ListedUnit
from register.models.access_log import Action
from register.models.retention import ListedKind, ListKind
from register.wagtail_admin.base import RegisterModelAdmin
from register.wagtail_admin.base.actions import ObjectAction
from register.wagtail_admin.base.columns import Column, table_columns
from register.wagtail_admin.base.details import Detail
from register.wagtail_admin.base.objects import InspectView, ObjectView
from register.wagtail_admin.base.paginator import CappedPaginator
from register.wagtail_admin.base.screens import address
from register.wagtail_admin.base.words import moment


def state(erasure_list: ErasureList, *, now: datetime) -> str:
    """Return what becomes of the list, and when."""
    at = {"moment": moment(erasure_list.erases_at)}
    if erasure_list.frozen_at is None:
        return _("Being made")
    if erasure_list.is_unconfirmed(now):
        return _("Waits for confirmation; unconfirmed, erased on %(moment)s") % at
    if erasure_list.is_waiting(now):
        return _("Erased from %(moment)s on, without anyone") % at
    return _("In force since %(moment)s") % at


def reason(erasure_list: ErasureList) -> Any:
    """Return why there is such a list, in a sentence."""
    reasons = {
        ListKind.FORECAST: _(
            "What is due in January. Until 31 January nothing else is erased, unless a person has "
            "read so or confirms it."
        ),
        ListKind.BEYOND: _(
            "It fell due after the forecast was frozen, and nobody was told of it. Look at why "
            "before you confirm: a day may be wrong, or a service may have been entered late."
        ),
        ListKind.EVENING: _(
            "It fell due outside January without anybody having said so, as after a time when the "
            "machine was off. It stands here for a day first, so that nobody is surprised."
        ),
        ListKind.ACT: _(
            "Somebody released a hold, or changed a day, having read that the next run erases it."
        ),
    }
    return reasons[ListKind(erasure_list.kind)]


def counted(erasure_list: ErasureList) -> str:
    """Return how much was put on the list, by kind."""
    return _(
        "Clients: %(clients)d, service orders: %(orders)d, feedback: %(feedback)d, bookkeeping "
        "rows: %(vouchers)d."
    ) % {
        "clients": erasure_list.clients,
        "orders": erasure_list.orders,
        "feedback": erasure_list.feedback,
        "vouchers": erasure_list.vouchers,
    }


def still_there(erasure_list: ErasureList) -> str:
    """Return how much of the list is not erased yet, by kind."""
    units = erasure_list.units.order_by().values_list("kind").annotate(n=Count("pk"))
    left = dict(units)
    told = [f"{kind.label}: {left[kind]}" for kind in ListedKind if left.get(kind)]
    return ", ".join(told) or _("Nothing")


def in_words(erasure_list: ErasureList, *, now: datetime) -> str:
    """Return the list in a line, as a command prints it."""
    kind = erasure_list.get_kind_display()
    return f"{kind}. {counted(erasure_list)} {state(erasure_list, now=now)}."


def what_a_confirmation_does(erasure_list: ErasureList, *, by: User, today: date) -> list[Any]:
    return [
        counted(erasure_list),
        _("Those of them that are still due are erased within the hour."),
        _("What is erased can't be brought back."),
        _("Unconfirmed, they wait until %(moment)s and are erased then: the notice promises it.")
        % {"moment": moment(erasure_list.erases_at)},
    ]


class ListView(InspectView):
    """The list's own screen; who sees clients at all has a way to those on it."""

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        sees_clients = may_list(self.request.user, Client, today=self.today)
        rows_url = address(self.instance, "rows") if sees_clients else None
        return super().get_context_data(**{"rows_url": rows_url, **kwargs})


class RowsView(ObjectView):
    """Those clients on the list whom the person may see, and a link to each."""

    action = Action.LIST

    def check_action_permitted(self, user: User) -> bool:
        return may_list(user, Client, today=self.today)

    def get_breadcrumbs(self) -> list[dict[str, Any]]:
        return [*super().get_breadcrumbs(), {"url": "", "label": _("Clients on the list")}]

    def narrow(self, clients: QuerySet[Client]) -> QuerySet[Client]:
        units = ListedUnit.objects.filter(erasure_list=self.instance.pk)
        as_a_whole = Exists(units.filter(key=OuterRef("pk")))
        listed = Q(orders__in=units.filter(kind=ListedKind.ORDER).values("key"))
        found = clients.annotate(
            goes=as_a_whole, orders_listed=Count("orders", filter=listed, distinct=True)
        )
        return found.filter(Q(goes=True) | Q(orders_listed__gt=0)).order_by("sort_key", "pk")

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        user, day = self.request.user, self.today
        paginator = CappedPaginator(
            self.narrow(visible(Client, to=user, today=day)), self.model_admin.list_per_page
        )
        number = paginator.number(self.request.GET.get("p"))
        start = (number - 1) * paginator.per_page
        stop = start + paginator.per_page
        found = reading.read(
            Client,
            to=user,
            today=day,
            view=self.view_name,
            action=self.action,
            narrow=lambda rows: self.narrow(rows)[start:stop],
        )
        table = Table(table_columns(Client, COLUMNS), found, classname="listing")
        return super().get_context_data(
            **{
                "table": table,
                "media": table.media,
                "object_list": found,
                "paginator": paginator,
                "page_number": number,
                "has_next": paginator.count > stop,
                **kwargs,
            }
        )

    def get_template_names(self) -> list[str]:
        return ["register/admin/listed_rows.html"]


def what_goes(client: Any) -> str:
    """Return what of the client stands on the list."""
    if client.goes:
        return _("Everything")
    return ngettext("%(count)d service order", "%(count)d service orders", client.orders_listed) % {
        "count": client.orders_listed
    }


COLUMNS = (
    "name",
    "register_number",
    Column("what_goes", label=gettext_lazy("Is erased"), accessor=what_goes),
)


class ErasureListAdmin(RegisterModelAdmin):
    """What may be erased from when on: counts, and no names."""

    model = ErasureList
    ordering = ("-erases_at",)
    inspect_view_class = ListView
    inspect_template_name = "register/admin/erasure_list.html"
    object_views = {"rows": RowsView}
    actions = (
        ObjectAction(
            name="confirm",
            label=gettext_lazy("Confirm the erasure"),
            explanation=gettext_lazy("When it is right to erase this: then it need not wait."),
            done=gettext_lazy("Confirmed. It is erased within the hour."),
            offered=lambda erasure_list: erasure_list.is_unconfirmed(timezone.now()),
            run=lambda erasure_list, **asked: confirming.confirm(
                erasure_list=erasure_list, now=timezone.now(), **asked
            ),
            consequences=what_a_confirmation_does,
        ),
    )
    columns = (
        "kind",
        Column(
            "state",
            label=gettext_lazy("State"),
            accessor=lambda erasure_list: state(erasure_list, now=timezone.now()),
        ),
        "clients",
        Column("orders", desktop_only=True),
        Column("feedback", desktop_only=True),
        Column("vouchers", desktop_only=True),
        Column("frozen_at", desktop_only=True),
    )
    details = (
        Detail(
            "state",
            label=gettext_lazy("State"),
            accessor=lambda erasure_list: state(erasure_list, now=timezone.now()),
        ),
        Detail("reason", label=gettext_lazy("Why"), accessor=reason),
        "clients",
        "orders",
        "feedback",
        "vouchers",
        Detail("still_there", label=gettext_lazy("Not erased yet"), accessor=still_there),
        "frozen_at",
        "erases_at",
        "confirmed_on",
        "told_at",
    )

    def title_of(self, instance: ErasureList) -> str:
        return f"{instance.get_kind_display()} {instance.year}"
