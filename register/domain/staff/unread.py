"""Who has still to read what, and until when (C31)."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from register.conf import register_settings
from register.models import Acknowledgement, DocumentVersion, StaffMember
from register.models.staff import DocumentKind
from register.reference import clock


@dataclass(frozen=True, slots=True)
class Unread:
    """A version in force that a person has not acknowledged.

    Attributes:
        until: the last day on which it is in time.
    """

    document_version: DocumentVersion
    member: StaffMember
    until: date

    def is_late(self, today: date) -> bool:
        return self.until < today


def of_member(member: StaffMember, *, today: date) -> list[Unread]:
    """Return what the person has to read, what is due first on top."""
    return _unread([member], DocumentVersion.objects.in_force(), today)


def of_everybody(*, today: date, kind: DocumentKind) -> list[Unread]:
    """Return what those who are here have to read, those without a log-in too.

    Whose log-in is removed for a time is away, and has the whole time again after the return.
    """
    members = StaffMember.objects.open(today).select_related("user")
    here = [member for member in members if not member.is_suspended(today)]
    return _unread(here, DocumentVersion.objects.in_force().filter(document__kind=kind), today)


def of_document(document_version: DocumentVersion, *, today: date) -> list[Unread]:
    """Return who has still to read this version, those who are away included."""
    members = StaffMember.objects.open(today).select_related("user")
    return _unread(members, [document_version], today)


def read_until(document_version: DocumentVersion, member: StaffMember, *, today: date) -> date:
    """Return the last day in time: counted from publication, arrival or return, the latest."""
    days = [clock.local(member.user.date_joined).date()]
    if document_version.published_on is not None:
        days.append(document_version.published_on)
    if member.suspended_until is not None and member.suspended_until < today:
        days.append(member.suspended_until + timedelta(days=1))
    return max(days) + register_settings.ACKNOWLEDGE_WITHIN


def _unread(
    members: Iterable[StaffMember], wanted: Iterable[DocumentVersion], today: date
) -> list[Unread]:
    versions = list(wanted)
    rows = Acknowledgement.objects.given().filter(document_version__in=versions)
    given = set(rows.values_list("member", "document_version"))
    missing = [
        Unread(version, member, read_until(version, member, today=today))
        for member in members
        for version in versions
        if (member.pk, version.pk) not in given
    ]
    return sorted(missing, key=lambda each: (each.until, each.document_version.pk))
