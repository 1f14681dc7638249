"""Accounts of the staff, which the main user manages (C34, C35)."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from django.contrib.auth import get_user_model
from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from register.access.gate import may_create
from register.access.standing import Actor, looking_anew
from register.domain.access_log import trusted_day
from register.domain.access_log.changing import add, changing
from register.domain.staff import changes
from register.domain.staff.changing_login import changing_login, refuse_last_main_user
from register.domain.staff.names import NAMES, check_login_name, check_names, in_one_form
from register.domain.staff.roles import role_groups, role_names
from register.exceptions import NotAllowed
from register.models import StaffMember
from register.models.staff import ChangeKind, Role
from register.text.login_names import normal_login_name


def add_staff_member(
    *,
    username: str,
    email: str,
    first_name: str,
    last_name: str,
    roles: Iterable[Role],
    by: Actor,
    today: date,
) -> StaffMember:
    """Add an account with its roles (C35). Its owner sets the password, by a link: `links.give`.

    Args:
        by: a main user, or SYSTEM for `manage.py create_main_user` on the server itself.

    Raises NotAllowed, and ValidationError for an unfit value. The new
    member enters the register only when agreement and training are on file (C30, C31).
    """
    with transaction.atomic(), looking_anew():
        if not may_create(by, StaffMember, today=today):
            raise NotAllowed("Only a main user manages accounts.")
        user = get_user_model()(
            username=normal_login_name(username),
            **in_one_form(email=email, first_name=first_name, last_name=last_name),
        )
        check_login_name(user.username)
        user.set_unusable_password()
        user.full_clean()
        check_names(user, NAMES)
        user.save()
        given = set(roles)
        user.groups.add(*role_groups(given))
        member = add(
            StaffMember(user=user),
            by=by,
            today=today,
            view="staff_add",
            details={"roles": role_names(given)},
        )
        changes.note(kind=ChangeKind.ROLES, member=member, by=by, roles=given)
    return member


def rename(
    *,
    member: StaffMember,
    first_name: str,
    last_name: str,
    email: str,
    seen: int | None,
    by: Actor,
    today: date,
) -> StaffMember:
    """Correct a member's name and e-mail address. Raises ValidationError.

    What is as it was stays so, also where it would not pass as a new value.
    """
    with changing(member, by=by, today=today, seen=seen, view="staff_rename") as change:
        user: Any = change.row.user
        given = {"first_name": first_name, "last_name": last_name, "email": email}
        new = {name: value for name, value in given.items() if getattr(user, name) != value}
        wanted = in_one_form(**new)
        changed = [name for name, value in wanted.items() if getattr(user, name) != value]
        for name in changed:
            setattr(user, name, wanted[name])
        if changed:
            user.full_clean(exclude={field.name for field in user._meta.fields} - set(changed))
            check_names(user, changed)
            user.save(update_fields=changed)
            change.touch()
            change.details["account"] = changed
            if "email" in changed:
                # Links for a new password go there.
                changes.note(kind=ChangeKind.ADDRESS, member=change.row, by=by)
    return change.row


def close(*, member: StaffMember, seen: int | None, by: Actor, today: date) -> StaffMember:
    """Remove the login for good, from today on (C34).

    Not while the day is in doubt: from a day to come the login would return by itself when the
    clock is right, and from one long past the record would be erased too early. Suspending works.

    Raises LastMainUser, and ValidationError while the day is in doubt.
    """
    with changing_login(member, by=by, today=today, seen=seen, view="staff_close") as change:
        refuse_last_main_user(change.row, today=today)
        if trusted_day.doubt(now=timezone.now()):
            raise ValidationError(
                _(
                    "It is not certain that the machine's day is right. Remove the login until "
                    "told otherwise, and close the account when somebody has confirmed the day."
                )
            )
        change.set(closed_on=change.row.closed_on or today)
    return change.row
