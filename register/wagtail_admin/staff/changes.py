"""Changes of access that the data protection contact looks at, until they are seen (C33, C35)."""

from typing import Any

from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from register.access.standing import User
from register.domain.staff import changes
from register.models import AccessChange, Client
from register.models.staff import ChangeKind, named
from register.wagtail_admin.base import RegisterModelAdmin
from register.wagtail_admin.base.actions import ObjectAction
from register.wagtail_admin.base.columns import Column
from register.wagtail_admin.base.details import Detail
from register.wagtail_admin.base.filters import Filter
from register.wagtail_admin.base.words import NOTHING, roles_in_words


def whose(change: AccessChange) -> str:
    return named(change.member.user)


def who(change: AccessChange) -> str:
    """Return who did it; a command on the server is nobody's of the staff."""
    if change.on_server:
        return gettext("On the server")
    return named(change.actor.user) if change.actor else NOTHING


def seen_by(change: AccessChange) -> str:
    return named(change.seen_by.user) if change.seen_by else NOTHING


def roles_of(change: AccessChange) -> str:
    """Return roles before and after, of a change of roles."""
    if change.kind != ChangeKind.ROLES:
        return NOTHING
    return f"{roles_in_words(change.roles_before)} → {roles_in_words(change.roles)}"


def client_of(change: AccessChange) -> str:
    """Return the register number of the client who was assigned, while there is one."""
    if change.client is None:
        return NOTHING
    found = Client.objects.filter(pk=change.client).only("register_number").first()
    return str(found) if found else gettext("Erased since")


def by_state(rows: Any, value: str) -> QuerySet[Any]:
    return rows.unseen() if value == "unseen" else rows.exclude(pk__in=rows.unseen())


WHOSE = Column("member", label=_("Whose access"), accessor=whose)
WHO = Column("actor", label=_("Who did it"), accessor=who)


class AccessChangeAdmin(RegisterModelAdmin):
    """What a main user changed of anybody's access; the contact takes it off the list."""

    model = AccessChange
    ordering = ("-at",)
    filters = (
        Filter(
            parameter="tila",
            label=_("State"),
            choices=(("unseen", _("Not seen yet")), ("seen", _("Seen"))),
            apply=by_state,
        ),
    )
    columns = (
        "kind",
        WHOSE,
        Column("roles", label=_("Roles"), accessor=roles_of, desktop_only=True),
        WHO,
        Column("at", sortable=True, desktop_only=True),
        Column("seen_at", desktop_only=True),
    )
    details = (
        "kind",
        Detail("member", label=_("Whose access"), accessor=whose),
        Detail("roles", label=_("Roles before and after"), accessor=roles_of),
        Detail("client", label=_("Client"), accessor=client_of),
        Detail("actor", label=_("Who did it"), accessor=who),
        "at",
        "seen_at",
        Detail("seen_by", label=_("Seen by"), accessor=seen_by),
    )
    actions = (
        ObjectAction(
            name="seen",
            label=_("Mark as seen"),
            explanation=_(
                "It was right, or you have seen to it. It goes off the list and stays in the log."
            ),
            done=_("Marked as seen."),
            offered=lambda change: change.is_unseen,
            harmless=True,
            run=lambda change, **asked: changes.see(change=change, now=timezone.now(), **asked),
        ),
    )

    def title_of(self, instance: AccessChange) -> str:
        return f"{instance.get_kind_display()}: {whose(instance)}"

    def prepare_list(self, rows: QuerySet[Any], *, user: User) -> QuerySet[Any]:
        return rows.select_related("member__user", "actor__user", "seen_by__user")
