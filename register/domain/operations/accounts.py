"""Which accounts there should not be, and how well the others are kept."""

from collections import Counter
from datetime import datetime

from django.contrib.auth import get_user_model
from django.utils.translation import gettext as _

from register.domain.operations.finding import Finding, Level, well_if
from register.models import StaffMember
from register.models.staff import Role
from register.reference import clock

# Roles whose matters can't wait: an account that must be closed, a request, a breach.
DEPUTISED = (Role.MAIN_USER, Role.DATA_PROTECTION)


def superusers(now: datetime) -> Finding:
    """C33: nobody stands above the roles. Wagtail asks a superuser for no permission at all."""
    count = get_user_model()._default_manager.filter(is_superuser=True, is_active=True).count()
    return Finding(well_if(count == 0), count, 0, _("There are accounts that may do everything."))


def main_users(now: datetime) -> Finding:
    """C35: somebody can add the accounts and give them their rights."""
    today = clock.local(now).date()
    members = StaffMember.objects.open(today).filter(user__is_active=True)
    count = sum(Role.MAIN_USER in member.roles for member in members)
    return Finding(well_if(count > 0), count, 1, _("Nobody is a main user who can log in."))


def deputies(now: datetime) -> Finding:
    """C33, C35: accounts and clients' matters wait for nobody who is away."""
    today = clock.local(now).date()
    holders = (
        StaffMember.objects.open(today)
        .filter(user__is_active=True, user__groups__name__in=DEPUTISED)
        .values_list("user__groups__name", flat=True)
    )
    held = Counter(holders)
    alone = tuple(str(role.label) for role in DEPUTISED if held[role] < 2)
    told = _("There is no deputy for: %(roles)s. When that person is away, matters wait.")
    level = Level.WARNING if alone else Level.WELL
    return Finding(level, len(alone), 0, told % {"roles": ", ".join(alone)}, alone)


def second_factor(now: datetime) -> Finding:
    """C36: said as it is."""
    return Finding(Level.WARNING, told=_("There is none yet: a password alone opens the register."))
