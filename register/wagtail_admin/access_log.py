"""The log of use, as the data protection contact reads it (C38)."""

from operator import attrgetter
from typing import Any

from django.contrib.auth import get_user_model
from django.db.models import Case, CharField, F, OuterRef, QuerySet, Subquery, Value, When
from django.db.models.functions import Cast, Coalesce, Concat, Trim
from django.utils.translation import gettext_lazy as _

from register.access.standing import User
from register.models import AccessLogEntry, AccessLogSubject
from register.wagtail_admin.base import RegisterModelAdmin
from register.wagtail_admin.base.columns import Column
from register.wagtail_admin.base.details import Detail
from register.wagtail_admin.base.filters import by_field
from register.wagtail_admin.base.words import changes_in_words

TIME = Column("at", label=_("Time"), accessor=attrgetter("local_time"))
USER = Column("actor", accessor=attrgetter("actor_name"))
KIND_OF_DATA = Column("model", accessor=attrgetter("model_name"), desktop_only=True)


def clients(entry: AccessLogEntry) -> str:
    """Return the opaque ids of the first fifty clients whom the entry is about."""
    subjects = AccessLogSubject.objects.filter(entry=entry.pk, client__isnull=False)
    return ", ".join(str(key) for key in subjects.values_list("client", flat=True)[:50])


def what_was_changed(entry: AccessLogEntry) -> str:
    return changes_in_words(entry.model_class, entry.details)


# What `register.models.staff.named` says of a user, asked of the database.
NAMED = Case(
    When(first_name="", last_name="", then=F("username")),
    default=Concat(
        Trim(Concat("first_name", Value(" "), "last_name")), Value(" ("), "username", Value(")")
    ),
)


class AccessLogAdmin(RegisterModelAdmin):
    """Who used what, when and why. Reading the log is logged as well."""

    model = AccessLogEntry
    ordering = ("-at",)
    history_view_enabled = False
    filters = (by_field(AccessLogEntry, "action"), by_field(AccessLogEntry, "purpose"))
    columns = (
        TIME,
        USER,
        "action",
        Column("purpose", desktop_only=True),
        KIND_OF_DATA,
        Column("count", desktop_only=True),
    )
    details = (
        TIME,
        USER,
        "action",
        "purpose",
        KIND_OF_DATA,
        "object_key",
        Detail("details", label=_("What was changed"), accessor=what_was_changed),
        "count",
        Detail("clients", label=_("Clients (opaque ids)"), accessor=clients),
    )

    def prepare_list(self, rows: QuerySet[Any], *, user: User) -> QuerySet[Any]:
        """Name the users who still have an account; the log itself holds their keys only."""
        users = get_user_model()._default_manager.filter(pk=OuterRef("actor"))
        names = Subquery(users.annotate(named=NAMED).values("named"))
        actor = Coalesce(names, Cast("actor", CharField()), Value("–"), output_field=CharField())
        return rows.annotate(actor_name=actor)

    def title_of(self, instance: AccessLogEntry) -> str:
        return str(_("Entry %(number)s") % {"number": instance.pk})
