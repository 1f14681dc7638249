"""Accounts of the staff, which the main user manages (C34, C35).

In each verb `seen` is the version of the member's row that the person saw, None when nobody saw
one, as for SYSTEM. All of them raise NotAllowed, Stale and Erased.
"""

from collections.abc import Collection, Iterable, Iterator
from contextlib import contextmanager
from datetime import date
from typing import Any

from django.contrib.auth import get_user_model
from django.contrib.auth.models import Group
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext_lazy as _

from register.access.gate import may_create
from register.access.login_names import stored_login_name
from register.access.standing import Actor, User, looking_anew
from register.domain.access_log.changing import Change, add, changing
from register.domain.access_log.recording import record_change
from register.domain.access_log.typed import refuse_unwanted
from register.exceptions import LastMainUser, NotAllowed
from register.models import StaffMember
from register.models.access_log import Action
from register.models.staff import Role
from register.text.login_names import normal_login_name, validate_login_name
from register.text.normal_form import one_line
from register.text.scripts import validate_one_script
from register.text.validators import validate_person_name, validate_printable

# What is typed of a person.
NAMES = ("username", "first_name", "last_name", "email")


def main_users(*, today: date) -> list[StaffMember]:
    """Return the main users who can log in, in the order of their names: whom others ask."""
    members = (
        StaffMember.objects.open(today)
        .filter(user__groups__name=Role.MAIN_USER, user__is_active=True)
        .select_related("user")
    )
    return [member for member in members if not member.is_suspended(today)]


def add_staff_member(
    *,
    username: str,
    email: str,
    first_name: str,
    last_name: str,
    password: str,
    roles: Iterable[Role],
    by: Actor,
    today: date,
) -> StaffMember:
    """Add an account with its roles (C35).

    Args:
        by: a main user, or SYSTEM for `manage.py create_main_user` on the server itself.

    Raises NotAllowed, and ValidationError for an unfit value or a weak password (C36). The new
    member enters the register only when agreement and training are on file (C30, C31).
    """
    with transaction.atomic(), looking_anew():
        if not may_create(by, StaffMember, today=today):
            raise NotAllowed("Only a main user manages accounts.")
        user = get_user_model()(
            username=normal_login_name(username),
            **_in_one_form(email=email, first_name=first_name, last_name=last_name),
        )
        _check_login_name(user.username)
        validate_password(password, user)
        user.set_password(password)
        user.full_clean()
        _check_names(user, NAMES)
        user.save()
        given = set(roles)
        user.groups.add(*_groups(given))
        return add(
            StaffMember(user=user),
            by=by,
            today=today,
            view="staff_add",
            details={"roles": _names(given)},
        )


def set_roles(
    *, member: StaffMember, roles: Iterable[Role], seen: int | None, by: Actor, today: date
) -> StaffMember:
    """Give the member exactly these roles; groups that are no roles stay (C33, C35).

    Raises LastMainUser when nobody would be left to manage accounts.
    """
    wanted = set(roles)
    with _changing_login(member, by=by, today=today, seen=seen, view="staff_roles") as change:
        before = change.row.roles
        if Role.MAIN_USER not in wanted:
            _refuse_last_main_user(change.row)
        if before != wanted:
            change.row.user.groups.remove(*_groups(set(Role) - wanted))
            change.row.user.groups.add(*_groups(wanted))
            change.touch()
            change.details |= {"roles_before": _names(before), "roles": _names(wanted)}
    return change.row


def suspend(
    *,
    member: StaffMember,
    start: date | None,
    until: date | None,
    seen: int | None,
    by: Actor,
    today: date,
) -> StaffMember:
    """Remove the login for a time, both days included; without `until`, until told otherwise.

    A running session ends with its next request, and the login returns by itself (C34). Without
    `start` a suspension is lifted. Raises LastMainUser or ValidationError.
    """
    with _changing_login(member, by=by, today=today, seen=seen, view="staff_suspend") as change:
        if start is not None:
            _refuse_last_main_user(change.row)
        change.set(suspended_from=start, suspended_until=until)
    return change.row


def close(*, member: StaffMember, seen: int | None, by: Actor, today: date) -> StaffMember:
    """Remove the login for good, from today on (C34). Raises LastMainUser."""
    with _changing_login(member, by=by, today=today, seen=seen, view="staff_close") as change:
        _refuse_last_main_user(change.row)
        change.set(closed_on=change.row.closed_on or today)
    return change.row


