"""Who comes in, by which the promises about accounts are looked at (C29–C36).

Asked of the gate and of the backends that log people in, and compared with the rows themselves.
"""

from datetime import timedelta
from hashlib import sha512
from secrets import token_hex
from typing import Any

from allauth.mfa.models import Authenticator
from django.conf import settings
from django.contrib.auth import SESSION_KEY, load_backend
from django.contrib.auth.password_validation import validate_password
from django.contrib.sessions.backends.signed_cookies import SessionStore
from django.core.exceptions import ValidationError
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.urls import resolve, reverse

from privacy_notice.promises.looking import Look
from privacy_notice.promises.trial import rolled_back
from register.access import attempts, gate, second_factor
from register.access.standing import SYSTEM
from register.domain.clients import assignments
from register.domain.staff import roles
from register.exceptions import OwnRoles
from register.models import (
    AccessChange,
    AccessLogEntry,
    BookkeepingRow,
    Client,
    Controller,
    FactorSecret,
    Note,
    ServiceOrder,
    StaffMember,
)
from register.models.staff import Role
from register.text.passwords import LONGEST

# The register's own data; who sees any of it has come in.
INSIDE = (Client, ServiceOrder, Note, BookkeepingRow, StaffMember, AccessLogEntry)


def open_accounts(look: Look) -> list[StaffMember]:
    """Return the accounts that are not closed for good on the day."""
    rows = StaffMember.objects.exclude(closed_on__lte=look.today).filter(user__is_active=True)
    return list(rows.select_related("user"))


def comes_in(user: object, look: Look) -> bool:
    """Whether the gate shows the person anything of the register at all."""
    return any(
        gate.may_list(user, model, today=look.today)  # type: ignore[arg-type]
        for model in INSIDE
        if model is not StaffMember
    )


def is_removed(member: StaffMember, look: Look) -> bool:
    """Whether the log-in is removed on the day, for a time or for good."""
    if member.closed_on and member.closed_on <= look.today:
        return True
    times = (
        (member.suspended_from, member.suspended_until),
        (member.next_suspended_from, member.next_suspended_until),
    )
    return any(
        start is not None and start <= look.today and (end is None or end >= look.today)
        for start, end in times
    )


def gets_in(member: StaffMember, look: Look) -> bool:
    """Whether a running session of the person is still the person's, or the gate gives a role."""
    sessions = [
        load_backend(path).get_user(member.user_id) for path in settings.AUTHENTICATION_BACKENDS
    ]
    return any(sessions) or comes_in(member.user, look)


def gets_in_although_removed(member: StaffMember, look: Look) -> bool:
    """Whether removing the log-in, for a first or second time, lets the person in. Rolled back."""
    past = look.today - timedelta(days=9)
    first = {"suspended_from": look.today, "suspended_until": look.today}
    over = {"suspended_from": past, "suspended_until": past}
    second = {f"next_{name}": day for name, day in first.items()}
    for time in (first, over | second):
        with rolled_back():
            StaffMember.objects.filter(pk=member.pk).update(**time)
            got_in = gets_in(member, look)
        if got_in:
            return True
    return False


def raises_oneself(member: StaffMember, look: Look) -> bool:
    """Whether a main user could give the own account another role. Nothing of it is kept."""
    wanted = member.roles ^ {Role.COUNSELLOR}
    with rolled_back():
        try:
            roles.set_roles(
                member=member, roles=wanted, seen=None, by=member.user, today=look.today
            )
        except OwnRoles:
            return False
    return True


def takes_a_client_unseen(member: StaffMember, look: Look) -> bool:
    """Whether a client opens to a main user without a line on the contact's list. Nothing stays."""
    client = Client.objects.exclude(assignments__user=member.user_id).first()
    if client is None:
        return False
    with rolled_back():
        assignments.assign(
            client=client,
            user=member.user,
            valid_from=look.today,
            valid_until=look.today,
            by=SYSTEM,  # type: ignore[arg-type]
            today=look.today,
        )
        noted = AccessChange.objects.unseen().filter(member=member, client=client.pk)
        return not noted.exists()


# Too short, common, of digits alone, repeated, common in Finland, and too long.
WEAK = (
    "xkmq vlpzht",
    "password123456",
    "202611260930",
    "qwertyuiop123",
    "aaaaaaaaaaaa",
    "salasana2026",
    "kesäloma2026",
    "K3s4l0m4!2026",
    "sommarsemester1",
    sha512(b"129 characters").hexdigest() + "x",
)


def weak_passwords(*, of: StaffMember) -> list[str]:
    """Return passwords that nobody should have: those of the person and the firm among them."""
    names = [of.user.get_username(), of.user.last_name, *_firm_names()]
    return [*WEAK, *(f"{name}123456789"[:LONGEST] for name in names if name)]


def _firm_names() -> list[str]:
    """Return the longest word of each name of the firm and its site."""
    names = [settings.WAGTAIL_SITE_NAME, *Controller.objects.values_list("name", flat=True)]
    return [max(name.split(), key=len) for name in names if name.split()]


def passes(password: str, user: object) -> bool:
    """Whether the rules for a new password let it through."""
    try:
        validate_password(password, user)  # type: ignore[arg-type]
    except ValidationError:
        return False
    return True


def guessing_is_stopped() -> bool:
    """Whether attempts of a name that nobody has come to an end. Nothing of them is kept."""
    nobody = token_hex()
    with transaction.atomic():
        looked_at = [attempts.begin(nobody, None) for _attempt in range(attempts.MOST + 1)]
        transaction.set_rollback(True)
    return not looked_at[-1]


def is_the_one_door() -> bool:
    """Whether the log-in is the one that asks for the second factor."""
    return resolve(reverse("wagtailadmin_login")).url_name == second_factor.DOOR


def opens_without_a_factor(user: Any) -> bool:
    """Whether a session of the user in which no second factor was shown opens the first screen.

    It is tried with the middleware as it is set up, on a request that nobody sent.
    """
    if second_factor.__name__ + ".ask_for_it" not in settings.MIDDLEWARE:
        return True
    request = HttpRequest()
    request.method, request.path = "GET", reverse("wagtailadmin_home")
    request.COOKIES[settings.SESSION_COOKIE_NAME] = "x"
    request.session = SessionStore()
    request.session[SESSION_KEY] = str(user.pk)
    request.user, request.resolver_match = user, resolve(request.path)
    ask: Any = second_factor.ask_for_it(lambda request: HttpResponse())
    return ask.process_view(request) is None


def plain_secrets() -> bool:
    """Whether allauth's rows hold a secret themselves, and not the key of an encrypted one."""
    rows = Authenticator.objects.values_list("data", flat=True)
    kept = {str(key) for key in FactorSecret.objects.values_list("pk", flat=True)}
    secrets = [data[name] for data in rows for name in ("secret", "seed") if name in data]
    return any(secret not in kept for secret in secrets)
