"""Entries of the log of use as its readers see them: by user name and register number (C38)."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import date
from operator import attrgetter
from typing import Any
from uuid import UUID

from django.contrib.auth import get_user_model
from django.db.models import Case, CharField, F, OuterRef, QuerySet, Subquery, Value, When, Window
from django.db.models.functions import Cast, Coalesce, Concat, RowNumber, Trim
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.admin.ui.tables import Table

from register.access.gate import may_list, visible
from register.access.standing import User
from register.domain.access_log import reading
from register.models import AccessLogEntry, AccessLogSubject, Client
from register.models.access_log import Action
from register.wagtail_admin.base.columns import Column, table_columns
from register.wagtail_admin.base.objects import ObjectView
from register.wagtail_admin.base.paginator import CappedPaginator
from register.wagtail_admin.base.screens import address

NAMED_IN_A_LIST = 3  # clients of one entry
NAMED_ON_A_SCREEN = 50
TIME = Column("at", label=gettext_lazy("Time"), accessor=attrgetter("local_time"))
USER = Column("actor", accessor=attrgetter("actor_name"))
KIND_OF_DATA = Column("model", accessor=attrgetter("model_name"), desktop_only=True)
CLIENTS = Column(
    "clients",
    label=gettext_lazy("Clients"),
    accessor=attrgetter("clients_named"),
    desktop_only=True,
)

# What `register.models.staff.named` says of a user, asked of the database.
NAMED = Case(
    When(first_name="", last_name="", then=F("username")),
    default=Concat(
        Trim(Concat("first_name", Value(" "), "last_name")), Value(" ("), "username", Value(")")
    ),
)


def with_actors(rows: QuerySet[Any]) -> QuerySet[Any]:
    """Name the users who still have an account; the log itself holds their keys only."""
    users = get_user_model()._default_manager.filter(pk=OuterRef("actor"))
    names = Subquery(users.annotate(named=NAMED).values("named"))
    actor = Coalesce(names, Cast("actor", CharField()), Value("–"), output_field=CharField())
    return rows.annotate(actor_name=actor)


def about(client: UUID) -> QuerySet[Any, Any]:
    """Return the numbers of the entries that concern a client, erased or not."""
    return AccessLogSubject.objects.filter(client=client).order_by().values("entry")


def name_clients(
    entries: Iterable[Any], *, to: User, today: date, most: int = NAMED_IN_A_LIST
) -> None:
    """Give each entry `clients_named`: its clients by register number, linked where one may follow.

    An erased client has no number any more, and is named by the opaque key.
    """
    entries = list(entries)
    found = AccessLogSubject.objects.filter(
        entry__in=[entry.pk for entry in entries], client__isnull=False
    ).annotate(place=Window(RowNumber(), partition_by="entry", order_by="id"))
    keys: dict[int, list[UUID]] = defaultdict(list)
    for entry, key in found.filter(place__lte=most + 1).values_list("entry", "client"):
        keys[entry].append(key)
    named = {key for listed in keys.values() for key in listed[:most]}
    numbers = dict(Client.objects.filter(pk__in=named).values_list("pk", "register_number"))
    seen = visible(Client, to=to, today=today).filter(pk__in=named)
    links = set(seen.values_list("pk", flat=True)) if named else set()
    for entry in entries:
        listed = keys[entry.pk]
        told = [_one(key, numbers.get(key), link=key in links) for key in listed[:most]]
        if len(listed) > most:
            told.append(format_html("{}", _("and others")))
        entry.clients_named = format_html_join(", ", "{}", ((each,) for each in told)) or "–"


def _one(key: UUID, number: str | None, *, link: bool) -> SafeString:
    if number is None:
        return format_html("{}", _("erased (%(key)s)") % {"key": key})
    if not link:
        return format_html("{}", number)
    return format_html('<a href="{}">{}</a>', address(Client, "inspect", key), number)


class UsesView(ObjectView):
    """Who has used one client's data, for what, and when. Reading it is logged as well."""

    columns: Sequence[Column | str] = (
        TIME,
        USER,
        "action",
        Column("purpose", desktop_only=True),
        KIND_OF_DATA,
    )

    def check_action_permitted(self, user: User) -> bool:
        return may_list(user, AccessLogEntry, today=self.today)

    def get_breadcrumbs(self) -> list[dict[str, Any]]:
        name = self.model_admin.title_of(self.instance)
        label = _("Who has used the data: %(name)s") % {"name": name}
        return [*super().get_breadcrumbs(), {"url": "", "label": label}]

    def narrow(self, entries: QuerySet[Any]) -> QuerySet[Any]:
        return entries.filter(pk__in=about(self.instance.pk)).order_by("-at", "-pk")

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        user, day = self.request.user, self.today
        entries = self.narrow(visible(AccessLogEntry, to=user, today=day))
        paginator = CappedPaginator(entries, self.model_admin.list_per_page)
        number = paginator.number(self.request.GET.get("p"))
        start = (number - 1) * paginator.per_page
        found = reading.read(
            AccessLogEntry,
            to=user,
            today=day,
            view=self.view_name,
            action=Action.LIST,
            narrow=lambda rows: with_actors(self.narrow(rows))[start : start + paginator.per_page],
            about=[self.instance.pk],
        )
        table = Table(table_columns(AccessLogEntry, self.columns), found, classname="listing")
        return super().get_context_data(
            **{
                "table": table,
                "media": table.media,
                "object_list": found,
                "paginator": paginator,
                "page_number": number,
                "has_next": paginator.count > start + paginator.per_page,
                **kwargs,
            }
        )

    def get_template_names(self) -> list[str]:
        return ["register/admin/uses.html"]
