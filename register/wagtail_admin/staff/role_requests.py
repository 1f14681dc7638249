"""Roles that the only main user asks for, and the data protection contact decides (C33, C35)."""

from datetime import date
from functools import partial
from typing import Any

from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from register.access.standing import User
from register.domain.staff import own_roles
from register.exceptions import LastMainUser
from register.models import RoleRequest
from register.models.staff import named
from register.wagtail_admin.base import RegisterModelAdmin
from register.wagtail_admin.base.actions import ObjectAction
from register.wagtail_admin.base.columns import Column
from register.wagtail_admin.base.details import Detail
from register.wagtail_admin.base.words import NOTHING, roles_in_words
from register.wagtail_admin.staff.words import SOMEBODY_IS_LEFT


def who(request: RoleRequest) -> str:
    return named(request.member.user)


def decided_by(request: RoleRequest) -> str:
    return named(request.decided_by.user) if request.decided_by else NOTHING


def before(request: RoleRequest) -> str:
    return roles_in_words(request.roles_before)


def wanted(request: RoleRequest) -> str:
    return roles_in_words(request.roles)


def confirm(request: RoleRequest, **asked: Any) -> None:
    try:
        own_roles.confirm(request=request, now=timezone.now(), **asked)
    except LastMainUser:
        raise ValidationError(SOMEBODY_IS_LEFT) from None


def refuse(request: RoleRequest, **asked: Any) -> None:
    own_roles.refuse(request=request, now=timezone.now(), **asked)


def what_it_does(request: RoleRequest, *, by: User, today: date, confirmed: bool) -> list[Any]:
    told = {"name": who(request), "before": before(request), "wanted": wanted(request)}
    sentences = [
        _("%(name)s has these roles now: %(before)s.") % told,
        _("%(name)s asked for these: %(wanted)s.") % told,
    ]
    if confirmed:
        return [*sentences, _("Confirmed, they hold at once. Ask first what they are needed for.")]
    return [*sentences, _("Refused, nothing changes. %(name)s can ask again.") % told]


class RoleRequestAdmin(RegisterModelAdmin):
    """What was asked for, beside what holds; confirmed or refused by somebody else."""

    model = RoleRequest
    ordering = ("-asked_at",)
    columns = (
        Column("member", label=_("Main user"), accessor=who),
        Column("roles_before", label=_("Roles before"), accessor=before, desktop_only=True),
        Column("roles", label=_("Roles asked for"), accessor=wanted),
        "decision",
        Column("asked_at", sortable=True, desktop_only=True),
    )
    details = (
        Detail("member", label=_("Main user"), accessor=who),
        Detail("roles_before", label=_("Roles before"), accessor=before),
        Detail("roles", label=_("Roles asked for"), accessor=wanted),
        "asked_at",
        "decision",
        "decided_at",
        Detail("decided_by", label=_("Decided by"), accessor=decided_by),
    )
    actions = (
        ObjectAction(
            name="confirm",
            label=_("Confirm the roles"),
            explanation=_("They hold at once."),
            done=_("Confirmed: the roles hold."),
            offered=lambda request: request.is_waiting,
            run=confirm,
            consequences=partial(what_it_does, confirmed=True),
            serious=False,
        ),
        ObjectAction(
            name="refuse",
            label=_("Refuse the roles"),
            explanation=_("Nothing changes."),
            done=_("Refused: the roles stay as they were."),
            offered=lambda request: request.is_waiting,
            run=refuse,
            consequences=partial(what_it_does, confirmed=False),
            serious=False,
        ),
    )

    def title_of(self, instance: RoleRequest) -> str:
        return who(instance)

    def prepare_list(self, rows: QuerySet[Any], *, user: User) -> QuerySet[Any]:
        return rows.select_related("member__user", "decided_by__user")
