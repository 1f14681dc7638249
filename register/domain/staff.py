"""Accounts of the staff, which the main user manages (C34, C35)."""

from collections.abc import Iterable
from datetime import date

from django.contrib.auth import get_user_model
from django.contrib.auth.models import Group
from django.contrib.auth.password_validation import validate_password
from django.db import transaction

from register.domain import access_log
from register.enums import Action, Purpose, Role
from register.exceptions import LastMainUser, NotAllowed
from register.models import StaffMember
from register.permissions import User, may_change, may_create


@transaction.atomic
def add_staff_member(
    *,
    username: str,
    email: str,
    first_name: str,
    last_name: str,
    password: str,
    roles: Iterable[Role],
    by: User | None,
) -> StaffMember:
    """Add an account with its roles, and log it (C35).

    Args:
        by: a main user; None only for `manage.py create_main_user`, on the server itself.

    Raises NotAllowed, and ValidationError for an unfit value or a weak password (C36). The new
    member enters the register only when agreement and training are on file (C30, C31).
    """
    if by is not None and not may_create(by, StaffMember):
        raise NotAllowed("Only a main user manages accounts.")
    user = get_user_model()(
        username=username, email=email, first_name=first_name, last_name=last_name
    )
    validate_password(password, user)
    user.set_password(password)
    user.full_clean()
    user.save()
    member = StaffMember.objects.create(user=user)
    user.groups.add(*_groups(roles))
    _log(Action.CREATE, by=by, view="staff_add")
    return member


@transaction.atomic
def set_roles(*, member: StaffMember, roles: Iterable[Role], by: User) -> None:
    """Give the member exactly these roles; groups that are no roles stay (C33, C35).

    Raises NotAllowed, or LastMainUser when nobody would be left to manage accounts.
    """
    _refuse_unless_main_user(member, by)
    wanted = set(roles)
    if Role.MAIN_USER not in wanted:
        _refuse_last_main_user(member)
    member.user.groups.remove(*_groups(set(Role) - wanted))
    member.user.groups.add(*_groups(wanted))
    _log(Action.CHANGE, by=by, view="staff_roles")


@transaction.atomic
def suspend(
    *, member: StaffMember, start: date | None, until: date | None, by: User, today: date
) -> None:
    """Remove the login for a time, both days included; without `until`, until told otherwise.

    A running session ends with its next request, and the login returns by itself (C34). Without
    `start` a suspension is lifted. Raises NotAllowed, LastMainUser or ValidationError.
    """
    _refuse_unless_main_user(member, by)
    if start is not None:
        _refuse_last_main_user(member)
    member.suspended_from, member.suspended_until = start, until
    member.full_clean()
    member.save(update_fields=["suspended_from", "suspended_until"])
    _log(Action.CHANGE, by=by, view="staff_suspend")


@transaction.atomic
def close(*, member: StaffMember, by: User, today: date) -> None:
    """Remove the login for good, from today on (C34). Raises NotAllowed or LastMainUser."""
    _refuse_unless_main_user(member, by)
    _refuse_last_main_user(member)
    member.closed_on = member.closed_on or today
    member.save(update_fields=["closed_on"])
    _log(Action.CHANGE, by=by, view="staff_close")


@transaction.atomic
def keep_on_file(
    *,
    member: StaffMember,
    agreement_signed_on: date | None,
    trained_on: date | None,
    training_valid_until: date | None,
    by: User,
) -> None:
    """Record the confidentiality agreement and the training, which open the register (C30, C31).

    Raises NotAllowed or ValidationError.
    """
    _refuse_unless_main_user(member, by)
    member.agreement_signed_on = agreement_signed_on
    member.trained_on = trained_on
    member.training_valid_until = training_valid_until
    member.full_clean()
    member.save(update_fields=["agreement_signed_on", "trained_on", "training_valid_until"])
    _log(Action.CHANGE, by=by, view="staff_file")


@transaction.atomic
def rename(*, member: StaffMember, first_name: str, last_name: str, email: str, by: User) -> None:
    """Correct a member's name and e-mail address. Raises NotAllowed or ValidationError."""
    _refuse_unless_main_user(member, by)
    user = member.user
    user.first_name, user.last_name, user.email = first_name, last_name, email
    user.full_clean()
    user.save(update_fields=["first_name", "last_name", "email"])
    _log(Action.CHANGE, by=by, view="staff_rename")


@transaction.atomic
def set_password(*, member: StaffMember, password: str, by: User) -> None:
    """Give the member a new password, which ends the running sessions (C36)."""
    _refuse_unless_main_user(member, by)
    validate_password(password, member.user)
    member.user.set_password(password)
    member.user.save(update_fields=["password"])
    _log(Action.CHANGE, by=by, view="staff_password")


def _refuse_unless_main_user(member: StaffMember, by: User) -> None:
    if not may_change(by, member):
        raise NotAllowed("Only a main user manages accounts.")


def _refuse_last_main_user(member: StaffMember) -> None:
    """Raise LastMainUser when no other main user has a lasting login."""
    main_users = StaffMember.objects.filter(user__groups__name=Role.MAIN_USER)
    lasting = main_users.filter(closed_on=None, suspended_from=None, user__is_active=True)
    # Locked in one order, so that two main users can't remove each other at the same moment.
    others = set(
        lasting.order_by("pk").select_for_update(of=("self",)).values_list("pk", flat=True)
    )
    if main_users.filter(pk=member.pk).exists() and not others - {member.pk}:
        raise LastMainUser("Somebody must be left to manage accounts.")


def _groups(roles: Iterable[Role]) -> list[Group]:
    return list(Group.objects.filter(name__in=[role.value for role in roles]))


def _log(action: Action, *, by: User | None, view: str) -> None:
    access_log.record(
        by=by, action=action, purpose=Purpose.ADMINISTRATION, model=StaffMember, view=view, count=1
    )
