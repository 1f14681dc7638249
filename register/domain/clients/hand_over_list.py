"""The clients who can be handed over: name, service and validity, and nothing else (C33, C34).

It is the one view in which a main user reads names. A register number is easily mistaken, and who
goes by numbers alone sends a client to the wrong colleague. It opens no card and no note, and is
read for the administration of access rights, with every client on it in the log of use.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db import transaction
from django.db.models import Count

from register.access.gate import may_create
from register.access.handing_over import to_hand_over
from register.access.standing import User, effective_access
from register.domain.access_log.recording import record
from register.inventory.vocabulary import Purpose
from register.models import Assignment, Client, ServiceOrder, StaffMember
from register.models.access_log import Action
from register.models.clients import AssignmentQuerySet
from register.models.staff import Role

from . import without_counsellor
from .stretches import Stretch, within

VIEW = "hand_over"


@dataclass(frozen=True, slots=True)
class Given:
    """A client who can be handed over.

    Attributes:
        client: key, register number and name; the other facts are not fetched.
        orders: services that are not over, or the last one; none is ever shown with more.
        periods: the giver's, that are not over; none where nobody gives.
        seen: the periods with their versions, by which a later change shows.
    """

    client: Client
    orders: list[ServiceOrder]
    periods: list[Assignment]
    seen: str


def may_give(giver: StaffMember | None, *, by: User, today: date) -> bool:
    """Whether the person hands over this counsellor's clients: the own, or as a main user any.

    Args:
        giver: nobody for the clients whom nobody who is there is responsible for.
    """
    if may_create(by, Assignment, today=today):
        return True
    who = effective_access(by, today=today)
    is_own = giver is not None and giver == who.staff_member
    return is_own and who.has(Role.COUNSELLOR) and who.may_enter


def periods_of(giver: StaffMember, *, by: User, today: date) -> AssignmentQuerySet:
    """Return the giver's periods that the person may give."""
    rows: AssignmentQuerySet = to_hand_over(by=by, today=today)  # type: ignore[assignment]
    return rows.filter(user=giver.user_id).order_by("content_object", "valid_from")


def counted(*, by: User, today: date) -> dict[int, int]:
    """Return how many clients each counsellor has to give, by the user's key. No read."""
    periods = to_hand_over(by=by, today=today).order_by().values("user")
    return dict(periods.annotate(n=Count("content_object", distinct=True)).values_list("user", "n"))


def read(
    giver: StaffMember | None, *, by: User, today: date, only: Iterable[UUID] | None = None
) -> list[Given]:
    """Return the clients in the order of their names, in one logged read; nothing in doubt.

    Args:
        giver: whose clients; nobody's, where nobody who is there is responsible.
        only: these and no others, as where a summary names the ticked ones.
    """
    with transaction.atomic():
        if not may_give(giver, by=by, today=today):
            return []
        periods = list(periods_of(giver, by=by, today=today)) if giver else []
        rows = (
            Client.objects.filter(pk__in={each.content_object_id for each in periods})
            if giver
            else without_counsellor.rows(today)
        )
        if only is not None:
            rows = rows.filter(pk__in=list(only))
        found = list(rows.only("pk", "register_number", "name").order_by("sort_key", "pk"))
        if found:
            is_own = giver is not None and giver.user_id == by.pk
            record(
                by=by,
                action=Action.LIST,
                purpose=Purpose.GUIDANCE if is_own else Purpose.ADMINISTRATION,
                model=Client,
                view=VIEW,
                objects=found,
                clients=[client.pk for client in found],
            )
        orders = without_counsellor.orders_of(found, today)
    by_client: dict[UUID, list[Assignment]] = {}
    for period in periods:
        by_client.setdefault(period.content_object_id, []).append(period)
    return [
        Given(
            client,
            orders.get(client.pk, []),
            by_client.get(client.pk, []),
            versions(by_client.get(client.pk, [])),
        )
        for client in found
    ]


def versions(periods: Iterable[Assignment]) -> str:
    """Return the periods with their versions, as one word to compare."""
    return ",".join(f"{each.pk}:{each.version}" for each in sorted(periods, key=lambda p: p.pk))


def days_of(period: Assignment) -> Stretch:
    """Return the whole days of a period that was not ended early before it began."""
    return Stretch(period.valid_from, period.last_day)


def absences(member: StaffMember, *, today: date) -> list[Stretch]:
    """Return the times without a login that run or are to come, the earlier one first (C34)."""
    times = (
        (member.suspended_from, member.suspended_until),
        (member.next_suspended_from, member.next_suspended_until),
    )
    return [Stretch(first, last) for first, last in times if first and not (last and last < today)]


def needs_cover(member: StaffMember, *, today: date) -> bool:
    """Whether a client is assigned to the member in a time without a login (C34)."""
    away = absences(member, today=today)
    if not away:
        return False
    periods = Assignment.objects.not_over(today).filter(
        user=member.user_id, content_object__in=Client.objects.unrestricted()
    )
    return any(within(absence, days_of(each)) for each in periods for absence in away)
