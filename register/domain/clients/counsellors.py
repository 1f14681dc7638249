"""Whom a client can be given to: counsellors in good standing, with what they have (C33, C34)."""

from dataclasses import dataclass
from datetime import date

from django.db import transaction
from django.db.models import Count

from register.access.gate import may_create
from register.access.handing_over import to_hand_over
from register.access.standing import User
from register.domain.access_log.recording import record
from register.inventory.vocabulary import Purpose
from register.models import Assignment, Client, StaffMember
from register.models.access_log import Action
from register.models.staff import Role
from register.models.staff.members import StaffMemberQuerySet


@dataclass(frozen=True, slots=True)
class Offered:
    """A counsellor, and how many clients are open to this person today."""

    member: StaffMember
    clients: int


def in_good_standing(today: date) -> StaffMemberQuerySet:
    """Return the counsellors to whom the register opens on the day."""
    members: StaffMemberQuerySet = StaffMember.objects.in_good_standing(today).holding(
        Role.COUNSELLOR
    )
    return members


def offered(*, view: str, by: User, today: date) -> list[Offered]:
    """Return who can be given a client, in the order of their names, the read being logged.

    Nobody to whoever neither adds clients nor hands any over. A count is no read.
    """
    asks = may_create(by, Client, today=today) or not (
        to_hand_over(by=by, today=today).query.is_empty()
    )
    if not asks:
        return []
    with transaction.atomic():
        members = list(in_good_standing(today).select_related("user"))
        if members:
            record(
                by=by,
                action=Action.LIST,
                purpose=Purpose.ADMINISTRATION,
                model=StaffMember,
                view=view,
                objects=members,
                count=len(members),
            )
    loads = _loads(members, today)
    return [Offered(member, loads.get(member.user_id, 0)) for member in members]


def _loads(members: list[StaffMember], today: date) -> dict[int, int]:
    periods = Assignment.objects.current(today).filter(
        user__in=[member.user_id for member in members],
        content_object__in=Client.objects.unrestricted(),
    )
    counted = periods.order_by().values("user").annotate(n=Count("content_object", distinct=True))
    return dict(counted.values_list("user", "n"))
