"""What a person may build on, on one day: roles, agreement, training, login (C30–C34)."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field
from datetime import date
from typing import Any, Final

from django.contrib.auth.models import AbstractBaseUser, AnonymousUser
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse

from register.models import StaffMember
from register.models.staff import Role

User = AbstractBaseUser | AnonymousUser


class System:
    """Who acts when no person does: background tasks and commands on the server.

    A value of its own, so that a forgotten user is an error and never means all power.
    """

    pk: Final = None

    def __repr__(self) -> str:
        return "SYSTEM"


SYSTEM: Final = System()
Actor = User | System


@dataclass(frozen=True, slots=True)
class EffectiveAccess:
    """What a person may build on, on one day. Nobody's: no role, and the register shut.

    `put_together` keeps the conditions that the gate made of it: a screen asks for the same rows
    a dozen times.
    """

    user: User
    today: date
    staff_member: StaffMember | None
    roles: frozenset[Role]
    has_agreement: bool
    is_trained: bool
    put_together: dict[Any, QuerySet[Any]] = field(default_factory=dict, compare=False, repr=False)

    @property
    def may_enter(self) -> bool:
        """Whether the register opens at all: agreement on file and training valid (C30, C31)."""
        return self.has_agreement and self.is_trained

    def has(self, *roles: Role) -> bool:
        return not self.roles.isdisjoint(roles)


_remembered: ContextVar[dict[tuple[Any, date], EffectiveAccess] | None] = ContextVar(
    "remembered_access", default=None
)


def effective_access(user: User, *, today: date) -> EffectiveAccess:
    """Return what the user may build on, on the day.

    An anonymous, inactive or suspended user, or one without a staff record, has no role. It is
    read from the database each time, but within `remembering` only once.

    Raises TypeError when it is asked for nobody: a forgotten user is an error (C33).
    """
    if not isinstance(user, AbstractBaseUser | AnonymousUser):
        raise TypeError("Access is a person's: say whose.")
    remembered = _remembered.get()
    if remembered is None:
        return _look_up(user, today)
    key = (user.pk, today)
    if key not in remembered:
        remembered[key] = _look_up(user, today)
    return remembered[key]


def _look_up(user: User, today: date) -> EffectiveAccess:
    staff_member = (
        StaffMember.objects.filter(user=user.pk, user__is_active=True)
        .select_related("user")
        .first()
        if user.is_authenticated
        else None
    )
    active = staff_member is not None and not staff_member.is_suspended(today)
    return EffectiveAccess(
        user=user,
        today=today,
        staff_member=staff_member if active else None,
        roles=staff_member.roles if staff_member and active else frozenset(),
        has_agreement=bool(staff_member and staff_member.has_agreement(today)),
        is_trained=bool(staff_member and staff_member.is_trained(today)),
    )


@contextmanager
def remembering() -> Iterator[None]:
    """Within the block, look each person up once: a screen asks some thirty questions."""
    token = _remembered.set({})
    try:
        yield
    finally:
        _remembered.reset(token)


@contextmanager
def looking_anew() -> Iterator[None]:
    """Within the block nothing is remembered: a verb asks what holds now, not what a screen saw.

    Nor is what was remembered before: the verb may have changed it.
    """
    token = _remembered.set(None)
    try:
        yield
    finally:
        _remembered.reset(token)
        if remembered := _remembered.get():
            remembered.clear()


def remember_access(
    get_response: Callable[[HttpRequest], HttpResponse],
) -> Callable[[HttpRequest], HttpResponse]:
    """Middleware: each request looks its people up once. Without it all is slower, and as right."""

    def middleware(request: HttpRequest) -> HttpResponse:
        with remembering():
            return get_response(request)

    return middleware
