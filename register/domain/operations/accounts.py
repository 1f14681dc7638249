"""Which accounts there should not be, and how well the others are kept."""

from datetime import datetime

from django.contrib.auth import get_user_model
from django.utils.translation import gettext as _

from register.access.second_factor import is_required
from register.domain.operations.finding import Finding, Level, well_if
from register.domain.staff.deputies import (
    DEPUTISED,
    holders,
    is_one_person,
    named_in_settings,
)
from register.models.staff import Role
from register.reference import clock


def superusers(now: datetime) -> Finding:
    """C33: nobody stands above the roles. Wagtail asks a superuser for no permission at all."""
    count = get_user_model()._default_manager.filter(is_superuser=True, is_active=True).count()
    return Finding(well_if(count == 0), count, 0, _("There are accounts that may do everything."))


def main_users(now: datetime) -> Finding:
    """C35: somebody can add the accounts and give them their rights."""
    today = clock.local(now).date()
    count = len(holders(Role.MAIN_USER, today=today))
    return Finding(well_if(count > 0), count, 1, _("Nobody is a main user who can log in."))


def deputies(now: datetime) -> Finding:
    """C33, C35: accounts and clients' matters wait for nobody who is away."""
    today = clock.local(now).date()
    roles = [role for role in DEPUTISED if len(holders(role, today=today)) < 2]
    alone = tuple(str(role.label) for role in roles)
    told = _("There is no deputy for: %(roles)s. When that person is away, matters wait.")
    told %= {"roles": ", ".join(alone)}
    if alone and is_one_person(today=today) and named_in_settings(today=today) is None:
        told += " " + _(
            "One person is both main user and data protection contact, and nobody is named who "
            "confirms what that person does for themselves."
        )
    return Finding(Level.WARNING if alone else Level.WELL, len(alone), 0, told, alone)


def second_factor(now: datetime) -> Finding:
    """Whether every log-in takes one (C36)."""
    if is_required():
        return Finding(Level.WELL, told=_("Every log-in takes one."))
    return Finding(Level.WARNING, told=_("None is required: a password alone opens the register."))
