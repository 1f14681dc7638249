"""Counts for those who run the register and see no client content (C33)."""

from datetime import date, datetime
from typing import Any

from django.utils.translation import gettext_lazy as _

from register.access.standing import User, effective_access
from register.domain.access_log.unreadable import Incident, still_unreadable
from register.domain.operations.conditions import CONDITIONS, findings
from register.domain.operations.finding import Audience, Condition, Finding, Level
from register.models import Client, Hold, ServiceOrder, StaffMember
from register.models.staff import Role


def overview(*, by: User, today: date) -> list[tuple[Any, int]]:
    """Return (label, count) pairs for the main user; nothing for anyone else, or when locked."""
    if not _is_main_user(by, today=today):
        return []
    return [
        (_("clients"), Client.objects.count()),
        (_("ongoing service orders"), ServiceOrder.objects.ongoing(today).count()),
        (_("clients on hold"), Hold.objects.active(today).values("client").distinct().count()),
        (_("staff accounts"), StaffMember.objects.open(today).count()),
    ]


def unreadable_texts(*, by: User, today: date) -> list[Incident]:
    """Return by key the texts that were met and can't be read, to the main user alone."""
    return still_unreadable() if _is_main_user(by, today=today) else []


def complaints(*, by: User, today: date, now: datetime) -> list[str] | None:
    """Return to the main user what is not well, the worst first; None to anyone else."""
    if not _is_main_user(by, today=today):
        return None
    found = [each for each in findings(now=now).values() if each.level is not Level.WELL]
    return [finding.told for finding in sorted(found, key=lambda each: -each.level)]


def first_day(*, by: User, today: date, now: datetime) -> list[tuple[str, Condition, Finding]]:
    """Return to the main user what is to be done before the register can be used, done or not.

    Nothing once all is done. It is shown before one's own papers are on file: they are part of it.
    """
    if not effective_access(by, today=today).has(Role.MAIN_USER):
        return []
    found = findings(now=now, to=Audience.MAIN_USER)
    lines = [(name, CONDITIONS[name], each) for name, each in found.items() if name in CONDITIONS]
    return lines if any(each.level is not Level.WELL for _name, _line, each in lines) else []


def _is_main_user(by: User, *, today: date) -> bool:
    who = effective_access(by, today=today)
    return who.has(Role.MAIN_USER) and who.may_enter