def keep_on_file(
    *,
    member: StaffMember,
    agreement_signed_on: date | None,
    trained_on: date | None,
    training_valid_until: date | None,
    seen: int | None,
    by: Actor,
    today: date,
) -> StaffMember:
    """Record the confidentiality agreement and the training, which open the register (C30, C31).

    Raises ValidationError.
    """
    with changing(member, by=by, today=today, seen=seen, view="staff_file") as change:
        change.set(
            agreement_signed_on=agreement_signed_on,
            trained_on=trained_on,
            training_valid_until=training_valid_until,
        )
    return change.row


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
        wanted = _in_one_form(**new)
        changed = [name for name, value in wanted.items() if getattr(user, name) != value]
        for name in changed:
            setattr(user, name, wanted[name])
        if changed:
            user.full_clean(exclude={field.name for field in user._meta.fields} - set(changed))
            _check_names(user, changed)
            user.save(update_fields=changed)
            change.touch()
            change.details["account"] = changed
    return change.row


def set_password(
    *, member: StaffMember, password: str, seen: int | None, by: Actor, today: date
) -> StaffMember:
    """Give the member a new password, which ends the running sessions (C36).

    Raises ValidationError.
    """
    with changing(member, by=by, today=today, seen=seen, view="staff_password") as change:
        user: Any = change.row.user
        validate_password(password, user)
        user.set_password(password)
        user.save(update_fields=["password"])
        change.touch()
        change.details["account"] = ["password"]
    return change.row


def change_own_password(*, password: str, by: User, today: date) -> None:
    """Give oneself a new password, which ends one's other sessions (C36).

    Whoever asks has just given the current one. A user who is no staff member is none of the log's
    business. Raises ValidationError for a weak password.
    """
    with transaction.atomic(), looking_anew():
        user: Any = by
        validate_password(password, user)
        user.set_password(password)
        user.save(update_fields=["password"])
        member = StaffMember.objects.filter(user=user).first()
        if member is not None:
            record_change(
                member,
                by=by,
                today=today,
                action=Action.CHANGE,
                view="own_password",
                details={"account": ["password"]},
            )


def _check_names(user: Any, changed: Collection[str]) -> None:
    """Refuse what belongs into no name. Raises ValidationError by field."""
    refuse_unwanted(user, changed)
    for name in ("first_name", "last_name"):
        if name in changed:
            try:
                validate_person_name(getattr(user, name))
            except ValidationError as error:
                raise ValidationError({name: error}) from None


@contextmanager
def _changing_login(
    member: StaffMember, *, by: Actor, today: date, seen: int | None, view: str
) -> Iterator[Change[StaffMember]]:
    """Change whether or how a member logs in.

    The main users are locked first and in one order, so that of two who remove each other at the
    same moment one waits and is then refused.
    """
    main_users = StaffMember.objects.filter(user__groups__name=Role.MAIN_USER).order_by("pk")
    with transaction.atomic():
        list(main_users.select_for_update(of=("self",)).values_list("pk", flat=True))
        with changing(member, by=by, today=today, seen=seen, view=view) as change:
            yield change


def _refuse_last_main_user(member: StaffMember) -> None:
    """Raise LastMainUser when no other main user has a lasting login."""
    main_users = StaffMember.objects.filter(user__groups__name=Role.MAIN_USER)
    lasting = main_users.filter(closed_on=None, suspended_from=None, user__is_active=True)
    if main_users.filter(pk=member.pk).exists() and not lasting.exclude(pk=member.pk).exists():
        raise LastMainUser("Somebody must be left to manage accounts.")


def _in_one_form(**texts: str) -> dict[str, str]:
    """Return the texts in their one form. ValidationError for letters that only look alike.

    Django's own user model is used, whose fields know nothing of it.
    """
    formed = {name: one_line(text) for name, text in texts.items()}
    refusals = {}
    for name, text in formed.items():
        try:
            validate_printable(text)
            validate_one_script(text)
        except ValidationError as error:
            refusals[name] = error
    if refusals:
        raise ValidationError(refusals)
    return formed


def _check_login_name(name: str) -> None:
    """Raise ValidationError for a name that reads as another one, or is another account's."""
    try:
        validate_login_name(name)
        if stored_login_name(name) is not None:
            raise ValidationError(_("This user name is taken."))
    except ValidationError as error:
        raise ValidationError({"username": error}) from None


def _groups(roles: Iterable[Role]) -> list[Group]:
    return list(Group.objects.filter(name__in=[role.value for role in roles]))


def _names(roles: Iterable[Role]) -> list[str]:
    return sorted(role.value for role in roles)
