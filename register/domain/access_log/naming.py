"""Whom the log of use names (C38)."""

from django.db.models import Q

from register.models import AccessLogEntry, StaffMember
from register.models.access_log import Action


def names_member(member: StaffMember) -> bool:
    """Whether the log still tells of something that the member did, got, or that was done to it.

    Who got a client stands in the details of an assignment. `recipient` is no member of the staff.
    """
    about = Q(model=StaffMember._meta.label, object_key=str(member.pk))
    got = Q(action=Action.ASSIGN, details__counsellor=member.user_id)
    return AccessLogEntry.objects.filter(Q(actor=member.user_id) | about | got).exists()
