"""Whose training ends, and when it is time to say so (C31)."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from register.models import StaffMember
from register.models.staff import Role, Training

# Days before the end on which people are warned; the last warning says that it is over.
WARNED_BEFORE = (60, 14)
OVER = 0


@dataclass(frozen=True, slots=True)
class Ending:
    """A training that ends soon, or has ended.

    Attributes:
        until: the last day of its validity.
        stage: which warning it is time for: so many days before the end, OVER after it.
    """

    member: StaffMember
    training: Training
    until: date
    stage: int

    @property
    def is_over(self) -> bool:
        return self.stage == OVER


def of_member(member: StaffMember, *, today: date) -> list[Ending]:
    """Return the person's trainings that end within sixty days or have ended."""
    endings = []
    for training in Training:
        until: date | None = getattr(member, training.valid_until)
        if until is None:
            continue
        stage = stage_of(until, today=today)
        if stage is not None:
            endings.append(Ending(member, training, until, stage))
    return endings


def of_everybody(*, today: date) -> list[Ending]:
    """Return the trainings that end or have ended of those who are here, what ends first on top."""
    found = [
        ending
        for member in trained_people(today=today)
        for ending in of_member(member, today=today)
    ]
    return sorted(found, key=lambda ending: (ending.until, ending.member.sort_key))


def trained_people(*, today: date) -> Iterable[StaffMember]:
    """Return those whom the trainings concern: all who are here, with a log-in or without.

    Who only edits the public pages needs none. Whose log-in is removed for a time hears of it
    after the return.
    """
    members = (
        StaffMember.objects.open(today)
        .select_related("user")
        .prefetch_related("user__groups")
        .order_by("sort_key", "pk")
    )
    return [
        member
        for member in members
        if not member.is_suspended(today) and member.roles != {Role.EDITOR}
    ]


def stage_of(until: date, *, today: date) -> int | None:
    """Return which warning a training is due for that ends on the day; None when it is early."""
    if until < today:
        return OVER
    return next(
        (days for days in sorted(WARNED_BEFORE) if until <= today + timedelta(days=days)), None
    )
