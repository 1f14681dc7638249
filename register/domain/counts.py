"""Counts for those who run the register and see no client content (C33)."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from register.enums import Role
from register.models import Client, Hold, ServiceOrder, StaffMember
from register.permissions import User, standing


def overview(*, by: User) -> list[tuple[Any, int]]:
    """Return (label, count) pairs for the main user; nothing for anyone else, or when locked."""
    who = standing(by)
    if not (who.has(Role.MAIN_USER) and who.may_enter):
        return []
    return [
        (_("clients"), Client.objects.count()),
        (_("ongoing service orders"), ServiceOrder.objects.ongoing(who.today).count()),
        (_("clients on hold"), Hold.objects.active(who.today).values("client").distinct().count()),
        (_("staff accounts"), StaffMember.objects.filter(closed_on=None).count()),
    ]
