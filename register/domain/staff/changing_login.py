"""Whether and how a member logs in is changed here: somebody can always manage accounts (C35)."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date

from django.db import transaction
from django.db.models import Q

from register.access.standing import Actor
from register.domain.access_log.changing import Change, changing
from register.exceptions import LastMainUser
from register.models import StaffMember
from register.models.staff import Role


@contextmanager
def changing_login(
    member: StaffMember, *, by: Actor, today: date, seen: int | None, view: str
) -> Iterator[Change[StaffMember]]:
    """Change whether or how a member logs in.

    The main users are locked first and in one order, so that of two who remove each other at the
    same moment one waits and is then refused.
    """
    with transaction.atomic():
        lock_main_users()
        with changing(member, by=by, today=today, seen=seen, view=view) as change:
            yield change


def lock_main_users() -> None:
    """Wait for whoever changes the login of a main user. Call it in a transaction, first."""
    main_users = StaffMember.objects.holding(Role.MAIN_USER).order_by("pk")
    list(main_users.select_for_update(of=("self",)).values_list("pk", flat=True))


def refuse_last_main_user(member: StaffMember, *, today: date) -> None:
    """Raise LastMainUser when no other main user has a lasting login: no absence now or to come."""
    main_users = StaffMember.objects.holding(Role.MAIN_USER)
    lasting = main_users.filter(
        Q(suspended_from=None) | Q(suspended_until__lt=today),
        Q(next_suspended_from=None) | Q(next_suspended_until__lt=today),
        closed_on=None,
        user__is_active=True,
    )
    if main_users.filter(pk=member.pk).exists() and not lasting.exclude(pk=member.pk).exists():
        raise LastMainUser("Somebody must be left to manage accounts.")
