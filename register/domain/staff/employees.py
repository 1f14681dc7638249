"""Employees without a log-in: on the list of the staff, and nowhere else (C30).

Each has an account that nobody can log in to: inactive, without a password and without a role.
The user name is made of nothing that a person would type, and is shown to nobody.
"""

from datetime import date
from typing import Any
from uuid import uuid4

from django.contrib.auth import get_user_model
from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from register.access.gate import may_create
from register.access.standing import Actor, looking_anew
from register.domain.access_log.changing import add, changing
from register.domain.staff.names import NAMES, check_login_name, check_names, in_one_form
from register.exceptions import NotAllowed
from register.models import StaffMember
from register.text.login_names import normal_login_name


def add_employee(*, first_name: str, last_name: str, by: Actor, today: date) -> StaffMember:
    """Put an employee without a log-in on the list. Raises NotAllowed and ValidationError."""
    with transaction.atomic(), looking_anew():
        if not may_create(by, StaffMember, today=today):
            raise NotAllowed("Only a main user manages the list of the staff.")
        user = get_user_model()(
            username=f"tyontekija-{uuid4().hex[:12]}",
            is_active=False,
            **in_one_form(first_name=first_name, last_name=last_name),
        )
        user.set_unusable_password()
        user.full_clean()
        if not (user.first_name and user.last_name):
            raise ValidationError(_("Say the first name and the last name."))
        check_names(user, NAMES)
        user.save()
        return add(StaffMember(user=user), by=by, today=today, view="employee_add")


def give_login(
    *,
    member: StaffMember,
    username: str,
    email: str,
    seen: int | None,
    by: Actor,
    today: date,
) -> StaffMember:
    """Turn an employee's row into an account, which has no password and no role yet (C35).

    What is on file of the person stays. Raises NotAllowed, Stale, Erased, and ValidationError for
    a name that is taken.
    """
    with changing(member, by=by, today=today, seen=seen, view="employee_login") as change:
        user: Any = change.row.user
        if user.is_active:
            return change.row
        if change.row.is_closed(today):
            raise ValidationError(_("The employment has ended: a returning person is added anew."))
        user.username = normal_login_name(username)
        check_login_name(user.username)
        user.email = in_one_form(email=email)["email"]
        user.is_active = True
        user.full_clean()
        check_names(user, ("username", "email"))
        user.save(update_fields=["username", "email", "is_active"])
        change.touch()
        change.details["account"] = ["email", "is_active", "username"]
    return change.row
