"""Whom the log of use names (C38)."""

from django.db.models import Q

from register.models import AccessLogEntry, StaffMember


def names_member(member: StaffMember) -> bool:
    """Whether the log still tells of something that the member did, got, or that was done to it."""
    about = Q(model=StaffMember._meta.label, object_key=str(member.pk))
    did = Q(actor=member.user_id) | Q(recipient=member.user_id)
    return AccessLogEntry.objects.filter(did | about).exists()
