"""Handing clients over, for a time or for good: all of them or none (C33, C34).

The past stays as it was. The giver's period ends on the day before, or at once where it begins
today; after an absence a new one begins. Nothing opens before its first day.
"""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from register.access.handing_over import may_hand_over
from register.access.standing import User, looking_anew
from register.domain.access_log.changing import add_with_another, changing
from register.domain.staff import changes
from register.exceptions import NotAllowed, Stale
from register.models import Assignment, Client, StaffMember
from register.models.access_log import Action
from register.models.staff import named

from . import counsellors, without_counsellor
from .assignments import new_period
from .hand_over_list import VIEW, days_of, may_give, periods_of, versions
from .stretches import DAY, Stretch, after, gaps, within


@dataclass(frozen=True, slots=True)
class Move:
    """A client, the key of the staff member who gets it, and the giver's periods as seen."""

    client: UUID
    to: int
    seen: str


@dataclass(frozen=True, slots=True)
class HandedOver:
    """What came of it: how many were handed over now, had been before, or are erased."""

    now: int
    before: int
    erased: int


def hand_over(
    *,
    giver: StaffMember | None,
    moves: Collection[Move],
    valid_from: date,
    valid_until: date | None,
    by: User,
    today: date,
) -> HandedOver:
    """Open clients to colleagues from a day on, and close them to the giver meanwhile.

    Who gets a client has it until the day named, at most as long as the giver had it. What was
    handed over just so before is counted, and not done twice; who is erased needs nobody.

    Args:
        giver: nobody for clients whom nobody who is there is responsible for.
        valid_until: the last day; for good without one.

    Raises:
        NotAllowed: it is neither the person's own client nor does a main user ask.
        Stale: somebody else changed who is responsible for one of them.
        ValidationError: a day that can't be, or a colleague to whom the register is shut.
    """
    days = Stretch(valid_from, valid_until)
    with transaction.atomic(), looking_anew():
        refuse_days(days, today)
        if not may_give(giver, by=by, today=today):
            raise NotAllowed
        receivers = _receivers(moves, giver, days, today)
        # In one order, so that of two who hand over the same clients one waits for the other.
        found = Client.objects.select_for_update(no_key=True).order_by("pk")
        clients = {each.pk: each for each in found.filter(pk__in=[move.client for move in moves])}
        done = [
            _move(clients[move.client], giver, receivers[move.to], move.seen, days, by, today)
            for move in sorted(moves, key=lambda move: move.client)
            if move.client in clients
        ]
    return HandedOver(now=sum(done), before=done.count(False), erased=len(moves) - len(done))


@dataclass(frozen=True, slots=True)
class Outlook:
    """What a hand-over does with one client: until when the receiver has it, and who returns."""

    last: date | None
    returns: bool


def outlook(periods: Collection[Assignment], days: Stretch) -> Outlook | None:
    """Return what happens to a client of the giver's in these days; None where nothing does."""
    if not periods:
        return Outlook(days.last, returns=False)
    found = [(within(days_of(each), days), after(days_of(each), days)) for each in periods]
    moved = [common for common, _rest in found if common]
    if not moved:
        return None
    lasts = [each.last for each in moved]
    last = None if None in lasts else max(each for each in lasts if each)
    return Outlook(last, returns=any(rest for common, rest in found if common))


def _move(
    client: Client,
    giver: StaffMember | None,
    receiver: StaffMember,
    seen: str,
    days: Stretch,
    by: User,
    today: date,
) -> bool:
    """Hand one locked client over; False where that is how things stand already."""
    if giver is None:
        return _give_to(receiver, client, days, seen=seen, by=by, today=today)
    periods = list(periods_of(giver, by=by, today=today).filter(content_object=client))
    wanted = [(each, common) for each in periods if (common := within(days_of(each), days))]
    if not wanted:
        if versions(periods) == seen and seen:
            raise ValidationError(
                _("The responsibility for client %(number)s ends before that day.")
                % {"number": client.register_number}
            )
        first = Stretch(days.first, days.first)
        if not gaps(first, _open_days(receiver, client, today=today)):
            return False
        raise Stale(client._meta.label, client.pk)
    if versions(periods) != seen:
        raise Stale(client._meta.label, client.pk)
    for period, common in wanted:
        rest = after(days_of(period), days)
        _close(period, common.first, by=by, today=today)
        for gap in gaps(common, _open_days(receiver, client, today=today)):
            _open(receiver, client, gap, by=by, today=today)
        if rest:
            _open(giver, client, rest, by=by, today=today)
    return True


def _give_to(
    receiver: StaffMember, client: Client, days: Stretch, *, seen: str, by: User, today: date
) -> bool:
    """Give a client whom nobody gives: one who has a counsellor who is there needs no other."""
    missing = gaps(days, _open_days(receiver, client, today=today))
    if not missing:
        return False
    if not without_counsellor.rows(today).filter(pk=client.pk).exists():
        raise Stale(client._meta.label, client.pk)
    for gap in missing:
        _open(receiver, client, gap, by=by, today=today)
    return True


def _close(period: Assignment, first: date, *, by: User, today: date) -> None:
    """End the giver's period before the day; what begins no earlier never opens."""
    with changing(
        period,
        by=by,
        today=today,
        seen=None,
        view=VIEW,
        action=Action.ASSIGN,
        allowed=may_hand_over,
    ) as change:
        if period.valid_from < first and first > today:
            change.set(valid_until=first - DAY)
        else:
            change.set(revoked_on=today)
        change.details["counsellor"] = period.user_id


def _open(member: StaffMember, client: Client, days: Stretch, *, by: User, today: date) -> None:
    add_with_another(
        new_period(client, member.user, days.first, days.last),
        by=by,
        today=today,
        view=VIEW,
        action=Action.ASSIGN,
        details={"counsellor": member.user_id},
    )
    changes.note_if_main_user(user=member.user, client=client.pk, by=by)


def _open_days(member: StaffMember, client: Client, *, today: date) -> list[Stretch]:
    rows = Assignment.objects.not_over(today).filter(user=member.user_id, content_object=client)
    return [days_of(each) for each in rows]


def refuse_days(days: Stretch, today: date) -> None:
    """Raise ValidationError for days that are over, or that end before they begin."""
    refusals = {}
    if days.first < today:
        refusals["valid_from"] = _("Clients can't be handed over before today.")
    if days.last is not None and days.last < days.first:
        refusals["valid_until"] = _("The end can't be before the start.")
    if refusals:
        raise ValidationError(refusals)


def _receivers(
    moves: Collection[Move], giver: StaffMember | None, days: Stretch, today: date
) -> dict[int, StaffMember]:
    """Return by key who gets clients; ValidationError for whoever could not open them."""
    wanted = {move.to for move in moves}
    members = {
        each.pk: each
        for each in counsellors.in_good_standing(today)
        .filter(pk__in=wanted)
        .exclude(pk__in=[giver.pk] if giver else [])
        .select_related("user")
    }
    if wanted - set(members):
        raise ValidationError(
            {"to": _("The register is shut for a colleague whom you chose. Choose somebody else.")}
        )
    for member in members.values():
        if member.is_suspended(days.first):
            told = {
                "name": named(member.user),
                "day": date_format(days.first, "SHORT_DATE_FORMAT"),
            }
            raise ValidationError(
                {"to": _("%(name)s is away on %(day)s. Choose somebody else.") % told}
            )
    return members
