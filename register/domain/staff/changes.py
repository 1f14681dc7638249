"""Changes of access that the data protection contact looks at: on the list until seen (C33, C35).

Whoever writes a verb by which somebody could come by more than the work needs notes it here, in
the verb's own transaction: `note(kind=ChangeKind.SECOND_FACTOR, member=…, by=…)`.
"""

from collections.abc import Iterable
from datetime import date, datetime
from uuid import UUID

from register.access.gate import changeable
from register.access.standing import Actor, System, User
from register.domain.access_log.changing import changing
from register.models import AccessChange, StaffMember
from register.models.access_log import Action
from register.models.staff import ChangeKind, Role


def note(
    *,
    kind: ChangeKind,
    member: StaffMember,
    by: Actor,
    roles_before: Iterable[Role] = (),
    roles: Iterable[Role] = (),
    client: UUID | None = None,
) -> AccessChange:
    """Put a change on the contact's list. The verb that made it has asked the gate and logged it.

    Args:
        member: whose access was changed.
        by: who did it; SYSTEM for a command on the server.
        client: the key of the client who was assigned.
    """
    return AccessChange.objects.create(
        kind=kind,
        member=member,
        actor=StaffMember.objects.filter(user=by.pk).first(),
        on_server=isinstance(by, System),
        roles_before=sorted(role.value for role in roles_before),
        roles=sorted(role.value for role in roles),
        client=client,
    )


def note_if_main_user(*, user: User, client: UUID, by: Actor) -> None:
    """Put it on the list that a client opens to a main user, who decides who gets which (C33)."""
    member = StaffMember.objects.filter(user=user.pk).first()
    if member is not None and Role.MAIN_USER in member.roles:
        note(kind=ChangeKind.ASSIGNMENT, member=member, by=by, client=client)


def count_unseen(*, by: User, today: date) -> int:
    """Return how many changes wait for this person to look at them."""
    return changeable(AccessChange, by=by, today=today).unseen().count()  # type: ignore[attr-defined]


def see(
    *, change: AccessChange, seen: int | None, by: Actor, today: date, now: datetime
) -> AccessChange:
    """Take a change off the list: the contact has looked at it, and did not make it (C33, C35).

    Raises NotAllowed, Stale or Erased.
    """
    with changing(
        change, by=by, today=today, seen=seen, view="access_change", action=Action.CONFIRM
    ) as found:
        if found.row.is_unseen:
            found.set(seen_at=now, seen_by=StaffMember.objects.filter(user=by.pk).first())
    return found.row
