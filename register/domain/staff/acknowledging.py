"""Reading what is in force, and saying so (C31): per person and version, after it was opened."""

from datetime import date

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from register.access.gate import may_change, may_see
from register.access.standing import Actor, User, effective_access, looking_anew
from register.domain.access_log.changing import add, changing, locked
from register.exceptions import NotAllowed
from register.models import Acknowledgement, DocumentVersion, StaffMember

VIEW = "acknowledgement"


def note_opening(*, document_version: DocumentVersion, by: User, today: date) -> Acknowledgement:
    """Record that the person has the version open, the first time. Raises NotAllowed."""
    with transaction.atomic(), looking_anew():
        member = effective_access(by, today=today).staff_member
        if member is None or not may_see(by, document_version, today=today):
            raise NotAllowed("Nobody opens what is not theirs to read.")
        # Of two tabs that open at once, the second finds the row of the first.
        locked(member)
        found = Acknowledgement.objects.filter(
            member=member, document_version=document_version
        ).first()
        if found is not None:
            return found
        opened = Acknowledgement(member=member, document_version=document_version, opened_on=today)
        return add(opened, by=by, today=today, view=VIEW)


def acknowledge(*, document_version: DocumentVersion, by: User, today: date) -> Acknowledgement:
    """Say that one has read the version and follows it. Said twice, the first day stays.

    Raises NotAllowed, and ValidationError for a version that was not opened by this person, or is
    not in force any more.
    """
    with transaction.atomic(), looking_anew():
        member = effective_access(by, today=today).staff_member
        if member is None or not may_see(by, document_version, today=today):
            raise NotAllowed("Nobody acknowledges what is not theirs to read.")
        refuse_replaced(document_version)
        found = Acknowledgement.objects.filter(
            member=member, document_version=document_version
        ).first()
        if found is None:
            raise ValidationError(_("Open the document first, and read it."), code="not_opened")
        with changing(found, by=by, today=today, seen=None, view=VIEW) as change:
            if not change.row.is_given:
                change.row.acknowledged_on = today
        return change.row


def enter_paper(
    *,
    document_version: DocumentVersion,
    member: StaffMember,
    acknowledged_on: date,
    by: Actor,
    today: date,
) -> Acknowledgement:
    """Enter that somebody without a log-in has acknowledged the version on paper.

    Raises NotAllowed, also for a person who can say so here, and ValidationError for a day in the
    future or before the version was there, or for a version that is not in force any more.
    """
    with transaction.atomic(), looking_anew():
        if not may_change(by, member, today=today):
            raise NotAllowed("Only a main user enters papers.")
        person = StaffMember.objects.select_related("user").get(pk=locked(member).pk)
        if person.user.is_active:
            raise ValidationError(_("Who has a log-in acknowledges it there, not on paper."))
        refuse_replaced(document_version)
        _refuse_impossible(document_version, acknowledged_on, today)
        found = Acknowledgement.objects.filter(
            member=person, document_version=document_version
        ).first()
        if found is None:
            found = Acknowledgement(
                member=person,
                document_version=document_version,
                acknowledged_on=acknowledged_on,
                on_paper=True,
            )
            return add(found, by=by, today=today, view=VIEW)
        with changing(found, by=by, today=today, seen=None, view=VIEW) as change:
            change.set(acknowledged_on=acknowledged_on)
        return change.row


def refuse_replaced(document_version: DocumentVersion) -> None:
    """Raise ValidationError unless the version is the one in force; its document stays locked."""
    locked(document_version.document)
    if not DocumentVersion.objects.in_force().filter(pk=document_version.pk).exists():
        raise ValidationError(
            _(
                "This version is not in force any more. Nothing was acknowledged: read the version "
                "that is in force now."
            ),
            code="replaced",
        )


def _refuse_impossible(document_version: DocumentVersion, day: date, today: date) -> None:
    if day > today:
        raise ValidationError({"acknowledged_on": _("The day can't be in the future.")})
    published = document_version.published_on
    if published is not None and day < published:
        raise ValidationError(
            {
                "acknowledged_on": _(
                    "The version was published on %(day)s: nobody acknowledged it before."
                )
                % {"day": date_format(published, "SHORT_DATE_FORMAT")}
            }
        )
